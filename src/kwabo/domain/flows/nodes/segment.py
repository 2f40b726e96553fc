"""Take a way by the caller's segment, or by another value that has a few possible ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.contacts.filters.folding import folded_text
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run


class Segment(NodeType):
    """See the module."""

    name: ClassVar[str] = "segment"
    instant: ClassVar[bool] = True
    decides: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="value", kind=Kind.TEMPLATE, default="{{person:segment}}"),
        Field(
            name="segments",
            kind=Kind.LIST,
            required=True,
            least=1,
            fields=(
                Field(name="way", kind=Kind.NAME, required=True),
                Field(name="values", kind=Kind.NAMES, required=True),  # case does not count
            ),
        ),
    )

    def ways(self, settings: Settings) -> Ways:
        """One for each segment, and one for others."""
        names = dict.fromkeys(one["way"] for one in settings["segments"])
        return Ways(needed=(*filter(None, names), "else"))

    def check(self, settings: Settings, checking: Checking) -> None:
        """Segments have ways of their own."""
        checking.own_ways([one["way"] for one in settings["segments"]], "segments", ("else",))

    def enter(self, run: Run, settings: Settings) -> str | None:
        """The first that names the value."""
        value = folded_text(run.text(settings["value"]).strip())
        for one in settings["segments"]:
            if one["way"] and value in {folded_text(name.strip()) for name in one["values"]}:
                return str(one["way"])
        return "else"
