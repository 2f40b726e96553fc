"""Contacts: what must hold for every text, file and cut of a file."""

from __future__ import annotations

import csv
import io
import re
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kwabo.adapters.postgres.import_blocks import encoded
from kwabo.domain.contacts.column_guess import MappedColumn
from kwabo.domain.contacts.columns import Column, ColumnKind, quick_decimal, read_decimal
from kwabo.domain.contacts.contact_reader import ContactReader
from kwabo.domain.contacts.file_format import DELIMITERS, FileFormat, detect
from kwabo.domain.contacts.formula import neutralised, restored
from kwabo.domain.contacts.import_file import RowFile
from kwabo.domain.contacts.import_plan import ImportPlan, Mapping, RowPreparer
from kwabo.domain.contacts.phone_numbers import quick_number, read_cell, read_cell_slowly

REGIONS = ["BJ", "FR", "TG", "NE", "NG", "BF", "CI", "GB", "US", "IT", "DE", "SN", "BR", "AR"]
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
PUNCTUATION = st.sampled_from(["", "", "", " ", ".", "-", "(", ")", "\u00a0", "/", ".0"])
PREFIXES = st.sampled_from(
    ["", "0", "00", "+", "01", "229", "+229", "00229", "+33", "0033", "+228", "+44", "+1", "+39"]
)


@st.composite
def numberish(draw: st.DrawFn) -> str:
    """Text that is often a number in one of its written forms."""
    digits = draw(st.text("0123456789", min_size=4, max_size=12))
    marks = draw(st.lists(PUNCTUATION, min_size=len(digits), max_size=len(digits)))
    return draw(PREFIXES) + "".join(d + m for d, m in zip(digits, marks, strict=True))


@given(st.one_of(st.text(), numberish()), st.sampled_from(REGIONS))
@example("97123456\r\nVia: x", "BJ")
@settings(max_examples=500)
def test_every_number_is_e164_and_every_text_is_read(text: str, region: str) -> None:
    cell = read_cell(text, region)

    assert all(E164.fullmatch(number) for number in cell.numbers)
    assert cell.numbers or cell.problems or not cell.text
    assert len(set(cell.numbers)) == len(cell.numbers)


@given(numberish(), st.sampled_from(REGIONS))
@settings(max_examples=1500)
def test_the_short_cut_agrees_with_the_library(text: str, region: str) -> None:
    quick = quick_number(text, region)

    if quick is not None:
        slow = read_cell_slowly(text, region)
        assert slow.numbers == (quick,)
        assert slow.problems == ()


@given(st.from_regex(r"(?:\+229|00229|229)?(?:01)?[0-9]{8}", fullmatch=True))
@settings(max_examples=1000)
def test_the_short_cut_agrees_on_beninese_numbers(text: str) -> None:
    quick = quick_number(text, "BJ")
    slow = read_cell_slowly(text, "BJ")

    assert slow.numbers == ((quick,) if quick else ())


@given(st.from_regex(r"[245679][0-9]{7}", fullmatch=True))
def test_old_and_new_beninese_numbers_are_one(old: str) -> None:
    forms = [old, f"01{old}", f"+229{old}", f"+22901{old}", f"0022901{old}"]

    assert len({read_cell(form, "BJ").numbers for form in forms}) == 1


@given(st.text(), st.sampled_from(list(ColumnKind)))
@settings(max_examples=500)
def test_exported_cells_start_harmlessly_and_come_back(value: str, kind: ColumnKind) -> None:
    cell = neutralised(value, kind)

    assert restored(cell) == value or cell == value
    if kind is ColumnKind.TEXT:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))
        assert restored(cell) == value


@given(st.text("0123456789., -+'\u00a0", max_size=20))
@settings(max_examples=500)
def test_the_short_cut_for_numbers_agrees(text: str) -> None:
    quick = quick_decimal(text)

    assert quick is None or quick == read_decimal(text)


CELLS = st.text(
    st.characters(codec="utf-16", exclude_characters="\0\ufeff", exclude_categories=["Cs"]),
    max_size=12,
)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=12),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
    st.sampled_from(DELIMITERS),
    st.integers(1, 40),
)
@settings(max_examples=400)
def test_rows_do_not_depend_on_where_blocks_end(
    rows: list[list[str]], encoding: str, delimiter: str, half_block: int
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
        rows
    )
    file_format = FileFormat(encoding=encoding, delimiter=delimiter, mark_bytes=0)
    file = RowFile(io.BytesIO(text.getvalue().encode(encoding)), file_format)

    read: list[list[str]] = []
    offset, line, at_end = 0, 1, False
    while not at_end:
        block = file.read_block(offset, line, 2 * half_block)
        read += [row.cells for row in block.rows]
        assert block.refused == []
        offset, line, at_end = block.next_offset, block.next_line, block.at_end

    # Inside quotes a line's end is one "\n", however it was written.
    written = [[cell.replace("\r\n", "\n") for cell in row] for row in rows]
    assert [[c.replace("\r\n", "\n") for c in row] for row in read] == written


@given(st.binary(max_size=300), st.integers(1, 60))
@settings(max_examples=500)
def test_any_bytes_are_read_to_their_end(raw: bytes, half_block: int) -> None:
    file = RowFile(io.BytesIO(raw), detect(raw))
    offset, line, at_end = 0, 1, False
    while not at_end:
        block = file.read_block(offset, line, 2 * half_block)
        assert block.next_offset > offset or block.at_end
        offset, line, at_end = block.next_offset, block.next_line, block.at_end
    assert offset >= len(raw)


COLUMNS = (
    Column(name="key", label="key", kind=ColumnKind.TEXT),
    Column(name="tel", label="home", kind=ColumnKind.PHONE),
    Column(name="sum", label="sum", kind=ColumnKind.NUMBER),
    Column(name="mob", label="mobile", kind=ColumnKind.PHONE),
)
VALUES = st.tuples(
    st.sampled_from(["A", "B", "", "a b"]),
    st.one_of(st.sampled_from(["", "97123456", "97123456/95123456", "x", "12"]), numberish()),
    st.sampled_from(["", "1,5", "abc", "'-2"]),
    st.sampled_from(["", "0195123456", "97123456", "bad"]),
)


@given(st.lists(VALUES, max_size=15))
@settings(max_examples=200)
def test_rows_read_together_are_read_as_one_by_one(rows: list[tuple[str, ...]]) -> None:
    reader = ContactReader(COLUMNS, ["key"], "BJ", marked=True)
    together = reader.read_rows(rows)

    assert [together.contact(n) for n in range(len(rows))] == [reader.read(row) for row in rows]


@given(st.lists(VALUES, max_size=15), st.sampled_from(["update", "skip"]))
@settings(max_examples=200)
def test_every_row_is_accounted_for(rows: list[tuple[str, ...]], on_duplicate: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(
        [[column.name for column in COLUMNS], *rows]
    )
    plan = ImportPlan(
        file_format=FileFormat(encoding="utf-8", delimiter=";", mark_bytes=0),
        mapping=Mapping(columns=tuple(MappedColumn(source=c.name, column=c) for c in COLUMNS)),
        key_columns=("key",),
        region="BJ",
        on_duplicate="update" if on_duplicate == "update" else "skip",
    )
    block = RowFile(io.BytesIO(text.getvalue().encode()), plan.file_format).read_block(0, 1)
    prepared = RowPreparer(plan).prepare(block, is_first=True)

    staged = encoded(prepared, UUID(int=7 << 76)).decode().splitlines()
    assert len(staged) == len(prepared.chosen)
    assert prepared.rows_read == prepared.rows_rejected + len(staged) + prepared.repeated
    keys = [line.split("\t")[2] for line in staged]
    assert len(set(keys)) == len(keys)
    refused_lines = {r.line_number for r in prepared.reported if not r.row_kept}
    assert prepared.rows_rejected == len(refused_lines)
