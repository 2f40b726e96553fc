"""Claiming contacts: choose, ask every rule, and write the attempt, in one transaction.

First contacts inserted at the front and those that changed, then contacts that are due again, then
contacts never called, in the campaign's order. A contact that a rule puts off or refuses gets its
course written, so that it is not looked at again before its time; without a time it waits for a
change. The decisions are those of `services/claims.py`.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres import (
    claim_looks,
    claim_order,
    data_answers,
    floor_dnc,
    floor_writes,
)
from kwabo.adapters.postgres.candidates import find_candidates
from kwabo.adapters.postgres.claim_looking import Looking
from kwabo.adapters.postgres.earlier_calls import limits_of, take_turn
from kwabo.adapters.postgres.law_facts import charge, organisation_law, write_usage
from kwabo.adapters.postgres.order_filling import ORDER_VERSION
from kwabo.domain.campaigns.rule_sets.document import asks_for_skills
from kwabo.domain.compliance.attempt_limits import longest_back
from kwabo.domain.compliance.law import OrganisationLaw, law_of
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest, RecheckAnswer
from kwabo.ports.floor_rows import CampaignRow
from kwabo.services.claims import (
    LOOK_AT_SKILLS,
    LOOK_AT_SKILLS_MOST,
    ClaimedAttempt,
    Claiming,
    wants_calls,
)
from kwabo.services.rechecks import check_again, check_guard

_DUE = text(
    """
    SELECT cc.contact_id FROM campaign_contacts cc
    LEFT JOIN callbacks cb
        ON cb.campaign_id = cc.campaign_id AND cb.contact_id = cc.contact_id AND cb.state = 'open'
    LEFT JOIN users o ON o.user_id = cb.owner_user_id
    WHERE cc.campaign_id = :campaign_id AND cc.state = 'open' AND cc.next_attempt_at <= :now
      AND cb.queue_id IS NULL AND (cb.callback_id IS NOT NULL OR NOT :promises_only)
      AND (cb.owner_user_id IS NULL OR cb.owner_user_id = ANY (:agents)
           OR cb.due_at <= :bound_until OR cb.latest_at <= :now
           OR (:takes_over AND o.active IS NOT TRUE))
      AND (cc.reason <> 'SKILLS_WAIT' OR EXISTS (
          SELECT FROM jsonb_array_elements(CAST(:abilities AS jsonb)) AS one (can)
          WHERE one.can @> to_jsonb(cc.needs)))
      AND CASE WHEN cc.reason = 'PREVIEW_WAITS' THEN :looks ELSE NOT :previews_only END
      AND (cc.reason NOT IN ('OWNED_BY_OTHER', 'OWNER_UNKNOWN') OR CAST(:owner_column AS text) = ''
           OR cc.next_attempt_at <= CAST(:given_up AS timestamptz)
           OR cc.contact_id IN (
               SELECT c.contact_id FROM contacts c
               WHERE c.contact_list_id = :contact_list_id AND CAST(:owner_column AS text) <> ''
                 AND (btrim(coalesce(c.data ->> CAST(:owner_column AS text), '')) = ''
                      OR lower(btrim(c.data ->> CAST(:owner_column AS text))) IN
                         (SELECT unnest(ARRAY[u.login, u.user_id::text]) FROM users u
                           WHERE u.user_id = ANY (:asked) AND u.active))))
    ORDER BY cc.next_attempt_at
    LIMIT :at_most
    FOR UPDATE OF cc SKIP LOCKED
    """
)
_LONG_WITHOUT_SKILLS = text(
    """
    SELECT cc.contact_id FROM campaign_contacts cc
    WHERE cc.campaign_id = :campaign_id AND cc.state = 'open' AND cc.reason = 'SKILLS_WAIT'
      AND cc.next_attempt_at <= :until
    ORDER BY cc.next_attempt_at
    LIMIT :at_most
    FOR UPDATE OF cc SKIP LOCKED
    """
)
# The place is a parameter, and one row is asked for: else the planner would go through the whole
# list of a campaign that has come to its end.
_LEFT = text(
    f"""
    SELECT
        EXISTS (SELECT FROM (SELECT FROM contacts c
                WHERE c.contact_list_id = :contact_list_id AND (c.added_in, c.position)
                      > (CAST(:added_in AS bigint), CAST(:position AS bigint))
                ORDER BY c.added_in, c.position LIMIT 1) next)
            OR EXISTS (SELECT FROM (SELECT FROM campaign_order w
                WHERE w.campaign_id = :campaign_id AND w.order_version = {ORDER_VERSION}
                ORDER BY w.rank, w.added_in, w.position LIMIT 1) next) AS fresh,
        EXISTS (SELECT FROM campaign_contacts p
                 WHERE p.campaign_id = :campaign_id AND p.state = 'in_progress') AS in_progress,
        n.next_attempt_at, n.reason
    FROM (SELECT) one
    LEFT JOIN LATERAL (
        SELECT o.next_attempt_at, o.reason FROM campaign_contacts o
        WHERE o.campaign_id = :campaign_id AND o.state = 'open' AND o.next_attempt_at IS NOT NULL
          AND (NOT :promises_only OR EXISTS (SELECT FROM callbacks cb
               WHERE cb.campaign_id = o.campaign_id AND cb.contact_id = o.contact_id
                 AND cb.state = 'open' AND cb.queue_id IS NULL))
        ORDER BY o.next_attempt_at LIMIT 1) n ON true
    """
)
_COURSE = text(
    """
    INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,
        last_attempt_at, next_attempt_at, reason, needs)
    VALUES (:campaign_id, :contact_id, current_organisation(), :state, :attempts,
        :last_attempt_at, :next_attempt_at, :reason, CAST(:needs AS text[]))
    ON CONFLICT (campaign_id, contact_id) DO UPDATE SET
        state = excluded.state, attempts = excluded.attempts,
        last_attempt_at = coalesce(excluded.last_attempt_at, campaign_contacts.last_attempt_at),
        next_attempt_at = excluded.next_attempt_at, reason = excluded.reason,
        needs = excluded.needs
    """
)
_ATTEMPTS = text(
    """
    INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
        number, mode, caller_id, trunk_id, agent_user_id, callback_id, state, because, fencing,
        offered_at, dialling_at, skills, person_id, other_numbers, round_left, preset_id,
        preset_version, consent_id)
    SELECT a.attempt_id, current_organisation(), a.campaign_id, a.contact_id, a.attempt_number,
        a.number, a.mode, a.caller_id, a.trunk_id, a.agent_user_id, a.callback_id, a.state,
        a.because, a.fencing, a.offered_at, a.dialling_at, a.skills, a.person_id, a.other_numbers,
        a.round_left, a.preset_id, a.preset_version, a.consent_id
    FROM jsonb_populate_recordset(NULL::attempts, CAST(:rows AS jsonb)) a
    """
)
_PROOF = text(
    """
    UPDATE attempts SET preset_id = :preset_id, preset_version = :preset_version,
        consent_id = :consent_id
    WHERE attempt_id = :attempt_id
    """
)
_OFFERED = text("SELECT contact_id, number FROM attempts WHERE attempt_id = :attempt_id")


async def claim(connection: AsyncConnection, request: ClaimRequest, fencing: int) -> ClaimAnswer:
    """Claim up to one contact for each agent of the request."""
    if request.attempt_ids:
        await take_turn(connection)
    organisation = await organisation_law(connection, request.now, to_dial=True)
    limits = await limits_of(connection, request.campaign.campaign_id)
    claiming = Claiming(request, organisation, limits=limits)
    looking = Looking(connection, claiming)
    wanted = claiming.wanted
    more = False
    if wanted:
        if not await looking.campaign_is_ours():
            return _again(request)
        if request.only is not None:
            await looking.look([request.only])
        else:
            more = await _in_turn(looking)
        if claiming.attempts:
            rows = [_attempt(attempt, fencing) for attempt in claiming.attempts]
            await connection.execute(_ATTEMPTS, {"rows": rows})
            await _count(connection, claiming)
        if claiming.courses:
            courses = [asdict(c) | {"needs": list(c.needs)} for c in claiming.courses]
            await connection.execute(_COURSE, courses)
        await floor_dnc.want(connection, claiming.to_check, request.now)
        await data_answers.want(connection, claiming.data_wanted, request.now)
        await floor_writes.write(connection, claiming.callbacks, fencing)
        await floor_writes.write(connection, claiming.ruled, fencing)
    else:
        await looking.campaign_is_ours()
    made = [attempt.row for attempt in claiming.attempts]
    if wanted and not claiming.wanted:
        return ClaimAnswer(
            attempts=made,
            next_attempt_at=claiming.put_off_until,
            next_reason=claiming.put_off_by,
            exhausted=False,
            finished=claiming.finished,
            upcoming=claiming.upcoming,
            previews_waiting=claiming.previews_waiting,
        )
    place = {**looking.list_place, "promises_only": claiming.promises_only}
    left = (await connection.execute(_LEFT, place)).one()
    return ClaimAnswer(
        attempts=made,
        next_attempt_at=left.next_attempt_at,
        next_reason=left.reason or "",
        exhausted=not left.fresh and not left.in_progress and left.next_attempt_at is None,
        unseen=left.fresh,
        more=more,
        finished=claiming.finished,
        previews_waiting=claiming.previews_waiting,
        order_filled=looking.order_filled,
    )


async def _in_turn(looking: Looking) -> bool:
    """Look at contacts in the campaign's order; whether there are more to look at."""
    claiming = looking.claiming
    new = not claiming.request.previews_only and not claiming.promises_only
    if new:
        await _look_at_skills(looking)
    more = new and await claim_looks.follow(looking)
    if claiming.wanted:
        more = await _due(looking) or more
    if claiming.wanted and new:
        more = await claim_order.fresh(looking) or more
    return more


async def _look_at_skills(looking: Looking) -> None:
    """Ask again about the first of those who have waited long for an agent with skills."""
    request = looking.claiming.request
    if not asks_for_skills(request.campaign.rule_sets):
        return
    rows = await looking.connection.execute(
        _LONG_WITHOUT_SKILLS,
        {
            "campaign_id": looking.campaign_id,
            "until": request.now - LOOK_AT_SKILLS,
            "at_most": LOOK_AT_SKILLS_MOST,
        },
    )
    await looking.look([row.contact_id for row in rows])


_PLAIN = ("attempt_number", "number", "mode", "caller_id", "state", "other_numbers", "round_left")
_AS_TEXT = (
    "attempt_id", "campaign_id", "contact_id", "trunk_id", "agent_user_id", "callback_id",
    "offered_at", "dialling_at",
)  # fmt: skip


def _attempt(attempt: ClaimedAttempt, fencing: int) -> dict[str, object]:
    """The row as JSON."""
    row = attempt.row
    values: dict[str, object] = {name: getattr(row, name) for name in _PLAIN}
    texts = {name: getattr(row, name) for name in _AS_TEXT} | {"person_id": attempt.person_id}
    values |= {name: None if value is None else str(value) for name, value in texts.items()}
    proof = {
        name: None if value is None else str(value) for name, value in asdict(attempt.proof).items()
    }
    lists = {"because": list(attempt.because), "skills": list(row.skills)}
    return values | proof | lists | {"fencing": fencing}


async def _count(connection: AsyncConnection, claiming: Claiming) -> None:
    """Count what is dialled at once; an offer is counted when it is called."""
    guard = claiming.law.guard
    if guard is None or not guard.counts:
        return
    await write_usage(connection, claiming.law.usage)
    rows = [attempt.row for attempt in claiming.attempts]
    dialled = [(row.attempt_id, row.number) for row in rows if row.dialling_at is not None]
    await charge(connection, guard, dialled, claiming.request.now)


def _again(request: ClaimRequest) -> ClaimAnswer:
    """Somebody is changing the campaign at this moment, or has changed it unheard."""
    return ClaimAnswer(
        attempts=[],
        next_attempt_at=None,
        next_reason="",
        exhausted=False,
        more=True,
        order_filled=request.order_filled,
    )


async def _due(looking: Looking) -> bool:
    claiming = looking.claiming
    at_most = claiming.wanted + 20
    rows = await looking.connection.execute(
        _DUE,
        {
            "campaign_id": looking.campaign_id,
            "now": claiming.request.now,
            "agents": claiming.owners,
            "promises_only": claiming.promises_only,
            "asked": claiming.agents,
            "bound_until": claiming.bound_until,
            "takes_over": claiming.takes_over,
            "looks": claiming.looks,
            "abilities": claiming.abilities,
            "previews_only": claiming.request.previews_only,
            "owner_column": claiming.request.campaign.records.column,
            "contact_list_id": claiming.request.campaign.contact_list_id,
            "given_up": claiming.given_up,
            "at_most": at_most,
        },
    )
    contact_ids = [row.contact_id for row in rows]
    looked = await looking.look(contact_ids)
    return len(contact_ids) == at_most and looked == len(contact_ids)


async def recheck(
    connection: AsyncConnection,
    campaign: CampaignRow,
    attempt_id: UUID,
    number: str | None,
    now: datetime,
) -> RecheckAnswer:
    """Ask all rules again for an offered attempt, on this number of the contact."""
    organisation = await organisation_law(connection, now, to_dial=True)
    offered = (await connection.execute(_OFFERED, {"attempt_id": attempt_id})).one()
    await take_turn(connection)
    limits = await limits_of(connection, campaign.campaign_id)
    found = await find_candidates(
        connection,
        campaign_id=campaign.campaign_id,
        contact_ids=[offered.contact_id],
        but_for=attempt_id,
        law=law_of(campaign, organisation),
        now=now,
        choice=campaign.choice,
        with_calls=wants_calls(campaign, limits),
        since=longest_back(limits, now),
    )
    if offered.contact_id not in found:
        return RecheckAnswer(allowed=False, code="CONTACT_DELETED", retry_at=None, number=None)
    candidate = found[offered.contact_id].candidate
    answer = check_again(candidate, campaign, number or offered.number, now, organisation, limits)
    if answer.proof is not None and answer.number is not None:
        await connection.execute(_PROOF, {**asdict(answer.proof), "attempt_id": attempt_id})
        await _count_one(connection, organisation, answer.number, now, attempt_id)
    return answer


async def guard(
    connection: AsyncConnection, number: str, now: datetime, attempt_id: UUID | None
) -> RecheckAnswer:
    """Ask the fraud guard about a call that is no attempt, and count it."""
    organisation = await organisation_law(connection, now, to_dial=True)
    answer = check_guard(number, now, organisation)
    if answer.allowed:
        await _count_one(connection, organisation, number, now, attempt_id, third_party=True)
    return answer


async def _count_one(
    connection: AsyncConnection,
    organisation: OrganisationLaw,
    number: str,
    now: datetime,
    attempt_id: UUID | None,
    *,
    third_party: bool = False,
) -> None:
    if organisation.guard is None or not organisation.guard.counts:
        return
    await write_usage(connection, organisation.usage)
    if attempt_id is not None:
        calls = [(attempt_id, number)]
        await charge(connection, organisation.guard, calls, now, third_party=third_party)
