"""A campaign's progress and the live page beside bare counts of the same rows, on the big centre.

    python benchmarks/campaign_progress.py [--contacts 1000000] [--plan]

Milliseconds of the progress of a finished campaign with a million attempts, of its pace, of the
live snapshot, of what a floor reads when it is taken over (each second of it is a second in which
nothing is dialled), of what campaign rules ask every ten seconds, and of the lists with their
counts; beside a bare `count(*)` of the contacts and of the attempts by the owner of the tables.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from _centre import HISTORY, LIST, ORGANISATION, PLAIN, centre, options_of
from _floor import Floor
from _measure import plans, show, timed

from kwabo.adapters.postgres.live import PostgresLiveStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.unit_of_work import PostgresStores, PostgresUnitOfWork


async def main() -> None:
    """Measure and print the table."""
    options = options_of(__doc__).parse_args()
    found: dict[str, Any] = {}
    async with centre(options) as made:
        await made.advance(PLAIN, 0.5)

        async def asked(times: int) -> None:
            floor = await Floor.of(made)
            unit_of_work = PostgresUnitOfWork(floor.engine)
            live = PostgresLiveStore(floor.engine, Notifications(made.app_url))

            def of(ask: Callable[[PostgresStores], Awaitable[Any]]) -> Callable[[], Awaitable[Any]]:
                async def run() -> None:
                    async with unit_of_work.begin(ORGANISATION) as stores:
                        await ask(stores)

                return run

            now = datetime.now(UTC)
            hour, day = now - timedelta(hours=1), now - timedelta(days=1)
            for name, ask in {
                "progress": of(lambda s: s.progress.progress(HISTORY)),
                "progress, half done": of(lambda s: s.progress.progress(PLAIN)),
                "pace of the last hour": of(lambda s: s.progress.minutes(HISTORY, hour)),
                "abandon rate of a day": of(lambda s: s.progress.window(HISTORY, day)),
                "abandon rate of 30 days": of(
                    lambda s: s.progress.window(HISTORY, now - timedelta(days=30))
                ),
                "live snapshot": lambda: live.snapshot(ORGANISATION, now),
                "floor taken over": lambda: floor.store.load(floor.lease),
                "a campaign read anew": lambda: floor.store.load_campaign(floor.lease, HISTORY),
                "what pacing learns from": lambda: floor.store.load_pacing(
                    floor.lease, HISTORY, day, 3000
                ),
                "the same, a campaign without calls": lambda: floor.store.load_pacing(
                    floor.lease, PLAIN, day, 3000
                ),
                "figures of campaign rules": of(
                    lambda s: s.campaign_rules.figures([HISTORY, PLAIN])
                ),
                "contact lists with counts": of(lambda s: s.contact_lists.count_contacts([LIST])),
                "DNC lists with counts": of(lambda s: s.dnc_lists.all()),
            }.items():
                found[name] = await timed(ask, times)
            await floor.close()

        async with made.owner() as owner:
            for table in ("contacts", "attempts"):
                found[f"bare count of {table}"] = await timed(
                    lambda table=table: owner.fetchval(f"SELECT count(*) FROM {table}")
                )
        await asked(9)
        seen: list[str] = []
        if options.plan:
            kept = dict(found)
            async with plans(made, longer_than_ms=2) as seen:
                await asked(1)
            found = kept
    show("campaign_progress", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
