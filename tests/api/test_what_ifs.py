"""What-ifs by HTTP: what can be asked for, what is refused and how it is told, what is kept."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.services.what_ifs import KEPT, MOST_UNDER_WAY
from world import Application, Both, SteppedClock

TOMORROW = {"kind": "tomorrow", "agents": 4}


@pytest.fixture
async def campaign(admin: httpx.AsyncClient, both: Both) -> Any:
    """A campaign of organisation A with three contacts."""
    made_list = await make_list(admin, ["0161000000", "0161000001", "0161000002"])
    body = campaign_body(both, made_list["contact_list_id"], callable_until="20:00")
    return await made(admin, "/campaigns", body)


@pytest.fixture
def path(campaign: Any) -> str:
    """Where the campaign's what-ifs are."""
    return f"/campaigns/{campaign['campaign_id']}/what-ifs"


def fields(answer: httpx.Response) -> dict[str, str]:
    """Field → code of every objection."""
    assert answer.status_code == 422, answer.text
    return {one["field"]: one["code"] for one in answer.json()["error"]["details"]["fields"]}


async def test_what_is_left_out_is_as_the_campaign_is(admin: httpx.AsyncClient, path: str) -> None:
    answer = await made(admin, path, {"kind": "tomorrow", "agents": 4, "mode": "predictive"})
    assert answer["state"] == "waiting"
    assert answer["progress"] == 0
    assert answer["result"] is None
    assert answer["settings"] == {
        "kind": "tomorrow",
        "agents": 4,
        "from": "00:00",
        "until": "20:00",
        "mode": "predictive",
        "calls_per_agent": 1.5,
        "calls_per_agent_ceiling": 15.0,
        "abandon_target": 0.03,
        "lines": None,
        "runs": 10,
        "day": None,
    }
    listed = (await admin.get(V1 + path)).json()["items"]
    one = (await admin.get(f"{V1}/what-ifs/{answer['what_if_id']}")).json()
    assert listed == [one] == [answer]


async def test_a_campaign_without_agents_is_asked_for_lines_and_needs_no_agents(
    admin: httpx.AsyncClient, path: str
) -> None:
    nodes = [{"id": "fin", "type": "hang_up"}]
    draft = {"languages": ["fr"], "start": "fin", "nodes": nodes}
    flow = await made(admin, "/flows", {"name": "Rappels", "draft": draft})
    campaign = f"{V1}{path.removesuffix('/what-ifs')}"
    kept = (await admin.get(campaign)).json()
    changed = {"version": kept["version"], "mode": "agentless", "flow_id": flow["flow_id"]}
    answer = await admin.patch(campaign, json=changed | {"lines_most": 3})
    assert answer.status_code == 200, answer.text
    settings = (await made(admin, path, {"kind": "tomorrow"}))["settings"]
    assert (settings["mode"], settings["lines"]) == ("agentless", 3)
    assert (await made(admin, path, {"kind": "tomorrow", "lines": 9}))["settings"]["lines"] == 9
    replay = {"kind": "replay", "day": "2026-11-20"}
    for body, code in (
        (replay, "WHAT_IF_FLOW_DAY"),
        ({"kind": "tomorrow", "mode": "power"}, "WHAT_IF_FLOW_MODE"),
    ):
        refusal = await admin.post(V1 + path, json=body)
        assert refusal.status_code == 422
        assert [f["code"] for f in refusal.json()["error"]["details"]["fields"]] == [code]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"agents": 0}, {"agents": "RANGE"}),
        ({"agents": 501}, {"agents": "RANGE"}),
        ({"runs": 51}, {"runs": "RANGE"}),
        ({"from": "18:00", "until": "18:00"}, {"until": "WINDOW_EMPTY"}),
        ({"mode": "preview"}, {"mode": "WHAT_IF_MODE"}),
        ({"abandon_target": 0.5}, {"abandon_target": "RANGE"}),
        ({"calls_per_agent": 0.5}, {"calls_per_agent": "RANGE"}),
        ({"kind": "replay"}, {"day": "WHAT_IF_DAY_MISSING"}),
        ({"runs": 0, "calls_per_agent_ceiling": 51},
         {"runs": "RANGE", "calls_per_agent_ceiling": "RANGE"}),
    ],
)  # fmt: skip
async def test_what_cannot_be_simulated_is_refused_field_by_field(
    admin: httpx.AsyncClient, path: str, body: dict[str, Any], expected: dict[str, str]
) -> None:
    assert fields(await admin.post(V1 + path, json=TOMORROW | body)) == expected


async def test_a_refusal_is_told_in_french(admin: httpx.AsyncClient, path: str) -> None:
    answer = await admin.post(
        V1 + path,
        json={"kind": "replay", "day": "2020-02-03"},
        headers={"Accept-Language": "fr"},
    )
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, "WHAT_IF_DAY_EMPTY", "day")
    assert "Choisissez une autre journée" in error["message"]


async def test_a_queue_without_agents_needs_a_number_of_them(
    admin: httpx.AsyncClient, both: Both, campaign: Any
) -> None:
    queue = await made(admin, "/queues", {"name": "Vide", "member_user_ids": []})
    body = campaign_body(
        both, campaign["contact_list_id"], name="Sans agents", queue_id=queue["queue_id"]
    )
    lonely = await made(admin, "/campaigns", body)
    path = f"{V1}/campaigns/{lonely['campaign_id']}/what-ifs"
    answer = await admin.post(path, json={"kind": "tomorrow"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "WHAT_IF_NO_AGENTS"
    assert (await admin.post(path, json=TOMORROW)).status_code == 201


async def test_an_empty_list_cannot_be_simulated(admin: httpx.AsyncClient, both: Both) -> None:
    empty = await make_list(admin, [], name="Vide")
    campaign = await made(admin, "/campaigns", campaign_body(both, empty["contact_list_id"]))
    answer = await admin.post(f"{V1}/campaigns/{campaign['campaign_id']}/what-ifs", json=TOMORROW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "LIST_EMPTY")


async def test_only_so_many_are_under_way(admin: httpx.AsyncClient, path: str) -> None:
    waiting = [await made(admin, path, TOMORROW) for _ in range(MOST_UNDER_WAY)]
    refused = await admin.post(V1 + path, json=TOMORROW)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "WHAT_IFS_UNDER_WAY")
    one = f"{V1}/what-ifs/{waiting[0]['what_if_id']}"
    cancelled = (await admin.post(one + "/cancel")).json()
    assert cancelled["state"] == "cancelled"
    assert cancelled["ended_at"] is not None
    assert (await admin.get(one)).json() == cancelled
    again = await admin.post(one + "/cancel")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "WHAT_IF_STATE")
    await made(admin, path, TOMORROW)


async def test_the_newest_are_kept(
    admin: httpx.AsyncClient,
    path: str,
    both: Both,
    unit_of_work: PostgresUnitOfWork,
    clock: SteppedClock,
) -> None:
    ids = []
    for _ in range(KEPT + 2):
        what_if = await made(admin, path, TOMORROW)
        ids.append(what_if["what_if_id"])
        await admin.post(f"{V1}/what-ifs/{ids[-1]}/cancel")
        clock.advance(seconds=1)
    listed = [one["what_if_id"] for one in (await admin.get(V1 + path)).json()["items"]]
    assert listed == ids[:1:-1]


async def test_deleting(admin: httpx.AsyncClient, path: str) -> None:
    what_if = await made(admin, path, TOMORROW)
    one = f"{V1}/what-ifs/{what_if['what_if_id']}"
    assert (await admin.delete(one)).status_code == 204
    assert (await admin.get(one)).status_code == 404
    assert (await admin.delete(one)).status_code == 404
    assert (await admin.get(V1 + path)).json() == {"items": []}


async def test_supervisors_read_and_do_not_start(
    admin: httpx.AsyncClient, application: Application, path: str
) -> None:
    await made(admin, path, TOMORROW)
    supervisor = await application.signed_in("a.supervisor")
    assert len((await supervisor.get(V1 + path)).json()["items"]) == 1
    assert (await supervisor.post(V1 + path, json=TOMORROW)).status_code == 403


async def test_a_finished_list_has_nobody_to_simulate(
    admin: httpx.AsyncClient,
    campaign: Any,
    path: str,
    engine: AsyncEngine,
    both: Both,
    floor: MemoryFloorClient,
) -> None:
    scripted = ScriptedFloor.on(floor, engine, both)
    await scripted.sql(
        "UPDATE campaigns SET scan_added_in = 9000000000000000000"
        " WHERE campaign_id = CAST(:id AS uuid)",
        id=campaign["campaign_id"],
    )
    answer = await admin.post(V1 + path, json=TOMORROW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "NOTHING_TO_CALL")
