"""Where a list's column is used, and a new name for it there."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.campaigns.script import placeholders, with_placeholder_renamed
from kwabo.domain.contacts.column_change import ColumnUse, UseKind
from kwabo.domain.scripts.placeholders import columns_of

_CAMPAIGNS = text("""
    SELECT k.campaign_id, k.name, k.script, k.flow_notes,
           jsonb_path_exists(coalesce(to_jsonb(k) -> 'sort', '[]'), '$.** ? (@ == $name)',
                             jsonb_build_object('name', CAST(:name AS text))) AS sorted_by
    FROM campaigns k WHERE k.contact_list_id = :list_id ORDER BY k.name
""")
_SCRIPTS = text("""
    SELECT s.name, v.document FROM scripts s
    JOIN script_versions v ON v.script_id = s.script_id AND v.version = s.published_version
    WHERE s.contact_list_id = :list_id
       OR EXISTS (SELECT FROM campaigns k
                  WHERE k.script_id = s.script_id AND k.contact_list_id = :list_id)
    ORDER BY s.name
""")
_CODES = text("""
    SELECT w.name, EXISTS (SELECT FROM contact_list_columns c
                           WHERE c.contact_list_id <> :list_id AND c.name = :name) AS shared
    FROM wrap_up_codes w WHERE :name = ANY (w.required_fields) AND :name <> 'notes' ORDER BY w.name
""")
_TEMPLATES = text("""
    SELECT t.import_template_id, t.name, t.columns,
           EXISTS (SELECT FROM import_schedules o
                   WHERE o.import_template_id = t.import_template_id
                     AND o.contact_list_id <> :list_id) AS shared
    FROM import_templates t
    WHERE EXISTS (SELECT FROM import_schedules s
                  WHERE s.import_template_id = t.import_template_id
                    AND s.contact_list_id = :list_id)
      AND jsonb_path_exists(t.columns, '$.columns[*].name ? (@ == $name)',
                            jsonb_build_object('name', CAST(:name AS text)))
    ORDER BY t.name
""")


class PostgresColumnUses:
    """See `ports.column_changes`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, contact_list_id: UUID, name: str) -> list[ColumnUse]:
        """Scripts, required fields, filters, sorting, flows' notes, imports' templates."""
        wanted = {"list_id": contact_list_id, "name": name}
        found: list[ColumnUse] = []
        for row in await self._connection.execute(_CAMPAIGNS, wanted):
            if name in placeholders(row.script):
                found.append(ColumnUse(UseKind.SCRIPT, row.name))
            if any(note["column"] == name for note in row.flow_notes):
                found.append(ColumnUse(UseKind.FLOW_NOTE, row.name))
            if row.sorted_by:
                found.append(ColumnUse(UseKind.SORT, row.name))
        found += [  # a version never changes: the name can only be taken out in a new one
            ColumnUse(UseKind.SCRIPT, row.name, shared=True)
            for row in await self._connection.execute(_SCRIPTS, wanted)
            if name in columns_of(row.document)
        ]
        codes = await self._connection.execute(_CODES, wanted)
        found += [ColumnUse(UseKind.REQUIRED_FIELD, row.name, row.shared) for row in codes]
        if await self._connection.scalar(text("SELECT to_regclass('contact_list_filters')")):
            filters = await self._connection.execute(
                text("""SELECT name FROM contact_list_filters
                        WHERE contact_list_id = :list_id AND column_kinds ? :name ORDER BY name"""),
                wanted,
            )
            found += [ColumnUse(UseKind.FILTER, row.name) for row in filters]
        templates = await self._connection.execute(_TEMPLATES, wanted)
        found += [ColumnUse(UseKind.TEMPLATE, row.name, row.shared) for row in templates]
        return found

    async def rename(self, contact_list_id: UUID, old: str, new: str) -> None:
        """Write the new name wherever `find` told a use that follows and is not shared."""
        wanted = {"list_id": contact_list_id, "name": old}
        for row in (await self._connection.execute(_CAMPAIGNS, wanted)).all():
            script = with_placeholder_renamed(row.script, old, new)
            if script != row.script:
                await self._connection.execute(
                    text("""UPDATE campaigns SET script = :script, version = version + 1
                            WHERE campaign_id = :id"""),
                    {"script": script, "id": row.campaign_id},
                )
        await self._connection.execute(
            text("""UPDATE wrap_up_codes
                    SET required_fields = array_replace(required_fields, :old, :new)
                    WHERE :old = ANY (required_fields) AND :old <> 'notes'"""),
            {"old": old, "new": new},
        )
        for row in (await self._connection.execute(_TEMPLATES, wanted)).all():
            columns = dict(row.columns)
            columns["columns"] = [
                {**column, "name": new} if column.get("name") == old else column
                for column in columns["columns"]
            ]
            await self._connection.execute(
                text("""UPDATE import_templates
                        SET columns = CAST(:columns AS jsonb), version = version + 1
                        WHERE import_template_id = :id"""),
                {"columns": columns, "id": row.import_template_id},
            )
