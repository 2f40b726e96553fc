"""Uploaded files in a folder of the machine, readable by the program's user only."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from kwabo.kernel.errors import Invalid, NotFound, Unavailable
from kwabo.ports.uploads import StoredFile


class FolderUploads:
    """See `ports.uploads`. The folder is made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def save(
        self, import_id: UUID, chunks: AsyncIterator[bytes], *, max_bytes: int
    ) -> StoredFile:
        path = self._folder / str(import_id)
        try:
            size = await self._write(path, chunks, max_bytes)
        except OSError as error:
            path.unlink(missing_ok=True)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise Unavailable(
                    "DISK_FULL", "The server's disk is full. Free space on it, then upload again."
                ) from error
            raise
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return StoredFile(str(path), size)

    async def _write(self, path: Path, chunks: AsyncIterator[bytes], max_bytes: int) -> int:
        await asyncio.to_thread(self._folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        size = 0
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > max_bytes:
                    raise Invalid(
                        "FILE_TOO_LARGE",
                        f"The file is larger than {max_bytes // 1_000_000_000} GB. Split it.",
                        field="file",
                    )
                await asyncio.to_thread(file.write, chunk)
            await asyncio.to_thread(_to_disk, file)
        if size == 0:
            raise Invalid("FILE_EMPTY", "The file is empty. Choose another one.", field="file")
        return size

    async def beginning(self, path: str, size: int) -> bytes:
        try:
            return await asyncio.to_thread(_read, path, size)
        except FileNotFoundError as error:
            raise NotFound("FILE_GONE", "The uploaded file is gone. Upload it again.") from error

    async def names_number(self, path: str, endings: Sequence[str]) -> bool:
        return await asyncio.to_thread(_names, path, [ending.encode() for ending in endings])

    async def remove(self, path: str) -> None:
        await asyncio.to_thread(Path(path).unlink, missing_ok=True)


def _read(path: str, size: int) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(size)


_BETWEEN_DIGITS = b" .-()/\0\xa0\xc2"  # as people write numbers, also in UTF-16


def _names(path: str, endings: Sequence[bytes]) -> bool:
    if not Path(path).exists():
        return False
    with Path(path).open("rb") as file:
        rest = b""
        while block := file.read(1 << 20):
            plain = rest + block.translate(None, _BETWEEN_DIGITS)
            if any(ending in plain for ending in endings):
                return True
            rest = plain[-20:]
    return False


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
