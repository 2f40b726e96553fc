"""Filters by the API: made, tried out, used by campaigns, explained; orders and the front."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Both

NUMBERS = ["0161000000", "0161000001", "0161000002"]
RICH = {"all": [{"column": "solde", "predicate": "GREATER", "value": "150"}]}


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


@pytest.fixture
async def contact_list(admin: httpx.AsyncClient) -> Any:
    """Three contacts with balances of 100, 200 and 300."""
    found = await make_list(admin, NUMBERS)
    for index, contact in enumerate(found["made"]):
        body = {"version": contact["version"], "data": {"solde": str(100 * (index + 1))}}
        answer = await admin.patch(f"{V1}/contacts/{contact['contact_id']}", json=body)
        assert answer.status_code == 200
    return found


def _filters(contact_list: Any) -> str:
    return f"/contact-lists/{contact_list['contact_list_id']}/filters"


async def test_a_filter_is_kept_changed_and_deleted(
    admin: httpx.AsyncClient, contact_list: Any
) -> None:
    one = await made(admin, _filters(contact_list), {"name": " Riches ", "document": RICH})
    assert (one["name"], one["document"], one["version"]) == ("Riches", RICH, 1)
    path = f"{V1}/contact-list-filters/{one['contact_list_filter_id']}"
    assert (await admin.get(path)).json() == one
    listed = (await admin.get(V1 + _filters(contact_list))).json()
    assert listed["items"] == [one]
    answer = await admin.post(
        V1 + _filters(contact_list), json={"name": "Riches", "document": RICH}
    )
    assert answer.json()["error"]["code"] == "NAME_TAKEN"
    poor = {"all": [{"column": "solde", "predicate": "LESS", "value": 150}]}
    changed = await admin.patch(path, json={"version": 1, "document": poor})
    assert (changed.json()["document"], changed.json()["version"]) == (poor, 2)
    stale = await admin.patch(path, json={"version": 1, "name": "x"})
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("document", "field", "code"),
    [
        ({}, "document.filter", "FILTER_FIELD"),
        ({"all": [{"any": []}]}, "document.all[0].any", "FILTER_GROUP_EMPTY"),
        (
            {"all": [{"column": "nope", "predicate": "EQUALS", "value": "x"}]},
            "document.all[0]",
            "FILTER_COLUMN",
        ),
        (
            {"all": [{"not": {"column": "solde", "predicate": "CONTAINS", "value": "1"}}]},
            "document.all[0].not",
            "FILTER_PREDICATE",
        ),
        (
            {"all": [{"column": "solde", "predicate": "IN", "values": ["1", "beaucoup"]}]},
            "document.all[0].values[1]",
            "FILTER_NUMBER",
        ),
        (
            {"all": [{"property": "created_at", "predicate": "BEFORE", "value": "hier"}]},
            "document.all[0].value",
            "FILTER_TIME",
        ),
        (
            {"all": [{"column": "solde", "predicate": "BETWEEN", "values": ["1"]}]},
            "document.all[0]",
            "FILTER_VALUES",
        ),
        ({"all": 3}, "document.all", "FILTER_NODE"),
    ],
)
async def test_a_wrong_clause_is_named(
    admin: httpx.AsyncClient, contact_list: Any, document: Any, field: str, code: str
) -> None:
    answer = await admin.post(
        V1 + _filters(contact_list),
        json={"name": "x", "document": document},
        headers={"Accept-Language": "fr"},
    )
    assert answer.status_code == 422
    problems = answer.json()["error"]["details"]["fields"]
    assert [(one["field"], one["code"]) for one in problems] == [(field, code)]
    assert problems[0]["message"].endswith((".", "nombre"))


async def test_depth_and_size_are_bounded(admin: httpx.AsyncClient, contact_list: Any) -> None:
    clause: Any = {"column": "nom", "predicate": "IS_EMPTY"}
    deep = clause
    for _ in range(40):
        deep = {"not": deep}
    for document, code in (
        (deep, "FILTER_TOO_DEEP"),
        ({"all": [{"any": [clause] * 60}] * 3}, "FILTER_TOO_LARGE"),
    ):
        answer = await admin.post(
            V1 + _filters(contact_list), json={"name": "x", "document": document}
        )
        assert answer.json()["error"]["details"]["fields"][0]["code"] == code


async def test_a_draft_is_counted_and_sampled(admin: httpx.AsyncClient, contact_list: Any) -> None:
    path = f"/contact-lists/{contact_list['contact_list_id']}/filter-matches"
    found = await made(admin, path, {"document": RICH}, 200)
    assert (found["count"], found["contacts"], found["exact"]) == (2, 3, True)
    assert [contact["data"]["solde"] for contact in found["sample"]] == ["200", "300"]
    everybody = await made(admin, path, {"document": {"all": []}}, 200)
    assert everybody["count"] == 3
    nobody = {"all": [{"property": "attempts_anywhere", "predicate": "GREATER", "value": 0}]}
    assert (await made(admin, path, {"document": nobody}, 200))["sample"] == []


async def test_fields_say_what_can_be_asked(admin: httpx.AsyncClient, contact_list: Any) -> None:
    path = f"{V1}/contact-lists/{contact_list['contact_list_id']}/filter-fields"
    items = {item["name"]: item for item in (await admin.get(path)).json()["items"]}
    assert "BETWEEN" in items["solde"]["predicates"]
    assert "CONTAINS" in items["nom"]["predicates"]
    assert items["number_type"]["values"] is not None
    assert not items["number_type"]["sortable"]


async def _campaign(admin: httpx.AsyncClient, both: Both, contact_list: Any, **values: Any) -> Any:
    return await made(
        admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"], **values)
    )


async def test_a_campaign_uses_filters_and_explains_them(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    one = await made(admin, _filters(contact_list), {"name": "Riches", "document": RICH})
    filter_id = one["contact_list_filter_id"]
    campaign = await _campaign(admin, both, contact_list, contact_list_filter_ids=[filter_id])
    assert campaign["contact_list_filter_ids"] == [filter_id]
    poor = contact_list["made"][0]["contact_id"]
    path = f"{V1}/campaigns/{campaign['campaign_id']}/contacts/{poor}/explanation"
    for language, words in (
        ("fr", "all[0] – solde doit être supérieur à 150 (valeur : 100)"),
        ("en", "all[0] – solde must be greater than 150 (value: 100)"),
    ):
        explanation = (await admin.get(path, headers={"Accept-Language": language})).json()
        check = explanation["checks"][-1]
        assert check["code"] == "FILTERED"
        assert words in check["message"]
        assert explanation["next_attempt_at"] is None
    answer = await admin.delete(f"{V1}/contact-list-filters/{filter_id}")
    assert answer.json()["error"]["code"] == "FILTER_IN_USE"


async def test_a_filter_of_another_list_is_refused(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    other = await make_list(admin, NUMBERS, "Autre")
    one = await made(admin, _filters(other), {"name": "x", "document": RICH})
    body = campaign_body(
        both,
        contact_list["contact_list_id"],
        contact_list_filter_ids=[one["contact_list_filter_id"]],
    )
    answer = await admin.post(f"{V1}/campaigns", json=body)
    assert [f["code"] for f in answer.json()["error"]["details"]["fields"]] == ["FILTER_UNKNOWN"]


async def test_a_change_of_filters_is_told_to_the_floor_and_starts_over(
    admin: httpx.AsyncClient,
    both: Both,
    contact_list: Any,
    scripted: ScriptedFloor,
) -> None:
    one = await made(admin, _filters(contact_list), {"name": "Riches", "document": RICH})
    filter_id = one["contact_list_filter_id"]
    campaign = await _campaign(admin, both, contact_list, contact_list_filter_ids=[filter_id])
    await scripted.sql("UPDATE campaigns SET scan_added_in = 7, scan_position = 7")
    body = {"version": 1, "document": {"all": []}}
    path = f"{V1}/contact-list-filters/{filter_id}"
    assert (await admin.patch(path, json=body)).status_code == 200
    rows = await scripted.sql("SELECT scan_added_in, choice_version FROM campaigns")
    assert [tuple(row) for row in rows] == [(0, 2)]
    told = await scripted.sql(
        "SELECT payload FROM floor_commands WHERE kind = 'campaign.changed' ORDER BY created_at"
    )
    assert told[-1].payload == {"campaign_id": campaign["campaign_id"]}


async def test_an_order_is_checked_and_kept(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    sort = [{"column": "solde", "descending": True}, {"property": "created_at"}]
    campaign = await _campaign(admin, both, contact_list, sort=sort, sort_mode="dynamic")
    assert campaign["sort"] == [
        {"column": "solde", "property": None, "descending": True, "empty_first": False},
        {"column": None, "property": "created_at", "descending": False, "empty_first": False},
    ]
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    back = {"version": campaign["version"], "sort": campaign["sort"]}
    assert (await admin.patch(path, json=back)).json()["version"] == campaign["version"]
    for wrong, code in (
        ([{"column": "nope"}], "SORT_FIELD"),
        ([{"property": "number_type"}], "SORT_FIELD"),
        ([{"column": "nom"}, {"column": "nom"}], "SORT_TWICE"),
        ([{"column": "nom"}] * 5, "SORT_KEYS"),
    ):
        answer = await admin.patch(path, json={"version": campaign["version"], "sort": wrong})
        assert answer.status_code == 422
        assert answer.json()["error"]["details"]["fields"][0]["code"] == code


async def test_contacts_are_put_in_front(
    admin: httpx.AsyncClient,
    both: Both,
    contact_list: Any,
    scripted: ScriptedFloor,
) -> None:
    path = f"/contact-lists/{contact_list['contact_list_id']}/contacts"
    body = {"data": {"tel": "0161000009"}, "priority": "front"}
    one = await made(admin, path, body)
    batch = {"contacts": [{"data": {"tel": "0161000010"}}], "priority": "front"}
    await made(admin, path + "/batch", batch, 200)
    rows = await scripted.sql("SELECT contact_id, front FROM contact_looks ORDER BY position")
    assert str(rows[0].contact_id) == one["contact_id"]
    assert [row.front for row in rows] == [True, True]
