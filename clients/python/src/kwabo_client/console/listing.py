"""`dnc add`, `dnc remove`, `dnc import`: numbers on the command line, or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kwabo_client.console import inputs, output
from kwabo_client.console.session import Session, connected
from kwabo_client.following import follow

_AT_ONCE = 1000


@click.command("add")
@click.argument("dnc_list", metavar="DNC_LIST")
@click.argument("values", metavar="VALUE…", nargs=-1, required=True)
@click.option("--reason", help="Why they must not be called.")
@click.option("--until", help="When it ends, e.g. 2027-12-31T23:00:00Z (default: never).")
@connected
def add(
    session: Session, dnc_list: str, values: tuple[str, ...], reason: str | None, until: str | None
) -> None:
    """Put numbers (or values of the list's column) on DNC_LIST."""
    dnc_list_id = inputs.id_of(session, "dnc_list_id", dnc_list)
    added = updated = 0
    rejected: list[Any] = []
    for begin in range(0, len(values), _AT_ONCE):
        part = values[begin : begin + _AT_ONCE]
        told = {"reason": reason, "expires_at": until}
        entries: Any = [
            {"value": one, **{key: text for key, text in told.items() if text}} for one in part
        ]
        done = session.client.dnc_lists.add_dnc_entries(dnc_list_id, {"entries": entries})
        added, updated = added + done["added"], updated + done["updated"]
        rejected += [{**one, "value": part[one["index"]]} for one in done["rejected"]]
    output.show_one(session, {"added": added, "updated": updated, "rejected": rejected})
    if rejected:
        for one in rejected:
            click.echo(f"  {one['value']}: {one['message']} ({one['code']})", err=True)
        raise click.exceptions.Exit(1)


@click.command("remove")
@click.argument("dnc_list", metavar="DNC_LIST")
@click.argument("values", metavar="VALUE…", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why they may be called again; it is kept.")
@connected
def remove(session: Session, dnc_list: str, values: tuple[str, ...], reason: str) -> None:
    """Take numbers off DNC_LIST."""
    dnc_list_id = inputs.id_of(session, "dnc_list_id", dnc_list)
    body: Any = {"values": list(values), "reason": reason}
    output.show_one(session, session.client.dnc_lists.remove_dnc_entries(dnc_list_id, body))


@click.command("import")
@click.argument("dnc_list", metavar="DNC_LIST")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", help="Why they must not be called.")
@click.option("--until", help="When it ends (default: never).")
@connected
def import_file(
    session: Session, dnc_list: str, file: Path, reason: str | None, until: str | None
) -> None:
    """Put the numbers of a CSV file on DNC_LIST, and wait until they are there."""
    ask = session.client.dnc_lists
    dnc_list_id = inputs.id_of(session, "dnc_list_id", dnc_list)
    upload: Any = ask.upload_dnc_file(dnc_list_id, file)
    body: Any = {key: text for key, text in (("reason", reason), ("expires_at", until)) if text}
    seen: Any = upload["preview"]
    body |= {key: seen[key] for key in ("column", "has_header") if seen.get(key) is not None}
    started: Any = ask.start_dnc_upload(upload["upload_id"], body)
    *_, record = follow(started, lambda: ask.get_dnc_upload(upload["upload_id"]))
    output.show_file(session, record["file_name"], record)
