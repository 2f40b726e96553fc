"""The first rows of an uploaded file as they would be imported, with a guess at its columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kwabo.domain.contacts.column_guess import (
    MappedColumn,
    guess_columns,
    looks_like_header,
    unique_header,
)
from kwabo.domain.contacts.columns import Column, ColumnKind, folded, read_value
from kwabo.domain.contacts.consent_columns import ConsentColumns
from kwabo.domain.contacts.file_format import FileFormat, detect
from kwabo.domain.contacts.header_place import lines_before_titles
from kwabo.domain.contacts.import_file import MAX_COLUMNS, Row, RowFile
from kwabo.domain.contacts.import_plan import Mapping
from kwabo.domain.contacts.import_reading import Reading, RowCleaner
from kwabo.domain.contacts.phone_numbers import read_cell

PREVIEW_ROWS = 50
_SAMPLE_ROWS = 500
_MAGIC = {  # first bytes of files that are often taken for a text file
    b"PK\x03\x04": "NOT_TEXT_SPREADSHEET",
    b"\xd0\xcf\x11\xe0": "NOT_TEXT_SPREADSHEET",
    b"%PDF": "NOT_TEXT",
    b"\x1f\x8b": "NOT_TEXT_COMPRESSED",
}


class UnreadableFile(Exception):
    """The file cannot be imported whatever is chosen; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """A cell as written and as read."""

    value: str
    parsed: str | list[str] | None  # E.164 numbers for a phone column; None: nothing or unreadable
    code: str | None  # what is wrong with it


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file."""

    line_number: int
    cells: list[PreviewCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a person needs to decide on the mapping."""

    file_format: FileFormat
    header: list[str]
    mapping: Mapping
    rows: list[PreviewRow]
    left_out: Sequence[Column] = ()  # of the file, as guessed, that the template does not name


def preview(
    sample: bytes,
    *,
    truncated: bool,
    region: str,
    known_columns: Sequence[Column] = (),
    encoding: str | None = None,
    delimiter: str | None = None,
    skip_lines: int | None = None,
    kinds: Sequence[ColumnKind | None] = (),
    reading: Reading | None = None,
    template_columns: Sequence[MappedColumn] = (),
    consent: ConsentColumns | None = None,
    front: bool = False,
    workbook: bool = False,
) -> Preview:
    """The preview of a file that begins with `sample`; `known_columns` are those of its list.

    `kinds`: a person's choice for the file's columns in their order, None to leave one out; those
    that are not named are guessed. `skip_lines`: lines before the columns' titles; None: as the
    template has it, else as they are found. `reading` and `template_columns` come from a template;
    of its file's columns those that it does not name are left out; `consent` and `front` are the
    template's. Raises UnreadableFile.
    """
    refuse_other_files(sample)
    looked_for = reading is None and skip_lines is None
    reading = reading or Reading()
    if skip_lines is not None:
        reading = replace(reading, skip_lines=skip_lines)
    file_format = reading.formatted(
        detect(
            sample,
            encoding=encoding or reading.encoding,
            delimiter=delimiter or reading.delimiter,
        )
    )
    rows = _first_rows(sample, file_format, truncated)
    if looked_for and (before := lines_before_titles(rows, region)):
        file_format = replace(file_format, skip_lines=before)
        rows = [row for row in rows if row.line_number > before]
    if not rows:
        raise UnreadableFile("NO_ROWS")
    if len(rows[0].cells) > MAX_COLUMNS:
        raise UnreadableFile("TOO_MANY_COLUMNS")
    header, has_header = _header(rows[0].cells, reading, region)
    cleaner = RowCleaner(reading, header, workbook=workbook)
    body = [
        Row(row.line_number, cleaner.clean(row.cells)[0])
        for row in (rows[1:] if has_header else rows)
    ]
    guessed = guess_columns(header, [row.cells for row in body], region)
    columns = tuple(_known(mapped, known_columns) for mapped in guessed)
    left_out: list[Column] = []
    if template_columns:
        left_out = _left_out(columns, template_columns, consent)
        columns = tuple(_of_template(mapped, template_columns) for mapped in columns)
    columns = tuple(_chosen(mapped, kinds, index) for index, mapped in enumerate(columns))
    return Preview(
        file_format=file_format,
        header=header,
        mapping=Mapping(columns=columns, has_header=has_header, consent=consent, front=front),
        rows=[_preview_row(row, columns, region) for row in body[:PREVIEW_ROWS]],
        left_out=left_out,
    )


def refuse_other_files(sample: bytes) -> None:
    """Raise UnreadableFile for a file that is often taken for a text file."""
    for magic, code in _MAGIC.items():
        if sample.startswith(magic):
            raise UnreadableFile(code)


def _first_rows(sample: bytes, file_format: FileFormat, truncated: bool) -> list[Row]:
    file = RowFile(io.BytesIO(sample), file_format, whole=not truncated)
    block = file.read_block(0, 1, len(sample) + 2)
    rows = block.rows[:-1] if truncated and len(block.rows) > 1 else block.rows
    return rows[: _SAMPLE_ROWS + 1]


def _header(first: list[str], reading: Reading, region: str) -> tuple[list[str], bool]:
    """The names of the file's columns, and whether its first row holds them."""
    has_header = reading.has_header
    if reading.fixed_fields:
        return unique_header([f.name for f in reading.fixed_fields]), bool(has_header)
    if has_header is None:
        has_header = looks_like_header(first, region)
    return unique_header(first if has_header else [""] * len(first)), has_header


def _of_template(mapped: MappedColumn, columns: Sequence[MappedColumn]) -> MappedColumn:
    """The template's choice for a column of the file; left out when it has none."""
    for chosen in columns:
        if folded(chosen.source) == folded(mapped.source):
            return MappedColumn(source=mapped.source, column=chosen.column)
    return MappedColumn(source=mapped.source, column=None)


def _left_out(
    columns: Sequence[MappedColumn],
    template: Sequence[MappedColumn],
    consent: ConsentColumns | None,
) -> list[Column]:
    """What the template takes nothing of, and does not say to leave out either."""
    named = {folded(chosen.source) for chosen in template}
    if consent is not None:
        named |= {folded(source) for source in consent.columns.values()}
    return [
        replace(mapped.column, name=mapped.source)
        for mapped in columns
        if mapped.column is not None and folded(mapped.source) not in named
    ]


def _known(mapped: MappedColumn, known_columns: Sequence[Column]) -> MappedColumn:
    """The list's own column when one has the same name but for case and accents."""
    for column in known_columns:
        if folded(column.name) == folded(mapped.source):
            return MappedColumn(source=mapped.source, column=column)
    return mapped


def _chosen(mapped: MappedColumn, kinds: Sequence[ColumnKind | None], index: int) -> MappedColumn:
    """The column with the kind that a person chose for it."""
    if index >= len(kinds):
        return mapped
    kind = kinds[index]
    if kind is None:
        return MappedColumn(source=mapped.source, column=None)
    column = mapped.column or Column(name=mapped.source, label=mapped.source, kind=kind)
    return MappedColumn(source=mapped.source, column=replace(column, kind=kind))


def _preview_row(row: Row, columns: Sequence[MappedColumn], region: str) -> PreviewRow:
    cells = []
    for index, mapped in enumerate(columns):
        value = row.cells[index] if index < len(row.cells) else ""
        cells.append(_preview_cell(value[:500], mapped.column, region))
    return PreviewRow(row.line_number, cells)


def _preview_cell(value: str, column: Column | None, region: str) -> PreviewCell:
    clean = value.encode("utf-8", "replace").decode()
    if column is None:
        return PreviewCell(clean, None, None)
    if column.kind is ColumnKind.PHONE:
        cell = read_cell(clean, region)
        code = cell.problems[0].code if cell.problems else None
        return PreviewCell(clean, list(cell.numbers) or None, code)
    parsed, problem = read_value(column.kind, clean)
    return PreviewCell(clean, parsed or None, problem or None)
