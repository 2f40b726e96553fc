"""A flow as a JSON document: typed nodes, and the ways between them.

    {"languages": ["fr", "fon"], "start": "accueil", "on_error": "desole",
     "limits": {"steps": 300, "seconds": 900, "visits": 30},
     "variables": [{"name": "solde", "type": "amount", "personal": true}],
     "nodes": [
       {"id": "accueil", "type": "say", "say": [{"prompt": "bienvenue"}], "ways": {"next": "menu"}},
       {"id": "menu", "type": "menu", "say": [{"prompt": "menu"}],
        "options": [{"key": "1", "label": {"fr": "Solde", "fon": "…"}}],
        "ways": {"1": "solde", "timeout": "fin"}},
       …]}

The first language is the one of callers of whom none is known. `on_error` names the node to which
a call goes that has come to a limit or met with an error. `x` and `y` are a node's place on the
canvas.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kwabo.domain.flows.fields import entries

MOST_NODES: Final = 300
MOST_LANGUAGES: Final = 12
MOST_VARIABLES: Final = 100
LARGEST: Final = 500_000  # characters of the document
DEEPEST: Final = 5  # flows that run flows
NODE_KEYS: Final = frozenset({"id", "type", "title", "ways", "x", "y"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a call may take; the document may say less."""

    steps: int = 500  # nodes entered
    seconds: int = 1_800  # in the flow, without waiting for an agent
    visits: int = 50  # of one node


MOST: Final = Limits(steps=2_000, seconds=7_200, visits=500)
AFTER_ERROR: Final = Limits(steps=30, seconds=120, visits=5)  # on the way from `on_error`


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A value of the flow."""

    name: str
    type: str
    personal: bool = False  # never shown in reports
    value: str = ""  # at the begin


def nodes_of(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The nodes by id; of several with one id the first."""
    found: dict[str, Mapping[str, Any]] = {}
    for node in entries(document.get("nodes")):
        if isinstance(node.get("id"), str):
            found.setdefault(node["id"], node)
    return found


def ways_of(node: Mapping[str, Any]) -> dict[str, str]:
    """Where a node's ways lead."""
    written = node.get("ways")
    given = written.items() if isinstance(written, Mapping) else ()
    return {str(way): to for way, to in given if isinstance(to, str) and to}


def languages_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages, the one of callers of whom none is known first."""
    written = document.get("languages")
    given = written if isinstance(written, list | tuple) else ()
    return tuple(dict.fromkeys(one for one in given if isinstance(one, str) and one))


def variables_of(document: Mapping[str, Any]) -> dict[str, Variable]:
    """The variables by name."""
    found: dict[str, Variable] = {}
    for one in entries(document.get("variables")):
        variable = Variable(
            name=str(one.get("name") or ""),
            type=str(one.get("type") or "text"),
            personal=one.get("personal") is True,
            value=str(one.get("value") or ""),
        )
        found.setdefault(variable.name, variable)
    return found


def limits_of(document: Mapping[str, Any]) -> Limits:
    """The document's limits, never more than `MOST`."""
    written = document.get("limits")
    given = written if isinstance(written, Mapping) else {}
    usual = Limits()

    def limit(name: str) -> int:
        value = given.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            return int(getattr(usual, name))
        return min(value, int(getattr(MOST, name)))

    return Limits(steps=limit("steps"), seconds=limit("seconds"), visits=limit("visits"))


def size_of(document: Mapping[str, Any]) -> int:
    """Characters of the document as it is kept."""
    return len(json.dumps(document, ensure_ascii=False))
