"""One step at work: what nodes see of the call and what they have done about it.

Made from a cursor, changed by nodes, made a cursor again; nobody keeps it between steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from kwabo.domain.compliance.zones import zone
from kwabo.domain.flows.actions import (
    Action,
    CancelTimer,
    DropRecording,
    HangUp,
    LeaveQueue,
    Say,
    SetTimer,
    StopRecording,
    StopSaying,
)
from kwabo.domain.flows.condition_check import holds_of
from kwabo.domain.flows.cursor import TEXT, Cursor, Frame
from kwabo.domain.flows.document import AFTER_ERROR, DEEPEST, Limits
from kwabo.domain.flows.fields import texts
from kwabo.domain.flows.flow import Flow, Node, ReadDocument
from kwabo.domain.flows.outcomes import HUNG_UP
from kwabo.domain.flows.parts import VALUE_PARTS, Part, PromptPart, TextPart
from kwabo.domain.flows.recording import UNKEPT
from kwabo.domain.flows.templates import filled
from kwabo.domain.flows.values import local_text, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A node that was entered, and the way that led there."""

    flow_id: str
    node: str
    way: str  # '': the begin; `call`, `return`: by a flow run; `error`: from a limit or an error


class Run:
    """See the module."""

    def __init__(self, flow: Flow, cursor: Cursor, now: datetime) -> None:
        self.flow = flow
        self.now = now
        self.cursor = cursor  # without what stands below
        self.state: dict[str, str | int] = dict(cursor.state)
        self.variables: dict[str, str] = dict(cursor.variables)
        self.language = cursor.language
        self.count = cursor.count
        self.actions: list[Action] = []
        self.trail: list[Passed] = []
        self.outcome = ""  # not '': the flow is over
        self.jump: tuple[str, str] | None = None  # to a node of another flow, and by which way

    # ── What nodes see ───────────────────────────────────────────────────────────────────────────

    @property
    def document(self) -> ReadDocument:
        """The document at work."""
        return self.flow.documents[self.cursor.flow_id]

    @property
    def node(self) -> Node | None:
        """The present node."""
        return self.document.nodes.get(self.cursor.node)

    @property
    def in_writing(self) -> bool:
        """Whether this is a written conversation."""
        return self.cursor.facts.medium == TEXT

    @property
    def local(self) -> datetime:
        """Now, by the organisation's clock."""
        return self.now.astimezone(zone(self.cursor.facts.time_zone) or UTC)

    def found(self, source: str, name: str) -> str:
        """The value of a name; '' when there is none."""
        facts = self.cursor.facts
        match source:
            case "variable":
                return self.variables.get(name, "")
            case "person":
                return facts.person.get(name, "")
            case "contact":
                return facts.contact.get(name, "")
        match name:
            case "caller":
                return facts.caller
            case "called":
                return facts.called
            case "language":
                return self.language
            case "medium":
                return facts.medium
            case "now":
                return local_text(self.local)
            case "date":
                return f"{self.local:%Y-%m-%d}"
            case "time":
                return f"{self.local:%H:%M}"
        return ""

    def text(self, template: str) -> str:
        """A template filled in."""
        return filled(template, self.found)

    def holds(self, condition: Mapping[str, Any] | None) -> bool:
        """Whether a condition holds; a malformed one never does."""
        return holds_of(condition, self.found, local_text(self.local))

    def parts(self, written: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
        """An utterance with its values; what has no value is left out."""
        found: list[Part] = []
        for one in written:
            when = one.get("when")
            if when is not None and not self.holds(when if isinstance(when, Mapping) else {}):
                continue
            if isinstance(one.get("parts"), list | tuple):
                found.extend(self.parts(p for p in one["parts"] if isinstance(p, Mapping)))
                continue
            part = self._part(one)
            if part is not None:
                found.append(part)
        return tuple(found)

    def _part(self, one: Mapping[str, Any]) -> Part | None:
        written = one.get("language")
        language = written if isinstance(written, str) else ""
        if isinstance(one.get("prompt"), str) and one["prompt"]:
            values = texts(one.get("values"))
            filled_in = {name: self.text(value) for name, value in values.items()}
            return PromptPart(key=one["prompt"], values=filled_in, language=language)
        if isinstance(one.get("text"), Mapping):
            return self.text_part(texts(one["text"]), language)
        for name, kind in VALUE_PARTS.items():
            if isinstance(one.get(name), str):
                value = read(name, self.text(one[name]))
                return kind(value=value, language=language) if value else None
        return None

    def text_part(self, by_language: Mapping[str, str], language: str = "") -> TextPart | None:
        """Words in this language (else in that of the call, else in the flow's first that there
        is), and the same in the others.
        """
        told = {one: self.text(words) for one, words in by_language.items()}
        told = {one: words for one, words in told.items() if words.strip()}
        asked = language or self.language
        for found in (asked, self.language, *self.document.languages, *told):
            if found in told:
                text = told.pop(found)
                return TextPart(
                    text=text, language=language if found == asked else found, instead=told
                )
        return None

    # ── What nodes do ────────────────────────────────────────────────────────────────────────────

    def do(self, *actions: Action) -> None:
        """Have these done."""
        self.actions.extend(actions)

    def new_name(self, what: str) -> str:
        """A name that nothing else has in this call."""
        self.count += 1
        return f"{what}-{self.count}"

    def say(self, written: Iterable[Mapping[str, Any]], *, interruptible: bool = True) -> bool:
        """Say parts; whether their end is to be waited for, as `state["playback"]`."""
        return self.say_parts(self.parts(written), interruptible=interruptible)

    def say_parts(self, parts: tuple[Part, ...], *, interruptible: bool = True) -> bool:
        """See `say`."""
        self.hush()
        if not parts:
            return False
        name = self.new_name("say")
        self.do(
            Say(playback=name, parts=parts, language=self.language, interruptible=interruptible)
        )
        if self.in_writing:
            return False
        self.state["playback"] = name
        return True

    def hush(self) -> None:
        """Stop saying what is being said."""
        playback = self.state.pop("playback", None)
        if playback is not None:
            self.do(StopSaying(playback=str(playback)))

    def set_timer(self, seconds: float) -> None:
        """The node's timer: `state["timer"]`."""
        self.cancel_timer()
        self.state["timer"] = self.new_name("timer")
        self.do(SetTimer(timer=str(self.state["timer"]), seconds=seconds))

    def cancel_timer(self) -> None:
        """Stop the node's timer."""
        timer = self.state.pop("timer", None)
        if timer is not None:
            self.do(CancelTimer(timer=str(timer)))

    def set(self, name: str, value: str) -> None:
        """Give a variable a value of its type; one that does not fit empties it."""
        variable = self.document.variables.get(name)
        if variable is not None:
            self.variables[name] = read(variable.type, value)

    def counted(self, name: str, first: int = 0) -> int:
        """A number of the node's state."""
        value = self.state.get(name, first)
        return value if isinstance(value, int) else first

    def take_typed(self) -> str:
        """The key that was pressed before it was asked for, if any."""
        typed = self.cursor.typed
        self.cursor = replace(self.cursor, typed="")
        return typed

    def type_ahead(self, digit: str) -> None:
        """Keep a key for the next node that asks for one."""
        self.cursor = replace(self.cursor, typed=digit)

    def end(self, outcome: str, *, hang_up: bool = True) -> None:
        """The flow is over."""
        self.leave()
        if self.cursor.limit_timer:
            self.do(CancelTimer(timer=self.cursor.limit_timer))
        if hang_up:
            self.do(HangUp())
        self.outcome = (
            self.cursor.failure if outcome == HUNG_UP and self.cursor.failure else outcome
        )

    def leave(self) -> None:
        """End whatever the present node has under way."""
        self.hush()
        self.cancel_timer()
        if "recording" in self.state:
            self.do(StopRecording(recording=str(self.state["recording"])))
        if UNKEPT in self.state:
            self.do(DropRecording(media=str(self.state[UNKEPT])))
        if "queue" in self.state:
            self.do(LeaveQueue())
        self.state = {}

    def run_flow(self, flow_id: str, values: Mapping[str, str]) -> str | None:
        """Run another flow; the way `error` when that cannot be."""
        document = self.flow.documents.get(flow_id)
        if document is None or len(self.cursor.frames) >= DEEPEST:
            return "error"
        frame = Frame(
            flow_id=self.cursor.flow_id, node=self.cursor.node, variables=dict(self.variables)
        )
        self.cursor = replace(self.cursor, frames=(*self.cursor.frames, frame), flow_id=flow_id)
        self.variables = first_values(document)
        for name, value in values.items():
            self.set(name, value)
        self.jump = (document.start, "call")
        return None

    def return_from_flow(self) -> Mapping[str, str] | None:
        """Go back to the flow that has run this one; its variables. None: there is none."""
        if not self.cursor.frames:
            return None
        *frames, last = self.cursor.frames
        results = self.variables
        self.variables = dict(last.variables)
        self.cursor = replace(
            self.cursor, frames=tuple(frames), flow_id=last.flow_id, node=last.node
        )
        return results

    # ── Limits ───────────────────────────────────────────────────────────────────────────────────

    @property
    def limits(self) -> Limits:
        """Of the main flow; few after an error."""
        return AFTER_ERROR if self.cursor.failure else self.flow.main.limits

    @property
    def used_seconds(self) -> float:
        """So long the call is in the flow by now, waiting for agents not counted."""
        since = self.cursor.since
        more = (self.now - since).total_seconds() if since else 0.0
        return self.cursor.used_seconds + max(0.0, more)

    def pause_clock(self) -> None:
        """Time does not count from now on: the caller waits for an agent."""
        used = self.used_seconds
        if self.cursor.limit_timer:
            self.do(CancelTimer(timer=self.cursor.limit_timer))
        self.cursor = replace(self.cursor, used_seconds=used, since=None, limit_timer="")

    def start_clock(self) -> None:
        """Time counts from now on."""
        if self.cursor.limit_timer:
            self.do(CancelTimer(timer=self.cursor.limit_timer))
        used = self.used_seconds
        name = self.new_name("limit")
        self.cursor = replace(self.cursor, used_seconds=used, since=self.now, limit_timer=name)
        self.do(SetTimer(timer=name, seconds=max(0.0, self.limits.seconds - used)))

    def frozen(self) -> Cursor:
        """The cursor after this step."""
        return replace(
            self.cursor,
            state=dict(self.state),
            variables=dict(self.variables),
            language=self.language,
            count=self.count,
        )


def first_values(document: ReadDocument) -> dict[str, str]:
    """The values that variables begin with."""
    return {name: read(one.type, one.value) for name, one in document.variables.items()}
