"""From the values of a row to a contact: one path for files, the API and the preview.

A row is refused when it has no number that can be called, or when its key is empty or too long.
Anything else that is wrong is reported and the row is kept: a bad number beside a good one, a value
that is not of its column's kind (left empty).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kwabo.domain.contacts.columns import Column, ColumnKind, read_value
from kwabo.domain.contacts.duplicate_key import MAX_KEY_LENGTH, duplicate_key
from kwabo.domain.contacts.formula import restored
from kwabo.domain.contacts.phone_numbers import quick_number, read_cell
from kwabo.domain.contacts.problems import Problem, shown


@dataclass(frozen=True, slots=True)
class ReadContact:
    """What a row says. `refusal` set: it cannot become a contact."""

    data: dict[str, str]  # column name → canonical value; empty values included
    numbers: list[str]  # E.164, in the order of the phone columns, each once
    number_labels: list[str]  # of the same length
    time_zone: str | None
    language: str | None
    external_key: str | None
    problems: list[Problem]
    refusal: Problem | None


class ContactReader:
    """Reads rows of one shape. `columns` are in the order of the values; None: left out."""

    def __init__(
        self, columns: Sequence[Column | None], key_columns: Sequence[str], region: str
    ) -> None:
        self._region = region
        self._cells: list[tuple[int, str, ColumnKind | None]] = []
        self._phones: list[tuple[int, str, str]] = []
        self._time_zone = self._language = ""
        for index, column in enumerate(columns):
            if column is None:
                continue
            if column.kind is ColumnKind.PHONE:
                self._phones.append((index, column.name, column.label))
            elif column.kind is ColumnKind.TEXT:
                self._cells.append((index, column.name, None))
            else:
                self._cells.append((index, column.name, column.kind))
            if column.kind is ColumnKind.TIME_ZONE and not self._time_zone:
                self._time_zone = column.name
            if column.kind is ColumnKind.LANGUAGE and not self._language:
                self._language = column.name
        self._width = len(columns)
        self._key_columns = list(key_columns)

    def read(self, values: Sequence[str]) -> ReadContact:
        """The contact of these values; missing ones count as empty."""
        if len(values) < self._width:
            values = [*values, *[""] * (self._width - len(values))]
        data: dict[str, str] = {}
        problems: list[Problem] = []
        for index, name, kind in self._cells:
            text = values[index].strip()
            if text[:1] == "'":
                text = restored(text)
            if kind is not None and text:
                written = text
                text, code = read_value(kind, written)
                if code:
                    problems.append(Problem(code=code, column=name, value=shown(written)))
            data[name] = text
        numbers, labels = self._read_phones(values, data, problems)
        key, refusal = self._key(data)
        if not numbers:
            refusal = self._no_number(problems)
        return ReadContact(
            data,
            numbers,
            labels,
            data.get(self._time_zone) or None,
            data.get(self._language) or None,
            key,
            problems,
            refusal,
        )

    def _read_phones(
        self, values: Sequence[str], data: dict[str, str], problems: list[Problem]
    ) -> tuple[list[str], list[str]]:
        numbers: list[str] = []
        labels: list[str] = []
        for index, name, label in self._phones:
            text = values[index]
            if not text:
                data[name] = ""
                continue
            number = quick_number(text, self._region)
            if number is not None:
                data[name] = number
                if number not in numbers:
                    numbers.append(number)
                    labels.append(label)
                continue
            cell = read_cell(text, self._region)
            data[name] = cell.text
            problems += [Problem(code=p.code, column=name, value=p.value) for p in cell.problems]
            for number in cell.numbers:
                if number not in numbers:
                    numbers.append(number)
                    labels.append(label)
        return numbers, labels

    def _key(self, data: dict[str, str]) -> tuple[str | None, Problem | None]:
        if not self._key_columns:
            return None, None
        key = duplicate_key([data.get(name, "") for name in self._key_columns])
        if key is None:
            return None, Problem(code="KEY_EMPTY", column=self._key_columns[0])
        if len(key) > MAX_KEY_LENGTH:
            return None, Problem(code="KEY_TOO_LONG", column=self._key_columns[0], value=shown(key))
        return key, None

    def _no_number(self, problems: list[Problem]) -> Problem:
        """The first phone's own problem says more than that there is no number."""
        phones = {name for _, name, _ in self._phones}
        for problem in problems:
            if problem.column in phones:
                problems.remove(problem)
                return problem
        return Problem(code="NO_NUMBER", column=self._phones[0][1] if self._phones else "")
