"""Phone numbers as people and spreadsheets write them."""

from __future__ import annotations

import pytest

from kwabo.domain.contacts.phone_numbers import NumberKind, kind_of, read_cell, read_number
from kwabo.domain.contacts.problems import PROBLEMS, message

ONE = "+2290197123456"


@pytest.mark.parametrize(
    "written",
    [
        "97123456",
        "0197123456",
        "197123456",  # the ten digits after a spreadsheet took the zero
        "97 12 34 56",
        "97.12.34.56",
        "97-12-34-56",
        "97/12/34/56",
        "(229) 97 12 34 56",
        "22997123456",
        "2290197123456",
        "0022997123456",
        "002290197123456",
        "+22997123456",
        "+2290197123456",
        "+229 01 97 12 34 56",
        "+229\u00a097\u202f12\u00a034\u00a056",
        "\u200f+229 97 12 34 56\u200e",
        "\ufeff97123456",
        "９７１２３４５６",
        "＋２２９９７１２３４５６",
        "٩٧١٢٣٤٥٦",
        "97–12–34–56",
        "97123456.0",
        "'97123456",
        "  97123456\t",
    ],
)
def test_all_forms_of_a_beninese_number_are_one(written: str) -> None:
    assert read_cell(written, "BJ").numbers == (ONE,)
    assert read_cell(written, "BJ").problems == ()


@pytest.mark.parametrize(
    "written",
    [
        "97123456/95123456",
        "97123456 ; 95123456",
        "97 12 34 56, 95 12 34 56",
        "97123456|95123456",
        "97123456 ou 95123456",
        "97123456 OR 95123456",
        "97123456\n95123456",
        "97123456 95123456",
        "0197123456 / +22995123456 / 97123456",
    ],
)
def test_several_numbers_in_a_cell(written: str) -> None:
    assert read_cell(written, "BJ").numbers == (ONE, "+2290195123456")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("inconnu", "PHONE_LETTERS"),
        ("97 12 34 5O", "PHONE_LETTERS"),
        ("97123456 poste 12", "PHONE_EXTENSION"),
        ("97123456 x12", "PHONE_EXTENSION"),
        ("97123456#12", "PHONE_EXTENSION"),
        ("97123456;tag=abc", "PHONE_CHARACTERS"),
        ("97123456;ext=12", "PHONE_CHARACTERS"),
        ("97123456@host", "PHONE_CHARACTERS"),
        ("sip:97123456", "PHONE_CHARACTERS"),
        ("97123456&95123456", "PHONE_CHARACTERS"),
        ("9712345${EXTEN}", "PHONE_CHARACTERS"),
        ("2.29971E+12", "PHONE_ROUNDED"),
        ("2,29971E+12", "PHONE_ROUNDED"),
        ("9712", "PHONE_TOO_SHORT"),
        ("971234", "PHONE_TOO_SHORT"),
        ("9712345697123456971234569", "PHONE_TOO_LONG"),
        ("+999123456789", "PHONE_COUNTRY"),
        ("88123456", "PHONE_NOT_IN_PLAN"),
        ("++22997123456", "PHONE_CHARACTERS"),
    ],
)
def test_refusals_name_the_mend(written: str, code: str) -> None:
    cell = read_cell(written, "BJ")

    assert cell.numbers == ()
    assert [problem.code for problem in cell.problems] == [code]
    assert message(code) != code
    assert message(code, "fr") != message(code)


def test_an_injected_line_never_reaches_the_number() -> None:
    cell = read_cell("97123456\r\nX-Evil: 1", "BJ")

    assert cell.numbers == (ONE,)
    assert cell.problems[0].code == "PHONE_CHARACTERS"


def test_a_bad_number_beside_a_good_one_is_kept_as_written() -> None:
    cell = read_cell("97123456/57", "BJ")

    assert (cell.numbers, cell.text) == ((ONE,), f"{ONE} / 57")


def test_what_is_kept_reads_the_same_again() -> None:
    kept = read_cell("97123456/57 ou 95123456", "BJ").text

    assert read_cell(kept, "BJ").text == kept


def test_numbers_of_other_countries_need_their_code() -> None:
    assert read_number("+33 (0)6 12 34 56 78", "BJ") == "+33612345678"
    assert read_number("0033 6 12 34 56 78", "BJ") == "+33612345678"
    assert not isinstance(read_number("06 12 34 56 78", "BJ"), str)
    assert read_number("06 12 34 56 78", "FR") == "+33612345678"
    assert read_number("0692 12 34 56", "FR") == "+262692123456"  # dialled so from the mainland
    assert read_number("0690123456", "FR") == "+590690123456"
    assert read_number("+22997123456", "FR") == ONE


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (ONE, NumberKind.MOBILE),
        ("+2290121301234", NumberKind.FIXED_LINE),
        ("+33899123456", NumberKind.PREMIUM),
        ("+881612345678", NumberKind.SATELLITE),
        ("+8821612345678", NumberKind.SATELLITE),
    ],
)
def test_kinds(number: str, kind: NumberKind) -> None:
    assert kind_of(number) is kind


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    assert all(
        english.endswith(".") and french.endswith(".") for english, french in PROBLEMS.values()
    )
