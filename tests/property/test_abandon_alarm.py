"""The alarm of the abandon rate: raised at its thresholds, held by hysteresis, kept by pacing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.compliance.preset import preset_of
from kwabo.domain.pacing import modes
from kwabo.domain.pacing.abandon_alarm import (
    HOLDS_UNTIL,
    AlarmLevel,
    Thresholds,
    level_of,
    watched_rate,
)
from kwabo.domain.pacing.budget import SETTLED, account
from kwabo.domain.pacing.situation import CallInAir, Limits, Mode, Reason, Situation, Tally

ORDER = [AlarmLevel.NONE, AlarmLevel.ALARM, AlarmLevel.STOP]
levels = st.sampled_from(ORDER)
rates = st.floats(0.0, 0.2)
shares = st.floats(0.001, 0.1)
laws = st.one_of(
    st.just(Thresholds()),
    st.builds(lambda stop: Thresholds(stop=stop), shares),
    st.builds(lambda alarm: Thresholds(alarm=alarm), shares),
    st.builds(lambda a, b: Thresholds(alarm=min(a, b), stop=max(a, b)), shares, shares),
)
tallies = st.builds(
    lambda live, share, machines: Tally(
        live=live, abandoned=int(live * share), dialled=live + machines, machines=machines
    ),
    st.integers(0, 3000),
    st.floats(0.0, 1.0),
    st.integers(0, 3000),
)


@given(rates, rates, laws, levels)
def test_a_higher_rate_never_lowers_the_level(
    one: float, other: float, law: Thresholds, before: AlarmLevel
) -> None:
    low, high = sorted((one, other))
    reached = [ORDER.index(level_of(rate, law, before)) for rate in (low, high)]
    assert reached == sorted(reached)


@given(rates, laws, levels)
def test_a_level_is_raised_at_its_threshold_and_ends_below_four_fifths_of_it(
    rate: float, law: Thresholds, before: AlarmLevel
) -> None:
    found = level_of(rate, law, before)
    if law.stop is not None and rate >= law.stop:
        assert found is AlarmLevel.STOP
    if law.alarm is not None and rate >= law.alarm:
        assert found is not AlarmLevel.NONE
    for level, threshold in ((AlarmLevel.STOP, law.stop), (AlarmLevel.ALARM, law.alarm)):
        if threshold is None or rate < threshold * HOLDS_UNTIL:
            assert found is not level
    if ORDER.index(found) > ORDER.index(before):
        assert rate >= ((law.stop if found is AlarmLevel.STOP else law.alarm) or 0.0)


@given(rates, laws, levels)
def test_the_same_rate_again_changes_nothing(
    rate: float, law: Thresholds, before: AlarmLevel
) -> None:
    found = level_of(rate, law, before)
    assert level_of(rate, law, found) is found


@given(tallies, st.booleans())
def test_the_rate_is_the_laws_and_never_above_it(tally: Tally, analysis: bool) -> None:
    limits = Limits(analysis=analysis)
    budget = account(tally, limits)
    found = watched_rate(tally, limits)
    assert found <= budget.rate
    if budget.live >= SETTLED:
        assert found == budget.rate


def test_the_british_thresholds_in_a_small_window_and_a_large_one() -> None:
    preset = preset_of("GB")
    law = Thresholds(alarm=preset.abandon_alarm, stop=preset.abandon_target)

    def after(live: int, abandoned: int) -> AlarmLevel:
        rate = watched_rate(Tally(live=live, abandoned=abandoned), Limits())
        return level_of(rate, law, AlarmLevel.NONE)

    assert after(0, 0) is AlarmLevel.NONE
    assert after(1, 1) is AlarmLevel.ALARM
    assert after(3, 2) is AlarmLevel.ALARM
    assert after(10, 3) is AlarmLevel.STOP
    assert after(1000, 9) is AlarmLevel.NONE
    assert after(1000, 10) is AlarmLevel.ALARM
    assert after(1000, 30) is AlarmLevel.STOP


@given(
    st.sampled_from([Mode.POWER, Mode.PREDICTIVE]),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 5),
    st.integers(0, 100),
    st.integers(0, 5),
    st.floats(1.0, 10.0),
    tallies,
)
def test_at_the_stop_no_call_is_started_without_an_agent_who_is_free(
    mode: Mode,
    ready: int,
    in_air: int,
    waiting: int,
    room: int,
    keep: int,
    ratio: float,
    tally: Tally,
) -> None:
    found = modes.plan(
        Situation(
            mode=mode,
            limits=Limits(calls_per_agent=ratio, keep_ready=keep, stopped=True),
            tally=tally,
            ready=ready,
            waiting=waiting,
            in_air=[CallInAir(5.0)] * in_air,
            room=room,
        )
    )
    free = max(0, ready - keep - waiting - in_air)
    assert found.dials == min(free, room)
    assert found.reason is Reason.BUDGET_SPENT
