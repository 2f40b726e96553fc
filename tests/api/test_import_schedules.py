"""Scheduled imports: from a folder to contacts, exactly once, whatever dies on the way."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from benchmarks._workbook import xlsx

from contract.import_sources.test_import_sources import SftpServer, sftp, web_server
from database import Database, DatabaseServer
from kwabo.adapters.identity.secret_box import FileKeyBox
from kwabo.adapters.import_sources.sources import RealSources
from kwabo.adapters.postgres.import_blocks import InProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.uploads import FolderUploads
from kwabo.adapters.workbooks import ProcessWorkbooks
from kwabo.engine.importer import Importer
from kwabo.engine.scheduled_importer import ScheduledImporter
from kwabo.ports.secret_box import SecretUnreadable
from kwabo.services.import_schedules import ImportScheduleService
from kwabo.services.imports import ImportService
from world import Application

__all__ = ["sftp"]
LISTS = "/api/v1/contact-lists"
SCHEDULES = "/api/v1/import-schedules"
FILE = b"ref;tel\nC1;97123456\nC2;96123456\n"


class QuickClock(SystemClock):
    """Real time, short waits."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.02))


class Office:
    """The workers of an engine on the test's database, and the import folder of organisation a."""

    def __init__(self, unit_of_work: PostgresUnitOfWork, place: Path) -> None:
        self.folder = place / "imports" / "a"
        self.folder.mkdir(parents=True)
        self.clock = QuickClock()
        self.unit_of_work = unit_of_work
        self.uploads = FolderUploads(place / "uploads")
        self.box = FileKeyBox(place / "secret-key")
        self.sources = RealSources(place / "imports", self.clock, private_allowed=True)
        self.ids = TimeOrderedIds(self.clock)
        self.imports = ImportService(
            unit_of_work,
            uploads=self.uploads,
            workbooks=ProcessWorkbooks(),
            ids=self.ids,
            clock=self.clock,
        )
        self.service = ImportScheduleService(
            unit_of_work,
            sources=self.sources,
            secret_box=self.box,
            ids=self.ids,
            clock=self.clock,
        )

    def scheduled(self, worker: str = "w", lease_seconds: float = 30) -> ScheduledImporter:
        return ScheduledImporter(
            self.unit_of_work,
            imports=self.imports,
            sources=self.sources,
            secret_box=self.box,
            clock=self.clock,
            ids=self.ids,
            worker=worker,
            lease_seconds=lease_seconds,
        )

    @asynccontextmanager
    async def importing(self) -> AsyncIterator[None]:
        """With an importer at work."""
        importer = Importer(
            self.unit_of_work,
            blocks=InProcessBlocks(),
            uploads=self.uploads,
            clock=self.clock,
            ids=self.ids,
            worker="importer",
        )
        task = asyncio.create_task(importer.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def put(self, name: str, raw: bytes = FILE) -> Path:
        path = self.folder / name
        path.write_bytes(raw)
        at = path.stat().st_mtime - 3600
        os.utime(path, (at, at))
        return path


@pytest.fixture
def office(unit_of_work: PostgresUnitOfWork, tmp_path: Path, application: Application) -> Office:
    """The API of the test works on the same sources and secrets."""
    office = Office(unit_of_work, tmp_path)
    object.__setattr__(application.services, "import_schedules", office.service)
    return office


@pytest.fixture
async def owner(
    database: Database, database_server: DatabaseServer
) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection."""
    async with database_server.superuser(database.name) as connection:
        yield connection


@pytest.fixture
async def list_id(admin: httpx.AsyncClient) -> str:
    """An empty list with a key."""
    columns = [{"name": "ref", "kind": "text"}, {"name": "tel", "kind": "phone"}]
    made = await admin.post(
        LISTS, json={"name": "Clients", "columns": columns, "key_columns": ["ref"]}
    )
    return str(made.json()["contact_list_id"])


async def scheduled(client: httpx.AsyncClient, list_id: str, **body: Any) -> dict[str, Any]:
    body = {
        "name": "Nuit",
        "contact_list_id": list_id,
        "source": {"kind": "folder"},
        **body,
    }
    answer = await client.post(SCHEDULES, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def ran(client: httpx.AsyncClient, office: Office, schedule: dict[str, Any]) -> Any:
    """Asked to run now, and run; the run's report."""
    address = f"{SCHEDULES}/{schedule['import_schedule_id']}"
    asked = await client.post(f"{address}/run")
    assert asked.json()["waiting"] is True
    async with office.importing():
        assert await office.scheduled().work_once()
    return (await client.get(address)).json()["last_run"]


async def count(client: httpx.AsyncClient, list_id: str) -> int:
    return int((await client.get(f"{LISTS}/{list_id}")).json()["contacts"])


async def test_files_of_a_folder_are_imported_once_and_moved(
    admin: httpx.AsyncClient, office: Office, list_id: str
) -> None:
    schedule = await scheduled(admin, list_id, done_file="move")
    office.put("a.csv")
    office.put("b.csv", b"ref;tel\nC3;97123458\n")
    run = await ran(admin, office, schedule)
    assert (run["state"], run["files_seen"], run["files_imported"]) == ("complete", 2, 2)
    assert run["asked_by_person"] is True
    assert await count(admin, list_id) == 3
    assert sorted(p.name for p in (office.folder / "done").iterdir()) == ["a.csv", "b.csv"]

    office.put("same content.csv")
    run = await ran(admin, office, schedule)
    assert (run["files_seen"], run["files_known"], run["files_imported"]) == (1, 1, 0)
    assert (office.folder / "done" / "same content.csv").exists(), "done is done"
    files = (await admin.get(f"{SCHEDULES}/{schedule['import_schedule_id']}/files")).json()
    assert {f["import_state"] for f in files["items"]} == {"complete"}
    imports = (await admin.get("/api/v1/imports")).json()["items"]
    assert len(imports) == 2


async def test_a_run_says_which_columns_its_template_left_out(
    admin: httpx.AsyncClient, office: Office, list_id: str
) -> None:
    template = await admin.post(
        "/api/v1/import-templates",
        json={
            "name": "Deux colonnes",
            "mapping": {
                "columns": [
                    {"source": "ref", "name": "ref", "kind": "text"},
                    {"source": "tel", "name": "tel", "kind": "phone"},
                    {"source": "note", "ignore": True},
                ]
            },
        },
    )
    assert template.status_code == 201, template.text
    schedule = await scheduled(
        admin, list_id, import_template_id=template.json()["import_template_id"]
    )
    office.put("a.csv", b"ref;tel;ville;note\nC1;97123456;Parakou;x\n")
    office.put("b.csv", b"ref;tel;solde;ville\nC2;97123457;12;Parakou\n")
    office.put("c.csv", b"ref;tel\nC3;97123458\n")
    run = await ran(admin, office, schedule)
    assert (run["state"], run["files_imported"]) == ("complete", 3)
    assert run["columns_left_out"] == ["solde", "ville"], "not what the template ignores"
    address = f"{SCHEDULES}/{schedule['import_schedule_id']}"
    files = (await admin.get(f"{address}/files")).json()["items"]
    assert {one["file_name"]: one["columns_left_out"] for one in files} == {
        "a.csv": ["ville"],
        "b.csv": ["solde", "ville"],
        "c.csv": [],
    }
    again = await ran(admin, office, schedule)
    assert (again["files_known"], again["columns_left_out"]) == (3, [])


async def test_a_file_that_stays_is_not_fetched_again_until_it_changes(
    admin: httpx.AsyncClient, office: Office, list_id: str
) -> None:
    schedule = await scheduled(admin, list_id)
    office.put("a.csv")
    await ran(admin, office, schedule)
    assert (office.folder / "a.csv").exists()
    again = await ran(admin, office, schedule)
    assert (again["files_known"], again["files_imported"]) == (1, 0)
    office.put("a.csv", FILE + b"C9;97123459\n")
    changed = await ran(admin, office, schedule)
    assert changed["files_imported"] == 1
    assert await count(admin, list_id) == 3


async def test_what_cannot_be_read_is_told_and_the_rest_goes_on(
    admin: httpx.AsyncClient, office: Office, list_id: str
) -> None:
    schedule = await scheduled(admin, list_id, source={"kind": "folder", "pattern": "*"})
    office.put("a.xlsx", xlsx({"a": [["ref", "tel"], ["C1", 97123456.0]]}))
    office.put("b.xlsx", b"PK\x03\x04 no workbook")
    office.put("c.csv", b"autre;tel\nx;97123457\n")
    run = await ran(admin, office, schedule)
    assert (run["state"], run["files_imported"], run["files_failed"]) == ("failed", 1, 2)
    assert run["error_code"] == "FILES_FAILED"
    files = (await admin.get(f"{SCHEDULES}/{schedule['import_schedule_id']}/files")).json()["items"]
    assert {f["file_name"]: f["error_code"] for f in files} == {
        "a.xlsx": None,
        "b.xlsx": "WORKBOOK_DAMAGED",
        "c.csv": "KEY_COLUMN_MISSING",
    }
    assert await count(admin, list_id) == 1
    again = await ran(admin, office, schedule)
    assert (again["files_known"], again["files_failed"]) == (3, 0)
    assert len(list((office.folder.parents[1] / "uploads").iterdir())) == 0, "nothing is left over"


async def test_a_template_and_a_time_plan(
    admin: httpx.AsyncClient, office: Office, list_id: str, owner: asyncpg.Connection
) -> None:
    template = await admin.post(
        "/api/v1/import-templates",
        json={
            "name": "Positions",
            "reading": {
                "fixed_fields": [
                    {"name": "ref", "start": 1, "end": 2},
                    {"name": "tel", "start": 3, "end": 10},
                ]
            },
            "mapping": {
                "columns": [
                    {"source": "ref", "name": "ref", "kind": "text"},
                    {"source": "tel", "name": "tel", "kind": "phone"},
                ]
            },
        },
    )
    schedule = await scheduled(
        admin,
        list_id,
        import_template_id=template.json()["import_template_id"],
        source={"kind": "folder", "pattern": "*.txt"},
        timing={"kind": "daily", "at": "06:00", "time_zone": "Africa/Porto-Novo"},
    )
    assert schedule["next_run_at"].endswith("T05:00:00.000Z")
    office.put("x.txt", b"C197123456\nC296123456\n")
    assert not await office.scheduled().work_once(), "it is not due yet"
    await owner.execute("UPDATE import_schedules SET next_run_at = now() - interval '1 second'")
    async with office.importing():
        assert await office.scheduled().work_once()
    assert await count(admin, list_id) == 2
    after = (await admin.get(f"{SCHEDULES}/{schedule['import_schedule_id']}")).json()
    assert after["next_run_at"] >= schedule["next_run_at"]
    assert after["last_run"]["asked_by_person"] is False
    used = await admin.delete(f"/api/v1/import-templates/{template.json()['import_template_id']}")
    assert used.json()["error"]["code"] == "TEMPLATE_IN_USE"


class Killed(BaseException):
    """Stands for the end of the process."""


async def test_a_worker_that_dies_anywhere_is_replaced_and_imports_once(
    admin: httpx.AsyncClient, office: Office, list_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each worker dies one transaction later than the one before it."""
    schedule = await scheduled(admin, list_id, done_file="delete")
    for n in range(3):
        office.put(f"{n}.csv", f"ref;tel\nC{n};9712345{n}\n".encode())
    await admin.post(f"{SCHEDULES}/{schedule['import_schedule_id']}/run")
    begin = office.unit_of_work.begin
    lives = 1
    deaths = 0
    left = 0

    def counted(organisation_id: UUID) -> Any:
        nonlocal left
        if asyncio.current_task() is me:
            left -= 1
            if left < 0:
                raise Killed
        return begin(organisation_id)

    me = asyncio.current_task()
    async with office.importing():
        while lives < 200:
            left = lives
            monkeypatch.setattr(office.unit_of_work, "begin", counted)
            try:
                await office.scheduled(f"w{lives}", lease_seconds=0).work_once()
            except BaseException as error:
                if not _is_death(error):
                    raise
                deaths += 1
            finally:
                monkeypatch.setattr(office.unit_of_work, "begin", begin)
            shown = (await admin.get(f"{SCHEDULES}/{schedule['import_schedule_id']}")).json()
            if shown["last_run"] and shown["last_run"]["state"] != "running":
                break
            lives += 1
    assert deaths > 5
    assert shown["last_run"]["state"] == "complete", shown["last_run"]
    assert await count(admin, list_id) == 3
    assert len((await admin.get("/api/v1/imports")).json()["items"]) == 3
    assert [p.name for p in office.folder.iterdir()] == []


def _is_death(error: BaseException) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return any(_is_death(inner) for inner in error.exceptions)
    return isinstance(error, Killed)


async def test_sftp_from_the_first_look_to_contacts(
    admin: httpx.AsyncClient, office: Office, list_id: str, sftp: SftpServer
) -> None:
    source = {k: v for k, v in sftp.source.as_json().items() if k != "host_key"}
    tested = await admin.post(
        "/api/v1/import-schedule-tests", json={"source": source, "secret": "geheim ü"}
    )
    assert tested.json() == {
        "host_key": sftp.source.host_key,
        "host_key_accepted": False,
        "files": [],
    }
    source["host_key"] = sftp.source.host_key
    path = sftp.folder / "a.csv"
    path.write_bytes(FILE)
    os.utime(path, (1, 1))
    tested = await admin.post(
        "/api/v1/import-schedule-tests", json={"source": source, "secret": "geheim ü"}
    )
    assert [file["name"] for file in tested.json()["files"]] == ["a.csv"]
    refused = await admin.post(
        "/api/v1/import-schedule-tests", json={"source": source, "secret": "falsch"}
    )
    assert (refused.status_code, refused.json()["error"]["code"]) == (
        422,
        "SOURCE_SIGN_IN_REFUSED",
    )
    schedule = await scheduled(admin, list_id, source=source, secret="geheim ü", done_file="move")
    assert "secret" not in schedule
    assert schedule["has_secret"] is True
    run = await ran(admin, office, schedule)
    assert (run["state"], run["files_imported"]) == ("complete", 1), run
    assert (sftp.folder / "done" / "a.csv").exists()
    assert await count(admin, list_id) == 2


async def test_http_is_fetched_again_only_when_it_has_changed(
    admin: httpx.AsyncClient, office: Office, list_id: str
) -> None:
    async with web_server() as server:
        server.body = FILE
        schedule = await scheduled(
            admin, list_id, source={"kind": "https", "url": f"{server.base}/liste%20é.csv"}
        )
        assert (await ran(admin, office, schedule))["files_imported"] == 1
        again = await ran(admin, office, schedule)
        assert (again["state"], again["files_seen"]) == ("complete", 0)
        server.etag = '"2"'
        same = await ran(admin, office, schedule)
        assert (same["files_known"], same["files_imported"]) == (1, 0), "the same content"
        server.etag, server.body = '"3"', FILE + b"C7;97123457\n"
        assert (await ran(admin, office, schedule))["files_imported"] == 1
        assert await count(admin, list_id) == 3
    gone = await ran(admin, office, schedule)
    assert (gone["state"], gone["error_code"]) == ("failed", "SOURCE_UNREACHABLE")
    shown = (await admin.get(f"{SCHEDULES}/{schedule['import_schedule_id']}")).json()
    assert shown["failures"] == 1


async def test_a_secret_never_comes_out_and_goes_nowhere_else(
    admin: httpx.AsyncClient, office: Office, list_id: str, owner: asyncpg.Connection
) -> None:
    source = {"kind": "https", "url": "https://example.org/a.csv", "sign_in": "token"}
    missing = await admin.post(
        SCHEDULES, json={"name": "x", "contact_list_id": list_id, "source": source}
    )
    assert missing.json()["error"]["code"] == "SECRET_MISSING"
    schedule = await scheduled(admin, list_id, source=source, secret="sehr geheim")
    address = f"{SCHEDULES}/{schedule['import_schedule_id']}"
    body = {"name": "Nuit", "contact_list_id": list_id, "source": source, "version": 1}
    kept = await admin.patch(
        address, json={**body, "source": {**source, "url": source["url"] + "2"}}
    )
    assert (kept.status_code, kept.json()["has_secret"]) == (200, True)
    moved = {**source, "url": "https://evil.example/a.csv"}
    refused = await admin.patch(address, json={**body, "version": 2, "source": moved})
    assert refused.json()["error"]["code"] == "SECRET_MISSING"
    rows = await owner.fetch("SELECT s.*, a.details FROM import_schedules s, audit_log a")
    assert rows
    assert not any("sehr geheim" in repr(dict(row)) for row in rows)
    sealed = await owner.fetchval("SELECT secret FROM import_schedules")
    purpose = f"import schedule {schedule['import_schedule_id']}"
    assert office.box.open(sealed, purpose) == "sehr geheim"
    with pytest.raises(SecretUnreadable):
        office.box.open(sealed, "import schedule of somebody else")
    with pytest.raises(SecretUnreadable):
        office.box.open(sealed[:-1] + b"x", purpose)


@pytest.mark.parametrize(
    ("part", "field", "code"),
    [
        ({"source": {"kind": "folder", "path": "../b"}}, "source.path", "SOURCE_PATH"),
        ({"timing": {"kind": "every", "minutes": 0}}, "timing.minutes", "TIMING_MINUTES"),
        (
            {"source": {"kind": "https", "url": "https://x.test/a"}, "done_file": "move"},
            "done_file",
            "DONE_FILE_KEPT",
        ),
        ({"source": {"kind": "https", "url": "ftp://x"}}, "source.url", "SOURCE_URL"),
    ],
)
async def test_faults_name_their_field(
    admin: httpx.AsyncClient, office: Office, list_id: str, part: Any, field: str, code: str
) -> None:
    body = {"name": "x", "contact_list_id": list_id, "source": {"kind": "folder"}, **part}
    error = (await admin.post(SCHEDULES, json=body)).json()["error"]
    assert (error["code"], error["field"]) == (code, field)


async def test_by_default_nothing_private_is_reached(
    admin: httpx.AsyncClient, application: Application, list_id: str
) -> None:
    for url in ("https://127.0.0.1:1/x", "https://localhost:1/x"):
        refused = await admin.post(
            "/api/v1/import-schedule-tests", json={"source": {"kind": "https", "url": url}}
        )
        assert refused.json()["error"]["code"] == "SOURCE_ADDRESS_PRIVATE"
    plain = await admin.post(
        "/api/v1/import-schedule-tests",
        json={"source": {"kind": "https", "url": "http://example.org/x"}},
    )
    assert plain.json()["error"]["code"] == "SOURCE_URL"


async def test_supervisors_see_scheduled_imports_and_make_none(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, list_id: str
) -> None:
    schedule = await scheduled(admin, list_id)
    assert (await supervisor.get(SCHEDULES)).json()["total"] == 1
    for answer in (
        await supervisor.post(f"{SCHEDULES}/{schedule['import_schedule_id']}/run"),
        await supervisor.post("/api/v1/import-schedule-tests", json={"source": {"kind": "folder"}}),
    ):
        assert answer.status_code == 403
    assert (await admin.delete(f"{SCHEDULES}/{schedule['import_schedule_id']}")).status_code == 204
