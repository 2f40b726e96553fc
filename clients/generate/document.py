"""The server's OpenAPI document as the generator needs it: operations and types of Python."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
PREFIX = "/api/v1"
_TEXTS = {"uuid": "Id", "date-time": "Instant", "date": "Day", "time": "ClockTime"}
_SIMPLE = {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter of a path, a query or a form."""

    name: str  # as the API has it
    kind: str  # type in Python
    required: bool
    choices: tuple[str, ...] = ()

    @property
    def argument(self) -> str:
        """As an argument in Python."""
        return f"{self.name}_" if keyword.iskeyword(self.name) else self.name


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path."""

    name: str
    group: str
    method: str
    path: str  # under /api/v1
    summary: str
    description: str
    permissions: tuple[str, ...]
    path_parameters: tuple[Parameter, ...]
    query: tuple[Parameter, ...]
    form: tuple[Parameter, ...]  # of an upload, beside the file
    body: str | None  # type of the body
    body_required: bool
    answer: str  # type of the answer; of a list: of its items
    kind: str  # object, pages, nothing, download, upload
    keyed: bool


def operations(document: dict[str, Any]) -> list[Operation]:
    """Every operation under /api/v1, in the document's order."""
    return [
        _operation(method, path, item[method], document)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item and path.startswith(PREFIX + "/")
    ]


def _operation(
    method: str, path: str, described: dict[str, Any], document: dict[str, Any]
) -> Operation:
    parameters = described.get("parameters", [])
    body = described.get("requestBody", {})
    content = body.get("content", {})
    form = content.get("multipart/form-data", {}).get("schema", {})
    kind, answer = _answer(method, described, document)
    return Operation(
        name=described["operationId"],
        group=group_of(described["tags"][0]),
        method=method.upper(),
        path=path.removeprefix(PREFIX),
        summary=described["summary"],
        description=described["description"],
        permissions=tuple(described.get("x-permissions", ())),
        path_parameters=_parameters(parameters, "path"),
        query=_parameters(parameters, "query"),
        form=tuple(
            Parameter(name=name, kind=python_type(schema), required=name in form["required"])
            for name, schema in form.get("properties", {}).items()
            if name != "file"
        ),
        body=python_type(content["application/json"]["schema"])
        if "application/json" in content
        else None,
        body_required=bool(body.get("required")),
        answer=answer,
        kind="upload" if form else kind,
        keyed=any(one["name"] == "Idempotency-Key" for one in parameters),
    )


def _parameters(described: list[dict[str, Any]], where: str) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(
            name=one["name"],
            kind=python_type(one["schema"]).removesuffix(" | None"),
            required=one.get("required", False),
            choices=_choices(one["schema"]),
        )
        for one in described
        if one["in"] == where
    )


def _choices(schema: dict[str, Any]) -> tuple[str, ...]:
    for option in (schema, *schema.get("anyOf", ())):
        if "enum" in option:
            return tuple(map(str, option["enum"]))
    return ()


def _answer(method: str, described: dict[str, Any], document: dict[str, Any]) -> tuple[str, str]:
    status = next(one for one in described["responses"] if one.startswith("2"))
    content = described["responses"][status].get("content", {})
    if not content:
        return "nothing", "None"
    if "application/json" not in content:
        return "download", "bytes"
    schema = content["application/json"]["schema"]
    target = document["components"]["schemas"].get(schema.get("$ref", "").split("/")[-1], {})
    if set(target.get("properties", ())) == {"items", "next_page_token", "total"}:
        item = python_type(target["properties"]["items"]["items"])
        return ("pages", item) if method == "get" else ("object", f"ListAnswer[{item}]")
    return "object", python_type(schema)


def group_of(tag: str) -> str:
    """A tag as the name of a module and an attribute: "agent's desktop" → agent_desktop."""
    return re.sub(r"[^a-z0-9]+", "_", tag.lower().replace("'s", "")).strip("_")


def class_of(group: str) -> str:
    """A group as the name of its class."""
    return "".join(part.capitalize() for part in group.split("_"))


def model_name(schema: str) -> str:
    """The name of a schema as of a class: `Message[A]` stands there as `Message_A_`, and one of
    two models of a name as `kwabo__api__module__Name`."""
    words = re.split(r"[^A-Za-z0-9]+", schema.removeprefix("kwabo__api__"))
    return "".join(word[:1].upper() + word[1:] for word in words)


def python_type(schema: dict[str, Any]) -> str:
    """The type of a value of this schema, as written in the models' module."""
    if "$ref" in schema:
        return model_name(schema["$ref"].split("/")[-1])
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return " | ".join(dict.fromkeys(python_type(one) for one in schema[union]))
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    kind = schema.get("type")
    if kind == "string":
        return (
            "bytes"
            if schema.get("format") == "binary"
            else _TEXTS.get(schema.get("format", ""), "str")
        )
    if kind == "array":
        return f"list[{python_type(schema.get('items', {}))}]"
    if kind == "object":
        values = schema.get("additionalProperties", True)
        return f"dict[str, {python_type(values) if isinstance(values, dict) else 'Any'}]"
    return _SIMPLE.get(str(kind), "Any")
