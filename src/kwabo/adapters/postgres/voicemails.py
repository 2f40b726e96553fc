"""Voicemail on PostgreSQL, as people read and change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.contact_names import CONTACT_NAME
from kwabo.ports.voicemails import Voicemail, VoicemailCounts, VoicemailQuery

_SELECT = f"""
    SELECT v.voicemail_id, v.attempt_id, a.campaign_id, p.name AS campaign_name, v.contact_id,
           {CONTACT_NAME} AS contact_name, v.queue_id, q.name AS queue_name, v.number, v.seconds,
           v.path, v.text, v.transcription, a.language, v.owner_user_id,
           o.display_name AS owner_name, v.heard_at, h.display_name AS heard_by_name, v.done_at,
           d.display_name AS done_by_name, v.note, v.callback_id, b.state AS callback_state,
           v.transcription_tries AS tries, v.played_at, v.played_by, v.created_at
    FROM voicemails v
    JOIN attempts a ON a.attempt_id = v.attempt_id
    JOIN campaigns p ON p.campaign_id = a.campaign_id
    LEFT JOIN contacts c ON c.contact_id = v.contact_id
    LEFT JOIN queues q ON q.queue_id = v.queue_id
    LEFT JOIN users o ON o.user_id = v.owner_user_id
    LEFT JOIN users h ON h.user_id = v.heard_by
    LEFT JOIN users d ON d.user_id = v.done_by
    LEFT JOIN callbacks b ON b.callback_id = v.callback_id
"""
_OF_USER = """(CAST(:of_user AS uuid) IS NULL OR v.owner_user_id = :of_user
    OR v.queue_id IN (SELECT queue_id FROM queue_members WHERE user_id = :of_user))"""
_STATES = {
    "new": "v.heard_at IS NULL AND v.done_at IS NULL",
    "heard": "v.heard_at IS NOT NULL AND v.done_at IS NULL",
    "undone": "v.done_at IS NULL",
    "done": "v.done_at IS NOT NULL",
}
_GET = text(f"{_SELECT} WHERE v.voicemail_id = :voicemail_id AND {_OF_USER}")
_LOCK = text("SELECT 1 FROM voicemails WHERE voicemail_id = :voicemail_id FOR UPDATE")
_COUNTS = text(f"""
    SELECT count(*) FILTER (WHERE v.heard_at IS NULL) AS new, count(*) AS undone,
           count(*) FILTER (WHERE v.owner_user_id = :user_id) AS mine
    FROM voicemails v WHERE v.done_at IS NULL AND {_OF_USER}
""")
_NEW_BY_QUEUE = text("""
    SELECT queue_id, count(*) AS new FROM voicemails
    WHERE heard_at IS NULL AND done_at IS NULL AND queue_id IS NOT NULL GROUP BY queue_id
""")
_HEARD = text("""
    UPDATE voicemails SET heard_at = coalesce(heard_at, :at), played_at = :at, played_by = :user_id,
        heard_by = CASE WHEN heard_at IS NULL THEN :user_id ELSE heard_by END
    WHERE voicemail_id = :voicemail_id
""")
_ASSIGN = text(
    "UPDATE voicemails SET owner_user_id = :owner_user_id WHERE voicemail_id = :voicemail_id"
)
_FINISH = text("""
    UPDATE voicemails SET done_at = :at, done_by = :user_id, note = :note,
        heard_by = CASE WHEN heard_at IS NULL THEN :user_id ELSE heard_by END,
        heard_at = coalesce(heard_at, :at)
    WHERE voicemail_id = :voicemail_id
""")
_REOPEN = text(
    "UPDATE voicemails SET done_at = NULL, done_by = NULL WHERE voicemail_id = :voicemail_id"
)
_CALLED_BACK = text(
    "UPDATE voicemails SET callback_id = :callback_id WHERE voicemail_id = :voicemail_id"
)
_TAKE = text("""
    UPDATE voicemails SET transcription_next_at = :until,
        transcription_tries = transcription_tries + 1
    WHERE voicemail_id = (
        SELECT voicemail_id FROM voicemails
        WHERE transcription = 'waiting' AND path <> ''
          AND (transcription_next_at IS NULL OR transcription_next_at <= :now)
        ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING voicemail_id
""")
_TRANSCRIBED = text("""
    UPDATE voicemails SET transcription = 'done', text = :text
    WHERE voicemail_id = :voicemail_id AND transcription = 'waiting'
""")
_NOT_TRANSCRIBED = text("""
    UPDATE voicemails SET
        transcription = CASE WHEN CAST(:next_at AS timestamptz) IS NULL THEN 'failed'
                             ELSE transcription END,
        transcription_next_at = coalesce(:next_at, transcription_next_at)
    WHERE voicemail_id = :voicemail_id
""")
_UNNEEDED = text("SELECT path FROM unneeded_recordings ORDER BY created_at LIMIT :limit")
_REMOVED = text("DELETE FROM unneeded_recordings WHERE path = ANY (CAST(:paths AS text[]))")
_OLD = "FROM voicemails WHERE created_at < :before AND NOT is_held(number) LIMIT :at_most"
_FORGET = text(f"DELETE FROM voicemails WHERE voicemail_id IN (SELECT voicemail_id {_OLD})")
_COUNT_OLD = text(f"SELECT count(*) FROM (SELECT 1 {_OLD}) o")
# What flows have recorded of calls is kept as long as messages are.
_OLD_RECORDINGS = """
    FROM flow_recordings r JOIN attempts a USING (attempt_id)
    WHERE r.created_at < :before AND NOT is_held(a.number) LIMIT :at_most
"""
_FORGET_RECORDINGS = text(f"""
    DELETE FROM flow_recordings WHERE (attempt_id, recording) IN (
        SELECT r.attempt_id, r.recording {_OLD_RECORDINGS})
""")
_COUNT_OLD_RECORDINGS = text(f"SELECT count(*) FROM (SELECT 1 {_OLD_RECORDINGS}) o")


class PostgresVoicemailStore:
    """See `kwabo.ports.voicemails.VoicemailStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, query: VoicemailQuery) -> Sequence[Voicemail]:
        conditions = [_OF_USER]
        values: dict[str, Any] = {"of_user": query.of_user, "limit": query.limit}
        if query.state is not None:
            conditions.append(_STATES[query.state])
        given = {
            "queue_id": (query.queue_id, "v.queue_id = :queue_id"),
            "owner_user_id": (query.owner_user_id, "v.owner_user_id = :owner_user_id"),
            "from_at": (query.from_at, "v.created_at >= :from_at"),
            "until_at": (query.until_at, "v.created_at < :until_at"),
            "campaign_id": (query.campaign_id, "a.campaign_id = :campaign_id"),
        }
        for name, (value, condition) in given.items():
            if value is not None:
                conditions.append(condition)
                values[name] = value
        if query.before is not None:
            conditions.append("(v.created_at, v.voicemail_id) < (:before_at, :before_id)")
            values["before_at"], values["before_id"] = query.before
        statement = f"""
            {_SELECT} WHERE {" AND ".join(conditions)}
            ORDER BY v.created_at DESC, v.voicemail_id DESC LIMIT :limit
        """
        return [_voicemail(row) for row in await self._connection.execute(text(statement), values)]

    async def counts(self, of_user: UUID | None, user_id: UUID) -> VoicemailCounts:
        values = {"of_user": of_user, "user_id": user_id}
        row = (await self._connection.execute(_COUNTS, values)).one()
        return VoicemailCounts(new=row.new, undone=row.undone, mine=row.mine)

    async def new_by_queue(self) -> dict[UUID, int]:
        return {row.queue_id: row.new for row in await self._connection.execute(_NEW_BY_QUEUE)}

    async def get(self, voicemail_id: UUID, of_user: UUID | None = None) -> Voicemail | None:
        values = {"voicemail_id": voicemail_id, "of_user": of_user}
        row = (await self._connection.execute(_GET, values)).first()
        return None if row is None else _voicemail(row)

    async def get_for_change(
        self, voicemail_id: UUID, of_user: UUID | None = None
    ) -> Voicemail | None:
        await self._connection.execute(_LOCK, {"voicemail_id": voicemail_id})
        return await self.get(voicemail_id, of_user)

    async def mark_heard(self, voicemail_id: UUID, user_id: UUID, at: datetime) -> None:
        await self._do(_HEARD, voicemail_id, user_id=user_id, at=at)

    async def assign(self, voicemail_id: UUID, owner_user_id: UUID | None) -> None:
        await self._do(_ASSIGN, voicemail_id, owner_user_id=owner_user_id)

    async def finish(self, voicemail_id: UUID, user_id: UUID, at: datetime, note: str) -> None:
        await self._do(_FINISH, voicemail_id, user_id=user_id, at=at, note=note)

    async def reopen(self, voicemail_id: UUID) -> None:
        await self._do(_REOPEN, voicemail_id)

    async def called_back(self, voicemail_id: UUID, callback_id: UUID) -> None:
        await self._do(_CALLED_BACK, voicemail_id, callback_id=callback_id)

    async def take_to_transcribe(self, now: datetime, until: datetime) -> Voicemail | None:
        taken = await self._connection.scalar(_TAKE, {"now": now, "until": until})
        return None if taken is None else await self.get(taken)

    async def transcribed(self, voicemail_id: UUID, text: str) -> None:
        await self._do(_TRANSCRIBED, voicemail_id, text=text)

    async def not_transcribed(self, voicemail_id: UUID, next_at: datetime | None) -> None:
        await self._do(_NOT_TRANSCRIBED, voicemail_id, next_at=next_at)

    async def unneeded_files(self, limit: int) -> Sequence[str]:
        return [row.path for row in await self._connection.execute(_UNNEEDED, {"limit": limit})]

    async def files_removed(self, paths: Sequence[str]) -> None:
        await self._connection.execute(_REMOVED, {"paths": list(paths)})

    async def forget(self, before: datetime, at_most: int) -> int:
        """Messages, then what flows recorded of calls."""
        values: dict[str, Any] = {"before": before, "at_most": at_most}
        gone = (await self._connection.execute(_FORGET, values)).rowcount
        values["at_most"] = at_most - gone
        return gone + (await self._connection.execute(_FORGET_RECORDINGS, values)).rowcount

    async def count_old(self, before: datetime, at_most: int) -> int:
        values: dict[str, Any] = {"before": before, "at_most": at_most}
        old = int(await self._connection.scalar(_COUNT_OLD, values) or 0)
        values["at_most"] = at_most - old
        return old + int(await self._connection.scalar(_COUNT_OLD_RECORDINGS, values) or 0)

    async def _do(self, statement: Any, voicemail_id: UUID, **values: Any) -> None:
        await self._connection.execute(statement, {"voicemail_id": voicemail_id, **values})


def _voicemail(row: Any) -> Voicemail:
    return Voicemail(**{field.name: getattr(row, field.name) for field in fields(Voicemail)})
