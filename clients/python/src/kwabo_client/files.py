"""Files in both directions, in parts: none is ever whole in memory.

`Progress` is called with the bytes that have gone so far and, where it is known, of how many.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

import httpx

File = str | os.PathLike[str] | IO[bytes]
"""A file to be sent: its path, or one that is open for reading bytes."""
Progress = Callable[[int, int | None], None]


class Told:
    """An open file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], progress: Progress | None) -> None:
        self._file = file
        self._progress = progress
        self.name = os.path.basename(str(getattr(file, "name", "file")))  # noqa: PTH119
        self.size = _size(file)
        self._begin = file.tell() if file.seekable() else 0
        self._done = 0

    def read(self, size: int = -1) -> bytes:
        """The next part."""
        part = self._file.read(size)
        self._done += len(part)
        if self._progress is not None and part:
            self._progress(self._done, self.size)
        return part

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """As of a file that begins where it stood when it was handed over."""
        if whence == os.SEEK_SET:
            self._done = offset
            return self._file.seek(self._begin + offset) - self._begin
        return self._file.seek(offset, whence) - self._begin

    def tell(self) -> int:
        """The place in the file."""
        return self._file.tell() - self._begin


def _size(file: IO[bytes]) -> int | None:
    if not file.seekable():
        return None
    here = file.tell()
    end = file.seek(0, os.SEEK_END)
    file.seek(here)
    return end - here


@contextmanager
def opened(file: File, progress: Progress | None) -> Iterator[Told]:
    """The file, open; closed again only when it was given by its path."""
    if isinstance(file, str | os.PathLike):
        with Path(file).open("rb") as stream:
            yield Told(stream, progress)
    else:
        yield Told(file, progress)


class Download:
    """A file of the server: iterate over its parts, or save it. Asked for when that begins."""

    def __init__(self, ask: Callable[[], AbstractContextManager[httpx.Response]]) -> None:
        self._ask = ask

    def __iter__(self) -> Iterator[bytes]:
        with self._ask() as response:
            yield from response.iter_bytes()

    def save(self, path: str | os.PathLike[str], progress: Progress | None = None) -> int:
        """Write it to this path, whole or not at all; the number of bytes."""
        with _arriving(Path(path)) as (file, note), self._ask() as response:
            total = _length(response)
            for part in response.iter_bytes():
                file.write(part)
                note(len(part), total, progress)
            return file.tell()


class AsyncDownload:
    """A file of the server: `async for` over its parts, or `await ….save(path)`."""

    def __init__(self, ask: Callable[[], AbstractAsyncContextManager[httpx.Response]]) -> None:
        self._ask = ask

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async with self._ask() as response:
            async for part in response.aiter_bytes():
                yield part

    async def save(self, path: str | os.PathLike[str], progress: Progress | None = None) -> int:
        """Write it to this path, whole or not at all; the number of bytes."""
        with _arriving(Path(path)) as (file, note):
            async with self._ask() as response:
                total = _length(response)
                async for part in response.aiter_bytes():
                    file.write(part)
                    note(len(part), total, progress)
            return file.tell()


@contextmanager
def _arriving(path: Path) -> Iterator[tuple[IO[bytes], Callable[[int, int | None, Any], None]]]:
    """A file beside the path that takes its place in the end, or goes."""
    partial = path.with_name(path.name + ".part")
    done = 0

    def note(bytes_: int, total: int | None, progress: Progress | None) -> None:
        nonlocal done
        done += bytes_
        if progress is not None:
            progress(done, total)

    try:
        with partial.open("wb") as file:
            yield file, note
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _length(response: httpx.Response) -> int | None:
    try:
        return int(response.headers["content-length"])
    except (KeyError, ValueError):
        return None
