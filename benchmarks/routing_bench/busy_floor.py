"""Agents and queues of a busy floor, and what happens on it, drawn from a seed.

Agents who get free and calls take turns, so that the number of waiting calls stays about the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import thread_time
from typing import Final
from uuid import UUID

from kwabo.domain.routing.board import Board
from kwabo.domain.routing.matching import match
from kwabo.domain.routing.skills import Need, Skill
from kwabo.domain.routing.values import (
    Evaluation,
    FreeAgent,
    Membership,
    QueueTerms,
    Ring,
    WaitingCall,
)
from routing_bench.engine_floor import EngineFloor
from routing_bench.naive import naive_match

AGENTS: Final = 1000
QUEUES: Final = [UUID(int=n) for n in range(1, 51)]
SKILLS: Final = [Skill(f"skill-{n}") for n in range(8)]
IDLE: Final = 30  # agents who are free at the beginning, where nobody waits
SECONDS_FOR_SLOW: Final = 4.0
STEP_MS: Final = 25


@dataclass(frozen=True, slots=True)
class Speed:
    """Of one way to decide. Microseconds."""

    decisions: int
    per_second: float
    mean: float
    high: float


class Floor:
    """Everybody, and a stream of happenings."""

    def __init__(self, waiting: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.wanted = waiting
        self.terms = [self._terms(number, queue) for number, queue in enumerate(QUEUES)]
        self.agents = [self._agent(UUID(int=10_000 + n)) for n in range(AGENTS)]
        self.serial = 1_000_000
        self.now = 10_000_000

    def _terms(self, number: int, queue_id: UUID) -> QueueTerms:
        rings = (Ring(20), Ring(20, frozenset(SKILLS[:2])), Ring(0, frozenset(SKILLS)))
        return QueueTerms(
            queue_id=queue_id,
            evaluation=Evaluation.BEST if number % 3 == 0 else Evaluation.ALL,
            rings=rings if number % 2 else (Ring(0),),
            priority=number % 3,
        )

    def _agent(self, user_id: UUID) -> FreeAgent:
        draw = self.random
        return FreeAgent(
            user_id=user_id,
            idle_since=0,
            queues={
                queue: Membership(draw.randint(1, 3), draw.randint(1, 3))
                for queue in draw.sample(QUEUES, 3)
            },
            skills={skill: draw.randint(1, 5) for skill in draw.sample(SKILLS, 4)},
        )

    def call(self) -> WaitingCall:
        """The next call."""
        draw = self.random
        self.serial += 1
        needs = tuple(map(Need, draw.sample(SKILLS, 2)))
        named = (draw.choice(self.agents).user_id,) if draw.random() < 0.1 else ()
        return WaitingCall(
            call_id=UUID(int=self.serial),
            queue_id=draw.choice(QUEUES),
            waiting_since=self.now,
            queued_at=self.now,
            priority=draw.randint(0, 1),
            needs=needs[: draw.randint(0, 2)],
            preferred=named,
        )

    def free(self, agent: FreeAgent) -> FreeAgent:
        """The agent, free from now on."""
        return replace(agent, idle_since=self.now)


def happenings(floor: Floor, busy: list[FreeAgent]) -> Iterator[WaitingCall | FreeAgent]:
    """An agent who got free, taken out of `busy`, and a call, in turns."""
    turn = 0
    while True:
        floor.now += STEP_MS
        turn += 1
        if turn % 2 and busy:
            place = floor.random.randrange(len(busy))
            busy[place], busy[-1] = busy[-1], busy[place]
            yield floor.free(busy.pop())
        else:
            yield floor.call()


def decide_all(floor: Floor, decisions: int) -> dict[str, Speed]:
    """The board decides all; the slow ways the same, as far as they get in their time."""
    board = Board(floor.terms)
    waiting: dict[UUID, WaitingCall] = {}
    free: dict[UUID, FreeAgent] = {}
    by_id = {agent.user_id: agent for agent in floor.agents}
    for _ in range(floor.wanted):
        call = floor.call()
        waiting[call.call_id] = call
        board.add_call(call)
        floor.now += STEP_MS
    idle = 0 if floor.wanted else IDLE
    for agent in floor.agents[:idle]:
        free[agent.user_id] = floor.free(agent)
        board.add_agent(free[agent.user_id])
    busy = list(floor.agents[idle:])
    board.settle(floor.now)
    engine = EngineFloor(floor.terms, floor.agents, free, waiting.values(), floor.now)
    spent: dict[str, list[float]] = {"board": [], "floor": [], "match": [], "definition": []}
    for happening in happenings(floor, busy):
        if len(spent["board"]) == decisions:
            break
        if isinstance(happening, WaitingCall):
            waiting[happening.call_id] = happening
        else:
            free[happening.user_id] = happening
        answers = []
        for way in ("match", "definition"):
            if sum(spent[way]) < SECONDS_FOR_SLOW:
                start = thread_time()
                if way == "match":
                    found = match(waiting.values(), free.values(), floor.terms, floor.now)
                    pairs = [(one.call_id, one.user_id) for one in found.assignments]
                else:
                    everyone = list(waiting.values()), list(free.values())
                    pairs, _ = naive_match(*everyone, floor.terms, floor.now)
                spent[way].append(thread_time() - start)
                answers.append(pairs)
        start = thread_time()
        if isinstance(happening, WaitingCall):
            board.add_call(happening)
        else:
            board.add_agent(happening)
        settled = board.settle(floor.now)
        spent["board"].append(thread_time() - start)
        pairs = [(one.call_id, one.user_id) for one in settled.assignments]
        seconds, given = engine.decide(happening, floor.now)
        spent["floor"].append(seconds)
        answers.append(given)
        if any(answer != pairs for answer in answers):
            raise AssertionError("the ways to decide do not agree")
        for call_id, user_id in pairs:
            del waiting[call_id]
            del free[user_id]
            busy.append(by_id[user_id])
    return {way: _speed(times) for way, times in spent.items()}


def _speed(times: list[float]) -> Speed:
    ordered = sorted(times)
    mean = sum(times) / len(times)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return Speed(len(times), 1 / mean, mean * 1e6, high * 1e6)
