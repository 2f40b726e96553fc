"""How many callers from outside will come, as pacing is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.pacing.callers import FADE_SECONDS, CallerRate

EVERY = 30.0


def _watched(hours: float) -> tuple[CallerRate, float]:
    rate, now = CallerRate(since=100.0), 100.0
    while now < 100.0 + 3600 * hours:
        now += EVERY
        rate.add(now)
    return rate, now


def test_a_steady_stream_is_known_after_a_few_minutes() -> None:
    for hours, error in ((0.1, 0.2), (0.5, 0.1), (4.0, 0.07)):
        rate, now = _watched(hours)
        assert rate.per_second(now) == pytest.approx(1 / EVERY, rel=error)


def test_it_fades_when_nobody_comes_any_more() -> None:
    rate, now = _watched(4.0)
    before = rate.per_second(now)
    assert rate.per_second(now + FADE_SECONDS) == pytest.approx(before / 2.718, rel=0.02)


def test_the_first_caller_is_no_rush() -> None:
    rate = CallerRate(since=0.0)
    assert rate.per_second(0.0) == 0.0
    rate.add(1.0)
    assert rate.per_second(1.0) < 1 / 60


def test_what_an_owner_has_read_counts_as_if_it_had_seen_it() -> None:
    seen, now = _watched(0.5)
    read = CallerRate.known(1 / EVERY, 1800.0, now)
    assert read.per_second(now) == pytest.approx(seen.per_second(now), rel=0.03)
    assert read.per_second(now + 600) == pytest.approx(seen.per_second(now + 600), rel=0.03)


@given(st.lists(st.floats(0.0, 5000.0), max_size=30), st.floats(0.0, 5000.0))
def test_it_is_never_negative_nor_more_than_came(gaps: list[float], later: float) -> None:
    rate, now = CallerRate(since=0.0), 0.0
    for gap in gaps:
        now += gap
        rate.add(now)
    assert 0.0 <= rate.per_second(now + later) <= len(gaps) / 60
