"""What cannot be said in which language: asked before a flow is published, and shown as a list.

A prompt that only the fallback language has counts as missing in the language itself: callers who
chose Fon would hear French. Values count as said when every fragment of theirs can be heard, in the
language itself as far as its numbers reach and are used, else in the language that stands in.
"""

from __future__ import annotations

from collections.abc import Sequence

from kwabo.domain.flows.surroundings import Missing, MissingWords
from kwabo.domain.speech.book import PromptBook
from kwabo.domain.speech.grammars import GRAMMARS
from kwabo.domain.speech.spoken import ValueKind
from kwabo.domain.speech.values import says_all

_EXAMPLES = 5


def missing_words(book: PromptBook, *, in_writing: bool = False) -> MissingWords:
    """The question that the check of a flow asks, answered from a book."""

    def found(
        prompts: Sequence[str], kinds: Sequence[str], languages: Sequence[str]
    ) -> Sequence[Missing]:
        return [
            *(
                Missing(language=language, prompt=key, examples=(key,))
                for language in languages
                for key in dict.fromkeys(prompts)
                if not _has(book, key, language, in_writing=in_writing)
            ),
            *(
                missing
                for language in languages
                for kind in dict.fromkeys(kinds)
                if not in_writing and (missing := _of_values(book, kind, language)) is not None
            ),
        ]

    return found


def _has(book: PromptBook, key: str, language: str, *, in_writing: bool) -> bool:
    if in_writing:
        voiced = book.of(key, language)
        return bool(voiced.text or voiced.speech)
    return book.can_say(key, language)


def _of_values(book: PromptBook, kind: str, language: str) -> Missing | None:
    lacking: dict[str, None] = {}
    for one in _kinds(kind):
        for said_in in book.number_chain(language):
            if not GRAMMARS[said_in].fragments(one):
                continue
            lacking |= dict.fromkeys(
                key if said_in == language else f"{key} ({said_in})"
                for key in book.lacking(said_in, one)
            )
            if says_all(said_in, one):
                break
    if not lacking:
        return None
    examples = tuple(lacking)[:_EXAMPLES]
    return Missing(language=language, kind=kind, count=len(lacking), examples=examples)


def _kinds(kind: str) -> tuple[ValueKind, ...]:
    """What a flow calls digits may also be a telephone number."""
    if kind == ValueKind.DIGITS:
        return (ValueKind.DIGITS, ValueKind.TELEPHONE)
    return (ValueKind(kind),)
