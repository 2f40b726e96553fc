"""Commands for operators: the schema, organisations, lost passwords.

They work on the database of KWABO_DATABASE_URL, with or without a running program.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from kwabo.services.catalogue import Services

T = TypeVar("T")


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database's schema up to date (needs KWABO_DATABASE_OWNER_URL)."""
    from kwabo.adapters.postgres.migrate import SchemaError, migrate
    from kwabo.settings import Settings

    owner_url = Settings().database_owner_url
    if owner_url is None:
        raise click.ClickException(
            "KWABO_DATABASE_OWNER_URL is not set: the URL of the role that owns the database."
        )
    try:
        before, after = asyncio.run(migrate(owner_url.get_secret_value()))
    except SchemaError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"The schema is up to date: {after}" + ("" if before == after else " (changed)"))


@click.group()
def organisation() -> None:
    """Organisations of this installation."""


@organisation.command("add")
@click.argument("name")
@click.option("--slug", required=True, help="Short name: letters, digits, hyphens.")
@click.option("--admin", "login", required=True, help="Login of its first administrator.")
@click.option("--region", default="BJ", show_default=True, help="How national numbers are read.")
@click.option("--time-zone", default="Africa/Porto-Novo", show_default=True)
@click.option("--language", default="fr", show_default=True, type=click.Choice(["fr", "en"]))
@click.option("--trunk", default="trunk-lab", show_default=True, help="The switch's first trunk.")
@click.option(
    "--caller-id", "caller_ids", multiple=True, required=True, help="+22901…; may repeat."
)
def add_organisation(
    name: str,
    slug: str,
    login: str,
    region: str,
    time_zone: str,
    language: str,
    trunk: str,
    caller_ids: tuple[str, ...],
) -> None:
    """Make an organisation; prints its administrator's password once."""
    from kwabo.domain.organisations.permissions import ADMINISTRATOR
    from kwabo.services.organisations import FirstUser, NewOrganisation

    password = secrets.token_urlsafe(12)
    new = NewOrganisation(
        name=name,
        slug=slug,
        region=region,
        time_zone=time_zone,
        language=language,
        trunk_endpoint=trunk,
        caller_ids=caller_ids,
    )
    administrator = FirstUser(
        login=login, display_name=login, role=ADMINISTRATOR, password=password
    )
    _with_services(lambda services: services.organisations.create(new, [administrator]))
    click.echo(f"Made {name}. Sign in as {login} with the password {password} and change it.")


@click.group()
def user() -> None:
    """Users who cannot help themselves."""


@user.command("password")
@click.argument("login")
def reset_password(login: str) -> None:
    """Give a user a new password, printed once; ends all their sessions."""
    password = secrets.token_urlsafe(12)
    _with_services(lambda services: services.rescue.set_password(login, password))
    click.echo(f"The new password of {login} is {password}")


def _with_services(act: Callable[[Services], Awaitable[T]]) -> T:
    from kwabo.adapters.postgres.migrate import SchemaError, check_schema
    from kwabo.bootstrap import Core, MissingSetting, make_services_of
    from kwabo.kernel.errors import KwaboError
    from kwabo.settings import Settings

    async def run() -> T:
        core = Core(Settings())
        try:
            await check_schema(core.engine)
            return await act(make_services_of(core))
        finally:
            await core.engine.dispose()

    try:
        return asyncio.run(run())
    except (KwaboError, SchemaError, MissingSetting) as error:
        raise click.ClickException(str(error)) from error
