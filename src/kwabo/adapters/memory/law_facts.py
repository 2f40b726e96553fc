"""Law, consent and the fraud guard on the floor in memory, counting as on PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from kwabo.adapters.memory.outcome_flags import flags_of
from kwabo.adapters.memory.tables import Journal, Table
from kwabo.domain.compliance.candidate import Candidate, PastCalls
from kwabo.domain.compliance.consents import ConsentLine
from kwabo.domain.compliance.fraud_guard import EVERYWHERE, FraudGuard, Key, Usage, period_of
from kwabo.domain.compliance.law import Law, OrganisationLaw
from kwabo.domain.compliance.screening import Screening
from kwabo.domain.dnc_lists.values import CALL_CHANNELS

if TYPE_CHECKING:
    from kwabo.adapters.memory.floor_data import FloorData
    from kwabo.adapters.memory.floor_rows import MemoryAttempt

NO_PAST = PastCalls()
_REFUSALS = frozenset({"refusal", "do_not_call"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCharge:
    """Money taken from the budget for one call."""

    attempt_id: UUID
    third_party: bool
    per_minute: Decimal
    reserved: Decimal
    reserved_at: datetime
    settled: Decimal | None = None


@dataclass(slots=True)
class LawData:
    """What an organisation has chosen, its ledger, and what was used of its caps."""

    preset_id: str = "none"
    guard: FraudGuard | None = None
    caller_ids: frozenset[str] | None = None
    consents: dict[str, list[ConsentLine]] = field(default_factory=dict)  # by number
    calls: Table[Key, int] = field(default_factory=Table)
    spent: Table[Key, Decimal] = field(default_factory=Table)
    charges: Table[int, MemoryCharge] = field(default_factory=Table)

    def add_consent(self, line: ConsentLine) -> None:
        """A line is written down in the ledger."""
        self.consents.setdefault(line.number, []).append(line)


def organisation_law(data: FloorData) -> OrganisationLaw:
    """The organisation's choice, guard and usage."""
    law = data.law
    if law.guard is None:
        return _unguarded(law.preset_id, law.caller_ids)
    usage = Usage()
    if law.guard.counts:
        usage.calls = dict(law.calls.items())
        usage.spent = dict(law.spent.items())
    return OrganisationLaw(
        preset_id=law.preset_id,
        guard=law.guard,
        usage=usage,
        caller_ids=law.caller_ids,
        screenings=_screenings(data),
    )


@lru_cache(maxsize=64)
def _unguarded(preset_id: str, caller_ids: frozenset[str] | None) -> OrganisationLaw:
    """Without a guard nothing is counted: its usage stays empty, whoever holds it."""
    return OrganisationLaw(preset_id=preset_id, caller_ids=caller_ids)


def _screenings(data: FloorData) -> tuple[Screening, ...]:
    return tuple(
        Screening(
            dnc_list_id=dnc_list_id,
            list_name=one.name,
            organisation_wide=one.organisation_wide,
            days=one.screening_days,
            screened_at=one.screened_at,
        )
        for dnc_list_id, one in data.dnc_lists.items()
        if one.screening_authority is not None and one.channel in CALL_CHANNELS
    )


def with_facts(data: FloorData, candidate: Candidate, law: Law, now: datetime) -> Candidate:
    """The candidate with what the law asks of its numbers' past."""
    numbers = [n.number for n in candidate.numbers]
    past = {}
    if law.preset.needs_past_calls:
        since = now - timedelta(days=law.preset.looks_back_days)
        past = {number: _past(data, number, since) for number in numbers}
    consents = {}
    if law.consent_purpose is not None:
        for number in numbers:
            consents[number] = tuple(data.law.consents.get(number, ()))
    if not past and not consents:
        return candidate
    return replace(candidate, past_calls=past, consents=consents)


def _past(data: FloorData, number: str, since: datetime) -> PastCalls:
    rows = [
        attempt.row
        for attempt in data.attempts_on([number])
        if attempt.dialling_at is not None and attempt.dialling_at > since
    ]
    refused = []
    for row in rows:
        wrap_up = data.wrap_ups.get(row.attempt_id)
        if wrap_up is not None and flags_of(data, wrap_up) & _REFUSALS:
            refused.append(wrap_up.at)
    ends = [(row, row.closed_at or row.answered_at) for row in rows]
    before = data.before.numbers.get(number, NO_PAST)
    dialled = [row.dialling_at for row in rows if row.dialling_at is not None]
    return PastCalls(
        dialled_at=(*(at for at in before.dialled_at if at > since), *sorted(dialled)),
        abandoned_at=_last(before.abandoned_at, *(at for row, at in ends if row.abandoned)),
        machine_at=_last(before.machine_at, *(at for row, at in ends if row.result == "machine")),
        refused_at=_last(before.refused_at, *refused),
    )


def _last(*instants: datetime | None) -> datetime | None:
    return max((at for at in instants if at is not None), default=None)


def write_usage(data: FloorData, usage: Usage, journal: Journal) -> None:
    """Add what was taken since the usage was read."""
    for key, calls in usage.added_calls.items():
        data.law.calls.put(key, (data.law.calls.get(key) or 0) + calls, journal)
    for key, money in usage.added_spent.items():
        data.law.spent.put(key, (data.law.spent.get(key) or Decimal(0)) + money, journal)


def charge(
    data: FloorData,
    guard: FraudGuard,
    attempt_id: UUID,
    number: str,
    now: datetime,
    journal: Journal,
    *,
    third_party: bool = False,
) -> None:
    """Note what was reserved for a call."""
    if guard.spends:
        noted = MemoryCharge(
            attempt_id=attempt_id,
            third_party=third_party,
            per_minute=guard.price(number),
            reserved=guard.reserve(number),
            reserved_at=now,
        )
        data.law.charges.put(len(data.law.charges), noted, journal)


def settle(data: FloorData, attempt: MemoryAttempt, journal: Journal) -> None:
    """Replace what was reserved for an ended attempt by what it cost."""
    row, guard = attempt.row, data.law.guard
    if guard is None or row.closed_at is None:
        return
    for key, noted in data.law.charges.items():
        if noted.attempt_id != attempt.attempt_id or noted.settled is not None:
            continue
        begin = noted.reserved_at if noted.third_party else row.answered_at
        seconds = 0.0 if begin is None else max(0.0, (row.closed_at - begin).total_seconds())
        settled = noted.per_minute * int(-(-seconds // 60))
        data.law.charges.put(key, replace(noted, settled=settled), journal)
        for per in ("day", "month"):
            place = (EVERYWHERE, per, period_of(per, noted.reserved_at, guard.time_zone)[0])
            spent = data.law.spent.get(place)
            if spent is not None:
                data.law.spent.put(place, spent + settled - noted.reserved, journal)
