"""Where a scheduled import takes its files: a folder of the server, SFTP, an HTTPS address."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit


class SourceKind(StrEnum):
    """The ways to a file."""

    FOLDER = "folder"
    SFTP = "sftp"
    HTTPS = "https"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """A place with files; the secret is kept apart."""

    kind: SourceKind = SourceKind.FOLDER
    path: str = ""  # folder: below the organisation's; sftp: a directory of the server
    pattern: str = "*.csv"  # of the files' names
    move_to: str = "done"  # a folder below `path`, for files that are moved when they are done
    host: str = ""  # sftp
    port: int = 22  # sftp
    user: str = ""  # sftp, and https with a password
    host_key: str = ""  # sftp: SHA256:… as `ssh-keygen -lf` shows it
    sign_in: str = "none"  # sftp: password | key; https: none | password | token
    url: str = ""  # https

    def as_json(self) -> dict[str, Any]:
        """For the database and the API."""
        return {name: getattr(self, name) for name in self.__slots__} | {"kind": self.kind.value}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> ImportSource:
        """The source of `as_json`'s answer."""
        return ImportSource(**{**value, "kind": SourceKind(value["kind"])})

    def takes(self, name: str) -> bool:
        """Whether a file of this name is to be imported; hidden and unfinished ones are not."""
        if name.startswith(".") or name.endswith((".part", ".tmp", ".filepart", "~")):
            return False
        return fnmatch.fnmatch(name.casefold(), self.pattern.casefold())

    def same_place(self, other: ImportSource) -> bool:
        """Whether a secret meant for the one may be sent to the other."""
        if self.kind is not other.kind or self.user != other.user or self.sign_in != other.sign_in:
            return False
        if self.kind is SourceKind.HTTPS:
            mine, theirs = urlsplit(self.url), urlsplit(other.url)
            return (mine.scheme, mine.netloc) == (theirs.scheme, theirs.netloc)
        return (self.host, self.port, self.host_key or other.host_key) == (
            other.host,
            other.port,
            other.host_key or self.host_key,
        )


_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?")
_HOST_KEY: Final = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_PATTERN: Final = re.compile(r"[^/\\\0]{1,200}")


def check_source(source: ImportSource, *, http_allowed: bool) -> tuple[str, str]:
    """(field, code) of what is wrong with a source; two empty texts when nothing is."""
    if source.kind is SourceKind.HTTPS:
        return _check_url(source, http_allowed)
    if not _PATTERN.fullmatch(source.pattern):
        return "pattern", "SOURCE_PATTERN"
    if not _is_plain(source.move_to) or "/" in source.move_to or not source.move_to:
        return "move_to", "SOURCE_MOVE_TO"
    if source.kind is SourceKind.FOLDER:
        return ("", "") if _is_plain(source.path) else ("path", "SOURCE_PATH")
    if not _HOST.fullmatch(source.host):
        return "host", "SOURCE_HOST"
    if not 1 <= source.port <= 65535:
        return "port", "SOURCE_PORT"
    if not 1 <= len(source.user) <= 200:
        return "user", "SOURCE_USER"
    if source.sign_in not in ("password", "key"):
        return "sign_in", "SOURCE_SIGN_IN"
    if source.host_key and not _HOST_KEY.fullmatch(source.host_key):
        return "host_key", "SOURCE_HOST_KEY"
    if "\0" in source.path or len(source.path) > 1000 or ".." in PurePosixPath(source.path).parts:
        return "path", "SOURCE_PATH"
    return "", ""


def _is_plain(path: str) -> bool:
    """A path below a folder: nothing absolute, nothing that leads out."""
    parts = PurePosixPath(path).parts
    clean = "\0" not in path and "\\" not in path and len(path) <= 1000
    return clean and not path.startswith("/") and ".." not in parts


def _check_url(source: ImportSource, http_allowed: bool) -> tuple[str, str]:
    if len(source.url) > 2000:
        return "url", "SOURCE_URL"
    try:
        parts = urlsplit(source.url)
        port = parts.port
    except ValueError:
        return "url", "SOURCE_URL"
    schemes = ("https", "http") if http_allowed else ("https",)
    if parts.scheme not in schemes or not parts.hostname or port == 0:
        return "url", "SOURCE_URL"
    if parts.username is not None or parts.password is not None:
        return "url", "SOURCE_URL_SECRET"
    if source.sign_in not in ("none", "password", "token"):
        return "sign_in", "SOURCE_SIGN_IN"
    if source.sign_in == "password" and not 1 <= len(source.user) <= 200:
        return "user", "SOURCE_USER"
    return "", ""
