"""Who contacts are, whether somebody is calling them, and how often they were called.

A contact's persons are those to whom its numbers belong; a call on any of their numbers, of
whatever contact and campaign, is a call to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.compliance.attempt_limits import AttemptLimit, EarlierCall

# The organisation's claims take turns, so that no two of them count the same room under a limit.
_TURN = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('claims ' || current_organisation(), 0))"
)
_LIMITS = text(
    """
    SELECT attempt_limit_id, name, per, scope, most, reset, days, hours, reset_at, time_zone,
           counted, channels
    FROM attempt_limits
    WHERE 'voice' = ANY (channels)
      AND (scope = 'organisation'
           OR attempt_limit_id = ANY (SELECT unnest(k.attempt_limit_ids) FROM campaigns k
                                      WHERE k.campaign_id = :campaign_id))
    ORDER BY scope DESC, name
    """
)
# Addresses have the collation "C": without COLLATE no index on the numbers of attempts would serve.
_PERSONS = """
    SELECT c.contact_id, who.persons,
           EXISTS (SELECT FROM attempts t
                   WHERE t.organisation_id = current_organisation() AND t.state <> 'closed'
                     AND (t.number = ANY ((who.addresses || c.numbers) COLLATE "default")
                          OR t.person_id = ANY (who.ids))
                     AND t.attempt_id IS DISTINCT FROM CAST(:but_for AS uuid)) AS live
           {calls}
    FROM contacts c
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(p.address, p.person_id), '{{}}') AS persons,
               coalesce(array_agg(DISTINCT p.person_id), '{{}}') AS ids,
               coalesce((SELECT array_agg(o.address) FROM person_addresses o
                 WHERE o.person_id = ANY (array_agg(p.person_id)) AND o.kind = 'phone'),
                        '{{}}') AS addresses
        FROM person_addresses p
        WHERE p.organisation_id = current_organisation() AND p.kind = 'phone'
          AND p.address = ANY (c.numbers)) who
    WHERE c.contact_id = ANY (:contact_ids)
"""
_CALLS = """,
           (SELECT jsonb_agg(jsonb_build_array(u.contact_id, u.campaign_id, u.number, o.person_id,
                       u.dialling_at, u.result, u.ringing_at IS NOT NULL,
                       u.answered_at IS NOT NULL))
            FROM (SELECT t.* FROM attempts t
                   WHERE t.contact_id = c.contact_id AND t.dialling_at IS NOT NULL
                     AND t.attempt_id IS DISTINCT FROM CAST(:but_for AS uuid)
                  UNION
                  SELECT t.* FROM attempts t
                   WHERE t.organisation_id = current_organisation()
                     AND t.number = ANY (who.addresses COLLATE "default")
                     AND t.dialling_at >= coalesce(CAST(:since AS timestamptz), '-infinity')
                     AND t.attempt_id IS DISTINCT FROM CAST(:but_for AS uuid)) u
            LEFT JOIN person_addresses o ON o.organisation_id = current_organisation()
                AND o.kind = 'phone' AND o.address = u.number) AS calls
"""
_WITHOUT_CALLS = text(_PERSONS.format(calls=""))
_WITH_CALLS = text(_PERSONS.format(calls=_CALLS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a contact beside its own row."""

    persons: Mapping[str, UUID]  # number → person
    live: bool  # somebody of them is in a call or about to be
    calls: tuple[EarlierCall, ...]


async def take_turn(connection: AsyncConnection) -> None:
    """Wait for the organisation's other claims, and hold off later ones until the end."""
    await connection.execute(_TURN)


async def limits_of(connection: AsyncConnection, campaign_id: UUID) -> tuple[AttemptLimit, ...]:
    """The limits that a campaign is under: the organisation's, and those that it names."""
    rows = await connection.execute(_LIMITS, {"campaign_id": campaign_id})
    return tuple(limit_of(row) for row in rows)


def limit_of(row: Any) -> AttemptLimit:
    """A limit of its row."""
    return AttemptLimit(
        attempt_limit_id=row.attempt_limit_id,
        name=row.name,
        per=row.per,
        scope=row.scope,
        most=row.most,
        reset=row.reset,
        days=row.days,
        hours=row.hours,
        reset_at=row.reset_at,
        time_zone=row.time_zone,
        counted=row.counted,
        channels=tuple(row.channels),
    )


async def find_known(
    connection: AsyncConnection,
    contact_ids: Sequence[UUID],
    *,
    with_calls: bool,
    since: datetime | None,
    but_for: UUID | None = None,
) -> dict[UUID, Known]:
    """What is known of these contacts, by id; calls of others on their numbers from `since` on."""
    values: dict[str, Any] = {"contact_ids": list(contact_ids), "but_for": but_for}
    if with_calls:
        values["since"] = since
    rows = await connection.execute(_WITH_CALLS if with_calls else _WITHOUT_CALLS, values)
    return {
        row.contact_id: Known(
            persons={number: UUID(person_id) for number, person_id in row.persons.items()},
            live=row.live,
            calls=tuple(_call(values) for values in row.calls or ()) if with_calls else (),
        )
        for row in rows
    }


def _call(values: Sequence[Any]) -> EarlierCall:
    contact_id, campaign_id, number, person_id, dialled_at, result, ringing, answered = values
    return EarlierCall(
        contact_id=UUID(contact_id),
        campaign_id=UUID(campaign_id),
        number=number,
        person_id=UUID(person_id) if person_id else None,
        dialled_at=datetime.fromisoformat(dialled_at),
        result=result,
        ringing=ringing,
        answered=answered,
    )
