"""What callers hear while they wait: the flow's or the queue's prompt, else the switch's music.

The sounds are found in the call's language. Until they are, and when there are none, the caller
hears the switch's own music; nobody waits for them.
"""

from __future__ import annotations

from typing import Final

from kwabo.domain.flows.actions import Say
from kwabo.domain.flows.parts import PromptPart
from kwabo.engine.floor.effects import StartMusic
from kwabo.engine.floor.flow_run import MediaReady, Question
from kwabo.engine.floor.state import Call, Floor, Waiting

MUSIC: Final = "music-"  # names by which the sounds are asked for begin so
_MILLISECONDS: Final = 1000


def prompt(floor: Floor, place: Waiting) -> str:
    """The key of the prompt that is to be heard there; '': the switch's own music is."""
    return place.music or floor.queue_music.get(place.queue_id, "")


def begin(floor: Floor, call: Call) -> None:
    """A caller waits from now on, or goes on waiting in another queue."""
    place = call.queue
    if place is None:
        return
    key, heard = prompt(floor, place), call.music
    call.music, place.music_wanted = True, ""
    if key:
        place.music_wanted = f"{MUSIC}{int(floor.mono * _MILLISECONDS)}"
        say = Say(playback=place.music_wanted, parts=(PromptPart(key=key),), language=call.language)
        floor.questions.append(Question(attempt_id=call.attempt_id, action=say))
    if not key or not heard:
        floor.out.do(StartMusic(lane=call.lane, channel_id=call.channel_id))


def play(floor: Floor, call: Call, ready: MediaReady) -> None:
    """The sounds are found, or there are none: the caller hears them unless they wait no longer."""
    place = call.queue
    if place is None or place.music_wanted != ready.playback:
        return
    place.music_wanted = ""
    floor.out.do(StartMusic(lane=call.lane, channel_id=call.channel_id, media=ready.media))
