"""What is printed: tables that fit the terminal, or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from kwabo_client.console.session import Session

_WIDE = 200  # where the output goes to a file
_MOST_COLUMNS = 6
_SHORT = 60  # characters of a value in a list


def console() -> Console:
    """Standard output."""
    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, markup=False)


def show_json(value: Any) -> None:
    """As the API gave it."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_file(session: Session, name: str, record: Any) -> None:
    """How the work on a file ended: its rows, or JSON. Raises ClickException unless complete."""
    if session.as_json:
        show_json(record)
    else:
        rows = ("read", "added", "updated", "duplicate", "rejected")
        counts = ", ".join(f"{record[f'rows_{row}']:,} {session.say(row)}" for row in rows)
        session.note(f"{name}: {counts}")
    if record["state"] != "complete":
        error = record["error"] or {}
        raise click.ClickException(
            error.get("message") or session.say("It is {state}.", state=record["state"])
        )


def show_list(
    session: Session, items: Iterable[Any], columns: Sequence[str], most: int = 0
) -> None:
    """A list, at most so many of it (0: all)."""
    found = list(islice(items, most) if most else items)
    if session.as_json:
        return show_json(found)
    if not found:
        return session.note(session.say("There is nothing."))
    names = [name for name in columns if name in found[0]] or _fitting(found[0])
    table = Table(*(_heading(name) for name in names))
    for name, column in zip(names, table.columns, strict=True):
        column.no_wrap = name.endswith("_id")
        column.overflow = "fold"
    for one in found:
        table.add_row(*(_cell(one.get(name), _SHORT) for name in names))
    return console().print(table)


def show_one(session: Session, value: Any) -> None:
    """An object."""
    if session.as_json:
        return show_json(value)
    if not isinstance(value, dict):
        return click.echo(_cell(value))
    for warning in value.get("warnings") or ():
        if isinstance(warning, dict) and "message" in warning:
            session.note(f"{session.say('Note')}: {warning['message']}")
    table = Table(show_header=False)
    for name, one in value.items():
        table.add_row(name, _cell(one))
    return console().print(table)


def show_state(session: Session, value: Any) -> None:
    """A thing after a command: its name and state where it has them."""
    state = value.get("state") if isinstance(value, dict) else None
    name = _name(value) if state is not None else None
    if session.as_json or name is None:
        return show_one(session, value)
    for warning in value.get("warnings") or ():
        session.note(f"{session.say('Note')}: {warning['message']}")
    return click.echo(f"{name}: {state}")


def _name(value: Any) -> str | None:
    found = next((value[key] for key in ("name", "file_name", "kind") if value.get(key)), None)
    return None if found is None else str(found)


def _fitting(item: Any) -> list[str]:
    """The first columns with short values, and the thing's own id."""
    if not isinstance(item, dict):
        return []
    names = [name for name, value in item.items() if not isinstance(value, dict | list)]
    own = next((name for name in names if name.endswith("_id")), None)
    found = [name for name in names if not name.endswith("_id")][: _MOST_COLUMNS - 1]
    return found + ([own] if own else [])


def _heading(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ") if not name.endswith("_id") else "id"


def _cell(value: Any, most: int = 0) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, str | int | float):
        text = str(value)
    elif isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        text = ", ".join(map(str, value))
    elif isinstance(value, dict) and "display_name" in value:
        text = str(value["display_name"])
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if not most or len(text) <= most else text[: most - 1] + "…"
