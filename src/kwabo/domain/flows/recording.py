"""Asking for spoken words and recording them; in writing, for the next message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kwabo.domain.flows.actions import Record, StopRecording
from kwabo.domain.flows.asking import TEXT_SECONDS
from kwabo.domain.flows.inputs import (
    DigitPressed,
    Input,
    PlaybackEnded,
    Recorded,
    TextReceived,
    TimedOut,
)

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run

GRACE_SECONDS = 10  # after the longest time, a recording that never ends is given up
UNKEPT = "unkept"  # of a node's state: a recording that goes when the node is left


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was recorded; all empty: nothing."""

    media: str = ""
    seconds: float = 0.0
    text: str = ""


def begin(run: Run, settings: Mapping[str, Any]) -> None:
    """Say what is wanted, then record."""
    if run.say(settings["say"]):
        return
    if run.in_writing:
        run.set_timer(TEXT_SECONDS)
    else:
        _record(run, settings)


def _record(run: Run, settings: Mapping[str, Any]) -> None:
    name = run.new_name("recording")
    run.do(
        Record(
            recording=name,
            max_seconds=settings["max_seconds"],
            silence_seconds=settings["silence_seconds"],
            beep=settings["beep"],
            kept_as=settings.get("variable", ""),  # voicemail has none: it keeps its own
        )
    )
    go_on(run, settings, name)


def go_on(run: Run, settings: Mapping[str, Any], recording: str) -> None:
    """Wait for a recording that has begun."""
    run.state["recording"] = recording
    run.set_timer(settings["max_seconds"] + GRACE_SECONDS)


def recorded(run: Run, settings: Mapping[str, Any], told: Input) -> Kept | None:
    """What there is when it has ended, else None. A key ends what is being said or recorded."""
    match told:
        case PlaybackEnded(playback=playback) if playback == run.state.get("playback"):
            del run.state["playback"]
            _record(run, settings)
        case DigitPressed() if "playback" in run.state:
            run.hush()
            _record(run, settings)
        case DigitPressed() if "recording" in run.state:
            run.do(StopRecording(recording=str(run.state["recording"])))
        case Recorded(recording=name, media=media, seconds=seconds) if name == run.state.get(
            "recording"
        ):
            del run.state["recording"]
            return Kept(media=media, seconds=seconds)
        case TextReceived(text=text) if text.strip() and run.in_writing:
            return Kept(text=text.strip())
        case TimedOut(timer=timer) if timer == run.state.get("timer"):
            del run.state["timer"]
            return Kept()
    return None
