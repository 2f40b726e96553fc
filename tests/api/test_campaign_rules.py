"""Campaign rules: they fire when they begin to hold, once, and say what could not be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.engine.timetable import Timetable
from kwabo.services.catalogue import Services
from world import Application, Both, SteppedClock


@pytest.fixture
async def admin(application: Application) -> httpx.AsyncClient:
    """A program of the administrator: a browser's session would not last these days."""
    return await application.with_token("a.admin")


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


@pytest.fixture
async def campaign(admin: httpx.AsyncClient, both: Both) -> Any:
    """A campaign over two contacts."""
    made_list = await make_list(admin, ["0161000001", "0161000002"])
    return await made(admin, "/campaigns", campaign_body(both, made_list["contact_list_id"]))


@pytest.fixture
def timetable(services: Services, clock: SteppedClock) -> Timetable:
    """The worker."""
    return Timetable(services.timetable, clock)


def rule(campaign: Any, *actions: dict[str, Any], **values: Any) -> dict[str, Any]:
    progress = {
        "type": "campaign_progress",
        "campaign_id": campaign["campaign_id"],
        "operator": "GREATER_THAN_EQUALS",
        "value": 50,
    }
    return {
        "name": "À mi-chemin",
        "time_zone": "Africa/Porto-Novo",
        "conditions": [progress],
        "actions": [{**one, "campaign_id": campaign["campaign_id"]} for one in actions],
    } | values


async def finish(scripted: ScriptedFloor, campaign: Any, contacts: int) -> None:
    await scripted.sql(
        "DELETE FROM campaign_contacts WHERE campaign_id = :id", id=UUID(campaign["campaign_id"])
    )
    await scripted.sql(
        """INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state)
           SELECT :id, contact_id, organisation_id, 'finished' FROM contacts LIMIT :contacts""",
        id=UUID(campaign["campaign_id"]),
        contacts=contacts,
    )


async def fired(admin: httpx.AsyncClient) -> list[tuple[str, str]]:
    items = (await admin.get(f"{V1}/timetable-firings")).json()["items"]
    return [(one["action"], one["code"]) for one in items if one["source"] == "campaign_rule"]


async def look(timetable: Timetable, clock: SteppedClock) -> None:
    clock.advance(seconds=11)
    assert await timetable.work_once()


async def test_a_rule_fires_when_it_begins_to_hold_and_again_after_it_has_ceased(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    path = f"/campaigns/{campaign['campaign_id']}"
    await made(admin, "/campaign-rules", rule(campaign, {"type": "set_priority", "value": 5}))
    await look(timetable, clock)
    assert await fired(admin) == []
    await finish(scripted, campaign, 1)
    await look(timetable, clock)
    await look(timetable, clock)
    assert await fired(admin) == [("set_priority", "")]
    assert (await admin.get(V1 + path)).json()["priority"] == 5
    await finish(scripted, campaign, 0)
    await look(timetable, clock)
    await finish(scripted, campaign, 2)
    await look(timetable, clock)
    assert len(await fired(admin)) == 2
    log = (await admin.get(f"{V1}/audit")).json()["items"]
    by = [e["details"].get("by") for e in log if e["action"] == "campaign.changed"]
    assert by == ["campaign rule À mi-chemin"]


async def test_once_per_day_is_once_on_each_day_of_the_rule_s_zone(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    body = rule(campaign, {"type": "set_weight", "value": 2}, frequency="once_per_day")
    await made(admin, "/campaign-rules", body)
    for contacts in (1, 0, 1):
        await finish(scripted, campaign, contacts)
        await look(timetable, clock)
    assert len(await fired(admin)) == 1
    clock.advance(days=1)
    for contacts in (0, 1):
        await finish(scripted, campaign, contacts)
        await look(timetable, clock)
    assert len(await fired(admin)) == 2


async def test_what_cannot_be_done_is_told_and_the_other_actions_are_done(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    await scripted.sql("UPDATE campaigns SET state = 'stopped'")
    await finish(scripted, campaign, 1)
    actions = [{"type": "turn_on_campaign"}, {"type": "set_weight", "value": 7}]
    await made(admin, "/campaign-rules", rule(campaign, *actions))
    await look(timetable, clock)
    assert await fired(admin) == [("set_weight", ""), ("turn_on_campaign", "STOPPED_BY_PERSON")]
    await scripted.sql("UPDATE campaigns SET state = 'running'")
    off = rule(campaign, {"type": "turn_off_campaign"}, name="Arrêt")
    await made(admin, "/campaign-rules", off)
    await look(timetable, clock)
    rows = await scripted.sql("SELECT payload FROM floor_commands WHERE kind = 'campaign.pause'")
    assert [row.payload["campaign_id"] for row in rows] == [campaign["campaign_id"]]


async def test_every_wrong_part_is_named(
    admin: httpx.AsyncClient, campaign: Any, both: Both
) -> None:
    body = rule(
        campaign,
        {"type": "set_priority", "value": 9},
        {"type": "set_dialing_mode", "value": "preview"},
        {"type": "turn_on_sequence", "sequence_id": str(both.a.queue_id)},
        {"type": "dance"},
        time_zone="Mars",
    )
    body["conditions"] += [
        {"type": "campaign_agents", "campaign_id": str(both.b.queue_id), "operator": "EQUALS"},
        {"type": "week_day_of_month", "day": 8, "week": 1},
        {"type": "specific_date", "first": "2026-02-30"},
    ]
    answer = await admin.post(f"{V1}/campaign-rules", json=body)
    fields = answer.json()["error"]["details"]["fields"]
    assert {one["field"]: one["code"] for one in fields} == {
        "time_zone": "TIME_ZONE",
        "conditions.1.campaign_id": "RULE_TARGET_UNKNOWN",
        "conditions.1.operator": "RULE_CHOICE",
        "conditions.1.value": "RULE_RANGE",
        "conditions.2.day": "RULE_DAYS",
        "conditions.3.first": "RULE_TIME",
        "actions.0.value": "RULE_RANGE",
        "actions.1.value": "RULE_CHOICE",
        "actions.2.sequence_id": "RULE_TARGET_UNKNOWN",
        "actions.3.type": "RULE_ACTION_TYPE",
    }


async def test_groups_and_waiting_agents_and_lines_queues_and_recycling(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
    both: Both,
) -> None:
    queue = await made(admin, "/queues", {"name": "Renfort"})
    waits = {
        "type": "wait_time",
        "campaign_id": campaign["campaign_id"],
        "operator": "GREATER_THAN",
        "value": 10,
    }
    weekend = {"type": "day_of_week", "days": [1, 2, 3, 4, 5, 6, 7]}
    body = rule(
        campaign,
        {"type": "set_lines_most", "value": 40},
        {"type": "set_lines_reserved", "value": 2},
        {"type": "change_queue", "queue_id": queue["queue_id"]},
        {"type": "recycle", "unreached": True},
        conditions=[weekend, {"type": "group", "match": "any", "conditions": [waits, waits]}],
    )
    await made(admin, "/campaign-rules", body)
    agents = [both.a.user_ids[f"a.{name}"] for name in ("agent", "agent2")]
    for minutes, user_id in zip((4, 14), agents, strict=True):
        await scripted.sql(
            """INSERT INTO queue_members (queue_id, user_id, organisation_id)
               SELECT queue_id, :user_id, organisation_id FROM queues WHERE queue_id = :queue_id
               ON CONFLICT DO NOTHING""",
            user_id=user_id,
            queue_id=both.a.queue_id,
        )
        await scripted.sql(
            """INSERT INTO agent_presence (user_id, organisation_id, status, since)
               SELECT user_id, organisation_id, 'ready', :since FROM users
               WHERE user_id = :user_id""",
            user_id=user_id,
            since=clock.now() - timedelta(minutes=minutes),
        )
    await finish(scripted, campaign, 2)
    await look(timetable, clock)
    assert await fired(admin) == [], "nine minutes on average"
    clock.advance(minutes=2)
    await look(timetable, clock)
    assert {code for _, code in await fired(admin)} == {""}
    assert {action for action, _ in await fired(admin)} == {
        "set_lines_most", "set_lines_reserved", "change_queue", "recycle",
    }  # fmt: skip
    changed = (await admin.get(f"{V1}/campaigns/{campaign['campaign_id']}")).json()
    assert (changed["lines_most"], changed["lines_reserved"]) == (40, 2)
    assert changed["queue_id"] == queue["queue_id"]
    reasons = await scripted.sql("SELECT state, reason FROM campaign_contacts")
    assert [tuple(row) for row in reasons] == [("open", "RECYCLED")] * 2


async def test_what_is_wrong_in_groups_and_new_actions_and_what_is_about_messages(
    admin: httpx.AsyncClient, campaign: Any, both: Both
) -> None:
    body = rule(
        campaign,
        {"type": "set_lines_most", "value": 1.5},
        {"type": "change_queue", "queue_id": str(both.b.queue_id)},
        {"type": "recycle"},
        {"type": "recycle", "wrap_up_code_ids": [str(both.b.queue_id)]},
        {"type": "set_messages_per_minute", "value": 3},
        {"type": "change_template"},
        conditions=[
            {"type": "group", "match": "some", "conditions": [{"type": "contacts_messaged"}]},
            {"type": "group", "match": "all", "conditions": []},
            {
                "type": "group",
                "match": "all",
                "conditions": [{"type": "group", "match": "all", "conditions": []}],
            },
        ],
    )
    answer = await admin.post(f"{V1}/campaign-rules", json=body)
    fields = answer.json()["error"]["details"]["fields"]
    assert {one["field"]: one["code"] for one in fields} == {
        "conditions.0.match": "RULE_CHOICE",
        "conditions.0.conditions.0.type": "RULE_NO_MESSAGES",
        "conditions.1.conditions": "RULE_LIST",
        "conditions.2.conditions.0.type": "RULE_CONDITION_TYPE",
        "actions.0.value": "RULE_NUMBER",
        "actions.1.queue_id": "RULE_TARGET_UNKNOWN",
        "actions.2.results": "NOTHING_CHOSEN",
        "actions.3.wrap_up_code_ids": "UNKNOWN",
        "actions.4.type": "RULE_NO_MESSAGES",
        "actions.5.type": "RULE_NO_MESSAGES",
    }
    assert "Aucun canal" in answer.text


async def test_a_rule_changes_to_agentless_only_with_a_flow_and_lines_and_while_nothing_runs(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    body = rule(campaign, {"type": "set_dialing_mode", "value": "agentless"})
    answer = await admin.post(f"{V1}/campaign-rules", json=body)
    fields = answer.json()["error"]["details"]["fields"]
    assert [(one["field"], one["code"]) for one in fields] == [
        ("actions.0.value", "AGENTLESS_FLOW"),
        ("actions.0.value", "AGENTLESS_LINES"),
    ]
    nodes = [{"id": "fin", "type": "hang_up"}]
    draft = {"languages": ["fr"], "start": "fin", "nodes": nodes}
    flow = await made(admin, "/flows", {"name": "Rappels", "draft": draft})
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    kept = (await admin.get(path)).json()
    changed = {"version": kept["version"], "flow_id": flow["flow_id"], "lines_most": 2}
    assert (await admin.patch(path, json=changed)).status_code == 200
    await finish(scripted, campaign, 1)
    await scripted.sql("UPDATE campaigns SET state = 'running'")
    await made(admin, "/campaign-rules", body)
    await look(timetable, clock)
    assert await fired(admin) == [("set_dialing_mode", "FIXED_WHILE_RUNNING")]
    await scripted.sql("UPDATE campaigns SET state = 'paused'")
    await made(admin, "/campaign-rules", body | {"name": "Encore"})
    await look(timetable, clock)
    assert (await admin.get(path)).json()["mode"] == "agentless"
