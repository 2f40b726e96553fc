"""Reading a campaign of a million contacts: its progress, its contacts, one contact's explanation.

Every contact has a course and one closed attempt, every third a wrap-up. Rows are made by SQL, then
analysed. Times are of the services as the API calls them, with the program's own database role and
row-level security, in one process with one connection; the first call of each is not counted.

    python benchmarks/progress_million.py [--rows 1000000] [--times 7] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from kwabo.adapters.identity.passwords import Argon2PasswordHasher
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.migrate import migrate
from kwabo.adapters.postgres.private_server import PostgresAccess, PrivatePostgres
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.permissions import PERMISSIONS
from kwabo.services.explanations import ExplanationService
from kwabo.services.organisations import (
    NewOrganisation,
    OrganisationService,
    demonstration_users,
)
from kwabo.services.progress import ProgressService

_FILL = """
INSERT INTO contact_lists (contact_list_id, organisation_id, name, region, time_zone, created_at,
    updated_at)
VALUES ($1, $2, 'million', 'BJ', 'Africa/Porto-Novo', now(), now());
"""
_CONTACTS = """
INSERT INTO contacts (contact_id, organisation_id, contact_list_id, external_key, data, numbers,
    number_labels, created_at, updated_at)
SELECT gen_random_uuid(), $2, $1, 'C' || n, jsonb_build_object('nom', 'Client ' || n, 'solde', n),
    ARRAY['+2290197' || lpad(n::text, 6, '0')], ARRAY['mobile'], now(), now()
FROM generate_series(1, $3::int) n
"""
_CAMPAIGN = """
INSERT INTO campaigns (campaign_id, organisation_id, name, contact_list_id, mode, queue_id,
    trunk_id, caller_id, dnc_list_id, state, state_changed_at, scan_added_in, scan_position,
    created_at, updated_at)
SELECT $1, $2, 'million', $3, 'progressive', $4, $5, '+2290121000000', $6, 'running', now(),
    max(added_in), max(position), now(), now() FROM contacts WHERE contact_list_id = $3
"""
_COURSES = """
INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,
    last_attempt_at, last_result, next_attempt_at)
SELECT $1, contact_id, $2, CASE WHEN position % 2 = 0 THEN 'finished' ELSE 'open' END, 1,
    now() - interval '1 hour', CASE WHEN position % 3 = 0 THEN 'person' ELSE 'busy' END,
    CASE WHEN position % 2 = 1 THEN now() + interval '1 hour' END
FROM contacts WHERE contact_list_id = $3
"""
_ATTEMPTS = """
INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number, number,
    mode, caller_id, trunk_id, state, result, fencing, dialling_at, answered_at, connected_at,
    closed_at)
SELECT gen_random_uuid(), $2, $1, contact_id, 1, numbers[1], 'progressive', '+2290121000000', $4,
    'closed', CASE WHEN position % 3 = 0 THEN 'person' ELSE 'busy' END, 1,
    now() - interval '1 hour',
    CASE WHEN position % 3 = 0 THEN now() - interval '59 minutes' END,
    CASE WHEN position % 3 = 0 THEN now() - interval '59 minutes' + interval '40 ms' END,
    now() - interval '58 minutes'
FROM contacts WHERE contact_list_id = $3
"""
_WRAP_UPS = """
INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, system_code, created_at)
SELECT attempt_id, organisation_id, campaign_id, 'NOT_GIVEN', now() FROM attempts
WHERE campaign_id = $1 AND result = 'person'
"""


class Bench:
    """One organisation with one long list and its campaign."""

    def __init__(self, access: PostgresAccess) -> None:
        self._access = access
        self._clock = SystemClock()
        self._ids = TimeOrderedIds(self._clock)
        self._engine = create_engine(access.app_url)
        self._unit_of_work = PostgresUnitOfWork(self._engine)
        self._campaign_id = self._ids.new()
        self._list_id = self._ids.new()
        self._contact_ids: list[UUID] = []

    async def fill(self, rows: int) -> None:
        """Make every row."""
        organisations = OrganisationService(
            self._unit_of_work,
            passwords=Argon2PasswordHasher(),
            ids=self._ids,
            clock=self._clock,
        )
        made = await organisations.create(
            NewOrganisation(name="Bench", slug="bench"),
            demonstration_users(1, ["bench-password"] * 3),
        )
        self._asker = Asker(
            user_id=made.user_ids["admin"],
            organisation_id=made.organisation_id,
            display_name="Bench",
            language="fr",
            role="administrator",
            permissions=PERMISSIONS,
        )
        connection = await asyncpg.connect(self._access.superuser_url.rsplit("/", 1)[0] + "/kwabo")
        organisation_id, campaign_id, list_id = (
            made.organisation_id,
            self._campaign_id,
            self._list_id,
        )
        try:
            await connection.execute(_FILL, list_id, organisation_id)
            await connection.execute(_CONTACTS, list_id, organisation_id, rows)
            await connection.execute(
                _CAMPAIGN,
                campaign_id, organisation_id, list_id, made.queue_id, made.trunk_id,
                made.dnc_list_id,
            )  # fmt: skip
            await connection.execute(_COURSES, campaign_id, organisation_id, list_id)
            await connection.execute(
                _ATTEMPTS, campaign_id, organisation_id, list_id, made.trunk_id
            )
            await connection.execute(_WRAP_UPS, campaign_id)
            await connection.execute("VACUUM ANALYZE")
            found = await connection.fetch(
                "SELECT contact_id FROM contacts WHERE position % $1 = 7 LIMIT 200",
                max(10, rows // 200),
            )
        finally:
            await connection.close()
        self._contact_ids = [row["contact_id"] for row in found]

    async def figures(self, times: int) -> dict[str, list[float]]:
        """Seconds of each call."""
        progress = ProgressService(self._unit_of_work)
        explanations = ExplanationService(self._unit_of_work, clock=self._clock)
        contact_ids = iter(self._contact_ids * (1 + 20 * times))

        def page(
            search: str | None = None, state: str | None = None
        ) -> Callable[[], Awaitable[Any]]:
            return lambda: explanations.find(
                self._asker, self._campaign_id, search=search, state=state, limit=50, token=None,
                language="fr",
            )  # fmt: skip

        return {
            "progress": await _timed(
                lambda: progress.progress(self._asker, self._campaign_id), times
            ),
            "explain one contact": await _timed(
                lambda: explanations.explain(
                    self._asker, self._campaign_id, next(contact_ids), "fr"
                ),
                20 * times,
            ),
            "first 50 contacts, explained": await _timed(page(), times),
            "50 open contacts, explained": await _timed(page(state="open"), times),
            "search by part of a name": await _timed(page(search="Client 99999"), times),
        }

    async def close(self) -> None:
        await self._engine.dispose()


async def _timed(call: Callable[[], Awaitable[Any]], times: int) -> list[float]:
    await call()
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        await call()
        found.append(time.perf_counter() - begun)
    return found


async def measure(folder: Path, rows: int, times: int) -> dict[str, Any]:
    """Every figure of one run."""
    server = PrivatePostgres(folder / "postgres")
    access = await asyncio.to_thread(server.start)
    bench = Bench(access)
    try:
        await migrate(access.owner_url)
        begun = datetime.now(UTC)
        await bench.fill(rows)
        filled = (datetime.now(UTC) - begun).total_seconds()
        figures = await bench.figures(times)
    finally:
        await bench.close()
        await asyncio.to_thread(server.stop)
    return {
        "rows": rows,
        "fill_seconds": round(filled, 1),
        "seconds": {
            what: {"p50": statistics.median(found), "max": max(found)}
            for what, found in figures.items()
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kwabo-bench-"))
    folder.chmod(0o755)
    try:
        figures = asyncio.run(measure(folder, options.rows, options.times))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{figures['rows']:,} contacts, as many attempts (made in {figures['fill_seconds']} s)")
    print(f"{'':<32}{'p50 ms':>10}{'max ms':>10}")
    for what, found in figures["seconds"].items():
        print(f"{what:<32}{found['p50'] * 1000:>10.1f}{found['max'] * 1000:>10.1f}")


if __name__ == "__main__":
    main()
