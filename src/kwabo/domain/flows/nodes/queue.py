"""Have the caller wait for an agent, with ways out by key or when it takes too long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import EnterQueue
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import QUEUE_REASONS, DigitPressed, Input, QueueLeft, TimedOut
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run

_REASONS = ("full", "no_agents", "closed", "error")


class Queue(NodeType):
    """See the module."""

    name: ClassVar[str] = "queue"
    asks: ClassVar[bool] = True
    ends: ClassVar[bool] = True
    decides: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {
        "full": "timeout", "no_agents": "timeout", "closed": "timeout", "error": "timeout",
    }  # fmt: skip
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="queue_id", kind=Kind.REFERENCE, noun="queue", required=True),
        Field(name="priority", kind=Kind.WHOLE, default=0, least=-100, most=100),
        Field(name="skills", kind=Kind.NAMES, noun="skill"),
        Field(name="by_language", kind=Kind.FLAG, default=True),  # agents of the call's language
        Field(name="preferred_agent", kind=Kind.TEMPLATE),
        Field(name="seconds", kind=Kind.WHOLE, default=600, least=5, most=86_400),
        Field(name="music", kind=Kind.REFERENCE, noun="prompt"),  # '': the queue's own
        Field(name="announcement", kind=Kind.PARTS),
        Field(name="announce_seconds", kind=Kind.WHOLE, default=0, least=0, most=3_600),
        Field(name="announce_position", kind=Kind.FLAG),
        Field(name="announce_wait", kind=Kind.FLAG),
        Field(
            name="offers",  # keys by which a waiting caller leaves: a callback, voicemail …
            kind=Kind.LIST,
            most=12,
            fields=(Field(name="key", kind=Kind.KEY, required=True),),
        ),
    )

    def ways(self, settings: Settings) -> Ways:
        """Out of the queue without an agent; with one the flow is over."""
        keys = dict.fromkeys(offer["key"] for offer in settings["offers"])
        return Ways(needed=("timeout", *filter(None, keys)), possible=_REASONS)

    def check(self, settings: Settings, checking: Checking) -> None:
        """Keys are used once."""
        checking.once([offer["key"] for offer in settings["offers"]], "offers", "key")

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Put the caller into the queue; time does not count meanwhile."""
        run.pause_clock()
        run.state["queue"] = settings["queue_id"]
        run.do(
            EnterQueue(
                queue_id=settings["queue_id"],
                priority=settings["priority"],
                skills=settings["skills"],
                language=run.language if settings["by_language"] else "",
                preferred_agent=run.text(settings["preferred_agent"]),
                music=settings["music"],
                announcement=run.parts(settings["announcement"]),
                announce_seconds=settings["announce_seconds"],
                announce_position=settings["announce_position"],
                announce_wait=settings["announce_wait"],
            )
        )
        run.set_timer(settings["seconds"])
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """A key, the end of the wait."""
        way: str | None = None
        match told:
            case QueueLeft(reason=reason):
                run.state.pop("queue", None)
                way = reason if reason in QUEUE_REASONS else "error"
            case TimedOut(timer=timer) if timer == run.state.get("timer"):
                del run.state["timer"]
                way = "timeout"
            case DigitPressed(digit=digit) if digit and digit in {
                offer["key"] for offer in settings["offers"]
            }:
                way = digit
        if way is not None:
            run.start_clock()
        return way
