"""Days of a simulated floor are played again exactly; what was altered afterwards is noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
import structlog

from kwabo.adapters.memory.floor_data import FloorData
from kwabo.domain.what_ifs.differences import Why, differences
from kwabo.domain.what_ifs.recorded_day import Counts, Fate, RecordedDay, recorded_fates
from kwabo.simulation.distributions import Exponential, Uniform
from kwabo.simulation.replay import replay
from kwabo.simulation.run import simulate
from kwabo.simulation.scenario import (
    Break,
    Callees,
    Campaign,
    ContactList,
    Fault,
    Rates,
    Scenario,
    Team,
    Trunk,
)
from kwabo.simulation.scenario_inbound import Inbound, InboundRate
from kwabo.simulation.world import World, begin_of
from unit.what_ifs.recording import recorded_day
from unit.what_ifs.untidy import (
    change_mode,
    hand_over,
    lose_headsets,
    never_the_same_instant_twice,
)

NINE = 9 * 3600.0
MINUTES = 12
RATES = Rates(
    person=0.35,
    machine=0.1,
    busy=0.1,
    invalid=0.05,
    rejected=0.03,
    congestion=0.02,
    hangs_up_on_answer=0.03,
)


def scenario(mode: str, *, analysis: bool = False, first: int = 4) -> Scenario:
    """A short, lively day: breaks, a crash, a lost socket, callers from outside, a rival."""
    team = Team(
        name="team",
        agents=6,
        log_in_spread_seconds=5.0,
        breaks=(Break(at=NINE + 240, seconds=60.0, spread_seconds=30.0),),
        talk=Exponential(40.0),
        after_call=Uniform(3.0, 15.0),
    )
    campaigns = tuple(
        Campaign(
            name=name,
            list=name,
            team="team",
            mode=its_mode,
            priority=priority,
            calls_per_agent=2.5,
            abandon_target=0.15,
            call_analysis=analysis,
            minimum_gap_seconds=30,
            recall_seconds={"busy": 60},
        )
        for name, its_mode, priority in (("one", mode, first), ("two", "progressive", 3))
    )
    return Scenario(
        name="lively",
        begins=NINE,
        ends=NINE + MINUTES * 60,
        teams=(team,),
        trunks=(Trunk(lines=60, calls_per_second=8.0),),
        callees=(Callees(name="people", rates=(RATES,)),),
        lists=tuple(
            ContactList(name=name, contacts=300, callees="people", second_number=0.2)
            for name in ("one", "two")
        ),
        campaigns=campaigns,
        inbound=(Inbound(queue="team", rates=(InboundRate(calls_per_hour=40.0),)),),
        faults=(
            Fault(at=NINE + 400, kind="engine_crash", seconds=3.0),
            Fault(at=NINE + 550, kind="socket_loss", seconds=4.0),
        ),
    )


def lived(
    day: Scenario,
    seed: int,
    campaign: int = 0,
    trouble: Callable[[World], None] = lambda world: None,
) -> tuple[FloorData, RecordedDay]:
    """The day of a seed, and what was kept of one of its campaigns."""
    worlds: list[World] = []

    def prepare(world: World) -> None:
        world.database.keeps_events = True
        never_the_same_instant_twice(world)
        trouble(world)
        worlds.append(world)

    simulate(day, seed, prepare=prepare)
    world = worlds[0]
    campaign_id = world.campaign_ids[campaign]
    return world.data, recorded_day(world.data, campaign_id, begin_of(day))


def again(data: FloorData, day: RecordedDay) -> dict[UUID, Fate]:
    """What the floor makes of each call of the day."""
    row = next(c for c in data.campaigns if c.campaign_id == day.calls[0].campaign_id)
    running = replace(row, state="running", after_call_limit_seconds=1_000_000)
    return replay(day, running, next(iter(data.trunks)))


@pytest.fixture(autouse=True)
def quiet() -> object:
    """Simulated floors log as real ones do."""
    before = structlog.get_config()
    structlog.configure(processors=[_drop])
    yield
    structlog.configure(**before)


def _drop(_logger: object, _method: str, _entry: object) -> object:
    raise structlog.DropEvent


@pytest.mark.parametrize(
    ("mode", "analysis"),
    [("progressive", False), ("power", False), ("power", True), ("predictive", False)],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_lived_day_is_played_again_exactly(mode: str, analysis: bool, seed: int) -> None:
    data, day = lived(scenario(mode, analysis=analysis), seed)
    fates = recorded_fates(day)
    assert not differences(fates, again(data, day))
    counts = Counts.of(fates.values())
    assert sum(counts.results.values()) == len(day.calls) > 20
    assert counts.conversations > 5
    if mode == "power" and not analysis:
        assert counts.abandoned > 0, "somebody was to wait in vain, else this proves little"


@pytest.mark.parametrize("campaign", [0, 1])
def test_a_campaign_that_shares_its_agents_is_played_again_alone(campaign: int) -> None:
    data, day = lived(scenario("power", first=3), 4, campaign=campaign)
    assert not differences(recorded_fates(day), again(data, day))
    others = {status.attempt_id for status in day.statuses} - {c.attempt_id for c in day.calls}
    assert len(others) > 3, "the agents were to speak for the other one too"


def untidy(world: World) -> None:
    """The campaign gets another mode in the middle; every few seconds a headset is gone."""
    change_mode(world, after_seconds=300.0, campaign=0, mode="power")
    lose_headsets(world, every_seconds=4.0, away_seconds=30.0)
    hand_over(world, every_seconds=5.0)


@pytest.mark.parametrize("mode", ["predictive", "progressive"])
@pytest.mark.parametrize("seed", range(1, 7))
def test_a_day_of_lost_agents_and_two_modes_is_played_again_exactly(mode: str, seed: int) -> None:
    data, day = lived(scenario(mode), seed, trouble=untidy)
    fates = recorded_fates(day)
    assert not differences(fates, again(data, day))
    assert {call.mode for call in day.calls} == {mode, "power"}
    kinds = Counter(step.kind for step in day.steps)
    assert kinds["attempt.agent_lost"] > 3, "agents were to be lost in conversations"
    assert kinds["attempt.handed_over"] > 3
    assert sum(1 for status in day.statuses if status.status == "lost") > 50
    assert Counts.of(fates.values()).conversations > 5


@pytest.mark.parametrize(
    ("mode", "seed"), [("predictive", 1), ("predictive", 8), ("progressive", 9), ("predictive", 11)]
)
def test_a_day_of_many_owners_of_the_floor_is_played_again_exactly(mode: str, seed: int) -> None:
    """Waits begin anew with each owner, and who was ready for longest is forgotten."""
    crashes = tuple(
        Fault(at=NINE + after, kind="engine_crash", seconds=3.0) for after in range(100, 700, 100)
    )
    day_of_crashes = replace(scenario(mode, analysis=seed % 2 == 0), faults=crashes)
    data, day = lived(day_of_crashes, seed, trouble=untidy)
    assert not differences(recorded_fates(day), again(data, day))
    assert len({status.at for status in day.statuses if status.adopted}) == len(crashes)


@pytest.fixture(scope="module")
def power_day() -> tuple[FloorData, RecordedDay]:
    """A day with every kind of call."""
    before = structlog.get_config()
    structlog.configure(processors=[_drop])
    try:
        return lived(scenario("power"), 6)
    finally:
        structlog.configure(**before)


ALTERATIONS = {
    "a busy line that was never busy": (
        lambda call: call.result == "busy",
        lambda call: replace(call, result="no_answer"),
    ),
    "an abandoned call that is hidden": (
        lambda call: call.abandoned and call.hung_up_by == "customer",
        lambda call: replace(call, abandoned=False),
    ),
    "a conversation that is made an abandoned call": (
        lambda call: call.connected_at is not None,
        lambda call: replace(call, abandoned=True, connected_at=None),
    ),
    "an answer that is made a machine": (
        lambda call: call.connected_at is not None,
        lambda call: replace(call, result="machine"),
    ),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_record_is_noticed(name: str, power_day: tuple[FloorData, RecordedDay]) -> None:
    data, day = power_day
    fits, alter = ALTERATIONS[name]
    calls = list(day.calls)
    index = next(i for i, call in enumerate(calls) if fits(call))
    calls[index] = alter(calls[index])
    altered = replace(day, calls=calls)
    assert differences(recorded_fates(altered), again(data, altered))


def test_a_difference_says_which_call_differs_and_in_what(
    power_day: tuple[FloorData, RecordedDay],
) -> None:
    data, day = power_day
    calls = list(day.calls)
    index = next(i for i, call in enumerate(calls) if call.result == "busy")
    calls[index] = replace(calls[index], result="no_answer")
    altered = replace(day, calls=calls)
    (told,) = differences(recorded_fates(altered), again(data, altered))
    assert told.attempt_id == calls[index].attempt_id
    assert told.why is Why.RESULT
    assert told.replayed is not None
    assert (told.recorded.result, told.replayed.result) == ("no_answer", "busy")


def test_missing_statuses_are_noticed(power_day: tuple[FloorData, RecordedDay]) -> None:
    data, day = power_day
    after = _middle(day)
    cut = replace(day, statuses=[status for status in day.statuses if status.at < after])
    assert differences(recorded_fates(cut), again(data, cut))


def _middle(day: RecordedDay) -> datetime:
    return day.calls[len(day.calls) // 2].dialling_at
