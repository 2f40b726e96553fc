"""Values said in the first language that can say them whole.

A value is never split between two languages: « 250 francs CFA » in a Fon sentence is French from
its first to its last fragment, since Fon's own numbers end at 100.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

import phonenumbers

from kwabo.domain.speech.grammar import Grammar
from kwabo.domain.speech.grammars import GRAMMARS
from kwabo.domain.speech.spoken import Spoken, ValueKind

_MOST_DIGITS = 40
_BENIN = 229


class UnreadableValue(ValueError):
    """The text is no value of its kind."""


def say(kind: ValueKind, value: str, languages: Iterable[str]) -> Spoken | None:
    """The value in the first of the languages that says it; None: none of them does.

    Raises UnreadableValue.
    """
    for language in languages:
        grammar = GRAMMARS.get(language)
        spoken = None if grammar is None else _say(grammar, kind, value.strip())
        if spoken is not None:
            return spoken
    return None


def fragments(language: str, kind: ValueKind) -> dict[str, str]:
    """Every fragment that values of this kind need in this language, with the text to read."""
    grammar = GRAMMARS.get(language)
    return {} if grammar is None else dict(grammar.fragments(kind))


def all_fragments(language: str) -> dict[str, str]:
    """The fragments of all kinds, each once."""
    return {key: text for kind in ValueKind for key, text in fragments(language, kind).items()}


def says_all(language: str, kind: ValueKind) -> bool:
    """Whether no value of this kind is left to the languages after it."""
    grammar = GRAMMARS.get(language)
    return grammar is not None and grammar.validated and bool(grammar.fragments(kind))


def _say(grammar: Grammar, kind: ValueKind, value: str) -> Spoken | None:
    match kind:
        case ValueKind.NUMBER:
            return _number(grammar, value)
        case ValueKind.AMOUNT:
            return grammar.amount(_rounded(value))
        case ValueKind.ORDINAL:
            return grammar.ordinal(_rounded(value))
        case ValueKind.DATE:
            return grammar.date(_date(value))
        case ValueKind.TIME:
            hour, minute = _time(value)
            return grammar.time(hour, minute)
        case ValueKind.TELEPHONE:
            groups, foreign = telephone_groups(value)
            return grammar.telephone(groups, foreign=foreign)
        case ValueKind.DIGITS:
            return grammar.digits(_digits(value))


def _number(grammar: Grammar, value: str) -> Spoken | None:
    number = _decimal(value)
    whole = int(number)  # towards nought
    if number == whole:
        return grammar.number(whole)
    if number < 0 and whole == 0:
        return None  # minus nought has no word
    _, _, decimals = format(number, "f").partition(".")
    return grammar.decimal(whole, decimals.rstrip("0"))


def _decimal(value: str) -> Decimal:
    text = re.sub(r"[\s\u00a0\u202f_]", "", value).replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?", text):
        raise UnreadableValue(value)
    return Decimal(text)


def _rounded(value: str) -> int:
    """Francs CFA have no cents: half a franc and more is a franc."""
    return int(_decimal(value).to_integral_value(rounding="ROUND_HALF_UP"))


def _date(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError as error:
        raise UnreadableValue(value) from error


def _time(value: str) -> tuple[int, int]:
    try:
        time = dt.time.fromisoformat(value)
    except ValueError as error:
        raise UnreadableValue(value) from error
    return time.hour, time.minute


def _digits(value: str) -> str:
    digits = re.sub(r"[\s.\-/\u00a0\u202f]", "", value)
    if not re.fullmatch(rf"[0-9]{{1,{_MOST_DIGITS}}}", digits):
        raise UnreadableValue(value)
    return digits


def telephone_groups(value: str) -> tuple[tuple[str, ...], bool]:
    """The digits in the groups in which they are read, and whether the country's code is said.

    Numbers of Benin are the ten digits of the national plan in pairs (01 first); the others begin
    with a plus and the code of their country, in groups of three at most. Raises UnreadableValue.
    """
    digits = _digits(value.removeprefix("+"))
    if not value.startswith("+"):
        return _pairs(digits), False
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException as error:
        raise UnreadableValue(value) from error
    if parsed.country_code == _BENIN:
        national = digits.removeprefix(str(_BENIN))
        return _pairs(f"01{national}" if len(national) == 8 else national), False
    code = str(parsed.country_code)
    national = digits.removeprefix(code)
    return (code, *(national[at : at + 3] for at in range(0, len(national), 3))), True


def _pairs(digits: str) -> tuple[str, ...]:
    odd = len(digits) % 2
    start = (digits[:odd],) if odd else ()
    return (*start, *(digits[at : at + 2] for at in range(odd, len(digits), 2)))
