"""A grammar of numbers: how one language says values, from which fragments.

`None` is an honest answer: the language's own system does not reach that value as far as sources
tell, and the value is said in the next language of the chain. A grammar never guesses.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Protocol

from kwabo.domain.speech.spoken import CURRENCY, Spoken, ValueKind, number_key


class Grammar(Protocol):
    """See the module."""

    @property
    def language(self) -> str: ...

    @property
    def validated(self) -> bool:
        """Exact by tests; else a native speaker's approval is needed in the product."""
        ...

    @property
    def reaches(self) -> tuple[str, str]:
        """Which numbers it says, in French and in English."""
        ...

    @property
    def sources(self) -> tuple[str, ...]: ...

    def fragments(self, kind: ValueKind) -> Mapping[str, str]:
        """Every fragment that values of this kind can need, with the text to be read aloud."""
        ...

    def number(self, value: int) -> Spoken | None: ...

    def decimal(self, whole: int, decimals: str) -> Spoken | None:
        """`decimals` are the digits after the separator."""
        ...

    def amount(self, value: int) -> Spoken | None:
        """Whole francs CFA."""
        ...

    def ordinal(self, value: int) -> Spoken | None: ...

    def date(self, day: dt.date) -> Spoken | None: ...

    def time(self, hour: int, minute: int) -> Spoken | None: ...

    def telephone(self, groups: tuple[str, ...], *, foreign: bool) -> Spoken | None:
        """Groups of digits as they are read; `foreign`: a plus stands before the first."""
        ...

    def digits(self, digits: str) -> Spoken | None: ...


class NumbersOnly(ABC):
    """A grammar for which only the numbers are known: the base of those that are not validated.

    Amounts are the number and then the currency's word, which is a fragment of its own: how the
    language calls the franc is for the speaker to say.
    """

    language: str
    validated = False
    reaches: tuple[str, str]
    sources: tuple[str, ...]
    currency = "francs CFA"

    @abstractmethod
    def number(self, value: int) -> Spoken | None:
        """A number as far as the language's own numbers reach."""

    @abstractmethod
    def words(self) -> Mapping[str, str]:
        """The fragments of numbers."""

    def fragments(self, kind: ValueKind) -> Mapping[str, str]:
        words = self.words()
        match kind:
            case ValueKind.NUMBER:
                return words
            case ValueKind.AMOUNT:
                return {**words, CURRENCY: self.currency}
            case ValueKind.DIGITS if number_key(0) in words:
                return {number_key(n): words[number_key(n)] for n in range(10)}
        return {}

    def decimal(self, whole: int, decimals: str) -> Spoken | None:
        return None

    def amount(self, value: int) -> Spoken | None:
        number = self.number(value)
        if number is None:
            return None
        return Spoken(self.language, (*number.keys, CURRENCY), f"{number.words} {self.currency}")

    def ordinal(self, value: int) -> Spoken | None:
        return None

    def date(self, day: dt.date) -> Spoken | None:
        return None

    def time(self, hour: int, minute: int) -> Spoken | None:
        return None

    def telephone(self, groups: tuple[str, ...], *, foreign: bool) -> Spoken | None:
        return None

    def digits(self, digits: str) -> Spoken | None:
        words = self.fragments(ValueKind.DIGITS)
        keys = tuple(number_key(int(digit)) for digit in digits)
        if not words:
            return None
        return Spoken(self.language, keys, ", ".join(words[key] for key in keys))

    def _spoken(self, keys: tuple[str, ...]) -> Spoken:
        words = self.words()
        return Spoken(self.language, keys, " ".join(words[key] for key in keys))
