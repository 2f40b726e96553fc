"""Claims of contacts on a list of a million, at each stage of a campaign.

    python benchmarks/claims.py [--contacts 1000000] [--plan] [--only plain,filtered,sorted]

Claims of one and of fifty contacts, in milliseconds of the whole transaction (rules, attempts,
courses, commit), on a copy of the big centre (`_centre.py`): in the list's order with nothing done,
half of the list and nine tenths of it; with a filter that one contact in a thousand passes; sorted
by four keys and started before its order was filled, with the filler beside it, as in the program.
Beside each the same number of bare transactions that write as many rows of the same table.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from _centre import (
    FILTERED,
    ORGANISATION,
    PLAIN,
    SORTED,
    TRUNK,
    Centre,
    centre,
    options_of,
)
from _floor import CLOSE, Floor
from _measure import plans, show

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock
from kwabo.engine.order_filler import OrderFiller

_BARE = """
    INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
        number, mode, caller_id, trunk_id, state, result, fencing, dialling_at, closed_at)
    SELECT gen_random_uuid(), $1, $2, gen_random_uuid(), 1, '+229' || i, 'progressive', '', $3,
        'closed', 'busy', 1, $4, $4 FROM generate_series(1, $5::int) i
"""
Found = dict[str, list[float] | str]


async def _bare(made: Centre, rows: int, times: int) -> list[float]:
    """A transaction that writes as many attempts and asks nothing."""
    found = []
    connection = await asyncpg.connect(made.app_url)
    for _ in range(times):
        begun = time.perf_counter()
        async with connection.transaction():
            await connection.execute(
                "SELECT set_config('kwabo.organisation_id', $1, true)", str(ORGANISATION)
            )
            await connection.execute(_BARE, ORGANISATION, PLAIN, TRUNK, datetime.now(UTC), rows)
        found.append(1000 * (time.perf_counter() - begun))
    await connection.close()
    return found


async def _stage(made: Centre, floor: Floor, found: Found, name: str, campaign_id: UUID) -> None:
    for wanted, number in ((1, 60), (50, 12)):
        times, contacts = await floor.claims(campaign_id, wanted, number)
        found[f"{name}, claim of {wanted}: {contacts} contacts"] = times
        await made.execute(CLOSE)


async def plain(made: Centre, floor: Floor, found: Found) -> None:
    """In the list's order."""
    await _stage(made, floor, found, "list's order, nothing done", PLAIN)
    for share in (0.5, 0.9):
        await made.advance(PLAIN, share)
        await _stage(made, floor, found, f"list's order, {share:.0%} done", PLAIN)


async def filtered(made: Centre, floor: Floor, found: Found) -> None:
    """With a filter."""
    await _stage(made, floor, found, "one in a thousand, nothing done", FILTERED)
    await made.advance(FILTERED, 0.9)
    await _stage(made, floor, found, "one in a thousand, 90% looked at", FILTERED)


async def in_order(made: Centre, floor: Floor, found: Found) -> None:
    """Sorted, just started: until the first contact, while the rest is put in order, and then."""
    engine = create_engine(made.app_url, application_name="filler")
    filler = OrderFiller(PostgresUnitOfWork(engine), clock=SystemClock())
    work = asyncio.create_task(filler.run())  # as the program does beside its floors
    times: list[float] = []
    first = 0
    begun = time.perf_counter()
    while not first and time.perf_counter() - begun < 900:
        ms, answer = await floor.claim(SORTED, 1)
        times.append(ms)
        first = len(answer.attempts)
    seconds = time.perf_counter() - begun
    found[f"sorted, until its first contact: {seconds:.1f} s"] = times
    await made.execute(CLOSE)
    times = []
    until = time.perf_counter() + 20
    contacts = 0
    while time.perf_counter() < until:
        ms, answer = await floor.claim(SORTED, 1)
        times.append(ms)
        contacts += len(answer.attempts)
        await asyncio.sleep(0.05)
    async with made.owner() as owner:
        placed = await owner.fetchval("SELECT count(*) FROM campaign_order")
    found[f"sorted, claim of 1, {placed:,} in order by then: {contacts} contacts"] = times
    await made.execute(CLOSE)
    filled = await _filled(made, begun)
    found["sorted, until all are in order"] = f"{filled:.0f} s"
    work.cancel()
    await engine.dispose()
    await _stage(made, floor, found, "sorted, all in order", SORTED)


async def _filled(made: Centre, begun: float) -> float:
    """Seconds until the filler had come by the whole list, or had ten minutes for it."""
    async with made.owner() as owner:
        while (seconds := time.perf_counter() - begun) < 600:
            if not await owner.fetch("SELECT campaign_id FROM unfilled_orders() WHERE running"):
                return seconds
            await asyncio.sleep(1.0)
    return float("inf")


STAGES: dict[str, Callable[[Centre, Floor, Found], Awaitable[None]]] = {
    "plain": plain,
    "filtered": filtered,
    "sorted": in_order,
}


async def main() -> None:
    """Run the stages and print the table."""
    parser = options_of(__doc__)
    parser.add_argument("--only", default=",".join(STAGES))
    options = parser.parse_args()
    found: Found = {}
    seen: list[str] = []
    async with centre(options) as made:
        for rows in (1, 50):
            found[f"bare transaction, {rows} attempts"] = await _bare(made, rows, 30)
        for name in options.only.split(","):
            floor = await Floor.of(made)
            await STAGES[name](made, floor, found)
            await floor.close()
            if options.plan:
                async with plans(made, longer_than_ms=0.5) as told:
                    floor = await Floor.of(made)
                    campaign_id = {"plain": PLAIN, "filtered": FILTERED, "sorted": SORTED}[name]
                    for _ in range(8):  # more than PostgreSQL makes plans of its own for
                        await floor.claim(campaign_id, 5)
                    await floor.close()
                seen += [f"\n# {name}", *told]
                await made.execute(CLOSE)
    show("claims", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
