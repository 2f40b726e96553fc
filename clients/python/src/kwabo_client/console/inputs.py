"""What is sent: files of JSON, TOML or YAML, single fields, names in place of ids."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import yaml

from kwabo_client.console.nouns import listing, noun_of, verbs
from kwabo_client.console.session import Session, program
from kwabo_client.generated import models
from kwabo_client.operations import Operation

_NAMES = ("name", "display_name", "login", "file_name")
_TEXTS = ("str", "Id", "Instant", "Day", "ClockTime", "Literal")


def body_of(
    session: Session, operation: Operation, file: str | None, fields: tuple[str, ...]
) -> Any:
    """The body: a file's object with single fields over it, names replaced by ids."""
    body: dict[str, Any] = {} if file is None else read_object(session, file)
    kinds = fields_of(operation.body)
    for text in fields:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.UsageError(session.say("Give NAME=VALUE: {text}", text=text))
        _put(body, name.split("."), _value(value, kinds.get(name, "")))
    return with_ids(session, body)


def read_object(session: Session, file: str) -> dict[str, Any]:
    """The object in a file."""
    if file == "-":
        text, kind = sys.stdin.read(), ".yaml"  # which JSON is too
    else:
        text, kind = Path(file).read_text(encoding="utf-8-sig"), Path(file).suffix.lower()
    try:
        if kind == ".json":
            found = json.loads(text)
        elif kind == ".toml":
            found = tomllib.loads(text)
        elif kind in (".yaml", ".yml"):
            found = yaml.load(text, Loader=_Plain)  # noqa: S506 - a safe loader, see below
        else:
            raise click.UsageError(
                session.say("The file's kind is told by its ending: .json, .toml, .yaml")
            )
    except (ValueError, yaml.YAMLError) as error:
        text = "{path} cannot be read as {kind}: {why}"
        why = " ".join(str(error).split())
        raise click.ClickException(
            session.say(text, path=file, kind=kind.removeprefix(".").upper(), why=why)
        ) from error
    if not isinstance(found, dict):
        raise click.ClickException(
            session.say("{path} must hold one object, not a list.", path=file)
        )
    return found


class _Plain(yaml.SafeLoader):  # type: ignore[misc]
    """Times and dates stay as they are written, as in JSON."""


_Plain.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp",)
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def fields_of(body: str | None) -> dict[str, str]:
    """Field → type of a body's model, as it is written there."""
    model = getattr(models, body or "", None)
    return {
        name: getattr(kind, "__forward_arg__", str(kind))
        for name, kind in getattr(model, "__annotations__", {}).items()
    }


def required_of(body: str | None) -> frozenset[str]:
    """The fields that a body must have."""
    found = fields_of(body)
    return frozenset(name for name, kind in found.items() if not kind.startswith("NotRequired"))


def _value(text: str, kind: str) -> Any:
    """A value of the command line: text where the field is one, else JSON where it is that."""
    plain = kind.removeprefix("NotRequired[")
    if plain.startswith(_TEXTS) and not ("None" in kind and text == "null"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _put(body: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        below = body.setdefault(step, {})
        if not isinstance(below, dict):
            below = body[step] = {}
        body = below
    body[steps[-1]] = value


# ── names ───────────────────────────────────────────────────────────────────────────────────────


def is_id(value: object) -> bool:
    """Whether it is an id already."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def with_ids(session: Session, value: Any) -> Any:
    """The body with ids where names of things stand for them."""
    if isinstance(value, list):
        return [with_ids(session, one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _field(session, name, one) for name, one in value.items()}


def _field(session: Session, name: str, value: Any) -> Any:
    parameter = _parameter(name)
    if parameter is not None and isinstance(value, str) and value and not is_id(value):
        return id_of(session, parameter, value)
    if parameter is not None and isinstance(value, list):
        return [
            id_of(session, parameter, one) if isinstance(one, str) and not is_id(one) else one
            for one in value
        ]
    return with_ids(session, value)


def _parameter(field: str) -> str | None:
    """`member_user_ids` → `user_id`, when there is a list of them."""
    singular = field.removesuffix("s")
    if not singular.endswith("_id"):
        return None
    parts = singular.split("_")
    for begin in range(len(parts) - 1):
        found = "_".join(parts[begin:])
        if listing(found) is not None:
            return found
    return None


def id_of(
    session: Session, parameter: str, name: str, path: Mapping[str, object] | None = None
) -> str:
    """The id of what a person named: itself, or the one thing of this name."""
    if is_id(name):
        return name
    if parameter == "contact_id" and path and "campaign_id" in path:
        return _contact(session, str(path["campaign_id"]), name)
    operation = listing(parameter)
    if operation is None:
        return name if not parameter.endswith("_id") else _refuse(session)
    query = {"search": name} if any(one.name == "search" for one in operation.query) else {}
    found = [
        str(one[parameter])
        for one in session.client.api.pages(operation.name, query=query)
        if name in (one.get(key) for key in _NAMES)
    ]
    if len(found) == 1:
        return found[0]
    noun = _noun_of(operation)
    if found:
        text = "{count} are named '{name}'. Give the id: {ids}"
        raise click.ClickException(
            session.say(text, count=len(found), name=name, ids=", ".join(found))
        )
    one = parameter.removesuffix("_id").replace("_", " ")
    text = "There is no {one} named '{name}'. See: {program} {noun} list"
    raise click.ClickException(session.say(text, one=one, name=name, noun=noun, program=program()))


def _noun_of(operation: Operation) -> str:
    found = next((verb.noun for verb in verbs() if verb.operation.name == operation.name), "")
    return noun_of(found).name


def _refuse(session: Session) -> str:
    raise click.ClickException(session.say("Give the id; names are not known here."))


def _contact(session: Session, campaign_id: str, name: str) -> str:
    """A contact of a campaign, by its key or one of its numbers."""
    pages = session.client.campaigns.list_campaign_contacts(campaign_id, search=name, limit=50)
    digits = "".join(one for one in name if one.isdigit())
    found = {
        one["contact"]["contact_id"]
        for one in pages.first().items
        if one["contact"]["external_key"] == name
        or any(digits and n["number"].endswith(digits) for n in one["contact"]["numbers"])
    }
    if len(found) != 1:
        text = "No contact of the campaign has this number, key or id."
        if found:
            text = "{count} are named '{name}'. Give the id: {ids}"
            text = session.say(text, count=len(found), name=name, ids=", ".join(sorted(found)))
        raise click.ClickException(session.say(text))
    return found.pop()
