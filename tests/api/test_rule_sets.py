"""Rule sets over HTTP: checked with paths, given to campaigns, tried without doing anything."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Both

SOLVENT = {
    "type": "contact_attribute",
    "column": "solde",
    "value_type": "NUMERIC",
    "operator": "GREATER_THAN",
    "value": "50",
}


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


@pytest.fixture
async def campaign(admin: httpx.AsyncClient, both: Both) -> Any:
    """A campaign that is ready, over two contacts."""
    made_list = await make_list(admin, ["0161000001", "0161000002"])
    return await made(admin, "/campaigns", campaign_body(both, made_list["contact_list_id"]))


def rules_body(*actions: dict[str, Any], kind: str = "pre_call", **values: Any) -> dict[str, Any]:
    rule = {"name": "Solvable", "conditions": [SOLVENT], "actions": list(actions)}
    return {"name": "Règles", "kind": kind, "rules": [rule], **values}


async def give(client: httpx.AsyncClient, campaign: Any, *ids: str) -> httpx.Response:
    path = f"{V1}/campaigns/{campaign['campaign_id']}/rule-sets"
    return await client.put(path, json={"rule_set_ids": list(ids)})


async def test_every_wrong_part_is_named_by_its_path(admin: httpx.AsyncClient, both: Both) -> None:
    body = rules_body({"type": "DO_NOT_DIAL", "minutes": 0})
    body["rules"] += [
        {
            "name": " ",
            "conditions": [
                {**SOLVENT, "operator": "CONTAINS"},
                {**SOLVENT, "value": "beaucoup"},
                {"type": "wrap_up_code", "codes": [str(uuid4())]},
                {"type": "call_analysis", "results": ["machine"]},
                {"type": "time_and_date", "time_zone": "Mars", "parts": []},
                {
                    "type": "time_and_date",
                    "parts": [{"type": "day_of_month", "days": [32]}],
                },
            ],
            "actions": [
                {"type": "APPEND_NUMBER_TO_DNC_LIST", "dnc_list_id": str(both.b.dnc_list_id)},
                {"type": "SET_CALLER_ID", "caller_id": "+33123456789"},
                {"type": "SING"},
                {"type": "SET_SKILLS"},
                {"type": "SET_SKILLS", "skills": ["fon", "language:fon"]},
                {"type": "SET_SKILLS", "skills": ["language:fon"], "language_column": "langue"},
            ],
        }
    ]
    answer = await admin.post(f"{V1}/rule-sets", json=body)
    assert answer.status_code == 422
    fields = answer.json()["error"]["details"]["fields"]
    assert {one["field"]: one["code"] for one in fields} == {
        "rules.0.actions.0.minutes": "RULE_NUMBER",
        "rules.1.name": "RULE_NAME",
        "rules.1.conditions.0.operator": "RULE_CHOICE",
        "rules.1.conditions.1.value": "NUMBER_FORMAT",
        "rules.1.conditions.2.codes": "RULE_WRAP_UP_CODE_UNKNOWN",
        "rules.1.conditions.3.type": "RULE_CONDITION_TYPE",
        "rules.1.conditions.4.time_zone": "TIME_ZONE",
        "rules.1.conditions.4.parts": "RULE_LIST",
        "rules.1.conditions.5.parts.0.days": "RULE_DAYS",
        "rules.1.actions.0.dnc_list_id": "RULE_DNC_LIST_UNKNOWN",
        "rules.1.actions.1.caller_id": "RULE_CALLER_ID_UNKNOWN",
        "rules.1.actions.2.type": "RULE_ACTION_TYPE",
        "rules.1.actions.3.skills": "RULE_SKILLS",
        "rules.1.actions.4.skills": "RULE_SKILL_UNKNOWN",
    }


async def test_a_skill_that_rules_ask_for_stays(admin: httpx.AsyncClient) -> None:
    skill_id = (await made(admin, "/skills", {"name": "Fibre"}))["skill_id"]
    action = {"type": "SET_SKILLS", "skills": [skill_id, "language:bba"]}
    rule_set = await made(admin, "/rule-sets", rules_body(action))
    refused = await admin.delete(f"{V1}/skills/{skill_id}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "SKILL_IN_RULES")
    assert "Règles" in refused.json()["error"]["message"]
    assert (await admin.delete(f"{V1}/rule-sets/{rule_set['rule_set_id']}")).status_code == 204
    assert (await admin.delete(f"{V1}/skills/{skill_id}")).status_code == 204


async def test_the_column_of_a_language_must_be_in_the_list(
    admin: httpx.AsyncClient, campaign: Any
) -> None:
    action = {"type": "SET_SKILLS", "language_column": "parler"}
    rules = rules_body(action)
    rules["rules"][0]["conditions"] = []
    rule_set = await made(admin, "/rule-sets", rules)
    refused = await give(admin, campaign, rule_set["rule_set_id"])
    assert refused.json()["error"]["details"]["fields"][0]["code"] == "RULE_COLUMN_MISSING"


async def test_a_wrap_up_rule_cannot_decide_about_dialling(admin: httpx.AsyncClient) -> None:
    answer = await admin.post(
        f"{V1}/rule-sets", json=rules_body({"type": "DO_NOT_DIAL"}, kind="wrap_up")
    )
    fields = answer.json()["error"]["details"]["fields"]
    assert [one["code"] for one in fields] == ["RULE_ACTION_TYPE"]
    assert "CONTACT_UNCALLABLE" in fields[0]["message"]


async def test_a_campaign_asks_its_rule_sets_in_order_and_the_floor_is_told(
    admin: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor
) -> None:
    first = await made(admin, "/rule-sets", rules_body({"type": "DO_NOT_DIAL"}))
    second = await made(
        admin,
        "/rule-sets",
        rules_body({"type": "CONTACT_UNCALLABLE"}, kind="wrap_up", name="Après"),
    )
    ids = [second["rule_set_id"], first["rule_set_id"]]
    given = await give(admin, campaign, *ids)
    assert [one["rule_set_id"] for one in given.json()["items"]] == ids
    kept = (await admin.get(f"{V1}/rule-sets/{ids[1]}")).json()
    assert kept["campaigns"] == ["Relance"]
    refused = await admin.delete(f"{V1}/rule-sets/{ids[1]}")
    assert refused.json()["error"]["code"] == "RULE_SET_IN_USE"
    before = await scripted.sql("SELECT 1 FROM floor_commands WHERE kind = 'campaign.changed'")
    change = {"version": 1, "name": "Nouveau nom"}
    assert (await admin.patch(f"{V1}/rule-sets/{ids[1]}", json=change)).status_code == 200
    after = await scripted.sql("SELECT 1 FROM floor_commands WHERE kind = 'campaign.changed'")
    assert len(after) == len(before) + 1
    stale = await admin.patch(f"{V1}/rule-sets/{ids[1]}", json=change)
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    await give(admin, campaign)
    assert (await admin.delete(f"{V1}/rule-sets/{ids[1]}")).status_code == 204
    log = (await admin.get(f"{V1}/audit")).json()["items"]
    assert {"rule_set.created", "rule_set.deleted", "campaign.rule_sets_given"} <= {
        entry["action"] for entry in log
    }


async def test_columns_that_the_list_lacks_or_rules_may_not_change_are_named(
    admin: httpx.AsyncClient, campaign: Any
) -> None:
    change = {"type": "MODIFY_CONTACT_ATTRIBUTE", "mode": "SET", "value": "x"}
    body = rules_body({**change, "column": "tel"}, {**change, "column": "ville"})
    kept = await made(admin, "/rule-sets", body)
    answer = await give(admin, campaign, kept["rule_set_id"])
    fields = answer.json()["error"]["details"]["fields"]
    assert [(one["code"], one["columns"]) for one in fields] == [
        ("RULE_COLUMN_MISSING", "ville"),
        ("RULE_COLUMN_FIXED", "tel"),
    ]


async def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    admin: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor
) -> None:
    body = rules_body(
        {"type": "MODIFY_CONTACT_ATTRIBUTE", "column": "solde", "mode": "DECREMENT", "value": 60},
        {"type": "DO_NOT_DIAL"},
    )
    kept = await made(admin, "/rule-sets", body)
    path = f"/rule-sets/{kept['rule_set_id']}/dry-run"
    tried = await made(
        admin, path, {"campaign_id": campaign["campaign_id"], "contacts": 1}, status=200
    )
    (one,) = tried["items"]
    assert one | {"contact_id": ""} == {
        "contact_id": "",
        "contact_name": "Nom 0",
        "number": None,
        "reason": "RULE_DO_NOT_DIAL",
        "fired": ["Solvable"],
        "actions": ["MODIFY_CONTACT_ATTRIBUTE", "DO_NOT_DIAL"],
        "data": {"solde": "40"},
    }
    rows = await scripted.sql("SELECT data ->> 'solde' AS solde FROM contacts")
    assert {row.solde for row in rows} == {"100"}
    assert await scripted.sql("SELECT 1 FROM rule_firings") == []
    after = await made(
        admin,
        "/rule-sets",
        rules_body({"type": "NUMBER_UNCALLABLE"}, kind="wrap_up", name="Après"),
    )
    path = f"/rule-sets/{after['rule_set_id']}/dry-run"
    body = {"campaign_id": campaign["campaign_id"], "result": "busy"}
    tried = await made(admin, path, body, status=200)
    assert [one["fired"] for one in tried["items"]] == [["Solvable"], ["Solvable"]]
