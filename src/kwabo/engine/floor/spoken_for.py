"""Free agents whom calls in the air may need: campaigns that hold agents do not take these.

A campaign that calls ahead counts on agents who hold nothing yet. To hold one of them for a call of
another campaign would leave whoever answers without an agent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import Slowed
from kwabo.domain.pacing.lines import Lines
from kwabo.engine.floor.state import Agent, Campaign, Floor


def stands(floor: Floor, campaign: Campaign, lines: Lines, resting: Mapping[UUID, Slowed]) -> bool:
    """Whether it can start no call: for want of contacts or of lines, or since its trunk rests.

    Calls per second that are used up come back in a moment: they are not meant.
    """
    row = campaign.row
    if not campaign.expects_contacts(floor.mono):
        return True
    if row.mode == "preview":
        return False  # a record holds no line until its agent calls it
    if lines.full(row.campaign_id, row.trunk_id):
        return True
    return row.trunk_id in resting and lines.room(row.campaign_id, row.trunk_id) <= 0


def unserved(floor: Floor, campaign: Campaign) -> int:
    """Calls of the campaign that want an agent, or will if somebody answers."""
    return sum(
        call.agent_user_id is None and call.flow is None and not call.apologising
        for call in floor.calls.live(campaign.row.campaign_id)
    )


def unserved_near(floor: Floor, ahead: Sequence[Campaign], agents: Sequence[Agent]) -> int:
    """Unserved calls that these agents might be needed for."""
    queues = frozenset().union(*(agent.queue_ids for agent in agents))
    return sum(unserved(floor, campaign) for campaign in ahead if campaign.row.queue_id in queues)


def for_answers(
    floor: Floor,
    ahead: Sequence[Campaign],
    free: Sequence[Agent],
    starting: Mapping[UUID, int],
) -> set[UUID]:
    """An agent for each call of these campaigns, those first who have been ready longest.

    `starting`: calls that the campaigns start now.
    """
    found: set[UUID] = set()
    if not free:
        return found
    waiting = sorted(free, key=lambda agent: (agent.ready_since, agent.user_id))
    for campaign in ahead:
        row = campaign.row
        calls = unserved(floor, campaign) + starting.get(row.campaign_id, 0)
        if calls:
            fit = [a for a in waiting if row.queue_id in a.queue_ids and a.user_id not in found]
            found.update(agent.user_id for agent in fit[:calls])
    return found


def whole_teams(campaigns: Sequence[Campaign], free: Sequence[Agent]) -> set[UUID]:
    """All free agents of campaigns that may start more calls for them."""
    queues = {campaign.row.queue_id for campaign in campaigns}
    return {agent.user_id for agent in free if not queues.isdisjoint(agent.queue_ids)}
