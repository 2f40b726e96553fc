"""Have the caller choose a language, or take the one that is remembered of the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import RememberLanguage
from kwabo.domain.flows.asking import MOST_TRIES, SILENCE, answer, ask, try_again
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.menu import key_of, spoken
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run


class Language(NodeType):
    """See the module."""

    name: ClassVar[str] = "language"
    asks: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"timeout": "next"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="say", kind=Kind.PARTS, required=True),  # each part in its own language
        Field(
            name="options",
            kind=Kind.LIST,
            required=True,
            least=1,
            most=12,
            fields=(
                Field(name="key", kind=Kind.KEY, required=True),
                Field(name="language", kind=Kind.LANGUAGE, required=True),
                Field(name="label", kind=Kind.TEXTS),
            ),
        ),
        Field(name="skip_known", kind=Kind.FLAG, default=True),  # a remembered one is taken
        Field(name="remember", kind=Kind.FLAG, default=True),
        Field(name="seconds", kind=Kind.WHOLE, default=5, least=1, most=60),
        Field(name="tries", kind=Kind.WHOLE, default=2, least=1, most=MOST_TRIES),
    )

    def ways(self, settings: Settings) -> Ways:
        """On; another way for a caller who chooses nothing."""
        return Ways(needed=("next",), possible=("timeout",))

    def check(self, settings: Settings, checking: Checking) -> None:
        """Keys are used once."""
        checking.once([option["key"] for option in settings["options"]], "options", "key")

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Offer the languages, unless one is known."""
        known = run.cursor.facts.language
        if settings["skip_known"] and known and known in run.document.languages:
            run.language = known
            return "next"
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
        key = key_of(given, settings["options"]) if given != SILENCE else ""
        for option in settings["options"]:
            if key and option["key"] == key and option["language"]:
                run.language = option["language"]
                if settings["remember"]:
                    run.do(RememberLanguage(language=run.language))
                return "next"
        question = spoken(run, settings)
        again = try_again(run, settings["tries"], (), question, settings["seconds"])
        return None if again else "timeout"
