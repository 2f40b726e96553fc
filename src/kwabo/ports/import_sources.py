"""Places from which files are fetched."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kwabo.domain.contacts.import_source import ImportSource


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file at its source."""

    name: str
    size: int | None  # bytes, when the source tells
    modified_at: datetime | None
    fingerprint: str  # name, size and time; "" when the source tells too little to rely on


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """By what an HTTPS server tells that a file is still the same."""

    etag: str | None = None
    last_modified: str | None = None


class SourceFailed(Exception):
    """The source could not be used; `code` is one of `services.import_schedules.SOURCE_MESSAGES`.

    `said` is what the other side says, without anything secret.
    """

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.said = said[:300]


class ConnectedSource(Protocol):
    """A source while it is connected. Everything raises SourceFailed."""

    @property
    def validators(self) -> Validators:
        """Of the file that was read last."""
        ...

    async def files(self) -> Sequence[FoundFile]:
        """Those that the pattern takes, by name; none that is still being written."""
        ...

    def read(self, file: FoundFile) -> AsyncIterator[bytes]: ...

    async def move(self, file: FoundFile) -> None:
        """To the folder for done files; one of the same name there gives way to a free name."""
        ...

    async def delete(self, file: FoundFile) -> None: ...


class ImportSources(Protocol):
    """Connects to sources."""

    @property
    def http_allowed(self) -> bool:
        """Whether addresses without encryption and of private networks may be used."""
        ...

    def connected(
        self,
        source: ImportSource,
        *,
        secret: str | None,
        organisation: str,
        known: Validators,
    ) -> AbstractAsyncContextManager[ConnectedSource]:
        """Raises SourceFailed. `organisation`: the name (slug) of its folder on the server."""
        ...

    async def host_key_of(self, source: ImportSource) -> str:
        """The fingerprint of an SFTP server's key. Raises SourceFailed."""
        ...
