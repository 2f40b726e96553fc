"""End the call, after a last word if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.nodes.say import heard
from kwabo.domain.flows.outcomes import HUNG_UP

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class HangUpNode(NodeType):
    """See the module."""

    name: ClassVar[str] = "hang_up"
    ends: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (Field(name="say", kind=Kind.PARTS),)

    def ways(self, settings: Settings) -> Ways:
        """None."""
        return Ways()

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Say the last word, then hang up."""
        if not run.say(settings["say"]):
            run.end(HUNG_UP)
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Hang up when it is said."""
        if heard(run, told, interruptible=False):
            run.end(HUNG_UP)
        return None
