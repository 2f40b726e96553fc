"""Types of a flow's variables, and text in their canonical form.

A value that is none of its type is empty: what depends on it takes the way for an empty value.
Numbers have at most one decimal comma or point; spaces between thousands are read over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from kwabo.domain.scripts.conditions import read_decimal, read_moment

LONGEST: Final = 2_000
_DIGITS = re.compile(r"\+?[0-9*#]{1,40}")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:hH]?([0-5][0-9])")
_TYPED_DAY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_WRITTEN_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def _text(value: str) -> str:
    return value.replace("\0", "")[:LONGEST]


def _number(value: str) -> str:
    found = read_decimal("".join(value.split()))
    return "" if found is None else plain(found)


def _date(value: str) -> str:
    found = read_moment(value[:19]) if "-" in value else None
    if found is not None:
        return found.date().isoformat()
    day = _TYPED_DAY.fullmatch(value.strip()) or _WRITTEN_DAY.fullmatch(value.strip())
    try:
        return date(int(day[3]), int(day[2]), int(day[1])).isoformat() if day else ""
    except ValueError:
        return ""


def _time(value: str) -> str:
    moment = read_moment(value[:19]) if "T" in value else None
    if moment is not None:
        return f"{moment:%H:%M}"
    found = _TIME.fullmatch(value.strip())
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def _digits(value: str) -> str:
    written = "".join(value.split())
    return written if _DIGITS.fullmatch(written) else ""


def _yes_no(value: str) -> str:
    word = value.strip().lower()
    if word in ("yes", "oui", "true", "1"):
        return "yes"
    return "no" if word in ("no", "non", "false", "0", "2") else ""


READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "text": _text,
    "number": _number,
    "amount": _number,
    "date": _date,
    "time": _time,
    "digits": _digits,
    "yes_no": _yes_no,
}
TYPES: Final = tuple(READERS)


def read(type_: str, value: str) -> str:
    """The value in its type's canonical form; '' when it is none."""
    return READERS.get(type_, _text)(value)


def plain(number: Decimal) -> str:
    """Digits and a point, without an exponent and without zeros at the end."""
    if number.adjusted() > LONGEST or number.adjusted() < -LONGEST:
        return ""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def local_text(now: datetime) -> str:
    """A moment as conditions and templates know it, of the clock that it carries."""
    return f"{now:%Y-%m-%dT%H:%M}"
