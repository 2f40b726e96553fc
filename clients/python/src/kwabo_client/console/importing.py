"""`contacts import FILE` and `imports follow IMPORT`: a file into a list, with its progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from kwabo_client.console import output
from kwabo_client.console.session import INTERRUPTED, Session, connected, program
from kwabo_client.errors import ConnectionFailed
from kwabo_client.following import follow


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--list", "list_name", required=True, help="The list; made when it does not exist.")
@click.option("--key", "keys", multiple=True, help="Key column(s) of a new list, by header.")
@click.option("--on-duplicate", type=click.Choice(["update", "skip"]))
@click.option("--region", help="Country of numbers without a code, for a new list (BJ, FR …).")
@click.option("--encoding", help="utf-8, windows-1252, utf-16-le, utf-16-be (default: detected).")
@click.option("--delimiter", help="; , | or a tabulator (default: detected).")
@click.option("--template", help="Name of an import template (default: one that fits).")
@click.option("--sheet", help="Sheet of a workbook (default: its first with rows).")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Save the report.")
@connected
def import_contacts(session: Session, **options: Any) -> None:
    """Import a CSV file of any size, or a workbook (.xlsx, .ods), into a contact list.

    Interrupted with Ctrl-C, or cut off while it runs, the import goes on at the server.
    """
    with _bars() as bars:
        uploaded = _upload(session, bars, options)
        started = session.client.contacts.start_import(
            uploaded["import_id"], _start(session, uploaded, options)
        )
        done = _follow(session, bars, started)
    _end(session, done, options["report"])


@click.command("follow")
@click.argument("import_id", metavar="IMPORT")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Save the report.")
@connected
def follow_import(session: Session, import_id: str, report: Path | None) -> None:
    """Wait for an import that runs, and tell what became of it."""
    with _bars() as bars:
        done = _follow(session, bars, session.client.contacts.get_import(import_id))
    _end(session, done, report)


def _bars() -> Bars:
    columns = (
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(),
        TimeRemainingColumn(), TextColumn("{task.fields[note]}"),
    )  # fmt: skip
    return Bars(*columns, console=Console(stderr=True))


def _upload(session: Session, bars: Bars, options: dict[str, Any]) -> Any:
    file: Path = options["file"]
    template = None
    if options["template"]:
        template = _template(session, options["template"])
    task = bars.add_task(session.say("Upload"), total=file.stat().st_size, note="")
    try:
        return session.client.contacts.upload_import(
            file,
            contact_list_id=_list(session, options["list_name"]),
            import_template_id=template,
            sheet=options["sheet"],
            progress=lambda done, _: bars.update(task, completed=done),
        )
    except (ConnectionFailed, KeyboardInterrupt):
        session.note(session.say("The upload did not end; nothing was imported. Run it again."))
        raise


def _start(session: Session, uploaded: Any, options: dict[str, Any]) -> Any:
    body: dict[str, Any] = {
        "mapping": uploaded["preview"]["mapping"],
        "on_duplicate": options["on_duplicate"] or uploaded["on_duplicate"],
    }
    choices = {name: options[name] for name in ("encoding", "delimiter") if options[name]}
    if choices:
        seen = session.client.contacts.preview_import(uploaded["import_id"], **choices)
        body |= {"mapping": seen["mapping"], **choices}
    if uploaded["contact_list_id"] is None:
        body["new_list"] = {"name": options["list_name"], "region": options["region"]}
    else:
        body["contact_list_id"] = uploaded["contact_list_id"]
    if options["keys"]:
        body["key_columns"] = list(options["keys"])
    return body


def _follow(session: Session, bars: Bars, started: Any) -> Any:
    task = bars.add_task(session.say("Import"), total=started["file_bytes"], note="")
    import_id = started["import_id"]

    def look() -> Any:
        return session.client.contacts.get_import(import_id)

    with _goes_on(session, import_id):
        for record in follow(started, look):
            rate = record["rows_per_second"]
            note = f"{record['rows_read']:,} {session.say('rows')}"
            note += f", {rate:,.0f}/s" if rate else ""
            bars.update(task, completed=record["bytes_done"], note=note)
    return record


@contextmanager
def _goes_on(session: Session, import_id: str) -> Iterator[None]:
    """Say that the import is the server's by now, whatever becomes of this command."""
    text = "The import goes on at the server. See: {program} imports show {id}"
    try:
        yield
    except ConnectionFailed:
        session.note(session.say(text, program=program(), id=import_id))
        raise
    except KeyboardInterrupt as error:
        session.note(session.say(text, program=program(), id=import_id))
        raise click.exceptions.Exit(INTERRUPTED) from error


def _end(session: Session, done: Any, report: Path | None) -> None:
    if report is not None:
        session.client.contacts.download_rejections(done["import_id"]).save(report)
    output.show_file(session, done["contact_list_name"], done)


def _list(session: Session, name: str) -> str | None:
    for one in session.client.contacts.list_contact_lists(search=name, limit=100):
        if name in (one["name"], one["contact_list_id"]):
            return one["contact_list_id"]
    return None


def _template(session: Session, name: str) -> str:
    for one in session.client.contacts.list_import_templates():
        if name in (one["name"], one["import_template_id"]):
            return one["import_template_id"]
    text = "There is no {one} named '{name}'. See: {program} {noun} list"
    raise click.ClickException(
        session.say(
            text, one="import template", name=name, noun="import-templates", program=program()
        )
    )
