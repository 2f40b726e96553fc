"""Filters and orders on a big list: live counts and samples, the plan, and claims.

    python benchmarks/filters.py [--contacts 200000] [--plan]

Makes a list in a PostgreSQL of its own, asks several filters for their count and sample as the
editor does, then lets campaigns with filters and orders claim contacts, and prints the times.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from datetime import time as day_time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from database import DatabaseServer
from kwabo.adapters.postgres import filter_matches
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.filter_sql import filter_sql
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.domain.contacts.filters.document import read_filter
from kwabo.domain.contacts.filters.fields import columns_of_kinds
from kwabo.domain.contacts.filters.times import Present
from kwabo.ports.floor_store import ClaimRequest, FloorName

COLUMNS = columns_of_kinds({"ville": "text", "solde": "number", "visite": "date"})
ZONE = ZoneInfo("Africa/Porto-Novo")


def clause(name: str, predicate: str, *values: Any, **more: Any) -> dict[str, Any]:
    """A clause on a column, or on a property when there is no such column."""
    where = "column" if name in COLUMNS else "property"
    return {where: name, "predicate": predicate, "values": list(values)} | more


FILTERS: dict[str, Any] = {
    "everybody": {"all": []},
    "town, folded": clause("ville", "EQUALS", "cotonou"),
    "town, exact": clause("ville", "EQUALS", "Cotonou", exact=True),
    "text inside": clause("ville", "CONTAINS", "novo"),
    "balance": clause("solde", "GREATER", 9000),
    "one in a thousand": clause("solde", "BETWEEN", 5000, 5009),
    "nobody": clause("ville", "EQUALS", "nulle part"),
    "older than 3 days": clause("visite", "BEFORE", {"relative": "-P3D"}),
    "type of number": clause("number_type", "EQUALS", "mobile"),
    "never called": clause("attempts_anywhere", "EQUALS", 0),
    "nested": {
        "all": [
            clause("ville", "IN", "cotonou", "parakou"),
            {
                "any": [
                    clause("solde", "GREATER", 9000),
                    {"not": clause("visite", "AFTER", "2026-06-01")},
                ]
            },
        ]
    },
}


async def fill(connection: asyncpg.Connection, contacts: int) -> tuple[UUID, UUID, UUID]:
    """A list of contacts; (organisation, list, floor)."""
    organisation_id, list_id, floor_id = uuid4(), uuid4(), uuid4()
    now = datetime.now(UTC)
    await connection.execute(
        "INSERT INTO organisations (organisation_id, name, slug, created_at)"
        " VALUES ($1, 'Bench', 'bench', $2)",
        organisation_id, now,
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO contact_lists (contact_list_id, organisation_id, name, region, time_zone,"
        " created_at, updated_at) VALUES ($1, $2, 'Bench', 'BJ', 'Africa/Porto-Novo', $3, $3)",
        list_id, organisation_id, now,
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO floors (floor_id, organisation_id) VALUES ($1, $2)", floor_id, organisation_id
    )
    rng = random.Random(1)
    towns = ["Cotonou", "Porto-Novo", "Parakou", "Abomey-Calavi", "Djougou", "Bohicon", "Kandi"]
    for start in range(0, contacts, 20_000):
        rows = []
        for index in range(start, min(start + 20_000, contacts)):
            data = {
                "nom": f"Client {index}",
                "ville": rng.choice(towns),
                "solde": str(rng.randrange(10_000)),
                "visite": f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
                "note": "x" * rng.randrange(60),
            }
            number = f"+22901{rng.choice((61, 66, 90, 97))}{index % 1_000_000:06d}"
            rows.append(
                (uuid4(), organisation_id, list_id, str(index), json.dumps(data), [number],
                 ["mobile"], now, now)
            )  # fmt: skip
        await connection.copy_records_to_table(
            "contacts",
            records=rows,
            columns=["contact_id", "organisation_id", "contact_list_id", "external_key", "data",
                     "numbers", "number_labels", "created_at", "updated_at"],
        )  # fmt: skip
    await connection.execute("ANALYZE contacts")
    return organisation_id, list_id, floor_id


async def counts(engine: Any, organisation_id: UUID, list_id: UUID, plan: bool) -> None:
    """Each filter's count and sample, as while somebody edits it."""
    print(f"\n{'filter':<20}{'seconds':>9}  {'count':>12}  {'kind':<10}{'sample':>7}")
    for name, document in FILTERS.items():
        node = read_filter(document, COLUMNS)
        present = Present(datetime.now(UTC), ZONE)
        async with engine.connect() as connection, connection.begin():
            await connection.execute(
                text("SELECT set_config('kwabo.organisation_id', :id, true)"),
                {"id": str(organisation_id)},
            )
            begin = time.perf_counter()
            found = await filter_matches.find_matches(connection, list_id, node, present, None)
            seconds = time.perf_counter() - begin
            kind = "exact" if found.exact else "estimate"
            print(
                f"{name:<20}{seconds:>9.2f}  {found.count:>12,}  {kind:<10}{len(found.sample):>7}"
            )
            if not found.exact:
                print(f"{'':<20}{'':>9}  between {found.low:,} and {found.high:,}")
            if plan:
                sieve = filter_sql([node], present)
                rows = await connection.execute(
                    text("EXPLAIN " + filter_matches.count_statement(sieve)),
                    sieve.values | {"contact_list_id": list_id},
                )
                print("\n".join(f"    {row[0][:150]}" for row in rows))


async def claims(
    connection: asyncpg.Connection, store: PostgresFloorStore, floor: FloorName, list_id: UUID
) -> None:
    """How long claims take: until the first contact, and each of the next hundred."""
    organisation_id = floor.organisation_id
    queue_id, trunk_id, now = uuid4(), uuid4(), datetime.now(UTC)
    await connection.execute(
        "INSERT INTO queues (queue_id, organisation_id, name, created_at) VALUES ($1, $2, 'Q', $3)",
        queue_id, organisation_id, now,
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO trunks (trunk_id, organisation_id, name, endpoint, created_at)"
        " VALUES ($1, $2, 'T', 'carrier', $3)",
        trunk_id, organisation_id, now,
    )  # fmt: skip
    lease = await store.acquire(floor, "bench", 600.0)
    assert lease is not None
    kinds = {"ville": "text", "solde": "number"}
    rare = clause("solde", "BETWEEN", 5000, 5009)
    sort = [{"column": "solde", "kind": "number", "descending": True}]
    print(f"\n{'campaign':<22}{'first contact':>14}{'claims':>8}{'longest':>9}{'then each':>11}")
    for name, document, keys in (
        ("the list's order", None, []),
        ("one in a thousand", rare, []),
        ("sorted", None, sort),
        ("sorted and filtered", rare, sort),
    ):
        filter_ids = []
        if document is not None:
            filter_ids = [uuid4()]
            await connection.execute(
                "INSERT INTO contact_list_filters (contact_list_filter_id, organisation_id,"
                " contact_list_id, name, document, column_kinds, created_at, updated_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
                filter_ids[0], organisation_id, list_id, name, json.dumps(document),
                json.dumps(kinds), now,
            )  # fmt: skip
        campaign_id = uuid4()
        await connection.execute(
            "INSERT INTO campaigns (campaign_id, organisation_id, name, contact_list_id, mode,"
            " queue_id, trunk_id, caller_id, callable_weekdays, callable_from, callable_until,"
            " contact_list_filter_ids, sort, choice_version, minimum_gap_seconds, state,"
            " state_changed_at, created_at, updated_at) VALUES ($1, $2, $3, $4, 'predictive', $5,"
            " $6, '+2290121000000', '{1,2,3,4,5,6,7}', $7, $8, $9, $10, $11, 0, 'running', $12,"
            " $12, $12)",
            campaign_id, organisation_id, name, list_id, queue_id, trunk_id, day_time(0),
            day_time(23, 59, 59), filter_ids, json.dumps(keys), int(bool(filter_ids or keys)), now,
        )  # fmt: skip
        row = await store.load_campaign(lease, campaign_id)
        assert row is not None
        times: list[float] = []
        first, made = 0, 0
        while made < 100:
            request = ClaimRequest(
                campaign=row, attempt_ids=[uuid4()], agent_user_ids=[], for_nobody=1,
                offer=False, now=datetime.now(UTC),
            )  # fmt: skip
            begin = time.perf_counter()
            async with store.transaction(lease) as transaction:
                answer = await transaction.claim(request)
            times.append(time.perf_counter() - begin)
            made += len(answer.attempts)
            if made and not first:
                first = len(times)
            if not answer.attempts and not answer.more:
                break
        await connection.execute(
            "UPDATE attempts SET state = 'closed', result = 'no_answer', closed_at = now()"
            " WHERE state <> 'closed'"
        )
        rest = sorted(times[first:]) or [0.0]
        print(
            f"{name:<22}{sum(times[:first]):>12.2f} s{first:>8}{max(times[:first]) * 1000:>6.0f} ms"
            f"{rest[len(rest) // 2] * 1000:>8.1f} ms"
        )


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--contacts", type=int, default=200_000)
    parser.add_argument("--plan", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        server = DatabaseServer(Path(folder))
        try:
            await server.prepare()
            async with server.database() as database:
                connection = await asyncpg.connect(database.owner_url.replace("+asyncpg", ""))
                engine = create_engine(database.app_url, application_name="bench")
                begin = time.perf_counter()
                organisation_id, list_id, floor_id = await fill(connection, asked.contacts)
                seconds = time.perf_counter() - begin
                print(f"{asked.contacts:,} contacts, made in {seconds:.0f} s")
                await counts(engine, organisation_id, list_id, asked.plan)
                store = PostgresFloorStore(engine, Notifications(database.app_url))
                floor = FloorName(floor_id=floor_id, organisation_id=organisation_id)
                await claims(connection, store, floor, list_id)
                await connection.close()
                await engine.dispose()
        finally:
            server.stop()


if __name__ == "__main__":
    asyncio.run(main())
