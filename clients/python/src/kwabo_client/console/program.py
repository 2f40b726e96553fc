"""The program `kwabo-client`; `kwabo` of the server holds the same commands beside its own."""

from __future__ import annotations

import click

from kwabo_client.console import access, build, importing, listing, progress, raw, settings
from kwabo_client.version import __version__


def commands() -> list[click.Command]:
    """Every command that asks a server."""
    groups = build.groups()
    groups["campaigns"].add_command(progress.progress)
    groups["contacts"].add_command(importing.import_contacts)
    groups["imports"].add_command(importing.follow_import)
    for one in (settings.export, settings.apply):
        groups["settings"].add_command(one)
    for one in (listing.add, listing.remove, listing.import_file):
        groups["dnc"].add_command(one)
    return [
        *groups.values(),
        access.login,
        access.logout,
        access.list_profiles,
        raw.api,
        raw.completion,
    ]


def program() -> click.Group:
    """All of them in a group."""
    main = click.Group(
        "kwabo-client",
        help="Kwabo, an open-source contact centre: its API from the command line.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    main = click.version_option(__version__, prog_name="kwabo-client")(main)
    for one in commands():
        main.add_command(one)
    return main


def run() -> None:
    """The command line."""
    program()(prog_name="kwabo-client")
