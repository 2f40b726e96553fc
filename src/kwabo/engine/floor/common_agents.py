"""Campaigns over the same agents, some of which call ahead: what of each the others must know.

The rules are in `domain.pacing.sharing` and `domain.pacing.granting`; here is what they are told of
the floor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from kwabo.domain.interactions.attempt import UNANSWERED
from kwabo.domain.pacing import sharing
from kwabo.domain.pacing.granting import Wish, answers_of_a_call
from kwabo.domain.pacing.lines import Lines
from kwabo.domain.pacing.situation import Situation
from kwabo.engine.floor import spoken_for
from kwabo.engine.floor.state import Agent, Campaign, Floor

OWED_AT_MOST = 20.0  # starts for each unit of weight that a campaign can be behind its rivals
FOR_NOBODY = frozenset({"power", "predictive"})  # modes that call for whoever is free


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Several campaigns with contacts over common agents, at one instant."""

    sharers: Sequence[Campaign]
    ahead: Sequence[Campaign]  # all that call ahead: also those that can start no call now
    risk: float  # that all of them can afford
    owed: Campaign | None  # for whose next call an agent is to be held

    def seen_by_each(self, seen: Situation) -> Situation:
        """One risk for all, and one agent fewer where one is set aside."""
        seen = replace(seen, shared_risk=self.risk)
        if self.owed is None:
            return seen
        limits = replace(seen.limits, keep_ready=seen.limits.keep_ready + 1)
        return replace(seen, limits=limits)

    def agent_to_hold(self, floor: Floor, free: Sequence[Agent]) -> Agent | None:
        """Who is held for the campaign that is owed an agent, when the others can spare one.

        The others have planned before; of the agents the one who has been ready longest.
        """
        if self.owed is None:
            return None
        row = self.owed.row
        mine = [agent for agent in free if row.queue_id in agent.queue_ids]
        if len(mine) <= row.agents_kept_free:
            return None
        plans = [one.plan for one in self.sharers if one.plan and not _is_bounded(one)]
        unserved = spoken_for.unserved_near(floor, self.ahead, mine)
        if not sharing.can_spare(plans, free=len(mine), unserved=unserved):
            return None
        return min(mine, key=lambda one: (one.ready_since, one.user_id))


def pools(floor: Floor, queue_ids: set[UUID]) -> dict[UUID, UUID]:
    """Queues that share agents, directly or through other queues, are one pool: queue → pool."""
    found = {queue_id: queue_id for queue_id in queue_ids}
    if len(found) == 1:
        return found
    for queues in {agent.queue_ids for agent in floor.agents.values()}:
        merged = {found.setdefault(queue_id, queue_id) for queue_id in queues}
        if len(merged) > 1:
            into = min(merged)
            found = {queue: into if pool in merged else pool for queue, pool in found.items()}
    return found


def sharings(
    floor: Floor,
    campaigns: Sequence[Campaign],
    pools: Mapping[UUID, UUID],
    lines: Lines,
    ahead: Sequence[Campaign],
) -> list[Sharing]:
    """Campaigns with contacts that share agents with others, pool by pool.

    `ahead`: all campaigns that call ahead.
    """
    if len(campaigns) == 1:
        return []
    of_pool: dict[UUID, list[Campaign]] = {}
    for campaign in campaigns:
        if campaign.has_contacts(floor.mono):
            of_pool.setdefault(pools[campaign.row.queue_id], []).append(campaign)
    return [_sharing(floor, found, lines, ahead) for found in of_pool.values() if len(found) > 1]


def wish(floor: Floor, campaign: Campaign, pools: Mapping[UUID, UUID], *, shared: bool) -> Wish:
    """What the campaign would start by its plan.

    `shared`: it has rivals. They judge together what their agents can bear, so that it may be
    granted calls that it would not start by itself.
    """
    row, plan = campaign.row, campaign.plan
    assert plan is not None  # it was just made
    return Wish(
        campaign_id=row.campaign_id,
        trunk_id=row.trunk_id,
        pool=pools[row.queue_id],
        team=frozenset(agent.user_id for agent in floor.agents.team(row.queue_id))
        if shared
        else row.queue_id,
        dials=plan.dials,
        most=max(plan.dials, plan.most) if shared else plan.dials,
        answers=answers_of_a_call(plan),
        answers_seen=campaign.learner.answers_seen,
        priority=row.priority,
        weight=row.weight,
        served=campaign.served,
    )


def _sharing(
    floor: Floor, sharers: Sequence[Campaign], lines: Lines, ahead: Sequence[Campaign]
) -> Sharing:
    _keep_near(sharers)
    risk = sharing.common_risk(one.plan for one in sharers if calls_ahead(one))
    owed = sharing.next_held([_claim(floor, campaign, lines) for campaign in sharers])
    return Sharing(
        sharers=sharers,
        ahead=ahead,
        risk=risk,
        owed=None if owed is None else floor.campaigns[owed],
    )


def calls_ahead(campaign: Campaign) -> bool:
    """Whether its mode calls for whoever is free at the answer."""
    return campaign.row.mode in FOR_NOBODY


def _share(campaign: Campaign) -> float:
    """Starts so far for each unit of weight."""
    return campaign.served / campaign.row.weight


def _keep_near(sharers: Sequence[Campaign]) -> None:
    """Who has not shared for a while is owed no more than the last few starts."""
    most = max(map(_share, sharers))
    for campaign in sharers:
        campaign.served = max(campaign.served, campaign.row.weight * (most - OWED_AT_MOST))


def _is_bounded(campaign: Campaign) -> bool:
    """Whether it has one call for each agent, for now or always."""
    if not calls_ahead(campaign):
        return True
    plan = campaign.plan
    return campaign.row.mode == "predictive" if plan is None else sharing.is_bounded(plan)


def _claim(floor: Floor, campaign: Campaign, lines: Lines) -> sharing.Claim:
    row = campaign.row
    held = sum(
        1
        for call in floor.live_calls(row.campaign_id)
        if call.state in UNANSWERED and call.agent_user_id is not None
    )
    return sharing.Claim(
        campaign_id=row.campaign_id,
        bounded=_is_bounded(campaign),
        holds=not calls_ahead(campaign),
        room=row.mode == "preview" or lines.room(row.campaign_id, row.trunk_id) > 0,
        held=held,
        team=len(floor.agents.team(row.queue_id)),
        priority=row.priority,
        weight=row.weight,
        served=campaign.served,
    )
