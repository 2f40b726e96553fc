"""Say something; a key may end it and goes to the next node that asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import DigitPressed, Input, PlaybackEnded
from kwabo.domain.flows.nodes.node_type import NodeType, Settings

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class SayNode(NodeType):
    """See the module."""

    name: ClassVar[str] = "say"
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="say", kind=Kind.PARTS, required=True),
        Field(name="interruptible", kind=Kind.FLAG, default=True),
    )

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Say it."""
        waits = run.say(settings["say"], interruptible=settings["interruptible"])
        return None if waits else "next"

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Go on when all is said, or at a key."""
        return heard(run, told, interruptible=settings["interruptible"])


def heard(run: Run, told: Input, *, interruptible: bool) -> str | None:
    """The way `next` when all is said, or when a key has cut it off."""
    match told:
        case PlaybackEnded(playback=playback) if playback == run.state.get("playback"):
            del run.state["playback"]
            return "next"
        case DigitPressed(digit=digit) if interruptible and digit:
            run.type_ahead(digit)
            return "next"
    return None
