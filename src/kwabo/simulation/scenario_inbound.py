# ruff: noqa: RUF009 (the calls make fields, which say how their keys are read)
"""The tables of a scenario that concern callers: queues, and who calls in for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kwabo.domain.routing.announcements import AnnouncementKind
from kwabo.domain.routing.settings import AfterCall
from kwabo.domain.routing.values import Evaluation, OverflowWhen
from kwabo.simulation import keys
from kwabo.simulation.distributions import Distribution, Lognormal
from kwabo.simulation.durations import duration

_HIGHEST_LEVEL = 5


def skill_levels() -> Any:
    """Skill → level from 1 to 5."""
    read = keys.read_number(1, _HIGHEST_LEVEL, whole=True)

    def reader(reading: keys.Reading, name: str, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return reading.wrong(name, "is not a table.", "Write e.g. { billing = 3 }.")
        found = {str(skill): read(reading, f"{name}.{skill}", at) for skill, at in value.items()}
        return {skill: level for skill, level in found.items() if level is not keys.WRONG}

    return keys.key(reader, {}, "", {})


def _document(reading: keys.Reading, name: str, value: Any) -> Any:
    """A flow's document, from a JSON file beside the scenario."""
    if not isinstance(value, str) or not value:
        return reading.wrong(name, "is not the name of a file.", "Name a JSON file of a flow.")
    try:
        document = json.loads((reading.folder / value).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return reading.wrong(name, f"'{value}' cannot be read: {error}.", "Export a flow as JSON.")
    if not isinstance(document, dict):
        return reading.wrong(name, f"'{value}' is no flow.", "Export a flow as JSON.")
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueMember:
    """A team that serves a queue."""

    team: str = keys.text(required="Name the team.")
    ring: int = keys.whole(1, 1, 6)  # from which ring on it is asked
    rank: int = keys.whole(1, 1, 100)  # 1 is asked first


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRing:
    """A bullseye ring; calls begin in the first."""

    seconds: int = keys.whole(0, 0, 3600)  # until the next one opens; the last one's say nothing
    drops: tuple[str, ...] = keys.names()  # skills that are not asked for from here on


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueOverflow:
    """A way to another queue."""

    to: str = keys.text(required="Name the queue.")
    when: str = keys.choice(
        OverflowWhen.WAIT, tuple(str(one) for one in OverflowWhen if one != "expected_wait")
    )
    seconds: int = keys.whole(60, 0, 86_400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A queue; the keys are those of a real one."""

    name: str = keys.text(required="Give the queue a name.")
    members: tuple[QueueMember, ...] = keys.many(
        QueueMember, required="Write [[queues.members]] at least once."
    )
    evaluation: str = keys.choice(Evaluation.ALL, tuple(map(str, Evaluation)))
    rings: tuple[QueueRing, ...] = keys.many(QueueRing, (QueueRing(),))
    priority: int = keys.whole(0, 0, 100)
    ageing_seconds: int = keys.whole(60, 0, 3600)
    overflow: tuple[QueueOverflow, ...] = keys.many(QueueOverflow)
    max_waiting: int | None = keys.maybe_whole(0, 10_000)
    max_wait_seconds: int | None = keys.maybe_whole(1, 86_400)
    keep_free: int = keys.whole(0, 0, 1000)
    outbound_below_seconds: int | None = keys.maybe_whole(1, 3600)
    service_level_seconds: int = keys.whole(20, 1, 3600)
    service_level_share: float = keys.share(0.8)
    short_abandon_seconds: int = keys.whole(5, 0, 60)
    after_call: str = keys.choice(AfterCall.MANDATORY_TIMEOUT, tuple(map(str, AfterCall)))
    after_call_seconds: int = keys.whole(30, 1, 3600)
    announce: str = keys.choice(AnnouncementKind.ABOUT, tuple(map(str, AnnouncementKind)))
    announce_every_seconds: int = keys.whole(45, 10, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundRate:
    """How many calls come in from a time of the day on."""

    at: float = keys.moment(0.0)
    calls_per_hour: float = keys.number(
        0.0, 0.0, 100_000.0, required="Say how many calls come in an hour."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundKey:
    """A key that a caller presses."""

    key: str = keys.choice("1", tuple("0123456789*#"), required="Say which key.")
    after: float = keys.number(3.0)  # the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """Callers of one number: they run its flow, and wait in queues for an agent."""

    queue: str = keys.text(required="Name the queue, or the team, that takes them.")
    rates: tuple[InboundRate, ...] = keys.many(
        InboundRate, required="Write [[inbound.rates]] at least once."
    )
    trunk: str = keys.text("main")
    talk: Distribution = duration(Lognormal.of_mean(160.0, 0.8))
    after_call: Distribution = duration(Lognormal.of_mean(20.0, 0.6))
    patience: Distribution = duration(Lognormal.of_mean(120.0, 1.0))  # from the answer
    priority: int = keys.whole(0, -100, 100)
    skills: tuple[str, ...] = keys.names()  # that the agent must have
    language: str = keys.text("")  # that the agent must speak; '': any
    flow: Mapping[str, Any] | None = keys.key(_document, None, "", None)  # None: into the queue
    keys: tuple[InboundKey, ...] = keys.many(InboundKey)
