"""Import templates on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.contacts.import_plan import Mapping
from kwabo.domain.contacts.import_reading import Reading
from kwabo.ports.import_templates import ImportTemplate

_SELECT = """
    SELECT import_template_id, organisation_id, name, reading, columns, on_duplicate, version,
           created_at, updated_at
    FROM import_templates
"""
_ADD = text("""
    INSERT INTO import_templates (import_template_id, organisation_id, name, reading, columns,
                                  on_duplicate, version, created_at, updated_at)
    VALUES (:import_template_id, current_organisation(), :name, CAST(:reading AS jsonb),
            CAST(:columns AS jsonb), :on_duplicate, 1, :updated_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE import_templates SET name = :name, reading = CAST(:reading AS jsonb),
           columns = CAST(:columns AS jsonb), on_duplicate = :on_duplicate,
           version = version + 1, updated_at = :updated_at
    WHERE import_template_id = :import_template_id
""")
_REMOVE = text("""
    DELETE FROM import_templates t WHERE import_template_id = :id
       AND NOT EXISTS (SELECT FROM import_schedules s
                       WHERE s.import_template_id = t.import_template_id)
    RETURNING 1
""")


class PostgresImportTemplateStore:
    """See `ports.import_templates`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, template: ImportTemplate) -> None:
        with unique_name("import template", template.name):
            await self._connection.execute(_ADD, _values(template))

    async def all(self) -> Sequence[ImportTemplate]:
        rows = await self._connection.execute(text(f"{_SELECT} ORDER BY name"))
        return [_template(row) for row in rows.mappings()]

    async def get(self, import_template_id: UUID) -> ImportTemplate | None:
        return await self._one("", import_template_id)

    async def get_for_change(self, import_template_id: UUID) -> ImportTemplate | None:
        return await self._one("FOR UPDATE", import_template_id)

    async def _one(self, lock: str, import_template_id: UUID) -> ImportTemplate | None:
        rows = await self._connection.execute(
            text(f"{_SELECT} WHERE import_template_id = :id {lock}"), {"id": import_template_id}
        )
        row = rows.mappings().first()
        return _template(row) if row else None

    async def change(self, template: ImportTemplate) -> None:
        with unique_name("import template", template.name):
            await self._connection.execute(_CHANGE, _values(template))

    async def remove(self, import_template_id: UUID) -> bool:
        return bool(await self._connection.scalar(_REMOVE, {"id": import_template_id}))


def _values(template: ImportTemplate) -> dict[str, Any]:
    return {
        "import_template_id": template.import_template_id,
        "name": template.name,
        "reading": template.reading.as_json(),
        "columns": template.mapping.as_json(),
        "on_duplicate": template.on_duplicate,
        "updated_at": template.updated_at,
    }


def _template(row: Any) -> ImportTemplate:
    values = dict(row)
    values["reading"] = Reading.from_json(values["reading"])
    values["mapping"] = Mapping.from_json(values.pop("columns"))
    return ImportTemplate(**values)
