"""Typed values, guessed columns, duplicate keys and harmless exports."""

from __future__ import annotations

import pytest

from kwabo.domain.contacts.column_guess import guess_columns, looks_like_header, unique_header
from kwabo.domain.contacts.columns import (
    Column,
    ColumnKind,
    read_date,
    read_decimal,
    read_language,
    read_time_zone,
)
from kwabo.domain.contacts.contact_reader import ContactReader
from kwabo.domain.contacts.duplicate_key import duplicate_key
from kwabo.domain.contacts.formula import neutralised, restored


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", "12"),
        ("1 234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1\u202f234\u202f567", "1234567"),
        ("-0,5", "-0.5"),
        ("+7", "7"),
        ("007", "7"),
        ("1,234,567", "1234567"),
        ("abc", None),
        ("1e5", None),
        ("12 FCFA", None),
        ("--1", None),
    ],
)
def test_numbers(written: str, value: str | None) -> None:
    assert read_decimal(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("03/02/2026", "2026-02-03"),
        ("3.2.2026", "2026-02-03"),
        ("2026-02-03", "2026-02-03"),
        ("2026-02-03T10:05:00Z", "2026-02-03T10:05:00"),
        ("03/02/2026 10:05", "2026-02-03T10:05:00"),
        ("31/02/2026", None),
        ("02/13/2026", None),
        ("3/2/26", None),
    ],
)
def test_dates(written: str, value: str | None) -> None:
    assert read_date(written) == value


def test_zones_and_languages() -> None:
    assert read_time_zone("africa/porto-novo") == "Africa/Porto-Novo"
    assert read_time_zone("GMT+25") is None
    assert [read_language(t) for t in ("Français", "fr-BJ", "FON", "Bariba", "anglais", "??")] == [
        "fr", "fr", "fon", "bba", "en", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Consentement le", ColumnKind.DATE),
        ("Colonne 4", ColumnKind.DATE),
        ("Tél", ColumnKind.PHONE),
    ],
)
def test_days_are_no_numbers_of_eight_digits(header: str, kind: ColumnKind) -> None:
    days = [[f"2026-09-{day:02d}"] for day in range(1, 29)]

    assert guess_columns([header], days, "BJ")[0].column.kind is kind  # type: ignore[union-attr]


def test_columns_are_guessed_from_header_and_values() -> None:
    header = [
        "Référence",
        "Nom",
        "Tél. bureau",
        "WhatsApp",
        "Langue",
        "Fuseau",
        "Naissance",
        "Solde",
    ]
    rows = [
        ["007", "Adjovi", "97123456", "", "fr", "Africa/Lagos", "01/02/1990", "1 200,5"],
        ["008", "Zinsou", "inconnu", "95123456", "fon", "Africa/Lagos", "03/04/1985", "3"],
    ]

    columns = [m.column for m in guess_columns(header, rows, "BJ")]

    assert [c.kind.value for c in columns if c] == [
        "text", "text", "phone", "phone", "language", "time_zone", "date", "number",
    ]  # fmt: skip
    assert [c.label for c in columns if c][2:4] == ["work", "whatsapp"]


def test_codes_with_leading_zeros_are_no_quantities() -> None:
    kinds = [m.column.kind for m in guess_columns(["x"], [["0012"], ["0034"]], "BJ") if m.column]

    assert kinds == [ColumnKind.TEXT]


def test_headers() -> None:
    assert unique_header(["Nom", "", "Nom"]) == ["Nom", "column 2", "Nom (2)"]
    assert looks_like_header(["Nom", "Téléphone"], "BJ")
    assert not looks_like_header(["97123456"], "BJ")


def test_keys() -> None:
    assert duplicate_key(["C1"]) == "C1"
    assert duplicate_key(["  a   b "]) == "a b"
    assert duplicate_key(["", " "]) is None
    assert duplicate_key(["a|b", "c"]) != duplicate_key(["a", "b|c"])
    assert duplicate_key(["e\u0301"]) == duplicate_key(["é"])
    assert duplicate_key(["Ab"]) != duplicate_key(["aB"])


@pytest.mark.parametrize(
    "value", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=x", "''@", "＝1", "\n=1"]
)
def test_formulas_are_neutralised_and_come_back(value: str) -> None:
    assert neutralised(value).startswith("'")
    assert restored(neutralised(value)) == value


def test_numbers_survive_an_export() -> None:
    assert neutralised("+2290197123456", ColumnKind.PHONE) == "+2290197123456"
    assert neutralised("+2290197123456 / +33612345678", ColumnKind.PHONE)[0] == "+"
    assert neutralised("+2290197123456", ColumnKind.TEXT)[0] == "'"
    assert neutralised("+1+cmd|' /C calc'!A0", ColumnKind.PHONE)[0] == "'"
    assert neutralised("-12.5", ColumnKind.NUMBER) == "-12.5"
    assert restored("L'an") == "L'an"
    assert restored("'allo") == "'allo"


COLUMNS = [
    Column(name="id", label="id", kind=ColumnKind.TEXT),
    Column(name="tel", label="home", kind=ColumnKind.PHONE),
    Column(name="mob", label="mobile", kind=ColumnKind.PHONE),
    Column(name="tz", label="tz", kind=ColumnKind.TIME_ZONE),
]


def test_a_contact_with_one_good_number_is_kept() -> None:
    read = ContactReader(COLUMNS, ["id"], "BJ").read(["7", "abc", "97123456/0197123456", "x"])

    assert read.refusal is None
    assert (read.numbers, read.number_labels) == (("+2290197123456",), ("mobile",))
    assert [(p.code, p.column) for p in read.problems] == [
        ("PHONE_LETTERS", "tel"), ("TIME_ZONE_UNKNOWN", "tz"),
    ]  # fmt: skip
    assert (read.external_key, read.time_zone) == ("7", None)


def test_the_same_number_in_two_columns_counts_once() -> None:
    read = ContactReader(COLUMNS, [], "BJ").read(["7", "97123456", "+2290197123456", ""])

    assert (read.numbers, read.number_labels) == (("+2290197123456",), ("home",))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (["1", "", "", ""], "NO_NUMBER"),
        (["1", "12", "", ""], "PHONE_TOO_SHORT"),
        (["", "97123456", "", ""], "KEY_EMPTY"),
        (["x" * 501, "97123456", "", ""], "KEY_TOO_LONG"),
        ([], "NO_NUMBER"),
    ],
)
def test_refusals(values: list[str], code: str) -> None:
    refusal = ContactReader(COLUMNS, ["id"], "BJ").read(values).refusal

    assert refusal is not None
    assert refusal.code == code
