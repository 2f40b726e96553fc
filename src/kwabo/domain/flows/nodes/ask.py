"""Ask for digits: an account, an amount, a date (day, month, year), and have them confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.asking import ANSWERS, MOST_TRIES, SILENCE, answer, ask, try_again, wait
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.values import read

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run

CONFIRM, AGAIN = "1", "2"
BETWEEN_SECONDS = 4  # from digit to digit


class Ask(NodeType):
    """See the module."""

    name: ClassVar[str] = "ask"
    asks: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"wrong": "timeout"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="say", kind=Kind.PARTS, required=True),
        Field(name="variable", kind=Kind.VARIABLE, required=True),
        Field(name="least", kind=Kind.WHOLE, default=1, least=1, most=40),
        Field(name="most", kind=Kind.WHOLE, default=20, least=1, most=40),
        Field(name="end_key", kind=Kind.KEY, default="#"),
        Field(name="seconds", kind=Kind.WHOLE, default=7, least=1, most=60),
        Field(name="tries", kind=Kind.WHOLE, default=3, least=1, most=MOST_TRIES),
        Field(name="wrong", kind=Kind.PARTS),
        Field(name="silent", kind=Kind.PARTS),
        Field(name="confirm", kind=Kind.PARTS),  # none: no confirmation; 1 confirms, 2 asks again
    )

    def ways(self, settings: Settings) -> Ways:
        """On, or away from a caller who gives nothing usable."""
        return Ways(needed=("next", "timeout"), possible=("wrong",))

    def check(self, settings: Settings, checking: Checking) -> None:
        """The bounds are in order."""
        if settings["least"] > settings["most"]:
            checking.refuse("most", "FLOW_BOUNDS")

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Ask, unless the first digit was pressed already."""
        run.state["digits"] = ""
        typed = run.take_typed()
        if typed:
            return self._digit(run, settings, typed)
        ask(run, settings["say"], settings["seconds"])
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """A digit, a message, silence."""
        begun = bool(run.state.get("digits")) and "confirming" not in run.state
        given = answer(run, told, BETWEEN_SECONDS if begun else settings["seconds"])
        if given is None:
            return None
        if "confirming" in run.state:
            return self._confirmed(run, settings, given)
        if given == SILENCE:
            return self._complete(run, settings) if begun else self._again(run, settings, "timeout")
        if run.in_writing:
            run.state["digits"] = given
            return self._complete(run, settings)
        return self._digit(run, settings, given)

    def _digit(self, run: Run, settings: Settings, digit: str) -> str | None:
        if digit == settings["end_key"]:
            return self._complete(run, settings)
        digits = f"{run.state.get('digits', '')}{digit}"
        run.state["digits"] = digits
        if len(digits) >= settings["most"]:
            return self._complete(run, settings)
        wait(run, BETWEEN_SECONDS)
        return None

    def _complete(self, run: Run, settings: Settings) -> str | None:
        digits = str(run.state.get("digits", ""))
        variable = run.document.variables.get(settings["variable"])
        value = read(variable.type if variable else "digits", digits)
        if not value or not settings["least"] <= len(digits) <= settings["most"]:
            return self._again(run, settings, "wrong")
        run.set(settings["variable"], value)
        if not settings["confirm"]:
            return "next"
        run.state["confirming"] = 1
        ask(run, settings["confirm"], settings["seconds"])
        return None

    def _confirmed(self, run: Run, settings: Settings, given: str) -> str | None:
        if given == CONFIRM:
            return "next"
        del run.state["confirming"]
        return self._again(run, settings, "timeout" if given == SILENCE else "wrong")

    def _again(self, run: Run, settings: Settings, way: str) -> str | None:
        run.state["digits"] = ""
        answers = run.counted("answers") + 1
        run.state["answers"] = answers
        apology = settings["silent"] if way == "timeout" else settings["wrong"]
        if answers < ANSWERS and try_again(
            run, settings["tries"], apology, settings["say"], settings["seconds"]
        ):
            return None
        run.set(settings["variable"], "")
        return way
