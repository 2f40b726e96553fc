"""A folder of the server: below the installation's import folder, one for each organisation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kwabo.domain.contacts.import_source import ImportSource
from kwabo.ports.import_sources import FoundFile, SourceFailed, Validators

SETTLED_SECONDS: Final = 5.0  # a file that was written to later than that may be unfinished
_CHUNK: Final = 1 << 20


class FolderSource:
    """See `ports.import_sources`. Links that lead out of the organisation's folder are refused."""

    def __init__(self, root: Path, organisation: str, source: ImportSource, now: float) -> None:
        self._home = root / organisation
        self._source = source
        self._now = now
        self.validators = Validators()

    async def files(self) -> Sequence[FoundFile]:
        return await asyncio.to_thread(self._files)

    def _files(self) -> list[FoundFile]:
        folder = self._folder()
        found = []
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            raise _failed(error) from error
        for path in entries:
            if not self._source.takes(path.name) or path.is_symlink() or not path.is_file():
                continue
            stat = path.stat()
            if self._now - stat.st_mtime < SETTLED_SECONDS:
                continue
            found.append(
                FoundFile(
                    name=path.name,
                    size=stat.st_size,
                    modified_at=datetime.fromtimestamp(stat.st_mtime, UTC),
                    fingerprint=f"{path.name}|{stat.st_size}|{stat.st_mtime_ns}|{stat.st_ino}",
                )
            )
        return found

    def _folder(self) -> Path:
        """The folder itself. Raises SourceFailed."""
        home = self._home.resolve()
        home.mkdir(parents=True, exist_ok=True)
        folder = (home / self._source.path).resolve()
        if not folder.is_relative_to(home):
            raise SourceFailed("SOURCE_PATH")
        if not folder.is_dir():
            raise SourceFailed("SOURCE_FOLDER_MISSING", self._source.path)
        return folder

    async def read(self, file: FoundFile) -> AsyncIterator[bytes]:
        path = await asyncio.to_thread(self._path, file)
        try:
            stream = await asyncio.to_thread(path.open, "rb")
        except OSError as error:
            raise _failed(error) from error
        try:
            while chunk := await asyncio.to_thread(stream.read, _CHUNK):
                yield chunk
        except OSError as error:
            raise _failed(error) from error
        finally:
            await asyncio.to_thread(stream.close)

    def _path(self, file: FoundFile) -> Path:
        path = self._folder() / file.name
        if path.is_symlink() or path.resolve().parent != self._folder():
            raise SourceFailed("SOURCE_PATH")
        return path

    async def move(self, file: FoundFile) -> None:
        await asyncio.to_thread(self._move, file)

    def _move(self, file: FoundFile) -> None:
        path = self._path(file)
        folder = path.parent / self._source.move_to
        try:
            folder.mkdir(exist_ok=True)
            if folder.is_symlink():
                raise SourceFailed("SOURCE_PATH")
            target, number = folder / file.name, 2
            while target.exists():
                target, number = folder / f"{path.stem} ({number}){path.suffix}", number + 1
            path.rename(target)
        except FileNotFoundError:
            return  # it is gone already
        except OSError as error:
            raise _failed(error) from error

    async def delete(self, file: FoundFile) -> None:
        path = await asyncio.to_thread(self._path, file)
        try:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        except OSError as error:
            raise _failed(error) from error


def _failed(error: OSError) -> SourceFailed:
    return SourceFailed("SOURCE_FOLDER", error.strerror or type(error).__name__)
