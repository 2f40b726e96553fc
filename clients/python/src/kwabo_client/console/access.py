"""`login`, `logout`, `profiles`: a token of one's own, kept on this machine."""

from __future__ import annotations

import socket
import sys
from typing import Any

import click
import httpx

from kwabo_client.client import DEFAULT_SERVER, KwaboClient
from kwabo_client.console import profiles
from kwabo_client.console.session import ending, known_profiles, program
from kwabo_client.console.words import language, say
from kwabo_client.errors import Forbidden, Refused, no_answer, refusal
from kwabo_client.operations import PREFIX

_LANG = click.option("--lang", help=say("Language of messages: fr or en.", language()))
_PROFILE = click.option(
    "--profile", envvar="KWABO_PROFILE", default=profiles.DEFAULT, show_default=True
)


@click.command()
@click.option("--server", envvar="KWABO_URL", default=DEFAULT_SERVER, show_default=True)
@click.option("--login", "name", help="Your login (default: asked for).")
@click.option("--token-stdin", is_flag=True, help="Take a token from standard input instead.")
@click.option("--days", default=90, show_default=True, help="How long the new token is valid.")
@_PROFILE
@_LANG
def login(
    server: str, name: str | None, token_stdin: bool, days: int, profile: str, lang: str | None
) -> None:
    """Sign in; a token is kept in a file that only you can read.

    Your password is used once and not kept. The token may do what you may, for as long as you may.
    """
    chosen = language(["--lang", lang] if lang else [])
    known = known_profiles(chosen)
    with ending(server, chosen):
        if token_stdin:
            text = click.prompt(say("Token", chosen), hide_input=True) if sys.stdin.isatty() else ""
            token = (text or sys.stdin.readline()).strip()
        else:
            name = name or click.prompt(say("Login", chosen))
            password = click.prompt(say("Password", chosen), hide_input=True)
            token = _made_token(server, name, password, days, chosen)
        with KwaboClient(server, token=token, language=chosen) as client:
            me = client.access.get_session()
    profiles.write(known | {profile: profiles.Profile(server=server, token=token)})
    text = "Signed in as {name} ({organisation}) at {server}. Profile: {profile}"
    click.echo(
        say(
            text, chosen, name=me["user"]["display_name"], server=server, profile=profile,
            organisation=me["organisation"]["name"],
        )
    )  # fmt: skip


@click.command()
@_PROFILE
@_LANG
def logout(profile: str, lang: str | None) -> None:
    """Forget a profile; its token is ended at the server where it can be reached."""
    chosen = language(["--lang", lang] if lang else [])
    known = known_profiles(chosen)
    if profile not in known:
        text = "There is no profile '{name}'. Make it: {program} login --profile {name}"
        raise click.ClickException(say(text, chosen, name=profile, program=program()))
    gone = known.pop(profile)
    with ending(gone.server, chosen):
        profiles.write(known)
        _end_token(gone)
    click.echo(say("Signed out: {profile}", chosen, profile=profile))


@click.command("profiles")
@_LANG
def list_profiles(lang: str | None) -> None:
    """Where you are signed in."""
    known = known_profiles(language(["--lang", lang] if lang else []))
    for name, one in sorted(known.items()):
        click.echo(f"{name}: {one.server}")


def _made_token(server: str, name: str, password: str, days: int, lang: str) -> str:
    """A new token with all of the person's rights."""
    headers = {"Accept-Language": lang}
    with httpx.Client(base_url=server.rstrip("/") + PREFIX, headers=headers, timeout=60) as http:
        session = _asked(http, "POST", "/session", {"login": name, "password": password})
        http.headers["X-CSRF-Token"] = session["csrf_token"]
        try:
            body = {
                "name": f"{program()} @ {socket.gethostname()}"[:200],
                "scopes": session["permissions"],
                "expires_in_days": days,
            }
            return str(_asked(http, "POST", "/api-tokens", body)["token"])
        except Forbidden as error:
            text = (
                "Your rights do not include API tokens. Ask your administrator for one, then: "
                "{program} login --token-stdin"
            )
            raise click.ClickException(say(text, lang, program=program())) from error
        finally:
            _asked(http, "DELETE", "/session", None)


def _asked(http: httpx.Client, method: str, path: str, body: Any) -> Any:
    try:
        answer = http.request(method, path, json=body)
    except httpx.TransportError as error:
        raise no_answer(error, str(http.base_url)) from error
    if answer.status_code >= 400:
        raise refusal(answer)
    return answer.json() if answer.content else None


def _end_token(profile: profiles.Profile) -> None:
    """End it at the server: the one of this name whose use is the newest is it."""
    with KwaboClient(profile.server, token=profile.token) as client:
        try:
            mine = f"{program()} @ {socket.gethostname()}"[:200]
            used = [
                one for one in client.access.list_api_tokens()
                if one["name"] == mine and one["revoked_at"] is None and one["last_used_at"]
            ]  # fmt: skip
            if used:
                newest = max(used, key=lambda one: one["last_used_at"] or "")
                client.access.revoke_api_token(newest["api_token_id"])
        except Refused:  # not valid any more, or made by somebody else
            return
