"""A queue's own offer to the callers who wait: by a key they hang up and keep their place."""

from __future__ import annotations

from typing import Final

from kwabo.domain.flows.actions import Say
from kwabo.domain.flows.parts import PromptPart
from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.engine.floor import call_closing, places, queueing
from kwabo.engine.floor.effects import Play
from kwabo.engine.floor.flow_run import MediaReady, Question, sound_id
from kwabo.engine.floor.state import Call, Floor

KEPT: Final = "queue-kept"  # name of the word that the place is kept
_LIMIT_SECONDS = 15.0  # the call ends then even when nobody tells that the word was said


def taken(floor: Floor, call: Call, digit: str) -> bool:
    """The key of the offer, while the queue makes it; a flow's own use of the key comes after."""
    settings, place = places.offered(floor, call), call.queue
    if settings is None or place is None or digit != settings.callback_key:
        return False
    places.promise(
        floor,
        call,
        place.queue_id,
        call.number,
        priority=place.priority,
        language=place.language,
        skills=place.skills,
    )
    queueing.leave(floor, call, QueueOutcome.CALLBACK)
    say = Say(playback=KEPT, parts=(PromptPart(key=KEPT_PROMPT),), language=call.language)
    floor.questions.append(Question(attempt_id=call.attempt_id, action=say))
    floor.set_timer("announce", call.attempt_id, _LIMIT_SECONDS, KEPT)
    return True


KEPT_PROMPT: Final = "queue_callback_kept"


def say_kept(floor: Floor, call: Call, ready: MediaReady) -> None:
    """Say that the place is kept; without a recording of it the call just ends."""
    if not ready.media:
        ended(floor, call)
        return
    call.message_playback = sound_id(call.attempt_id, KEPT)
    floor.out.do(
        Play(
            lane=call.lane,
            channel_id=call.channel_id,
            media=ready.media,
            playback_id=call.message_playback,
        )
    )


def ended(floor: Floor, call: Call) -> None:
    """The word was said: nothing keeps the caller on the line."""
    if not call.closed:
        call_closing.hang_up(floor, call, "system")
