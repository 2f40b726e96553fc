"""Agents with the skills that rules before a call ask for.

A contact that asks for what everybody at work can do is like any other. Else an agent who can is
held for its call, in every mode: pacing reckons with whoever is free, and cannot promise that it
will be one of the few. Who answers a call that was made for nobody goes to an agent with its
skills where one is free.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kwabo.domain.agents.status import AT_WORK
from kwabo.domain.campaigns.rule_sets.document import asks_for_skills
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.ports.floor_claims import ClaimRequest


def with_skills(floor: Floor, request: ClaimRequest, free: Sequence[Agent]) -> ClaimRequest:
    """The request, with what the agents whom it may be given can do. `free`: not planned for."""
    campaign = request.campaign
    if not asks_for_skills(campaign.rule_sets):
        return request
    team = [a for a in floor.agents.team(campaign.queue_id) if a.status in AT_WORK]
    common = frozenset.intersection(*map(can, team)) if team else frozenset()
    kept_free = campaign.agents_kept_free
    spare = [a.user_id for a in free if campaign.queue_id in a.queue_ids]
    spare = spare[: max(0, len(spare) - kept_free)] if request.for_nobody else []
    named = [*request.agent_user_ids, *spare]
    skills = {user_id: can(floor.agents[user_id]) for user_id in named}
    return replace(request, spare=spare, skills=skills, common=common)


def can(agent: Agent) -> frozenset[str]:
    """The agent's skills and languages."""
    return frozenset(agent.skills)


def first(call: Call, free: Sequence[Agent]) -> Agent:
    """Of free agents, the first one with the call's skills; without one, the first."""
    return next((agent for agent in free if can(agent).issuperset(call.skills)), free[0])
