"""Workbooks through the API: sheets, numbers, dates, what cannot be read."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx
import pytest
from benchmarks._workbook import DATE, xlsx

from api.test_imports import IMPORTS, contacts, importer, start
from kwabo.engine.importer import Importer

__all__ = ["importer"]
LISTS = "/api/v1/contact-lists"
CLIENTS = [
    [],
    ["Référence", "Nom", "Téléphone", "Né le", "Solde"],
    ["C1", "Adjovi", 97123456.0, (DATE, 45352), 1200.5],
    [None, None, None],
    ["C2", "Sènan", 195123456, (DATE, 32874), 0.1 + 0.2],
    ["C3", "Zinsou\nKoffi", "97 12 34 57\n96 11 22 33", None, None],
    ["C4", "Agbo", "pas de numéro", None, None],
]


async def sent(client: httpx.AsyncClient, raw: bytes, name: str = "x.xlsx") -> httpx.Response:
    return await client.post(f"{IMPORTS}/uploads", files={"file": (name, raw)})


async def test_a_sheet_becomes_contacts_and_the_report_names_its_rows(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    uploaded = (await sent(admin, xlsx({"Clients": CLIENTS}))).json()
    assert (uploaded["sheet"], uploaded["sheets"]) == ("Clients", ["Clients"])
    kinds = {c["name"]: c["kind"] for c in uploaded["preview"]["mapping"]["columns"]}
    assert kinds["Téléphone"] == "phone"
    assert kinds["Né le"] == "date"
    await start(admin, uploaded, new_list={"name": "Excel"}, key_columns=["Référence"])
    assert await importer.work_once()
    done = (await admin.get(f"{IMPORTS}/{uploaded['import_id']}")).json()
    assert done["state"] == "complete"
    assert (done["rows_read"], done["rows_added"], done["rows_rejected"]) == (4, 3, 1)
    assert done["numbers_converted"] == 1
    found = {c["external_key"]: c for c in await contacts(admin, done["contact_list_id"])}
    assert found["C1"]["numbers"][0]["number"] == "+2290197123456"
    assert found["C1"]["data"]["Né le"] == "2024-03-01"
    assert found["C2"]["numbers"][0]["number"] == "+2290195123456"
    assert found["C2"]["data"]["Solde"] == "0.3"
    assert [n["number"] for n in found["C3"]["numbers"]] == ["+2290197123457", "+2290196112233"]
    assert found["C3"]["data"]["Nom"] == "Zinsou\nKoffi"
    report = (await admin.get(f"{IMPORTS}/{done['import_id']}/rejections")).json()["items"]
    assert [(r["line_number"], r["code"]) for r in report] == [(7, "PHONE_LETTERS")]


async def test_another_sheet_is_read_when_it_is_chosen(admin: httpx.AsyncClient) -> None:
    book = xlsx({"Vide": [], "Un": [["tel"], ["97123456"]], "Deux": [["gsm"], ["96123456"]]})
    uploaded = (await sent(admin, book)).json()
    assert (uploaded["sheet"], uploaded["sheets"]) == ("Un", ["Vide", "Un", "Deux"])
    address = f"{IMPORTS}/{uploaded['import_id']}/sheet"
    chosen = (await admin.post(address, json={"sheet": "Deux"})).json()
    assert chosen["sheet"] == "Deux"
    assert chosen["preview"]["header"] == ["gsm"]
    again = (await admin.get(f"{IMPORTS}/{uploaded['import_id']}/preview")).json()
    assert again["header"] == ["gsm"]
    for sheet, code in (("Trois", "SHEET_UNKNOWN"), ("Vide", "NO_ROWS")):
        refused = await admin.post(address, json={"sheet": sheet})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, code)
    assert (await admin.get(f"{IMPORTS}/{uploaded['import_id']}/preview")).json()["header"] == [
        "gsm"
    ]


def zipped(**parts: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return raw.getvalue()


PROTECTED = (
    b"\xd0\xcf\x11\xe0" + b"\0" * (1 << 20) + "EncryptedPackage".encode("utf-16-le") + b"\0" * 9
)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "WORKBOOK_OLD"),
        (PROTECTED, "WORKBOOK_PROTECTED"),
        (xlsx({"a": [["x"]]}, macros=True), "WORKBOOK_MACROS"),
        (xlsx({"a": [["x"]]})[:-300], "WORKBOOK_DAMAGED"),
        (xlsx({"a": []}), "NO_ROWS"),
        (zipped(liste_csv=b"a;b"), "NOT_TEXT_COMPRESSED"),
        (
            zipped(content_xml=b"<x/>", **{"META-INF__manifest_xml": b"<encryption-data/>"}),
            "WORKBOOK_PROTECTED",
        ),
    ],
)
async def test_what_cannot_be_read_says_why(
    admin: httpx.AsyncClient, raw: bytes, code: str
) -> None:
    refused = await sent(admin, raw)
    error: dict[str, Any] = refused.json()["error"]
    assert (refused.status_code, error["code"], error["field"]) == (422, code, "file")
    assert error["message"]


async def test_a_workbook_that_unpacks_beyond_measure_is_refused(
    admin: httpx.AsyncClient,
) -> None:
    raw = bytearray(xlsx({"a": [["tel"], ["97123456"]]}))
    at = raw.rindex(b"xl/worksheets/sheet1.xml") - 46  # its entry in the list of parts
    raw[at + 24 : at + 28] = (0xFFFF0000).to_bytes(4, "little")  # its size when unpacked
    refused = await sent(admin, bytes(raw))
    assert refused.json()["error"]["code"] == "WORKBOOK_TOO_LARGE"


async def test_a_csv_file_has_no_sheets(admin: httpx.AsyncClient) -> None:
    uploaded = (await sent(admin, b"tel\n97123456\n", "x.csv")).json()
    answer = await admin.post(
        f"{IMPORTS}/{uploaded['import_id']}/sheet", json={"sheet": "Feuille1"}
    )
    assert answer.json()["error"]["code"] == "NO_SHEETS"
