"""Let somebody with a code record the library's prompts by telephone, one after the other.

The caller keys a code, is told what is asked for, speaks after a tone, hears the take and keeps it
(1), records it again (2) or goes on without it (#); * ends. While the caller is told what is asked
for, # goes on without it, any other key brings the tone at once; while it is recorded any key ends
it. What is kept is stored before the next prompt is asked for: a call that breaks off loses the
take that was not kept, and no more.

The world outside knows codes and lists; here is only which prompt is at work. Of the node's state
`LASTING` outlives the engine: the next one goes on with the same prompt, and keeps again what was
being kept, which is then kept once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from kwabo.domain.flows.actions import (
    DropRecording,
    KeepRecording,
    NextRecording,
    OpenRecordings,
    Record,
    StopRecording,
)
from kwabo.domain.flows.asking import SILENCE, answer, wait
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import (
    DigitPressed,
    Input,
    PlaybackEnded,
    Recorded,
    RecordingTold,
    TimedOut,
)
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.parts import NumberPart, Part, PromptPart, SoundPart
from kwabo.domain.flows.record_prompts_words import (
    CHOOSE,
    CODE,
    SILENT,
    SORRY,
    SPEAK,
    THANKS,
    WRONG,
    own_words,
)
from kwabo.domain.flows.recording import GRACE_SECONDS, UNKEPT

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run

TAKE: Final = "take"  # names of recordings that this node makes begin so
CODE_DIGITS: Final = 6
KEEP, AGAIN, ON, END = "1", "2", "#", "*"
MOST_UNHEARD: Final = 3  # times in a row that nothing is said or pressed
SHORTEST_SECONDS: Final = 0.3  # a take that is shorter holds nothing
ANSWER_SECONDS: Final = 30.0  # the world's, for a code or a take; converting one takes a second
# Why a take is recorded once more, instead of ending the call.
UNHEARD: Final = frozenset({"AUDIO_SILENT", "AUDIO_TOO_SHORT"})


class RecordPrompts(NodeType):
    """See the module."""

    name: ClassVar[str] = "record_prompts"
    asks: ClassVar[bool] = True
    decides: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"failed": "refused"}
    lasting: ClassVar[tuple[str, ...]] = (
        "session",
        "position",  # of the prompt at work, in the list
        "phase",
        "take",  # name of the last recording
        UNKEPT,  # its sound, while the caller decides about it
        "media",  # the same, while it is being kept
        "way",  # by which the node is left once the last words are said
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="say", kind=Kind.PARTS),  # asks for the code
        Field(name="wrong", kind=Kind.PARTS),
        Field(name="speak", kind=Kind.PARTS),
        Field(name="choose", kind=Kind.PARTS),
        Field(name="silent", kind=Kind.PARTS),
        Field(name="thanks", kind=Kind.PARTS),
        Field(name="sorry", kind=Kind.PARTS),
        Field(name="tries", kind=Kind.WHOLE, default=3, least=1, most=3),
        Field(name="seconds", kind=Kind.WHOLE, default=8, least=3, most=60),
        Field(name="max_seconds", kind=Kind.WHOLE, default=60, least=5, most=115),
        Field(name="silence_seconds", kind=Kind.WHOLE, default=6, least=1, most=30),
    )

    def ways(self, settings: Settings) -> Ways:
        """All is recorded; the code was not right; it could not be stored or the caller is mute."""
        return Ways(needed=("done", "refused"), possible=("failed",))

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Ask for the code; in writing nobody can speak."""
        if run.in_writing:
            return "failed"
        _ask_code(run, settings, ())
        return None

    def resume(self, run: Run, settings: Settings, recording: str) -> str | None:
        """Go on with the prompt at work; without one ask for the code anew."""
        if not _session(run):
            run.state.clear()
            return self.enter(run, settings)
        if recording:
            _await_take(run, settings, recording)
        elif run.state.get("phase") == "keeping":
            _keep(run)
        elif run.state.get("phase") == "choosing":
            _choose(run, settings)
        elif run.state.get("phase") == "leaving":
            return str(run.state.get("way", "failed"))
        else:
            _next(run, run.counted("position") - 1)
        return None

    def left(self, run: Run, settings: Settings) -> None:
        """The caller has hung up: what was to be kept is, also by an engine that comes after."""
        if run.state.get("phase") == "keeping":
            _keep(run)

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """What has happened, by what is at work."""
        match run.state.get("phase"):
            case "code":
                return _code(run, settings, told)
            case "opening" | "asking" | "keeping" as phase:
                return _told(run, settings, told, phase)
            case "telling":
                return _telling(run, settings, told)
            case "recording":
                return _recording(run, settings, told)
            case "choosing":
                return _choosing(run, settings, told)
            case "leaving":
                return _leaving(run, told)
        return None


# ── The code ─────────────────────────────────────────────────────────────────────────────────────


def _ask_code(run: Run, settings: Settings, before: tuple[Part, ...]) -> None:
    run.state |= {"phase": "code", "digits": ""}
    if not run.say_parts((*before, *_words(run, settings, "say", CODE))):
        wait(run, settings["seconds"])


def _code(run: Run, settings: Settings, told: Input) -> str | None:
    given = answer(run, told, settings["seconds"])
    if given is None:
        return None
    digits = str(run.state.get("digits", ""))
    if given.isdecimal():
        digits += given
        run.state["digits"] = digits
        if len(digits) < CODE_DIGITS:
            wait(run, settings["seconds"])
            return None
    if len(digits) < CODE_DIGITS:  # silence, or a key that is no digit
        return _wrong_code(run, settings, said=bool(digits) or given != SILENCE)
    run.state["digits"] = ""
    question = _ask_the_world(run, "opening")
    run.do(OpenRecordings(question=question, code=digits))
    return None


def _wrong_code(run: Run, settings: Settings, *, said: bool) -> str | None:
    asked = run.counted("tries", 1) + 1
    if asked > settings["tries"]:
        return _refuse(run, settings)
    run.state["tries"] = asked
    _ask_code(run, settings, _words(run, settings, "wrong", WRONG) if said else ())
    return None


# ── The world ────────────────────────────────────────────────────────────────────────────────────


def _ask_the_world(run: Run, phase: str) -> str:
    """The name of a question; it is not waited for for ever."""
    question = run.new_name("question")
    run.state |= {"phase": phase, "question": question}
    run.set_timer(ANSWER_SECONDS)
    return question


def _next(run: Run, after: int) -> None:
    question = _ask_the_world(run, "asking")
    run.do(NextRecording(question=question, session_id=_session(run), after=max(0, after)))


def _keep(run: Run) -> None:
    run.state["media"] = run.state.pop(UNKEPT, run.state.get("media", ""))
    question = _ask_the_world(run, "keeping")
    run.do(
        KeepRecording(
            question=question,
            session_id=_session(run),
            position=run.counted("position"),
            take=str(run.state.get("take", "")),
            media=str(run.state.get("media", "")),
        )
    )


def _drop(run: Run) -> None:
    """Nobody wants the last take."""
    run.state.pop("take", None)
    for name in (UNKEPT, "media"):
        media = run.state.pop(name, "")
        if media:
            run.do(DropRecording(media=str(media)))


def _told(run: Run, settings: Settings, told: Input, phase: str) -> str | None:
    match told:
        case TimedOut(timer=timer) if timer == run.state.get("timer"):
            del run.state["timer"]
            return _fail(run, settings)
        case RecordingTold(question=question) if question == run.state.get("question"):
            del run.state["question"]
            run.cancel_timer()
        case _:
            return None
    if phase == "opening" and not told.session_id:
        if told.failure == "CODE":
            return _wrong_code(run, settings, said=True)
        return _refuse(run, settings)
    if told.failure in UNHEARD:
        _drop(run)
        return _unheard(run, settings)
    if told.failure:
        _drop(run)
        return _fail(run, settings)
    for name in ("take", "media", "unheard"):
        run.state.pop(name, None)
    if told.session_id:
        run.state["session"] = told.session_id
    if told.position <= 0:
        return _thank(run, settings)
    _tell(run, settings, told)
    return None


# ── A prompt ─────────────────────────────────────────────────────────────────────────────────────


def _tell(run: Run, settings: Settings, told: RecordingTold) -> None:
    """Say which prompt is asked for, as far as anything says it, then bring the tone."""
    first = "told" not in run.state
    run.state |= {"phase": "telling", "position": told.position, "told": 1}
    parts: list[Part] = []
    if told.of > 1:
        parts.append(NumberPart(value=str(told.position)))
    if told.prompt:
        parts.append(PromptPart(key=told.prompt, instead=dict(told.texts)))
    if first or told.of <= 1:
        parts += _words(run, settings, "speak", SPEAK)
    if not run.say_parts(tuple(parts)):
        _record(run, settings)


def _telling(run: Run, settings: Settings, told: Input) -> str | None:
    match told:
        case PlaybackEnded(playback=playback) if playback == run.state.get("playback"):
            del run.state["playback"]
            _record(run, settings)
        case DigitPressed(digit=digit) if digit:
            run.hush()
            if digit == ON:
                _next(run, run.counted("position"))
            elif digit == END:
                return _thank(run, settings)
            else:
                _record(run, settings)
    return None


def _record(run: Run, settings: Settings) -> None:
    take = run.new_name(TAKE)
    run.do(
        Record(
            recording=take,
            max_seconds=settings["max_seconds"],
            silence_seconds=settings["silence_seconds"],
            beep=True,
        )
    )
    _await_take(run, settings, take)


def _await_take(run: Run, settings: Settings, take: str) -> None:
    run.state |= {"phase": "recording", "recording": take}
    run.set_timer(settings["max_seconds"] + GRACE_SECONDS)


def _recording(run: Run, settings: Settings, told: Input) -> str | None:
    match told:
        case DigitPressed():
            run.do(StopRecording(recording=str(run.state["recording"])))
        case Recorded(recording=take, media=media, seconds=seconds) if take == run.state.get(
            "recording"
        ):
            del run.state["recording"]
            run.cancel_timer()
            if media:
                run.state |= {"take": take, UNKEPT: media}
            if not media or seconds < SHORTEST_SECONDS:
                _drop(run)
                return _unheard(run, settings)
            _choose(run, settings)
        case TimedOut(timer=timer) if timer == run.state.get("timer"):
            del run.state["timer"]
            del run.state["recording"]
            return _unheard(run, settings)
    return None


def _unheard(run: Run, settings: Settings) -> str | None:
    """Nothing was said: once more, but not for ever."""
    if not _patient(run):
        return _fail(run, settings)
    run.state["phase"] = "telling"
    words = _words(run, settings, "silent", SILENT) + _words(run, settings, "speak", SPEAK)
    if not run.say_parts(words):
        _record(run, settings)
    return None


def _patient(run: Run) -> bool:
    run.state["unheard"] = run.counted("unheard") + 1
    return run.counted("unheard") < MOST_UNHEARD


def _choose(run: Run, settings: Settings) -> None:
    """The take, and what may be done with it."""
    run.state["phase"] = "choosing"
    take = SoundPart(media=str(run.state.get(UNKEPT, "")))
    run.say_parts((take, *_words(run, settings, "choose", CHOOSE)))


def _choosing(run: Run, settings: Settings, told: Input) -> str | None:
    given = answer(run, told, settings["seconds"])
    if given is None:
        return None
    if given != SILENCE:
        run.state.pop("unheard", None)
    if given == KEEP:
        _keep(run)
    elif given == AGAIN:
        _drop(run)
        run.state["phase"] = "telling"
        if not run.say_parts(_words(run, settings, "speak", SPEAK)):
            _record(run, settings)
    elif given == ON:
        _drop(run)
        _next(run, run.counted("position"))
    elif given == END:
        _drop(run)
        return _thank(run, settings)
    elif given == SILENCE and not _patient(run):
        _drop(run)
        return _fail(run, settings)
    else:
        _choose(run, settings)
    return None


def _thank(run: Run, settings: Settings) -> str | None:
    return _leave(run, "done", _words(run, settings, "thanks", THANKS))


def _refuse(run: Run, settings: Settings) -> str | None:
    return _leave(run, "refused", _words(run, settings, "wrong", WRONG))


def _fail(run: Run, settings: Settings) -> str | None:
    return _leave(run, "failed", _words(run, settings, "sorry", SORRY))


def _leave(run: Run, way: str, words: tuple[Part, ...]) -> str | None:
    """Say the last words, then go this way."""
    run.cancel_timer()
    run.state |= {"phase": "leaving", "way": way}
    return None if run.say_parts(words) else way


def _leaving(run: Run, told: Input) -> str | None:
    match told:
        case PlaybackEnded(playback=playback) if playback == run.state.get("playback"):
            del run.state["playback"]
        case DigitPressed(digit=digit) if digit:
            run.hush()
        case _:
            return None
    return str(run.state.get("way", "failed"))


def _session(run: Run) -> str:
    return str(run.state.get("session", ""))


def _words(run: Run, settings: Settings, name: str, key: str) -> tuple[Part, ...]:
    """What the flow says; where it says nothing, the product's own words."""
    return run.parts(settings[name]) if settings[name] else (own_words(key),)
