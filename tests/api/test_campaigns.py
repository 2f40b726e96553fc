"""Campaigns over HTTP: made, checked, changed, copied, started, deleted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.services.organisations import DEMONSTRATION_CALLER_ID
from world import Both


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


@pytest.fixture
async def contact_list(admin: httpx.AsyncClient) -> Any:
    """Two contacts."""
    return await make_list(admin, ["0161000001", "0161000002"])


@pytest.fixture
async def campaign(admin: httpx.AsyncClient, both: Both, contact_list: Any) -> Any:
    """A campaign that is ready."""
    return await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))


async def refused(client: httpx.AsyncClient, body: Any) -> dict[str, str]:
    """Field → code of a refused campaign."""
    answer = await client.post(f"{V1}/campaigns", json=body)
    assert answer.status_code == 422, answer.text
    return {one["field"]: one["code"] for one in answer.json()["error"]["details"]["fields"]}


async def test_what_is_left_out_has_good_defaults(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    body = campaign_body(both, contact_list["contact_list_id"], recall_seconds={"busy": 600})
    del body["callable_weekdays"], body["callable_from"], body["callable_until"]
    campaign = await made(admin, "/campaigns", body)
    assert campaign["state"] == "ready"
    assert campaign["version"] == 1
    assert (campaign["callable_from"], campaign["callable_until"]) == ("08:00", "20:00")
    assert campaign["callable_weekdays"] == [1, 2, 3, 4, 5, 6]
    recalls = campaign["recall_seconds"]
    assert recalls["busy"] == 600
    assert (recalls["no_answer"], recalls["machine"]) == (7200, 14400)
    assert (recalls["congestion"], recalls["failed"], recalls["unknown"]) == (600, 1800, 3600)
    assert recalls["person"] is None
    assert recalls["invalid"] is None
    got = (await admin.get(f"{V1}/campaigns/{campaign['campaign_id']}")).json()
    assert got == campaign


async def test_a_caller_id_in_national_form_is_the_trunk_s_number(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    body = campaign_body(both, contact_list["contact_list_id"], caller_id="01 21 00 00 00")
    assert (await made(admin, "/campaigns", body))["caller_id"] == DEMONSTRATION_CALLER_ID


async def test_every_wrong_field_is_named_in_the_asker_s_language(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    body = campaign_body(
        both,
        contact_list["contact_list_id"],
        caller_id="+22997000000",
        priority=9,
        script="{{inconnu}}",
        callable_until="00:00",
        wrap_up_code_ids=[str(both.b.queue_id)],
    )
    assert await refused(admin, body) == {
        "caller_id": "CALLER_ID_NOT_OF_TRUNK",
        "priority": "RANGE",
        "script": "SCRIPT_COLUMN",
        "callable_until": "WINDOW_EMPTY",
        "wrap_up_code_ids": "UNKNOWN",
    }
    answer = await admin.post(f"{V1}/campaigns", json=body, headers={"Accept-Language": "fr"})
    messages = {f["field"]: f["message"] for f in answer.json()["error"]["details"]["fields"]}
    assert "inconnu" in messages["script"]
    assert "liste" in messages["script"]


async def test_two_campaigns_cannot_have_one_name(
    admin: httpx.AsyncClient, both: Both, campaign: Any
) -> None:
    body = campaign_body(both, campaign["contact_list_id"])
    answer = await admin.post(f"{V1}/campaigns", json=body)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "NAME_TAKEN"
    assert answer.json()["error"]["field"] == "name"


async def test_a_change_leaves_the_rest_and_needs_the_newest_version(
    admin: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor
) -> None:
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    patch = {"version": 1, "recall_seconds": {"busy": None}, "dnc_list_ids": []}
    changed = (await admin.patch(path, json=patch)).json()
    assert changed["version"] == 2
    assert changed["dnc_list_ids"] == []
    assert changed["recall_seconds"] == campaign["recall_seconds"] | {"busy": None}
    assert changed["max_attempts"] == campaign["max_attempts"]
    stale = await admin.patch(path, json={"version": 1, "name": "Autre"})
    assert stale.status_code == 409
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    told = await scripted.sql("SELECT payload FROM floor_commands WHERE kind = 'campaign.changed'")
    assert [row.payload["campaign_id"] for row in told] == [campaign["campaign_id"]] * 2


async def test_a_change_of_nothing_is_no_change(admin: httpx.AsyncClient, campaign: Any) -> None:
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    same = await admin.patch(path, json={"version": 1, "name": campaign["name"]})
    assert same.json()["version"] == 1


async def test_a_running_campaign_keeps_its_mode_and_its_list(
    admin: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor
) -> None:
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    started = await admin.post(f"{path}/start")
    assert started.status_code == 200, started.text
    patch = {"version": 1, "mode": "preview"}
    answer = await admin.patch(path, json=patch)
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["fields"][0]["code"] == "FIXED_WHILE_RUNNING"
    allowed = await admin.patch(path, json={"version": 1, "max_attempts": 7})
    assert allowed.status_code == 200
    assert allowed.json()["max_attempts"] == 7


async def test_start_pause_and_stop_go_to_the_floor_as_the_asker(
    admin: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor, both: Both
) -> None:
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    states = [(await admin.post(f"{path}/{a}")).json()["state"] for a in ("start", "pause", "stop")]
    assert states == ["running", "pausing", "stopped"]
    assert scripted.commands == [
        (both.a.user_ids["a.admin"], f"campaign.{a}", {"campaign_id": campaign["campaign_id"]})
        for a in ("start", "pause", "stop")
    ]
    audited = (await admin.get(f"{V1}/audit", params={"subject_kind": "campaign"})).json()["items"]
    assert [entry["action"] for entry in audited] == [
        "campaign.stopped",
        "campaign.paused",
        "campaign.started",
        "campaign.created",
    ]


async def test_a_state_that_forbids_it_is_explained(
    admin: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor
) -> None:
    answer = await admin.post(f"{V1}/campaigns/{campaign['campaign_id']}/pause")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "CAMPAIGN_STATE"
    assert answer.json()["error"]["details"] == {"state": "ready", "possible": "start"}
    assert scripted.commands == []


async def test_an_empty_list_a_lost_caller_id_and_no_codes_forbid_a_start(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, campaign: Any
) -> None:
    empty = await make_list(admin, [], name="Vide")
    body = campaign_body(both, empty["contact_list_id"], name="Vide")
    of_empty = await made(admin, "/campaigns", body)
    codes = []
    start = f"{V1}/campaigns/{of_empty['campaign_id']}/start"
    codes.append((await admin.post(start)).json()["error"]["code"])
    start = f"{V1}/campaigns/{campaign['campaign_id']}/start"
    await scripted.sql("UPDATE wrap_up_codes SET active = false")
    codes.append((await admin.post(start)).json()["error"]["code"])
    await scripted.sql("UPDATE wrap_up_codes SET active = true")
    await scripted.sql("UPDATE trunks SET caller_ids = '{}'")
    codes.append((await admin.post(start)).json()["error"]["code"])
    assert codes == ["LIST_EMPTY", "NO_WRAP_UP_CODES", "CALLER_ID_MISSING"]
    assert scripted.commands == []


async def test_a_complete_campaign_starts_again_when_contacts_were_added(
    admin: httpx.AsyncClient, scripted: ScriptedFloor, campaign: Any
) -> None:
    await scripted.sql(
        "UPDATE campaigns SET state = 'complete', (scan_added_in, scan_position) = "
        "(SELECT added_in, position FROM contacts ORDER BY added_in DESC, position DESC LIMIT 1)"
    )
    start = f"{V1}/campaigns/{campaign['campaign_id']}/start"
    assert (await admin.post(start)).json()["error"]["code"] == "NOTHING_TO_CALL"
    path = f"/contact-lists/{campaign['contact_list_id']}/contacts"
    await made(admin, path, {"data": {"nom": "Neuf", "tel": "0161000003"}})
    assert (await admin.post(start)).json()["state"] == "running"


async def test_an_empty_queue_and_no_dnc_list_are_only_warned_of(
    admin: httpx.AsyncClient, scripted: ScriptedFloor, campaign: Any
) -> None:
    await scripted.sql("DELETE FROM queue_members")
    await scripted.sql("UPDATE campaigns SET dnc_list_ids = '{}'")
    started = (await admin.post(f"{V1}/campaigns/{campaign['campaign_id']}/start")).json()
    assert started["state"] == "running"
    assert [one["code"] for one in started["warnings"]] == ["NO_AGENTS_IN_QUEUE", "NO_DNC_LIST"]


async def test_without_an_engine_a_start_says_so(
    admin: httpx.AsyncClient, campaign: Any, both: Both
) -> None:
    answer = await admin.post(f"{V1}/campaigns/{campaign['campaign_id']}/start")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "FLOOR_UNAVAILABLE"


async def test_a_copy_has_the_settings_and_no_history(
    admin: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor
) -> None:
    path = f"/campaigns/{campaign['campaign_id']}"
    await made(admin, f"{path}/start", None, status=200)
    copy = await made(admin, f"{path}/copy", {})
    assert copy["name"] == "Relance (2)"
    assert copy["state"] == "ready"
    changing = {"campaign_id", "name", "created_at", "updated_at", "state_changed_at"}
    assert {k: v for k, v in copy.items() if k not in changing} == {
        k: v for k, v in campaign.items() if k not in changing
    }


async def test_only_a_campaign_without_history_can_be_deleted(
    admin: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor
) -> None:
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    await admin.post(f"{path}/start")
    assert (await admin.delete(path)).json()["error"]["code"] == "CAMPAIGN_HAS_HISTORY"
    copy = await made(admin, f"/campaigns/{campaign['campaign_id']}/copy", {"name": "Copie"})
    assert (await admin.delete(f"{V1}/campaigns/{copy['campaign_id']}")).status_code == 204
    assert (await admin.get(f"{V1}/campaigns/{copy['campaign_id']}")).status_code == 404


async def test_pages_come_newest_first_and_know_foreign_tokens(
    admin: httpx.AsyncClient, campaign: Any
) -> None:
    for number in range(3):
        await made(admin, f"/campaigns/{campaign['campaign_id']}/copy", {"name": f"Copie {number}"})
    names, token = [], None
    while True:
        params = {"limit": 2} | ({"page_token": token} if token else {})
        page = (await admin.get(f"{V1}/campaigns", params=params)).json()
        assert page["total"] == 4
        names += [one["name"] for one in page["items"]]
        token = page["next_page_token"]
        if token is None:
            break
    assert names == ["Copie 2", "Copie 1", "Copie 0", "Relance"]
    wrong = await admin.get(f"{V1}/campaigns", params={"page_token": "WyJ4Il0"})  # ["x"]
    assert wrong.json()["error"]["code"] == "PAGE_TOKEN"


async def test_a_supervisor_runs_campaigns_but_does_not_write_them(
    supervisor: httpx.AsyncClient, campaign: Any, scripted: ScriptedFloor
) -> None:
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    assert (await supervisor.post(f"{path}/start")).status_code == 200
    assert (await supervisor.patch(path, json={"version": 1, "name": "X"})).status_code == 403


async def test_a_running_campaign_changes_its_pace_and_the_floor_is_told(
    admin: httpx.AsyncClient, both: Both, campaign: Any, scripted: ScriptedFloor
) -> None:
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    pace = ("mode", "calls_per_agent", "calls_per_agent_ceiling", "abandon_target", "weight")
    assert [campaign[name] for name in pace] == ["progressive", 1.5, 15.0, 0.03, 1]
    assert (campaign["abandon_window"], campaign["agents_kept_free"]) == ("day", 0)
    assert (await admin.post(f"{path}/start")).status_code == 200
    version = (await admin.get(path)).json()["version"]
    await scripted.sql("DELETE FROM floor_commands")
    change = {
        "mode": "predictive",
        "abandon_target": 0.015,
        "abandon_window": "30_days",
        "calls_per_agent_ceiling": 4.5,
        "agents_kept_free": 1,
    }
    answer = await admin.patch(path, json={"version": version, **change})
    assert answer.status_code == 200, answer.text
    assert {name: answer.json()[name] for name in change} == change
    rows = await scripted.sql("SELECT payload FROM floor_commands WHERE kind = 'campaign.changed'")
    assert [row.payload["campaign_id"] for row in rows] == [campaign["campaign_id"]]
    preview = await admin.patch(path, json={"version": version + 1, "mode": "preview"})
    (field,) = preview.json()["error"]["details"]["fields"]
    assert (preview.status_code, field["field"], field["code"]) == (
        422,
        "mode",
        "FIXED_WHILE_RUNNING",
    )


async def test_lines_can_be_set_aside_once(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    trunk = next(
        one
        for one in (await admin.get(f"{V1}/trunks")).json()["items"]
        if one["trunk_id"] == str(both.a.trunk_id)
    )
    lines = trunk["lines"]
    body = campaign_body(both, contact_list["contact_list_id"], lines_reserved=lines + 1)
    assert await refused(admin, body) == {"lines_reserved": "LINES_NOT_THERE"}
    first = await made(admin, "/campaigns", body | {"lines_reserved": lines - 1})
    assert (first["lines_reserved"], first["lines_most"]) == (lines - 1, 0)


async def test_a_wrong_pace_is_refused_with_its_field_and_its_limits(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    wrong = {"calls_per_agent": 20, "abandon_target": 0.5, "weight": 0, "agents_kept_free": 101}
    body = campaign_body(both, contact_list["contact_list_id"], mode="power", **wrong)
    assert await refused(admin, body) == dict.fromkeys(wrong, "RANGE")
    answer = await admin.post(
        f"{V1}/campaigns", json=body | {"weight": 1}, headers={"Accept-Language": "fr"}
    )
    told = {one["field"]: one for one in answer.json()["error"]["details"]["fields"]}
    assert "0.2" in told["abandon_target"]["message"] or "0,2" in told["abandon_target"]["message"]


@pytest.mark.parametrize(
    "edge",
    [
        {"abandon_target": 0.001, "calls_per_agent": 1.0, "calls_per_agent_ceiling": 1.0},
        {"abandon_target": 0.2, "calls_per_agent": 15.0, "calls_per_agent_ceiling": 50.0},
    ],
)
async def test_the_limits_of_a_pace_are_allowed_themselves(
    admin: httpx.AsyncClient, both: Both, contact_list: Any, edge: dict[str, float]
) -> None:
    body = campaign_body(both, contact_list["contact_list_id"], mode="predictive", **edge)
    answer = await admin.post(f"{V1}/campaigns", json=body)
    assert answer.status_code == 201, answer.text
    assert {name: answer.json()[name] for name in edge} == edge


async def test_a_campaign_without_agents_needs_a_published_flow_and_lines(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    nodes = [{"id": "fin", "type": "hang_up"}]
    draft = {"languages": ["fr"], "start": "fin", "nodes": nodes}
    flow = await made(admin, "/flows", {"name": "Rappels", "draft": draft})
    list_id = contact_list["contact_list_id"]
    bare = campaign_body(both, list_id, name="Sans agent", mode="agentless")
    assert await refused(admin, bare) == {
        "flow_id": "AGENTLESS_FLOW",
        "lines_most": "AGENTLESS_LINES",
    }
    unknown = {**bare, "flow_id": str(uuid4()), "lines_most": 3}
    assert await refused(admin, unknown) == {"flow_id": "FLOW_UNKNOWN"}
    body = {**bare, "flow_id": flow["flow_id"], "lines_most": 3}
    campaign = await made(admin, "/campaigns", body)
    assert (campaign["mode"], campaign["flow_id"]) == ("agentless", flow["flow_id"])
    start = await admin.post(f"{V1}/campaigns/{campaign['campaign_id']}/start")
    assert start.json()["error"]["code"] == "CAMPAIGN_FLOW_UNPUBLISHED"
    path = f"{V1}/flows/{flow['flow_id']}"
    assert (await admin.get(path)).json()["users"] == [{"kind": "campaign", "name": "Sans agent"}]
    assert (await admin.delete(path)).json()["error"]["code"] == "FLOW_IN_USE"


async def test_what_a_flow_notes_goes_to_columns_that_fit_and_stays_right(
    admin: httpx.AsyncClient, both: Both, contact_list: Any
) -> None:
    def draft(name: str) -> dict[str, Any]:
        question = {"name": name, "say": [{"text": {"fr": "De 1 à 5 ?"}}]}
        return {
            "languages": ["fr"],
            "start": "ask",
            "nodes": [
                {"id": "ask", "type": "survey", "questions": [question], "ways": {"next": "fin"}},
                {"id": "fin", "type": "hang_up"},
            ],
        }

    flow = await made(admin, "/flows", {"name": "Enquête", "draft": draft("avis")})
    path = f"{V1}/flows/{flow['flow_id']}"
    published = await admin.post(f"{path}/publish", json={"version": flow["version"]})
    assert published.status_code == 200, published.text
    bare = campaign_body(both, contact_list["contact_list_id"], name="Enquête", mode="agentless")
    bare |= {"flow_id": flow["flow_id"], "lines_most": 2}
    columns = {one["name"]: one["kind"] for one in contact_list["columns"]}
    text_column = next(
        name
        for name, kind in columns.items()
        if kind == "text" and name not in contact_list["key_columns"]
    )
    phone = next(name for name, kind in columns.items() if kind == "phone")
    wrong = [{"name": "rien", "column": "aucune"}, {"name": "avis", "column": phone}]
    assert await refused(admin, bare | {"flow_notes": wrong}) == {
        "flow_notes.0.name": "FLOW_NOTE_UNKNOWN",
        "flow_notes.0.column": "FLOW_NOTE_COLUMN_UNKNOWN",
        "flow_notes.1.column": "FLOW_NOTE_COLUMN_FIXED",
    }
    notes = [{"name": "avis", "column": text_column, "recalls": {"1": 3600, "5": None}}]
    rule = {"steps": [{"after_seconds": 900}], "other_hours": False, "afterwards": "finish"}
    body = bare | {"flow_notes": notes, "recall_rules": {"FLOW_LEFT": rule}}
    campaign = await made(admin, "/campaigns", body)
    assert campaign["flow_notes"] == notes
    assert campaign["recall_rules"]["FLOW_LEFT"] == rule | {"most": None}
    changed = await admin.patch(
        f"{V1}/campaigns/{campaign['campaign_id']}",
        json={"version": campaign["version"], "flow_notes": [{"name": "avis"}]},
    )
    assert changed.json()["flow_notes"] == [{"name": "avis", "column": "", "recalls": {}}]

    # The flow is published anew without that name: the campaign that uses it is named.
    kept = (await admin.get(path)).json()
    sent = {"version": kept["version"], "draft": draft("autre")}
    kept = (await admin.patch(path, json=sent)).json()
    answer = await admin.post(f"{path}/publish", json={"version": kept["version"]})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "FLOW_NOTES_OF_CAMPAIGN"
    assert answer.json()["error"]["details"]["campaign"] == "Enquête"

    # So is one whose response set leads to another flow.
    other = await made(admin, "/flows", {"name": "Autre", "draft": draft("autre")})
    sent = {"version": other["version"]}
    await admin.post(f"{V1}/flows/{other['flow_id']}/publish", json=sent)
    reactions = {"callable_machine": {"type": "flow", "flow_id": flow["flow_id"]}}
    machines = await made(admin, "/response-sets", {"name": "Machines", "reactions": reactions})
    body = campaign_body(both, contact_list["contact_list_id"], name="Machines")
    body |= {"response_set_id": machines["response_set_id"], "flow_notes": [{"name": "avis"}]}
    await made(admin, "/campaigns", body)
    reactions["callable_machine"]["flow_id"] = other["flow_id"]
    sent = {"version": machines["version"], "reactions": reactions}
    answer = await admin.patch(f"{V1}/response-sets/{machines['response_set_id']}", json=sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "FLOW_NOTES_OF_CAMPAIGN")
    assert answer.json()["error"]["details"]["campaign"] == "Machines"


async def test_the_progress_tells_when_the_list_will_end_or_why_nobody_can_say(
    admin: httpx.AsyncClient, both: Both, contact_list: Any, scripted: Any
) -> None:
    body = campaign_body(both, contact_list["contact_list_id"], name="Fin de liste")
    body |= {"callable_weekdays": [1, 2, 3, 4, 5, 6, 7], "callable_from": "00:00"}
    campaign = await made(admin, "/campaigns", body | {"callable_until": "23:59"})
    path = f"{V1}/campaigns/{campaign['campaign_id']}/progress"
    end = (await admin.get(path)).json()["list_end"]
    assert (end["unknown"], end["earliest"]) == ("NOT_RUNNING", None)
    await scripted.sql("UPDATE campaigns SET state = 'running', state_changed_at = '2020-01-01'")
    end = (await admin.get(path)).json()["list_end"]
    assert (end["unknown"], end["attempts"]) == ("TOO_LITTLE_CALLED", 0)
    assert end["observed_seconds"] == 3600.0
