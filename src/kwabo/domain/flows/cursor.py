"""Where a call is in its flow: a frozen value that goes to JSON and back.

It is stored with the call after every step. An engine that takes a call over goes on from it by
`interpreter.resume`, which does the present node again from its begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

VOICE, TEXT = "voice", "text"
MEDIA = (VOICE, TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known when a call comes to its flow."""

    caller: str = ""  # E.164; '': withheld
    called: str = ""  # E.164
    language: str = ""  # remembered of the person; '': none
    medium: str = VOICE
    time_zone: str = "UTC"  # of the organisation's clock
    person: Mapping[str, str] = field(default_factory=dict)  # known fields, `segment` among them
    contact: Mapping[str, str] = field(default_factory=dict)  # columns, in a call of a campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A flow that has run another one, and waits for its end."""

    flow_id: str
    node: str
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """See the module."""

    flow_id: str  # whose document is at work
    node: str
    state: Mapping[str, str | int] = field(default_factory=dict)  # the node's own
    variables: Mapping[str, str] = field(default_factory=dict)
    frames: tuple[Frame, ...] = ()  # the outermost first
    facts: Facts
    language: str
    versions: Mapping[str, int] = field(default_factory=dict)  # of every flow, by id
    count: int = 0  # names given so far
    steps: int = 0
    visits: Mapping[str, int] = field(default_factory=dict)
    used_seconds: float = 0.0
    since: datetime | None = None  # since when time counts; None: it does not
    limit_timer: str = ""
    typed: str = ""  # a key pressed before it was asked for
    failure: str = ""  # why the call is on its way from `on_error`


def to_json(cursor: Cursor) -> dict[str, Any]:
    """The cursor as JSON."""
    found = asdict(cursor)
    found["since"] = cursor.since.isoformat() if cursor.since else None
    found["frames"] = [asdict(frame) for frame in cursor.frames]
    return found


def of_json(written: Mapping[str, Any]) -> Cursor:
    """The cursor of its JSON. Raises KeyError, TypeError or ValueError when it is none."""
    since = written.get("since")
    return Cursor(
        **{
            **written,
            "facts": Facts(**written["facts"]),
            "frames": tuple(Frame(**frame) for frame in written.get("frames") or ()),
            "since": datetime.fromisoformat(since) if since else None,
        }
    )
