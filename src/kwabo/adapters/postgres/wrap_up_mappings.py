"""What outcomes mean, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.campaigns.outcome_flags import NO_MAPPING, OutcomeMapping, in_campaign
from kwabo.ports.wrap_up_mappings import KeptMapping

_GET = text("""
    SELECT campaign_id, document, version, user_id, updated_at FROM wrap_up_mappings
    WHERE campaign_id IS NOT DISTINCT FROM CAST(:campaign_id AS uuid)
""")
# Two first tables at once: the second waits for the first.
_LOCK = text("""
    SELECT pg_advisory_xact_lock(hashtextextended(
        current_organisation()::text || coalesce(CAST(:campaign_id AS text), ''), 14))
""")
_PUT = text("""
    INSERT INTO wrap_up_mappings (organisation_id, campaign_id, document, version, user_id,
        updated_at)
    VALUES (current_organisation(), :campaign_id, CAST(:document AS jsonb), :version, :user_id,
        :updated_at)
    ON CONFLICT (organisation_id, campaign_id) DO UPDATE SET document = excluded.document,
        version = excluded.version, user_id = excluded.user_id, updated_at = excluded.updated_at
""")
_OF_CAMPAIGNS = text("""
    SELECT campaign_id, document FROM wrap_up_mappings
    WHERE campaign_id IS NULL OR campaign_id = ANY (CAST(:campaign_ids AS uuid[]))
""")
_DEFAULT = text("UPDATE wrap_up_codes SET flags = CAST(:flags AS text[]) WHERE NOT mapped")


async def outcome_flags_of(
    connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> dict[UUID, dict[str, tuple[str, ...]]]:
    """By campaign: what its table and, for the system's outcomes, the organisation's name."""
    rows = await connection.execute(_OF_CAMPAIGNS, {"campaign_ids": list(campaign_ids)})
    kept = {row.campaign_id: OutcomeMapping.of_document(row.document) for row in rows}
    organisation = kept.get(None, NO_MAPPING)
    return {one: in_campaign(organisation, kept.get(one, NO_MAPPING)) for one in campaign_ids}


class PostgresWrapUpMappingStore:
    """See `kwabo.ports.wrap_up_mappings.WrapUpMappingStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, campaign_id: UUID | None) -> KeptMapping | None:
        row = (await self._connection.execute(_GET, {"campaign_id": campaign_id})).first()
        return None if row is None else _kept(row)

    async def get_for_change(self, campaign_id: UUID | None) -> KeptMapping | None:
        await self._connection.execute(
            _LOCK, {"campaign_id": None if campaign_id is None else str(campaign_id)}
        )
        return await self.get(campaign_id)

    async def put(self, kept: KeptMapping) -> None:
        await self._connection.execute(
            _PUT,
            {
                "campaign_id": kept.campaign_id,
                "document": kept.mapping.as_document(),
                "version": kept.version,
                "user_id": kept.user_id,
                "updated_at": kept.updated_at,
            },
        )

    async def in_campaign(self, campaign_id: UUID) -> Mapping[str, tuple[str, ...]]:
        return (await outcome_flags_of(self._connection, [campaign_id]))[campaign_id]

    async def default_changed(self, flags: tuple[str, ...]) -> None:
        await self._connection.execute(_DEFAULT, {"flags": list(flags)})


def _kept(row: Any) -> KeptMapping:
    return KeptMapping(
        campaign_id=row.campaign_id,
        mapping=OutcomeMapping.of_document(row.document),
        version=row.version,
        user_id=row.user_id,
        updated_at=row.updated_at,
    )
