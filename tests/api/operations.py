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


def sample(schema: dict[str, Any], *, optional_ids: bool = False) -> Any:
    """A small value that the schema allows; ids are their own field names, to be replaced."""
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return sample(schema[choice][0], optional_ids=optional_ids)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return _sample_object(schema, optional_ids=optional_ids)
    if kind == "array":
        count = max(1, schema.get("minItems", 0))
        return [sample(schema.get("items", {}), optional_ids=optional_ids) for _ in range(count)]
    if kind == "integer":
        return max(1, int(schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)))
    if kind == "number":
        return float(max(1, schema.get("minimum", 1)))
    if kind == "boolean":
        return True
    return _sample_text(schema)


def _sample_object(schema: dict[str, Any], *, optional_ids: bool) -> dict[str, Any]:
    required = set(schema.get("required", ()))
    value = {}
    for name, part in schema.get("properties", {}).items():
        if name.endswith(("_id", "_ids")):
            if name in required or optional_ids:
                value[name] = [name] if name.endswith("_ids") else name
        elif name in required:
            value[name] = sample(part, optional_ids=optional_ids)
    return value


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


@dataclass(frozen=True)
class Reference:
    """A place in a body where an id stands."""

    steps: tuple[str | int, ...]
    parameter: str  # queue_ids → queue_id

    def set(self, body: Any, value: str) -> Any:
        """The body with this id in that place."""
        changed = copy.deepcopy(body)
        at = changed
        for step in self.steps[:-1]:
            at = at[step]
        at[self.steps[-1]] = value
        return changed


def references_in(body: Any, steps: tuple[str | int, ...] = ()) -> Iterator[Reference]:
    """Every place of an id in a sample body."""
    if isinstance(body, dict):
        for name, value in body.items():
            if name.endswith("_id"):
                yield Reference((*steps, name), name)
            elif name.endswith("_ids"):
                yield Reference((*steps, name, 0), name[:-1])
            else:
                yield from references_in(value, (*steps, name))
    elif isinstance(body, list):
        for index, value in enumerate(body):
            yield from references_in(value, (*steps, index))
