"""The course of a day: events in their order, and the policies asked after them.

At the end of the day nothing is dialled any more; what is in progress runs to its end, so that
every call has one.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from uuid import UUID

from kwabo.domain.pacing.granting import Wish, answers_of_a_call, grant
from kwabo.domain.pacing.lines import Lines
from kwabo.domain.pacing.sharing import Claim, can_spare, next_held
from pacing_bench import calling, happenings, serving
from pacing_bench.draws import breaks, callers
from pacing_bench.floor import Campaign, Floor

_TRUNK = UUID(int=0)
_RETRY_SECONDS = 0.25  # until a policy whom calls per second held back is asked again
_REFILL_SECONDS = 0.05  # until a policy that has filled all lines is asked again, by an event


def run(floor: Floor) -> Floor:
    """The whole day of a floor that was just made."""
    scenario, day = floor.scenario, floor.day
    for at, agent in breaks(scenario, floor.seed, day):
        floor.at(at, serving.on_break, agent)
    for caller in callers(scenario, floor.seed, day):
        floor.at(caller[0], serving.on_caller, caller)
    for happening in scenario.happenings:
        if happening.at < day:
            floor.at(happening.at, happenings.on_happening, happening)
    for campaign in floor.campaigns:
        campaign.policy.begin(floor, campaign)
        if campaign.policy.tick:
            floor.at(0.0, _on_tick, campaign)
    asked = [campaign for campaign in floor.campaigns if campaign.policy.on_events]
    _decide(floor, asked)
    events, pop = floor.events, heapq.heappop
    while events:
        now, _, what, of = pop(events)
        floor.now = now
        if what(floor, of) and now < day:
            _decide(floor, asked)
    for agent, since in [*floor.ready.items(), *floor.ready_for_callers.items()]:
        serving.was_ready(floor, since, agent)
    return floor


def _decide(floor: Floor, campaigns: Sequence[Campaign]) -> None:
    if not campaigns or floor.now < floor.down_until:
        return
    first = campaigns[0]
    gap = first.policy.gap
    if gap:
        if floor.now < first.next_at:
            _ask_again(floor, first, first.next_at)
            return
        first.next_at = floor.now + gap
    if len(floor.campaigns) == 1:
        wish = first.policy.decide(floor, first)
        if wish > 0:
            _start(floor, first, wish)
    else:
        _share(floor, floor.campaigns)
    if gap and floor.lines_used >= floor.scenario.lines:
        first.next_at = floor.now + _REFILL_SECONDS


def _share(floor: Floor, campaigns: Sequence[Campaign]) -> None:
    """Each plan is made over the common agents; the program's own rules grant the starts."""
    owed = _next_held(floor, campaigns)
    floor.set_aside = 0 if owed is None else 1
    dials = {campaign: campaign.policy.decide(floor, campaign) for campaign in campaigns}
    if owed is not None and len(floor.ready) > floor.scenario.keep_ready:
        ahead = [rival for rival in campaigns if not rival.policy.is_bounded()]
        plans = [rival.policy.last for rival in ahead if rival.policy.last is not None]
        if can_spare(plans, free=len(floor.ready), unserved=_unserved(floor)):
            floor.tokens -= 1
            floor.lines_used += 1
            calling.dial(floor, owed, next(iter(floor.ready)))
            return
    wishes = [_wish(campaign, wished) for campaign, wished in dials.items()]
    for campaign_id, starts in grant(wishes, Lines.plain({_TRUNK: floor.room()})).items():
        if starts:
            _start(floor, floor.campaigns[campaign_id.int], starts)


def _unserved(floor: Floor) -> int:
    """Calls that want an agent, or will if somebody answers."""
    calls = [call for campaign in floor.campaigns for call in campaign.in_air]
    return sum(call.agent is None for call in (*calls, *floor.analysing, *floor.waiting))


def _wish(campaign: Campaign, dials: int) -> Wish:
    plan, people = campaign.policy.last, campaign.people
    return Wish(
        campaign_id=UUID(int=campaign.number),
        trunk_id=_TRUNK,
        pool=0,
        dials=dials,
        most=dials if plan is None else max(dials, plan.most),
        answers=0.0 if plan is None else answers_of_a_call(plan),
        answers_seen=campaign.policy.answers_seen,
        priority=people.priority,
        weight=people.weight,
        served=float(campaign.dialled),
    )


def _next_held(floor: Floor, campaigns: Sequence[Campaign]) -> Campaign | None:
    """Who is owed an agent: it may only call progressively, beside rivals who call ahead."""
    chosen = next_held(
        [
            Claim(
                campaign_id=UUID(int=campaign.number),
                bounded=campaign.policy.is_bounded(),
                room=floor.room() > 0,
                held=sum(
                    call.agent is not None
                    for call in (*campaign.in_air, *floor.analysing)
                    if call.campaign is campaign
                ),
                team=floor.scenario.agents - floor.own_agents,
                priority=campaign.people.priority,
                weight=campaign.people.weight,
                served=float(campaign.dialled),
            )
            for campaign in campaigns
        ]
    )
    return None if chosen is None else floor.campaigns[chosen.int]


def _start(floor: Floor, campaign: Campaign, wish: int) -> None:
    room = floor.room()
    if wish > room:
        if floor.lines_used < floor.scenario.lines:
            _ask_again(floor, campaign, floor.now + _RETRY_SECONDS)
        wish = room
    floor.tokens -= wish
    floor.lines_used += wish
    for _ in range(wish):
        calling.dial(floor, campaign)


def _ask_again(floor: Floor, campaign: Campaign, at: float) -> None:
    if not campaign.asked_again:
        campaign.asked_again = True
        floor.at(at, _on_retry, campaign)


def _on_retry(floor: Floor, campaign: Campaign) -> bool:
    campaign.asked_again = False
    if floor.now < floor.day:
        _decide(floor, [campaign])
    return False


def _on_tick(floor: Floor, campaign: Campaign) -> bool:
    policy = campaign.policy
    policy.on_tick(floor, campaign)
    _decide(floor, [campaign])
    if floor.now + policy.tick < floor.day:
        floor.at(floor.now + policy.tick, _on_tick, campaign)
    return False
