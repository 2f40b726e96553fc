"""Response sets on PostgreSQL, and as a floor reads them: with what the switch plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.call_analysis.document import read_response_set, with_media
from kwabo.domain.call_analysis.response_set import ResponseSet
from kwabo.domain.speech.media import media_of
from kwabo.ports.response_sets import KeptResponseSet

_SELECT = """
    SELECT r.response_set_id, r.name, r.document, r.version, r.created_at, r.updated_at,
           ARRAY(SELECT c.name FROM campaigns c
                 WHERE c.response_set_id = r.response_set_id ORDER BY c.name) AS campaigns
    FROM response_sets r
"""
_GET = text(f"{_SELECT} WHERE r.response_set_id = :response_set_id")
_LOCKED = text(f"{_SELECT} WHERE r.response_set_id = :response_set_id FOR UPDATE OF r")
_ALL = text(f"{_SELECT} ORDER BY r.name, r.response_set_id")
_ADD = text("""
    INSERT INTO response_sets (response_set_id, organisation_id, name, document, version,
                               created_at, updated_at)
    VALUES (:response_set_id, current_organisation(), :name, CAST(:document AS jsonb), :version,
            :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE response_sets SET name = :name, document = CAST(:document AS jsonb),
                             version = :version, updated_at = :updated_at
    WHERE response_set_id = :response_set_id
""")
_DELETE = text("DELETE FROM response_sets WHERE response_set_id = :response_set_id")
_CAMPAIGNS = text("""
    SELECT campaign_id FROM campaigns WHERE response_set_id = :response_set_id
    ORDER BY campaign_id
""")
_OF_CAMPAIGNS = text("""
    SELECT c.campaign_id, r.document FROM campaigns c JOIN response_sets r USING (response_set_id)
    WHERE c.campaign_id = ANY (:campaign_ids)
""")
# Where no language is known: the first of the organisation's that is recorded.
_SOUNDS = text("""
    SELECT DISTINCT ON (v.prompt_id) v.prompt_id, v.path, v.seconds
    FROM prompt_variants v
    LEFT JOIN organisation_languages l USING (organisation_id, language)
    WHERE v.medium = 'recorded' AND v.state = 'approved'
    ORDER BY v.prompt_id, l.position NULLS LAST, (v.language <> 'fr'), v.language
""")


class PostgresResponseSetStore:
    """See `kwabo.ports.response_sets.ResponseSetStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, response_set: KeptResponseSet) -> None:
        with unique_name("response set", response_set.name):
            await self._connection.execute(
                _ADD, _values(response_set) | {"created_at": response_set.created_at}
            )

    async def get(self, response_set_id: UUID) -> KeptResponseSet | None:
        values = {"response_set_id": response_set_id}
        row = (await self._connection.execute(_GET, values)).first()
        return None if row is None else _response_set(row)

    async def get_for_change(self, response_set_id: UUID) -> KeptResponseSet | None:
        values = {"response_set_id": response_set_id}
        row = (await self._connection.execute(_LOCKED, values)).first()
        return None if row is None else _response_set(row)

    async def all(self) -> Sequence[KeptResponseSet]:
        return [_response_set(row) for row in await self._connection.execute(_ALL)]

    async def change(self, response_set: KeptResponseSet) -> None:
        with unique_name("response set", response_set.name):
            await self._connection.execute(_CHANGE, _values(response_set))

    async def delete(self, response_set_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"response_set_id": response_set_id})

    async def campaigns_of(self, response_set_id: UUID) -> Sequence[UUID]:
        rows = await self._connection.execute(_CAMPAIGNS, {"response_set_id": response_set_id})
        return [row.campaign_id for row in rows]


async def response_sets_of(
    connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> Mapping[UUID, ResponseSet]:
    """The response sets of those campaigns that have one."""
    rows = list(await connection.execute(_OF_CAMPAIGNS, {"campaign_ids": list(campaign_ids)}))
    if not rows:
        return {}
    sounds = {
        row.prompt_id: (media_of(row.path), row.seconds)
        for row in await connection.execute(_SOUNDS)
    }
    return {
        row.campaign_id: with_media(read_response_set(row.document, None)[0], sounds)
        for row in rows
    }


def _values(response_set: KeptResponseSet) -> dict[str, Any]:
    return {
        "response_set_id": response_set.response_set_id,
        "name": response_set.name,
        "document": dict(response_set.document),
        "version": response_set.version,
        "updated_at": response_set.updated_at,
    }


def _response_set(row: Any) -> KeptResponseSet:
    return KeptResponseSet(
        response_set_id=row.response_set_id,
        name=row.name,
        document=row.document,
        campaigns=tuple(row.campaigns),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
