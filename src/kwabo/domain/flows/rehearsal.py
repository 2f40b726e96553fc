"""Tests that are kept with a flow: scripted keys, clock and data, and what is to come of them.

    {"name": "Solde en fon", "now": "2026-11-27T09:00:00Z",
     "facts": {"caller": "+2290197000001", "language": "fon", "person": {"segment": "or"}},
     "steps": [{"press": "1"}, {"silence": true}],
     "data": {"sources": {ID: {"outputs": {"balance": "1250"}}}, "hours": {ID: "open"},
              "incidents": [{"incident_id": "i1", "texts": {"fr": "Panne"}}],
              "recordings": {"code": "123456", "prompts": 2}},
     "expected": {"trail": ["accueil", "menu", "solde", "dire", "fin"], "outcome": "HUNG_UP",
                  "said": ["amount:1250"], "results": {}}}

A step happens when the flow waits for the caller: `press` (keys one by one), `text` (in writing),
`silence`, `record` (seconds; 0: nothing was said), `queue` and `transfer` (why they ended),
`hang_up`. When there are no more steps the caller is silent. Opening hours that the data do not
name are open, sources give nothing, transfers are connected, any code lets one prompt be recorded.
`"failing": 2` beside a code: what is said for its second prompt cannot be kept.
Everything happens in virtual time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from kwabo.domain.flows.actions import (
    Action,
    AskHours,
    AskIncidents,
    KeepRecording,
    LookUp,
    NextRecording,
    NoteOutcome,
    OpenRecordings,
    Say,
    SetTimer,
    Transfer,
)
from kwabo.domain.flows.cursor import Cursor, Facts
from kwabo.domain.flows.fields import entries, texts
from kwabo.domain.flows.flow import Flow
from kwabo.domain.flows.inputs import (
    CONNECTED,
    OPEN,
    CallerGone,
    DigitPressed,
    HoursTold,
    Incident,
    IncidentsTold,
    Input,
    LookedUp,
    PlaybackEnded,
    QueueLeft,
    Recorded,
    RecordingTold,
    TextReceived,
    TimedOut,
    TransferEnded,
)
from kwabo.domain.flows.interpreter import Step, begin, step
from kwabo.domain.flows.parts import Part, PromptPart, SoundPart, TextPart
from kwabo.domain.flows.wire import part_json

MOST_INPUTS: Final = 2_000  # a rehearsal that goes on longer is given up
SAYING_SECONDS: Final = 2
STEP_NAMES: Final = (
    "press", "text", "silence", "record", "queue", "transfer", "hang_up",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What came of a test."""

    trail: tuple[str, ...]  # ids of nodes, those of flows that it runs left out
    outcome: str  # '': it did not end
    said: tuple[str, ...]  # keys of prompts, words, and values such as amount:1250
    results: Mapping[str, str] = field(default_factory=dict)
    unused: int = 0  # steps that nothing waited for


class _Rehearsal:
    """The virtual world around one call."""

    def __init__(self, flow: Flow, test: Mapping[str, Any], now: datetime) -> None:
        self.flow = flow
        self.now = now
        self.steps = [dict(one) for one in entries(test.get("steps"))]
        data = test.get("data")
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self.trail: list[str] = []
        self.said: list[str] = []
        self.results: dict[str, str] = {}
        self.timers: dict[str, float] = {}
        self.asked: list[Action] = []  # answered at once, in order

    def take(self, done: Step) -> None:
        """Note what a step has done."""
        self.trail += [one.node for one in done.trail if one.flow_id == self.flow.flow_id]
        for action in done.actions:
            match action:
                case Say(parts=parts):
                    self.said += [_told(part) for part in parts]
                case SetTimer(timer=name, seconds=seconds):
                    self.timers[name] = seconds
                case NoteOutcome(name=name, value=value):
                    self.results[name] = value
                case AskHours() | AskIncidents() | LookUp() | Transfer():
                    self.asked.append(action)
                case OpenRecordings() | NextRecording() | KeepRecording():
                    self.asked.append(action)

    def next(self, cursor: Cursor) -> Input:
        """What happens next to a call that is there."""
        if self.asked:
            return self._answered(self.asked.pop(0))
        node = self.flow.documents[cursor.flow_id].nodes.get(cursor.node)
        waits = node is not None and node.type.listens(node.settings)
        if waits and self.steps and "silence" not in self.steps[0]:
            return self._step(cursor)
        return self._silence(cursor, waits=waits)

    def _answered(self, action: Action) -> Input:
        match action:
            case AskHours(question=name, schedule_id=schedule_id):
                state = _mapping(self.data.get("hours")).get(schedule_id, OPEN)
                return HoursTold(question=name, state=str(state))
            case LookUp(lookup=name, source_id=source_id):
                answer = _mapping(_mapping(self.data.get("sources")).get(source_id))
                failure = answer.get("failure")
                return LookedUp(
                    lookup=name,
                    outputs=texts(answer.get("outputs")),
                    failure=failure if isinstance(failure, str) else "",
                )
            case AskIncidents(question=name):
                told = [_incident(one) for one in entries(self.data.get("incidents"))]
                return IncidentsTold(question=name, incidents=tuple(told))
            case OpenRecordings() | NextRecording() | KeepRecording():
                return _recording(action, _mapping(self.data.get("recordings")))
        if self.steps and "transfer" in self.steps[0]:
            return TransferEnded(reason=str(self.steps.pop(0)["transfer"]))
        return TransferEnded(reason=CONNECTED)

    def _step(self, cursor: Cursor) -> Input:
        """The next step, when the call is where it fits."""
        one = self.steps[0]
        self.now += timedelta(seconds=1)
        recording = cursor.state.get("recording")
        if recording is not None and "record" in one:
            seconds = self.steps.pop(0)["record"]
            long = float(seconds) if isinstance(seconds, int | float) else 0.0
            self.now += timedelta(seconds=min(long, 3_600))
            media = "rehearsed" if long > 0 else ""
            return Recorded(recording=str(recording), media=media, seconds=long)
        if "record" in one:  # not yet: the words before it end first
            return self._silence(cursor, waits=False)
        if isinstance(one.get("press"), str) and one["press"]:
            key, one["press"] = one["press"][0], one["press"][1:]
            if not one["press"]:
                self.steps.pop(0)
            return DigitPressed(digit=key)
        self.steps.pop(0)
        if isinstance(one.get("text"), str):
            return TextReceived(text=one["text"])
        if isinstance(one.get("queue"), str):
            return QueueLeft(reason=one["queue"])
        return CallerGone() if one.get("hang_up") else TimedOut(timer="")

    def _silence(self, cursor: Cursor, *, waits: bool) -> Input:
        """What is being said ends, else a timer runs down; that uses a step of silence up."""
        playback = cursor.state.get("playback")
        if playback is not None:
            self.now += timedelta(seconds=SAYING_SECONDS)
            return PlaybackEnded(playback=str(playback))
        timer = str(cursor.state.get("timer") or cursor.limit_timer)
        self.now += timedelta(seconds=self.timers.get(timer, 1))
        if waits and self.steps and "silence" in self.steps[0]:
            self.steps.pop(0)
        return TimedOut(timer=timer)


def rehearse(flow: Flow, test: Mapping[str, Any], *, time_zone: str, now: datetime) -> Rehearsed:
    """Go through the flow as the test says; `now` counts when the test tells no time."""
    told = _mapping(test.get("facts"))
    facts = Facts(
        caller=_text(told.get("caller")),
        called=_text(told.get("called")),
        language=_text(told.get("language")),
        medium="text" if test.get("medium") == "text" else "voice",
        time_zone=time_zone,
        person=texts(told.get("person")),
        contact=texts(told.get("contact")),
    )
    world = _Rehearsal(flow, test, moment_of(test.get("now")) or now)
    done = begin(flow, facts, world.now)
    world.take(done)
    for _ in range(MOST_INPUTS):
        if done.cursor is None:
            break
        done = step(flow, done.cursor, world.next(done.cursor), world.now)
        world.take(done)
    return Rehearsed(
        trail=tuple(world.trail),
        outcome=done.outcome,
        said=tuple(world.said),
        results=world.results,
        unused=len(world.steps),
    )


def moment_of(written: object) -> datetime | None:
    """A moment with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _incident(written: Mapping[str, Any]) -> Incident:
    return Incident(
        incident_id=_text(written.get("incident_id")),
        prompt=_text(written.get("prompt")),
        texts=texts(written.get("texts")),
    )


def _recording(
    action: OpenRecordings | NextRecording | KeepRecording, given: Mapping[str, Any]
) -> RecordingTold:
    """The prompt behind the one at work; the first one of a code."""
    prompts = given.get("prompts")
    of = prompts if isinstance(prompts, int) and prompts > 0 else 1
    match action:
        case OpenRecordings(code=code):
            if given.get("code", code) != code:
                return RecordingTold(question=action.question, failure="CODE")
            position = 1
        case NextRecording(after=after):
            position = after + 1
        case KeepRecording(position=kept):
            if given.get("failing") == kept:
                return RecordingTold(question=action.question, failure="FAILED")
            position = kept + 1
    return RecordingTold(
        question=action.question,
        session_id="rehearsed",
        position=position if position <= of else 0,
        of=of,
        prompt=f"prompt-{position}" if position <= of else "",
    )


def _told(part: Part) -> str:
    match part:
        case PromptPart(key=key):
            return key
        case TextPart(text=words):
            return words
        case SoundPart():
            return "recording"
    return f"{part_json(part)['type']}:{part.value}"


def _mapping(written: object) -> Mapping[str, Any]:
    return written if isinstance(written, Mapping) else {}


def _text(written: object) -> str:
    return written if isinstance(written, str) else ""


def in_order(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Whether all that is wanted stands in this order in what was found, others between."""
    rest = iter(found)
    return all(any(one == other for other in rest) for one in wanted)
