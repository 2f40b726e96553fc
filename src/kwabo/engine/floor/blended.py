"""Agents who take callers and serve campaigns too: whom campaigns may have at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.routing.blending import BlendState, BlendTerms, for_outbound
from kwabo.domain.routing.expected_wait import ExpectedWait, Line, expected_wait
from kwabo.engine.floor import agents, queueing, waits
from kwabo.engine.floor.routing_board import free_agent
from kwabo.engine.floor.state import Call, Floor

REMEMBERED_CALLS = 100.0  # handled calls by which a queue's handling time is known


@dataclass(slots=True)
class HandledLately:
    """What a queue's calls have taken of its agents, the newest counting most."""

    calls: float = 0.0
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        """One more call."""
        if self.calls >= REMEMBERED_CALLS:
            kept = (REMEMBERED_CALLS - 1) / self.calls
            self.calls, self.seconds = self.calls * kept, self.seconds * kept
        self.calls, self.seconds = self.calls + 1, self.seconds + seconds


def handled(floor: Floor, call: Call) -> None:
    """An agent is done with a call that came through a queue."""
    if call.queue_id is None or call.connected_at is None:
        return
    lately = floor.handled.setdefault(call.queue_id, HandledLately())
    lately.add(max(0.0, (floor.now - call.connected_at).total_seconds()))


def keep(floor: Floor) -> None:
    """Find out which idle agents stay for callers: campaigns call for the others."""
    floor.kept_free = frozenset()
    waiting: dict[UUID, int] = {}
    for call in queueing.in_queues(floor):
        if call.queue is not None:
            waiting[call.queue.queue_id] = waiting.get(call.queue.queue_id, 0) + 1
    terms = {queue_id: one.blend() for queue_id, one in floor.queue_settings.items()}
    terms = {queue_id: one for queue_id, one in terms.items() if one != _LETS_GO}
    for queue_id in waiting:
        terms.setdefault(queue_id, _LETS_GO)
    if not terms:
        return
    states = {queue_id: _state(floor, queue_id, waiting.get(queue_id, 0)) for queue_id in terms}
    free = [free_agent(agent) for agent in agents.available(floor, None)]
    may = {agent.user_id for agent in for_outbound(free, terms, states)}
    floor.kept_free = frozenset(agent.user_id for agent in free if agent.user_id not in may)


_LETS_GO = BlendTerms()


def missing(floor: Floor, queue_id: UUID) -> int:
    """How many of the agents that the queue keeps for callers are not idle now."""
    settings = floor.queue_settings.get(queue_id)
    if settings is None or not settings.keep_free:
        return 0
    kept = sum(1 for agent in floor.agents.team(queue_id) if agent.user_id in floor.kept_free)
    return max(0, settings.keep_free - kept)


def _state(floor: Floor, queue_id: UUID, waiting: int) -> BlendState:
    """As it would be, were the idle agents given to campaigns."""
    wait = expected_wait(
        Line(
            before=waiting,
            agents=float(floor.agents.staff.get(queue_id, 0)),
            handled=waits.handled_lately(floor, queue_id),
        )
    )
    if isinstance(wait, ExpectedWait):
        return BlendState(waiting=waiting, expected_wait_seconds=wait.mean)
    # Too few calls to tell how long they take: who waits now is all that is known.
    return BlendState(waiting=waiting, expected_wait_seconds=0.0)
