"""When a campaign's list will end: a range, or that nobody can say yet.

The rate is that of the attempts of the last hour of calling, its uncertainty that of counting them.
The work left is at least an attempt for each contact that is not finished; the most is judged by
how often an attempt has finished its contact so far, within the most attempts that a contact
may have. Calling time is counted in the hours of the campaign and its law, by the list's clock.
Whoever waits for a later recall holds the end back until then.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from kwabo.domain.compliance.callable_hours import CallableHours
from kwabo.domain.compliance.zones import zone

OBSERVED_SECONDS: Final = 3600.0
LOOKED_BACK: Final = timedelta(days=4)  # for the last hour of calling
FEWEST_ATTEMPTS: Final = 20
FURTHEST_DAYS: Final = 60
_Z: Final = 1.96  # 95 % of a normal distribution

Span = tuple[datetime, datetime]


class Unknown(StrEnum):
    """Why no end is told."""

    NOT_RUNNING = "NOT_RUNNING"
    NOTHING_LEFT = "NOTHING_LEFT"
    TOO_LITTLE_CALLED = "TOO_LITTLE_CALLED"
    NO_HOURS = "NO_HOURS"  # the campaign has no callable hours in the next days


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEnd:
    """When the list ends, as far as can be told."""

    unknown: str = ""  # of `Unknown`; '': a range is told
    earliest: datetime | None = None  # None: later than `FURTHEST_DAYS` from now
    latest: datetime | None = None  # likewise
    attempts: int = 0  # that the rate was taken from
    observed_seconds: float = 0.0  # of calling time, in which they were made


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is left, and what was done for it so far."""

    left: int  # contacts that are not finished
    finished: int
    attempts: int  # of all time
    max_attempts: int
    last_due_at: datetime | None  # of the contact whose next attempt is put off longest


def list_end(
    work: Work, attempts: int, observed_seconds: float, spans: Sequence[Span], now: datetime
) -> ListEnd:
    """`attempts` were made in so much calling time; `spans`: the hours from now on, in order."""
    seen = ListEnd(attempts=attempts, observed_seconds=round(observed_seconds, 1))
    if work.left <= 0:
        return replace(seen, unknown=Unknown.NOTHING_LEFT)
    if attempts < FEWEST_ATTEMPTS or observed_seconds <= 0:
        return replace(seen, unknown=Unknown.TOO_LITTLE_CALLED)
    if not spans:
        return replace(seen, unknown=Unknown.NO_HOURS)
    least, most = attempts_left(work)
    doubt = _Z * math.sqrt(attempts)
    fast, slow = (attempts + doubt) / observed_seconds, (attempts - doubt) / observed_seconds
    held = work.last_due_at if work.last_due_at is not None and work.last_due_at > now else now
    return replace(
        seen,
        earliest=_later(after_calling(spans, least / fast), held),
        latest=_later(after_calling(spans, most / slow), held),
    )


def attempts_left(work: Work) -> tuple[float, float]:
    """Fewest and most attempts that are likely still to be made."""
    if not work.attempts:
        return float(work.left), float(work.left * work.max_attempts)
    share = min(1.0, work.finished / work.attempts)
    doubt = _Z * math.sqrt(share * (1 - share) / work.attempts)
    # Some of those that are left have had most of their attempts: one each is the least.
    return float(work.left), work.left * _each(max(0.0, share - doubt), work.max_attempts)


def _each(share: float, most: int) -> float:
    """Attempts for a contact, when each finishes it with this probability, and never more."""
    if share <= 0:
        return float(most)
    return max(1.0, (1 - (1 - share) ** most) / share)


def after_calling(spans: Sequence[Span], seconds: float) -> datetime | None:
    """When so much calling time has passed; None: not within the spans."""
    for begin, end in spans:
        length = (end - begin).total_seconds()
        if seconds <= length:
            return begin + timedelta(seconds=seconds)
        seconds -= length
    return None


def calling_begun(spans: Sequence[Span], seconds: float) -> tuple[datetime | None, float]:
    """From when on so much calling time lies in the spans, counted from their end, and how much."""
    found, begun = 0.0, None
    for begin, end in reversed(spans):
        length = (end - begin).total_seconds()
        if found + length >= seconds:
            return end - timedelta(seconds=seconds - found), seconds
        found += length
        begun = begin
    return begun, found


def calling_spans(
    hours: Sequence[CallableHours], zone_name: str, begin: datetime, end: datetime
) -> list[Span]:
    """When calls are allowed by all of `hours` between two instants, by the clock of the zone."""
    where = zone(zone_name)
    if where is None:
        return []
    found: list[Span] = []
    day = begin.astimezone(where).date() - timedelta(days=1)
    last = end.astimezone(where).date()
    while day <= last:
        for opens, closes in _of_day(hours, zone_name, day):
            first = max(_instant(day, opens, where), begin)
            until = min(_instant(day, closes, where), end)
            if first < until:
                found.append((first, until))
        day += timedelta(days=1)
    return found


def _of_day(hours: Sequence[CallableHours], zone_name: str, day: date) -> Iterator[tuple[int, int]]:
    """Seconds since midnight between which all are open."""
    open_now: list[tuple[int, int]] = [(0, 24 * 3600)]
    for one in hours:
        known = one.day(zone_name, None, day)
        slots = [(slot.start, slot.until) for slot in known.slots] if known is not None else []
        open_now = [
            (max(a, c), min(b, d)) for a, b in open_now for c, d in slots if max(a, c) < min(b, d)
        ]
    yield from sorted(open_now)


def _instant(day: date, second: int, where: tzinfo) -> datetime:
    whole, rest = divmod(second, 24 * 3600)
    at = time(rest // 3600, rest // 60 % 60, rest % 60)
    return datetime.combine(day + timedelta(days=whole), at, tzinfo=where).astimezone(UTC)


def _later(found: datetime | None, held: datetime) -> datetime | None:
    return None if found is None else max(found, held)
