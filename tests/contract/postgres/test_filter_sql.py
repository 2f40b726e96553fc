"""A filter's SQL on a real PostgreSQL and the pure evaluator let the same contacts through."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from database import Database
from filter_documents import COLUMNS, documents
from kwabo.adapters.postgres.contact_facts import read_facts
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.filter_sql import filter_sql
from kwabo.domain.contacts.filters import times
from kwabo.domain.contacts.filters.document import read_filter
from kwabo.domain.contacts.filters.evaluate import matches, next_change
from kwabo.domain.contacts.filters.facts import ContactFacts
from kwabo.domain.contacts.filters.fields import columns_by_name
from kwabo.domain.contacts.filters.folding import folded_text
from kwabo.domain.contacts.filters.times import Present

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Paris")
FIELDS = columns_by_name(COLUMNS)
TEXTS = [
    "Cotonou", "COTONOU", "cotonou ", "Porto-Novo", "Pörto-Nóvo", "Ɖɛɖokpo", "ɖɛɖokpo", "Œuvre",
    "œuvre", "Straße", "Ωmega", "ωmega", "a%b_c", "\\", "'; --", "", "5000", "É", "e\u0301", "ﬁn",
    "日本", "Żółw", "ŻÓŁW",
]  # fmt: skip
NUMBERS = ["0", "-0", "5000", "5000.0", "4999.99", "-12.5", "1e3", "12,5", "", " 7", "9" * 60, "x"]
DATES = [
    "2026-11-26", "2026-11-26T10:30:00", "2026-11-23", "2026-11-23T10:30:00", "2026-02-31",
    "demain", "", "2026-11-27T18:00:00", "2025-13-01", "0000-01-01", "2026-10-25T02:30:00",
    "1999-12-31",
]  # fmt: skip
PHONES = ["+2290161000000", "+2290121000000", "+33612345678", "+12025550123", "+881612345678"]


def _contact(rng: random.Random) -> dict[str, Any]:
    data = {
        "ville": rng.choice(TEXTS),
        "solde": rng.choice(NUMBERS),
        "visite": rng.choice(DATES),
        "zone": rng.choice(["Africa/Lagos", "", "pas une zone"]),
    }
    for name in list(data):
        if rng.random() < 0.2:
            del data[name]
    numbers = rng.sample(PHONES, rng.randint(0, 3))
    return {
        "data": data,
        "numbers": numbers,
        "language": rng.choice([None, "fr", "fon", ""]),
        "time_zone": rng.choice([None, "Africa/Lagos"]),
        "callable": rng.random() < 0.7,
        "created_at": NOW - timedelta(minutes=rng.choice([0, 1, 600, 4320, 4321, 90_000])),
    }


class World:
    """A list of random contacts with some calls, in organisation A."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("+asyncpg", "")
        self.list_id, self.campaign_id, self.code_id = uuid4(), uuid4(), uuid4()
        self.organisation_id = UUID(int=0)

    async def make(self, contacts: int) -> None:
        rng = random.Random(7)
        connection = await asyncpg.connect(self._url)
        org = await connection.fetchval("SELECT organisation_id FROM organisations WHERE slug='a'")
        self.organisation_id = org
        queue = await connection.fetchval(
            "SELECT queue_id FROM queues WHERE organisation_id = $1", org
        )
        trunk = await connection.fetchval(
            "SELECT trunk_id FROM trunks WHERE organisation_id = $1", org
        )
        await connection.execute(
            "INSERT INTO contact_lists (contact_list_id, organisation_id, name, region, time_zone,"
            " created_at, updated_at) VALUES ($1, $2, 'F', 'BJ', 'Europe/Paris', $3, $3)",
            self.list_id, org, NOW,
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO wrap_up_codes (wrap_up_code_id, organisation_id, name, created_at)"
            " VALUES ($1, $2, 'Filtered', $3)",
            self.code_id, org, NOW,
        )  # fmt: skip
        other = uuid4()
        for campaign_id in (self.campaign_id, other):
            await connection.execute(
                "INSERT INTO campaigns (campaign_id, organisation_id, name, contact_list_id, mode,"
                " queue_id, trunk_id, caller_id, state_changed_at, created_at, updated_at)"
                " VALUES ($1, $2, $3, $4, 'progressive', $5, $6, '', $7, $7, $7)",
                campaign_id, org, str(campaign_id), self.list_id, queue, trunk, NOW,
            )  # fmt: skip
        for _ in range(contacts):
            made, contact_id = _contact(rng), uuid4()
            await connection.execute(
                "INSERT INTO contacts (contact_id, organisation_id, contact_list_id, data, numbers,"
                " number_labels, language, time_zone, callable, created_at, updated_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
                contact_id, org, self.list_id, json.dumps(made["data"]), made["numbers"],
                ["m"] * len(made["numbers"]), made["language"], made["time_zone"],
                made["callable"], made["created_at"],
            )  # fmt: skip
            for number in range(rng.choice([0, 0, 1, 2])):
                attempt_id, at = uuid4(), NOW - timedelta(hours=rng.choice([0, 5, 72, 80]))
                await connection.execute(
                    "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
                    " attempt_number, number, mode, caller_id, trunk_id, state, result, fencing,"
                    " dialling_at, closed_at)"
                    " VALUES ($1, $2, $3, $4, $5, '', 'progressive', '', $6, 'closed', $7, 1, $8,"
                    " $9)",
                    attempt_id, org, rng.choice([self.campaign_id, other]), contact_id, number + 1,
                    trunk, rng.choice(["busy", "person", "no_answer"]),
                    at if rng.random() < 0.9 else None, at,
                )  # fmt: skip
                if rng.random() < 0.4:
                    await connection.execute(
                        "INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id,"
                        " wrap_up_code_id, created_at) VALUES ($1, $2, $3, $4, $5)",
                        attempt_id, org, self.campaign_id, self.code_id, at,
                    )  # fmt: skip
        await connection.close()

    async def facts(self, connection: AsyncConnection) -> dict[UUID, ContactFacts]:
        rows = await connection.execute(text("SELECT contact_id FROM contacts"))
        ids = [row.contact_id for row in rows]
        return await read_facts(connection, ids, campaign_id=self.campaign_id, calls=True)


def test_sql_and_the_evaluator_agree(database: Database) -> None:
    world = World(database.owner_url)
    present = Present(NOW, ZONE)
    with asyncio.Runner() as runner:
        runner.run(world.make(250))
        engine = create_engine(database.app_url)
        connection = runner.run(engine.connect().start())
        runner.run(_enter(connection, world.organisation_id))
        facts = runner.run(world.facts(connection))
        assert len(facts) == 250

        async def let_through(node: Any) -> set[UUID]:
            sql = filter_sql([node], present, world.campaign_id)
            rows = await connection.execute(
                text(
                    "SELECT c.contact_id FROM contacts c"
                    " JOIN contact_lists l ON l.contact_list_id = c.contact_list_id"
                    f" {sql.joins} WHERE {sql.condition}"
                ),
                sql.values,
            )
            return {row.contact_id for row in rows}

        @settings(
            max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @given(documents(str(world.code_id)))
        def agree(document: Any) -> None:
            node = read_filter(document, FIELDS)
            expected = {i for i, known in facts.items() if matches(node, known, present)}
            assert runner.run(let_through(node)) == expected

        agree()

        @settings(max_examples=300, deadline=None, database=None)
        @given(st.text(alphabet=st.characters(max_codepoint=0x24FF, exclude_characters="\0")))
        def fold_alike(value: str) -> None:
            row = runner.run(
                connection.execute(text("SELECT folded_text(CAST(:v AS text)) AS v"), {"v": value})
            ).one()
            assert row.v == folded_text(value)

        fold_alike()
        runner.run(connection.close())
        runner.run(engine.dispose())


async def _enter(connection: AsyncConnection, organisation_id: UUID) -> None:
    await connection.execute(
        text("SELECT set_config('kwabo.organisation_id', :id, false)"), {"id": str(organisation_id)}
    )


@settings(max_examples=300, deadline=None)
@given(
    documents("code"),
    st.sampled_from(DATES),
    st.integers(0, 90_000),
    st.integers(0, 400_000),
)
def test_the_answer_stays_until_the_next_change(
    document: Any, visit: str, created: int, later: int
) -> None:
    node = read_filter(document, FIELDS)
    zone = ZoneInfo("Africa/Porto-Novo")
    facts = ContactFacts(
        data={"visite": visit}, time_zone="UTC", created_at=NOW - timedelta(minutes=created)
    )
    change = next_change(node, facts, Present(NOW, zone))
    then = NOW + timedelta(seconds=later)
    if change is None or then < change - timedelta(seconds=1):
        assert matches(node, facts, Present(then, zone)) == matches(node, facts, Present(NOW, zone))


def test_durations() -> None:
    assert times.read_duration("P01DT08H30M") == timedelta(days=1, hours=8, minutes=30)
    assert times.read_duration("-P3D") == timedelta(days=-3)
    assert times.read_duration("P2W") == timedelta(weeks=2)
    assert times.read_duration("PT90S") == timedelta(seconds=90)
    assert times.read_duration("P") is None
    assert times.read_duration("PT") is None
    assert times.read_duration("P1DT") is None
    assert times.read_duration("P999999D") is None
