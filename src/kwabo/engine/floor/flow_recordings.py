"""What flows record of calls: begun and ended at the switch, and the messages made of it.

A message whose caller has hung up is kept when its recording comes, also by a later owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kwabo.domain.flows import actions as asked
from kwabo.domain.flows.nodes.record_prompts import TAKE
from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.engine.floor import stays
from kwabo.engine.floor.effects import RecordChannel, StopRecordingChannel
from kwabo.engine.floor.flow_run import Question, of_sound, sound_id, uuid_of
from kwabo.engine.floor.state import Call, Floor
from kwabo.ports.floor_changes import (
    FlowRecordingBegun,
    FlowRecordingEnded,
    VoicemailAwaited,
    VoicemailKept,
)
from kwabo.ports.floor_rows import AwaitedVoicemailRow


def record(floor: Floor, call: Call, action: asked.Record | asked.StopRecording) -> None:
    name = sound_id(call.attempt_id, action.recording)
    if isinstance(action, asked.StopRecording):
        floor.out.do(StopRecordingChannel(lane=call.lane, recording=name))
        return
    if action.kept_as:
        floor.out.write(
            FlowRecordingBegun(
                attempt_id=call.attempt_id,
                recording=action.recording,
                variable=action.kept_as,
                at=floor.now,
            )
        )
    floor.out.do(
        RecordChannel(
            lane=call.lane,
            channel_id=call.channel_id,
            recording=name,
            max_seconds=action.max_seconds,
            silence_seconds=action.silence_seconds,
            beep=action.beep,
        )
    )


def await_message(floor: Floor, message: VoicemailKept, recording: str) -> None:
    """The recording comes after the caller is gone, perhaps to the next owner of the floor."""
    floor.left_messages[recording] = message
    floor.out.write(
        VoicemailAwaited(
            voicemail_id=message.voicemail_id,
            attempt_id=message.attempt_id,
            queue_id=message.queue_id,
            recording=recording,
            at=message.at,
        )
    )


def take_awaited(floor: Floor, rows: Sequence[AwaitedVoicemailRow]) -> None:
    """Messages whose recordings an earlier owner of the floor did not live to see."""
    for row in rows:
        floor.left_messages[row.recording] = VoicemailKept(
            voicemail_id=row.voicemail_id,
            attempt_id=row.attempt_id,
            contact_id=row.contact_id,
            queue_id=row.queue_id,
            path="",
            seconds=0.0,
            number=row.number,
            text="",
            at=row.at,
        )


def message(floor: Floor, call: Call, queue_id: str, number: str) -> VoicemailKept:
    """A message of the call's, without what was said."""
    stays.became(floor, call, uuid_of(queue_id), QueueOutcome.VOICEMAIL)
    return VoicemailKept(
        voicemail_id=floor.ids.new(),
        attempt_id=call.attempt_id,
        contact_id=call.contact_id,
        queue_id=uuid_of(queue_id),
        path="",
        seconds=0.0,
        number=number or call.number,
        text="",
        at=floor.now,
    )


def kept(floor: Floor, name: str, seconds: float, path: str | None) -> bool:
    """The recording of a message whose caller is gone; False: it is none of these."""
    left = floor.left_messages.get(name)
    if left is None:
        return False
    if path:
        del floor.left_messages[name]
        floor.out.write(replace(left, path=path, seconds=seconds))
    return True


def ended(floor: Floor, name: str, seconds: float, path: str) -> None:
    """A recording is there: one that stays with its call is noted, whoever began it, and whether
    the call goes on or not.
    """
    attempt_id, recording = of_sound(name)
    if attempt_id is not None:
        floor.out.write(
            FlowRecordingEnded(
                attempt_id=attempt_id, recording=recording, path=path, seconds=seconds
            )
        )


def unwanted(floor: Floor, name: str, path: str | None) -> bool:
    """Whether it is a take of a prompt for which its call waits no more: its file goes.

    A take is told twice when an engine dies: the one that is being decided on, or kept, stays.
    """
    attempt_id, take = of_sound(name)
    if attempt_id is None or not take.startswith(f"{TAKE}-"):
        return False
    call = floor.calls.get(attempt_id)
    run = call.flow if call is not None and not call.closed else None
    state = run.cursor.state if run is not None and run.cursor is not None else {}
    if take in (state.get("recording"), state.get("take")):
        return False
    if path:
        drop = asked.DropRecording(media=path)
        floor.questions.append(Question(attempt_id=attempt_id, action=drop))
    return True
