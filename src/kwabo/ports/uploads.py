"""Where uploaded files lie until they have been imported."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was written whole."""

    path: str
    size: int  # bytes


class UploadStore(Protocol):
    """Files by the id of their import."""

    async def save(
        self, import_id: UUID, chunks: AsyncIterator[bytes], *, max_bytes: int
    ) -> StoredFile:
        """Write the chunks as they come; nothing is left behind when it fails.

        Raises Invalid `FILE_TOO_LARGE`, `FILE_EMPTY`; Unavailable `DISK_FULL`.
        """
        ...

    async def beginning(self, path: str, size: int) -> bytes:
        """The first bytes. Raises NotFound `FILE_GONE`."""
        ...

    async def names_number(self, path: str, endings: Sequence[str]) -> bool:
        """Whether one of the ends of numbers stands in the file, with or without spaces between
        its digits; False when the file is gone."""
        ...

    async def remove(self, path: str) -> None:
        """Remove the file; nothing happens when it is gone already."""
        ...
