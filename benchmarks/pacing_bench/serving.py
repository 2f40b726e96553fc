"""Agents: conversations, after-call work, leaving and coming back, and callers from outside.

An agent who gets free takes a caller from outside first, then the answered person who has waited
longest. Times are counted within the day only.
"""

from __future__ import annotations

import heapq
import math

from pacing_bench.floor import PERSON, Call, Floor

_IN_TIME = 20.0  # seconds within which a caller is to be served


def was_ready(floor: Floor, since: float, agent: int) -> None:
    floor.ready_seconds += max(0.0, min(floor.now, floor.day) - min(since, floor.day))


def connect(floor: Floor, ready: tuple[int, float], call: Call) -> None:
    """An agent and a person: `ready` is the agent with the moment they got ready."""
    agent, since = ready
    now = floor.now
    if since < now:
        was_ready(floor, since, agent)
    index = floor.conversations
    floor.conversations = index + 1
    lengths = floor.lengths
    if index >= len(lengths.talk):
        lengths.reach(index)
    person = call.kind == PERSON
    talk = lengths.talk[index] * floor.pace[agent] if person else lengths.machine[index]
    call.campaign.record.connected(person, now - call.ready_at)
    call.ready_at = -1.0
    floor.partners[agent] = (call.campaign, person)
    begin_talk(floor, agent, talk, lengths.after_call[index])


def begin_talk(floor: Floor, agent: int, talk: float, after: float) -> None:
    now = floor.now
    if agent < floor.own_agents:
        floor.talking_apart[agent] = now
    else:
        floor.talking[agent] = now
    floor.free_at[agent] = now + talk + min(after, floor.scenario.talking.after_call_limit)
    floor.sequence += 1
    heapq.heappush(floor.events, (now + talk, floor.sequence, on_talked, (agent, after)))


def on_talked(floor: Floor, of: tuple[int, float]) -> bool:
    agent, after = of
    now = floor.now
    apart = agent < floor.own_agents
    since = (floor.talking_apart if apart else floor.talking).pop(agent)
    floor.talk_seconds += max(0.0, min(now, floor.day) - min(since, floor.day))
    partner = floor.partners[agent]
    if partner is None:
        for campaign in floor.campaigns:
            if campaign.observer is not None and not apart:
                campaign.observer.on_talked(now - since, None)
    else:
        campaign, person = partner
        floor.lines_used -= 1
        if campaign.observer is not None:
            campaign.observer.on_talked(now - since, person)
        campaign.record.conversation_over(person)
    (floor.after_call_apart if apart else floor.after_call)[agent] = now
    limit = floor.scenario.talking.after_call_limit
    floor.sequence += 1
    heapq.heappush(
        floor.events,
        (now + min(after, limit), floor.sequence, on_wrapped, (agent, after <= limit)),
    )
    return True


def on_wrapped(floor: Floor, of: tuple[int, bool]) -> bool:
    agent, ended = of
    apart = agent < floor.own_agents
    since = (floor.after_call_apart if apart else floor.after_call).pop(agent)
    floor.after_call_seconds += max(0.0, min(floor.now, floor.day) - min(since, floor.day))
    for campaign in floor.campaigns:
        if campaign.observer is not None and not apart:
            campaign.observer.on_wrapped(floor.now - since, ended)
    del floor.free_at[agent]
    _free_or_away(floor, agent)
    return True


def release(floor: Floor, call: Call) -> None:
    """The call needs no agent: who was held for it is free again."""
    if call.agent is not None:
        was_ready(floor, floor.held.pop(call.agent), call.agent)
        _free_or_away(floor, call.agent)


def _free_or_away(floor: Floor, agent: int) -> None:
    away = floor.leaving.pop(agent, None)
    if away is None:
        free(floor, agent)
    elif away < math.inf:
        floor.at(floor.now + away, on_back, agent)


def free(floor: Floor, agent: int) -> None:
    mine = agent < floor.own_agents
    if floor.callers_waiting and (mine or not floor.own_agents):
        arrival, handling = floor.callers_waiting.popleft()
        serve(floor, agent, arrival, handling)
    elif mine:
        floor.ready_for_callers[agent] = floor.now
    elif floor.waiting:
        connect(floor, (agent, floor.now), floor.waiting.popleft())
    else:
        floor.ready[agent] = floor.now


def on_back(floor: Floor, agent: int) -> bool:
    free(floor, agent)
    return True


def leave(floor: Floor, agent: int, seconds: float) -> None:
    if agent in floor.free_at or agent in floor.held:
        floor.leaving[agent] = seconds
        return
    ready = floor.ready_for_callers if agent < floor.own_agents else floor.ready
    if agent in ready:
        was_ready(floor, ready.pop(agent), agent)
        if seconds < math.inf:
            floor.at(floor.now + seconds, on_back, agent)


def on_break(floor: Floor, agent: int) -> bool:
    leave(floor, agent, floor.scenario.break_seconds)
    return True


def on_caller(floor: Floor, caller: tuple[float, float, float]) -> bool:
    arrival, handling, patience = caller
    floor.callers_total += 1
    ready = floor.ready_for_callers if floor.own_agents else floor.ready
    if ready:
        agent, since = ready.popitem(last=False)
        was_ready(floor, since, agent)
        serve(floor, agent, arrival, handling)
    else:
        floor.callers_waiting.append((arrival, handling))
        floor.at(floor.now + patience, on_caller_gone, (arrival, handling))
    return True


def serve(floor: Floor, agent: int, arrival: float, handling: float) -> None:
    floor.callers_in_time += floor.now - arrival <= _IN_TIME
    index = floor.conversations
    floor.conversations = index + 1
    floor.lengths.reach(index)
    floor.partners[agent] = None
    begin_talk(floor, agent, handling * floor.pace[agent], floor.lengths.after_call[index])


def on_caller_gone(floor: Floor, caller: tuple[float, float]) -> bool:
    if caller in floor.callers_waiting:
        floor.callers_waiting.remove(caller)
        floor.callers_gone += 1
    return False
