"""What French and English have in common: thousands and millions, and the order of the pieces."""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.domain.speech.spoken import Spoken, number_key

MOST = 999_999_999
MINUS = "number.minus"
POINT = "number.point"
MILLION = "number.million"
PLUS = "telephone.plus"


def parts_of(value: int) -> tuple[int, int, int]:
    """Millions, thousands and the rest."""
    millions, rest = divmod(value, 1_000_000)
    thousands, rest = divmod(rest, 1000)
    return millions, thousands, rest


def in_a_row(language: str, keys: tuple[str, ...], texts: Mapping[str, str]) -> Spoken:
    """Fragments whose words stand side by side."""
    return Spoken(language, keys, " ".join(texts[key] for key in keys))


def digit_keys(digits: str) -> tuple[str, ...]:
    """One fragment per digit."""
    return tuple(number_key(int(digit)) for digit in digits)
