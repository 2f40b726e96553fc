"""When a campaign or a sequence runs: hours of the week in one time zone, and dates that differ.

Hours are wall-clock times. An interval ends where it says on every day, also on days with a change
of the clocks: a time that does not exist is skipped, a time that exists twice counts both times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.zones import clock_changes, zone

DAY = 24 * 60
MOST_INTERVALS = 50
MOST_EXCEPTIONS = 200
# A schedule that does not change within this time is said to stay as it is.
_LONGEST_SEARCH = timedelta(days=800)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Hours of a day, in minutes since midnight on the clock."""

    start: int  # inclusive
    until: int  # exclusive; 1440 is midnight at the end of the day

    def contains(self, minute: int) -> bool:
        """Whether the minute lies within."""
        return self.start <= minute < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Hours on some days of the week."""

    weekdays: frozenset[int]  # 1 Monday … 7 Sunday
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleException:
    """Dates on which other hours than those of the week hold; without spans the day is closed."""

    first: date
    last: date
    spans: tuple[Span, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Hours of the week, and dates that differ."""

    time_zone: str  # IANA
    intervals: tuple[Interval, ...]
    exceptions: tuple[ScheduleException, ...] = ()
    starts_on: date | None = None  # nothing is open before
    ends_on: date | None = None  # nothing is open after

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The hours of a date; the first exception that names the date holds."""
        if self.starts_on is not None and day < self.starts_on:
            return ()
        if self.ends_on is not None and day > self.ends_on:
            return ()
        for exception in self.exceptions:
            if exception.first <= day <= exception.last:
                return exception.spans
        weekday = day.isoweekday()
        return tuple(i.span for i in self.intervals if weekday in i.weekdays)

    def is_open(self, instant: datetime) -> bool:
        """Whether the schedule says "run" at this instant; never in an unknown time zone."""
        where = zone(self.time_zone)
        if where is None:
            return False
        local = instant.astimezone(where)
        minute = local.hour * 60 + local.minute
        return any(span.contains(minute) for span in self.spans_on(local.date()))

    def next_change(self, instant: datetime) -> datetime | None:
        """The first instant after `instant` at which open becomes closed or the reverse.

        None: it stays as it is (for more than two years).
        """
        where = zone(self.time_zone)
        if where is None:
            return None
        now_open = self.is_open(instant)
        first = instant.astimezone(where).date() - timedelta(days=1)
        if self.starts_on is not None and not now_open:
            first = max(first, self.starts_on - timedelta(days=1))
        for at in self._boundaries(first, where):
            if at > instant and self.is_open(at) != now_open:
                return at
        return None

    def _boundaries(self, first: date, where: ZoneInfo) -> Iterator[datetime]:
        """Instants at which something may change, in order."""
        pending: list[datetime] = []
        for offset in range(_LONGEST_SEARCH.days):
            day = first + timedelta(days=offset)
            pending += self._of_day(day, where)
            pending.sort()
            # A later day's boundaries come after this day's noon, whatever the clocks do.
            settled = datetime.combine(day, time(12), tzinfo=where).astimezone(UTC)
            while pending and pending[0] <= settled:
                yield pending.pop(0)
        yield from pending

    def _of_day(self, day: date, where: ZoneInfo) -> list[datetime]:
        found = clock_changes(day, where)
        minutes = {m for span in self.spans_on(day) for m in (span.start, span.until)} | {0, DAY}
        for minute in minutes:
            local = datetime.combine(day, time(0)) + timedelta(minutes=minute)
            found += [local.replace(tzinfo=where, fold=fold).astimezone(UTC) for fold in (0, 1)]
        return found


def read_minute(written: str) -> int | None:
    """Minutes since midnight of HH:MM, 24:00 included; None for anything else."""
    hours, colon, minutes = written.partition(":")
    digits = hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit()
    if not (colon and digits and len(hours) == 2 and len(minutes) == 2):
        return None
    minute = int(hours) * 60 + int(minutes)
    return minute if int(minutes) < 60 and minute <= DAY else None


def written_minute(minute: int) -> str:
    """HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


# ── Documents ────────────────────────────────────────────────────────────────────────────────────


def read_schedule(document: Mapping[str, object]) -> tuple[Schedule | None, list[Objection]]:
    """The schedule that a checked JSON document describes, and everything wrong with it.

    The document has `time_zone`, `intervals` (`weekdays`, `start`, `until`), `exceptions`
    (`first`, `last`, `spans`, `name`), `starts_on` and `ends_on`; dates are `date`s or ISO texts.
    """
    found: list[Objection] = []
    time_zone = str(document.get("time_zone") or "")
    if zone(time_zone) is None:
        found.append(_objection("time_zone", "TIME_ZONE"))
    intervals = _intervals(_list(document.get("intervals")), found)
    exceptions = _exceptions(_list(document.get("exceptions")), found)
    starts_on, ends_on = _day(document.get("starts_on")), _day(document.get("ends_on"))
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        found.append(_objection("ends_on", "DATES_ORDER"))
    if not intervals and not any(exception.spans for exception in exceptions) and not found:
        found.append(_objection("intervals", "SCHEDULE_EMPTY"))
    if found:
        return None, found
    return Schedule(
        time_zone=time_zone,
        intervals=intervals,
        exceptions=exceptions,
        starts_on=starts_on,
        ends_on=ends_on,
    ), []


def written_schedule(schedule: Schedule) -> dict[str, object]:
    """The JSON document of a schedule: `read_schedule` gives the same schedule again."""
    return {
        "time_zone": schedule.time_zone,
        "intervals": [
            {"weekdays": sorted(interval.weekdays), **_written_span(interval.span)}
            for interval in schedule.intervals
        ],
        "exceptions": [
            {
                "first": exception.first.isoformat(),
                "last": exception.last.isoformat(),
                "spans": [_written_span(span) for span in exception.spans],
                "name": exception.name,
            }
            for exception in schedule.exceptions
        ],
        "starts_on": schedule.starts_on.isoformat() if schedule.starts_on else None,
        "ends_on": schedule.ends_on.isoformat() if schedule.ends_on else None,
    }


def _written_span(span: Span) -> dict[str, str]:
    return {"start": written_minute(span.start), "until": written_minute(span.until)}


def _list(value: object) -> Sequence[Mapping[str, object]]:
    return [dict(one) for one in value] if isinstance(value, list | tuple) else []


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _intervals(
    given: Sequence[Mapping[str, object]], found: list[Objection]
) -> tuple[Interval, ...]:
    if len(given) > MOST_INTERVALS:
        found.append(_objection("intervals", "TOO_MANY", most=MOST_INTERVALS))
        return ()
    read = []
    for index, one in enumerate(given):
        path = f"intervals.{index}"
        days = one.get("weekdays")
        weekdays = frozenset(days) if isinstance(days, list | tuple) else frozenset()
        if not weekdays or not weekdays <= frozenset(range(1, 8)):
            found.append(_objection(f"{path}.weekdays", "WEEKDAYS"))
        span = _span(one, path, found)
        if span is not None:
            read.append(Interval(weekdays=weekdays, span=span))
    return tuple(read)


def _exceptions(
    given: Sequence[Mapping[str, object]], found: list[Objection]
) -> tuple[ScheduleException, ...]:
    if len(given) > MOST_EXCEPTIONS:
        found.append(_objection("exceptions", "TOO_MANY", most=MOST_EXCEPTIONS))
        return ()
    read = []
    for index, one in enumerate(given):
        path = f"exceptions.{index}"
        first = _day(one.get("first"))
        last = _day(one.get("last")) or first
        if first is None or last is None or last < first:
            found.append(_objection(f"{path}.last", "DATES_ORDER"))
            continue
        spans = [
            _span(span, f"{path}.spans.{place}", found)
            for place, span in enumerate(_list(one.get("spans")))
        ]
        read.append(
            ScheduleException(
                first=first,
                last=last,
                spans=tuple(span for span in spans if span is not None),
                name=str(one.get("name") or "").strip()[:100],
            )
        )
    return tuple(read)


def _span(one: Mapping[str, object], path: str, found: list[Objection]) -> Span | None:
    start, until = read_minute(str(one.get("start"))), read_minute(str(one.get("until")))
    if start is None or start == DAY:
        found.append(_objection(f"{path}.start", "CLOCK_TIME"))
    if until is None:
        found.append(_objection(f"{path}.until", "CLOCK_TIME"))
    if start is None or until is None:
        return None
    if until <= start:
        found.append(_objection(f"{path}.until", "SPAN_EMPTY"))
        return None
    return Span(start=start, until=until)


_MESSAGES: Mapping[str, str] = {
    "TIME_ZONE": "Choose a time zone by its IANA name, for example Africa/Porto-Novo.",
    "WEEKDAYS": "Choose at least one day of the week: 1 is Monday, 7 is Sunday.",
    "CLOCK_TIME": "Give a time of the day as HH:MM; the end of the day is 24:00.",
    "SPAN_EMPTY": "The end must be later on the day than the begin. For hours over midnight give "
    "two rows: one until 24:00, one from 00:00 on the next day.",
    "DATES_ORDER": "The last date must not be before the first one.",
    "SCHEDULE_EMPTY": "Give at least one interval: without hours the campaign would never run.",
    "TOO_MANY": "Give at most {most} of them.",
}


def _objection(field: str, code: str, **details: object) -> Objection:
    told = {name: str(value) for name, value in details.items()}
    return Objection(field=field, code=code, message=_MESSAGES[code].format_map(told), details=told)
