"""One call or one preview record for each available agent.

The agent is held for the call before it is dialled, so that an answer always finds one. Campaigns
with the higher priority come first; between equals the one that started a call longest ago.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import Slowed
from kwabo.domain.pacing.lines import Lines
from kwabo.kernel.records import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCampaign:
    """What pacing needs of a campaign."""

    campaign_id: UUID
    queue_id: UUID
    trunk_id: UUID
    priority: int  # 5 first
    last_start: float  # seconds on any steady clock; smaller means longer ago
    preview: bool  # offers records instead of dialling
    has_contacts: bool  # False: nothing to claim until later
    keep_free: int = 0  # agents of the queue who are left for callers from outside


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableAgent:
    """An agent whom a call may be given."""

    user_id: UUID
    queue_ids: frozenset[UUID]
    ready_since: float  # the longest waiting is served first


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Start a call, or offer a record, for this agent."""

    campaign_id: UUID
    user_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to start now."""

    starts: tuple[Start, ...]
    slowed: Mapping[UUID, Slowed]  # campaign → why it starts less than it could


def plan(
    *,
    campaigns: Sequence[RunningCampaign],
    agents: Sequence[AvailableAgent],
    lines: Lines,
    trunk_resting: Mapping[UUID, Slowed],
) -> Plan:
    """Match available agents with campaigns.

    Preview records do not use a line until the agent calls.
    """
    left = lines.copy()
    waiting = sorted(agents, key=lambda agent: (agent.ready_since, agent.user_id))
    order = sorted(campaigns, key=lambda c: (-c.priority, c.last_start, c.campaign_id))
    starts: list[Start] = []
    slowed: dict[UUID, Slowed] = {}
    taken: set[UUID] = set()
    for campaign in order:
        of_queue = [agent for agent in waiting if campaign.queue_id in agent.queue_ids]
        if not of_queue:
            slowed[campaign.campaign_id] = Slowed.NO_AGENTS
        if not campaign.has_contacts:
            continue
        free = [agent for agent in of_queue if agent.user_id not in taken]
        for agent in free[: max(0, len(free) - campaign.keep_free)]:
            if not campaign.preview:
                if left.room(campaign.campaign_id, campaign.trunk_id) <= 0:
                    slowed[campaign.campaign_id] = trunk_resting.get(
                        campaign.trunk_id, Slowed.NO_LINES
                    )
                    break
                left.take(campaign.campaign_id, campaign.trunk_id)
            taken.add(agent.user_id)
            starts.append(Start(campaign_id=campaign.campaign_id, user_id=agent.user_id))
    return Plan(starts=tuple(starts), slowed=slowed)
