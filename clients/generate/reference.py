"""Writes the reference of the commands: one row for each, from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kwabo_client.console.program import commands

_HEAD = """\
# Commands that ask a server

Made by `./dev client` from the commands; changes here are overwritten. How to use them:
[in English](../users/en/command-line.md), [en français](../users/fr/ligne-de-commande.md).
Commands of the server itself are in the [reference](reference.md#commands). `kwabo COMMAND --help`
tells options and the fields of bodies. Each has `--server`, `--token`, `--profile`, `--json` and
`--lang`.

| Command | What it does |
|---|---|
"""


def reference() -> str:
    """The page's text."""
    rows = sorted(row for command in commands() for row in _rows(command, "kwabo"))
    return _HEAD + "".join(f"| `{path}` | {told} |\n" for path, told in rows)


def _rows(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    path = f"{path} {command.name}"
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _rows(inner, path)
        return
    arguments = [
        str(one.metavar or one.name).upper()
        for one in command.params
        if isinstance(one, click.Argument)
    ]
    told = (command.help or "").split("\n\n", maxsplit=1)[0].replace("\n", " ").replace("|", "\\|")
    yield path, told.strip() + (f" `{' '.join(arguments)}`" if arguments else "")
