"""Take a way by opening hours. Holidays and the emergency switch have ways if need be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import AskHours
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import HOURS_STATES, HoursTold, Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class Hours(NodeType):
    """See the module."""

    name: ClassVar[str] = "hours"
    decides: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"holiday": "closed", "emergency": "closed"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="schedule_id", kind=Kind.REFERENCE, noun="schedule", required=True),
    )

    def ways(self, settings: Settings) -> Ways:
        """Open and closed at least."""
        return Ways(needed=("open", "closed"), possible=("holiday", "emergency", "error"))

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Ask."""
        name = run.new_name("question")
        run.state["question"] = name
        run.do(AskHours(question=name, schedule_id=settings["schedule_id"]))
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Go by the answer."""
        match told:
            case HoursTold(question=question, state=state) if question == run.state.get("question"):
                return state if state in HOURS_STATES else "error"
        return None
