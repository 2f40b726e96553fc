"""Claiming contacts of a floor in memory, in the order of the PostgreSQL store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kwabo.adapters.memory.floor_constraints import check_attempt
from kwabo.adapters.memory.floor_data import FloorData, MemoryAttempt, MemoryCourse
from kwabo.adapters.memory.tables import Journal
from kwabo.domain.compliance.candidate import (
    Candidate,
    CandidateCallback,
    CandidateCourse,
    CandidateNumber,
)
from kwabo.ports.floor_store import CampaignRow, ClaimAnswer, ClaimRequest, RecheckAnswer
from kwabo.services.claims import (
    STOP_AFTER_CLOSED_HOURS,
    UPCOMING_AT_MOST,
    Claiming,
    FoundCandidate,
    check_again,
)


def find_candidate(
    data: FloorData, campaign: CampaignRow, contact_id: UUID, but_for: UUID | None = None
) -> FoundCandidate | None:
    """The contact as the rules see it; None when it does not exist."""
    contact = data.contacts.get(contact_id)
    if contact is None:
        return None
    attempts = [a.row for a in data.attempts_of(contact_id)]
    dialled = [a.dialling_at for a in attempts if a.dialling_at is not None]
    numbers = [a.attempt_number for a in attempts if a.campaign_id == campaign.campaign_id]
    labels = contact.labels or ("",) * len(contact.numbers)
    return FoundCandidate(
        candidate=Candidate(
            contact_id=contact_id,
            numbers=tuple(
                CandidateNumber(
                    number=number, label=label, callable=number not in contact.uncallable_numbers
                )
                for number, label in zip(contact.numbers, labels, strict=True)
            ),
            callable=contact.callable,
            uncallable_reason=contact.uncallable_reason,
            time_zone=contact.time_zone or campaign.list_time_zone,
            course=_course(data, campaign.campaign_id, contact_id, but_for),
            live_elsewhere=any(a.state != "closed" and a.attempt_id != but_for for a in attempts),
            dialled_at=max(dialled, default=None),
            dnc=_dnc(data, campaign.dnc_list_id, contact.numbers),
            callback=_callback(data, campaign.campaign_id, contact_id),
        ),
        highest_attempt_number=max(numbers, default=0),
    )


def _course(
    data: FloorData, campaign_id: UUID, contact_id: UUID, but_for: UUID | None
) -> CandidateCourse | None:
    known = data.courses.get((campaign_id, contact_id))
    if known is None:
        return None
    course = known.course
    asked_about = but_for is not None and course.state == "in_progress"
    return CandidateCourse(
        state="open" if asked_about else course.state,
        attempts=course.attempts,
        last_attempt_at=course.last_attempt_at,
        last_result=known.last_result,
        next_attempt_at=course.next_attempt_at,
        reason=course.reason,
    )


def _dnc(
    data: FloorData, dnc_list_id: UUID | None, numbers: tuple[str, ...]
) -> dict[str, datetime | None]:
    if dnc_list_id is None:
        return {}
    return {n: data.dnc[(dnc_list_id, n)] for n in numbers if (dnc_list_id, n) in data.dnc}


def _callback(data: FloorData, campaign_id: UUID, contact_id: UUID) -> CandidateCallback | None:
    for callback in data.callbacks:
        written = callback.written
        ours = written.campaign_id == campaign_id and written.contact_id == contact_id
        if ours and callback.state == "open":
            return CandidateCallback(
                callback_id=written.callback_id,
                due_at=written.due_at,
                number=written.number,
                owner_user_id=written.owner_user_id,
            )
    return None


def claim(data: FloorData, request: ClaimRequest, fencing: int, journal: Journal) -> ClaimAnswer:
    """Claim up to one contact for each agent of the request."""
    claiming = Claiming(request)
    wanted = claiming.wanted
    more = False
    if wanted:
        more = _due(data, claiming)
        if claiming.wanted:
            more = _fresh(data, claiming, journal) or more
        _write(data, claiming, fencing, journal)
    made = [attempt.row for attempt in claiming.attempts]
    finished = claiming.finished
    if wanted and not claiming.wanted:
        return ClaimAnswer(
            attempts=made,
            next_attempt_at=None,
            next_reason="",
            exhausted=False,
            finished=finished,
            upcoming=claiming.upcoming,
        )
    campaign_id = request.campaign.campaign_id
    courses = [c.course for (of, _), c in data.courses.items() if of == campaign_id]
    open_ones = [c for c in courses if c.state == "open" and c.next_attempt_at is not None]
    following = min(open_ones, key=lambda c: c.next_attempt_at or request.now, default=None)
    contacts = data.lists.get(request.campaign.contact_list_id, [])
    return ClaimAnswer(
        attempts=made,
        next_attempt_at=following.next_attempt_at if following else None,
        next_reason=following.reason if following else "",
        exhausted=(
            (data.scanned.get(campaign_id) or 0) >= len(contacts)
            and not any(c.state == "in_progress" for c in courses)
            and following is None
        ),
        more=more,
        finished=finished,
    )


def _write(data: FloorData, claiming: Claiming, fencing: int, journal: Journal) -> None:
    for attempt in claiming.attempts:
        new = MemoryAttempt(row=attempt.row, fencing=fencing, because=attempt.because)
        check_attempt(data, new)
        data.attempts.put(attempt.row.attempt_id, new, journal)
    for course in claiming.courses:
        key = (course.campaign_id, course.contact_id)
        before = data.courses.get(key)
        if before is not None and course.last_attempt_at is None:
            course = replace(course, last_attempt_at=before.course.last_attempt_at)
        last_result = before.last_result if before else None
        data.courses.put(key, MemoryCourse(course=course, last_result=last_result), journal)


def _due(data: FloorData, claiming: Claiming) -> bool:
    request = claiming.request
    at_most = claiming.wanted + 20
    due: list[tuple[datetime, UUID]] = []
    for (campaign_id, contact_id), known in data.courses.items():
        at = known.course.next_attempt_at
        if campaign_id != request.campaign.campaign_id or known.course.state != "open":
            continue
        if at is None or at > request.now:
            continue
        callback = _callback(data, campaign_id, contact_id)
        owner = callback.owner_user_id if callback else None
        if owner is None or owner in claiming.owners:
            due.append((at, contact_id))
    chosen = [contact_id for _, contact_id in sorted(due, key=lambda d: d[0])[:at_most]]
    looked = _look(data, claiming, chosen)
    return len(chosen) == at_most and looked == len(chosen)


def _fresh(data: FloorData, claiming: Claiming, journal: Journal) -> bool:
    campaign = claiming.request.campaign
    at_most = claiming.look_at
    begin = data.scanned.get(campaign.campaign_id) or 0
    contacts = data.lists.get(campaign.contact_list_id, [])[begin : begin + at_most]
    claiming.closed_hours = 0
    looked = _look(data, claiming, contacts)
    if looked:
        data.scanned.put(campaign.campaign_id, begin + looked, journal)
    return looked == at_most and claiming.closed_hours < STOP_AFTER_CLOSED_HOURS


def _look(data: FloorData, claiming: Claiming, contact_ids: list[UUID]) -> int:
    looked = 0
    for contact_id in contact_ids:
        if not claiming.wanted:
            for following in contact_ids[looked : looked + UPCOMING_AT_MOST]:
                claiming.see(data.contacts[following].numbers)
            break
        looked += 1
        found = find_candidate(data, claiming.request.campaign, contact_id)
        if found is not None:
            claiming.take(found)
    return looked


def recheck(
    data: FloorData, campaign: CampaignRow, attempt_id: UUID, number: str | None, now: datetime
) -> RecheckAnswer:
    """Ask all rules again for an offered attempt."""
    offered = data.attempts[attempt_id].row
    found = find_candidate(data, campaign, offered.contact_id, but_for=attempt_id)
    if found is None:
        return RecheckAnswer(allowed=False, code="CONTACT_DELETED", retry_at=None, number=None)
    return check_again(found.candidate, campaign, number or offered.number, now)
