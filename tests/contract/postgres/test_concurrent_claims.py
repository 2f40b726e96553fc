"""Several campaigns on one list, claimed by several floors: nobody is called twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from contract.floor_store.bench import NOW, campaign, closed, course, request
from contract.floor_store.postgres_bench import PostgresBench
from contract.floor_store.test_filters import choice
from database import Database
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.ports.floor_claims import ClaimAnswer
from kwabo.ports.floor_rows import AttemptRow, CampaignRow
from kwabo.ports.floor_store import FloorName, Lease

CONTACTS = 60
FLOORS = 3


@pytest.fixture
async def bench(database: Database) -> AsyncIterator[PostgresBench]:
    async with AsyncExitStack() as stack:
        engine = create_engine(database.app_url, application_name="contract")
        stack.push_async_callback(engine.dispose)
        connection = await asyncpg.connect(database.owner_url.replace("+asyncpg", ""))
        stack.push_async_callback(connection.close)
        store = PostgresFloorStore(engine, Notifications(database.app_url))
        made = PostgresBench(store, connection, database)
        await made.prepare()
        yield made


async def _floors(bench: PostgresBench) -> list[Lease]:
    """Floors of one organisation, each with an owner of its own."""
    leases = []
    for index in range(FLOORS):
        name = bench.place.floor
        if index:
            name = FloorName(floor_id=bench.new_id(), organisation_id=name.organisation_id)
            await bench._insert("floors", timed=False, floor_id=name.floor_id)
        lease = await bench.store.acquire(name, f"engine-{index}", 60.0)
        assert lease is not None
        leases.append(lease)
    return leases


@dataclass
class Record:
    """Who is in a call, and who was."""

    live: set[UUID] = field(default_factory=set)
    called: dict[UUID, list[UUID]] = field(default_factory=dict)  # campaign → contacts

    def begin(self, row: AttemptRow) -> None:
        assert row.contact_id not in self.live, "called twice at once"
        self.live.add(row.contact_id)
        self.called.setdefault(row.campaign_id, []).append(row.contact_id)


async def _run(
    bench: PostgresBench, lease: Lease, rows: list[CampaignRow], record: Record, turn: int
) -> None:
    """A floor: claim for each campaign, let the calls last a moment, end them."""
    now, idle = NOW, 0
    while idle < 8:
        made: list[AttemptRow] = []
        async with bench.store.transaction(lease) as transaction:
            for row in rows[turn:] + rows[:turn]:
                wanted = request(
                    bench, row, at=now, for_nobody=3, attempt_ids=[bench.new_id() for _ in "123"]
                )
                answer = await transaction.claim(wanted)
                made += answer.attempts
                await asyncio.sleep(0)
        for one in made:
            record.begin(one)
        idle = 0 if made else idle + 1
        now += timedelta(seconds=10)
        await asyncio.sleep(0.002)
        for one in made:
            record.live.discard(one.contact_id)
        async with bench.store.transaction(lease) as transaction:
            changes = [closed(one, at=now) for one in made]
            await transaction.apply([*changes, *(course(one, "finished") for one in made)], [])


@pytest.mark.parametrize("order", ["list", "sorted"])
async def test_nobody_is_called_twice_at_once(bench: PostgresBench, order: str) -> None:
    sort = [{"column": "ville"}] if order == "sorted" else []
    rows = [
        campaign(bench, mode="predictive", minimum_gap_seconds=0, choice=choice(sort=sort))
        for _ in range(3)
    ]
    for row in rows:
        await bench.add_campaign(row)
    contacts = [await bench.add_contact(f"+229019700{n:04d}") for n in range(CONTACTS)]
    record = Record()
    leases = await _floors(bench)
    async with asyncio.TaskGroup() as group:
        for turn, lease in enumerate(leases):
            group.create_task(_run(bench, lease, rows, record, turn))
    # Whoever another campaign had came again: every campaign has called everybody, once.
    assert {row.campaign_id for row in rows} == set(record.called)
    for called in record.called.values():
        assert sorted(called) == sorted(contacts)


async def test_a_contact_of_another_claim_is_put_off_and_comes_again(bench: PostgresBench) -> None:
    one, two = (campaign(bench, minimum_gap_seconds=0) for _ in range(2))
    for row in (one, two):
        await bench.add_campaign(row)
    contact_id = await bench.add_contact("+2290197000000")
    first, second, _ = await _floors(bench)
    agents = bench.place.agents

    async def other_claim() -> ClaimAnswer:
        async with bench.store.transaction(second) as other:
            return await other.claim(request(bench, two, agents[1]))

    async with bench.store.transaction(first) as transaction:
        made = (await transaction.claim(request(bench, one, agents[0]))).attempts
        assert [row.contact_id for row in made] == [contact_id]
        # The first claim is not committed yet: the second waits for its turn, then sees it.
        waiting = asyncio.create_task(other_claim())
        await asyncio.sleep(0)
    answer = await waiting
    assert (list(answer.attempts), answer.next_reason) == ([], "IN_PROGRESS")
    assert answer.next_attempt_at == NOW + timedelta(seconds=30)
    async with bench.store.transaction(first) as transaction:
        await transaction.apply([closed(made[0]), course(made[0], "finished")], [])
    assert await bench.course(two.campaign_id, contact_id) == ("open", 0, "IN_PROGRESS")
    async with bench.store.transaction(second) as other:
        wanted = request(bench, two, agents[1], at=NOW + timedelta(seconds=31))
        assert [row.contact_id for row in (await other.claim(wanted)).attempts] == [contact_id]
