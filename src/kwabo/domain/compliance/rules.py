"""The ordered rules before an attempt (requirement G3), and the answer they give together.

The same list runs in the transaction that claims a contact and in `explain`: what a person reads is
what the dialler did. The first rule that objects decides.

Some rules are about the contact, others about each of its numbers. A number that a rule objects to
is out for the rules that follow; when no number is left, the contact is put off until the first
instant at which one of the rules that took a number out may have changed its mind. A rule may say
that the terms of a campaign leave it no objection to anybody (`silent`): it is asked no more then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.domain.compliance.consent_rules import CONSENT_RULES
from kwabo.domain.compliance.contact_rules import (
    CallbackNotEarlier,
    ContactCallable,
    MinimumGapPassed,
    NotFinished,
    NotInProgress,
    RecallDelayPassed,
    WithinAttemptLimit,
)
from kwabo.domain.compliance.dnc import DncChecked, NotOnDncList
from kwabo.domain.compliance.filter_rules import MatchesFilter
from kwabo.domain.compliance.guard_rules import CAP_RULES, PLACE_RULES
from kwabo.domain.compliance.law_rules import (
    CampaignLawful,
    RedialGapPassed,
    WithinLawfulFrequency,
    WithinLawfulHours,
)
from kwabo.domain.compliance.limit_rules import WithinNumberLimit, WithinPersonLimit
from kwabo.domain.compliance.number_order import choose_number
from kwabo.domain.compliance.number_rules import NumberCallable
from kwabo.domain.compliance.screening import ScreeningCurrent
from kwabo.domain.compliance.time_rules import (
    NotOnDateException,
    NotOnHoliday,
    TimeZoneKnown,
    WithinCallableTime,
)
from kwabo.kernel.records import quickly_made
from kwabo.kernel.verdict import ALLOWED, Allowed, Denied, Later, Verdict


class ContactRule(Protocol):
    """One reason why a contact may not be called."""

    code: str

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict: ...


class NumberRule(Protocol):
    """One reason why one of a contact's numbers may not be called."""

    code: str

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict: ...


Rule = ContactRule | NumberRule

RULES: tuple[Rule, ...] = (
    NotInProgress(),
    NotFinished(),
    CampaignLawful(),
    ScreeningCurrent(),
    MatchesFilter(),
    ContactCallable(),
    NumberCallable(),
    NotOnDncList(),
    DncChecked(),
    *CONSENT_RULES,
    *PLACE_RULES,
    WithinAttemptLimit(),
    WithinNumberLimit(),
    WithinPersonLimit(),
    CallbackNotEarlier(),
    RecallDelayPassed(),
    MinimumGapPassed(),
    RedialGapPassed(),
    WithinLawfulFrequency(),
    TimeZoneKnown(),
    NotOnHoliday(),
    NotOnDateException(),
    WithinCallableTime(),
    WithinLawfulHours(),
    *CAP_RULES,
)

# Instants that are looked at for the next attempt; rules whose windows never meet have none.
_LONGEST_SEARCH = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule's answer; a number rule allows while one number is left."""

    code: str
    verdict: Verdict


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCheck:
    """What the rules say of one number: ALLOWED, or the first objection to it."""

    number: str
    verdict: Verdict


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What all rules say together."""

    checks: tuple[Check, ...]  # in order; the last one is the first that objects, if any does
    verdict: Verdict
    numbers: tuple[NumberCheck, ...]  # in the contact's order, as far as the rules were asked
    number: str | None  # to be called, when allowed
    next_attempt_at: (
        datetime | None
    )  # the earliest instant at which no rule objects as things stand

    @property
    def callable_numbers(self) -> frozenset[str]:
        """The numbers that no rule objects to."""
        return frozenset(n.number for n in self.numbers if isinstance(n.verdict, Allowed))


@dataclass(slots=True)
class _Round:
    """The rules asked once, for one instant."""

    checks: tuple[Check, ...]
    verdict: Verdict
    left: tuple[CandidateNumber, ...]  # numbers that no rule has objected to
    objections: dict[str, Verdict]  # number → the first objection


class _Questions:
    """Rules, made ready to be asked of one contact after the other."""

    __slots__ = ("_all", "_of_campaigns", "agreed")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._all: list[_Question] = [
            (
                at,
                rule.code,
                getattr(rule, "check", None),
                getattr(rule, "check_number", None),
                getattr(rule, "silent", None),
            )
            for at, rule in enumerate(rules)
        ]
        self.agreed = tuple(Check(code=rule.code, verdict=ALLOWED) for rule in rules)
        # Good for the very object of terms: they never change, a campaign gets others.
        self._of_campaigns: dict[UUID, tuple[CampaignTerms, list[_Question]]] = {}

    def under(self, terms: CampaignTerms) -> list[_Question]:
        """Those that may object to somebody under these terms."""
        known = self._of_campaigns.get(terms.campaign_id)
        if known is not None and known[0] is terms:
            return known[1]
        if len(self._of_campaigns) >= _MOST_CAMPAIGNS:
            self._of_campaigns.clear()
        asked = [one for one in self._all if one[4] is None or not one[4](terms)]
        self._of_campaigns[terms.campaign_id] = (terms, asked)
        return asked


# Place among the rules, code, the question about the contact or that about a number, and whether
# there is anything to ask.
_Question = tuple[
    int, str, Callable[..., Verdict] | None, Any, Callable[[CampaignTerms], bool] | None
]
_MOST_CAMPAIGNS = 256


@lru_cache(maxsize=64)
def _questions(rules: tuple[Rule, ...]) -> _Questions:
    return _Questions(rules)


# A call in progress will have ended by then, and a provider will have answered.
_PASSING = (NotInProgress.code, DncChecked.code)


@lru_cache(maxsize=64)
def _questions_ahead(rules: tuple[Rule, ...]) -> _Questions:
    """Those that are asked about an instant to come."""
    return _Questions([rule for rule in rules if rule.code not in _PASSING])


def assess(
    candidate: Candidate,
    terms: CampaignTerms,
    now: datetime,
    rules: Sequence[Rule] = RULES,
) -> Assessment:
    """Ask the rules in order; the first that objects decides."""
    rules = tuple(rules)
    asked = _ask(candidate, terms, now, _questions(rules))
    allowed = isinstance(asked.verdict, Allowed)
    return Assessment(
        checks=asked.checks,
        verdict=asked.verdict,
        numbers=tuple(
            [
                NumberCheck(number=n.number, verdict=asked.objections.get(n.number, ALLOWED))
                for n in candidate.numbers
            ]
        ),
        number=choose_number(candidate, asked.left, now, terms) if allowed else None,
        next_attempt_at=now if allowed else _next_allowed(candidate, terms, asked.verdict, rules),
    )


def _ask(
    candidate: Candidate, terms: CampaignTerms, now: datetime, questions: _Questions
) -> _Round:
    left = candidate.numbers
    objections: dict[str, Verdict] = {}
    for at, code, about_contact, about_number, _ in questions.under(terms):
        verdict: Verdict = ALLOWED
        if about_number is None:
            verdict = about_contact(candidate, terms, now)  # type: ignore[misc]
        else:
            out: list[CandidateNumber] = []
            for number in left:
                objection = about_number(candidate, number, terms, now)
                if objection is not ALLOWED and not isinstance(objection, Allowed):
                    objections[number.number] = objection
                    out.append(number)
            if out:
                left = tuple([number for number in left if number not in out])
            if not left:
                verdict = _none_left(code, objections)
        if verdict is not ALLOWED and not isinstance(verdict, Allowed):
            checks = (*questions.agreed[:at], Check(code=code, verdict=verdict))
            return _Round(checks, verdict, left, objections)
    return _Round(questions.agreed, ALLOWED, left, objections)


def _none_left(code: str, objections: dict[str, Verdict]) -> Verdict:
    """The rule that took the last number out names the reason; any of them may end first."""
    ends = [verdict.retry_at for verdict in objections.values() if isinstance(verdict, Later)]
    return Later(code, min(ends)) if ends else Denied(code)


def _next_allowed(
    candidate: Candidate, terms: CampaignTerms, verdict: Verdict, rules: tuple[Rule, ...]
) -> datetime | None:
    """Follow `Later` answers to the first instant at which every rule agrees (None: never)."""
    ahead = _questions_ahead(rules)
    for _ in range(_LONGEST_SEARCH):
        if not isinstance(verdict, Later):
            return None
        at = verdict.retry_at
        verdict = _ask(candidate, terms, at, ahead).verdict
        if isinstance(verdict, Allowed):
            return at
    return None
