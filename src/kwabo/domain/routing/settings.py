"""What a queue says, as people set it: how it finds agents, its target, and what callers hear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.reporting.queue_alarms import AlarmTerms
from kwabo.domain.reporting.queue_figures import QueueTarget
from kwabo.domain.routing.announcements import AnnouncementKind
from kwabo.domain.routing.blending import BlendTerms
from kwabo.domain.routing.skills import Skill
from kwabo.domain.routing.values import (
    MOST_RINGS,
    Ending,
    Evaluation,
    LastAgent,
    OverflowRule,
    OverflowWhen,
    QueueTerms,
    Ring,
)

MOST_PRIORITY: Final = 100
MOST_OVERFLOWS: Final = 5
MOST_SEGMENTS: Final = 50
LONGEST_SEGMENT: Final = 100
KEYS: Final = tuple("0123456789*#")  # of a telephone
_DAY: Final = 86_400


class AfterCall(StrEnum):
    """What follows a call."""

    MANDATORY = "mandatory"  # after-call work until the agent ends it
    OPTIONAL = "optional"  # ready at once; the agent may ask for after-call work
    MANDATORY_TIMEOUT = "mandatory_timeout"  # ends by itself; the agent may end it before
    MANDATORY_FORCED_TIMEOUT = "mandatory_forced_timeout"  # ends by itself, not before
    AGENT_REQUESTED = "agent_requested"  # only when asked for during the call


class CallbackFirst(StrEnum):
    """Who is called first when a caller's kept place comes up."""

    CUSTOMER = "customer"
    AGENT = "agent"


class Arrival(StrEnum):
    """How a caller comes to an agent."""

    AT_ONCE = "at_once"  # joined as soon as the agent is free
    ASKED = "asked"  # the desk rings; the agent takes the call or refuses it


class AtClosing(StrEnum):
    """What becomes of callers who still wait when the queue's opening hours end."""

    STAY = "stay"  # served until nobody waits
    LEAVE = "leave"  # their flow goes on by the way `closed`


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSettings:
    """All that a queue says beside its name and members."""

    evaluation: Evaluation = Evaluation.ALL
    rings: tuple[Ring, ...] = (Ring(seconds=0),)
    priority: int = 0
    segment_priorities: Mapping[str, int] = field(default_factory=dict)
    ageing_seconds: int = 60
    preferred_wait_seconds: int = 5
    last_agent: LastAgent = LastAgent.DISABLED
    last_agent_wait_seconds: int = 5
    overflow: tuple[OverflowRule, ...] = ()
    max_waiting: int | None = None
    when_full: Ending = Ending.MESSAGE
    max_wait_seconds: int | None = None
    when_too_long: Ending = Ending.CALLBACK
    schedule_group_id: UUID | None = None  # its opening hours; None: none of its own
    at_closing: AtClosing = AtClosing.STAY
    keep_free: int = 0
    outbound_below_seconds: int | None = None
    service_level_seconds: int = 20
    service_level_share: float = 0.8
    short_abandon_seconds: int = 5
    alarm_service_level: bool = True  # when half an hour's is below the share
    alarm_wait_seconds: int | None = None  # when somebody waits longer; None: no alarm
    after_call: AfterCall = AfterCall.MANDATORY_TIMEOUT
    after_call_seconds: int = 30
    arrival: Arrival = Arrival.AT_ONCE
    arrival_tone: bool = True  # at once: the agent hears a tone before the caller
    whisper_prompt: str = ""  # key of a prompt that the agent alone hears before; '': none
    alert_seconds: int = 15  # asked: after so long without an answer the agent is paused
    music_prompt_id: UUID | None = None  # None: the switch's own
    announce: AnnouncementKind = AnnouncementKind.ABOUT
    announce_every_seconds: int = 45
    callback_after_seconds: int | None = None  # None: no callback is offered
    callback_first: CallbackFirst = CallbackFirst.CUSTOMER
    callback_key: str = "1"  # by which a waiting caller takes the offer
    callback_tries: int = 3  # calls until one reaches the person
    callback_retry_seconds: int = 300  # between two of them
    callback_expires_seconds: int = 14_400  # after the promise

    def terms(self, queue_id: UUID) -> QueueTerms:
        """For the matching."""
        return QueueTerms(
            queue_id=queue_id,
            evaluation=self.evaluation,
            rings=self.rings,
            priority=self.priority,
            segment_priorities=self.segment_priorities,
            ageing_seconds=self.ageing_seconds,
            preferred_wait_seconds=self.preferred_wait_seconds,
            last_agent=self.last_agent,
            last_agent_wait_seconds=self.last_agent_wait_seconds,
            overflow=self.overflow,
            max_waiting=self.max_waiting,
            when_full=self.when_full,
            max_wait_seconds=self.max_wait_seconds,
            when_too_long=self.when_too_long,
        )

    def blend(self) -> BlendTerms:
        """For sharing idle agents with outbound calls."""
        return BlendTerms(self.keep_free, self.outbound_below_seconds)

    def target(self) -> QueueTarget:
        """For the queue's figures."""
        return QueueTarget(
            seconds=float(self.service_level_seconds),
            share=self.service_level_share,
            short_abandon_seconds=float(self.short_abandon_seconds),
        )

    def alarm_terms(self) -> AlarmTerms:
        """When its figures give an alarm."""
        return AlarmTerms(self.alarm_service_level, self.alarm_wait_seconds)

    def document(self) -> dict[str, Any]:
        """As JSON."""
        values = asdict(self)
        values["rings"] = [
            {"seconds": ring.seconds, "drops": sorted(ring.drops)} for ring in self.rings
        ]
        values["overflow"] = [
            {"when": str(one.when), "seconds": one.seconds, "to_queue_id": str(one.to_queue_id)}
            for one in self.overflow
        ]
        values["segment_priorities"] = dict(self.segment_priorities)
        for name in _IDS:
            values[name] = None if values[name] is None else str(values[name])
        return {
            name: str(value) if isinstance(value, StrEnum) else value
            for name, value in values.items()
        }


_IDS: Final = ("schedule_group_id", "music_prompt_id")
_CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    "evaluation": Evaluation,
    "last_agent": LastAgent,
    "when_full": Ending,
    "when_too_long": Ending,
    "at_closing": AtClosing,
    "after_call": AfterCall,
    "arrival": Arrival,
    "announce": AnnouncementKind,
    "callback_first": CallbackFirst,
}


def settings_of(document: Mapping[str, Any]) -> QueueSettings:
    """The settings of a document; what it does not name has its default."""
    values = dict(document)
    for name, choice in _CHOICES.items():
        if name in values:
            values[name] = choice(values[name])
    if "rings" in values:
        values["rings"] = tuple(
            Ring(one["seconds"], frozenset(map(Skill, one["drops"]))) for one in values["rings"]
        )
    if "overflow" in values:
        values["overflow"] = tuple(
            OverflowRule(OverflowWhen(one["when"]), one["seconds"], UUID(str(one["to_queue_id"])))
            for one in values["overflow"]
        )
    for name in _IDS:
        if values.get(name) is not None:
            values[name] = UUID(str(values[name]))
    return QueueSettings(**values)


_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "priority": (0, MOST_PRIORITY),
    "ageing_seconds": (0, 3600),
    "preferred_wait_seconds": (0, 600),
    "last_agent_wait_seconds": (0, 600),
    "max_waiting": (0, 10_000),
    "max_wait_seconds": (1, _DAY),
    "keep_free": (0, 1000),
    "outbound_below_seconds": (1, 3600),
    "service_level_seconds": (1, 3600),
    "service_level_share": (0.01, 1),
    "short_abandon_seconds": (0, 60),
    "alarm_wait_seconds": (1, _DAY),
    "after_call_seconds": (1, 3600),
    "alert_seconds": (7, 120),
    "announce_every_seconds": (10, 600),
    "callback_after_seconds": (0, 3600),
    "callback_tries": (1, 10),
    "callback_retry_seconds": (60, 3600),
    "callback_expires_seconds": (300, 4 * _DAY),
}


def objections(settings: QueueSettings, queue_id: UUID) -> list[Objection]:
    """Everything that is wrong with them."""
    found: list[Objection] = []
    for name, (least, most) in _RANGES.items():
        value = getattr(settings, name)
        if value is not None and not least <= value <= most:
            found.append(_range(name, least, most))
    if not 1 <= len(settings.rings) <= MOST_RINGS:
        message = f"A queue has 1 to {MOST_RINGS} rings."
        found.append(Objection(field="rings", code="QUEUE_RINGS", message=message))
    for number, ring in enumerate(settings.rings[:-1]):
        if not 1 <= ring.seconds <= 3600:
            found.append(_range(f"rings.{number}.seconds", 1, 3600))
    if len(settings.overflow) > MOST_OVERFLOWS:
        message = f"A queue has at most {MOST_OVERFLOWS} ways of overflow."
        found.append(Objection(field="overflow", code="QUEUE_OVERFLOWS", message=message))
    for number, rule in enumerate(settings.overflow):
        if not 0 <= rule.seconds <= _DAY:
            found.append(_range(f"overflow.{number}.seconds", 0, _DAY))
        if rule.to_queue_id == queue_id:
            message = "Calls cannot overflow to the queue they are in. Choose another queue."
            name = f"overflow.{number}.to_queue_id"
            found.append(Objection(field=name, code="QUEUE_OVERFLOW_SELF", message=message))
    if settings.at_closing is AtClosing.LEAVE and settings.schedule_group_id is None:
        message = "Choose the opening hours at whose end callers leave the queue."
        found.append(Objection(field="schedule_group_id", code="QUEUE_NO_HOURS", message=message))
    if settings.callback_key not in KEYS:
        message = "Choose one key: 0 to 9, * or #."
        found.append(Objection(field="callback_key", code="QUEUE_KEY", message=message))
    found += _segment_objections(settings.segment_priorities)
    return found


def _segment_objections(segments: Mapping[str, int]) -> list[Objection]:
    found = []
    if len(segments) > MOST_SEGMENTS or not all(
        0 < len(name.strip()) <= LONGEST_SEGMENT for name in segments
    ):
        message = f"Name at most {MOST_SEGMENTS} segments of 1 to {LONGEST_SEGMENT} characters."
        found.append(Objection(field="segment_priorities", code="QUEUE_SEGMENTS", message=message))
    found += [
        _range(f"segment_priorities.{name}", -100, 100)
        for name, priority in segments.items()
        if not -100 <= priority <= 100
    ]
    return found


def _range(name: str, least: float, most: float) -> Objection:
    return Objection(
        field=name,
        code="RANGE",
        message=f"Choose a number from {least:,} to {most:,}.",
        details={"least": f"{least}", "most": f"{most}"},
    )
