"""What a trigger costs as an attempt closes, such as counting its result: with and without.

    ./dev bench call_results [--rounds 20] [--attempts 1000] [--together 1,20]
    ./dev bench call_results --trigger tell_attempt [--webhooks 1]

Attempts on a private PostgreSQL in memory that waits for no disk are closed as the floor closes
them: its role, row-level security, one UPDATE for each, so many `together` in a transaction. By
turns the trigger is on and off (without `--trigger`, the one that fills `call_result_quarters`);
the others stay on. `tell_attempt` writes the message of a webhook, where one wants it. The calls
are of one campaign and trunk, eight number ranges and an hour. The median of the rounds'
differences is told, so that a machine that is busy with other things slows both.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import _tests  # noqa: F401 - the modules below
import asyncpg

from database import Database, DatabaseServer
from kwabo.adapters.postgres.engine import create_engine
from world import SteppedClock, make_both, services_on

CAMPAIGN, TRUNK = uuid4(), uuid4()
BEGUN = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANALYSIS = json.dumps({"result": "machine", "engine": "amd", "seconds": 2.2, "reaction": "hang_up"})
COUNTS = "call_result_counted"
_INSERT = """
    INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
        number, mode, caller_id, trunk_id, state, fencing, dialling_at)
    SELECT gen_random_uuid(), $1, $2, gen_random_uuid(), 1, '+229' || i, 'power', '', $3,
        'dialling', 1, $4::timestamptz + i * 3599.0 / $5 * interval '1 second'
    FROM generate_series(1, $5::int) i RETURNING attempt_id
"""
_WEBHOOK = """
    INSERT INTO webhooks (webhook_id, organisation_id, url, kinds, secret, created_at, updated_at)
    VALUES (gen_random_uuid(), $1, $2, '{attempt.ended}', $3, now(), now())
"""
_CLOSE = """
    UPDATE attempts SET state = 'closed', result = 'machine', ringing_at = dialling_at + $3,
        answered_at = dialling_at + 2 * $3, closed_at = dialling_at + 4 * $3, number_range = $2,
        call_analysis = CAST($4 AS jsonb)
    WHERE attempt_id = $1 AND state <> 'closed'
"""


async def closing(
    database: Database, server: DatabaseServer, organisation_id: UUID, rows: int, together: int,
    *, trigger: str, counted: bool,
) -> float:  # fmt: skip
    """Milliseconds an attempt."""
    async with server.superuser(database.name) as connection:
        await connection.execute("SET session_replication_role = replica")  # no other tables' rows
        made = await connection.fetch(_INSERT, organisation_id, CAMPAIGN, TRUNK, BEGUN, rows)
        action = "ENABLE" if counted else "DISABLE"
        await connection.execute(f"ALTER TABLE attempts {action} TRIGGER {trigger}")
        await connection.execute("VACUUM ANALYZE attempts")
    ids = [row["attempt_id"] for row in made]
    step = timedelta(seconds=5)
    connection = await asyncpg.connect(database.app_url)
    try:
        close = await connection.prepare(_CLOSE)
        began = time.perf_counter()
        for start in range(0, rows, together):
            async with connection.transaction():
                await connection.execute(
                    "SELECT set_config('kwabo.organisation_id', $1, true)", str(organisation_id)
                )
                for place, attempt_id in enumerate(ids[start : start + together], start):
                    await close.fetch(attempt_id, f"+229019{place % 8}", step, ANALYSIS)
        spent = time.perf_counter() - began
        await connection.execute(
            "SELECT set_config('kwabo.organisation_id', $1, false)", str(organisation_id)
        )
        left = await connection.fetchval("SELECT count(*) FROM attempts WHERE state <> 'closed'")
        assert left == 0, left
    finally:
        await connection.close()
    return 1000 * spent / rows


async def _listen(
    database: Database, server: DatabaseServer, organisation_id: UUID, webhooks: int
) -> None:
    """Webhooks that want every call's end."""
    async with server.superuser(database.name) as connection:
        for number in range(webhooks):
            await connection.execute(
                _WEBHOOK, organisation_id, f"https://hooks.example/{number}", b"secret"
            )


async def measure(rounds: int, rows: int, sizes: list[int], *, trigger: str, webhooks: int) -> None:
    """The table."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        server = await asyncio.to_thread(DatabaseServer, Path(folder) / "postgres")
        try:
            await server.prepare()
            async with server.database() as database:
                engine = create_engine(database.app_url)
                both = await make_both(services_on(engine, SteppedClock()))
                await engine.dispose()
                await _listen(database, server, both.a.organisation_id, webhooks)
                print("| closed together | without, ms an attempt | with | difference | range |")
                print("|---|---|---|---|---|")
                for together in sizes:
                    pairs = []
                    for number in range(rounds + 1):
                        found = {}
                        for counted in (True, False) if number % 2 else (False, True):
                            found[counted] = await closing(
                                database, server, both.a.organisation_id, rows, together,
                                trigger=trigger, counted=counted,
                            )  # fmt: skip
                        pairs.append((found[False], found[True]))
                    pairs = pairs[1:]  # the first fills the caches
                    more = sorted(with_ - plain for plain, with_ in pairs)
                    print(
                        f"| {together} | {statistics.median(plain for plain, _ in pairs):.3f} "
                        f"| {statistics.median(with_ for _, with_ in pairs):.3f} "
                        f"| {statistics.median(more):.3f} | {more[0]:.3f} to {more[-1]:.3f} |",
                        flush=True,
                    )
                if trigger != COUNTS:
                    return
                async with server.superuser(database.name) as connection:
                    told = await connection.fetchrow(
                        "SELECT count(*), sum(attempts) FROM call_result_quarters"
                    )
                    assert told["sum"] == (rounds + 1) * rows * len(sizes), told
                    print(f"\n{told['sum']} calls counted in {told['count']} rows")
        finally:
            await asyncio.to_thread(server.stop)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--attempts", type=int, default=1000)
    parser.add_argument("--together", default="1,20")
    parser.add_argument("--trigger", choices=(COUNTS, "tell_attempt"), default=COUNTS)
    parser.add_argument("--webhooks", type=int, default=0)
    given = parser.parse_args()
    sizes = [int(one) for one in given.together.split(",")]
    asyncio.run(
        measure(given.rounds, given.attempts, sizes, trigger=given.trigger, webhooks=given.webhooks)
    )
