"""A campaign's diagnosis beside counting its contacts one by one."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Both, SteppedClock

WITH_TIME = ["", "RECALL_DELAY", "RESULT_BUSY", "OUTSIDE_CALLABLE_TIME", "PREVIEW_WAITS"]
FINAL = ["DNC_LISTED", "ATTEMPT_LIMIT", "RESULT_INVALID", "FILTERED"]


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


@pytest.fixture
async def contact_list(admin: httpx.AsyncClient) -> Any:
    """Thirty contacts."""
    return await make_list(admin, [f"01610000{n:02}" for n in range(30)])


@pytest.fixture
async def path(admin: httpx.AsyncClient, both: Both, contact_list: Any) -> str:
    """The path of a campaign."""
    body = campaign_body(both, contact_list["contact_list_id"])
    campaign = await made(admin, "/campaigns", body)
    return f"{V1}/campaigns/{campaign['campaign_id']}"


async def course(floor: ScriptedFloor, path: str, contact_id: str, **values: Any) -> None:
    """The campaign has looked at a contact."""
    await floor.sql(
        "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state,"
        " next_attempt_at, reason) VALUES (:campaign_id, :contact_id, current_organisation(),"
        " :state, :next_attempt_at, :reason) ON CONFLICT (campaign_id, contact_id) DO UPDATE SET"
        " state = excluded.state, next_attempt_at = excluded.next_attempt_at,"
        " reason = excluded.reason",
        campaign_id=UUID(path.rsplit("/", 1)[1]),
        contact_id=UUID(contact_id),
        **({"next_attempt_at": None, "reason": ""} | values),
    )


def drawn(rng: random.Random, now: datetime) -> dict[str, Any] | None:
    """A course, or none."""
    at = now + timedelta(minutes=rng.randint(-60, 60))
    return rng.choice(
        [
            None,
            {"state": "in_progress"},
            {"state": "open", "next_attempt_at": at, "reason": rng.choice(WITH_TIME)},
            {"state": "open", "reason": rng.choice(["FILTERED", "TIME_ZONE_UNKNOWN"])},
            {"state": "finished", "reason": rng.choice(FINAL)},
        ]
    )


def bucket_of(found: dict[str, Any] | None, now: datetime, *, owned: bool) -> tuple[str, str]:
    """The bucket of one contact, decided apart from the program's own way."""
    if found is None:
        return "untouched", "NOT_LOOKED_AT"
    if found["state"] == "in_progress":
        return "in_progress", "IN_PROGRESS"
    if found["state"] == "finished":
        return "finished", found["reason"]
    at = found.get("next_attempt_at")
    if at is None:
        return "change", found["reason"]
    if at > now:
        return "later", found["reason"] or "RECALL_DELAY"
    if owned:
        return "agent", "CALLBACK_OWNED"
    if found["reason"] == "PREVIEW_WAITS":
        return "agent", "PREVIEW_WAITS"
    return "due", "DUE"


@pytest.mark.parametrize("seed", range(4))
async def test_buckets_are_what_counting_one_by_one_finds(
    admin: httpx.AsyncClient,
    both: Both,
    contact_list: Any,
    path: str,
    scripted: ScriptedFloor,
    clock: SteppedClock,
    seed: int,
) -> None:
    rng = random.Random(seed)
    now = clock.now()
    courses: dict[str, dict[str, Any] | None] = {}
    owned: set[str] = set()
    ids = [one["contact_id"] for one in contact_list["made"]]
    for contact_id in ids:
        courses[contact_id] = drawn(rng, now)
        if (one := courses[contact_id]) is not None:
            await course(scripted, path, contact_id, **one)
            if one["state"] == "open" and one.get("next_attempt_at") and rng.random() < 0.3:
                await callback(scripted, both, path, contact_id, now - timedelta(seconds=1))
                owned.add(contact_id)
    for contact_id in rng.sample(ids, 5):  # deleted ones leave the waterfall
        await scripted.sql("DELETE FROM callbacks WHERE contact_id = :id", id=UUID(contact_id))
        await scripted.sql("DELETE FROM contacts WHERE contact_id = :id", id=UUID(contact_id))
        del courses[contact_id]
    for number in range(3):  # added ones enter it
        data = {"nom": "Neuf", "solde": "1", "tel": f"01620000{number:02}"}
        added = await made(
            admin, f"/contact-lists/{contact_list['contact_list_id']}/contacts", {"data": data}
        )
        courses[added["contact_id"]] = None

    answer = (await admin.get(f"{path}/diagnosis")).json()

    expected = Counter(
        bucket_of(one, now, owned=contact_id in owned) for contact_id, one in courses.items()
    )
    assert {(b["group"], b["code"]): b["contacts"] for b in answer["buckets"]} == expected
    assert answer["contacts"] == len(courses) == sum(b["contacts"] for b in answer["buckets"])
    times = [
        one["next_attempt_at"]
        for one in courses.values()
        if one is not None and one.get("next_attempt_at") and one["next_attempt_at"] > now
    ]
    earliest = min(times, default=None)
    told = answer["next_attempt_at"]
    assert (datetime.fromisoformat(told) if told else None) == earliest


async def callback(
    floor: ScriptedFloor, both: Both, path: str, contact_id: str, due_at: datetime
) -> None:
    """An agent's own callback."""
    await floor.sql(
        "INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id, number,"
        " due_at, owner_user_id, state, created_at) VALUES (:callback_id,"
        " current_organisation(), :campaign_id, :contact_id, '+2290161000000', :due_at, :owner,"
        " 'open', :due_at)",
        callback_id=uuid4(),
        campaign_id=UUID(path.rsplit("/", 1)[1]),
        contact_id=UUID(contact_id),
        due_at=due_at,
        owner=both.a.user_ids["a.agent"],
    )


async def test_what_filters_keep_out_is_told_apart_from_what_comes_next(
    admin: httpx.AsyncClient, contact_list: Any, path: str, scripted: ScriptedFloor
) -> None:
    ids = [UUID(one["contact_id"]) for one in contact_list["made"]]
    await course(scripted, path, str(ids[2]), state="finished", reason="DNC_LISTED")
    await course(scripted, path, str(ids[20]), state="open", reason="FILTERED")
    rich = {"all": [{"column": "solde", "predicate": "GREATER", "value": "150"}]}
    body = {"name": "Riches", "document": rich}
    made_filter = await made(
        admin, f"/contact-lists/{contact_list['contact_list_id']}/filters", body
    )
    await scripted.sql(
        "UPDATE campaigns SET contact_list_filter_ids = ARRAY[CAST(:filter_id AS uuid)],"
        " (scan_added_in, scan_position) ="
        " (SELECT added_in, position FROM contacts WHERE contact_id = :last)"
        " WHERE campaign_id = :campaign_id",
        filter_id=UUID(made_filter["contact_list_filter_id"]),
        last=ids[9],
        campaign_id=UUID(path.rsplit("/", 1)[1]),
    )

    buckets = (await admin.get(f"{path}/diagnosis")).json()["buckets"]

    assert {(b["group"], b["code"]): b["contacts"] for b in buckets} == {
        ("untouched", "NOT_LOOKED_AT"): 19,
        ("change", "FILTERED"): 10,  # nine of the first ten, and one asked before
        ("finished", "DNC_LISTED"): 1,
    }


async def test_the_next_contacts_are_put_before_every_rule(
    admin: httpx.AsyncClient,
    contact_list: Any,
    path: str,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    ids = [one["contact_id"] for one in contact_list["made"]]
    for contact_id in ids[:20]:
        await course(scripted, path, contact_id, state="finished", reason="RESULT_PERSON")
    await admin.patch(f"{V1}/contacts/{ids[20]}", json={"callable": False, "version": 1})
    found = (await admin.get(f"{path}/diagnosis")).json()
    ahead = found["ahead"]
    assert (ahead["looked_at"], ahead["kept_out"]) == (10, 1)
    assert [(r["code"], r["contacts"]) for r in ahead["reasons"]] == [("CONTACT_UNCALLABLE", 1)]
    assert "NEXT_KEPT_OUT" not in [one["code"] for one in found["findings"]]

    campaign = (await admin.get(path)).json()
    # Two days on: where the list is, it may be tomorrow already.
    another_day = (clock.now().isoweekday() + 1) % 7 + 1
    closed = {"callable_weekdays": [another_day], "version": campaign["version"]}
    assert (await admin.patch(path, json=closed)).status_code == 200
    found = (await admin.get(f"{path}/diagnosis", headers={"Accept-Language": "en"})).json()
    ahead = found["ahead"]
    assert (ahead["looked_at"], ahead["kept_out"]) == (10, 10)
    assert [(r["code"], r["contacts"]) for r in ahead["reasons"]] == [
        ("OUTSIDE_CALLABLE_TIME", 9), ("CONTACT_UNCALLABLE", 1),
    ]  # fmt: skip
    opens = ahead["reasons"][0]["next_attempt_at"]
    assert datetime.fromisoformat(opens) > clock.now()
    told = next(one for one in found["findings"] if one["code"] == "NEXT_KEPT_OUT")
    assert (told["severity"], told["contacts"], told["share"]) == ("stops", 10, 1.0)
    assert told["until"] == opens
    assert "NOTHING_IN_THE_WAY" not in [one["code"] for one in found["findings"]]


async def test_the_next_contacts_of_a_sorted_campaign_come_from_its_order(
    admin: httpx.AsyncClient, contact_list: Any, path: str, scripted: ScriptedFloor
) -> None:
    ids = [UUID(one["contact_id"]) for one in contact_list["made"]]
    campaign_id = UUID(path.rsplit("/", 1)[1])
    await scripted.sql(
        "UPDATE campaigns SET (scan_added_in, scan_position) ="
        " (SELECT added_in, position FROM contacts WHERE contact_id = :last)"
        " WHERE campaign_id = :campaign_id",
        last=ids[24],
        campaign_id=campaign_id,
    )
    await scripted.sql(
        "INSERT INTO campaign_order (campaign_id, order_version, contact_id, organisation_id,"
        " rank, added_in, position) SELECT k.campaign_id, k.order_version, c.contact_id,"
        " c.organisation_id, '', c.added_in, c.position FROM contacts c, campaigns k"
        " WHERE c.contact_id = ANY (:ids) AND k.campaign_id = :campaign_id",
        campaign_id=campaign_id,
        ids=ids[3:5],
    )
    for contact_id in (ids[3], ids[25], ids[0]):  # in the order, behind the place, come to already
        body = {"callable": False, "version": 1}
        assert (await admin.patch(f"{V1}/contacts/{contact_id}", json=body)).status_code == 200

    ahead = (await admin.get(f"{path}/diagnosis")).json()["ahead"]

    assert (ahead["looked_at"], ahead["kept_out"]) == (7, 2)


async def test_findings_lead_to_where_it_is_mended(
    admin: httpx.AsyncClient,
    contact_list: Any,
    path: str,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    before = (await admin.get(f"{path}/diagnosis", headers={"Accept-Language": "fr"})).json()
    assert before["findings"][0] | {"share": 0} == {
        "code": "CAMPAIGN_NOT_RUNNING",
        "severity": "stops",
        "message": "La campagne n’est pas en cours : démarrez-la.",
        "contacts": 0,
        "share": 0,
        "place": "campaign",
        "until": None,
    }
    assert (await admin.post(f"{path}/start")).status_code == 200
    opens = clock.now() + timedelta(hours=2)
    for one in contact_list["made"]:
        await course(
            scripted,
            path,
            one["contact_id"],
            state="open",
            next_attempt_at=opens,
            reason="OUTSIDE_CALLABLE_TIME",
        )
    answer = (await admin.get(f"{path}/diagnosis", headers={"Accept-Language": "en"})).json()
    by_code = {one["code"]: one for one in answer["findings"]}
    assert "CAMPAIGN_NOT_RUNNING" not in by_code
    assert by_code["NO_AGENT_AT_WORK"]["place"] == "agents"
    closed = by_code["OUTSIDE_HOURS"]
    assert (closed["severity"], closed["contacts"], closed["share"]) == ("stops", 30, 1.0)
    assert datetime.fromisoformat(closed["until"]) == opens
    assert answer["agents"]["at_work"] == 0
    assert answer["lines"]["used"] == 0
    assert answer["lines"]["free"] == answer["lines"]["total"]


async def test_lines_count_calls_and_what_others_have_set_aside(
    admin: httpx.AsyncClient, both: Both, contact_list: Any, path: str, scripted: ScriptedFloor
) -> None:
    body = campaign_body(both, contact_list["contact_list_id"], name="Autre", lines_reserved=4)
    other = await made(admin, "/campaigns", body)
    ids = [UUID(one["contact_id"]) for one in contact_list["made"]]
    for campaign_id, contact_id in (
        (UUID(path.rsplit("/", 1)[1]), ids[0]),
        (UUID(path.rsplit("/", 1)[1]), ids[1]),
        (UUID(other["campaign_id"]), ids[2]),
    ):
        await scripted.sql(
            "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
            " attempt_number, number, mode, caller_id, trunk_id, state, fencing, dialling_at)"
            " VALUES (:attempt_id, current_organisation(), :campaign_id, :contact_id, 1, :number,"
            " 'progressive', '', :trunk_id, 'dialling', 1, now())",
            attempt_id=uuid4(),
            campaign_id=campaign_id,
            contact_id=contact_id,
            number=f"+229{contact_id.int % 10**8}",
            trunk_id=both.a.trunk_id,
        )
    idle = (await admin.get(f"{path}/diagnosis")).json()["lines"]
    assert (idle["used"], idle["used_here"], idle["set_aside"]) == (3, 2, 0)
    await scripted.sql(
        "UPDATE campaigns SET state = 'running' WHERE campaign_id = :id",
        id=UUID(other["campaign_id"]),
    )
    lines = (await admin.get(f"{path}/diagnosis")).json()["lines"]
    assert (lines["used"], lines["set_aside"]) == (3, 3)
    assert lines["free"] == lines["total"] - 6


async def test_an_unknown_campaign_is_not_found(admin: httpx.AsyncClient) -> None:
    answer = await admin.get(f"{V1}/campaigns/{uuid4()}/diagnosis")
    assert answer.status_code == 404
