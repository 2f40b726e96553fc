"""DNC lists: how fast a file becomes entries while a floor claims, and what its claims cost then.

    python benchmarks/dnc.py [--contacts 1000000] [--upload 1000000] [--claims 200] [--plan]

On a copy of the big centre (`_centre.py`: for a million contacts five million entries, two lists of
the campaign, one of the organisation, one by column): claims of ten contacts, one after the other,
before, during and after the importer, with its reader's process, uploads a file to the
organisation's list. Beside them a bare COPY of as many values, and with `--plan` what PostgreSQL
chose for reading the candidates of a claim with their entries, right after the upload.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import structlog
from _centre import ASKER, ORGANISATION, PLAIN, WIDE, Centre, centre, options_of
from _floor import CLOSE, Floor
from _measure import plans, show

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.import_process import ProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.uploads import FolderUploads
from kwabo.engine.importer import Importer
from kwabo.services.dnc_uploads import DncUploadService, UploadStart

PER_CLAIM = 10
Found = dict[str, list[float] | str]


def _numbers(rows: int) -> list[str]:
    """Of the centre's contacts and of strangers, by turns."""
    return [f"01{(60, 95)[n % 2]}{n % 1_000_000:06d}" for n in range(rows)]


async def _parts(rows: int) -> AsyncIterator[bytes]:
    numbers = _numbers(rows)
    for start in range(0, rows, 10_000):
        yield b"".join(f"{one};motif\n".encode() for one in numbers[start : start + 10_000])


async def _bare(made: Centre, rows: int) -> float:
    """Rows a second of a COPY into a table with the same key."""
    async with made.owner() as owner:
        await owner.execute("CREATE TABLE bare (LIKE dnc_entries INCLUDING ALL)")
        at = datetime.now(UTC)
        columns = ["dnc_list_id", "organisation_id", "value", "created_at"]
        records = [(WIDE, ORGANISATION, f"+229{n}", at) for n in dict.fromkeys(_numbers(rows))]
        begun = time.perf_counter()
        await owner.copy_records_to_table("bare", records=records, columns=columns)
        return len(records) / (time.perf_counter() - begun)


async def _ended(made: Centre, importer: Importer) -> None:
    """The upload; calls end meanwhile, as they do on a floor."""
    work = asyncio.ensure_future(importer.work_once())
    while not work.done():
        await made.execute(CLOSE)
        await asyncio.wait([work], timeout=2.0)
    await work


async def _plan(made: Centre) -> list[str]:
    async with plans(made, longer_than_ms=0.5) as told:
        floor = await Floor.of(made)
        await floor.claims(PLAIN, PER_CLAIM, 8)  # more than PostgreSQL makes plans of its own for
        await floor.close()
    return [plan for plan in told if "dnc_entries" in plan][-1:]


async def _uploaded(made: Centre, folder: Path, rows: int, found: Found) -> None:
    """Claims beside an upload, which goes on while they are made."""
    clock = SystemClock()
    ids = TimeOrderedIds(clock)
    engine = create_engine(made.app_url)
    unit_of_work = PostgresUnitOfWork(engine)
    uploads = FolderUploads(folder)
    service = DncUploadService(unit_of_work, uploads=uploads, ids=ids, clock=clock)
    blocks = ProcessBlocks()
    importer = Importer(
        unit_of_work, blocks=blocks, uploads=uploads, clock=clock, ids=ids, worker="bench"
    )
    record, _ = await service.upload(ASKER, WIDE, file_name="stop.csv", chunks=_parts(rows))
    await service.start(ASKER, record.import_id, UploadStart())
    floor = await Floor.of(made)
    ms, times = await floor.beside(PLAIN, _ended(made, importer), wanted=PER_CLAIM)
    await floor.close()
    done = await service.get(ASKER, record.import_id)
    assert done.state == "complete", done
    found["upload"] = (
        f"{done.rows_read:,} rows, {done.rows_added:,} added, {1000 * done.rows_read / ms:,.0f}"
        " rows a second"
    )
    found[f"claim of {PER_CLAIM} during the upload"] = times
    await blocks.close()
    await engine.dispose()


async def main() -> None:
    """Measure and print the table."""
    parser = options_of(__doc__)
    parser.add_argument("--upload", type=int, default=1_000_000, help="rows of the file")
    parser.add_argument("--claims", type=int, default=200)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    found: Found = {}
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        async with centre(options) as made:
            found["bare COPY"] = f"{await _bare(made, options.upload):,.0f} rows a second"
            for turn in ("before", "after"):
                floor = await Floor.of(made)
                await floor.claims(PLAIN, PER_CLAIM, 20)
                await made.execute(CLOSE)
                times, _ = await floor.claims(PLAIN, PER_CLAIM, options.claims)
                found[f"claim of {PER_CLAIM} {turn} the upload"] = times
                await floor.close()
                await made.execute(CLOSE)
                if turn == "before":
                    await _uploaded(made, Path(folder), options.upload, found)
            seen = await _plan(made) if options.plan else []
    medians = [statistics.median(times) for times in found.values() if isinstance(times, list)]
    found["during as a multiple of before"] = f"{medians[1] / medians[0]:.2f}"
    show("dnc", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
