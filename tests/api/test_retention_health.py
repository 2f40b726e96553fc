"""What operators are told of the removal of old data."""

from __future__ import annotations

from typing import Any

import httpx

from campaign_world import V1
from kwabo.engine.upkeep import Upkeep
from kwabo.ports.retention import RetentionRun
from kwabo.services.unit_of_work import UnitOfWork
from world import Application, Both


def upkeep_of(application: Application) -> Upkeep:
    services = application.services
    return Upkeep(
        services.upkeep,
        services.callbacks,
        services.call_results,
        services.retention,
        services.voicemails,
        application.clock,
    )


async def test_when_how_many_and_what_was_given_up(
    admin: httpx.AsyncClient, application: Application, both: Both, unit_of_work: UnitOfWork
) -> None:
    upkeep = upkeep_of(application)
    assert await upkeep.retention() == ("ok", "no removal yet")
    run: Any = (await admin.post(f"{V1}/retention/run")).json()
    at = application.clock.now()
    rows = sum(run["removed"].values())
    said = f"last removal {at:%Y-%m-%dT%H:%M:%SZ}, {rows} rows"
    assert await upkeep.retention() == ("ok", said)
    application.clock.advance(minutes=1)
    given_up = RetentionRun(
        retention_run_id=both.b.organisation_id,
        user_id=None,
        started_at=application.clock.now(),
        ended_at=application.clock.now(),
        removed={"events": 7},
        problem="DATABASE_BUSY audit",
    )
    async with unit_of_work.begin(both.b.organisation_id) as stores:
        await stores.retention.put_run(given_up)
    status, message = await upkeep.retention()
    assert status == "degraded"
    assert f"{rows + 7} rows; given up until the next night: DATABASE_BUSY audit" in message
