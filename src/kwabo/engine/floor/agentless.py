"""Campaigns without agents: their lines are their pace, and a flow has whoever answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from kwabo.domain.call_analysis.response_set import Reaction, ReactionType
from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.domain.campaigns.lifecycle import Slowed
from kwabo.domain.pacing.lines import Lines
from kwabo.engine.floor.state import Call, Campaign, Floor
from kwabo.ports.floor_rows import CampaignRow


def is_agentless(campaign: Campaign) -> bool:
    """Whether the campaign needs no agents."""
    return campaign.row.mode == AGENTLESS


def fill_lines(
    floor: Floor,
    campaigns: Sequence[Campaign],
    lines: Lines,
    resting: Mapping[UUID, Slowed],
    dials: dict[UUID, int],
    slowed: dict[UUID, Slowed],
) -> None:
    """A call on every line of each campaign that its trunk has free; taken from `lines`."""
    for campaign in campaigns:
        if not campaign.has_contacts(floor.mono):
            continue
        row = campaign.row
        room = lines.room(row.campaign_id, row.trunk_id)
        if room > 0:
            lines.take(row.campaign_id, row.trunk_id, room)
            dials[row.campaign_id] = room
        elif _lines_in_use(floor, campaign) < row.lines_most:
            slowed[row.campaign_id] = resting.get(row.trunk_id, Slowed.NO_LINES)


def _lines_in_use(floor: Floor, campaign: Campaign) -> int:
    return sum(call.counted_lines for call in floor.live_calls(campaign.row.campaign_id))


def instead(row: CampaignRow, call: Call, reaction: Reaction) -> Reaction:
    """Whoever would go to the campaign's agents goes to its flow, but for an agent's own callback.

    A queue that the response set names is that queue's agents all the same.
    """
    if row.mode != AGENTLESS or row.flow_id is None or call.agent_user_id is not None:
        return reaction
    if reaction.type is not ReactionType.QUEUE or reaction.queue_id is not None:
        return reaction
    return Reaction(type=ReactionType.FLOW, flow_id=row.flow_id)
