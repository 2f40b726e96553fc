"""Claiming contacts of a floor in memory, in the order of the PostgreSQL store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kwabo.adapters.memory import floor_dnc, floor_order, floor_writes
from kwabo.adapters.memory.floor_constraints import check_attempt
from kwabo.adapters.memory.floor_data import (
    FloorData,
    MemoryAttempt,
    MemoryContact,
    MemoryCourse,
)
from kwabo.adapters.memory.floor_order import facts_of
from kwabo.adapters.memory.law_facts import (
    charge,
    organisation_law,
    with_facts,
    write_usage,
)
from kwabo.adapters.memory.rule_facts import labels_of, rule_facts_of
from kwabo.adapters.memory.tables import Journal
from kwabo.domain.campaigns.rule_sets.document import asks_for_skills
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts as RuleFacts
from kwabo.domain.compliance.attempt_limits import AttemptLimit, EarlierCall
from kwabo.domain.compliance.candidate import (
    Candidate,
    CandidateCallback,
    CandidateCourse,
    CandidateNumber,
    CandidateOwner,
)
from kwabo.domain.compliance.law import OrganisationLaw, law_of
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest, RecheckAnswer
from kwabo.ports.floor_rows import CampaignRow
from kwabo.services.claims import (
    LOOK_AT_SKILLS,
    LOOK_AT_SKILLS_MOST,
    OWNED,
    PREVIEW_WAITS,
    SKILLS_WAIT,
    UPCOMING_AT_MOST,
    Claiming,
    FoundCandidate,
    wants_calls,
)
from kwabo.services.rechecks import check_again, check_guard, is_listed
from kwabo.services.rulings import needs_facts


def find_candidate(
    data: FloorData,
    campaign: CampaignRow,
    contact_id: UUID,
    but_for: UUID | None = None,
    *,
    with_calls: bool = False,
) -> FoundCandidate | None:
    """The contact as the rules see it; None when it does not exist."""
    contact = data.contacts.get(contact_id)
    if contact is None:
        return None
    attempts = data.attempts_of(contact_id)
    persons = data.persons.of(contact.numbers)
    their_numbers = data.persons.numbers_of(set(persons.values()))
    theirs = data.attempts_on(their_numbers)
    before = data.before.calls(contact_id, their_numbers)
    dialled = [a.dialling_at for a in attempts if a.dialling_at is not None]
    dialled += [call.dialled_at for call in before if call.contact_id == contact_id]
    numbers = [a.attempt_number for a in attempts if a.campaign_id == campaign.campaign_id]
    callback = _callback(data, campaign.campaign_id, contact_id)
    contact = _with_promised(contact, callback)
    labels = contact.labels or ("",) * len(contact.numbers)
    kept = data.campaigns.get(campaign.campaign_id) or campaign
    dnc = floor_dnc.against(data, kept.dnc_list_ids, contact)
    return FoundCandidate(
        candidate=Candidate(
            contact_id=contact_id,
            numbers=tuple(
                [
                    CandidateNumber(
                        number=number,
                        label=label,
                        callable=number not in contact.uncallable_numbers,
                        time_zone=contact.number_zones.get(number),
                    )
                    for number, label in zip(contact.numbers, labels, strict=True)
                ]
            ),
            callable=contact.callable,
            uncallable_reason=contact.uncallable_reason,
            time_zone=contact.time_zone,
            course=_course(data, campaign.campaign_id, contact_id, but_for),
            live_elsewhere=any(
                a.state != "closed" and a.attempt_id != but_for for a in (*attempts, *theirs)
            ),
            dialled_at=max(dialled, default=None),
            dnc=dnc.matches,
            dnc_checks=dnc.checks,
            callback=callback,
            owner=_owner(data, campaign.records.column, contact),
            previewed=_previewed(campaign, contact),
            facts=facts_of(data, campaign, contact_id) if campaign.choice.filters else None,
            list_time_zone=campaign.list_time_zone,
            zone_source=campaign.zone_source,
            persons=persons,
            calls=_calls(data, (*attempts, *theirs), before, but_for) if with_calls else (),
        ),
        highest_attempt_number=max(numbers, default=0),
    )


def _with_promised(contact: MemoryContact, callback: CandidateCallback | None) -> MemoryContact:
    """The number that a callback promises to call is theirs until then, behind their own."""
    if callback is None or callback.number in contact.numbers:
        return contact
    labels = contact.labels or ("",) * len(contact.numbers)
    return replace(contact, numbers=(*contact.numbers, callback.number), labels=(*labels, ""))


def _owner(data: FloorData, column: str, contact: MemoryContact) -> CandidateOwner | None:
    name = contact.data.get(column, "").strip() if column else ""
    if not name:
        return None
    for user in data.users:
        if user.active and name.lower() in (user.login, str(user.user_id)):
            return CandidateOwner(name=name, user_id=user.user_id, display_name=user.display_name)
    return CandidateOwner(name=name, user_id=None)


def _previewed(campaign: CampaignRow, contact: MemoryContact) -> bool:
    if not campaign.preview_column:
        return False
    value = contact.data.get(campaign.preview_column, "").strip().lower()
    return value in {wanted.strip().lower() for wanted in campaign.preview_values}


def _calls(
    data: FloorData,
    attempts: Iterable[MemoryAttempt],
    before: Sequence[EarlierCall],
    but_for: UUID | None,
) -> tuple[EarlierCall, ...]:
    """Those that were dialled, each once, and those of before."""
    dialled = {a.attempt_id: a for a in attempts if a.dialling_at is not None}
    dialled.pop(but_for, None)  # type: ignore[arg-type]
    persons = data.persons.of([*(a.number for a in dialled.values()), *(c.number for c in before)])
    earlier = [replace(call, person_id=persons.get(call.number)) for call in before]
    made = (
        EarlierCall(
            contact_id=a.contact_id,
            campaign_id=a.campaign_id,
            number=a.number,
            person_id=persons.get(a.number),
            dialled_at=a.dialling_at,
            result=None if a.result is None else str(a.result),
            ringing=a.ringing_at is not None,
            answered=a.answered_at is not None,
        )
        for a in dialled.values()
        if a.dialling_at is not None
    )
    return (*earlier, *made)


def limits_of(data: FloorData, campaign: CampaignRow) -> tuple[AttemptLimit, ...]:
    """The limits that a campaign is under."""
    return tuple(
        limit
        for limit in data.attempt_limits
        if limit.scope == "organisation" or limit.attempt_limit_id in campaign.attempt_limit_ids
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
        result_counts=known.result_counts,
    )


def _callback(data: FloorData, campaign_id: UUID, contact_id: UUID) -> CandidateCallback | None:
    callback = data.callbacks_by.open.get((campaign_id, contact_id))
    if callback is None:
        return None
    written = callback.written
    return CandidateCallback(
        callback_id=written.callback_id,
        due_at=written.due_at,
        number=written.number,
        owner_user_id=written.owner_user_id,
        owner_active=_active(data, written.owner_user_id),
        latest_at=written.latest_at,
    )


def _active(data: FloorData, user_id: UUID | None) -> bool:
    user = data.users.get(user_id) if user_id is not None else None
    return user is not None and user.active


def claim(data: FloorData, request: ClaimRequest, fencing: int, journal: Journal) -> ClaimAnswer:
    """Claim up to one contact for each agent of the request."""
    claiming = Claiming(
        request,
        organisation_law(data),
        limits=limits_of(data, request.campaign),
        known=data.known_terms,
    )
    wanted = claiming.wanted
    more = False
    if wanted:

        def take(contact_id: UUID) -> None:
            _take(data, claiming, contact_id)

        new = not request.previews_only and not claiming.promises_only
        if request.only is not None:
            take(request.only)
        else:
            if new:
                _look_at_skills(data, claiming)
            more = new and floor_order.follow(data, claiming, journal, take)
            if claiming.wanted:
                more = _due(data, claiming) or more
            if claiming.wanted and new:
                more = floor_order.fresh(data, claiming, journal, take) or more
        _write(data, claiming, fencing, journal)
        floor_dnc.want(data, claiming, journal)
        data.data_actions.want(claiming.data_wanted, request.now, journal)
    made = [attempt.row for attempt in claiming.attempts]
    finished = claiming.finished
    if wanted and not claiming.wanted:
        return ClaimAnswer(
            attempts=made,
            next_attempt_at=claiming.put_off_until,
            next_reason=claiming.put_off_by,
            exhausted=False,
            finished=finished,
            upcoming=claiming.upcoming,
            previews_waiting=claiming.previews_waiting,
        )
    campaign_id = request.campaign.campaign_id
    courses = data.courses_by.of(campaign_id)
    first = _first_promised(data, campaign_id) if claiming.promises_only else courses.first()
    following = None if first is None else data.courses[campaign_id, first].course
    nobody_new = floor_order.is_exhausted(data, request.campaign)
    return ClaimAnswer(
        attempts=made,
        next_attempt_at=following.next_attempt_at if following else None,
        next_reason=following.reason if following else "",
        unseen=not nobody_new,
        exhausted=(nobody_new and not courses.in_progress and following is None),
        more=more,
        finished=finished,
        previews_waiting=claiming.previews_waiting,
    )


def _first_promised(data: FloorData, campaign_id: UUID) -> UUID | None:
    """Of those who were promised a call that keeps no place, whoever is next."""
    waiting = [
        (known.course.next_attempt_at, contact_id)
        for (of_campaign, contact_id), callback in data.callbacks_by.open.items()
        if of_campaign == campaign_id
        and callback.written.place is None
        and (known := data.courses.get((campaign_id, contact_id))) is not None
        and known.course.state == "open"
        and known.course.next_attempt_at is not None
    ]
    return min(waiting)[1] if waiting else None


def _write(data: FloorData, claiming: Claiming, fencing: int, journal: Journal) -> None:
    for attempt in claiming.attempts:
        new = MemoryAttempt(row=attempt.row, fencing=fencing, because=attempt.because)
        check_attempt(data, new)
        data.attempts.put(attempt.row.attempt_id, new, journal)
        guard = claiming.law.guard
        if guard is not None and guard.counts and attempt.row.dialling_at is not None:
            row = attempt.row
            charge(data, guard, row.attempt_id, row.number, claiming.request.now, journal)
    write_usage(data, claiming.law.usage, journal)
    for course in claiming.courses:
        key = (course.campaign_id, course.contact_id)
        before = data.courses.get(key)
        if before is not None and course.last_attempt_at is None:
            course = replace(course, last_attempt_at=before.course.last_attempt_at)
        last_result = before.last_result if before else None
        counts = before.result_counts if before else {}
        kept = MemoryCourse(course=course, last_result=last_result, result_counts=counts)
        data.courses.put(key, kept, journal)
    floor_writes.write(data, claiming.callbacks, fencing, journal)
    floor_writes.write(data, claiming.ruled, fencing, journal)


def _due(data: FloorData, claiming: Claiming) -> bool:
    request = claiming.request
    campaign_id = request.campaign.campaign_id
    if not data.courses_by.of(campaign_id).any_due(request.now):
        return False
    at_most = claiming.wanted + 20
    looked = 0
    following = 0
    looks = claiming.looks
    owners = frozenset(claiming.owners)
    due = data.courses_by.of(campaign_id).due(request.now)
    for contact_id in due:
        if not _may_take(data, claiming, owners, looks, contact_id):
            continue
        if not claiming.wanted:
            if following == UPCOMING_AT_MOST:
                break
            following += 1
            claiming.see(data.contacts[contact_id].numbers)
        elif looked == at_most:
            break
        else:
            looked += 1
            _take(data, claiming, contact_id)
    due.close()
    return looked == at_most


def _look_at_skills(data: FloorData, claiming: Claiming) -> None:
    """Ask again about the first of those who have waited long for an agent with skills."""
    request = claiming.request
    if not asks_for_skills(request.campaign.rule_sets):
        return
    campaign_id = request.campaign.campaign_id
    waiting = data.courses_by.of(campaign_id).due(request.now - LOOK_AT_SKILLS)
    looked = 0
    for contact_id in waiting:
        if looked == LOOK_AT_SKILLS_MOST or not claiming.wanted:
            break
        if data.courses[campaign_id, contact_id].course.reason == SKILLS_WAIT:
            looked += 1
            _take(data, claiming, contact_id)
    waiting.close()


def _may_take(
    data: FloorData,
    claiming: Claiming,
    owners: frozenset[UUID],
    looks: bool,
    contact_id: UUID,
) -> bool:
    """Whether an agent of this claim may have the contact, as far as a query tells."""
    request, campaign = claiming.request, claiming.request.campaign
    kept = data.callbacks_by.open.get((campaign.campaign_id, contact_id))
    if (kept is None and claiming.promises_only) or (kept and kept.written.place):
        return False
    course = data.courses[campaign.campaign_id, contact_id].course
    reason = course.reason
    if reason == PREVIEW_WAITS:
        if not looks:
            return False
    elif request.previews_only:
        return False
    if reason == SKILLS_WAIT and not any(map(set(course.needs).issubset, claiming.abilities)):
        return False
    callback = _callback(data, campaign.campaign_id, contact_id)
    if callback is not None and callback.owner_user_id is not None:
        latest = callback.latest_at
        return (
            callback.owner_user_id in owners
            or callback.due_at <= claiming.bound_until
            or (latest is not None and latest <= request.now)
            or (claiming.takes_over and not callback.owner_active)
        )
    return reason not in OWNED or _owns(data, claiming, contact_id)


def _owns(data: FloorData, claiming: Claiming, contact_id: UUID) -> bool:
    campaign = claiming.request.campaign
    owner = _owner(data, campaign.records.column, data.contacts[contact_id])
    course = data.courses[campaign.campaign_id, contact_id].course
    since, given_up = course.next_attempt_at, claiming.given_up
    gone = since is not None and given_up is not None and since <= given_up
    return owner is None or gone or owner.user_id in claiming.request.agent_user_ids


def _take(data: FloorData, claiming: Claiming, contact_id: UUID) -> None:
    campaign = claiming.request.campaign
    with_calls = wants_calls(campaign, claiming.limits)
    found = find_candidate(data, campaign, contact_id, with_calls=with_calls)
    if found is not None:
        now = claiming.request.now
        facts = with_facts(data, found.candidate, claiming.law, now)
        rule_facts = _rule_facts(data, campaign, contact_id, now)
        if facts is not found.candidate or rule_facts is not None:
            found = replace(found, candidate=facts, rule_facts=rule_facts)
        claiming.take(found)


def _rule_facts(
    data: FloorData, campaign: CampaignRow, contact_id: UUID, now: datetime
) -> RuleFacts | None:
    if not needs_facts(campaign.rule_sets):
        return None
    facts = rule_facts_of(data, contact_id, campaign.list_time_zone)
    labels = labels_of(data.contacts[contact_id])
    named = (campaign.campaign_id, campaign.name)
    return data.data_actions.with_answers(campaign.rule_sets, facts, labels, named, now)


def recheck(
    data: FloorData,
    campaign: CampaignRow,
    attempt_id: UUID,
    number: str | None,
    now: datetime,
    journal: Journal,
) -> RecheckAnswer:
    """Ask all rules again for an offered attempt."""
    offered = data.attempts[attempt_id].row
    limits = limits_of(data, campaign)
    found = find_candidate(
        data,
        campaign,
        offered.contact_id,
        but_for=attempt_id,
        with_calls=wants_calls(campaign, limits),
    )
    if found is None:
        return RecheckAnswer(allowed=False, code="CONTACT_DELETED", retry_at=None, number=None)
    organisation = organisation_law(data)
    candidate = with_facts(data, found.candidate, law_of(campaign, organisation), now)
    answer = check_again(candidate, campaign, number or offered.number, now, organisation, limits)
    if answer.allowed and answer.number is not None:
        _count(data, organisation, answer.number, now, journal, attempt_id)
    return answer


def guard(
    data: FloorData, number: str, now: datetime, attempt_id: UUID | None, journal: Journal
) -> RecheckAnswer:
    """Ask the fraud guard about a call that is no attempt, and count it."""
    organisation = organisation_law(data)
    answer = check_guard(number, now, organisation)
    if answer.allowed:
        _count(data, organisation, number, now, journal, attempt_id, third_party=True)
    return answer


def _count(
    data: FloorData,
    organisation: OrganisationLaw,
    number: str,
    now: datetime,
    journal: Journal,
    attempt_id: UUID | None,
    *,
    third_party: bool = False,
) -> None:
    write_usage(data, organisation.usage, journal)
    if organisation.guard is not None and attempt_id is not None:
        charge(data, organisation.guard, attempt_id, number, now, journal, third_party=third_party)


def dnc_listed(data: FloorData, attempt_ids: Sequence[UUID], now: datetime) -> frozenset[UUID]:
    """Those of the attempts that a DNC list of their campaign stands against."""
    listed: set[UUID] = set()
    for attempt_id in attempt_ids:
        attempt = data.attempts.get(attempt_id)
        campaign = data.campaigns.get(attempt.campaign_id) if attempt is not None else None
        if attempt is None or campaign is None or attempt.state == "closed":
            continue
        found = find_candidate(data, campaign, attempt.contact_id)
        if found is not None and is_listed(found.candidate, attempt.row.number, now):
            listed.add(attempt_id)
    return frozenset(listed)
