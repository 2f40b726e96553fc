"""A menu: one key, one way. In writing it is a numbered list, answered by number or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from kwabo.domain.contacts.filters.folding import folded_text
from kwabo.domain.flows.actions import NoteOutcome
from kwabo.domain.flows.asking import ANSWERS, MOST_TRIES, SILENCE, answer, ask, try_again
from kwabo.domain.flows.document import Variable
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run


class Menu(NodeType):
    """See the module."""

    name: ClassVar[str] = "menu"
    asks: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"wrong": "timeout"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="say", kind=Kind.PARTS, required=True),
        Field(
            name="options",
            kind=Kind.LIST,
            required=True,
            least=1,
            most=12,
            fields=(
                Field(name="key", kind=Kind.KEY, required=True),
                Field(name="label", kind=Kind.TEXTS),  # in writing
            ),
        ),
        Field(name="seconds", kind=Kind.WHOLE, default=5, least=1, most=60),
        Field(name="tries", kind=Kind.WHOLE, default=3, least=1, most=MOST_TRIES),
        Field(name="wrong", kind=Kind.PARTS),  # said before the menu is said again
        Field(name="silent", kind=Kind.PARTS),
        Field(name="repeat_key", kind=Kind.KEY),  # says the menu again; '': no key does
        Field(name="result", kind=Kind.NAME),  # by which the key is noted; '': it is not
    )

    def ways(self, settings: Settings) -> Ways:
        """One for each key."""
        keys = tuple(dict.fromkeys(option["key"] for option in settings["options"]))
        return Ways(needed=(*filter(None, keys), "timeout"), possible=("wrong",))

    def notes(
        self, settings: Settings, variables: Mapping[str, Variable]
    ) -> Iterable[tuple[str, str]]:
        """The key."""
        digits = all(option["key"].isdigit() for option in settings["options"])
        yield settings["result"], "digits" if digits else "text"

    def check(self, settings: Settings, checking: Checking) -> None:
        """Keys are used once."""
        keys = [option["key"] for option in settings["options"]]
        checking.once(keys, "options", "key")
        if settings["repeat_key"] and settings["repeat_key"] in keys:
            checking.refuse("repeat_key", "FLOW_KEY_TWICE", key=settings["repeat_key"])

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Say the menu, unless its key was pressed already."""
        typed = run.take_typed()
        if typed:
            return self._answered(run, settings, typed)
        ask(run, spoken(run, settings), settings["seconds"])
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """A key, a message, silence."""
        given = answer(run, told, settings["seconds"])
        return None if given is None else self._answered(run, settings, given)

    def _answered(self, run: Run, settings: Settings, given: str) -> str | None:
        count = run.counted("answers") + 1
        run.state["answers"] = count
        key = key_of(given, settings["options"])
        if key:
            if settings["result"]:
                run.do(NoteOutcome(name=settings["result"], value=key))
            return key
        if count > ANSWERS:
            return "timeout"
        if given == settings["repeat_key"] and given:
            ask(run, spoken(run, settings), settings["seconds"])
            return None
        way = "timeout" if given == SILENCE else "wrong"
        apology = settings["silent"] if given == SILENCE else settings["wrong"]
        question = spoken(run, settings)
        again = try_again(run, settings["tries"], apology, question, settings["seconds"])
        return None if again else way


def spoken(run: Run, settings: Settings) -> tuple[Mapping[str, Any], ...]:
    """What is said; in writing the numbered options stand below it."""
    options: Iterable[Mapping[str, Any]] = settings["options"] if run.in_writing else ()
    lines = ({"text": _line(option)} for option in options if option["key"])
    return (*settings["say"], *lines)


def _line(option: Mapping[str, Any]) -> dict[str, str]:
    return {
        language: f"{option['key']}. {words}" if words else option["key"]
        for language, words in (option["label"] or {"": ""}).items()
    }


def key_of(given: str, options: Iterable[Mapping[str, Any]]) -> str:
    """The key that is meant: itself, or an option's label in any language; '' for none."""
    said = folded_text(given.strip().rstrip(". )"))
    for option in options:
        if option["key"] and option["key"] == said:
            return str(option["key"])
    for option in options:
        labels = {folded_text(label.strip()) for label in option["label"].values()} - {""}
        if option["key"] and said in labels:
            return str(option["key"])
    return ""
