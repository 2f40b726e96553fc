"""Every kind of source: see `ports.import_sources`."""

from __future__ import annotations

import asyncio
import importlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType

from kwabo.adapters.import_sources.addresses import AddressGuard
from kwabo.adapters.import_sources.folder import FolderSource
from kwabo.adapters.import_sources.https import https_source
from kwabo.domain.contacts.import_source import ImportSource, SourceKind
from kwabo.kernel.clock import Clock
from kwabo.ports.import_sources import ConnectedSource, Validators


class RealSources:
    """`tls`: for tests, a context that trusts their own authority."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        private_allowed: bool,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._guard = AddressGuard(private_allowed=private_allowed)
        self._tls = tls

    @property
    def http_allowed(self) -> bool:
        return self._guard.private_allowed

    @asynccontextmanager
    async def connected(
        self,
        source: ImportSource,
        *,
        secret: str | None,
        organisation: str,
        known: Validators,
    ) -> AsyncIterator[ConnectedSource]:
        now = self._clock.now().timestamp()
        if source.kind is SourceKind.FOLDER:
            yield FolderSource(self._folder, organisation, source, now)
        elif source.kind is SourceKind.SFTP:
            sftp_source = (await _sftp()).sftp_source
            async with sftp_source(source, secret, self._guard, now) as sftp:
                yield sftp
        else:
            async with https_source(source, secret, self._guard, known, self._tls) as https:
                yield https

    async def host_key_of(self, source: ImportSource) -> str:
        host_key_of = (await _sftp()).host_key_of
        return str(await host_key_of(source, self._guard))


async def _sftp() -> ModuleType:
    """The module that speaks SSH. Its library takes long to import: when it is first asked, and in
    a thread, so that calls go on meanwhile."""
    return await asyncio.to_thread(importlib.import_module, "kwabo.adapters.import_sources.sftp")
