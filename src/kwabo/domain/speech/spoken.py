"""What a value is when it is spoken: fragments to play in a row, and the same as words.

A fragment's key is that of a prompt of the library (`number.21`); the same key in another language
is another recording of the same meaning. The words of the fragments and the words of the whole may
be written differently where they sound alike (quatre-vingts, quatre-vingt mille).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """What a value is, which decides how it is read."""

    NUMBER = "number"
    AMOUNT = "amount"  # whole francs CFA
    ORDINAL = "ordinal"
    DATE = "date"  # 2026-11-27
    TIME = "time"  # 14:30
    TELEPHONE = "telephone"  # E.164, or as it is dialled
    DIGITS = "digits"  # one by one


@dataclass(frozen=True, slots=True)
class Spoken:
    """A value in one language."""

    language: str
    keys: tuple[str, ...]  # of the fragments, in the order of playing
    words: str


def number_key(value: int) -> str:
    """The key of a number that is one recording."""
    return f"number.{value}"


AND = "number.and"
CURRENCY = "currency.xof"
