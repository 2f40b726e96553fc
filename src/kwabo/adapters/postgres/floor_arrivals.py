"""Calls from outside on PostgreSQL: the number they dialled, their caller, their attempt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres import floor_reads
from kwabo.domain.interactions.arrivals import Refusal
from kwabo.ports.floor_arrivals import (
    Arrival,
    ArrivalAnswer,
    ArrivalRefused,
    Arrived,
    CalledContact,
)
from kwabo.ports.floor_rows import AttemptRow

_NUMBER = text(
    """
    SELECT flow_id, campaign_id FROM inbound_numbers WHERE number = :number AND active
    """
)
_TRUNK = text("SELECT trunk_id FROM trunks WHERE endpoint = :endpoint")
_KNOWN = text(
    "SELECT attempt_id FROM attempts WHERE channel_id = :channel_id AND state <> 'closed'"
)
# The caller: the newest contact of the campaign's list with this number.
_CONTACT = text(
    """
    SELECT c.contact_id, c.data, c.language FROM contacts c
    WHERE c.contact_id IN (
        SELECT contacts_with_numbers(:contact_list_id, ARRAY[CAST(:caller AS text)]))
    ORDER BY c.added_in DESC, c.position DESC LIMIT 1
    """
)
# The language that a person has chosen in calls on another of the organisation's numbers.
_CALLED = text("SELECT data, language FROM contacts WHERE contact_id = :contact_id")
_LANGUAGE = text(
    """
    SELECT language FROM attempts
    WHERE organisation_id = current_organisation() AND number = :caller AND language <> ''
    ORDER BY attempt_id DESC LIMIT 1
    """
)
_PHONE = text(
    """
    SELECT c.name, l.key_columns = ARRAY[c.name] AS is_key
    FROM contact_list_columns c JOIN contact_lists l ON l.contact_list_id = c.contact_list_id
    WHERE c.contact_list_id = :contact_list_id AND c.kind = 'phone' ORDER BY c.position LIMIT 1
    """
)
# A number withheld, or a list without a column for numbers, makes a contact that has none.
_NEW_CONTACT = text(
    """
    INSERT INTO contacts (contact_id, organisation_id, contact_list_id, external_key, data, numbers,
        number_labels, uncallable_numbers, callable, version, created_at, updated_at)
    SELECT :contact_id, l.organisation_id, l.contact_list_id, :external_key, CAST(:data AS jsonb),
        CAST(:numbers AS text[]), CAST(:labels AS text[]), '{}', true, 1, :at, :at
    FROM contact_lists l WHERE l.contact_list_id = :contact_list_id
    RETURNING contact_id, data, language
    """
)
_ATTEMPT = text(
    """
    INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
        number, mode, caller_id, trunk_id, state, fencing, channel_id, called_number, arrived_at,
        language, person_id)
    SELECT :attempt_id, current_organisation(), :campaign_id, :contact_id,
        1 + coalesce((SELECT max(attempt_number) FROM attempts
            WHERE campaign_id = :campaign_id AND contact_id = :contact_id), 0),
        CAST(:caller AS text), 'inbound', CAST(:number AS text), :trunk_id, 'arrived', :fencing,
        :channel_id, :number, :at, :language,
        (SELECT p.person_id FROM person_addresses p WHERE p.organisation_id = current_organisation()
            AND p.kind = 'phone' AND p.address = :caller)
    RETURNING attempt_number
    """
)


async def arrive(connection: AsyncConnection, arrival: Arrival, fencing: int) -> ArrivalAnswer:
    """See `FloorTransaction.arrive`."""
    answers = (await connection.execute(_NUMBER, {"number": arrival.number})).first()
    if answers is None:
        return ArrivalRefused(code=Refusal.NUMBER_UNKNOWN)
    trunk_id = await connection.scalar(_TRUNK, {"endpoint": arrival.trunk_endpoint})
    if trunk_id is None:
        return ArrivalRefused(code=Refusal.TRUNK_UNKNOWN)
    campaigns = await floor_reads.campaigns(connection, [answers.campaign_id])
    if not campaigns:
        return ArrivalRefused(code=Refusal.NUMBER_UNKNOWN)
    campaign = campaigns[0]
    known = await connection.scalar(_KNOWN, {"channel_id": arrival.channel_id})
    if known is not None:
        row = await floor_reads.attempt(connection, known)
        return Arrived(row=row, campaign=campaign, flow_id=answers.flow_id)
    contact = await _caller(connection, arrival, campaign.contact_list_id)
    language = contact.language or await _chosen(connection, arrival)
    written = (
        await connection.execute(
            _ATTEMPT,
            {
                "attempt_id": arrival.attempt_id,
                "campaign_id": campaign.campaign_id,
                "contact_id": contact.contact_id,
                "caller": arrival.caller,
                "number": arrival.number,
                "trunk_id": trunk_id,
                "fencing": fencing,
                "channel_id": arrival.channel_id,
                "at": arrival.at,
                "language": language,
            },
        )
    ).one()
    row = AttemptRow(
        attempt_id=arrival.attempt_id,
        campaign_id=campaign.campaign_id,
        contact_id=contact.contact_id,
        attempt_number=written.attempt_number,
        number=arrival.caller,
        mode="inbound",
        caller_id=arrival.number,
        trunk_id=trunk_id,
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
    return Arrived(row=row, campaign=campaign, flow_id=answers.flow_id, contact=contact.data)


async def called_contact(
    connection: AsyncConnection, contact_id: UUID, number: str
) -> CalledContact:
    """See `FloorTransaction.called_contact`."""
    row = (await connection.execute(_CALLED, {"contact_id": contact_id})).first()
    if row is None:
        return CalledContact()
    language = row.language or await _chosen_on(connection, number)
    return CalledContact(data=row.data, language=language)


async def _caller(connection: AsyncConnection, arrival: Arrival, contact_list_id: object) -> Any:
    """The contact who calls; made when the list has none with the number."""
    values = {"contact_list_id": contact_list_id, "caller": arrival.caller}
    if arrival.caller:
        found = (await connection.execute(_CONTACT, values)).first()
        if found is not None:
            return found
    phone = (await connection.execute(_PHONE, {"contact_list_id": contact_list_id})).first()
    has_number = bool(arrival.caller) and phone is not None
    column = phone.name if has_number and phone is not None else None
    made = await connection.execute(
        _NEW_CONTACT,
        {
            "contact_list_id": contact_list_id,
            "contact_id": arrival.new_contact_id,
            "external_key": arrival.caller if column and phone and phone.is_key else None,
            "data": {column: arrival.caller} if column else {},
            "numbers": [arrival.caller] if column else [],
            "labels": [column] if column else [],
            "at": arrival.at,
        },
    )
    return made.one()


async def _chosen(connection: AsyncConnection, arrival: Arrival) -> str:
    return await _chosen_on(connection, arrival.caller)


async def _chosen_on(connection: AsyncConnection, number: str) -> str:
    if not number:
        return ""
    return str(await connection.scalar(_LANGUAGE, {"caller": number}) or "")
