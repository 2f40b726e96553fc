"""Putting into words, as a value, what was decided and what was passed over."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest

from kwabo.domain.routing.choosing import MOST_TOLD, Choice
from kwabo.domain.routing.eligibility import Passed, step_at, why_not
from kwabo.domain.routing.explanation import Explanation, PassedAgent, PassedCall
from kwabo.domain.routing.groups import Group, Order
from kwabo.domain.routing.skills import score
from kwabo.domain.routing.values import FreeAgent, WaitingCall


def explain(
    group: Group,
    call: WaitingCall,
    choice: Choice,
    taken: Sequence[FreeAgent],
    rivals: Sequence[Group],
    now: int,
) -> Explanation:
    """`taken`: who was given calls in this moment; `rivals`: groups of the agent's queues."""
    agent = choice.agent
    step = step_at(group.steps, now - call.queued_at)
    order = group.order(now)
    return Explanation(
        call_id=call.call_id,
        queue_id=call.queue_id,
        user_id=agent.user_id,
        waited=now - call.waiting_since,
        idle=now - agent.idle_since,
        urgency=-order[0],
        base_priority=group.base,
        ring=step.ring,
        needs=step.needs,
        score=score(agent.skills, call.needs),
        chosen=choice.chosen,
        runner_up=choice.runner_up,
        agents=_agents(call, choice, taken),
        calls=_calls(agent, order, rivals, now),
    )


def _agents(
    call: WaitingCall, choice: Choice, taken: Sequence[FreeAgent]
) -> tuple[PassedAgent, ...]:
    told = {choice.agent.user_id, *(one.user_id for one in choice.passed)}
    gone = dict.fromkeys(
        one.user_id for one in taken if call.queue_id in one.queues and one.user_id not in told
    )
    return (*choice.passed, *(PassedAgent(one, Passed.TAKEN) for one in gone))[:MOST_TOLD]


def _calls(
    agent: FreeAgent, order: Order, rivals: Sequence[Group], now: int
) -> tuple[PassedCall, ...]:
    """The first calls of the groups that come before, with why the agent could not take them."""
    before = [(place, rival) for rival in rivals if (place := rival.order(now)) < order]
    told = []
    for _, rival in nsmallest(MOST_TOLD, before, key=lambda one: one[0]):
        call = rival.head()
        code = why_not(agent, call, rival.terms, rival.steps, now)
        if code is not None:
            told.append(PassedCall(call.call_id, code))
    return tuple(told)
