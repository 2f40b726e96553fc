"""The ordered rules before an attempt (requirement G3), and the answer they give together.

The same list runs in the transaction that claims a contact and in `explain`: what a person reads is
what the dialler did. The first rule that objects decides.

A due callback was promised to the person, so the limit on attempts, the recall delay and the
minimum gap do not stand against it; do-not-call, hours and uncallable marks do. The first call
since it fell due keeps the promise, whatever came of it, unless Kwabo took that call back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from kwabo.domain.compliance.callable_time import zone
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate
from kwabo.kernel.verdict import Allowed, Denied, Later, Verdict

ALLOWED = Allowed()


class Rule(Protocol):
    """One reason why a contact may not be called."""

    code: str

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict: ...


def _tried_since_due(candidate: Candidate) -> bool:
    callback, course = candidate.callback, candidate.course
    if callback is None or course is None or course.last_attempt_at is None:
        return False
    return course.last_attempt_at >= callback.due_at


def _promised(candidate: Candidate, now: datetime) -> bool:
    """A callback is due and nobody has called since."""
    callback = candidate.callback
    return callback is not None and callback.due_at <= now and not _tried_since_due(candidate)


def _owed(candidate: Candidate) -> bool:
    """A callback, due or not yet, is still to be made."""
    if candidate.callback is None:
        return False
    taken_back = candidate.course is not None and candidate.course.last_result == "cancelled"
    return taken_back or not _tried_since_due(candidate)


def _on_dnc(candidate: Candidate, number: str, now: datetime) -> bool:
    if number not in candidate.dnc:
        return False
    expires_at = candidate.dnc[number]
    return expires_at is None or expires_at > now


def usable_numbers(candidate: Candidate, now: datetime) -> list[str]:
    """Numbers that are neither marked uncallable nor on the DNC list at `now`."""
    return [
        number.number
        for number in candidate.numbers
        if number.callable and not _on_dnc(candidate, number.number, now)
    ]


def choose_number(candidate: Candidate, now: datetime) -> str | None:
    """The number to call: the callback's, else each usable number in turn, attempt by attempt."""
    usable = usable_numbers(candidate, now)
    if not usable:
        return None
    callback = candidate.callback
    if callback and _owed(candidate) and callback.due_at <= now and callback.number in usable:
        return callback.number
    attempts = candidate.course.attempts if candidate.course else 0
    return usable[attempts % len(usable)]


class NotInProgress:
    """Nobody is called twice at once, in whatever campaign."""

    code = "IN_PROGRESS"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        busy = candidate.live_elsewhere or (
            candidate.course is not None and candidate.course.state == "in_progress"
        )
        return Later(self.code, now + timedelta(seconds=30)) if busy else ALLOWED


class NotFinished:
    """A contact that has reached its end in this campaign stays there."""

    code = "FINISHED"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        course = candidate.course
        if course is not None and course.state == "finished" and not _owed(candidate):
            return Denied(self.code)
        return ALLOWED


class ContactCallable:
    """A contact marked uncallable, by a person or a wrap-up code, is left alone (G9)."""

    code = "CONTACT_UNCALLABLE"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        return ALLOWED if candidate.callable else Denied(self.code)


class HasCallableNumber:
    """At least one number is not marked uncallable."""

    code = "NO_CALLABLE_NUMBER"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        return ALLOWED if any(n.callable for n in candidate.numbers) else Denied(self.code)


class NotOnDncList:
    """At least one callable number is off the DNC list; entries count until they expire (G8)."""

    code = "DNC_LISTED"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        if usable_numbers(candidate, now):
            return ALLOWED
        expiries = [
            candidate.dnc[n.number]
            for n in candidate.numbers
            if n.callable and n.number in candidate.dnc
        ]
        dated = [expiry for expiry in expiries if expiry is not None]
        return Later(self.code, min(dated)) if dated else Denied(self.code)


class WithinAttemptLimit:
    """Deny a contact that has used up its attempts (G6)."""

    code = "ATTEMPT_LIMIT"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        attempts = candidate.course.attempts if candidate.course else 0
        if attempts >= terms.max_attempts and not _owed(candidate):
            return Denied(self.code)
        return ALLOWED


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
        if course is None or course.next_attempt_at is None or _promised(candidate, now):
            return ALLOWED
        return Later(self.code, course.next_attempt_at) if course.next_attempt_at > now else ALLOWED


class MinimumGapPassed:
    """Two attempts on one contact, in whatever campaign, are at least the minimum gap apart."""

    code = "MINIMUM_GAP"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        if candidate.dialled_at is None or _promised(candidate, now):
            return ALLOWED
        free_at = candidate.dialled_at + timedelta(seconds=terms.minimum_gap_seconds)
        return Later(self.code, free_at) if free_at > now else ALLOWED


class TimeZoneKnown:
    """Where the contact's time zone is not known, lawful hours cannot be kept."""

    code = "TIME_ZONE_UNKNOWN"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        return ALLOWED if zone(candidate.time_zone) is not None else Denied(self.code)


class WithinCallableTime:
    """Calls are made in the campaign's hours, in the contact's own time zone (G3)."""

    code = "OUTSIDE_CALLABLE_TIME"

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        where = zone(candidate.time_zone)
        if where is None or terms.callable_time.contains(now, where):
            return ALLOWED
        opens_at = terms.callable_time.next_open(now, where)
        return Denied(self.code) if opens_at is None else Later(self.code, opens_at)


RULES: tuple[Rule, ...] = (
    NotInProgress(),
    NotFinished(),
    ContactCallable(),
    HasCallableNumber(),
    NotOnDncList(),
    WithinAttemptLimit(),
    CallbackNotEarlier(),
    RecallDelayPassed(),
    MinimumGapPassed(),
    TimeZoneKnown(),
    WithinCallableTime(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule's answer."""

    code: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What all rules say together."""

    checks: tuple[Check, ...]  # in order; the last one is the first that objects, if any does
    verdict: Verdict
    number: str | None  # to be called, when allowed
    next_attempt_at: (
        datetime | None
    )  # the earliest instant at which no rule objects as things stand


def assess(
    candidate: Candidate,
    terms: CampaignTerms,
    now: datetime,
    rules: Sequence[Rule] = RULES,
) -> Assessment:
    """Ask the rules in order; the first that objects decides."""
    checks: list[Check] = []
    for rule in rules:
        verdict = rule.check(candidate, terms, now)
        checks.append(Check(code=rule.code, verdict=verdict))
        if not isinstance(verdict, Allowed):
            return Assessment(
                checks=tuple(checks),
                verdict=verdict,
                number=None,
                next_attempt_at=_next_allowed(candidate, terms, verdict, rules),
            )
    return Assessment(
        checks=tuple(checks),
        verdict=ALLOWED,
        number=choose_number(candidate, now),
        next_attempt_at=now,
    )


def _next_allowed(
    candidate: Candidate, terms: CampaignTerms, verdict: Verdict, rules: Sequence[Rule]
) -> datetime | None:
    """Follow `Later` answers to the first instant at which every rule agrees (None: never)."""
    for _ in range(4 * len(rules)):
        if isinstance(verdict, Allowed | Denied):
            return None
        at = verdict.retry_at
        following: Verdict = ALLOWED
        for rule in rules:
            if rule.code == NotInProgress.code:
                continue  # a call in progress will have ended by then
            following = rule.check(candidate, terms, at)
            if not isinstance(following, Allowed):
                break
        if isinstance(following, Allowed):
            return at
        verdict = following
    return None
