"""A scenario's callees in the carrier lab: the same shares and times, or a refusal."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from switch_bench.far_end import NotOnASwitch, national_numbers, table_of

from kwabo.adapters.carrier_lab.behaviours import Kind
from kwabo.simulation.distributions import Uniform
from kwabo.simulation.scenario import Scenario
from kwabo.simulation.scenario_file import read_scenario
from kwabo.simulation.scenario_inbound import Inbound, InboundRate

SCENARIO = read_scenario(Path(__file__).parents[3] / "examples" / "scenarios" / "real-switch.toml")


def e164(numbers: list[str]) -> list[str]:
    return [f"+229{number}" for number in numbers]


def test_the_shares_are_the_scenarios() -> None:
    """Exactly so in the 256 values of the draw."""
    counted = Counter(table_of(SCENARIO, 1).buckets())
    rates = SCENARIO.callees[0].rates[0]
    assert counted["person"] == 256 * rates.person
    assert counted["voicemail"] == 256 * rates.machine
    assert counted["busy"] == 256 * rates.busy
    assert counted["unallocated"] == 256 * rates.invalid
    named = (rates.person, rates.machine, rates.busy, rates.invalid)
    assert counted["no_answer"] == 256 * (1.0 - sum(named))


def test_the_times_are_the_scenarios() -> None:
    table, callees = table_of(SCENARIO, 1), SCENARIO.callees[0]
    drawn = [table.decide(number) for number in e164(national_numbers(0, 4000))]
    for name, kind in (("answer", Kind.PERSON), ("machine_answer", Kind.VOICEMAIL)):
        seconds = [one.ring_seconds for one in drawn if one.kind is kind]
        mean = sum(seconds) / len(seconds)
        assert mean == pytest.approx(getattr(callees, name).mean, rel=0.05), name
    set_up = [one.set_up_seconds for one in drawn]
    assert sum(set_up) / len(set_up) == pytest.approx(callees.set_up.mean, rel=0.05)


def test_another_seed_calls_another_town() -> None:
    numbers = e164(national_numbers(0, 200))
    here, there = table_of(SCENARIO, 1), table_of(SCENARIO, 2)
    assert [here.decide(n).name for n in numbers] != [there.decide(n).name for n in numbers]


def test_no_number_is_called_by_two_campaigns() -> None:
    assert not set(national_numbers(0, 500)) & set(national_numbers(500, 500))
    assert {len(number) for number in national_numbers(999_000, 1000)} == {10}


def with_callees(**changes: object) -> Scenario:
    return replace(SCENARIO, callees=(replace(SCENARIO.callees[0], **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scenario", "key"),
    [
        (with_callees(answer=Uniform(3.0, 9.0)), "callees.answer"),
        (
            replace(
                SCENARIO,
                inbound=(Inbound(queue="sales", rates=(InboundRate(calls_per_hour=60.0),)),),
            ),
            "inbound",
        ),
        (replace(SCENARIO, lists=(replace(SCENARIO.lists[0], odds_spread=0.5),)), "odds_spread"),
        (replace(SCENARIO, teams=(*SCENARIO.teams, *SCENARIO.teams)), "teams"),
        (replace(SCENARIO, teams=(replace(SCENARIO.teams[0], agent_ends_call=0.5),)), "ends_call"),
    ],
)
def test_what_the_lab_cannot_play_is_refused_by_name(scenario: Scenario, key: str) -> None:
    with pytest.raises(NotOnASwitch, match=key):
        table_of(scenario, 1)
