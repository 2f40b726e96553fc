"""What entries are compared by, and files that become entries."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.contacts.file_format import FileFormat
from kwabo.domain.contacts.import_file import RowFile
from kwabo.domain.contacts.preview import UnreadableFile
from kwabo.domain.contacts.problems import Problem
from kwabo.domain.dnc_lists.upload import UploadPlan, look, prepared
from kwabo.domain.dnc_lists.values import canonical_value, read_entry

NUMBERS = (
    b"numero;motif\r\n97 12 34 56;a\r\n+229 01 97 12 34 56;b\r\nabc;c\r\n;\r\n0195000001 / 12;d\r\n"
)


@given(st.text(max_size=60))
def test_the_canonical_form_of_a_canonical_form_is_itself(text: str) -> None:
    once = canonical_value(text)
    assert canonical_value(once) == once


@pytest.mark.parametrize("written", ["AB-12", " ab-12 ", "Ab-12", "AB-12\u00a0", "ａｂ-12"])
def test_values_that_differ_in_case_and_spaces_are_one(written: str) -> None:
    assert read_entry(written, "contrat", "BJ") == "ab-12"


@pytest.mark.parametrize("form", ["97123456", "0197123456", "+22997123456", "00229 0197123456"])
def test_old_and_new_numbers_of_benin_are_one(form: str) -> None:
    assert read_entry(form, None, "BJ") == "+2290197123456"


def test_what_is_no_entry_says_why() -> None:
    for text, column, code in [
        ("abc", None, "PHONE_LETTERS"),
        ("  ", "contrat", "DNC_VALUE_EMPTY"),
        ("x" * 201, "contrat", "DNC_VALUE_TOO_LONG"),
    ]:
        found = read_entry(text, column, "BJ")
        assert isinstance(found, Problem)
        assert found.code == code


def test_the_first_look_finds_format_column_and_header() -> None:
    windows = "N°;Téléphone\r\nClient é;97 12 34 56\r\nClient à;pas de numéro\r\n"
    seen = look(windows.encode("cp1252"), truncated=False, key_column=None, region="BJ")
    assert (seen.plan.file_format.encoding, seen.plan.file_format.delimiter) == (
        "windows-1252",
        ";",
    )
    assert (seen.plan.column, seen.plan.has_header, seen.header) == (1, True, ("N°", "Téléphone"))
    assert [(row.value, row.code) for row in seen.rows] == [
        ("+2290197123456", None),
        (None, "PHONE_LETTERS"),
    ]


def test_one_number_on_a_line_needs_no_header_and_a_mark_is_passed_over() -> None:
    seen = look(b"\xef\xbb\xbf97123456\n9712\n", truncated=False, key_column=None, region="BJ")
    assert not seen.plan.has_header
    assert [row.value for row in seen.rows] == ["+2290197123456", None]
    bad_first = look(b"9712\n97123456\n", truncated=False, key_column=None, region="BJ")
    assert not bad_first.plan.has_header, "a bad number is a row to be reported"


def test_a_list_by_column_is_filled_from_the_column_of_its_name() -> None:
    raw = b"nom,CONTRAT\nA,AB-12\n"
    seen = look(raw, truncated=False, key_column="contrat", region="BJ")
    assert (seen.plan.column, seen.plan.has_header) == (1, True)
    assert seen.rows[0].value == "ab-12"


@pytest.mark.parametrize("raw", [b"PK\x03\x04zip", b""])
def test_what_is_no_text_file_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableFile):
        look(raw, truncated=False, key_column=None, region="BJ")


@given(st.integers(5, 200))
def test_rows_become_the_same_entries_wherever_blocks_end(block_bytes: int) -> None:
    file_format = FileFormat(encoding="utf-8", delimiter=";", mark_bytes=0, newline="\n")
    plan = UploadPlan(
        file_format=file_format, column=0, has_header=True, key_column=None, region="BJ"
    )
    file = RowFile(io.BytesIO(NUMBERS), file_format)
    values: dict[str, None] = {}
    reported, read, rejected, offset, line = [], 0, 0, 0, 1
    while True:
        block = file.read_block(offset, line, block_bytes)
        made = prepared(plan, block, is_first=offset == 0)
        values.update(made.values)
        read, rejected = read + made.rows_read, rejected + made.rows_rejected
        reported += [(r.line_number, r.problem.code, r.row_kept) for r in made.reported]
        offset, line = block.next_offset, block.next_line
        if block.at_end:
            break
    assert list(values) == ["+2290197123456", "+2290195000001"]
    assert (read, rejected) == (4, 1)
    assert reported == [(4, "PHONE_LETTERS", False), (6, "PHONE_TOO_SHORT", True)]
