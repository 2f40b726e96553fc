"""A big outbound centre, made once in SQL and copied for each measurement.

One organisation with a list of a million contacts with French columns, a finished campaign with an
attempt for each of them on the past thirty days, three campaigns on that list that begin now (the
list's order; a filter that one in a thousand passes; sorted by four keys), four DNC lists with five
million entries (two of the campaigns', one of the organisation, one by column), 50,000 callbacks
and 200,000 consents. `--contacts` makes everything smaller or bigger in proportion; with `--called`
calls, entries and the rest are in proportion to that number, and more contacts were never called.

The server's folder is kept (`.kwabo/benchmark-centre`, or `--home`): what was made is made again
only when what is made or an old migration has changed; it is brought to a newer schema as a
customer's database is. Each measurement works on a copy of the database.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy import make_url

from kwabo.adapters.postgres import migrations
from kwabo.adapters.postgres.migrate import migrate
from kwabo.adapters.postgres.private_server import PostgresAccess, PrivatePostgres
from kwabo.domain.organisations.asker import Asker

CONTACTS = 1_000_000
ORGANISATION, FLOOR, QUEUE, TRUNK, LIST, USER = (UUID(int=number) for number in range(1, 7))
HISTORY, PLAIN, FILTERED, SORTED = (UUID(int=number) for number in range(11, 15))
OWN, OTHER, WIDE, COLUMN = (UUID(int=number) for number in range(21, 25))
FILTER, LIMIT, CODE, OTHER_CODE = (UUID(int=number) for number in range(31, 35))
AGENTS = 200
ASKER = Asker(
    user_id=USER,
    organisation_id=ORGANISATION,
    display_name="Bench",
    language="fr",
    role="administrator",
    permissions=frozenset(
        {"campaigns.read", "campaigns.write", "campaigns.run", "contacts.read", "contacts.write"}
        | {"contacts.export", "contacts.import", "dnc.read", "dnc.write", "live.read"}
    ),
)
KINDS = {
    "nom": "text", "prénom": "text", "téléphone": "phone", "mobile": "phone", "ville": "text",
    "solde": "number", "échéance": "date", "contrat": "text", "langue": "language",
}  # fmt: skip
ONE_IN_A_THOUSAND = {"column": "solde", "predicate": "BETWEEN", "values": [5000, 5009]}
SORT = [
    {"column": "ville", "kind": "text", "descending": False, "empty_first": False},
    {"column": "échéance", "kind": "date", "descending": False, "empty_first": False},
    {"column": "solde", "kind": "number", "descending": True, "empty_first": False},
    {"column": "nom", "kind": "text", "descending": False, "empty_first": False},
]
_BATCH = 100_000
_CONTACT = "('00000000-0000-7001-8000-' || lpad(to_hex({i}), 12, '0'))::uuid"
_MILLISECONDS = "(extract(epoch FROM {at}) * 1000)::bigint"
# Time-ordered, like the program's own.
_ATTEMPT = (
    "(left(lpad(to_hex({ms}), 12, '0'), 8) || '-' || right(lpad(to_hex({ms}), 12, '0'), 4)"
    " || '-7000-8000-' || lpad(to_hex({i}), 12, '0'))::uuid"
)
_NUMBER = "'+22901' || lpad((60000000 + {i})::text, 8, '0')"

# Spread over thirty days, ten hours of each, the oldest first.
_AT = (
    "(date_trunc('day', now()) - interval '30 days' + (i * 30::bigint / {contacts}) *"
    " interval '1 day' + interval '8 hours' + (i * 30::bigint % {contacts}) * interval '10 hours'"
    " / {contacts})"
)
_ONCE = """
INSERT INTO organisations (organisation_id, name, slug, created_at)
    VALUES ('{o}', 'Centre', 'centre', now());
INSERT INTO floors (floor_id, organisation_id) VALUES ('{f}', '{o}');
INSERT INTO users (user_id, organisation_id, login, display_name, password_hash, role, created_at,
    updated_at) SELECT CASE WHEN i = 0 THEN '{u}'::uuid ELSE
    ('00000000-0000-7002-8000-' || lpad(to_hex(i), 12, '0'))::uuid END, '{o}', 'personne' || i,
    'Personne ' || i, '', CASE WHEN i = 0 THEN 'administrator' ELSE 'agent' END, now(), now()
    FROM generate_series(0, {agents}) i;
INSERT INTO queues VALUES ('{q}', '{o}', 'Téléconseillers', now());
INSERT INTO queue_members SELECT '{q}', '{o}', user_id FROM users WHERE role = 'agent';
INSERT INTO trunks (trunk_id, organisation_id, name, endpoint, lines, created_at)
    VALUES ('{t}', '{o}', 'Opérateur', 'carrier', 1000, now());
INSERT INTO wrap_up_codes (wrap_up_code_id, organisation_id, name, flags, created_at)
    VALUES ('{code}', '{o}', 'Vente', '{{right_party,success}}', now()),
           ('{other_code}', '{o}', 'Refus', '{{right_party,failure}}', now());
INSERT INTO attempt_limits (attempt_limit_id, organisation_id, name, per, scope, most, reset, days,
    time_zone, counted, created_at, updated_at) VALUES ('{limit}', '{o}', 'Par personne', 'person',
    'organisation', 3, 'days', 7, 'Africa/Porto-Novo', 'dialled', now(), now());
INSERT INTO contact_lists (contact_list_id, organisation_id, name, region, time_zone, key_columns,
    created_at, updated_at) VALUES ('{l}', '{o}', 'Abonnés', 'BJ', 'Africa/Porto-Novo',
    '{{contrat}}', now(), now());
INSERT INTO contact_list_columns (contact_list_id, organisation_id, name, label, kind, position)
    SELECT '{l}', '{o}', key, key, value, row_number() OVER ()
    FROM jsonb_each_text('{kinds}');
INSERT INTO dnc_lists (dnc_list_id, organisation_id, name, key_column, organisation_wide,
    created_at) VALUES ('{own}', '{o}', 'Campagne', NULL, false, now()),
    ('{other}', '{o}', 'Marque', NULL, false, now()),
    ('{wide}', '{o}', 'Liste rouge', NULL, true, now()),
    ('{column}', '{o}', 'Contrats', 'contrat', true, now());
INSERT INTO contact_list_filters (contact_list_filter_id, organisation_id, contact_list_id, name,
    document, column_kinds, created_at, updated_at) VALUES ('{filter}', '{o}', '{l}',
    'Un sur mille', '{one}', '{{"solde": "number"}}', now(), now());
INSERT INTO campaigns (campaign_id, organisation_id, name, contact_list_id, mode, queue_id,
    trunk_id, caller_id, callable_weekdays, callable_from, callable_until, dnc_list_ids,
    contact_list_filter_ids, sort, choice_version, state, state_changed_at, created_at, updated_at)
    SELECT k.id, '{o}', k.name, '{l}', 'predictive', '{q}', '{t}', '+2290121000000',
    '{{1,2,3,4,5,6,7}}', '00:00', '23:59:59', ARRAY['{own}', '{other}']::uuid[], k.filters, k.sort,
    k.choice, k.state, now(), now(), now()
    FROM (VALUES ('{history}'::uuid, 'Octobre', '{{}}'::uuid[], '[]'::jsonb, 0, 'complete'),
        ('{plain}', 'Toute la liste', '{{}}', '[]', 0, 'running'),
        ('{filtered}', 'Un sur mille', ARRAY['{filter}'::uuid], '[]', 1, 'running'),
        ('{sorted}', 'Par ville', '{{}}', '{sort}', 1, 'running'))
        AS k (id, name, filters, sort, choice, state);
"""
_CONTACTS = """
INSERT INTO contacts (contact_id, organisation_id, contact_list_id, external_key, data, numbers,
    number_labels, language, created_at, updated_at)
SELECT {contact}, '{o}', '{l}', 'C' || i, jsonb_strip_nulls(jsonb_build_object(
        'nom', (ARRAY['Adjovi','Houngbédji','Zinsou','Dossou','Agbo','Sènan','Kponou',
            'Ahouansou'])[1 + i % 8] || ' ' || (i * 7919 % 99991),
        'prénom', (ARRAY['Koffi','Afi','Sèna','Yao','Ablavi','Codjo','Mahougnon',
            'Reine'])[1 + i / 8 % 8],
        'téléphone', {number}, 'mobile', CASE WHEN i % 3 = 0 THEN {second} END,
        'ville', (ARRAY['Cotonou','Porto-Novo','Parakou','Abomey-Calavi','Bohicon',
            'Natitingou'])[1 + i * 31 % 6],
        'solde', (i * 7919 % 10000)::text || CASE WHEN i % 2 = 0 THEN '.50' ELSE '' END,
        'échéance', (date '2026-01-01' + (i * 104729 % 365)::int)::text,
        'contrat', 'C' || i, 'langue', CASE WHEN i % 5 = 0 THEN 'fon' ELSE 'fr' END)),
    CASE WHEN i % 3 = 0 THEN ARRAY[{number}, {second}] ELSE ARRAY[{number}] END,
    CASE WHEN i % 3 = 0 THEN ARRAY['téléphone', 'mobile'] ELSE ARRAY['téléphone'] END,
    CASE WHEN i % 5 = 0 THEN 'fon' ELSE 'fr' END, now() - interval '40 days', now()
FROM generate_series({first}::bigint, {last}::bigint) i
"""
# As the calls of October went: one in five was answered by a person.
_HISTORY = """
INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number, number,
    mode, caller_id, trunk_id, agent_user_id, state, result, fencing, dialling_at, ringing_at,
    answered_at, connected_at, closed_at, person_id)
SELECT a.id, '{o}', '{history}', a.contact, 1, a.number, 'predictive', '+2290121000000', '{t}',
    CASE WHEN a.result = 'person' THEN a.agent END, 'closed', a.result, 1, a.at,
    CASE WHEN a.result <> 'invalid' THEN a.at + interval '2 seconds' END,
    CASE WHEN a.result IN ('person', 'machine') THEN a.at + interval '9 seconds' END,
    CASE WHEN a.result = 'person' THEN a.at + interval '9 seconds'
        + i * 7919 % 1500 * interval '1 millisecond' END, a.at + interval '70 seconds', a.contact
FROM generate_series({first}::bigint, {last}::bigint) i, LATERAL (SELECT {attempt} AS id,
    {contact} AS contact, {number} AS number, {at} AS at,
    ('00000000-0000-7002-8000-' || lpad(to_hex(1 + i % {agents}), 12, '0'))::uuid AS agent,
    (ARRAY['person','no_answer','machine','no_answer','busy','person','no_answer','machine',
        'invalid','no_answer'])[1 + i * 7919 % 10] AS result) a;
INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, wrap_up_code_id, user_id,
    created_at)
SELECT attempt_id, '{o}', campaign_id, CASE WHEN get_byte(uuid_send(attempt_id), 15) % 4 = 0
    THEN '{code}'::uuid ELSE '{other_code}' END, agent_user_id, closed_at
FROM attempts WHERE campaign_id = '{history}' AND result = 'person' AND contact_id BETWEEN
    {first_contact} AND {last_contact};
INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,
    last_attempt_at, last_result, next_attempt_at, reason, result_counts)
SELECT campaign_id, contact_id, '{o}', CASE WHEN result IN ('person', 'invalid') THEN 'finished'
        ELSE 'open' END, 1, dialling_at, result,
    CASE WHEN result NOT IN ('person', 'invalid') THEN closed_at + interval '90 days' END,
    CASE WHEN result IN ('person', 'invalid') THEN 'RESULT_' || upper(result)
        ELSE 'RECALL_DELAY' END, jsonb_build_object(result, 1)
FROM attempts WHERE campaign_id = '{history}' AND contact_id BETWEEN {first_contact} AND
    {last_contact};
INSERT INTO events (floor_id, position, organisation_id, at, kind, subject_id, data)
SELECT '{f}', i, '{o}', {at}, 'attempt.closed', {attempt}, jsonb_build_object('entity', 'attempt',
    'data', jsonb_build_object('attempt_id', {attempt}, 'campaign_id', '{history}', 'contact_id',
    {contact}, 'number', {number}, 'state', 'closed', 'result', 'no_answer', 'attempt_number', 1))
FROM generate_series({first}::bigint, {last}::bigint) i
"""
# Some of them of the contacts: one in a hundred by number on each list, one in 200 by contract.
_ENTRIES = """
INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, created_at)
SELECT '{list}', '{o}', {value}, now() FROM generate_series({first}::bigint, {last}::bigint) i
ON CONFLICT DO NOTHING
"""
_REST = """
INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id, owner_user_id, number,
    due_at, state, created_at, changed_at)
SELECT gen_random_uuid(), '{o}', '{history}', {contact}, CASE WHEN i % 40 = 0 THEN
        ('00000000-0000-7002-8000-' || lpad(to_hex(1 + i % {agents}), 12, '0'))::uuid END,
    {number}, CASE WHEN i % 80 < 40 THEN now() + i % 30000 * interval '1 minute'
        ELSE now() - i % 30000 * interval '1 minute' END,
    CASE i % 80 WHEN 60 THEN 'missed' WHEN 40 THEN 'done' ELSE 'open' END, now() - interval
    '20 days', now() FROM generate_series(20, {contacts}, 20) i;
INSERT INTO consents (consent_id, organisation_id, kind, number, contact_id, purpose, channel, at,
    source, created_at)
SELECT gen_random_uuid(), '{o}', CASE WHEN i % 50 = 0 THEN 'withdrawn' ELSE 'given' END, {number},
    {contact}, 'prospecting', 'voice', now() - interval '100 days', 'import', now()
FROM generate_series(5, {contacts}, 5) i;
UPDATE floors SET position = {contacts};
UPDATE campaigns SET (scan_added_in, scan_position) = (SELECT added_in, position FROM contacts
    ORDER BY added_in DESC, position DESC LIMIT 1) WHERE campaign_id = '{history}';
"""
# The campaign has been through a part of its list: of those it called or looked at, a third is
# finished, a third waits for another day, the rest was kept from being called.
_ADVANCE = """
WITH done AS (
    SELECT contact_id, row_number() OVER (ORDER BY added_in, position) AS i
    FROM contacts WHERE contact_list_id = '{l}' ORDER BY added_in, position LIMIT {rows})
INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,
    last_attempt_at, last_result, next_attempt_at, reason)
SELECT '{c}', contact_id, '{o}', CASE WHEN i % 3 = 1 THEN 'open' ELSE 'finished' END,
    CASE WHEN i % 3 < 2 THEN 1 ELSE 0 END, CASE WHEN i % 3 < 2 THEN now() - interval '1 day' END,
    CASE i % 3 WHEN 0 THEN 'person' WHEN 1 THEN 'busy' END,
    CASE WHEN i % 3 = 1 THEN now() + interval '1 day' + i * interval '1 second' END,
    CASE i % 3 WHEN 0 THEN 'RESULT_PERSON' WHEN 1 THEN 'RECALL_DELAY' ELSE 'DNC_LISTED' END
FROM done ON CONFLICT DO NOTHING;
UPDATE campaigns SET (scan_added_in, scan_position) = (
    SELECT added_in, position FROM contacts WHERE contact_list_id = '{l}'
    ORDER BY added_in, position OFFSET {rows} - 1 LIMIT 1) WHERE campaign_id = '{c}';
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """A copy of the centre, for one measurement."""

    contacts: int
    owner_url: str
    app_url: str
    superuser_url: str
    log: Path  # the server's

    @asynccontextmanager
    async def owner(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection of the tables' owner: no row-level security."""
        connection = await asyncpg.connect(self.owner_url)
        try:
            yield connection
        finally:
            await connection.close()

    async def execute(self, *statements: str) -> None:
        """As the owner, each for itself."""
        async with self.owner() as connection:
            for statement in statements:
                await connection.execute(statement)

    async def advance(self, campaign_id: UUID, share: float) -> None:
        """Let a campaign have been through this share of its list."""
        rows = max(1, int(self.contacts * share))
        await self.execute(
            _ADVANCE.format(o=ORGANISATION, l=LIST, c=campaign_id, rows=rows),
            "VACUUM ANALYZE campaign_contacts",
        )


def options_of(description: str | None) -> argparse.ArgumentParser:
    """A parser with what every measurement on the centre takes."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument("--called", type=int, default=None, help="as many contacts were called")
    parser.add_argument("--home", type=Path, default=Path(".kwabo/benchmark-centre"))
    parser.add_argument(
        "--as-is", action="store_true", help="the centre that is there, whatever has changed since"
    )
    parser.add_argument("--plan", action="store_true", help="print PostgreSQL's plans too")
    parser.add_argument("--json", action="store_true")
    return parser


@asynccontextmanager
async def centre(options: argparse.Namespace) -> AsyncIterator[Centre]:
    """A copy of the centre; dropped afterwards, while the centre itself stays."""
    home = options.home.resolve()
    server = PrivatePostgres(home)
    running = server.pid() is not None
    access = await asyncio.to_thread(server.start)
    try:
        called = min(options.called or options.contacts, options.contacts)
        template = await _made(access, options.contacts, called, as_is=options.as_is)
        name = f"copy_{uuid4().hex}"
        await _as_superuser(
            access,
            f"CREATE DATABASE {name} OWNER kwabo TEMPLATE {template} STRATEGY file_copy",
            f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO kwabo_app",
        )
        try:
            yield Centre(
                contacts=options.contacts,
                owner_url=_on(access.owner_url, name),
                app_url=_on(access.app_url, name),
                superuser_url=_on(access.superuser_url, name),
                log=server.log_path,
            )
        finally:
            await _as_superuser(access, f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        if not running:
            await asyncio.to_thread(server.stop)


def _fingerprint(contacts: int, called: int) -> str:
    made = (_ONCE, _CONTACTS, _HISTORY, _ENTRIES, _REST, _AT, KINDS, SORT, ONE_IN_A_THOUSAND)
    return _digest(repr((contacts, called, made)).encode())


def _migrations() -> dict[str, str]:
    """Every migration with the digest of its text."""
    files = sorted(Path(migrations.__file__).parent.rglob("*.sql"))
    return {path.name: _digest(path.read_bytes()) for path in files}


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]


async def _made(access: PostgresAccess, contacts: int, called: int, *, as_is: bool) -> str:
    """The name of the database from which copies are made."""
    name, wanted = f"centre_{_fingerprint(contacts, called)}", _migrations()
    known = await _databases(access)
    there = [one for one in known if one.startswith("centre_") and one != "centre_half"]
    if as_is and there:
        return name if name in there else there[0]
    if name in there:
        has = json.loads(known[name] or "{}")
        if has == wanted:
            return name
        if has and has.items() <= wanted.items():
            await migrate(_on(access.owner_url, name))
            await _remember(access, name, wanted)
            return name
    for old in known:
        if old.startswith(("centre_", "copy_")):
            await _as_superuser(access, f"DROP DATABASE {old} WITH (FORCE)")
    half = "centre_half"
    await _as_superuser(access, f"CREATE DATABASE {half} OWNER kwabo")
    await _fill(_on(access.owner_url, half), contacts, called)
    await _remember(access, half, wanted)
    await _as_superuser(access, f"ALTER DATABASE {half} RENAME TO {name}")
    return name


async def _databases(access: PostgresAccess) -> dict[str, str | None]:
    """Every database with its comment, in which a centre's migrations stand."""
    connection = await asyncpg.connect(access.superuser_url)
    try:
        rows = await connection.fetch(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        )
    finally:
        await connection.close()
    return {row[0]: row[1] for row in rows}


async def _remember(access: PostgresAccess, name: str, has: dict[str, str]) -> None:
    await _as_superuser(access, f"COMMENT ON DATABASE {name} IS '{json.dumps(has)}'")


async def _fill(owner_url: str, contacts: int, called: int) -> None:
    begun = time.perf_counter()
    await migrate(owner_url)
    names = {
        "o": ORGANISATION, "f": FLOOR, "q": QUEUE, "t": TRUNK, "l": LIST, "u": USER,
        "history": HISTORY, "plain": PLAIN, "filtered": FILTERED, "sorted": SORTED, "own": OWN,
        "other": OTHER, "wide": WIDE, "column": COLUMN, "filter": FILTER, "limit": LIMIT,
        "code": CODE, "other_code": OTHER_CODE, "agents": AGENTS, "contacts": called,
        "kinds": json.dumps(KINDS, ensure_ascii=False), "sort": json.dumps(SORT),
        "one": json.dumps(ONE_IN_A_THOUSAND), "number": _NUMBER.format(i="i"),
        "second": _NUMBER.format(i="(i + 20000000)"), "contact": _CONTACT.format(i="i"),
    }  # fmt: skip
    names["at"] = _AT.format(contacts=called)
    names["attempt"] = _ATTEMPT.format(ms=_MILLISECONDS.format(at=names["at"]), i="i")
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute("SET synchronous_commit = off")
        await connection.execute("SET work_mem = '256MB'")
        await connection.execute(_ONCE.format(**names))
        for first in range(1, contacts + 1, _BATCH):
            last = min(first + _BATCH - 1, contacts)
            await connection.execute(_CONTACTS.format(**names, first=first, last=last))
        await connection.execute("ANALYZE contacts")
        for first in range(1, called + 1, _BATCH):
            last = min(first + _BATCH - 1, called)
            ends = {
                "first_contact": _CONTACT.format(i=first),
                "last_contact": _CONTACT.format(i=last),
            }
            for statement in _HISTORY.format(**names, **ends, first=first, last=last).split(";\n"):
                await connection.execute(statement)
        strange = "'+22902' || lpad((i * 7 % 100000000)::text, 8, '0')"
        third, own = _NUMBER.format(i="i / 3 * 2"), _NUMBER.format(i="i")
        for listed, share, value in (
            (OWN, 1.5, f"CASE WHEN i % 150 = 0 THEN {third} ELSE {strange} END"),
            (OTHER, 1.0, f"CASE WHEN i % 100 = 7 THEN {own} ELSE {strange} END"),
            (WIDE, 1.5, f"CASE WHEN i % 150 = 9 THEN {third} ELSE {strange} END"),
            (COLUMN, 1.0, "CASE WHEN i % 200 = 0 THEN 'C' || i ELSE 'X' || i END"),
        ):
            rows = int(called * share)
            for first in range(1, rows + 1, 5 * _BATCH):
                last = min(first + 5 * _BATCH - 1, rows)
                values = {"list": listed, "o": ORGANISATION, "first": first, "last": last}
                await connection.execute(_ENTRIES.format(**values, value=value))
        await connection.execute(_REST.format(**names))
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    print(f"made the centre in {time.perf_counter() - begun:.0f} s", flush=True)


async def _as_superuser(access: PostgresAccess, *statements: str) -> None:
    connection = await asyncpg.connect(access.superuser_url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _on(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def result(name: str, options: argparse.Namespace, table: dict[str, Any]) -> str:
    """The figures as one line of JSON."""
    return json.dumps({"name": name, "contacts": options.contacts, "measured": table})
