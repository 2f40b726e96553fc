"""Claiming contacts: choose, ask every rule, and write the attempt, in one transaction.

First contacts that are due again, then contacts never looked at, in the list's order. A contact that a
rule puts off or refuses gets its course written, so that it is not looked at again before its time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.candidates import FoundCandidate, find_candidates
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.candidate import CampaignTerms
from kwabo.domain.compliance.rules import Assessment, assess
from kwabo.kernel.verdict import Allowed, Later
from kwabo.ports.floor_store import (
    AttemptRow,
    CampaignRow,
    ClaimAnswer,
    ClaimRequest,
    RecheckAnswer,
)

LOOK_AT_MOST = 300  # contacts in one claim
STOP_AFTER_CLOSED_HOURS = 50  # new contacts outside callable time, one after the other

_DUE = text(
    """
    SELECT cc.contact_id FROM campaign_contacts cc
    LEFT JOIN callbacks cb
        ON cb.campaign_id = cc.campaign_id AND cb.contact_id = cc.contact_id AND cb.state = 'open'
    WHERE cc.campaign_id = :campaign_id AND cc.state = 'open' AND cc.next_attempt_at <= :now
      AND (cb.owner_user_id IS NULL OR cb.owner_user_id = ANY (:agents))
    ORDER BY cc.next_attempt_at
    LIMIT :at_most
    FOR UPDATE OF cc SKIP LOCKED
    """
)
_FRESH = text(
    """
    SELECT c.contact_id, c.added_in, c.position
    FROM contacts c, campaigns k
    WHERE k.campaign_id = :campaign_id AND c.contact_list_id = k.contact_list_id
      AND (c.added_in, c.position) > (k.scan_added_in, k.scan_position)
      AND c.added_in < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
    ORDER BY c.added_in, c.position
    LIMIT :at_most
    """
)
_SCANNED = text(
    """
    UPDATE campaigns SET scan_added_in = :added_in, scan_position = :position
    WHERE campaign_id = :campaign_id
    """
)
_LEFT = text(
    """
    SELECT
        EXISTS (SELECT FROM contacts c WHERE c.contact_list_id = k.contact_list_id
                  AND (c.added_in, c.position) > (k.scan_added_in, k.scan_position)) AS fresh,
        EXISTS (SELECT FROM campaign_contacts p
                 WHERE p.campaign_id = k.campaign_id AND p.state = 'in_progress') AS in_progress,
        n.next_attempt_at, n.reason
    FROM campaigns k
    LEFT JOIN LATERAL (
        SELECT o.next_attempt_at, o.reason FROM campaign_contacts o
        WHERE o.campaign_id = k.campaign_id AND o.state = 'open'
        ORDER BY o.next_attempt_at LIMIT 1) n ON true
    WHERE k.campaign_id = :campaign_id
    """
)
_COURSE = text(
    """
    INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,
        last_attempt_at, next_attempt_at, reason)
    VALUES (:campaign_id, :contact_id, current_organisation(), :state, :attempts,
        :last_attempt_at, :next_attempt_at, :reason)
    ON CONFLICT (campaign_id, contact_id) DO UPDATE SET
        state = excluded.state, attempts = excluded.attempts,
        last_attempt_at = coalesce(excluded.last_attempt_at, campaign_contacts.last_attempt_at),
        next_attempt_at = excluded.next_attempt_at, reason = excluded.reason
    """
)
_ATTEMPT = text(
    """
    INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
        number, mode, caller_id, trunk_id, agent_user_id, callback_id, state, because, fencing,
        offered_at, dialling_at)
    VALUES (:attempt_id, current_organisation(), :campaign_id, :contact_id, :attempt_number,
        :number, :mode, :caller_id, :trunk_id, :agent_user_id, :callback_id, :state,
        CAST(:because AS jsonb), :fencing, :offered_at, :dialling_at)
    """
)
_OFFERED = text("SELECT contact_id, number FROM attempts WHERE attempt_id = :attempt_id")


def terms_of(campaign: CampaignRow) -> CampaignTerms:
    """What the rules know of the campaign."""
    return CampaignTerms(
        campaign_id=campaign.campaign_id,
        callable_time=CallableTime(
            weekdays=frozenset(campaign.callable_weekdays),
            start=campaign.callable_from,
            until=campaign.callable_until,
        ),
        max_attempts=campaign.max_attempts,
        minimum_gap_seconds=campaign.minimum_gap_seconds,
    )


@dataclass(slots=True)
class _Claiming:
    request: ClaimRequest
    fencing: int
    agents: list[UUID]
    attempts: list[AttemptRow] = field(default_factory=list)
    courses: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    closed_hours: int = 0  # new contacts outside callable time, one after the other

    @property
    def wanted(self) -> int:
        return len(self.agents)

    def take(self, found: FoundCandidate) -> None:
        """Ask the rules; write an attempt or why there is none."""
        request, candidate = self.request, found.candidate
        assessment = assess(candidate, terms_of(request.campaign), request.now)
        attempts = candidate.course.attempts if candidate.course else 0
        if not isinstance(assessment.verdict, Allowed) or assessment.number is None:
            self._put_off(candidate.contact_id, attempts, assessment)
            return
        self.closed_hours = 0
        agent = self._agent_for(candidate.callback.owner_user_id if candidate.callback else None)
        dialled = attempts if request.offer else attempts + 1
        row = AttemptRow(
            attempt_id=request.attempt_ids[len(self.attempts)],
            campaign_id=request.campaign.campaign_id,
            contact_id=candidate.contact_id,
            attempt_number=found.highest_attempt_number + 1,
            number=assessment.number,
            mode=request.campaign.mode,
            caller_id=request.campaign.caller_id,
            trunk_id=request.campaign.trunk_id,
            agent_user_id=agent,
            callback_id=candidate.callback.callback_id if candidate.callback else None,
            state="offered" if request.offer else "dialling",
            result=None,
            transferred_to=None,
            abandoned=False,
            offered_at=request.now if request.offer else None,
            dialling_at=None if request.offer else request.now,
            ringing_at=None,
            answered_at=None,
            connected_at=None,
            closed_at=None,
            course_attempts=dialled,
        )
        self.attempts.append(row)
        self._write(row, assessment)
        self.courses.append(
            _course(row.campaign_id, row.contact_id, "in_progress", dialled, row.dialling_at)
        )

    def _agent_for(self, owner: UUID | None) -> UUID:
        agent = owner if owner in self.agents else self.agents[0]
        self.agents.remove(agent)
        return agent

    def _put_off(self, contact_id: UUID, attempts: int, assessment: Assessment) -> None:
        verdict = assessment.verdict
        campaign_id = self.request.campaign.campaign_id
        if isinstance(verdict, Later):
            self.closed_hours += verdict.code == "OUTSIDE_CALLABLE_TIME"
            self.courses.append(
                _course(
                    campaign_id,
                    contact_id,
                    "open",
                    attempts,
                    None,
                    verdict.retry_at,
                    verdict.code,
                )
            )
        elif not isinstance(verdict, Allowed):
            self.courses.append(
                _course(campaign_id, contact_id, "finished", attempts, None, None, verdict.code)
            )

    def _write(self, row: AttemptRow, assessment: Assessment) -> None:
        self.rows.append(
            {
                "attempt_id": row.attempt_id,
                "campaign_id": row.campaign_id,
                "contact_id": row.contact_id,
                "attempt_number": row.attempt_number,
                "number": row.number,
                "mode": row.mode,
                "caller_id": row.caller_id,
                "trunk_id": row.trunk_id,
                "agent_user_id": row.agent_user_id,
                "callback_id": row.callback_id,
                "state": row.state,
                "because": [check.code for check in assessment.checks],
                "fencing": self.fencing,
                "offered_at": row.offered_at,
                "dialling_at": row.dialling_at,
            }
        )


def _course(
    campaign_id: UUID,
    contact_id: UUID,
    state: str,
    attempts: int,
    last_attempt_at: datetime | None,
    next_attempt_at: datetime | None = None,
    reason: str = "",
) -> dict[str, Any]:
    return {
        "campaign_id": campaign_id,
        "contact_id": contact_id,
        "state": state,
        "attempts": attempts,
        "last_attempt_at": last_attempt_at,
        "next_attempt_at": next_attempt_at,
        "reason": reason,
    }


async def claim(connection: AsyncConnection, request: ClaimRequest, fencing: int) -> ClaimAnswer:
    """Claim up to one contact for each agent of the request."""
    claiming = _Claiming(request, fencing, list(request.agent_user_ids))
    wanted = claiming.wanted
    more = False
    if wanted:
        more = await _due(connection, claiming)
        if claiming.wanted:
            more = await _fresh(connection, claiming) or more
        if claiming.rows:
            await connection.execute(_ATTEMPT, claiming.rows)
        if claiming.courses:
            await connection.execute(_COURSE, claiming.courses)
    if wanted and not claiming.wanted:
        return ClaimAnswer(
            attempts=claiming.attempts, next_attempt_at=None, next_reason="", exhausted=False
        )
    left = (await connection.execute(_LEFT, {"campaign_id": request.campaign.campaign_id})).one()
    return ClaimAnswer(
        attempts=claiming.attempts,
        next_attempt_at=left.next_attempt_at,
        next_reason=left.reason or "",
        exhausted=not left.fresh and not left.in_progress and left.next_attempt_at is None,
        more=more,
    )


async def _due(connection: AsyncConnection, claiming: _Claiming) -> bool:
    request = claiming.request
    at_most = claiming.wanted + 20
    rows = await connection.execute(
        _DUE,
        {
            "campaign_id": request.campaign.campaign_id,
            "now": request.now,
            "agents": list(request.agent_user_ids),
            "at_most": at_most,
        },
    )
    contact_ids = [row.contact_id for row in rows]
    looked = await _look(connection, claiming, contact_ids)
    return len(contact_ids) == at_most and looked == len(contact_ids)


async def _fresh(connection: AsyncConnection, claiming: _Claiming) -> bool:
    request = claiming.request
    campaign_id = request.campaign.campaign_id
    at_most = min(LOOK_AT_MOST, max(50, 2 * claiming.wanted))
    rows = list(await connection.execute(_FRESH, {"campaign_id": campaign_id, "at_most": at_most}))
    claiming.closed_hours = 0
    looked = await _look(connection, claiming, [row.contact_id for row in rows])
    if looked:
        last = rows[looked - 1]
        await connection.execute(
            _SCANNED,
            {
                "campaign_id": campaign_id,
                "added_in": last.added_in,
                "position": last.position,
            },
        )
    return looked == at_most and claiming.closed_hours < STOP_AFTER_CLOSED_HOURS


async def _look(connection: AsyncConnection, claiming: _Claiming, contact_ids: list[UUID]) -> int:
    """Look at contacts in order until there is one for each agent; how many were looked at."""
    if not contact_ids:
        return 0
    campaign = claiming.request.campaign
    found = await find_candidates(
        connection,
        campaign_id=campaign.campaign_id,
        dnc_list_id=campaign.dnc_list_id,
        contact_ids=contact_ids,
    )
    looked = 0
    for contact_id in contact_ids:
        if not claiming.wanted:
            break
        looked += 1
        candidate = found.get(contact_id)
        if candidate is not None:
            claiming.take(candidate)
    return looked


async def recheck(
    connection: AsyncConnection,
    campaign: CampaignRow,
    attempt_id: UUID,
    number: str | None,
    now: datetime,
) -> RecheckAnswer:
    """Ask all rules again for an offered attempt, on this number of the contact."""
    offered = (await connection.execute(_OFFERED, {"attempt_id": attempt_id})).one()
    found = (
        await find_candidates(
            connection,
            campaign_id=campaign.campaign_id,
            dnc_list_id=campaign.dnc_list_id,
            contact_ids=[offered.contact_id],
            but_for=attempt_id,
        )
    ).get(offered.contact_id)
    if found is None:
        return RecheckAnswer(allowed=False, code="CONTACT_DELETED", retry_at=None, number=None)
    wanted = number or offered.number
    candidate = found.candidate
    numbers = tuple(n for n in candidate.numbers if n.number == wanted)
    if not numbers:
        return RecheckAnswer(allowed=False, code="NUMBER_UNKNOWN", retry_at=None, number=None)
    assessment = assess(replace(candidate, numbers=numbers), terms_of(campaign), now)
    verdict = assessment.verdict
    if isinstance(verdict, Allowed):
        return RecheckAnswer(allowed=True, code="CALLABLE", retry_at=None, number=wanted)
    retry_at = verdict.retry_at if isinstance(verdict, Later) else None
    return RecheckAnswer(allowed=False, code=verdict.code, retry_at=retry_at, number=None)
