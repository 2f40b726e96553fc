"""The database of a telephone operator that does not exist: what a self-service flow asks.

A database of its own on the stack's PostgreSQL, and an account that may only read. Every start
makes its days anew, so that the last calls are of yesterday and the month's data is of this month.
"""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

DATABASE = "operator"
READER = "operator_reader"
SECRET_NAME = "operator"  # noqa: S105 (a name)
SUBSCRIBERS = 2_000
PREFIX = "+2290197"  # then six digits: 000001 is the first subscriber

_TABLES = f"""
    DROP SCHEMA IF EXISTS operator CASCADE;
    CREATE SCHEMA operator;
    CREATE TABLE operator.subscribers (
        number    text PRIMARY KEY,          -- E.164
        segment   text NOT NULL,             -- entreprise, or, standard
        balance   integer NOT NULL,          -- FCFA
        commune   text NOT NULL,
        last_cell text NOT NULL
    );
    CREATE TABLE operator.calls (            -- voice
        number  text NOT NULL REFERENCES operator.subscribers,
        other   text NOT NULL,               -- E.164
        at      timestamp NOT NULL,          -- of the clock in Porto-Novo
        seconds integer NOT NULL
    );
    CREATE TABLE operator.data_days (
        number    text NOT NULL REFERENCES operator.subscribers,
        day       date NOT NULL,
        megabytes integer NOT NULL,
        PRIMARY KEY (number, day)
    );
    CREATE INDEX ON operator.calls (number, at DESC);
    INSERT INTO operator.subscribers
    SELECT '{PREFIX}' || lpad(n::text, 6, '0'),
           CASE WHEN n % 10 = 0 THEN 'entreprise' WHEN n % 10 IN (1, 2) THEN 'or'
                ELSE 'standard' END,
           n * 7919 % 25000,
           (ARRAY['Cotonou', 'Porto-Novo', 'Parakou', 'Abomey-Calavi', 'Bohicon', 'Natitingou'])
               [n % 6 + 1],
           'BJ-' || lpad((n % 120)::text, 3, '0')
    FROM generate_series(1, {SUBSCRIBERS}) AS n;
    INSERT INTO operator.calls
    SELECT '{PREFIX}' || lpad(n::text, 6, '0'),
           '{PREFIX}' || lpad((n * 31 % {SUBSCRIBERS} + 1)::text, 6, '0'),
           date_trunc('minute', now() AT TIME ZONE 'Africa/Porto-Novo')
               - make_interval(hours => (c * 17 + n % 11)::int, mins => (n % 60)::int),
           30 + (n * c) % 600
    FROM generate_series(1, {SUBSCRIBERS}) AS n, generate_series(1, 6) AS c
    WHERE n % 7 <> 0;                        -- one in seven has not called
    INSERT INTO operator.data_days
    SELECT '{PREFIX}' || lpad(n::text, 6, '0'), day, 5 + (n * extract(day FROM day)::int) % 90
    FROM generate_series(1, {SUBSCRIBERS}) AS n,
         generate_series(date_trunc('month', now())::date, now()::date, '1 day') AS day
    WHERE n % 5 <> 0;
    CREATE VIEW operator.accounts AS
    SELECT s.*, coalesce((SELECT sum(d.megabytes) FROM operator.data_days d
                           WHERE d.number = s.number
                             AND d.day >= date_trunc('month', now())), 0) AS data_mb
    FROM operator.subscribers s;
    GRANT USAGE ON SCHEMA operator TO {READER};
    GRANT SELECT ON ALL TABLES IN SCHEMA operator TO {READER};
"""


async def make_operator_database(superuser_url: str, secret_file: Path) -> str:
    """Make it, and put the account's password into the file; where it is: `host:port`."""
    password = secrets.token_urlsafe(24)
    server = await asyncpg.connect(superuser_url)
    try:
        known = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"
        if not await server.fetchval(known, DATABASE):
            await server.execute(f"CREATE DATABASE {DATABASE}")
            await server.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
        known = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)"
        if not await server.fetchval(known, READER):
            await server.execute(f"CREATE ROLE {READER} LOGIN CONNECTION LIMIT 40")
        await server.execute(f"ALTER ROLE {READER} PASSWORD '{password}'")
        await server.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {READER}")
    finally:
        await server.close()
    parts = urlsplit(superuser_url)
    there = await asyncpg.connect(parts._replace(path=f"/{DATABASE}").geturl())
    try:
        async with there.transaction():
            await there.execute(_TABLES)
    finally:
        await there.close()
    await asyncio.to_thread(_keep, secret_file, password)
    return f"{parts.hostname}:{parts.port}"


def _keep(secret_file: Path, password: str) -> None:
    secret_file.parent.mkdir(parents=True, exist_ok=True)
    secret_file.touch(mode=0o600)
    secret_file.write_text(password)
