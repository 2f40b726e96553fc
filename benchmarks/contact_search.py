"""Parts of texts and orders of columns in a list of a million contacts, as a list's page asks.

    python benchmarks/contact_search.py [--contacts 1000000] [--plan]

Milliseconds of a request of the service until its answer (which says how far it looked), and until
the page is full or the whole list has been looked at (`whole`), with the requests that this took;
and of a bare count of the contacts.
"""

from __future__ import annotations

import asyncio
import time

from _centre import ASKER, LIST, centre, options_of
from _measure import plans, show, timed

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.services.contact_search import ContactFilter
from kwabo.services.contacts import ContactService

PAGE = 50


async def main() -> None:
    """Measure and print the table."""
    options = options_of(__doc__).parse_args()
    seen: list[str] = []
    async with centre(options) as made:
        engine = create_engine(made.app_url, statement_timeout_seconds=120)
        clock = SystemClock()
        service = ContactService(PostgresUnitOfWork(engine), ids=TimeOrderedIds(clock), clock=clock)
        async with made.owner() as owner:
            found: dict[str, list[float] | str] = {
                "bare count of the contacts": await timed(
                    lambda: owner.fetchval("SELECT count(*) FROM contacts"), 3
                )
            }
        digits = f"{60000000 + options.contacts - 7:08d}"[-6:]
        searches = {
            "a text that nobody has": ContactFilter(search="nulle part"),
            "a rare text": ContactFilter(search=f"C{options.contacts - 7}"),
            "a frequent text": ContactFilter(search="cotonou"),
            "six digits of a number": ContactFilter(search=digits),
            "by a number, descending": ContactFilter(sort="-solde"),
            "by a text": ContactFilter(sort="nom"),
            "a frequent text, by a date": ContactFilter(search="cotonou", sort="échéance"),
        }
        for name, wanted in searches.items():
            requests: list[float] = []
            wholes: list[float] = []
            asked = 0
            for _ in range(3):
                items, token, begun = 0, None, time.perf_counter()
                while True:
                    one = time.perf_counter()
                    page = await service.find(ASKER, LIST, wanted, limit=PAGE - items, token=token)
                    requests.append(1000 * (time.perf_counter() - one))
                    asked += 1
                    items += len(page.items)
                    token = page.next_page_token
                    if token is None or items >= PAGE:
                        break
                wholes.append(1000 * (time.perf_counter() - begun))
            found[f"{name}: a request"] = requests
            found[f"{name}: whole, {asked / 3:.1f} requests, {items} found"] = wholes
        if options.plan:
            async with plans(made, longer_than_ms=25) as seen:
                await service.find(
                    ASKER, LIST, ContactFilter(search="nulle part"), limit=PAGE, token=None
                )
        await engine.dispose()
    show("contact_search", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
