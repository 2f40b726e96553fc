"""How the keys of a scenario file are read: one function for each kind of value.

Each function makes a dataclass field that knows how its key is read. `read` goes over a table with
the fields of a class; whatever is wrong is noted with the field, what is wrong and the mend, and
reading goes on, so that one run names everything.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
WRONG: Any = object()  # what a reader answers after it has noted a problem


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a scenario."""

    field: str  # e.g. 'teams[0].talk.mean'
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.field}: {self.what} {self.mend}"


class Reading:
    """A document that is being read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder  # where files it names are looked for
        self.problems: list[Problem] = []

    def wrong(self, name: str, what: str, mend: str) -> Any:
        """Note a problem."""
        self.problems.append(Problem(name, what, mend))
        return WRONG


Reader = Callable[[Reading, str, Any], Any]  # reading, field name, value → what it means


def read(cls: type[T], reading: Reading, name: str, table: Any) -> T:
    """The table as an object of the class; keys that are wrong or missing take harmless values."""
    if not isinstance(table, Mapping):
        reading.wrong(name, "is not a table.", "Write it as a table with keys.")
        table = {}
    prefix = f"{name}." if name else ""
    known = {f.name: f for f in fields(cls) if f.init}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            mend = f"Did you mean '{near[0]}'?" if near else f"Keys here: {', '.join(known)}."
            reading.wrong(f"{prefix}{key}", "is not a key of this table.", mend)
    values: dict[str, Any] = {}
    for key, what in known.items():
        found: Any = WRONG
        if key in table:
            found = what.metadata["read"](reading, f"{prefix}{key}", table[key])
        elif what.metadata.get("required"):
            reading.wrong(f"{prefix}{key}", "is missing.", what.metadata["required"])
        if found is not WRONG:
            values[key] = found
        elif what.default is MISSING and what.default_factory is MISSING:
            values[key] = what.metadata["harmless"]
    return cls(**values)


def key(reader: Reader, default: Any, required: str, harmless: Any) -> Any:
    metadata = {"read": reader, "required": required, "harmless": harmless}
    if required:
        return field(metadata=metadata)
    if isinstance(default, dict | list):
        return field(default_factory=lambda: type(default)(default), metadata=metadata)
    return field(default=default, metadata=metadata)


# ── Plain values ─────────────────────────────────────────────────────────────────────────────────


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _range(least: float, most: float) -> str:
    if most == math.inf:
        return f"Give {least:g} or more."
    return f"Give a value from {least:g} to {most:g}."


def read_number(least: float, most: float, *, whole: bool = False) -> Reader:
    """A number within limits."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not is_number(value) or (whole and not isinstance(value, int)):
            kind = "a whole number" if whole else "a number"
            return reading.wrong(name, f"is not {kind}.", _range(least, most))
        if not least <= value <= most:
            return reading.wrong(name, f"is {value:g}.", _range(least, most))
        return value if whole else float(value)

    return reader


def whole(default: int, least: int, most: float = math.inf, *, required: str = "") -> Any:
    """A whole number."""
    return key(read_number(least, most, whole=True), default, required, least)


def number(
    default: float, least: float = 0.0, most: float = math.inf, *, required: str = ""
) -> Any:
    """Any number; seconds where the name says so."""
    return key(read_number(least, most), default, required, least)


def share(default: float, *, required: str = "") -> Any:
    """A part of the whole, between 0 and 1."""
    return number(default, 0.0, 1.0, required=required)


def maybe_whole(least: int, most: int) -> Any:
    """A whole number, or the scenario does not say."""
    return key(read_number(least, most, whole=True), None, "", None)


def text(default: str = "", *, required: str = "") -> Any:
    """Words."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return reading.wrong(name, "is not a text.", "Write it between quotation marks.")
        return value

    return key(reader, default, required, "")


def names() -> Any:
    """Several names, or none."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            return reading.wrong(name, "is not a list of names.", 'Write e.g. ["billing"].')
        return tuple(value)

    return key(reader, (), "", ())


def flag(default: bool) -> Any:
    """Yes or no."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not isinstance(value, bool):
            return reading.wrong(name, "is neither true nor false.", "Write true or false.")
        return value

    return key(reader, default, "", default)


def choice(default: str, options: Sequence[str], *, required: str = "") -> Any:
    """One of several words."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if value not in options:
            return reading.wrong(name, f"is {value!r}.", f"Choose one of {', '.join(options)}.")
        return value

    return key(reader, default, required, options[0])


def words(default: Sequence[str], options: Sequence[str]) -> Any:
    """Several of several words."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not isinstance(value, list) or not all(one in options for one in value):
            return reading.wrong(
                name, "is not a list of known words.", f"Choose from {', '.join(options)}."
            )
        return tuple(value)

    return key(reader, tuple(default), "", ())


def read_moment(reading: Reading, name: str, value: Any) -> Any:
    """'HH:MM' or 'HH:MM:SS' of the scenario's day, as seconds since midnight; 24:00 is its end."""
    mend = "Write a time of the day, like '09:30' or '09:30:15'."
    if isinstance(value, time):
        return value.hour * 3600.0 + value.minute * 60.0 + value.second
    parts = value.split(":") if isinstance(value, str) else []
    if not 2 <= len(parts) <= 3 or not all(p.isascii() and p.isdigit() for p in parts):
        return reading.wrong(name, f"is {value!r}.", mend)
    hours, minutes, seconds = (*map(int, parts), 0)[:3]
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > 24 * 3600:
        return reading.wrong(name, f"is {value!r}.", mend)
    return float(total)


def moment(default: float, *, required: str = "") -> Any:
    """A time of the scenario's day, as seconds since midnight."""
    return key(read_moment, default, required, 0.0)


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


def in_file(name: str) -> str:
    """The heading of a table as the file has it: 'callees.rates' for 'callees[0].rates'."""
    return re.sub(r"\[\d+\]", "", name)


def read_many(cls: type[T]) -> Reader:
    """A list of tables."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not isinstance(value, list):
            mend = f"Write [[{in_file(name)}]] for each."
            return reading.wrong(name, "is not a list of tables.", mend)
        return tuple(read(cls, reading, f"{name}[{n}]", one) for n, one in enumerate(value))

    return reader


def many(cls: type[T], default: Sequence[T] = (), *, required: str = "") -> Any:
    """Several tables of one kind."""
    return key(read_many(cls), tuple(default), required, ())


# ── What several tables have to do with each other ───────────────────────────────────────────────


def named(reading: Reading, name: str, wanted: str, there: Iterable[Any]) -> None:
    """Something of this name must be there."""
    names = [one.name for one in there]
    if wanted not in names:
        there_is = f"There is: {', '.join(names)}." if names else "There is none."
        reading.wrong(name, f"'{wanted}' does not exist.", there_is)


def rising(reading: Reading, name: str, moments: Sequence[float]) -> None:
    """There must be moments, in order."""
    if not moments:
        reading.wrong(name, "is empty.", f"Write [[{in_file(name)}]] at least once.")
    for index in range(1, len(moments)):
        if moments[index] <= moments[index - 1]:
            reading.wrong(
                f"{name}[{index}].at", "is not after the one before.", "Put them in order of time."
            )
