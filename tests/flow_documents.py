"""Flow documents for tests: generated ones, and an executor that answers what a flow asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from kwabo.domain.flows.actions import (
    Action,
    AskHours,
    AskIncidents,
    EnterQueue,
    KeepRecording,
    LookUp,
    NextRecording,
    OpenRecordings,
    Record,
    Say,
    SetTimer,
    StopRecording,
    Transfer,
)
from kwabo.domain.flows.fields import KEYS, Field, Kind, read_all
from kwabo.domain.flows.inputs import (
    HOURS_STATES,
    QUEUE_REASONS,
    TRANSFER_REASONS,
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
from kwabo.domain.flows.nodes import NODE_TYPES

NODE_IDS = ("a", "b", "c", "d", "e")
LANGUAGES = ("fr", "fon")
VARIABLES = (
    {"name": "n", "type": "number", "value": "1"},
    {"name": "t", "type": "text", "personal": True},
    {"name": "d", "type": "date"},
    {"name": "m", "type": "amount"},
)
TEMPLATES = st.sampled_from(
    [
        "",
        "1",
        "{{n}}",
        "{{t}} x",
        "{{call:caller}}",
        "{{person:segment}}",
        "{{contact:nom}}",
        "{{?}}",
    ]
)
STATEMENTS = st.sampled_from(
    [
        {
            "of": "variable", "name": "n", "value_type": "NUMERIC",
            "operator": "LESS_THAN", "value": "3",
        },
        {
            "of": "call", "name": "language", "value_type": "STRING",
            "operator": "EQUALS", "value": "fr",
        },
        {"of": "person", "name": "segment", "value_type": "STRING", "operator": "IS_EMPTY"},
    ]
)  # fmt: skip
GARBAGE: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.integers(-3, 9), st.text(max_size=4), st.booleans(),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)  # fmt: skip


def parts() -> st.SearchStrategy[Any]:
    """Things to say."""
    plain = st.one_of(
        st.builds(lambda key: {"prompt": key}, st.sampled_from(["hello", "bye"])),
        st.builds(lambda text: {"amount": text}, TEMPLATES),
        st.just({"text": {"fr": "Bonjour {{t}}", "fon": "…"}}),
        st.builds(lambda when: {"prompt": "hello", "when": when}, STATEMENTS),
    )
    return st.lists(st.one_of(plain, plain.map(lambda one: {"parts": [one]})), max_size=3)


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """A value that the field may hold."""
    match field.kind:
        case Kind.PARTS:
            return parts()
        case Kind.TEMPLATE:
            return TEMPLATES
        case Kind.WHOLE:
            return st.integers(field.least, field.most)
        case Kind.FLAG:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(field.choices)
        case Kind.KEY:
            return st.sampled_from(KEYS)
        case Kind.NAME:
            return st.sampled_from(["x", "y"])
        case Kind.NAMES:
            return st.lists(st.sampled_from(["vip", "gold"]), min_size=1, max_size=2)
        case Kind.TEXTS:
            return st.just({"fr": "Solde", "fon": "Akwɛ"})
        case Kind.LANGUAGE:
            return st.sampled_from(LANGUAGES)
        case Kind.VARIABLE:
            return st.sampled_from([one["name"] for one in VARIABLES])
        case Kind.REFERENCE:
            return st.sampled_from(["main", "other"] if field.noun == "flow" else ["hello"])
        case Kind.CONDITION:
            return st.one_of(STATEMENTS, st.builds(lambda one: {"not": one}, STATEMENTS))
        case Kind.LIST:
            entry = st.fixed_dictionaries({one.name: value_of(one) for one in field.fields})
            return st.lists(entry, min_size=max(1, field.least), max_size=3)
        case Kind.MAP:
            return st.dictionaries(
                st.sampled_from(["n", "t"]), value_of(field.fields[0]), max_size=2
            )


@st.composite
def nodes(draw: st.DrawFn, node_id: str, *, garbage: bool = True) -> dict[str, Any]:
    """A node of any kind; with `garbage`, settings may be anything and ways lead anywhere."""
    kind = NODE_TYPES[draw(st.sampled_from(sorted(NODE_TYPES)))]
    node: dict[str, Any] = {"id": node_id, "type": kind.name}
    for field in kind.fields:
        wild = garbage and draw(st.integers(0, 9)) == 0
        node[field.name] = draw(GARBAGE if wild else value_of(field))
    names = kind.ways(read_all(kind.fields, node))
    targets = st.sampled_from([*NODE_IDS, "nowhere"] if garbage else NODE_IDS)
    node["ways"] = {way: draw(targets) for way in (*names.needed, *names.possible)}
    if garbage and draw(st.integers(0, 9)) == 0:
        node["ways"] = draw(GARBAGE)
    return node


@st.composite
def documents(draw: st.DrawFn, *, garbage: bool = True) -> dict[str, Any]:
    """A flow of a few nodes."""
    return {
        "languages": list(LANGUAGES),
        "start": "a",
        "on_error": draw(st.sampled_from(["", "e"])),
        "limits": draw(
            st.fixed_dictionaries(
                {
                    "steps": st.integers(1, 60),
                    "seconds": st.integers(1, 300),
                    "visits": st.integers(1, 20),
                }
            )
        ),
        "variables": list(VARIABLES),
        "nodes": [draw(nodes(node_id, garbage=garbage)) for node_id in NODE_IDS],
    }


class Answers:
    """What may come back for everything that a flow has asked for and that has not ended yet."""

    def __init__(self) -> None:
        self.under_way: dict[str, Action] = {}

    def add(self, actions: tuple[Action, ...]) -> None:
        """Keep what has an end."""
        for action in actions:
            match action:
                case Say(playback=name) | SetTimer(timer=name) | LookUp(lookup=name):
                    self.under_way[name] = action
                case AskHours(question=name) | AskIncidents(question=name) | Record(recording=name):
                    self.under_way[name] = action
                case OpenRecordings() | NextRecording() | KeepRecording():
                    self.under_way[action.question] = action
                case EnterQueue() | Transfer():
                    self.under_way[type(action).__name__] = action
                case StopRecording():
                    pass

    @staticmethod
    def of(action: Action, choice: int) -> Input:
        """One of the ways in which an action may end."""
        match action:
            case Say(playback=name):
                return PlaybackEnded(playback=name)
            case SetTimer(timer=name):
                return TimedOut(timer=name)
            case LookUp(lookup=name):
                outputs: Mapping[str, str] = {"n": str(choice)} if choice % 3 else {}
                failure = ("", "", "SLOW", "HTTP_STATUS")[choice % 4]
                return LookedUp(lookup=name, outputs=outputs, failure=failure)
            case AskHours(question=name):
                states = (*HOURS_STATES, "")
                return HoursTold(question=name, state=states[choice % 5])
            case AskIncidents(question=name):
                incident = Incident(incident_id="i1", texts={"fr": "Panne"})
                return IncidentsTold(question=name, incidents=(incident,) * (choice % 3))
            case Record(recording=name):
                media = "rec" if choice % 2 else ""
                return Recorded(recording=name, media=media, seconds=3.0)
            case OpenRecordings() | NextRecording() | KeepRecording():
                return RecordingTold(
                    question=action.question,
                    session_id=("s", "s", "")[choice % 3],
                    position=choice % 4,
                    of=3,
                    prompt="hello",
                    failure=("", "", "", "AUDIO_SILENT", "CODE")[choice % 5],
                )
            case EnterQueue():
                return QueueLeft(reason=QUEUE_REASONS[choice % len(QUEUE_REASONS)])
            case Transfer():
                return TransferEnded(reason=TRANSFER_REASONS[choice % len(TRANSFER_REASONS)])
        raise AssertionError(action)

    def one(self, choice: int, *, in_writing: bool) -> Input:
        """Something that can happen now."""
        if self.under_way and choice % 2 == 0:
            names = list(self.under_way)
            name = names[choice // 2 % len(names)]
            return self.of(self.under_way.pop(name), choice // 2)
        given = (KEYS + " ")[choice // 2 % 13]
        return TextReceived(text=given) if in_writing else DigitPressed(digit=given.strip())
