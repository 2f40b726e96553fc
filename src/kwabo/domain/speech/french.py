"""Standard French, spelled with hyphens below a hundred (soixante-dix, vingt et un).

All numbers below a hundred and the hundreds are recordings of their own, so that no join falls into
a liaison (six cents) but those before « mille » and the currency. Times are on 24 hours; the first
of a month is « premier ».
"""

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
from kwabo.domain.speech.spoken import CURRENCY, Spoken, ValueKind, number_key

_SMALL = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_OF = "number.of"
_FEMININE = "minute.{}"


def _below_hundred(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    ten, unit = divmod(value, 10)
    if ten in (7, 9):
        ten, unit = ten - 1, unit + 10
    if ten == 8:
        return f"quatre-vingt-{_SMALL[unit]}" if unit else "quatre-vingts"
    if unit in (1, 11):
        return f"{_TENS[ten]} et {_SMALL[unit]}"
    return f"{_TENS[ten]}-{_SMALL[unit]}" if unit else _TENS[ten]


def _hundred(hundreds: int) -> str:
    return "cent" if hundreds == 1 else f"{_SMALL[hundreds]} cents"


def _feminine(value: int) -> str:
    words = _below_hundred(value)
    return f"{words}e" if value % 10 == 1 and value not in (11, 71, 91) else words


def _ordinal(value: int) -> str:
    if value == 1:
        return "premier"
    words = "quatre-vingt" if value == 80 else _below_hundred(value)
    if words.endswith("cinq"):
        return f"{words}uième"
    if words.endswith("neuf"):
        return f"{words.removesuffix('f')}vième"
    return f"{words.removesuffix('e')}ième"


def _group(value: int, *, before_thousand: bool) -> str:
    """Words of a number below a thousand; « cents » and « quatre-vingts » lose their s."""
    hundreds, rest = divmod(value, 100)
    words = [_hundred(hundreds)] if hundreds else []
    if rest:
        words = [word.removesuffix("s") if hundreds > 1 else word for word in words]
        words.append(_below_hundred(rest))
    whole = " ".join(words)
    plural = value % 100 in (0, 80) and value != 100
    return whole.removesuffix("s") if before_thousand and plural else whole


_NUMBERS = {number_key(n): _below_hundred(n) for n in range(100)}
_HUNDREDS = {number_key(n * 100): _hundred(n) for n in range(1, 10)}
_INTEGERS = {
    **_NUMBERS,
    **_HUNDREDS,
    number_key(1000): "mille",
    MILLION: "million",
    MINUS: "moins",
}
_ORDINALS = {f"ordinal.{n}": _ordinal(n) for n in range(1, 100)}
_MONTH_KEYS = {f"month.{n}": name for n, name in enumerate(_MONTHS, 1)}
_WEEKDAY_KEYS = {f"weekday.{n}": name for n, name in enumerate(_WEEKDAYS, 1)}
_HOURS = {f"hour.{n}": f"{_feminine(n)} heure{'s' if n > 1 else ''}" for n in range(24)}
_MINUTES = {
    (_FEMININE.format(n) if _feminine(n) != _below_hundred(n) else number_key(n)): _feminine(n)
    for n in range(1, 60)
}


class French:
    """See the module."""

    language = "fr"
    validated = True
    reaches = ("tous les nombres jusqu’à 999 999 999", "all numbers up to 999,999,999")
    sources = ("Académie française, Dictionnaire, 9th edition: vingt, cent, mille, million",)

    def fragments(self, kind: ValueKind) -> Mapping[str, str]:
        match kind:
            case ValueKind.NUMBER:
                return {**_INTEGERS, POINT: "virgule"}
            case ValueKind.AMOUNT:
                return {**_INTEGERS, _OF: "de", CURRENCY: "francs CFA"}
            case ValueKind.ORDINAL:
                return _ORDINALS
            case ValueKind.DATE:
                integers = {key: word for key, word in _INTEGERS.items() if key != MILLION}
                del integers[MINUS]
                first = {"ordinal.1": "premier"}
                return {**_WEEKDAY_KEYS, **_MONTH_KEYS, **first, **integers}
            case ValueKind.TIME:
                return {**_HOURS, **_MINUTES}
            case ValueKind.TELEPHONE:
                return {**_NUMBERS, PLUS: "plus"}
            case ValueKind.DIGITS:
                return {number_key(n): _SMALL[n] for n in range(10)}

    def number(self, value: int) -> Spoken | None:
        if abs(value) > MOST:
            return None
        keys, words = self._keys(abs(value)), self._words(abs(value))
        if value < 0:
            keys, words = (MINUS, *keys), f"moins {words}"
        return Spoken(self.language, keys, words)

    def decimal(self, whole: int, decimals: str) -> Spoken | None:
        first = self.number(whole)
        if first is None:
            return None
        keys = digit_keys(decimals)
        words = " ".join(_NUMBERS[key] for key in keys)
        return Spoken(self.language, (*first.keys, POINT, *keys), f"{first.words} virgule {words}")

    def amount(self, value: int) -> Spoken | None:
        number = self.number(value)
        if number is None:
            return None
        of = bool(value) and value % 1_000_000 == 0
        franc = "franc CFA" if abs(value) < 2 else "francs CFA"
        keys = (*number.keys, _OF, CURRENCY) if of else (*number.keys, CURRENCY)
        return Spoken(self.language, keys, f"{number.words} {'de ' if of else ''}{franc}")

    def ordinal(self, value: int) -> Spoken | None:
        key = f"ordinal.{value}"
        return Spoken(self.language, (key,), _ORDINALS[key]) if key in _ORDINALS else None

    def date(self, day: dt.date) -> Spoken | None:
        year = self.number(day.year)
        assert year is not None
        number = "ordinal.1" if day.day == 1 else number_key(day.day)
        keys = (f"weekday.{day.isoweekday()}", number, f"month.{day.month}")
        start = in_a_row(self.language, keys, self.fragments(ValueKind.DATE))
        return Spoken(self.language, (*keys, *year.keys), f"{start.words} {year.words}")

    def time(self, hour: int, minute: int) -> Spoken | None:
        keys: tuple[str, ...] = (f"hour.{hour}",)
        if minute:
            feminine = _FEMININE.format(minute)
            keys = (*keys, feminine if feminine in _MINUTES else number_key(minute))
        return in_a_row(self.language, keys, {**_HOURS, **_MINUTES})

    def telephone(self, groups: tuple[str, ...], *, foreign: bool) -> Spoken | None:
        spoken = [_pair(group) for group in groups]
        keys = tuple(key for group in spoken for key in group)
        words = ", ".join(" ".join(_NUMBERS[key] for key in group) for group in spoken)
        if foreign:
            keys, words = (PLUS, *keys), f"plus {words}"
        return Spoken(self.language, keys, words)

    def digits(self, digits: str) -> Spoken | None:
        keys = digit_keys(digits)
        return Spoken(self.language, keys, ", ".join(_NUMBERS[key] for key in keys))

    def _keys(self, value: int) -> tuple[str, ...]:
        millions, thousands, rest = parts_of(value)
        keys: list[str] = []
        if millions:
            keys += [*_group_keys(millions), MILLION]
        if thousands:
            keys += [*(_group_keys(thousands) if thousands > 1 else ()), number_key(1000)]
        if rest or not keys:
            keys += _group_keys(rest)
        return tuple(keys)

    def _words(self, value: int) -> str:
        millions, thousands, rest = parts_of(value)
        words: list[str] = []
        if millions:
            many = "millions" if millions > 1 else "million"
            words += [_group(millions, before_thousand=False), many]
        if thousands:
            words += [_group(thousands, before_thousand=True)] if thousands > 1 else []
            words.append("mille")
        if rest:
            words.append(_group(rest, before_thousand=False))
        return " ".join(words) or "zéro"


def _group_keys(value: int) -> tuple[str, ...]:
    hundreds, rest = divmod(value, 100)
    keys = (number_key(hundreds * 100),) if hundreds else ()
    return (*keys, number_key(rest)) if rest or not keys else keys


def _pair(group: str) -> tuple[str, ...]:
    """« zéro un », « quatre-vingt-dix-sept »; longer groups digit by digit."""
    if len(group) == 2 and group[0] != "0":
        return (number_key(int(group)),)
    return digit_keys(group)
