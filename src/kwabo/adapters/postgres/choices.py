"""Which contacts campaigns call and in which order, from PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.contacts.filters.in_use import Choice, stored_filter, stored_sort

_CHOICES = text("""
    SELECT k.campaign_id, k.sort, k.sort_mode = 'dynamic' AS dynamic, k.choice_version,
           f.contact_list_filter_id, f.name, f.document, f.column_kinds
    FROM campaigns k
    LEFT JOIN contact_list_filters f ON f.contact_list_filter_id = ANY (k.contact_list_filter_ids)
    WHERE k.campaign_id = ANY (:campaign_ids) AND k.choice_version > 0
    ORDER BY k.campaign_id, f.name
""")


async def read_choices(
    connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> dict[UUID, Choice]:
    """The choices of campaigns that have ever had one; the others call everybody."""
    found: dict[UUID, Choice] = {}
    for row in await connection.execute(_CHOICES, {"campaign_ids": list(campaign_ids)}):
        known = found.get(row.campaign_id)
        filters = known.filters if known else ()
        if row.contact_list_filter_id is not None:
            one = stored_filter(
                row.contact_list_filter_id, row.name, row.document, row.column_kinds
            )
            filters = (*filters, one)
        sort = known.sort if known else stored_sort(row.sort)
        found[row.campaign_id] = Choice(
            filters=filters,
            sort=sort,
            dynamic=row.dynamic and bool(sort),
            version=row.choice_version,
        )
    return found
