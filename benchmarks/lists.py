"""Work on a whole list of a million contacts, and what a floor's claims cost meanwhile.

    python benchmarks/lists.py [--contacts 1000000] [--only export,health,column,recycling]

On copies of the big centre: the first 100,000 rows of the list as CSV (rows a
second, and how much the process grows), in its own order and sorted; its
health; a column that is added with a value for every contact, with claims of one contact before
and while it goes on; the recycling of a finished campaign's contacts, counted and done. Beside
them a bare COPY of the contacts to nowhere.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from _centre import ASKER, HISTORY, LIST, ORGANISATION, PLAIN, Centre, centre, options_of
from _floor import Floor
from _measure import show

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.domain.campaigns.recycling import RecycleChoice
from kwabo.domain.contacts.column_change import ChangeKind, ChangeSettings
from kwabo.domain.contacts.columns import ColumnKind
from kwabo.engine.column_changer import ColumnChanger
from kwabo.services.column_changes import ColumnChangeService
from kwabo.services.contact_search import ContactFilter
from kwabo.services.contacts import ContactService

ENOUGH = 100_000  # rows of a CSV
Found = dict[str, list[float] | str]


def _resident_megabytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


async def export(made: Centre, unit_of_work: PostgresUnitOfWork, found: Found) -> None:
    """The list as CSV."""
    async with made.owner() as owner:
        begun = time.perf_counter()
        size = 0

        async def count(part: bytes) -> None:
            nonlocal size
            size += len(part)

        await owner.copy_from_query("SELECT * FROM contacts", output=count)
        found["bare COPY of the contacts"] = f"{time.perf_counter() - begun:.1f} s"
    clock = SystemClock()
    service = ContactService(unit_of_work, ids=TimeOrderedIds(clock), clock=clock)
    for name, sort in (("list as CSV", None), ("the same sorted by a number", "solde")):
        parts = await service.export(ASKER, LIST, ContactFilter(sort=sort))
        before, begun, rows = _resident_megabytes(), time.perf_counter(), -1
        most = before
        async for part in parts:
            rows += part.count("\n")
            most = max(most, _resident_megabytes())
            if rows >= ENOUGH:
                break
        seconds = time.perf_counter() - begun
        found[name] = (
            f"{rows:,} rows in {seconds:.1f} s, {rows / seconds:,.0f} a second; the process grew by"
            f" {most - before:.0f} MB"
        )


async def health(_made: Centre, unit_of_work: PostgresUnitOfWork, found: Found) -> None:
    """What the health page counts, in the background."""
    begun = time.perf_counter()
    async with unit_of_work.begin(ORGANISATION) as stores:
        await stores.list_health.count(LIST)
    found["list health"] = f"{time.perf_counter() - begun:.1f} s"


async def column(made: Centre, unit_of_work: PostgresUnitOfWork, found: Found) -> None:
    """A column added with a value, under a floor."""
    clock = SystemClock()
    floor = await Floor.of(made)
    times, _ = await floor.claims(PLAIN, 1, 60)
    found["claim of 1 before the change"] = times
    service = ColumnChangeService(unit_of_work, ids=TimeOrderedIds(clock), clock=clock)
    settings = ChangeSettings(name="vague", label="Vague", kind=ColumnKind.TEXT, default="A")
    await service.ask(ASKER, LIST, 1, ChangeKind.ADD, "", settings)
    changer = ColumnChanger(unit_of_work, clock=clock, worker="bench")
    begun = time.perf_counter()
    work = asyncio.create_task(changer.work_once())
    during: list[float] = []
    while not work.done() and time.perf_counter() - begun < 60:
        ms, _ = await floor.claim(PLAIN, 1)
        during.append(ms)
        await asyncio.sleep(0.05)
    seconds = time.perf_counter() - begun
    async with unit_of_work.begin(ORGANISATION) as stores:
        change = (await stores.column_changes.of_list(LIST, limit=1))[0]
    work.cancel()
    found[f"claim of 1 during it ({change.contacts_done / seconds:,.0f} contacts a second)"] = (
        during
    )
    await floor.close()


async def recycling(_made: Centre, unit_of_work: PostgresUnitOfWork, found: Found) -> None:
    """Finished contacts of a campaign that has called the whole list."""
    choice = RecycleChoice(results=("person",))
    for name, times in (("recycling, counted", 3), ("recycling, done", 1)):
        measured = []
        for _ in range(times):
            begun = time.perf_counter()
            async with unit_of_work.begin(ORGANISATION) as stores:
                if name.endswith("counted"):
                    counted = await stores.recycling.count(HISTORY, choice)
                else:
                    counted = await stores.recycling.recycle(HISTORY, choice, datetime.now(UTC))
            measured.append(1000 * (time.perf_counter() - begun))
        found[f"{name}: {counted.matching:,} contacts"] = measured


STAGES: dict[str, Callable[[Centre, PostgresUnitOfWork, Found], Awaitable[None]]] = {
    "export": export,
    "health": health,
    "column": column,
    "recycling": recycling,
}


async def main() -> None:
    """Run the stages and print the table."""
    parser = options_of(__doc__)
    parser.add_argument("--only", default=",".join(STAGES))
    options = parser.parse_args()
    found: Found = {}
    async with centre(options) as made:
        for name in options.only.split(","):
            engine = create_engine(made.app_url, statement_timeout_seconds=300)
            await STAGES[name](made, PostgresUnitOfWork(engine), found)
            await engine.dispose()
    show("lists", options, found)


if __name__ == "__main__":
    asyncio.run(main())
