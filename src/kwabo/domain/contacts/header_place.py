"""Where the columns' titles are: files of other programs begin with a title, a date, an empty line.

A line above the titles has few cells: less than half of what the fullest row of the beginning has.
A line with a telephone number is never taken for such a one.
"""

from __future__ import annotations

from collections.abc import Sequence

from kwabo.domain.contacts.import_file import Row
from kwabo.domain.contacts.phone_numbers import read_cell

_LOOKED_AT = 30  # rows
_MOST_CELLS_OF_A_PHONE_ROW = 50


def lines_before_titles(rows: Sequence[Row], region: str) -> int:
    """How many lines of the file come before the row of titles, or before its first contact."""
    seen = rows[:_LOOKED_AT]
    fullest = max((_filled(row) for row in seen), default=0)
    for row in seen:
        if _filled(row) * 2 >= fullest or _has_phone(row, region):
            return row.line_number - 1 if row is not seen[0] else 0
    return 0


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.strip())


def _has_phone(row: Row, region: str) -> bool:
    return any(read_cell(cell, region).numbers for cell in row.cells[:_MOST_CELLS_OF_A_PHONE_ROW])
