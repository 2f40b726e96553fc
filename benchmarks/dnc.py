"""DNC lists: how fast a file becomes entries while a floor claims, and what its claims cost then.

    python benchmarks/dnc.py [--entries 1000000] [--upload 1000000] [--claims 200] [--json]

Fills a private PostgreSQL (usual settings, fsync on) with a campaign of 100,000 contacts that keeps
to two lists of `entries` numbers, to an organisation-wide one of as many and to one by column. Then
claims for ten contacts each, one after the other: before, during and after an upload of `upload`
numbers to the organisation-wide list by the importer with its reader's process. Prints the rate of
the upload, the milliseconds of the claims, and the plan that PostgreSQL chose for the entries.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from kwabo.adapters.postgres.dnc_matches import COLUMNS, LISTS
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.import_process import ProcessBlocks
from kwabo.adapters.postgres.migrate import migrate
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.private_server import PostgresAccess, PrivatePostgres
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.uploads import FolderUploads
from kwabo.domain.organisations.asker import Asker
from kwabo.engine.importer import Importer
from kwabo.ports.floor_claims import ClaimRequest
from kwabo.ports.floor_store import FloorName, Lease
from kwabo.services.dnc_uploads import DncUploadService, UploadStart

CONTACTS = 100_000
PER_CLAIM = 10
ORGANISATION, QUEUE, TRUNK, LIST, CAMPAIGN, USER = (UUID(int=number) for number in range(1, 7))
OWN, OTHER, WIDE, COLUMN = (UUID(int=number) for number in range(11, 15))
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
    "INSERT INTO dnc_lists (dnc_list_id, organisation_id, name, key_column, organisation_wide,"
    " created_at) VALUES ('{own}', '{o}', 'Own', NULL, false, now()),"
    " ('{other}', '{o}', 'Other', NULL, false, now()), ('{wide}', '{o}', 'Wide', NULL, true,"
    " now()), ('{column}', '{o}', 'Column', 'contract', true, now())",
    "INSERT INTO campaigns (campaign_id, organisation_id, name, contact_list_id, mode, queue_id,"
    " trunk_id, caller_id, state, callable_weekdays, callable_from, callable_until, dnc_list_ids,"
    " state_changed_at, created_at, updated_at) VALUES ('{c}', '{o}', 'Campaign', '{l}',"
    " 'progressive', '{q}', '{t}', '+2290121000000', 'running', '{{1,2,3,4,5,6,7}}', '00:00',"
    " '23:59:59', ARRAY['{own}'::uuid, '{other}'::uuid], now(), now(), now())",
    "INSERT INTO contacts (contact_id, organisation_id, contact_list_id, data, numbers,"
    " number_labels, created_at, updated_at) SELECT gen_random_uuid(), '{o}', '{l}',"
    " jsonb_build_object('contract', 'C-' || i), ARRAY['+22901' || lpad(i::text, 8, '0')],"
    " ARRAY['mobile'], now(), now() FROM generate_series(1, {contacts}) i",
    "INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, created_at)"
    " SELECT d, '{o}', '+22902' || lpad((i * 7 % 100000000)::text, 8, '0'), now()"
    " FROM generate_series(1, {entries}) i, unnest(ARRAY['{own}'::uuid, '{other}', '{wide}']) d",
    "INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, created_at)"
    " SELECT '{column}', '{o}', 'x-' || i, now() FROM generate_series(1, {entries}) i",
    "VACUUM ANALYZE",
)
ASKER = Asker(
    user_id=USER,
    organisation_id=ORGANISATION,
    display_name="Bench",
    language="en",
    role="administrator",
    permissions=frozenset({"dnc.write"}),
)


async def fill(access: PostgresAccess, entries: int) -> None:
    """Make campaign, contacts and lists."""
    await migrate(access.owner_url)
    connection = await asyncpg.connect(access.owner_url)
    names = {
        "o": ORGANISATION, "q": QUEUE, "t": TRUNK, "l": LIST, "c": CAMPAIGN, "own": OWN,
        "other": OTHER, "wide": WIDE, "column": COLUMN, "entries": entries, "contacts": CONTACTS,
    }  # fmt: skip
    for statement in FILL:
        await connection.execute(statement.format(**names))
    await connection.close()


class Claims:
    """A floor that claims contacts for nobody in particular."""

    def __init__(self, store: PostgresFloorStore, clock: SystemClock) -> None:
        self._store = store
        self._clock = clock
        self._ids = TimeOrderedIds(clock)
        self._lease: Lease

    async def begin(self) -> None:
        """Take the floor."""
        floor = FloorName(floor_id=ORGANISATION, organisation_id=ORGANISATION)
        lease = await self._store.acquire(floor, "bench", 3600.0)
        assert lease is not None
        self._lease = lease
        campaign = await self._store.load_campaign(lease, CAMPAIGN)
        assert campaign is not None
        self._campaign = campaign

    async def once(self) -> float:
        """Milliseconds of a claim, from its transaction's begin to its end."""
        request = ClaimRequest(
            campaign=self._campaign,
            attempt_ids=[self._ids.new() for _ in range(PER_CLAIM)],
            agent_user_ids=[],
            for_nobody=PER_CLAIM,
            offer=False,
            now=self._clock.now(),
        )
        begun = time.perf_counter()
        async with self._store.transaction(self._lease) as transaction:
            answer = await transaction.claim(request)
        assert len(answer.attempts) == PER_CLAIM, answer
        return 1000 * (time.perf_counter() - begun)

    async def several(self, at_most: int, until: Callable[[], bool]) -> list[float]:
        """Claims one after the other, as a floor makes them: four a second would be usual."""
        found = []
        while len(found) < at_most and not until():
            found.append(await self.once())
            await asyncio.sleep(0.02)
        return found


async def _parts(rows: int) -> AsyncIterator[bytes]:
    for start in range(0, rows, 10_000):
        numbers = range(start, min(start + 10_000, rows))
        yield b"".join(b"0199%06d;reason\n" % (number % 1_000_000) for number in numbers)


async def measure(
    access: PostgresAccess, folder: Path, rows: int, claims: int
) -> tuple[dict[str, Any], list[str]]:
    """What the table shows, and the plan."""
    clock = SystemClock()
    engine = create_engine(access.app_url)
    unit_of_work = PostgresUnitOfWork(engine)
    uploads = FolderUploads(folder / "uploads")
    ids = TimeOrderedIds(clock)
    service = DncUploadService(unit_of_work, uploads=uploads, ids=ids, clock=clock)
    blocks = ProcessBlocks()
    importer = Importer(
        unit_of_work, blocks=blocks, uploads=uploads, clock=clock, ids=ids, worker="bench"
    )
    floor = Claims(PostgresFloorStore(engine, Notifications(access.app_url)), clock)
    await floor.begin()
    await floor.several(20, lambda: False)
    before = await floor.several(claims, lambda: False)
    record, _ = await service.upload(ASKER, WIDE, file_name="stop.csv", chunks=_parts(rows))
    await service.start(ASKER, record.import_id, UploadStart())
    begun = time.perf_counter()
    work = asyncio.create_task(importer.work_once())
    during = await floor.several(10 * claims, work.done)
    await work
    seconds = time.perf_counter() - begun
    done = await service.get(ASKER, record.import_id)
    assert done.state == "complete", done
    after = await floor.several(claims, lambda: False)
    await blocks.close()
    await engine.dispose()
    table = {
        "rows": done.rows_read,
        "entries_added": done.rows_added,
        "rows_per_second": round(done.rows_read / seconds),
        "claims": {
            name: _milliseconds(times)
            for name, times in (("before", before), ("during", during), ("after", after))
        },
    }
    return table, await plan(access)


def _milliseconds(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "number": len(ordered),
        "median": round(statistics.median(ordered), 1),
        "p99": round(ordered[int(len(ordered) * 0.99)], 1),
        "max": round(ordered[-1], 1),
    }


async def plan(access: PostgresAccess) -> list[str]:
    """How PostgreSQL reads the entries against 50 contacts, under row-level security."""
    connection = await asyncpg.connect(access.app_url)
    await connection.execute(
        "SELECT set_config('kwabo.organisation_id', $1, false)", str(ORGANISATION)
    )
    lists = LISTS.replace(":campaign_id", f"'{CAMPAIGN}'::uuid")
    rows = await connection.fetch(
        f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) WITH {lists} SELECT {COLUMNS}"
        f" FROM contacts c WHERE c.contact_id = ANY (ARRAY(SELECT contact_id FROM contacts"
        f" WHERE contact_list_id = '{LIST}' ORDER BY added_in, position LIMIT 50))"
    )
    await connection.close()
    return [row[0] for row in rows]


def main() -> None:
    """Run the benchmark and print its table and the plan."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=1_000_000, help="on each list beforehand")
    parser.add_argument("--upload", type=int, default=1_000_000, help="rows of the file")
    parser.add_argument("--claims", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        server = PrivatePostgres(Path(folder) / "postgres")
        access = server.start()
        try:
            asyncio.run(fill(access, options.entries))
            table, how = asyncio.run(measure(access, Path(folder), options.upload, options.claims))
        finally:
            server.stop()
    if options.json:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        print(json.dumps({"at": at, "entries": 4 * options.entries, "measured": table}))
        return
    print(f"{4 * options.entries:,} entries on four lists, {CONTACTS:,} contacts\n")
    print(f"upload: {table['rows']:,} rows, {table['rows_per_second']:,} rows a second\n")
    print(f"claims of {PER_CLAIM} contacts      number   median      p99      max   (ms)")
    for name, row in table["claims"].items():
        figures = f"{row['median']:9.1f}{row['p99']:9.1f}{row['max']:9.1f}"
        print(f"  {name + ' the upload':24}{row['number']:8}{figures}")
    print("\nplan:\n" + "\n".join(how))


if __name__ == "__main__":
    main()
