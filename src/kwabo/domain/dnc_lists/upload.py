"""A file that becomes entries of a DNC list: which column it is, and a block of it made ready.

Any delimited file will do, one number on each line too. A cell of a number list may hold several
numbers; each is listed. The same rows give the same entries wherever blocks begin and end.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from kwabo.domain.contacts.column_guess import unique_header
from kwabo.domain.contacts.columns import folded
from kwabo.domain.contacts.file_format import FileFormat, detect
from kwabo.domain.contacts.import_file import MAX_COLUMNS, Block, Row, RowFile
from kwabo.domain.contacts.import_plan import ReportedProblem
from kwabo.domain.contacts.phone_numbers import quick_numbers, read_cell
from kwabo.domain.contacts.preview import UnreadableFile, refuse_other_files
from kwabo.domain.contacts.problems import Problem, shown
from kwabo.domain.dnc_lists.values import read_entry

PREVIEW_ROWS = 20
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPlan:
    """Everything that decides what a file's rows become."""

    file_format: FileFormat
    column: int  # place of the column that is listed, from 0
    has_header: bool
    key_column: str | None  # the list's
    region: str


@dataclass(slots=True)
class PreparedEntries:
    """A block's values, each once, and what is wrong with the rest."""

    values: dict[str, None] = field(default_factory=dict)  # in the file's order
    reported: list[ReportedProblem] = field(default_factory=list)
    rows_read: int = 0
    rows_rejected: int = 0
    repeated: int = 0  # rows whose values the block already had


def prepared(plan: UploadPlan, block: Block, *, is_first: bool) -> PreparedEntries:
    """The values of a block; `is_first`: it begins with the file's first row."""
    made = PreparedEntries()
    for line_number, problem in block.refused:
        _reject(made, line_number, problem)
    rows = block.rows[1:] if is_first and plan.has_header else block.rows
    cells = [_cell(row, plan.column) for row in rows]
    read = _read(cells, plan)
    for row, found in zip(rows, read, strict=True):
        if isinstance(found, Problem):
            if not any(map(str.strip, row.cells)):
                continue  # nothing but delimiters: spreadsheets leave such rows at the end
            _reject(made, row.line_number, found)
            continue
        values, problems = found
        made.rows_read += 1
        made.reported += [ReportedProblem(row.line_number, p, True) for p in problems]
        fresh = [value for value in values if value not in made.values]
        made.repeated += not fresh
        made.values.update(dict.fromkeys(fresh))
    made.rows_read += made.rows_rejected
    made.reported.sort(key=lambda reported: reported.line_number)
    return made


def _reject(made: PreparedEntries, line_number: int, problem: Problem) -> None:
    made.rows_rejected += 1
    made.reported.append(ReportedProblem(line_number, problem, False))


def _cell(row: Row, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""


def _read(
    cells: Sequence[str], plan: UploadPlan
) -> list[tuple[Sequence[str], Sequence[Problem]] | Problem]:
    """Each cell's values and what of it was left out, or why it has none."""
    if plan.key_column is not None:
        values = [read_entry(cell, plan.key_column, plan.region) for cell in cells]
        return [((value,), ()) if isinstance(value, str) else value for value in values]
    quick = quick_numbers(cells, plan.region) if cells else []
    return [
        _numbers(cell, plan.region) if number is None else ((number,), ())
        for cell, number in zip(cells, quick, strict=True)
    ]


def _numbers(cell: str, region: str) -> tuple[Sequence[str], Sequence[Problem]] | Problem:
    read = read_cell(cell, region)
    problems = [Problem(code=p.code, value=p.value) for p in read.problems]
    if read.numbers:
        return read.numbers, problems
    return problems[0] if problems else Problem(code="DNC_VALUE_EMPTY", value=shown(cell))


# ── The first look ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """A row of the file."""

    line_number: int
    cells: tuple[str, ...]
    value: str | None  # what would be listed
    code: str | None  # why it would not


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """The beginning of a file, and how it would be read."""

    plan: UploadPlan
    header: tuple[str, ...]
    rows: tuple[SeenRow, ...]


def look(
    sample: bytes,
    *,
    truncated: bool,
    key_column: str | None,
    region: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    column: int | None = None,
    has_header: bool | None = None,
) -> SeenFile:
    """The first rows of a file that begins with `sample`; what is not given is guessed.

    Raises UnreadableFile.
    """
    refuse_other_files(sample)
    file_format = detect(sample, encoding=encoding, delimiter=delimiter)
    block = RowFile(io.BytesIO(sample), file_format).read_block(0, 1, len(sample) + 2)
    rows = block.rows[:-1] if truncated and len(block.rows) > 1 else block.rows
    if not rows:
        raise UnreadableFile("NO_ROWS")
    first = rows[0].cells
    if len(first) > MAX_COLUMNS:
        raise UnreadableFile("TOO_MANY_COLUMNS")
    if column is None:
        column = _likely_column(rows[:_SAMPLE_ROWS], key_column, region)
    if has_header is None:
        has_header = _is_header(first, column, key_column)
    plan = UploadPlan(
        file_format=file_format,
        column=column,
        has_header=has_header,
        key_column=key_column,
        region=region,
    )
    body = rows[1:] if has_header else rows
    return SeenFile(
        plan=plan,
        header=tuple(unique_header(first if has_header else [""] * len(first))),
        rows=tuple(_seen(row, plan) for row in body[:PREVIEW_ROWS]),
    )


def _likely_column(rows: Sequence[Row], key_column: str | None, region: str) -> int:
    """The column of the list's name; for numbers the one with the most of them."""
    first = rows[0].cells
    if key_column is not None:
        named = [i for i, cell in enumerate(first) if folded(cell) == folded(key_column)]
        return named[0] if named else 0
    counts = [
        sum(1 for row in rows if i < len(row.cells) and read_cell(row.cells[i], region).numbers)
        for i in range(len(first))
    ]
    return counts.index(max(counts)) if counts else 0


def _is_header(first: Sequence[str], column: int, key_column: str | None) -> bool:
    """Whether the first row names columns. A bad number in it is a row to be reported."""
    if key_column is not None:
        return any(folded(cell) == folded(key_column) for cell in first)
    cell = first[column] if column < len(first) else ""
    return sum(character.isdigit() for character in cell) < 4


def _seen(row: Row, plan: UploadPlan) -> SeenRow:
    cells = tuple(shown(cell) for cell in row.cells[:MAX_COLUMNS])
    found = _read([_cell(row, plan.column)], plan)[0]
    if isinstance(found, Problem):
        return SeenRow(line_number=row.line_number, cells=cells, value=None, code=found.code)
    values, problems = found
    code = problems[0].code if problems else None
    return SeenRow(line_number=row.line_number, cells=cells, value=" / ".join(values), code=code)
