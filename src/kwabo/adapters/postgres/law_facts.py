"""What the rules of law, consent and the fraud guard read, and what their counting writes.

Where calls are counted, the organisation's settings are locked from the reading of its usage to the
end of the transaction: two transactions never take the same last place under a cap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.compliance.candidate import PastCalls
from kwabo.domain.compliance.consents import ConsentLine
from kwabo.domain.compliance.fraud_guard import (
    PERIODS,
    SPENT_PERIODS,
    Cap,
    FraudGuard,
    Usage,
    period_of,
)
from kwabo.domain.compliance.law import OrganisationLaw
from kwabo.domain.compliance.preset import Preset
from kwabo.domain.compliance.screening import Screening

_SETTINGS = text(
    """
    SELECT o.region, o.time_zone, s.*,
           (SELECT array_agg(DISTINCT n) FROM trunks t, unnest(t.caller_ids) AS n) AS caller_ids
    FROM organisations o LEFT JOIN compliance_settings s USING (organisation_id)
    WHERE o.organisation_id = current_organisation()
    """
)
_SCREENINGS = text(
    """
    SELECT dnc_list_id, name AS list_name, organisation_wide, screening_days AS days, screened_at
    FROM dnc_lists WHERE screening_authority IS NOT NULL AND channel IN ('any', 'voice')
    """
)
_LOCK = text(
    """
    SELECT 1 FROM compliance_settings WHERE organisation_id = current_organisation() FOR UPDATE
    """
)
_USAGE = text(
    """
    SELECT country, per, starts_at, calls, spent FROM call_usage
    WHERE organisation_id = current_organisation()
      AND (per, starts_at) IN (SELECT * FROM unnest(CAST(:pers AS text[]),
                                                    CAST(:starts AS timestamptz[])))
    """
)
_USE = text(
    """
    INSERT INTO call_usage (organisation_id, country, per, starts_at, calls, spent)
    SELECT current_organisation(), u.*
    FROM unnest(CAST(:countries AS text[]), CAST(:pers AS text[]), CAST(:starts AS timestamptz[]),
                CAST(:calls AS integer[]), CAST(:spent AS numeric[])) AS u
    ORDER BY 2, 3, 4
    ON CONFLICT (organisation_id, country, per, starts_at) DO UPDATE
    SET calls = call_usage.calls + excluded.calls, spent = call_usage.spent + excluded.spent
    """
)
_CHARGE = text(
    """
    INSERT INTO call_charges (organisation_id, attempt_id, third_party, number, per_minute,
        reserved, reserved_at, day_starts_at, month_starts_at)
    VALUES (current_organisation(), :attempt_id, :third_party, :number, :per_minute, :reserved,
        :at, :day, :month)
    """
)
_UNSETTLED = text(
    "SELECT 1 FROM call_charges WHERE attempt_id = ANY (:ids) AND settled_at IS NULL LIMIT 1"
)
# A minute that was begun is paid. A third party's minutes run from its dialling to the end of the
# call: never less than what it cost.
_SETTLE = text(
    """
    WITH ended AS (
        UPDATE call_charges c SET settled_at = a.closed_at,
            settled = c.per_minute * ceil(greatest(0, coalesce(extract(epoch FROM a.closed_at
                - CASE WHEN c.third_party THEN c.reserved_at ELSE a.answered_at END), 0)) / 60)
        FROM attempts a
        WHERE a.attempt_id = c.attempt_id AND c.attempt_id = ANY (:ids) AND a.state = 'closed'
          AND c.settled_at IS NULL
        RETURNING c.day_starts_at, c.month_starts_at, c.settled - c.reserved AS difference
    ), sums AS (
        SELECT p.per, p.starts_at, sum(e.difference) AS difference
        FROM ended e, LATERAL (VALUES ('day', e.day_starts_at), ('month', e.month_starts_at))
            AS p (per, starts_at)
        GROUP BY p.per, p.starts_at
    )
    UPDATE call_usage u SET spent = u.spent + s.difference
    FROM sums s
    WHERE u.organisation_id = current_organisation() AND u.country = '' AND u.per = s.per
      AND u.starts_at = s.starts_at
    """
)
# What an outcome means is asked once for each campaign and code that comes up.
_PAST = text(
    """
    WITH calls AS MATERIALIZED (
        SELECT a.number, a.campaign_id, a.dialling_at, a.answered_at, a.closed_at, a.abandoned,
               a.result, w.wrap_up_code_id, w.created_at
        FROM attempts a LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
        WHERE a.organisation_id = current_organisation() AND a.number = ANY (:numbers)
          AND a.dialling_at > :since
    ), outcomes AS MATERIALIZED (
        SELECT o.campaign_id, o.wrap_up_code_id,
               outcome_flags(o.campaign_id, o.wrap_up_code_id, NULL) AS flags
        FROM (SELECT DISTINCT campaign_id, wrap_up_code_id FROM calls
              WHERE wrap_up_code_id IS NOT NULL) o
    )
    SELECT a.number,
           array_agg(a.dialling_at ORDER BY a.dialling_at) AS dialled_at,
           max(coalesce(a.closed_at, a.answered_at)) FILTER (WHERE a.abandoned) AS abandoned_at,
           max(coalesce(a.closed_at, a.answered_at)) FILTER (WHERE a.result = 'machine')
               AS machine_at,
           max(a.created_at) FILTER (WHERE o.flags && '{refusal,do_not_call}') AS refused_at
    FROM calls a LEFT JOIN outcomes o USING (campaign_id, wrap_up_code_id)
    GROUP BY a.number
    """
)
_CONSENTS = text(
    """
    SELECT consent_id, place, kind, number, purpose, channel, at, valid_until, voids
    FROM consents
    WHERE organisation_id = current_organisation() AND number = ANY (:numbers) ORDER BY place
    """
)


async def organisation_law(
    connection: AsyncConnection, now: datetime | None, *, to_dial: bool
) -> OrganisationLaw:
    """The organisation's choice, guard and usage; `to_dial`: calls will be counted."""
    row = (await connection.execute(_SETTINGS)).one()
    guard = guard_of(row)
    usage = Usage()
    if guard.counts and now is not None:
        if to_dial:
            await connection.execute(_LOCK)
            guard = guard_of((await connection.execute(_SETTINGS)).one())
        usage = await usage_now(connection, guard, now)
    return OrganisationLaw(
        preset_id=row.preset or "none",
        guard=guard,
        usage=usage,
        caller_ids=frozenset(row.caller_ids or ()),
        screenings=await screenings(connection),
    )


async def screenings(connection: AsyncConnection) -> tuple[Screening, ...]:
    """The organisation's lists of authorities that stand against calls."""
    return tuple(Screening(**row) for row in (await connection.execute(_SCREENINGS)).mappings())


def guard_of(row: Any) -> FraudGuard:
    """The guard that a row of settings describes; a row without any is the default."""
    if row.version is None:
        return FraudGuard(countries=frozenset({row.region}), time_zone=row.time_zone)
    return FraudGuard(
        countries=frozenset([row.region] if row.countries is None else row.countries),
        number_kinds=frozenset(row.number_kinds),
        denied_prefixes=tuple(row.denied_prefixes),
        caps=tuple(Cap(**cap) for cap in row.caps),
        tariffs={prefix: Decimal(price) for prefix, price in row.tariffs.items()},
        spend_per_day=row.spend_per_day,
        spend_per_month=row.spend_per_month,
        reserved_minutes=row.reserved_minutes,
        time_zone=row.time_zone,
    )


async def usage_now(connection: AsyncConnection, guard: FraudGuard, now: datetime) -> Usage:
    """What is used in the present periods."""
    pers = list(dict.fromkeys((*PERIODS, *SPENT_PERIODS)))
    starts = [period_of(per, now, guard.time_zone)[0] for per in pers]
    usage = Usage()
    for row in await connection.execute(_USAGE, {"pers": pers, "starts": starts}):
        key = (row.country, row.per, row.starts_at)
        usage.calls[key] = row.calls
        usage.spent[key] = row.spent
    return usage


async def write_usage(connection: AsyncConnection, usage: Usage) -> None:
    """Add what was taken since the usage was read."""
    keys = sorted(set(usage.added_calls) | set(usage.added_spent))
    if not keys:
        return
    await connection.execute(
        _USE,
        {
            "countries": [key[0] for key in keys],
            "pers": [key[1] for key in keys],
            "starts": [key[2] for key in keys],
            "calls": [usage.added_calls.get(key, 0) for key in keys],
            "spent": [usage.added_spent.get(key, Decimal(0)) for key in keys],
        },
    )


async def charge(
    connection: AsyncConnection,
    guard: FraudGuard,
    calls: Sequence[tuple[UUID, str]],
    now: datetime,
    *,
    third_party: bool = False,
) -> None:
    """Note what was reserved for calls: attempt, and the number dialled."""
    if not guard.spends or not calls:
        return
    await connection.execute(
        _CHARGE,
        [
            {
                "attempt_id": attempt_id,
                "third_party": third_party,
                "number": number,
                "per_minute": guard.price(number),
                "reserved": guard.reserve(number),
                "at": now,
                "day": period_of("day", now, guard.time_zone)[0],
                "month": period_of("month", now, guard.time_zone)[0],
            }
            for attempt_id, number in calls
        ],
    )


async def settle(connection: AsyncConnection, attempt_ids: Sequence[UUID]) -> None:
    """Replace what was reserved for ended attempts by what they cost."""
    values = {"ids": list(attempt_ids)}
    if not attempt_ids or (await connection.execute(_UNSETTLED, values)).first() is None:
        return
    await connection.execute(_LOCK)  # in the order of those who dial
    await connection.execute(_SETTLE, values)


async def past_calls(
    connection: AsyncConnection, numbers: Sequence[str], preset: Preset, now: datetime
) -> Mapping[str, PastCalls]:
    """Earlier calls to these numbers, as far as the preset looks back."""
    if not numbers or not preset.needs_past_calls:
        return {}
    since = now - timedelta(days=preset.looks_back_days)
    rows = await connection.execute(_PAST, {"numbers": list(numbers), "since": since})
    return {
        row.number: PastCalls(
            dialled_at=tuple(row.dialled_at),
            abandoned_at=row.abandoned_at,
            machine_at=row.machine_at,
            refused_at=row.refused_at,
        )
        for row in rows
    }


async def consent_lines(
    connection: AsyncConnection, numbers: Sequence[str]
) -> Mapping[str, tuple[ConsentLine, ...]]:
    """The ledger's lines about these numbers, in their order."""
    if not numbers:
        return {}
    found: dict[str, list[ConsentLine]] = {}
    for row in (await connection.execute(_CONSENTS, {"numbers": list(numbers)})).mappings():
        found.setdefault(row["number"], []).append(ConsentLine(**row))
    return {number: tuple(lines) for number, lines in found.items()}
