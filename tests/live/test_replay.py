"""A day lived on a real database, with the simulated switch, is played again exactly."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, campaign_body, made, make_list
from database import Database, DatabaseServer
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.floor_client import PostgresFloorClient
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.what_if_process import SimulationProcess
from kwabo.engine.what_if_runner import WhatIfRunner
from live.lived_day import lived_day
from world import Application, Both

ZONE = ZoneInfo("Africa/Porto-Novo")  # the organisation's: a day to be replayed is one of its own
CALLS = 30
GRACE_SECONDS = 1.0
CHILD = "kwabo.simulation.what_if_child"


async def lived(
    admin: httpx.AsyncClient,
    both: Both,
    engine: AsyncEngine,
    database: Database,
    seed: int,
    *,
    later_mode: str | None = None,
    headset_lost_every_seconds: float | None = None,
    **settings: Any,
) -> str:
    """The id of a campaign that has made its calls, from half way on in `later_mode`."""
    contacts = await make_list(admin, [f"01610000{index:02d}" for index in range(80)])
    campaign = await made(
        admin, "/campaigns", campaign_body(both, contacts["contact_list_id"], **settings)
    )
    codes = (await admin.get(f"{V1}/wrap-up-codes")).json()["items"]
    plain = next(code for code in codes if "success" in code["flags"])

    async def change_mode() -> None:
        path = f"{V1}/campaigns/{campaign['campaign_id']}"
        version = (await admin.get(path)).json()["version"]
        changed = await admin.patch(path, json={"mode": later_mode, "version": version})
        assert changed.status_code == 200, changed.text

    notifications = Notifications(database.app_url)
    await notifications.start()
    clock = SystemClock()
    try:
        store = PostgresFloorStore(engine, notifications)
        client = PostgresFloorClient(engine, notifications, clock, TimeOrderedIds(clock))
        async with lived_day(store, client, both, seed, agent_grace_seconds=GRACE_SECONDS) as day:
            agents = [both.a.user_ids[login] for login in ("a.agent", "a.agent2")]
            await day.live(
                UUID(campaign["campaign_id"]),
                agents,
                UUID(plain["wrap_up_code_id"]),
                CALLS,
                half_way=change_mode if later_mode else None,
                headset_lost_every_seconds=headset_lost_every_seconds,
            )
    finally:
        await notifications.close()
    return str(campaign["campaign_id"])


async def replayed(
    admin: httpx.AsyncClient, unit_of_work: PostgresUnitOfWork, campaign_id: str, **body: Any
) -> Any:
    """What the replay of the campaign's first day says."""
    runner = WhatIfRunner(
        unit_of_work,
        simulations=SimulationProcess(CHILD),
        clock=SystemClock(),
        worker="test",
    )
    attempts = (await admin.get(f"{V1}/campaigns/{campaign_id}/attempts")).json()["items"]
    first = min(datetime.fromisoformat(one["dialling_at"]) for one in attempts)
    day = first.astimezone(ZONE).date().isoformat()
    asked = await made(
        admin, f"/campaigns/{campaign_id}/what-ifs", {"kind": "replay", "day": day} | body
    )
    await runner.work_once()
    what_if = (await admin.get(f"{V1}/what-ifs/{asked['what_if_id']}")).json()
    assert what_if["state"] == "complete", what_if
    return what_if["result"]


@pytest.mark.slow
@pytest.mark.untallied
@pytest.mark.parametrize(
    ("settings", "seed"),
    [
        ({"mode": "progressive"}, 1),
        ({"mode": "power", "calls_per_agent": 4, "call_analysis": True}, 2),
        ({"mode": "power", "calls_per_agent": 3}, 3),
        ({"mode": "predictive", "abandon_target": 0.15}, 4),
    ],
    ids=["progressive", "power with analysis", "power", "predictive"],
)
async def test_a_lived_day_is_played_again_exactly(
    application: Application,
    admin: httpx.AsyncClient,
    both: Both,
    engine: AsyncEngine,
    database: Database,
    database_server: DatabaseServer,
    unit_of_work: PostgresUnitOfWork,
    settings: dict[str, Any],
    seed: int,
) -> None:
    campaign_id = await lived(admin, both, engine, database, seed, **settings)
    result = await replayed(admin, unit_of_work, campaign_id)
    assert result["exact"], result
    assert result["settings_changed"] == []
    assert sum(result["recorded"].values()) >= CALLS
    if settings["mode"] == "progressive":
        otherwise = await replayed(
            admin, unit_of_work, campaign_id, mode="power", calls_per_agent=3, runs=2
        )
        assert otherwise["settings_changed"] == ["mode", "calls_per_agent"]
        assert not otherwise["exact"]
        assert sum(otherwise["replayed"].values()) > 0
    await _alter_one_outcome(database, database_server, campaign_id)
    altered = await replayed(admin, unit_of_work, campaign_id)
    assert not altered["exact"]
    assert [one["why"] for one in altered["differences"]] == ["RESULT"]
    assert altered["replayed"] == result["replayed"], "the floor makes of it what it was"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5, 6, 7])
async def test_a_day_of_lost_agents_and_two_modes_is_played_again_exactly(
    admin: httpx.AsyncClient,
    both: Both,
    engine: AsyncEngine,
    database: Database,
    database_server: DatabaseServer,
    unit_of_work: PostgresUnitOfWork,
    seed: int,
) -> None:
    campaign_id = await lived(
        admin,
        both,
        engine,
        database,
        seed,
        later_mode="power",
        headset_lost_every_seconds=0.4,
        mode="predictive",
        abandon_target=0.15,
        calls_per_agent=4,
    )
    result = await replayed(admin, unit_of_work, campaign_id)
    assert result["differences"] == []
    assert result["exact"], result
    async with database_server.superuser(database.name) as connection:
        lost = await connection.fetchval(
            "SELECT count(*) FROM events WHERE data -> 'data' ->> 'status' = 'lost'"
        )
        modes = await connection.fetch("SELECT DISTINCT mode FROM attempts ORDER BY mode")
    assert lost > 10, "agents were to be lost"
    assert [row["mode"] for row in modes] == ["power", "predictive"]


async def _alter_one_outcome(
    database: Database, database_server: DatabaseServer, campaign_id: str
) -> None:
    async with database_server.superuser(database.name) as connection:
        await connection.execute("SET session_replication_role = replica")  # no triggers
        done = await connection.execute(
            "UPDATE attempts SET result = 'no_answer' WHERE attempt_id = ("
            " SELECT attempt_id FROM attempts WHERE campaign_id = $1 AND result = 'busy' LIMIT 1)",
            UUID(campaign_id),
        )
        assert done == "UPDATE 1"
