"""Flows over HTTP: drafts, versions, tests kept with them, trials, files."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from audio_files import tone_wav
from campaign_world import V1, made
from kwabo.api.translations import codes
from kwabo.domain.flows.nodes import NODE_TYPES
from kwabo.domain.flows.problems import MESSAGES
from world import Application, Both

CALLER = "+2290197000001"
EXAMPLES = Path(__file__).parents[2] / "examples" / "flows"


def document(both: Both, **nodes: dict[str, Any]) -> dict[str, Any]:
    """A menu with an agent and a number that is told; nodes may be changed or added."""
    found: dict[str, dict[str, Any]] = {
        "menu": {
            "type": "menu", "say": [{"text": {"fr": "Un : solde. Deux : agent."}}],
            "options": [{"key": "1", "label": {"fr": "Solde"}},
                        {"key": "2", "label": {"fr": "Agent"}}],
            "ways": {"1": "tell", "2": "queue", "timeout": "bye"},
        },
        "tell": {"type": "say", "say": [{"amount": "{{balance}}"}], "ways": {"next": "note"}},
        "note": {"type": "note", "result": "told", "value": "yes", "ways": {"next": "bye"}},
        "queue": {"type": "queue", "queue_id": str(both.a.queue_id), "ways": {"timeout": "bye"}},
        "bye": {"type": "hang_up"},
    } | nodes  # fmt: skip
    return {
        "languages": ["fr"],
        "start": "menu",
        "variables": [{"name": "balance", "type": "amount", "value": "1250"}],
        "nodes": [{"id": name, **node} for name, node in found.items()],
    }


TEST: dict[str, Any] = {
    "name": "Solde",
    "facts": {"caller": CALLER},
    "steps": [{"press": "1"}],
    "expected": {
        "trail": ["menu", "tell", "note", "bye"], "outcome": "HUNG_UP",
        "said": ["amount:1250"], "results": {"told": "yes"},
    },
}  # fmt: skip


async def published(
    admin: httpx.AsyncClient, draft: dict[str, Any], name: str = "Accueil", **more: Any
) -> dict[str, Any]:
    flow = await made(admin, "/flows", {"name": name, "draft": draft, **more})
    answer = await admin.post(
        f"{V1}/flows/{flow['flow_id']}/publish",
        json={"version": flow["version"], "note": "Premier"},
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def told(answer: Any) -> set[tuple[str, str, str]]:
    return {(one["node"], one["field"], one["code"]) for one in answer["findings"]}


async def test_a_wrong_draft_is_kept_and_told_but_not_published(
    admin: httpx.AsyncClient, both: Both
) -> None:
    draft = document(both, bye={"type": "say", "say": [{"prompt": "x"}], "ways": {"next": "gone"}})
    flow = await made(admin, "/flows", {"name": "Accueil", "draft": draft})
    assert told(flow) == {
        ("bye", "say.0.prompt", "FLOW_PROMPT_MISSING"),
        ("bye", "ways.next", "FLOW_TARGET_MISSING"),
    }
    path = f"{V1}/flows/{flow['flow_id']}"
    french = (await admin.get(path, headers={"Accept-Language": "fr"})).json()["findings"]
    assert {one["message"] for one in french} == {
        "L’annonce « x » manque en fr. Enregistrez-la ou écrivez-la.",
        "Il n’y a pas d’étape « gone ».",
    }
    answer = await admin.post(f"{path}/publish", json={"version": 1})
    assert answer.status_code == 422
    fields = {one["field"] for one in answer.json()["error"]["details"]["fields"]}
    assert fields == {"nodes.bye.say.0.prompt", "nodes.bye.ways.next"}
    check = await admin.post(f"{V1}/flows/check", json={"draft": document(both)})
    assert check.json() == {"findings": []}


async def test_a_prompt_counts_once_it_is_there(admin: httpx.AsyncClient, both: Both) -> None:
    draft = document(both, bye={"type": "hang_up", "say": [{"prompt": "au-revoir"}]})
    flow = await made(admin, "/flows", {"name": "Accueil", "draft": draft})
    assert told(flow) == {("bye", "say.0.prompt", "FLOW_PROMPT_MISSING")}
    answer = await admin.post(
        f"{V1}/prompts", data={"name": "au-revoir"},
        files={"file": ("tone.wav", tone_wav(seconds=0.5), "audio/wav")},
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    assert (await admin.get(f"{V1}/flows/{flow['flow_id']}")).json()["findings"] == []
    used = await admin.delete(f"{V1}/prompts/{answer.json()['prompt_id']}")
    assert (used.status_code, used.json()["error"]["code"]) == (409, "PROMPT_IN_FLOW")


async def test_versions_are_published_compared_and_rolled_back(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, both: Both
) -> None:
    first = document(both)
    flow = await published(admin, first, tests=[TEST])
    path = f"{V1}/flows/{flow['flow_id']}"
    same = await admin.post(f"{path}/publish", json={"version": flow["version"]})
    assert same.json()["error"]["code"] == "FLOW_SAME"
    second = copy.deepcopy(first)
    second["nodes"][0]["seconds"] = 9
    second["nodes"][0]["x"] = 40
    stale = await admin.patch(path, json={"version": 1, "draft": second})
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    changed = (await admin.patch(path, json={"version": flow["version"], "draft": second})).json()
    different = (await supervisor.get(f"{path}/differences?old=1")).json()["items"]
    assert different == [{"node": "menu", "change": "changed", "fields": ["seconds"]}]
    done = await admin.post(
        f"{path}/publish", json={"version": changed["version"], "note": "Délai"}
    )
    assert done.json()["published_version"] == 2
    back = await admin.post(
        f"{path}/roll-back", json={"version": done.json()["version"], "to_version": 1}
    )
    assert back.status_code == 200, back.text
    assert back.json()["published_version"] == 3
    assert back.json()["draft"] == second, "the draft stays"
    versions = (await supervisor.get(f"{path}/versions")).json()["items"]
    assert [(v["version"], v["restored_from"], v["note"]) for v in versions] == [
        (3, 1, ""), (2, None, "Délai"), (1, None, "Premier"),
    ]  # fmt: skip
    assert versions[0]["document"] == versions[2]["document"] == first
    assert versions[0]["tests"] == [TEST]
    audit = (await admin.get(f"{V1}/audit?subject_kind=flow")).json()["items"]
    assert [one["action"] for one in audit] == [
        "flow.rolled_back", "flow.published", "flow.changed", "flow.published", "flow.created",
    ]  # fmt: skip
    missing = await admin.post(
        f"{path}/roll-back", json={"version": back.json()["version"], "to_version": 9}
    )
    assert missing.status_code == 404


async def test_each_act_has_its_permission(
    supervisor: httpx.AsyncClient, admin: httpx.AsyncClient, both: Both
) -> None:
    flow = await published(admin, document(both))
    path = f"{V1}/flows/{flow['flow_id']}"
    assert (await supervisor.get(path)).status_code == 200
    assert (await supervisor.patch(path, json={"version": 2})).status_code == 403
    assert (await supervisor.post(f"{path}/publish", json={"version": 2})).status_code == 403
    rolled = await supervisor.post(f"{path}/roll-back", json={"version": 2, "to_version": 1})
    assert rolled.status_code == 403
    assert (await supervisor.delete(path)).status_code == 403


# ── Uses ─────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_used_is_not_deleted(admin: httpx.AsyncClient, both: Both) -> None:
    settings = {
        "url": "https://crm.example/{number}",
        "outputs": [{"name": "balance", "path": "b"}],
    }
    action = await made(admin, "/data-actions", {"name": "CRM", "settings": settings})
    source_id = action["data_action_id"]
    lookup = {
        "type": "lookup", "source_id": source_id, "parameters": {"number": "{{call:caller}}"},
        "outputs": {"balance": "balance"},
        "ways": {"ok": "note", "empty": "bye", "error": "bye", "slow": "dnc"},
    }  # fmt: skip
    dnc = {
        "type": "do_not_call", "dnc_list_id": str(both.a.dnc_list_id), "ways": {"next": "back"},
    }  # fmt: skip
    inner = await published(
        admin, document(both, tell=lookup, dnc=dnc, back={"type": "return"}), "Solde"
    )
    run = {"type": "flow", "flow_id": inner["flow_id"], "ways": {"next": "note"}}
    outer = await published(admin, document(both, tell=run), "Accueil")
    path = f"{V1}/flows/{inner['flow_id']}"
    assert (await admin.get(path)).json()["users"] == [{"kind": "flow", "name": "Accueil"}]
    skill_id = (await admin.post(f"{V1}/skills", json={"name": "Fibre"})).json()["skill_id"]
    queue = {"type": "queue", "queue_id": str(both.a.queue_id), "skills": [skill_id]}
    asks = document(both, queue={**queue, "ways": {"timeout": "bye"}})
    await published(admin, asks, "Fibre")
    for used, code in [
        (f"{V1}/skills/{skill_id}", "SKILL_IN_FLOW"),
        (path, "FLOW_IN_USE"),
        (f"{V1}/queues/{both.a.queue_id}", "QUEUE_IN_FLOW"),
        (f"{V1}/data-actions/{source_id}", "DATA_ACTION_IN_FLOW"),
        (f"{V1}/dnc-lists/{both.a.dnc_list_id}", "DNC_LIST_IN_FLOW"),
    ]:
        answer = await admin.delete(used)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, code)
    itself = document(both, tell={**run, "flow_id": outer["flow_id"]})
    version = (await admin.get(path)).json()["version"]
    changed = await admin.patch(path, json={"version": version, "draft": itself})
    assert [one["code"] for one in changed.json()["findings"]] == ["FLOW_RUNS_ITSELF"]
    assert (await admin.delete(f"{V1}/flows/{outer['flow_id']}")).status_code == 409
    plain = await admin.patch(
        path, json={"version": changed.json()["version"], "draft": document(both)}
    )
    assert plain.json()["findings"] == []
    assert (await admin.delete(f"{V1}/flows/{outer['flow_id']}")).status_code == 204
    assert (await admin.delete(path)).status_code == 204


# ── Tests and trials ─────────────────────────────────────────────────────────────────────────────


async def test_a_flow_that_does_not_pass_its_tests_is_not_published(
    admin: httpx.AsyncClient, both: Both
) -> None:
    wrong = copy.deepcopy(TEST)
    wrong["expected"] = {"trail": ["menu", "queue"], "outcome": "ANSWERED", "results": {"a": "b"}}
    flow = await made(
        admin, "/flows", {"name": "Accueil", "draft": document(both), "tests": [wrong]}
    )
    path = f"{V1}/flows/{flow['flow_id']}"
    answer = await admin.post(f"{path}/publish", json={"version": 1})
    assert answer.status_code == 422
    fields = answer.json()["error"]["details"]["fields"]
    assert {(one["field"], one["code"]) for one in fields} == {
        ("tests.0.expected.trail", "FLOW_TEST_TRAIL"),
        ("tests.0.expected.outcome", "FLOW_TEST_OUTCOME"),
        ("tests.0.expected.results", "FLOW_TEST_RESULT"),
    }
    run = (await admin.post(f"{path}/tests/run", json={})).json()["items"]
    assert (run[0]["passed"], run[0]["trail"]) == (False, ["menu", "tell", "note", "bye"])
    good = (await admin.post(f"{path}/tests/run", json={"tests": [TEST]})).json()["items"]
    assert (good[0]["passed"], good[0]["differences"], good[0]["unused_steps"]) == (True, [], 0)
    unwritten = await admin.patch(
        path, json={"version": 1, "tests": [{"name": "", "steps": [{"dance": 1}]}]}
    )
    assert told(unwritten.json()) == {
        ("", "tests.0.name", "FLOW_TEXT"),
        ("", "tests.0.steps.0", "FLOW_CHOICE_OF"),
        ("", "tests.0.expected", "FLOW_NEEDED"),
    }


async def test_a_flow_is_tried_step_by_step(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, both: Both
) -> None:
    flow = await published(admin, document(both))
    path = f"{V1}/flows/{flow['flow_id']}/trial"
    begun = (await supervisor.post(path, json={"facts": {"caller": CALLER}})).json()
    kinds = [one["type"] for one in begun["actions"]]
    assert kinds == ["set_timer", "say"]
    assert begun["trail"] == [{"flow_id": flow["flow_id"], "node": "menu", "way": ""}]
    key = {"type": "digit_pressed", "digit": "1"}
    body = {"cursor": begun["cursor"], "input": key}
    done = (await supervisor.post(path, json=body)).json()
    assert [one["node"] for one in done["trail"]] == ["tell"]
    said = next(one for one in done["actions"] if one["type"] == "say")
    assert said["parts"] == [{"type": "amount", "value": "1250", "language": ""}]
    again = await supervisor.post(path, json={"cursor": done["cursor"]})
    assert [one["type"] for one in again.json()["actions"]] == ["set_timer", "say"]
    draft = document(both, menu={"type": "hang_up"})
    over = (await supervisor.post(path, json={"draft": draft})).json()
    assert (over["cursor"], over["outcome"]) == (None, "HUNG_UP")
    of_version = (await supervisor.post(path, json={"version": 1, "facts": {}})).json()
    assert of_version["cursor"]["versions"] == {flow["flow_id"]: 1}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"facts": {"caller": 7}}, "FLOW_FACTS"),
        ({"facts": {"colour": "red"}}, "FLOW_FACTS"),
        ({"cursor": {"node": "menu"}, "input": None}, "FLOW_CURSOR"),
        ({"input": {"type": "shout"}}, "FLOW_INPUT"),
        ({"input": {"type": "digit_pressed", "digit": 1}}, "FLOW_INPUT"),
        ({"input": {"type": "looked_up", "lookup": "x", "outputs": {"a": 1}}}, "FLOW_INPUT"),
    ],
)
async def test_a_trial_that_is_not_well_asked_is_refused(
    admin: httpx.AsyncClient, both: Both, body: dict[str, Any], code: str
) -> None:
    flow = await made(admin, "/flows", {"name": "Accueil", "draft": document(both)})
    path = f"{V1}/flows/{flow['flow_id']}/trial"
    if "input" in body and "cursor" not in body:
        body = {"cursor": (await admin.post(path, json={})).json()["cursor"], **body}
    answer = await admin.post(path, json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


# ── Files ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_flow_goes_to_another_organisation_as_a_file(
    admin: httpx.AsyncClient, application: Application, both: Both
) -> None:
    b_admin = await application.signed_in("b.admin")
    flow = await published(admin, document(both), tests=[TEST])
    file = (await admin.get(f"{V1}/flows/{flow['flow_id']}/file")).json()
    assert file["kwabo_flow"] == 1
    name = file["names"]["queue"][str(both.a.queue_id)]
    queues = (await b_admin.get(f"{V1}/queues")).json()["items"]
    theirs = next(one["queue_id"] for one in queues if one["name"] == name)
    taken = await made(b_admin, "/flows/import", file)
    assert (taken["name"], taken["findings"], taken["tests"]) == ("Accueil", [], [TEST])
    queue = next(one for one in taken["draft"]["nodes"] if one["type"] == "queue")
    assert queue["queue_id"] == theirs != str(both.a.queue_id)
    file["names"] = {}
    unknown = await made(b_admin, "/flows/import?name=Sans%20noms", file)
    assert told(unknown) == {("queue", "queue_id", "FLOW_UNKNOWN_QUEUE")}
    twice = await b_admin.post(f"{V1}/flows/import", json=file)
    assert twice.json()["error"]["code"] == "NAME_TAKEN"
    bad = await b_admin.post(f"{V1}/flows/import", json={**file, "kwabo_flow": 2})
    assert bad.json()["error"]["code"] == "FLOW_FILE"


async def test_the_hours_of_a_flow_are_found_by_their_name(admin: httpx.AsyncClient) -> None:
    windows = [{"kind": "mapped", "slots": [{"weekday": 1, "start": "08:00", "until": "18:00"}]}]
    hours = await made(admin, "/callable-time-sets", {"name": "Semaine", "windows": windows})
    group = await made(
        admin,
        "/schedule-groups",
        {
            "name": "Accueil",
            "callable_time_set_id": hours["callable_time_set_id"],
            "time_zone": "Africa/Porto-Novo",
        },
    )
    await made(admin, "/queues", {"name": "Service client"})
    file = json.loads((EXAMPLES / "accueil-deux-langues.json").read_text())
    taken = await made(admin, "/flows/import", file)
    assert not [code for _, _, code in told(taken) if code.startswith("FLOW_UNKNOWN")]
    node = next(one for one in taken["draft"]["nodes"] if one["type"] == "hours")
    assert node["schedule_id"] == group["schedule_group_id"]
    closed = next(one for one in taken["tests"] if one["name"] == "Fermé")
    assert closed["data"]["hours"] == {group["schedule_group_id"]: "closed"}
    back = (await admin.get(f"{V1}/flows/{taken['flow_id']}/file")).json()
    assert back["names"]["schedule"] == {group["schedule_group_id"]: "Accueil"}


async def test_editors_are_told_of_every_kind_of_node(supervisor: httpx.AsyncClient) -> None:
    items = (await supervisor.get(f"{V1}/flow-node-types")).json()["items"]
    assert {one["type"] for one in items} == set(NODE_TYPES)
    menu = next(one for one in items if one["type"] == "menu")
    assert menu["needed_ways"] == ["timeout"]
    assert menu["instead"] == {"wrong": "timeout"}
    options = next(one for one in menu["fields"] if one["name"] == "options")
    assert [one["name"] for one in options["fields"]] == ["key", "label"]


def test_every_finding_is_told_in_french() -> None:
    assert set(MESSAGES) - codes() == set()
