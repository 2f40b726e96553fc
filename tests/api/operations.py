"""The operations of an OpenAPI document, and requests that fit their schemas."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    path_parameters: tuple[str, ...]
    query_parameters: tuple[str, ...]
    content_type: str | None
    body_schema: dict[str, Any] | None

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


def operations_of(document: dict[str, Any]) -> list[Operation]:
    """Every operation under /api/v1."""
    return [
        _operation(document, method, path, item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if path.startswith("/api/v1/") and method in item
    ]


def _operation(
    document: dict[str, Any], method: str, path: str, described: dict[str, Any]
) -> Operation:
    parameters = described.get("parameters", [])
    content = described.get("requestBody", {}).get("content", {})
    content_type = next(iter(content), None)
    schema = content[content_type]["schema"] if content_type else None
    return Operation(
        method=method,
        path=path,
        path_parameters=tuple(p["name"] for p in parameters if p["in"] == "path"),
        query_parameters=tuple(p["name"] for p in parameters if p["in"] == "query"),
        content_type=content_type,
        body_schema=None if schema is None else _resolved(document, schema),
    )


def _resolved(document: dict[str, Any], schema: Any, depth: int = 0) -> Any:
    """The schema with references replaced; deep recursion is cut off."""
    if isinstance(schema, list):
        return [_resolved(document, part, depth) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        if depth > 8:
            return {}
        target: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return _resolved(document, target, depth + 1)
    return {key: _resolved(document, part, depth) for key, part in schema.items()}


# Texts whose form a schema does not tell, by the name of their field.
TEXTS = {
    "caller_id": "+2290121000000",
    "digits": "1",
    "number": "+2290121000098",
    "password": "long enough 1",
    "reason": "asked for by the customer",
    "role": "agent",
    "start": "08:00",
    "time_zone": "Africa/Porto-Novo",
    "until": "12:00",
    "url": "https://hooks.example.com/kwabo",
}


def sample(schema: dict[str, Any], name: str = "") -> Any:
    """A small value that the schema allows: what is required, and every id of something.

    Such an id is its own field's name, to be replaced (see `references_in`).
    """
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return sample(schema[choice][0], name)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        required = set(schema.get("required", ()))
        return {
            field: sample(part, field)
            for field, part in schema.get("properties", {}).items()
            if field in required or _is_reference(field, part)
        }
    if kind == "array":
        count = max(1, schema.get("minItems", 0))
        return [sample(schema.get("items", {}), name) for _ in range(count)]
    if kind == "integer":
        return max(1, int(schema.get("minimum", 1)))
    if kind == "number":
        return float(max(1, schema.get("minimum", 1)))
    if kind == "boolean":
        return True
    if _is_reference(name, schema):
        return name
    text = _sample_text(schema)
    return text if schema.get("format") == "date-time" else TEXTS.get(name) or text


def _is_reference(name: str, schema: dict[str, Any]) -> bool:
    """Whether the field names other things by their ids."""
    options = [schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())]
    options += [option["items"] for option in options if "items" in option]
    return name.endswith(("_id", "_ids")) and any(
        option.get("format") == "uuid" for option in options
    )


def _sample_text(schema: dict[str, Any]) -> str:
    formats = {
        "uuid": "00000000-0000-7000-8000-000000000000",
        "date-time": "2030-01-01T10:00:00Z",
        "date": "2030-01-01",
        "time": "10:00:00",
    }
    if schema.get("format") in formats:
        return formats[schema["format"]]
    return "x" * max(1, schema.get("minLength", 1))


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A place in a body where an id stands."""

    steps: tuple[str | int, ...]
    field: str  # queue_id, member_user_ids

    @property
    def singular(self) -> str:
        """The field's name for one of them."""
        return self.field.removesuffix("s")

    def set(self, body: Any, value: str) -> Any:
        """The body with this id in that place."""
        changed = copy.deepcopy(body)
        at = changed
        for step in self.steps[:-1]:
            at = at[step]
        at[self.steps[-1]] = value
        return changed


def references_in(body: Any, steps: tuple[str | int, ...] = ()) -> Iterator[Reference]:
    """Every place of an id in a sample body, which holds the field's own name there."""
    if isinstance(body, dict):
        items: Any = body.items()
    elif isinstance(body, list):
        items = enumerate(body)
    else:
        return
    for key, value in items:
        field = next((step for step in (key, *reversed(steps)) if isinstance(step, str)), "")
        if isinstance(value, str) and value == field and field.endswith(("_id", "_ids")):
            yield Reference(steps=(*steps, key), field=field)
        else:
            yield from references_in(value, (*steps, key))
