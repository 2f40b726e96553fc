"""Every kind of source: see `ports.import_sources`."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from kwabo.adapters.import_sources.addresses import AddressGuard
from kwabo.adapters.import_sources.folder import FolderSource
from kwabo.adapters.import_sources.https import https_source
from kwabo.adapters.import_sources.sftp import host_key_of, sftp_source
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
            async with sftp_source(source, secret, self._guard, now) as sftp:
                yield sftp
        else:
            async with https_source(source, secret, self._guard, known, self._tls) as https:
                yield https

    async def host_key_of(self, source: ImportSource) -> str:
        return await host_key_of(source, self._guard)
