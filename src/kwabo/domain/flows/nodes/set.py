"""Give variables values: templates without code, and counting."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.nodes.node_type import NodeType, Settings
from kwabo.domain.flows.values import plain, read
from kwabo.domain.scripts.conditions import read_decimal

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run

MODES = ("set", "add", "subtract")
COUNTED = ("number", "amount")  # types that can be added to


class Set(NodeType):
    """See the module."""

    name: ClassVar[str] = "set"
    instant: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            name="values",
            kind=Kind.LIST,
            required=True,
            least=1,
            fields=(
                Field(name="variable", kind=Kind.VARIABLE, required=True),
                Field(name="mode", kind=Kind.CHOICE, choices=MODES, default="set"),
                Field(name="value", kind=Kind.TEMPLATE),
            ),
        ),
    )

    def check(self, settings: Settings, checking: Checking) -> None:
        """Only numbers are counted; a value without names is one of the type."""
        for index, one in enumerate(settings["values"]):
            path = f"values.{index}.value"
            variable = checking.variables.get(one["variable"])
            if variable is None or "{{" in one["value"]:
                continue
            counts = one["mode"] != "set"
            if counts and variable.type not in COUNTED:
                checking.refuse(
                    f"values.{index}.variable", "FLOW_VARIABLE_KIND",
                    name=variable.name, type=variable.type, possible=", ".join(COUNTED),
                )  # fmt: skip
            elif (one["value"] or counts) and not read(variable.type, one["value"]):
                checking.refuse(path, "FLOW_VALUE_KIND", type=variable.type)

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Give them in order; later ones see earlier ones."""
        for one in settings["values"]:
            value = run.text(one["value"])
            if one["mode"] != "set":
                value = _counted(run.variables.get(one["variable"], ""), one["mode"], value)
            run.set(one["variable"], value)
        return "next"


def _counted(before: str, mode: str, by: str) -> str:
    """The number after adding or subtracting; an empty one counts from 0."""
    number, difference = read_decimal(before) if before else Decimal(0), read_decimal(by)
    if number is None or difference is None:
        return before
    return plain(number + difference if mode == "add" else number - difference)
