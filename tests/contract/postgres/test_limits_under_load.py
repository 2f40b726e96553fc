"""Limits per person hold exactly while many floors claim for several campaigns at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import asyncpg
import pytest

from contract.floor_store.bench import NOW, campaign, closed, course, request
from contract.floor_store.postgres_bench import PostgresBench
from database import Database
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.ports.floor_rows import CampaignRow
from kwabo.ports.floor_store import FloorName

WORKERS = 20
PERSONS = 12
MOST = 3
ROUNDS = 8


@pytest.mark.timeout(120)
async def test_three_campaigns_and_twenty_floors_never_exceed_a_limit(database: Database) -> None:
    engine = create_engine(database.app_url, application_name="load")
    connection = await asyncpg.connect(database.owner_url.replace("+asyncpg", ""))
    try:
        store = PostgresFloorStore(engine, Notifications(database.app_url))
        bench = PostgresBench(store, connection, database)
        await bench.prepare()
        organisation_id = bench.place.floor.organisation_id
        campaigns = [campaign(bench, max_attempts=50, minimum_gap_seconds=0) for _ in range(3)]
        for row in campaigns:
            await bench.add_campaign(row)
        for n in range(PERSONS):  # two contacts each, who share one number of three
            first, shared, second = (f"+22901970{n:02d}{m}00" for m in range(3))
            await bench.add_contact(first, shared)
            await bench.add_contact(shared, second)
        await bench.add_limit(
            AttemptLimit(
                attempt_limit_id=bench.new_id(),
                name="Per person",
                per="person",
                scope="organisation",
                most=MOST,
                reset="hours",
                hours=24,
                time_zone="UTC",
            )
        )
        floors = [
            FloorName(floor_id=bench.new_id(), organisation_id=organisation_id)
            for _ in range(WORKERS)
        ]
        await connection.executemany(
            "INSERT INTO floors (floor_id, organisation_id) VALUES ($1, $2)",
            [(floor.floor_id, organisation_id) for floor in floors],
        )
        await asyncio.gather(
            *(_work(bench, store, floor, campaigns, n) for n, floor in enumerate(floors))
        )
        rows = await connection.fetch(
            "SELECT p.person_id, a.dialling_at, a.closed_at FROM attempts a"
            " JOIN person_addresses p ON p.address = a.number"
        )
        calls = Counter(row["person_id"] for row in rows)
        assert len(calls) == PERSONS
        assert set(calls.values()) == {MOST}  # used up exactly, exceeded never
    finally:
        await connection.close()
        await engine.dispose()


async def _work(
    bench: PostgresBench,
    store: PostgresFloorStore,
    floor: FloorName,
    campaigns: list[CampaignRow],
    place: int,
) -> None:
    """Claim, close, and claim again; campaigns in another order than the neighbour's."""
    lease = await store.acquire(floor, f"worker {place}", 60.0)
    assert lease is not None
    for turn in range(ROUNDS):
        at = NOW + timedelta(minutes=turn)
        for step in range(len(campaigns)):
            row = campaigns[(place + step) % len(campaigns)]
            wanted = request(
                bench, row, at=at, for_nobody=2, attempt_ids=[bench.new_id(), bench.new_id()]
            )
            async with store.transaction(lease) as transaction:
                await transaction.apply([], [])
                made = (await transaction.claim(wanted)).attempts
            async with store.transaction(lease) as transaction:
                ended = [
                    change
                    for one in made
                    for change in (
                        closed(one, at=at),
                        course(one, next_attempt_at=at + timedelta(seconds=30)),
                    )
                ]
                await transaction.apply(ended, [])
