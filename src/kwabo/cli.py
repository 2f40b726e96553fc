"""The command `kwabo`."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys

import click
import structlog
from structlog.tracebacks import ExceptionDictTransformer

from kwabo import __version__


class _Program(click.Group):
    """Loads the other commands, and what they need, when one is asked for that is not here."""

    _whole = False

    def list_commands(self, context: click.Context) -> list[str]:
        self._load()
        return super().list_commands(context)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.commands:
            self._load()
        return super().get_command(context, name)

    def _load(self) -> None:
        if not self._whole:
            self._whole = True
            _add_commands()


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kwabo")
def main() -> None:
    """Kwabo, an open-source contact centre."""


@main.command()
@click.option(
    "--role",
    type=click.Choice(["all", "api", "engine"]),
    default="all",
    show_default=True,
    help="Which parts of the program this process runs.",
)
def serve(role: str) -> None:
    """Serve until SIGTERM. Settings come from KWABO_… variables (docs/operators/settings.md)."""
    gc.disable()  # everything that is imported here stays: looking through it finds nothing
    from pydantic import ValidationError

    from kwabo.adapters.postgres.migrate import SchemaError
    from kwabo.bootstrap import MissingSetting
    from kwabo.serving import serve as serve_
    from kwabo.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        raise click.ClickException(f"A setting is wrong: {error}") from error
    _log_to_stderr(settings.log_level)
    gc.freeze()
    gc.enable()
    try:
        asyncio.run(serve_(settings, role))  # type: ignore[arg-type]
    except (MissingSetting, SchemaError) as error:
        raise click.ClickException(str(error)) from error


def _log_to_stderr(level: str) -> None:
    """One JSON object per line, to standard error."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                ExceptionDictTransformer(show_locals=False)  # they hold passwords and numbers
            ),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr)


def _add_commands() -> None:
    from kwabo import administration, simulation_commands
    from kwabo.stack import commands
    from kwabo.stack.demo.command import demo
    from kwabo_client.console.program import commands as of_the_api

    main.add_command(administration.migrate_command)
    main.add_command(administration.organisation)
    main.add_command(administration.user)
    main.add_command(simulation_commands.simulate)
    main.add_command(commands.up)
    main.add_command(commands.switch)
    main.add_command(commands.lab)
    main.add_command(demo)
    for command in of_the_api():
        main.add_command(command)


if __name__ == "__main__":
    main()
