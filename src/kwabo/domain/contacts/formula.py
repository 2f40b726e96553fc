"""Exported cells must not become formulas in a spreadsheet (CWE-1236, OWASP "CSV Injection").

A value that a spreadsheet could run gets a leading apostrophe, which spreadsheets take as "this is
text". Two kinds of value are exempt because they are data by their whole form: a phone number in
E.164 in a phone column, and a number in its canonical form in a number column. Reading a file takes
the apostrophe away again, so that an exported list can be imported without change.
"""

from __future__ import annotations

import re

from kwabo.domain.contacts.columns import ColumnKind, is_canonical_number
from kwabo.domain.contacts.phone_numbers import E164

# Full-width forms count: some spreadsheets fold them. NUL: some readers drop it and what is behind
# it would come first.
_RISKY = re.compile("'*[=+\\-@\t\r\n\0|%＝＋－＠]")
_MARKED = re.compile("''*[=+\\-@\t\r\n\0|%＝＋－＠]")


def neutralised(value: str, kind: ColumnKind = ColumnKind.TEXT) -> str:
    """The value as a cell of an exported file."""
    if not _RISKY.match(value):
        return value
    if kind is ColumnKind.PHONE and all(E164.fullmatch(part) for part in value.split(" / ")):
        return value
    if kind is ColumnKind.NUMBER and is_canonical_number(value):
        return value
    return "'" + value


def restored(cell: str) -> str:
    """The value of a cell that `neutralised` may have written."""
    return cell[1:] if cell[:1] == "'" and _MARKED.match(cell) else cell
