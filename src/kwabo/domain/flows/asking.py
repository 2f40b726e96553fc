"""Saying something and waiting for a key or a message: what menus and questions share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from kwabo.domain.flows.inputs import DigitPressed, Input, PlaybackEnded, TextReceived, TimedOut

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run

SILENCE: Final = ""  # nothing came in time
TEXT_SECONDS: Final = 600  # so long an answer in writing is waited for
MOST_TRIES: Final = 9
ANSWERS: Final = 40  # a node takes no more answers than this, repeats among them

Parts = Iterable[Mapping[str, Any]]


def ask(run: Run, written: Parts, seconds: float) -> None:
    """Say parts, then wait `seconds` for an answer."""
    if not run.say(written):
        wait(run, seconds)


def wait(run: Run, seconds: float) -> None:
    """Wait for an answer, in writing for longer."""
    run.set_timer(TEXT_SECONDS if run.in_writing else seconds)


def answer(run: Run, told: Input, seconds: float) -> str | None:
    """The key or the message that has come, `SILENCE`, or None when it was something else."""
    match told:
        case PlaybackEnded(playback=playback) if playback == run.state.get("playback"):
            del run.state["playback"]
            wait(run, seconds)
        case TimedOut(timer=timer) if timer == run.state.get("timer"):
            del run.state["timer"]
            return SILENCE
        case DigitPressed(digit=digit) if digit and not run.in_writing:
            run.hush()
            run.cancel_timer()
            return digit
        case TextReceived(text=text) if text.strip() and run.in_writing:
            run.cancel_timer()
            return text.strip()
    return None


def try_again(run: Run, tries: int, apology: Parts, question: Parts, seconds: float) -> bool:
    """Ask once more after a wrong or missing answer; False when that was the last time."""
    asked = run.counted("tries", 1) + 1
    if asked > tries:
        return False
    run.state["tries"] = asked
    ask(run, (*apology, *question), seconds)
    return True
