"""What the rules of a campaign know of a contact, in memory."""

from __future__ import annotations

from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData, MemoryAttempt, MemoryContact
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts, LastCall
from kwabo.services.rulings import overall


def rule_facts_of(
    data: FloorData, contact_id: UUID, list_time_zone: str, *, but_for: UUID | None = None
) -> ContactFacts:
    """The contact's values and its calls; `but_for`: an attempt left out."""
    contact = data.contacts[contact_id]
    by_number: dict[str, list[MemoryAttempt]] = {}
    for attempt in data.attempts_of(contact_id):
        if attempt.dialling_at is not None and attempt.attempt_id != but_for:
            by_number.setdefault(attempt.row.number, []).append(attempt)
    calls = {number: _last(data, attempts) for number, attempts in by_number.items()}
    return ContactFacts(
        contact_id=contact_id,
        data=contact.data,
        time_zone=contact.time_zone or list_time_zone,
        overall=overall(calls),
        by_number=calls,
    )


def labels_of(contact: MemoryContact) -> dict[str, str]:
    """Number → label."""
    labels = contact.labels or ("",) * len(contact.numbers)
    return dict(zip(contact.numbers, labels, strict=True))


def _last(data: FloorData, attempts: list[MemoryAttempt]) -> LastCall:
    times = {a.attempt_id: a.dialling_at for a in attempts if a.dialling_at is not None}
    newest_first = sorted(attempts, key=lambda a: times[a.attempt_id], reverse=True)
    wraps = [data.wrap_ups.get(a.attempt_id) for a in attempts]
    given = [w for w in wraps if w is not None and w.wrap_up_code_id is not None]
    wrapped = max(given, key=lambda w: w.at, default=None)
    return LastCall(
        at=max(times.values()),
        result=next((a.result for a in newest_first if a.result is not None), None),
        wrap_up_code_id=wrapped.wrap_up_code_id if wrapped else None,
        wrap_up_at=wrapped.at if wrapped else None,
    )
