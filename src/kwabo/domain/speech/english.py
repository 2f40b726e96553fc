"""British English: « and » after the hundreds, days as ordinals, times on twelve hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kwabo.domain.speech.european import (
    MILLION,
    MINUS,
    MOST,
    PLUS,
    POINT,
    digit_keys,
    in_a_row,
    parts_of,
)
from kwabo.domain.speech.spoken import AND, CURRENCY, Spoken, ValueKind, number_key

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_ONE_FRANC = "currency.xof.one"
_THE, _OF, _OH = "date.the", "date.of", "time.oh"
_AM, _PM, _MIDNIGHT, _NOON = "time.am", "time.pm", "time.midnight", "time.noon"


def _below_hundred(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    ten, unit = divmod(value, 10)
    return f"{_TENS[ten - 2]}-{_SMALL[unit]}" if unit else _TENS[ten - 2]


def _ordinal(value: int) -> str:
    start, dash, last = _below_hundred(value).rpartition("-")
    if last in _IRREGULAR:
        return f"{start}{dash}{_IRREGULAR[last]}"
    return f"{start}{dash}{last.removesuffix('y')}{'ieth' if last.endswith('y') else 'th'}"


_NUMBERS = {number_key(n): _below_hundred(n) for n in range(100)}
_HUNDREDS = {number_key(n * 100): f"{_SMALL[n]} hundred" for n in range(1, 10)}
_INTEGERS = {
    **_NUMBERS,
    **_HUNDREDS,
    number_key(1000): "thousand",
    MILLION: "million",
    AND: "and",
    MINUS: "minus",
}
_ORDINALS = {f"ordinal.{n}": _ordinal(n) for n in range(1, 100)}
_DATES = {
    **{f"weekday.{n}": name for n, name in enumerate(_WEEKDAYS, 1)},
    **{f"month.{n}": name for n, name in enumerate(_MONTHS, 1)},
    **{f"ordinal.{n}": _ordinal(n) for n in range(1, 32)},
    _THE: "the",
    _OF: "of",
}
_TIMES = {
    **{number_key(n): _below_hundred(n) for n in range(1, 60)},
    _OH: "oh",
    _AM: "a.m.",
    _PM: "p.m.",
    _MIDNIGHT: "midnight",
    _NOON: "noon",
}


class English:
    """See the module."""

    language = "en"
    validated = True
    reaches = ("tous les nombres jusqu’à 999 999 999", "all numbers up to 999,999,999")
    sources = ("Oxford Advanced Learner's Dictionary, reference section: numbers",)

    def fragments(self, kind: ValueKind) -> Mapping[str, str]:
        match kind:
            case ValueKind.NUMBER:
                return {**_INTEGERS, POINT: "point"}
            case ValueKind.AMOUNT:
                return {**_INTEGERS, CURRENCY: "CFA francs", _ONE_FRANC: "CFA franc"}
            case ValueKind.ORDINAL:
                return _ORDINALS
            case ValueKind.DATE:
                integers = {key: word for key, word in _INTEGERS.items() if key != MILLION}
                del integers[MINUS]
                return {**_DATES, **integers}
            case ValueKind.TIME:
                return _TIMES
            case ValueKind.TELEPHONE:
                return {**self.fragments(ValueKind.DIGITS), PLUS: "plus"}
            case ValueKind.DIGITS:
                return {number_key(n): _SMALL[n] for n in range(10)}

    def number(self, value: int) -> Spoken | None:
        if abs(value) > MOST:
            return None
        keys = _keys(abs(value))
        return in_a_row(self.language, (MINUS, *keys) if value < 0 else keys, _INTEGERS)

    def decimal(self, whole: int, decimals: str) -> Spoken | None:
        first = self.number(whole)
        if first is None:
            return None
        keys = (*first.keys, POINT, *digit_keys(decimals))
        return in_a_row(self.language, keys, self.fragments(ValueKind.NUMBER))

    def amount(self, value: int) -> Spoken | None:
        number = self.number(value)
        if number is None:
            return None
        keys = (*number.keys, _ONE_FRANC if abs(value) == 1 else CURRENCY)
        return in_a_row(self.language, keys, self.fragments(ValueKind.AMOUNT))

    def ordinal(self, value: int) -> Spoken | None:
        key = f"ordinal.{value}"
        return Spoken(self.language, (key,), _ORDINALS[key]) if key in _ORDINALS else None

    def date(self, day: dt.date) -> Spoken | None:
        start = (f"weekday.{day.isoweekday()}", _THE, f"ordinal.{day.day}")
        keys = (*start, _OF, f"month.{day.month}", *_keys(day.year))
        return in_a_row(self.language, keys, self.fragments(ValueKind.DATE))

    def time(self, hour: int, minute: int) -> Spoken | None:
        if minute == 0 and hour in (0, 12):
            return in_a_row(self.language, (_NOON if hour else _MIDNIGHT,), _TIMES)
        keys: tuple[str, ...] = (number_key(hour % 12 or 12),)
        if minute:
            keys = (*keys, *((_OH,) if minute < 10 else ()), number_key(minute))
        return in_a_row(self.language, (*keys, _PM if hour >= 12 else _AM), _TIMES)

    def telephone(self, groups: tuple[str, ...], *, foreign: bool) -> Spoken | None:
        keys = tuple(key for group in groups for key in digit_keys(group))
        words = ", ".join(" ".join(_NUMBERS[key] for key in digit_keys(one)) for one in groups)
        if foreign:
            keys, words = (PLUS, *keys), f"plus {words}"
        return Spoken(self.language, keys, words)

    def digits(self, digits: str) -> Spoken | None:
        keys = digit_keys(digits)
        return Spoken(self.language, keys, ", ".join(_NUMBERS[key] for key in keys))


def _keys(value: int) -> tuple[str, ...]:
    millions, thousands, rest = parts_of(value)
    keys: list[str] = []
    if millions:
        keys += [*_group(millions), MILLION]
    if thousands:
        keys += [*_group(thousands), number_key(1000)]
    if rest or not keys:
        keys += [*([AND] if keys and rest < 100 else []), *_group(rest)]
    return tuple(keys)


def _group(value: int) -> tuple[str, ...]:
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return (number_key(rest),)
    keys = (number_key(hundreds * 100),)
    return (*keys, AND, number_key(rest)) if rest else keys
