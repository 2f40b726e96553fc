"""Contacts as the compliance rules see them: one query for claiming and for explaining."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.compliance.candidate import (
    Candidate,
    CandidateCallback,
    CandidateCourse,
    CandidateNumber,
)
from kwabo.services.claims import FoundCandidate

_CANDIDATES = text(
    """
    SELECT c.contact_id, c.numbers, c.number_labels, c.uncallable_numbers, c.callable,
           c.uncallable_reason, coalesce(c.time_zone, l.time_zone) AS time_zone,
           cc.state AS course_state, cc.attempts, cc.last_attempt_at, cc.last_result,
           cc.next_attempt_at, cc.reason,
           cb.callback_id, cb.due_at, cb.number AS callback_number, cb.owner_user_id,
           a.live, a.dialled_at, a.highest,
           (SELECT jsonb_object_agg(d.number, d.expires_at) FROM dnc_entries d
             WHERE d.dnc_list_id = :dnc_list_id AND d.number = ANY (c.numbers)) AS dnc
    FROM contacts c
    JOIN contact_lists l ON l.contact_list_id = c.contact_list_id
    LEFT JOIN campaign_contacts cc
        ON cc.campaign_id = :campaign_id AND cc.contact_id = c.contact_id
    LEFT JOIN callbacks cb
        ON cb.campaign_id = :campaign_id AND cb.contact_id = c.contact_id AND cb.state = 'open'
    LEFT JOIN LATERAL (
        SELECT bool_or(t.state <> 'closed' AND t.attempt_id IS DISTINCT FROM :but_for) AS live,
               max(t.dialling_at) AS dialled_at,
               max(t.attempt_number) FILTER (WHERE t.campaign_id = :campaign_id) AS highest
        FROM attempts t WHERE t.contact_id = c.contact_id) a ON true
    WHERE c.contact_id = ANY (:contact_ids)
    """
)


async def find_candidates(
    connection: AsyncConnection,
    *,
    campaign_id: UUID,
    dnc_list_id: UUID | None,
    contact_ids: Sequence[UUID],
    but_for: UUID | None = None,
) -> dict[UUID, FoundCandidate]:
    """The contacts as candidates of the campaign, by id; deleted ones are missing.

    `but_for`: an attempt that does not count as being in progress (the one that is asked about).
    """
    rows = await connection.execute(
        _CANDIDATES,
        {
            "campaign_id": campaign_id,
            "dnc_list_id": dnc_list_id,
            "contact_ids": list(contact_ids),
            "but_for": but_for,
        },
    )
    return {row.contact_id: _candidate(row, but_for) for row in rows}


def _candidate(row: Any, but_for: UUID | None) -> FoundCandidate:
    uncallable = set(row.uncallable_numbers)
    course = None
    if row.course_state is not None:
        asked_about = but_for is not None and row.course_state == "in_progress"
        course = CandidateCourse(
            state="open" if asked_about else row.course_state,
            attempts=row.attempts,
            last_attempt_at=row.last_attempt_at,
            last_result=row.last_result,
            next_attempt_at=row.next_attempt_at,
            reason=row.reason,
        )
    callback = None
    if row.callback_id is not None:
        callback = CandidateCallback(
            callback_id=row.callback_id,
            due_at=row.due_at,
            number=row.callback_number,
            owner_user_id=row.owner_user_id,
        )
    return FoundCandidate(
        candidate=Candidate(
            contact_id=row.contact_id,
            numbers=tuple(
                CandidateNumber(number=number, label=label, callable=number not in uncallable)
                for number, label in zip(row.numbers, row.number_labels, strict=True)
            ),
            callable=row.callable,
            uncallable_reason=row.uncallable_reason,
            time_zone=row.time_zone,
            course=course,
            live_elsewhere=bool(row.live),
            dialled_at=row.dialled_at,
            dnc={
                number: datetime.fromisoformat(expires) if expires else None
                for number, expires in (row.dnc or {}).items()
            },
            callback=callback,
        ),
        highest_attempt_number=row.highest or 0,
    )
