"""Files as they are found: encodings, delimiters, quotes, monsters."""

from __future__ import annotations

import io

import pytest

from kwabo.domain.contacts.file_format import SAMPLE_BYTES, FileFormat, detect
from kwabo.domain.contacts.import_file import MAX_ROW_BYTES, RowFile

TEXT = 'nom;tél\r\nÉric;97123456\r\n"a\r\nb";95\r\nx;y\r\n\r\nlast;1'
ROWS = [
    (1, ["nom", "tél"]),
    (2, ["Éric", "97123456"]),
    (3, ["a\nb", "95"]),
    (5, ["x", "y"]),
    (7, ["last", "1"]),
]


def read(
    raw: bytes, block_bytes: int = 1 << 20, **choices: str
) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    """Every row of a file, and what was refused, read in blocks of a size."""
    file = RowFile(io.BytesIO(raw), detect(raw[:SAMPLE_BYTES], **choices))
    rows: list[tuple[int, list[str]]] = []
    refused: list[tuple[int, str]] = []
    offset, line = 0, 1
    while True:
        block = file.read_block(offset, line, block_bytes)
        assert block.next_offset > offset or block.at_end
        rows += [(row.line_number, row.cells) for row in block.rows]
        refused += [(number, problem.code) for number, problem in block.refused]
        offset, line = block.next_offset, block.next_line
        if block.at_end:
            assert offset == len(raw)
            return rows, refused


@pytest.mark.parametrize("block_bytes", [2, 6, 14, 32, 128, 1 << 20])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_rows_are_the_same_in_every_encoding_and_block_size(
    encoding: str, block_bytes: int
) -> None:
    assert read(TEXT.encode(encoding), block_bytes) == (ROWS, [])


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    raw = TEXT.replace(";", delimiter).encode()

    assert detect(raw).delimiter == delimiter
    assert read(raw)[0] == ROWS


def test_commas_in_cells_do_not_mislead() -> None:
    assert detect(b"nom;solde\nA, B;1,5\nC;2,5\nD, E, F;3\n").delimiter == ";"


def test_line_ends_of_old_macs() -> None:
    assert read(b"a;b\r1;2\r3;4") == ([(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"])], [])


def test_a_quote_that_never_closes_costs_its_line_only() -> None:
    rows, refused = read(b'a;b\n1;2\n"x;y\n3;4\n5;6\n', 8, delimiter=";")

    assert refused == [(3, "UNCLOSED_QUOTE")]
    assert [number for number, _ in rows] == [1, 2, 4, 5]


def test_a_quote_that_never_closes_in_a_large_file() -> None:
    lines = (b"%07d;x\n" % n for n in range(400_000))
    rows, refused = read(b'a;b\n"x;y\n' + b"".join(lines))

    assert refused == [(2, "UNCLOSED_QUOTE")]
    assert len(rows) == 400_001
    assert rows[-1] == (400_002, ["0399999", "x"])


def test_a_line_without_end_is_skipped() -> None:
    raw = b"a;b\n" + b"x" * (5 * MAX_ROW_BYTES) + b"\n1;2\n"

    assert read(raw) == ([(1, ["a", "b"]), (3, ["1", "2"])], [(2, "ROW_TOO_LONG")])


def test_monsters_at_the_end() -> None:
    assert read(b"a;b\n" + b"x" * (5 * MAX_ROW_BYTES)) == (
        [(1, ["a", "b"])],
        [(2, "ROW_TOO_LONG")],
    )


def test_a_million_columns_make_one_row() -> None:
    rows, refused = read(b"a;b\n" + b";" * 900_000 + b"\n1;2\n", delimiter=";")

    assert refused == []
    assert [len(cells) for _, cells in rows] == [2, 900_001, 2]


def test_bad_bytes_refuse_their_row_only() -> None:
    rows, refused = read(b"a;b\n1\x00;2\n3;\xff\n4;5\n", encoding="utf-8", delimiter=";")

    assert [number for number, _ in rows] == [1, 4]
    assert refused == [(2, "NUL_BYTE"), (3, "BAD_ENCODING")]


def test_a_large_cell_is_refused() -> None:
    rows, refused = read(b"a;b\n" + b"x" * 33_000 + b';1\n"' + b"y\n" * 17_000 + b'";2\n3;4\n')

    assert refused == [(2, "CELL_TOO_LONG"), (3, "CELL_TOO_LONG")]
    assert rows[-1] == (17_004, ["3", "4"])


def test_a_stray_carriage_return_refuses_its_row_only() -> None:
    rows, refused = read(b"a;b\n1\r2;3\n4;5\n", delimiter=";")

    assert [number for number, _ in rows] == [1, 3]
    assert refused == [(2, "BAD_QUOTING")]


def test_quotes_inside_words_are_only_letters() -> None:
    assert read(b'a;b\n5" pipe;1\n', delimiter=";")[0][1] == (2, ['5" pipe', "1"])


def test_nothing_but_a_mark() -> None:
    assert read(b"\xef\xbb\xbf") == ([], [])


def test_utf_16_without_a_mark_is_noticed() -> None:
    raw = "téléphone;nom\r\n97123456;Éric\r\n".encode("utf-16-le")

    assert detect(raw) == FileFormat(encoding="utf-16-le", delimiter=";", mark_bytes=0)
