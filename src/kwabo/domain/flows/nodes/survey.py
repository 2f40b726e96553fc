"""Ask a few questions that are answered by one key each; answers are results of the call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from kwabo.domain.flows.actions import NoteOutcome
from kwabo.domain.flows.asking import MOST_TRIES, SILENCE, answer, ask, try_again
from kwabo.domain.flows.document import Variable
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run


class Survey(NodeType):
    """See the module."""

    name: ClassVar[str] = "survey"
    asks: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"timeout": "next"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            name="questions",
            kind=Kind.LIST,
            required=True,
            least=1,
            most=20,
            fields=(
                Field(name="name", kind=Kind.NAME, required=True),  # of the result
                Field(name="say", kind=Kind.PARTS, required=True),
                Field(name="lowest", kind=Kind.WHOLE, default=1, least=0, most=9),
                Field(name="highest", kind=Kind.WHOLE, default=5, least=0, most=9),
            ),
        ),
        Field(name="seconds", kind=Kind.WHOLE, default=7, least=1, most=60),
        Field(name="tries", kind=Kind.WHOLE, default=2, least=1, most=MOST_TRIES),
    )

    def ways(self, settings: Settings) -> Ways:
        """On; another way for a caller who stops answering."""
        return Ways(needed=("next",), possible=("timeout",))

    def notes(
        self, settings: Settings, variables: Mapping[str, Variable]
    ) -> Iterable[tuple[str, str]]:
        """An answer for each question."""
        return ((question["name"], "number") for question in settings["questions"])

    def check(self, settings: Settings, checking: Checking) -> None:
        """Results have names of their own."""
        checking.once([one["name"] for one in settings["questions"]], "questions", "name")
        for index, one in enumerate(settings["questions"]):
            if one["lowest"] >= one["highest"]:
                checking.refuse(f"questions.{index}.highest", "FLOW_BOUNDS")

    def enter(self, run: Run, settings: Settings) -> str | None:
        """The first question."""
        return self._ask(run, settings, 0)

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """A key, silence."""
        index = run.counted("question")
        if index >= len(settings["questions"]):
            return "next"
        question: Mapping[str, Any] = settings["questions"][index]
        given = answer(run, told, settings["seconds"])
        if given is None:
            return None
        possible = {str(one) for one in range(question["lowest"], question["highest"] + 1)}
        if given in possible and given != SILENCE:
            if question["name"]:
                run.do(NoteOutcome(name=question["name"], value=given))
            return self._ask(run, settings, index + 1)
        if try_again(run, settings["tries"], (), question["say"], settings["seconds"]):
            return None
        return "timeout"

    def _ask(self, run: Run, settings: Settings, index: int) -> str | None:
        if index >= len(settings["questions"]):
            return "next"
        run.state["question"] = index
        run.state["tries"] = 1
        ask(run, settings["questions"][index]["say"], settings["seconds"])
        return None
