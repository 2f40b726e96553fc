"""The languages of an organisation: which it uses, and how each says numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kwabo.domain.languages.catalogue import Language, chain, languages
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.speech.book import PromptBook
from kwabo.domain.speech.grammars import GRAMMARS
from kwabo.domain.speech.spoken import Spoken, ValueKind
from kwabo.domain.speech.values import UnreadableValue, all_fragments, say
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid
from kwabo.ports.languages import UsedLanguage
from kwabo.ports.speech import Speech
from kwabo.services.unit_of_work import Stores, UnitOfWork

_FIRST = (
    UsedLanguage(language="fr", numbers="own"),
    UsedLanguage(language="en", numbers="own"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageView:
    """A known language, and what the organisation has chosen for it."""

    language: Language
    used: bool
    numbers: str  # own or fallback
    validated: bool  # its grammar is exact by tests
    approved_by: UUID | None
    approved_at: datetime | None
    reaches: tuple[str, str]  # which numbers its grammar says, in French and in English
    sources: tuple[str, ...]
    fragments: int  # so many recordings say all its values
    speech: bool  # a text-to-speech engine has it


class LanguageService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, speech: Speech, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._speech = speech
        self._clock = clock

    async def all(self, asker: Asker) -> tuple[Sequence[LanguageView], bool]:
        """Every known language, those used first; whether a second person approves."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            used = {one.language: one for one in await used_languages(stores)}
            second_person = await stores.languages.second_person()
        order = [*used, *(code for code in languages() if code not in used)]
        return [self._view(code, used.get(code)) for code in order], second_person

    async def choose(
        self, asker: Asker, chosen: Sequence[tuple[str, str]], *, second_person: bool
    ) -> None:
        """Codes with `own` or `fallback`. Raises Invalid `LANGUAGE_…`, Conflict."""
        codes = [code for code, _ in chosen]
        unknown = [code for code in codes if code not in languages()]
        if unknown or len(set(codes)) < len(codes) or not codes:
            raise Invalid(
                "LANGUAGES_CHOICE",
                f"Choose at least one language, each once, of these: {', '.join(languages())}.",
                field="languages",
                details={"possible": ", ".join(languages())},
            )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            before = {one.language: one for one in await used_languages(stores)}
            used = [
                replace(before.get(code, UsedLanguage(language=code)), numbers=numbers)
                for code, numbers in chosen
            ]
            for one in used:
                _must_be_approved(one)
            await stores.languages.choose(used)
            await stores.languages.set_second_person(second_person)
            await stores.audit.record(
                "languages.chosen",
                actor_user_id=asker.user_id,
                subject_kind="organisation",
                subject_id=asker.organisation_id,
                at=self._clock.now(),
                details={"languages": codes, "second_person": second_person},
            )

    async def approve_numbers(self, asker: Asker, language: str, *, approved: bool) -> None:
        """A speaker of the language says that its numbers are right, or takes it back."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            used = list(await used_languages(stores))
            if language not in {one.language for one in used}:
                raise Invalid(
                    "LANGUAGE_NOT_USED",
                    "Choose the language first, then approve its numbers.",
                    field="language",
                )
            changed = [
                one if one.language != language else self._approved(one, asker, approved)
                for one in used
            ]
            await stores.languages.choose(changed)
            await stores.audit.record(
                "languages.numbers_approved" if approved else "languages.numbers_doubted",
                actor_user_id=asker.user_id,
                subject_kind="organisation",
                subject_id=asker.organisation_id,
                at=self._clock.now(),
                details={"language": language},
            )

    def say(self, language: str, kind: ValueKind, value: str) -> Spoken | None:
        """How a value is said, with the language's own numbers as far as they reach.

        Raises Invalid `VALUE_UNREADABLE`.
        """
        try:
            return say(kind, value, chain(language))
        except UnreadableValue as error:
            raise Invalid(
                "VALUE_UNREADABLE",
                f"'{value}' is no value of the kind {kind}.",
                field="value",
                details={"value": value, "kind": kind.value},
            ) from error

    def _approved(self, one: UsedLanguage, asker: Asker, approved: bool) -> UsedLanguage:
        if approved:
            now = self._clock.now()
            return replace(one, numbers_approved_by=asker.user_id, numbers_approved_at=now)
        return replace(one, numbers="fallback", numbers_approved_by=None, numbers_approved_at=None)

    def _view(self, code: str, used: UsedLanguage | None) -> LanguageView:
        grammar = GRAMMARS[code]
        return LanguageView(
            language=languages()[code],
            used=used is not None,
            numbers="own" if grammar.validated else (used.numbers if used else "fallback"),
            validated=grammar.validated,
            approved_by=used.numbers_approved_by if used else None,
            approved_at=used.numbers_approved_at if used else None,
            reaches=grammar.reaches,
            sources=grammar.sources,
            fragments=len(all_fragments(code)),
            speech=code in self._speech.languages(),
        )


async def used_languages(stores: Stores) -> Sequence[UsedLanguage]:
    """What the organisation uses; French and English until it has chosen."""
    return await stores.languages.used() or _FIRST


async def book_of(stores: Stores, speech: Speech) -> PromptBook:
    """What can be said in the organisation now."""
    used = await used_languages(stores)
    prompts = await stores.prompts.all()
    return PromptBook(
        voiced=await stores.prompt_variants.voiced(),
        known=frozenset(prompt.key for prompt in prompts),
        languages=tuple(one.language for one in used),
        own_numbers=frozenset(one.language for one in used if one.numbers == "own"),
        engines=frozenset(speech.languages()),
    )


def _must_be_approved(one: UsedLanguage) -> None:
    if one.numbers == "own" and not (
        GRAMMARS[one.language].validated or one.numbers_approved_at is not None
    ):
        raise Conflict(
            "NUMBERS_NOT_APPROVED",
            f"No speaker of the language ({one.language}) has approved its numbers. Have them "
            "approved, or say numbers in the language that stands in.",
            field="languages",
            details={"language": one.language},
        )
