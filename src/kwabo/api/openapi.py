"""The OpenAPI document: what FastAPI knows of the routes, and what is the same for all of them.

Added here: who may ask (from `requires(...)`), every error's status and codes, `Idempotency-Key`,
the content of downloads. The codes of an operation are in `error_codes.json`, which is made by
reading the source (`./dev client`); those that every operation has are in this module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from kwabo.api import webhook_messages
from kwabo.api.access import COOKIE, Requires
from kwabo.api.idempotency import MAX_KEY, PREFIX, ROTATES, SECRET_ANSWERS
from kwabo.api.openapi_examples import EXAMPLES

ERROR_CODES: Final = Path(__file__).with_name("error_codes.json")
PERMISSIONS_KEY: Final = "x-permissions"  # any one of them is enough; [] = anybody signed in
CODES_KEY: Final = "x-codes"
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_STATUSES: Final = {
    "400": "It could not be done.",
    "401": "Nobody is signed in, or the token is not valid.",
    "403": "The asker may not do this.",
    "404": "There is no such thing in the asker's organisation.",
    "409": "The state of things forbids it.",
    "413": "The body is too large.",
    "422": "The request is wrong; `field` or `details.fields` say where.",
    "429": "Asked too often. `Retry-After` says when to ask again.",
    "500": "The server failed; its log has the request's id.",
    "503": "A part that is needed does not answer at present. Ask again later.",
}
_FEW_WORDS: Final = 2
_KEYED: Final = ("IDEMPOTENCY_KEY_REUSED", "IDEMPOTENCY_IN_PROGRESS", "IDEMPOTENCY_UNKNOWN")


def describe(app: FastAPI) -> None:
    """Make the application give the whole document."""
    plain = app.openapi

    def whole() -> dict[str, Any]:
        if app.openapi_schema is None:
            webhook_messages.describe(app.webhooks)
            app.openapi_schema = _completed(plain(), dict(_permissions(app)))
        return app.openapi_schema

    app.openapi = whole  # type: ignore[method-assign]


def takes_key(method: str, path: str) -> bool:
    """Whether an operation takes an `Idempotency-Key`."""
    return (
        method.lower() == "post"
        and path.startswith(PREFIX)
        and path.removeprefix(PREFIX) not in SECRET_ANSWERS
        and not path.endswith(ROTATES)
    )


def _permissions(app: FastAPI) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """(method, path) → permissions, for every operation that needs a known asker."""
    for route in iter_route_contexts(app.routes):
        required = list(_requirements(getattr(route, "dependant", None)))
        for method in route.methods or ():
            if required:
                named = sorted({name for one in required for name in one.any_of})
                yield (method.lower(), str(route.path)), named


def _requirements(dependant: Dependant | None) -> Iterator[Requires]:
    for dependency in () if dependant is None else dependant.dependencies:
        if isinstance(dependency.call, Requires):
            yield dependency.call
        yield from _requirements(dependency)


def _completed(
    document: dict[str, Any], permissions: dict[tuple[str, str], list[str]]
) -> dict[str, Any]:
    codes: dict[str, dict[str, list[str]]] = json.loads(ERROR_CODES.read_text())
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item and path.startswith(PREFIX):
                operation = item[method]
                known = codes.get(operation["operationId"], {})
                _complete(operation, method, path, permissions.get((method, path)), known)
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas |= _ERROR_SCHEMAS
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "An API token: `kwb_…`."},
        "session": {
            "type": "apiKey", "in": "cookie", "name": COOKIE,
            "description": "A browser's session; methods that change something also need "
            "`X-CSRF-Token`.",
        },
    }  # fmt: skip
    return document


def _complete(
    operation: dict[str, Any],
    method: str,
    path: str,
    permissions: list[str] | None,
    known: dict[str, list[str]],
) -> None:
    told = operation.get("description", "")
    operation["summary"] = _first_sentence(told)
    if permissions is None:
        operation["security"] = []
    else:
        operation["security"] = [{"token": []}, {"session": []}]
        operation[PERMISSIONS_KEY] = permissions
        operation["description"] = f"{told}\n\n{_who(permissions)}".strip()
    keyed = takes_key(method, path)
    if keyed:
        operation.setdefault("parameters", []).append(_KEY_PARAMETER)
    if path.endswith(".csv"):
        operation["responses"]["200"]["content"] = {
            "text/csv": {"schema": {"type": "string", "format": "binary"}}
        }
    body = operation.get("requestBody", {}).get("content", {})
    if "application/json" in body and operation["operationId"] in EXAMPLES:
        body["application/json"]["examples"] = EXAMPLES[operation["operationId"]]
    common = _common_codes(operation, method, permissions, keyed)
    for status, meaning in _STATUSES.items():
        codes = sorted({*known.get(status, ()), *common.get(status, ())})
        if codes or status in ("429", "500", "503"):
            operation["responses"][status] = _error(status, meaning, codes)
        else:
            operation["responses"].pop(status, None)


def _common_codes(
    operation: dict[str, Any], method: str, permissions: list[str] | None, keyed: bool
) -> dict[str, tuple[str, ...]]:
    """What the transport, the access and the idempotency answer, whatever the operation."""
    parameters = operation.get("parameters", [])
    found: dict[str, tuple[str, ...]] = {
        "500": ("INTERNAL",),
        "503": ("DATABASE_BUSY", "DATABASE_UNAVAILABLE"),
    }
    if permissions is not None:
        found["401"] = ("NOT_SIGNED_IN", "TOKEN_INVALID")
        found["429"] = ("TOO_MANY_REQUESTS",)
        forbidden = ("PERMISSION_NEEDED",) if permissions else ()
        found["403"] = forbidden + (() if method == "get" else ("CSRF", "CROSS_SITE"))
    if any(one["in"] == "path" for one in parameters):
        found["404"] = ("NOT_FOUND",)
    if keyed:
        found["409"] = _KEYED
        found["422"] = ("IDEMPOTENCY_KEY_LENGTH",)
    if parameters or "requestBody" in operation:
        found["422"] = ("INVALID", *found.get("422", ()))
    if "requestBody" in operation:
        found["413"] = ("BODY_TOO_LARGE",)
    return found


def _first_sentence(text: str) -> str:
    """What a list of operations says of this one."""
    paragraph = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    sentence = re.split(r"(?<=\.) ", paragraph)[0]
    clause = re.split(r"[;:] ", sentence)[0]
    return (clause if len(clause.split()) > _FEW_WORDS else sentence).rstrip(".")


def _who(permissions: list[str]) -> str:
    if not permissions:
        return "For anybody who is signed in."
    named = " or ".join(f"`{name}`" for name in permissions)
    return f"Permission: {named}."


def _error(status: str, meaning: str, codes: list[str]) -> dict[str, Any]:
    listed = " Codes: " + ", ".join(f"`{code}`" for code in codes) + "." if codes else ""
    answer: dict[str, Any] = {
        "description": meaning + listed,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorAnswer"}}},
        CODES_KEY: codes,
    }
    if status in ("429", "503"):
        answer["headers"] = {
            "Retry-After": {
                "description": "In how many seconds to ask again.",
                "schema": {"type": "integer"},
            }
        }
    return answer


_KEY_PARAMETER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Any text that is new for each thing to be done: asked again with the same key "
    "and body, it is done once and answered the same (for 48 hours).",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
}
_TEXT: Final = {"type": "string"}
_ERROR_SCHEMAS: Final[dict[str, Any]] = {
    "ErrorAnswer": {
        "type": "object",
        "description": "Why something was not done.",
        "required": ["error"],
        "properties": {"error": {"$ref": "#/components/schemas/ErrorDetail"}},
    },
    "ErrorDetail": {
        "type": "object",
        "description": "`code` never changes; `message` says what to do, in the asker's language.",
        "required": ["code", "message"],
        "properties": {
            "code": {**_TEXT, "examples": ["NOT_FOUND"]},
            "message": _TEXT,
            "field": {**_TEXT, "description": "The part of the request that is wrong."},
            "details": {
                "type": "object",
                "description": "Facts about the error; `fields` names each wrong field.",
                "additionalProperties": True,
                "properties": {
                    "fields": {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/FieldProblem"},
                    }
                },
            },
        },
    },
    "FieldProblem": {
        "type": "object",
        "description": "What is wrong with one field.",
        "required": ["field", "code", "message"],
        "properties": {"field": _TEXT, "code": _TEXT, "message": _TEXT},
    },
}
