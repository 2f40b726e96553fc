"""A queue in virtual time whose calls are given to agents by the product's matching."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.routing.board import Board
from kwabo.domain.routing.values import FreeAgent, Membership, QueueTerms, WaitingCall
from routing_bench.erlang import Load

_QUEUE = UUID(int=1)
_AGENT = UUID(int=1 << 64).int
_T_95 = 2.093  # Student's law, 19 degrees of freedom
REPLICATIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What one run measured, after its beginning. Rates 0–1, seconds."""

    waits: float
    wait_seconds: float
    in_time: float
    abandons: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The mean of the runs with its 95 % interval."""

    mean: float
    half: float

    def holds(self, value: float, widths: float = 1.0) -> bool:
        """Whether the value lies in the interval, so many times as wide."""
        return abs(value - self.mean) <= widths * self.half


def run(load: Load, *, calls: int, seed: int) -> Course:
    """One run; its first fifth is left out."""
    # Simulated arrivals need no secrecy.
    random_ = random.Random(seed)
    board = Board([QueueTerms(queue_id=_QUEUE)])
    for number in range(load.agents):
        board.add_agent(_agent(UUID(int=_AGENT + number), 0))
    ids = {UUID(int=1000 + n): n for n in range(calls)}
    order = list(ids)
    arrived = [0] * calls
    waited: list[float] = [0.0] * calls
    gone = [False] * calls
    waiting: set[UUID] = set()
    heap: list[tuple[int, int, str, UUID]] = []
    ticket = 0
    gap = 3600 / load.calls_per_hour

    def later(now: int, mean: float, what: str, who: UUID) -> None:
        nonlocal ticket
        ticket += 1
        at = now + round(random_.expovariate(1 / mean) * 1000)
        heapq.heappush(heap, (at, ticket, what, who))

    later(0, gap, "call", order[0])
    while heap:
        now, _, what, who = heapq.heappop(heap)
        if what == "call":
            number = ids[who]
            arrived[number] = now
            waiting.add(who)
            board.add_call(
                WaitingCall(call_id=who, queue_id=_QUEUE, waiting_since=now, queued_at=now)
            )
            if load.patience_seconds is not None:
                later(now, load.patience_seconds, "patience", who)
            if number + 1 < calls:
                later(now, gap, "call", order[number + 1])
        elif what == "free":
            board.add_agent(_agent(who, now))
        elif who in waiting:
            waiting.remove(who)
            board.remove_call(who)
            number = ids[who]
            gone[number], waited[number] = True, (now - arrived[number]) / 1000
            continue
        for one in board.settle(now).assignments:
            waiting.remove(one.call_id)
            waited[ids[one.call_id]] = (now - arrived[ids[one.call_id]]) / 1000
            later(now, load.handling_seconds, "free", one.user_id)
    return _course(load, waited, gone)


def _agent(user_id: UUID, now: int) -> FreeAgent:
    return FreeAgent(user_id=user_id, idle_since=now, queues={_QUEUE: Membership()})


def _course(load: Load, waited: Sequence[float], gone: Sequence[bool]) -> Course:
    first = len(waited) // 5
    kept = range(first, len(waited))
    answered = [waited[n] for n in kept if not gone[n]]
    return Course(
        waits=sum(waited[n] > 0 or gone[n] for n in kept) / len(kept),
        wait_seconds=sum(waited[n] for n in kept) / len(kept),
        in_time=sum(wait <= load.target_seconds for wait in answered) / len(kept),
        abandons=sum(gone[n] for n in kept) / len(kept),
    )


def measured(load: Load, *, calls: int, first_seed: int = 1) -> dict[str, Measured]:
    """By name of the figure, from `REPLICATIONS` runs of so many calls."""
    courses = [run(load, calls=calls, seed=first_seed + n) for n in range(REPLICATIONS)]
    found = {}
    for name in ("waits", "wait_seconds", "in_time", "abandons"):
        values = [float(getattr(course, name)) for course in courses]
        mean = sum(values) / len(values)
        spread = math.sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))
        found[name] = Measured(mean, _T_95 * spread / math.sqrt(len(values)))
    return found
