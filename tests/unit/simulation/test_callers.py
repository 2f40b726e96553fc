"""Callers of a simulated day: they pass through the floor, by a flow or straight into a queue."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from kwabo.simulation import Outcome, ScenarioInvalid, simulate
from kwabo.simulation.callers import following
from kwabo.simulation.page import page
from kwabo.simulation.scenario_inbound import InboundRate
from kwabo.simulation.several import queue_estimates
from kwabo.simulation.table import show
from unit.simulation.day import day, document

QUEUE = {"name": "calls", "members": [{"team": "team"}], "priority": 1}
CALLERS = {"queue": "calls", "rates": [{"calls_per_hour": 90}], "talk": 60, "after_call": 5}
ALONE: dict[str, Any] = {"callees": [], "lists": [], "campaigns": []}


def run(seed: int = 1, **changes: Any) -> Outcome:
    return simulate(day(queues=[QUEUE], **changes), seed)


def test_callers_wait_in_a_queue_of_the_floor() -> None:
    outcome = run(inbound=[{**CALLERS, "patience": 600}], **ALONE)
    (queue,) = outcome.queues
    assert outcome.callers is not None
    assert outcome.callers.came == queue.offered > 15
    assert queue.answered + queue.abandoned + queue.waiting == queue.offered
    assert outcome.calls.dialled == 0
    assert 0.5 < outcome.agents.hours["inbound"] / (queue.answered / 60) < 2
    assert "calls" in page([outcome], "fr")


def test_several_days_tell_the_queues_figures_with_their_intervals() -> None:
    hurried = {**CALLERS, "rates": [{"calls_per_hour": 500}], "patience": 20}
    outcomes = [run(seed, inbound=[hurried], **ALONE) for seed in (1, 2, 3)]
    found = queue_estimates(outcomes)["calls"]
    level, offered = found["service_level"], found["offered"]
    assert (level.runs, offered.runs) == (3, 3)
    assert offered.mean == pytest.approx(sum(one.queues[0].offered for one in outcomes) / 3)
    assert level.least is not None
    assert level.most is not None
    assert level.least < level.mean < level.most
    console = Console(record=True, width=120, file=io.StringIO())
    show(console, outcomes)
    printed = console.export_text()
    assert f"{level.mean:.2%}" in printed
    assert f"{level.least:.2%} … {level.most:.2%}" in printed
    made = page(outcomes, "fr")
    assert f"{100 * level.mean:.2f}".replace(".", ",") in made
    assert "Intervalle à 95 %" in made


def test_a_queue_to_which_nobody_came_that_day_is_left_out_of_the_mean() -> None:
    (queue,) = run(inbound=[CALLERS], **ALONE).queues
    full = run(inbound=[CALLERS], **ALONE)
    empty = run(2, inbound=[{**CALLERS, "rates": [{"calls_per_hour": 0}]}], **ALONE)
    assert empty.queues == []
    assert queue_estimates([full, empty])["calls"]["offered"].runs == 1
    assert queue_estimates([full, empty])["calls"]["offered"].mean == queue.offered


def test_campaigns_of_the_same_agents_dial_less() -> None:
    outcome = run(inbound=[{**CALLERS, "patience": 600}])
    assert outcome.callers is not None
    assert outcome.callers.answered > 10
    assert 0 < outcome.calls.dialled < run().calls.dialled
    assert run().callers is None
    assert "person" in outcome.calls.results


def test_whoever_has_no_patience_abandons() -> None:
    hurried = {**CALLERS, "rates": [{"calls_per_hour": 900}], "patience": 4}
    (queue,) = run(inbound=[hurried], **ALONE).queues
    assert queue.abandoned > queue.answered > 0
    assert queue.wait_of_abandoned.longest == pytest.approx(4, abs=0.01)


def test_a_flow_brings_them_to_the_queue_by_a_key() -> None:
    flow = {**CALLERS, "flow": "welcome.json", "patience": 600}
    pressed = run(inbound=[{**flow, "keys": [{"key": "2", "after": 3}]}], **ALONE)
    silent = run(inbound=[flow], **ALONE)
    assert pressed.callers is not None
    assert silent.callers is not None
    assert pressed.callers.answered > 15
    assert (silent.callers.queued, silent.queues) == (0, [])
    assert silent.callers.came == silent.callers.other == pressed.callers.came


def test_a_flow_that_names_another_queue_is_refused() -> None:
    changes = {"queues": [{**QUEUE, "name": "else"}], "inbound": [{**CALLERS, "queue": "else"}]}
    changes["inbound"][0]["flow"] = "welcome.json"
    with pytest.raises(ScenarioInvalid, match=r"inbound\[0\].flow: nodes.wait.queue_id"):
        day(**changes)


def test_the_same_callers_meet_other_agents() -> None:
    teams = document()["teams"]
    few = run(inbound=[CALLERS], teams=[{**teams[0], "agents": 2}], **ALONE)
    many = run(inbound=[CALLERS], teams=[{**teams[0], "agents": 9}], **ALONE)
    assert few.callers is not None
    assert many.callers is not None
    assert few.callers.came == many.callers.came
    assert few.callers.answered < many.callers.answered


def test_callers_come_at_the_rate_of_the_hour() -> None:
    rates = [InboundRate(at=100, calls_per_hour=3600), InboundRate(at=200, calls_per_hour=0)]
    assert following(rates, 0.0, 0.5) == pytest.approx(100.693)
    assert following(rates, 150.0, 0.5) == pytest.approx(150.693)
    assert following(rates, 199.9, 0.5) == float("inf")
