"""Scripts over HTTP: drafts, versions, use by campaigns, answers in calls, buttons, exports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.domain.reporting.live_views import agent_state
from world import Both, SteppedClock

ATTEMPT = UUID(int=(1 << 100) + 9)
NUMBER = "+2290161000001"


def page(name: str, *blocks: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"id": name, "title": name.capitalize(), "blocks": list(blocks), **values}


def document(**button: Any) -> dict[str, Any]:
    """Two pages with a field for a column, one of the call's own, and buttons."""
    blocks: list[dict[str, Any]] = [
        {"type": "text", "text": "Bonjour {{nom}}, vous devez {{solde}} F."},
        {
            "type": "field", "id": "nouveau", "label": "Nouveau nom", "input": "text",
            "column": "nom",
        },
        {
            "type": "field", "id": "accord", "label": "Accord ?", "input": "yes_no",
            "required": True, "personal": True,
        },
        {
            "type": "button", "id": "refus", "label": "Ne plus appeler",
            "action": {"type": "do_not_call", "days": 30, **button},
        },
        {
            "type": "button", "id": "faux", "label": "Mauvais numéro",
            "action": {"type": "uncallable", "what": "number"},
        },
    ]  # fmt: skip
    return {
        "required": "success",
        "pages": [page("accueil", *blocks, next="fin"), page("fin", finish=True)],
    }


async def published(
    admin: httpx.AsyncClient, draft: dict[str, Any], name: str = "Relance"
) -> dict[str, Any]:
    script = await made(admin, "/scripts", {"name": name, "draft": draft})
    answer = await admin.post(
        f"{V1}/scripts/{script['script_id']}/publish",
        json={"version": script["version"], "note": "Premier"},
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
def scripted(
    floor: MemoryFloorClient, engine: AsyncEngine, both: Both, clock: SteppedClock
) -> ScriptedFloor:
    scripted = ScriptedFloor.on(floor, engine, both)
    scripted.agent = agent_state(
        user_id=both.a.user_ids["a.agent"], display_name="Agent A", status="ready",
        since=clock.now(), queue_ids=[both.a.queue_id],
    )  # fmt: skip
    return scripted


@pytest.fixture
async def call(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, clock: SteppedClock
) -> dict[str, Any]:
    """The first agent speaks with a contact, in a campaign with a script."""
    contact_list = await make_list(admin, [NUMBER])
    script = await published(admin, document())
    success = await made(admin, "/wrap-up-codes", {"name": "Vendu", "flags": ["success"]})
    other = await made(admin, "/wrap-up-codes", {"name": "Raccroché", "flags": []})
    body = campaign_body(
        both, contact_list["contact_list_id"], script_id=script["script_id"],
        wrap_up_code_ids=[success["wrap_up_code_id"], other["wrap_up_code_id"]],
    )  # fmt: skip
    campaign = await made(admin, "/campaigns", body)
    await scripted.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, mode, caller_id, trunk_id, agent_user_id, state, fencing,"
        " dialling_at, answered_at, connected_at) VALUES (:attempt_id, current_organisation(),"
        " :campaign_id, :contact_id, 1, :number, 'progressive', '', :trunk_id, :agent,"
        " 'connected', 1, :now, :now, :now)",
        attempt_id=ATTEMPT,
        campaign_id=UUID(campaign["campaign_id"]),
        contact_id=UUID(contact_list["made"][0]["contact_id"]),
        number=NUMBER,
        trunk_id=both.a.trunk_id,
        agent=both.a.user_ids["a.agent"],
        now=clock.now(),
    )
    return {
        "campaign": campaign, "script": script, "success": success, "other": other,
        "list": contact_list, "contact": contact_list["made"][0],
    }  # fmt: skip


async def card(agent: httpx.AsyncClient) -> Any:
    answer = await agent.get(f"{V1}/agent/card/{ATTEMPT}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def save(agent: httpx.AsyncClient, revision: int, **values: Any) -> httpx.Response:
    return await agent.put(
        f"{V1}/agent/script-answers/{ATTEMPT}", json={"revision": revision, **values}
    )


async def contact_of(admin: httpx.AsyncClient, call: Any) -> Any:
    return (await admin.get(f"{V1}/contacts/{call['contact']['contact_id']}")).json()


# ── Drafts and versions ──────────────────────────────────────────────────────────────────────────


async def test_a_wrong_draft_is_kept_and_told_but_not_published(admin: httpx.AsyncClient) -> None:
    contact_list = await make_list(admin, [])
    draft = {"pages": [page("accueil", {"type": "text", "text": "{{prenom}}"}, next="fin")]}
    script = await made(
        admin,
        "/scripts",
        {"name": "Relance", "contact_list_id": contact_list["contact_list_id"], "draft": draft},
    )
    told = {(one["path"], one["code"]) for one in script["problems"]}
    assert told == {
        ("pages.0.blocks.0.text", "SCRIPT_NAME_UNKNOWN"),
        ("pages.0.next", "SCRIPT_PAGE_MISSING"),
    }
    assert "prenom" in script["problems"][0]["message"]
    answer = await admin.post(f"{V1}/scripts/{script['script_id']}/publish", json={"version": 1})
    assert answer.status_code == 422
    fields = {one["field"] for one in answer.json()["error"]["details"]["fields"]}
    assert fields == {"pages.0.blocks.0.text", "pages.0.next"}
    check = await admin.post(f"{V1}/scripts/check", json={"draft": document()})
    assert check.json() == {"problems": []}


async def test_versions_are_published_and_rolled_back(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    script = await published(admin, document())
    path = f"{V1}/scripts/{script['script_id']}"
    same = await admin.post(f"{path}/publish", json={"version": script["version"]})
    assert same.json()["error"]["code"] == "SCRIPT_SAME"
    second = document()
    second["pages"][0]["title"] = "Bienvenue"
    stale = await admin.patch(path, json={"version": 1, "draft": second})
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    changed = (await admin.patch(path, json={"version": script["version"], "draft": second})).json()
    publish = await admin.post(
        f"{path}/publish", json={"version": changed["version"], "note": "Titre"}
    )
    assert publish.json()["published_version"] == 2
    back = await admin.post(
        f"{path}/roll-back", json={"version": publish.json()["version"], "to_version": 1}
    )
    assert back.status_code == 200, back.text
    assert back.json()["published_version"] == 3
    assert back.json()["draft"] == second, "the draft stays"
    versions = (await supervisor.get(f"{path}/versions")).json()["items"]
    assert [(v["version"], v["restored_from"], v["note"]) for v in versions] == [
        (3, 1, ""), (2, None, "Titre"), (1, None, "Premier"),
    ]  # fmt: skip
    assert versions[0]["document"] == versions[2]["document"] == document()
    audit = (await admin.get(f"{V1}/audit?subject_kind=script")).json()["items"]
    assert [one["action"] for one in audit] == [
        "script.rolled_back", "script.published", "script.changed", "script.published",
        "script.created",
    ]  # fmt: skip
    refused = await supervisor.post(f"{path}/publish", json={"version": 5})
    assert refused.status_code == 403


async def test_a_campaign_takes_only_a_published_script_that_fits_its_list(
    admin: httpx.AsyncClient, both: Both
) -> None:
    contact_list = await make_list(admin, [])
    draft = await made(admin, "/scripts", {"name": "Brouillon", "draft": document()})
    body = campaign_body(both, contact_list["contact_list_id"], script_id=draft["script_id"])
    answer = await admin.post(f"{V1}/campaigns", json=body)
    assert answer.json()["error"]["details"]["fields"][0]["code"] == "SCRIPT_NOT_PUBLISHED"
    unfit = await published(
        admin, {"pages": [page("un", {"type": "text", "text": "{{prenom}}"}, finish=True)]}
    )
    answer = await admin.post(f"{V1}/campaigns", json=body | {"script_id": unfit["script_id"]})
    wrong = answer.json()["error"]["details"]["fields"][0]
    assert (wrong["code"], wrong["field"]) == ("SCRIPT_NOT_FOR_LIST", "script_id")
    assert wrong["place"] == "pages.0.blocks.0.text"
    assert wrong["message"] == (
        "Le script ne va pas avec la liste de la campagne, page 1 : Il n’y a pas de « prenom » à "
        "montrer : colonnes, answer:champ, agent:name, campaign:name."
    )


async def test_a_script_in_use_is_not_deleted_and_checks_its_campaigns_lists(
    admin: httpx.AsyncClient, call: Any
) -> None:
    path = f"{V1}/scripts/{call['script']['script_id']}"
    assert (await admin.delete(path)).json()["error"]["code"] == "SCRIPT_IN_USE"
    draft = document()
    draft["pages"][0]["blocks"][0]["text"] = "{{prenom}}"
    kept = await admin.patch(path, json={"version": call["script"]["version"], "draft": draft})
    assert [one["code"] for one in kept.json()["problems"]] == ["SCRIPT_NAME_UNKNOWN"]
    use = await admin.get(
        f"{V1}/contact-lists/{call['list']['contact_list_id']}/columns/uses?column=nom"
    )
    if use.status_code == 200:
        assert {"kind": "script", "name": "Relance", "shared": True} in use.json()


async def test_an_unused_script_is_deleted(admin: httpx.AsyncClient) -> None:
    script = await published(admin, document())
    path = f"{V1}/scripts/{script['script_id']}"
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404


async def test_a_campaigns_text_becomes_a_script(admin: httpx.AsyncClient, both: Both) -> None:
    contact_list = await make_list(admin, [])
    body = campaign_body(both, contact_list["contact_list_id"], script="Bonjour **{{nom}}**")
    campaign = await made(admin, "/campaigns", body)
    path = f"/campaigns/{campaign['campaign_id']}/script"
    script = await made(admin, path, {"name": "Ancien"})
    assert script["published_version"] == 1
    assert script["campaigns"] == ["Relance"]
    assert script["draft"]["pages"][0]["blocks"] == [
        {"type": "text", "text": "Bonjour **{{nom}}**"}
    ]
    changed = (await admin.get(f"{V1}/campaigns/{campaign['campaign_id']}")).json()
    assert changed["script_id"] == script["script_id"]
    assert changed["script"] == "Bonjour **{{nom}}**"
    again = await admin.post(V1 + path, json={"name": "Encore"})
    assert again.json()["error"]["code"] == "SCRIPT_SET"


# ── Calls ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_call_keeps_the_version_with_which_it_began(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, call: Any
) -> None:
    first = (await card(agent))["script"]
    assert first["script_version"] == 1
    assert first["document"] == document()
    path = f"{V1}/scripts/{call['script']['script_id']}"
    second = document()
    second["pages"][0]["title"] = "Autre"
    changed = await admin.patch(path, json={"version": call["script"]["version"], "draft": second})
    publish = await admin.post(f"{path}/publish", json={"version": changed.json()["version"]})
    assert publish.status_code == 200, publish.text
    assert (await card(agent))["script"]["script_version"] == 1


async def test_answers_are_kept_and_their_columns_written_at_once(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, call: Any, scripted: ScriptedFloor
) -> None:
    await card(agent)
    answer = await save(
        agent, 10, page="accueil", visited=["accueil"],
        answers={"nouveau": {"value": " Agossou ", "base": "Nom 0"}, "accord": {"value": "yes"}},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    kept = answer.json()
    assert kept["answers"] == {"nouveau": "Agossou", "accord": "yes"}
    assert kept["conflicts"] == []
    assert kept["data"]["nom"] == "Agossou"
    assert (await contact_of(admin, call))["data"]["nom"] == "Agossou"
    (row,) = await scripted.sql("SELECT answers, pii_answers FROM script_answers")
    assert (row.answers, row.pii_answers) == ({"nouveau": "Agossou"}, {"accord": "yes"})

    old = await save(agent, 9, answers={"accord": {"value": "no"}})
    assert old.json()["answers"]["accord"] == "yes", "an older save changes nothing"
    same = await save(agent, 10, answers={"accord": {"value": "no"}})
    assert same.json()["answers"]["accord"] == "yes", "the same save is done once"
    shown = (await card(agent))["script"]
    assert (shown["page"], shown["visited"], shown["revision"]) == ("accueil", ["accueil"], 10)


async def test_a_column_changed_meanwhile_is_not_overwritten(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, call: Any
) -> None:
    await card(agent)
    contact = await contact_of(admin, call)
    path = f"{V1}/contacts/{contact['contact_id']}"
    changed = await admin.patch(
        path, json={"version": contact["version"], "data": {"nom": "Mensah"}}
    )
    assert changed.status_code == 200
    answer = await save(agent, 1, answers={"nouveau": {"value": "Agossou", "base": "Nom 0"}})
    assert answer.json()["conflicts"] == [{"field": "nouveau", "column": "nom", "value": "Mensah"}]
    assert answer.json()["answers"]["nouveau"] == "Agossou", "the answer is not lost"
    assert (await contact_of(admin, call))["data"]["nom"] == "Mensah"
    answer = await save(agent, 2, answers={"nouveau": {"value": "Agossou", "base": "Mensah"}})
    assert answer.json()["conflicts"] == []
    assert (await contact_of(admin, call))["data"]["nom"] == "Agossou"


async def test_wrong_answers_are_named(agent: httpx.AsyncClient, call: Any) -> None:
    answer = await save(agent, 1, answers={"accord": {"value": "peut-être"}, "zut": {"value": "x"}})
    fields = {one["field"]: one["code"] for one in answer.json()["error"]["details"]["fields"]}
    assert fields == {"answers.accord": "SCRIPT_CHOICE", "answers.zut": "SCRIPT_ANSWER_UNKNOWN"}


async def test_only_the_calls_agent_saves_and_presses(
    agent: httpx.AsyncClient, application: Any, call: Any
) -> None:
    other = await application.signed_in("a.agent2")
    assert (await save(other, 1, answers={})).status_code == 404
    body = {"attempt_id": str(ATTEMPT), "button_id": "refus"}
    assert (await other.post(f"{V1}/agent/script-buttons", json=body)).status_code == 404


async def test_whoever_takes_the_call_over_sees_the_answers(
    agent: httpx.AsyncClient, application: Any, call: Any, scripted: ScriptedFloor, both: Both
) -> None:
    await card(agent)
    await save(
        agent, 5, page="fin", visited=["accueil", "fin"], answers={"accord": {"value": "no"}}
    )
    await scripted.sql(
        "UPDATE attempts SET agent_user_id = :agent WHERE attempt_id = :id",
        agent=both.a.user_ids["a.agent2"], id=ATTEMPT,
    )  # fmt: skip
    script = (await card(await application.signed_in("a.agent2")))["script"]
    assert script["answers"] == {"accord": "no"}
    assert script["page"] == "fin"


async def test_a_success_needs_the_required_answers_and_nothing_else_does(
    agent: httpx.AsyncClient, call: Any
) -> None:
    await card(agent)
    await save(agent, 1, page="accueil", visited=["accueil"])

    async def wrap_up(code: str) -> httpx.Response:
        body = {"attempt_id": str(ATTEMPT), "wrap_up_code_id": call[code]["wrap_up_code_id"]}
        return await agent.post(f"{V1}/agent/wrap-up", json=body)

    refused = await wrap_up("success")
    assert refused.status_code == 422
    (field,) = refused.json()["error"]["details"]["fields"]
    assert (field["field"], field["code"]) == ("script.accord", "SCRIPT_FIELD_NEEDED")
    assert (await wrap_up("other")).status_code == 200, "a dead call is ended"
    await save(agent, 2, answers={"accord": {"value": "no"}})
    assert (await wrap_up("success")).status_code == 200


async def test_the_do_not_call_button_lists_all_numbers_and_shortens_nothing(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, call: Any, both: Both
) -> None:
    entries = f"{V1}/dnc-lists/{both.a.dnc_list_id}/entries"
    body = {"attempt_id": str(ATTEMPT), "button_id": "refus"}
    answer = await agent.post(f"{V1}/agent/script-buttons", json=body)
    assert answer.json() == {"done": "DNC_LISTED"}
    (entry,) = (await admin.get(entries)).json()["items"]
    assert (entry["value"], entry["source"], entry["reason"]) == (NUMBER, "agent", "SCRIPT")
    assert entry["expires_at"] is not None
    put = await admin.post(entries, json={"entries": [{"value": NUMBER, "reason": "à vie"}]})
    assert put.status_code in (200, 201), put.text
    await agent.post(f"{V1}/agent/script-buttons", json=body)
    (entry,) = (await admin.get(entries)).json()["items"]
    assert entry["expires_at"] is None, "an objection for ever stays for ever"
    audit = (await admin.get(f"{V1}/audit?subject_kind=dnc_list")).json()["items"]
    assert audit[0]["details"]["attempt_id"] == str(ATTEMPT)


async def test_the_wrong_number_button(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, call: Any
) -> None:
    body = {"attempt_id": str(ATTEMPT), "button_id": "faux"}
    answer = await agent.post(f"{V1}/agent/script-buttons", json=body)
    assert answer.json() == {"done": "NUMBER_UNCALLABLE"}
    assert (await contact_of(admin, call))["numbers"][0]["callable"] is False
    unknown = await agent.post(
        f"{V1}/agent/script-buttons", json={"attempt_id": str(ATTEMPT), "button_id": "zut"}
    )
    assert unknown.status_code == 404


async def test_late_answers_are_refused(
    agent: httpx.AsyncClient, call: Any, scripted: ScriptedFloor, clock: SteppedClock
) -> None:
    await card(agent)
    await scripted.sql(
        "UPDATE attempts SET state = 'closed', result = 'person', closed_at = :at"
        " WHERE attempt_id = :id", at=clock.now(), id=ATTEMPT,
    )  # fmt: skip
    clock.advance(hours=1)
    assert (await save(agent, 1, answers={"accord": {"value": "no"}})).status_code == 200
    clock.advance(hours=24)
    late = await save(agent, 2, answers={"accord": {"value": "yes"}})
    # The session may have ended too; then nothing is said of the call.
    assert late.status_code in (401, 409)
    if late.status_code == 409:
        assert late.json()["error"]["code"] == "SCRIPT_CLOSED"


async def test_answers_are_listed_and_exported(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, agent: httpx.AsyncClient, call: Any
) -> None:
    await card(agent)
    path = f"{V1}/campaigns/{call['campaign']['campaign_id']}/script-answers"
    assert (await supervisor.get(path)).json()["items"] == [], "a card that was only opened"
    await save(
        agent, 1, answers={"nouveau": {"value": "=1+1", "base": None}, "accord": {"value": "yes"}}
    )
    (row,) = (await supervisor.get(path)).json()["items"]
    assert row["number"] == NUMBER
    assert row["agent"] == "Agent A"
    assert [(one["field"], one["value"], one["personal"]) for one in row["answers"]] == [
        ("nouveau", "=1+1", False), ("accord", "yes", True),
    ]  # fmt: skip
    csv = (await admin.get(f"{path}.csv")).text.splitlines()
    assert "Nouveau nom (nouveau)" in csv[0]
    assert ";'=1+1;" in csv[1]
    one = await admin.get(f"{V1}/attempts/{ATTEMPT}/script-answers")
    assert [answer["field"] for answer in one.json()] == ["nouveau", "accord"]
    assert (await agent.get(path)).status_code == 403


async def test_an_old_script_shows_values_as_they_are_read(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, call: Any
) -> None:
    contact = await contact_of(admin, call)
    await admin.patch(
        f"{V1}/contacts/{contact['contact_id']}",
        json={"version": contact["version"], "data": {"solde": "53144.70"}},
    )
    campaign = call["campaign"]
    changed = await admin.patch(
        f"{V1}/campaigns/{campaign['campaign_id']}",
        json={"version": campaign["version"], "script_id": None,
              "script": "{{solde}} [x](https://a.bj/{{solde}})"},
    )  # fmt: skip
    assert changed.status_code == 200, changed.text
    shown = await card(agent)
    assert shown["script"] is None
    assert "53\u202f144,70" in shown["script_html"]
    assert "https://a.bj/53144.70" in shown["script_html"]
