"""Run another flow and come back: what several flows share is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run

RESULTS = Field(
    name="results",  # variable of that flow → one of this
    kind=Kind.MAP,
    fields=(Field(name="variable", kind=Kind.VARIABLE, required=True),),
)


class RunFlow(NodeType):
    """See the module."""

    name: ClassVar[str] = "flow"
    changes: ClassVar[bool] = True
    ends: ClassVar[bool] = True  # that flow may hang up
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="flow_id", kind=Kind.REFERENCE, noun="flow", required=True),
        Field(  # variable of that flow → its value at the begin
            name="values", kind=Kind.MAP, fields=(Field(name="value", kind=Kind.TEMPLATE),)
        ),
        RESULTS,
    )

    def ways(self, settings: Settings) -> Ways:
        """On, after that flow's `return`."""
        return Ways(needed=("next",), possible=("error",))

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Begin it."""
        values = {name: run.text(text) for name, text in settings["values"].items()}
        return run.run_flow(settings["flow_id"], values)
