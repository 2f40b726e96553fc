"""A cell of a workbook as the text that a file of delimited text would hold.

Spreadsheets keep numbers as binary fractions and dates as serial numbers: a whole number has no
decimal point here (so a telephone number that became a number reads as its digits; leading zeros
that were lost are put back by the reading of numbers), other numbers have the 15 digits that a
spreadsheet shows, dates are ISO 8601.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

LINE_MARK: Final = "\u2028"  # stands for a line break inside a cell, so that a row stays one line
_BREAKS: Final = ("\r\n", "\n", "\r")
Cell = str | bool | int | float | date | datetime | time | timedelta | None


def cell_text(value: Cell) -> str:
    """The cell's text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _one_line(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    return _moment(value)


def _one_line(text: str) -> str:
    for mark in _BREAKS:
        if mark in text:
            text = text.replace(mark, LINE_MARK)
    return text


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer():
        return f"{value:.0f}" if value else "0"
    text = f"{value:.15g}"
    return f"{value:.20f}".rstrip("0") if "e" in text else text


def _moment(value: date | datetime | time | timedelta) -> str:
    if isinstance(value, datetime):
        if value.time() == time(0):
            return value.date().isoformat()
        return value.replace(tzinfo=None).isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    return value.isoformat()
