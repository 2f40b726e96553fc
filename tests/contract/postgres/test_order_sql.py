"""A contact's place in an order is the same from SQL on PostgreSQL and from the pure code."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from contract.postgres.test_filter_sql import FIELDS, World, _enter
from database import Database
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.filter_sql import filter_sql
from kwabo.adapters.postgres.order_sql import rank_sql
from kwabo.domain.contacts.filters.fields import PROPERTIES, FieldKind
from kwabo.domain.contacts.filters.sorting import rank, read_sort
from kwabo.domain.contacts.filters.times import Present

_NAMES = [{"column": name} for name in FIELDS] + [
    {"property": name} for name, kind in PROPERTIES.items() if kind is not FieldKind.CHOICE
]
_KEYS = st.lists(
    st.builds(
        lambda name, descending, empty_first: (
            name | {"descending": descending, "empty_first": empty_first}
        ),
        st.sampled_from(_NAMES),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda key: key.get("column", key.get("property")),
)


def _number(rng: random.Random) -> str:
    """Numbers of every form, and some that are none."""
    whole = "".join(rng.choices("0123456789", weights=[5] + [1] * 9, k=rng.randrange(1, 8)))
    part = "".join(rng.choices("0123456789", weights=[5] + [1] * 9, k=rng.randrange(1, 6)))
    sign = rng.choice(["", "", "-"])
    return rng.choice([f"{sign}{whole}", f"{sign}{whole}.{part}", f"{sign}.{part}", f"{whole}."])


async def _vary(world: World, url: str) -> None:
    """Long texts, and many numbers that are near each other."""
    rng = random.Random(3)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    for row in await connection.fetch("SELECT contact_id FROM contacts ORDER BY position"):
        change = {"solde": _number(rng)} if rng.random() < 0.7 else {}
        if rng.random() < 0.2:
            change["ville"] = "é" * rng.randrange(110, 130) + rng.choice("aàz")
        await connection.execute(
            "UPDATE contacts SET data = data || $2::jsonb WHERE contact_id = $1",
            row["contact_id"], json.dumps(change),
        )  # fmt: skip
    await connection.close()
    assert world.list_id


def test_sql_and_the_pure_code_agree(database: Database) -> None:
    world = World(database.owner_url)
    present = Present(datetime(2026, 11, 26, tzinfo=UTC), ZoneInfo("Europe/Paris"))
    with asyncio.Runner() as runner:
        runner.run(world.make(250))
        runner.run(_vary(world, database.owner_url))
        engine = create_engine(database.app_url)
        connection = runner.run(engine.connect().start())
        runner.run(_enter(connection, world.organisation_id))
        facts = runner.run(world.facts(connection))

        async def ranks(keys: Any) -> dict[Any, bytes]:
            made = rank_sql(keys)
            sieve = filter_sql([], present, world.campaign_id, made.properties)
            rows = await connection.execute(
                text(
                    f"SELECT c.contact_id, {made.rank} AS rank FROM contacts c"
                    " JOIN contact_lists l ON l.contact_list_id = c.contact_list_id"
                    f" {sieve.joins} {made.joins}"
                ),
                sieve.values | made.values,
            )
            return {row.contact_id: bytes(row.rank) for row in rows}

        @settings(
            max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @given(_KEYS)
        def agree(document: Any) -> None:
            keys = read_sort(document, FIELDS)
            assert runner.run(ranks(keys)) == {i: rank(keys, known) for i, known in facts.items()}

        agree()
        runner.run(connection.close())
        runner.run(engine.dispose())
