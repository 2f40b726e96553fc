"""The agent's desktop: commands to the floor on the asker's behalf, and what the desktop reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.reporting.live_views import View
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.ports.floor_client import FloorClient
from kwabo.ports.live import LiveStore
from kwabo.ports.pause_reasons import PauseReason
from kwabo.services.unit_of_work import UnitOfWork

HEARTBEAT_TIMEOUT_SECONDS: Final = 4.0  # the next one comes 5 s later

_IN_FULL = re.compile(r"\+[1-9]\d{6,14}")


class DesktopService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, floor: FloorClient, live: LiveStore) -> None:
        self._unit_of_work = unit_of_work
        self._floor = floor
        self._live = live

    async def state(self, asker: Asker) -> View:
        """The asker's `AgentState`."""
        state = await self._live.agent(asker.organisation_id, asker.user_id)
        if state is None:
            raise NotFound("NOT_FOUND", "There is no such agent.")
        return state

    async def command(
        self, asker: Asker, kind: str, payload: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Have the floor do something; its answer. Raises the floor's refusals and
        Unavailable `FLOOR_UNAVAILABLE`."""
        return await self._floor.send(
            asker.organisation_id, asker.user_id, kind, dict(payload or {})
        )

    async def on_attempt(
        self, asker: Asker, kind: str, attempt_id: UUID, **values: Any
    ) -> dict[str, Any]:
        """A command about a call. Raises NotFound before the floor is asked."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if await stores.attempts.get(attempt_id) is None:
                raise NotFound("NOT_FOUND", "There is no such call.")
        return await self.command(asker, kind, {"attempt_id": str(attempt_id), **values})

    async def dial(self, asker: Asker, attempt_id: UUID, number: str | None) -> dict[str, Any]:
        """Call the record in preview, on one of its numbers."""
        read = None if number is None else await self._number(asker, number, "number")
        return await self.on_attempt(asker, "agent.dial", attempt_id, number=read)

    async def call_out(
        self, asker: Asker, kind: str, attempt_id: UUID, *, number: str | None, user_id: UUID | None
    ) -> dict[str, Any]:
        """Transfer or consult: exactly one of a number and an agent."""
        if (number is None) == (user_id is None):
            raise Invalid("TO", "Say to whom: a number or an agent.", field="to")
        to: dict[str, str]
        if number is not None:
            to = {"number": await self._number(asker, number, "to.number")}
        else:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                if user_id is None or await stores.users.get(user_id) is None:
                    raise NotFound("NOT_FOUND", "There is no such agent.", field="to.user_id")
            to = {"user_id": str(user_id)}
        return await self.on_attempt(asker, kind, attempt_id, to=to)

    async def sign_in(self, asker: Asker, leg: Mapping[str, Any]) -> dict[str, Any]:
        """Sign in with a browser's leg or with an address."""
        values = dict(leg)
        if values.get("kind") == "address":
            address = str(values.get("address") or "")
            # Written in full it is taken as it is: a trunk may have extensions of its own.
            if not _IN_FULL.fullmatch(address):
                values["address"] = await self._number(asker, address, "leg.address")
        return await self.command(asker, "agent.sign_in", {"leg": values})

    async def heartbeat(self, asker: Asker) -> None:
        """The browser is there."""
        await self._floor.send(
            asker.organisation_id,
            asker.user_id,
            "agent.heartbeat",
            {},
            timeout_seconds=HEARTBEAT_TIMEOUT_SECONDS,
        )

    async def pause_reasons(self, asker: Asker) -> Sequence[PauseReason]:
        """Those to choose from."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return [reason for reason in await stores.pause_reasons.all() if reason.active]

    async def pause(self, asker: Asker, pause_reason_id: UUID | None) -> dict[str, Any]:
        """Raises Invalid `PAUSE_REASON_UNKNOWN`."""
        if pause_reason_id is not None:
            known = {reason.pause_reason_id for reason in await self.pause_reasons(asker)}
            if pause_reason_id not in known:
                raise Invalid(
                    "PAUSE_REASON_UNKNOWN",
                    "There is no such active pause reason. Choose another.",
                    field="pause_reason_id",
                )
        reason = None if pause_reason_id is None else str(pause_reason_id)
        return await self.command(asker, "agent.pause", {"pause_reason_id": reason})

    async def directory(self, asker: Asker) -> Sequence[View]:
        """The other agents, for transfers: names and status, nothing of their calls."""
        return [
            {name: agent[name] for name in ("user_id", "display_name", "status", "since")}
            for agent in await self._live.agents(asker.organisation_id)
            if agent["user_id"] != str(asker.user_id)
        ]

    async def _number(self, asker: Asker, written: str, field: str) -> str:
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            organisation = await stores.organisations.get()
        number = read_number(written, organisation.region if organisation else "BJ")
        if not isinstance(number, str):
            raise Invalid(
                number.code,
                "This number cannot be called: write it with + and the country's code.",
                field=field,
            )
        return number
