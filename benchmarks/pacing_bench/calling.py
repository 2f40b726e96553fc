"""Calls: from the dial to an end without an answer, or to an agent.

Who answers goes to the agent who has been ready longest; while none is, they wait until the grace
is over, then they are abandoned. With call analysis, a call needs an agent (and its grace begins)
when the verdict is "person". Handlers of events answer whether the policies are asked afterwards.
"""

from __future__ import annotations

import heapq
import math

from pacing_bench import serving
from pacing_bench.floor import BUSY, MACHINE, NO_ANSWER, PERSON, Call, Campaign, Floor

_DEAD_TRUNK_SECONDS = 0.2  # until a call on a dead trunk fails
_SHORTEST_ANALYSIS = 0.2  # seconds


def fate(floor: Floor, campaign: Campaign, index: int) -> tuple[int, float]:
    """What becomes of a call dialled now: (kind, seconds until it is answered or over)."""
    fates, people = campaign.fates, campaign.people
    if index >= len(fates.kind):
        fates.reach(index)
    if floor.trunk_dead:
        return BUSY, _DEAD_TRUNK_SECONDS
    share = people.answers.at(floor.now)
    if len(people.ranges) > 1:
        share *= people.ranges[fates.range_of[index]].factor
    kind, ring = fates.kind[index], fates.ring[index]
    if kind < people.busy:
        return BUSY, fates.set_up[index]
    if kind < people.busy + share:
        return PERSON, fates.set_up[index] + ring
    if kind >= 1.0 - people.machines:
        return MACHINE, fates.set_up[index] + ring
    return NO_ANSWER, fates.set_up[index] + people.no_answer_limit


def until_needed(floor: Floor, campaign: Campaign, index: int, kind: int, seconds: float) -> float:
    """Seconds from the dial until the call needs an agent (inf: never)."""
    if kind < PERSON:
        return math.inf
    if floor.scenario.analysis is None:
        return seconds
    if verdict(floor, campaign, index, kind):
        return seconds + analysis_delay(floor, campaign, index)
    return math.inf


def would_need_agent_in(floor: Floor, campaign: Campaign, index: int) -> float:
    """The same of a call dialled now, for oracles."""
    kind, seconds = fate(floor, campaign, index)
    return until_needed(floor, campaign, index, kind, seconds)


def analysis_delay(floor: Floor, campaign: Campaign, index: int) -> float:
    analysis = floor.scenario.analysis
    assert analysis is not None
    return max(
        _SHORTEST_ANALYSIS, analysis.delay + analysis.delay_sigma * campaign.fates.analysed[index]
    )


def verdict(floor: Floor, campaign: Campaign, index: int, kind: int) -> bool:
    """Whether call analysis takes the call for a person's."""
    chance = campaign.fates.verdict[index]
    return chance >= floor.lost_share if kind == PERSON else chance < floor.passed_share


def dial(floor: Floor, campaign: Campaign, agent: int | None = None) -> None:
    """Start a call; `agent` is held for it from now on."""
    index = campaign.dialled
    kind, seconds = fate(floor, campaign, index)
    campaign.dialled = index + 1
    call = Call(campaign, index, floor.now)
    call.kind = kind
    if agent is not None:
        call.agent = agent
        floor.held[agent] = floor.ready.pop(agent)
    call.needs_at = floor.now + until_needed(floor, campaign, index, kind, seconds)
    if campaign.observer is not None:
        call.odds = campaign.observer.odds_of(floor, campaign, index)
    campaign.in_air[call] = None
    floor.sequence += 1
    answered = kind >= PERSON
    heapq.heappush(
        floor.events,
        (
            floor.now + seconds,
            floor.sequence,
            on_answer if answered else on_end,
            call,
        ),
    )


def on_end(floor: Floor, call: Call) -> bool:
    campaign = call.campaign
    del campaign.in_air[call]
    floor.lines_used -= 1
    serving.release(floor, call)
    record = campaign.record
    if call.kind == BUSY:
        record.busy += 1
    else:
        record.no_answer += 1
    if floor.now < floor.down_until:
        record.ends_unseen += 1
    elif campaign.observer is not None:
        campaign.observer.on_end(call, floor.now - call.started, call.kind == BUSY)
    return True


def on_answer(floor: Floor, call: Call) -> bool:
    campaign = call.campaign
    del campaign.in_air[call]
    call.answered = floor.now
    if floor.now < floor.down_until:
        # nobody connects them: persons hear a message
        lose(floor, call)
        return True
    if campaign.observer is not None:
        campaign.observer.on_answer(call, floor.now - call.started)
    if floor.scenario.analysis is None:
        return offer(floor, call)
    floor.analysing[call] = None
    floor.at(floor.now + analysis_delay(floor, campaign, call.index), on_verdict, call)
    return False


def on_verdict(floor: Floor, call: Call) -> bool:
    campaign = call.campaign
    del floor.analysing[call]
    if floor.now < floor.down_until:
        lose(floor, call)
        return True
    person = verdict(floor, campaign, call.index, call.kind)
    if campaign.observer is not None:
        campaign.observer.on_verdict(floor.now - call.answered, person)
    if person:
        return offer(floor, call)
    floor.lines_used -= 1
    serving.release(floor, call)
    campaign.record.verdict_machine(call.kind == PERSON)
    return True


def offer(floor: Floor, call: Call) -> bool:
    """To an agent, or to wait; neither makes room for a start."""
    call.ready_at = floor.now
    if call.agent is not None:
        serving.connect(floor, (call.agent, floor.held.pop(call.agent)), call)
        return False
    if floor.ready:
        serving.connect(floor, floor.ready.popitem(last=False), call)
        return False
    floor.waiting.append(call)
    grace = floor.scenario.grace
    if call.campaign.people.patience:
        patience = call.campaign.people.patience
        grace = min(grace, patience * call.campaign.fates.patience[call.index])
    floor.at(floor.now + grace, on_grace_over, call)
    return False


def on_grace_over(floor: Floor, call: Call) -> bool:
    if call.ready_at < 0.0:
        return False
    floor.waiting.remove(call)
    lose(floor, call)
    return True


def lose(floor: Floor, call: Call) -> None:
    floor.lines_used -= 1
    serving.release(floor, call)
    call.campaign.record.lost_call(call.kind == PERSON)
