"""Call results on PostgreSQL: sums over the table that triggers fill as calls end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.call_results import CallCounts, CallResultRow, EarlyMediaRecording

_COUNTS: Final = tuple(one.name for one in fields(CallCounts))
_SUMS: Final = ", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in _COUNTS)
_KEYS: Final[Mapping[str, str]] = {
    "campaign_id": "campaign_id",
    "trunk_id": "trunk_id",
    "number_range": "number_range",
    "hour": "CAST(extract(hour FROM begins_at AT TIME ZONE :time_zone) AS integer)",
    "weekday": "CAST(extract(isodow FROM begins_at AT TIME ZONE :time_zone) AS integer)",
    "day": "to_char(begins_at AT TIME ZONE :time_zone, 'YYYY-MM-DD')",
}
_RECORDING = text("""
    SELECT attempt_id, path, seconds, created_at, delete_at FROM early_media_recordings
    WHERE attempt_id = :attempt_id
""")
# Materialised: a subquery with a limit may be run anew for each row and so take more.
_FORGET = text("""
    WITH due AS MATERIALIZED (
        SELECT attempt_id FROM early_media_recordings WHERE delete_at <= :now
        ORDER BY delete_at LIMIT :limit FOR UPDATE SKIP LOCKED)
    DELETE FROM early_media_recordings r USING due
    WHERE r.attempt_id = due.attempt_id
    RETURNING r.path
""")


def sums_statement(by: Sequence[str], *, campaign: bool, trunk: bool) -> str:
    """The query; `by` are names of `_KEYS`, never what somebody typed."""
    keys = [f"{_KEYS[name]} AS {name}" for name in by]
    where = [
        "organisation_id = current_organisation()",
        "begins_at >= :since",
        "begins_at < :until",
    ]
    if campaign:
        where.append("campaign_id = :campaign_id")
    if trunk:
        where.append("trunk_id = :trunk_id")
    order = ", ".join(str(place) for place in range(1, len(by) + 1))
    return (
        f"SELECT {', '.join([*keys, _SUMS])} FROM call_result_quarters "
        f"WHERE {' AND '.join(where)}" + (f" GROUP BY {order} ORDER BY {order}" if by else "")
    )


class PostgresCallResultStore:
    """See `kwabo.ports.call_results.CallResultStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def sums(
        self,
        *,
        since: datetime,
        until: datetime,
        by: Sequence[str],
        time_zone: str,
        campaign_id: UUID | None = None,
        trunk_id: UUID | None = None,
    ) -> Sequence[CallResultRow]:
        values: dict[str, Any] = {"since": since, "until": until}
        if {"hour", "weekday", "day"} & set(by):
            values["time_zone"] = time_zone
        if campaign_id is not None:
            values["campaign_id"] = campaign_id
        if trunk_id is not None:
            values["trunk_id"] = trunk_id
        statement = sums_statement(by, campaign=campaign_id is not None, trunk=trunk_id is not None)
        rows = await self._connection.execute(text(statement), values)
        return [
            CallResultRow(
                counts=CallCounts(**{name: getattr(row, name) for name in _COUNTS}),
                **{name: getattr(row, name) for name in by},
            )
            for row in rows
        ]

    async def recording(self, attempt_id: UUID) -> EarlyMediaRecording | None:
        row = (await self._connection.execute(_RECORDING, {"attempt_id": attempt_id})).first()
        return None if row is None else EarlyMediaRecording(**row._mapping)

    async def forget_recordings(self, now: datetime, limit: int) -> Sequence[str]:
        rows = await self._connection.execute(_FORGET, {"now": now, "limit": limit})
        return [row.path for row in rows]
