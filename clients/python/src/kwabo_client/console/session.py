"""What each command is given: a client, a language, a way to print; and how it ends.

Exit codes: 0 done; 1 refused or not reached, with the reason on standard error; 2 the command was
written wrongly; 130 interrupted.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from kwabo_client.client import DEFAULT_SERVER, KwaboClient
from kwabo_client.console import profiles
from kwabo_client.console.words import language, say
from kwabo_client.errors import ConnectionFailed, KwaboError, Refused

INTERRUPTED = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person's terminal, connected."""

    client: KwaboClient
    server: str
    lang: str
    as_json: bool

    def say(self, text: str, /, **values: object) -> str:
        """A text in the person's language."""
        return say(text, self.lang, **values)

    def note(self, text: str) -> None:
        """Something beside the answer, to standard error."""
        click.echo(text, err=True)


def program() -> str:
    """How the program was called: kwabo or kwabo-client."""
    context = click.get_current_context(silent=True)
    while context is not None and context.parent is not None:
        context = context.parent
    name = context.info_name if context is not None and context.info_name else "kwabo"
    return name if name in ("kwabo", "kwabo-client") else "kwabo"


def connected(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes a Session first, and the options of one."""

    @functools.wraps(command)
    def run(
        *,
        server: str | None,
        token: str | None,
        profile: str | None,
        lang: str | None,
        as_json: bool,
        **options: Any,
    ) -> None:
        chosen = language(["--lang", lang] if lang else [])
        server, token = _where(server, token, profile, chosen)
        with KwaboClient(server, token=token, language=chosen) as client, ending(server, chosen):
            session = Session(client=client, server=server, lang=chosen, as_json=as_json)
            command(session, **options)

    return with_options(run)


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command, last in its help."""
    lang = language()
    for option in (
        click.option("--lang", help=say("Language of messages: fr or en.", lang)),
        click.option(
            "--json", "as_json", is_flag=True, help=say("Print the API's answer as JSON.", lang)
        ),
        click.option(
            "--profile", envvar="KWABO_PROFILE", help=say("The profile of `kwabo login`.", lang)
        ),
        click.option(
            "--token", envvar="KWABO_TOKEN", help=say("An API token (or KWABO_TOKEN).", lang)
        ),
        click.option(
            "--server", envvar="KWABO_URL", help=say("The server's address (or KWABO_URL).", lang)
        ),
    ):
        command = option(command)
    return command


def _where(
    server: str | None, token: str | None, profile: str | None, lang: str
) -> tuple[str, str]:
    """The server and the token: as given, else of the profile."""
    known = None
    if token is None or profile is not None:
        found = known_profiles(lang)
        known = found.get(profile or profiles.DEFAULT)
        if known is None and profile is not None:
            raise click.ClickException(
                say(
                    "There is no profile '{name}'. Make it: {program} login --profile {name}",
                    lang, name=profile, program=program(),
                )
            )  # fmt: skip
    if known is not None and token is None and server in (None, known.server):
        return known.server, known.token
    if token is None:
        raise click.ClickException(
            say("There is no token. Sign in: kwabo login, or give --token or KWABO_TOKEN.", lang)
        )
    return server or (known.server if known else DEFAULT_SERVER), token


def known_profiles(lang: str) -> dict[str, profiles.Profile]:
    """Every profile, or the sentence that says why not."""
    try:
        return profiles.read()
    except profiles.ProfilesOpen as error:
        raise click.ClickException(
            say("Others can read {path}. Close it: chmod 600 {path}", lang, path=error.path)
        ) from error


class ending:  # noqa: N801 - reads as a word in a with statement
    """Errors of the client become sentences and exit codes."""

    def __init__(self, server: str, lang: str) -> None:
        self._server = server
        self._lang = lang

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _: TracebackType | None,
    ) -> None:
        if isinstance(error, Refused):
            for one in error.fields:
                click.echo(
                    f"  {one.get('field')}: {one.get('message')} ({one.get('code')})", err=True
                )
            where = f"{error.field}: " if error.field else ""
            raise click.ClickException(f"{where}{error.message} ({error.code})") from error
        if isinstance(error, ConnectionFailed) and str(error).startswith("No server"):
            text = "No server answers at {server}. Is the address right? Start one: kwabo serve"
            raise click.ClickException(say(text, self._lang, server=self._server)) from error
        if isinstance(error, KwaboError):
            raise click.ClickException(str(error)) from error
        if isinstance(error, KeyboardInterrupt):
            click.echo(say("Interrupted.", self._lang), err=True)
            raise click.exceptions.Exit(INTERRUPTED) from error
        if isinstance(error, BrokenPipeError):  # the reader of the pipe has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from error
        if isinstance(error, OSError) and error.filename:
            raise click.ClickException(f"{Path(error.filename)}: {error.strerror}") from error
