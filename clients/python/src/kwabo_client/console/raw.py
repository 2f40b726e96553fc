"""`api METHOD PATH`: anything else; and `completion`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from click.shell_completion import get_completion_class

from kwabo_client.console import output
from kwabo_client.console.session import Session, connected, program


@click.command("api")
@click.argument("method", type=click.Choice(["GET", "POST", "PUT", "PATCH", "DELETE"], False))
@click.argument("path")
@click.option("--data", help="The body as JSON, @FILE, or @- for standard input.")
@click.option("--query", "queries", multiple=True, metavar="NAME=VALUE", help="May be repeated.")
@connected
def api(
    session: Session, method: str, path: str, data: str | None, queries: tuple[str, ...]
) -> None:
    """Ask for any PATH under /api/v1, and print the answer as it came.

    A POST gets an Idempotency-Key of its own and may be asked again when the connection breaks.
    """
    query = dict(text.partition("=")[::2] for text in queries)
    answer = session.client.api.request(method, path, query=query, body=_body(session, data))
    if isinstance(answer, str):
        click.echo(answer, nl=False)
    elif answer is not None:
        output.show_json(answer)


def _body(session: Session, data: str | None) -> Any:
    if data is None:
        return None
    text = data
    if data.startswith("@"):
        text = sys.stdin.read() if data == "@-" else Path(data[1:]).read_text(encoding="utf-8-sig")
    try:
        return json.loads(text)
    except ValueError as error:
        words = "{path} cannot be read as {kind}: {why}"
        raise click.UsageError(session.say(words, path="--data", kind="JSON", why=error)) from error


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands, e.g. for bash: source <(kwabo completion bash)"""
    kind = get_completion_class(shell)
    assert kind is not None
    name = program()
    variable = f"_{name.replace('-', '_').upper()}_COMPLETE"
    click.echo(kind(context.find_root().command, {}, name, variable).source())
