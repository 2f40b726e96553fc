"""Rules of the country's preset: lawful settings, hours, frequency, gaps between calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber, PastCalls
from kwabo.domain.compliance.law import Law
from kwabo.domain.compliance.lawful_hours import lawful_hours, likely_zones
from kwabo.kernel.verdict import ALLOWED, Denied, Later, Verdict

LOOK_AGAIN = timedelta(seconds=60)
_NONE = PastCalls()


class CampaignLawful:
    """A campaign whose settings are laxer than its preset calls nobody until they are mended."""

    code = "CAMPAIGN_NOT_LAWFUL"

    def silent(self, terms: CampaignTerms) -> bool:
        return not terms.law.objections

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        return Later(self.code, now + LOOK_AGAIN) if terms.law.objections else ALLOWED


class WithinLawfulHours:
    """Calls are made in the hours that the preset allows, in every zone the number may be in."""

    code = "OUTSIDE_LAWFUL_HOURS"

    def silent(self, terms: CampaignTerms) -> bool:
        return not terms.law.preset.hours

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        preset = terms.law.preset
        if not preset.hours:
            return ALLOWED
        zones = likely_zones(candidate, number)
        if not zones:
            return Denied(self.code)
        standing = lawful_hours(preset.hours, preset.holidays).at(zones, None, now)
        if standing.open:
            return ALLOWED
        opens_at = standing.opens_at
        return Denied(self.code) if opens_at is None else Later(self.code, opens_at)


class WithinLawfulFrequency:
    """A number is called at most so often in so many days by one legal entity, campaigns together.

    Every call that was dialled counts, those in progress too.
    """

    code = "LAWFUL_FREQUENCY"

    def silent(self, terms: CampaignTerms) -> bool:
        return terms.law.preset.frequency_calls is None

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        most, days = terms.law.preset.frequency_calls, terms.law.preset.frequency_days
        if most is None or days is None:
            return ALLOWED
        window = timedelta(days=days)
        past = candidate.past_calls.get(number.number, _NONE)
        within = sorted(at for at in past.dialled_at if at > now - window)
        return ALLOWED if len(within) < most else Later(self.code, within[-most] + window)


class RedialGapPassed:
    """After an abandoned call, a machine or a refusal the number is left alone for a while."""

    code = "REDIAL_GAP"

    def silent(self, terms: CampaignTerms) -> bool:
        return not terms.law.preset.redial_gaps

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        ends = redial_ends(terms.law, candidate.past_calls.get(number.number, _NONE))
        return Later(self.code, max(ends)) if ends and max(ends) > now else ALLOWED


def redial_ends(law: Law, past: PastCalls) -> list[datetime]:
    """When each gap that was set off ends."""
    preset = law.preset
    ends = []
    if not law.agent_is_guaranteed:
        if past.abandoned_at is not None and preset.redial_after_abandoned_hours is not None:
            hours = timedelta(hours=preset.redial_after_abandoned_hours)
            ends.append(past.abandoned_at + hours)
        if past.machine_at is not None and preset.redial_after_machine_hours is not None:
            ends.append(past.machine_at + timedelta(hours=preset.redial_after_machine_hours))
    if past.refused_at is not None and preset.redial_after_refusal_days is not None:
        ends.append(past.refused_at + timedelta(days=preset.redial_after_refusal_days))
    return ends
