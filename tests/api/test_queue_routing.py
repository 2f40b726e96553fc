"""Skills, how queues find agents, and who would get a caller now: over HTTP, on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, made, make_group
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Both


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


async def error_of(answer: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()["error"]
    return body


async def _routing(client: httpx.AsyncClient, queue_id: UUID) -> dict[str, Any]:
    answer = await client.get(f"{V1}/queues/{queue_id}/routing")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_skill_is_added_renamed_and_taken_away(supervisor: httpx.AsyncClient) -> None:
    skill = await made(supervisor, "/skills", {"name": " Fibre  optique "})
    assert skill["name"] == "Fibre optique"
    path = f"{V1}/skills/{skill['skill_id']}"
    assert (await supervisor.patch(path, json={"name": "Fibre"})).json()["name"] == "Fibre"
    again = await supervisor.post(f"{V1}/skills", json={"name": "Fibre"})
    assert (again.status_code, (await error_of(again))["code"]) == (409, "NAME_TAKEN")
    assert [s["name"] for s in (await supervisor.get(f"{V1}/skills")).json()["items"]] == ["Fibre"]
    assert (await supervisor.delete(path)).status_code == 204
    assert (await supervisor.delete(path)).status_code == 404


async def test_an_agent_s_levels_are_set_as_a_whole_and_audited(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, both: Both
) -> None:
    skill = (await made(supervisor, "/skills", {"name": "Fibre"}))["skill_id"]
    user_id = str(both.a.user_ids["a.agent"])
    path = f"{V1}/agent-skills/{user_id}"
    levels = {skill: 3, "language:fon": 5}
    answer = await supervisor.put(path, json={"skills": levels})
    assert answer.status_code == 200, answer.text
    assert answer.json()["skills"] == levels
    rows = (await supervisor.get(f"{V1}/agent-skills")).json()["items"]
    assert {row["user_id"]: row["skills"] for row in rows}[user_id] == levels
    assert (await supervisor.put(path, json={"skills": {"language:fr": 1}})).status_code == 200
    rows = (await supervisor.get(f"{V1}/agent-skills")).json()["items"]
    assert {row["user_id"]: row["skills"] for row in rows}[user_id] == {"language:fr": 1}
    entries = (await admin.get(f"{V1}/audit?action=agent_skills.changed")).json()["items"]
    assert entries[0]["details"]["before"] == levels
    assert entries[0]["details"]["after"] == {"language:fr": 1}


@pytest.mark.parametrize(
    ("skills", "field", "code"),
    [
        ({str(uuid4()): 1}, None, "SKILL_UNKNOWN"),
        ({"language:French": 1}, "skills.language:French", "SKILL_UNKNOWN"),
        ({"language:fr": 6}, "skills.language:fr", "RANGE"),
        ({"language:fr": 0}, "skills.language:fr", "RANGE"),
    ],
)
async def test_wrong_levels_are_refused_by_name(
    supervisor: httpx.AsyncClient,
    both: Both,
    skills: dict[str, int],
    field: str | None,
    code: str,
) -> None:
    path = f"{V1}/agent-skills/{both.a.user_ids['a.agent']}"
    answer = await supervisor.put(path, json={"skills": skills})
    assert answer.status_code == 422
    fields = (await error_of(answer))["details"]["fields"]
    assert [(one["field"], one["code"]) for one in fields] == [
        (field or f"skills.{next(iter(skills))}", code)
    ]


async def test_a_queue_begins_with_defaults_and_keeps_what_is_set(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    first = await _routing(supervisor, both.a.queue_id)
    assert first["version"] == 0
    assert first["settings"]["rings"] == [{"seconds": 0, "drops": []}]
    skill = (await made(supervisor, "/skills", {"name": "Fibre"}))["skill_id"]
    other = (await made(supervisor, "/queues", {"name": "Renfort"}))["queue_id"]
    group = await make_group(admin)
    settings = first["settings"] | {
        "evaluation": "best",
        "rings": [
            {"seconds": 20, "drops": []},
            {"seconds": 0, "drops": sorted([skill, "language:fon"])},
        ],
        "segment_priorities": {"Or": 5},
        "overflow": [{"when": "no_agents", "seconds": 0, "to_queue_id": other}],
        "max_waiting": 30,
        "schedule_group_id": group["schedule_group_id"],
        "at_closing": "leave",
        "announce": "at_most",
        "callback_after_seconds": 120,
        "outbound_below_seconds": 30,
    }
    member = first["members"][0]["user_id"]
    body = {
        "version": 0,
        "settings": settings,
        "members": [{"user_id": member, "ring": 2, "rank": 3}],
    }
    path = f"{V1}/queues/{both.a.queue_id}/routing"
    answer = await supervisor.put(path, json=body)
    assert answer.status_code == 200, answer.text
    kept = await _routing(supervisor, both.a.queue_id)
    assert kept == answer.json()
    assert kept["version"] == 1
    assert kept["settings"] == settings
    assert {"user_id": member, "ring": 2, "rank": 3} in kept["members"]
    stale = await supervisor.put(path, json=body)
    assert (stale.status_code, (await error_of(stale))["code"]) == (409, "STALE_VERSION")
    rows = await scripted.sql("SELECT payload FROM floor_commands WHERE kind = 'queue.changed'")
    assert str(both.a.queue_id) in [row.payload["queue_id"] for row in rows]
    entry = (await admin.get(f"{V1}/audit?action=queue.routing_changed")).json()["items"][0]
    assert entry["details"]["changes"]["max_waiting"] == [None, 30]
    assert entry["details"]["members"] == 1
    in_use = await supervisor.delete(f"{V1}/skills/{skill}")
    assert (in_use.status_code, (await error_of(in_use))["code"]) == (409, "SKILL_IN_USE")
    held = await admin.delete(f"{V1}/schedule-groups/{group['schedule_group_id']}")
    assert (held.status_code, (await error_of(held))["code"]) == (409, "SCHEDULE_GROUP_IN_QUEUES")
    target = await supervisor.delete(f"{V1}/queues/{other}")
    assert (target.status_code, (await error_of(target))["code"]) == (409, "QUEUE_OVERFLOW_TARGET")


async def test_everything_wrong_is_named_at_once(supervisor: httpx.AsyncClient, both: Both) -> None:
    queue_id = str(both.a.queue_id)
    body = {
        "version": 0,
        "settings": {
            "rings": [{"seconds": 0, "drops": []}, {"seconds": 0, "drops": [str(uuid4())]}],
            "alert_seconds": 3,
            "callback_key": "12",
            "overflow": [
                {"when": "wait", "seconds": 10, "to_queue_id": queue_id},
                {"when": "wait", "seconds": 10, "to_queue_id": str(both.b.queue_id)},
            ],
            "segment_priorities": {" ": 1, "Or": 500},
            "music_prompt_id": str(uuid4()),
            "whisper_prompt": "il_ny_en_a_pas",
            "schedule_group_id": str(uuid4()),
            "at_closing": "leave",
        },
        "members": [{"user_id": str(both.b.user_ids["b.agent"]), "ring": 7, "rank": 1}],
    }
    answer = await supervisor.put(f"{V1}/queues/{queue_id}/routing", json=body)
    assert answer.status_code == 422
    fields = {one["field"]: one["code"] for one in (await error_of(answer))["details"]["fields"]}
    assert fields == {
        "alert_seconds": "RANGE",
        "callback_key": "QUEUE_KEY",
        "rings.0.seconds": "RANGE",
        "rings.1.drops": "SKILL_UNKNOWN",
        "overflow.0.to_queue_id": "QUEUE_OVERFLOW_SELF",
        "overflow.1.to_queue_id": "QUEUE_UNKNOWN",
        "segment_priorities": "QUEUE_SEGMENTS",
        "segment_priorities.Or": "RANGE",
        "music_prompt_id": "PROMPT_UNKNOWN",
        "whisper_prompt": "PROMPT_UNKNOWN",
        "schedule_group_id": "SCHEDULE_GROUP_UNKNOWN",
        "members": "USER_UNKNOWN",
        f"members.{both.b.user_ids['b.agent']}.ring": "RANGE",
    }
    assert (await _routing(supervisor, both.a.queue_id))["version"] == 0


async def test_a_prompt_that_a_queue_whispers_is_there_and_stays(
    admin: httpx.AsyncClient, both: Both
) -> None:
    made = await admin.post(f"{V1}/prompts/new", json={"key": "annonce", "name": "Annonce"})
    assert made.status_code == 201, made.text
    path = f"{V1}/queues/{both.a.queue_id}/routing"
    body = {"version": 0, "settings": {"whisper_prompt": "annonce"}}
    answer = await admin.put(path, json=body)
    assert answer.status_code == 200, answer.text
    kept = await _routing(admin, both.a.queue_id)
    assert kept["settings"]["whisper_prompt"] == "annonce"
    refused = await admin.delete(f"{V1}/prompts/{made.json()['prompt_id']}")
    assert refused.status_code == 409
    assert (await error_of(refused))["code"] == "PROMPT_PLAYED_BY_QUEUES"
    body = {"version": kept["version"], "settings": {"whisper_prompt": ""}}
    assert (await admin.put(path, json=body)).status_code == 200
    gone = await admin.delete(f"{V1}/prompts/{made.json()['prompt_id']}")
    assert gone.status_code == 204, gone.text


async def test_callers_leave_only_at_the_end_of_hours_that_are_chosen(
    supervisor: httpx.AsyncClient, both: Both
) -> None:
    path = f"{V1}/queues/{both.a.queue_id}/routing"
    body = {"version": 0, "settings": {"at_closing": "leave"}}
    answer = await supervisor.put(path, json=body, headers={"Accept-Language": "fr"})
    assert answer.status_code == 422
    (wrong,) = (await error_of(answer))["details"]["fields"]
    assert (wrong["field"], wrong["code"]) == ("schedule_group_id", "QUEUE_NO_HOURS")


async def test_the_try_out_says_who_would_get_a_caller_and_why(
    supervisor: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    ada, ben = (str(both.a.user_ids[f"a.{name}"]) for name in ("agent", "agent2"))
    path = f"{V1}/queues/{both.a.queue_id}"
    await supervisor.patch(path, json={"member_user_ids": sorted([ada, ben])})
    tried = (await supervisor.get(f"{path}/explain")).json()
    assert tried["user_id"] is None
    assert {one["code"] for one in tried["agents"]} == {"NOT_READY"}
    for user_id, since in ((ada, 10), (ben, 5)):
        await scripted.sql(
            """INSERT INTO agent_presence (user_id, organisation_id, status, since)
               SELECT user_id, organisation_id, 'ready', now() - CAST(:since AS interval)
               FROM users WHERE user_id = :user_id
               ON CONFLICT (user_id) DO UPDATE SET status = 'ready', since = EXCLUDED.since""",
            user_id=UUID(user_id),
            since=timedelta(minutes=since),
        )
    tried = (await supervisor.get(f"{path}/explain")).json()
    assert (tried["user_id"], tried["chosen"]) == (ada, "LONGEST_IDLE")
    levels = {"language:fon": 3}
    await supervisor.put(f"{V1}/agent-skills/{ben}", json={"skills": levels})
    query = {"need": "language:fon=2"}
    tried = (await supervisor.get(f"{path}/explain", params=query)).json()
    assert (tried["user_id"], tried["chosen"]) == (ben, "ONLY_ONE")
    codes = {one["user_id"]: one["code"] for one in tried["agents"]}
    assert codes == {ada: "SKILL_MISSING", ben: None}
    query["need"] = "language:fon=4"
    tried = (await supervisor.get(f"{path}/explain", params=query)).json()
    assert tried["user_id"] is None
    assert {one["user_id"]: one["code"] for one in tried["agents"]}[ben] == "LEVEL_TOO_LOW"
    kept = await _routing(supervisor, both.a.queue_id)
    rings = [{"seconds": 30, "drops": []}, {"seconds": 0, "drops": ["language:fon"]}]
    body = {
        "version": 0,
        "settings": kept["settings"] | {"rings": rings},
        "members": [{"user_id": ada, "ring": 2, "rank": 1}],
    }
    assert (await supervisor.put(f"{path}/routing", json=body)).status_code == 200
    tried = (await supervisor.get(f"{path}/explain", params=query)).json()
    opens = {one["user_id"]: one["opens_in_seconds"] for one in tried["agents"]}
    assert opens == {ada: 30.0, ben: 30.0}
    query["waited_seconds"] = "31"
    tried = (await supervisor.get(f"{path}/explain", params=query)).json()
    assert (tried["user_id"], tried["ring"], tried["chosen"]) == (ben, 2, "INNER_RING")
    wrong = await supervisor.get(f"{path}/explain", params={"need": "language:fon=x"})
    assert (wrong.status_code, (await error_of(wrong))["code"]) == (422, "NEED_FORM")


async def test_agents_may_neither_see_nor_set_it(agent: httpx.AsyncClient, both: Both) -> None:
    for method, path in (
        ("GET", "/skills"),
        ("GET", "/agent-skills"),
        ("GET", f"/queues/{both.a.queue_id}/routing"),
        ("GET", f"/queues/{both.a.queue_id}/explain"),
        ("DELETE", f"/skills/{uuid4()}"),
    ):
        assert (await agent.request(method, V1 + path)).status_code == 403, path
