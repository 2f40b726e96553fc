"""A campaign's progress beside bare counts of the same rows, in the same run on the same server.

    python benchmarks/campaign_progress.py [--rows 1000000] [--json]

Fills a private PostgreSQL (usual settings, fsync on) with a campaign: `rows` contacts, nine tenths
of them with a course, and as many closed attempts, of which one in five a person answered. Prints
the median and the largest of several calls, in milliseconds, of the progress, of pages of the
campaign's contacts with what explains them, of attempts, and of the live snapshot; and of a bare
`count(*)` of the contacts and of the attempts by the owner of the tables.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.live import PostgresLiveStore
from kwabo.adapters.postgres.migrate import migrate
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.private_server import PostgresAccess, PrivatePostgres
from kwabo.adapters.postgres.unit_of_work import PostgresStores, PostgresUnitOfWork
from kwabo.domain.compliance.law import NO_LAW
from kwabo.ports.attempts import AttemptQuery
from kwabo.ports.contacts import ContactSearch
from kwabo.ports.courses import CourseQuery

TIMES = 7
ORGANISATION, QUEUE, TRUNK, LIST, CAMPAIGN = (UUID(int=number) for number in range(1, 6))
FILL = (
    "INSERT INTO organisations (organisation_id, name, slug, created_at)"
    " VALUES ('{o}', 'Bench', 'bench', now())",
    "INSERT INTO floors (floor_id, organisation_id) VALUES ('{o}', '{o}')",
    "INSERT INTO queues VALUES ('{q}', '{o}', 'Queue', now())",
    "INSERT INTO trunks (trunk_id, organisation_id, name, endpoint, created_at)"
    " VALUES ('{t}', '{o}', 'Trunk', 'trunk', now())",
    "INSERT INTO contact_lists (contact_list_id, organisation_id, name, region, time_zone,"
    " created_at, updated_at)"
    " VALUES ('{l}', '{o}', 'List', 'BJ', 'Africa/Porto-Novo', now(), now())",
    "INSERT INTO campaigns (campaign_id, organisation_id, name, contact_list_id, mode, queue_id,"
    " trunk_id, caller_id, state, state_changed_at, created_at, updated_at) VALUES ('{c}', '{o}',"
    " 'Campaign', '{l}', 'progressive', '{q}', '{t}', '', 'running', now(), now(), now())",
    "INSERT INTO contacts (contact_id, organisation_id, contact_list_id, data, numbers,"
    " number_labels, created_at, updated_at) SELECT {contact}, '{o}', '{l}', jsonb_build_object("
    "'name', 'Name ' || i, 'city', 'Cotonou', 'balance', (i % 90000)::text, 'phone', {number}),"
    " ARRAY[{number}], ARRAY['mobile'], now(), now() FROM generate_series(1, {rows}) i",
    "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,"
    " last_attempt_at, last_result, next_attempt_at) SELECT '{c}', {contact}, '{o}',"
    " CASE WHEN i % 3 = 0 THEN 'open' ELSE 'finished' END, 1, now(), 'busy',"
    " CASE WHEN i % 3 = 0 THEN now() + i * interval '1 second' END"
    " FROM generate_series(1, {rows} * 9 / 10) i",
    "UPDATE campaigns SET (scan_added_in, scan_position) = (SELECT added_in, position FROM contacts"
    " ORDER BY added_in, position OFFSET {rows} * 9 / 10 - 1 LIMIT 1)",
    "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,"
    " number, mode, caller_id, trunk_id, state, result, fencing, dialling_at, answered_at,"
    " connected_at, closed_at) SELECT {contact}, '{o}', '{c}', {contact}, 1, {number},"
    " 'progressive', '', '{t}', 'closed',"
    " (ARRAY['person', 'busy', 'no_answer', 'machine', 'invalid'])[1 + i % 5], 1, now(),"
    " CASE WHEN i % 5 = 0 THEN now() END,"
    " CASE WHEN i % 5 = 0 THEN now() + i % 1000 * interval '1 millisecond' END, now()"
    " FROM generate_series(1, {rows}) i",
    "VACUUM ANALYZE",
)


async def fill(access: PostgresAccess, rows: int) -> None:
    """Make the campaign."""
    await migrate(access.owner_url)
    names = {
        "o": ORGANISATION,
        "q": QUEUE,
        "t": TRUNK,
        "l": LIST,
        "c": CAMPAIGN,
        "rows": rows,
        "contact": "('00000000-0000-7001-8000-' || lpad(to_hex(i), 12, '0'))::uuid",
        "number": "'+22901' || lpad(i::text, 8, '0')",
    }
    connection = await asyncpg.connect(access.owner_url)
    for statement in FILL:
        await connection.execute(statement.format(**names))
    await connection.close()


async def measure(access: PostgresAccess) -> dict[str, list[float]]:
    """Milliseconds of every call, by what was asked."""
    engine = create_engine(access.app_url)
    unit_of_work = PostgresUnitOfWork(engine)
    live = PostgresLiveStore(engine, Notifications(access.app_url))
    owner = await asyncpg.connect(access.owner_url)
    far_future = datetime(2100, 1, 1, tzinfo=UTC)

    def in_transaction(ask: Callable[[PostgresStores], Awaitable[Any]]) -> Any:
        async def asked() -> None:
            async with unit_of_work.begin(ORGANISATION) as stores:
                await ask(stores)

        return asked

    async def page(stores: PostgresStores, state: str | None) -> None:
        search = ContactSearch(contact_list_id=LIST)
        query = CourseQuery(campaign_id=CAMPAIGN, search=search, state=state)
        found = await stores.courses.find(query)
        ids = [course.contact.contact_id for course in found]
        await stores.candidates.find(CAMPAIGN, ids, law=NO_LAW, now=datetime.now(UTC))

    asked: dict[str, Any] = {
        "bare count of contacts": lambda: owner.fetchval("SELECT count(*) FROM contacts"),
        "bare count of attempts": lambda: owner.fetchval("SELECT count(*) FROM attempts"),
        "progress": in_transaction(lambda stores: stores.progress.progress(CAMPAIGN)),
        "first page of contacts": in_transaction(lambda stores: page(stores, None)),
        "page of untouched ones": in_transaction(lambda stores: page(stores, "untouched")),
        "page of finished ones": in_transaction(lambda stores: page(stores, "finished")),
        "first page of attempts": in_transaction(
            lambda stores: stores.attempts.find(AttemptQuery(campaign_id=CAMPAIGN))
        ),
        "live snapshot": lambda: live.snapshot(ORGANISATION, far_future),
    }
    found: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(TIMES + 1):
        for name, ask in asked.items():
            began = time.perf_counter()
            await ask()
            if turn:  # the first fills the caches
                found[name].append(1000 * (time.perf_counter() - began))
    await owner.close()
    await engine.dispose()
    return found


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        server = PrivatePostgres(Path(folder) / "postgres")
        access = server.start()
        try:
            asyncio.run(fill(access, options.rows))
            found = asyncio.run(measure(access))
        finally:
            server.stop()
    table = {
        name: {"median_ms": round(statistics.median(times), 1), "max_ms": round(max(times), 1)}
        for name, times in found.items()
    }
    if options.json:
        print(json.dumps({"rows": options.rows, "measured": table}))
        return
    print(f"{options.rows:,} contacts, {options.rows:,} attempts\n")
    for name, row in table.items():
        print(f"{name:28} {row['median_ms']:9.1f} ms median {row['max_ms']:9.1f} ms max")


if __name__ == "__main__":
    main()
