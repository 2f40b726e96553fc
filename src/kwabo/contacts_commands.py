"""`kwabo contacts …`: contacts from the command line, through the API of a running server."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

_CHUNK = 1 << 20
_POLL_SECONDS = 0.5
_ACTIVE = ("waiting", "running")


@click.group()
def contacts() -> None:
    """Contacts and contact lists."""


@contacts.command("import")
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
@click.option("--server", envvar="KWABO_URL", default="http://127.0.0.1:8000", show_default=True)
@click.option("--token", envvar="KWABO_TOKEN", required=True, help="An API token (or KWABO_TOKEN).")
def import_contacts(server: str, token: str, **options: Any) -> None:
    """Import a CSV file of any size, or a workbook (.xlsx, .ods), into a contact list.

    Interrupted with Ctrl-C while it runs, the import goes on at the server.
    """
    console = Console(stderr=True)
    options["size"] = options["file"].stat().st_size
    try:
        done = asyncio.run(_run(server.rstrip("/"), token, console, options))
    except aiohttp.ClientConnectionError as error:
        raise click.ClickException(
            f"No server answers at {server}. Start it: kwabo serve"
        ) from error
    console.print(_summary(done))
    if done["state"] != "complete":
        raise click.ClickException((done["error"] or {}).get("message", f"It is {done['state']}."))


async def _run(server: str, token: str, console: Console, options: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    timeout = aiohttp.ClientTimeout(total=None, sock_read=600)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
        client = _Client(session, f"{server}/api/v1")
        columns = (
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(),
            TimeRemainingColumn(), TextColumn("{task.fields[note]}"),
        )  # fmt: skip
        with Progress(*columns, console=console) as progress:
            done = await _import(client, progress, options)
        if options["report"] is not None:
            await client.download(f"/imports/{done['import_id']}/rejections.csv", options["report"])
    return done


async def _import(client: _Client, progress: Progress, options: dict[str, Any]) -> Any:
    file: Path = options["file"]
    size: int = options["size"]
    known = await _find_list(client, options["list_name"])
    fields = {"contact_list_id": known, "sheet": options["sheet"]}
    if options["template"]:
        fields["import_template_id"] = await _find_template(client, options["template"])
    task = progress.add_task("Upload", total=size, note="")
    uploaded = await client.upload(file, fields, lambda done: progress.update(task, completed=done))
    body: dict[str, Any] = {
        "mapping": uploaded["preview"]["mapping"],
        "on_duplicate": options["on_duplicate"] or uploaded["on_duplicate"],
    }
    choices = {name: options[name] for name in ("encoding", "delimiter") if options[name]}
    if choices:
        seen = await client.get(f"/imports/{uploaded['import_id']}/preview", **choices)
        body |= {"mapping": seen["mapping"], **choices}
    if known is None:
        body["new_list"] = {"name": options["list_name"], "region": options["region"]}
    else:
        body["contact_list_id"] = known
    if options["keys"]:
        body["key_columns"] = list(options["keys"])
    address = f"/imports/{uploaded['import_id']}"
    record = await client.post(f"{address}/start", body)
    task = progress.add_task("Import", total=record["file_bytes"], note="")
    while record["state"] in _ACTIVE:
        await _pause()
        record = await client.get(address)
        rate = record["rows_per_second"]
        note = f"{record['rows_read']:,} rows" + (f", {rate:,.0f}/s" if rate else "")
        progress.update(task, completed=record["bytes_done"], note=note)
    return record


async def _find_template(client: _Client, name: str) -> str:
    for template in (await client.get("/import-templates"))["items"]:
        if template["name"] == name:
            return str(template["import_template_id"])
    raise click.ClickException(f"There is no import template named '{name}'.")


async def _pause() -> None:
    await asyncio.sleep(_POLL_SECONDS)  # noqa: TID251 - a command of a person, in real time


async def _find_list(client: _Client, name: str) -> str | None:
    token: str | None = None
    while True:
        query = {"search": name, "limit": "100"} | ({"page_token": token} if token else {})
        page = await client.get("/contact-lists", **query)
        for found in page["items"]:
            if found["name"] == name:
                return str(found["contact_list_id"])
        token = page["next_page_token"]
        if token is None:
            return None


def _summary(done: dict[str, Any]) -> str:
    names = ("read", "added", "updated", "duplicate", "rejected")
    counts = ", ".join(f"{done[f'rows_{name}']:,} {name}" for name in names)
    return f"{done['contact_list_name']}: {counts}"


class _Client:
    """Requests with the token, errors as the server words them."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session = session
        self._base = base

    async def get(self, path: str, **query: str) -> Any:
        async with self._session.get(self._base + path, params=query) as answer:
            return await _body(answer)

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        async with self._session.post(self._base + path, json=body) as answer:
            return await _body(answer)

    async def upload(self, file: Path, fields: dict[str, str | None], told: Any) -> Any:
        form = aiohttp.FormData()
        for name, value in fields.items():
            if value is not None:
                form.add_field(name, value)
        form.add_field("file", _chunks(file, told), filename=file.name, content_type="text/csv")
        async with self._session.post(f"{self._base}/imports/uploads", data=form) as answer:
            return await _body(answer)

    async def download(self, path: str, target: Path) -> None:
        async with self._session.get(self._base + path) as answer:
            if answer.status >= 400:
                await _body(answer)
            with target.open("wb") as file:
                async for chunk in answer.content.iter_chunked(_CHUNK):
                    file.write(chunk)


async def _chunks(file: Path, told: Any) -> Any:
    done = 0
    with file.open("rb") as source:
        while chunk := source.read(_CHUNK):
            yield chunk
            done += len(chunk)
            told(done)


async def _body(answer: aiohttp.ClientResponse) -> Any:
    if answer.status < 400:
        return await answer.json()
    try:
        error = (await answer.json())["error"]
    except (aiohttp.ContentTypeError, ValueError, KeyError):
        raise click.ClickException(f"The server answered {answer.status}.") from None
    raise click.ClickException(f"{error['message']} ({error['code']})")
