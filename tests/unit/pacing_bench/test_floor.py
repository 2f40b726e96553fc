"""The floor of the pacing bench: days that can be worked out by hand, and sums that must agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pacing_bench import course
from pacing_bench.baselines import Ratio
from pacing_bench.calling import fate
from pacing_bench.floor import Floor
from pacing_bench.runs import day, make
from pacing_bench.scenarios import catalogue
from pacing_bench.terms import (
    Act,
    Analysis,
    CallingList,
    Happening,
    Inbound,
    NumberRange,
    Scenario,
    Steady,
    Steps,
    Talking,
)

# Every call rings for 3 s after 1 s and is answered by a person, who talks for 10 s; 5 s of
# after-call work follow: one call at a time makes a round of 19 s.
CERTAIN = CallingList(
    answers=Steady(1.0), busy=0.0, set_up=(1.0, 1.0), ring_median=3.0, ring_sigma=0.0
)
EXACT = Talking(mean=10.0, cv=0.0, agents_sigma=0.0, after_call_mean=5.0, after_call_cv=0.0)
ONE_AGENT = Scenario(
    name="one", group="test", about="", agents=1, lists=(CERTAIN,), talking=EXACT, hours=190 / 3600
)


def run(scenario: Scenario, policy: str = "progressive", seed: int = 1) -> Floor:
    return course.run(Floor(scenario, seed, [make(policy) for _ in scenario.lists]))


def test_one_agent_takes_one_call_after_another() -> None:
    floor = run(ONE_AGENT)
    assert floor.campaigns[0].dialled == 10
    assert floor.talk_seconds == pytest.approx(100.0)
    assert floor.ready_seconds == pytest.approx(40.0)
    assert floor.after_call_seconds == pytest.approx(50.0)
    assert floor.campaigns[0].record.waits == [0.0] * 10


def test_a_second_answer_is_abandoned_when_its_grace_is_over() -> None:
    floor = run(ONE_AGENT, "ratio:2")
    record = floor.campaigns[0].record
    assert (record.live, record.abandoned, record.persons_connected) == (20, 10, 10)
    assert record.abandons_before[:2] == [2, 4]


def test_an_agent_who_gets_free_takes_who_waits() -> None:
    # answered at 4 s; the agent is free at 19 s: a wait of 15 s; then nobody was ready at 19 s
    floor = run(replace(ONE_AGENT, grace=20.0, hours=30 / 3600), "ratio:2")
    record = floor.campaigns[0].record
    assert record.waits == [0.0, 15.0]
    assert record.abandoned == 0


def test_people_who_hang_up_before_the_grace_is_over_are_abandoned() -> None:
    people = replace(CERTAIN, patience=1e-6)
    floor = run(replace(ONE_AGENT, lists=(people,), grace=20.0, hours=30 / 3600), "ratio:2")
    record = floor.campaigns[0].record
    assert (record.abandoned, len(record.waits)) == (2, 2)


def test_the_longest_ready_agent_comes_first() -> None:
    # two agents, one line: the calls go to them in turn, so both wait while the other works
    floor = run(replace(ONE_AGENT, agents=2, lines=1, hours=56 / 3600))
    # answers at 4, 18, 32, 46 s: a line is free when the conversation ends
    assert floor.campaigns[0].dialled == 4
    assert floor.talk_seconds == pytest.approx(40.0)
    # each agent works 15 s after their answer: until 19 and 47 s, and until 33 and 61 s
    assert floor.ready_seconds == pytest.approx((4 + 13 + 9) + (18 + 13))


def test_a_person_taken_for_a_machine_is_lost() -> None:
    analysis = Analysis(delay=2.0, delay_sigma=0.0, lost=1.0, passed=0.0)
    floor = run(replace(ONE_AGENT, analysis=analysis, hours=60 / 3600))
    record = floor.campaigns[0].record
    assert (record.live, record.lost_by_analysis) == (0, 10)
    assert floor.talk_seconds == 0.0


def test_machines_reach_agents_without_call_analysis() -> None:
    people = replace(CERTAIN, answers=Steady(0.0), machines=1.0)
    floor = run(replace(ONE_AGENT, lists=(people,)))
    record = floor.campaigns[0].record
    assert (record.live, record.abandoned) == (0, 0)
    assert record.machines_connected == record.machines_told == floor.campaigns[0].dialled > 0


def test_who_leaves_during_a_conversation_is_away_after_its_after_call_work() -> None:
    away = Happening(at=10.0, act=Act.LEAVE, first=0, last=1, seconds=100.0)
    floor = run(replace(ONE_AGENT, happenings=(away,), hours=120 / 3600))
    # free from 0 to 4 s, at work until 19 s, away until 119 s
    assert floor.ready_seconds == pytest.approx(4.0 + 1.0)
    assert floor.talk_seconds == pytest.approx(10.0)


def test_a_dead_trunk_fails_calls_no_faster_than_calls_per_second_allow() -> None:
    dead = Happening(at=0.0, act=Act.TRUNK_DEAD, seconds=100.0)
    floor = run(replace(ONE_AGENT, happenings=(dead,), calls_per_second=1.0, hours=99 / 3600))
    # the call of the first instant went out before the trunk died; its agent is back after 19 s
    record = floor.campaigns[0].record
    assert record.live == 1
    assert 60 <= record.busy <= 80


def test_who_answers_while_the_program_is_away_is_abandoned() -> None:
    away = Happening(at=1.0, act=Act.RESTART, seconds=10.0)
    floor = run(replace(ONE_AGENT, happenings=(away,), hours=20 / 3600))
    record = floor.campaigns[0].record
    # the first answers at 4 s; dialling begins again at 11 s
    assert (record.live, record.abandoned) == (2, 1)
    assert floor.ready_seconds == pytest.approx(15.0)


def test_callers_from_outside_come_first() -> None:
    inbound = Inbound(per_second=1.0, mean=10.0, cv=0.0)
    scenario = replace(ONE_AGENT, inbound=inbound, hours=1.0)
    blended = run(scenario)
    assert blended.campaigns[0].record.persons_connected < 10
    split = run(replace(scenario, agents=2, inbound=replace(inbound, own_agents=1)))
    # the agent of the campaign is as busy as without callers: rounds of 19 s
    assert split.campaigns[0].record.persons_connected == pytest.approx(3600 / 19, abs=1)
    assert split.callers_total > split.callers_gone > 0


@pytest.mark.parametrize("name", sorted(catalogue()))
@pytest.mark.parametrize("policy", ["ratio:2.5", "level:average", "window"])
def test_every_call_ends_once(name: str, policy: str) -> None:
    scenario = catalogue()[name]
    hours = 0.25 if scenario.agents > 20 else 3.5
    floor = course.run(Floor(scenario, 7, [make(policy) for _ in scenario.lists], hours))
    for campaign in floor.campaigns:
        record = campaign.record
        assert not campaign.in_air
        assert record.live == record.persons_connected + record.abandoned
        assert record.persons_over == record.persons_connected == len(record.waits)
        assert campaign.dialled == (
            record.busy
            + record.no_answer
            + record.live
            + record.machine_verdicts
            + record.machines_connected
            + record.machines_abandoned
        )
    assert floor.lines_used == 0
    assert not floor.talking
    assert not floor.waiting
    assert not floor.analysing


@pytest.mark.parametrize("name", ["20 p30", "blended", "two campaigns", "100 amd"])
def test_agents_time_is_all_accounted_for(name: str) -> None:
    scenario = catalogue()[name]
    floor = course.run(Floor(scenario, 3, [make("ratio:2") for _ in scenario.lists], 0.5))
    told = floor.talk_seconds + floor.ready_seconds + floor.after_call_seconds
    assert told == pytest.approx(scenario.agents * 1800.0)


def test_the_same_seed_makes_the_same_day() -> None:
    scenario = catalogue()["breaks"]
    assert day(scenario, "window", 5, 2.0) == day(scenario, "window", 5, 2.0)
    assert day(scenario, "window", 5, 2.0) != day(scenario, "window", 6, 2.0)


def test_a_call_has_the_same_fate_whoever_dials_it() -> None:
    scenario = catalogue()["100 amd"]
    slow, fast = (
        course.run(Floor(scenario, 11, [make(policy)], 0.3))
        for policy in ("progressive", "ratio:4")
    )
    first, second = slow.campaigns[0], fast.campaigns[0]
    assert first.dialled < second.dialled
    for index in range(first.dialled):
        assert fate(slow, first, index) == fate(fast, second, index)
    both = min(slow.conversations, fast.conversations)
    assert slow.lengths.talk[:both] == fast.lengths.talk[:both]


def test_answers_come_in_the_shares_that_the_list_says() -> None:
    ranges = (
        NumberRange(name="a", share=1.0, factor=0.5),
        NumberRange(name="b", share=3.0, factor=1.2),
    )
    people = CallingList(answers=Steps((0.0, 10.0), (0.0, 0.4)), ranges=ranges, machines=0.1)
    floor = Floor(replace(ONE_AGENT, lists=(people,)), 2, [Ratio(1.0)])
    campaign = floor.campaigns[0]
    assert all(fate(floor, campaign, n)[0] != 2 for n in range(2000))
    floor.now = 10.0
    kinds = [fate(floor, campaign, n)[0] for n in range(20_000)]
    share = [kinds.count(kind) / len(kinds) for kind in range(4)]
    expected = 0.4 * (0.5 * 0.25 + 1.2 * 0.75)
    assert share == pytest.approx([0.12, 1 - 0.12 - expected - 0.1, expected, 0.1], abs=0.012)
