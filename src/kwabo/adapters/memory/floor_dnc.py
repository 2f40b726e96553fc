"""Do-not-call of a floor in memory: which entries and answers stand against a contact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData, MemoryContact, MemoryDncCheck, MemoryDncList
from kwabo.adapters.memory.tables import Journal
from kwabo.domain.compliance.dnc import DncCheck, DncMatch
from kwabo.domain.dnc_lists.values import CALL_CHANNELS, canonical_value
from kwabo.ports.floor_changes import DncWritten
from kwabo.services.claims import Claiming

NO_CHECK = MemoryDncCheck()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstContact:
    """What the rules are told."""

    matches: tuple[DncMatch, ...]
    checks: tuple[DncCheck, ...]


NOTHING = AgainstContact(matches=(), checks=())


def against(data: FloorData, list_ids: Sequence[UUID], contact: MemoryContact) -> AgainstContact:
    """Of a campaign's lists and the organisation-wide ones; entries that have run out included."""
    if not list_ids and not data.dnc_lists:
        return NOTHING
    found: list[DncMatch] = []
    checks: list[DncCheck] = []
    for dnc_list_id, dnc_list in _lists(data, list_ids):
        if dnc_list.provider is not None:
            checks += _checks(data, dnc_list_id, dnc_list, contact)
        elif dnc_list.key_column is None:
            found += [
                DncMatch(
                    dnc_list_id=dnc_list_id,
                    list_name=dnc_list.name,
                    number=number,
                    expires_at=data.dnc[dnc_list_id, number],
                )
                for number in contact.numbers
                if (dnc_list_id, number) in data.dnc
            ]
        else:
            value = canonical_value(contact.data.get(dnc_list.key_column, ""))
            if value and (dnc_list_id, value) in data.dnc:
                found.append(
                    DncMatch(
                        dnc_list_id=dnc_list_id,
                        list_name=dnc_list.name,
                        number=None,
                        column=dnc_list.key_column,
                        expires_at=data.dnc[dnc_list_id, value],
                    )
                )
    return AgainstContact(matches=tuple(found), checks=tuple(checks))


def _lists(data: FloorData, list_ids: Sequence[UUID]) -> Iterator[tuple[UUID, MemoryDncList]]:
    """A list that nobody described is by number, for calls."""
    for dnc_list_id in list_ids:
        dnc_list = data.dnc_lists.get(dnc_list_id) or MemoryDncList()
        if dnc_list.channel in CALL_CHANNELS:
            yield dnc_list_id, dnc_list
    for dnc_list_id, dnc_list in data.dnc_lists.items():
        wide = dnc_list.organisation_wide and dnc_list.channel in CALL_CHANNELS
        if wide and dnc_list_id not in list_ids:
            yield dnc_list_id, dnc_list


def _checks(
    data: FloorData, dnc_list_id: UUID, dnc_list: MemoryDncList, contact: MemoryContact
) -> Iterator[DncCheck]:
    assert dnc_list.provider is not None
    for number in contact.numbers:
        known = data.dnc_checks.get((dnc_list_id, number)) or NO_CHECK
        yield DncCheck(
            dnc_list_id=dnc_list_id,
            list_name=dnc_list.name,
            number=number,
            max_age=timedelta(seconds=dnc_list.provider.max_age_seconds),
            when_silent=dnc_list.provider.when_silent,
            listed=known.listed,
            checked_at=known.checked_at,
            silences=known.silences,
            ask_after=known.ask_after,
        )


def want(data: FloorData, claiming: Claiming, journal: Journal) -> None:
    """Have providers asked about numbers, soon."""
    for key in sorted(claiming.to_check):
        known = data.dnc_checks.get(key) or NO_CHECK
        if known.wanted_at is None:
            wanted = replace(known, wanted_at=claiming.request.now)
            data.dnc_checks.put(key, wanted, journal)


def write(data: FloorData, change: DncWritten, fencing: int, journal: Journal) -> None:
    """Put an objection where it belongs; see `DncWritten`."""
    contact = data.contacts.get(change.contact_id)
    target = _target(data, change)
    if target is None and change.new_list_id is not None:
        made = MemoryDncList(name=change.new_list_name, organisation_wide=True)
        data.dnc_lists.put(change.new_list_id, made, journal)
        target = change.new_list_id
    if target is None:
        if contact is not None and contact.callable:
            barred = replace(contact, callable=False, uncallable_reason="DO_NOT_CALL")
            data.contacts.put(contact.contact_id, barred, journal)
        return
    described = data.dnc_lists.get(target)
    values: set[str | None] = {change.number, *(contact.numbers if contact else ())}
    if described is not None and described.key_column is not None:
        values = {change.value}
    for value in values - {None}:
        assert value is not None
        expires_at = change.expires_at
        if (target, value) in data.dnc:
            expires_at = _longer(data.dnc[target, value], expires_at)
        data.dnc.put((target, value), expires_at, journal)


def _longer(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


def _target(data: FloorData, change: DncWritten) -> UUID | None:
    if change.dnc_list_id is not None:
        return change.dnc_list_id
    campaign = data.campaigns.get(change.campaign_id)
    own = campaign.dnc_list_ids if campaign and not change.organisation_wide else ()
    wide = sorted(
        (dnc_list.name, dnc_list_id)
        for dnc_list_id, dnc_list in data.dnc_lists.items()
        if dnc_list.organisation_wide
    )
    for dnc_list_id in (*own, *(dnc_list_id for _, dnc_list_id in wide)):
        dnc_list = data.dnc_lists.get(dnc_list_id) or MemoryDncList()
        by_number = dnc_list.provider is None and dnc_list.key_column is None
        by_number = by_number and dnc_list.screening_authority is None
        if by_number and dnc_list.channel in CALL_CHANNELS:
            return dnc_list_id
    return None
