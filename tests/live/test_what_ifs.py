"""What-ifs computed by the worker and its process, on a real database."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from campaign_world import V1, campaign_body, made, make_list
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock
from kwabo.adapters.what_if_process import SimulationProcess
from kwabo.engine.what_if_runner import MOST_TRIES, WhatIfRunner
from kwabo.simulation.what_if_result import METRICS, WAIT_EDGES
from world import Application, Both

CHILD = "kwabo.simulation.what_if_child"
HOUR = {"kind": "tomorrow", "agents": 3, "from": "09:00", "until": "10:00"}
HOURS = {"callable_from": "09:00", "callable_until": "09:45"}


@pytest.fixture
def process() -> SimulationProcess:
    """Starts what computes."""
    return SimulationProcess(CHILD)


@pytest.fixture
def runner(unit_of_work: PostgresUnitOfWork, process: SimulationProcess) -> WhatIfRunner:
    """A worker in real time."""
    return WhatIfRunner(unit_of_work, simulations=process, clock=SystemClock(), worker="test")


@pytest.fixture
async def path(application: Application, admin: httpx.AsyncClient, both: Both) -> str:
    """The what-ifs of a campaign with contacts and no past."""
    numbers = [f"01610000{index:02d}" for index in range(60)]
    contacts = await make_list(admin, numbers)
    body = campaign_body(both, contacts["contact_list_id"], call_analysis=True, **HOURS)
    campaign = await made(admin, "/campaigns", body)
    return f"/campaigns/{campaign['campaign_id']}/what-ifs"


@pytest.fixture
async def working(runner: WhatIfRunner) -> AsyncIterator[asyncio.Task[None]]:
    """The worker at work."""
    task = asyncio.create_task(runner.run())
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(client: httpx.AsyncClient, what_if: Any, *states: str) -> Any:
    """The what-if once it is in one of the states."""
    while True:
        now = (await client.get(f"{V1}/what-ifs/{what_if['what_if_id']}")).json()
        if now["state"] in states:
            return now
        await asyncio.sleep(0.05)


async def test_tomorrow_of_a_campaign_without_a_past(
    admin: httpx.AsyncClient, path: str, runner: WhatIfRunner
) -> None:
    asked = await made(admin, path, HOUR | {"runs": 3, "mode": "power", "calls_per_agent": 2})
    assert await runner.work_once()
    done = (await admin.get(f"{V1}/what-ifs/{asked['what_if_id']}")).json()
    assert (done["state"], done["error"]) == ("complete", None), done
    assert done["progress"] == 1
    result = done["result"]
    assert result["basis"]["calls_learnt_from"] == 0
    assert result["basis"]["contacts"] == 60
    for summary in (result["asked"], result["present"]):
        assert set(summary) == set(METRICS)
        known = {name: one for name, one in summary.items() if one["mean"] is not None}
        assert summary.keys() - known.keys() <= {"list_end_seconds"}
        assert all(one["low"] <= one["mean"] <= one["high"] for one in known.values())
        assert 60 <= summary["dialled"]["low"] <= summary["dialled"]["high"] < 200
        assert summary["conversations"]["mean"] > 0
    assert result["present"]["abandoned"]["high"] == 0, "progressive holds an agent for each call"
    steps = result["series"].pop("minutes")
    assert steps == list(range(0, 60, 5))
    for band in result["series"].values():
        assert {len(values) for values in band.values()} == {len(steps)}
    assert result["waits"]["edges"] == list(WAIT_EDGES)
    heard = result["asked"]["conversations"]["mean"] * 3
    assert sum(result["waits"]["counts"]) == pytest.approx(heard)
    assert not await runner.work_once(), "nothing waits any more"


async def test_the_same_what_if_has_the_same_result(
    admin: httpx.AsyncClient, path: str, runner: WhatIfRunner
) -> None:
    one = await made(admin, path, HOUR | {"runs": 1})
    other = await made(admin, path, HOUR | {"runs": 1})
    await runner.work_once()
    results = [(await until(admin, asked, "complete"))["result"] for asked in (one, other)]
    assert results[0] == results[1]


async def test_cancelling_ends_the_computing(
    admin: httpx.AsyncClient,
    path: str,
    process: SimulationProcess,
    working: asyncio.Task[None],
) -> None:
    asked = await made(admin, path, HOUR | {"until": "18:00", "runs": 50})
    while process.process_id is None:
        await asyncio.sleep(0.02)
    running = await until(admin, asked, "running")
    assert running["started_at"] is not None
    await admin.post(f"{V1}/what-ifs/{asked['what_if_id']}/cancel")
    while process.process_id is not None:
        await asyncio.sleep(0.02)
    again = await made(admin, path, HOUR | {"runs": 1})
    assert (await until(admin, again, "complete", "failed"))["state"] == "complete"
    assert (await until(admin, asked, "cancelled"))["result"] is None


async def test_deleting_ends_the_computing(
    admin: httpx.AsyncClient,
    path: str,
    process: SimulationProcess,
    working: asyncio.Task[None],
) -> None:
    asked = await made(admin, path, HOUR | {"until": "18:00", "runs": 50})
    while process.process_id is None:
        await asyncio.sleep(0.02)
    assert (await admin.delete(f"{V1}/what-ifs/{asked['what_if_id']}")).status_code == 204
    while process.process_id is not None:
        await asyncio.sleep(0.02)


async def test_a_process_that_dies_is_told(
    admin: httpx.AsyncClient,
    path: str,
    process: SimulationProcess,
    working: asyncio.Task[None],
) -> None:
    asked = await made(admin, path, HOUR | {"until": "18:00", "runs": 50})
    while (child := process.process_id) is None:
        await asyncio.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    failed = await until(admin, asked, "failed")
    assert failed["error_code"] == "WHAT_IF_DIED"
    assert failed["result"] is None
    french = await admin.get(
        f"{V1}/what-ifs/{asked['what_if_id']}", headers={"Accept-Language": "fr"}
    )
    assert french.json()["error"].startswith("Le processus qui calculait")


async def test_a_worker_that_vanished_is_replaced_and_not_for_ever(
    admin: httpx.AsyncClient,
    path: str,
    both: Both,
    unit_of_work: PostgresUnitOfWork,
    runner: WhatIfRunner,
) -> None:
    asked = await made(admin, path, HOUR | {"runs": 1})
    what_if_id = UUID(asked["what_if_id"])

    async def vanish() -> None:
        async with unit_of_work.begin(both.a.organisation_id) as stores:
            taken = await stores.what_ifs.claim(what_if_id, "gone", -1.0, SystemClock().now())
            assert taken is not None

    for _ in range(MOST_TRIES - 1):
        await vanish()
    assert await runner.work_once()
    assert (await until(admin, asked, "complete", "failed"))["state"] == "complete"
    asked = await made(admin, path, HOUR | {"runs": 1})
    what_if_id = UUID(asked["what_if_id"])
    for _ in range(MOST_TRIES):
        await vanish()
    assert await runner.work_once()
    assert (await until(admin, asked, "complete", "failed"))["error_code"] == "WHAT_IF_DIED"


async def test_two_workers_do_not_compute_the_same(
    admin: httpx.AsyncClient, path: str, both: Both, unit_of_work: PostgresUnitOfWork
) -> None:
    asked = await made(admin, path, HOUR | {"runs": 1})
    what_if_id = UUID(asked["what_if_id"])
    now = SystemClock().now()
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        assert await stores.what_ifs.claim(what_if_id, "first", 60.0, now)
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        assert await stores.what_ifs.claim(what_if_id, "second", 60.0, now) is None
        assert not await stores.what_ifs.hold(what_if_id, "second", 60.0, 0.5)
        assert not await stores.what_ifs.finish(what_if_id, "second", result={}, now=now)
        assert await stores.what_ifs.hold(what_if_id, "first", 60.0, 0.5)
    assert (await admin.get(f"{V1}/what-ifs/{what_if_id}")).json()["progress"] == 0.5


async def test_a_list_of_uncallable_numbers_is_refused_by_the_simulation(
    admin: httpx.AsyncClient, both: Both, runner: WhatIfRunner
) -> None:
    contacts = await make_list(admin, ["0161000000"], name="Stop")
    listed = await admin.post(
        f"{V1}/dnc-lists/{both.a.dnc_list_id}/entries",
        json={"entries": [{"value": "0161000000"}]},
    )
    assert listed.status_code == 200, listed.text
    body = campaign_body(both, contacts["contact_list_id"], name="Stop")
    campaign = await made(admin, "/campaigns", body)
    asked = await made(admin, f"/campaigns/{campaign['campaign_id']}/what-ifs", HOUR)
    await runner.work_once()
    failed = await until(admin, asked, "failed", "complete")
    assert failed["error_code"] == "WHAT_IF_NO_CONTACTS", failed


async def test_tomorrow_keeps_consents_limits_and_the_campaigns_order(
    admin: httpx.AsyncClient, both: Both, runner: WhatIfRunner
) -> None:
    numbers = [f"01610001{index:02d}" for index in range(10)]
    contacts = await make_list(admin, numbers, name="Accord")
    for number in numbers[:3]:
        proof = {"number": number, "how": "paper", "proof": "Formulaire signé"}
        await made(admin, "/consents", proof)
    limit = {
        "name": "Un essai",
        "per": "number",
        "scope": "organisation",
        "most": 1,
        "reset": "days",
        "days": 7,
        "counted": "dialled",
    }
    await made(admin, "/attempt-limits", limit)
    body = campaign_body(
        both,
        contacts["contact_list_id"],
        name="Accord",
        consent_required=True,
        sort=[{"column": "solde"}],
        minimum_gap_seconds=0,
        recall_seconds={"no_answer": 60, "busy": 60},
        **HOURS,
    )
    campaign = await made(admin, "/campaigns", body)
    path = f"/campaigns/{campaign['campaign_id']}/what-ifs"
    asked = await made(admin, path, HOUR | {"runs": 1})
    await runner.work_once()
    done = await until(admin, asked, "failed", "complete")
    assert done["state"] == "complete", done
    basis, dialled = done["result"]["basis"], done["result"]["asked"]["dialled"]
    assert (basis["contacts"], basis["contacts_in_list"]) == (3, 10)
    assert basis["left_out"] == ["order"], "nobody has filled it yet"
    assert dialled["high"] == 3
