"""A dump restored into a server that counts transactions anew, and what the guide says to do."""

from __future__ import annotations

import re
from pathlib import Path

import asyncpg

from contract.floor_store.bench import campaign, closed, course, lease_of, request
from contract.floor_store.postgres_bench import PostgresBench
from database import Database

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "operators" / "running.md"
BEYOND = 2**40  # a transaction id that this server has not reached


def statements() -> str:
    """What the guide tells the operator to run."""
    found = re.search(r"```sql\n-- after a restore\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found
    return found[1]


async def test_restored_contacts_are_called_once_the_guide_was_followed(
    postgres_bench: PostgresBench, database: Database
) -> None:
    bench = postgres_bench
    row = campaign(bench)
    await bench.add_campaign(row)
    contacts = [await bench.add_contact(f"+22901970000{n:02d}") for n in range(6)]
    lease = await lease_of(bench)
    agents = bench.place.agents[:2]
    async with bench.store.transaction(lease) as transaction:
        begun = await transaction.claim(request(bench, row, *agents))
    async with bench.store.transaction(lease) as transaction:
        for attempt in begun.attempts:
            await transaction.apply([closed(attempt), course(attempt)], [])

    owner = await asyncpg.connect(database.owner_url.replace("+asyncpg", ""))
    await owner.execute(f"UPDATE contacts SET added_in = added_in + {BEYOND}")
    await owner.execute(f"UPDATE campaigns SET scan_added_in = scan_added_in + {BEYOND}")
    async with bench.store.transaction(lease) as transaction:
        stuck = await transaction.claim(request(bench, row, *agents))
    assert stuck.attempts == []

    await owner.execute(statements())
    await owner.close()
    late = await bench.add_contact("+2290197000099")
    called = [attempt.contact_id for attempt in begun.attempts]
    for _ in range(3):
        async with bench.store.transaction(lease) as transaction:
            answer = await transaction.claim(request(bench, row, *agents))
        async with bench.store.transaction(lease) as transaction:
            for attempt in answer.attempts:
                called.append(attempt.contact_id)
                await transaction.apply([closed(attempt), course(attempt)], [])
    assert called == [*contacts, late]
