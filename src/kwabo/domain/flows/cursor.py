"""Where a call is in its flow: a frozen value that goes to JSON and back.

It is stored with the call after every step. An engine that takes a call over goes on from it by
`interpreter.resume`, which does the present node again from its begin, but goes on with what is
being recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
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
    found: dict[str, Any] = {one.name: getattr(cursor, one.name) for one in fields(cursor)}
    found["facts"] = {one.name: getattr(cursor.facts, one.name) for one in fields(cursor.facts)}
    found["since"] = cursor.since.isoformat() if cursor.since else None
    found["frames"] = [asdict(frame) for frame in cursor.frames]
    return found


def of_json(written: Mapping[str, Any]) -> Cursor:
    """The cursor of its JSON. Raises KeyError, TypeError or ValueError when it is none."""
    since = written.get("since")
    frames = _all(list, written.get("frames", []))
    at = datetime.fromisoformat(since) if since else None
    if at is not None and at.tzinfo is None:
        raise ValueError("since")
    return Cursor(
        flow_id=_one(str, written["flow_id"]),
        node=_one(str, written["node"]),
        state=_named((str, int), written.get("state", {})),
        variables=_named((str,), written.get("variables", {})),
        frames=tuple(
            Frame(
                flow_id=_one(str, frame["flow_id"]),
                node=_one(str, frame["node"]),
                variables=_named((str,), frame["variables"]),
            )
            for frame in frames
        ),
        facts=facts_of(written["facts"]),
        language=_one(str, written["language"]),
        versions=_named((int,), written.get("versions", {})),
        count=_one(int, written.get("count", 0)),
        steps=_one(int, written.get("steps", 0)),
        visits=_named((int,), written.get("visits", {})),
        used_seconds=float(_one((int, float), written.get("used_seconds", 0.0))),
        since=at,
        limit_timer=_one(str, written.get("limit_timer", "")),
        typed=_one(str, written.get("typed", "")),
        failure=_one(str, written.get("failure", "")),
    )


def facts_of(written: Mapping[str, Any]) -> Facts:
    """Facts of their JSON. Raises TypeError or ValueError when it is none."""
    given: dict[str, Any] = {
        name: _named((str,), value) if name in ("person", "contact") else _one(str, value)
        for name, value in written.items()
    }
    return Facts(**given)


def _one(kinds: type[Any] | tuple[type[Any], ...], value: Any) -> Any:
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise ValueError(f"{value!r:.50} is not one of {kinds}")
    return value


def _all(kind: type[Any], value: Any) -> Sequence[Mapping[str, Any]]:
    return [_one(dict, one) for one in _one(kind, value)]


def _named(kinds: tuple[type[Any], ...], value: Any) -> dict[str, Any]:
    return {str(name): _one(kinds, one) for name, one in _one(dict, value).items()}
