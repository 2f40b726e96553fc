"""Reading durations that are drawn: a number of seconds, or a table with a shape."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping
from typing import Any

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
from kwabo.simulation.keys import WRONG, Reading, is_number, key, read_number

SHAPES: Mapping[str, tuple[str, ...]] = {
    "constant": ("seconds",),
    "uniform": ("from", "to"),
    "exponential": ("mean",),
    "lognormal": ("mean", "cv", "median", "sigma"),
    "mixture": ("parts",),
    "empirical": ("file", "column"),
}
_LIMITS = ("least", "most")


def read_distribution(reading: Reading, name: str, value: Any, more: str = "") -> Any:
    """A number of seconds, or a table with a `shape` and its values; `more`: a key beside them."""
    if is_number(value):
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
    for given in value:
        if given not in (*allowed, more):
            reading.wrong(
                f"{name}.{given}",
                f"is not a value of {shape}.",
                f"Its values: {', '.join(allowed[1:])}.",
            )
    found = _READ_SHAPES[shape](reading, name, value)
    limits = {k: _positive(reading, name, value, k) for k in _LIMITS if k in value}
    if found is WRONG or WRONG in limits.values():
        return WRONG
    if limits.get("least", 0.0) > limits.get("most", math.inf):
        return reading.wrong(f"{name}.least", "is above `most`.", "Give the smaller one first.")
    return Clamped(found, **limits) if limits else found


def _positive(reading: Reading, name: str, table: Mapping[str, Any], key: str) -> Any:
    if key not in table:
        return reading.wrong(f"{name}.{key}", "is missing.", "Give seconds, 0 or more.")
    return read_number(0.0, 1e6)(reading, f"{name}.{key}", table[key])


def _pair(reading: Reading, name: str, table: Mapping[str, Any], *keys: str) -> list[Any] | None:
    found = [_positive(reading, name, table, key) for key in keys]
    return None if WRONG in found else found


def _constant(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    found = _pair(reading, name, table, "seconds")
    return Constant(*found) if found else WRONG


def _uniform(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    found = _pair(reading, name, table, "from", "to")
    if found and found[0] > found[1]:
        return reading.wrong(f"{name}.from", "is above `to`.", "Give the smaller one first.")
    return Uniform(*found) if found else WRONG


def _exponential(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    found = _pair(reading, name, table, "mean")
    return Exponential(*found) if found else WRONG


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
        return WRONG
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
        if not is_number(of) or not 0 < float(of or 0) <= 1:
            reading.wrong(f"{where}.share", f"is {of!r}.", "Give a share above 0 and up to 1.")
            continue
        found = read_distribution(reading, where, part, "share")
        if found is not WRONG:
            read_parts.append((float(of or 0), found))
    if len(read_parts) < len(parts):
        return WRONG
    total = math.fsum(of for of, _ in read_parts)
    if abs(total - 1.0) > 1e-6:
        return reading.wrong(f"{name}.parts", f"have shares of {total:g} in all.", "Make them 1.")
    return Mixture(tuple(read_parts))


def _empirical(reading: Reading, name: str, table: Mapping[str, Any]) -> Any:
    file = table.get("file")
    if not isinstance(file, str):
        return reading.wrong(f"{name}.file", "is missing.", "Name a CSV file beside the scenario.")
    column = table.get("column", "seconds")
    if not isinstance(column, str):
        return reading.wrong(f"{name}.column", "is not a text.", "Name the column by its heading.")
    try:
        text = (reading.folder / file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return reading.wrong(f"{name}.file", "is not UTF-8.", "Save it as CSV in UTF-8.")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        return reading.wrong(f"{name}.file", f"cannot be read: {why}.", "Mend the name or file.")
    return _measurements(reading, name, text, column)


def _measurements(reading: Reading, name: str, text: str, column: str) -> Any:
    """Of the column with this heading. The heading tells what stands between two columns."""
    heading = text.split("\n", 1)[0]
    between = next((mark for mark in (";", "\t", ",") if mark in heading), ";")
    try:
        lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=between)
        headings = [one.strip() for one in lines.fieldnames or ()]
        lines.fieldnames = headings
        rows = [(lines.line_num, row) for row in lines]
    except csv.Error as error:
        return reading.wrong(f"{name}.file", f"is not CSV: {error}.", "Mend the file.")
    if headings and column not in headings:
        there = f"Name one of them: {', '.join(headings)}."
        return reading.wrong(f"{name}.column", f"'{column}' is no heading of the file.", there)
    values: list[float] = []
    for line, row in rows:
        written = (row[column] or "").strip()
        if between != ",":  # then a comma can only be a decimal one
            written = written.replace(",", ".")
        try:
            seconds = float(written)
        except ValueError:
            seconds = math.nan
        if not 0 <= seconds < math.inf:
            return reading.wrong(
                f"{name}.file",
                f"line {line} has '{row[column] or ''}' in the column '{column}'.",
                "Give a number of seconds there, 0 or more, like 12.5.",
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
