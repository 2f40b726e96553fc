"""The figures of queues over HTTP, read from PostgreSQL whether or not a floor runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.postgres.live import PostgresLiveStore
from kwabo.adapters.postgres.notifications import Notifications
from world import Both, SteppedClock

PATH = f"{V1}/queue-figures"


@dataclass
class Callers:
    """People who have called organisation A's queue."""

    floor: ScriptedFloor
    both: Both
    clock: SteppedClock
    campaign_id: UUID
    contact_id: UUID

    async def stay(self, ago: float, waited: float | None = None, outcome: str = "") -> UUID:
        """Somebody who came so many seconds ago; the attempt's id."""
        attempt_id = uuid4()
        came = self.clock.now() - timedelta(seconds=ago)
        left = None if waited is None else came + timedelta(seconds=waited)
        await self.floor.sql(
            "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
            " attempt_number, number, mode, caller_id, trunk_id, state, fencing, called_number,"
            " arrived_at, answered_at, queue_id, queued_at) VALUES (:attempt_id,"
            " current_organisation(), :campaign_id, :contact_id, (SELECT 1 + count(*) FROM"
            " attempts), '+2290161000001', 'inbound', '', :trunk_id, 'answered', 1, '', :came,"
            " :came, :queue_id, :came)",
            attempt_id=attempt_id,
            campaign_id=self.campaign_id,
            contact_id=self.contact_id,
            trunk_id=self.both.a.trunk_id,
            queue_id=self.both.a.queue_id,
            came=came,
        )
        await self.floor.sql(
            "INSERT INTO queue_stays (stay_id, organisation_id, queue_id, attempt_id, entered_at,"
            " priority, left_at, outcome) VALUES (gen_random_uuid(), current_organisation(),"
            " :queue_id, :attempt_id, :came, 0, :left_at, :outcome)",
            queue_id=self.both.a.queue_id,
            attempt_id=attempt_id,
            came=came,
            left_at=left,
            outcome=outcome or None,
        )
        return attempt_id


@pytest.fixture
async def callers(
    admin: httpx.AsyncClient,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
    both: Both,
    clock: SteppedClock,
) -> Callers:
    contact_list = await make_list(admin, ["0161000001"])
    body = campaign_body(both, contact_list["contact_list_id"], mode="inbound")
    campaign = await made(admin, "/campaigns", body)
    return Callers(
        ScriptedFloor.on(floor, engine, both),
        both,
        clock,
        UUID(campaign["campaign_id"]),
        UUID(contact_list["made"][0]["contact_id"]),
    )


async def _figures(client: httpx.AsyncClient, callers: Callers) -> dict[str, Any]:
    answer = await client.get(PATH)
    assert answer.status_code == 200, answer.text
    (one,) = (q for q in answer.json()["items"] if q["queue_id"] == str(callers.both.a.queue_id))
    return dict(one)


async def test_a_queue_in_which_nothing_has_happened(
    supervisor: httpx.AsyncClient, callers: Callers
) -> None:
    one = await _figures(supervisor, callers)
    assert (one["waiting"], one["oldest_wait_at"], one["alarms"]) == (0, None, [])
    assert one["expected_wait"]["unknown"] == "NO_AGENTS"
    assert one["today"]["service_level"] is None
    assert one["waiting_by_minute"] == [0] * 60
    assert (one["service_level_seconds"], one["service_level_share"]) == (20, 0.8)


async def test_the_figures_add_up_and_follow_the_queues_own_target(
    supervisor: httpx.AsyncClient, callers: Callers
) -> None:
    for seconds in (5, 25, 40):
        await callers.stay(600, seconds, "answered")
    await callers.stay(600, 2, "abandoned")
    await callers.stay(600, 30, "abandoned")
    await callers.stay(600, 60, "callback")
    await callers.stay(90)
    one = await _figures(supervisor, callers)
    period = one["last_half_hour"]
    left = sum(period["left"].values())
    assert period["offered"] == 7
    assert period["offered"] == (
        period["answered"] + period["abandoned"] + left + period["waiting"]
    )
    assert (period["service_level"], period["abandon_rate"]) == (0.25, 0.25)
    assert (period["average_answer_seconds"], period["slow_answer_seconds"]) == (23.3, 38.5)
    assert period["longest_wait_seconds"] == 90
    assert period["left"]["callback"] == 1
    assert one["waiting"] == 1
    routing = (await supervisor.get(f"{V1}/queues/{callers.both.a.queue_id}/routing")).json()
    settings = routing["settings"] | {"service_level_seconds": 30, "alarm_wait_seconds": 60}
    body = {"version": routing["version"], "settings": settings}
    answer = await supervisor.put(f"{V1}/queues/{callers.both.a.queue_id}/routing", json=body)
    assert answer.status_code == 200, answer.text
    one = await _figures(supervisor, callers)
    assert one["last_half_hour"]["service_level"] == 0.5
    assert one["alarms"] == ["longest_wait"]


async def test_the_day_begins_by_the_organisations_clock(
    supervisor: httpx.AsyncClient, callers: Callers
) -> None:
    now = callers.clock.now() + timedelta(hours=1)  # in Porto-Novo
    since_midnight = now.hour * 3600 + now.minute * 60 + now.second
    await callers.stay(since_midnight - 1, 10, "answered")
    await callers.stay(since_midnight + 1, 10, "answered")
    assert (await _figures(supervisor, callers))["today"]["offered"] == 1


async def test_a_threshold_outside_its_range_is_refused_by_name(
    supervisor: httpx.AsyncClient, callers: Callers
) -> None:
    path = f"{V1}/queues/{callers.both.a.queue_id}/routing"
    routing = (await supervisor.get(path)).json()
    settings = routing["settings"] | {"alarm_wait_seconds": 0}
    answer = await supervisor.put(path, json={"version": routing["version"], "settings": settings})
    assert answer.status_code == 422
    (field,) = answer.json()["error"]["details"]["fields"]
    assert (field["field"], field["code"]) == ("alarm_wait_seconds", "RANGE")


async def test_agents_and_other_organisations_do_not_see_them(
    agent: httpx.AsyncClient, other_admin: httpx.AsyncClient, callers: Callers
) -> None:
    await callers.stay(60)
    assert (await agent.get(PATH)).status_code == 403
    items = (await other_admin.get(PATH)).json()["items"]
    assert str(callers.both.a.queue_id) not in {one["queue_id"] for one in items}
    assert sum(one["waiting"] + one["today"]["offered"] for one in items) == 0


async def test_the_first_live_picture_names_every_queue(
    engine: AsyncEngine, callers: Callers
) -> None:
    store = PostgresLiveStore(engine, Notifications(""))
    a = callers.both.a
    snapshot = await store.snapshot(a.organisation_id, callers.clock.now())
    view = snapshot.queues[str(a.queue_id)]
    assert (view["waiting"], view["today"]["offered"]) == (0, 0)
    assert str(callers.both.b.queue_id) not in snapshot.queues


async def test_a_supervisor_moves_a_caller_and_it_is_audited(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, callers: Callers
) -> None:
    attempt_id = await callers.stay(60)
    other = (await made(supervisor, "/queues", {"name": "Renfort"}))["queue_id"]
    queue_id = str(callers.both.a.queue_id)
    path = f"{V1}/queues/{queue_id}/callers"
    callers.floor.refusals["queue.change_caller"] = {"ok": True, "changed": True}
    answer = await supervisor.patch(
        f"{path}/{attempt_id}", json={"to_queue_id": other, "priority": 40}
    )
    assert answer.status_code == 204, answer.text
    asked = {"queue_id": queue_id, "attempt_id": str(attempt_id)}
    kind, payload = callers.floor.commands[-1][1:]
    assert (kind, payload) == (
        "queue.change_caller",
        asked | {"to_queue_id": other, "priority": 40},
    )
    entry = (await admin.get(f"{V1}/audit?action=queue.caller_changed")).json()["items"][0]
    assert entry["subject_id"] == queue_id
    assert (entry["details"]["to"], entry["details"]["priority"]) == ("Renfort", 40)
    nothing = await supervisor.patch(f"{path}/{attempt_id}", json={})
    assert nothing.json()["error"]["code"] == "NOTHING_TO_CHANGE"
    unknown = await supervisor.patch(f"{path}/{attempt_id}", json={"to_queue_id": str(uuid4())})
    assert unknown.status_code == 404
    beyond = await supervisor.patch(f"{path}/{attempt_id}", json={"priority": 101})
    assert (beyond.status_code, beyond.json()["error"]["field"]) == (422, "priority")
    callers.floor.refusals["queue.change_caller"] = {"ok": True, "changed": False}
    gone = await supervisor.patch(f"{path}/{attempt_id}", json={"priority": 1})
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "NOT_WAITING")


async def test_who_waits_is_told_by_the_floor_with_reasons_in_words(
    supervisor: httpx.AsyncClient, agent: httpx.AsyncClient, callers: Callers
) -> None:
    attempt_id, ada = uuid4(), callers.both.a.user_ids["a.agent"]
    callers.floor.refusals["queue.callers"] = {
        "ok": True,
        "callers": [
            {
                "attempt_id": str(attempt_id),
                "number": "+2290161000001",
                "position": 1,
                "since": "2026-11-23T10:00:00.000Z",
                "priority": 3,
                "skills": ["language:fon"],
                "reason": "NOBODY_FITS",
                "passed": {str(ada): "SKILL_MISSING"},
            }
        ],
    }
    path = f"{V1}/queues/{callers.both.a.queue_id}/callers"
    answer = await supervisor.get(path, headers={"Accept-Language": "fr"})
    assert answer.status_code == 200, answer.text
    (one,) = answer.json()["items"]
    assert (one["attempt_id"], one["reason"]) == (str(attempt_id), "NOBODY_FITS")
    (passed,) = one["passed"]
    assert passed["sentence"].endswith("n’a pas une compétence demandée.")
    assert (await agent.get(path)).status_code == 403
    assert (await supervisor.get(f"{V1}/queues/{uuid4()}/callers")).status_code == 404
