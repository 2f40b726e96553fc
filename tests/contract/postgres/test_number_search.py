"""Contacts by a number: of one list, of the transaction's organisation, by the index."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import asyncpg

from database import Database
from world import Both

_CALL = "SELECT contacts_with_numbers($1, ARRAY['+2290197123456'])"
_BODY = """
    EXPLAIN (FORMAT json) SELECT f.contact_id FROM (
        SELECT * FROM contacts c WHERE c.numbers && ARRAY['+2290197123456'] OFFSET 0) f
    WHERE f.contact_list_id = $1
"""


async def test_only_of_the_list_and_the_organisation(
    database: Database, both: Both, database_server: Any
) -> None:
    lists = [uuid4(), uuid4()]
    contact_ids = [uuid4(), uuid4()]
    a, b = both.a.organisation_id, both.b.organisation_id
    async with database_server.superuser(database.name) as owner:
        for list_id, contact_id in zip(lists, contact_ids, strict=True):
            await owner.execute(
                "INSERT INTO contact_lists (contact_list_id, organisation_id, name, region,"
                " time_zone, created_at, updated_at)"
                " VALUES ($1, $2, $3, 'BJ', 'UTC', now(), now())",
                list_id, a, str(list_id),
            )  # fmt: skip
            await owner.execute(
                "INSERT INTO contacts (contact_id, organisation_id, contact_list_id, numbers,"
                " number_labels, created_at, updated_at)"
                " VALUES ($1, $2, $3, '{+2290195000001,+2290197123456}', '{m,n}', now(), now())",
                contact_id, a, list_id,
            )  # fmt: skip
        await owner.execute("SET enable_seqscan = off")
        plan = json.loads(await owner.fetchval(_BODY, lists[0]))
    assert "contacts_by_number" in json.dumps(plan)

    connection = await asyncpg.connect(database.app_url.replace("+asyncpg", ""))
    try:
        for organisation_id, expected in ((a, contact_ids[:1]), (b, [])):
            await connection.execute(
                "SELECT set_config('kwabo.organisation_id', $1, false)", str(organisation_id)
            )
            rows = await connection.fetch(_CALL, lists[0])
            assert [row[0] for row in rows] == expected
    finally:
        await connection.close()
