"""Prompts that are recorded by telephone, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.prompt_variants import COLUMNS, variant_of
from kwabo.domain.speech.recording_codes import End
from kwabo.ports.recording_sessions import RecordingSession, SessionPrompt

_LOCK_CODES = text("""
    SELECT pg_advisory_xact_lock(hashtextextended('recording codes ' || current_organisation(), 0))
""")
_ADD = text("""
    INSERT INTO recording_sessions (session_id, organisation_id, language, sealed_code, made_by,
        made_at, expires_at)
    VALUES (:session_id, current_organisation(), :language, :sealed_code, :made_by, :made_at,
        :expires_at)
""")
_ADD_PROMPT = text("""
    INSERT INTO recording_session_prompts (session_id, organisation_id, position, key, name,
        fragment, words)
    VALUES (:session_id, current_organisation(), :position, :key, :name, :fragment, :words)
""")
_SELECT = """
    SELECT s.*, u.display_name AS made_by_name, coalesce(a.state <> 'closed', false) AS in_call
    FROM recording_sessions s LEFT JOIN users u ON u.user_id = s.made_by
    LEFT JOIN attempts a ON a.attempt_id = s.attempt_id
"""
_GET = text(f"{_SELECT} WHERE s.session_id = :session_id")
_LOCK = text("SELECT 1 FROM recording_sessions WHERE session_id = :session_id FOR UPDATE")
_LIVING = text(f"{_SELECT} WHERE s.ended_at IS NULL AND s.expires_at > :now ORDER BY s.session_id")
_NEWEST = text(f"""
    {_SELECT} WHERE s.made_at >= :since ORDER BY s.made_at DESC, s.session_id LIMIT :limit
""")
_PROMPTS = text(f"""
    SELECT p.session_id AS of_session, p.position, p.key, p.name, p.fragment,
        p.words AS to_be_read, p.take, {COLUMNS}
    FROM recording_session_prompts p LEFT JOIN prompt_variants v USING (variant_id)
    WHERE p.session_id = ANY (CAST(:ids AS uuid[])) ORDER BY p.session_id, p.position
""")
_TAKE_OVER = text("""
    UPDATE recording_sessions SET attempt_id = :attempt_id, called_at = :at
    WHERE session_id = :session_id
""")
_KEEP = text("""
    UPDATE recording_session_prompts SET take = :take, variant_id = :variant_id
    WHERE session_id = :session_id AND position = :position
""")
_FINISH = text("""
    UPDATE recording_sessions SET sealed_code = NULL, "end" = :end, ended_at = :at
    WHERE session_id = :session_id
""")
_EXPIRE = text("""
    UPDATE recording_sessions SET sealed_code = NULL, "end" = 'expired', ended_at = :now
    WHERE ended_at IS NULL AND expires_at <= :now
""")
_FORGET = text("DELETE FROM recording_sessions WHERE ended_at < :before")


class PostgresRecordingSessionStore:
    """See `kwabo.ports.recording_sessions.RecordingSessionStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock_codes(self) -> None:
        await self._connection.execute(_LOCK_CODES)

    async def add(self, session: RecordingSession) -> None:
        await self._connection.execute(
            _ADD,
            {
                "session_id": session.session_id,
                "language": session.language,
                "sealed_code": session.sealed_code,
                "made_by": session.made_by,
                "made_at": session.made_at,
                "expires_at": session.expires_at,
            },
        )
        if session.prompts:
            await self._connection.execute(
                _ADD_PROMPT,
                [
                    {
                        "session_id": session.session_id,
                        "position": one.position,
                        "key": one.key,
                        "name": one.name,
                        "fragment": one.fragment,
                        "words": one.words,
                    }
                    for one in session.prompts
                ],
            )

    async def get(self, session_id: UUID) -> RecordingSession | None:
        row = (await self._connection.execute(_GET, {"session_id": session_id})).first()
        return None if row is None else (await self._with_prompts([row]))[0]

    async def get_for_change(self, session_id: UUID) -> RecordingSession | None:
        await self._connection.execute(_LOCK, {"session_id": session_id})
        return await self.get(session_id)

    async def living(self, now: datetime) -> Sequence[RecordingSession]:
        return [_session(row, ()) for row in await self._connection.execute(_LIVING, {"now": now})]

    async def newest(self, since: datetime, limit: int) -> Sequence[RecordingSession]:
        rows = await self._connection.execute(_NEWEST, {"since": since, "limit": limit})
        return await self._with_prompts(rows.all())

    async def take_over(self, session_id: UUID, attempt_id: UUID, at: datetime) -> None:
        values = {"session_id": session_id, "attempt_id": attempt_id, "at": at}
        await self._connection.execute(_TAKE_OVER, values)

    async def keep(self, session_id: UUID, position: int, take: str, variant_id: UUID) -> None:
        values = {"session_id": session_id, "position": position}
        await self._connection.execute(_KEEP, {**values, "take": take, "variant_id": variant_id})

    async def finish(self, session_id: UUID, end: End, at: datetime) -> None:
        await self._connection.execute(_FINISH, {"session_id": session_id, "end": end, "at": at})

    async def expire(self, now: datetime) -> int:
        return (await self._connection.execute(_EXPIRE, {"now": now})).rowcount

    async def forget_before(self, before: datetime) -> int:
        return (await self._connection.execute(_FORGET, {"before": before})).rowcount

    async def _with_prompts(self, rows: Sequence[Any]) -> list[RecordingSession]:
        prompts: dict[UUID, list[SessionPrompt]] = {}
        ids = [row.session_id for row in rows]
        for row in await self._connection.execute(_PROMPTS, {"ids": ids}):
            prompts.setdefault(row.of_session, []).append(_prompt(row))
        return [_session(row, tuple(prompts.get(row.session_id, ()))) for row in rows]


def _session(row: Any, prompts: tuple[SessionPrompt, ...]) -> RecordingSession:
    return RecordingSession(
        session_id=row.session_id,
        language=row.language,
        sealed_code=None if row.sealed_code is None else bytes(row.sealed_code),
        made_by=row.made_by,
        made_by_name=row.made_by_name,
        made_at=row.made_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        end=None if row.end is None else End(row.end),
        attempt_id=row.attempt_id,
        called_at=row.called_at,
        in_call=row.in_call,
        prompts=prompts,
    )


def _prompt(row: Any) -> SessionPrompt:
    return SessionPrompt(
        position=row.position,
        key=row.key,
        name=row.name,
        fragment=row.fragment,
        words=row.to_be_read,
        take=row.take,
        variant=None if row.variant_id is None else variant_of(row),
    )
