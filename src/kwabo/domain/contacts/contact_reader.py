"""From the values of rows to contacts: one path for files, the API and the preview.

A row is refused when it has no number that can be called, or when its key is empty or too long.
Anything else that is wrong is reported and the row is kept: a bad number beside a good one, a value
that is not of its column's kind (left empty).

Rows are read column by column: a million of them must not cost a million of anything slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kwabo.domain.contacts.columns import Column, ColumnKind, quick_decimal, read_value
from kwabo.domain.contacts.duplicate_key import MAX_KEY_LENGTH, duplicate_key
from kwabo.domain.contacts.formula import restored
from kwabo.domain.contacts.phone_numbers import count_old_forms, quick_numbers, read_cell_slowly
from kwabo.domain.contacts.problems import Problem, shown

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadContact:
    """What a row says. `refusal` set: it cannot become a contact."""

    data: dict[str, str]  # column name → canonical value; empty values included
    numbers: Texts  # E.164, in the order of the phone columns, each once
    number_labels: Texts  # of the same length
    time_zone: str | None
    language: str | None
    external_key: str | None
    problems: list[Problem]
    refusal: Problem | None


@dataclass(slots=True)
class ReadRows:
    """What several rows say, column by column; a row's index is its place in every list."""

    names: list[str] = field(default_factory=list)  # of the columns
    values: list[Sequence[str]] = field(default_factory=list)  # of each column, canonical
    numbers: list[Texts] = field(default_factory=list)
    number_labels: list[Texts] = field(default_factory=list)
    time_zones: Sequence[str] | None = None  # None: no such column; "" in it: none
    languages: Sequence[str] | None = None
    external_keys: list[str | None] = field(default_factory=list)
    problems: dict[int, list[Problem]] = field(default_factory=dict)  # by row
    refusals: dict[int, Problem] = field(default_factory=dict)
    converted: int = 0  # numbers that were written in Benin's old eight digits

    def contact(self, row: int) -> ReadContact:
        """One row's contact."""
        return ReadContact(
            dict(zip(self.names, (values[row] for values in self.values), strict=True)),
            self.numbers[row],
            self.number_labels[row],
            (self.time_zones[row] or None) if self.time_zones is not None else None,
            (self.languages[row] or None) if self.languages is not None else None,
            self.external_keys[row],
            self.problems.get(row, []),
            self.refusals.get(row),
        )


class ContactReader:
    """Reads rows of one shape. `columns` are in the order of the values; None: left out.

    `marked`: the values come from a file, where an apostrophe may stand before what a spreadsheet
    would take for a formula (see `formula`); it is taken away.
    """

    def __init__(
        self,
        columns: Sequence[Column | None],
        key_columns: Sequence[str],
        region: str,
        *,
        marked: bool = False,
    ) -> None:
        self._marked = marked
        self._region = region
        self._columns = [(i, column) for i, column in enumerate(columns) if column is not None]
        self._phones = [column for _, column in self._columns if column.kind is ColumnKind.PHONE]
        self._width = len(columns)
        self._key_columns = list(key_columns)

    def read(self, values: Sequence[str]) -> ReadContact:
        """The contact of one row; missing values count as empty."""
        return self.read_rows([values]).contact(0)

    def read_rows(self, rows: Sequence[Sequence[str]]) -> ReadRows:
        """The contacts of rows; missing values count as empty, values beyond the columns not."""
        width = self._width
        fitted = [
            row if len(row) == width else [*row[:width], *[""] * (width - len(row))] for row in rows
        ]
        by_column: list[Sequence[str]] = list(zip(*fitted, strict=True))
        read = ReadRows()
        cells: list[
            dict[int, Texts]
        ] = []  # of each phone column: rows with several numbers or none
        phones: list[Sequence[str]] = []
        for index, column in self._columns:
            raw = by_column[index] if rows else ()
            if column.kind is ColumnKind.PHONE:
                values, odd = self._read_phones(raw, column.name, read)
                if self._region == "BJ":
                    read.converted += count_old_forms(raw, values)
                phones.append(values)
                cells.append(odd)
            elif column.kind is ColumnKind.TEXT:
                values = _texts(raw, self._marked)
            else:
                values = _typed(raw, column, read, self._marked)
            read.names.append(column.name)
            read.values.append(values)
            if column.kind is ColumnKind.TIME_ZONE and read.time_zones is None:
                read.time_zones = values
            elif column.kind is ColumnKind.LANGUAGE and read.languages is None:
                read.languages = values
        self._number(phones, cells, read, len(rows))
        self._key(read, len(rows))
        for row, numbers in enumerate(read.numbers):
            if not numbers:
                read.refusals[row] = self._no_number(read.problems.get(row, []))
        return read

    def _read_phones(
        self, raw: Sequence[str], name: str, read: ReadRows
    ) -> tuple[list[str], dict[int, Texts]]:
        """What is kept of each cell, and the numbers of cells that do not hold exactly one."""
        values: list[str] = []
        odd: dict[int, Texts] = {}
        for row, number in enumerate(quick_numbers(raw, self._region)):
            if number is not None:
                values.append(number)
                continue
            if not raw[row]:
                values.append("")
                odd[row] = ()
                continue
            cell = read_cell_slowly(raw[row], self._region)
            values.append(cell.text)
            if len(cell.numbers) != 1 or cell.problems:
                odd[row] = cell.numbers
            if cell.problems:
                read.problems.setdefault(row, []).extend(
                    Problem(code=p.code, column=name, value=p.value) for p in cell.problems
                )
        return values, odd

    def _number(
        self,
        phones: Sequence[Sequence[str]],
        cells: Sequence[dict[int, Texts]],
        read: ReadRows,
        rows: int,
    ) -> None:
        """Each row's numbers and their labels."""
        labels = [column.label for column in self._phones]
        if not phones:
            read.numbers, read.number_labels = [()] * rows, [()] * rows
            return
        first = (labels[0],)
        single = len(phones) == 1
        for row, kept in enumerate(zip(*phones, strict=True)):
            if (single or not any(kept[1:])) and kept[0] and row not in cells[0]:
                read.numbers.append((kept[0],))
                read.number_labels.append(first)
                continue
            numbers: dict[str, str] = {}
            for place, value in enumerate(kept):
                found = cells[place].get(row)
                for number in (value,) if found is None else found:
                    numbers.setdefault(number, labels[place])
            read.numbers.append(tuple(numbers))
            read.number_labels.append(tuple(numbers.values()))

    def _key(self, read: ReadRows, rows: int) -> None:
        if not self._key_columns:
            read.external_keys = [None] * rows
            return
        columns = []
        for name in self._key_columns:
            known = name in read.names
            columns.append(read.values[read.names.index(name)] if known else [""] * rows)
        read.external_keys = [duplicate_key(values) for values in zip(*columns, strict=True)]
        for row, key in enumerate(read.external_keys):
            if key is None:
                read.refusals[row] = Problem(code="KEY_EMPTY", column=self._key_columns[0])
            elif len(key) > MAX_KEY_LENGTH:
                value = shown(key)
                read.refusals[row] = Problem(
                    code="KEY_TOO_LONG", column=self._key_columns[0], value=value
                )
                read.external_keys[row] = None

    def _no_number(self, problems: list[Problem]) -> Problem:
        """The first phone's own problem says more than that there is no number."""
        phones = {column.name for column in self._phones}
        for problem in problems:
            if problem.column in phones:
                problems.remove(problem)
                return problem
        return Problem(code="NO_NUMBER", column=self._phones[0].name if self._phones else "")


def _texts(raw: Sequence[str], marked: bool) -> list[str]:
    values = [value.strip() for value in raw]
    if marked and "'" in "".join(values):
        values = [restored(value) for value in values]
    return values


def _typed(raw: Sequence[str], column: Column, read: ReadRows, marked: bool) -> list[str]:
    values = []
    numeric = column.kind is ColumnKind.NUMBER
    for row, text in enumerate(raw):
        value = quick_decimal(text) if numeric else None
        if value is None:
            written = restored(text.strip()) if marked else text.strip()
            value, code = read_value(column.kind, written)
            if code:
                problem = Problem(code=code, column=column.name, value=shown(written))
                read.problems.setdefault(row, []).append(problem)
        values.append(value)
    return values
