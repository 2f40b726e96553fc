"""Agents who take callers and serve campaigns too: whom campaigns may have at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.routing.blending import BlendState, BlendTerms, for_outbound
from kwabo.domain.routing.expected_wait import ExpectedWait
from kwabo.engine.floor import agents, waits
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
    if not floor.queue_settings and not floor.calls.queues:
        return  # no queue says anything, and nobody waits
    idle = agents.available(floor, None)
    near = {queue_id for agent in idle for queue_id in (*agent.queue_ids, *agent.memberships)}
    terms = {queue_id: _terms(floor, queue_id) for queue_id in near}
    terms = {
        queue_id: own
        for queue_id, own in terms.items()
        if own != _LETS_GO or floor.calls.in_queue(queue_id)
    }
    if not terms:
        return
    states = {queue_id: _state(floor, queue_id, own) for queue_id, own in terms.items()}
    may = {agent.user_id for agent in for_outbound(list(map(free_agent, idle)), terms, states)}
    floor.kept_free = frozenset(agent.user_id for agent in idle if agent.user_id not in may)


_LETS_GO = BlendTerms()


def _terms(floor: Floor, queue_id: UUID) -> BlendTerms:
    settings = floor.queue_settings.get(queue_id)
    return _LETS_GO if settings is None else settings.blend()


def missing(floor: Floor, queue_id: UUID) -> int:
    """How many of the agents that the queue keeps for callers are not idle now."""
    settings = floor.queue_settings.get(queue_id)
    if settings is None or not settings.keep_free:
        return 0
    kept = sum(1 for agent in floor.agents.team(queue_id) if agent.user_id in floor.kept_free)
    return max(0, settings.keep_free - kept)


def _state(floor: Floor, queue_id: UUID, terms: BlendTerms) -> BlendState:
    """As it would be, were the idle agents given to campaigns."""
    waiting = floor.calls.in_queue(queue_id)
    if waiting or terms.outbound_below_seconds is None:
        return BlendState(waiting=waiting)
    wait = waits.wait_of_queue(floor, queue_id, waiting)
    if isinstance(wait, ExpectedWait):
        return BlendState(waiting=waiting, expected_wait_seconds=wait.mean)
    # Too few calls to tell how long they take: who waits now is all that is known.
    return BlendState(waiting=waiting, expected_wait_seconds=0.0)
