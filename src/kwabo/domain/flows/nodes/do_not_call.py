"""Put a number on a DNC list: it counts from that moment on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import AddToDnc
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.nodes.node_type import NodeType, Settings

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class DoNotCall(NodeType):
    """See the module."""

    name: ClassVar[str] = "do_not_call"
    instant: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        # '': the campaign's first list by number, else the organisation's
        Field(name="dnc_list_id", kind=Kind.REFERENCE, noun="dnc_list"),
        Field(name="number", kind=Kind.TEMPLATE, default="{{call:caller}}"),
        Field(name="days", kind=Kind.WHOLE, default=0, least=0, most=36_500),  # 0: for ever
    )

    def enter(self, run: Run, settings: Settings) -> str | None:
        """List the number, if there is one."""
        number = run.text(settings["number"]).strip()
        if number:
            run.do(
                AddToDnc(dnc_list_id=settings["dnc_list_id"], number=number, days=settings["days"])
            )
        return "next"
