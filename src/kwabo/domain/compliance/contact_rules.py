"""Rules about the contact as a whole.

A due callback was promised to the person, so the limit on attempts, the recall delay and the
minimum gap do not stand against it; do-not-call, hours and uncallable marks do. The first call
since it fell due keeps the promise, whatever came of it, unless Kwabo took that call back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate
from kwabo.domain.compliance.limit_rules import contact_uses, verdict_of
from kwabo.domain.compliance.number_order import NEXT_NUMBER
from kwabo.domain.compliance.time_rules import TIME_CODES
from kwabo.kernel.verdict import ALLOWED, Denied, Later, Verdict

BUSY_SECONDS = 30  # until somebody who is in a call is looked at again


def promised(candidate: Candidate, now: datetime) -> bool:
    """A callback is due and nobody has called since."""
    callback = candidate.callback
    return callback is not None and callback.due_at <= now and not candidate.tried_since_due


def owed(candidate: Candidate) -> bool:
    """A callback, due or not yet, is still to be made."""
    return candidate.owed


def continues_round(candidate: Candidate) -> bool:
    """The contact's next number is called at once: the round of its numbers goes on."""
    course = candidate.course
    return (
        course is not None
        and course.reason == NEXT_NUMBER
        and course.last_attempt_at is not None
        and (candidate.dialled_at is None or candidate.dialled_at <= course.last_attempt_at)
    )


class NotInProgress:
    """Nobody is called twice at once, in whatever list, campaign and floor."""

    code = "IN_PROGRESS"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        busy = candidate.live_elsewhere or (
            candidate.course is not None and candidate.course.state == "in_progress"
        )
        return Later(self.code, now + timedelta(seconds=BUSY_SECONDS)) if busy else ALLOWED


class NotFinished:
    """A contact that has reached its end in this campaign stays there."""

    code = "FINISHED"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        course = candidate.course
        if course is not None and course.state == "finished" and not owed(candidate):
            return Denied(self.code)
        return ALLOWED


class ContactCallable:
    """A contact marked uncallable, by a person or a wrap-up code, is left alone (G9)."""

    code = "CONTACT_UNCALLABLE"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        return ALLOWED if candidate.callable else Denied(self.code)


class WithinAttemptLimit:
    """Deny a contact that has used up its attempts in the campaign or under a limit (G6)."""

    code = "ATTEMPT_LIMIT"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        attempts = candidate.course.attempts if candidate.course else 0
        if attempts >= terms.max_attempts and not owed(candidate):
            return Denied(self.code)
        return verdict_of(self.code, contact_uses(candidate, terms, now), owed=owed(candidate))


class CallbackNotEarlier:
    """A contact who was promised a callback is not called before it is due."""

    code = "CALLBACK_SCHEDULED"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        if candidate.callback is not None and candidate.callback.due_at > now:
            return Later(self.code, candidate.callback.due_at)
        return ALLOWED


class RecallDelayPassed:
    """After each result the campaign waits its own time before it tries again (G4)."""

    code = "RECALL_DELAY"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        course = candidate.course
        if course is None or course.next_attempt_at is None or promised(candidate, now):
            return ALLOWED
        if course.reason in TIME_CODES:
            return ALLOWED  # the hours themselves are asked
        return Later(self.code, course.next_attempt_at) if course.next_attempt_at > now else ALLOWED


class MinimumGapPassed:
    """Two attempts on one contact, in whatever campaign, are at least the minimum gap apart.

    A round over the contact's numbers is one attempt in this respect.
    """

    code = "MINIMUM_GAP"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        if candidate.dialled_at is None or promised(candidate, now):
            return ALLOWED
        if continues_round(candidate):
            return ALLOWED
        free_at = candidate.dialled_at + timedelta(seconds=terms.minimum_gap_seconds)
        return Later(self.code, free_at) if free_at > now else ALLOWED
