"""Trunks: what may be dialled through them and which numbers they may show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from kwabo.domain.call_analysis.network import read_table, table_document
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.trunks import Trunk
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork

_ENDPOINT: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
MOST_LINES: Final = 10_000
MOST_CALLS_PER_SECOND: Final = 500.0
MOST_CALLER_IDS: Final = 1_000
MOST_EARLY_MEDIA_SECONDS: Final = 30
MOST_KEEP_DAYS: Final = 90


class TrunkService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[Trunk]:
        """Every trunk, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.trunks.all()

    async def get(self, asker: Asker, trunk_id: UUID) -> Trunk:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.trunks.get(trunk_id))

    async def add(self, asker: Asker, values: Mapping[str, Any]) -> Trunk:
        """`values`: fields of Trunk. Raises Invalid, Conflict `NAME_TAKEN`."""
        trunk = Trunk(
            **{"attempt_header": None, **values},
            trunk_id=self._ids.new(),
            created_at=self._clock.now(),
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            trunk = await _checked(stores, trunk)
            await stores.trunks.add(trunk)
            await self._note(stores, asker, "trunk.created", trunk)
        return trunk

    async def change(self, asker: Asker, trunk_id: UUID, values: Mapping[str, Any]) -> Trunk:
        """`values`: the fields that change. Raises what `add` does, NotFound, and Conflict
        `CALLER_ID_IN_USE` when a campaign shows a number that is taken away."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.trunks.get(trunk_id))
            trunk = await _checked(stores, replace(old, **values))
            for caller_id, campaign in await stores.trunks.caller_ids_in_use(trunk_id):
                if caller_id in old.caller_ids and caller_id not in trunk.caller_ids:
                    raise Conflict(
                        "CALLER_ID_IN_USE",
                        f"The campaign '{campaign}' shows {caller_id}. Give it another caller id "
                        "first.",
                        field="caller_ids",
                        details={"campaign": campaign, "caller_id": caller_id},
                    )
            await stores.trunks.change(trunk)
            await self._note(stores, asker, "trunk.changed", trunk)
        return trunk

    async def _note(self, stores: Stores, asker: Asker, action: str, trunk: Trunk) -> None:
        now = self._clock.now()
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="trunk",
            subject_id=trunk.trunk_id,
            at=now,
            details={
                "name": trunk.name,
                "endpoint": trunk.endpoint,
                "lines": trunk.lines,
                "calls_per_second": trunk.calls_per_second,
            },
        )
        await stores.floor_commands.add(
            self._ids.new(), "settings.changed", {}, user_id=asker.user_id, at=now
        )


async def _checked(stores: Stores, trunk: Trunk) -> Trunk:
    """The trunk with its numbers in E.164. Raises Invalid."""
    if not _ENDPOINT.fullmatch(trunk.endpoint):
        raise Invalid(
            "ENDPOINT",
            "The endpoint is the trunk's name on the switch: letters, digits, _ and -, at most 60.",
            field="endpoint",
        )
    if not 1 <= trunk.lines <= MOST_LINES:
        raise Invalid("LINES", f"Give 1 to {MOST_LINES} lines.", field="lines")
    if not 0 < trunk.calls_per_second <= MOST_CALLS_PER_SECOND:
        raise Invalid(
            "CALLS_PER_SECOND",
            f"Give more than 0 and at most {MOST_CALLS_PER_SECOND:g} calls per second.",
            field="calls_per_second",
        )
    if trunk.attempt_header is not None and not _HEADER.fullmatch(trunk.attempt_header):
        raise Invalid(
            "ATTEMPT_HEADER",
            "A SIP header's name has letters, digits and -, for example X-Attempt-Id.",
            field="attempt_header",
        )
    most = MOST_EARLY_MEDIA_SECONDS
    if not 0 <= trunk.early_media_seconds <= most:
        raise Invalid(
            "EARLY_MEDIA_SECONDS",
            f"Listen to 0 (never) to {most} seconds before the answer.",
            field="early_media_seconds",
            details={"most": str(most)},
        )
    if not 0 <= trunk.early_media_keep_days <= MOST_KEEP_DAYS:
        raise Invalid(
            "EARLY_MEDIA_KEEP_DAYS",
            f"Keep recordings for 0 (not at all) to {MOST_KEEP_DAYS} days.",
            field="early_media_keep_days",
            details={"most": str(MOST_KEEP_DAYS)},
        )
    table, objections = read_table(list(trunk.network_answers))
    refuse(objections)
    trunk = replace(trunk, network_answers=tuple(table_document(table)))
    if len(trunk.caller_ids) > MOST_CALLER_IDS:
        raise Invalid(
            "TOO_MANY_CALLER_IDS", f"At most {MOST_CALLER_IDS} caller ids.", field="caller_ids"
        )
    organisation = await stores.organisations.get()
    region = organisation.region if organisation else "BJ"
    caller_ids: list[str] = []
    for index, written in enumerate(trunk.caller_ids):
        number = read_number(written, region)
        if not isinstance(number, str):
            raise Invalid(
                "CALLER_ID_INVALID",
                "A caller id is a phone number: write it with + and the country's code.",
                field=f"caller_ids.{index}",
                details={"reason": number.code},
            )
        if number not in caller_ids:
            caller_ids.append(number)
    return replace(trunk, name=checked_name(trunk.name), caller_ids=tuple(caller_ids))


def _found(trunk: Trunk | None) -> Trunk:
    if trunk is None:
        raise NotFound("NOT_FOUND", "There is no such trunk.")
    return trunk
