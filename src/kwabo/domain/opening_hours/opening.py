"""Whether a schedule group is open: its callable time set by its clock, under the emergency switch.

A day that is closed as a whole by a named exception is a holiday too: the holidays of some
countries have to be entered that way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from kwabo.domain.compliance.callable_hours import DATE_EXCEPTION, CallableHours
from kwabo.domain.compliance.callable_hours import HOLIDAY as HOLIDAY_CODE
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.flows.inputs import CLOSED, EMERGENCY, HOLIDAY, OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """The switch, while it is on: of one group, or of all."""

    schedule_group_id: UUID | None  # None: of all groups
    reason: str
    started_at: datetime
    until: datetime

    def holds(self, schedule_group_id: UUID, now: datetime) -> bool:
        """Whether it puts this group out of its hours now."""
        mine = self.schedule_group_id in (None, schedule_group_id)
        return mine and self.started_at <= now < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a group says of an instant."""

    state: str  # of HOURS_STATES
    opens_at: datetime | None = None  # by its hours, when it is not open; None: never
    name: str = ""  # of the holiday
    emergency: Emergency | None = None


def opening(
    group_id: UUID,
    time_zone: str,
    hours: CallableTimeSet,
    emergencies: Iterable[Emergency],
    now: datetime,
) -> Opening:
    """See the module. Of several emergencies the one that lasts longest counts."""
    ready = _ready(hours)
    on = [one for one in emergencies if one.holds(group_id, now)]
    if on:
        longest = max(on, key=lambda one: one.until)
        opens_at = ready.at((time_zone,), None, longest.until).opens_at
        return Opening(state=EMERGENCY, opens_at=opens_at, emergency=longest)
    standing = ready.at((time_zone,), None, now)
    if standing.open:
        return Opening(state=OPEN)
    free = standing.code == HOLIDAY_CODE
    if standing.code == DATE_EXCEPTION and standing.name and standing.date is not None:
        day = ready.day(time_zone, None, standing.date)
        free = day is not None and not day.slots
    return Opening(
        state=HOLIDAY if free else CLOSED,
        opens_at=standing.opens_at,
        name=standing.name if free else "",
    )


@lru_cache(maxsize=256)
def _ready(hours: CallableTimeSet) -> CallableHours:
    return CallableHours(hours.rules)
