"""What a migration does with rows that are there already."""

from __future__ import annotations

from pathlib import Path

import asyncpg
from sqlalchemy import make_url

import kwabo.adapters.postgres.migrations as migrations
from database import DatabaseServer
from kwabo.adapters.postgres.engine import create_engine

MOVES = "0034_messages.sql"  # follows 0030
FILES = [
    *(file for file in sorted(Path(migrations.__path__[0]).glob("*.sql")) if file.name < "0031"),
    Path(migrations.__path__[0]) / MOVES,
]

UP_TO_HOURS = [
    file for file in sorted(Path(migrations.__path__[0]).glob("*.sql")) if file.name < "0044"
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


async def test_hours_of_before_lose_the_calls_that_no_person_answered(
    database_server: DatabaseServer,
) -> None:
    async with database_server.database("template0") as database:
        name = make_url(database.owner_url).database or ""
        engine = create_engine(database.owner_url, pooled=False)
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        await engine.dispose()
        owner = await asyncpg.connect(url)
        try:
            for file in UP_TO_HOURS:
                if file.name == "0043_nobody_answered.sql":
                    async with database_server.superuser(name) as superuser:
                        await superuser.execute(_CALLS)
                    before = await owner.fetchrow(_LIVE)
                await owner.execute(file.read_text())
            after = await owner.fetchrow(_LIVE)
        finally:
            await owner.close()
    assert tuple(before or ()) == (4, 4, -1)
    assert tuple(after or ()) == (4, 1, 0)


_CALLS = """
    SET session_replication_role = replica;  -- what the calls belong to is not needed
    INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
        number, mode, caller_id, trunk_id, state, result, dialling_at, answered_at, closed_at,
        fencing)
    SELECT gen_random_uuid(), '00000000-0000-0000-0000-000000000001',
        '00000000-0000-0000-0000-000000000003', gen_random_uuid(), 1, '+1', 'predictive', '',
        gen_random_uuid(), 'closed', result, now(), now(), now(), 1
    FROM unnest(ARRAY['fax', 'sit', 'fax', 'person']) AS result;
    INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, wrap_up_code_id, created_at)
    SELECT attempt_id, organisation_id, campaign_id, '00000000-0000-0000-0000-000000000009', now()
    FROM attempts WHERE result = 'sit';
    INSERT INTO call_hours (organisation_id, campaign_id, hour, dialled, live, abandoned, machines)
    SELECT a.organisation_id, a.campaign_id, h.* FROM attempts a, hour_of_attempt(a) h;
    INSERT INTO call_hours (organisation_id, campaign_id, hour, wrap_up_code_id, dialled, live,
        abandoned, machines)
    SELECT a.organisation_id, a.campaign_id, h.hour, w.wrap_up_code_id, 0, -h.live, 0, 0
    FROM attempts a JOIN wrap_ups w USING (attempt_id), hour_of_attempt(a) h;
    SET session_replication_role = DEFAULT;
"""
# Calls, live ones before codes take any away, and what codes take away.
_LIVE = """
    SELECT sum(dialled)::int,
        sum(live) FILTER (WHERE wrap_up_code_id <> '00000000-0000-0000-0000-000000000009')::int,
        sum(live) FILTER (WHERE wrap_up_code_id = '00000000-0000-0000-0000-000000000009')::int
    FROM call_hours
"""
