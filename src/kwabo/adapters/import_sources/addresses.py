"""Names to addresses, without the way into the server's own network.

What is looked up is what is connected to: a name that changes its address between the look and the
connection gains nothing.
"""

from __future__ import annotations

import asyncio
import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from kwabo.domain.outgoing.addresses import is_public
from kwabo.ports.import_sources import SourceFailed


class AddressGuard(AbstractResolver):
    """Resolves names; `private_allowed` False: only to addresses of the open Internet."""

    def __init__(self, *, private_allowed: bool) -> None:
        self.private_allowed = private_allowed

    async def addresses(self, host: str, port: int) -> list[tuple[str, int]]:
        """(address, family) of a host. Raises SourceFailed."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise SourceFailed("SOURCE_HOST_UNKNOWN", host) from error
        addresses = [(str(place[0]), int(family)) for family, _, _, _, place in found]
        if not self.private_allowed:
            for address, _ in addresses:
                if not is_public(address):
                    raise SourceFailed("SOURCE_ADDRESS_PRIVATE", host)
        if not addresses:
            raise SourceFailed("SOURCE_HOST_UNKNOWN", host)
        return addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """For aiohttp."""
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=kind,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address, kind in await self.addresses(host, port)
        ]

    async def close(self) -> None:
        """Nothing is held."""
