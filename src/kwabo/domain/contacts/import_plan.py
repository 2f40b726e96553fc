"""What an import does with its file, and one block of it made ready for the database.

The same rows give the same contacts wherever blocks begin and end: a key that comes twice in a file
is added once and then updated (or skipped), whether both rows are in one block or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kwabo.domain.contacts.column_guess import MappedColumn
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.contacts.consent_columns import (
    ConsentColumns,
    ConsentPlan,
    ConsentReader,
    ReadConsent,
)
from kwabo.domain.contacts.contact_reader import ContactReader, ReadRows
from kwabo.domain.contacts.file_format import FileFormat
from kwabo.domain.contacts.formula import restored
from kwabo.domain.contacts.import_file import Block, Row
from kwabo.domain.contacts.import_reading import Reading, RowCleaner
from kwabo.domain.contacts.problems import Problem, shown

OnDuplicate = Literal["update", "skip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Which column of the file fills which column of the list."""

    columns: tuple[MappedColumn, ...]  # in the file's order
    has_header: bool = True  # False: the first row is a contact already
    consent: ConsentColumns | None = None  # columns that say who consented
    front: bool = False  # campaigns of the list call these contacts next

    def as_json(self) -> dict[str, Any]:
        """The mapping as the API and the database have it."""
        more: dict[str, Any] = {}
        if self.consent is not None:
            more["consent"] = self.consent.as_json()
        if self.front:
            more["front"] = True
        return {
            "has_header": self.has_header,
            "columns": [
                {"source": m.source, "ignore": True}
                if m.column is None
                else {
                    "source": m.source,
                    "name": m.column.name,
                    "label": m.column.label,
                    "kind": m.column.kind.value,
                }
                for m in self.columns
            ],
            **more,
        }

    @staticmethod
    def from_json(value: dict[str, Any]) -> Mapping:
        """The mapping of `as_json`'s answer. Raises KeyError or ValueError for anything else."""
        columns = []
        for position, item in enumerate(value["columns"]):
            column = None
            if not item.get("ignore"):
                name = item.get("name") or item["source"]
                kind = ColumnKind(item["kind"])
                label = item.get("label") or name
                column = Column(name=name, label=label, kind=kind, position=position)
            columns.append(MappedColumn(source=item["source"], column=column))
        consent = value.get("consent")
        return Mapping(
            columns=tuple(columns),
            has_header=bool(value.get("has_header", True)),
            consent=ConsentColumns.from_json(consent) if consent else None,
            front=bool(value.get("front", False)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """Everything that decides what a file's rows become."""

    file_format: FileFormat
    mapping: Mapping
    key_columns: tuple[str, ...]  # names of the list's columns
    region: str
    on_duplicate: OnDuplicate
    reading: Reading = field(default_factory=Reading)
    workbook: bool = False  # the file was made of a workbook's sheet
    consent: ConsentPlan | None = None


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A line of the report."""

    line_number: int
    problem: Problem
    row_kept: bool  # True: the contact was taken all the same


@dataclass(slots=True)
class PreparedRows:
    """A block's contacts, each key once, and what is wrong with the rest."""

    rows: ReadRows = field(default_factory=ReadRows)
    line_numbers: list[int] = field(default_factory=list)  # of every row
    chosen: list[int] = field(default_factory=list)  # rows that become contacts, in their order
    reported: list[ReportedProblem] = field(default_factory=list)
    rows_read: int = 0
    rows_rejected: int = 0
    repeated: int = 0  # rows whose key the block already had
    converted: int = 0  # numbers that were written in Benin's old eight digits
    consents: list[ReadConsent] = field(default_factory=list)  # in the file's order


class RowPreparer:
    """Makes contacts of a file's blocks."""

    def __init__(self, plan: ImportPlan) -> None:
        columns = [m.column for m in plan.mapping.columns]
        self._width = len(columns)
        self._reader = ContactReader(columns, plan.key_columns, plan.region, marked=True)
        self._update = plan.on_duplicate == "update"
        self._has_header = plan.mapping.has_header
        self._sources = [m.source for m in plan.mapping.columns]
        self._cleaner = RowCleaner(plan.reading, self._sources, workbook=plan.workbook)
        self._consents = ConsentReader(plan.consent, self._sources) if plan.consent else None

    def prepare(self, block: Block, *, is_first: bool) -> PreparedRows:
        """The contacts of a block; `is_first`: it begins with the file's first row."""
        prepared = PreparedRows()
        for line_number, problem in block.refused:
            self._reject(prepared, line_number, problem)
        rows = self._fitting(
            block.rows[1:] if is_first and self._has_header else block.rows, prepared
        )
        if not self._cleaner.idle:
            rows = [self._cleaned(row, prepared) for row in rows]
        read = prepared.rows = self._reader.read_rows([row.cells for row in rows])
        prepared.converted = read.converted
        prepared.line_numbers = [row.line_number for row in rows]
        blank = 0
        for index, problem in read.refusals.items():
            if any(map(str.strip, rows[index].cells)):
                self._reject(prepared, rows[index].line_number, problem)
            else:
                blank += 1  # nothing but delimiters: spreadsheets leave such rows at the end
        for index, problems in read.problems.items():
            kept = index not in read.refusals
            line_number = rows[index].line_number
            prepared.reported += [ReportedProblem(line_number, p, kept) for p in problems]
        if self._consents is not None:
            self._read_consents(self._consents, rows, prepared)
        self._choose(prepared)
        refused_before = prepared.rows_rejected - (len(read.refusals) - blank)
        prepared.rows_read = len(rows) - blank + refused_before
        prepared.reported.sort(key=lambda reported: reported.line_number)
        return prepared

    def _read_consents(
        self, reader: ConsentReader, rows: Sequence[Row], prepared: PreparedRows
    ) -> None:
        """What kept rows say of consent; a duplicate says it too."""
        for index, row in enumerate(rows):
            if index in prepared.rows.refusals:
                continue
            cells = [restored(cell.strip()) for cell in row.cells]
            lines, problems = reader.read(cells, prepared.rows.numbers[index], row.line_number)
            prepared.consents += lines
            prepared.reported += [ReportedProblem(row.line_number, p, True) for p in problems]

    def _cleaned(self, row: Row, prepared: PreparedRows) -> Row:
        cells, too_long = self._cleaner.clean(row.cells)
        for index in too_long:
            problem = Problem(code="CELL_TOO_LONG", column=self._sources[index])
            prepared.reported.append(ReportedProblem(row.line_number, problem, True))
        return Row(row.line_number, cells)

    def _fitting(self, rows: Sequence[Row], prepared: PreparedRows) -> Sequence[Row]:
        """The rows that have no more cells than the header."""
        width = self._width
        if not any(len(row.cells) > width for row in rows):
            return rows
        fitting = []
        for row in rows:
            if len(row.cells) > width and any(row.cells[width:]):
                value = shown(" | ".join(row.cells[: width + 3]))
                problem = Problem(code="TOO_MANY_CELLS", value=value)
                self._reject(prepared, row.line_number, problem)
            else:
                fitting.append(row)
        return fitting

    def _choose(self, prepared: PreparedRows) -> None:
        """Each key once: its last row when duplicates update, its first when they are skipped."""
        read, chosen = prepared.rows, prepared.chosen
        keys = read.external_keys
        if not read.refusals and (len(set(keys)) == len(keys) or not any(keys)):
            chosen.extend(range(len(keys)))
            return
        places: dict[str, int] = {}
        for index, key in enumerate(keys):
            if index in read.refusals:
                continue
            if key is None or key not in places:
                if key is not None:
                    places[key] = len(chosen)
                chosen.append(index)
                continue
            prepared.repeated += 1
            if self._update:
                chosen[places[key]] = index

    def _reject(self, prepared: PreparedRows, line_number: int, problem: Problem) -> None:
        prepared.rows_rejected += 1
        prepared.reported.append(ReportedProblem(line_number, problem, False))


def check_columns(columns: Sequence[Column]) -> str:
    """Why these columns cannot make a list: a code, or "" when they can."""
    names = [column.name for column in columns]
    if any(not name or len(name) > 128 or "\0" in name for name in names):
        return "COLUMN_NAME"
    if len(set(names)) != len(names):
        return "COLUMN_TWICE"
    if not any(column.kind is ColumnKind.PHONE for column in columns):
        return "NO_PHONE_COLUMN"
    return ""


def mapped_columns(mapping: Mapping) -> Iterable[Column]:
    """The list's columns that a file fills."""
    return (m.column for m in mapping.columns if m.column is not None)
