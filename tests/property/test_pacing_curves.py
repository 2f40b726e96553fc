"""Curves, levels, odds and balances: what they say is a probability, and the right one."""

from __future__ import annotations

import random
from math import exp, log, sqrt

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kwabo.domain.pacing.balance import Items
from kwabo.domain.pacing.change import Level
from kwabo.domain.pacing.hazards import Curve, Prior, incidence
from kwabo.domain.pacing.learning import Ended, Learner, Segment
from kwabo.domain.pacing.odds import Odds
from kwabo.domain.pacing.situation import CallInAir, Limits, Mode, Situation, Tally

EDGES = np.arange(0.0, 61.0, 2.0)
seeds = st.integers(0, 10_000)


def _curve(causes: int = 1, memory: float = 1e6) -> Curve:
    hazards = np.full((causes, len(EDGES)), 0.05)
    return Curve(Prior(edges=EDGES, hazards=hazards, weight=4.0), memory=memory)


@given(st.lists(st.tuples(st.floats(0.0, 200.0), st.sampled_from((None, 0, 1))), max_size=60))
def test_survival_is_a_distribution(seen: list[tuple[float, int | None]]) -> None:
    curve = _curve(2, memory=30.0)
    for seconds, cause in seen:
        curve.observe(seconds, cause)
    _, reached = incidence(curve.on_grid(0.5, 200), 0.5)
    assert (np.diff(reached, axis=1) >= 0).all()
    assert (reached >= 0).all()
    assert reached[:, -1].sum() <= 1.0 + 1e-9


@settings(max_examples=15)
@given(seeds, st.floats(4.0, 20.0))
def test_censored_times_neither_shorten_nor_lengthen(seed: int, mean: float) -> None:
    chance, curve = random.Random(seed), _curve()
    for _ in range(4000):
        seconds, cut = chance.expovariate(1 / mean), chance.expovariate(1 / 15.0)
        curve.observe(min(seconds, cut), 0 if seconds <= cut else None)
    _, reached = incidence(curve.on_grid(0.5, 40), 0.5)
    assert abs(reached[0][-1] - (1 - exp(-20.0 / mean))) < 0.05


@settings(max_examples=15)
@given(seeds)
def test_competing_causes_are_told_apart(seed: int) -> None:
    chance, curve = random.Random(seed), _curve(2)
    answered = 0
    for _ in range(4000):
        answer = chance.lognormvariate(log(9.0), 0.5) if chance.random() < 0.4 else 1e9
        refusal = chance.uniform(1.0, 4.0) if chance.random() < 0.2 else 1e9
        first = min(answer, refusal, 30.0)
        curve.observe(first, None if first == 30.0 else 0 if first == answer else 1)
        answered += first == answer
    _, reached = incidence(curve.on_grid(0.5, 60), 0.5)
    assert abs(reached[0][-1] - answered / 4000) < 0.02


@settings(max_examples=10)
@given(seeds, st.sampled_from((0.1, 0.3, 0.6)))
def test_the_level_stays_where_nothing_changes(seed: int, share: float) -> None:
    chance, level = random.Random(seed), Level()
    for _ in range(3000):
        level.observe(float(chance.random() < share), share)
    assert abs(level.value - 1.0) < 0.5
    assert level.steps <= 1


@settings(max_examples=20)
@given(seeds, st.sampled_from((3.0, 1 / 4)))
@example(461, 1 / 4)
def test_a_step_is_followed_within_forty_expected_answers(seed: int, step: float) -> None:
    chance, level, share = random.Random(seed), Level(), 0.15 if step > 1 else 0.4
    for _ in range(3000):
        level.observe(float(chance.random() < share), share)
    for _ in range(int(40 / share)):
        level.observe(float(chance.random() < share * step), share)
    # Four standard errors of the answers after the step, which are all that tells of it.
    assert abs(log(level.value / step)) < 4.0 / sqrt(40.0 * step)


@given(seeds)
@settings(max_examples=10)
def test_odds_have_a_mean_of_one_and_follow_what_differs(seed: int) -> None:
    chance, odds = random.Random(seed), Odds()
    factors = {"low": 0.3, "middle": 1.0, "high": 1.7}
    names = list(factors)
    for n in range(4000):
        name = names[n % 3]
        odds.observe(Segment(name, 9 + n % 4), float(chance.random() < 0.25 * factors[name]), 0.25)
    found = {name: odds.of(Segment(name, 10)) for name in names}
    assert abs(sum(found.values()) / 3 - 1.0) < 0.1
    for name, factor in factors.items():
        assert abs(found[name] - factor) < 0.3


@given(seeds)
@settings(max_examples=20)
def test_odds_stay_near_one_where_nothing_differs(seed: int) -> None:
    chance, odds = random.Random(seed), Odds()
    for n in range(3000):
        odds.observe(Segment(f"r{n % 6}", n % 8), float(chance.random() < 0.25), 0.25)
    assert all(abs(odds.of(Segment(f"r{n}", 3)) - 1.0) < 0.35 for n in range(6))


def _exactly(answers: list[float], releases: list[float], agents: int) -> float:
    chances = np.ones(1)
    for chance in answers:
        chances = np.convolve(chances, [1 - chance, chance])
    for chance in releases:
        chances = np.convolve(chances, [chance, 1 - chance])
    return float(chances[max(0, agents + len(releases)) :].sum())


def _items(
    answers: list[float], releases: list[float], doubt: float = 0.0, inbound: float = 0.0
) -> Items:
    chances = np.array([*answers, *releases], dtype=float).reshape(-1, 1)
    return Items(chances, len(answers), [inbound], doubt)


chances = st.floats(0.0, 0.9)


@given(
    st.lists(chances, max_size=25),
    st.lists(st.floats(0.0, 0.5), max_size=20),
    st.integers(-3, 10),
    chances,
)
def test_the_fast_distribution_is_the_convolution(
    answers: list[float], releases: list[float], agents: int, more: float
) -> None:
    items = _items(answers, releases)
    found = items.exact(agents)
    if found is None:
        return
    assert abs(found.at_least(agents)[0] - _exactly(answers, releases, agents)) < 1e-6
    for count in (1, 2, 3):  # the newest call is reckoned with in another way than those before
        found.add([more])
        for wanted in (agents, agents + 1, agents - 1):
            exactly = _exactly([*answers, *[more] * count], releases, wanted)
            if abs(wanted - _mean(answers, releases)) < 6.0:
                assert abs(found.at_least(wanted)[0] - exactly) < 1e-5


def _mean(answers: list[float], releases: list[float]) -> float:
    return sum(answers) - sum(releases)


@given(
    st.lists(st.floats(0.02, 0.9), min_size=40, max_size=120),
    st.lists(st.floats(0.02, 0.5), max_size=60),
    st.floats(-3.0, 3.0),
)
def test_the_refined_approximation_is_close_where_it_is_used(
    answers: list[float], releases: list[float], deviations: float
) -> None:
    items = _items(answers, releases)
    if items.exact(round(float(items.mean[0]))) is not None:
        return
    agents = round(float(items.mean[0] + deviations * items.variance[0] ** 0.5))
    found = items.refined().at_least(agents)[0]
    assert abs(found - _exactly(answers, releases, agents)) < 0.004


@given(
    st.lists(chances, max_size=60),
    st.lists(st.floats(0.0, 0.9), max_size=40),
    st.floats(0.0, 3.0),
    st.floats(0.0, 0.1),
    st.floats(1.5, 3.0),
)
def test_whoever_is_clear_of_the_balance_has_little_risk_by_the_approximation(
    answers: list[float], releases: list[float], inbound: float, doubt: float, deviations: float
) -> None:
    found = _items(answers, releases, doubt, inbound)
    agents = round(found.mean[0] + 0.5 + deviations * found.variance[0] ** 0.5)
    if found.clear_of(agents):
        assert found.refined().at_least(agents)[0] < 0.1


@given(
    st.lists(st.floats(0.02, 0.6), min_size=1, max_size=60),
    st.floats(0.02, 0.6),
    st.floats(0.0, 0.1),
)
def test_calls_that_are_added_share_the_error_of_the_others(
    answers: list[float], more: float, doubt: float
) -> None:
    def items(chances: list[float]) -> Items:
        return _items(chances, [], doubt)

    at_once, one_by_one = items([*answers, more]), items(answers)
    agents = round(float(at_once.mean[0] + at_once.variance[0] ** 0.5))
    grown = one_by_one.refined()
    grown.add([more])
    assert abs(grown.at_least(agents)[0] - at_once.refined().at_least(agents)[0]) < 1e-9
    whole, added = at_once.exact(agents), one_by_one.exact(agents)
    if whole is not None and added is not None:
        added.add([more])
        assert abs(added.at_least(agents)[0] - whole.at_least(agents)[0]) < 0.03


@given(st.lists(st.floats(0.0, 50.0), max_size=60), st.lists(st.floats(0.0, 50.0), max_size=60))
def test_belief_gives_way_to_what_was_seen(ended: list[float], still_open: list[float]) -> None:
    learner = Learner()
    curve = learner._ring
    assert curve.prior_share().tolist() == [1.0] * 61
    for seconds in ended:
        curve.observe(seconds, 0)
    seen = curve.prior_share(still_open)
    assert ((seen > 0.0) & (seen <= 1.0)).all()
    oldest = int(max([*ended, *still_open], default=0.0))
    assert (seen[oldest + 1 :] == 1.0).all()
    if oldest:
        assert (seen[:oldest] < 1.0).all()


observations = st.lists(
    st.tuples(st.sampled_from("areutwm"), st.floats(0.0, 90.0), st.booleans()), max_size=80
)


@given(observations, st.booleans())
@settings(max_examples=60)
def test_a_forecast_is_made_of_probabilities(
    seen: list[tuple[str, float, bool]], analysis: bool
) -> None:
    learner, where = Learner(), Segment("229", 9)
    for what, seconds, flag in seen:
        if what == "a":
            learner.answered(where, seconds)
        elif what in "re":
            learner.ended(where, seconds, Ended.REFUSED if flag else Ended.GAVE_UP)
        elif what == "u":
            learner.analysed(seconds, flag)
        elif what == "t":
            learner.talked(seconds, flag)
        elif what == "w":
            learner.wrapped_up(seconds, flag)
        else:
            learner.was_machine()
    situation = Situation(
        mode=Mode.PREDICTIVE,
        limits=Limits(analysis=analysis),
        tally=Tally(),
        ready=1,
        room=1,
        talking=[3.0, 400.0],
        in_air=[CallInAir(4.0), CallInAir(12.0, 2.0)],
    )
    outlook = learner.outlook(situation)
    made = outlook.forecast
    for table in (made.air, made.analysing, made.talking, made.after_call):
        assert (table >= -1e-9).all()
        assert (table <= 1 + 1e-9).all()
        assert (np.diff(table, axis=1) >= -1e-6).all()  # later moments, more certain
    assert 0.0 <= made.answer_rate <= 1.0
    again = Learner.of_data(learner.as_data())
    assert again.answers_seen == learner.answers_seen
    assert abs(again.answer_share(30.0) - learner.answer_share(30.0)) < 1e-6
