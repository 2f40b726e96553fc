"""Contacts as the compliance rules see them, the same for claiming and for explaining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres import dnc_matches, zone_columns
from kwabo.adapters.postgres.contact_facts import read_facts
from kwabo.adapters.postgres.earlier_calls import Known, find_known
from kwabo.adapters.postgres.law_facts import consent_lines, past_calls
from kwabo.domain.compliance.candidate import (
    Candidate,
    CandidateCallback,
    CandidateCourse,
    CandidateNumber,
    CandidateOwner,
    PastCalls,
)
from kwabo.domain.compliance.consents import ConsentLine
from kwabo.domain.compliance.dnc import DncMatch
from kwabo.domain.compliance.law import NO_LAW, Law
from kwabo.domain.contacts.filters.in_use import EVERYBODY, Choice
from kwabo.services.claims import FoundCandidate

# For a WITH: the contacts with their open callbacks; the number that one promises to call is
# theirs until then, and stands behind their own.
_PROMISED = """
    promised AS (
        SELECT c.contact_id, c.contact_list_id, c.data, c.time_zone, c.callable,
               c.uncallable_reason, c.uncallable_numbers,
               CASE WHEN cb.number IS NOT NULL AND cb.number <> ALL (c.numbers)
                    THEN c.numbers || cb.number ELSE c.numbers END AS numbers,
               CASE WHEN cb.number IS NOT NULL AND cb.number <> ALL (c.numbers)
                    THEN c.number_labels || ''::text ELSE c.number_labels END AS number_labels,
               cb.callback_id, cb.due_at, cb.number AS callback_number, cb.owner_user_id,
               cb.latest_at
        FROM contacts c
        LEFT JOIN callbacks cb ON cb.campaign_id = :campaign_id
            AND cb.contact_id = c.contact_id AND cb.state = 'open'
        WHERE c.contact_id = ANY (:contact_ids))
"""
_CANDIDATES = text(
    f"""
    WITH {dnc_matches.LISTS}, {zone_columns.ZONED}, {_PROMISED}
    SELECT c.contact_id, c.numbers, c.number_labels, c.uncallable_numbers, c.callable,
           c.uncallable_reason, l.time_zone AS list_time_zone, l.zone_source,
           {zone_columns.COLUMNS},
           cc.state AS course_state, cc.attempts, cc.last_attempt_at, cc.last_result,
           cc.next_attempt_at, cc.reason, cc.result_counts,
           c.callback_id, c.due_at, c.callback_number, c.owner_user_id,
           c.latest_at, coalesce(bo.active, false) AS callback_owner_active,
           coalesce(bo.display_name, '') AS callback_owner_name,
           btrim(coalesce(c.data ->> nullif(k.agent_owned_column, ''), '')) AS owner_name,
           ow.user_id AS record_owner_id, ow.display_name AS record_owner_name,
           coalesce(lower(btrim(c.data ->> nullif(k.preview_column, ''))) IN
               (SELECT lower(btrim(v)) FROM unnest(k.preview_values) v), false) AS previewed,
           a.live, a.dialled_at, a.highest,
           {dnc_matches.COLUMNS}
    FROM promised c
    JOIN campaigns k ON k.campaign_id = :campaign_id
    JOIN contact_lists l ON l.contact_list_id = c.contact_list_id
    LEFT JOIN zoned ON zoned.contact_list_id = c.contact_list_id
    LEFT JOIN campaign_contacts cc
        ON cc.campaign_id = :campaign_id AND cc.contact_id = c.contact_id
    LEFT JOIN users bo ON bo.user_id = c.owner_user_id
    LEFT JOIN LATERAL (
        SELECT u.user_id, u.display_name FROM users u
        WHERE k.agent_owned_column <> '' AND u.active AND lower(btrim(c.data ->>
              k.agent_owned_column)) IN (u.login, u.user_id::text)
        LIMIT 1) ow ON true
    LEFT JOIN LATERAL (
        SELECT bool_or(t.state <> 'closed' AND t.attempt_id IS DISTINCT FROM :but_for) AS live,
               max(t.dialling_at) AS dialled_at,
               max(t.attempt_number) FILTER (WHERE t.campaign_id = :campaign_id) AS highest
        FROM attempts t WHERE t.contact_id = c.contact_id) a ON true
    """
)


async def find_candidates(
    connection: AsyncConnection,
    *,
    campaign_id: UUID,
    contact_ids: Sequence[UUID],
    but_for: UUID | None = None,
    law: Law = NO_LAW,
    now: datetime | None = None,
    choice: Choice = EVERYBODY,
    with_calls: bool = True,
    since: datetime | None = None,
) -> dict[UUID, FoundCandidate]:
    """The contacts as candidates of the campaign, by id; deleted ones are missing.

    `but_for`: an attempt that does not count as being in progress (the one that is asked about).
    `law`: decides what must be known of the numbers' past, as of `now`.
    `choice`: the campaign's; its filters need more of each contact.
    `with_calls`: with the calls of before; those of others on its numbers from `since` on.
    """
    known = await find_known(
        connection, contact_ids, with_calls=with_calls, since=since, but_for=but_for
    )
    found = await connection.execute(
        _CANDIDATES,
        {
            "campaign_id": campaign_id,
            "contact_ids": list(contact_ids),
            "but_for": but_for,
        },
    )
    rows = found.all()
    by_column = await dnc_matches.column_matches(connection, rows)
    candidates = {
        row.contact_id: _candidate(
            row, but_for, by_column.get(row.contact_id, ()), known.get(row.contact_id)
        )
        for row in rows
    }
    if choice.filters:
        candidates = await _with_values(connection, campaign_id, candidates, choice)
    if now is None or not (law.consent_purpose or law.preset.needs_past_calls):
        return candidates
    numbers = sorted({n.number for one in candidates.values() for n in one.candidate.numbers})
    past = await past_calls(connection, numbers, law.preset, now)
    consents = await consent_lines(connection, numbers if law.consent_purpose else ())
    return {
        contact_id: replace(one, candidate=_with_facts(one.candidate, past, consents))
        for contact_id, one in candidates.items()
    }


def _with_facts(
    candidate: Candidate,
    past: Mapping[str, PastCalls],
    consents: Mapping[str, tuple[ConsentLine, ...]],
) -> Candidate:
    numbers = [n.number for n in candidate.numbers]
    return replace(
        candidate,
        past_calls={number: past[number] for number in numbers if number in past},
        consents={number: consents[number] for number in numbers if number in consents},
    )


async def _with_values(
    connection: AsyncConnection,
    campaign_id: UUID,
    found: dict[UUID, FoundCandidate],
    choice: Choice,
) -> dict[UUID, FoundCandidate]:
    """The candidates with what the campaign's filters look at."""
    facts = await read_facts(
        connection, list(found), campaign_id=campaign_id, calls=choice.follows_calls
    )
    return {
        contact_id: replace(one, candidate=replace(one.candidate, facts=facts.get(contact_id)))
        for contact_id, one in found.items()
    }


def _candidate(
    row: Any, but_for: UUID | None, by_column: tuple[DncMatch, ...], known: Known | None
) -> FoundCandidate:
    uncallable = set(row.uncallable_numbers)
    label_zones = row.label_zones or {}  # "" or null: the contact has none there
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
            result_counts=row.result_counts,
        )
    callback = None
    if row.callback_id is not None:
        callback = CandidateCallback(
            callback_id=row.callback_id,
            due_at=row.due_at,
            number=row.callback_number,
            owner_user_id=row.owner_user_id,
            owner_active=row.callback_owner_active,
            owner_name=row.callback_owner_name,
            latest_at=row.latest_at,
        )
    owner = None
    if row.owner_name:
        owner = CandidateOwner(
            name=row.owner_name,
            user_id=row.record_owner_id,
            display_name=row.record_owner_name or "",
        )
    return FoundCandidate(
        candidate=Candidate(
            contact_id=row.contact_id,
            numbers=tuple(
                CandidateNumber(
                    number=number,
                    label=label,
                    callable=number not in uncallable,
                    time_zone=label_zones.get(label),
                )
                for number, label in zip(row.numbers, row.number_labels, strict=True)
            ),
            callable=row.callable,
            uncallable_reason=row.uncallable_reason,
            time_zone=row.time_zone,
            course=course,
            live_elsewhere=bool(row.live) or (known is not None and known.live),
            dialled_at=row.dialled_at,
            dnc=(*dnc_matches.number_matches(row), *by_column),
            dnc_checks=dnc_matches.checks(row),
            callback=callback,
            owner=owner,
            previewed=row.previewed,
            list_time_zone=row.list_time_zone,
            zone_source=row.zone_source,
            persons=known.persons if known else {},
            calls=known.calls if known else (),
        ),
        highest_attempt_number=row.highest or 0,
    )
