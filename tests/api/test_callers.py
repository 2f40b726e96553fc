"""Calls from outside over HTTP: what the card and the attempt tell of the caller."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.domain.reporting.live_views import agent_state
from kwabo.domain.routing.explanation import Chosen, Explanation
from world import Application, Both, SteppedClock

ATTEMPT = UUID(int=(1 << 100) + 9)
CALLED = "+2290121300100"
DRAFT = {
    "languages": ["fr"],
    "start": "hello",
    "nodes": [{"id": "hello", "type": "hang_up", "title": "Accueil", "ways": {}}],
}


@pytest.fixture
async def caller(
    admin: httpx.AsyncClient,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
    both: Both,
    clock: SteppedClock,
) -> Any:
    """A caller who came through a flow, waited 42 seconds and speaks with an agent."""
    scripted = ScriptedFloor.on(floor, engine, both)
    contact_list = await make_list(admin, ["0161000001"])
    list_id = contact_list["contact_list_id"]
    campaign = await made(admin, "/campaigns", campaign_body(both, list_id, mode="inbound"))
    flow = await made(admin, "/flows", {"name": "Accueil", "draft": DRAFT})
    published = await admin.post(
        f"{V1}/flows/{flow['flow_id']}/publish", json={"version": flow["version"]}
    )
    assert published.status_code in (200, 201), published.text
    body = {
        "number": "01 21 30 01 00",
        "label": "Service client",
        "flow_id": flow["flow_id"],
        "campaign_id": campaign["campaign_id"],
    }
    number = await made(admin, "/inbound-numbers", body)
    assert number["number"] == CALLED
    agent = both.a.user_ids["a.agent"]
    explanation = Explanation(
        call_id=ATTEMPT,
        queue_id=both.a.queue_id,
        user_id=agent,
        waited=42_000,
        idle=9_000,
        urgency=42,
        base_priority=0,
        ring=1,
        needs=(),
        score=0,
        chosen=Chosen.ONLY_ONE,
        runner_up=None,
        agents=(),
        calls=(),
    )
    now = clock.now()
    at = now.isoformat()
    trail = [
        {"flow_id": flow["flow_id"], "node": "hello", "at": at},
        {"flow_id": flow["flow_id"], "node": "gone", "at": at},
    ]
    await scripted.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, mode, caller_id, trunk_id, agent_user_id, state, fencing,"
        " called_number, arrived_at, answered_at, queue_id, queued_at, connected_at, language,"
        " flow) VALUES (:attempt_id, current_organisation(), :campaign_id, :contact_id, 1,"
        " '+2290161000001', 'inbound', :called, :trunk_id, :agent, 'connected', 1, :called,"
        " :arrived, :arrived, :queue_id, :queued, :now, 'fon', CAST(:flow AS jsonb))",
        attempt_id=ATTEMPT,
        campaign_id=UUID(campaign["campaign_id"]),
        contact_id=UUID(contact_list["made"][0]["contact_id"]),
        trunk_id=both.a.trunk_id,
        agent=agent,
        called=CALLED,
        arrived=now - timedelta(seconds=60),
        queue_id=both.a.queue_id,
        queued=now - timedelta(seconds=42),
        now=now,
        flow={
            "flow_id": flow["flow_id"],
            "trail": trail,
            "results": {"choix": "2"},
            "personal": {"solde": "1500"},
            "routing": explanation.document(),
        },
    )
    return scripted


async def test_the_card_tells_the_agent_who_calls_and_what_they_did(
    agent: httpx.AsyncClient, caller: ScriptedFloor
) -> None:
    answer = await agent.get(f"{V1}/agent/card/{ATTEMPT}")
    assert answer.status_code == 200, answer.text
    told = answer.json()["caller"]
    assert told["called_number"] == CALLED
    assert told["label"] == "Service client"
    assert told["language"] == "fon"
    assert told["waited_seconds"] == 42.0
    assert [one["title"] for one in told["way"]] == ["Accueil", ""]
    assert [one["node"] for one in told["way"]] == ["hello", "gone"]
    assert told["results"] == {"choix": "2", "solde": "1500"}


async def test_an_attempt_tells_the_way_the_queue_and_why_it_went_to_its_agent(
    admin: httpx.AsyncClient, caller: ScriptedFloor, both: Both
) -> None:
    answer = await admin.get(f"{V1}/attempts/{ATTEMPT}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    told = answer.json()["caller"]
    assert told["queue_id"] == str(both.a.queue_id)
    assert told["queue_name"]
    assert told["queued_at"] > told["arrived_at"]
    assert told["results"] == {"choix": "2", "solde": "1500"}
    assert "42 s" in " ".join(told["routing"])


async def test_personal_results_need_the_right_to_read_contacts(
    application: Application, both: Both, caller: ScriptedFloor
) -> None:
    await caller.sql(
        "UPDATE users SET permissions = '{reports.read}' WHERE user_id = :user_id",
        user_id=both.a.user_ids["a.agent2"],
    )
    reader = await application.signed_in("a.agent2")
    answer = await reader.get(f"{V1}/attempts/{ATTEMPT}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["caller"]["results"] == {"choix": "2"}


async def test_a_call_of_ours_has_no_caller(
    admin: httpx.AsyncClient, caller: ScriptedFloor
) -> None:
    await caller.sql(
        "UPDATE attempts SET arrived_at = NULL, called_number = '', flow = '{}' "
        "WHERE attempt_id = :attempt_id",
        attempt_id=ATTEMPT,
    )
    assert (await admin.get(f"{V1}/attempts/{ATTEMPT}")).json()["caller"] is None


@pytest.fixture
async def ringing(caller: ScriptedFloor, both: Both, clock: SteppedClock) -> ScriptedFloor:
    """The same caller while the agent is asked."""
    await caller.sql(
        "UPDATE attempts SET agent_user_id = NULL WHERE attempt_id = :attempt_id",
        attempt_id=ATTEMPT,
    )
    await caller.sql(
        "INSERT INTO agent_presence (user_id, organisation_id, status, since, attempt_id)"
        " VALUES (:user_id, current_organisation(), 'alerting', :now, :attempt_id)",
        user_id=both.a.user_ids["a.agent"],
        now=clock.now(),
        attempt_id=ATTEMPT,
    )
    return caller


async def test_an_agent_whose_desk_rings_sees_who_calls(
    agent: httpx.AsyncClient, ringing: ScriptedFloor
) -> None:
    answer = await agent.get(f"{V1}/agent/alert")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["attempt_id"], told["number"]) == (str(ATTEMPT), "+2290161000001")
    assert told["caller"]["label"] == "Service client"
    assert told["caller"]["results"] == {"choix": "2", "solde": "1500"}
    assert told["caller"]["queued_at"] is not None


async def test_an_agent_who_is_asked_for_a_kept_place_sees_who_kept_it(
    agent: httpx.AsyncClient, ringing: ScriptedFloor, both: Both, clock: SteppedClock
) -> None:
    made, kept = UUID(int=ATTEMPT.int + 1), UUID(int=ATTEMPT.int + 2)
    await ringing.sql(
        "INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id, attempt_id,"
        " number, due_at, queue_id, waiting_since, created_at, latest_at)"
        " SELECT :kept, organisation_id, campaign_id, contact_id, attempt_id, number, :now,"
        " queue_id, queued_at, :now, :later FROM attempts WHERE attempt_id = :attempt_id",
        kept=kept,
        now=clock.now(),
        later=clock.now() + timedelta(hours=1),
        attempt_id=ATTEMPT,
    )
    await ringing.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, mode, caller_id, trunk_id, agent_user_id, state, fencing,"
        " callback_id, offered_at, queue_id, queued_at)"
        " SELECT :made, organisation_id, campaign_id, contact_id, 2, number, 'preview',"
        " caller_id, trunk_id, :agent, 'offered', 1, :kept, :now, queue_id, queued_at"
        " FROM attempts WHERE attempt_id = :attempt_id",
        made=made,
        kept=kept,
        agent=both.a.user_ids["a.agent"],
        now=clock.now(),
        attempt_id=ATTEMPT,
    )
    await ringing.sql(
        "UPDATE agent_presence SET attempt_id = :made WHERE user_id = :user_id",
        made=made,
        user_id=both.a.user_ids["a.agent"],
    )
    answer = await agent.get(f"{V1}/agent/alert")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["attempt_id"], told["callback"]) == (str(made), True)
    assert told["caller"]["called_number"] == CALLED
    assert [one["node"] for one in told["caller"]["way"]] == ["hello", "gone"]


async def test_the_wait_ends_where_the_caller_leaves_the_queue_not_with_the_call(
    agent: httpx.AsyncClient, caller: ScriptedFloor, both: Both, clock: SteppedClock
) -> None:
    now = clock.now()
    stay = (
        "INSERT INTO queue_stays (stay_id, organisation_id, queue_id, attempt_id, entered_at,"
        " left_at, outcome, priority) VALUES (:stay_id, current_organisation(), :queue_id,"
        " :attempt_id, :entered, :left, :outcome, 0)"
    )
    entered = now - timedelta(seconds=42)  # as the call says
    await caller.sql(
        stay,
        stay_id=UUID(int=ATTEMPT.int + 3),
        queue_id=both.a.queue_id,
        attempt_id=ATTEMPT,
        entered=entered,
        left=entered + timedelta(seconds=10),
        outcome="overflow",
    )
    last = UUID(int=ATTEMPT.int + 4)
    await caller.sql(
        stay,
        stay_id=last,
        queue_id=both.a.queue_id,
        attempt_id=ATTEMPT,
        entered=entered + timedelta(seconds=10),
        left=None,
        outcome=None,
    )

    async def waited() -> float | None:
        answer = await agent.get(f"{V1}/agent/card/{ATTEMPT}")
        seconds: float | None = answer.json()["caller"]["waited_seconds"]
        return seconds

    assert await waited() is None  # still waits
    await caller.sql(
        "UPDATE queue_stays SET left_at = :left, outcome = 'callback' WHERE stay_id = :last",
        left=entered + timedelta(seconds=25),
        last=last,
    )
    assert await waited() == 25.0


async def test_an_agent_whose_desk_does_not_ring_sees_nobody(
    agent: httpx.AsyncClient, caller: ScriptedFloor
) -> None:
    answer = await agent.get(f"{V1}/agent/alert")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


async def test_taking_and_refusing_go_to_the_floor(
    agent: httpx.AsyncClient, ringing: ScriptedFloor, both: Both, clock: SteppedClock
) -> None:
    ringing.agent = agent_state(
        user_id=both.a.user_ids["a.agent"],
        display_name="Agent A",
        status="ready",
        since=clock.now(),
        queue_ids=[both.a.queue_id],
    )
    body = {"attempt_id": str(ATTEMPT)}
    assert (await agent.post(f"{V1}/agent/take", json=body)).status_code == 200
    answer = await agent.post(f"{V1}/agent/refuse", json={**body, "reason": "busy"})
    assert answer.status_code == 200, answer.text
    assert (await agent.post(f"{V1}/agent/refuse", json=body)).status_code == 200
    assert [(kind, payload.get("reason")) for _, kind, payload in ringing.commands] == [
        ("call.take", None),
        ("call.refuse", "busy"),
        ("call.refuse", ""),
    ]
    unknown = await agent.post(f"{V1}/agent/refuse", json={**body, "reason": "tired"})
    assert unknown.status_code == 422
    stranger = await agent.post(f"{V1}/agent/take", json={"attempt_id": str(UUID(int=3))})
    assert stranger.status_code == 404


async def test_alerts_are_counted_by_agent_day_and_queue(
    admin: httpx.AsyncClient, ringing: ScriptedFloor, both: Both, clock: SteppedClock
) -> None:
    begun = clock.now()
    for number, (outcome, seconds) in enumerate(
        [("taken", 4), ("taken", 8), ("refused", 3), ("not_answered", 15), ("caller_left", 2)]
    ):
        await ringing.sql(
            "INSERT INTO alerts (alert_id, organisation_id, attempt_id, queue_id, user_id,"
            " alerted_at, ended_at, outcome) VALUES (:alert_id, current_organisation(),"
            " :attempt_id, :queue_id, :user_id, :begun, :ended, :outcome)",
            alert_id=UUID(int=500 + number),
            attempt_id=ATTEMPT,
            queue_id=both.a.queue_id,
            user_id=both.a.user_ids["a.agent"],
            begun=begun,
            ended=begun + timedelta(seconds=seconds),
            outcome=outcome,
        )
    day = begun.astimezone(ZoneInfo("Africa/Porto-Novo")).date().isoformat()
    period = {"first_day": day, "last_day": day}
    rows = (await admin.get(f"{V1}/alert-figures", params=period)).json()["rows"]
    (row,) = rows
    assert row["display_name"]
    counted = [row[name] for name in ("alerts", "taken", "refused", "not_answered", "caller_left")]
    assert counted == [5, 2, 1, 1, 1]
    assert row["answer_seconds"] == 6.0
    other = {**period, "queue_id": str(UUID(int=9))}
    assert (await admin.get(f"{V1}/alert-figures", params=other)).json()["rows"] == []
    wrong = {"first_day": day, "last_day": "2020-01-01"}
    refused = await admin.get(f"{V1}/alert-figures", params=wrong)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "PERIOD")


async def test_what_flows_have_noted_is_counted_listed_and_exported(
    admin: httpx.AsyncClient, application: Application, both: Both, caller: ScriptedFloor
) -> None:
    attempt = (await admin.get(f"{V1}/attempts/{ATTEMPT}")).json()
    assert attempt["flow_results"] == {"choix": "2"}, "personal data only where it is asked for"
    history = (await admin.get(f"{V1}/contacts/{attempt['contact_id']}/history")).json()
    assert [one["flow_results"] for one in history] == [{"choix": "2"}]
    path = f"{V1}/campaigns/{attempt['campaign_id']}/flow-results"
    counted = await admin.get(path)
    assert counted.json() == {
        "calls": 1,
        "names": [
            {
                "name": "choix",
                "calls": 1,
                "values": [{"value": "2", "calls": 1}],
                "other_values": 0,
                "other_calls": 0,
            }
        ],
    }
    lines = (await admin.get(f"{path}.csv")).text.splitlines()
    assert len(lines) == 2
    assert "choix" in lines[0]
    assert "solde" in lines[0]
    assert lines[1].startswith(str(ATTEMPT))
    assert "1500" in lines[1]
    await caller.sql(
        "UPDATE users SET permissions = '{reports.read}' WHERE user_id = :user_id",
        user_id=both.a.user_ids["a.agent2"],
    )
    reader = await application.signed_in("a.agent2")
    answer = await reader.get(f"{path}.csv")
    assert "choix" in answer.text
    assert "solde" not in answer.text
    assert "1500" not in answer.text


async def test_what_a_numbers_flow_notes_may_go_to_columns_of_its_campaign(
    admin: httpx.AsyncClient, both: Both
) -> None:
    def draft(name: str) -> dict[str, Any]:
        note = {"id": "note", "type": "note", "result": name, "value": "panne"}
        return {
            "languages": ["fr"],
            "start": "note",
            "nodes": [note | {"ways": {"next": "fin"}}, {"id": "fin", "type": "hang_up"}],
        }

    contact_list = await make_list(admin, ["0161000001"])
    column = next(
        one["name"]
        for one in contact_list["columns"]
        if one["kind"] == "text" and one["name"] not in contact_list["key_columns"]
    )
    list_id = contact_list["contact_list_id"]
    campaign = await made(admin, "/campaigns", campaign_body(both, list_id, mode="inbound"))
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    flow = await made(admin, "/flows", {"name": "Motif", "draft": draft("motif")})
    flow_path = f"{V1}/flows/{flow['flow_id']}"
    published = await admin.post(f"{flow_path}/publish", json={"version": flow["version"]})
    assert published.status_code in (200, 201), published.text
    wanted = {"version": campaign["version"], "flow_notes": [{"name": "motif", "column": column}]}
    refused = await admin.patch(path, json=wanted)
    assert refused.status_code == 422, "no number of the campaign has the flow yet"
    fields = refused.json()["error"]["details"]["fields"]
    assert [(one["field"], one["code"]) for one in fields] == [
        ("flow_notes.0.name", "FLOW_NOTE_UNKNOWN")
    ]
    body = {"number": "01 21 30 01 07", "label": "Pannes", "flow_id": flow["flow_id"]}
    ids = {"campaign_id": campaign["campaign_id"]}
    number = await made(admin, "/inbound-numbers", body | ids)
    changed = await admin.patch(path, json=wanted)
    assert changed.status_code == 200, changed.text
    shown = (await admin.get(path)).json()["flow_notes"]
    assert shown == [{"name": "motif", "column": column, "recalls": {}}]
    kept = (await admin.get(flow_path)).json()
    sent = {"version": kept["version"], "draft": draft("autre")}
    kept = (await admin.patch(flow_path, json=sent)).json()
    answer = await admin.post(f"{flow_path}/publish", json={"version": kept["version"]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "FLOW_NOTES_OF_CAMPAIGN")

    # The number leads to another flow, which has no such note: refused, as long as it is used.
    other = await made(admin, "/flows", {"name": "Autre", "draft": draft("autre")})
    sent = {"version": other["version"]}
    await admin.post(f"{V1}/flows/{other['flow_id']}/publish", json=sent)
    number_path = f"{V1}/inbound-numbers/{number['inbound_number_id']}"
    sent = {"version": number["version"], "flow_id": other["flow_id"]}
    answer = await admin.patch(number_path, json=sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "FLOW_NOTES_OF_CAMPAIGN")
    assert (await admin.get(number_path)).json()["flow_id"] == flow["flow_id"], "nothing is kept"
    second = {"number": "01 21 30 01 08", "label": "Autre", "flow_id": other["flow_id"]} | ids
    await made(admin, "/inbound-numbers", second)
    answer = await admin.delete(number_path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "FLOW_NOTES_OF_CAMPAIGN")
    kept = (await admin.get(path)).json()
    await admin.patch(path, json={"version": kept["version"], "flow_notes": []})
    assert (await admin.patch(number_path, json=sent)).status_code == 200
    assert (await admin.delete(number_path)).status_code == 204
