"""DNC lists over HTTP: any written form is one number, and an entry counts at once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Both, SteppedClock


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


@pytest.fixture
def entries(both: Both) -> str:
    """The path of the entries of A's list."""
    return f"/dnc-lists/{both.a.dnc_list_id}/entries"


def listed(*numbers: str, **values: Any) -> dict[str, Any]:
    return {"entries": [{"value": number, **values} for number in numbers]}


async def test_every_written_form_is_one_number(admin: httpx.AsyncClient, entries: str) -> None:
    forms = ["61000001", "0161000001", "+229 01 61 00 00 01", "00229 61 00 00 01"]
    answers = [await made(admin, entries, listed(form), status=200) for form in forms]
    assert [(one["added"], one["updated"]) for one in answers] == [(1, 0), (0, 1), (0, 1), (0, 1)]
    items = (await admin.get(V1 + entries)).json()["items"]
    assert [item["value"] for item in items] == ["+2290161000001"]


async def test_bad_numbers_and_past_expiries_do_not_stop_the_others(
    admin: httpx.AsyncClient, entries: str, clock: SteppedClock
) -> None:
    body = listed("61000001", "abc") | {}
    body["entries"].append({"value": "61000002", "expires_at": "2020-01-01T00:00:00Z"})
    answer = await made(admin, entries, body, status=200)
    assert (answer["added"], answer["updated"]) == (1, 0)
    assert [(one["index"], one["code"]) for one in answer["rejected"]] == [
        (1, "PHONE_LETTERS"),
        (2, "EXPIRED"),
    ]


async def test_the_floor_is_told_in_the_transaction_of_the_entries(
    admin: httpx.AsyncClient, entries: str, scripted: ScriptedFloor, both: Both
) -> None:
    await made(admin, entries, listed("61000001", "61000002"), status=200)
    rows = await scripted.sql("SELECT payload FROM floor_commands WHERE kind = 'dnc.added'")
    assert [row.payload for row in rows] == [{"dnc_list_id": str(both.a.dnc_list_id)}]


async def test_a_listed_number_explains_why_its_contact_is_not_called(
    admin: httpx.AsyncClient, entries: str, scripted: ScriptedFloor, both: Both
) -> None:
    contact_list = await make_list(admin, ["0161000001", "0161000002"])
    campaign = await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    await admin.post(f"{path}/start")
    await made(admin, entries, listed("61000001"), status=200)
    codes = [
        item["explanation"]["code"]
        for item in (await admin.get(f"{path}/contacts")).json()["items"]
    ]
    assert codes == ["DNC_LISTED", "CALLABLE"]


async def test_removing_needs_a_reason_that_is_kept_with_the_numbers(
    admin: httpx.AsyncClient, entries: str
) -> None:
    await made(admin, entries, listed("61000001"), status=200)
    refused = await admin.post(
        f"{V1}{entries}/remove", json={"values": ["61000001"], "reason": " "}
    )
    assert refused.json()["error"]["code"] == "REASON_NEEDED"
    removed = await made(
        admin,
        f"{entries}/remove",
        {"values": ["61000001", "61000009"], "reason": "A changé d'avis"},
        status=200,
    )
    assert removed == {"removed": 1}
    newest = (await admin.get(f"{V1}/audit")).json()["items"][0]
    assert newest["action"] == "dnc_entries.removed"
    assert newest["details"] == {"numbers": ["+2290161000001"], "reason": "A changé d'avis"}


async def test_pages_and_search_go_by_number(admin: httpx.AsyncClient, entries: str) -> None:
    await made(admin, entries, listed("61000003", "61000001", "61000002"), status=200)
    first = (await admin.get(V1 + entries, params={"limit": 2})).json()
    assert first["total"] == 3
    rest = await admin.get(V1 + entries, params={"page_token": first["next_page_token"]})
    numbers = [item["value"] for item in first["items"] + rest.json()["items"]]
    assert numbers == [f"+22901610000{n:02}" for n in (1, 2, 3)]
    found = (await admin.get(V1 + entries, params={"search": "00 02"})).json()["items"]
    assert [item["value"] for item in found] == ["+2290161000002"]


async def test_a_list_that_a_campaign_keeps_to_stays(admin: httpx.AsyncClient, both: Both) -> None:
    contact_list = await make_list(admin, ["0161000001"])
    await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))
    answer = await admin.delete(f"{V1}/dnc-lists/{both.a.dnc_list_id}")
    assert answer.json()["error"]["code"] == "DNC_LIST_IN_USE"
    assert "Relance" in answer.json()["error"]["message"]
    other = await made(admin, "/dnc-lists", {"name": "Autre"})
    gone = await admin.delete(f"{V1}/dnc-lists/{other['dnc_list_id']}")
    assert gone.status_code == 204
