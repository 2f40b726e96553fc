"""What a node's settings look like, as data: the check, the interpreter and the editor go by it.

Reading never fails: what is missing or malformed is the field's default, so that a draft can be
tried before all of it is right. `field_check` says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

KEYS: Final = "0123456789*#"
LONGEST_TEMPLATE: Final = 1_000
MOST_PARTS: Final = 60  # groups and what is in them counted
DEEPEST_PARTS: Final = 4
_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")


class Kind(StrEnum):
    """What a field holds."""

    PARTS = "parts"  # of an utterance, see `parts.py` and docs/developers/flows.md
    TEMPLATE = "template"  # text with {{names}}
    WHOLE = "whole"  # a whole number
    FLAG = "flag"
    CHOICE = "choice"
    KEY = "key"  # of the telephone
    NAME = "name"
    NAMES = "names"  # with a `noun`: references to things of that kind
    TEXTS = "texts"  # language → words
    LANGUAGE = "language"  # one of the flow's
    VARIABLE = "variable"  # one of the flow's
    REFERENCE = "reference"  # to a thing of the organisation: `noun`
    CONDITION = "condition"
    LIST = "list"  # of entries with `fields`
    MAP = "map"  # name → what `fields[0]` holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A setting of a node."""

    name: str
    kind: Kind
    required: bool = False
    default: Any = None  # None: that of the kind
    least: int = 0  # of a number; of entries
    most: int = 0  # of a number; of entries, 0: 50
    choices: tuple[str, ...] = ()
    noun: str = ""  # of references: queue, skill, schedule, source, dnc_list, flow, channel, prompt
    types: tuple[str, ...] = ()  # of a variable; (): any
    fields: tuple[Field, ...] = ()


def read(field: Field, raw: object) -> Any:
    """The setting's value; the default for anything that is none."""
    found = _READERS[field.kind](field, raw)
    if found is not None:
        return found
    return field.default if field.default is not None else _DEFAULTS[field.kind]


def read_all(fields: Sequence[Field], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting by its name."""
    return {field.name: read(field, raw.get(field.name)) for field in fields}


def entries(raw: object) -> list[Mapping[str, Any]]:
    """The entries of a list that are objects."""
    given = raw if isinstance(raw, list | tuple) else ()
    return [one for one in given if isinstance(one, Mapping)]


def is_name(value: object) -> bool:
    """Whether it is a name of a node, a way, a variable."""
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _whole(field: Field, raw: Any) -> int | None:
    if not isinstance(raw, int) or isinstance(raw, bool):
        return None
    return raw if field.least <= raw <= field.most else None


def _template(_: Field, raw: object) -> str | None:
    return raw if isinstance(raw, str) and len(raw) <= LONGEST_TEMPLATE else None


def _string(_: Field, raw: object) -> str | None:
    return raw if isinstance(raw, str) and len(raw) <= LONGEST_TEMPLATE else None


def _strings(_: Field, raw: object) -> tuple[str, ...] | None:
    given = raw if isinstance(raw, list | tuple) else ()
    return tuple(one for one in given if isinstance(one, str))


def _texts(_: Field, raw: object) -> dict[str, str] | None:
    return texts(raw) if isinstance(raw, Mapping) else None


def texts(raw: object) -> dict[str, str]:
    """Language → words, without what is no text."""
    given = raw.items() if isinstance(raw, Mapping) else ()
    return {str(language): words for language, words in given if isinstance(words, str)}


def _map(field: Field, raw: object) -> dict[str, Any] | None:
    if not isinstance(raw, Mapping):
        return None
    return {str(name): read(field.fields[0], value) for name, value in raw.items()}


_READERS: Final[Mapping[Kind, Callable[[Field, Any], Any]]] = {
    Kind.PARTS: lambda _, raw: tuple(entries(raw)) if isinstance(raw, list | tuple) else None,
    Kind.TEMPLATE: _template,
    Kind.WHOLE: _whole,
    Kind.FLAG: lambda _, raw: raw if isinstance(raw, bool) else None,
    Kind.CHOICE: lambda field, raw: raw if isinstance(raw, str) and raw in field.choices else None,
    Kind.KEY: lambda _, raw: (
        raw if isinstance(raw, str) and len(raw) <= 1 and raw in KEYS else None
    ),
    Kind.NAME: lambda _, raw: raw if is_name(raw) else None,
    Kind.NAMES: _strings,
    Kind.TEXTS: _texts,
    Kind.LANGUAGE: _string,
    Kind.VARIABLE: _string,
    Kind.REFERENCE: _string,
    Kind.CONDITION: lambda _, raw: raw if isinstance(raw, Mapping) else None,
    Kind.LIST: lambda field, raw: tuple(read_all(field.fields, one) for one in entries(raw)),
    Kind.MAP: _map,
}
_DEFAULTS: Final[Mapping[Kind, Any]] = {
    Kind.PARTS: (),
    Kind.TEMPLATE: "",
    Kind.WHOLE: 0,
    Kind.FLAG: False,
    Kind.CHOICE: "",
    Kind.KEY: "",
    Kind.NAME: "",
    Kind.NAMES: (),
    Kind.TEXTS: {},
    Kind.LANGUAGE: "",
    Kind.VARIABLE: "",
    Kind.REFERENCE: "",
    Kind.CONDITION: None,
    Kind.LIST: (),
    Kind.MAP: {},
}
