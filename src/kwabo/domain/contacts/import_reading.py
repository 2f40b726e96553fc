"""What a template adds to the reading of a file: lines to skip, positions, what is replaced.

Patterns are RE2's: their time grows with the length of the text and nothing else, whatever a person
writes (no look-ahead, no back references inside the pattern). What a replacement makes longer than
a cell may be is reported and left empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import re2

from kwabo.domain.contacts.columns import folded
from kwabo.domain.contacts.file_format import DELIMITERS, ENCODINGS, FileFormat
from kwabo.domain.contacts.import_file import MAX_CELL_BYTES, MAX_COLUMNS
from kwabo.domain.contacts.workbook_cells import LINE_MARK

MOST_SKIPPED_LINES: Final = 1000
MOST_REPLACEMENTS: Final = 10
LONGEST_PATTERN: Final = 500
LONGEST_LINE: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What is found in a cell and what takes its place (`\\1` is the first group)."""

    find: str
    replace: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedField:
    """A column of a file without delimiters, by its places in the line."""

    name: str
    start: int  # of its first character, from 1
    end: int  # of its last character


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file is read beyond what can be detected; None: as detected."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    has_header: bool | None = None
    skip_lines: int = 0  # before the header
    trailer_lines: int = 0  # at the file's end
    trim: bool = True  # spaces around a cell go before anything is replaced
    fixed_fields: tuple[FixedField, ...] = ()
    replacements: Mapping[str, tuple[Replacement, ...]] = field(default_factory=dict)  # by source

    def as_json(self) -> dict[str, Any]:
        """For the database and the API."""
        return {
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "has_header": self.has_header,
            "skip_lines": self.skip_lines,
            "trailer_lines": self.trailer_lines,
            "trim": self.trim,
            "fixed_fields": [
                {"name": f.name, "start": f.start, "end": f.end} for f in self.fixed_fields
            ],
            "replacements": {
                source: [{"find": r.find, "replace": r.replace} for r in several]
                for source, several in self.replacements.items()
            },
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Reading:
        """The reading of `as_json`'s answer; what is missing is as in a new one."""
        plain = {name: value[name] for name in _PLAIN if name in value}
        return Reading(
            **plain,
            fixed_fields=tuple(FixedField(**f) for f in value.get("fixed_fields", ())),
            replacements={
                source: tuple(Replacement(**r) for r in several)
                for source, several in value.get("replacements", {}).items()
            },
        )

    def formatted(self, file_format: FileFormat) -> FileFormat:
        """The detected format with what this reading says of lines and positions."""
        return replace(
            file_format,
            skip_lines=self.skip_lines,
            trailer_lines=self.trailer_lines,
            widths=tuple((f.start - 1, f.end) for f in self.fixed_fields),
        )


_PLAIN: Final = (
    "encoding", "delimiter", "sheet", "has_header", "skip_lines", "trailer_lines", "trim",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadingProblem:
    """What is wrong with a reading: a field, a code and the value at fault."""

    field: str
    code: str
    value: str = ""


def check_reading(reading: Reading) -> list[ReadingProblem]:
    """Everything that is wrong with it."""
    found: list[ReadingProblem] = []
    if reading.encoding is not None and reading.encoding not in ENCODINGS:
        found.append(ReadingProblem("encoding", "ENCODING_UNKNOWN", reading.encoding))
    if reading.delimiter is not None and reading.delimiter not in DELIMITERS:
        found.append(ReadingProblem("delimiter", "DELIMITER_UNKNOWN", reading.delimiter))
    found += [
        ReadingProblem(name, "TOO_MANY_LINES", str(lines))
        for name in ("skip_lines", "trailer_lines")
        if not 0 <= (lines := getattr(reading, name)) <= MOST_SKIPPED_LINES
    ]
    found += _check_fields(reading.fixed_fields)
    for source, several in reading.replacements.items():
        if len(several) > MOST_REPLACEMENTS:
            found.append(ReadingProblem(f"replacements.{source}", "TOO_MANY_REPLACEMENTS"))
        for one in several:
            code = check_replacement(one)
            if code:
                found.append(ReadingProblem(f"replacements.{source}", code, one.find[:100]))
    return found


def _check_fields(fields: Sequence[FixedField]) -> list[ReadingProblem]:
    names = [f.name.strip() for f in fields]
    if len(fields) > MAX_COLUMNS:
        return [ReadingProblem("fixed_fields", "TOO_MANY_COLUMNS")]
    if any(not 1 <= len(name) <= 128 for name in names):
        return [ReadingProblem("fixed_fields", "COLUMN_NAME")]
    if len({folded(name) for name in names}) < len(names):
        return [ReadingProblem("fixed_fields", "COLUMN_TWICE")]
    for one in fields:
        if not 1 <= one.start <= one.end <= LONGEST_LINE:
            return [ReadingProblem("fixed_fields", "POSITIONS_INVALID", one.name)]
    return []


def check_replacement(one: Replacement) -> str:
    """Why a replacement cannot be used: a code, or "" when it can."""
    if not one.find or len(one.find) > LONGEST_PATTERN or len(one.replace) > LONGEST_PATTERN:
        return "PATTERN_LENGTH"
    if "\0" in one.find or "\0" in one.replace:
        return "PATTERN_INVALID"
    try:
        pattern = _compiled(one.find)
        pattern.sub(one.replace, "")
        groups = pattern.groups
    except Exception:  # the library's own error, or IndexError for a group that is not there
        return "PATTERN_INVALID"
    referred = [int(digit) for digit in re2.findall(r"\\(\d)", one.replace.replace("\\\\", ""))]
    return "PATTERN_GROUP" if any(number > groups for number in referred) else ""


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


class RowCleaner:
    """Applies a reading's replacements to rows whose cells are in the order of `sources`."""

    def __init__(self, reading: Reading, sources: Sequence[str], *, workbook: bool) -> None:
        self._trim = reading.trim
        self._workbook = workbook
        by_name = {folded(source): several for source, several in reading.replacements.items()}
        self._work = [
            (index, [(_compiled(r.find), r.replace) for r in several])
            for index, source in enumerate(sources)
            if (several := by_name.get(folded(source)))
        ]

    def clean(self, cells: Sequence[str]) -> tuple[list[str], list[int]]:
        """The cells as they are to be read, and which of them had become too long."""
        made = list(cells)
        if self._workbook:
            made = [cell.replace(LINE_MARK, "\n") if LINE_MARK in cell else cell for cell in made]
        too_long = []
        for index, replacements in self._work:
            if index >= len(made):
                continue
            text = made[index].strip() if self._trim else made[index]
            for pattern, by in replacements:
                text = pattern.sub(by, text)
                if len(text) > MAX_CELL_BYTES // 4 and len(text.encode()) > MAX_CELL_BYTES:
                    text = ""
                    too_long.append(index)
                    break
            made[index] = text
        return made, too_long

    @property
    def idle(self) -> bool:
        """Whether rows stay as they are."""
        return not self._work and not self._workbook
