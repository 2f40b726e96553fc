"""Prompts on PostgreSQL; the audio lies in files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.prompt_variants import COLUMNS, variant_of
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.kernel.errors import Conflict
from kwabo.ports.prompts import Prompt, PromptVariant

_SELECT = """
    SELECT p.prompt_id, p.key, p.name, p.description, p.fragment, p.created_by, p.created_at,
           ARRAY(SELECT r.name FROM response_sets r
                 WHERE jsonb_path_exists(r.document, '$.reactions.*.prompt_id ? (@ == $id)',
                     jsonb_build_object('id', CAST(p.prompt_id AS text)))
                 ORDER BY r.name) AS response_sets
    FROM prompts p
"""
_GET = text(f"{_SELECT} WHERE p.prompt_id = :prompt_id")
_GET_BY_KEY = text(f"{_SELECT} WHERE p.key = :key")
_LOCKED = text(f"{_SELECT} WHERE p.prompt_id = :prompt_id FOR UPDATE OF p")
_ALL = text(f"{_SELECT} WHERE p.fragment = :fragments ORDER BY p.name, p.prompt_id")
_ADD = text("""
    INSERT INTO prompts (prompt_id, organisation_id, key, name, description, fragment, created_by,
                         created_at)
    VALUES (:prompt_id, current_organisation(), :key, :name, :description, :fragment, :created_by,
            :created_at)
""")
_CHANGE = text("""
    UPDATE prompts SET key = :key, name = :name, description = :description
    WHERE prompt_id = :prompt_id
""")
_DELETE = text("DELETE FROM prompts WHERE prompt_id = :prompt_id")
_PATHS = text("SELECT path FROM prompt_variants WHERE prompt_id = :prompt_id AND path IS NOT NULL")
_VARIANTS = text(f"""
    SELECT {COLUMNS} FROM prompt_variants v
    WHERE v.state <> 'retired' AND v.prompt_id = ANY (:prompt_ids)
    ORDER BY v.language, v.medium, v.version DESC
""")


class PostgresPromptStore:
    """See `kwabo.ports.prompts.PromptStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, prompt: Prompt) -> None:
        await self._write(_ADD, prompt)

    async def get(self, prompt_id: UUID) -> Prompt | None:
        return await self._one(_GET, {"prompt_id": prompt_id})

    async def get_by_key(self, key: str) -> Prompt | None:
        return await self._one(_GET_BY_KEY, {"key": key})

    async def get_for_change(self, prompt_id: UUID) -> Prompt | None:
        return await self._one(_LOCKED, {"prompt_id": prompt_id})

    async def all(self, *, fragments: bool = False) -> Sequence[Prompt]:
        rows = list(await self._connection.execute(_ALL, {"fragments": fragments}))
        variants = await self._variants([row.prompt_id for row in rows])
        return [_prompt(row, variants) for row in rows]

    async def change(self, prompt: Prompt) -> None:
        await self._write(_CHANGE, prompt)

    async def delete(self, prompt_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"prompt_id": prompt_id})

    async def paths_of(self, prompt_id: UUID) -> Sequence[str]:
        rows = await self._connection.execute(_PATHS, {"prompt_id": prompt_id})
        return [row.path for row in rows]

    async def _one(self, statement: Any, values: dict[str, Any]) -> Prompt | None:
        row = (await self._connection.execute(statement, values)).first()
        return None if row is None else _prompt(row, await self._variants([row.prompt_id]))

    async def _variants(self, prompt_ids: list[UUID]) -> dict[UUID, list[PromptVariant]]:
        found: dict[UUID, list[PromptVariant]] = {prompt_id: [] for prompt_id in prompt_ids}
        for row in await self._connection.execute(_VARIANTS, {"prompt_ids": prompt_ids}):
            found[row.prompt_id].append(variant_of(row))
        return found

    async def _write(self, statement: Any, prompt: Prompt) -> None:
        values = {
            "prompt_id": prompt.prompt_id,
            "key": prompt.key,
            "name": prompt.name,
            "description": prompt.description,
            "fragment": prompt.fragment,
            "created_by": prompt.created_by,
            "created_at": prompt.created_at,
        }
        try:
            with unique_name("prompt", prompt.name):
                await self._connection.execute(statement, values)
        except IntegrityError as error:
            if "_key_key" not in str(error.orig):
                raise
            raise Conflict(
                "KEY_TAKEN",
                f"There is a prompt with the key '{prompt.key}' already. Choose another key.",
                field="key",
                details={"key": prompt.key},
            ) from error


def _prompt(row: Any, variants: dict[UUID, list[PromptVariant]]) -> Prompt:
    return Prompt(
        prompt_id=row.prompt_id,
        key=row.key,
        name=row.name,
        description=row.description,
        fragment=row.fragment,
        variants=tuple(variants[row.prompt_id]),
        response_sets=tuple(row.response_sets),
        created_by=row.created_by,
        created_at=row.created_at,
    )
