"""Opening hours of flows: schedule groups and the emergency switch.

The hours themselves are callable time sets; a group says by whose clock they count for callers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.callable_hours import CallableHours
from kwabo.domain.compliance.zones import zone
from kwabo.domain.flows.actions import AskHours
from kwabo.domain.flows.inputs import HoursTold
from kwabo.domain.opening_hours.opening import Opening, opening
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.schedule_groups import KeptEmergency, ScheduleGroup
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version

LONGEST_EMERGENCY: Final = timedelta(days=31)
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNow:
    """A group and what it says now."""

    group: ScheduleGroup
    opening: Opening


class OpeningHoursService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def hours(self, organisation_id: UUID, action: AskHours, now: datetime) -> HoursTold:
        """What a flow is told; state '' when there is no such group."""
        try:
            group_id = UUID(action.schedule_id)
        except ValueError:
            return HoursTold(question=action.question, state="")
        async with self._unit_of_work.begin(organisation_id) as stores:
            group = await stores.schedule_groups.get(group_id)
            found = None if group is None else await _now(stores, group, now)
        return HoursTold(question=action.question, state=found.opening.state if found else "")

    async def all(self, asker: Asker) -> Sequence[GroupNow]:
        """Every group, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            groups = await stores.schedule_groups.all()
            return [await _now(stores, group, self._clock.now()) for group in groups]

    async def get(self, asker: Asker, schedule_group_id: UUID) -> GroupNow:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            group = _found(await stores.schedule_groups.get(schedule_group_id))
            return await _now(stores, group, self._clock.now())

    async def add(self, asker: Asker, values: Mapping[str, Any]) -> GroupNow:
        """`values`: fields of ScheduleGroup. Raises Invalid, Conflict `NAME_TAKEN`."""
        now = self._clock.now()
        group = ScheduleGroup(
            **values, schedule_group_id=self._ids.new(), created_at=now, updated_at=now
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            group = await _checked(stores, group)
            await stores.schedule_groups.add(group)
            await self._note(stores, asker, "schedule_group.created", group)
            return await _now(stores, group, now)

    async def change(
        self, asker: Asker, schedule_group_id: UUID, version: int, values: Mapping[str, Any]
    ) -> GroupNow:
        """`values`: the fields that change. Raises as `add`, NotFound, Conflict."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.schedule_groups.get_for_change(schedule_group_id))
            check_version(version, old.version)
            group = await _checked(stores, replace(old, **values))
            if group != old:
                group = replace(group, version=old.version + 1, updated_at=now)
                await stores.schedule_groups.change(group)
                await self._note(stores, asker, "schedule_group.changed", group)
            return await _now(stores, group, now)

    async def delete(self, asker: Asker, schedule_group_id: UUID) -> None:
        """Raises NotFound, Conflict `SCHEDULE_GROUP_IN_USE`, `SCHEDULE_GROUP_IN_QUEUES`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            group = _found(await stores.schedule_groups.get_for_change(schedule_group_id))
            check_unused(
                "SCHEDULE_GROUP_IN_USE",
                group.flows,
                "These flows ask the group: {names}. Give them another one first.",
                detail="flows",
            )
            check_unused(
                "SCHEDULE_GROUP_IN_QUEUES",
                await stores.queue_routing.queues_keeping(schedule_group_id),
                "These queues keep these hours: {names}. Give them other ones first.",
                detail="queues",
            )
            await stores.schedule_groups.delete(schedule_group_id)
            await self._note(stores, asker, "schedule_group.deleted", group)

    # ── The emergency switch ─────────────────────────────────────────────────────────────────────

    async def emergencies(self, asker: Asker) -> Sequence[KeptEmergency]:
        """Those that are on."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.schedule_groups.emergencies(self._clock.now())

    async def turn_on(
        self, asker: Asker, schedule_group_id: UUID | None, reason: str, until: datetime
    ) -> None:
        """For one group, or for all. Raises NotFound, Invalid."""
        now = self._clock.now()
        reason = " ".join(reason.split())
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            group = await self._group(stores, schedule_group_id)
            _check_switch(reason, until, now)
            emergency = KeptEmergency(
                emergency_id=self._ids.new(),
                schedule_group_id=schedule_group_id,
                reason=reason,
                started_at=now,
                started_by=asker.user_id,
                until=until,
            )
            await stores.schedule_groups.turn_on(emergency)
            details = {"reason": reason, "until": until.isoformat()}
            await self._note_switch(stores, asker, "emergency.started", group, details)

    async def turn_off(self, asker: Asker, schedule_group_id: UUID | None) -> None:
        """Nothing when it is off. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            group = await self._group(stores, schedule_group_id)
            if await stores.schedule_groups.turn_off(
                schedule_group_id, self._clock.now(), asker.user_id
            ):
                await self._note_switch(stores, asker, "emergency.ended", group, {})

    async def _group(self, stores: Stores, schedule_group_id: UUID | None) -> ScheduleGroup | None:
        """Locked, so that the switch is never turned twice at once."""
        if schedule_group_id is None:
            return None
        return _found(await stores.schedule_groups.get_for_change(schedule_group_id))

    async def _note(self, stores: Stores, asker: Asker, action: str, group: ScheduleGroup) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="schedule_group",
            subject_id=group.schedule_group_id,
            at=self._clock.now(),
            details={
                "name": group.name,
                "time_zone": group.time_zone,
                "callable_time_set_id": str(group.callable_time_set_id),
            },
        )

    async def _note_switch(
        self,
        stores: Stores,
        asker: Asker,
        action: str,
        group: ScheduleGroup | None,
        details: Mapping[str, Any],
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="organisation" if group is None else "schedule_group",
            subject_id=asker.organisation_id if group is None else group.schedule_group_id,
            at=self._clock.now(),
            details={"name": group.name if group else "", **details},
        )


async def _now(stores: Stores, group: ScheduleGroup, now: datetime) -> GroupNow:
    hours = await stores.callable_time_sets.get(group.callable_time_set_id)
    assert hours is not None  # the database keeps a set that a group names
    emergencies = await stores.schedule_groups.emergencies(now)
    found = opening(
        group.schedule_group_id, group.time_zone, hours.as_rules_see_it, emergencies, now
    )
    return GroupNow(group=group, opening=found)


async def _checked(stores: Stores, group: ScheduleGroup) -> ScheduleGroup:
    group = replace(group, name=checked_name(group.name))
    found = []
    if zone(group.time_zone) is None:
        message = "There is no such time zone. Give its IANA name, such as Africa/Porto-Novo."
        found.append(Objection(field="time_zone", code="TIME_ZONE_UNKNOWN", message=message))
    hours = await stores.callable_time_sets.get_for_change(group.callable_time_set_id)
    if hours is None:
        message = "There is no such callable time set."
        found.append(
            Objection(field="callable_time_set_id", code="UNKNOWN_REFERENCE", message=message)
        )
    elif not found and CallableHours(hours.rules).window_zone(group.time_zone) is None:
        message = "The set has no window for this zone. Add one, or choose another set."
        found.append(
            Objection(
                field="callable_time_set_id", code="SCHEDULE_GROUP_NO_WINDOW", message=message
            )
        )
    refuse(found)
    return group


def _check_switch(reason: str, until: datetime, now: datetime) -> None:
    if not 3 <= len(reason) <= LONGEST_REASON:
        raise Invalid(
            "EMERGENCY_REASON",
            f"Say why in 3 to {LONGEST_REASON} characters; it is shown and kept.",
            field="reason",
            details={"most": LONGEST_REASON},
        )
    if not now < until <= now + LONGEST_EMERGENCY:
        raise Invalid(
            "EMERGENCY_UNTIL",
            f"Give an end in the future, within {LONGEST_EMERGENCY.days} days.",
            field="until",
            details={"days": LONGEST_EMERGENCY.days},
        )


def _found(group: ScheduleGroup | None) -> ScheduleGroup:
    if group is None:
        raise NotFound("NOT_FOUND", "There is no such schedule group.")
    return group
