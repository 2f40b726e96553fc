"""The rules of attempt limits: per contact, per number and per person.

What they count was read in the transaction that claims the contact, behind a lock under which the
organisation's claims take turns: no two of them count the same room.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kwabo.domain.compliance.attempt_limits import AttemptLimit, LimitUse, calls_under, use_of
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.kernel.verdict import ALLOWED, Denied, Later, Verdict


def contact_uses(candidate: Candidate, terms: CampaignTerms, now: datetime) -> list[LimitUse]:
    """The use of each limit per contact."""
    limits = _of(terms, "contact")
    if not limits:
        return []
    calls = [call for call in candidate.calls if call.contact_id == candidate.contact_id]
    return [use_of(limit, calls_under(limit, calls, terms.campaign_id), now) for limit in limits]


def number_uses(
    candidate: Candidate, number: str, terms: CampaignTerms, now: datetime
) -> list[LimitUse]:
    """The use of each limit per number by one number."""
    limits = _of(terms, "number")
    if not limits:
        return []
    calls = [call for call in candidate.calls if call.number == number]
    return [
        use_of(limit, calls_under(limit, calls, terms.campaign_id), now, number) for limit in limits
    ]


def person_uses(
    candidate: Candidate, person_id: UUID | None, terms: CampaignTerms, now: datetime
) -> list[LimitUse]:
    """The use of each limit per person by the person to whom a number belongs."""
    limits = _of(terms, "person") if person_id is not None else []
    if not limits:
        return []
    calls = [call for call in candidate.calls if call.person_id == person_id]
    return [use_of(limit, calls_under(limit, calls, terms.campaign_id), now) for limit in limits]


def uses(candidate: Candidate, terms: CampaignTerms, now: datetime) -> list[LimitUse]:
    """The use of every limit, for people to read."""
    found = contact_uses(candidate, terms, now)
    persons: set[UUID | None] = set()
    for number in candidate.numbers:
        found += number_uses(candidate, number.number, terms, now)
        person_id = candidate.persons.get(number.number)
        if person_id not in persons:
            persons.add(person_id)
            found += person_uses(candidate, person_id, terms, now)
    return found


def _of(terms: CampaignTerms, per: str) -> list[AttemptLimit]:
    limits = terms.attempt_limits
    return [limit for limit in limits if limit.per == per] if limits else []


def verdict_of(code: str, found: list[LimitUse], *, owed: bool) -> Verdict:
    """The longest wait of the limits that are used up.

    `owed`: a promised callback is still to be made; limits of the campaign's own yield to it.
    """
    if not found:
        return ALLOWED
    full = [use for use in found if use.full and not (owed and use.limit.scope == "campaign")]
    if not full:
        return ALLOWED
    ends = [use.free_at for use in full if use.free_at is not None]
    return Later(code, max(ends)) if len(ends) == len(full) else Denied(code)


class WithinNumberLimit:
    """A number that has been called as often as a limit allows is left alone (OUT-33, OUT-80)."""

    code = "NUMBER_LIMIT"

    def silent(self, terms: CampaignTerms) -> bool:
        return not terms.attempt_limits

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        found = number_uses(candidate, number.number, terms, now)
        return verdict_of(self.code, found, owed=candidate.owed)


class WithinPersonLimit:
    """A person's numbers, of all lists, are called together as often as a limit allows (idea 5)."""

    code = "PERSON_LIMIT"

    def silent(self, terms: CampaignTerms) -> bool:
        return not terms.attempt_limits

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        person_id = candidate.persons.get(number.number)
        return verdict_of(
            self.code, person_uses(candidate, person_id, terms, now), owed=candidate.owed
        )
