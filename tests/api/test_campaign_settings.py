"""Queues, trunks, wrap-up codes and pause reasons over HTTP."""

from __future__ import annotations

from typing import Any

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


async def code_of(answer: httpx.Response) -> tuple[int, str, str | None]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error.get("field")


async def test_a_queue_s_members_are_replaced_and_the_floor_is_told(
    supervisor: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    agents = sorted(str(both.a.user_ids[f"a.{name}"]) for name in ("agent", "agent2"))
    queue = await made(supervisor, "/queues", {"name": " Ventes ", "member_user_ids": agents[:1]})
    path = f"{V1}/queues/{queue['queue_id']}"
    changed = (await supervisor.patch(path, json={"member_user_ids": agents})).json()
    assert changed == {"queue_id": queue["queue_id"], "name": "Ventes", "member_user_ids": agents}
    assert (await supervisor.get(path)).json() == changed
    assert (await supervisor.patch(path, json={"name": "Achats"})).json()["name"] == "Achats"
    rows = await scripted.sql("SELECT payload FROM floor_commands WHERE kind = 'queue.changed'")
    assert [row.payload["queue_id"] for row in rows] == [queue["queue_id"]] * 3
    assert (await supervisor.delete(path)).status_code == 204


async def test_a_queue_takes_no_stranger_and_no_name_twice(
    supervisor: httpx.AsyncClient, both: Both
) -> None:
    stranger = str(both.b.user_ids["b.agent"])
    body = {"name": "X", "member_user_ids": [stranger]}
    answer = await supervisor.post(f"{V1}/queues", json=body)
    assert await code_of(answer) == (422, "USER_UNKNOWN", "member_user_ids")
    await made(supervisor, "/queues", {"name": "X"})
    answer = await supervisor.post(f"{V1}/queues", json={"name": "X"})
    assert await code_of(answer) == (409, "NAME_TAKEN", "name")


async def test_a_queue_that_a_campaign_uses_stays(admin: httpx.AsyncClient, both: Both) -> None:
    contact_list = await make_list(admin, [])
    await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))
    answer = await admin.delete(f"{V1}/queues/{both.a.queue_id}")
    assert await code_of(answer) == (409, "QUEUE_IN_USE", None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"endpoint": "a b"}, "ENDPOINT"),
        ({"lines": 0}, "LINES"),
        ({"calls_per_second": 0}, "CALLS_PER_SECOND"),
        ({"attempt_header": "X Id"}, "ATTEMPT_HEADER"),
        ({"caller_ids": ["61000000", "x"]}, "CALLER_ID_INVALID"),
        ({"name": ""}, "NAME_LENGTH"),
    ],
)
async def test_a_wrong_trunk_is_refused(
    admin: httpx.AsyncClient, change: dict[str, Any], code: str
) -> None:
    body = {"name": "T", "endpoint": "carrier-1"} | change
    assert (await code_of(await admin.post(f"{V1}/trunks", json=body)))[:2] == (422, code)


async def test_a_trunk_keeps_the_numbers_that_campaigns_show(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    contact_list = await make_list(admin, [])
    await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))
    path = f"{V1}/trunks/{both.a.trunk_id}"
    answer = await admin.patch(path, json={"caller_ids": ["61000000"]})
    assert await code_of(answer) == (409, "CALLER_ID_IN_USE", "caller_ids")
    more = [DEMONSTRATION_CALLER_ID, "61000000", "0161000000"]
    changed = (await admin.patch(path, json={"caller_ids": more, "lines": 5})).json()
    assert changed["caller_ids"] == [DEMONSTRATION_CALLER_ID, "+2290161000000"]
    assert changed["lines"] == 5
    assert len(await scripted.sql("SELECT 1 FROM floor_commands WHERE kind = 'settings.changed'"))


async def test_wrap_up_codes_have_known_flags_in_one_order(admin: httpx.AsyncClient) -> None:
    body = {"name": "Vendu", "flags": ["success", "right_party"], "required_fields": ["notes"]}
    code = await made(admin, "/wrap-up-codes", body)
    assert code["flags"] == ["right_party", "success"]
    path = f"{V1}/wrap-up-codes/{code['wrap_up_code_id']}"
    assert (await admin.patch(path, json={"active": False})).json() == code | {"active": False}
    both_ways = await admin.patch(path, json={"flags": ["success", "failure"]})
    assert await code_of(both_ways) == (422, "FLAGS_EXCLUDE", "flags")
    unknown = await admin.patch(path, json={"flags": ["great"]})
    assert await code_of(unknown) == (422, "FLAG_UNKNOWN", "flags")


async def test_an_agent_is_offered_active_pause_reasons_only(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient
) -> None:
    reason = await made(admin, "/pause-reasons", {"name": "Prière", "position": 9})
    names = [one["name"] for one in (await agent.get(f"{V1}/agent/pause-reasons")).json()]
    assert "Prière" in names
    path = f"{V1}/pause-reasons/{reason['pause_reason_id']}"
    assert (await admin.patch(path, json={"active": False})).status_code == 200
    names = [one["name"] for one in (await agent.get(f"{V1}/agent/pause-reasons")).json()]
    assert "Prière" not in names
