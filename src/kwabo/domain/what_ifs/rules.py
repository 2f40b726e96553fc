"""The rules of a campaign that a simulated day keeps, and what was before that day for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kwabo.domain.compliance.attempt_limits import AttemptLimit, EarlierCall
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, PastCalls
from kwabo.domain.compliance.consents import ConsentLine, standing
from kwabo.domain.compliance.dnc import matches
from kwabo.domain.what_ifs.history import WaitingContact

RULE_SETS: Final = "rule_sets"
FRAUD_GUARD: Final = "fraud_guard"
ORDER: Final = "order"  # of its own, not filled yet: the list's stands for it


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRules:
    """What of a campaign's rules is not in its settings."""

    callable_time_set: CallableTimeSet | None = None
    attempt_limits: tuple[AttemptLimit, ...] = ()
    preset_id: str = "none"  # of the organisation, for campaigns that name none
    zone_source: str = "list"  # what the list says of its numbers' zones
    left_out: tuple[str, ...] = ()  # what the campaign has and no simulated day knows


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPast:
    """Earlier calls to a number, as far as the law looks back."""

    number: str  # E.164
    dialled_at: tuple[datetime, ...]
    abandoned_at: datetime | None
    machine_at: datetime | None
    refused_at: datetime | None

    @property
    def as_rules_see_it(self) -> PastCalls:
        """Without the number."""
        return PastCalls(
            dialled_at=self.dialled_at,
            abandoned_at=self.abandoned_at,
            machine_at=self.machine_at,
            refused_at=self.refused_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was before a simulated day, of the contacts that it may call."""

    calls: tuple[EarlierCall, ...] = ()
    numbers: tuple[NumberPast, ...] = ()
    consents: tuple[ConsentLine, ...] = ()


def waiting_contact(candidate: Candidate, terms: CampaignTerms, now: datetime) -> WaitingContact:
    """The contact with the numbers that nothing stands against for good."""
    numbers = [n for n in candidate.numbers if n.callable and not matches(candidate, n.number, now)]
    purpose = terms.law.consent_purpose
    if purpose is not None:
        numbers = [n for n in numbers if consent_of(candidate, n.number, purpose, now) is not None]
    course = candidate.course
    return WaitingContact(
        contact_id=candidate.contact_id,
        numbers=tuple(n.number for n in numbers) if candidate.callable else (),
        labels=tuple(n.label for n in numbers) if candidate.callable else (),
        number_zones={n.number: n.time_zone for n in numbers if n.time_zone},
        time_zone=candidate.time_zone,
        attempts=course.attempts if course else 0,
        next_attempt_at=course.next_attempt_at if course else None,
        last_attempt_at=course.last_attempt_at if course else None,
        last_result=course.last_result if course else None,
        result_counts=course.result_counts if course else {},
    )


def consent_of(
    candidate: Candidate, number: str, purpose: str, now: datetime
) -> ConsentLine | None:
    """The line of the ledger that proves consent now; None: it is not proven."""
    found = standing(candidate.consents.get(number, ()), purpose, now)
    return found.line if found.state == "proven" else None


def pasts_of(candidate: Candidate) -> Iterator[NumberPast]:
    """What is known of calls to the contact's numbers, where there were any."""
    for number, past in candidate.past_calls.items():
        yield NumberPast(
            number=number,
            dialled_at=past.dialled_at,
            abandoned_at=past.abandoned_at,
            machine_at=past.machine_at,
            refused_at=past.refused_at,
        )
