"""Does what flows ask of the floor, and tells flows what happens to their calls.

A flow's place is written with its attempt in the step in which it changes; what it asks is done
once that is committed. An owner that takes the floor over does the present node again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.flows import actions as asked
from kwabo.domain.flows import inputs, interpreter
from kwabo.domain.flows.actions import Action
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.flow import Flow, read_document
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.interpreter import Step
from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.engine.floor import (
    agents,
    alerting,
    call_closing,
    callers,
    calls,
    flow_recordings,
    opt_out,
    places,
    queue_music,
    queue_offers,
    queueing,
    stays,
    typed_numbers,
    whispers,
)
from kwabo.engine.floor.effects import Play, StopPlaying
from kwabo.engine.floor.flow_run import (
    LONGEST_TRAIL,
    FlowRun,
    FlowTold,
    MediaReady,
    Question,
    of_sound,
    sound_id,
    uuid_of,
)
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.ports.floor_arrivals import Arrived
from kwabo.ports.floor_changes import (
    DncWritten,
    LanguageRemembered,
    MessageWanted,
    NoticeAsked,
)
from kwabo.ports.floor_claims import ClaimRequest
from kwabo.ports.floor_rows import KeptPlace

REASON: Final = "FLOW"  # of DNC entries

_TO_THE_WORLD = (
    asked.Say, asked.LookUp, asked.AskHours, asked.AskIncidents, asked.OpenRecordings,
    asked.NextRecording, asked.KeepRecording, asked.DropRecording,
)  # fmt: skip


# ── Begin and end ────────────────────────────────────────────────────────────────────────────────


def published(floor: Floor, flow_id: str) -> Flow | None:
    """The flow with all others that it may run; None: it is not published."""
    if floor.read_flows is None:
        documents = {one: read_document(row.document) for one, row in floor.flows.items()}
        versions = {one: row.version for one, row in floor.flows.items()}
        floor.read_flows = {
            one: Flow(flow_id=one, documents=documents, versions=versions) for one in documents
        }
    return floor.read_flows.get(flow_id)


def prepare(floor: Floor, call: Call, answer: Arrived) -> bool:
    """Put a call from outside at the begin of its flow; False: the flow is not published."""
    flow = published(floor, str(answer.flow_id))
    if flow is None:
        return False
    campaign = floor.campaigns[call.campaign_id]
    known = {str(name): str(value) for name, value in answer.contact.items()}
    facts = Facts(
        caller=call.number,
        called=call.called_number,
        language=call.language,
        time_zone=campaign.row.list_time_zone,
        person=known,
        contact=known,
    )
    begun_at(floor, call, flow, facts)
    return True


def begun_at(floor: Floor, call: Call, flow: Flow, facts: Facts) -> None:
    """At the begin of a flow; what it asks first is done by `begin`."""
    step = interpreter.begin(flow, facts, floor.now)
    call.flow = FlowRun(flow_id=flow.flow_id, flow=flow)
    call.flow.first = step.actions
    _moved(floor, call, call.flow, step)


def begin(floor: Floor, call: Call) -> None:
    """The call is answered: do what its flow asks first."""
    run = call.flow
    if run is None:
        return
    first, run.first = run.first, ()
    if first:
        _do(floor, call, run, first)
    else:  # put there by an earlier owner of the floor
        adopt(floor, call)


def adopt(floor: Floor, call: Call, recordings: frozenset[str] = frozenset()) -> None:
    """Go on with a call in a flow that an earlier owner of the floor had.

    `recordings`: the switch's names of those that go on, or will still be told.
    """
    run = call.flow
    if run is None or run.cursor is None:
        return
    run.flow = published(floor, run.flow_id)
    if run.flow is None:
        run.cursor = None
        run.outcome = "FLOW_ERROR"
        call_closing.hang_up(floor, call, "system")
        return
    begins = sound_id(call.attempt_id, "")
    of_call = {one.removeprefix(begins) for one in recordings if one.startswith(begins)}
    _take(floor, call, run, interpreter.resume(run.flow, run.cursor, floor.now, of_call))


def gone(floor: Floor, call: Call) -> None:
    """The other side has hung up: the flow notes how far it came.

    Whoever hangs up while waiting for an agent has not been served: the place is known until the
    call is closed.
    """
    place, run = call.queue, call.flow
    if run is not None and run.under_way and run.flow is None:
        run.flow = published(floor, run.flow_id)  # gone before this owner could go on with it
    tell(floor, call, inputs.CallerGone())
    if place is not None:
        call.queue, call.waiting_since = place, place.entered
        stays.remains(call)
        floor.calls.changed(call)


def tell(floor: Floor, call: Call, told: Input) -> None:
    """Tell the flow something; without effect when it has not, or no longer, the call."""
    run = call.flow
    if run is None or run.cursor is None or run.flow is None or call.closed:
        return
    _take(floor, call, run, interpreter.step(run.flow, run.cursor, told, floor.now))


def _take(floor: Floor, call: Call, run: FlowRun, step: Step) -> None:
    _moved(floor, call, run, step)
    _do(floor, call, run, step.actions)


def _moved(floor: Floor, call: Call, run: FlowRun, step: Step) -> None:
    run.cursor = step.cursor
    run.outcome = step.outcome or run.outcome
    room = LONGEST_TRAIL - len(run.trail)
    for passed in step.trail[: max(0, room)]:
        run.trail.append(
            {"flow_id": passed.flow_id, "node": passed.node, "at": floor.now.isoformat()}
        )
    if step.cursor is None:
        run.timers.clear()
    else:
        call.language = step.cursor.language
    calls.keep(floor, call)


# ── What a flow asks ─────────────────────────────────────────────────────────────────────────────


def _do(floor: Floor, call: Call, run: FlowRun, actions: tuple[Action, ...]) -> None:
    for action in actions:
        if call.closed:
            return
        if isinstance(action, _TO_THE_WORLD):
            if isinstance(action, asked.Say):
                run.saying = action.playback
            floor.questions.append(Question(attempt_id=call.attempt_id, action=action))
            continue
        match action:
            case asked.StopSaying():
                _stop_saying(floor, call, run, action.playback)
            case asked.SetTimer():
                run.timers.add(action.timer)
                floor.set_timer("flow", call.attempt_id, action.seconds, action.timer)
            case asked.CancelTimer():
                run.timers.discard(action.timer)
            case asked.Record() | asked.StopRecording():
                flow_recordings.record(floor, call, action)
            case asked.HangUp():
                call_closing.hang_up(floor, call, "system")
            case _:
                _route(floor, call, action)


def _route(floor: Floor, call: Call, action: Action) -> None:
    """Where the caller goes."""
    match action:
        case asked.EnterQueue():
            reason = queueing.enter(floor, call, action)
            if reason:
                _later(floor, call, inputs.QueueLeft(reason=reason))
        case asked.LeaveQueue():
            queueing.leave(floor, call, QueueOutcome.ELSEWHERE)
        case asked.Transfer(kind="agent"):
            _to_agent(floor, call, action.to)
        case asked.Transfer():
            floor.transfers.append((call.attempt_id, typed_numbers.dialled(floor, call, action.to)))
        case _:
            _write(floor, call, action)


def _write(floor: Floor, call: Call, action: Action) -> None:
    """What is kept of the call."""
    run = call.flow
    match action:
        case asked.RememberLanguage():
            call.language = action.language
            floor.out.write(
                LanguageRemembered(contact_id=call.contact_id, language=action.language)
            )
        case asked.NoteOutcome() if run is not None:
            (run.personal if action.personal else run.results)[action.name] = action.value
        case asked.AddToDnc():
            _do_not_call(floor, call, action)
        case asked.OfferCallback():
            _callback(floor, call, action)
        case asked.KeepVoicemail():
            message = flow_recordings.message(floor, call, action.queue_id, action.number)
            floor.out.write(
                replace(message, path=action.media, seconds=action.seconds, text=action.text)
            )
        case asked.AwaitVoicemail():
            message = flow_recordings.message(floor, call, action.queue_id, action.number)
            recording = sound_id(call.attempt_id, action.recording)
            flow_recordings.await_message(floor, message, recording)
        case asked.SendMessage():
            floor.out.write(
                MessageWanted(
                    message_id=floor.ids.new(),
                    attempt_id=call.attempt_id,
                    contact_id=call.contact_id,
                    channel=action.channel,
                    template=action.template,
                    to=action.to,
                    language=action.language,
                    values=dict(action.values),
                    at=floor.now,
                )
            )
        case asked.NotifyWhenOver():
            incident_id = uuid_of(action.incident_id)
            if incident_id is not None:
                floor.out.write(
                    NoticeAsked(
                        incident_id=incident_id,
                        number=action.to,
                        message_id=floor.ids.new(),
                        language=call.language,
                        at=floor.now,
                    )
                )
        case _:
            raise TypeError(f"no executor for {type(action).__name__}")


def _do_not_call(floor: Floor, call: Call, action: asked.AddToDnc) -> None:
    dnc_list_id = uuid_of(action.dnc_list_id)
    floor.out.write(
        DncWritten(
            campaign_id=call.campaign_id,
            contact_id=call.contact_id,
            number=typed_numbers.as_called(floor, call, action.number),
            reason=REASON,
            user_id=None,
            at=floor.now,
            dnc_list_id=dnc_list_id,
            expires_at=floor.now + timedelta(days=action.days) if action.days else None,
            organisation_wide=dnc_list_id is None,
            new_list_id=None if dnc_list_id else floor.ids.new(),
            new_list_name="" if dnc_list_id else opt_out.LIST_NAME,
            source="key",
            attempt_id=call.attempt_id,
        )
    )
    call.opted_out_at = call.opted_out_at or floor.now
    floor.dnc_changed = True


def _callback(floor: Floor, call: Call, action: asked.OfferCallback) -> None:
    """Keep the caller's place; in a queue that is gone there is none to keep."""
    queue_id = uuid_of(action.queue_id)
    if queue_id is None or queue_id not in floor.queues:
        return
    places.promise(
        floor,
        call,
        queue_id,
        typed_numbers.as_called(floor, call, action.number),
        priority=action.priority,
        language=action.language,
    )
    stays.became(floor, call, queue_id, QueueOutcome.CALLBACK)


def _to_agent(floor: Floor, call: Call, to: str) -> None:
    """An agent by id, if they can take a call now."""
    user_id = uuid_of(to)
    agent = floor.agents.get(user_id) if user_id else None
    if agent is None or agent.status is not AgentStatus.READY or agent not in _free(floor):
        reason = "no_answer" if agent is None else "busy"
        _later(floor, call, inputs.TransferEnded(reason=reason))
        return
    tell(floor, call, inputs.TransferEnded(reason=inputs.CONNECTED))
    calls.join_agent(floor, call, agent)


def _free(floor: Floor) -> list[Agent]:
    return agents.available(floor, None)


def _later(floor: Floor, call: Call, told: Input) -> None:
    """Tell the flow in the next step: it is at work now."""
    floor.told.append(FlowTold(attempt_id=call.attempt_id, told=told))


# ── Sounds ───────────────────────────────────────────────────────────────────────────────────────


def _of_sound(floor: Floor, sound: str) -> tuple[Call, str] | None:
    """The call, and the name in its flow, of what the switch plays or records as `sound`."""
    attempt_id, name = of_sound(sound)
    call = floor.calls.get(attempt_id) if attempt_id else None
    return None if call is None else (call, name)


def media_ready(floor: Floor, ready: MediaReady) -> None:
    """An utterance can be played, if it is still wanted."""
    call = floor.calls.get(ready.attempt_id)
    if call is None or call.closed:
        return
    if ready.playback.startswith(whispers.WHISPER):
        if not whispers.play(floor, call, ready):
            whisper_over(floor, call)
        return
    if ready.playback == queue_offers.KEPT:
        queue_offers.say_kept(floor, call, ready)
        return
    if ready.playback.startswith(queue_music.MUSIC):
        queue_music.play(floor, call, ready)
        return
    if ready.playback.startswith(queueing.ANNOUNCEMENT):
        queueing.announce(floor, call, ready)
        return
    run = call.flow
    if run is None or run.saying != ready.playback:
        return
    if not ready.media:
        run.saying = ""
        tell(floor, call, inputs.PlaybackEnded(playback=ready.playback))
        return
    floor.out.do(
        Play(
            lane=call.lane,
            channel_id=call.channel_id,
            media=ready.media,
            playback_id=sound_id(call.attempt_id, ready.playback),
            tell=call.apologising,  # the begin of a message for whom no agent can take is proof
        )
    )


def in_place_of_message(call: Call) -> str:
    """What stands for the message in the proof of an abandoned call; '': no flow has it."""
    run = call.flow
    if not call.apologising or run is None or run.flow is None:
        return ""
    return f"flow:{run.flow_id}@{run.flow.versions.get(run.flow_id, 0)}"


def cut_short(floor: Floor, call: Call) -> None:
    """The flow has the call no longer; what it says ends."""
    run = call.flow
    if run is None or run.cursor is None:
        return
    run.cursor = None
    run.timers.clear()
    if run.saying:
        _stop_saying(floor, call, run, run.saying)


def played(floor: Floor, name: str) -> None:
    """The switch says that an utterance has ended."""
    found = _of_sound(floor, name)
    if found is None:
        return
    call, playback = found
    if playback == queue_offers.KEPT:
        queue_offers.ended(floor, call)
        return
    if call.flow is not None and call.flow.saying == playback:
        call.flow.saying = ""
        tell(floor, call, inputs.PlaybackEnded(playback=playback))


def _stop_saying(floor: Floor, call: Call, run: FlowRun, playback: str) -> None:
    if run.saying == playback:
        run.saying = ""
        floor.out.do(StopPlaying(lane=call.lane, playback_id=sound_id(call.attempt_id, playback)))


def recorded(floor: Floor, name: str, seconds: float, path: str | None) -> None:
    """A recording has ended; one that the switch has not handed over is still waited for."""
    if flow_recordings.kept(floor, name, seconds, path):
        return
    if flow_recordings.unwanted(floor, name, path):
        return
    if path:
        flow_recordings.ended(floor, name, seconds, path)
    found = _of_sound(floor, name)
    if found is None:
        return
    call, recording = found
    tell(floor, call, inputs.Recorded(recording=recording, media=path or "", seconds=seconds))


# ── What happens to the call ─────────────────────────────────────────────────────────────────────


def pressed(floor: Floor, call: Call, digit: str) -> bool:
    """A key; False when no flow has the call."""
    if queue_offers.taken(floor, call, digit):
        return True
    if call.flow is None or not call.flow.under_way:
        return False
    tell(floor, call, inputs.DigitPressed(digit=digit))
    return True


def timed_out(floor: Floor, call: Call, name: str) -> None:
    """A flow's timer has run down."""
    if call.flow is not None and name in call.flow.timers:
        call.flow.timers.discard(name)
        stays.leaving(call, QueueOutcome.TIMEOUT)
        tell(floor, call, inputs.TimedOut(timer=name))
        stays.remains(call)


def serve(floor: Floor) -> list[ClaimRequest]:
    """Agents who are free take the callers who wait in queues; claims of those to call back."""
    claims: list[ClaimRequest] = []
    for call, agent, why in queueing.matched(floor):
        if isinstance(call, KeptPlace):
            claims.append(replace(places.claim(floor, call, agent), routing=why))
            continue
        if call.closed or call.queue is None or agent.status is not AgentStatus.READY:
            continue
        call.routing = why
        if alerting.asks(floor, call):
            alerting.begin(floor, call, agent)
        elif whispers.wanted(floor, call, agent):
            whispers.begin(floor, call, agent)
        else:
            tone = alerting.tone(floor, call, agent)
            hand_over(floor, call, agent)
            floor.out.do(*tone)
    return claims


def hand_over(floor: Floor, call: Call, agent: Agent) -> None:
    """A caller who waits in a queue gets the agent."""
    callers.taken(floor, call)
    tell(floor, call, inputs.QueueLeft(reason=inputs.ANSWERED))
    queueing.hush(floor, call)
    calls.join_agent(floor, call, agent)


def take(floor: Floor, agent: Agent, call: Call) -> None:
    """The agent who was asked takes the caller. Raises Conflict when it is too late."""
    alerting.taken(floor, agent, call)
    if whispers.wanted(floor, call, agent):
        whispers.begin(floor, call, agent)
    else:
        hand_over(floor, call, agent)


def whisper_over(floor: Floor, call: Call) -> None:
    """The agent has heard which caller it is, or nothing could be said: they are joined."""
    agent = whispers.end(floor, call)
    if agent is not None:
        hand_over(floor, call, agent)


def overdue(floor: Floor) -> None:
    """Callers who may wait no longer: their flow says what follows, without one the message."""
    for call, reason in list(queueing.moved(floor)):
        leave_queue(floor, call, reason)


def leave_queue(floor: Floor, call: Call, reason: str) -> None:
    """The caller waits no longer, and has no agent: the flow goes on, without one the message."""
    queueing.leave(floor, call, _WAYS_OUT.get(reason, QueueOutcome.ELSEWHERE))
    if call.flow is not None and call.flow.under_way:
        tell(floor, call, inputs.QueueLeft(reason=reason))
    else:
        calls.apologise(floor, call)


_WAYS_OUT: Final = {"timeout": QueueOutcome.TIMEOUT, inputs.CLOSED: QueueOutcome.CLOSED}


def facts_of(floor: Floor, question: Question) -> Facts:
    """What is known of the call that asks."""
    call = floor.calls.get(question.attempt_id)
    run = call.flow if call is not None else None
    return run.cursor.facts if run is not None and run.cursor is not None else Facts()


def told(floor: Floor, item: FlowTold) -> None:
    """The world has answered a flow."""
    call = floor.calls.get(item.attempt_id)
    if call is not None:
        tell(floor, call, item.told)
