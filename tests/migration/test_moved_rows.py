"""What a migration does with rows that are there already."""

from __future__ import annotations

from pathlib import Path

import asyncpg

import kwabo.adapters.postgres.migrations as migrations
from database import DatabaseServer
from kwabo.adapters.postgres.engine import create_engine

MOVES = "0034_messages.sql"  # follows 0030
FILES = [
    *(file for file in sorted(Path(migrations.__path__[0]).glob("*.sql")) if file.name < "0031"),
    Path(migrations.__path__[0]) / MOVES,
]


async def test_notices_that_fell_due_become_messages(database_server: DatabaseServer) -> None:
    async with database_server.database("template0") as database:
        engine = create_engine(database.owner_url, pooled=False)
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        await engine.dispose()
        owner = await asyncpg.connect(url)
        try:
            for file in FILES:
                if file.name == MOVES:
                    await owner.execute(_BEFORE)
                await owner.execute(file.read_text())
            kept = await owner.fetch(
                "SELECT number, message_id::text AS id FROM incident_notices ORDER BY number"
            )
            moved = await owner.fetch(
                """
                SELECT message_id::text AS id, recipient, incident_id::text, channel, language,
                    state, reason, tries FROM wanted_messages ORDER BY recipient
                """
            )
        finally:
            await owner.close()
    assert [row["number"] for row in kept] == ["+1", "+2", "+3"]
    incident = "00000000-0000-0000-0000-000000000002"
    assert [tuple(row) for row in moved] == [
        (kept[1]["id"], "+2", incident, "sms", "fr", "waiting", "CHANNEL_FAILED", 2),
        (kept[2]["id"], "+3", incident, "sms", "fr", "failed", "ON_DNC_LIST", 1),
    ]


_BEFORE = """
    INSERT INTO organisations (organisation_id, slug, name, created_at)
    VALUES ('00000000-0000-0000-0000-000000000001', 'a', 'A', now());
    INSERT INTO incidents (incident_id, organisation_id, name, starts_at, state, over_at,
        created_at, updated_at)
    VALUES ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001',
        'Panne', now(), 'over', now(), now(), now());
    INSERT INTO incident_notices (incident_id, number, organisation_id, message_id, channel,
        language, state, reason, tries, next_at, asked_at)
    SELECT '00000000-0000-0000-0000-000000000002', number,
        '00000000-0000-0000-0000-000000000001', gen_random_uuid(), 'sms', 'fr', state, reason,
        tries, CASE WHEN state = 'waiting' THEN now() END, now()
    FROM (VALUES ('+1', 'asked', '', 0), ('+2', 'waiting', 'CHANNEL_FAILED', 2),
                 ('+3', 'failed', 'ON_DNC_LIST', 1)) AS n (number, state, reason, tries);
"""
