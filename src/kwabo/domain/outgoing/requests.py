"""One HTTP request to a machine of others, and what may be wrong with its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

LONGEST_URL: Final = 2_000
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_SECRET = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_OWN_HEADERS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingRequest:
    """A request as it goes out; headers and body may hold secrets and personal data."""

    method: str
    url: str  # with every value encoded
    body: str = field(default="", repr=False)
    raw: bytes = field(default=b"", repr=False)  # a body that is no text, in its place
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout_seconds: float


def is_url(url: str) -> bool:
    """Whether it is an address with a host that no value can change, and without a user name."""
    if len(url) > LONGEST_URL or any(c.isspace() or not c.isprintable() for c in url):
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    fixed = "{" not in parts.netloc and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and bool(host) and fixed


def is_header(name: str, value: str) -> bool:
    """Whether a person may set this header: one line of ASCII, none that the client sets itself."""
    return (
        bool(_HEADER.fullmatch(name))
        and name.lower() not in _OWN_HEADERS
        and len(value) <= 1_000
        and value.isascii()
        and value.isprintable()
    )


def is_secret_name(name: str) -> bool:
    """Whether a secret that the operator keeps can have this name."""
    return bool(_SECRET.fullmatch(name))
