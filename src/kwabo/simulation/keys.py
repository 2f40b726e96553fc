"""How the keys of a scenario file are read: one function for each kind of value.

Each function makes a dataclass field that knows how its key is read. `read` goes over a table with
the fields of a class; whatever is wrong is noted with the field, what is wrong and the mend, and
reading goes on, so that one run names everything.
"""

from __future__ import annotations

import csv
import difflib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any, TypeVar

from kwabo.simulation.distributions import (
    Clamped,
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Lognormal,
    Mixture,
    Uniform,
)

T = TypeVar("T")
_WRONG: Any = object()  # what a reader answers after it has noted a problem


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
        return _WRONG


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
        found: Any = _WRONG
        if key in table:
            found = what.metadata["read"](reading, f"{prefix}{key}", table[key])
        elif what.metadata.get("required"):
            reading.wrong(f"{prefix}{key}", "is missing.", what.metadata["required"])
        if found is not _WRONG:
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


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _range(least: float, most: float) -> str:
    if most == math.inf:
        return f"Give {least:g} or more."
    return f"Give a value from {least:g} to {most:g}."


def read_number(least: float, most: float, *, whole: bool = False) -> Reader:
    """A number within limits."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not _is_number(value) or (whole and not isinstance(value, int)):
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


def maybe(default: Any, least: float, most: float) -> Any:
    """A number, or the scenario does not say."""
    return key(read_number(least, most), default, "", None)


def text(default: str = "", *, required: str = "") -> Any:
    """Words."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return reading.wrong(name, "is not a text.", "Write it between quotation marks.")
        return value

    return key(reader, default, required, "")


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


# ── Distributions ────────────────────────────────────────────────────────────────────────────────

SHAPES: Mapping[str, tuple[str, ...]] = {
    "constant": ("seconds",),
    "uniform": ("from", "to"),
    "exponential": ("mean",),
    "lognormal": ("mean", "cv", "median", "sigma"),
    "mixture": ("parts",),
    "empirical": ("file", "column"),
}
_LIMITS = ("least", "most")


def read_distribution(reading: Reading, name: str, value: Any) -> Any:
    """A number of seconds, or a table with a `shape` and its values."""
    if _is_number(value):
        if value < 0:
            return reading.wrong(name, f"is {value:g}.", "Give seconds, 0 or more.")
        return Constant(float(value))
    if not isinstance(value, Mapping):
        return reading.wrong(
            name,
            "is neither seconds nor a table.",
            'Write seconds, or e.g. { shape = "lognormal", mean = 150, cv = 0.9 }.',
        )
    shape = value.get("shape")
    if not isinstance(shape, str) or shape not in SHAPES:
        return reading.wrong(
            f"{name}.shape", f"is {shape!r}.", f"Choose one of {', '.join(SHAPES)}."
        )
    allowed = ("shape", *SHAPES[shape], *_LIMITS)
    for key in value:
        if key not in allowed and key != "share":
            reading.wrong(
                f"{name}.{key}",
                f"is not a value of {shape}.",
                f"Its values: {', '.join(allowed[1:])}.",
            )
    found = _READ_SHAPES[shape](reading, name, value)
    limits = {k: _positive(reading, name, value, k) for k in _LIMITS if k in value}
    if found is _WRONG or _WRONG in limits.values():
        return _WRONG
    if limits.get("least", 0.0) > limits.get("most", math.inf):
        return reading.wrong(f"{name}.least", "is above `most`.", "Give the smaller one first.")
    return Clamped(found, **limits) if limits else found


def _positive(reading: Reading, name: str, table: Mapping[str, Any], key: str) -> Any:
    if key not in table:
        return reading.wrong(f"{name}.{key}", "is missing.", "Give seconds, 0 or more.")
    return read_number(0.0, 1e6)(reading, f"{name}.{key}", table[key])


def _pair(reading: Reading, name: str, table: Mapping[str, Any], *keys: str) -> list[Any] | None:
    found = [_positive(reading, name, table, key) for key in keys]
    return None if _WRONG in found else found


def _constant(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    found = _pair(reading, name, table, "seconds")
    return Constant(*found) if found else _WRONG


def _uniform(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    found = _pair(reading, name, table, "from", "to")
    if found and found[0] > found[1]:
        return reading.wrong(f"{name}.from", "is above `to`.", "Give the smaller one first.")
    return Uniform(*found) if found else _WRONG


def _exponential(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    found = _pair(reading, name, table, "mean")
    return Exponential(*found) if found else _WRONG


def _lognormal(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    keys = ("median", "sigma") if "median" in table else ("mean", "cv")
    mixed = [key for key in ("mean", "cv", "median", "sigma") if key in table and key not in keys]
    if mixed:
        return reading.wrong(
            f"{name}.{mixed[0]}", f"does not go with {keys[0]}.",
            "Give mean and cv, or median and sigma.",
        )  # fmt: skip
    found = _pair(reading, name, table, *keys)
    if not found:
        return _WRONG
    if found[0] == 0:
        return reading.wrong(f"{name}.{keys[0]}", "is 0.", "Give seconds above 0.")
    return Lognormal(*found) if keys[0] == "median" else Lognormal.of_mean(*found)


def _mixture(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    parts = table.get("parts")
    if not isinstance(parts, list) or not parts:
        return reading.wrong(
            f"{name}.parts", "is not a list of tables.", "Give at least one part with its share."
        )
    read_parts: list[tuple[float, Distribution]] = []
    for index, part in enumerate(parts):
        where = f"{name}.parts[{index}]"
        of = part.get("share") if isinstance(part, Mapping) else None
        if not _is_number(of) or not 0 < float(of or 0) <= 1:
            reading.wrong(f"{where}.share", f"is {of!r}.", "Give a share above 0 and up to 1.")
            continue
        found = read_distribution(reading, where, part)
        if found is not _WRONG:
            read_parts.append((float(of or 0), found))
    if len(read_parts) < len(parts):
        return _WRONG
    total = math.fsum(of for of, _ in read_parts)
    if abs(total - 1.0) > 1e-6:
        return reading.wrong(f"{name}.parts", f"have shares of {total:g} in all.", "Make them 1.")
    return Mixture(tuple(read_parts))


def _empirical(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    file = table.get("file")
    if not isinstance(file, str):
        return reading.wrong(f"{name}.file", "is missing.", "Name a CSV file beside the scenario.")
    column = table.get("column", "seconds")
    try:
        with (reading.folder / file).open(encoding="utf-8-sig", newline="") as lines:
            rows = [row.get(str(column)) for row in csv.DictReader(lines)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return reading.wrong(f"{name}.file", f"cannot be read: {error}.", "Mend the name or file.")
    values: list[float] = []
    for line, cell in enumerate(rows, start=2):
        try:
            seconds = float(cell or "")
        except ValueError:
            seconds = math.nan
        if not 0 <= seconds < math.inf:
            return reading.wrong(
                f"{name}.file",
                f"line {line} has no seconds in the column '{column}'.",
                "Give a column of numbers, 0 or more, with a heading.",
            )
        values.append(seconds)
    if not values:
        return reading.wrong(f"{name}.file", "has no rows.", "Give at least one measurement.")
    return Empirical(tuple(sorted(values)))


_READ_SHAPES: Mapping[str, Callable[[Reading, str, Mapping[str, Any]], Any]] = {
    "constant": _constant,
    "uniform": _uniform,
    "exponential": _exponential,
    "lognormal": _lognormal,
    "mixture": _mixture,
    "empirical": _empirical,
}


def duration(default: Distribution) -> Any:
    """Seconds, drawn anew each time."""
    return key(read_distribution, default, "", default)


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


def read_many(cls: type[T]) -> Reader:
    """A list of tables."""

    def reader(reading: Reading, name: str, value: Any) -> Any:
        if not isinstance(value, list):
            return reading.wrong(name, "is not a list of tables.", f"Write [[{name}]] for each.")
        return tuple(read(cls, reading, f"{name}[{n}]", one) for n, one in enumerate(value))

    return reader


def many(cls: type[T], default: Sequence[T] = (), *, required: str = "") -> Any:
    """Several tables of one kind."""
    return key(read_many(cls), tuple(default), required, ())
