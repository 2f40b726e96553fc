"""Whole runs: the same seed is the same day, and the figures agree with each other."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import weakref
from pathlib import Path
from typing import Any

import pytest
import structlog

from kwabo.engine.floor import switching
from kwabo.engine.floor.effects import EffectDone, Join
from kwabo.engine.floor.items import Item
from kwabo.engine.floor.runner import FloorRunner
from kwabo.ports.switch import ChannelEnded
from kwabo.simulation import Cancelled, Outcome, ScenarioInvalid, read_scenario, simulate
from kwabo.simulation.page import page
from kwabo.simulation.several import estimate, estimates
from unit.simulation.day import day, document

TESTS = Path(__file__).resolve().parents[2]
EXAMPLES = TESTS.parent / "examples" / "scenarios"
CAMPAIGN = document()["campaigns"][0]
FAULTS = [
    {"at": "09:04", "kind": "engine_crash", "seconds": 3},
    {"at": "09:08", "kind": "socket_loss", "seconds": 4},
    {"at": "09:10", "kind": "events_doubled", "chance": 0.5, "seconds": 120},
    {"at": "09:10", "kind": "events_delayed", "chance": 0.3, "seconds": 120},
    {"at": "09:13", "kind": "database_down", "seconds": 3},
    {"at": "09:15", "kind": "agents_leave", "share": 0.5, "seconds": 60},
]


@pytest.fixture(autouse=True)
def _quiet() -> Any:
    before = structlog.get_config()

    def drop(*_: Any) -> Any:
        raise structlog.DropEvent

    structlog.configure(processors=[drop])
    yield
    structlog.configure(**before)


def run(seed: int = 1, **changes: Any) -> Outcome:
    return simulate(day(**changes), seed)


def text_of(outcome: Outcome) -> str:
    return json.dumps(outcome.document(), sort_keys=True)


@pytest.mark.parametrize("mode", ["progressive", "power", "predictive"])
def test_the_same_seed_is_the_same_day(mode: str) -> None:
    changes = {"campaigns": [{**CAMPAIGN, "mode": mode, "call_analysis": True}]}
    first = run(**changes)
    assert text_of(run(**changes)) == text_of(first)
    assert text_of(run(seed=2, **changes)) != text_of(first)


def test_nothing_depends_on_the_order_of_sets() -> None:
    program = (
        "import json, hashlib, structlog\n"
        "structlog.configure(processors=[lambda *_: (_ for _ in ()).throw(structlog.DropEvent)])\n"
        "from kwabo.simulation import simulate\n"
        "from unit.simulation.day import day\n"
        "from unit.simulation.test_runs import FAULTS, CAMPAIGN\n"
        "campaign = {**CAMPAIGN, 'mode': 'predictive'}\n"
        "outcome = simulate(day(faults=FAULTS, campaigns=[campaign]), 1)\n"
        "text = json.dumps(outcome.document(), sort_keys=True)\n"
        "print(hashlib.sha256(text.encode()).hexdigest())\n"
    )
    told = set()
    for hash_seed in ("0", "1", "4711"):
        paths = [str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "PYTHONPATH": os.pathsep.join(paths),
        }
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        told.add(done.stdout.strip())
    assert len(told) == 1


def test_figures_agree() -> None:
    outcome = run()
    calls = outcome.calls
    assert calls.dialled == sum(calls.results.values()) == sum(outcome.series.dialled)
    assert calls.live_answers == calls.conversations + calls.abandoned == calls.results["person"]
    assert calls.wait.count == calls.conversations == sum(outcome.wait_columns)
    assert calls.abandoned == 0  # progressive: an agent is held for every call
    assert outcome.campaigns == {"campaign": calls}
    for state, hours in outcome.agents.hours.items():
        assert sum(outcome.series.agents[state]) / 60 == pytest.approx(hours, abs=0.01), state
    assert outcome.agents.hours["talking"] > 0
    assert outcome.tenures == 1


def test_shares_of_the_scenario_come_true() -> None:
    outcome = run(ends="10:00", teams=[{**document()["teams"][0], "agents": 8}],
                  lists=[{"name": "list", "contacts": 4000, "callees": "people"}])  # fmt: skip
    shares = {name: n / outcome.calls.dialled for name, n in outcome.calls.results.items()}
    assert shares["busy"] == pytest.approx(0.1, abs=0.04)
    # Without call analysis a machine that answers is a person to the floor.
    assert shares["person"] == pytest.approx(0.6, abs=0.06)


def test_power_dials_more_and_abandons() -> None:
    held = run()
    power = run(campaigns=[{**CAMPAIGN, "mode": "power", "calls_per_agent": 3.0}])
    assert power.calls.dialled > held.calls.dialled
    assert power.calls.abandoned > 0
    assert power.abandon_targets == {"campaign": 0.03}


def test_a_day_full_of_faults_comes_to_its_end() -> None:
    outcome = run(faults=FAULTS)
    assert outcome.tenures >= 2  # another engine took the floor
    assert outcome.calls.dialled == sum(outcome.calls.results.values())
    assert outcome.agents.hours["paused"] > 0
    assert outcome.seconds < 2 * 3600  # everybody has gone home


def test_a_dead_trunk_answers_nothing() -> None:
    outage = {"begins": "09:00", "seconds": 3600, "kind": "dead"}
    outcome = run(trunks=[{"name": "main", "outages": [outage]}])
    assert outcome.calls.conversations == 0
    assert set(outcome.calls.results) <= {"failed", "congestion", "cancelled"}


def test_breaks_and_shifts() -> None:
    team = {**document()["teams"][0], "ends": "09:10"}
    team["breaks"] = [{"at": "09:03", "seconds": 120}]
    outcome = run(teams=[team])
    assert outcome.agents.hours["paused"] == pytest.approx(4 * 100 / 3600, abs=0.06)
    assert not any(outcome.series.dialled[11:])


def test_a_list_that_is_finished() -> None:
    campaign = {**CAMPAIGN, "max_attempts": 1}
    lists = [{"name": "list", "contacts": 6, "callees": "people"}]
    outcome = run(lists=lists, campaigns=[campaign])
    assert outcome.lists_finished == ["campaign"]
    assert outcome.calls.dialled == 6


def test_callbacks_are_called() -> None:
    outcomes = [{"name": "later", "share": 1, "flags": ["callback"], "callback_after": 60}]
    lists = [{"name": "list", "contacts": 3, "callees": "people"}]
    callees = [{"name": "people", "rates": [{"person": 1.0}]}]
    campaign = {**CAMPAIGN, "outcomes": outcomes, "minimum_gap_seconds": 0}
    outcome = run(lists=lists, campaigns=[campaign], callees=callees)
    assert outcome.calls.conversations > 6


def test_progress_is_told_and_a_run_can_be_cancelled() -> None:
    told: list[float] = []
    simulate(day(), on_progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(Cancelled):
        simulate(day(), cancelled=lambda: len(told) > 0)


def test_a_scenario_that_a_program_made_wrong_is_refused() -> None:

    wrong = dataclasses.replace(day(), time_zone="Nowhere")
    with pytest.raises(ScenarioInvalid):
        simulate(wrong)


def test_an_interval_by_students_t() -> None:
    found = estimate([1.0, 2.0, 3.0, 4.0])
    assert found.mean == 2.5
    # s = 1.29099, t(3) = 3.182, half = 3.182 * 1.29099 / 2
    assert (found.least, found.most) == pytest.approx((0.4460, 4.5540), abs=0.001)
    assert estimate([5.0]).least is None


def test_several_runs() -> None:
    outcomes = [run(seed) for seed in (1, 2, 3)]
    found = estimates(outcomes)["dialled"]
    assert found.runs == 3
    assert found.mean == pytest.approx(sum(o.calls.dialled for o in outcomes) / 3)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_needs_nothing_else(language: str) -> None:
    made = page([run(), run(2)], language)
    assert f'lang="{language}"' in made
    assert made.count("<svg") == 6
    for outside in ("http://", "https://", "<script", "@import", "url("):
        assert outside not in made


def test_a_crash_that_outlasts_the_day_does_not_outlast_the_run() -> None:
    crash = {"at": "09:19", "kind": "engine_crash", "seconds": 100_000}
    assert run(faults=[crash]).calls.dialled > 0


def test_an_engine_crashes_as_the_next_one_starts() -> None:
    crash = {"at": "09:04", "kind": "engine_crash", "seconds": 10}
    assert run(faults=[crash, {**crash, "at": "09:04:10"}]).calls.dialled > 0


def test_holding_agents_beside_a_predictive_campaign_abandons_nobody_for_it() -> None:
    example = EXAMPLES / "predictive-beside-progressive.toml"
    scenario = read_scenario(example)
    outcome = simulate(dataclasses.replace(scenario, ends=scenario.begins + 3600.0), 1)
    ahead, held = outcome.campaigns["A"], outcome.campaigns["B"]
    assert ahead.live_answers > 150
    assert ahead.abandoned <= 0.03 * ahead.live_answers
    assert held.abandoned == 0
    assert held.dialled == pytest.approx(ahead.dialled, rel=0.05)  # equal weights


def test_no_step_is_made_for_what_a_switch_that_answers_at_once_only_confirms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[Item] = []
    echoes: list[Item] = []
    take = FloorRunner._take

    def taking(runner: FloorRunner, item: Item) -> None:
        taken.append(item)
        if switching.is_echo(runner.floor, item):
            echoes.append(item)
        take(runner, item)

    monkeypatch.setattr(FloorRunner, "_take", taking)
    outcome = simulate(day())
    assert outcome.calls.conversations > 20
    assert any(isinstance(item, ChannelEnded) for item in taken)
    assert not any(isinstance(item, EffectDone) and isinstance(item.effect, Join) for item in taken)
    assert not echoes


def test_a_day_that_is_over_is_let_go() -> None:
    worlds: list[weakref.ref[Any]] = []
    for seed in (1, 2):
        simulate(day(), seed, prepare=lambda world: worlds.append(weakref.ref(world.data)))
    assert [world() for world in worlds] == [None, None]
