"""Rules about each of a contact's numbers: a contact can be called while one number passes all."""

from __future__ import annotations

from datetime import datetime

from kwabo.domain.compliance.callable_time import zone
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.kernel.verdict import ALLOWED, Denied, Later, Verdict


class NumberCallable:
    """A number marked uncallable, by a person, a result or a wrap-up code, is left alone (G9)."""

    code = "NO_CALLABLE_NUMBER"

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        return ALLOWED if number.callable else Denied(self.code)


class TimeZoneKnown:
    """Where the time zone is not known, lawful hours cannot be kept."""

    code = "TIME_ZONE_UNKNOWN"

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        return ALLOWED if zone(candidate.time_zone) is not None else Denied(self.code)


class WithinCallableTime:
    """Calls are made in the campaign's hours, in the contact's own time zone (G3)."""

    code = "OUTSIDE_CALLABLE_TIME"

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        where = zone(candidate.time_zone)
        if where is None or terms.callable_time.contains(now, where):
            return ALLOWED
        opens_at = terms.callable_time.next_open(now, where)
        return Denied(self.code) if opens_at is None else Later(self.code, opens_at)
