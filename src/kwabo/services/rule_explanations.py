"""What the rules before a call would do with a contact now, for people; nothing of it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kwabo.domain.campaigns.explanation import ExplainedRule, ExplainedRules, sentence
from kwabo.domain.campaigns.rule_sets.document import RuleSet
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate
from kwabo.domain.compliance.contact_rules import promised
from kwabo.domain.compliance.rules import assess
from kwabo.services.rulings import before_call, in_turn


def explain_rules(
    rule_sets: Sequence[RuleSet],
    facts: ContactFacts,
    candidate: Candidate,
    terms: CampaignTerms,
    now: datetime,
    language: str,
) -> ExplainedRules:
    """Asked about the numbers that may be called, as a claim does; about all if none may."""
    numbers = in_turn(candidate, assess(candidate, terms, now))
    if not numbers:
        numbers = [number for number in candidate.numbers if number.callable]
    before = before_call(
        rule_sets,
        facts,
        numbers,
        campaign_id=terms.campaign_id,
        promised=promised(candidate, now),
        now=now,
    )
    code = before.reason if numbers and before.number is None else ""
    return ExplainedRules(
        fired=tuple(
            ExplainedRule(
                rule_set_id=one.rule_set_id,
                rule_set_name=one.rule_set_name,
                rule=one.rule,
                name=one.name,
                number=one.number,
                actions=one.actions,
            )
            for one in before.fired
        ),
        code=code,
        message=sentence(code, language) if code else "",
        number=before.number,
        again_at=before.again_at,
        data=before.data,
        preview=before.preview,
        caller_id=before.caller_id,
        skills=before.skills,
    )
