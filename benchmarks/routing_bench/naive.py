"""The matching by its definition: every call against every agent, nothing indexed.

Written without the product's code for who may take what, so that the two can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from kwabo.domain.routing.values import (
    Evaluation,
    FreeAgent,
    LastAgent,
    Medium,
    OverflowWhen,
    QueueTerms,
    WaitingCall,
)

Pair = tuple[UUID, UUID]


def urgency(call: WaitingCall, terms: QueueTerms, now: int) -> int:
    """Priority of the call, its queue and its segment, and a point for every ageing."""
    points = call.priority + terms.priority
    if call.segment is not None:
        points += terms.segment_priorities.get(call.segment, 0)
    if terms.ageing_seconds > 0 and now > call.waiting_since:
        points += (now - call.waiting_since) // (1000 * terms.ageing_seconds)
    return points


def room(agent: FreeAgent, medium: Medium) -> bool:
    """Whether one more conversation of the medium fits."""
    if medium is Medium.VOICE and agent.load.get(medium, 0) >= 1:
        return False
    if agent.load.get(medium, 0) >= agent.capacity.get(medium, 0):
        return False
    busy = [other for other, n in agent.load.items() if n > 0 and other is not medium]
    return all(medium in agent.interrupts.get(other, frozenset()) for other in busy)


def first_names(call: WaitingCall, terms: QueueTerms) -> tuple[list[UUID], int]:
    """Who is named for the call, and until when (ms) only they may take it."""
    names, wait = list(call.preferred), 0
    if call.preferred:
        wait = terms.preferred_wait_seconds
    if call.last_agent is not None and terms.last_agent is not LastAgent.DISABLED:
        names.append(call.last_agent)
        wait = max(wait, terms.last_agent_wait_seconds)
    return names, call.queued_at + 1000 * wait


def may(agent: FreeAgent, call: WaitingCall, terms: QueueTerms, now: int) -> bool:
    """Whether the agent may take the call at this moment."""
    if agent.user_id in call.refused_by or not room(agent, call.medium):
        return False
    names, until = first_names(call, terms)
    member = agent.queues.get(call.queue_id)
    if agent.user_id in names and (
        member is not None
        or (agent.user_id == call.last_agent and terms.last_agent is LastAgent.ANY_AGENT)
    ):
        return True
    if member is None or now < until:
        return False
    opened, dropped, at = 0, set[str](), call.queued_at
    for ring in terms.rings:
        if at > now and opened:
            break
        opened += 1
        dropped |= ring.drops
        at += 1000 * ring.seconds
    if min(member.ring, len(terms.rings)) > opened:
        return False
    if terms.evaluation is Evaluation.NONE:
        return True
    return all(
        agent.skills.get(need.skill, 0) >= need.level
        for need in call.needs
        if need.skill not in dropped
    )


def preference(agent: FreeAgent, call: WaitingCall, terms: QueueTerms) -> tuple[int, ...]:
    """Smaller is asked first."""
    names, _ = first_names(call, terms)
    member = agent.queues.get(call.queue_id)
    ring, rank = (min(member.ring, len(terms.rings)), member.rank) if member else (1, 1)
    levels = 0
    if terms.evaluation is Evaluation.BEST:
        levels = sum(agent.skills.get(need.skill, 0) for need in call.needs)
    place = names.index(agent.user_id) if agent.user_id in names else len(names)
    return (place, ring, rank, -levels, agent.idle_since, agent.user_id.int)


def moved(
    call: WaitingCall,
    terms: QueueTerms,
    queues: Mapping[UUID, QueueTerms],
    staff: Mapping[UUID, int],
    now: int,
) -> bool:
    """Whether a call that nobody takes leaves its queue at this moment."""
    for rule in terms.overflow:
        due = now - call.queued_at >= 1000 * rule.seconds
        if rule.when is OverflowWhen.NO_AGENTS:
            due = due and staff.get(call.queue_id) == 0
        if rule.when is OverflowWhen.EXPECTED_WAIT or rule.to_queue_id not in queues:
            continue
        if due and rule.to_queue_id not in {call.queue_id, *call.been_in}:
            return True
    longest = terms.max_wait_seconds
    return longest is not None and now - call.waiting_since >= 1000 * longest


def naive_match(
    waiting: Sequence[WaitingCall],
    agents: Sequence[FreeAgent],
    queues: Iterable[QueueTerms],
    now: int,
    staff: Mapping[UUID, int] | None = None,
) -> tuple[list[Pair], list[UUID]]:
    """Assignments in the order they are made, and the calls that move."""
    terms = {one.queue_id: one for one in queues}
    free = {agent.user_id: agent for agent in agents}
    order = sorted(
        waiting,
        key=lambda call: (
            -urgency(call, terms[call.queue_id], now),
            call.waiting_since,
            call.call_id.int,
        ),
    )
    pairs: list[Pair] = []
    moves: list[UUID] = []
    for call in order:
        own = terms[call.queue_id]
        able = [agent for agent in free.values() if may(agent, call, own, now)]
        if able:
            agent = min(able, key=lambda agent: preference(agent, call, own))
            load = {**agent.load, call.medium: agent.load.get(call.medium, 0) + 1}
            free[agent.user_id] = replace(agent, load=load)
            pairs.append((call.call_id, agent.user_id))
        elif moved(call, own, terms, staff or {}, now):
            moves.append(call.call_id)
    return pairs, moves
