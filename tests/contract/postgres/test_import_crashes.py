"""Imports that are killed, frozen or taken over neither lose nor double a row."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from database import Database
from kwabo.adapters.postgres.import_blocks import InProcessBlocks
from kwabo.adapters.postgres.import_process import ProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import TimeOrderedIds
from kwabo.domain.contacts.column_guess import MappedColumn
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.contacts.import_plan import ImportPlan, Mapping
from kwabo.engine.importer import Importer, LostImport
from kwabo.ports.contact_lists import ContactList
from kwabo.ports.imports import Import, PreparedBlock
from world import Both, SteppedClock, importer_on

COLUMNS = (
    Column(name="ref", label="ref", kind=ColumnKind.TEXT),
    Column(name="tel", label="mobile", kind=ColumnKind.PHONE, position=1),
)
ROWS = 120  # every tenth is a repetition of the row before, every fifteenth has no number


def lines() -> list[str]:
    """The file's rows."""
    made = []
    for n in range(ROWS):
        reference = f"R{n - 1 if n % 10 == 9 else n:03d}"
        made.append(f"{reference};{'' if n % 15 == 14 else f'0197{n:06d}'}\n")
    return made


class World:
    """An organisation with a list and an import that waits."""

    def __init__(self, unit_of_work: PostgresUnitOfWork, clock: SteppedClock, both: Both) -> None:
        self.unit_of_work = unit_of_work
        self.clock = clock
        self._ids = TimeOrderedIds(clock)  # one for all workers, as real ones never repeat
        self.organisation_id = both.a.organisation_id
        self.list_id = UUID(int=(7 << 76) + 1)
        self.import_id = UUID(int=(7 << 76) + 2)

    async def prepare(self, path: Path) -> None:
        size = path.write_text("ref;tel\n" + "".join(lines()))  # noqa: ASYNC240
        now = self.clock.now()
        mapping = Mapping(columns=tuple(MappedColumn(source=c.name, column=c) for c in COLUMNS))
        async with self.unit_of_work.begin(self.organisation_id) as stores:
            await stores.contact_lists.add(
                ContactList(
                    contact_list_id=self.list_id, organisation_id=self.organisation_id,
                    name="Clients", region="BJ", time_zone="Africa/Porto-Novo", columns=COLUMNS,
                    key_columns=("ref",), version=1, created_at=now, updated_at=now,
                )
            )  # fmt: skip
            await stores.imports.add(
                Import(
                    import_id=self.import_id, organisation_id=self.organisation_id,
                    contact_list_id=self.list_id, contact_list_name=None, user_id=None,
                    file_name="x.csv", file_path=str(path), file_bytes=size,
                    state="waiting", encoding="utf-8", delimiter=";", mapping=mapping.as_json(),
                    key_columns=(), on_duplicate="update", bytes_done=0, lines_done=0,
                    rows_read=0, rows_added=0, rows_updated=0, rows_duplicate=0, rows_rejected=0,
                    error_code=None, error=None, created_at=now, started_at=None, ended_at=None,
                )
            )  # fmt: skip

    def importer(self, worker: str, blocks: object, lease_seconds: float) -> Importer:
        importer = importer_on(self.unit_of_work, self.clock, blocks)  # type: ignore[arg-type]
        importer._worker, importer._ids = worker, self._ids
        importer._lease_seconds = lease_seconds
        return importer

    async def record(self) -> Import:
        async with self.unit_of_work.begin(self.organisation_id) as stores:
            found = await stores.imports.get(self.import_id)
        assert found is not None
        return found

    async def check(self) -> None:
        """Every row of the file counts once, and every key is one contact."""
        record = await self.record()
        assert record.state == "complete", record
        refused = [n for n in range(ROWS) if n % 15 == 14]
        expected = {line.split(";")[0] for n, line in enumerate(lines()) if n not in refused}
        assert (record.rows_read, record.rows_rejected) == (ROWS, len(refused))
        assert record.rows_added == len(expected)
        assert record.rows_updated == ROWS - len(refused) - len(expected)
        async with self.unit_of_work.begin(self.organisation_id) as stores:
            keys = await stores.contacts.lock_by_keys(self.list_id, sorted(expected))
            counts = await stores.contact_lists.count_contacts([self.list_id])
            report = await stores.imports.rejections(self.import_id, after=0, limit=1000)
        assert {contact.external_key for contact in keys} == expected
        assert counts[self.list_id] == len(expected)
        assert [r.line_number for _, r in report] == [n + 2 for n in refused]


@pytest.fixture
async def world(
    unit_of_work: PostgresUnitOfWork, clock: SteppedClock, both: Both, tmp_path: Path
) -> World:
    """An import that waits."""
    world = World(unit_of_work, clock, both)
    await world.prepare(tmp_path / "x.csv")
    return world


class Killed(BaseException):
    """Stands for the end of the process: nothing below catches it."""


class DyingBlocks(InProcessBlocks):
    """Dies when it is asked for its n-th block."""

    def __init__(self, blocks_left: int) -> None:
        super().__init__(block_bytes=100)
        self._left = blocks_left

    async def prepare(
        self, plan: ImportPlan, file_path: str, offset: int, line_number: int, base_id: UUID
    ) -> PreparedBlock:
        self._left -= 1
        if self._left < 0:
            raise Killed
        return await super().prepare(plan, file_path, offset, line_number, base_id)


async def test_death_at_every_block(world: World) -> None:
    deaths = 0
    while (await world.record()).state in ("waiting", "running"):
        try:
            # Each worker lives for one block more than the one before it got done.
            await world.importer(f"w{deaths}", DyingBlocks(2), lease_seconds=0).work_once()
        except (Killed, BaseExceptionGroup):
            deaths += 1
        assert deaths < 200
    assert deaths > 5
    await world.check()


async def test_a_frozen_worker_that_wakes_up_writes_nothing(world: World) -> None:
    frozen = world.importer("frozen", InProcessBlocks(block_bytes=100), lease_seconds=0)
    async with world.unit_of_work.begin(world.organisation_id) as stores:
        record = await stores.imports.claim(world.import_id, "frozen", 0, world.clock.now())
        assert record is not None
        work = await frozen._work(stores, record)
    assert work is not None
    await work.begin(record)
    block = await work.prepare(record, 0, 1)

    other = world.importer("other", InProcessBlocks(block_bytes=100), lease_seconds=0)
    assert await other.work_once()
    with pytest.raises(LostImport):
        await frozen._store(record, block, work)
    await world.check()


async def test_only_one_worker_has_an_import(world: World) -> None:
    async with world.unit_of_work.begin(world.organisation_id) as stores:
        assert await stores.imports.claim(world.import_id, "one", 60, world.clock.now())
    assert not await world.importer("two", InProcessBlocks(), lease_seconds=60).work_once()


async def test_a_missing_file_ends_the_import_with_a_reason(world: World) -> None:
    Path((await world.record()).file_path).unlink()  # noqa: ASYNC240
    assert await world.importer("w", InProcessBlocks(), lease_seconds=60).work_once()

    record = await world.record()
    assert (record.state, record.error_code) == ("failed", "FILE_UNREADABLE")


async def test_a_reader_process_that_is_killed_is_replaced(world: World) -> None:
    blocks = ProcessBlocks()
    importer = world.importer("w", blocks, lease_seconds=60)
    async with world.unit_of_work.begin(world.organisation_id) as stores:
        record = await stores.imports.get(world.import_id)
        assert record is not None
        work = await importer._work(stores, record)
    assert work is not None
    await work.begin(record)
    try:
        first = await work.prepare(record, 0, 1)
        assert blocks.process_id is not None
        os.kill(blocks.process_id, signal.SIGKILL)
        again = await work.prepare(record, 0, 1)
        assert (again.rows_read, again.staged_rows) == (first.rows_read, first.staged_rows)
        assert await importer.work_once()
    finally:
        await blocks.close()
    await world.check()


_PROGRAM = """
import asyncio, sys
from pathlib import Path
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.import_blocks import InProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.uploads import FolderUploads
from kwabo.engine.importer import Importer

async def main():
    clock = SystemClock()
    importer = Importer(
        PostgresUnitOfWork(create_engine(sys.argv[1])), blocks=InProcessBlocks(block_bytes=60),
        uploads=FolderUploads(Path(sys.argv[2])), clock=clock, ids=TimeOrderedIds(clock),
        worker=sys.argv[3], lease_seconds=0,
    )
    print("ready", flush=True)
    await importer.work_once()

asyncio.run(main())
"""


async def test_kill_9_of_real_processes(world: World, database: Database, tmp_path: Path) -> None:
    kills = 0
    while (await world.record()).state in ("waiting", "running"):
        before = (await world.record()).bytes_done
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _PROGRAM, database.app_url, str(tmp_path), f"w{kills}",
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert child.stdout is not None
        assert await child.stdout.readline() == b"ready\n"
        await _until(world, lambda now, before=before: now.bytes_done > before + 150, child)
        if child.returncode is None:
            child.kill()
            kills += 1
        await child.wait()
        await _alone(world, database)
    assert kills >= 3
    await world.check()


async def _until(
    world: World, reached: Callable[[Import], bool], child: asyncio.subprocess.Process
) -> None:
    """Return when the import has come so far, or is over, or the child has ended."""
    while child.returncode is None:
        now = await world.record()
        if reached(now) or now.state not in ("waiting", "running"):
            return
        await asyncio.sleep(0.002)


async def _alone(world: World, database: Database) -> None:
    """Wait until the server has noticed that the killed client is gone."""
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND application_name = 'kwabo'"
    )
    while True:
        async with world.unit_of_work._engine.connect() as connection:
            if not await connection.scalar(query, {"name": database.name}):
                return
        await asyncio.sleep(0.01)
