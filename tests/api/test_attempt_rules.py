"""Attempt limits, recall rules, recycling and persons through the API."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from api.things import Things
from database import Database
from world import Both

PREFIX = "/api/v1"
LIMIT = {"name": "Four in thirty days", "per": "person", "scope": "organisation", "most": 4,
         "reset": "days", "days": 30}  # fmt: skip


@pytest.fixture
async def things(admin: httpx.AsyncClient, both: Both, database: Database):  # type: ignore[no-untyped-def]
    connection = await asyncpg.connect(database.owner_url.replace("+asyncpg", ""))
    yield Things(admin, "a", both.a, connection)
    await connection.close()


async def test_limits_are_made_changed_and_deleted(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    made = await admin.post(f"{PREFIX}/attempt-limits", json=LIMIT)
    assert made.status_code == 201, made.text
    limit = made.json()
    assert (limit["time_zone"], limit["counted"], limit["channels"]) == (
        "Africa/Porto-Novo",
        "alerted",
        ["voice"],
    )
    path = f"{PREFIX}/attempt-limits/{limit['attempt_limit_id']}"
    changed = await admin.patch(path, json={"version": 1, "most": 3})
    assert (changed.json()["most"], changed.json()["version"]) == (3, 2)
    stale = await admin.patch(path, json={"version": 1, "most": 9})
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    wrong = await admin.patch(path, json={"version": 2, "most": 0, "time_zone": "Nowhere"})
    assert {one["field"] for one in wrong.json()["error"]["details"]["fields"]} == {
        "most",
        "time_zone",
    }
    assert (await supervisor.get(f"{PREFIX}/attempt-limits")).json()["total"] == 1
    assert (await supervisor.post(f"{PREFIX}/attempt-limits", json=LIMIT)).status_code == 403
    assert (await admin.delete(path)).status_code == 204


async def test_a_campaign_names_limits_of_campaigns_only(
    admin: httpx.AsyncClient, things: Things
) -> None:
    path = f"{PREFIX}/campaigns/{await things.id_of('campaign_id')}"
    own = await things.id_of("attempt_limit_id")
    everywhere = (await admin.post(f"{PREFIX}/attempt-limits", json=LIMIT)).json()
    refused = await admin.patch(
        path, json={"version": 1, "attempt_limit_ids": [everywhere["attempt_limit_id"]]}
    )
    assert refused.json()["error"]["details"]["fields"][0]["field"] == "attempt_limit_ids"
    rule = {"steps": [{"after_seconds": 300}, {"days": 1, "at": "10:00"}], "other_hours": True}
    body = {
        "version": 1,
        "attempt_limit_ids": [own],
        "recall_rules": {"busy": rule},
        "number_order": "round",
        "number_label_order": ["mobile"],
    }
    kept = (await admin.patch(path, json=body)).json()
    assert kept["attempt_limit_ids"] == [own]
    assert kept["recall_rules"]["busy"]["steps"] == rule["steps"]
    assert (kept["number_order"], kept["number_label_order"]) == ("round", ["mobile"])
    wrong = await admin.patch(
        path, json={"version": 2, "recall_rules": {"busy": {"steps": [{"after_seconds": 1}]}}}
    )
    field = wrong.json()["error"]["details"]["fields"][0]
    assert (field["field"], field["code"]) == ("recall_rules.busy", "RECALL_STEP_SECONDS")
    in_use = await admin.delete(f"{PREFIX}/attempt-limits/{own}")
    assert in_use.json()["error"]["code"] == "LIMIT_IN_USE"


async def test_an_explanation_tells_what_is_used_and_when_there_is_room(
    admin: httpx.AsyncClient, things: Things
) -> None:
    await things.id_of("attempt_id")  # a call just now
    limit = {**LIMIT, "most": 1, "reset": "hours", "hours": 2}
    await admin.post(f"{PREFIX}/attempt-limits", json=limit)
    campaign_id, contact_id = await things.id_of("campaign_id"), await things.id_of("contact_id")
    answer = await admin.get(f"{PREFIX}/campaigns/{campaign_id}/contacts/{contact_id}/explanation")
    (use,) = answer.json()["limits"]
    assert (use["used"], use["most"], use["per"]) == (1, 1, "person")
    assert use["free_at"] is not None
    checks = {one["code"]: one for one in answer.json()["checks"]}
    assert checks["PERSON_LIMIT"]["retry_at"] == use["free_at"]


async def _finish(things: Things, contact_id: str, result: str, attempts: int) -> None:
    await things.connection.execute(
        "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,"
        " last_result, reason, result_counts) VALUES ($1, $2, $3, 'finished', $4, $5,"
        " 'ATTEMPT_LIMIT', '{\"busy\": 4}')",
        UUID(await things.id_of("campaign_id")),
        UUID(contact_id),
        things.organisation.organisation_id,
        attempts,
        result,
    )


async def test_recycling_counts_opens_and_is_kept_in_the_audit_log(
    supervisor: httpx.AsyncClient, things: Things
) -> None:
    contact_id = await things.id_of("contact_id")
    await _finish(things, contact_id, "busy", 4)
    path = f"{PREFIX}/campaigns/{await things.id_of('campaign_id')}/recycle"
    nothing = await supervisor.post(path, json={})
    assert nothing.json()["error"]["details"]["fields"][0]["code"] == "NOTHING_CHOSEN"
    other = await supervisor.post(path, json={"results": ["no_answer"], "dry_run": True})
    assert other.json() == {"matching": 0, "recycled": 0, "used_up": 0}
    kept = {"results": ["busy"], "reset_counters": False, "dry_run": True}
    assert (await supervisor.post(path, json=kept)).json() == {
        "matching": 1,
        "recycled": 0,
        "used_up": 1,
    }
    dry = await supervisor.post(path, json={"results": ["busy"], "dry_run": True})
    assert dry.json()["recycled"] == 1
    row = "SELECT state, attempts, reason, result_counts FROM campaign_contacts"
    assert (await things.connection.fetchrow(row))["state"] == "finished"
    assert (await supervisor.post(path, json={"results": ["busy"]})).json()["recycled"] == 1
    assert tuple(await things.connection.fetchrow(row)) == ("open", 0, "RECYCLED", "{}")
    again = await supervisor.post(path, json={"unreached": True})
    assert again.json()["recycled"] == 0
    log = await things.connection.fetch(
        "SELECT details ->> 'recycled' AS recycled FROM audit_log"
        " WHERE action = 'campaign.recycled' ORDER BY at"
    )
    assert [row["recycled"] for row in log] == ["1", "0"]


async def test_a_plan_recycles_once_when_its_time_has_come(things: Things, services, clock) -> None:  # type: ignore[no-untyped-def]
    await _finish(things, await things.id_of("contact_id"), "busy", 4)
    await things.id_of("recycle_plan_id")
    assert await services.recycling.run_due() == 0
    await things.connection.execute("UPDATE recycle_plans SET next_at = $1", clock.now())
    assert await services.recycling.run_due() == 1
    assert await services.recycling.run_due() == 0
    row = await things.connection.fetchrow("SELECT last_recycled, next_at FROM recycle_plans")
    assert row["last_recycled"] == 1
    assert row["next_at"] > clock.now()


async def test_persons_are_joined_by_numbers_and_parted_for_good(
    admin: httpx.AsyncClient, things: Things
) -> None:
    merge_id = await things.id_of("person_merge_id")
    contact_id = str(
        await things.connection.fetchval(
            "SELECT contact_id FROM contacts WHERE cardinality(numbers) = 2"
        )
    )
    path = f"{PREFIX}/contacts/{contact_id}/persons"
    (joined,) = (await admin.get(path)).json()["items"]
    assert joined["numbers"] == ["+2290161000077", "+2290161000078"]
    assert (await admin.post(f"{PREFIX}/person-merges/{merge_id}/undo")).status_code == 204
    twice = await admin.post(f"{PREFIX}/person-merges/{merge_id}/undo")
    assert twice.json()["error"]["code"] == "MERGE_UNDONE"
    parted = (await admin.get(path)).json()["items"]
    assert sorted(one["numbers"][0] for one in parted) == joined["numbers"]
    # Another contact with both numbers does not join them again.
    await things.connection.execute(
        "INSERT INTO contacts (contact_id, organisation_id, contact_list_id, numbers,"
        " number_labels, created_at, updated_at) SELECT $1, organisation_id, contact_list_id,"
        " numbers, number_labels, now(), now() FROM contacts WHERE contact_id = $2",
        uuid4(),
        UUID(contact_id),
    )
    assert len((await admin.get(path)).json()["items"]) == 2
