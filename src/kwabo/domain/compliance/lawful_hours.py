"""The hours in which a country allows calls: windows, public holidays, and every likely time zone.

Where a number and its contact may be in different zones, the window must be open in all of them.
"""

from __future__ import annotations

from functools import lru_cache

from kwabo.domain.compliance.callable_hours import CallableHours, week_of
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.callable_time_set import (
    MAPPED,
    CallableTimeRules,
    HolidayRule,
    Window,
)
from kwabo.domain.compliance.candidate import Candidate, CandidateNumber
from kwabo.domain.compliance.number_zones import zones_of, zones_told


@lru_cache(maxsize=64)
def lawful_hours(windows: tuple[CallableTime, ...], calendar: str | None) -> CallableHours:
    """A preset's hours in the zones of whoever is called; `calendar`: the country whose public
    holidays are closed."""
    slots = tuple(slot for window in windows for slot in week_of(window))
    return CallableHours(
        CallableTimeRules(
            windows=(Window(kind=MAPPED, slots=slots),),
            holidays=() if calendar is None else (HolidayRule(country=calendar),),
        )
    )


def likely_zones(candidate: Candidate, number: CandidateNumber) -> tuple[str, ...]:
    """Where the number may be by what is known of the contact and by its plan; none: unknown."""
    known = zones_of(candidate, number).zones
    return tuple(dict.fromkeys((*known, *zones_told(number.number))))
