"""Note a result of the call: campaigns, reports and webhooks see it by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import NoteOutcome
from kwabo.domain.flows.document import Variable
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.nodes.node_type import NodeType, Settings
from kwabo.domain.flows.templates import name_alone, names_in

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class Note(NodeType):
    """See the module."""

    name: ClassVar[str] = "note"
    instant: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="result", kind=Kind.NAME, required=True),
        Field(name="value", kind=Kind.TEMPLATE),
    )

    def notes(
        self, settings: Settings, variables: Mapping[str, Variable]
    ) -> Iterable[tuple[str, str]]:
        """The value; one variable alone keeps its type."""
        alone = name_alone(settings["value"])
        yield settings["result"], variables[alone].type if alone in variables else "text"

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Note it; what comes from a personal value is marked."""
        if settings["result"]:
            named = [run.document.variables.get(name) for name in names_in(settings["value"])]
            run.do(
                NoteOutcome(
                    name=settings["result"],
                    value=run.text(settings["value"]),
                    personal=any(one is not None and one.personal for one in named),
                )
            )
        return "next"
