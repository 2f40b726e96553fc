"""Which idle agents outbound calls may have, where the same agents take calls that come in.

Calls that come in go first: while one waits in a queue, its agents are for it. Of the idle agents
of a queue the longest idle ones stay for callers, as many as it says. And where the queue names a
wait, outbound has its agents only while a newcomer is expected to wait for less than that. An agent
of several queues is given to outbound only if each of them lets them go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.routing.values import FreeAgent


@dataclass(frozen=True, slots=True)
class BlendTerms:
    """A queue's rule. `outbound_below_seconds` None: the expected wait is not looked at."""

    keep_free: int = 0
    outbound_below_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class BlendState:
    """The queue at this moment. `expected_wait_seconds`: a newcomer's; None: cannot be said."""

    waiting: int = 0
    expected_wait_seconds: float | None = 0.0


def for_outbound(
    agents: Sequence[FreeAgent],
    terms: Mapping[UUID, BlendTerms],
    states: Mapping[UUID, BlendState],
) -> tuple[FreeAgent, ...]:
    """The idle agents whom outbound may have, the longest idle first."""
    order = sorted(agents, key=lambda agent: (agent.idle_since, agent.user_id.int))
    kept: set[UUID] = set()
    for queue_id, own in terms.items():
        members = [agent for agent in order if queue_id in agent.queues]
        kept.update(
            agent.user_id for agent in _kept(members, own, states.get(queue_id, BlendState()))
        )
    return tuple(agent for agent in order if agent.user_id not in kept)


def _kept(
    members: Sequence[FreeAgent], terms: BlendTerms, state: BlendState
) -> Iterable[FreeAgent]:
    if state.waiting:
        return members
    below = terms.outbound_below_seconds
    if below is not None and (
        state.expected_wait_seconds is None or state.expected_wait_seconds >= below
    ):
        return members
    return members[: terms.keep_free]
