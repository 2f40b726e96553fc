"""Records for an agent to look at first: how they are shown, and who is held for them.

Campaigns that call for nobody in particular have no agent at hand when a claim comes to a contact
that is always previewed, or to a callback that an agent is to see first: the contact waits, and an
agent is held for it here. A few at a time: whoever answers the calls already in the air finds the
other agents free.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import UNANSWERED
from kwabo.engine.floor import agentless, agents, calls, common_agents
from kwabo.engine.floor.state import Call, Campaign, Floor
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest

SHARE = 4  # of a team one in so many looks at records at most, but always one


def holds(floor: Floor, running: Sequence[Campaign]) -> dict[UUID, Campaign]:
    """Agents to be given a record now, each with the campaign that it is of."""
    found: dict[UUID, Campaign] = {}
    if not floor.agents.ready or floor.calls.waiting:
        return found
    if not any(campaign.previews_waiting for campaign in running):
        return found
    for campaign in sorted(running, key=lambda one: (-one.row.priority, one.row.campaign_id)):
        if not campaign.previews_waiting or not (
            common_agents.calls_ahead(campaign) or agentless.is_agentless(campaign)
        ):
            continue
        queue_id = campaign.row.queue_id
        free = [
            agent
            for agent in agents.available(floor, queue_id)
            if agent.user_id not in found and agent.user_id not in floor.kept_free
        ]
        team = [a for a in floor.agents.values() if queue_id in a.queue_ids and _at_work(a.status)]
        looking = sum(
            1
            for call in floor.live_calls(campaign.row.campaign_id)
            if call.mode == "preview" and call.state in UNANSWERED
        )
        if looking < max(1, len(team) // SHARE) and len(free) > campaign.row.agents_kept_free:
            found[free[0].user_id] = campaign
    return found


def offer(floor: Floor, campaign: Campaign, call: Call) -> None:
    """Put a preview record in front of its agent."""
    seconds = campaign.row.preview_timeout_seconds
    if seconds > 0:
        call.preview_until = floor.later(seconds)
        floor.set_timer("preview", call.attempt_id, float(seconds))
    calls.touch(floor, call, "attempt.offered")


def _at_work(status: AgentStatus) -> bool:
    return status not in (AgentStatus.SIGNED_OUT, AgentStatus.CONNECTING, AgentStatus.PAUSED)


def looked(campaign: Campaign, request: ClaimRequest, answer: ClaimAnswer) -> None:
    """Note whether contacts wait for somebody to look at them."""
    if answer.previews_waiting:
        campaign.previews_waiting = True
    elif request.previews_only and not answer.more:
        campaign.previews_waiting = len(answer.attempts) == len(request.agent_user_ids)
