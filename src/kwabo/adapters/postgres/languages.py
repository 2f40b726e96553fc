"""The languages that organisations use, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.languages import UsedLanguage

_USED = text("""
    SELECT language, numbers, numbers_approved_by, numbers_approved_at
    FROM organisation_languages ORDER BY position, language
""")
_LOCK = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('languages' || current_organisation(), 0))"
)
_FORGET = text("DELETE FROM organisation_languages")
_ADD = text("""
    INSERT INTO organisation_languages (organisation_id, language, position, numbers,
                                        numbers_approved_by, numbers_approved_at)
    VALUES (current_organisation(), :language, :position, :numbers, :numbers_approved_by,
            :numbers_approved_at)
""")
_SECOND_PERSON = text("SELECT second_person FROM prompt_settings")
_SET_SECOND_PERSON = text("""
    INSERT INTO prompt_settings (organisation_id, second_person)
    VALUES (current_organisation(), :needed)
    ON CONFLICT (organisation_id) DO UPDATE SET second_person = excluded.second_person
""")


class PostgresLanguageStore:
    """See `kwabo.ports.languages.LanguageStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def used(self) -> Sequence[UsedLanguage]:
        return [
            UsedLanguage(
                language=row.language,
                numbers=row.numbers,
                numbers_approved_by=row.numbers_approved_by,
                numbers_approved_at=row.numbers_approved_at,
            )
            for row in await self._connection.execute(_USED)
        ]

    async def choose(self, used: Sequence[UsedLanguage]) -> None:
        await self._connection.execute(_LOCK)
        await self._connection.execute(_FORGET)
        for position, one in enumerate(used):
            await self._connection.execute(
                _ADD,
                {
                    "language": one.language,
                    "position": position,
                    "numbers": one.numbers,
                    "numbers_approved_by": one.numbers_approved_by,
                    "numbers_approved_at": one.numbers_approved_at,
                },
            )

    async def second_person(self) -> bool:
        return bool((await self._connection.execute(_SECOND_PERSON)).scalar())

    async def set_second_person(self, needed: bool) -> None:
        await self._connection.execute(_SET_SECOND_PERSON, {"needed": needed})
