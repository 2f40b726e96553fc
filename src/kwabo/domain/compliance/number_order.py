"""Which of a contact's numbers is called, of those that no rule objects to.

Orders: `turns` (each in turn, attempt by attempt), `first` (the first that can be called),
`last_reached` (where a person answered last, else the first) and `round` (every number once before
the recall delay; see `round_of`). Numbers stand in the order of the campaign's labels, then in that
of the columns. A due callback's number comes before any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.domain.interactions.attempt import Result

ORDERS = ("turns", "first", "last_reached", "round")

# After such an end the contact's next number is called at once, in the order `round`.
NEXT_NUMBER_AFTER = frozenset(
    {Result.NO_ANSWER, Result.BUSY, Result.INVALID, Result.SIT, Result.FAX, Result.REJECTED}
)
# The number is not called any more, whatever the contact's course.
BAD_NUMBER = frozenset({Result.INVALID, Result.SIT})
NEXT_NUMBER = "NEXT_NUMBER"  # reason of a course whose round goes on


def in_order(
    numbers: Sequence[CandidateNumber], labels: Sequence[str]
) -> tuple[CandidateNumber, ...]:
    """By label where the campaign names labels; others behind them, as they stand."""
    if not labels:
        return tuple(numbers)
    places = {label.casefold(): place for place, label in enumerate(labels)}
    return tuple(sorted(numbers, key=lambda n: places.get(n.label.casefold(), len(places))))


def round_of(candidate: Candidate, campaign: CampaignTerms) -> frozenset[str]:
    """The numbers already called in the present round.

    A round begins with the contact's first call in the campaign, and again with the call of a
    number that was in it. Once its delay runs nothing is left: `NEXT_NUMBER` alone continues it.
    """
    if candidate.course is None or candidate.course.reason != NEXT_NUMBER:
        return frozenset()
    called: set[str] = set()
    for call in sorted(candidate.calls, key=lambda call: call.dialled_at):
        if call.contact_id != candidate.contact_id or call.campaign_id != campaign.campaign_id:
            continue
        if call.number in called:
            called = set()
        called.add(call.number)
    return frozenset(called)


def choose_number(
    candidate: Candidate,
    numbers: Sequence[CandidateNumber],
    now: datetime,
    terms: CampaignTerms | None = None,
) -> str | None:
    """Of these numbers the callback's, else the one that the campaign's order puts first."""
    if not numbers:
        return None
    callback = candidate.callback
    if callback and candidate.owed and callback.due_at <= now:
        promised = [number.number for number in numbers if number.number == callback.number]
        if promised:
            return promised[0]
    ordered = in_order(numbers, terms.number_labels if terms else ())
    order = terms.number_order if terms else "turns"
    if order == "turns":
        attempts = candidate.course.attempts if candidate.course else 0
        return ordered[attempts % len(ordered)].number
    if order == "last_reached":
        reached = _last_reached(candidate)
        return next((n.number for n in ordered if n.number == reached), ordered[0].number)
    if order == "round" and terms is not None:
        called = round_of(candidate, terms)
        return next((n.number for n in ordered if n.number not in called), ordered[0].number)
    return ordered[0].number


def left_after(
    candidate: Candidate, numbers: Sequence[CandidateNumber], chosen: str, terms: CampaignTerms
) -> tuple[int, int]:
    """Other numbers that could be called too; and of these, those not yet called in this round."""
    others = [number.number for number in numbers if number.number != chosen]
    if terms.number_order != "round":
        return len(others), 0
    called = round_of(candidate, terms)
    if chosen in called:
        called = frozenset()  # a new round begins
    return len(others), sum(1 for number in others if number not in called)


def _last_reached(candidate: Candidate) -> str | None:
    answered = [call for call in candidate.calls if call.result == Result.PERSON]
    return max(answered, key=lambda call: call.dialled_at).number if answered else None
