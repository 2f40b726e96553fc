"""Inputs and actions as JSON: `{"type": "digit_pressed", "digit": "1"}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final, get_args

from kwabo.domain.flows.actions import Action
from kwabo.domain.flows.inputs import Incident, IncidentsTold, Input
from kwabo.domain.flows.parts import Part


def _name(kind: type[Any]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


INPUTS: Final[Mapping[str, type[Any]]] = {_name(kind): kind for kind in get_args(Input)}
ACTIONS: Final[Mapping[str, type[Any]]] = {_name(kind): kind for kind in get_args(Action)}


def action_json(action: Action) -> dict[str, Any]:
    """An action with its type; parts with theirs."""
    found = {"type": _name(type(action)), **asdict(action)}
    for name in ("parts", "announcement"):
        if hasattr(action, name):
            found[name] = [part_json(part) for part in getattr(action, name)]
    return found


def part_json(part: Part) -> dict[str, Any]:
    """A part of an utterance: `{"type": "amount", "value": "1250", "language": ""}`."""
    found = asdict(part)
    if not found.get("instead"):  # what flows say themselves has no words in its place
        found.pop("instead", None)
    return {"type": _name(type(part)).removesuffix("_part"), **found}


def input_of(written: Mapping[str, Any]) -> Input:
    """The input of its JSON. Raises KeyError, TypeError or ValueError when it is none."""
    kind = INPUTS[str(written["type"])]
    given = {name: value for name, value in written.items() if name != "type"}
    if kind is IncidentsTold:
        told = given.get("incidents") or ()
        given["incidents"] = tuple(_read(Incident, one) for one in told)
    found: Input = _read(kind, given)
    return found


def _read(kind: type[Any], given: Mapping[str, Any]) -> Any:
    """A dataclass whose fields are texts, numbers, texts by name, or what was read already."""
    wanted = {field.name: str(field.type) for field in fields(kind)}
    for name, value in given.items():
        told = wanted.get(name, "")
        if told == "str" and not isinstance(value, str):
            raise ValueError(name)
        if told == "int" and (isinstance(value, bool) or not isinstance(value, int)):
            raise ValueError(name)
        if told == "float" and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise ValueError(name)
        if told.startswith("Mapping") and not (
            isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values())
        ):
            raise ValueError(name)
    return kind(**given)
