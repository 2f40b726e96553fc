"""What a call keeps of the flow that speaks with the other side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from kwabo.domain.flows.actions import Action
from kwabo.domain.flows.cursor import Cursor, of_json, to_json
from kwabo.domain.flows.flow import Flow
from kwabo.domain.flows.inputs import Input

# Ids of a flow's playbacks and recordings begin so; the attempt's id and a name follow.
SOUNDS: Final = "flow-"
LONGEST_TRAIL = 300  # nodes that are kept of a call
_ID_LENGTH: Final = 36


@dataclass(slots=True, kw_only=True)
class FlowRun:
    """A call in a flow, or what the flow has left of it."""

    flow_id: str
    cursor: Cursor | None = None  # None: it is over, or has not begun
    flow: Flow | None = None  # the version with which the call began; None: another owner's
    outcome: str = ""  # one of `domain.flows.run.OUTCOMES`, when it is over
    results: dict[str, str] = field(default_factory=dict)  # that the flow has noted
    personal: dict[str, str] = field(default_factory=dict)  # likewise, of personal data
    trail: list[dict[str, Any]] = field(default_factory=list)  # nodes passed, with their instants
    first: tuple[Action, ...] = ()  # what it asks once the call is answered
    saying: str = ""  # name of what is being said, or prepared
    timers: set[str] = field(default_factory=set)  # names of those that are waited for

    @property
    def under_way(self) -> bool:
        """Whether the flow still has the call."""
        return self.cursor is not None

    def document(self) -> dict[str, Any]:
        """As it is stored with the attempt."""
        found: dict[str, Any] = {"flow_id": self.flow_id, "trail": self.trail}
        if self.cursor is not None:
            found["cursor"] = to_json(self.cursor)
        for name in ("outcome", "results", "personal"):
            value = getattr(self, name)
            if value:
                found[name] = value
        return found

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> FlowRun | None:
        """The run of a stored document; None when there is none."""
        if not document:
            return None
        try:
            cursor = of_json(document["cursor"]) if document.get("cursor") else None
        except (KeyError, TypeError, ValueError):
            cursor = None  # written by a version that is gone: the caller is heard by nobody
        return cls(
            flow_id=str(document.get("flow_id") or ""),
            cursor=cursor,
            outcome=str(document.get("outcome") or ""),
            results=dict(document.get("results") or {}),
            personal=dict(document.get("personal") or {}),
            trail=list(document.get("trail") or ()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A call of ours that a flow is to speak with."""

    attempt_id: UUID
    flow_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a flow asks of the world outside the floor."""

    attempt_id: UUID
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTold:
    """The world's answer to a flow's question."""

    attempt_id: UUID
    told: Input


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaReady:
    """What is to be said is there as sounds, in order; none when it cannot be said."""

    attempt_id: UUID
    playback: str
    media: tuple[str, ...]


def sound_id(attempt_id: UUID, name: str) -> str:
    """What the switch calls what a flow says or records by this name."""
    return f"{SOUNDS}{attempt_id}-{name}"


def of_sound(sound: str) -> tuple[UUID | None, str]:
    """The attempt and the name of a `sound_id`; no attempt: it is none."""
    told = sound.removeprefix(SOUNDS)
    return uuid_of(told[:_ID_LENGTH]), told[_ID_LENGTH + 1 :]


def uuid_of(written: str) -> UUID | None:
    """The id that was written; None for anything else."""
    try:
        return UUID(written)
    except ValueError:
        return None
