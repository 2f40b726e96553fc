"""The campaign's contact list filters, as a rule."""

from __future__ import annotations

from datetime import datetime

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate
from kwabo.domain.compliance.contact_rules import owed
from kwabo.domain.contacts.filters.evaluate import matches, next_change
from kwabo.domain.contacts.filters.facts import ContactFacts
from kwabo.domain.contacts.filters.in_use import zone_of
from kwabo.domain.contacts.filters.sentences import why_not
from kwabo.domain.contacts.filters.times import Present
from kwabo.kernel.verdict import ALLOWED, Denied, Later, Verdict

FILTERED = "FILTERED"


class MatchesFilter:
    """Skip a contact that a filter of the campaign keeps out; a callback that is owed is made.

    Skipped is not finished: the contact is asked about again when it or the filters change, or at
    the instant from which a relative date may let it through (OUT-21, OUT-23).
    """

    code = FILTERED

    def silent(self, terms: CampaignTerms) -> bool:
        return not terms.choice.filters

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        if not terms.choice.filters or owed(candidate):
            return ALLOWED
        facts = candidate.facts or ContactFacts()
        return filter_verdict(terms, facts, now)


def filter_verdict(terms: CampaignTerms, facts: ContactFacts, now: datetime) -> Verdict:
    """What the campaign's filters say of a contact with these values."""
    present = Present(now, zone_of(terms.list_time_zone))
    failing = [node for node in terms.choice.nodes if not matches(node, facts, present)]
    if not failing:
        return ALLOWED
    # Each failing one must change; when the last of them may is the first chance.
    changes = [next_change(node, facts, present) for node in failing]
    known = [change for change in changes if change is not None]
    return Later(FILTERED, max(known)) if len(known) == len(changes) else Denied(FILTERED)


def filter_sentence(
    candidate: Candidate, terms: CampaignTerms, now: datetime, language: str
) -> str:
    """Which parts of which filters keep the contact out, with its values."""
    present = Present(now, zone_of(terms.list_time_zone))
    facts = candidate.facts or ContactFacts()
    told = (why_not(one.name, one.node, facts, present, language) for one in terms.choice.filters)
    return " ".join(sentence for sentence in told if sentence)
