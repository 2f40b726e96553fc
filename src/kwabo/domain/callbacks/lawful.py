"""Whether a callback could be made at a time, by the rules that will be asked then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateCallback
from kwabo.domain.compliance.rules import assess
from kwabo.kernel.verdict import Allowed

ALLOWED = "CALLABLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawfulTime:
    """What the rules say of a time."""

    allowed: bool
    code: str  # of the rule that objects, or CALLABLE
    next_at: datetime | None  # the earliest time from then on to which none objects; None: never


def lawful_time(
    candidate: Candidate, terms: CampaignTerms, number: str | None, at: datetime
) -> LawfulTime:
    """Ask the rules about a callback due at this time, as if the contact were not busy.

    `number`: the one to be called; None, or one that the contact no longer has: any of its numbers.
    """
    numbers = tuple(n for n in candidate.numbers if n.number == number) or candidate.numbers
    promise = CandidateCallback(
        callback_id=candidate.callback.callback_id if candidate.callback else UUID(int=0),
        due_at=at,
        number=number or "",
        owner_user_id=None,
    )
    asked = replace(
        candidate,
        numbers=numbers,
        course=None,
        live_elsewhere=False,
        callback=promise,
    )
    assessment = assess(asked, terms, at)
    verdict = assessment.verdict
    allowed = isinstance(verdict, Allowed)
    return LawfulTime(
        allowed=allowed,
        code=ALLOWED if isinstance(verdict, Allowed) else verdict.code,
        next_at=at if allowed else assessment.next_attempt_at,
    )
