"""The OpenAPI document says of each route what programs and people need to use it."""

from __future__ import annotations

import re
import typing
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from clients.generate.__main__ import application, stale
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter

from kwabo.api.idempotency import ROTATES, SECRET_ANSWERS
from kwabo.api.openapi import CODES_KEY, PERMISSIONS_KEY
from kwabo.api.openapi_examples import EXAMPLES
from kwabo.domain.organisations.permissions import PERMISSIONS

PUBLIC = {"sign_in"}
# Lists that are short by nature and were given without pages before pages came.
# Lists whose pages say more than their items.
SAY_MORE = {"list_contacts": {"looked_at"}}
WITHOUT_PAGES = {
    "agent_callbacks",
    "agent_directory",
    "agent_pause_reasons",
    "agent_wrap_up_codes",
    "attempt_script_answers",
    "contact_history",
    "list_roles",
}
# Documents that the domain reads, since a schema cannot say what is right in them.
FREE_FORM = {
    "CheckBody.draft",
    "ScriptBody.draft",
    "ScriptPatch.draft",
    "CampaignRuleBody.conditions",
    "CampaignRuleBody.actions",
    "ContactListFilterBody.document",
    "ContactListFilterPatch.document",
    "MatchesBody.document",
    "SettingsDocumentBody.document",
    "FlowBody.draft",
    "FlowBody.tests",
    "FlowPatch.draft",
    "FlowPatch.tests",
    "FlowCheckBody.draft",
    "FlowFile.document",
    "FlowFile.tests",
    "FlowCheckBody.tests",
    "FlowTestsBody.draft",
    "FlowTestsBody.tests",
    "TrialBody.draft",
    "TrialBody.facts",
    "TrialBody.cursor",
    "TrialBody.input",
    "RuleSetBody.rules",
    "RuleSetPatch.rules",
}

APP = application()
DOCUMENT: dict[str, Any] = APP.openapi()
OPERATIONS: list[tuple[str, str, dict[str, Any]]] = [
    (method, path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if path.startswith("/api/v1/")
]
EVERY = pytest.mark.parametrize(
    ("method", "path", "operation"), OPERATIONS, ids=[one["operationId"] for *_, one in OPERATIONS]
)


def _schema(reference: dict[str, Any]) -> dict[str, Any]:
    name = reference.get("$ref", "").split("/")[-1]
    found: dict[str, Any] = DOCUMENT["components"]["schemas"].get(name, reference)
    return found


def _success(operation: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    status = next(one for one in operation["responses"] if one.startswith("2"))
    return status, operation["responses"][status]


def _named(operation: dict[str, Any], where: str) -> dict[str, Any]:
    return {p["name"]: p for p in operation.get("parameters", []) if p["in"] == where}


@EVERY
def test_it_has_a_name_a_sentence_and_a_place(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", operation["operationId"])
    assert len(operation["tags"]) == 1
    assert len(operation["summary"].split()) >= 2, "the first sentence says what it does"
    assert operation["summary"][0].isupper()


@EVERY
def test_it_says_who_may(method: str, path: str, operation: dict[str, Any]) -> None:
    if operation["operationId"] in PUBLIC:
        assert operation["security"] == []
        return
    assert set(operation[PERMISSIONS_KEY]) <= PERMISSIONS
    assert {name for one in operation["security"] for name in one} == {"token", "session"}
    for name in operation[PERMISSIONS_KEY]:
        assert f"`{name}`" in operation["description"]


@EVERY
def test_it_says_how_it_can_fail(method: str, path: str, operation: dict[str, Any]) -> None:
    answers = {status: one for status, one in operation["responses"].items() if status >= "400"}
    wanted = {"429", "500", "503"}
    if operation["operationId"] not in PUBLIC:
        wanted |= {"401"}
        wanted |= {"403"} if operation[PERMISSIONS_KEY] or method != "get" else set()
    if _named(operation, "path"):
        wanted |= {"404", "422"}
    if "requestBody" in operation:
        wanted |= {"413", "422"}
    assert wanted <= set(answers)
    for status, answer in answers.items():
        shape = answer["content"]["application/json"]["schema"]
        assert shape == {"$ref": "#/components/schemas/ErrorAnswer"}, status
        for code in answer[CODES_KEY]:
            assert re.fullmatch(r"[A-Z][A-Z0-9_]+", code)
            assert f"`{code}`" in answer["description"]
        assert answer[CODES_KEY] or status == "429", f"{status} without a code"
    for status in ("429", "503"):
        assert "Retry-After" in answers[status]["headers"]


@EVERY
def test_it_says_what_it_answers(method: str, path: str, operation: dict[str, Any]) -> None:
    status, answer = _success(operation)
    if status == "204":
        assert "content" not in answer
        return
    for content in answer["content"].values():
        schema = _schema(content["schema"])
        assert schema.get("properties") or schema.get("items") or schema.get("format") == "binary"


@EVERY
def test_posts_take_a_key_unless_they_answer_with_a_secret(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    secret = path.removeprefix("/api/v1/") in SECRET_ANSWERS or path.endswith(ROTATES)
    takes = method == "post" and not secret
    assert ("Idempotency-Key" in _named(operation, "header")) == takes
    if takes:
        codes = operation["responses"]["409"][CODES_KEY]
        assert {"IDEMPOTENCY_KEY_REUSED", "IDEMPOTENCY_IN_PROGRESS"} <= set(codes)


@EVERY
def test_lists_come_in_pages_of_one_kind(method: str, path: str, operation: dict[str, Any]) -> None:
    query = _named(operation, "query")
    content = _success(operation)[1].get("content", {}).get("application/json")
    schema = _schema(content["schema"]) if content else {}
    if content is None:
        return  # a file
    if schema.get("type") == "array":
        assert operation["operationId"] in WITHOUT_PAGES, "answer with a ListAnswer"
    assert ("limit" in query) == ("page_token" in query)
    if "limit" in query:
        more = SAY_MORE.get(operation["operationId"], set())
        assert set(schema["properties"]) == {"items", "next_page_token", "total"} | more
        limit = query["limit"]["schema"]
        assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 500, 50)


def test_every_name_is_used_once() -> None:
    counted = Counter(one["operationId"] for *_, one in OPERATIONS)
    assert [name for name, count in counted.items() if count > 1] == []
    doubled = [name for name in DOCUMENT["components"]["schemas"] if "__" in name]
    assert doubled == [], "two modules have a model of this name; rename one"


def _free_form(name: str, schema: dict[str, Any]) -> Iterator[str]:
    for field, one in schema.get("properties", {}).items():
        options = [one, *one.get("anyOf", ())]
        options += [option["items"] for option in options if "items" in option]
        for option in options:
            anything = option == {} or set(option) == {"title"}
            if anything or option.get("additionalProperties") is True:
                yield f"{name}.{field}"


def test_bodies_have_models_but_for_documents() -> None:
    found = {
        place
        for *_, operation in OPERATIONS
        for content in operation.get("requestBody", {}).get("content", {}).values()
        for place in _free_form(
            content["schema"].get("$ref", "").split("/")[-1], _schema(content["schema"])
        )
    }
    assert found <= FREE_FORM, "give these fields a model"
    assert found >= FREE_FORM, "the list names fields that are gone"


def test_examples_fit_their_models() -> None:
    endpoints = {
        route.endpoint.__name__: route.endpoint
        for route in iter_route_contexts(APP.routes)
        if getattr(route, "endpoint", None) is not None
    }
    for name, examples in EXAMPLES.items():
        body = typing.get_type_hints(endpoints[name], include_extras=True)["body"]
        for example in examples.values():
            TypeAdapter(body).validate_python(example["value"])
            assert example["summary"]


def test_the_document_shows_the_examples() -> None:
    shown = {
        operation["operationId"]
        for *_, operation in OPERATIONS
        if "examples"
        in operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    }
    assert shown == set(EXAMPLES)


def test_what_is_made_from_the_routes_is_as_they_are() -> None:
    """The codes of errors, the names of operations (a rename breaks programs), the client."""
    assert [str(path) for path in stale()] == [], "./dev client"
