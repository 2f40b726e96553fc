"""`settings export` and `settings apply`: all settings of an organisation as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import yaml

from kwabo_client.console import inputs, output
from kwabo_client.console.session import Session, connected

_SIGNS = {"added": "+", "changed": "~", "removed": "-"}
_SHORT = 80


@click.command("export")
@click.argument(
    "file", required=False, default="-", type=click.Path(dir_okay=False, allow_dash=True)
)
@connected
def export(session: Session, file: str) -> None:
    """Save all settings as FILE (.json or .yaml; without one, JSON to standard output).

    Persons' data and secrets are not in it; what is missing is told beside it.
    """
    kind = Path(file).suffix.lower()
    if file != "-" and kind not in (".json", ".yaml", ".yml"):
        raise click.UsageError(session.say("The file's kind is told by its ending: .json, .yaml"))
    found: Any = session.client.settings_documents.export_settings()
    if session.as_json:
        output.show_json(found)
        return
    if kind in (".yaml", ".yml"):
        text = yaml.safe_dump(found["document"], allow_unicode=True, sort_keys=False, width=100)
    else:
        text = json.dumps(found["document"], ensure_ascii=False, indent=2) + "\n"
    if file == "-":
        click.echo(text, nl=False)
    else:
        Path(file).write_text(text, encoding="utf-8")
    _missing(session, found["missing"])


@click.command("apply")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--drafts", is_flag=True, help="Publish nothing: flows, scripts, words of prompts.")
@click.option("--remove", is_flag=True, help="Delete what the files do not name.")
@connected
def apply(
    session: Session, files: tuple[str, ...], dry_run: bool, drafts: bool, remove: bool
) -> None:
    """Make the settings what the files say: all of it, or nothing when a place is wrong.

    A later file is laid over the earlier ones, object by object: what differs from server to
    server, and secrets. What no file tells stays.
    """
    document: dict[str, Any] = {}
    for file in files:
        document = laid_over(document, inputs.read_object(session, file))
    body: Any = {
        "document": document,
        "dry_run": dry_run,
        "publish": not drafts,
        "remove": remove,
    }
    done: Any = session.client.settings_documents.apply_settings(body)
    if session.as_json:
        output.show_json(done)
        return
    for one in done["changes"]:
        click.echo(_line(one))
    if not done["changes"]:
        click.echo(session.say("Nothing changes."))
    elif dry_run:
        session.note(session.say("Nothing was changed: this was a dry run."))
    if not dry_run:
        _missing(session, done["missing"])


def laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Both as one object: where both have an object, entry by entry; else the one above counts."""
    found = dict(below)
    for key, value in above.items():
        old = found.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        found[key] = laid_over(old, value) if both else value  # type: ignore[arg-type]
    return found


def _line(change: Any) -> str:
    """A change as a line."""
    line = f"{_SIGNS[change['action']]} {change['path']}"
    if change["action"] != "changed":
        return line
    return f"{line}: {_short(change['old'])} → {_short(change['new'])}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _missing(session: Session, missing: list[Any]) -> None:
    if missing:
        session.note(session.say("Not in the document:"))
        for one in missing:
            session.note(f"  {one['path']}: {one['message']}")
