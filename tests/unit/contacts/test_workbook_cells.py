"""Cells of workbooks as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from kwabo.domain.contacts.columns import read_date
from kwabo.domain.contacts.phone_numbers import read_cell
from kwabo.domain.contacts.workbook_cells import LINE_MARK, Cell, cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("Sènan", "Sènan"),
        (97123456.0, "97123456"),
        (2290197123456.0, "2290197123456"),
        (0.1 + 0.2, "0.3"),
        (1200.5, "1200.5"),
        (-0.0, "0"),
        (1e20, "100000000000000000000"),
        (0.00000012, "0.00000012"),
        (float("nan"), ""),
        (True, "true"),
        (7, "7"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1), "2024-03-01"),  # noqa: DTZ001 - a cell knows no zone
        (datetime(2024, 3, 1, 12, 30), "2024-03-01T12:30:00"),  # noqa: DTZ001
        (time(8, 5), "08:05:00"),
        (timedelta(hours=26, minutes=3), "26:03:00"),
        ("a\r\nb\nc", f"a{LINE_MARK}b{LINE_MARK}c"),
    ],
)
def test_values(value: Cell, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize("number", [97123456.0, 197123456.0, 22997123456.0, 2290197123456.0])
def test_numbers_that_became_decimals_are_telephone_numbers(number: float) -> None:
    assert read_cell(cell_text(number), "BJ").numbers == ("+2290197123456",)


def test_dates_are_read_as_dates() -> None:
    assert read_date(cell_text(date(2024, 3, 1))) == "2024-03-01"
    at = datetime(2024, 3, 1, 12, 30)  # noqa: DTZ001
    assert read_date(cell_text(at)) == "2024-03-01T12:30:00"


def test_two_lines_of_a_cell_are_two_numbers() -> None:
    cell = cell_text("97 12 34 56\n96 11 22 33")
    assert read_cell(cell, "BJ").numbers == ("+2290197123456", "+2290196112233")
