"""Among the free agents who may take a call: which one, and against whom.

In this order: agents named for the call; the inner ring; the better rank in the queue; with
evaluation `best` the higher sum of levels in what the call needs (also what a ring has dropped);
the longest idle; the smaller id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from kwabo.domain.routing.eligibility import Passed, why_not
from kwabo.domain.routing.explanation import Chosen, PassedAgent
from kwabo.domain.routing.groups import Group
from kwabo.domain.routing.skills import score
from kwabo.domain.routing.values import Evaluation, FreeAgent, Membership, WaitingCall

MOST_TOLD: Final = 8  # agents, and calls, that an explanation names

# Ring, rank, idle since, id as a number, agent: the order in which a queue's agents are asked.
Place: TypeAlias = tuple[int, int, int, int, FreeAgent]
_Key: TypeAlias = tuple[int, int, int, int, int, int]
_OUTSIDE: Final = Membership()
_NOBODY_AFTER: Final = (Passed.RING_NOT_OPEN, Passed.RESERVED)  # members stand by ring


@dataclass(frozen=True, slots=True)
class Choice:
    """The agent, and who was looked at."""

    agent: FreeAgent
    chosen: Chosen
    runner_up: UUID | None
    passed: tuple[PassedAgent, ...]


def place_of(agent: FreeAgent, membership: Membership, rings: int) -> Place:
    """Where the agent stands among the free agents of a queue that has so many rings."""
    ring = min(membership.ring, rings)
    return (ring, membership.rank, agent.idle_since, agent.user_id.int, agent)


def choose(
    group: Group,
    call: WaitingCall,
    members: Sequence[Place],
    free: Mapping[UUID, FreeAgent],
    now: int,
) -> Choice | None:
    """The agent for the call; None: nobody may take it now. `members`: the queue's, in order."""
    best: tuple[_Key, FreeAgent] | None = None
    second: tuple[_Key, FreeAgent] | None = None
    passed: list[PassedAgent] = []
    by_skill = group.terms.evaluation is Evaluation.BEST
    rings = len(group.steps)
    for agent in _candidates(group, call, members, free):
        membership = agent.queues.get(call.queue_id, _OUTSIDE)
        ring = min(membership.ring, rings)
        named = agent.user_id in group.named if group.named else False
        if best is not None and second is not None and not named:
            settled = (ring, membership.rank) > second[0][1:3] if by_skill else True
            if settled:
                break
        code = why_not(agent, call, group.terms, group.steps, now)
        if code is not None:
            if len(passed) < MOST_TOLD:
                passed.append(PassedAgent(agent.user_id, code))
            if code in _NOBODY_AFTER:
                break
            continue
        key = (
            group.named.index(agent.user_id) if named else len(group.named),
            ring,
            membership.rank,
            -score(agent.skills, call.needs) if by_skill else 0,
            agent.idle_since,
            agent.user_id.int,
        )
        if best is None or key < best[0]:
            best, second = (key, agent), best
        elif second is None or key < second[0]:
            second = (key, agent)
    if best is None:
        return None
    if second is not None and len(passed) < MOST_TOLD:
        passed.append(PassedAgent(second[1].user_id, _PASSED[_differs(best[0], second[0])]))
    return Choice(
        agent=best[1],
        chosen=_chosen(call, best, second, len(group.named)),
        runner_up=second[1].user_id if second else None,
        passed=tuple(passed),
    )


def _candidates(
    group: Group, call: WaitingCall, members: Sequence[Place], free: Mapping[UUID, FreeAgent]
) -> Iterable[FreeAgent]:
    if not group.named:
        return (place[4] for place in members)
    first = [free[user_id] for user_id in dict.fromkeys(group.named) if user_id in free]
    named = set(group.named)
    rest = (place[4] for place in members if place[4].user_id not in named)
    return (*first, *rest)


_PASSED: Final = (
    Passed.NOT_NAMED,
    Passed.OUTER_RING,
    Passed.LOWER_RANK,
    Passed.LOWER_SKILL,
    Passed.SHORTER_IDLE,
    Passed.SAME,
)
_CHOSEN: Final = (
    Chosen.PREFERRED,
    Chosen.INNER_RING,
    Chosen.HIGHER_RANK,
    Chosen.BEST_SKILL,
    Chosen.LONGEST_IDLE,
    Chosen.SAME,
)


def _differs(key: _Key, other: _Key) -> int:
    return next(place for place in range(len(key)) if key[place] != other[place])


def _chosen(
    call: WaitingCall,
    best: tuple[_Key, FreeAgent],
    second: tuple[_Key, FreeAgent] | None,
    names: int,
) -> Chosen:
    key, agent = best
    if key[0] < names:
        return Chosen.PREFERRED if agent.user_id in call.preferred else Chosen.LAST_AGENT
    return Chosen.ONLY_ONE if second is None else _CHOSEN[_differs(key, second[0])]
