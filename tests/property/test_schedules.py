"""Schedules: next_change is the first instant at which the answer differs, in every time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.schedules import (
    DAY,
    Interval,
    Schedule,
    ScheduleException,
    Span,
    read_schedule,
    written_schedule,
)

ZONES = (
    "Africa/Porto-Novo",
    "Europe/Paris",
    "America/New_York",
    "America/Santiago",  # the clocks change at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",
    "UTC",
)
# Around the changes of the clocks, where a schedule can go wrong.
INSTANTS = st.one_of(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    st.builds(
        lambda day, hours: day + timedelta(hours=hours),
        st.sampled_from(
            [
                datetime(2026, 3, 28, 12),  # noqa: DTZ001
                datetime(2026, 10, 24, 12),  # noqa: DTZ001
                datetime(2026, 4, 4, 12),  # noqa: DTZ001
                datetime(2026, 9, 5, 12),  # noqa: DTZ001
                datetime(2026, 11, 1, 0),  # noqa: DTZ001
            ]
        ),
        st.floats(0, 48),
    ),
).map(lambda at: at.replace(tzinfo=UTC, microsecond=0))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, DAY - 1))
    return Span(start=start, until=draw(st.integers(start + 1, DAY)))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    days = st.frozensets(st.integers(1, 7), min_size=1)
    intervals = draw(st.lists(st.builds(Interval, weekdays=days, span=spans()), max_size=4))
    exceptions = []
    for _ in range(draw(st.integers(0, 2))):
        first = draw(st.dates(date(2026, 3, 25), date(2026, 11, 5)))
        exceptions.append(
            ScheduleException(
                first=first,
                last=first + timedelta(days=draw(st.integers(0, 5))),
                spans=tuple(draw(st.lists(spans(), max_size=2))),
            )
        )
    starts_on = draw(st.none() | st.dates(date(2024, 1, 1), date(2027, 1, 1)))
    return Schedule(
        time_zone=draw(st.sampled_from(ZONES)),
        intervals=tuple(intervals),
        exceptions=tuple(exceptions),
        starts_on=starts_on,
        ends_on=draw(st.none() | st.dates(starts_on or date(2024, 1, 1), date(2029, 1, 1))),
    )


def wanted(schedule: Schedule, instant: datetime) -> bool:
    """What the words of the schedule say, read off the clock on the wall."""
    wall = instant.astimezone(ZoneInfo(schedule.time_zone)).replace(tzinfo=None)
    day = wall.date()
    if schedule.starts_on and day < schedule.starts_on:
        return False
    if schedule.ends_on and day > schedule.ends_on:
        return False
    told = [e.spans for e in schedule.exceptions if e.first <= day <= e.last]
    hours = (
        told[0] if told else [i.span for i in schedule.intervals if day.isoweekday() in i.weekdays]
    )
    minutes = (wall - datetime.combine(day, datetime.min.time())) / timedelta(minutes=1)
    return any(span.start <= minutes < span.until for span in hours)


@given(schedules(), INSTANTS)
def test_open_is_what_the_clock_on_the_wall_says(schedule: Schedule, instant: datetime) -> None:
    assert schedule.is_open(instant) == wanted(schedule, instant)


@given(schedules(), INSTANTS)
def test_the_next_change_is_the_first_minute_that_differs(
    schedule: Schedule, instant: datetime
) -> None:
    """Minute by minute over nine days: nothing changes before, and it changes then."""
    change = schedule.next_change(instant)
    before = wanted(schedule, instant)
    minute = instant.replace(second=0) + timedelta(minutes=1)
    end = instant + timedelta(days=9)
    first = None
    while minute <= end:
        if wanted(schedule, minute) != before:
            first = minute
            break
        minute += timedelta(minutes=1)
    if first is not None:
        assert change == first
    else:
        assert change is None or change > end
    if change is not None:
        assert wanted(schedule, change) != before
        assert wanted(schedule, change - timedelta(seconds=1)) == before


@given(schedules())
def test_a_written_schedule_is_read_as_it_was(schedule: Schedule) -> None:
    read, objections = read_schedule(written_schedule(schedule))
    if schedule.intervals or any(e.spans for e in schedule.exceptions):
        assert (read, objections) == (schedule, [])
    else:
        assert [one.code for one in objections] == ["SCHEDULE_EMPTY"]
