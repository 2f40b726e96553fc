"""Callable time sets: when people may be called, by time zone, weekday and date (OUT-30, OUT-31).

A set has **windows**. A window of kind `zone` holds for numbers in that one time zone, the window
of kind `mapped` for numbers in any other, in the number's own zone. Numbers whose zone nobody knows
are called in the `unmapped` window, by the clock of the zone that it names, or not at all without
one. Hours are the local ones; several slots a day are allowed, none of them goes over midnight.

**Exceptions** close a date or give it other slots, once or every year. **Holidays** close the
public holidays of a country, for everyone or for that country's numbers. An exception stands above
a holiday, a holiday above the week.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.compliance.zones import DAY_SECONDS

MAPPED = "mapped"
ZONE = "zone"
UNMAPPED = "unmapped"
KINDS = (MAPPED, ZONE, UNMAPPED)

EVERYONE = "everyone"
OWN_NUMBERS = "own_numbers"
APPLIES_TO = (EVERYONE, OWN_NUMBERS)

_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])(?::([0-5][0-9]))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A piece of a local day, in seconds since midnight by the clock on the wall."""

    start: int  # inclusive
    until: int  # exclusive; at most 24:00


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSlot(Slot):
    """A slot of one day of the week."""

    weekday: int  # 1 Monday … 7 Sunday


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The week of some time zones."""

    kind: str
    time_zone: str | None = None  # IANA; of kind `mapped` it has none
    slots: tuple[WeekSlot, ...] = ()  # by weekday and start


@dataclass(frozen=True, slots=True, kw_only=True)
class DateException:
    """A date that is not as its weekday."""

    month: int
    day: int
    year: int | None = None  # None: every year
    name: str = ""
    slots: tuple[Slot, ...] = ()  # none: closed


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRule:
    """The public holidays of a country are closed."""

    country: str  # ISO 3166, two letters
    subdivision: str | None = None
    applies_to: str = EVERYONE  # or only the country's own numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class CallableTimeRules:
    """All that a callable time set says."""

    windows: tuple[Window, ...]
    exceptions: tuple[DateException, ...] = ()
    holidays: tuple[HolidayRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallableTimeSet:
    """A set's rules as of one version, which never changes."""

    callable_time_set_id: UUID
    version: int
    rules: CallableTimeRules

    def __hash__(self) -> int:
        # The rules are a deep value, and this is asked before every call.
        return hash((self.callable_time_set_id, self.version))


def read_clock(text: str) -> int | None:
    """Seconds since midnight of "08:30", "08:30:15" or "24:00"; None: it is no such thing."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    return seconds if seconds <= DAY_SECONDS else None


def clock_text(seconds: int) -> str:
    """ "08:30"; with seconds only where there are any."""
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return f"{text}:{seconds % 60:02d}" if seconds % 60 else text
