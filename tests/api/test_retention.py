"""Retention: what the law keeps, what a hold keeps, what goes, and that totals stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Application, Both

PATH = f"{V1}/retention"
NUMBERS = ["+2290197000001", "+2290197000002"]
OLD = timedelta(days=200)


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


async def change(client: httpx.AsyncClient, **days: int | None) -> httpx.Response:
    version = (await client.get(PATH)).json()["version"]
    return await client.patch(PATH, json={"version": version, "days": days})


async def days_of(client: httpx.AsyncClient) -> dict[str, int | None]:
    return {one["data_class"]: one["days"] for one in (await client.get(PATH)).json()["classes"]}


async def run(client: httpx.AsyncClient) -> dict[str, int]:
    answer = await client.post(f"{PATH}/run")
    assert answer.status_code == 200, answer.text
    assert answer.json()["problem"] == ""
    return dict(answer.json()["removed"])


def id_at(application: Application, age: timedelta, number: int) -> UUID:
    """An id as it was made so long ago: its first 48 bits are milliseconds."""
    at = int((application.clock.now() - age).timestamp() * 1000)
    return UUID(int=(at << 80) | (7 << 76) | (2 << 62) | number)


async def called(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, application: Application
) -> str:
    """A campaign with one old and one young call, each answered and wrapped up; its path."""
    contacts = await make_list(admin, NUMBERS)
    body = campaign_body(both, contacts["contact_list_id"])
    campaign = await made(admin, "/campaigns", body)
    ages = (OLD, timedelta(days=1))
    for index, age in enumerate(ages):
        at = application.clock.now() - age
        attempt_id = id_at(application, age, index)
        await scripted.sql(
            "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
            " attempt_number, number, caller_id, mode, trunk_id, state, result, dialling_at,"
            " answered_at, closed_at, fencing) VALUES (:attempt_id, current_organisation(),"
            " :campaign_id, :contact_id, 1, :number, '', 'progressive', :trunk_id, 'closed',"
            " 'person', :at, :at, :at, 1)",
            attempt_id=attempt_id,
            campaign_id=UUID(campaign["campaign_id"]),
            contact_id=UUID(contacts["made"][index]["contact_id"]),
            number=NUMBERS[index],
            trunk_id=both.a.trunk_id,
            at=at,
        )
        await scripted.sql(
            "INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, system_code,"
            " created_at) VALUES (:attempt_id, current_organisation(), :campaign_id, 'ABANDONED',"
            " :at)",
            attempt_id=attempt_id,
            campaign_id=UUID(campaign["campaign_id"]),
            at=at,
        )
    return f"{V1}/campaigns/{campaign['campaign_id']}"


@pytest.mark.untallied
async def test_old_calls_go_and_the_campaigns_totals_stay(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, application: Application
) -> None:
    path = await called(admin, both, scripted, application)
    before = (await admin.get(f"{path}/progress")).json()
    assert before["attempts"] == 2
    assert (await change(admin, call_records=100)).status_code == 200
    assert (await admin.get(f"{PATH}/preview")).json()["counts"]["call_records"] == 1
    assert (await run(admin))["call_records"] == 1
    left = await scripted.sql("SELECT number FROM attempts")
    assert [row.number for row in left] == [NUMBERS[1]]
    assert len(await scripted.sql("SELECT 1 FROM wrap_ups")) == 1
    after = (await admin.get(f"{path}/progress")).json()
    for name in ("attempts", "answered", "results", "wrap_ups", "abandoned"):
        assert after[name] == before[name], name
    assert "call_records" not in await run(admin)


@pytest.mark.untallied
async def test_a_hold_beats_erasure_until_it_ends(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, application: Application
) -> None:
    await called(admin, both, scripted, application)
    await change(admin, call_records=100)
    for number in (NUMBERS[0], None):
        hold = await made(admin, "/legal-holds", {"number": number, "reason": "A court asked"})
        assert "call_records" not in await run(admin)
        path = f"{V1}/legal-holds/{hold['legal_hold_id']}/end"
        assert (await admin.post(path, json={"reason": "Case closed"})).status_code == 200
        again = await admin.post(path, json={"reason": "Case closed"})
        assert again.json()["error"]["code"] == "HOLD_ENDED"
    assert (await run(admin))["call_records"] == 1
    actions = {
        one["action"]
        for one in (await admin.get(f"{V1}/audit", params={"limit": 50})).json()["items"]
    }
    assert {"legal_hold.added", "legal_hold.ended", "retention.changed", "retention.run"} <= actions


async def test_the_law_sets_a_floor_and_says_why(admin: httpx.AsyncClient) -> None:
    version = (await admin.get(f"{V1}/compliance")).json()["version"]
    await admin.patch(f"{V1}/compliance", json={"version": version, "preset": "US"})
    refused = await change(admin, call_records=400)
    assert refused.status_code == 422
    (field,) = refused.json()["error"]["details"]["fields"]
    assert (field["field"], field["code"]) == ("days.call_records", "RETENTION_LAW")
    assert "16 CFR 310.5" in field["message"]
    assert (await change(admin, call_records=1830)).status_code == 200
    classes = {one["data_class"]: one for one in (await admin.get(PATH)).json()["classes"]}
    assert (classes["audit"]["least_by"], classes["audit"]["least_days"]) == ("US", 1830)
    assert classes["events"]["least_by"] == ""


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"call_records": 30}, "RETENTION_DAYS"),
        ({"events": 0}, "RETENTION_DAYS"),
        ({"events": 100_000}, "RETENTION_DAYS"),
        ({"diaries": 30}, "RETENTION_CLASS"),
    ],
)
async def test_what_cannot_be_is_refused(
    admin: httpx.AsyncClient, days: dict[str, int], code: str
) -> None:
    answer = await change(admin, **days)
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["fields"][0]["code"] == code


async def test_defaults_keep_what_proves_and_let_go_what_only_serves(
    admin: httpx.AsyncClient,
) -> None:
    days = await days_of(admin)
    for name in ("call_records", "consents", "audit", "contacts"):
        assert days[name] is None
    assert (days["events"], days["floor_commands"]) == (90, 14)
    await change(admin, events=None)
    assert (await days_of(admin))["events"] is None


async def test_events_and_commands_go_but_for_the_newest_of_who_still_is(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, application: Application
) -> None:
    old = application.clock.now() - OLD
    (floor,) = await scripted.sql("SELECT floor_id FROM floors")
    agent, call = UUID(int=1), UUID(int=2)
    rows: list[tuple[int, str, UUID]] = [
        (1, "agent.status_changed", agent),
        (2, "agent.status_changed", agent),
        (3, "attempt.closed", call),
    ]
    for position, kind, subject in rows:
        await scripted.sql(
            "INSERT INTO events (floor_id, position, organisation_id, at, kind, subject_id, data)"
            " VALUES (:floor_id, :position, current_organisation(), :at, :kind, :subject, '{}')",
            floor_id=floor.floor_id,
            position=position,
            at=old,
            kind=kind,
            subject=subject,
        )
    await scripted.sql(
        "INSERT INTO floor_commands (command_id, floor_id, organisation_id, kind, payload,"
        " created_at, handled_at) VALUES (:id, :floor_id, current_organisation(), 'x', '{}', :at,"
        " :at)",
        id=id_at(application, OLD, 9),
        floor_id=floor.floor_id,
        at=old,
    )
    removed = await run(admin)
    assert (removed["events"], removed["floor_commands"]) == (2, 1)
    left = await scripted.sql("SELECT position FROM events")
    assert [row.position for row in left] == [2]


async def test_consents_of_a_number_go_together_so_that_none_stands_again(
    admin: httpx.AsyncClient, scripted: ScriptedFloor, application: Application
) -> None:
    for number, ages in ((NUMBERS[0], (900, 800)), (NUMBERS[1], (900, 10))):
        for kind, age in zip(("given", "withdrawn"), ages, strict=True):
            await scripted.sql(
                "INSERT INTO consents (consent_id, organisation_id, kind, number, purpose, channel,"
                " at, source, created_at) VALUES (gen_random_uuid(), current_organisation(), :kind,"
                " :number, 'prospecting', 'voice', :at, 'user', :at)",
                kind=kind,
                number=number,
                at=application.clock.now() - timedelta(days=age),
            )
    await change(admin, consents=400)
    assert (await run(admin))["consents"] == 2
    left = await scripted.sql("SELECT DISTINCT number FROM consents")
    assert [row.number for row in left] == [NUMBERS[1]]


async def test_usage_of_past_periods_goes_and_the_present_ones_stay(
    admin: httpx.AsyncClient, scripted: ScriptedFloor, application: Application
) -> None:
    for age in (0, 500):
        await scripted.sql(
            "INSERT INTO call_usage (organisation_id, country, per, starts_at, calls, spent)"
            " VALUES (current_organisation(), '', 'month', :at, 1, 5)",
            at=application.clock.now() - timedelta(days=age),
        )
    assert (await run(admin))["call_usage"] == 1
    assert len(await scripted.sql("SELECT 1 FROM call_usage")) == 1


async def test_every_class_can_be_counted_and_removed(admin: httpx.AsyncClient) -> None:
    classes: list[dict[str, Any]] = (await admin.get(PATH)).json()["classes"]
    days = {one["data_class"]: one["least_days"] for one in classes}
    assert (await change(admin, **days)).status_code == 200
    counts = (await admin.get(f"{PATH}/preview")).json()["counts"]
    assert set(counts) == set(days)
    assert await run(admin) == {}
