"""How long a campaign's diagnosis takes on a large list, and PostgreSQL's plan of it.

    python benchmarks/diagnosis.py [--rows 1000000] [--json] [--plan]

Fills a private PostgreSQL (usual settings, fsync on) with the campaign of `campaign_progress.py`:
`rows` contacts, nine tenths of them with a course, finished and waiting ones, with twelve reasons.
Prints the median and the largest of several whole diagnoses, in milliseconds: of the campaign as it
is, of one whose filters keep a third of the contacts out, and of a bare `count(*)` of the contacts
by the owner of the tables. `--plan` adds PostgreSQL's plan of the count.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
from campaign_progress import CAMPAIGN, ORGANISATION, fill

from kwabo.adapters.postgres.diagnosis import COUNT
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.live import PostgresLiveStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.private_server import PostgresAccess, PrivatePostgres
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock
from kwabo.domain.organisations.asker import Asker
from kwabo.services.diagnosis import DiagnosisService

TIMES = 7
REASONS = (
    "UPDATE campaign_contacts SET reason = (ARRAY['RESULT_BUSY', 'RECALL_DELAY', 'DNC_LISTED',"
    " 'OUTSIDE_CALLABLE_TIME', 'ATTEMPT_LIMIT', 'CALLBACK_SCHEDULED', 'RESULT_INVALID',"
    " 'NO_CALLABLE_NUMBER', 'MINIMUM_GAP', 'CONSENT_MISSING', 'RESULT_PERSON', 'NUMBER_LIMIT'])"
    "[1 + get_byte(uuid_send(contact_id), 15) % 12]"
)
# The waiting courses go: almost a third of the list lies before the scan without one.
KEPT_OUT = (
    "DELETE FROM campaign_contacts WHERE state = 'open'",
    "UPDATE campaigns SET contact_list_filter_ids = ARRAY[campaign_id]",
)
ASKER = Asker(
    user_id=ORGANISATION,
    organisation_id=ORGANISATION,
    display_name="Bench",
    language="en",
    role="administrator",
    permissions=frozenset({"campaigns.read"}),
)


async def _timed(ask: Callable[[], Awaitable[Any]]) -> list[float]:
    """Milliseconds of several calls; the first fills the caches."""
    found = []
    for turn in range(TIMES + 1):
        began = time.perf_counter()
        await ask()
        if turn:
            found.append(1000 * (time.perf_counter() - began))
    return found


async def _plan(access: PostgresAccess, now: datetime) -> str:
    """PostgreSQL's plan of the count, under the application's own role."""
    values = {
        "campaign_id": f"'{CAMPAIGN}'::uuid",
        "now": f"'{now.isoformat()}'::timestamptz",
        "bound_until": f"'{(now - timedelta(days=1)).isoformat()}'::timestamptz",
        "takes_over": "true",
    }
    statement = re.sub(r"(?<!:):(\w+)", lambda found: values[found[1]], COUNT)
    connection = await asyncpg.connect(access.app_url)
    async with connection.transaction():
        await connection.execute(
            "SELECT set_config('kwabo.organisation_id', $1, true)", str(ORGANISATION)
        )
        lines = await connection.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {statement}")
    await connection.close()
    return "\n".join(line[0] for line in lines)


async def measure(access: PostgresAccess) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Milliseconds by what was asked, and the plans."""
    clock = SystemClock()
    engine = create_engine(access.app_url)
    live = PostgresLiveStore(engine, Notifications(access.app_url))
    service = DiagnosisService(PostgresUnitOfWork(engine), live=live, clock=clock)
    owner = await asyncpg.connect(access.owner_url)

    async def ask() -> None:
        found = await service.diagnose(ASKER, CAMPAIGN)
        assert sum(bucket.contacts for bucket in found.buckets) == found.contacts

    await owner.execute(REASONS)
    await owner.execute("VACUUM ANALYZE")
    times = {
        "bare count of contacts": await _timed(
            lambda: owner.fetchval("SELECT count(*) FROM contacts")
        ),
        "diagnosis": await _timed(ask),
    }
    plans = {"diagnosis": await _plan(access, clock.now())}
    for statement in (*KEPT_OUT, "VACUUM ANALYZE"):
        await owner.execute(statement)
    times["diagnosis with a filter"] = await _timed(ask)
    plans["diagnosis with a filter"] = await _plan(access, clock.now())
    await owner.close()
    await engine.dispose()
    return times, plans


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--plan", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        server = PrivatePostgres(Path(folder) / "postgres")
        access = server.start()
        try:
            asyncio.run(fill(access, options.rows))
            times, plans = asyncio.run(measure(access))
        finally:
            server.stop()
    table = {
        name: {"median_ms": round(statistics.median(found), 1), "max_ms": round(max(found), 1)}
        for name, found in times.items()
    }
    if options.json:
        print(json.dumps({"rows": options.rows, "measured": table}))
        return
    print(f"{options.rows:,} contacts\n")
    for name, row in table.items():
        print(f"{name:28} {row['median_ms']:9.1f} ms median {row['max_ms']:9.1f} ms max")
    if options.plan:
        for name, plan in plans.items():
            print(f"\n{name}\n{plan}")


if __name__ == "__main__":
    main()
