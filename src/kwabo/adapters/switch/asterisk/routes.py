"""Which trunks' calls come to the application: written into the switch's global variables.

A switch that has started anew has forgotten them, so they are written at each connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from kwabo.adapters.switch.asterisk.arrivals import route, route_variable
from kwabo.adapters.switch.asterisk.client import AriClient, AriNoAnswer, AriNotSent
from kwabo.ports.switch import InboundTrunk

log = structlog.get_logger(__name__)


class InboundRoutes:
    """See the module. One for each application's connection."""

    def __init__(self, client: AriClient, application: str) -> None:
        self._client = client
        self._application = application
        self._trunks: dict[str, InboundTrunk] = {}
        self._connected = asyncio.Event()

    def connected(self) -> None:
        """Events flow (again)."""
        self._connected.set()

    async def keep(self) -> None:
        """Write at each connection what was asked for before it; until cancelled."""
        while True:
            await self._connected.wait()
            self._connected.clear()
            try:
                await self._write(list(self._trunks.values()))
            except (AriNotSent, AriNoAnswer) as error:
                log.warning("inbound trunks not written", reason=str(error))

    async def take(self, trunks: Sequence[InboundTrunk]) -> None:
        """These, and no others. Raises `AriNotSent` or `AriNoAnswer`."""
        before, self._trunks = self._trunks, {trunk.endpoint: trunk for trunk in trunks}
        await self._write(trunks)
        for endpoint in before.keys() - self._trunks.keys():
            await self._leave(endpoint)

    async def _write(self, trunks: Sequence[InboundTrunk]) -> None:
        for trunk in trunks:
            value = route(self._application, trunk)
            await self._set(route_variable(trunk.endpoint), value)

    async def _leave(self, endpoint: str) -> None:
        """Unless another application has taken its calls meanwhile."""
        variable = route_variable(endpoint)
        answer = await self._client.ask("GET", "asterisk/variable", query={"variable": variable})
        written = str((answer.body or {}).get("value", "")) if answer.ok else ""
        if written.split(":", 1)[0] == self._application:
            await self._set(variable, "")

    async def _set(self, variable: str, value: str) -> None:
        query = {"variable": variable, "value": value}
        answer = await self._client.ask("POST", "asterisk/variable", query=query)
        if not answer.ok:
            log.error("inbound trunk not written", variable=variable, reason=answer.reason)
