"""Asking again right before a call: an offered contact, a listed number, a third party's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.domain.compliance.candidate import Candidate
from kwabo.domain.compliance.dnc import matches
from kwabo.domain.compliance.fraud_guard import calls_end, refusal, spend_end
from kwabo.domain.compliance.law import OrganisationLaw
from kwabo.domain.compliance.rules import assess
from kwabo.kernel.verdict import Allowed, Later
from kwabo.ports.floor_claims import RecheckAnswer
from kwabo.ports.floor_rows import CampaignRow
from kwabo.services.claims import NO_ORGANISATION_LAW, proof_of, terms_of


def check_again(
    candidate: Candidate,
    campaign: CampaignRow,
    number: str,
    now: datetime,
    organisation: OrganisationLaw = NO_ORGANISATION_LAW,
    limits: Sequence[AttemptLimit] = (),
) -> RecheckAnswer:
    """Ask all rules about an offered contact, on this one of its numbers.

    When they agree, the call counts in the organisation's usage.
    """
    numbers = tuple(n for n in candidate.numbers if n.number == number)
    if not numbers:
        return RecheckAnswer(allowed=False, code="NUMBER_UNKNOWN", retry_at=None, number=None)
    terms = terms_of(campaign, organisation, limits)
    assessment = assess(replace(candidate, numbers=numbers), terms, now)
    verdict = assessment.verdict
    if isinstance(verdict, Allowed):
        guard = terms.law.guard
        if guard is not None and guard.counts:
            terms.law.usage.take(guard, number, now)
        return RecheckAnswer(
            allowed=True,
            code="CALLABLE",
            retry_at=None,
            number=number,
            proof=proof_of(candidate, terms.law, number, now),
        )
    retry_at = verdict.retry_at if isinstance(verdict, Later) else None
    return RecheckAnswer(allowed=False, code=verdict.code, retry_at=retry_at, number=None)


def is_listed(candidate: Candidate, number: str, now: datetime) -> bool:
    """Whether a DNC list or a provider stands against calling this number now."""
    return bool(matches(candidate, number, now))


def check_guard(number: str, now: datetime, organisation: OrganisationLaw) -> RecheckAnswer:
    """Ask the fraud guard alone: for third parties and agents' telephones."""
    guard = organisation.guard
    refused: str | None = None
    retry_at: datetime | None = None
    if guard is not None:
        refused = refusal(guard, number)
        if refused is None and guard.caps:
            retry_at = calls_end(guard, organisation.usage, number, now)
            refused = "RATE_CAP" if retry_at is not None else None
        if refused is None and guard.spends:
            retry_at = spend_end(guard, organisation.usage, number, now)
            refused = "SPEND_CAP" if retry_at is not None else None
        if refused is None and guard.counts:
            organisation.usage.take(guard, number, now)
    if refused is not None:
        return RecheckAnswer(allowed=False, code=refused, retry_at=retry_at, number=None)
    return RecheckAnswer(allowed=True, code="CALLABLE", retry_at=None, number=number)
