"""Reading a table of behaviours from TOML (docs/operators/carrier-lab.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind, demo_table


def read_table(path: Path) -> BehaviourTable:
    """Read a table from TOML (docs/operators/carrier-lab.md). Raises ValueError with the reason."""
    try:
        raw = tomllib.loads(path.read_text())
        return table_from(raw)
    except (TypeError, KeyError, tomllib.TOMLDecodeError, ValueError) as error:
        raise ValueError(f"{path} is not a table of the carrier lab: {error}") from error


def table_from(raw: Mapping[str, Any]) -> BehaviourTable:
    """A table from what a TOML or JSON file holds. What it leaves out is as in the demo profile."""
    base = demo_table()
    named = dict(base.behaviours)
    for name, values in raw.get("behaviours", {}).items():
        start = named.get(name) or Behaviour(kind=Kind(values["kind"]))
        changed = {key: value for key, value in values.items() if key != "kind"}
        named[name] = replace(start, kind=Kind(values.get("kind", start.kind)), **changed)
    plain = {
        key: value
        for key, value in raw.items()
        if key not in ("behaviours", "numbers", "suffixes", "shares")
    }
    return replace(
        base,
        behaviours=named,
        shares=raw.get("shares", base.shares),
        numbers={number: _names(value) for number, value in raw.get("numbers", {}).items()},
        suffixes={suffix: _names(value) for suffix, value in raw.get("suffixes", {}).items()},
        **plain,
    )


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
