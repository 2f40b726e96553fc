"""Work on a whole list of a million contacts, and what a floor's claims cost meanwhile.

    python benchmarks/lists.py [--contacts 1000000] [--only export,health,column,recycling]

On copies of the big centre: the first 100,000 rows of the list as CSV (rows a
second, and how much the process grows), in its own order and sorted; its
health; a column that is added with a value for every contact, one that becomes of another kind, is
renamed and removed, with claims of one contact before and while each goes on; the recycling of a
finished campaign's contacts, counted and done. Beside them a bare COPY of the contacts to nowhere.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from _centre import ASKER, HISTORY, LIST, ORGANISATION, PLAIN, Centre, centre, options_of
from _floor import CLOSE, Floor
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
    """Columns changed under a floor, each change for at most a minute."""
    floor = await Floor.of(made)
    times, _ = await floor.claims(PLAIN, 1, 60)
    found["claim of 1 before the changes"] = times
    new = ChangeSettings(name="vague", label="Vague", kind=ColumnKind.TEXT, default="A")
    for name, kind, of, settings in (
        ("added", ChangeKind.ADD, "", new),
        ("retyped", ChangeKind.KIND, "prénom", ChangeSettings(kind=ColumnKind.NUMBER)),
        ("renamed", ChangeKind.RENAME, "langue", ChangeSettings(name="parle")),
        ("removed", ChangeKind.REMOVE, "prénom", ChangeSettings(kind=ColumnKind.TEXT)),
    ):
        await _change(made, unit_of_work, floor, found, name, (kind, of, settings))
    await floor.close()


async def _change(
    made: Centre, unit_of_work: PostgresUnitOfWork, floor: Floor, found: Found, name: str,
    asked: tuple[ChangeKind, str, ChangeSettings],
) -> None:  # fmt: skip
    """One change of a column, with claims beside it; what is left of it is given up."""
    clock = SystemClock()
    await made.execute(CLOSE)
    service = ColumnChangeService(unit_of_work, ids=TimeOrderedIds(clock), clock=clock)
    async with unit_of_work.begin(ORGANISATION) as stores:
        known = await stores.contact_lists.get(LIST)
    assert known is not None
    change = await service.ask(ASKER, LIST, known.version, *asked)
    changer = ColumnChanger(unit_of_work, clock=clock, worker="bench")

    async def whole() -> None:
        await changer.work_once()
        if change.state == "checking":  # a person looks at what was counted
            await service.apply(ASKER, change.column_change_id, "keep")
            await changer.work_once()

    begun = time.perf_counter()
    work = asyncio.create_task(whole())
    during: list[float] = []
    while not work.done() and time.perf_counter() - begun < 60:
        ms, _ = await floor.claim(PLAIN, 1)
        during.append(ms)
        await asyncio.sleep(0.05)
    seconds = time.perf_counter() - begun
    async with unit_of_work.begin(ORGANISATION) as stores:
        now = (await stores.column_changes.of_list(LIST, limit=1))[0]
    assert now.error is None, now
    done = f"{now.state}, {now.contacts_done:,} contacts in {seconds:.0f} s"
    found[f"claim of 1 while one is {name} ({done})"] = during
    if not work.done():
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await made.execute(
            "DELETE FROM column_changes WHERE state NOT IN ('complete', 'cancelled')"
        )


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
