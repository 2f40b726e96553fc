"""Writes `models.py`: a TypedDict for each object of the API, by name."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

from clients.generate.document import model_name, python_type

NOTICE = """\
# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.
"""
_HEAD = f'''\
"""The objects of the API, as they travel: JSON objects with these keys."""

{NOTICE}
from __future__ import annotations

from typing import Any, Generic, Literal, NotRequired, TypedDict, TypeVar

T = TypeVar("T")
Id = str
"""A UUID as text."""
Instant = str
"""A time in UTC: 2026-11-23T10:00:00.000Z."""
Day = str
"""A day: 2026-11-23."""
ClockTime = str
"""A time by the clock on the wall: 08:00."""


class ListAnswer(TypedDict, Generic[T]):
    """One page of a list."""

    items: list[T]
    next_page_token: str | None
    total: int | None
'''


def models(document: dict[str, Any]) -> str:
    """The module's text."""
    schemas = document["components"]["schemas"]
    parts = [
        _model(model_name(name), schemas[name])
        for name in sorted(schemas)
        if not is_list(schemas[name])
    ]
    return _HEAD + "".join(parts)


def is_list(schema: dict[str, Any]) -> bool:
    """Whether it is a page of a list, which clients see as its items."""
    return set(schema.get("properties", ())) == {"items", "next_page_token", "total"}


def _model(name: str, schema: dict[str, Any]) -> str:
    if "properties" not in schema:
        told = _docstring(schema.get("description", ""), "")
        return f"\n\n{name} = {python_type(schema)}\n{told}"
    fields = schema["properties"]
    if all(_can_be_attribute(field) for field in fields):
        told = _docstring(schema.get("description") or schema.get("title", name), "    ")
        return f"\n\nclass {name}(TypedDict):\n{told}\n" + "".join(
            f"    {field}: {kind}\n" for field, kind in _fields(schema)
        )
    lines = "".join(f"        {field!r}: {kind!r},\n" for field, kind in _fields(schema))
    told = _docstring(schema.get("description", ""), "")
    return f"\n\n{name} = TypedDict(\n    {name!r},\n    {{\n{lines}    }},\n)\n{told}"


def _fields(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    required = schema.get("required", ())
    for field, one in schema["properties"].items():
        kind = python_type(one)
        yield field, kind if field in required else f"NotRequired[{kind}]"


def _can_be_attribute(field: str) -> bool:
    return field.isidentifier() and not keyword.iskeyword(field)


def _docstring(text: str, indent: str) -> str:
    return f'{indent}"""{text}"""\n' if text else ""
