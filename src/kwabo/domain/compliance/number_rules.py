"""Rules about each of a contact's numbers: a contact can be called while one number passes all."""

from __future__ import annotations

from datetime import datetime

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.kernel.verdict import ALLOWED, Denied, Verdict


class NumberCallable:
    """A number marked uncallable, by a person, a result or a wrap-up code, is left alone (G9)."""

    code = "NO_CALLABLE_NUMBER"

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        return ALLOWED if number.callable else Denied(self.code)
