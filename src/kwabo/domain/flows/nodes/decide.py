"""Take the first way whose condition holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run


class Decide(NodeType):
    """See the module."""

    name: ClassVar[str] = "decide"
    instant: ClassVar[bool] = True
    decides: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            name="branches",
            kind=Kind.LIST,
            required=True,
            least=1,
            fields=(
                Field(name="way", kind=Kind.NAME, required=True),
                Field(name="when", kind=Kind.CONDITION, required=True),
            ),
        ),
    )

    def ways(self, settings: Settings) -> Ways:
        """One for each branch, and one for when none holds."""
        names = dict.fromkeys(one["way"] for one in settings["branches"])
        return Ways(needed=(*filter(None, names), "else"))

    def check(self, settings: Settings, checking: Checking) -> None:
        """Branches have names of their own."""
        checking.own_ways([one["way"] for one in settings["branches"]], "branches", ("else",))

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Ask one after the other."""
        for one in settings["branches"]:
            if one["when"] is not None and one["way"] and run.holds(one["when"]):
                return str(one["way"])
        return "else"
