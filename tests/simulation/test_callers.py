"""Days of callers through the whole floor, judged after each step."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kwabo.domain.routing.board import Match
from kwabo.domain.routing.groups import Group
from kwabo.domain.routing.matching import match
from kwabo.engine import supervisor
from kwabo.engine.floor import queueing
from kwabo.engine.floor.routing_board import FloorBoard, free_agent, waiting_call
from kwabo.engine.floor.state import Agent
from kwabo.ports.floor_rows import KeptPlace
from kwabo.simulation import Outcome, Scenario, scenario_of, simulate
from simulation.caller_judge import CallerJudge

FAULTS = (
    "engine_crash",
    "socket_loss",
    "switch_restart",
    "database_down",
    "events_lost",
    "events_doubled",
    "events_delayed",
    "agents_leave",
)


def drawn(seed: int, *, faults: bool) -> Scenario:
    """Twenty minutes: two teams, two queues, callers with priorities, skills, languages."""
    draw = random.Random(f"callers {seed}")
    agents = draw.randint(2, 6)
    rate = draw.choice((0.7, 1.0, 1.4)) * 2 * agents * 3600 / 60
    queues: list[dict[str, Any]] = [
        {
            "name": "first",
            "members": [{"team": "one"}, {"team": "two", "ring": draw.choice((1, 2))}],
            "rings": [{"seconds": 15}, {"drops": draw.choice(([], ["billing"]))}],
            "ageing_seconds": draw.choice((0, 10, 60)),
            "overflow": draw.choice(([], [{"to": "second", "seconds": 40}])),
            "max_wait_seconds": draw.choice((90, 600)),
            "announce": draw.choice(("about", "at_most", "position", "none")),
            "announce_every_seconds": 20,
            "after_call": draw.choice(("optional", "mandatory_timeout")),
        },
        {
            "name": "second",
            "members": [{"team": "two"}, {"team": "one", "rank": 2}],
            "priority": draw.choice((0, 3)),
            "evaluation": draw.choice(("none", "all", "best")),
            "max_waiting": draw.choice((3, 50)),
            "after_call_seconds": 10,
        },
    ]
    callers = {
        "talk": {"shape": "lognormal", "mean": 50, "cv": 0.8},
        "after_call": draw.choice((0, 8)),
        "patience": {"shape": "exponential", "mean": draw.choice((20, 60, 300))},
    }
    inbound = [
        {"queue": "first", "rates": [{"calls_per_hour": rate * 0.5}], "skills": ["billing"]},
        {"queue": "second", "rates": [{"calls_per_hour": rate * 0.3}], "priority": 1},
        {"queue": "first", "rates": [{"calls_per_hour": rate * 0.2}], "language": "fon"},
    ]
    broken = [
        {
            "at": f"09:{draw.randint(2, 17):02d}",
            "kind": kind,
            "seconds": draw.randint(2, 40),
            "chance": 0.2,
            "share": 0.5,
        }
        for kind in (draw.sample(FAULTS, 3) if faults else ())
    ]
    team = {"agents": agents, "log_in_spread_seconds": 20, "languages": ["fr"]}
    document = {
        "name": f"callers {seed}",
        "begins": "09:00",
        "ends": "09:20",
        "teams": [
            {**team, "name": "one", "skills": {"billing": 3}},
            {**team, "name": "two", "languages": ["fr", "fon"], "skills": {"billing": 1}},
        ],
        "queues": queues,
        "inbound": [{**callers, **one} for one in inbound],
        "faults": broken,
    }
    return scenario_of(document, Path())


def judged(seed: int, *, faults: bool) -> tuple[CallerJudge, Outcome]:
    """A day of a seed with its judge."""
    judge = CallerJudge(faults=faults)
    scenario = drawn(seed, faults=faults)
    outcome = simulate(scenario, seed, prepare=judge.begin, on_step=judge.step)
    judge.end(outcome)
    return judge, outcome


@pytest.mark.parametrize("seed", range(1, 5))
def test_callers_are_served_in_turn(seed: int) -> None:
    judge, outcome = judged(seed, faults=False)
    assert judge.problems == []
    assert outcome.callers is not None
    assert outcome.callers.answered > 10


@pytest.mark.parametrize("seed", range(101, 105))
def test_callers_are_served_in_turn_whatever_breaks(seed: int) -> None:
    judge, outcome = judged(seed, faults=True)
    assert judge.problems == []
    assert outcome.callers is not None
    assert outcome.callers.answered > 0


@pytest.mark.parametrize(("seed", "faults"), [(1, False), (5, False), (6, False), (105, True)])
def test_the_index_kept_on_the_floor_gives_what_matching_anew_gives(
    seed: int, faults: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_settle, decisions = FloorBoard.settle, [0]

    def settle(board: FloorBoard, kept: Sequence[KeptPlace], free: Sequence[Agent]) -> Match:
        floor, now = board.floor, int(board.floor.mono * 1000)
        waiting = [
            waiting_call(floor, call)
            for call in floor.calls.waiting.values()
            if call.queue is not None and call.queue.queue_id in floor.queues
        ]
        agents = [free_agent(agent) for agent in free]
        staff = {queue_id: floor.agents.staff.get(queue_id, 0) for queue_id in floor.queues}
        anew = match(waiting, agents, floor.queues.values(), now, staff=staff)
        found = kept_settle(board, kept, free)
        assert (found.assignments, found.explanations) == (anew.assignments, anew.explanations)
        assert set(found.moves) == set(anew.moves)
        assert found.wakes_at == anew.wakes_at
        decisions[0] += len(found.assignments) + len(found.moves)
        return found

    monkeypatch.setattr(FloorBoard, "settle", settle)
    failed: list[object] = []
    monkeypatch.setattr(supervisor.log, "exception", lambda *_, **values: failed.append(values))
    judged(seed, faults=faults)
    assert failed == []
    assert decisions[0] > 10


def test_the_judge_sees_somebody_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the last to come were served first."""
    monkeypatch.setattr(Group, "head", lambda group: group.calls[-1][2])
    problems = [text for seed in (1, 2) for text in judged(seed, faults=False)[0].problems]
    assert any("order:" in text for text in problems)


def test_the_judge_sees_somebody_left_beside_an_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every other match were forgotten."""
    monkeypatch.setattr(queueing, "matched", lambda floor: iter(()))
    assert any("idle:" in text for text in judged(1, faults=False)[0].problems)
