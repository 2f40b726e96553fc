"""Limits of requests: never more than the quota in a window, never less than it was promised."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.rate_limits.gcra import SECOND, Rate, judge

RATES = st.builds(Rate, st.integers(1, 5_000), st.sampled_from([1, 60, 3_600]))
STARTS = st.integers(0, 10**17)
GAPS = st.lists(st.integers(0, 2 * SECOND), max_size=200)


@given(RATES, STARTS, GAPS)
def test_no_window_has_more_than_the_quota_and_what_flows_back(
    rate: Rate, start: int, gaps: list[int]
) -> None:
    full_at, now, allowed = 0, start, []
    for gap in gaps:
        now += gap
        ruling = judge(rate, full_at, now)
        full_at = ruling.full_at
        if ruling.allowed:
            allowed.append(now)
    for first in range(len(allowed)):
        for last in range(first, len(allowed)):
            back = (allowed[last] - allowed[first]) // rate.interval
            assert last - first + 1 <= rate.quota + back + 1


@given(RATES, STARTS)
def test_the_whole_quota_may_be_asked_at_once_and_no_more(rate: Rate, start: int) -> None:
    full_at = 0
    for asked in range(1, rate.quota + 1):
        ruling = judge(rate, full_at, start)
        assert ruling.allowed
        assert ruling.remaining == rate.quota - asked
        full_at = ruling.full_at
    assert not judge(rate, full_at, start).allowed
    assert judge(rate, full_at, start + rate.seconds * SECOND).remaining == rate.quota - 1


@given(RATES, STARTS, st.floats(0, 0.999))
def test_who_waits_as_told_is_let_in_and_who_does_not_is_not(
    rate: Rate, start: int, part: float
) -> None:
    full_at = start + rate.quota * rate.interval
    refused = judge(rate, full_at, start)
    assert not refused.allowed
    assert refused.full_at == full_at  # asking in vain costs nothing
    assert judge(rate, full_at, start + refused.retry_after).allowed
    assert not judge(rate, full_at, start + int(refused.retry_after * part)).allowed
