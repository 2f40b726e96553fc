"""The end of a flow that another one runs; of one that none runs, the call's end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.nodes.run_flow import RESULTS, RunFlow
from kwabo.domain.flows.outcomes import HUNG_UP

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class Return(NodeType):
    """See the module."""

    name: ClassVar[str] = "return"
    ends: ClassVar[bool] = True

    def ways(self, settings: Settings) -> Ways:
        """None of its own."""
        return Ways()

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Hand the results over."""
        found = run.return_from_flow()
        if found is None:
            run.end(HUNG_UP)
            return None
        caller = run.node
        if caller is not None and caller.type.name == RunFlow.name:
            for name, variable in caller.settings[RESULTS.name].items():
                run.set(variable, found.get(name, ""))
        run.jump = ("next", "return")
        return None
