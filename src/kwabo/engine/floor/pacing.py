"""How many calls the campaigns that call ahead start now: what pacing is told, and its answer.

Power and predictive campaigns call for nobody in particular, and whoever is free takes the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.domain.campaigns.lifecycle import Slowed
from kwabo.domain.interactions.attempt import AttemptState
from kwabo.domain.pacing import modes, progressive
from kwabo.domain.pacing.abandon_alarm import AlarmLevel
from kwabo.domain.pacing.granting import Wish, grant
from kwabo.domain.pacing.lines import Lines
from kwabo.domain.pacing.situation import CallInAir, Limits, Mode, Plan, Reason, Situation
from kwabo.domain.reporting import live_views
from kwabo.domain.reporting.live_views import View
from kwabo.engine.floor import blended, callers, calls, common_agents, experience
from kwabo.engine.floor.state import Agent, Call, Campaign, Floor

PREDICT_SECONDS = 0.5  # between two predictions, within a tick: calls in the air grow that old
QUIET_SECONDS = 2.0  # the same while nothing happens: then only ages have changed
FAR_OFF = 1.2  # times the risk allowed: a higher one falls more slowly than ages grow …
QUIET_MOST = 3.0  # … so that it is looked at less often, in proportion, up to so many times
REFILL_SECONDS = 0.05  # the same where lines are all that holds calls back: a freed one is used
_NEVER = float("-inf")
_DIALLING, _RINGING = AttemptState.DIALLING, AttemptState.RINGING
_MODES = {str(mode): mode for mode in Mode}
_ON_CALL, _AFTER_CALL = AgentStatus.ON_CALL, AgentStatus.AFTER_CALL


@dataclass(slots=True)
class Starts:
    """What to start now."""

    for_agents: list[progressive.Start] = field(default_factory=list)
    for_nobody: dict[UUID, int] = field(default_factory=dict)  # campaign → calls
    slowed: dict[UUID, Slowed] = field(default_factory=dict)


def plans_anew(floor: Floor, ahead: Sequence[Campaign]) -> bool:
    """Whether campaigns that call ahead plan now, all of them, or keep the plans they have.

    They have one clock: were each group to wind it, a later one would keep those before it from
    ever planning.
    """
    if floor.mono < predicts_at(floor) and any(map(_keeps_its_plan, ahead)):
        return False
    if ahead:
        floor.predicted_at = floor.mono
        floor.quiet = True
        floor.quiet_seconds = QUIET_SECONDS * QUIET_MOST
        floor.no_room = False
    return True


def predicts_at(floor: Floor) -> float:
    """Before this time, by the steady clock, predictive campaigns keep their plans."""
    if floor.quiet:
        return floor.predicted_at + floor.quiet_seconds
    return floor.predicted_at + (REFILL_SECONDS if floor.no_room else PREDICT_SECONDS)


def quiet_seconds(plan: Plan) -> float:
    """For how long the plan stays as it is while nothing happens.

    Risks change by a small part of themselves in a second: one that is far above what is allowed
    comes within it seldom, and not soon. That of a plan which starts calls is the next one's.
    """
    figures = plan.figures
    if figures.risk_allowed <= 0.0:
        return QUIET_SECONDS
    far = figures.risk / (FAR_OFF * figures.risk_allowed)
    return QUIET_SECONDS * min(max(1.0, far), QUIET_MOST)


def available(floor: Floor, taken: set[UUID]) -> list[Agent]:
    """Free agents of any queue, but for those who are `taken`."""
    free = [a for a in floor.agents.ready.values() if a.attempt_id is None and a.leg_up]
    return [agent for agent in free if agent.user_id not in taken] if taken else free


def keep(campaigns: Sequence[Campaign], resting: Mapping[UUID, Slowed], found: Starts) -> None:
    """These campaigns keep their plans, and start nothing now."""
    for campaign in campaigns:
        _tell_slowed(campaign, resting, found)


def start(
    floor: Floor,
    campaigns: Sequence[Campaign],
    holders: Sequence[Campaign],
    ahead: Sequence[Campaign],
    others: frozenset[UUID],
    lines: Lines,
    resting: Mapping[UUID, Slowed],
    taken: set[UUID],
    found: Starts,
) -> set[UUID]:
    """Plan campaigns that call ahead, and start what they may. Returns those that wish more.

    `holders`: of the same priority, with an agent for each call; they have turns with these.
    `ahead`: all that call ahead. `others`: queues whose agents are all for other campaigns.
    """
    free = [agent for agent in available(floor, taken) if others.isdisjoint(agent.queue_ids)]
    sharers = [*campaigns, *holders]
    pools = common_agents.pools(floor, {campaign.row.queue_id for campaign in sharers})
    sharings = common_agents.sharings(floor, sharers, pools, lines, ahead)
    of_campaign = {one.row.campaign_id: shared for shared in sharings for one in shared.sharers}
    for campaign in campaigns:
        row = campaign.row
        room = lines.room(row.campaign_id, row.trunk_id)
        seen = situation(floor, campaign, free, room, others, found.for_nobody)
        if row.campaign_id in of_campaign:
            seen = of_campaign[row.campaign_id].seen_by_each(seen)
        plan = campaign.plan = modes.plan(seen)
        floor.quiet_seconds = min(floor.quiet_seconds, quiet_seconds(plan))
        _tell_slowed(campaign, resting, found)
        if plan.reason is Reason.NO_ROOM or plan.dials >= seen.room > 0:
            # More may follow when lines and calls per second allow it.
            floor.quiet, floor.no_room = False, True
        elif plan.reason is Reason.NO_AGENTS and _shares_with(floor, campaign, others):
            campaign.plan = replace(plan, reason=Reason.TURN_OF_OTHERS)
    waits = _hold(floor, sharings, free, lines, taken, found)
    wishes = []
    for campaign in campaigns:
        shared = campaign.row.campaign_id in of_campaign
        if not shared and (campaign.plan is None or not campaign.plan.dials):
            continue  # alone, it is granted what it has planned
        if campaign.row.campaign_id not in waits and campaign.has_contacts(floor.mono):
            wishes.append(common_agents.wish(floor, campaign, pools, shared=shared))
    granted = _grant(floor, [wish for wish in wishes if wish.most > 0], lines, found)
    short = {one.row.campaign_id for one in campaigns if _is_short(one, granted)}
    for campaign in campaigns:
        _tell_granted(floor, campaign, granted, shared=campaign.row.campaign_id in of_campaign)
    return short


def _is_short(campaign: Campaign, granted: Mapping[UUID, int]) -> bool:
    """Whether it would start more calls than it may now."""
    plan = campaign.plan
    assert plan is not None  # it was just made
    return plan.reason is Reason.NO_ROOM or granted.get(campaign.row.campaign_id, 0) < plan.dials


def _hold(
    floor: Floor,
    sharings: Sequence[common_agents.Sharing],
    free: list[Agent],
    lines: Lines,
    taken: set[UUID],
    found: Starts,
) -> set[UUID]:
    """Hold the agents that campaigns are owed and others can spare.

    Returns the campaigns that start nothing now: their plans did not know of it.
    """
    waits: set[UUID] = set()
    for shared in sharings:
        if shared.owed is None:
            continue
        floor.quiet = False
        agent = shared.agent_to_hold(floor, [one for one in free if one.user_id not in taken])
        if agent is None:
            continue
        waits.update(one.row.campaign_id for one in shared.sharers)
        row = shared.owed.row
        found.for_agents.append(
            progressive.Start(campaign_id=row.campaign_id, user_id=agent.user_id)
        )
        if row.mode != "preview":
            lines.take(row.campaign_id, row.trunk_id)
        taken.add(agent.user_id)
        if not common_agents.calls_ahead(shared.owed):
            floor.no_room = True  # more may be held in a moment
    return waits


def _grant(floor: Floor, wishes: Sequence[Wish], lines: Lines, found: Starts) -> Mapping[UUID, int]:
    """Share what the pools can bear; the starts of each campaign that wishes any."""
    granted = grant(wishes, lines) if wishes else {}
    for wish in wishes:
        dials = granted[wish.campaign_id]
        if dials > 0:
            lines.take(wish.campaign_id, wish.trunk_id, dials)
            found.for_nobody[wish.campaign_id] = dials
    return granted


def _tell_granted(
    floor: Floor, campaign: Campaign, granted: Mapping[UUID, int], *, shared: bool
) -> None:
    """Say in the campaign's plan what it starts, and that others do where it may not."""
    plan = campaign.plan
    assert plan is not None  # it was just made
    dials = granted.get(campaign.row.campaign_id, 0)
    if dials < plan.dials:
        floor.quiet = False  # more may follow when it is this campaign's turn
    if dials > plan.dials:
        campaign.plan = replace(plan, dials=dials, reason=Reason.DIALLING)
    elif dials == 0 < plan.dials:
        others = shared and plan.reason is Reason.DIALLING
        reason = Reason.TURN_OF_OTHERS if others else plan.reason
        campaign.plan = replace(plan, dials=0, reason=reason)


def _keeps_its_plan(campaign: Campaign) -> bool:
    """A predictive plan reckons with what the next moment brings: it holds for so long."""
    return campaign.row.mode == "predictive" and campaign.plan is not None


def _tell_slowed(campaign: Campaign, resting: Mapping[UUID, Slowed], found: Starts) -> None:
    row, plan = campaign.row, campaign.plan
    if plan is not None and plan.reason is Reason.NO_AGENTS:
        found.slowed[row.campaign_id] = Slowed.NO_AGENTS
    if plan is not None and plan.reason is Reason.NO_ROOM:
        found.slowed[row.campaign_id] = resting.get(row.trunk_id, Slowed.NO_LINES)


def situation(
    floor: Floor,
    campaign: Campaign,
    free: Sequence[Agent],
    room: int,
    others: frozenset[UUID],
    starting: Mapping[UUID, int],
) -> Situation:
    """One campaign as pacing sees it.

    `free`: agents who are not spoken for; `others`: queues whose agents are all for others;
    `starting`: calls that campaigns before it start in this very moment.
    """
    row = campaign.row
    team = floor.agents.team(row.queue_id)
    sources = [campaign]
    if len(floor.campaigns) > 1:
        queues = {row.queue_id}.union(*{agent.queue_ids for agent in team})
        sources = [one for one in floor.campaigns.values() if one.row.queue_id in queues]
    in_air: list[CallInAir] = []
    analysing: list[float] = []
    mono = floor.mono
    waiting, coming = callers.wanted(floor, row.queue_id)
    for source in sources:
        own = source is campaign
        ratio = 1.0 if own else _answers_against(source, campaign)
        for call in floor.calls.live(source.row.campaign_id):
            if call.waiting_since is not None:
                waiting += call.queue is None  # those in queues are counted there
            elif not (call.state is _DIALLING or call.state is _RINGING):
                continue
            elif call.agent_user_id is not None or call.mode == AGENTLESS:
                continue  # an agent, or a flow, has whoever answers
            elif call.picked_up is not None:
                analysing.append(mono - call.picked_up)
            else:
                age = mono - call.asked if call.asked > _NEVER else experience.age(floor, call)
                in_air.append(CallInAir(age, call.odds * ratio, own))
        if starting and common_agents.calls_ahead(source):
            calls = starting.get(source.row.campaign_id, 0)
            in_air += [CallInAir(0.0, ratio, own)] * calls
    predicts = row.mode == "predictive"  # a fixed number of calls asks for nothing that follows
    talking, after_call = _busy(floor, _without(team, others)) if predicts else ([], [])
    return Situation(
        mode=_MODES[row.mode],
        limits=limits(floor, campaign),
        tally=campaign.window.tally(floor.now),
        ready=sum([row.queue_id in agent.queue_ids for agent in free]) if free else 0,
        waiting=waiting,
        talking=talking,
        after_call=after_call,
        after_call_limit=float(row.after_call_limit_seconds),
        in_air=in_air,
        analysing=analysing,
        room=room,
        upcoming=_Upcoming(floor, campaign) if predicts else (),
        inbound_per_second=coming,
        curves=campaign.learner,
    )


def _answers_against(rival: Campaign, campaign: Campaign) -> float:
    """How often a rival's calls are answered, in terms of the campaign's own."""
    level = campaign.learner.answer_level
    return rival.learner.answer_level / level if level > 0.0 else 1.0


def _without(team: Sequence[Agent], others: frozenset[UUID]) -> Sequence[Agent]:
    return [one for one in team if others.isdisjoint(one.queue_ids)] if others else team


def _shares_with(floor: Floor, campaign: Campaign, others: frozenset[UUID]) -> bool:
    return any(
        not others.isdisjoint(agent.queue_ids) for agent in floor.agents.team(campaign.row.queue_id)
    )


def _busy(floor: Floor, team: Sequence[Agent]) -> tuple[list[float], list[float]]:
    """Ages of the conversations and the after-call work of agents who stay afterwards."""
    talking: list[float] = []
    after_call: list[float] = []
    mono = floor.mono
    for agent in team:
        status = agent.status
        if status is not _ON_CALL and status is not _AFTER_CALL:
            continue
        if agent.pause_after or not agent.leg_up:
            continue
        if status is _ON_CALL:
            call = agent.call or floor.call_of(agent)
            if call is not None and call.connected_mono is not None:
                talking.append(mono - call.connected_mono)
            else:
                begun = call.connected_at if call is not None else None
                talking.append((floor.now - (begun or agent.since)).total_seconds())
        else:
            since = agent.after_call_since or agent.since
            after_call.append((floor.now - since).total_seconds())
    return talking, after_call


def limits(floor: Floor, campaign: Campaign) -> Limits:
    """What people have set, as pacing reads it."""
    row = campaign.row
    ratio = row.calls_per_agent_ceiling if row.mode == "predictive" else row.calls_per_agent
    return Limits(
        target=row.abandon_target,
        calls_per_agent=ratio,
        connect_within=calls.patience(floor),
        no_answer_timeout=float(row.no_answer_timeout_seconds),
        analysis=row.call_analysis,
        keep_ready=row.agents_kept_free + blended.missing(floor, row.queue_id),
        stopped=campaign.alarm is AlarmLevel.STOP,
    )


def odds(floor: Floor, campaign: Campaign, number: str) -> float:
    """How much likelier than the campaign's average this number's answer is now."""
    return campaign.learner.odds(experience.segment(campaign, number, floor.now))


class _Upcoming(Sequence[float]):
    """Odds of the contacts that come next, found when they are asked for.

    Few plans start a call, and ask for any.
    """

    __slots__ = ("_campaign", "_floor")

    def __init__(self, floor: Floor, campaign: Campaign) -> None:
        self._floor, self._campaign = floor, campaign

    def __len__(self) -> int:
        return len(self._campaign.upcoming)

    def __getitem__(self, at: Any) -> Any:
        return odds(self._floor, self._campaign, self._campaign.upcoming[at])


def started(floor: Floor, campaign: Campaign, calls: Sequence[Call]) -> None:
    """Calls for nobody in particular were started."""
    campaign.served += len(calls)
    for call in calls:
        call.odds = odds(floor, campaign, call.number)


def view(floor: Floor, campaign: Campaign) -> View | None:
    """What live views show of the pacing; None for campaigns that are not paced."""
    if not common_agents.calls_ahead(campaign) or campaign.plan is None:
        return None
    return live_views.pacing_live(
        mode=campaign.row.mode,
        plan=campaign.plan,
        target=campaign.row.abandon_target,
        window=campaign.row.abandon_window,
        tally=campaign.window.tally(floor.now),
    )
