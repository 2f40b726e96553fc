"""What is wrong with a setting of a node, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from kwabo.domain.flows.checking import Checking
from kwabo.domain.flows.fields import LONGEST_TEMPLATE, Field, Kind, is_name, read

MOST_ENTRIES: Final = 50
_Check = Callable[[Field, Any, str, Checking], None]


def check_all(
    fields: Sequence[Field], raw: Mapping[str, Any], path: str, checking: Checking
) -> None:
    """Every setting of an object, and that there are no others."""
    for field in fields:
        check(field, raw.get(field.name), f"{path}{field.name}", checking)


def check(field: Field, raw: object, path: str, checking: Checking) -> None:
    """One setting; what is missing or empty is wrong only when it is required."""
    if raw is None or raw == "" or raw == [] or raw == ():
        if field.required and not read(field, None):
            checking.refuse(path, "FLOW_NEEDED")
        return
    _CHECKS[field.kind](field, raw, path, checking)


def _template(_: Field, raw: Any, path: str, checking: Checking) -> None:
    if not isinstance(raw, str) or len(raw) > LONGEST_TEMPLATE or "\0" in raw:
        checking.refuse(path, "FLOW_TEXT", most=LONGEST_TEMPLATE)
    else:
        checking.template(raw, path)


def _whole(field: Field, raw: Any, path: str, checking: Checking) -> None:
    good = isinstance(raw, int) and not isinstance(raw, bool)
    if not good or not field.least <= raw <= field.most:
        checking.refuse(path, "FLOW_WHOLE", least=field.least, most=field.most)


def _flag(_: Field, raw: Any, path: str, checking: Checking) -> None:
    if not isinstance(raw, bool):
        checking.refuse(path, "FLOW_FLAG")


def _choice(field: Field, raw: Any, path: str, checking: Checking) -> None:
    if not isinstance(raw, str) or raw not in field.choices:
        checking.refuse(path, "FLOW_CHOICE_OF", possible=", ".join(field.choices))


def _name(_: Field, raw: Any, path: str, checking: Checking) -> None:
    if not is_name(raw):
        checking.refuse(path, "FLOW_ID")


def _names(field: Field, raw: Any, path: str, checking: Checking) -> None:
    if not isinstance(raw, list | tuple) or len(raw) > MOST_ENTRIES:
        checking.refuse(path, "FLOW_ENTRIES", least=0, most=MOST_ENTRIES)
        return
    for index, one in enumerate(raw):
        if not isinstance(one, str) or not 1 <= len(one.strip()) <= 200:
            checking.refuse(f"{path}.{index}", "FLOW_TEXT", most=200)
        elif field.noun:
            checking.reference(field.noun, one, f"{path}.{index}")


def _language(_: Field, raw: Any, path: str, checking: Checking) -> None:
    if raw not in checking.languages:
        checking.refuse(path, "FLOW_LANGUAGE_UNKNOWN", language=str(raw)[:20])


def _list(field: Field, raw: Any, path: str, checking: Checking) -> None:
    most = field.most or MOST_ENTRIES
    if not isinstance(raw, list | tuple) or not field.least <= len(raw) <= most:
        checking.refuse(path, "FLOW_ENTRIES", least=field.least, most=most)
        return
    for index, one in enumerate(raw):
        at = f"{path}.{index}"
        if not isinstance(one, Mapping):
            checking.refuse(at, "FLOW_OBJECT")
            continue
        unknown = sorted(set(map(str, one)) - {inner.name for inner in field.fields})
        if unknown:
            checking.refuse(at, "FLOW_KEY", keys=", ".join(unknown)[:200])
        check_all(field.fields, one, f"{at}.", checking)


def _map(field: Field, raw: Any, path: str, checking: Checking) -> None:
    if not isinstance(raw, Mapping) or len(raw) > MOST_ENTRIES:
        checking.refuse(path, "FLOW_OBJECT")
        return
    for name, value in raw.items():
        at = f"{path}.{name}"
        if not isinstance(name, str) or not 1 <= len(name) <= 200:
            checking.refuse(path, "FLOW_ID")
        else:
            check(field.fields[0], value, at, checking)


_CHECKS: Final[Mapping[Kind, _Check]] = {
    Kind.PARTS: lambda _, raw, path, checking: checking.parts(raw, path),
    Kind.TEMPLATE: _template,
    Kind.WHOLE: _whole,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.KEY: lambda _, raw, path, checking: checking.key(raw, path),
    Kind.NAME: _name,
    Kind.NAMES: _names,
    Kind.TEXTS: lambda _, raw, path, checking: checking.words(raw, path),
    Kind.LANGUAGE: _language,
    Kind.VARIABLE: lambda field, raw, path, checking: checking.variable(raw, path, field.types),
    Kind.REFERENCE: lambda field, raw, path, checking: checking.reference(field.noun, raw, path),
    Kind.CONDITION: lambda _, raw, path, checking: checking.condition(raw, path),
    Kind.LIST: _list,
    Kind.MAP: _map,
}
