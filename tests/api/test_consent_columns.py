"""Consents from the columns of an import: stored with their rows, once, with the file's proof."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.test_imports import IMPORTS, importer, start, upload
from kwabo.engine.importer import Importer

__all__ = ["importer"]
FILE = (
    "nom;tel;accord;date;moyen;retrait\n"
    "Afi;97000001;oui;03/11/2026;formulaire;\n"
    "Bio;97000002 / 97000003;oui;03/11/2026 10:15;formulaire;\n"
    "Cica;97000004;non;;;\n"
    "Dossou;97000005;peut-être;03/11/2026;formulaire;\n"
    "Ella;97000006;oui;;formulaire;\n"
    "Fifa;97000007;;;;\n"
    "Gado;97000008;oui;01/11/2026;formulaire;05/11/2026\n"
    "Hèdo;97000009;oui;03/11/2999;formulaire;\n"
    "Ines;97000010;oui;03/11/2026;;\n"
)
COLUMNS = {"given": "accord", "at": "date", "how": "moyen", "withdrawn_at": "retrait"}


def mapping(**consent: Any) -> dict[str, Any]:
    return {
        "columns": [
            {"source": "nom", "name": "nom", "kind": "text"},
            {"source": "tel", "name": "tel", "kind": "phone"},
        ],
        "consent": {"columns": COLUMNS, **consent},
    }


async def run(
    client: httpx.AsyncClient, importer: Importer, text: str = FILE, **target: Any
) -> dict[str, Any]:
    uploaded = await upload(client, text)
    target = target or {"new_list": {"name": "Accords"}, "key_columns": ["nom"]}
    await start(client, uploaded, mapping=mapping(), **target)
    assert await importer.work_once()
    return dict((await client.get(f"{IMPORTS}/{uploaded['import_id']}")).json())


async def ledger(client: httpx.AsyncClient) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in (await client.get("/api/v1/consents", params={"limit": 200})).json()["items"]:
        found.setdefault(line["number"], []).append(line)
    return found


async def test_rows_give_and_withdraw_consent_with_the_file_as_proof(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    done = await run(admin, importer)
    assert (done["state"], done["rows_added"], done["consents_added"]) == ("complete", 9, 6)
    lines = await ledger(admin)
    afi = lines["+2290197000001"][0]
    assert (afi["kind"], afi["how"], afi["source"]) == ("given", "formulaire", "import")
    assert (afi["import_id"], afi["file_line"]) == (done["import_id"], 2)
    assert afi["file_name"] == done["file_name"]
    assert afi["at"] == "2026-11-02T23:00:00.000Z"  # midnight in Porto-Novo
    assert lines["+2290197000002"][0]["at"] == lines["+2290197000003"][0]["at"]
    assert [line["kind"] for line in lines["+2290197000004"]] == ["withdrawn"]
    assert {line["kind"] for line in lines["+2290197000008"]} == {"given", "withdrawn"}
    assert not {"+2290197000005", "+2290197000006", "+2290197000007"} & set(lines)


async def test_what_cannot_be_read_is_reported_and_the_contact_kept(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    done = await run(admin, importer)
    report = (await admin.get(f"{IMPORTS}/{done['import_id']}/rejections")).json()["items"]
    assert [(r["line_number"], r["column"], r["code"]) for r in report] == [
        (5, "accord", "CONSENT_WORD"),
        (6, "date", "CONSENT_TIME"),
        (9, "date", "CONSENT_FUTURE"),
        (10, "moyen", "CONSENT_PROOF"),
    ]
    assert all(r["row_kept"] and len(r["message"]) > 20 for r in report)


async def test_the_same_file_again_adds_nothing(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    first = await run(admin, importer)
    before = await ledger(admin)
    again = await run(admin, importer, contact_list_id=first["contact_list_id"])
    assert (again["state"], again["rows_updated"], again["consents_added"]) == ("complete", 9, 0)
    assert await ledger(admin) == before


async def test_the_audit_log_says_what_an_import_added(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    done = await run(admin, importer)
    lines = (await admin.get("/api/v1/audit", params={"limit": 50})).json()
    (line,) = [line for line in lines["items"] if line["action"] == "consents.added"]
    assert line["subject_id"] == done["import_id"]
    assert line["details"]["lines"] == 6


@pytest.mark.parametrize(
    ("consent", "code", "field"),
    [
        ({"columns": {"given": "nope", "at": "date"}}, "CONSENT_SOURCE", "columns.given"),
        ({"columns": {"how": "moyen"}}, "CONSENT_NO_STATEMENT", "columns.given"),
        ({"columns": {"given": "accord"}}, "CONSENT_NO_DATE", "columns.at"),
        ({"columns": {"at": "date"}}, "CONSENT_NO_HOW", "how"),
        ({"channel": "fax"}, "CONSENT_CHANNEL", "channel"),
        ({"purpose": "À vendre"}, "CONSENT_PURPOSE", "purpose"),
    ],
)
async def test_columns_that_prove_nothing_are_refused_with_their_field(
    admin: httpx.AsyncClient, consent: dict[str, Any], code: str, field: str
) -> None:
    uploaded = await upload(admin, FILE)
    body = {"mapping": mapping(**consent), "new_list": {"name": "Accords"}}
    answer = await admin.post(f"{IMPORTS}/{uploaded['import_id']}/start", json=body)
    assert answer.status_code == 422, answer.text
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == (code, f"mapping.consent.{field}")


async def test_a_template_carries_the_columns_of_consent(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    made = await admin.post(
        "/api/v1/import-templates", json={"name": "Accords", "mapping": mapping()}
    )
    assert made.status_code == 201, made.text
    assert made.json()["mapping"]["consent"]["columns"] == COLUMNS
    uploaded = await upload(admin, FILE)
    assert uploaded["import_template_id"] == made.json()["import_template_id"]
    seen = uploaded["preview"]["mapping"]
    assert seen["consent"]["columns"] == COLUMNS
    await start(admin, uploaded, mapping=seen, new_list={"name": "Accords"})
    assert await importer.work_once()
    assert len(await ledger(admin)) == 5
