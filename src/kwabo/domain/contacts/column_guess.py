"""Which kind each column of a file has, from its header and a sample of its values.

Header words decide first, in French and English, as long as the sample does not contradict them;
then the sample: nine values in ten (for phones, which are often badly written, six) must be
readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kwabo.domain.contacts.columns import LANGUAGES as _LANGUAGES
from kwabo.domain.contacts.columns import (
    Column,
    ColumnKind,
    folded,
    read_amount,
    read_date,
    read_language,
    read_time_zone,
)
from kwabo.domain.contacts.phone_numbers import read_cell

_PHONE_WORDS = {
    "telephone", "tel", "phone", "mobile", "portable", "cell", "cellulaire", "gsm", "whatsapp",
    "numero", "msisdn", "contact", "fixe", "landline", "telephones", "phones", "cel", "mob",
}  # fmt: skip
_LABELS = {
    "mobile": ("mobile", "portable", "cell", "cellulaire", "gsm", "mob", "cel", "msisdn"),
    "home": ("domicile", "home", "maison", "fixe", "landline"),
    "work": ("bureau", "work", "office", "travail", "pro", "professionnel"),
    "whatsapp": ("whatsapp",),
}
_WORDS = {
    ColumnKind.LANGUAGE: {"langue", "language", "lang", "langues"},
    ColumnKind.TIME_ZONE: {"fuseau", "timezone", "time zone", "fuseau horaire", "tz"},
    ColumnKind.DATE: {"date", "echeance", "naissance", "birthday", "birthdate", "due"},
    ColumnKind.NUMBER: {
        "montant",
        "amount",
        "solde",
        "balance",
        "age",
        "prix",
        "price",
        "quantite",
    },
}
_TEXT_WORDS = {
    "nom",
    "name",
    "prenom",
    "id",
    "code",
    "reference",
    "ref",
    "email",
    "adresse",
    "ville",
    "cp",
    "postal",
    "zip",
    "postcode",
    "siret",
    "siren",
}
UNNAMED: Final = "column"  # with its place: the name of a column without one, in every language
_MIN_SHARE = 0.9
_MIN_PHONE_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """A column of a file and the list's column it fills; `column` None: left out."""

    source: str
    column: Column | None


def unique_header(cells: Sequence[str]) -> list[str]:
    """Names for a header's cells: none empty, none twice, at most 128 characters."""
    names: list[str] = []
    seen: set[str] = set()
    for index, cell in enumerate(cells, start=1):
        base = " ".join(cell.replace("\0", "").split())[:120] or f"{UNNAMED} {index}"
        name, number = base, 2
        while name in seen:
            name, number = f"{base} ({number})", number + 1
        seen.add(name)
        names.append(name)
    return names


def place_of_unnamed(name: str) -> int | None:
    """The place of a column that has its name from it, from 1; None for any other name."""
    word, _, place = name.partition(" ")
    return int(place) if word == UNNAMED and place.isascii() and place.isdecimal() else None


def looks_like_header(cells: Sequence[str], region: str) -> bool:
    """False when the first row already holds a phone number: the file has no header."""
    return not any(read_cell(cell, region).numbers for cell in cells[:50])


def guess_columns(
    header: Sequence[str], sample: Sequence[Sequence[str]], region: str
) -> list[MappedColumn]:
    """A column of the list for every column of the file."""
    mapped = []
    for index, name in enumerate(header):
        values = [row[index].strip() for row in sample if index < len(row) and row[index].strip()]
        kind = guess_kind(name, values, region)
        label = _phone_label(name) if kind is ColumnKind.PHONE else name
        column = Column(name=name, label=label, kind=kind, position=index)
        mapped.append(MappedColumn(source=name, column=column))
    return mapped


def guess_kind(name: str, values: Sequence[str], region: str) -> ColumnKind:
    """The kind of a column with this header and these non-empty values."""
    words = folded(name)
    tokens = set(words.split()) | {words}
    phones = _share(values, lambda v: bool(read_cell(v, region).numbers))
    if tokens & _PHONE_WORDS and (phones >= 0.2 or not values):
        return ColumnKind.PHONE
    for kind, known in _WORDS.items():
        if tokens & known and _share(values, _TESTS[kind], empty=1.0) >= 0.5:
            return kind
    if tokens & _TEXT_WORDS:
        return ColumnKind.TEXT
    if not values:
        return ColumnKind.TEXT
    # Before phones: the digits of 2026-01-31 are a number of eight in some countries.
    if _share(values, lambda v: read_date(v) is not None) >= _MIN_SHARE:
        return ColumnKind.DATE
    if phones >= _MIN_PHONE_SHARE:
        return ColumnKind.PHONE
    if _share(values, _is_quantity) >= _MIN_SHARE:
        return ColumnKind.NUMBER
    if _share(values, lambda v: "/" in v and read_time_zone(v) is not None) >= _MIN_SHARE:
        return ColumnKind.TIME_ZONE
    if _share(values, _is_known_language) >= _MIN_SHARE:
        return ColumnKind.LANGUAGE
    return ColumnKind.TEXT


def _phone_label(name: str) -> str:
    tokens = set(folded(name).split())
    for label, words in _LABELS.items():
        if tokens & set(words):
            return label
    return name


def _is_quantity(value: str) -> bool:
    """A number that is no code: no leading zero, at most 15 digits."""
    digits = sum(c.isdigit() for c in value)
    coded = len(value) > 1 and value[0] == "0" and value[1].isdigit()
    return not coded and digits <= 15 and read_amount(value) is not None


def _is_known_language(value: str) -> bool:
    return read_language(value) in _LANGUAGES and len(value) < 30


_TESTS = {
    ColumnKind.LANGUAGE: lambda v: read_language(v) is not None,
    ColumnKind.TIME_ZONE: lambda v: read_time_zone(v) is not None,
    ColumnKind.DATE: lambda v: read_date(v) is not None,
    ColumnKind.NUMBER: lambda v: read_amount(v) is not None,
}


def _share(values: Sequence[str], test: object, *, empty: float = 0.0) -> float:
    if not values:
        return empty
    assert callable(test)
    return sum(bool(test(value)) for value in values) / len(values)
