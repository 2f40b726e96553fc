"""A contact's values as somebody reads them aloud: dates, numbers and telephone numbers by kind.

Lists keep `2026-03-09`, `53144.70` and `+2290161000001`; a French reader sees `9 mars 2026`,
`53 144,70` and `+229 01 61 00 00 01`. `web/src/features/scripts/shown.ts` does the same, and
`tests/shared/script-cases.json` compares them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kwabo.domain.contacts.columns import ColumnKind

_MONTHS: Final = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
}  # fmt: skip
_DATE = re.compile(
    r"([0-9]{4})-(0[1-9]|1[0-2])-([0-3][0-9])(?:T([0-2][0-9]:[0-5][0-9])(?::[0-9]{2})?)?"
)
_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_E164 = re.compile(r"\+[0-9]{7,15}")
_TWO_DIGITS = frozenset(
    {20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67)}
    | {81, 82, 84, 86, *range(90, 96), 98}
)  # calling codes of two digits (ITU-T E.164, list of assigned country codes)
_UNGROUPED = 4  # whole numbers of so many digits may be years


def shown(kind: str, value: str, language: str) -> str:
    """The value for a reader of this language ('fr', anything else is English)."""
    value = value.strip()
    if kind == ColumnKind.DATE:
        return _date(value, "fr" if language == "fr" else "en")
    if kind == ColumnKind.NUMBER:
        return _number(value, language == "fr")
    if kind == ColumnKind.PHONE:
        return _phone(value)
    return value


def shown_values(
    data: Mapping[str, str], kinds: Mapping[str, str], language: str
) -> dict[str, str]:
    """All of a contact's values."""
    return {
        name: shown(kinds.get(name, ColumnKind.TEXT), str(value or ""), language)
        for name, value in data.items()
    }


def _date(value: str, language: str) -> str:
    match = _DATE.fullmatch(value)
    if match is None:
        return value
    year, month, day, clock = match.groups()
    number = int(day)
    ordinal = "er" if language == "fr" and number == 1 else ""
    written = f"{number}{ordinal} {_MONTHS[language][int(month) - 1]} {int(year)}"
    if clock is None:
        return written
    return f"{written} {'à' if language == 'fr' else 'at'} {clock}"


def _number(value: str, french: bool) -> str:
    match = _NUMBER.fullmatch(value)
    if match is None:
        return value
    sign, whole, fraction = match.groups()
    if len(whole) > _UNGROUPED or fraction is not None:
        separator = "\u202f" if french else ","
        head = len(whole) % 3
        groups = [whole[:head]] if head else []
        groups += [whole[at : at + 3] for at in range(head, len(whole), 3)]
        whole = separator.join(groups)
    decimals = "" if fraction is None else ("," if french else ".") + fraction
    return ("−" if sign else "") + whole + decimals


def _phone(value: str) -> str:
    if not _E164.fullmatch(value):
        return value
    digits = value[1:]
    code = digits[:1] if digits[0] in "17" else digits[:2]
    if len(code) == 2 and int(code) not in _TWO_DIGITS:
        code = digits[:3]
    rest = digits[len(code) :]
    if code == "1" and len(rest) == 10:
        return f"+1 {rest[:3]} {rest[3:6]} {rest[6:]}"
    odd = len(rest) % 2
    pairs = [rest[:1]] if odd else []
    pairs += [rest[at : at + 2] for at in range(odd, len(rest), 2)]
    return " ".join([f"+{code}", *pairs])
