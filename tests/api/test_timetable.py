"""Schedules and sequences: what they are told over HTTP, they do at its time, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.engine.timetable import Timetable
from kwabo.services.catalogue import Services
from world import Application, Both, SteppedClock, services_on

HOURS = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "start": "08:00", "until": "12:00"}
ALWAYS = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "start": "00:00", "until": "24:00"}


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
    """A campaign that is ready."""
    made_list = await make_list(admin, ["0161000001", "0161000002"])
    return await made(admin, "/campaigns", campaign_body(both, made_list["contact_list_id"]))


@pytest.fixture
async def second(admin: httpx.AsyncClient, both: Both) -> Any:
    """Another one."""
    made_list = await make_list(admin, ["0161000003"], name="Seconde liste")
    body = campaign_body(both, made_list["contact_list_id"], name="Seconde")
    return await made(admin, "/campaigns", body)


@pytest.fixture
def timetable(services: Services, clock: SteppedClock) -> Timetable:
    """The worker."""
    return Timetable(services.timetable, clock)


def at(clock: SteppedClock, hour: int, minute: int = 0) -> None:
    """Let time pass until this hour in Benin (UTC+1)."""
    local = clock.now() + timedelta(hours=1)
    wanted = local.replace(hour=hour, minute=minute, second=0)
    clock.advance(seconds=((wanted - local).total_seconds()) % 86400)


async def body_of(client: httpx.AsyncClient, path: str, body: Any, status: int = 200) -> Any:
    answer = await client.put(V1 + path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def commands(scripted: ScriptedFloor) -> list[tuple[str, str]]:
    """Take the commands that wait, as the floor would; kind and campaign of each."""
    rows = await scripted.sql(
        """UPDATE floor_commands SET handled_at = now()
           WHERE handled_at IS NULL AND payload ? 'valid_until'
           RETURNING kind, payload, created_at, command_id"""
    )
    taken = []
    for row in sorted(rows, key=lambda row: (row.created_at, row.command_id)):
        state = "running" if row.kind == "campaign.start" else "paused"
        await state_of(scripted, row.payload["campaign_id"], state)
        taken.append((row.kind, row.payload["campaign_id"]))
    return taken


async def state_of(scripted: ScriptedFloor, campaign_id: str, state: str) -> None:
    await scripted.sql(
        "UPDATE campaigns SET state = :state WHERE campaign_id = :campaign_id",
        state=state,
        campaign_id=UUID(campaign_id),
    )


def schedule_of(campaign: Any) -> str:
    return f"/campaigns/{campaign['campaign_id']}/schedule"


async def test_a_campaign_starts_and_pauses_at_its_hours(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    at(clock, 6)
    body = {"time_zone": "Africa/Porto-Novo", "intervals": [HOURS]}
    kept = await body_of(admin, schedule_of(campaign), body)
    assert (kept["open_now"], kept["next_change"]) == (False, "start")
    assert kept["next_change_at"].endswith("T07:00:00.000Z")
    assert await timetable.work_once()
    assert await commands(scripted) == [], "it was not running"
    at(clock, 7, 59)
    await timetable.work_once()
    assert await commands(scripted) == []
    at(clock, 8)
    await timetable.work_once()
    await timetable.work_once()
    started = [("campaign.start", campaign["campaign_id"])]
    assert await commands(scripted) == started
    at(clock, 12)
    await timetable.work_once()
    assert await commands(scripted) == [("campaign.pause", campaign["campaign_id"])]
    firings = (await admin.get(f"{V1}/timetable-firings")).json()["items"]
    assert [(one["action"], one["code"]) for one in firings] == [
        ("pause", ""),
        ("start", ""),
        ("pause", ""),
    ]
    log = (await admin.get(f"{V1}/audit")).json()["items"]
    assert {"campaign.started", "campaign.paused", "schedule.created"} <= {e["action"] for e in log}


async def test_a_person_s_pause_holds_until_the_next_opening(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    at(clock, 9)
    body = {"time_zone": "Africa/Porto-Novo", "intervals": [HOURS]}
    await body_of(admin, schedule_of(campaign), body)
    await timetable.work_once()
    assert len(await commands(scripted)) == 1, "it is open: started at once"
    await state_of(scripted, campaign["campaign_id"], "paused")
    at(clock, 11)
    await timetable.work_once()
    changed = {"time_zone": "Africa/Porto-Novo", "intervals": [HOURS], "version": 1}
    await body_of(admin, schedule_of(campaign), changed)
    await timetable.work_once()
    assert await commands(scripted) == []
    clock.advance(hours=24)  # nothing ran meanwhile: the right state is restored
    await timetable.work_once()
    assert await commands(scripted) == [("campaign.start", campaign["campaign_id"])]


async def test_after_downtime_what_holds_now_is_done_and_nothing_else(
    admin: httpx.AsyncClient,
    campaign: Any,
    engine: AsyncEngine,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    at(clock, 9)
    body = {"time_zone": "Africa/Porto-Novo", "intervals": [HOURS]}
    await body_of(admin, schedule_of(campaign), body)
    await Timetable(services_on(engine, clock).timetable, clock).work_once()
    await commands(scripted)
    clock.advance(days=3)
    at(clock, 13)
    workers = [Timetable(services_on(engine, clock).timetable, clock) for _ in range(2)]
    for worker in workers:
        await worker.work_once()
    assert await commands(scripted) == [("campaign.pause", campaign["campaign_id"])]


async def test_an_emergency_stop_is_not_undone_and_a_refusal_is_told_and_tried_again(
    admin: httpx.AsyncClient,
    both: Both,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    await state_of(scripted, campaign["campaign_id"], "stopped")
    body = {"time_zone": "UTC", "intervals": [ALWAYS]}
    await body_of(admin, schedule_of(campaign), body)
    await timetable.work_once()
    assert await commands(scripted) == []
    kept = (await admin.get(V1 + schedule_of(campaign))).json()["schedule"]
    assert kept["code"] == "STOPPED_BY_PERSON"
    empty = await make_list(admin, [], name="Vide")
    late = await made(
        admin, "/campaigns", campaign_body(both, empty["contact_list_id"], name="Tard")
    )
    await body_of(admin, schedule_of(late), body)
    for _ in range(3):
        await timetable.work_once()
        clock.advance(minutes=1)
    firings = (await admin.get(f"{V1}/timetable-firings?campaign_id={late['campaign_id']}")).json()
    assert [(one["action"], one["code"]) for one in firings["items"]] == [("start", "LIST_EMPTY")]
    path = f"/contact-lists/{empty['contact_list_id']}/contacts"
    await made(admin, path, {"data": {"nom": "A", "tel": "0161000009"}})
    clock.advance(minutes=1)
    await timetable.work_once()
    assert await commands(scripted) == [("campaign.start", late["campaign_id"])]


async def test_every_wrong_part_of_a_schedule_is_named(
    admin: httpx.AsyncClient, campaign: Any
) -> None:
    body = {
        "time_zone": "Mars/Olympus",
        "intervals": [
            {"weekdays": [], "start": "08:00", "until": "12:00"},
            {"weekdays": [1], "start": "22:00", "until": "02:00"},
            {"weekdays": [8], "start": "25:00", "until": "24:00"},
        ],
        "exceptions": [{"first": "2026-12-25", "last": "2026-12-24"}],
    }
    answer = await admin.put(V1 + schedule_of(campaign), json=body)
    assert answer.status_code == 422
    fields = answer.json()["error"]["details"]["fields"]
    assert {one["field"]: one["code"] for one in fields} == {
        "time_zone": "TIME_ZONE",
        "intervals.0.weekdays": "WEEKDAYS",
        "intervals.1.until": "SPAN_EMPTY",
        "intervals.2.weekdays": "WEEKDAYS",
        "intervals.2.start": "CLOCK_TIME",
        "exceptions.0.last": "DATES_ORDER",
    }


async def test_a_sequence_goes_from_campaign_to_campaign(
    admin: httpx.AsyncClient,
    campaign: Any,
    second: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    ids = [campaign["campaign_id"], second["campaign_id"]]
    sequence = await made(
        admin, "/campaign-sequences", {"name": "Matin", "campaign_ids": ids, "repeats": True}
    )
    path = f"/campaign-sequences/{sequence['sequence_id']}"
    await timetable.work_once()
    assert await commands(scripted) == [], "it is off"
    await made(admin, f"{path}/start", None, status=200)
    await timetable.work_once()
    clock.advance(seconds=5)
    await timetable.work_once()
    assert (await admin.get(V1 + path)).json()["code"] == "STARTING"
    assert await commands(scripted) == [("campaign.start", ids[0])]
    clock.advance(seconds=5)
    await timetable.work_once()
    assert await commands(scripted) == [], "the first still runs"
    await state_of(scripted, ids[0], "complete")
    clock.advance(seconds=5)
    await timetable.work_once()
    assert await commands(scripted) == [("campaign.start", ids[1])]
    await state_of(scripted, ids[1], "paused")
    clock.advance(seconds=5)
    await timetable.work_once()
    assert (await admin.get(V1 + path)).json()["code"] == "CAMPAIGN_HALTED"
    await state_of(scripted, ids[1], "complete")
    clock.advance(seconds=5)
    await timetable.work_once()
    assert await commands(scripted) == [("campaign.start", ids[0])], "it repeats"
    now = (await admin.get(V1 + path)).json()
    assert (now["state"], now["position"], now["round"]) == ("running", 0, 2)
    await made(admin, f"{path}/stop", None, status=200)
    assert await commands(scripted) == [("campaign.pause", ids[0])]


async def test_a_sequence_passes_over_who_has_nothing_to_call_and_completes(
    admin: httpx.AsyncClient,
    both: Both,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    empty = await make_list(admin, [], name="Vide")
    nobody = await made(
        admin, "/campaigns", campaign_body(both, empty["contact_list_id"], name="Personne")
    )
    ids = [nobody["campaign_id"], campaign["campaign_id"]]
    sequence = await made(admin, "/campaign-sequences", {"name": "Soir", "campaign_ids": ids})
    path = f"/campaign-sequences/{sequence['sequence_id']}"
    await made(admin, f"{path}/start", None, status=200)
    await timetable.work_once()
    assert await commands(scripted) == [("campaign.start", ids[1])]
    refused = await admin.patch(V1 + path, json={"version": 1, "campaign_ids": ids[:1]})
    assert refused.json()["error"]["code"] == "SEQUENCE_RUNS"
    await state_of(scripted, ids[1], "complete")
    clock.advance(seconds=5)
    await timetable.work_once()
    assert (await admin.get(V1 + path)).json()["state"] == "complete"
    firings = (
        await admin.get(f"{V1}/timetable-firings?source_id={sequence['sequence_id']}")
    ).json()["items"]
    assert [(one["action"], one["code"]) for one in firings] == [
        ("complete", ""),
        ("start", ""),
        ("skip", "LIST_EMPTY"),
    ]
    assert await commands(scripted) == []


async def test_a_schedule_turns_a_sequence_on_and_off(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    at(clock, 9)
    sequence = await made(
        admin,
        "/campaign-sequences",
        {"name": "Matin", "campaign_ids": [campaign["campaign_id"]]},
    )
    path = f"/campaign-sequences/{sequence['sequence_id']}"
    body = {"time_zone": "Africa/Porto-Novo", "intervals": [HOURS]}
    await body_of(admin, f"{path}/schedule", body)
    await timetable.work_once()
    await timetable.work_once()
    assert await commands(scripted) == [("campaign.start", campaign["campaign_id"])]
    at(clock, 12)
    await timetable.work_once()
    assert await commands(scripted) == [("campaign.pause", campaign["campaign_id"])]
    assert (await admin.get(V1 + path)).json()["state"] == "off"


async def test_what_a_floor_hears_too_late_it_leaves(
    admin: httpx.AsyncClient,
    campaign: Any,
    timetable: Timetable,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    at(clock, 11)
    body = {"time_zone": "Africa/Porto-Novo", "intervals": [HOURS]}
    await body_of(admin, schedule_of(campaign), body)
    await timetable.work_once()
    rows = await scripted.sql(
        "SELECT payload FROM floor_commands WHERE kind = 'campaign.start' ORDER BY created_at"
    )
    closes = datetime.fromisoformat(rows[-1].payload["valid_until"].replace("Z", "+00:00"))
    assert closes - clock.now() == timedelta(hours=1)
