"""Callers whom a flow has put into a queue: who takes them, and what they hear meanwhile."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.flows.actions import EnterQueue, Say
from kwabo.domain.flows.inputs import CLOSED
from kwabo.domain.flows.parts import Part, PromptPart
from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.domain.routing.expected_wait import ExpectedWait, Unknown
from kwabo.domain.routing.onward import by_expected_wait
from kwabo.domain.routing.values import OverflowWhen
from kwabo.engine.floor import agents, alerting, calls, places, queue_music, stays, waits
from kwabo.engine.floor.effects import Play, StopMusic, StopPlaying
from kwabo.engine.floor.flow_run import MediaReady, Question, sound_id
from kwabo.engine.floor.routing_board import MILLISECONDS, FloorBoard, waiting_call
from kwabo.engine.floor.state import Agent, Call, Floor, Waiting
from kwabo.ports.floor_rows import KeptPlace, RoutingRows

ANNOUNCEMENT: Final = "queue-"  # names of what is said to callers who wait
OFFER: Final = "offer"  # name of the timer after which a callback is offered
_HELD_BACK: Final = frozenset({CampaignState.PAUSING, CampaignState.PAUSED, CampaignState.STOPPED})


def take_routing(floor: Floor, rows: RoutingRows) -> None:
    """Settings of queues, and what agents can do, have been read."""
    floor.queues = {terms.queue_id: terms for terms in rows.queues}
    floor.queue_settings = dict(rows.settings)
    floor.queue_names = dict(rows.names)
    floor.queue_music = dict(rows.music)
    floor.board = None
    for agent in floor.agents.values():
        abilities = rows.agents.get(agent.user_id)
        agent.skills = abilities.skills if abilities else {}
        agent.memberships = abilities.memberships if abilities else {}


def _held_back(floor: Floor, call: Call) -> bool:
    """Whether somebody has paused the campaign that callers come to: its queues are closed then.

    Whoever waits already is served.
    """
    campaign = floor.campaigns.get(call.campaign_id)
    return call.inbound and campaign is not None and campaign.state in _HELD_BACK


def enter(floor: Floor, call: Call, action: EnterQueue) -> str:
    """The caller waits; else the reason why not, as flows know it."""
    try:
        queue_id = UUID(action.queue_id)
    except ValueError:
        return "error"
    if queue_id not in floor.queues:
        return "error"
    kept = stays.kept(floor, call)
    if kept is not None:
        queue_id = kept.queue_id
    entered, known = floor.mono, False
    if call.queue_id == queue_id and call.queued_at is not None:
        # By an earlier owner of the floor: the place is kept.
        entered, known = floor.mono - (floor.now - call.queued_at).total_seconds(), True
    elif _held_back(floor, call):
        return CLOSED
    else:
        call.queue_id, call.queued_at = queue_id, floor.now
    terms = floor.queues[queue_id]
    if terms.max_waiting is not None and floor.calls.in_queue(queue_id) >= terms.max_waiting:
        return "full"
    call.waiting_since = floor.mono
    call.queue = Waiting(
        queue_id=queue_id,
        since=entered,
        entered=entered,
        priority=kept.priority if kept is not None else action.priority,
        segment=None,
        skills=action.skills,
        language=action.language,
        preferred=action.preferred_agent,
        announcement=action.announcement,
        announce_seconds=action.announce_seconds,
        announce_position=action.announce_position,
        announce_wait=action.announce_wait,
        music=action.music,
        weighed=known,
    )
    stays.begin(floor, call)
    alerting.adopt(floor, call)
    floor.calls.changed(call)
    queue_music.begin(floor, call)
    if call.queue.announcement or waits.kinds(floor, call.queue):
        floor.set_timer("announce", call.attempt_id, waits.every(floor, call.queue))
    settings = floor.queue_settings.get(queue_id)
    if settings is not None and settings.callback_after_seconds is not None and call.number:
        after = settings.callback_after_seconds - (floor.mono - entered)
        floor.set_timer("announce", call.attempt_id, max(0.0, after), OFFER)
    calls.touch(floor, call, "attempt.queued")
    return ""


def leave(floor: Floor, call: Call, way: QueueOutcome) -> None:
    """The caller waits no longer, and has no agent."""
    if call.queue is None:
        return
    stays.leaving(call, way)
    hush(floor, call)
    alerting.withdraw(floor, call)
    call.queue = None
    call.waiting_since = None
    floor.calls.changed(call)
    if call.music:
        call.music = False
        floor.out.do(StopMusic(lane=call.lane, channel_id=call.channel_id))
    calls.touch(floor, call, "attempt.left_queue")


def in_queues(floor: Floor) -> list[Call]:
    """Callers who wait in queues."""
    return [call for calls_ in floor.calls.queues.values() for call in calls_.values()]


# ── Who takes whom ───────────────────────────────────────────────────────────────────────────────


def board_of(floor: Floor) -> FloorBoard:
    """The index of who waits and who is free."""
    if floor.board is None:
        floor.board = FloorBoard(floor)
    return floor.board


def matched(floor: Floor) -> Iterator[tuple[Call | KeptPlace, Agent, Mapping[str, Any]]]:
    """Who is to take whom now, with the reasons as they are stored."""
    floor.queues_wake_at, floor.queue_moves = places.next_at(floor), ()
    kept = {place.callback_id: place for place in places.waiting(floor)}
    if not (floor.calls.queues or floor.calls.moved or kept or (floor.board and floor.board.waits)):
        return
    free = {agent.user_id: agent for agent in agents.available(floor, None)}
    board = board_of(floor)
    found = board.settle(list(kept.values()), list(free.values()))
    floor.queues_wake_at = min(floor.queues_wake_at, board.asked_again_at)
    if found.wakes_at is not None:
        floor.queues_wake_at = min(floor.queues_wake_at, found.wakes_at / MILLISECONDS)
    floor.queue_moves = found.moves
    why = {one.call_id: one.document() for one in found.explanations}
    for assignment in found.assignments:
        call = kept.get(assignment.call_id) or floor.calls.get(assignment.call_id)
        agent = free.get(assignment.user_id)
        if call is not None and agent is not None:
            yield call, agent, why.get(assignment.call_id, {})


def moved(floor: Floor) -> Iterator[tuple[Call, str]]:
    """Callers who leave their queue without an agent, and why; others go to the next queue."""
    for queue_id in [one for one in floor.calls.queues if one not in floor.queues]:
        for waiting in list(floor.calls.queues[queue_id].values()):
            yield waiting, "error"  # the queue was deleted meanwhile
    for waiting in list(floor.calls.unweighed.values()):
        _weigh(floor, waiting)
    moves, floor.queue_moves = floor.queue_moves, ()
    for move in moves:
        call = floor.calls.get(move.call_id)
        if call is None or call.queue is None or call.queue.queue_id != move.queue_id:
            continue
        if move.to_queue_id is None:
            yield call, "timeout"
            continue
        change_queue(floor, call, move.to_queue_id, QueueOutcome.OVERFLOW)


def _weigh(floor: Floor, call: Call) -> None:
    """Whoever has just come, and whom no agent takes, goes on where the wait would be too long."""
    place = call.queue
    if place is None or place.queue_id not in floor.queues or place.alerting is not None:
        return
    place.weighed = True
    del floor.calls.unweighed[call.attempt_id]
    terms = floor.queues[place.queue_id]
    if not any(rule.when is OverflowWhen.EXPECTED_WAIT for rule in terms.overflow):
        return
    wait = expected(floor, call)
    seconds = wait.mean if isinstance(wait, ExpectedWait) else None
    if wait is Unknown.TOO_LONG:
        seconds = math.inf
    move = by_expected_wait(waiting_call(floor, call), terms, seconds, floor.queues)
    if move is not None and move.to_queue_id is not None:
        change_queue(floor, call, move.to_queue_id, QueueOutcome.OVERFLOW)


def change_queue(floor: Floor, call: Call, queue_id: UUID, way: QueueOutcome) -> None:
    """A caller who waits goes on waiting in another queue, as long as they have in all."""
    place = call.queue
    if place is None:
        return
    alerting.withdraw(floor, call)
    before = queue_music.prompt(floor, place)
    place.been_in |= {place.queue_id}
    place.queue_id, place.entered, place.weighed = queue_id, floor.mono, False
    call.queue_id = queue_id
    if queue_music.prompt(floor, place) != before:
        queue_music.begin(floor, call)
    floor.calls.changed(call)
    stays.leaving(call, way)
    stays.begin(floor, call)
    calls.touch(floor, call, f"attempt.{_TOLD[way]}")


_TOLD: Final = {QueueOutcome.OVERFLOW: "overflowed", QueueOutcome.MOVED: "moved_by_hand"}


# ── What they hear ───────────────────────────────────────────────────────────────────────────────


def position(floor: Floor, call: Call) -> int:
    """The caller's place, 1 for whoever is next by waiting; 0: in no queue."""
    place = call.queue
    if place is None or place.queue_id not in floor.queues:
        return 0
    return board_of(floor).position(call)


def expected(floor: Floor, call: Call) -> ExpectedWait | Unknown:
    """How long a caller will wait from now on."""
    place = call.queue
    if place is None:
        return Unknown.NO_AGENTS
    before = max(0, position(floor, call) - 1)
    return waits.wait_of_queue(floor, place.queue_id, before)


def announcement_due(floor: Floor, call: Call, name: str = "") -> None:
    """It is time to tell the caller where they stand; music goes on around it."""
    place = call.queue
    if place is None or call.closed:
        return
    parts: list[Part] = []
    if name != OFFER:
        floor.set_timer("announce", call.attempt_id, waits.every(floor, place))
        parts += place.announcement
        parts += waits.told(floor, call, position(floor, call), expected(floor, call))
    offer = places.offered(floor, call)
    if offer is not None:
        parts.append(PromptPart(key="queue_callback_offer", values={"key": offer.callback_key}))
    if parts:
        name = f"{ANNOUNCEMENT}{int(floor.mono * MILLISECONDS)}"
        say = Say(playback=name, parts=tuple(parts), language=call.language)
        floor.questions.append(Question(attempt_id=call.attempt_id, action=say))


def announce(floor: Floor, call: Call, ready: MediaReady) -> None:
    """Play an announcement to a caller who still waits."""
    if call.queue is None or not ready.media:
        return
    call.message_playback = sound_id(call.attempt_id, ready.playback)
    floor.out.do(
        Play(
            lane=call.lane,
            channel_id=call.channel_id,
            media=ready.media,
            playback_id=call.message_playback,
        )
    )


def hush(floor: Floor, call: Call) -> None:
    """An agent is there, or the flow speaks: no announcement goes on."""
    if call.message_playback:
        floor.out.do(StopPlaying(lane=call.lane, playback_id=call.message_playback))
        call.message_playback = ""
