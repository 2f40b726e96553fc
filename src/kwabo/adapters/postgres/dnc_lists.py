"""DNC lists on PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres import dnc_entries, dnc_replacements
from kwabo.adapters.postgres.tallies import tally
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.dnc_lists.providers import ProviderSettings
from kwabo.ports.dnc_lists import DncEntry, DncList, DncListing, DncProviderState, Replacement

PROVIDER_FIELDS = tuple(field.name for field in fields(ProviderSettings))
_STATE_FIELDS = tuple(field.name for field in fields(DncProviderState))
_PROVIDER = ", ".join(f"p.{name}" for name in (*PROVIDER_FIELDS, *_STATE_FIELDS))
_COLUMNS = f"""
    l.dnc_list_id, l.name, l.kind, l.key_column, l.channel, l.organisation_wide, l.version,
    l.created_at, l.screening_authority, l.screening_days, l.screened_at, {_PROVIDER}
"""
_FROM = "FROM dnc_lists l LEFT JOIN dnc_providers p USING (dnc_list_id)"
_GET = text(f"SELECT {_COLUMNS} {_FROM} WHERE l.dnc_list_id = :dnc_list_id")
_LOCK = text("SELECT 1 FROM dnc_lists WHERE dnc_list_id = :dnc_list_id FOR UPDATE")
_COUNT = f"""
    CASE l.kind WHEN 'internal' THEN {tally("entries", "l.dnc_list_id")}
        ELSE (SELECT count(*) FROM dnc_checks c
               WHERE c.dnc_list_id = l.dnc_list_id AND c.checked_at IS NOT NULL) END
"""
_ALL = text(f"""
    SELECT {_COLUMNS}, {_COUNT} AS entries,
           ARRAY(SELECT k.name FROM campaigns k WHERE l.dnc_list_id = ANY (k.dnc_list_ids)
                 ORDER BY k.name) AS campaigns
    {_FROM} ORDER BY l.name, l.dnc_list_id
""")
_COUNTED = text(f"SELECT {_COUNT} FROM dnc_lists l WHERE l.dnc_list_id = :dnc_list_id")
_ADD = text("""
    INSERT INTO dnc_lists (dnc_list_id, organisation_id, name, kind, key_column, channel,
                           organisation_wide, created_at, screening_authority, screening_days)
    VALUES (:dnc_list_id, current_organisation(), :name, :kind, :key_column, :channel,
            :organisation_wide, :created_at, :screening_authority, :screening_days)
""")
_CHANGE = text("""
    UPDATE dnc_lists SET name = :name, channel = :channel, organisation_wide = :organisation_wide,
           screening_days = :screening_days, version = version + 1
    WHERE dnc_list_id = :dnc_list_id
""")
_PUT_PROVIDER = text(f"""
    INSERT INTO dnc_providers (dnc_list_id, organisation_id, {", ".join(PROVIDER_FIELDS)})
    VALUES (:dnc_list_id, current_organisation(), {", ".join(f":{n}" for n in PROVIDER_FIELDS)})
    ON CONFLICT (dnc_list_id) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in PROVIDER_FIELDS)}
""")
_DELETE = text("DELETE FROM dnc_lists WHERE dnc_list_id = :dnc_list_id")
_CAMPAIGNS = text(
    "SELECT name FROM campaigns WHERE :dnc_list_id = ANY (dnc_list_ids) ORDER BY name"
)
_EXISTING = text("""
    SELECT dnc_list_id FROM dnc_lists WHERE dnc_list_id = ANY (:dnc_list_ids)
    ORDER BY dnc_list_id FOR KEY SHARE
""")
_AGAINST_CALLS = text("""
    SELECT EXISTS (
        SELECT 1 FROM dnc_lists l WHERE l.channel IN ('any', 'voice')
        AND (l.organisation_wide OR l.dnc_list_id = ANY (
            SELECT unnest(k.dnc_list_ids) FROM campaigns k WHERE k.campaign_id = :campaign_id)))
""")
_LISTINGS = text(f"""
    SELECT {_COLUMNS}, f.value, f.reason, f.source, f.since, f.expires_at, u.display_name,
           ARRAY(SELECT k.name FROM campaigns k WHERE l.dnc_list_id = ANY (k.dnc_list_ids)
                 ORDER BY k.name) AS campaigns
    {_FROM}, LATERAL (
        SELECT e.value, e.reason, e.source, e.user_id, e.created_at AS since, e.expires_at
        FROM dnc_entries e WHERE e.dnc_list_id = l.dnc_list_id AND e.value
            = CASE WHEN l.key_column IS NULL THEN CAST(:number AS text) ELSE :value END
        UNION ALL
        SELECT c.number, '', 'provider', NULL, c.checked_at,
               c.checked_at + make_interval(secs => p.max_age_seconds)
        FROM dnc_checks c WHERE c.dnc_list_id = l.dnc_list_id AND c.number = :number AND c.listed) f
    LEFT JOIN users u ON u.user_id = f.user_id
    ORDER BY l.organisation_wide DESC, l.name
""")


class PostgresDncListStore:
    """See `kwabo.ports.dnc_lists.DncListStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, dnc_list: DncList) -> None:
        with unique_name("DNC list", dnc_list.name):
            await self._connection.execute(
                _ADD,
                _values(dnc_list)
                | {
                    "kind": "internal" if dnc_list.provider is None else "provider",
                    "key_column": dnc_list.key_column,
                    "created_at": dnc_list.created_at,
                    "screening_authority": dnc_list.screening_authority,
                },
            )
        await self._put_provider(dnc_list)

    async def get(self, dnc_list_id: UUID) -> DncList | None:
        row = (await self._connection.execute(_GET, {"dnc_list_id": dnc_list_id})).first()
        return None if row is None else _dnc_list(row)

    async def get_for_change(self, dnc_list_id: UUID) -> DncList | None:
        await self._connection.execute(_LOCK, {"dnc_list_id": dnc_list_id})
        return await self.get(dnc_list_id)

    async def all(self) -> Sequence[DncList]:
        return [
            _dnc_list(row, entries=row.entries, campaigns=tuple(row.campaigns))
            for row in await self._connection.execute(_ALL)
        ]

    async def count(self, dnc_list_id: UUID) -> int:
        return int(await self._connection.scalar(_COUNTED, {"dnc_list_id": dnc_list_id}) or 0)

    async def change(self, dnc_list: DncList) -> None:
        with unique_name("DNC list", dnc_list.name):
            await self._connection.execute(_CHANGE, _values(dnc_list))
        await self._put_provider(dnc_list)

    async def _put_provider(self, dnc_list: DncList) -> None:
        if dnc_list.provider is None:
            return
        values = asdict(dnc_list.provider) | {"dnc_list_id": dnc_list.dnc_list_id}
        for name in ("listed_values", "not_listed_values"):
            values[name] = list(values[name])
        await self._connection.execute(_PUT_PROVIDER, values)

    async def delete(self, dnc_list_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"dnc_list_id": dnc_list_id})

    async def existing(self, dnc_list_ids: Collection[UUID]) -> frozenset[UUID]:
        rows = await self._connection.execute(_EXISTING, {"dnc_list_ids": list(dnc_list_ids)})
        return frozenset(row.dnc_list_id for row in rows)

    async def against_calls(self, campaign_id: UUID) -> bool:
        return bool(await self._connection.scalar(_AGAINST_CALLS, {"campaign_id": campaign_id}))

    async def campaigns_using(self, dnc_list_id: UUID) -> Sequence[str]:
        rows = await self._connection.execute(_CAMPAIGNS, {"dnc_list_id": dnc_list_id})
        return [row.name for row in rows]

    async def put_entries(self, dnc_list_id: UUID, entries: Sequence[DncEntry]) -> tuple[int, int]:
        return await dnc_entries.put(self._connection, dnc_list_id, entries)

    async def replace_entries(
        self,
        dnc_list_id: UUID,
        import_id: UUID,
        *,
        reason: str,
        user_id: UUID | None,
        now: datetime,
    ) -> Replacement | None:
        return await dnc_replacements.replace(
            self._connection, dnc_list_id, import_id, reason=reason, user_id=user_id, now=now
        )

    async def remove_entries(self, dnc_list_id: UUID, values: Sequence[str]) -> Sequence[str]:
        return await dnc_entries.remove(self._connection, dnc_list_id, values)

    async def entries(
        self,
        dnc_list_id: UUID,
        *,
        search: str | None = None,
        exact: str | None = None,
        after_value: str | None,
        limit: int,
    ) -> Sequence[DncEntry]:
        return await dnc_entries.page(
            self._connection,
            dnc_list_id,
            search=search,
            exact=exact,
            after=after_value,
            limit=limit,
        )

    async def listings(self, number: str | None, value: str) -> Sequence[DncListing]:
        rows = await self._connection.execute(_LISTINGS, {"number": number, "value": value})
        return [
            DncListing(
                dnc_list=_dnc_list(row, campaigns=tuple(row.campaigns)),
                value=row.value,
                reason=row.reason,
                source=row.source,
                user_name=row.display_name,
                created_at=row.since,
                expires_at=row.expires_at,
            )
            for row in rows
        ]


def _values(dnc_list: DncList) -> dict[str, Any]:
    names = ("dnc_list_id", "name", "channel", "organisation_wide", "screening_days")
    return {name: getattr(dnc_list, name) for name in names}


def provider_of(row: Any) -> ProviderSettings:
    """The provider's settings in a row that has their columns."""
    values = {name: getattr(row, name) for name in PROVIDER_FIELDS}
    for name in ("listed_values", "not_listed_values"):
        values[name] = tuple(values[name])
    return ProviderSettings(**values)


def _dnc_list(row: Any, *, entries: int = 0, campaigns: tuple[str, ...] = ()) -> DncList:
    provided = row.kind == "provider"
    state = {name: getattr(row, name) for name in _STATE_FIELDS}
    return DncList(
        dnc_list_id=row.dnc_list_id,
        name=row.name,
        key_column=row.key_column,
        channel=row.channel,
        organisation_wide=row.organisation_wide,
        provider=provider_of(row) if provided else None,
        provider_state=DncProviderState(**state) if provided else None,
        screening_authority=row.screening_authority,
        screening_days=row.screening_days,
        screened_at=row.screened_at,
        entries=entries,
        campaigns=campaigns,
        version=row.version,
        created_at=row.created_at,
    )
