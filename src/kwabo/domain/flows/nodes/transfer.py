"""Connect the caller elsewhere: a number within the fraud guard, or an agent by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import Transfer
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import TRANSFER_REASONS, Input, TimedOut, TransferEnded
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.nodes.say import heard

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run

GRACE_SECONDS = 10  # a transfer of which nobody tells the end is given up


class TransferNode(NodeType):
    """See the module."""

    name: ClassVar[str] = "transfer"
    ends: ClassVar[bool] = True
    decides: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {
        "busy": "failed", "no_answer": "failed", "refused": "failed", "error": "failed",
    }  # fmt: skip
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            name="kind", kind=Kind.CHOICE, choices=("number", "agent"), default="number",
            required=True,
        ),
        Field(name="to", kind=Kind.TEMPLATE, required=True),
        Field(name="seconds", kind=Kind.WHOLE, default=30, least=5, most=120),  # of ringing
        Field(name="say", kind=Kind.PARTS),
    )  # fmt: skip

    def ways(self, settings: Settings) -> Ways:
        """When it comes to nothing; when connected the flow is over."""
        return Ways(needed=("failed",), possible=("busy", "no_answer", "refused", "error"))

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Say so, then connect."""
        return None if run.say(settings["say"]) else self._connect(run, settings)

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """The end of the announcement, then of the transfer."""
        if "playback" in run.state:
            return self._connect(run, settings) if heard(run, told, interruptible=False) else None
        match told:
            case TransferEnded(reason=reason):
                return reason if reason in TRANSFER_REASONS else "failed"
            case TimedOut(timer=timer) if timer == run.state.get("timer"):
                del run.state["timer"]
                return "failed"
        return None

    def _connect(self, run: Run, settings: Settings) -> str | None:
        to = run.text(settings["to"]).strip()
        if not to:
            return "failed"
        seconds = settings["seconds"]
        run.do(Transfer(kind=settings["kind"], to=to, seconds=seconds))
        run.set_timer(seconds + GRACE_SECONDS)
        return None
