"""IANA time zones as plain numbers: offsets and the instants at which they change.

Instants are whole seconds since 1970 in UTC. Between two changes of its clock a zone is a constant
offset, so local days and hours are plain arithmetic there; local times that do not exist or exist
twice need no rule of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_SECONDS = 24 * 3600

_STEP = 6 * 3600  # no zone changes its clock twice within this
_SECOND = timedelta(seconds=1)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo | None:
    """The IANA time zone of this name, or None when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def second_of(instant: datetime) -> int:
    """The second in which an instant lies."""
    return (instant - EPOCH) // _SECOND


def instant_of(second: int) -> datetime:
    """The begin of a second, in UTC."""
    return EPOCH + timedelta(seconds=second)


def day_of(local_second: int) -> date:
    """The date of a local second, that is of an instant plus its offset."""
    return date.fromordinal(_EPOCH_ORDINAL + local_second // DAY_SECONDS)


def offset_at(where: ZoneInfo, second: int) -> int:
    """How many seconds the zone's clock is ahead of UTC."""
    offset = instant_of(second).astimezone(where).utcoffset()
    assert offset is not None
    return offset // _SECOND


def constant_offsets(where: ZoneInfo, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """From `begin` to `end` in pieces of one offset each: begin, end, offset."""
    at = begin
    for year in range(instant_of(begin).year, instant_of(end).year + 1):
        for change in _changes(where, year):
            if at < change < end:
                yield at, change, offset_at(where, at)
                at = change
    if at < end:
        yield at, end, offset_at(where, at)


def clock_changes(day: date, where: ZoneInfo) -> list[datetime]:
    """The instants of this local day at which the zone's offset changes."""
    begin = second_of(datetime(day.year, day.month, day.day, tzinfo=where)) - 3 * 3600
    pieces = list(constant_offsets(where, begin, begin + DAY_SECONDS + 6 * 3600))
    changes = [instant_of(first) for first, _, _ in pieces[1:]]
    return [at for at in changes if at.astimezone(where).date() == day]


@lru_cache(maxsize=4096)
def _changes(where: ZoneInfo, year: int) -> tuple[int, ...]:
    """The first seconds of new offsets in a year of UTC."""
    found = []
    at = second_of(datetime(year, 1, 1, tzinfo=UTC)) - 1
    last = second_of(datetime(year + 1, 1, 1, tzinfo=UTC)) - 1
    offset = offset_at(where, at)
    while at < last:
        following = min(at + _STEP, last)
        if offset_at(where, following) != offset:
            change = _first_with_another(where, offset, at, following)
            found.append(change)
            at, offset = change, offset_at(where, change)
        else:
            at = following
    return tuple(found)


def _first_with_another(where: ZoneInfo, offset: int, before: int, after: int) -> int:
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(where, middle) == offset:
            before = middle
        else:
            after = middle
    return after
