"""Variants of prompts on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.speech.book import Voiced
from kwabo.domain.speech.media import media_of
from kwabo.ports.prompts import Prompt, PromptVariant

_NAMES = (
    "variant_id",
    "prompt_id",
    "language",
    "medium",
    "version",
    "state",
    "words",
    "path",
    "seconds",
    "bytes",
    "file_name",
    "loudness",
    "warnings",
    "note",
    "created_by",
    "created_at",
    "submitted_by",
    "submitted_at",
    "decided_by",
    "decided_at",
)
COLUMNS: Final = ", ".join(f"v.{name}" for name in _NAMES)
_ADD = text(f"""
    INSERT INTO prompt_variants (organisation_id, {", ".join(_NAMES)})
    VALUES (current_organisation(), {", ".join(f":{name}" for name in _NAMES)})
""")
_GET = text(f"SELECT {COLUMNS} FROM prompt_variants v WHERE v.variant_id = :variant_id")
_LOCKED = text(f"""
    SELECT {COLUMNS} FROM prompt_variants v JOIN prompts p USING (prompt_id)
    WHERE v.variant_id = :variant_id FOR UPDATE
""")
_VERSIONS = text(f"""
    SELECT {COLUMNS} FROM prompt_variants v WHERE v.prompt_id = :prompt_id
    ORDER BY v.language, v.medium, v.version DESC
""")
_IN_REVIEW = text(f"""
    SELECT {COLUMNS}, p.key, p.name, p.description, p.fragment, p.created_by AS prompt_created_by,
           p.created_at AS prompt_created_at
    FROM prompt_variants v JOIN prompts p USING (prompt_id)
    WHERE v.state = 'in_review' ORDER BY v.submitted_at, v.variant_id
""")
_CHANGE = text("""
    UPDATE prompt_variants SET state = :state, note = :note, submitted_by = :submitted_by,
           submitted_at = :submitted_at, decided_by = :decided_by, decided_at = :decided_at
    WHERE variant_id = :variant_id
""")
_DELETE = text("DELETE FROM prompt_variants WHERE variant_id = :variant_id")
_VOICED = text("""
    SELECT p.key, v.language, v.medium, v.words, v.path, v.seconds
    FROM prompt_variants v JOIN prompts p USING (prompt_id) WHERE v.state = 'approved'
""")


class PostgresPromptVariantStore:
    """See `kwabo.ports.prompts.PromptVariantStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, variant: PromptVariant) -> None:
        await self._connection.execute(_ADD, _values(variant))

    async def get(self, variant_id: UUID) -> PromptVariant | None:
        row = (await self._connection.execute(_GET, {"variant_id": variant_id})).first()
        return None if row is None else variant_of(row)

    async def get_for_change(self, variant_id: UUID) -> PromptVariant | None:
        row = (await self._connection.execute(_LOCKED, {"variant_id": variant_id})).first()
        return None if row is None else variant_of(row)

    async def versions(self, prompt_id: UUID) -> Sequence[PromptVariant]:
        rows = await self._connection.execute(_VERSIONS, {"prompt_id": prompt_id})
        return [variant_of(row) for row in rows]

    async def in_review(self) -> Sequence[tuple[Prompt, PromptVariant]]:
        return [
            (
                Prompt(
                    prompt_id=row.prompt_id,
                    key=row.key,
                    name=row.name,
                    description=row.description,
                    fragment=row.fragment,
                    created_by=row.prompt_created_by,
                    created_at=row.prompt_created_at,
                ),
                variant_of(row),
            )
            for row in await self._connection.execute(_IN_REVIEW)
        ]

    async def change(self, variant: PromptVariant) -> None:
        await self._connection.execute(_CHANGE, _values(variant))

    async def delete(self, variant_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"variant_id": variant_id})

    async def voiced(self) -> dict[tuple[str, str], Voiced]:
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for row in await self._connection.execute(_VOICED):
            values = found.setdefault((row.key, row.language), {})
            if row.medium == "recorded":
                values |= {"media": media_of(row.path), "seconds": row.seconds}
            else:
                values[row.medium] = row.words
        return {where: Voiced(**values) for where, values in found.items()}


def variant_of(row: Any) -> PromptVariant:
    """The variant of a row with `COLUMNS`."""
    values = {name: getattr(row, name) for name in _NAMES}
    return PromptVariant(**values | {"warnings": tuple(row.warnings)})


def _values(variant: PromptVariant) -> dict[str, Any]:
    values = {name: getattr(variant, name) for name in _NAMES}
    return values | {"warnings": list(variant.warnings)}
