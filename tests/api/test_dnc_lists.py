"""DNC lists over HTTP: any written form is one number, and an entry counts at once."""

from __future__ import annotations

from datetime import timedelta
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
        {"values": ["61000001", "61000009"], "reason": "A changé d’avis"},
        status=200,
    )
    assert removed == {"removed": 1, "reopened": 0}
    newest = (await admin.get(f"{V1}/audit")).json()["items"][0]
    assert newest["action"] == "dnc_entries.removed"
    assert newest["details"] == {"numbers": ["+2290161000001"], "reason": "A changé d’avis"}


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


class TestKindsOfLists:
    """By column, for a channel, for the whole organisation."""

    async def test_key_and_kind_stay_the_rest_changes(self, admin: httpx.AsyncClient) -> None:
        new = {"name": "Contrats", "key_column": " contrat ", "channel": "voice"}
        one = await made(admin, "/dnc-lists", new)
        assert (one["key_column"], one["channel"], one["kind"]) == ("contrat", "voice", "internal")
        path = f"{V1}/dnc-lists/{one['dnc_list_id']}"
        wide = {"version": 1, "organisation_wide": True, "channel": "any", "name": "Tous"}
        changed = (await admin.patch(path, json=wide)).json()
        assert (changed["organisation_wide"], changed["channel"], changed["name"]) == (
            True,
            "any",
            "Tous",
        )
        assert (await admin.get(path)).json() == changed
        stale = await admin.patch(path, json=wide)
        assert stale.json()["error"]["code"] == "STALE_VERSION"
        fixed = await admin.patch(path, json={"version": 2, "key_column": "autre"})
        assert fixed.status_code == 422
        newest = (await admin.get(f"{V1}/audit")).json()["items"][0]
        assert newest["action"] == "dnc_list.changed"
        assert newest["details"]["fields"] == ["name", "channel", "organisation_wide"]

    async def test_values_of_a_column_are_one_in_any_case(self, admin: httpx.AsyncClient) -> None:
        one = await made(admin, "/dnc-lists", {"name": "Contrats", "key_column": "contrat"})
        path = f"/dnc-lists/{one['dnc_list_id']}/entries"
        answer = await made(admin, path, listed("AB-12", " ab-12 ", " ", "CD"), status=200)
        assert answer["added"] == 2
        assert [(r["index"], r["code"]) for r in answer["rejected"]] == [(2, "DNC_VALUE_EMPTY")]
        found = (await admin.get(V1 + path, params={"search": "B-1"})).json()["items"]
        assert [item["value"] for item in found] == ["ab-12"]
        body = {"values": ["Ab-12"], "reason": "Erreur de saisie"}
        assert (await made(admin, f"{path}/remove", body, status=200)) == {
            "removed": 1,
            "reopened": 0,
        }

    async def test_organisation_wide_lists_count_without_being_named_and_are_told(
        self, admin: httpx.AsyncClient, scripted: ScriptedFloor, both: Both
    ) -> None:
        contact_list = await make_list(admin, ["0161000001"])
        body = campaign_body(both, contact_list["contact_list_id"], dnc_list_ids=[])
        campaign = await made(admin, "/campaigns", body)
        path = f"{V1}/campaigns/{campaign['campaign_id']}"
        started = (await admin.post(f"{path}/start")).json()
        assert "NO_DNC_LIST" in [warning["code"] for warning in started["warnings"]]
        wide = {"name": "Toute l’organisation", "organisation_wide": True}
        one = await made(admin, "/dnc-lists", wide)
        entries = f"/dnc-lists/{one['dnc_list_id']}/entries"
        await made(admin, entries, listed("61000001"), status=200)
        explained = (await admin.get(f"{path}/contacts")).json()["items"][0]["explanation"]
        assert explained["code"] == "DNC_LISTED"
        assert "Toute l’organisation" in explained["message"]
        hints = await scripted.sql("SELECT 1 FROM floor_commands WHERE kind = 'dnc.added'")
        assert len(hints) == 2

    async def test_unknown_lists_of_a_campaign_are_refused(
        self, admin: httpx.AsyncClient, both: Both
    ) -> None:
        contact_list = await make_list(admin, ["0161000001"])
        lists = [str(both.a.dnc_list_id), str(both.b.dnc_list_id)]
        body = campaign_body(both, contact_list["contact_list_id"], dnc_list_ids=lists)
        refused = await admin.post(f"{V1}/campaigns", json=body)
        fields = refused.json()["error"]["details"]["fields"]
        assert [(field["field"], field["code"]) for field in fields] == [
            ("dnc_list_ids", "UNKNOWN")
        ]


async def test_why_a_number_is_listed(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, entries: str, both: Both
) -> None:
    contact_list = await make_list(admin, ["0161000001"])
    await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))
    await made(supervisor, entries, listed("61000001", reason="Demande"), status=200)
    other = await made(admin, "/dnc-lists", {"name": "Contrats", "key_column": "contrat"})
    path = f"/dnc-lists/{other['dnc_list_id']}/entries"
    await made(admin, path, listed("+229 61 00 00 01"), status=200)
    answer = (await admin.get(f"{V1}/dnc-listings", params={"value": "61 00 00 01"})).json()
    assert answer["number"] == "+2290161000001"
    assert [(one["value"], one["reason"], one["source"]) for one in answer["items"]] == [
        ("+2290161000001", "Demande", "user")
    ]
    assert answer["items"][0]["user_name"] == "Supervisor A"
    assert answer["items"][0]["campaigns"] == ["Relance"]
    same = (await admin.get(f"{V1}/dnc-listings", params={"value": "+229 61 00 00 01"})).json()
    assert {one["name"] for one in same["items"]} == {"Contrats", answer["items"][0]["name"]}


async def test_an_entry_made_again_keeps_its_first_day_and_ends_to_the_minute(
    admin: httpx.AsyncClient, entries: str, clock: SteppedClock
) -> None:
    await made(admin, entries, listed("61000001"), status=200)
    first = (await admin.get(V1 + entries)).json()["items"][0]
    clock.advance(hours=1)
    ends = (clock.now() + timedelta(minutes=90)).strftime("%Y-%m-%dT%H:%M:00.000Z")
    await made(admin, entries, listed("61000001", expires_at=ends), status=200)
    again = (await admin.get(V1 + entries)).json()["items"][0]
    assert (again["created_at"], again["expires_at"]) == (first["created_at"], ends)


async def test_the_export_has_every_entry_and_is_noted(
    admin: httpx.AsyncClient, entries: str
) -> None:
    await made(admin, entries, listed("61000001", "61000002", reason="=1+1"), status=200)
    answer = await admin.get(f"{V1}{entries.removesuffix('/entries')}/export.csv")
    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "numéro;motif;source;ajouté par;depuis;jusqu'au"
    assert [line.split(";")[:3] for line in lines[1:]] == [
        ["+2290161000001", "'=1+1", "user"],
        ["+2290161000002", "'=1+1", "user"],
    ]
    newest = (await admin.get(f"{V1}/audit")).json()["items"][0]
    assert newest["action"] == "dnc_list.exported"
