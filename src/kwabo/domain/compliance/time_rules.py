"""Rules about the hours at which a number may be called, where it is (requirement G3).

Each says when the hours open again, all of the set's reasons taken together. So a contact is put
off to the instant at which the call is lawful, whichever rule objected first.
"""

from __future__ import annotations

from datetime import datetime

from kwabo.domain.compliance.callable_hours import (
    DATE_EXCEPTION,
    HOLIDAY,
    HOURS_CODES,
    OUTSIDE_CALLABLE_TIME,
    Standing,
    hours_of,
)
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.domain.compliance.number_zones import NumberZones, zones_of
from kwabo.kernel.verdict import ALLOWED, Denied, Later, Verdict

# A contact that one of these put off waits for nothing but the hours.
TIME_CODES = ("TIME_ZONE_UNKNOWN", *HOURS_CODES)


def standing_of(
    candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
) -> tuple[NumberZones, Standing]:
    """Where the number may be, and what the campaign's hours say of it."""
    hours = hours_of(terms.callable_time, terms.callable_time_set)
    places = zones_of(candidate, number)
    return places, hours.at(places.zones, places.country, now)


class TimeZoneKnown:
    """Where nobody knows the time zone, a set needs hours for that, else nobody calls (TCPA)."""

    code = "TIME_ZONE_UNKNOWN"

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        if zones_of(candidate, number).zones:
            return ALLOWED
        hours = hours_of(terms.callable_time, terms.callable_time_set)
        return ALLOWED if hours.serves_unknown_zones else Denied(self.code)


class _Hours:
    """An objection of the campaign's hours, of one kind."""

    code: str

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        _, standing = standing_of(candidate, number, terms, now)
        if standing.open or standing.code != self.code:
            return ALLOWED
        opens_at = standing.opens_at
        return Denied(self.code) if opens_at is None else Later(self.code, opens_at)


class NotOnHoliday(_Hours):
    """Nobody is called on public holidays that the set closes (D. 223-9 C. conso)."""

    code = HOLIDAY

    def silent(self, terms: CampaignTerms) -> bool:
        return terms.callable_time_set is None or not terms.callable_time_set.rules.holidays


class NotOnDateException(_Hours):
    """A date that the callable time set sets apart has its own hours, or none (G8)."""

    code = DATE_EXCEPTION

    def silent(self, terms: CampaignTerms) -> bool:
        return terms.callable_time_set is None or not terms.callable_time_set.rules.exceptions


class WithinCallableTime(_Hours):
    """Calls are made in the campaign's hours, by the clock where the number is (G3, TCPA)."""

    code = OUTSIDE_CALLABLE_TIME
