"""Commands out of verbs: one function for all of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kwabo_client.console import inputs, output
from kwabo_client.console.nouns import Verb, noun_of, verbs
from kwabo_client.console.session import Session, connected
from kwabo_client.console.words import language, say
from kwabo_client.errors import Refused
from kwabo_client.generated.table import OPERATIONS
from kwabo_client.operations import Operation, Query

_PAGES = ("limit", "page_token")
_STANDARD = {
    "list": "Everything there is.",
    "show": "One of them, by name or id.",
    "create": "Add one.",
    "update": "Change one; what is not given stays.",
    "delete": "Delete one.",
}


def groups() -> dict[str, click.Group]:
    """A group of commands for each noun."""
    lang = language()
    found: dict[str, click.Group] = {}
    for verb in verbs():
        noun = noun_of(verb.noun)
        if noun.name not in found:
            found[noun.name] = click.Group(noun.name, help=noun.fr if lang == "fr" else noun.en)
        found[noun.name].add_command(command(verb, lang))
    return found


def command(verb: Verb, lang: str) -> click.Command:
    """The command of a verb."""
    operation = verb.operation

    def run(session: Session, **given: Any) -> None:
        _run(session, verb, given)

    parameters: list[click.Parameter] = [
        click.Argument([_argument(name)], metavar=_metavar(name)) for name in verb.arguments
    ]
    if operation.kind == "upload":
        parameters.append(
            click.Argument(
                ["upload_"], metavar="FILE", type=click.Path(exists=True, dir_okay=False)
            )
        )
    parameters += [_option(one) for one in operation.query if _is_option(one)]
    parameters += _common(operation, lang)
    made = click.Command(verb.name, callback=connected(run), help=_help(verb, lang))
    options = getattr(made.callback, "__click_params__", [])
    made.params = [*parameters, *reversed(options)]
    return made


def _common(operation: Operation, lang: str) -> list[click.Parameter]:
    found: list[click.Parameter] = []
    if operation.body is not None:
        text = "The body, from a JSON, TOML or YAML file; - is standard input."
        found.append(click.Option(["--file", "-f", "file_"], metavar="FILE", help=say(text, lang)))
        text = "A field of the body; may be repeated. Nested: a.b=1"
        found.append(
            click.Option(
                ["--set", "-s", "set_"], multiple=True, metavar="NAME=VALUE", help=say(text, lang)
            )
        )
    if operation.kind == "pages":
        text = say("At most so many (0: all).", lang)
        found.append(
            click.Option(["--limit", "limit_"], type=click.IntRange(0), default=0, help=text)
        )
    if operation.kind == "download":
        text = say("Where to save it; - is standard output.", lang)
        found.append(
            click.Option(["--output", "-o", "output_"], default="-", metavar="FILE", help=text)
        )
    if operation.method == "DELETE":
        found.append(
            click.Option(["--yes", "-y", "yes_"], is_flag=True, help=say("Do not ask.", lang))
        )
    return found


def _run(session: Session, verb: Verb, given: dict[str, Any]) -> None:
    operation = verb.operation
    path: dict[str, object] = {}
    for name in operation.parameters:
        path[name] = inputs.id_of(session, name, given[_argument(name)], path)
    query = {
        one.name: inputs.id_of(session, one.name, value) if one.name.endswith("user_id") else value
        for one in operation.query
        if one.name not in _PAGES and (value := given.get(_argument(one.name))) is not None
    }
    api = session.client.api
    if operation.kind == "pages":
        pages = api.pages(operation.name, path=path, query=query)
        return output.show_list(session, pages, noun_of(verb.noun).columns, given["limit_"])
    if operation.kind == "download":
        return save(session, api.download(operation.name, path=path, query=query), given["output_"])
    if operation.kind == "upload":
        return output.show_one(session, api.upload(operation.name, given["upload_"], path=path))
    if operation.method == "DELETE":
        _confirm(session, given, verb)
    body = None
    if operation.body is not None:
        body = inputs.body_of(session, operation, given["file_"], given["set_"])
        body = _completed(session, operation, path, query, body)
    answer = api.call(operation.name, path=path, query=query, body=body)
    if answer is None:
        return session.note(session.say("Done."))
    if isinstance(answer, list):
        return output.show_list(session, answer, noun_of(verb.noun).columns)
    if operation.method == "POST" and not (answer.keys() - {"items", "next_page_token", "total"}):
        return output.show_list(session, answer["items"], ())
    if operation.method == "POST" and operation.body is None:
        return output.show_state(session, answer)
    return output.show_one(session, answer)


def _completed(
    session: Session,
    operation: Operation,
    path: dict[str, object],
    query: dict[str, Any],
    body: dict[str, Any],
) -> dict[str, Any]:
    """The body with what a person would have to look up: the version of what is changed; and
    without what only answers have, so that a file of `show --json` can be sent back."""
    fields = inputs.fields_of(operation.body)
    if not body and inputs.required_of(operation.body) - {"version"}:
        raise click.UsageError(session.say("Nothing is given: use --file or --set."))
    reading = next(
        (
            o
            for o in OPERATIONS.values()
            if o.method == "GET" and o.path == operation.path and o.kind == "object"
        ),
        None,
    )
    if reading is None or operation.method not in ("PATCH", "PUT"):
        return body
    missing = "version" in fields and "version" not in body
    foreign = body.keys() - fields.keys()
    if not missing and not foreign:
        return body
    try:
        known = session.client.api.call(reading.name, path=path, query=query)
    except Refused:
        return body
    if len(known) == 1 and isinstance(only := next(iter(known.values())), dict):
        known = only  # {"schedule": {…}}
    body = {name: value for name, value in body.items() if name in fields or name not in known}
    if missing and isinstance(known.get("version"), int):
        body["version"] = known["version"]
    return body


def save(session: Session, download: Any, target: str) -> None:
    """A file of the server, to a path or to standard output."""
    if target == "-":
        for part in download:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    size = download.save(Path(target))
    session.note(f"{target}: {size:,} bytes")


def _confirm(session: Session, given: dict[str, Any], verb: Verb) -> None:
    if given["yes_"] or not sys.stdin.isatty():
        return
    named = " ".join(given[_argument(name)] for name in verb.arguments)
    click.confirm(session.say("Delete {name}?", name=named), abort=True)


def _help(verb: Verb, lang: str) -> str:
    operation = verb.operation
    if lang == "fr" and verb.name in _STANDARD:
        text = say(_STANDARD[verb.name], lang)
    else:
        text = operation.summary + "."
    if operation.permissions:
        text += f"\n\nPermission: {', '.join(operation.permissions)}"
    fields = inputs.fields_of(operation.body)
    if fields:
        needed = inputs.required_of(operation.body) - {"version"}
        names = [f"{name}*" if name in needed else name for name in fields]
        text += f"\n\n{operation.body}: {', '.join(names)}"
    return text


def _is_option(one: Query) -> bool:
    return not one.required and one.name not in _PAGES


def _option(one: Query) -> click.Option:
    kind: Any = None
    if one.choices:
        kind = click.Choice(one.choices)
    elif one.kind in ("int", "float", "bool"):
        kind = {"int": int, "float": float, "bool": bool}[one.kind]
    return click.Option([f"--{one.name.replace('_', '-')}", _argument(one.name)], type=kind)


def _argument(name: str) -> str:
    """A name in Python that no option of our own has."""
    return f"given_{name}"


def _metavar(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ").upper().replace(" ", "_")
