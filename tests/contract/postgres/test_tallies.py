"""Counts that are kept are those of the rows at every instant, whoever writes, folds or dies."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

import tallies
from database import Database
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.services.upkeep import UpkeepService
from world import Both, SteppedClock

RESULTS = ("person", "person", "busy", "no_answer", "machine", "skipped", "unknown")


class _Rows:
    """What the writers write on: one campaign on one list, a DNC list, a code."""

    def __init__(self, organisation_id: UUID) -> None:
        self.organisation_id = organisation_id
        self.list_id, self.dnc_list_id, self.campaign_id, self.code_id = (uuid4() for _ in range(4))
        self.queue_id, self.trunk_id = uuid4(), uuid4()

    async def prepare(self, connection: asyncpg.Connection[Any]) -> None:
        o, now = self.organisation_id, datetime.now(UTC)
        for statement, values in (
            (
                "INSERT INTO contact_lists (contact_list_id, organisation_id, name, region,"
                " time_zone, created_at, updated_at) VALUES ($1, $2, 'L', 'BJ', 'UTC', $3, $3)",
                (self.list_id, o, now),
            ),
            ("INSERT INTO queues VALUES ($1, $2, 'Q', $3)", (self.queue_id, o, now)),
            (
                "INSERT INTO trunks (trunk_id, organisation_id, name, endpoint, created_at)"
                " VALUES ($1, $2, 'T', 'carrier', $3)",
                (self.trunk_id, o, now),
            ),
            (
                "INSERT INTO dnc_lists (dnc_list_id, organisation_id, name, created_at)"
                " VALUES ($1, $2, 'D', $3)",
                (self.dnc_list_id, o, now),
            ),
            (
                "INSERT INTO wrap_up_codes (wrap_up_code_id, organisation_id, name, created_at)"
                " VALUES ($1, $2, 'W', $3)",
                (self.code_id, o, now),
            ),
            (
                "INSERT INTO campaigns (campaign_id, organisation_id, name, contact_list_id, mode,"
                " queue_id, trunk_id, caller_id, state_changed_at, created_at, updated_at)"
                " VALUES ($1, $2, 'C', $3, 'preview', $4, $5, '', $6, $6, $6)",
                (self.campaign_id, o, self.list_id, self.queue_id, self.trunk_id, now),
            ),
        ):
            await connection.execute(statement, *values)

    async def write(self, connection: asyncpg.Connection[Any], rng: random.Random) -> None:
        """One statement or two of those that the program writes."""
        o, now = self.organisation_id, datetime.now(UTC)
        match rng.choice((0, 1, 2, 2, 2, 2, 3, 4, 5, 6, 7, 8)):  # mostly calls
            case 0:
                await connection.execute(
                    "INSERT INTO contacts (contact_id, organisation_id, contact_list_id, numbers,"
                    " number_labels, created_at, updated_at) SELECT gen_random_uuid(), $1, $2,"
                    " ARRAY['+2290160' || (random() * 1000000)::int], '{m}', $3, $3"
                    " FROM generate_series(1, $4::int)",
                    o, self.list_id, now, rng.randrange(1, 6),
                )  # fmt: skip
            case 1:
                await connection.execute(
                    "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id,"
                    " state, attempts) SELECT $1, contact_id, $2, (ARRAY['open', 'in_progress',"
                    " 'finished'])[1 + (random() * 2)::int], (random() * 2)::int FROM contacts"
                    " WHERE contact_list_id = $3 ORDER BY random() LIMIT 3"
                    " ON CONFLICT (campaign_id, contact_id) DO UPDATE SET state = excluded.state,"
                    " attempts = excluded.attempts",
                    self.campaign_id, o, self.list_id,
                )  # fmt: skip
            case 2:
                await self._call(connection, rng, now)
            case 3:
                await connection.execute(
                    "INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, created_at)"
                    " SELECT $1, $2, 'v' || (random() * 50)::int, $3 FROM generate_series(1, 4)"
                    " ON CONFLICT (dnc_list_id, value) DO NOTHING",
                    self.dnc_list_id, o, now,
                )  # fmt: skip
            case 4:
                await connection.execute(
                    "DELETE FROM dnc_entries WHERE dnc_list_id = $1 AND value = 'v' || $2::int",
                    self.dnc_list_id, rng.randrange(50),
                )  # fmt: skip
            case 5:  # the courses go with the contact
                await connection.execute(
                    "DELETE FROM contacts WHERE contact_id = (SELECT contact_id FROM contacts"
                    " WHERE contact_list_id = $1 ORDER BY random() LIMIT 1)",
                    self.list_id,
                )
            case 6:
                await connection.execute(
                    "UPDATE campaign_contacts SET state = 'open', attempts = 0"
                    " WHERE campaign_id = $1 AND state = 'finished'",
                    self.campaign_id,
                )
            case 7:
                await connection.execute(
                    "DELETE FROM attempts WHERE attempt_id = (SELECT a.attempt_id FROM attempts a"
                    " LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id WHERE w.attempt_id IS"
                    " NULL AND a.campaign_id = $1 AND a.state = 'closed' LIMIT 1)",
                    self.campaign_id,
                )
            case 8:  # as retention does
                attempt_id = await connection.fetchval(
                    "DELETE FROM wrap_ups WHERE attempt_id = (SELECT attempt_id FROM wrap_ups"
                    " JOIN attempts a USING (attempt_id) WHERE a.campaign_id = $1"
                    " AND a.state = 'closed' ORDER BY random() LIMIT 1) RETURNING attempt_id",
                    self.campaign_id,
                )
                await connection.execute("DELETE FROM attempts WHERE attempt_id = $1", attempt_id)

    async def _call(
        self, connection: asyncpg.Connection[Any], rng: random.Random, now: datetime
    ) -> None:
        """An attempt from its row to its end, statement by statement, and perhaps its outcome."""
        attempt_id, result = uuid4(), rng.choice(RESULTS)
        now -= timedelta(minutes=rng.randrange(300))
        o = self.organisation_id
        await connection.execute(
            "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
            " attempt_number, number, mode, caller_id, trunk_id, state, fencing, offered_at)"
            " VALUES ($1, $2, $3, $4, 1, $5, 'preview', '', $6, 'offered', 1, $7)",
            attempt_id, o, self.campaign_id, uuid4(), f"+229{uuid4().int % 10**9}",
            self.trunk_id, now,
        )  # fmt: skip
        if result != "skipped":
            await connection.execute(
                "UPDATE attempts SET state = 'dialling', dialling_at = $2 WHERE attempt_id = $1",
                attempt_id, now,
            )  # fmt: skip
        early = rng.random() < 0.3
        if result == "person" and rng.random() < 0.8:
            await connection.execute(
                "UPDATE attempts SET state = 'connected', answered_at = $2, connected_at = $3"
                " WHERE attempt_id = $1",
                attempt_id, now, now + timedelta(milliseconds=rng.randrange(3000)),
            )  # fmt: skip
            if early:
                await self._wrap_up(connection, rng, attempt_id, now)
        await connection.execute(
            "UPDATE attempts SET state = 'closed', result = $2, abandoned = $3, closed_at = $4,"
            " answered_at = CASE WHEN $2 = 'person' THEN coalesce(answered_at, $4) END"
            " WHERE attempt_id = $1",
            attempt_id, result, result == "person" and rng.random() < 0.2, now,
        )  # fmt: skip
        if result == "person" and rng.random() < 0.7:
            await self._wrap_up(connection, rng, attempt_id, now)

    async def _wrap_up(
        self,
        connection: asyncpg.Connection[Any],
        rng: random.Random,
        attempt_id: UUID,
        now: datetime,
    ) -> None:
        by_agent = rng.random() < 0.5
        await connection.execute(
            "INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, wrap_up_code_id,"
            " system_code, created_at) VALUES ($1, $2, $3, $4, $5, $6)"
            " ON CONFLICT (attempt_id) DO NOTHING",
            attempt_id, self.organisation_id, self.campaign_id,
            self.code_id if by_agent else None, None if by_agent else "NOT_GIVEN", now,
        )  # fmt: skip


async def _connect(database: Database, organisation_id: UUID) -> asyncpg.Connection[Any]:
    connection = await asyncpg.connect(database.app_url.replace("+asyncpg", ""))
    await connection.execute(
        "SELECT set_config('kwabo.organisation_id', $1, false)", str(organisation_id)
    )
    return connection


async def _writer(database: Database, rows: _Rows, seed: int) -> None:
    """Transactions of several statements; some are rolled back, some die with their connection."""
    rng = random.Random(seed)
    connection = await _connect(database, rows.organisation_id)
    for _ in range(25):
        transaction = connection.transaction()
        await transaction.start()
        try:
            for _ in range(rng.randrange(1, 5)):
                await rows.write(connection, rng)
        except asyncpg.PostgresError:  # two writers on one row: one of them gives up
            await transaction.rollback()
            continue
        fate = rng.random()
        if fate < 0.15:
            await transaction.rollback()
        elif fate < 0.25:
            connection.terminate()
            connection = await _connect(database, rows.organisation_id)
        else:
            with contextlib.suppress(asyncpg.PostgresError):
                await transaction.commit()
    await connection.close()


# The abandon rate's counts, of the calls themselves.
_CALLS = """
    SELECT count(*) AS dialled, count(*) FILTER (WHERE live) AS live,
           count(*) FILTER (WHERE live AND (abandoned OR result = 'unknown')) AS abandoned,
           count(*) FILTER (WHERE result = 'machine') AS machines
    FROM (SELECT a.*, (a.result = 'unknown' OR (a.answered_at IS NOT NULL
                 AND a.result IS DISTINCT FROM 'machine'))
              AND NOT coalesce('machine' = ANY (c.flags), false) AS live
          FROM attempts a LEFT JOIN wrap_ups w USING (attempt_id)
          LEFT JOIN wrap_up_codes c ON c.wrap_up_code_id = w.wrap_up_code_id
          WHERE a.campaign_id = $1 AND a.dialling_at IS NOT NULL
            AND coalesce(a.answered_at, a.closed_at, a.dialling_at) >= $2) counted
"""


async def _must_be_counted_by_the_hour(
    unit_of_work: PostgresUnitOfWork, rows: _Rows, owner: asyncpg.Connection[Any]
) -> None:
    """Also when what a code means changes afterwards."""
    live = []
    for flags in ([], ["machine"]):
        await owner.execute(
            "UPDATE wrap_up_codes SET flags = $2 WHERE wrap_up_code_id = $1", rows.code_id, flags
        )
        for hours in (0, 2, 24):
            since = datetime.now(UTC) - timedelta(hours=hours)
            counted = await owner.fetchrow(
                _CALLS, rows.campaign_id, since.replace(minute=0, second=0, microsecond=0)
            )
            async with unit_of_work.begin(rows.organisation_id) as stores:
                kept = await stores.progress.window(rows.campaign_id, since)
            assert asdict(kept) == dict(counted)
        live.append(kept.live)
    assert live[0] > live[1]


@pytest.mark.parametrize("seed", range(3))
async def test_counts_are_those_of_the_rows(
    database: Database,
    both: Both,
    unit_of_work: PostgresUnitOfWork,
    database_server: Any,
    seed: int,
) -> None:
    rows = _Rows(both.a.organisation_id)
    upkeep = UpkeepService(unit_of_work, clock=SteppedClock())
    async with database_server.superuser(database.name) as owner:
        await rows.prepare(owner)
        writers = [
            asyncio.create_task(_writer(database, rows, 100 * seed + number)) for number in range(4)
        ]
        folded = 0
        while not all(writer.done() for writer in writers):
            folds = await asyncio.gather(upkeep.fold_counts(), upkeep.fold_counts())
            folded += sum(folds)
            await tallies.must_hold(owner)
        for writer in writers:
            writer.result()
        assert folded > 0
        await upkeep.fold_counts()
        await tallies.must_hold(owner)
        assert not await owner.fetchval(
            "SELECT count(*) FROM (SELECT FROM tallies GROUP BY subject_id, kind, key"
            " HAVING count(*) > 1 OR sum(amount) = 0) AS unfolded"
        )
        async with unit_of_work.begin(rows.organisation_id) as stores:
            progress = await stores.progress.progress(rows.campaign_id)
        assert progress is not None
        await _must_be_counted_by_the_hour(unit_of_work, rows, owner)
        counted = await owner.fetchrow(
            "SELECT count(*) FILTER (WHERE dialling_at IS NOT NULL) AS dialled,"
            " count(*) FILTER (WHERE result = 'person') AS persons FROM attempts"
            " WHERE campaign_id = $1 AND state = 'closed'",
            rows.campaign_id,
        )
        assert progress.attempts == counted["dialled"] > 0
        assert progress.results.get("person", 0) == counted["persons"]
        assert progress.contacts == await owner.fetchval("SELECT count(*) FROM contacts")
