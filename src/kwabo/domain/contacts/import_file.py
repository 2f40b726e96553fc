"""Reading a delimited file block by block, from any row's first byte, in bounded memory.

A block is about `BLOCK_BYTES` of whole rows. Its end is always a row's end, so that work can stop
after any block and go on from there, in another process or after a crash. What cannot be a row is
reported and skipped: a row over `MAX_ROW_BYTES` (also one whose quote never closes), cells over
`MAX_CELL_BYTES`, zero bytes, bytes foreign to the encoding.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kwabo.domain.contacts.file_format import FileFormat
from kwabo.domain.contacts.problems import Problem, shown

BLOCK_BYTES = 1 << 20
MAX_ROW_BYTES = 1 << 20
MAX_CELL_BYTES = 32 * 1024
MAX_COLUMNS = 300

# The module's own limit would cut a long cell in the middle of a quoted field and read its
# remaining lines as rows; the limits above are held here instead.
csv.field_size_limit(BLOCK_BYTES + 4 * MAX_ROW_BYTES)

_SENTINEL = "\x00end\x00"  # shows whether the block's last row was complete


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the line of the file it begins on."""

    line_number: int  # from 1
    cells: list[str]


@dataclass(slots=True)
class Block:
    """Whole rows that follow each other in the file."""

    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[int, Problem]] = field(default_factory=list)  # line number, what is wrong
    next_offset: int = 0  # first byte after the block
    next_line: int = 1
    at_end: bool = False  # nothing follows


class RowFile:
    """The rows of an open binary file in a known format.

    `whole` False: the file is only the beginning of another, so its last lines are no trailer.
    """

    def __init__(self, file: SeekableFile, file_format: FileFormat, *, whole: bool = True) -> None:
        self._format = file_format
        encoding = file_format.encoding
        self._codec = "cp1252" if encoding == "windows-1252" else encoding
        self._wide = encoding.startswith("utf-16")
        self._newline = file_format.newline.encode(self._codec)
        self._file = file
        if whole and file_format.trailer_lines:
            self._file = LeadingPart(file, self._trailer_offset(file, file_format.trailer_lines))

    def read_block(self, offset: int, line_number: int, max_bytes: int = BLOCK_BYTES) -> Block:
        """Rows from `offset`, the first byte of line `line_number` (0: the file's beginning)."""
        if offset <= self._format.mark_bytes:
            offset, line_number = self._begin()
        self._file.seek(offset)
        raw = self._file.read(max_bytes)
        at_end = len(raw) < max_bytes or not self._peek()
        while True:
            cut = len(raw) if at_end else self._last_line_end(raw)
            if cut or at_end:
                block = self._parse(raw[:cut], offset, line_number, at_end)
                if block.next_offset > offset or at_end:
                    block.at_end = at_end and block.next_offset >= offset + len(raw)
                    return block
            if len(raw) >= MAX_ROW_BYTES + max_bytes:
                return self._skip(raw, cut, offset, line_number)
            more = self._file.read(max_bytes)
            at_end = len(more) < max_bytes
            raw += more

    def _begin(self) -> tuple[int, int]:
        """The first byte and the number of the line behind those that are skipped."""
        offset, line_number = self._format.mark_bytes, 1
        for _ in range(self._format.skip_lines):
            offset, line_number = self._end_of_line_from(offset), line_number + 1
        return offset, line_number

    def _trailer_offset(self, file: SeekableFile, lines: int) -> int:
        """Where the file's last `lines` lines begin; empty ones at the very end do not count."""
        size = end = file.seek(0, 2)
        tail = b""
        while end > 0:
            begin = max(0, end - BLOCK_BYTES)
            file.seek(begin)
            tail = file.read(end - begin) + tail
            end = begin
            kept = tail[: self._without_line_ends(tail)]
            cut = len(kept)
            for _ in range(lines):
                cut = self._last_line_end(kept[: max(cut - len(self._newline), 0)])
                if cut == 0:
                    break
            else:
                return size - len(tail) + cut
            if len(tail) > MAX_ROW_BYTES * 4:
                break
        return self._format.mark_bytes

    def _without_line_ends(self, tail: bytes) -> int:
        """The length of what stands before the line ends that close the file."""
        end = len(tail)
        for mark in (self._newline, "\r".encode(self._codec)) * 1000:
            if tail.endswith(mark, 0, end):
                end -= len(mark)
        return end

    def _peek(self) -> bytes:
        here = self._file.tell()
        more = self._file.read(1)
        self._file.seek(here)
        return more

    def _last_line_end(self, raw: bytes) -> int:
        """Where the last complete line of `raw` ends; 0 when there is none."""
        end = len(raw)
        while True:
            at = raw.rfind(self._newline, 0, end)
            if at < 0:
                return 0
            if not self._wide or at % 2 == 0:
                return at + len(self._newline)
            end = at + len(self._newline) - 1

    def _line_end(self, raw: bytes) -> int:
        """Where the first line of `raw` ends; 0 when it does not."""
        at = raw.find(self._newline)
        while self._wide and at % 2 == 1:
            at = raw.find(self._newline, at + 1)
        return at + len(self._newline) if at >= 0 else 0

    def _skip(self, raw: bytes, cut: int, offset: int, line_number: int) -> Block:
        """Leave out what cannot become a row: a line without end, or one that opens a quote."""
        first = self._line_end(raw)
        if cut and first <= MAX_ROW_BYTES:
            code, end = "UNCLOSED_QUOTE", offset + first
        else:
            code, end = "ROW_TOO_LONG", self._end_of_line_from(offset)
        value = shown(raw[:800].decode(self._codec, "replace")[:200])
        return Block(
            refused=[(line_number, Problem(code=code, value=value))],
            next_offset=end,
            next_line=line_number + 1,
            at_end=end >= self._size(),
        )

    def _size(self) -> int:
        return self._file.seek(0, 2)

    def _end_of_line_from(self, offset: int) -> int:
        """The first byte after the line that holds `offset`, however long the line is."""
        self._file.seek(offset)
        while chunk := self._file.read(BLOCK_BYTES):
            end = self._line_end(chunk)
            if end:
                return offset + end
            offset += len(chunk)
        return offset

    def _parse(self, raw: bytes, offset: int, line_number: int, at_end: bool) -> Block:
        text, clean = self._decode(raw)
        lines = text.split(self._format.newline)
        ends_with_newline = not lines[-1]
        if ends_with_newline:
            lines.pop()
        if self._format.newline == "\n" and "\r" in text:
            lines = [line.removesuffix("\r") for line in lines]
        block = Block(next_offset=offset + len(raw), next_line=line_number + len(lines))
        if self._format.widths:
            block.rows = self._cut_rows(lines, line_number, block)
            return block
        rows, carried = self._quick_rows(lines, line_number) if clean else (None, 0)
        if rows is None:
            rows, carried = self._careful_rows(lines, line_number, block)
        if carried and at_end:
            # Nothing will close the quote: refuse its line alone, go on behind it.
            first = lines[len(lines) - carried]
            block.refused.append(
                (
                    line_number + len(lines) - carried,
                    Problem(code="UNCLOSED_QUOTE", value=shown(first)),
                )
            )
            carried -= 1
        if carried:
            newline = self._format.newline
            whole = text.split(newline)[: len(lines) - carried]
            block.next_offset = offset + len(self._encode(newline.join([*whole, ""])))
            block.next_line -= carried
        block.rows = rows
        return block

    def _cut_rows(self, lines: Sequence[str], line_number: int, block: Block) -> list[Row]:
        """Each line's cells by their places."""
        rows = []
        for number, line in enumerate(lines, start=line_number):
            if not line.strip():
                continue
            cells = [line[start:end].rstrip() for start, end in self._format.widths]
            problem = _unfit(cells, [line])
            if problem:
                block.refused.append((number, problem))
            else:
                rows.append(Row(number, cells))
        return rows

    def _quick_rows(self, lines: Sequence[str], line_number: int) -> tuple[list[Row] | None, int]:
        """Rows when each line is one; (None, 0) when one of them needs a closer look."""
        try:
            cells = list(csv.reader([*lines, _SENTINEL], delimiter=self._format.delimiter))
        except csv.Error:
            return None, 0
        if len(cells) != len(lines) + 1 or cells[-1] != [_SENTINEL]:
            return None, 0
        if max(map(len, lines), default=0) > MAX_CELL_BYTES // 4:
            return None, 0
        numbered = enumerate(cells[:-1], start=line_number)
        return [Row(number, row) for number, row in numbered if row], 0

    def _careful_rows(
        self, lines: Sequence[str], line_number: int, block: Block
    ) -> tuple[list[Row], int]:
        """Rows one by one, and how many last lines belong to a row that is not complete."""
        rows: list[Row] = []
        reader = csv.reader(_joined(lines), delimiter=self._format.delimiter)
        while True:
            begun = reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return rows, 0
            except csv.Error:
                value = shown(lines[begun]) if begun < len(lines) else ""
                block.refused.append(
                    (line_number + begun, Problem(code="BAD_QUOTING", value=value))
                )
                continue
            if cells and cells[-1].endswith(_SENTINEL):
                return rows, (0 if cells == [_SENTINEL] else len(lines) - begun)
            problem = _unfit(cells, lines[begun : reader.line_num])
            if problem:
                block.refused.append((line_number + begun, problem))
            elif cells:
                rows.append(Row(line_number + begun, cells))

    def _decode(self, raw: bytes) -> tuple[str, bool]:
        """The text, and whether every byte belongs to the encoding and none is zero."""
        try:
            text = raw.decode(self._codec)
            return text, "\0" not in text
        except UnicodeDecodeError:
            if self._wide:
                odd = len(raw) % 2
                text = raw[: len(raw) - odd].decode(self._codec, "surrogatepass")
                return text + ("\udc80" if odd else ""), False
            return raw.decode(self._codec, "surrogateescape"), False

    def _encode(self, text: str) -> bytes:
        """Exactly the bytes that `_decode` made this text of (but for an odd last byte)."""
        return text.encode(self._codec, "surrogatepass" if self._wide else "surrogateescape")


class LeadingPart:
    """A binary file as if it ended at `end`."""

    def __init__(self, file: SeekableFile, end: int) -> None:
        self._file = file
        self._end = end

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(self._end if whence == 2 else offset)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._end - self._file.tell())
        return self._file.read(left if size < 0 else min(size, left))


class SeekableFile(Protocol):
    """What is needed of a file."""

    def seek(self, offset: int, whence: int = 0) -> int: ...

    def tell(self) -> int: ...

    def read(self, size: int = -1) -> bytes: ...


def _joined(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield line + "\n"
    yield _SENTINEL


def _unfit(cells: list[str], lines: Sequence[str]) -> Problem | None:
    """Why a row cannot be taken as it is written."""
    text = "\n".join(lines)
    if "\0" in text:
        return Problem(code="NUL_BYTE", value=shown(text))
    if any("\ud800" <= c <= "\udfff" for c in text):
        return Problem(code="BAD_ENCODING", value=shown(text))
    if len(text) > MAX_ROW_BYTES // 4 and len(text.encode()) > MAX_ROW_BYTES:
        return Problem(code="ROW_TOO_LONG", value=shown(text))
    for cell in cells:
        if len(cell) > MAX_CELL_BYTES // 4 and len(cell.encode()) > MAX_CELL_BYTES:
            return Problem(code="CELL_TOO_LONG", value=shown(cell))
    return None
