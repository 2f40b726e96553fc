"""The agent's desktop over HTTP: commands to the floor, the card, outcomes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.domain.reporting.live_views import agent_state
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.ports.floor_client import refusal
from world import Application, Both, SteppedClock

ATTEMPT = UUID(int=(1 << 100) + 7)


@pytest.fixture
def scripted(
    floor: MemoryFloorClient, engine: AsyncEngine, both: Both, clock: SteppedClock
) -> ScriptedFloor:
    """Organisation A's floor; every command leaves the agent ready."""
    scripted = ScriptedFloor.on(floor, engine, both)
    scripted.agent = agent_state(
        user_id=both.a.user_ids["a.agent"],
        display_name="Agent A",
        status="ready",
        since=clock.now(),
        queue_ids=[both.a.queue_id],
    )
    return scripted


@pytest.fixture
async def call(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, clock: SteppedClock
) -> Any:
    """The first agent speaks with a contact; the campaign's script and code ask for values."""
    contact_list = await make_list(admin, ["0161000001"])
    code = await made(
        admin, "/wrap-up-codes", {"name": "Vendu", "required_fields": ["notes", "solde"]}
    )
    body = campaign_body(
        both,
        contact_list["contact_list_id"],
        script="Bonjour **{{nom}}** ({{solde}})",
        wrap_up_code_ids=[code["wrap_up_code_id"]],
    )
    campaign = await made(admin, "/campaigns", body)
    await scripted.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, mode, caller_id, trunk_id, agent_user_id, state, fencing,"
        " dialling_at, answered_at, connected_at) VALUES (:attempt_id, current_organisation(),"
        " :campaign_id, :contact_id, 2, '+2290161000001', 'progressive', '', :trunk_id, :agent,"
        " 'connected', 1, :now, :now, :now)",
        attempt_id=ATTEMPT,
        campaign_id=UUID(campaign["campaign_id"]),
        contact_id=UUID(contact_list["made"][0]["contact_id"]),
        trunk_id=both.a.trunk_id,
        agent=both.a.user_ids["a.agent"],
        now=clock.now(),
    )
    return {"campaign": campaign, "code": code, "contact": contact_list["made"][0]}


def outcome(call: Any, **values: Any) -> dict[str, Any]:
    """An outcome that meets no objection."""
    return {
        "attempt_id": str(ATTEMPT),
        "wrap_up_code_id": call["code"]["wrap_up_code_id"],
        "notes": "Content",
        "fields": {"solde": "1 250,5"},
    } | values


async def test_an_agent_who_is_not_there_is_signed_out(
    agent: httpx.AsyncClient, both: Both
) -> None:
    state = (await agent.get(f"{V1}/agent")).json()
    assert state["user_id"] == str(both.a.user_ids["a.agent"])
    assert state["status"] == "signed_out"
    assert state["leg"] == {"kind": "webrtc", "state": "none"}
    assert state["queue_ids"] == [str(both.a.queue_id)]


async def test_commands_go_to_the_floor_as_the_asker_and_answer_the_state(
    agent: httpx.AsyncClient, scripted: ScriptedFloor, both: Both
) -> None:
    for path, kind in (
        ("ready", "agent.ready"),
        ("connect-leg", "agent.connect_leg"),
        ("fetch", "agent.fetch"),
        ("sign-out", "agent.sign_out"),
    ):
        answer = await agent.post(f"{V1}/agent/{path}")
        assert answer.status_code == 200, answer.text
        assert answer.json() == scripted.agent
        assert scripted.commands[-1] == (both.a.user_ids["a.agent"], kind, {})


async def test_commands_on_a_call_name_it(
    agent: httpx.AsyncClient, scripted: ScriptedFloor, call: Any, both: Both
) -> None:
    colleague = str(both.a.user_ids["a.agent2"])
    asked: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
        ("hang-up", {}, "call.hang_up", {}),
        ("hold", {}, "call.hold", {}),
        ("resume", {}, "call.resume", {}),
        ("mute", {}, "call.mute", {}),
        ("unmute", {}, "call.unmute", {}),
        ("digits", {"digits": "12#"}, "call.digits", {"digits": "12#"}),
        ("dial", {"number": "61000001"}, "agent.dial", {"number": "+2290161000001"}),
        ("skip", {}, "agent.skip", {"reason": ""}),
        (
            "transfer",
            {"to": {"number": "61000002"}},
            "call.transfer",
            {"to": {"number": "+2290161000002"}},
        ),
        (
            "consult",
            {"to": {"user_id": colleague}},
            "call.consult",
            {"to": {"user_id": colleague}},
        ),
        ("consult/complete", {}, "call.consult_complete", {}),
        ("consult/cancel", {}, "call.consult_cancel", {}),
    ]
    for path, body, kind, payload in asked:
        body = {"attempt_id": str(ATTEMPT)} | body
        answer = await agent.post(f"{V1}/agent/{path}", json=body)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        assert scripted.commands[-1][1:] == (kind, {"attempt_id": str(ATTEMPT)} | payload)


async def test_after_call_work_is_asked_for_without_naming_a_call(
    agent: httpx.AsyncClient, scripted: ScriptedFloor
) -> None:
    assert (await agent.post(f"{V1}/agent/after-call")).status_code == 200
    assert scripted.commands[-1][1] == "agent.after_call"


async def test_a_transfer_goes_to_exactly_one_known_target(
    agent: httpx.AsyncClient, scripted: ScriptedFloor, call: Any, both: Both
) -> None:
    stranger = str(both.b.user_ids["b.agent"])
    for to, status in (
        ({}, 422),
        ({"number": "61000002", "user_id": stranger}, 422),
        ({"number": "12"}, 422),
        ({"user_id": stranger}, 404),
    ):
        body = {"attempt_id": str(ATTEMPT), "to": to}
        assert (await agent.post(f"{V1}/agent/transfer", json=body)).status_code == status
    assert scripted.commands == []


async def test_the_floor_s_refusals_reach_the_agent(
    agent: httpx.AsyncClient, scripted: ScriptedFloor
) -> None:
    scripted.refusals["agent.ready"] = refusal(
        Conflict("AGENT_STATE", "Sign in first.", details={"status": "signed_out"})
    )
    scripted.refusals["agent.fetch"] = refusal(
        NotFound("NO_RECORD", "None.", details={"next_attempt_at": "2026-11-23T10:00:00.000Z"})
    )
    ready = await agent.post(f"{V1}/agent/ready")
    assert (ready.status_code, ready.json()["error"]["code"]) == (409, "AGENT_STATE")
    fetch = await agent.post(f"{V1}/agent/fetch")
    assert (fetch.status_code, fetch.json()["error"]["code"]) == (404, "NO_RECORD")
    assert fetch.json()["error"]["details"]["next_attempt_at"] == "2026-11-23T10:00:00.000Z"


async def test_signing_in_gives_the_softphone_its_password(
    agent: httpx.AsyncClient, floor: MemoryFloorClient, scripted: ScriptedFloor, both: Both
) -> None:
    sip = {"uri": "sip:x@kwabo", "user": "x", "password": "s", "ws_path": "/sip"}

    async def answer(user: UUID | None, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        await scripted.take(user, kind, payload)
        return {"ok": True, "agent": scripted.agent, "sip": sip}

    floor.attach(both.a.organisation_id, answer)
    said = await agent.post(f"{V1}/agent/sign-in", json={"leg": {"kind": "webrtc"}})
    assert said.json() == scripted.agent | {"sip": sip}
    leg = {"kind": "address", "address": "61 00 00 07"}
    await agent.post(f"{V1}/agent/sign-in", json={"leg": leg})
    assert scripted.commands[-1][2]["leg"]["address"] == "+2290161000007"


async def test_the_card_has_contact_script_codes_and_earlier_attempts(
    agent: httpx.AsyncClient, scripted: ScriptedFloor, call: Any, both: Both
) -> None:
    await scripted.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, mode, caller_id, trunk_id, state, result, fencing)"
        " SELECT :earlier, organisation_id, campaign_id, contact_id, 1, number, mode, caller_id,"
        " trunk_id, 'closed', 'busy', 1 FROM attempts WHERE attempt_id = :attempt_id",
        earlier=UUID(int=5),
        attempt_id=ATTEMPT,
    )
    card = (await agent.get(f"{V1}/agent/card/{ATTEMPT}")).json()
    assert card["attempt"]["attempt_id"] == str(ATTEMPT)
    assert card["attempt"]["state"] == "connected"
    assert card["contact"] == call["contact"]
    assert [column["name"] for column in card["columns"]] == ["nom", "solde", "tel"]
    assert '<strong><span class="value">Nom 0</span></strong>' in card["script_html"]
    assert [one["name"] for one in card["wrap_up_codes"]] == ["Vendu"]
    assert [one["result"] for one in card["history"]] == ["busy"]
    assert card["callback"] is None


async def test_another_s_call_has_no_card_and_no_outcome(
    application: Application, call: Any, scripted: ScriptedFloor
) -> None:
    for login in ("a.agent2", "b.agent"):
        other = await application.signed_in(login)
        assert (await other.get(f"{V1}/agent/card/{ATTEMPT}")).status_code == 404
        said = await other.post(f"{V1}/agent/wrap-up", json=outcome(call))
        assert said.status_code == 404
    assert scripted.commands == []


async def test_an_outcome_is_checked_and_sent_in_canonical_form(
    agent: httpx.AsyncClient, scripted: ScriptedFloor, call: Any, clock: SteppedClock
) -> None:
    due_at = clock.now() + timedelta(days=1)
    callback = {"due_at": due_at.isoformat(), "mine": True, "number": "61000002", "note": " x "}
    body = outcome(call, callback=callback, next="pause")
    answer = await agent.post(f"{V1}/agent/wrap-up", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json() == scripted.agent
    assert scripted.commands[-1][1:] == (
        "call.wrap_up",
        {
            "attempt_id": str(ATTEMPT),
            "wrap_up_code_id": call["code"]["wrap_up_code_id"],
            "notes": "Content",
            "fields": {"solde": "1250.5"},
            "do_not_call": False,
            "callback": {
                "due_at": due_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
                "mine": True,
                "number": "+2290161000002",
                "note": "x",
                "latest_at": None,
            },
            "next": "pause",
        },
    )


async def test_what_lacks_in_an_outcome_is_named_and_nothing_is_sent(
    agent: httpx.AsyncClient, scripted: ScriptedFloor, call: Any, clock: SteppedClock
) -> None:
    past = {"due_at": (clock.now() - timedelta(seconds=1)).isoformat()}
    body = outcome(call, notes=" ", fields={"tel": "1"}, callback=past)
    answer = await agent.post(f"{V1}/agent/wrap-up", json=body)
    assert answer.status_code == 422
    fields = {f["field"]: f["code"] for f in answer.json()["error"]["details"]["fields"]}
    assert fields == {
        "fields.tel": "FIELD_FIXED",
        "notes": "NOTES_NEEDED",
        "fields.solde": "FIELD_NEEDED",
        "callback.due_at": "CALLBACK_PAST",
    }
    assert scripted.commands == []


async def test_a_code_that_is_not_the_campaign_s_is_refused(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, call: Any
) -> None:
    other = await made(admin, "/wrap-up-codes", {"name": "Autre"})
    body = outcome(call, wrap_up_code_id=other["wrap_up_code_id"])
    answer = await agent.post(f"{V1}/agent/wrap-up", json=body)
    assert answer.json()["error"]["code"] == "WRAP_UP_CODE_UNKNOWN"
    params = {"campaign_id": call["campaign"]["campaign_id"]}
    codes = (await agent.get(f"{V1}/agent/wrap-up-codes", params=params)).json()
    assert [one["name"] for one in codes] == ["Vendu"]


async def test_callbacks_are_one_s_own_and_anyone_s_of_one_s_campaigns(
    application: Application,
    agent: httpx.AsyncClient,
    scripted: ScriptedFloor,
    call: Any,
    both: Both,
) -> None:
    contact_list_id = call["campaign"]["contact_list_id"]
    admin = await application.signed_in("a.admin")
    others = [
        (
            await made(
                admin,
                f"/contact-lists/{contact_list_id}/contacts",
                {"data": {"tel": f"016100001{n}"}},
            )
        )["contact_id"]
        for n in range(2)
    ]
    owners = {
        call["contact"]["contact_id"]: both.a.user_ids["a.agent"],
        others[0]: None,
        others[1]: both.a.user_ids["a.agent2"],
    }
    for number, (contact_id, owner) in enumerate(owners.items()):
        await scripted.sql(
            "INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id,"
            " owner_user_id, number, due_at, created_at) VALUES (:id, current_organisation(),"
            " :campaign_id, :contact_id, :owner, '+2290161000001',"
            " now() + CAST(:hours AS integer) * interval '1 hour', now())",
            id=UUID(int=100 + number),
            campaign_id=UUID(call["campaign"]["campaign_id"]),
            contact_id=UUID(contact_id),
            owner=owner,
            hours=number,
        )
    found = (await agent.get(f"{V1}/agent/callbacks")).json()
    assert [(one["contact_id"], one["mine"]) for one in found] == [
        (call["contact"]["contact_id"], True),
        (others[0], False),
    ]


async def test_the_directory_tells_who_is_there_and_nothing_of_their_calls(
    agent: httpx.AsyncClient, both: Both, call: Any
) -> None:
    colleagues = (await agent.get(f"{V1}/agent/directory")).json()
    assert [one["user_id"] for one in colleagues] == [str(both.a.user_ids["a.agent2"])]
    assert set(colleagues[0]) == {"user_id", "display_name", "status", "since"}


async def test_a_pause_reason_must_be_one_of_the_active_ones(
    agent: httpx.AsyncClient, scripted: ScriptedFloor, both: Both
) -> None:
    reasons = (await agent.get(f"{V1}/agent/pause-reasons")).json()
    reason_id = reasons[0]["pause_reason_id"]
    paused = await agent.post(f"{V1}/agent/pause", json={"pause_reason_id": reason_id})
    assert paused.status_code == 200
    assert scripted.commands[-1][2] == {"pause_reason_id": reason_id}
    stranger = {"pause_reason_id": str(both.a.queue_id)}
    answer = await agent.post(f"{V1}/agent/pause", json=stranger)
    assert answer.json()["error"]["code"] == "PAUSE_REASON_UNKNOWN"
