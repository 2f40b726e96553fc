"""What the compared policies promise, and what the product's situation holds."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from pacing_bench.averages import Mean, Summary, at_rate
from pacing_bench.course import run
from pacing_bench.floor import Campaign, Floor
from pacing_bench.product import Product
from pacing_bench.runs import day, make
from pacing_bench.scenarios import catalogue
from pacing_bench.terms import Scenario
from pacing_bench.truth import Chances, Releases

from kwabo.domain.pacing.situation import Situation


@pytest.mark.parametrize("name", ["5 p30", "20 p30", "lunch", "breaks"])
def test_progressive_abandons_nobody(name: str) -> None:
    scenario = replace(catalogue()[name], breaks_per_hour=0.0)
    assert day(scenario, "progressive", 4, 2.5)["abandoned"] == 0.0


def test_who_knows_both_abandons_nobody_and_wastes_little() -> None:
    found = day(catalogue()["20 p30"], "oracle:both", 4, 2.0)
    assert found["abandoned"] == 0.0
    assert found["utilisation"] > 0.99


@pytest.mark.parametrize("knows", ["releases", "answers"])
def test_knowing_one_of_both_lies_between_progressive_and_knowing_all(knows: str) -> None:
    scenario = catalogue()["20 p30"]
    low, middle, high = (
        day(scenario, policy, 4, 2.0)["utilisation"]
        for policy in ("progressive", f"oracle:{knows}", "oracle:both")
    )
    assert low < middle < high


@pytest.mark.parametrize("name", ["dead trunk", "restart, lost", "two campaigns", "blended"])
def test_the_product_runs_through_a_bad_day(name: str) -> None:
    scenario = replace(catalogue()[name], agents=8)
    happenings = tuple(replace(h, at=600.0) for h in scenario.happenings)
    found = day(replace(scenario, happenings=happenings), "product", 2, 0.4)
    assert found["live"] > 0


def test_a_day_that_ends_while_answers_climb_is_held() -> None:
    found = day(catalogue()["20 drift"], "product", 19)
    assert found["within_with_lost"] == 1.0


def test_a_day_of_two_campaigns_is_held_by_the_smaller_one_too() -> None:
    found = day(catalogue()["two campaigns"], "product", 7)
    assert found["within_with_lost"] == 1.0
    live, fair = found["live 1"] / found["live 0"], 0.12 / 0.30
    assert 0.9 * fair < live < 1.1 * fair  # as many calls for each


def test_an_agent_is_held_for_whom_rivals_who_call_ahead_would_starve() -> None:
    class Bounded(Product):
        def is_bounded(self) -> bool:
            return True

        def decide(self, floor: Floor, campaign: Campaign) -> int:
            assert all(call.agent is not None for call in campaign.in_air)
            return 0

    scenario = catalogue()["two campaigns"]
    floor = run(Floor(scenario, 1, [make("ratio:3"), Bounded()], 0.5))
    bounded = floor.campaigns[1]
    assert bounded.record.live > 0
    assert bounded.record.abandoned == 0  # who is held for a call takes its answer
    assert not floor.held
    told = floor.talk_seconds + floor.ready_seconds + floor.after_call_seconds
    assert told == pytest.approx(scenario.agents * 1800.0)


def test_a_second_day_begins_with_what_was_learnt_and_counted() -> None:
    scenario = replace(catalogue()["second day 20 p30"], day_before=2.0)
    first = Product()
    run(Floor(scenario, 9, [first], 2.0))
    before = first.situation(Floor(scenario, 1, [first], 0.1), _nobody(scenario, first))
    first.next_morning()
    after = first.situation(Floor(scenario, 1, [first], 0.1), _nobody(scenario, first))
    assert before.tally.live == 0
    assert after.tally.live > 300
    assert first.learner.answers_seen > 300
    fresh, second = (
        day(replace(scenario, day_before=hours), "product", 3, 0.5) for hours in (0, 2)
    )
    assert second["utilisation"] > fresh["utilisation"]


def _nobody(scenario: Scenario, policy: Product) -> Campaign:
    return Campaign(scenario, 0, 1, policy)


class Watched(Product):
    """Keeps the situations it was asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[Situation, int, int]] = []

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        found = self.situation(floor, campaign)
        self.seen.append((found, len(floor.leaving), floor.scenario.agents))
        return max(0, found.ready - len(found.in_air) - found.waiting)


def test_the_product_is_told_of_every_agent_who_stays() -> None:
    scenario = catalogue()["breaks"]
    policy = Watched()
    floor = run(Floor(replace(scenario, breaks_per_hour=20.0), 1, [policy], 0.5))
    assert any(leaving for _, leaving, _ in policy.seen)
    for found, leaving, agents in policy.seen:
        known = found.ready + len(found.talking) + len(found.after_call)
        assert known + leaving <= agents
        assert found.tally.live >= found.tally.abandoned >= 0
    last = policy.seen[-1][0].tally
    assert last.dialled == floor.campaigns[0].dialled
    assert last.live <= floor.campaigns[0].record.live


def test_chances_are_summed_exactly() -> None:
    chances = [0.1, 0.5, 0.9, 0.3]
    expected = [0.0] * 5
    for which in itertools.product((0, 1), repeat=4):
        odds = 1.0
        for chance, happens in zip(chances, which, strict=True):
            odds *= chance if happens else 1.0 - chance
        expected[sum(which)] += odds
    told = [Chances(list(chances)).at_most(limit) for limit in range(-1, 5)]
    assert told == pytest.approx([0.0, *np.cumsum(expected)])
    table = np.array(chances)[:, None] * np.ones((4, 90))
    assert Releases(table).fewer_than(2, 3.0) == pytest.approx(sum(expected[:2]))


def test_many_chances_are_nearly_normal() -> None:
    chances = [0.05 + 0.9 * (n % 10) / 10 for n in range(60)]
    odds = np.ones(1)
    for chance in chances:
        odds = np.convolve(odds, (1.0 - chance, chance))
    for limit in (20, 25, 27, 30, 35):
        assert Chances(list(chances)).at_most(limit) == pytest.approx(
            odds[: limit + 1].sum(), abs=0.01
        )


def test_a_mean_has_students_interval() -> None:
    found = Mean.of([1.0, 2.0, 3.0])
    assert found.mean == 2.0
    assert found.half == pytest.approx(4.303 / 3**0.5)
    assert Mean.of([5.0]) == Mean(5.0, 0.0)


def test_a_family_is_read_at_a_rate_along_its_best_settings() -> None:
    points = [(0.01, 0.70), (0.02, 0.60), (0.03, 0.80), (0.05, 0.85)]
    assert at_rate(points, 0.005) is None
    assert at_rate(points, 0.01) == pytest.approx(0.70)
    assert at_rate(points, 0.02) == pytest.approx(0.75)
    assert at_rate(points, 0.04) == pytest.approx(0.825)
    assert at_rate(points, 0.20) == pytest.approx(0.85)


def test_an_unknown_policy_is_refused_by_name() -> None:
    with pytest.raises(SystemExit, match="unknown policy 'magic'"):
        make("magic:1")


def test_each_of_several_campaigns_has_a_rate_of_its_own() -> None:
    day = {"live": 300.0, "abandoned": 6.0}
    parted = {"live 0": 200.0, "abandoned 0": 1.0, "live 1": 100.0, "abandoned 1": 5.0}
    assert Summary("one", "ratio:2", (day, day)).rate() == pytest.approx(0.02)
    assert Summary("two", "ratio:2", (day | parted, day | parted)).rate() == pytest.approx(0.05)
