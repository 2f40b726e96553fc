"""Plans of every mode: never more than the lines allow, and cautious in the right direction."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.pacing.learning import Ended, Learner, Segment
from kwabo.domain.pacing.modes import plan
from kwabo.domain.pacing.situation import (
    CallInAir,
    Limits,
    Mode,
    Reason,
    Situation,
    Tally,
)

ANYWHERE = Segment("229", 10)


@lru_cache(maxsize=4)
def taught(share: float = 0.3) -> Learner:
    """A learner that has seen a day's calls."""
    chance = random.Random(3)
    learner = Learner()
    for _ in range(1500):
        fate = chance.random()
        if fate < 0.1:
            learner.ended(ANYWHERE, chance.uniform(1.5, 4.0), Ended.REFUSED)
        elif fate < 0.1 + share:
            learner.answered(ANYWHERE, 2.5 + chance.lognormvariate(2.0, 0.5))
            learner.analysed(chance.uniform(1.5, 3.0), chance.random() < 0.6)
            learner.talked(chance.lognormvariate(4.7, 0.8))
            learner.wrapped_up(chance.lognormvariate(2.8, 0.6))
        else:
            learner.ended(ANYWHERE, 28.0, Ended.GAVE_UP)
    return learner


ages = st.lists(st.floats(0.0, 400.0), max_size=25)
calls = st.lists(
    st.builds(CallInAir, age=st.floats(0.0, 30.0), odds=st.floats(0.1, 3.0)), max_size=40
)
tallies = st.builds(
    lambda live, share, dialled: Tally(
        live=live, abandoned=int(live * share), dialled=live + dialled, machines=dialled // 3
    ),
    live=st.integers(0, 3000),
    share=st.floats(0.0, 0.06),
    dialled=st.integers(0, 5000),
)
limits = st.builds(
    Limits,
    target=st.sampled_from((0.01, 0.03, 0.05)),
    calls_per_agent=st.sampled_from((0.0, 1.0, 1.4, 2.5, 10.0)),
    connect_within=st.sampled_from((0.0, 2.0)),
    analysis=st.booleans(),
    keep_ready=st.integers(0, 3),
)
CHANGE_SIDES = 2  # calls, between the exact distribution and the refined one
situations = st.builds(
    Situation,
    mode=st.sampled_from(Mode),
    limits=limits,
    tally=tallies,
    ready=st.integers(0, 20),
    waiting=st.integers(0, 4),
    talking=ages,
    after_call=st.lists(st.floats(0.0, 60.0), max_size=10),
    in_air=calls,
    analysing=st.lists(st.floats(0.0, 5.0), max_size=5),
    room=st.integers(0, 60),
    upcoming=st.lists(st.floats(0.05, 4.0), max_size=12),
    inbound_per_second=st.sampled_from((0.0, 0.05)),
    curves=st.sampled_from((None, Learner(), taught())),
)
predicted = situations.map(
    lambda s: replace(
        s, mode=Mode.PREDICTIVE, curves=taught(), tally=Tally(live=2000, abandoned=20)
    )
)


def _one_for_each(situation: Situation) -> int:
    free = situation.ready - situation.limits.keep_ready - situation.waiting
    return max(0, free - len(situation.in_air) - len(situation.analysing))


@given(situations)
def test_it_is_never_negative_and_never_more_than_the_room(situation: Situation) -> None:
    assert 0 <= plan(situation).dials <= situation.room


@given(situations)
def test_the_same_situation_gives_the_same_plan(situation: Situation) -> None:
    assert plan(situation) == plan(situation)


@given(situations)
def test_without_evidence_or_budget_it_is_one_call_for_each_agent(situation: Situation) -> None:
    found = plan(situation)
    bounded = found.reason in {Reason.LEARNING, Reason.BUDGET_SPENT}
    if bounded or situation.mode is Mode.PROGRESSIVE:
        assert found.dials == min(situation.room, _one_for_each(situation))


@given(predicted)
def test_predictive_is_never_below_one_call_for_each_agent(situation: Situation) -> None:
    assert plan(situation).dials >= min(situation.room, _one_for_each(situation))


@given(predicted, st.integers(1, 3))
def test_more_people_who_wait_start_no_more_calls(situation: Situation, more: int) -> None:
    busier = replace(situation, waiting=situation.waiting + more)
    assert plan(busier).dials <= plan(situation).dials + CHANGE_SIDES


@given(predicted, st.integers(1, 60))
def test_a_smaller_budget_starts_no_more_calls(situation: Situation, more: int) -> None:
    poorer = replace(situation, tally=replace(situation.tally, abandoned=20 + more))
    assert plan(poorer).dials <= plan(situation).dials


@given(predicted, st.integers(1, 3))
def test_agents_kept_free_start_no_more_calls(situation: Situation, more: int) -> None:
    kept = situation.limits.keep_ready + more
    careful = replace(situation, limits=replace(situation.limits, keep_ready=kept))
    assert plan(careful).dials <= plan(situation).dials + CHANGE_SIDES


@given(predicted, st.integers(0, 5))
def test_another_answer_on_its_way_starts_no_more_calls(situation: Situation, more: int) -> None:
    roomy = replace(situation, limits=replace(situation.limits, calls_per_agent=0.0))
    fuller = replace(roomy, in_air=[*roomy.in_air, *[CallInAir(5.0)] * more])
    assert plan(fuller).dials <= plan(roomy).dials + CHANGE_SIDES


def _spent(situation: Situation, live: int) -> Situation:
    limits = replace(situation.limits, target=0.03, analysis=False)
    return replace(situation, tally=Tally(live=live, abandoned=live), limits=limits)


@given(predicted)
def test_with_the_budget_spent_a_call_for_nobody_pays_for_itself(situation: Situation) -> None:
    spent = _spent(situation, 1000)
    found = plan(spent)
    if found.dials > min(spent.room, _one_for_each(spent)):
        # The next one would not: the last one that was started does.
        assert found.figures.risk_allowed <= 0.1 * 0.03
        fewer = replace(spent, room=found.dials - 1)
        assert plan(fewer).figures.risk <= 0.1 * 0.03 + 1e-9


@given(predicted)
def test_with_the_budget_of_a_short_window_spent_it_is_one_call_for_each(
    situation: Situation,
) -> None:
    spent = _spent(situation, 99)
    assert plan(spent).dials == min(spent.room, _one_for_each(spent))


@given(predicted, st.floats(0.0001, 0.06))
def test_beside_rivals_nobody_risks_more_than_all_can_afford(
    situation: Situation, shared: float
) -> None:
    found = plan(replace(situation, shared_risk=shared))
    assert found.figures.risk_allowed <= shared
    assert found.dials <= plan(situation).dials


@given(situations.map(lambda s: replace(s, mode=Mode.POWER)))
def test_power_keeps_to_its_ratio(situation: Situation) -> None:
    agents = max(0, situation.ready - situation.limits.keep_ready)
    out = len(situation.in_air) + len(situation.analysing) + situation.waiting
    found = plan(situation)
    assert out + found.dials < situation.limits.calls_per_agent * agents + 1 or not found.dials


@given(st.integers(1, 9), st.integers(1, 6))
def test_power_keeps_a_broken_ratio_in_the_long_run(tenths: int, agents: int) -> None:
    ratio = 1 + tenths / 10
    rounds, started = 400, 0
    for live in range(rounds):
        found = plan(
            Situation(
                mode=Mode.POWER,
                limits=Limits(calls_per_agent=ratio),
                tally=Tally(live=live),
                ready=agents,
                room=100,
            )
        )
        started += found.dials
    assert abs(started / (rounds * agents) - ratio) < 0.01
