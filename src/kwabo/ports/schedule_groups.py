"""Schedule groups: by which hours flows are open, and the emergency switch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.opening_hours.opening import Emergency


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleGroup:
    """A callable time set by the clock of one zone."""

    schedule_group_id: UUID
    name: str
    callable_time_set_id: UUID
    time_zone: str
    flows: tuple[str, ...] = ()  # names of those that ask it
    version: int = 1
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEmergency(Emergency):
    """An emergency that is on, with who turned it on."""

    emergency_id: UUID
    started_by: UUID | None
    started_by_name: str | None = None
    schedule_group_name: str | None = None


class ScheduleGroupStore(Protocol):
    """The schedule groups of the transaction's organisation."""

    async def add(self, group: ScheduleGroup) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, schedule_group_id: UUID) -> ScheduleGroup | None: ...

    async def get_for_change(self, schedule_group_id: UUID) -> ScheduleGroup | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[ScheduleGroup]:
        """By name."""
        ...

    async def change(self, group: ScheduleGroup) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, schedule_group_id: UUID) -> None: ...

    async def of_set(self, callable_time_set_id: UUID) -> Sequence[str]:
        """Names of the groups that keep to a callable time set."""
        ...

    # ── The emergency switch ─────────────────────────────────────────────────────────────────────

    async def emergencies(self, now: datetime) -> Sequence[KeptEmergency]:
        """Those that are on, the oldest first."""
        ...

    async def turn_on(self, emergency: KeptEmergency) -> None:
        """In place of the one that is on for the same groups, if there is one."""
        ...

    async def turn_off(
        self, schedule_group_id: UUID | None, now: datetime, user_id: UUID | None
    ) -> bool:
        """False: none was on."""
        ...
