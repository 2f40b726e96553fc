"""Organisations on PostgreSQL, and the settings a new one begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.kernel.errors import Conflict
from kwabo.ports.organisations import FirstSettings, Organisation

_ADD = text("""
    INSERT INTO organisations (organisation_id, name, slug, region, time_zone, language, created_at)
    VALUES (:organisation_id, :name, :slug, :region, :time_zone, :language, :created_at)
""")
_GET = text("""
    SELECT organisation_id, name, slug, region, time_zone, language, created_at
    FROM organisations WHERE organisation_id = current_organisation()
""")
_ADD_FLOOR = text("""
    INSERT INTO floors (floor_id, organisation_id) VALUES (:floor_id, current_organisation())
""")
_ADD_QUEUE = text("""
    INSERT INTO queues (queue_id, organisation_id, name, created_at)
    VALUES (:queue_id, current_organisation(), :name, :at)
""")
_ADD_DNC_LIST = text("""
    INSERT INTO dnc_lists (dnc_list_id, organisation_id, name, created_at)
    VALUES (:dnc_list_id, current_organisation(), :name, :at)
""")
_ADD_TRUNK = text("""
    INSERT INTO trunks (trunk_id, organisation_id, name, endpoint, caller_ids, attempt_header,
        created_at)
    VALUES (:trunk_id, current_organisation(), :name, :endpoint, :caller_ids, :attempt_header, :at)
""")
_ADD_WRAP_UP_CODE = text("""
    INSERT INTO wrap_up_codes (wrap_up_code_id, organisation_id, name, name_en, flags,
                               required_fields, position, created_at)
    VALUES (:wrap_up_code_id, current_organisation(), :name, :name_en, :flags,
            :required_fields, :position, :at)
""")
_ADD_PAUSE_REASON = text("""
    INSERT INTO pause_reasons (pause_reason_id, organisation_id, name, name_en, position)
    VALUES (:pause_reason_id, current_organisation(), :name, :name_en, :position)
""")


class PostgresOrganisationStore:
    """See `kwabo.ports.organisations.OrganisationStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, organisation: Organisation, first: FirstSettings) -> None:
        try:
            await self._connection.execute(_ADD, asdict(organisation))
        except IntegrityError as error:
            raise Conflict(
                "SLUG_TAKEN",
                f"An organisation with the short name {organisation.slug!r} exists already. "
                "Choose another.",
                field="slug",
            ) from error
        await self._add_settings(first, organisation.created_at)

    async def get(self) -> Organisation | None:
        row = (await self._connection.execute(_GET)).mappings().one_or_none()
        return None if row is None else Organisation(**row)

    async def all_ids(self) -> Sequence[UUID]:
        rows = await self._connection.execute(
            text("SELECT DISTINCT organisation_id FROM all_floors() ORDER BY 1")
        )
        return list(rows.scalars())

    async def find_id(self, slug: str) -> UUID | None:
        found: UUID | None = await self._connection.scalar(
            text("SELECT find_organisation(:slug)"), {"slug": slug}
        )
        return found

    async def _add_settings(self, first: FirstSettings, at: datetime) -> None:
        execute = self._connection.execute
        await execute(_ADD_FLOOR, {"floor_id": first.floor_id})
        await execute(_ADD_QUEUE, {"queue_id": first.queue_id, "name": first.queue_name, "at": at})
        await execute(
            _ADD_DNC_LIST,
            {"dnc_list_id": first.dnc_list_id, "name": first.dnc_list_name, "at": at},
        )
        trunk: dict[str, Any] = {
            "trunk_id": first.trunk_id,
            "name": first.trunk_name,
            "endpoint": first.trunk_endpoint,
            "attempt_header": first.attempt_header,
            "caller_ids": list(first.caller_ids),
            "at": at,
        }
        await execute(_ADD_TRUNK, trunk)
        for position, code in enumerate(first.wrap_up_codes, start=1):
            values = asdict(code) | {
                "flags": list(code.flags),
                "required_fields": list(code.required_fields),
            }
            await execute(_ADD_WRAP_UP_CODE, values | {"position": position, "at": at})
        for position, reason in enumerate(first.pause_reasons, start=1):
            await execute(_ADD_PAUSE_REASON, asdict(reason) | {"position": position})
