"""Play one prompt, several times if need be: a jingle, a message read out twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings
from kwabo.domain.flows.nodes.say import heard
from kwabo.domain.flows.parts import PromptPart

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class Play(NodeType):
    """See the module."""

    name: ClassVar[str] = "play"
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="prompt", kind=Kind.REFERENCE, noun="prompt", required=True),
        Field(name="times", kind=Kind.WHOLE, default=1, least=1, most=10),
        Field(name="interruptible", kind=Kind.FLAG, default=True),
    )

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Play it."""
        times = 1 if run.in_writing else settings["times"]
        parts = (PromptPart(key=settings["prompt"]),) * times if settings["prompt"] else ()
        waits = run.say_parts(parts, interruptible=settings["interruptible"])
        return None if waits else "next"

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Go on at the end, or at a key."""
        return heard(run, told, interruptible=settings["interruptible"])
