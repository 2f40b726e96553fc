"""Files of an SFTP server, whose key must be the one that a person has accepted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, Final

import asyncssh

from kwabo.adapters.import_sources.addresses import AddressGuard
from kwabo.domain.contacts.import_source import ImportSource
from kwabo.ports.import_sources import FoundFile, SourceFailed, Validators

CONNECT_SECONDS: Final = 15.0
SETTLED_SECONDS: Final = 60.0  # clocks differ, and uploads pause
_CHUNK: Final = 1 << 18


class _Client(asyncssh.SSHClient):
    """Notes the server's key, and takes it only when it is the accepted one."""

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted
        self.seen = ""

    def validate_host_public_key(
        self, host: str, addr: str, port: int, key: asyncssh.SSHKey
    ) -> bool:
        self.seen = key.get_fingerprint()
        return self.seen == self._wanted


@asynccontextmanager
async def sftp_source(
    source: ImportSource, secret: str | None, guard: AddressGuard, now: float
) -> AsyncIterator[SftpSource]:
    """Connected, until the block is left. Raises SourceFailed."""
    if not source.host_key:
        raise SourceFailed("SOURCE_HOST_KEY_UNKNOWN")
    connection, client = await _connected(source, secret, guard)
    try:
        async with connection, connection.start_sftp_client() as sftp:
            yield SftpSource(source, sftp, now)
    except (asyncssh.Error, OSError) as error:
        raise _failed(error, client, source) from error


async def host_key_of(source: ImportSource, guard: AddressGuard) -> str:
    """The fingerprint that the server shows; nothing is signed in."""
    address = (await guard.addresses(source.host, source.port))[0][0]
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            key = await asyncssh.get_server_host_key(address, source.port, config=None)
    except (asyncssh.Error, OSError, TimeoutError) as error:
        raise SourceFailed("SOURCE_UNREACHABLE", _said(error)) from error
    if key is None:
        raise SourceFailed("SOURCE_UNREACHABLE")
    return str(key.get_fingerprint())


async def _connected(
    source: ImportSource, secret: str | None, guard: AddressGuard
) -> tuple[asyncssh.SSHClientConnection, _Client]:
    address = (await guard.addresses(source.host, source.port))[0][0]
    client = _Client(source.host_key)
    options: dict[str, Any] = {"client_keys": None, "password": None}
    if source.sign_in == "key":
        try:
            options["client_keys"] = [asyncssh.import_private_key(secret or "")]
        except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError, ValueError) as error:
            raise SourceFailed("SOURCE_KEY_UNREADABLE") from error
    else:
        options["password"] = secret
    try:
        async with asyncio.timeout(CONNECT_SECONDS * 2):
            connection = await asyncssh.connect(
                address,
                source.port,
                client_factory=lambda: client,
                known_hosts=b"",
                username=source.user,
                agent_path=None,
                config=None,
                connect_timeout=CONNECT_SECONDS,
                login_timeout=CONNECT_SECONDS,
                keepalive_interval=15,
                **options,
            )
    except (asyncssh.Error, OSError, TimeoutError) as error:
        raise _failed(error, client, source) from error
    return connection, client


class SftpSource:
    """See `ports.import_sources`."""

    def __init__(self, source: ImportSource, sftp: asyncssh.SFTPClient, now: float) -> None:
        self._source = source
        self._sftp = sftp
        self._now = now
        self._folder = PurePosixPath(source.path or ".")
        self.validators = Validators()

    async def files(self) -> Sequence[FoundFile]:
        found = []
        try:
            async for entry in self._sftp.scandir(str(self._folder)):
                name = entry.filename if isinstance(entry.filename, str) else ""
                attributes = entry.attrs
                if not self._source.takes(name) or attributes.type not in (
                    asyncssh.FILEXFER_TYPE_REGULAR,
                    asyncssh.FILEXFER_TYPE_UNKNOWN,
                ):
                    continue
                at, size = attributes.mtime, attributes.size
                if at is not None and 0 <= self._now - at < SETTLED_SECONDS:
                    continue
                told = at is not None and size is not None
                found.append(
                    FoundFile(
                        name=name,
                        size=size,
                        modified_at=None if at is None else datetime.fromtimestamp(at, UTC),
                        fingerprint=f"{name}|{size}|{at}" if told else "",
                    )
                )
        except (asyncssh.Error, OSError) as error:
            raise _failed(error, None, self._source) from error
        return sorted(found, key=lambda file: file.name)

    async def read(self, file: FoundFile) -> AsyncIterator[bytes]:
        try:
            async with self._sftp.open(str(self._folder / file.name), "rb") as stream:
                while chunk := await stream.read(_CHUNK):
                    yield chunk if isinstance(chunk, bytes) else chunk.encode()
        except (asyncssh.Error, OSError) as error:
            raise _failed(error, None, self._source) from error

    async def move(self, file: FoundFile) -> None:
        folder = self._folder / self._source.move_to
        plain = PurePosixPath(file.name)
        try:
            if not await self._sftp.exists(str(self._folder / file.name)):
                return
            if not await self._sftp.isdir(str(folder)):
                await self._sftp.mkdir(str(folder))
            target, number = folder / file.name, 2
            while await self._sftp.exists(str(target)):
                target, number = folder / f"{plain.stem} ({number}){plain.suffix}", number + 1
            await self._sftp.rename(str(self._folder / file.name), str(target))
        except (asyncssh.Error, OSError) as error:
            raise _failed(error, None, self._source) from error

    async def delete(self, file: FoundFile) -> None:
        try:
            if await self._sftp.exists(str(self._folder / file.name)):
                await self._sftp.remove(str(self._folder / file.name))
        except (asyncssh.Error, OSError) as error:
            raise _failed(error, None, self._source) from error


def _failed(error: BaseException, client: _Client | None, source: ImportSource) -> SourceFailed:
    if client is not None and client.seen and client.seen != source.host_key:
        return SourceFailed("SOURCE_HOST_KEY_CHANGED", client.seen)
    if isinstance(error, asyncssh.PermissionDenied):
        return SourceFailed("SOURCE_SIGN_IN_REFUSED")
    if isinstance(error, asyncssh.SFTPNoSuchFile | asyncssh.SFTPNoSuchPath):
        return SourceFailed("SOURCE_FOLDER_MISSING", source.path)
    if isinstance(error, asyncssh.SFTPPermissionDenied):
        return SourceFailed("SOURCE_FOLDER", "permission denied")
    return SourceFailed("SOURCE_UNREACHABLE", _said(error))


def _said(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(getattr(error, "reason", "") or getattr(error, "strerror", "") or "")
