"""What a template adds to the reading of a file."""

from __future__ import annotations

import io

import pytest

from kwabo.domain.contacts.columns import ColumnKind
from kwabo.domain.contacts.file_format import FileFormat, detect
from kwabo.domain.contacts.import_file import MAX_CELL_BYTES, RowFile
from kwabo.domain.contacts.import_plan import Mapping
from kwabo.domain.contacts.import_reading import (
    FixedField,
    Reading,
    Replacement,
    RowCleaner,
    check_reading,
    check_replacement,
)
from kwabo.domain.contacts.phone_numbers import count_old_forms
from kwabo.domain.contacts.preview import preview

FIXED = (
    "HEADER 2026-11-26\n"
    "C0001Adjovi    0197123456\n"
    "C0002Sènan     0195123456\n"
    "\n"
    "TRAILER 2\n"
)  # fmt: skip
FIELDS = (
    FixedField(name="ref", start=1, end=5),
    FixedField(name="nom", start=6, end=15),
    FixedField(name="tel", start=16, end=25),
)


def rows_of(raw: bytes, file_format: FileFormat, block_bytes: int = 1 << 20) -> list[tuple]:
    """Every row with its line, read block by block."""
    file = RowFile(io.BytesIO(raw), file_format)
    rows: list[tuple] = []
    offset, line = 0, 1
    while True:
        block = file.read_block(offset, line, block_bytes)
        rows += [(row.line_number, row.cells) for row in block.rows]
        if block.at_end:
            return rows
        assert block.next_offset > offset
        offset, line = block.next_offset, block.next_line


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16-le"])
@pytest.mark.parametrize("block_bytes", [7, 60, 1 << 20])
def test_fixed_positions_between_a_header_and_a_trailer(encoding: str, block_bytes: int) -> None:
    codec = "cp1252" if encoding == "windows-1252" else encoding
    reading = Reading(skip_lines=1, trailer_lines=1, fixed_fields=FIELDS)
    detected = FileFormat(encoding=encoding, delimiter=";", mark_bytes=0)
    assert rows_of(FIXED.encode(codec), reading.formatted(detected), block_bytes) == [
        (2, ["C0001", "Adjovi", "0197123456"]),
        (3, ["C0002", "Sènan", "0195123456"]),
    ]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n\r\n"])
@pytest.mark.parametrize("trailer", [1, 2, 3])
def test_a_trailer_is_cut_off_whatever_the_file_ends_with(end: str, trailer: int) -> None:
    lines = ["a;b", "1;2", "3;4", "t;1", "t;2", "t;3"]
    detected = FileFormat(encoding="utf-8", delimiter=";", mark_bytes=0)
    raw = ("\n".join(lines) + end).encode()
    rows = rows_of(raw, Reading(trailer_lines=trailer).formatted(detected), 5)
    assert [cells for _, cells in rows] == [line.split(";") for line in lines[:-trailer]]


def test_a_file_that_is_all_header_and_trailer_has_no_rows() -> None:
    detected = detect(b"a\nb\n")
    assert rows_of(b"a\nb\n", Reading(trailer_lines=9).formatted(detected)) == []
    assert rows_of(b"a\nb\n", Reading(skip_lines=9).formatted(detected)) == []


def test_replacements_go_in_their_order_on_trimmed_cells() -> None:
    reading = Reading(
        replacements={
            "Téléphone": (
                Replacement(find=r"^tel[: ]*", replace=""),
                Replacement(find=r"^(\d{2})-(\d+)$", replace=r"\1\2"),
            )
        }
    )
    cleaner = RowCleaner(reading, ["nom", "TELEPHONE"], workbook=False)
    assert cleaner.clean(["x", "  tel: 97-123456 "]) == (["x", "97123456"], [])
    assert cleaner.clean(["x"]) == (["x"], [])
    untrimmed = RowCleaner(
        Reading(trim=False, replacements={"a": (Replacement(find="^ ", replace="-"),)}),
        ["a"],
        workbook=False,
    )
    assert untrimmed.clean([" 1"]) == (["-1"], [])


def test_a_hostile_pattern_takes_no_time_and_a_growing_cell_is_left_empty() -> None:
    slow = Replacement(find="(a+)+$", replace="")
    assert check_replacement(slow) == ""
    cleaner = RowCleaner(Reading(replacements={"a": (slow,)}), ["a"], workbook=False)
    text = "a" * 30_000 + "b"  # a backtracking library would never come back
    assert cleaner.clean([text]) == ([text], [])
    growing = Reading(replacements={"a": (Replacement(find=".", replace="x" * 500),)})
    assert RowCleaner(growing, ["a"], workbook=False).clean(["y" * MAX_CELL_BYTES]) == ([""], [0])


@pytest.mark.parametrize(
    ("find", "by", "code"),
    [
        ("(", "", "PATTERN_INVALID"),
        ("(?=a)", "", "PATTERN_INVALID"),
        (r"(a)\1", "", "PATTERN_INVALID"),
        ("(a)", r"\2", "PATTERN_GROUP"),
        ("", "x", "PATTERN_LENGTH"),
        ("a" * 501, "", "PATTERN_LENGTH"),
        (r"(\d+)", r"+\1", ""),
    ],
)
def test_what_a_replacement_may_be(find: str, by: str, code: str) -> None:
    assert check_replacement(Replacement(find=find, replace=by)) == code


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        (Reading(skip_lines=-1), "TOO_MANY_LINES"),
        (Reading(trailer_lines=1001), "TOO_MANY_LINES"),
        (Reading(encoding="ebcdic"), "ENCODING_UNKNOWN"),
        (Reading(delimiter="x"), "DELIMITER_UNKNOWN"),
        (Reading(fixed_fields=(FixedField(name="a", start=0, end=3),)), "POSITIONS_INVALID"),
        (Reading(fixed_fields=(FixedField(name="a", start=4, end=3),)), "POSITIONS_INVALID"),
        (
            Reading(
                fixed_fields=(
                    FixedField(name="é", start=1, end=3),
                    FixedField(name="E", start=4, end=5),
                )
            ),
            "COLUMN_TWICE",
        ),
    ],
)
def test_faults_of_a_reading_are_named(reading: Reading, code: str) -> None:
    assert [problem.code for problem in check_reading(reading)] == [code]


def test_a_reading_survives_json() -> None:
    reading = Reading(
        encoding="windows-1252",
        has_header=False,
        skip_lines=2,
        fixed_fields=FIELDS,
        replacements={"a": (Replacement(find="x", replace="y"),)},
    )
    assert Reading.from_json(reading.as_json()) == reading
    assert Reading.from_json({}) == Reading()


def test_a_preview_by_template_takes_the_columns_that_it_names() -> None:
    template = Mapping.from_json(
        {"columns": [{"source": "TEL", "name": "Téléphone", "kind": "phone"}]}
    )
    seen = preview(
        b"\n\nref;tel\n1;97 12 34 56\n",
        truncated=False,
        region="BJ",
        reading=Reading(skip_lines=2),
        template_columns=template.columns,
    )
    chosen = [m.column and (m.column.name, m.column.kind) for m in seen.mapping.columns]
    assert chosen == [None, ("Téléphone", ColumnKind.PHONE)]
    assert seen.rows[0].line_number == 4
    assert seen.rows[0].cells[1].parsed == ["+2290197123456"]


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("97123456", 1),
        ("97 12 34 56", 1),
        ("97123456.0", 1),
        ("+22997123456", 1),
        ("0022997123456", 1),
        ("22997123456", 1),
        ("0197123456", 0),
        ("197123456", 0),
        ("2290197123456", 0),
        ("+2290197123456", 0),
        ("002290197123456", 0),
    ],
)
def test_old_numbers_of_benin_are_counted(text: str, old: int) -> None:
    assert count_old_forms([text], ["+2290197123456"]) == old
    assert count_old_forms([text], [""]) == 0
