"""The approved words of an organisation, as rendering needs them: a snapshot without any I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kwabo.domain.languages.catalogue import chain
from kwabo.domain.speech.grammars import GRAMMARS
from kwabo.domain.speech.spoken import ValueKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """What is approved of a prompt in one language."""

    media: str = ""  # what the switch is asked to play; '': not recorded
    seconds: float = 0.0  # of the recording
    speech: str = ""  # for text-to-speech
    text: str = ""  # for messages

    @property
    def sayable(self) -> str:
        """The words that an engine would say."""
        return self.speech or self.text


NOTHING = Voiced()


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptBook:
    """See the module."""

    voiced: Mapping[tuple[str, str], Voiced] = field(default_factory=dict)  # by key and language
    known: frozenset[str] = frozenset()  # keys of prompts that exist, said or not
    languages: tuple[str, ...] = ("fr", "en")  # used, in the order in which they are offered
    own_numbers: frozenset[str] = frozenset()  # languages that say numbers their own way
    engines: frozenset[str] = frozenset()  # languages that text-to-speech can say

    def of(self, key: str, language: str) -> Voiced:
        """What there is of a prompt in one language."""
        return self.voiced.get((key, language), NOTHING)

    def chain(self, language: str) -> tuple[str, ...]:
        """The language and those tried after it."""
        return chain(language, self.languages)

    def number_chain(self, language: str) -> tuple[str, ...]:
        """The languages in which values are said: one's own numbers only where that was chosen."""
        said = tuple(one for one in self.chain(language) if self.says_numbers(one))
        return said or ("fr",)

    def says_numbers(self, language: str) -> bool:
        """Whether values are said in this language."""
        grammar = GRAMMARS.get(language)
        return grammar is not None and (grammar.validated or language in self.own_numbers)

    def can_say(self, key: str, language: str) -> bool:
        """Whether the prompt can be heard in this language."""
        voiced = self.of(key, language)
        return bool(voiced.media) or (language in self.engines and bool(voiced.sayable))

    def lacking(self, language: str, kind: ValueKind) -> tuple[str, ...]:
        """The fragments of a kind of value that cannot be heard in this language."""
        grammar = GRAMMARS.get(language)
        if grammar is None or language in self.engines:
            return ()
        return tuple(key for key in grammar.fragments(kind) if not self.of(key, language).media)
