"""Attempts with the names of campaign, agent and outcome, from PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.attempt_ids import OFFERED, first_id
from kwabo.domain.call_analysis.record import AnalysisRecord
from kwabo.ports.attempts import ArrivedCall, Attempt, AttemptQuery, FlowRecording, WrapUp

_SELECT = """
    SELECT a.attempt_id, a.campaign_id, p.name AS campaign_name, a.contact_id, a.attempt_number,
           a.number, a.mode, a.caller_id, a.agent_user_id, u.display_name AS agent_display_name,
           a.callback_id, a.state, a.result, a.sip_code, a.cause, a.hung_up_by, a.abandoned,
           a.transferred_to, a.offered_at, a.reserved_at, a.dialling_at, a.ringing_at,
           a.answered_at, a.connected_at, a.closed_at, a.message_media,
           a.message_started_at, a.message_ended_at, a.opted_out_at, a.call_analysis,
           coalesce(a.flow -> 'results', '{}') AS flow_results,
           e.attempt_id AS recording_of,
           w.attempt_id AS wrap_up_of, w.wrap_up_code_id, w.system_code, k.name AS code_name,
           k.name_en AS code_name_en,
           w.notes, w.fields, w.created_at AS wrap_up_created_at
    FROM attempts a
    JOIN campaigns p ON p.campaign_id = a.campaign_id
    LEFT JOIN users u ON u.user_id = a.agent_user_id
    LEFT JOIN early_media_recordings e ON e.attempt_id = a.attempt_id
    LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
    LEFT JOIN wrap_up_codes k ON k.wrap_up_code_id = w.wrap_up_code_id
"""
_GET = text(f"{_SELECT} WHERE a.attempt_id = :attempt_id")
_ARRIVED = text(
    """
    SELECT a.called_number, coalesce(n.label, '') AS label, a.language,
           coalesce(a.arrived_at, a.answered_at) AS arrived_at,
           a.connected_at, a.closed_at, a.queue_id, q.name AS queue_name, a.queued_at, a.flow,
           (SELECT CASE WHEN count(*) = count(s.left_at) THEN max(s.left_at) END
            FROM queue_stays s
            WHERE s.attempt_id = a.attempt_id AND s.entered_at >= a.queued_at) AS left_queue_at,
           EXISTS (SELECT FROM queue_stays s WHERE s.attempt_id = a.attempt_id) AS stayed
    FROM attempts a
    LEFT JOIN inbound_numbers n
        ON n.organisation_id = a.organisation_id AND n.number = a.called_number
    LEFT JOIN queues q ON q.queue_id = a.queue_id
    WHERE a.attempt_id = :attempt_id
        AND (a.arrived_at IS NOT NULL OR a.flow ? 'flow_id')
    """
)
_RECORDINGS = text(
    """
    SELECT recording, variable, path, seconds, created_at FROM flow_recordings
    WHERE attempt_id = :attempt_id AND path <> '' ORDER BY created_at, recording
    """
)
_OF_CONTACT = text(
    f"{_SELECT} WHERE a.contact_id = :contact_id ORDER BY a.attempt_id DESC LIMIT :limit"
)
# An attempt's instant is when it was dialled; a record that was skipped counts by its offer.
_AT = "coalesce(a.dialling_at, a.offered_at, a.reserved_at, a.closed_at)"
# Ids rise with time, and are made before the call: with their bounds one index leads to the day.
_CONDITIONS = {
    "before": "a.attempt_id < :before",
    "from_at": f"{_AT} >= :from_at AND a.attempt_id >= :from_id",
    "until_at": f"{_AT} < :until_at AND a.attempt_id < :until_id",
    "result": "a.result = :result",
    "agent_user_id": "a.agent_user_id = :agent_user_id",
}
_JOINED = frozenset({"call_analysis", "wrap_up"})
_PLAIN = tuple(field.name for field in fields(Attempt) if field.name not in _JOINED)


class PostgresAttemptStore:
    """See `kwabo.ports.attempts.AttemptStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, attempt_id: UUID) -> Attempt | None:
        row = (await self._connection.execute(_GET, {"attempt_id": attempt_id})).first()
        return None if row is None else _attempt(row)

    async def arrived(self, attempt_id: UUID) -> ArrivedCall | None:
        row = (await self._connection.execute(_ARRIVED, {"attempt_id": attempt_id})).first()
        return None if row is None else ArrivedCall(**row._mapping)

    async def recordings(self, attempt_id: UUID) -> Sequence[FlowRecording]:
        rows = await self._connection.execute(_RECORDINGS, {"attempt_id": attempt_id})
        return [FlowRecording(**row._mapping) for row in rows]

    async def find(self, query: AttemptQuery) -> Sequence[Attempt]:
        wanted = {
            "before": query.before_attempt_id,
            "from_at": query.from_at,
            "until_at": query.until_at,
            "result": query.result,
            "agent_user_id": query.agent_user_id,
        }
        values = {name: value for name, value in wanted.items() if value is not None}
        conditions = ["a.campaign_id = :campaign_id", *(_CONDITIONS[name] for name in values)]
        if query.from_at is not None:
            values["from_id"] = first_id(query.from_at - OFFERED)
        if query.until_at is not None:
            values["until_id"] = first_id(query.until_at + timedelta(seconds=1))
        rows = await self._connection.execute(
            text(
                f"{_SELECT} WHERE {' AND '.join(conditions)} "
                "ORDER BY a.attempt_id DESC LIMIT :limit"
            ),
            {**values, "campaign_id": query.campaign_id, "limit": query.limit},
        )
        return [_attempt(row) for row in rows]

    async def of_contact(self, contact_id: UUID, limit: int) -> Sequence[Attempt]:
        rows = await self._connection.execute(
            _OF_CONTACT, {"contact_id": contact_id, "limit": limit}
        )
        return [_attempt(row) for row in rows]


def _attempt(row: Any) -> Attempt:
    wrap_up = None
    if row.wrap_up_of is not None:
        wrap_up = WrapUp(
            wrap_up_code_id=row.wrap_up_code_id,
            system_code=row.system_code,
            name=row.code_name or row.system_code,
            name_en=row.code_name_en or "",
            notes=row.notes,
            fields=row.fields,
            created_at=row.wrap_up_created_at,
        )
    analysis = None
    if row.call_analysis:
        # What was recorded is removed after some days; the attempt's document stays as it was.
        analysis = replace(
            AnalysisRecord.of(row.call_analysis), recording=row.recording_of is not None
        )
    return Attempt(
        **{name: getattr(row, name) for name in _PLAIN}, call_analysis=analysis, wrap_up=wrap_up
    )
