"""When a list will end: ranges that hold, hours that are kept, and nothing told of too little."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.list_end import (
    FEWEST_ATTEMPTS,
    ListEnd,
    Unknown,
    Work,
    after_calling,
    attempts_left,
    calling_begun,
    calling_spans,
    list_end,
)
from kwabo.domain.compliance.callable_hours import hours_of
from kwabo.domain.compliance.callable_time import CallableTime

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday; one o'clock in Porto-Novo
WEEK = hours_of(
    CallableTime(weekdays=frozenset({1, 2, 3, 4, 5}), start=time(9), until=time(17)), None
)
MORNINGS = hours_of(
    CallableTime(weekdays=frozenset({1, 2, 3, 4, 5, 6}), start=time(8), until=time(12)), None
)
ZONE = "Africa/Porto-Novo"
WORK = Work(left=1000, finished=500, attempts=1000, max_attempts=4, last_due_at=None)
SPANS = calling_spans([WEEK], ZONE, NOON, NOON + timedelta(days=60))
works = st.builds(
    Work,
    left=st.integers(1, 100_000),
    finished=st.integers(0, 100_000),
    attempts=st.integers(0, 200_000),
    max_attempts=st.integers(1, 20),
    last_due_at=st.none() | st.integers(-100, 1000).map(lambda h: NOON + timedelta(hours=h)),
)


def test_calling_time_is_that_of_the_hours_by_the_clock_of_the_list() -> None:
    first, second, *_ = SPANS
    assert first == (NOON, datetime(2026, 11, 27, 16, tzinfo=UTC))
    assert second[0] == datetime(2026, 11, 30, 8, tzinfo=UTC)  # Monday
    assert after_calling(SPANS, 4 * 3600.0) == first[1]
    assert after_calling(SPANS, 5 * 3600.0) == second[0] + timedelta(hours=1)
    assert after_calling(SPANS, 1e9) is None
    both = calling_spans([WEEK, MORNINGS], ZONE, NOON, NOON + timedelta(days=4))
    assert both == [
        (datetime(2026, 11, 30, 8, tzinfo=UTC), datetime(2026, 11, 30, 11, tzinfo=UTC)),
        (datetime(2026, 12, 1, 8, tzinfo=UTC), datetime(2026, 12, 1, 11, tzinfo=UTC)),
    ]
    assert calling_spans([WEEK], "Nowhere/Land", NOON, NOON + timedelta(days=4)) == []


@given(st.floats(1, 20 * 3600), st.integers(0, 200))
def test_the_last_hour_of_calling_is_looked_for_over_nights(seconds: float, hours: int) -> None:
    now = NOON + timedelta(hours=hours)
    spans = calling_spans([WEEK], ZONE, now - timedelta(days=10), now)
    begun, observed = calling_begun(spans, seconds)
    assert begun is not None
    assert observed == seconds
    within = calling_spans([WEEK], ZONE, begun, now)
    found = sum((end - begin).total_seconds() for begin, end in within)
    assert abs(found - seconds) < 0.01


@given(works, st.integers(FEWEST_ATTEMPTS, 10_000), st.floats(60, 3600))
def test_the_range_holds_the_least_that_is_left_and_those_who_wait(
    work: Work, attempts: int, observed: float
) -> None:
    least, most = attempts_left(work)
    assert work.left <= least <= most <= work.left * work.max_attempts + 1e-6
    end = list_end(work, attempts, observed, SPANS, NOON)
    assert end.unknown == ""
    if end.latest is not None:
        assert end.earliest is not None
        assert NOON <= end.earliest <= end.latest
    if end.earliest is not None and work.last_due_at is not None:
        assert end.earliest >= work.last_due_at
    if end.earliest is not None:
        # Twice the rate never ends later.
        faster = list_end(work, attempts * 2, observed, SPANS, NOON)
        assert faster.earliest is not None
        assert faster.earliest <= end.earliest


def test_nothing_is_told_of_too_little() -> None:
    def unknown(work: Work = WORK, attempts: int = 100, seconds: float = 3600.0) -> str:
        return list_end(work, attempts, seconds, SPANS, NOON).unknown

    assert unknown() == ""
    assert unknown(attempts=FEWEST_ATTEMPTS - 1) == Unknown.TOO_LITTLE_CALLED
    assert unknown(seconds=0.0) == Unknown.TOO_LITTLE_CALLED
    assert unknown(replace(WORK, left=0)) == Unknown.NOTHING_LEFT
    assert list_end(WORK, 100, 3600.0, [], NOON).unknown == Unknown.NO_HOURS


def test_a_thousand_contacts_at_a_thousand_an_hour() -> None:
    work = replace(WORK, finished=1000)  # each attempt has finished its contact so far
    end = list_end(work, 1000, 3600.0, SPANS, NOON)
    assert end == ListEnd(
        earliest=end.earliest, latest=end.latest, attempts=1000, observed_seconds=3600.0
    )
    assert end.earliest is not None
    assert end.latest is not None
    hour = NOON + timedelta(hours=1)
    assert hour - timedelta(minutes=5) < end.earliest < hour < end.latest
    assert end.latest < hour + timedelta(minutes=5)
