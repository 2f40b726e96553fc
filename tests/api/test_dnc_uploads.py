"""Files uploaded to DNC lists: looked at, started, followed, reported on, resumed."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.postgres.import_blocks import InProcessBlocks
from kwabo.adapters.postgres.import_process import ProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.engine.importer import Importer
from kwabo.ports.imports import BlockSource
from world import Application, Both, importer_on

FILE = (
    "Téléphone;Motif\r\n97 12 34 56;a\r\n+229 01 97 12 34 56;b\r\nabc;c\r\n;;\r\n0195000001;d\r\n"
)


@pytest.fixture
def importer(unit_of_work: PostgresUnitOfWork, application: Application) -> Importer:
    """The worker, in the test's own process, with blocks of a few lines."""
    return importer_on(unit_of_work, application.clock, InProcessBlocks(block_bytes=30))


@pytest.fixture
def uploads(both: Both) -> str:
    """The path of the uploads of A's list."""
    return f"{V1}/dnc-lists/{both.a.dnc_list_id}/uploads"


async def upload(client: httpx.AsyncClient, path: str, content: bytes) -> dict[str, Any]:
    """Upload a file; the answer's body."""
    answer = await client.post(path, files={"file": ("stop.csv", content, "text/csv")})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def run(
    client: httpx.AsyncClient, importer: Importer, path: str, content: bytes, **body: Any
) -> dict[str, Any]:
    """A finished upload."""
    one = await upload(client, path, content)
    place = f"{V1}/dnc-uploads/{one['upload_id']}"
    started = await client.post(f"{place}/start", json=body)
    assert started.status_code == 200, started.text
    assert await importer.work_once()
    return dict((await client.get(place)).json())


async def test_the_first_look_guesses_column_and_encoding(
    admin: httpx.AsyncClient, uploads: str
) -> None:
    one = await upload(admin, uploads, FILE.encode("cp1252"))
    seen = one["preview"]
    assert (one["state"], seen["encoding"], seen["delimiter"]) == ("uploaded", "windows-1252", ";")
    assert (seen["column"], seen["has_header"], seen["header"][0]) == (0, True, "Téléphone")
    assert [row["value"] for row in seen["rows"][:3]] == ["+2290197123456", "+2290197123456", None]
    assert "lettres" in seen["rows"][2]["message"]
    place = f"{V1}/dnc-uploads/{one['upload_id']}/preview"
    other = (await admin.get(place, params={"column": 1})).json()
    assert other["rows"][0]["value"] is None


async def test_every_row_is_accounted_for_and_the_floor_is_told(
    admin: httpx.AsyncClient,
    importer: Importer,
    uploads: str,
    both: Both,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
) -> None:
    scripted = ScriptedFloor.on(floor, engine, both)
    body = {"reason": "Liste nationale", "expires_at": "2031-01-01T10:30:00Z"}
    done = await run(admin, importer, uploads, FILE.encode(), **body)
    assert (done["state"], done["rows_read"], done["rows_added"]) == ("complete", 4, 2)
    assert (done["rows_duplicate"], done["rows_rejected"], done["bytes_done"]) == (
        1,
        1,
        done["file_bytes"],
    )
    report = f"{V1}/dnc-uploads/{done['upload_id']}/rejections"
    rows = (await admin.get(report)).json()["items"]
    assert [(row["line_number"], row["code"], row["value"]) for row in rows] == [
        (4, "PHONE_LETTERS", "abc")
    ]
    assert "abc" in (await admin.get(f"{report}.csv")).text
    entries = (await admin.get(uploads.removesuffix("uploads") + "entries")).json()["items"]
    assert [(e["value"], e["reason"], e["source"], e["expires_at"]) for e in entries] == [
        (number, "Liste nationale", "upload", "2031-01-01T10:30:00.000Z")
        for number in ("+2290195000001", "+2290197123456")
    ]
    hints = await scripted.sql("SELECT payload FROM floor_commands WHERE kind = 'dnc.added'")
    assert len(hints) >= 2, "once for each block that added something"
    newest = (await admin.get(f"{V1}/audit")).json()["items"][0]
    assert (newest["action"], newest["details"]["added"]) == ("dnc_entries.uploaded", 2)
    listed = (await admin.get(uploads)).json()["items"]
    assert [one["upload_id"] for one in listed] == [done["upload_id"]]
    assert (await admin.get(f"{V1}/imports")).json()["items"] == []


async def test_a_file_never_shortens_an_entry(
    admin: httpx.AsyncClient, importer: Importer, uploads: str
) -> None:
    entries = uploads.removesuffix("uploads") + "entries"
    forever = {"entries": [{"value": "97123456", "reason": "Demande"}]}
    await admin.post(entries, json=forever)
    ends = "2031-01-01T10:30:00Z"
    done = await run(admin, importer, uploads, b"97123456\n95000001\n", expires_at=ends)
    assert (done["rows_added"], done["rows_updated"], done["rows_duplicate"]) == (1, 0, 1)
    done = await run(admin, importer, uploads, b"95000001\n")
    assert (done["rows_added"], done["rows_updated"], done["rows_duplicate"]) == (0, 1, 0)
    items = (await admin.get(entries)).json()["items"]
    assert [item["expires_at"] for item in items] == [None, None]
    assert items[1]["reason"] == "Demande"


async def test_a_cancelled_upload_goes_on_behind_its_last_row(
    admin: httpx.AsyncClient, importer: Importer, uploads: str
) -> None:
    one = await upload(admin, uploads, b"97123456\n95000001\n")
    place = f"{V1}/dnc-uploads/{one['upload_id']}"
    assert (await admin.post(f"{place}/start", json={})).json()["state"] == "waiting"
    assert (await admin.post(f"{place}/cancel")).json()["state"] == "cancelled"
    assert not await importer.work_once()
    assert (await admin.post(f"{place}/resume")).json()["state"] == "waiting"
    assert await importer.work_once()
    assert (await admin.get(place)).json()["rows_added"] == 2
    again = await admin.post(f"{place}/cancel")
    assert again.json()["error"]["code"] == "DNC_UPLOAD_STATE"


async def test_what_cannot_be_is_refused(admin: httpx.AsyncClient, uploads: str) -> None:
    zipped = await admin.post(uploads, files={"file": ("a.xlsx", b"PK\x03\x04", "x/y")})
    assert zipped.json()["error"]["code"] == "NOT_TEXT_SPREADSHEET"
    one = await upload(admin, uploads, b"97123456\n")
    place = f"{V1}/dnc-uploads/{one['upload_id']}/start"
    for body, code, field in [
        ({"column": 7}, "DNC_UPLOAD_COLUMN", "column"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "DNC_UPLOAD_EXPIRED", "expires_at"),
        ({"encoding": "klingon"}, "ENCODING_UNKNOWN", "encoding"),
    ]:
        error = (await admin.post(place, json=body)).json()["error"]
        assert (error["code"], error["field"]) == (code, field)


@pytest.mark.parametrize("in_process", [True, False])
async def test_many_rows_in_blocks_of_either_kind(
    admin: httpx.AsyncClient,
    unit_of_work: PostgresUnitOfWork,
    application: Application,
    uploads: str,
    in_process: bool,
) -> None:
    blocks: BlockSource = InProcessBlocks(4096) if in_process else ProcessBlocks()
    importer = importer_on(unit_of_work, application.clock, blocks)
    rows = [f"0161{number:06d}" for number in range(20_000)]
    try:
        done = await run(admin, importer, uploads, "\n".join(rows).encode())
    finally:
        await blocks.close()
    assert (done["state"], done["rows_read"], done["rows_added"]) == ("complete", 20_000, 20_000)
    page = (await admin.get(uploads.removesuffix("uploads") + "entries")).json()
    assert page["total"] == 20_000
