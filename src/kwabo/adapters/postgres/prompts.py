"""Prompts on PostgreSQL; the audio lies in files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.prompts import Prompt

_SELECT = """
    SELECT p.prompt_id, p.name, p.path, p.seconds, p.bytes, p.file_name, p.created_by,
           p.created_at,
           ARRAY(SELECT r.name FROM response_sets r
                 WHERE jsonb_path_exists(r.document, '$.reactions.*.prompt_id ? (@ == $id)',
                     jsonb_build_object('id', CAST(p.prompt_id AS text)))
                 ORDER BY r.name) AS response_sets
    FROM prompts p
"""
_GET = text(f"{_SELECT} WHERE p.prompt_id = :prompt_id")
_LOCKED = text(f"{_SELECT} WHERE p.prompt_id = :prompt_id FOR UPDATE OF p")
_ALL = text(f"{_SELECT} ORDER BY p.name, p.prompt_id")
_ADD = text("""
    INSERT INTO prompts (prompt_id, organisation_id, name, path, seconds, bytes, file_name,
                         created_by, created_at)
    VALUES (:prompt_id, current_organisation(), :name, :path, :seconds, :bytes, :file_name,
            :created_by, :created_at)
""")
_RENAME = text("UPDATE prompts SET name = :name WHERE prompt_id = :prompt_id")
_DELETE = text("DELETE FROM prompts WHERE prompt_id = :prompt_id")


class PostgresPromptStore:
    """See `kwabo.ports.prompts.PromptStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, prompt: Prompt) -> None:
        with unique_name("prompt", prompt.name):
            await self._connection.execute(
                _ADD,
                {
                    "prompt_id": prompt.prompt_id,
                    "name": prompt.name,
                    "path": prompt.path,
                    "seconds": prompt.seconds,
                    "bytes": prompt.bytes,
                    "file_name": prompt.file_name,
                    "created_by": prompt.created_by,
                    "created_at": prompt.created_at,
                },
            )

    async def get(self, prompt_id: UUID) -> Prompt | None:
        row = (await self._connection.execute(_GET, {"prompt_id": prompt_id})).first()
        return None if row is None else _prompt(row)

    async def get_for_change(self, prompt_id: UUID) -> Prompt | None:
        row = (await self._connection.execute(_LOCKED, {"prompt_id": prompt_id})).first()
        return None if row is None else _prompt(row)

    async def all(self) -> Sequence[Prompt]:
        return [_prompt(row) for row in await self._connection.execute(_ALL)]

    async def rename(self, prompt_id: UUID, name: str) -> None:
        with unique_name("prompt", name):
            await self._connection.execute(_RENAME, {"prompt_id": prompt_id, "name": name})

    async def delete(self, prompt_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"prompt_id": prompt_id})


def _prompt(row: Any) -> Prompt:
    return Prompt(
        prompt_id=row.prompt_id,
        name=row.name,
        path=row.path,
        seconds=row.seconds,
        bytes=row.bytes,
        file_name=row.file_name,
        response_sets=tuple(row.response_sets),
        created_by=row.created_by,
        created_at=row.created_at,
    )
