"""What outcomes mean: one table, campaigns that differ, and that everything reads it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.services.catalogue import Services
from world import Both

ORGANISATION = f"{V1}/wrap-up-mapping"


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    return ScriptedFloor.on(floor, engine, both)


@pytest.fixture
async def campaign(admin: httpx.AsyncClient, both: Both) -> Any:
    made_list = await make_list(admin, ["0161000001", "0161000002"])
    return await made(admin, "/campaigns", campaign_body(both, made_list["contact_list_id"]))


def rows_of(table: Any) -> dict[str, tuple[list[str], str]]:
    return {
        row["name"] or row["outcome"]: (row["flags"], row["source"]) for row in table["outcomes"]
    }


async def code_of(admin: httpx.AsyncClient, name: str) -> str:
    codes = (await admin.get(f"{V1}/wrap-up-codes")).json()["items"]
    return str(next(c["wrap_up_code_id"] for c in codes if c["name"] == name))


async def test_the_default_follows_codes_without_a_mapping_of_their_own(
    admin: httpx.AsyncClient,
) -> None:
    code = await code_of(admin, "Suivi")
    first = (await admin.get(ORGANISATION)).json()
    assert (first["version"], first["default"]) == (0, [])
    assert rows_of(first)["invalid"] == (["number_uncallable"], "built_in")
    assert rows_of(first)["busy"] == ([], "built_in")
    body = {"version": 0, "outcomes": {code: None, "busy": ["neutral"]}, "default": ["failure"]}
    changed = await admin.patch(ORGANISATION, json=body)
    assert changed.status_code == 200, changed.text
    assert changed.json()["version"] == 1
    assert rows_of(changed.json())["Suivi"] == (["failure"], "default")
    assert rows_of(changed.json())["busy"] == (["neutral"], "own")
    body = {"version": 1, "default": ["neutral", "right_party"]}
    again = (await admin.patch(ORGANISATION, json=body)).json()
    assert rows_of(again)["Suivi"] == (["right_party", "neutral"], "default")
    stale = await admin.patch(ORGANISATION, json=body)
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    await admin.patch(f"{V1}/wrap-up-codes/{code}", json={"flags": ["success"]})
    mapped = (await admin.get(ORGANISATION)).json()
    assert rows_of(mapped)["Suivi"] == (["success"], "own")
    log = (await admin.get(f"{V1}/audit")).json()["items"]
    changes = [e["details"] for e in log if e["action"] == "wrap_up_mapping.changed"]
    assert changes[-1]["changed"] == {
        "Suivi": ["failure"],
        "busy": ["neutral"],
        "default": ["failure"],
    }


async def test_wrong_flags_are_named_by_outcome(admin: httpx.AsyncClient) -> None:
    body = {
        "version": 0,
        "outcomes": {
            str(uuid4()): ["success"],
            "person": ["success"],
            "busy": ["callback"],
            "sit": ["success", "failure"],
        },
        "default": ["wonderful"],
    }
    refused = await admin.patch(ORGANISATION, json=body)
    fields = refused.json()["error"]["details"]["fields"]
    found = {one["field"].partition(".")[2] or one["field"]: one["code"] for one in fields}
    assert {found.pop(key) for key in list(found) if "-" in key} == {"OUTCOME_UNKNOWN"}
    assert found == {
        "default": "FLAG_UNKNOWN",
        "person": "OUTCOME_UNKNOWN",
        "busy": "FLAG_UNKNOWN",
        "sit": "FLAGS_EXCLUDE",
    }


async def test_a_campaign_s_table_is_what_its_agents_and_its_figures_go_by(
    admin: httpx.AsyncClient,
    campaign: Any,
    both: Both,
    scripted: ScriptedFloor,
    services: Services,
    unit_of_work: Any,
) -> None:
    code = await code_of(admin, "Suivi")
    path = f"{V1}/campaigns/{campaign['campaign_id']}/wrap-up-mapping"
    body = {"version": 0, "outcomes": {code: ["success"], "no_answer": ["failure"]}}
    changed = await admin.patch(path, json=body)
    assert changed.status_code == 200, changed.text
    assert rows_of(changed.json())["Suivi"] == (["success"], "own")
    assert rows_of((await admin.get(ORGANISATION)).json())["Suivi"] == (
        ["right_party", "neutral"],
        "own",
    )
    for number, (result, given) in enumerate([("person", code), ("no_answer", None)], start=1):
        attempt_id = uuid4()
        await scripted.sql(
            """INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,
                attempt_number, number, mode, caller_id, trunk_id, state, result, fencing,
                reserved_at, dialling_at, closed_at)
               SELECT :attempt_id, organisation_id, :campaign_id, contact_id, :number,
                '+2290161000001', 'progressive', '', :trunk_id, 'closed', :result, 1, now(),
                now(), now() FROM contacts LIMIT 1""",
            attempt_id=attempt_id,
            campaign_id=UUID(campaign["campaign_id"]),
            number=number,
            result=result,
            trunk_id=both.a.trunk_id,
        )
        if given:
            await scripted.sql(
                """INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id,
                    wrap_up_code_id, created_at)
                   SELECT :attempt_id, organisation_id, campaign_id, :code, now() FROM attempts
                   WHERE attempt_id = :attempt_id""",
                attempt_id=attempt_id,
                code=UUID(given),
            )
    campaign_id = UUID(campaign["campaign_id"])
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        figures = (await stores.campaign_rules.figures([campaign_id]))[campaign_id]
    assert (figures.business_success, figures.business_failure) == (1, 1)
    assert (figures.business_neutral, figures.right_party_contacts) == (0, 0)
    back = await admin.patch(path, json={"version": 1, "outcomes": {code: None}})
    assert rows_of(back.json())["Suivi"] == (["right_party", "neutral"], "organisation")
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        figures = (await stores.campaign_rules.figures([campaign_id]))[campaign_id]
    assert (figures.business_success, figures.business_neutral) == (0, 1)


async def test_a_copy_has_what_belongs_to_the_campaign(
    admin: httpx.AsyncClient, campaign: Any
) -> None:
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    rule = {"name": "x", "actions": [{"type": "DO_NOT_DIAL"}]}
    rule_set = await made(admin, "/rule-sets", {"name": "R", "kind": "pre_call", "rules": [rule]})
    await admin.put(f"{path}/rule-sets", json={"rule_set_ids": [rule_set["rule_set_id"]]})
    await admin.patch(
        f"{path}/wrap-up-mapping", json={"version": 0, "outcomes": {"busy": ["failure"]}}
    )
    plan = {"unreached": True, "weekdays": [1], "at": "08:00", "time_zone": "UTC"}
    await made(admin, f"/campaigns/{campaign['campaign_id']}/recycle-plans", plan)
    copy = await made(admin, f"/campaigns/{campaign['campaign_id']}/copy", {})
    to = f"{V1}/campaigns/{copy['campaign_id']}"
    given = (await admin.get(f"{to}/rule-sets")).json()["items"]
    assert [one["rule_set_id"] for one in given] == [rule_set["rule_set_id"]]
    mapping = (await admin.get(f"{to}/wrap-up-mapping")).json()
    assert rows_of(mapping)["busy"] == (["failure"], "own")
    plans = (await admin.get(f"{to}/recycle-plans")).json()["items"]
    assert [(one["weekdays"], one["last_at"]) for one in plans] == [([1], None)]
