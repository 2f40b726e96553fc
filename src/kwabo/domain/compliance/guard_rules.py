"""Rules of the guard against toll fraud: where may be called, how often, for how much."""

from __future__ import annotations

from datetime import datetime

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.domain.compliance.fraud_guard import calls_end, refusal, spend_end
from kwabo.kernel.verdict import ALLOWED, Denied, Later, Verdict


class _Guarded:
    """A number is out when the guard refuses it with this code."""

    code: str

    def silent(self, terms: CampaignTerms) -> bool:
        return terms.law.guard is None

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        guard = terms.law.guard
        refused = guard is not None and refusal(guard, number.number) == self.code
        return Denied(self.code) if refused else ALLOWED


class PrefixAllowed(_Guarded):
    """Satellite, premium and the organisation's own denied prefixes are never called."""

    code = "PREFIX_DENIED"


class CountryAllowed(_Guarded):
    """Only the organisation's countries are called."""

    code = "COUNTRY_NOT_ALLOWED"


class NumberTypeAllowed(_Guarded):
    """Only the organisation's kinds of numbers are called."""

    code = "NUMBER_TYPE_NOT_ALLOWED"


class WithinRateCap:
    """No more calls in a minute, an hour or a day than the organisation allows."""

    code = "RATE_CAP"

    def silent(self, terms: CampaignTerms) -> bool:
        return terms.law.guard is None or not terms.law.guard.caps

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        guard = terms.law.guard
        if guard is None or not guard.caps:
            return ALLOWED
        ends_at = calls_end(guard, terms.law.usage, number.number, now)
        return ALLOWED if ends_at is None else Later(self.code, ends_at)


class WithinSpendCap:
    """No call whose reserve would overdraw the day's or the month's budget."""

    code = "SPEND_CAP"

    def silent(self, terms: CampaignTerms) -> bool:
        return terms.law.guard is None or not terms.law.guard.spends

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        guard = terms.law.guard
        if guard is None or not guard.spends:
            return ALLOWED
        if any(guard.reserve(number.number) > most for _, most in guard.spend_caps):
            return Denied(self.code)
        ends_at = spend_end(guard, terms.law.usage, number.number, now)
        return ALLOWED if ends_at is None else Later(self.code, ends_at)


PLACE_RULES = (PrefixAllowed(), CountryAllowed(), NumberTypeAllowed())
CAP_RULES = (WithinRateCap(), WithinSpendCap())
GUARD_CODES = frozenset(rule.code for rule in (*PLACE_RULES, *CAP_RULES))
