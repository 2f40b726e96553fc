"""Claims of contacts on a list of a million, at each stage of a campaign.

    python benchmarks/claims.py [--contacts 1000000] [--plan] [--only plain,filtered,sorted]

Claims of one and of fifty contacts, in milliseconds of the whole transaction (rules, attempts,
courses, commit), on a copy of the big centre (`_centre.py`): in the list's order with nothing done,
half of the list and nine tenths of it; with a filter that one contact in a thousand passes; sorted
by four keys, from the claim that begins to put the list into its order. Beside each the same number
of bare transactions that write as many rows of the same table.
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
from _floor import Floor
from _measure import plans, show

_BARE = """
    INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
        number, mode, caller_id, trunk_id, state, result, fencing, dialling_at, closed_at)
    SELECT gen_random_uuid(), $1, $2, gen_random_uuid(), 1, '+229' || i, 'progressive', '', $3,
        'closed', 'busy', 1, $4, $4 FROM generate_series(1, $5::int) i
"""
_CLOSE = (
    "UPDATE attempts SET state = 'closed', result = 'no_answer', closed_at = now()"
    " WHERE state <> 'closed'"
)
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
        await made.execute(_CLOSE)


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
    """Sorted: until the first contact, and then."""
    times: list[float] = []
    first = 0
    begun = time.perf_counter()
    while not first and time.perf_counter() - begun < 900:
        ms, answer = await floor.claim(SORTED, 1)
        times.append(ms)
        first = len(answer.attempts)
    seconds = time.perf_counter() - begun
    found[f"sorted, until its first contact: {seconds:.1f} s"] = times
    await made.execute(_CLOSE)
    await _stage(made, floor, found, "sorted", SORTED)


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
                await made.execute(_CLOSE)
    show("claims", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
