"""A queue in virtual time whose calls are given to agents by the product's matching."""

from __future__ import annotations

import heapq
import random
from uuid import UUID

from kwabo.domain.routing.board import Board
from kwabo.domain.routing.values import FreeAgent, Membership, QueueTerms, WaitingCall
from routing_bench.erlang import Load
from routing_bench.measured import Course, course_of

_QUEUE = UUID(int=1)
_AGENT = UUID(int=1 << 64).int


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
    spoke = [0.0] * calls
    waiting: set[UUID] = set()
    heap: list[tuple[int, int, str, UUID]] = []
    ticket = 0
    gap = 3600 / load.calls_per_hour

    def later(now: int, mean: float, what: str, who: UUID) -> float:
        """It happens then; returns in how many seconds."""
        nonlocal ticket
        ticket += 1
        at = now + round(random_.expovariate(1 / mean) * 1000)
        heapq.heappush(heap, (at, ticket, what, who))
        return (at - now) / 1000

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
            number = ids[one.call_id]
            waited[number] = (now - arrived[number]) / 1000
            spoke[number] = later(now, load.handling_seconds, "free", one.user_id)
    first = calls // 5
    seconds = (arrived[-1] - arrived[first]) / 1000
    return course_of(
        load, waited[first:], gone[first:], occupancy=sum(spoke[first:]) / seconds / load.agents
    )


def _agent(user_id: UUID, now: int) -> FreeAgent:
    return FreeAgent(user_id=user_id, idle_since=now, queues={_QUEUE: Membership()})
