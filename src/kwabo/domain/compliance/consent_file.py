"""Consents from a CSV text: columns by their usual French and English names, one consent a row."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import StringIO
from zoneinfo import ZoneInfo

MOST_ROWS = 10_000
FIELDS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "numero", "telephone", "tel", "phone", "mobile"),
    "purpose": ("purpose", "finalite", "objet"),
    "channel": ("channel", "canal"),
    "at": ("given_at", "date", "donne_le", "date_consentement", "at", "consent_date"),
    "how": ("how", "moyen", "comment"),
    "proof": ("proof", "preuve"),
    "reference": ("reference", "ref"),
    "file_sha256": ("file_sha256", "sha256", "empreinte"),
    "valid_until": ("valid_until", "valable_jusquau", "expire_le", "expires_at"),
}
_DATES = ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One row as it is written; fields that the file lacks are ''."""

    line: int  # in the file, from 1
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFile:
    """What was read."""

    rows: Sequence[FileRow]
    missing: Sequence[str]  # fields without which no consent can be read
    unknown: Sequence[str]  # headers that stand for nothing


def read_consent_file(text: str) -> ConsentFile:
    """The rows of a CSV text with a header; the delimiter is that of the header."""
    text = text.removeprefix("\ufeff")
    header = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=header.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    names = [_plain(name) for name in next(reader, [])]
    fields = {index: _field(name) for index, name in enumerate(names)}
    known = {field for field in fields.values() if field}
    rows = []
    line = 1
    for cells in reader:
        begin, line = line + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        values = {
            field: cells[index].strip()
            for index, field in fields.items()
            if field and index < len(cells)
        }
        rows.append(FileRow(line=begin, values=values))
    return ConsentFile(
        rows=rows,
        missing=[name for name in ("number", "at") if name not in known],
        unknown=[names[index] for index, field in fields.items() if not field and names[index]],
    )


def read_instant(text: str, where: ZoneInfo) -> datetime | None:
    """ISO 8601, or day/month/year with or without a time; without a zone it is `where`'s."""
    found: datetime | None = None
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        for pattern in _DATES:
            try:
                found = datetime.strptime(text, pattern)  # noqa: DTZ007 (the zone follows)
                break
            except ValueError:
                continue
    if found is None:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=where)
    return found


def end_of_day(instant: datetime, text: str) -> datetime:
    """A date that something is valid until means its last moment."""
    has_time = ":" in text
    return (
        instant
        if has_time
        else datetime.combine(instant.date(), time(23, 59, 59), tzinfo=instant.tzinfo)
    )


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return "".join(c for c in kept.replace(" ", "_").replace("-", "_") if c.isalnum() or c == "_")


def _field(name: str) -> str | None:
    return next((field for field, names in FIELDS.items() if name in names), None)
