"""Providers' answers on PostgreSQL, and the numbers about which they are to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.dnc_lists import PROVIDER_FIELDS, provider_of
from kwabo.ports.dnc_checks import AskedProvider

_AHEAD = timedelta(minutes=30)  # how long before it runs out an answer is asked for again
_SOON = timedelta(minutes=10)  # how long before its time a contact is looked after

_PROVIDERS = text(f"""
    SELECT dnc_list_id, {", ".join(PROVIDER_FIELDS)} FROM dnc_providers
    JOIN dnc_lists USING (dnc_list_id) WHERE channel IN ('any', 'voice') ORDER BY dnc_list_id
""")
_FORESEE = text("""
    WITH served AS (
        SELECT k.campaign_id, k.contact_list_id, k.scan_added_in, k.scan_position
        FROM campaigns k JOIN dnc_lists l ON l.dnc_list_id = :dnc_list_id
        WHERE k.state = 'running'
          AND (l.organisation_wide OR l.dnc_list_id = ANY (k.dnc_list_ids))
    ), upcoming AS (
        SELECT c.numbers FROM served s, LATERAL (
            SELECT n.numbers FROM contacts n WHERE n.contact_list_id = s.contact_list_id
               AND (n.added_in, n.position) > (s.scan_added_in, s.scan_position) AND n.callable
            ORDER BY n.added_in, n.position LIMIT :limit) c
        UNION ALL
        SELECT c.numbers FROM served s, LATERAL (
            SELECT o.contact_id FROM campaign_contacts o
            WHERE o.campaign_id = s.campaign_id AND o.state = 'open' AND o.next_attempt_at <= :soon
            ORDER BY o.next_attempt_at LIMIT :limit) o JOIN contacts c USING (contact_id)
    ), numbers AS (SELECT DISTINCT unnest(numbers) AS number FROM upcoming)
    INSERT INTO dnc_checks (dnc_list_id, organisation_id, number, wanted_at)
    SELECT :dnc_list_id, current_organisation(), n.number, :now
    FROM numbers n LEFT JOIN dnc_checks c ON c.dnc_list_id = :dnc_list_id AND c.number = n.number
    WHERE c.number IS NULL OR (
        c.wanted_at IS NULL AND (c.checked_at IS NULL OR c.checked_at <= :stale)
        AND (c.ask_after IS NULL OR c.ask_after <= :now))
    ORDER BY n.number LIMIT :limit
    ON CONFLICT (dnc_list_id, number) DO UPDATE SET wanted_at = excluded.wanted_at
    RETURNING 1
""")
_TAKE = text("""
    WITH next AS MATERIALIZED (
        SELECT number FROM dnc_checks
        WHERE dnc_list_id = :dnc_list_id AND wanted_at IS NOT NULL
          AND (ask_after IS NULL OR ask_after <= :now)
        ORDER BY wanted_at LIMIT :limit FOR UPDATE SKIP LOCKED)
    UPDATE dnc_checks c SET ask_after = :until FROM next n
    WHERE c.dnc_list_id = :dnc_list_id AND c.number = n.number
    RETURNING c.number
""")
_ANSWERED = text("""
    UPDATE dnc_checks c SET listed = a.listed, checked_at = :now, silences = 0, wanted_at = NULL,
           ask_after = NULL
    FROM unnest(CAST(:numbers AS text[]), CAST(:listed AS boolean[])) AS a (number, listed)
    WHERE c.dnc_list_id = :dnc_list_id AND c.number = a.number
""")
# A call that still waits wants the number again when it looks again.
_SILENT = text("""
    UPDATE dnc_checks SET silences = silences + 1, wanted_at = NULL,
           ask_after = CAST(:now AS timestamptz)
               + make_interval(secs => least(300, 5 * 2 ^ least(silences, 10)))
    WHERE dnc_list_id = :dnc_list_id AND number = ANY (CAST(:numbers AS text[]))
""")
_LAST_ANSWER = text(
    "UPDATE dnc_providers SET last_answer_at = :now WHERE dnc_list_id = :dnc_list_id"
)
_LAST_SILENCE = text("""
    UPDATE dnc_providers SET last_silence_at = :now, last_silence = :code
    WHERE dnc_list_id = :dnc_list_id
""")
_FORGET = text("""
    DELETE FROM dnc_checks
    WHERE wanted_at IS NULL AND coalesce(checked_at, ask_after, :older_than) <= :older_than
""")


class PostgresDncCheckStore:
    """See `kwabo.ports.dnc_checks.DncCheckStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def providers(self) -> Sequence[AskedProvider]:
        return [
            AskedProvider(dnc_list_id=row.dnc_list_id, settings=provider_of(row))
            for row in await self._connection.execute(_PROVIDERS)
        ]

    async def foresee(self, provider: AskedProvider, limit: int, now: datetime) -> int:
        max_age = timedelta(seconds=provider.settings.max_age_seconds)
        rows = await self._connection.execute(
            _FORESEE,
            {
                "dnc_list_id": provider.dnc_list_id,
                "limit": limit,
                "now": now,
                "soon": now + _SOON,
                "stale": now - max_age + min(_AHEAD, max_age / 10),
            },
        )
        return len(rows.all())

    async def take(
        self, dnc_list_id: UUID, limit: int, now: datetime, until: datetime
    ) -> Sequence[str]:
        values = {"dnc_list_id": dnc_list_id, "limit": limit, "now": now, "until": until}
        return [row.number for row in await self._connection.execute(_TAKE, values)]

    async def note(
        self,
        dnc_list_id: UUID,
        answers: Mapping[str, bool],
        silent: Mapping[str, str],
        now: datetime,
    ) -> None:
        values = {"dnc_list_id": dnc_list_id, "now": now}
        if answers:
            numbers = sorted(answers)
            listed = [answers[number] for number in numbers]
            await self._connection.execute(
                _ANSWERED, values | {"numbers": numbers, "listed": listed}
            )
            await self._connection.execute(_LAST_ANSWER, values)
        if silent:
            await self._connection.execute(_SILENT, values | {"numbers": sorted(silent)})
            code = list(silent.values())[-1]
            await self._connection.execute(_LAST_SILENCE, values | {"code": code})

    async def forget(self, older_than: datetime) -> int:
        return (await self._connection.execute(_FORGET, {"older_than": older_than})).rowcount
