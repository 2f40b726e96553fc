"""Calls from outside, in memory."""

from __future__ import annotations

from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData, MemoryAttempt, MemoryContact
from kwabo.adapters.memory.floor_reads import read_campaign
from kwabo.adapters.memory.tables import Journal
from kwabo.domain.interactions.arrivals import Refusal
from kwabo.ports.floor_arrivals import (
    Arrival,
    ArrivalAnswer,
    ArrivalRefused,
    Arrived,
    CalledContact,
)
from kwabo.ports.floor_rows import AttemptRow

PHONE = "phone"  # label of a new caller's number


def arrive(data: FloorData, arrival: Arrival, fencing: int, journal: Journal) -> ArrivalAnswer:
    """See `FloorTransaction.arrive`."""
    answers = data.inbound_numbers.get(arrival.number)
    if answers is None or not answers.active:
        return ArrivalRefused(code=Refusal.NUMBER_UNKNOWN)
    trunk = next((t for t in data.trunks if t.endpoint == arrival.trunk_endpoint), None)
    if trunk is None:
        return ArrivalRefused(code=Refusal.TRUNK_UNKNOWN)
    campaign = read_campaign(data, answers.campaign_id)
    if campaign is None:
        return ArrivalRefused(code=Refusal.NUMBER_UNKNOWN)
    there = data.attempts_by.live_of_channel.get(arrival.channel_id)
    if there is not None:
        return Arrived(row=there.row, campaign=campaign, flow_id=answers.flow_id)
    contact = _caller(data, arrival, campaign.contact_list_id, journal)
    before = [
        a for a in data.attempts_of(contact.contact_id) if a.campaign_id == campaign.campaign_id
    ]
    language = contact.language or _chosen(data, arrival.caller)
    row = AttemptRow(
        attempt_id=arrival.attempt_id,
        campaign_id=campaign.campaign_id,
        contact_id=contact.contact_id,
        attempt_number=1 + max((a.attempt_number for a in before), default=0),
        number=arrival.caller,
        mode="inbound",
        caller_id=arrival.number,
        trunk_id=trunk.trunk_id,
        agent_user_id=None,
        callback_id=None,
        state="arrived",
        result=None,
        transferred_to=None,
        abandoned=False,
        offered_at=None,
        dialling_at=None,
        ringing_at=None,
        answered_at=None,
        connected_at=None,
        closed_at=None,
        course_attempts=0,
        channel_id=arrival.channel_id,
        called_number=arrival.number,
        arrived_at=arrival.at,
        language=language,
    )
    data.attempts.put(row.attempt_id, MemoryAttempt(row=row, fencing=fencing), journal)
    return Arrived(row=row, campaign=campaign, flow_id=answers.flow_id, contact=contact.data)


def _caller(data: FloorData, arrival: Arrival, list_id: UUID, journal: Journal) -> MemoryContact:
    if arrival.caller:
        contact_id = data.callers.find(list_id, data.lists.get(list_id, []), arrival.caller)
        known = data.contacts.get(contact_id) if contact_id is not None else None
        if known is not None:
            return known
    numbers = (arrival.caller,) if arrival.caller else ()
    made = MemoryContact(
        contact_id=arrival.new_contact_id,
        contact_list_id=list_id,
        numbers=numbers,
        labels=(PHONE,) * len(numbers),
        data={PHONE: arrival.caller} if arrival.caller else {},
        created_at=arrival.at,
    )
    data.contacts.put(made.contact_id, made, journal)
    data.persons.link(made.contact_id, numbers)
    data.lists.setdefault(list_id, []).append(made.contact_id)
    return made


def called_contact(data: FloorData, contact_id: UUID, number: str) -> CalledContact:
    """See `FloorTransaction.called_contact`."""
    contact = data.contacts.get(contact_id)
    if contact is None:
        return CalledContact()
    return CalledContact(data=contact.data, language=contact.language or _chosen(data, number))


def _chosen(data: FloorData, number: str) -> str:
    if not number:
        return ""
    calls = [a.row for a in data.attempts_on([number])]
    chosen = [row for row in calls if row.language]
    return max(chosen, key=lambda row: row.attempt_id).language if chosen else ""
