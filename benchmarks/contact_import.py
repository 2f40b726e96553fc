"""Import of contacts beside a bare COPY of the same file, in the same run on the same server.

    python benchmarks/contact_import.py [--rows 1000000] [--xlsx] [--folder DIR] [--json]

Prints a table: rows per second of (a) COPY of the file's text into one plain table without keys,
indexes or checks, committed; (b) the same file imported as a person would: cells typed, numbers to
E.164, duplicates by key, rows into `contacts` under row-level security, a commit per block; and
(c) the same file again, when every row updates a contact. Peak memory is the high-water mark of
resident memory (VmHWM) of the importing process and of its reader process; PostgreSQL is not in it.
With `--xlsx` the same rows are a workbook, numbers of digits alone kept as numbers: rows per second
of (d) making its sheet to text, in a process of its own, and (e) that and the import together.
A private PostgreSQL with its usual settings (fsync on) is started for the run in a fresh folder.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import random
import shutil
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from _workbook import xlsx

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.import_process import ProcessBlocks
from kwabo.adapters.postgres.migrate import migrate
from kwabo.adapters.postgres.private_server import PostgresAccess, PrivatePostgres
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.uploads import FolderUploads
from kwabo.adapters.workbooks import ProcessWorkbooks
from kwabo.domain.contacts.column_guess import guess_columns
from kwabo.domain.contacts.import_plan import Mapping, mapped_columns
from kwabo.engine.importer import Importer
from kwabo.ports.contact_lists import ContactList
from kwabo.ports.imports import Import

HEADER = ["référence", "nom", "prénom", "téléphone", "mobile", "ville", "solde", "échéance"]
NAMES = ["Adjovi", "Houngbédji", "Zinsou", "Dossou", "Agbo", "Sènan", "Kponou", "Ahouansou"]
FIRST = ["Koffi", "Afi", "Sèna", "Yao", "Ablavi", "Codjo", "Mahougnon", "Reine"]
TOWNS = ["Cotonou", "Porto-Novo", "Parakou", "Abomey-Calavi", "Bohicon", "Natitingou"]


def write_file(path: Path, rows: int, seed: int = 1) -> None:
    """A semicolon file in UTF-8, half of its numbers in old or written-out forms, some bad."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(HEADER) + "\r\n")
        for n in range(rows):
            digits = f"9{rng.choice('14567')}{rng.randrange(10**6):06d}"
            form = n % 10
            if n % 500 == 499:
                phone = digits[:5]
            elif form == 0:
                phone = f"+229 {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}"
            elif form < 5:
                phone = digits
            else:
                phone = f"+22901{digits}"
            second = f"0196{rng.randrange(10**6):06d}" if n % 3 == 0 else ""
            file.write(
                f"C{n:08d};{rng.choice(NAMES)};{rng.choice(FIRST)};{phone};{second};"
                f"{rng.choice(TOWNS)};{rng.randrange(10**6)},{rng.randrange(100):02d};"
                f"{rng.randrange(1, 29):02d}/{rng.randrange(1, 13):02d}/2026\r\n"
            )


def peak_megabytes(process_id: int | str = "self") -> float:
    """The most resident memory a process has had."""
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


async def copy_seconds(access: PostgresAccess, path: Path) -> float:
    """A bare COPY of the file's text."""
    connection = await asyncpg.connect(access.owner_url)
    try:
        columns = ", ".join(f'"{name}" text' for name in HEADER)
        await connection.execute(f"CREATE TABLE bare ({columns})")
        begun = time.perf_counter()
        await connection.copy_to_table(
            "bare", source=str(path), format="csv", delimiter=";", header=True
        )
        return time.perf_counter() - begun
    finally:
        await connection.execute("DROP TABLE IF EXISTS bare")
        await connection.close()


class Bench:
    """One organisation with one list."""

    def __init__(self, access: PostgresAccess, folder: Path) -> None:
        self._clock = SystemClock()
        self._ids = TimeOrderedIds(self._clock)
        self._owner_url = access.owner_url
        self._engine = create_engine(access.app_url)
        self._unit_of_work = PostgresUnitOfWork(self._engine)
        self._uploads = FolderUploads(folder / "uploads")
        self._blocks = ProcessBlocks()
        self._organisation_id = self._ids.new()
        self._list_id = self._ids.new()
        self._mapping = Mapping(columns=())

    async def prepare(self, path: Path) -> None:
        """The organisation, and a list with the columns that the file's beginning suggests."""
        connection = await asyncpg.connect(self._owner_url)
        await connection.execute(
            "INSERT INTO organisations (organisation_id, name, slug, created_at) "
            "VALUES ($1, 'Bench', 'bench', now())",
            self._organisation_id,
        )
        await connection.close()
        with path.open(encoding="utf-8", newline="") as file:
            lines = [file.readline().rstrip("\r\n").split(";") for _ in range(200)]
        mapped = guess_columns(lines[0], lines[1:], "BJ")
        self._mapping = Mapping(columns=tuple(mapped))
        now = datetime.now(UTC)
        async with self._unit_of_work.begin(self._organisation_id) as stores:
            await stores.contact_lists.add(
                ContactList(
                    contact_list_id=self._list_id,
                    organisation_id=self._organisation_id,
                    name="bench",
                    region="BJ",
                    time_zone="Africa/Porto-Novo",
                    columns=tuple(mapped_columns(self._mapping)),
                    key_columns=(HEADER[0],),
                    version=1,
                    created_at=now,
                    updated_at=now,
                )
            )

    async def run(self, path: Path) -> tuple[float, Import, float]:
        """Import the file: seconds, what was done, the reader process's peak memory."""
        import_id = self._ids.new()

        async def chunks() -> Any:
            with path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    yield chunk

        stored = await self._uploads.save(import_id, chunks(), max_bytes=1 << 40)
        record = Import(
            import_id=import_id, organisation_id=self._organisation_id,
            contact_list_id=self._list_id, contact_list_name=None, user_id=None,
            file_name=path.name, file_path=stored.path, file_bytes=stored.size, state="waiting",
            encoding="utf-8", delimiter=";", mapping=self._mapping.as_json(), key_columns=(),
            on_duplicate="update", bytes_done=0, lines_done=0, rows_read=0, rows_added=0,
            rows_updated=0, rows_duplicate=0, rows_rejected=0, error_code=None, error=None,
            created_at=self._clock.now(), started_at=None, ended_at=None,
        )  # fmt: skip
        async with self._unit_of_work.begin(self._organisation_id) as stores:
            await stores.imports.add(replace(record, state="uploaded"))
            await stores.imports.change(record)
        importer = Importer(
            self._unit_of_work,
            blocks=self._blocks,
            uploads=self._uploads,
            clock=self._clock,
            ids=self._ids,
            worker="bench",
        )
        begun = time.perf_counter()
        await importer.work_once()
        seconds = time.perf_counter() - begun
        async with self._unit_of_work.begin(self._organisation_id) as stores:
            done = await stores.imports.get(import_id)
        assert done is not None
        assert done.state == "complete", done
        child = self._blocks.process_id
        return seconds, done, peak_megabytes(child) if child else 0.0

    async def run_workbook(self, path: Path) -> tuple[float, float, Import]:
        """Import a workbook: seconds of making it to text, seconds of all, what was done."""
        target = path.with_suffix(".text")
        begun = time.perf_counter()
        made = await ProcessWorkbooks().read(str(path), str(target), None)
        read = time.perf_counter() - begun
        seconds, done, _ = await self.run(target)
        assert made.size == done.file_bytes
        return read, read + seconds, done

    async def close(self) -> None:
        await self._blocks.close()
        await self._engine.dispose()


def write_workbook(path: Path, target: Path) -> None:
    """The file's rows as a workbook."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        cells = ([float(cell) if cell.isdecimal() else cell for cell in row] for row in rows)
        target.write_bytes(xlsx({"Clients": cells}))


async def measure_workbook(folder: Path, rows: int) -> dict[str, Any]:
    """The figures of a workbook."""
    path, book = folder / "contacts.csv", folder / "contacts.xlsx"
    write_file(path, rows)
    write_workbook(path, book)
    server = PrivatePostgres(folder / "postgres")
    access = await asyncio.to_thread(server.start)
    bench = Bench(access, folder)
    try:
        await migrate(access.owner_url)
        await bench.prepare(path)
        read, seconds, done = await bench.run_workbook(book)
        assert done.rows_read == rows, done
        return {
            "rows": rows,
            "workbook_megabytes": round(book.stat().st_size / 1e6, 1),
            "sheet_rows_per_second": round(rows / read),
            "import_rows_per_second": round(rows / seconds),
            "rows_rejected": done.rows_rejected,
        }
    finally:
        await bench.close()
        await asyncio.to_thread(server.stop)


async def measure(folder: Path, rows: int) -> dict[str, Any]:
    """Every figure of one run."""
    path = folder / "contacts.csv"
    write_file(path, rows)
    server = PrivatePostgres(folder / "postgres")
    access = await asyncio.to_thread(server.start)
    bench = Bench(access, folder)
    try:
        await migrate(access.owner_url)
        await bench.prepare(path)
        copied = [await copy_seconds(access, path)]
        first_seconds, first, reader_peak = await bench.run(path)
        copied.append(await copy_seconds(access, path))
        again_seconds, again, reader_peak_again = await bench.run(path)
        copied.append(await copy_seconds(access, path))
        assert first.rows_read == again.rows_read == rows
        assert first.rows_added == again.rows_updated == rows - first.rows_rejected
        return {
            "rows": rows,
            "file_megabytes": round(path.stat().st_size / 1e6, 1),
            "copy_rows_per_second": [round(rows / seconds) for seconds in copied],
            "import_rows_per_second": round(rows / first_seconds),
            "update_rows_per_second": round(rows / again_seconds),
            "import_share_of_copy": round(sorted(copied)[1] / first_seconds, 3),
            "update_share_of_copy": round(sorted(copied)[1] / again_seconds, 3),
            "rows_rejected": first.rows_rejected,
            "peak_megabytes_importer": round(peak_megabytes(), 1),
            "peak_megabytes_reader": round(max(reader_peak, reader_peak_again), 1),
        }
    finally:
        await bench.close()
        await asyncio.to_thread(server.stop)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--xlsx", action="store_true", help="measure a workbook instead")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kwabo-bench-", dir=options.folder))
    folder.chmod(0o755)
    try:
        work = measure_workbook if options.xlsx else measure
        figures = asyncio.run(work(folder, options.rows))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        print(json.dumps(figures))
        return
    print("| figure | value |\n| --- | --- |")
    for name, value in figures.items():
        shown = ", ".join(f"{v:,}" for v in value) if isinstance(value, list) else f"{value:,}"
        print(f"| {name.replace('_', ' ')} | {shown} |")


if __name__ == "__main__":
    main()
