"""Imports through the API: upload, preview, start, follow, report; cancelled and resumed."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from kwabo.adapters.postgres.import_blocks import InProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.engine.importer import Importer
from world import Application, importer_on

IMPORTS = "/api/v1/imports"
LISTS = "/api/v1/contact-lists"
FILE = """Référence;Nom;Téléphone;Mobile;Solde
C1;Adjovi;97 12 34 56;;1 200,50
C2;Zinsou;+229 01 95 12 34 56;0196000001;abc
C3;Agbo;pas de numéro;;10
C4;Sènan;12345;0166000002;
C1;Adjovi Koffi;97123457;;7
"""


@pytest.fixture
def importer(unit_of_work: PostgresUnitOfWork, application: Application) -> Importer:
    """The worker, in the test's own process."""
    return importer_on(unit_of_work, application.clock, InProcessBlocks())


async def upload(client: httpx.AsyncClient, content: bytes | str, **fields: str) -> dict[str, Any]:
    """Upload a file; the answer's body."""
    raw = content if isinstance(content, bytes) else content.encode()
    answer = await client.post(
        f"{IMPORTS}/uploads", data=fields, files={"file": ("liste.csv", raw, "text/csv")}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def start(client: httpx.AsyncClient, uploaded: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Start an uploaded import, with the guessed mapping unless another is given."""
    body = {"mapping": uploaded["preview"]["mapping"], **body}
    answer = await client.post(f"{IMPORTS}/{uploaded['import_id']}/start", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def imported(
    client: httpx.AsyncClient, importer: Importer, content: bytes | str, **body: Any
) -> dict[str, Any]:
    """A finished import into a new list."""
    uploaded = await upload(client, content)
    body = {"new_list": {"name": "Clients"}, **body}
    await start(client, uploaded, **body)
    assert await importer.work_once()
    return (await client.get(f"{IMPORTS}/{uploaded['import_id']}")).json()


async def contacts(client: httpx.AsyncClient, list_id: str, **query: Any) -> list[dict[str, Any]]:
    """The contacts of a list."""
    answer = await client.get(f"{LISTS}/{list_id}/contacts", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_the_preview_shows_what_each_cell_becomes(admin: httpx.AsyncClient) -> None:
    preview = (await upload(admin, FILE))["preview"]

    assert (preview["encoding"], preview["delimiter"], preview["has_bom"]) == ("utf-8", ";", False)
    kinds = {c["name"]: (c["kind"], c["label"]) for c in preview["mapping"]["columns"]}
    assert kinds["Téléphone"] == ("phone", "Téléphone")
    assert kinds["Mobile"] == ("phone", "mobile")
    assert kinds["Référence"][0] == kinds["Nom"][0] == "text"
    assert preview["rows"][0]["cells"][2]["parsed"] == ["+2290197123456"]
    wrong = preview["rows"][2]["cells"][2]
    assert (wrong["parsed"], wrong["code"]) == (None, "PHONE_LETTERS")
    assert "chiffres" in wrong["message"]


async def test_the_preview_follows_the_kinds_a_person_chooses(admin: httpx.AsyncClient) -> None:
    uploaded = await upload(admin, FILE)
    kinds = ["text"] * len(uploaded["preview"]["header"])
    kinds[0] = "date"
    kinds[1] = "ignore"
    address = f"{IMPORTS}/{uploaded['import_id']}/preview"
    preview = (await admin.get(address, params={"kinds": ",".join(kinds)})).json()
    first = preview["rows"][0]["cells"]
    assert (first[0]["parsed"], first[0]["code"]) == (None, "DATE_FORMAT")
    assert preview["mapping"]["columns"][1]["ignore"] is True
    assert first[2]["parsed"] == first[2]["value"]
    refused = await admin.get(address, params={"kinds": "colour"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "KIND_UNKNOWN")


async def test_the_preview_reads_numbers_as_the_chosen_country_writes_them(
    admin: httpx.AsyncClient,
) -> None:
    uploaded = await upload(admin, "Nom;Tél\nZoé;06 12 34 56 78\nLoïc;612345679\n")
    address = f"{IMPORTS}/{uploaded['import_id']}/preview"

    at_home = (await admin.get(address, params={"kinds": "text,phone"})).json()
    assert [row["cells"][1]["parsed"] for row in at_home["rows"]] == [None, None]
    french = (await admin.get(address, params={"region": "FR"})).json()
    assert french["mapping"]["columns"][1]["kind"] == "phone"
    assert [row["cells"][1]["parsed"] for row in french["rows"]] == [
        ["+33612345678"], ["+33612345679"],
    ]  # fmt: skip
    refused = await admin.get(address, params={"region": "fr"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "REGION_UNKNOWN")


async def test_a_file_becomes_a_list_with_a_report(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    done = await imported(admin, importer, FILE, key_columns=["Référence"])

    assert done["state"] == "complete"
    assert done["bytes_done"] == done["file_bytes"] == len(FILE.encode())
    counts = {name: done[f"rows_{name}"] for name in ("read", "added", "updated", "rejected")}
    assert counts == {"read": 5, "added": 3, "updated": 1, "rejected": 1}
    rows = {c["external_key"]: c for c in await contacts(admin, done["contact_list_id"])}
    assert [n["number"] for n in rows["C2"]["numbers"]] == ["+2290195123456", "+2290196000001"]
    assert rows["C1"]["data"]["Nom"] == "Adjovi Koffi"
    assert rows["C1"]["numbers"][0]["number"] == "+2290197123457"
    assert rows["C4"]["data"]["Téléphone"] == "12345"

    report = (await admin.get(f"{IMPORTS}/{done['import_id']}/rejections")).json()["items"]
    assert [(r["line_number"], r["code"], r["row_kept"]) for r in report] == [
        (3, "NUMBER_FORMAT", True),
        (4, "PHONE_LETTERS", False),
        (5, "PHONE_TOO_SHORT", True),
    ]
    text = (await admin.get(f"{IMPORTS}/{done['import_id']}/rejections.csv")).text
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert lines[2][:4] == ["4", "Téléphone", "pas de numéro", "PHONE_LETTERS"]


async def test_the_same_file_again_changes_nothing_but_versions(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    done = await imported(admin, importer, FILE, key_columns=["Référence"])
    uploaded = await upload(admin, FILE, contact_list_id=done["contact_list_id"])
    await start(admin, uploaded, contact_list_id=done["contact_list_id"])
    await importer.work_once()

    again = (await admin.get(f"{IMPORTS}/{uploaded['import_id']}")).json()
    assert (again["rows_added"], again["rows_updated"], again["rows_rejected"]) == (0, 4, 1)
    assert len(await contacts(admin, done["contact_list_id"])) == 3


async def test_duplicates_can_be_left_alone(admin: httpx.AsyncClient, importer: Importer) -> None:
    done = await imported(admin, importer, FILE, key_columns=["Référence"], on_duplicate="skip")

    assert (done["rows_added"], done["rows_updated"], done["rows_duplicate"]) == (3, 0, 1)
    first = next(
        c for c in await contacts(admin, done["contact_list_id"]) if c["external_key"] == "C1"
    )
    assert first["data"]["Nom"] == "Adjovi"


async def test_a_file_that_lacks_a_phone_column_keeps_the_contact_s_other_numbers(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    done = await imported(admin, importer, FILE, key_columns=["Référence"])
    uploaded = await upload(
        admin, "Référence;Téléphone\nC2;97000000\n", contact_list_id=done["contact_list_id"]
    )
    await start(admin, uploaded, contact_list_id=done["contact_list_id"])
    await importer.work_once()

    c2 = next(
        c for c in await contacts(admin, done["contact_list_id"]) if c["external_key"] == "C2"
    )
    assert [n["number"] for n in c2["numbers"]] == ["+2290197000000", "+2290196000001"]
    assert c2["data"]["Nom"] == "Zinsou"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
async def test_spreadsheets_encodings(
    admin: httpx.AsyncClient, importer: Importer, encoding: str
) -> None:
    done = await imported(admin, importer, FILE.encode(encoding), key_columns=["Référence"])

    assert done["rows_added"] == 3
    names = {c["data"]["Nom"] for c in await contacts(admin, done["contact_list_id"])}
    assert "Sènan" in names


async def test_bare_numbers_without_a_header(admin: httpx.AsyncClient, importer: Importer) -> None:
    done = await imported(admin, importer, "97123456\n95123456\n")

    assert done["mapping"]["has_header"] is False
    assert done["rows_added"] == 2


async def test_a_column_can_be_left_out(admin: httpx.AsyncClient, importer: Importer) -> None:
    uploaded = await upload(admin, FILE)
    columns = [
        {"source": c["source"], "ignore": True} if c["source"] == "Solde" else c
        for c in uploaded["preview"]["mapping"]["columns"]
    ]
    started = await start(
        admin, uploaded, new_list={"name": "Sans solde"}, mapping={"columns": columns}
    )
    await importer.work_once()

    found = (await admin.get(f"{LISTS}/{started['contact_list_id']}")).json()
    assert [c["name"] for c in found["columns"]] == ["Référence", "Nom", "Téléphone", "Mobile"]
    assert found["contacts"] == 4


async def test_a_cancelled_import_can_be_resumed(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    uploaded = await upload(admin, FILE)
    await start(admin, uploaded, new_list={"name": "Clients"}, key_columns=["Référence"])
    address = f"{IMPORTS}/{uploaded['import_id']}"

    assert (await admin.post(f"{address}/cancel")).json()["state"] == "cancelled"
    assert not await importer.work_once()
    assert (await admin.post(f"{address}/resume")).json()["state"] == "waiting"
    assert await importer.work_once()
    assert (await admin.get(address)).json()["rows_added"] == 3
    again = await admin.post(f"{address}/resume")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "IMPORT_STATE")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b"PK\x03\x04 a workbook", "WORKBOOK_DAMAGED"),
        (b"\n\n\n", "NO_ROWS"),
        (";".join(f"c{n}" for n in range(301)).encode(), "TOO_MANY_COLUMNS"),
    ],
)
async def test_files_that_are_no_lists(admin: httpx.AsyncClient, content: bytes, code: str) -> None:
    answer = await admin.post(f"{IMPORTS}/uploads", files={"file": ("x.csv", content)})

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


async def test_a_mapping_without_a_phone_column_is_refused(admin: httpx.AsyncClient) -> None:
    uploaded = await upload(admin, FILE)
    answer = await admin.post(
        f"{IMPORTS}/{uploaded['import_id']}/start",
        json={
            "new_list": {"name": "X"},
            "mapping": {"columns": [{"source": "Nom", "kind": "text"}]},
        },
    )

    assert answer.json()["error"]["code"] == "NO_PHONE_COLUMN"


async def test_a_supervisor_imports_into_lists_but_makes_none(
    supervisor: httpx.AsyncClient,
) -> None:
    uploaded = await upload(supervisor, FILE)
    answer = await supervisor.post(
        f"{IMPORTS}/{uploaded['import_id']}/start",
        json={"new_list": {"name": "X"}, "mapping": uploaded["preview"]["mapping"]},
    )

    assert answer.status_code == 403


async def test_other_organisations_see_nothing_of_it(
    admin: httpx.AsyncClient, other_admin: httpx.AsyncClient, importer: Importer
) -> None:
    done = await imported(admin, importer, FILE)
    address = f"{IMPORTS}/{done['import_id']}"

    for path in (address, f"{address}/rejections", f"{address}/rejections.csv"):
        assert (await other_admin.get(path)).status_code == 404
    assert (await other_admin.post(f"{address}/cancel")).status_code == 404
    assert (await other_admin.get(IMPORTS)).json()["items"] == []


async def test_titles_below_a_heading_are_found_and_can_be_put_elsewhere(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    content = "Extraction CRM\nle 26/11/2026\n\nNom;Ville;Tél\nZoé;Nîmes;97123456\nLoïc;Ouidah;\n"
    uploaded = await upload(admin, content)
    assert uploaded["preview"]["header_line"] == 4
    assert uploaded["preview"]["header"] == ["Nom", "Ville", "Tél"]
    address = f"{IMPORTS}/{uploaded['import_id']}/preview"
    other = (await admin.get(address, params={"header_line": 5})).json()
    assert (other["header_line"], other["mapping"]["has_header"]) == (5, False)
    far = await admin.get(address, params={"header_line": 99})
    assert (far.status_code, far.json()["error"]["code"]) == (422, "NO_ROWS")

    await start(admin, uploaded, new_list={"name": "Sous un titre"})
    assert await importer.work_once()
    done = (await admin.get(f"{IMPORTS}/{uploaded['import_id']}")).json()
    assert (done["rows_added"], done["rows_rejected"]) == (1, 1)
    refused = (await admin.get(f"{IMPORTS}/{uploaded['import_id']}/rejections")).json()["items"]
    assert refused[0]["line_number"] == 6


async def test_the_line_of_titles_is_taken_as_chosen(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    content = "Nom;Ville;Tél\nnom;ville;tél\nZoé;Nîmes;97123456\n"
    uploaded = await upload(admin, content)
    assert uploaded["preview"]["header_line"] == 1
    address = f"{IMPORTS}/{uploaded['import_id']}/preview"
    second = (await admin.get(address, params={"header_line": 2})).json()
    await start(
        admin, {**uploaded, "preview": second}, new_list={"name": "Deux titres"}, header_line=2
    )
    assert await importer.work_once()
    done = (await admin.get(f"{IMPORTS}/{uploaded['import_id']}")).json()
    assert (done["rows_added"], done["rows_rejected"]) == (1, 0)


@pytest.mark.parametrize(("language", "word"), [("fr", "colonne"), ("en", "column")])
async def test_columns_without_names_are_labelled_in_the_person_s_language(
    admin: httpx.AsyncClient, language: str, word: str
) -> None:
    admin.headers["Accept-Language"] = language
    uploaded = await upload(admin, "Nom;;Tél\nZoé;Nîmes;97123456\nLoïc;Ouidah;97123457\n")
    columns = uploaded["preview"]["mapping"]["columns"]
    assert [(one["source"], one["name"], one["label"]) for one in columns][1:] == [
        ("column 2", "column 2", f"{word} 2"),  # the name is the same for whoever imports
        ("Tél", "Tél", "Tél"),
    ]
