"""Typed columns of a contact list, and how each kind's values are read.

Values are kept as text in one canonical form per kind: numbers with a decimal point and no
grouping, dates as ISO 8601, phone numbers in E.164, time zones by IANA name, languages by code.
A value that is not of its kind is reported and left empty; the row stays. Phone columns keep what
could not be read beside what could, so that nothing a person typed is lost.
"""

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import lru_cache


class ColumnKind(StrEnum):
    """What a column's values are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    PHONE = "phone"
    TIME_ZONE = "time_zone"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list."""

    name: str  # as in the file's header; the key in a contact's data
    label: str  # shown to people; for phones "mobile", "work" …
    kind: ColumnKind
    position: int = 0
    phone_column: str | None = None  # of a time zone: whose numbers it is about; None: the contact


# ISO 639 code → names by which files call it, folded (see `folded`).
LANGUAGES: dict[str, tuple[str, ...]] = {
    "fr": ("francais", "french", "fra", "fre"),
    "en": ("anglais", "english", "eng"),
    "fon": ("fongbe", "fon gbe"),
    "bba": ("bariba", "baatonum", "batonu"),
    "yo": ("yoruba", "nago", "yor"),
    "gej": ("mina", "gen"),
    "guw": ("goun", "gun", "gungbe"),
    "ajg": ("adja", "aja"),
    "ddn": ("dendi",),
    "ee": ("ewe",),
    "ha": ("haoussa", "hausa"),
    "ff": ("peul", "fulfulde", "fula"),
    "pt": ("portugais", "portuguese"),
    "es": ("espagnol", "spanish"),
    "ar": ("arabe", "arabic"),
    "de": ("allemand", "german"),
}
_LANGUAGE_OF = {name: code for code, names in LANGUAGES.items() for name in (code, *names)}

_SPACES = re.compile(r"\s+")
_DIGIT_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'’")
_CURRENCIES = "€|\\$|£|f\\.?\\s?cfa|fcfa|cfa|xof|xaf|eur|euros?|usd|francs?|f"
_CURRENCY = re.compile(rf"^(?:{_CURRENCIES})\s*(?=[-0-9])|(?<=[0-9])\s*(?:{_CURRENCIES})\.?$", re.I)
_CANONICAL_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_USUAL_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,15})?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?:[ T]+(.+))?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})(?:[ T]+(.+))?")
_TIME = re.compile(r"([0-9]{1,2})[:h]([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?")


def folded(text: str) -> str:
    """A header word or name for comparison: no accents, no case, one space between words."""
    plain = unicodedata.normalize("NFKD", text.replace("_", " "))
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return _SPACES.sub(" ", kept).strip().casefold()


def read_value(kind: ColumnKind, text: str) -> tuple[str, str]:
    """(canonical value, problem code): the code is "" when the value is good. Not for phones."""
    text = text.strip()
    if not text or kind is ColumnKind.TEXT or kind is ColumnKind.PHONE:
        return text, ""
    value = _READERS[kind](text)
    return ("", _CODES[kind]) if value is None else (value, "")


def quick_decimal(text: str) -> str | None:
    """`read_decimal` of a number in the usual form; None when it has to look."""
    return text.replace(",", ".") if _USUAL_NUMBER.fullmatch(text) else None


def read_decimal(text: str) -> str | None:
    """A number with a point and no grouping; the last of comma and point is the decimal mark."""
    plain = text.translate(_DIGIT_SPACES)
    if plain.startswith("+"):
        plain = plain[1:]
    commas, points = plain.count(","), plain.count(".")
    if commas and points:
        if plain.rindex(",") > plain.rindex("."):
            plain = plain.replace(".", "").replace(",", ".")
        else:
            plain = plain.replace(",", "")
    elif commas == 1:
        plain = plain.replace(",", ".")
    elif commas > 1 or points > 1:
        plain = plain.replace(",", "").replace(".", "")
    if len(plain) > 60 or not _PLAIN_NUMBER.fullmatch(plain):
        return None
    sign = "-" if plain.startswith("-") else ""
    whole, _, fraction = plain.lstrip("-").partition(".")
    return sign + (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def read_amount(text: str) -> str | None:
    """`read_decimal` of a number that may have a currency before or behind it."""
    return read_decimal(text) or read_decimal(_CURRENCY.sub("", text.strip(), count=1))


def is_canonical_number(text: str) -> bool:
    """Whether the text is a number in the form in which it is kept."""
    return _CANONICAL_NUMBER.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def read_date(text: str) -> str | None:
    """ISO 8601 of day/month/year or year-month-day, with its time when one is written."""
    match = _DAY_FIRST.fullmatch(text)
    if match:
        day, month, year, rest = match.groups()
    else:
        match = _YEAR_FIRST.fullmatch(text)
        if not match:
            return None
        year, month, day, rest = match.groups()
    try:
        written = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    if not rest:
        return written
    clock = _TIME.fullmatch(rest.strip().removesuffix("Z"))
    if not clock:
        return None
    try:
        at = time(int(clock[1]), int(clock[2]), int(clock[3] or 0))
    except ValueError:
        return None
    return f"{written}T{at.isoformat()}"


@lru_cache(maxsize=1)
def _time_zones() -> dict[str, str]:
    return {name.casefold(): name for name in zoneinfo.available_timezones()}


def read_time_zone(text: str) -> str | None:
    """The IANA name, whatever the case and with spaces for underscores."""
    return _time_zones().get(text.replace(" ", "_").casefold())


@lru_cache(maxsize=1024)
def read_language(text: str) -> str | None:
    """The language's code: "Français", "fr-BJ" and "FR" are "fr"; other codes of ISO 639 stay."""
    name = folded(text)
    found = _LANGUAGE_OF.get(name) or _LANGUAGE_OF.get(name.split(" ")[0])
    if found:
        return found
    code = re.fullmatch(r"([a-z]{2,3})(?:[-_][A-Za-z]{2,4})?", text.strip().lower())
    return code[1] if code else None


_READERS: dict[ColumnKind, Callable[[str], str | None]] = {
    ColumnKind.NUMBER: read_amount,
    ColumnKind.DATE: read_date,
    ColumnKind.TIME_ZONE: read_time_zone,
    ColumnKind.LANGUAGE: read_language,
}
_CODES = {
    ColumnKind.NUMBER: "NUMBER_FORMAT",
    ColumnKind.DATE: "DATE_FORMAT",
    ColumnKind.TIME_ZONE: "TIME_ZONE_UNKNOWN",
    ColumnKind.LANGUAGE: "LANGUAGE_UNKNOWN",
}
