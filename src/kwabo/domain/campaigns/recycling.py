"""Which finished contacts a recycling means, and when a plan recycles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.compliance.zones import zone
from kwabo.domain.interactions.attempt import Result

LONGEST_WAIT_SECONDS = 30 * 24 * 3600
MOST_TIMES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecycleChoice:
    """Finished contacts to which one of these applies; what becomes of their counters."""

    results: tuple[str, ...] = ()  # that ended the last call
    wrap_up_code_ids: tuple[UUID, ...] = ()  # that the last conversation was given
    used_up: bool = False  # those whose attempts are used up
    unreached: bool = False  # those of whom no person has ever answered in the campaign
    reset_counters: bool = True  # attempts and steps of recall rules begin again
    after_seconds: int = 0  # until the contacts may be called

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "results": list(self.results),
            "wrap_up_code_ids": [str(one) for one in self.wrap_up_code_ids],
            "used_up": self.used_up,
            "unreached": self.unreached,
            "reset_counters": self.reset_counters,
            "after_seconds": self.after_seconds,
        }

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> RecycleChoice:
        """The choice that was kept."""
        return cls(
            results=tuple(value["results"]),
            wrap_up_code_ids=tuple(UUID(one) for one in value["wrap_up_code_ids"]),
            used_up=value["used_up"],
            unreached=value["unreached"],
            reset_counters=value["reset_counters"],
            after_seconds=value["after_seconds"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecycleTimes:
    """A time of day on some days of the week."""

    weekdays: tuple[int, ...]  # 1 Monday … 7 Sunday
    at: time
    time_zone: str

    def next_after(self, instant: datetime) -> datetime:
        """The first time behind an instant. Times that the clocks leave out come when they jump."""
        where = zone(self.time_zone) or UTC
        day = instant.astimezone(where).date()
        for days in range(-1, 9):
            date = day + timedelta(days=days)
            due = datetime.combine(date, self.at, tzinfo=where).astimezone(UTC)
            if date.isoweekday() in self.weekdays and due > instant:
                return due
        raise ValueError("a plan needs a day of the week")


def choice_objections(choice: RecycleChoice, unknown_codes: frozenset[UUID]) -> list[Objection]:
    """Everything wrong with a choice."""
    found: list[Objection] = []
    if not (choice.results or choice.wrap_up_code_ids or choice.used_up or choice.unreached):
        message = "Choose which contacts: results, wrap-up codes, used up or unreached ones."
        found.append(Objection(field="results", code="NOTHING_CHOSEN", message=message))
    known = {str(result) for result in Result}
    for result in choice.results:
        if result not in known:
            message = f"There is no result '{result}'. Results: {', '.join(sorted(known))}."
            found.append(Objection(field="results", code="UNKNOWN_RESULT", message=message))
            break
    if unknown_codes:
        message = "There is no such wrap-up code: choose an existing one."
        found.append(Objection(field="wrap_up_code_ids", code="UNKNOWN", message=message))
    if not 0 <= choice.after_seconds <= LONGEST_WAIT_SECONDS:
        message = "Wait between 0 seconds and 30 days."
        found.append(Objection(field="after_seconds", code="RECYCLE_WAIT", message=message))
    return found


def times_objections(times: RecycleTimes, times_left: int | None) -> list[Objection]:
    """Everything wrong with the times of a plan."""
    found: list[Objection] = []
    days = times.weekdays
    if not days or len(set(days)) != len(days) or not all(1 <= day <= 7 for day in days):
        message = "Choose at least one day of the week: 1 is Monday, 7 is Sunday."
        found.append(Objection(field="weekdays", code="WEEKDAYS", message=message))
    if times.at.tzinfo is not None:
        message = "Give the time without a zone, and the zone beside it."
        found.append(Objection(field="at", code="LOCAL_TIME", message=message))
    if zone(times.time_zone) is None:
        message = "Name a time zone like Africa/Porto-Novo."
        found.append(Objection(field="time_zone", code="TIME_ZONE", message=message))
    if times_left is not None and not 1 <= times_left <= MOST_TIMES:
        message = f"Recycle between 1 and {MOST_TIMES} times, or leave the number out."
        found.append(Objection(field="times_left", code="RECYCLE_TIMES", message=message))
    return found
