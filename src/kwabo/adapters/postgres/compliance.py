"""Law and guard of an organisation on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.law_facts import organisation_law
from kwabo.domain.compliance.fraud_guard import EVERYWHERE, PERIODS, Cap, country_of, period_of
from kwabo.domain.compliance.law import OrganisationLaw
from kwabo.ports.compliance import CallLaw, ComplianceSettings

_GET = "SELECT * FROM compliance_settings WHERE organisation_id = current_organisation()"
_READ = text(_GET)
_LOCK = text(f"{_GET} FOR UPDATE")
_PUT = text("""
    INSERT INTO compliance_settings (organisation_id, preset, countries, number_kinds,
        denied_prefixes, caps, tariffs, spend_per_day, spend_per_month, reserved_minutes, opt_out,
        opt_out_key, message_media, confirmation_media, version, updated_at)
    VALUES (current_organisation(), :preset, CAST(:countries AS text[]), :number_kinds,
        :denied_prefixes, CAST(:caps AS jsonb), CAST(:tariffs AS jsonb), :spend_per_day,
        :spend_per_month, :reserved_minutes, :opt_out,
        :opt_out_key, :message_media, :confirmation_media, 1, :updated_at)
    ON CONFLICT (organisation_id) DO UPDATE SET
        preset = excluded.preset, countries = excluded.countries,
        number_kinds = excluded.number_kinds, denied_prefixes = excluded.denied_prefixes,
        caps = excluded.caps, tariffs = excluded.tariffs, spend_per_day = excluded.spend_per_day,
        spend_per_month = excluded.spend_per_month, reserved_minutes = excluded.reserved_minutes,
        opt_out = excluded.opt_out, opt_out_key = excluded.opt_out_key,
        message_media = excluded.message_media, confirmation_media = excluded.confirmation_media,
        version = compliance_settings.version + 1, updated_at = excluded.updated_at
""")
_COUNTED = text("""
    SELECT number, count(*) FILTER (WHERE dialling_at >= :minute) AS minute,
           count(*) FILTER (WHERE dialling_at >= :hour) AS hour, count(*) AS day
    FROM attempts
    WHERE organisation_id = current_organisation() AND dialling_at >= :day GROUP BY number
""")
_BEGIN = text("""
    INSERT INTO call_usage (organisation_id, country, per, starts_at, calls)
    VALUES (current_organisation(), :country, :per, :starts_at, :calls)
    ON CONFLICT DO NOTHING
""")
# The reasons stand here as in the index campaign_contacts_refused, which the planner then uses.
_REOPEN = """
    WITH opened AS (
        UPDATE campaign_contacts k SET state = 'open', next_attempt_at = :now, reason = ''
        FROM contacts c
        WHERE c.contact_id = k.contact_id AND k.state = 'finished'
          AND k.reason IN ('CONSENT_MISSING', 'CONSENT_WITHDRAWN', 'CONSENT_EXPIRED',
              'PREFIX_DENIED', 'COUNTRY_NOT_ALLOWED', 'NUMBER_TYPE_NOT_ALLOWED', 'SPEND_CAP',
              'OUTSIDE_LAWFUL_HOURS')
          {condition}
        RETURNING k.campaign_id
    )
    SELECT campaign_id, count(*) AS contacts FROM opened GROUP BY campaign_id
"""
_REOPEN_ALL = text(_REOPEN.format(condition=""))
_REOPEN_NUMBERS = text(_REOPEN.format(condition="AND c.numbers && CAST(:numbers AS text[])"))
_CALL_LAW = text("""
    SELECT a.preset_id, a.preset_version, a.consent_id, a.because,
           (SELECT coalesce(array_agg(d.name ORDER BY d.name), '{}') FROM dnc_lists d
             WHERE d.organisation_wide OR d.dnc_list_id = ANY (c.dnc_list_ids)) AS dnc_list_names
    FROM attempts a JOIN campaigns c USING (campaign_id)
    WHERE a.attempt_id = :attempt_id
""")


class PostgresComplianceStore:
    """See `kwabo.ports.compliance.ComplianceStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self) -> ComplianceSettings:
        return await self._get(for_change=False)

    async def get_for_change(self) -> ComplianceSettings:
        return await self._get(for_change=True)

    async def _get(self, *, for_change: bool) -> ComplianceSettings:
        row = (await self._connection.execute(_LOCK if for_change else _READ)).first()
        if row is None:
            return ComplianceSettings()
        return ComplianceSettings(
            preset=row.preset,
            countries=None if row.countries is None else tuple(row.countries),
            number_kinds=tuple(row.number_kinds),
            denied_prefixes=tuple(row.denied_prefixes),
            caps=tuple(Cap(**cap) for cap in row.caps),
            tariffs={prefix: Decimal(price) for prefix, price in row.tariffs.items()},
            spend_per_day=row.spend_per_day,
            spend_per_month=row.spend_per_month,
            reserved_minutes=row.reserved_minutes,
            opt_out=row.opt_out,
            opt_out_key=row.opt_out_key,
            message_media=row.message_media,
            confirmation_media=row.confirmation_media,
            version=row.version,
            updated_at=row.updated_at,
        )

    async def put(self, settings: ComplianceSettings) -> None:
        await self._connection.execute(
            _PUT,
            {
                "preset": settings.preset,
                "countries": None if settings.countries is None else list(settings.countries),
                "number_kinds": list(settings.number_kinds),
                "denied_prefixes": list(settings.denied_prefixes),
                "caps": [asdict(cap) for cap in settings.caps],
                "tariffs": {prefix: str(price) for prefix, price in settings.tariffs.items()},
                "spend_per_day": settings.spend_per_day,
                "spend_per_month": settings.spend_per_month,
                "reserved_minutes": settings.reserved_minutes,
                "opt_out": settings.opt_out,
                "opt_out_key": settings.opt_out_key,
                "message_media": settings.message_media,
                "confirmation_media": settings.confirmation_media,
                "updated_at": settings.updated_at,
            },
        )

    async def law(self, now: datetime | None) -> OrganisationLaw:
        return await organisation_law(self._connection, now, to_dial=False)

    async def begin_counting(self, now: datetime) -> None:
        guard = (await self.law(now)).guard
        assert guard is not None
        starts = {per: period_of(per, now, guard.time_zone)[0] for per in PERIODS}
        counted: dict[tuple[str, str], int] = {}
        for row in (await self._connection.execute(_COUNTED, starts)).mappings():
            for country in dict.fromkeys((EVERYWHERE, country_of(row["number"]))):
                for per in PERIODS:
                    counted[country, per] = counted.get((country, per), 0) + row[per]
        if counted:
            await self._connection.execute(
                _BEGIN,
                [
                    {"country": country, "per": per, "starts_at": starts[per], "calls": calls}
                    for (country, per), calls in counted.items()
                ],
            )

    async def reopen(self, now: datetime, *, numbers: Sequence[str] | None) -> Mapping[UUID, int]:
        if numbers is None:
            rows = await self._connection.execute(_REOPEN_ALL, {"now": now})
        else:
            values = {"now": now, "numbers": list(numbers)}
            rows = await self._connection.execute(_REOPEN_NUMBERS, values)
        return {row.campaign_id: row.contacts for row in rows}

    async def call_law(self, attempt_id: UUID) -> CallLaw | None:
        row = (await self._connection.execute(_CALL_LAW, {"attempt_id": attempt_id})).mappings()
        found = row.first()
        return None if found is None else CallLaw(**found)
