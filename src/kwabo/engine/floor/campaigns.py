"""Running campaigns: starting, pausing and stopping them, and what to dial now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from kwabo.domain.agents.status import AT_WORK
from kwabo.domain.campaigns.lifecycle import MACHINE, CampaignState, Slowed, waiting_for
from kwabo.domain.campaigns.recall import Course
from kwabo.domain.interactions.attempt import UNANSWERED, AttemptState
from kwabo.domain.pacing import progressive
from kwabo.domain.pacing.lines import CampaignLines, Lines, TrunkRoom
from kwabo.engine.floor import (
    agentless,
    agents,
    alerting,
    blended,
    call_closing,
    calls,
    common_agents,
    flow_runs,
    pacing,
    place_alerts,
    places,
    previews,
    skilled,
    starts,
)
from kwabo.engine.floor.state import INBOUND, Call, Campaign, Floor
from kwabo.engine.floor.trunks import Trunk
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.kernel.records import changed
from kwabo.ports.floor_changes import CampaignStateWritten
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.services.claims import PREVIEW_WAITS

CLAIM_AT_MOST = 50  # contacts in one transaction
_PAUSING, _RUNNING = CampaignState.PAUSING, CampaignState.RUNNING


def change(floor: Floor, campaign: Campaign, event: str) -> None:
    """Apply an event of the campaign machine."""
    following = MACHINE.after(campaign.state, event)
    if following is None:
        raise Conflict(
            "CAMPAIGN_STATE",
            f"A campaign that is {campaign.state} cannot do '{event}'.",
            details={"state": campaign.state},
        )
    campaign.state = following
    set_reason(floor, campaign, "", always=True)
    if campaign.row.mode == "preview" and campaign.row.preview_delivery == "fetch":
        for agent in floor.agents.values():
            if campaign.row.queue_id in agent.queue_ids:
                agents.touch(floor, agent, "agent.fetch_changed")


def set_reason(floor: Floor, campaign: Campaign, reason: str, *, always: bool = False) -> None:
    """Say why the campaign does not dial more."""
    if campaign.state_reason == reason and not always:
        return
    campaign.state_reason = reason
    floor.out.write(
        CampaignStateWritten(
            campaign_id=campaign.row.campaign_id,
            state=campaign.state,
            state_reason=reason,
            at=floor.now,
        )
    )
    floor.out.touch("campaign", campaign.row.campaign_id, "campaign.state_changed")


def known(floor: Floor, campaign_id: UUID) -> Campaign:
    """The campaign, loaded beforehand by the runner."""
    campaign = floor.campaigns.get(campaign_id)
    if campaign is None:
        raise NotFound("NOT_FOUND", "There is no such campaign.", field="campaign_id")
    return campaign


def start(floor: Floor, campaign: Campaign) -> None:
    """Dial from now on; starting what runs is no error."""
    if campaign.state != CampaignState.RUNNING:
        change(floor, campaign, "start")
    campaign.look_at = 0.0
    campaign.exhausted = False
    campaign.order_filled = None
    campaign.waiting_for = ""


def pause(floor: Floor, campaign: Campaign) -> None:
    """Dial nothing new; calls in progress go on."""
    if campaign.state in (CampaignState.PAUSING, CampaignState.PAUSED):
        return
    change(floor, campaign, "pause")
    _withdraw_offers(floor, campaign)
    settle(floor, campaign)


def stop(floor: Floor, campaign: Campaign) -> None:
    """In an emergency: take back every unanswered call at once; conversations go on."""
    if campaign.state == CampaignState.STOPPED:
        return
    change(floor, campaign, "stop")
    for call in floor.live_calls(campaign.row.campaign_id):
        if call.state in UNANSWERED:
            call_closing.cancel(floor, call)


def _withdraw_offers(floor: Floor, campaign: Campaign) -> None:
    for call in floor.live_calls(campaign.row.campaign_id):
        if call.state is AttemptState.OFFERED:
            call_closing.cancel(floor, call)


def settle(floor: Floor, campaign: Campaign) -> None:
    """A pausing campaign without live calls is paused; a running one without contacts complete.

    A conversation that an agent has yet to wrap up may bring a callback: it is waited for.
    """
    if campaign.state == _PAUSING:
        if not floor.calls.has_live(campaign.row.campaign_id):
            change(floor, campaign, "calls_ended")
    elif campaign.row.mode == INBOUND:
        return  # its list is of callers, and never done
    elif campaign.exhausted and campaign.state == _RUNNING:
        if floor.calls.has_live(campaign.row.campaign_id):
            return
        held = (floor.call_of(agent) for agent in floor.agents.values())
        if not any(call and call.campaign_id == campaign.row.campaign_id for call in held):
            change(floor, campaign, "list_finished")


# ── What to dial ─────────────────────────────────────────────────────────────────────────────────


def plan(floor: Floor) -> list[ClaimRequest]:
    """Claims to make now, and the reason beside each campaign that dials less than it could."""
    kept = _serve(floor)
    running = [c for c in floor.campaigns.values() if places.calls_back(c)]
    # Who has just gone on to another queue may find an agent there.
    floor.settled, floor.plans_at = not floor.calls.moved, floor.queues_wake_at
    if kept:  # their agents are not free for anything else: the next step plans the rest
        floor.settled = False
        return kept
    if not running:
        return []
    if not floor.switch_ready or not floor.reconciled:
        for campaign in running:
            if campaign.row.mode == INBOUND:
                continue
            set_reason(floor, campaign, Slowed.SWITCH_LOST)
        floor.settled = False
        return []
    lines, resting = _lines(floor, running)
    pushed = [c for c in running if c.row.mode != "preview" or c.row.preview_delivery == "push"]
    blended.keep(floor)
    looks = previews.holds(floor, running)
    found = starts.starts(floor, pushed, lines, resting, floor.kept_free.union(looks))
    for campaign in running:
        if campaign.row.mode != INBOUND:
            _explain(floor, campaign, found.slowed, resting)
    _tell_when_to_plan(floor, running, resting)
    if lines.breathless:
        floor.settled = False
    if not (found.for_agents or found.for_nobody or looks):
        return _looks(floor, running)
    starting = {start_.campaign_id for start_ in found.for_agents} | set(found.for_nobody)
    idle = [c for c in running if c.row.campaign_id not in starting]
    wanted = len(found.for_agents) + sum(found.for_nobody.values())
    claims = _claims(floor, found.for_agents) + [
        claim(floor, floor.campaigns[campaign_id], [], for_nobody=min(dials, CLAIM_AT_MOST))
        for campaign_id, dials in found.for_nobody.items()
    ]
    if wanted > sum(len(one.attempt_ids) for one in claims):
        floor.settled = False
    return (
        [
            replace(claim(floor, campaign, [user_id]), previews_only=True)
            for user_id, campaign in looks.items()
        ]
        + claims
        + _looks(floor, idle)
    )


def _serve(floor: Floor) -> list[ClaimRequest]:
    """Whoever waits gets an agent, or goes on; claims of those who are to be called back."""
    if not (floor.calls.waiting or floor.calls.moved or floor.places or _board_waits(floor)):
        floor.queues_wake_at = float("inf")
        return []
    calls.serve_waiting(floor)
    places.expire(floor)
    claims = flow_runs.serve(floor)
    flow_runs.overdue(floor)
    return claims


def _board_waits(floor: Floor) -> bool:
    return floor.board is not None and floor.board.waits


def _tell_when_to_plan(
    floor: Floor, running: Sequence[Campaign], resting: dict[UUID, Slowed]
) -> None:
    """Until when the same plan would follow, if nothing happens."""
    floor.plans_at = floor.queues_wake_at
    for campaign in running:
        for at in (campaign.look_at, campaign.due_at):
            if floor.mono < at < floor.plans_at:
                floor.plans_at = at
        if common_agents.calls_ahead(campaign):
            floor.plans_at = min(floor.plans_at, pacing.predicts_at(floor))
        if resting or campaign.breathless:
            floor.settled = False


def _lines(floor: Floor, running: Sequence[Campaign]) -> tuple[Lines, dict[UUID, Slowed]]:
    """What trunks can take now, and those that rest for their health."""
    rooms: dict[UUID, TrunkRoom] = {}
    resting: dict[UUID, Slowed] = {}
    for trunk_id, trunk in floor.trunks.items():
        starts = trunk.may_start(floor.mono)
        if trunk.health.rest_until is not None:
            limit = trunk.health.may_start(floor.now, _trying(floor, trunk))
            starts = starts if limit is None else min(starts, limit)
            resting[trunk_id] = Slowed.TRUNK_DOWN if trunk.health.down else Slowed.TRUNK_CONGESTED
        rooms[trunk_id] = TrunkRoom(
            lines=max(0, trunk.row.lines - floor.lines_in_use(trunk_id)), starts=starts
        )
    parts = [_part(floor, c) for c in running if c.row.lines_reserved or c.row.lines_most]
    return Lines(rooms, parts), resting


def _part(floor: Floor, campaign: Campaign) -> CampaignLines:
    row = campaign.row
    return CampaignLines(
        campaign_id=row.campaign_id,
        trunk_id=row.trunk_id,
        used=sum(1 for call in floor.live_calls(row.campaign_id) if call.counted_lines),
        reserved=row.lines_reserved if campaign.has_contacts(floor.mono) else 0,
        most=row.lines_most or None,
    )


def _trying(floor: Floor, trunk: Trunk) -> int:
    """Unanswered calls on the trunk: while one is out, a resting trunk is not tried again."""
    return floor.calls.trying.get(trunk.row.trunk_id, 0)


def _explain(
    floor: Floor,
    campaign: Campaign,
    slowed: Mapping[UUID, Slowed],
    resting: Mapping[UUID, Slowed],
) -> None:
    campaign.breathless = False
    if campaign.row.trunk_id in resting:
        reason: str = resting[campaign.row.trunk_id]
    elif campaign.order_filled is not None and not _nobody(floor, campaign):
        reason = Slowed.ORDER_FILLING
    elif campaign.waiting_for and (
        waits := waiting_for(campaign.waiting_for, unseen=campaign.unseen)
    ):
        reason = waits
    elif _nobody(floor, campaign):
        reason = Slowed.NO_AGENTS
    else:
        found = slowed.get(campaign.row.campaign_id, Slowed.NONE)
        # No agent free at this instant is the normal state of a busy floor, not a reason.
        reason = Slowed.NONE if found is Slowed.NO_AGENTS else found
        if found is Slowed.NO_LINES and not _out_of_lines(floor, campaign):
            reason = Slowed.NONE  # only the calls per second of this instant are used up
            campaign.breathless = True
    set_reason(floor, campaign, reason)


def _out_of_lines(floor: Floor, campaign: Campaign) -> bool:
    trunk = floor.trunks.get(campaign.row.trunk_id)
    if trunk is None or floor.lines_in_use(trunk.row.trunk_id) >= trunk.row.lines:
        return True
    return trunk.may_start(floor.mono) > 0  # not the calls per second: its own most, or a reserve


def _nobody(floor: Floor, campaign: Campaign) -> bool:
    """Whether no agent of the queue is at work, where one is needed."""
    if agentless.is_agentless(campaign):
        return False
    return not any(agent.status in AT_WORK for agent in floor.agents.team(campaign.row.queue_id))


def _claims(floor: Floor, starts: Sequence[progressive.Start]) -> list[ClaimRequest]:
    wanted: dict[UUID, list[UUID]] = {}
    for start_ in starts:
        wanted.setdefault(start_.campaign_id, []).append(start_.user_id)
    return [
        claim(floor, floor.campaigns[campaign_id], users[:CLAIM_AT_MOST])
        for campaign_id, users in wanted.items()
    ]


def _looks(floor: Floor, idle: Sequence[Campaign]) -> list[ClaimRequest]:
    """Look at campaigns with nothing live, so that they can be seen to be complete."""
    return [
        claim(floor, campaign, [])
        for campaign in idle
        if campaign.look_at <= floor.mono
        and (campaign.row.mode == INBOUND or not floor.calls.has_live(campaign.row.campaign_id))
    ]


def claim(
    floor: Floor, campaign: Campaign, user_ids: Sequence[UUID], *, for_nobody: int = 0
) -> ClaimRequest:
    """Contacts for these agents and for nobody; with none wanted, a look at what comes next."""
    return ClaimRequest(
        campaign=campaign.row,
        attempt_ids=[floor.ids.new() for _ in range(len(user_ids) + for_nobody)],
        agent_user_ids=list(user_ids),
        for_nobody=for_nobody,
        offer=campaign.row.mode == "preview",
        now=floor.now,
        order_filled=campaign.order_filled,
    )


def with_others(
    floor: Floor, request: ClaimRequest, requests: Sequence[ClaimRequest]
) -> ClaimRequest:
    """Let agents for whom nothing is planned take callbacks of their own.

    Also those of other queues, who may have promised one in a call that was handed to them.
    """
    if request.only is not None:
        return request
    if not floor.agents.ready:
        return skilled.with_skills(floor, request, [])
    planned = {user_id for planned in requests for user_id in planned.agent_user_ids}
    free = agents.available(floor, None)
    unplanned = [agent for agent in free if agent.user_id not in planned | floor.kept_free]
    others = [agent.user_id for agent in unplanned]
    request = changed(request, others=others) if others else request
    return skilled.with_skills(floor, request, unplanned)


def claimed(floor: Floor, request: ClaimRequest, answer: ClaimAnswer) -> list[Call]:
    """Take up what a claim made: hold the agents, dial or offer."""
    campaign = floor.campaigns[request.campaign.campaign_id]
    made: list[Call] = []
    for row in answer.attempts:
        call = Call.of(row)
        floor.calls[call.attempt_id] = call
        made.append(call)
        if request.place is not None:
            call.place, call.routing = request.place, request.routing
            call.queue_id = request.place.queue_id
            call.queued_at = request.place.waiting_since
        _begin(floor, campaign, call)
    if made:
        campaign.last_start = floor.mono
        pacing.started(floor, campaign, made)
        floor.out.touch("campaign", campaign.row.campaign_id, "campaign.changed")
    if not _in_full(request, answer):
        floor.settled = False
    if request.only is not None:
        return made  # it tells nothing of the campaign's other contacts
    campaign.upcoming = tuple(answer.upcoming)
    campaign.next_attempt_at = following = answer.next_attempt_at
    campaign.due_at = float("inf")
    if following is not None:
        campaign.due_at = floor.mono + (following - floor.now).total_seconds()
    campaign.waiting_for = "" if answer.next_reason == PREVIEW_WAITS else answer.next_reason
    campaign.unseen = answer.unseen
    previews.looked(campaign, request, answer)
    campaign.exhausted = answer.exhausted
    if request.attempt_ids and answer.order_filled != campaign.order_filled:
        campaign.order_filled = answer.order_filled
        floor.out.touch("campaign", campaign.row.campaign_id, "campaign.changed")
    campaign.finished += answer.finished
    campaign.looked_idly = not request.attempt_ids
    if answer.more or 0 < len(request.attempt_ids) == len(answer.attempts):
        campaign.look_at = floor.mono
    else:
        wait = floor.settings.idle_look_seconds
        if answer.next_attempt_at is not None and answer.next_attempt_at > floor.now:
            wait = min(wait, max(0.2, (answer.next_attempt_at - floor.now).total_seconds()))
        campaign.look_at = floor.mono + wait
    settle(floor, campaign)
    return made


def _begin(floor: Floor, campaign: Campaign, call: Call) -> None:
    """Hold the agent whom the claim has found; ask, show or dial."""
    agent = floor.agents[call.agent_user_id] if call.agent_user_id else None
    if agent is not None and place_alerts.asks(floor, call):
        alerting.begin(floor, call, agent)
        return
    offered = call.state is AttemptState.OFFERED
    if agent is not None:
        agents.change(floor, agent, "offered" if offered else "reserved")
        floor.agents.hold(agent, call)
    if offered:
        previews.offer(floor, campaign, call)
    else:
        calls.dial(floor, call)
        if call.place is None:
            calls.claimed(floor, call)
        else:
            calls.touch(floor, call, "attempt.dialling")


def _in_full(request: ClaimRequest, answer: ClaimAnswer) -> bool:
    """Whether the plan was carried out by this claim, and told of nothing else to be done."""
    return (
        0 < len(request.attempt_ids) == len(answer.attempts)
        and request.only is None
        and not (request.previews_only or answer.previews_waiting)
        and request.campaign.mode != INBOUND
        and answer.order_filled is None
    )


def dial_offered(floor: Floor, call: Call, number: str) -> None:
    """The agent calls the record: all rules were asked again in this transaction."""
    agent = floor.agent_of(call)
    if agent is None or call.state is not AttemptState.OFFERED:
        raise Conflict("ATTEMPT_STATE", "This record is no longer yours to call.")
    call.number = number
    call.dialling_at, call.segment = floor.now, None
    call.course_attempts += 1
    call.preview_until = None
    agents.change(floor, agent, "reserved")
    calls.move(floor, call, "dialled", "attempt.dialling")
    call_closing.write_course(floor, call, Course("in_progress", None, ""))
    calls.dial(floor, call)
