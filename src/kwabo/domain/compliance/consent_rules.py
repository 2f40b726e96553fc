"""Rules about consent: where it is needed, the ledger proves it for this number and purpose."""

from __future__ import annotations

from datetime import datetime

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.domain.compliance.consents import standing
from kwabo.kernel.verdict import ALLOWED, Denied, Verdict


class _ConsentNot:
    """A number is out while the ledger says this of it."""

    code: str
    state: str

    def silent(self, terms: CampaignTerms) -> bool:
        return terms.law.consent_purpose is None

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        purpose = terms.law.consent_purpose
        if purpose is None:
            return ALLOWED
        lines = candidate.consents.get(number.number, ())
        return Denied(self.code) if standing(lines, purpose, now).state == self.state else ALLOWED


class ConsentGiven(_ConsentNot):
    """Nobody is called who has not agreed to it, where consent is needed."""

    code = "CONSENT_MISSING"
    state = "missing"


class ConsentNotWithdrawn(_ConsentNot):
    """Whoever has withdrawn consent is not called from then on."""

    code = "CONSENT_WITHDRAWN"
    state = "withdrawn"


class ConsentNotExpired(_ConsentNot):
    """Consent that was given until a date ends then."""

    code = "CONSENT_EXPIRED"
    state = "expired"


CONSENT_RULES = (ConsentGiven(), ConsentNotWithdrawn(), ConsentNotExpired())
CONSENT_CODES = frozenset(rule.code for rule in CONSENT_RULES)
