"""The form of a delimited file: encoding, byte order mark, delimiter and line ends, from a sample.

UTF-8 is assumed when the sample is valid UTF-8, else Windows-1252; UTF-16 is told by its mark or by
where its zero bytes lie. The delimiter is the one of ; , tab | that cuts most rows of the sample
into the same number of cells.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ENCODINGS = ("utf-8", "windows-1252", "utf-16-le", "utf-16-be")
DELIMITERS = (";", ",", "\t", "|")
SAMPLE_BYTES = 256 * 1024

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """How the bytes of a file are cut into cells."""

    encoding: str  # one of ENCODINGS
    delimiter: str  # one of DELIMITERS
    mark_bytes: int  # length of the byte order mark at the file's beginning, 0 without one
    newline: str = "\n"  # "\n" also stands for "\r\n"; "\r" for files of old Macs
    skip_lines: int = 0  # at the beginning: before the header
    trailer_lines: int = 0  # at the end
    widths: tuple[tuple[int, int], ...] = ()  # cells by their places in a line; none: delimited

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> FileFormat:
        """What `dataclasses.asdict` and JSON made of a format."""
        widths = tuple((int(start), int(end)) for start, end in value.get("widths", ()))
        return FileFormat(**{**value, "widths": widths})


def detect(
    sample: bytes, *, encoding: str | None = None, delimiter: str | None = None
) -> FileFormat:
    """The format of the file that begins with `sample`; given choices are kept."""
    marked, mark_bytes = _mark(sample)
    chosen = encoding or marked or _encoding_without_mark(sample)
    if encoding and marked and encoding != marked:
        mark_bytes = 0 if encoding == "windows-1252" else mark_bytes
    text = sample_text(sample[mark_bytes:], chosen)
    newline = "\r" if "\r" in text and "\n" not in text else "\n"
    return FileFormat(
        encoding=chosen,
        delimiter=delimiter or _delimiter(text),
        mark_bytes=mark_bytes,
        newline=newline,
    )


def sample_text(sample: bytes, encoding: str) -> str:
    """The sample's text; bytes that do not belong show as the replacement character."""
    return sample.decode("cp1252" if encoding == "windows-1252" else encoding, "replace")


def _mark(sample: bytes) -> tuple[str | None, int]:
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding, len(mark)
    return None, 0


def _encoding_without_mark(sample: bytes) -> str:
    even, odd = sample[0:4096:2].count(0), sample[1:4096:2].count(0)
    half = max(1, min(len(sample), 4096) // 2)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    for cut in range(4):  # the sample may end inside a character
        try:
            sample[: len(sample) - cut].decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:
                return "windows-1252"
        else:
            return "utf-8"
    return "windows-1252"


def _delimiter(text: str) -> str:
    lines = [line for line in text[:65536].splitlines()[:60] if line.strip()]
    if len(text) > 65536 and len(lines) > 1:
        lines.pop()
    best, best_score = ";", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = _widths(lines, delimiter)
        if not widths:
            continue
        width, rows = Counter(widths).most_common(1)[0]
        if width > 1 and (rows / len(widths), width) > best_score:
            best, best_score = delimiter, (rows / len(widths), width)
    return best


def _widths(lines: Sequence[str], delimiter: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return []
