"""How long a campaign's diagnosis takes on a list of a million.

    python benchmarks/diagnosis.py [--contacts 1000000] [--plan]

Milliseconds of whole diagnoses on the big centre: of a finished campaign with a course for every
contact, of one that is halfway, of one whose filter has kept out two thirds of the half that it has
been through; and of a bare `count(*)` of the contacts by the owner of the tables.
"""

from __future__ import annotations

import asyncio
from typing import Any

from _centre import (
    ASKER,
    FILTERED,
    HISTORY,
    PLAIN,
    Centre,
    centre,
    options_of,
)
from _measure import plans, show, timed

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.live import PostgresLiveStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock
from kwabo.services.diagnosis import DiagnosisService

REASONS = (
    "UPDATE campaign_contacts SET reason = (ARRAY['RESULT_BUSY', 'RECALL_DELAY', 'DNC_LISTED',"
    " 'OUTSIDE_CALLABLE_TIME', 'ATTEMPT_LIMIT', 'CALLBACK_SCHEDULED', 'RESULT_INVALID',"
    " 'NO_CALLABLE_NUMBER', 'MINIMUM_GAP', 'CONSENT_MISSING', 'RESULT_PERSON', 'NUMBER_LIMIT'])"
    "[1 + get_byte(uuid_send(contact_id), 15) % 12]"
)


async def asked(made: Centre, times: int) -> dict[str, list[float]]:
    """Milliseconds of each campaign's diagnosis."""
    engine = create_engine(made.app_url)
    live = PostgresLiveStore(engine, Notifications(made.app_url))
    service = DiagnosisService(PostgresUnitOfWork(engine), live=live, clock=SystemClock())
    found = {}
    for name, campaign_id in (
        ("diagnosis, a course for everybody", HISTORY),
        ("diagnosis, halfway", PLAIN),
        ("diagnosis, halfway with a filter", FILTERED),
    ):

        async def ask(campaign_id: Any = campaign_id) -> None:
            seen = await service.diagnose(ASKER, campaign_id)
            assert sum(bucket.contacts for bucket in seen.buckets) == seen.contacts

        found[name] = await timed(ask, times)
    await engine.dispose()
    return found


async def main() -> None:
    """Measure and print the table."""
    options = options_of(__doc__).parse_args()
    seen: list[str] = []
    async with centre(options) as made:
        await made.advance(PLAIN, 0.5)
        await made.advance(FILTERED, 0.5)
        await made.execute(
            REASONS,
            # Two thirds of those that the filtered campaign has passed have no course.
            f"DELETE FROM campaign_contacts WHERE campaign_id = '{FILTERED}' AND state <> 'open'",
            "VACUUM ANALYZE campaign_contacts",
        )
        async with made.owner() as owner:
            found = {
                "bare count of contacts": await timed(
                    lambda: owner.fetchval("SELECT count(*) FROM contacts")
                )
            }
        found |= await asked(made, 9)
        if options.plan:
            async with plans(made, longer_than_ms=5) as seen:
                await asked(made, 1)
    show("diagnosis", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
