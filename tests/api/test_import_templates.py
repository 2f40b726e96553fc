"""Import templates through the API: made, chosen by a header, used by an import."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.test_imports import IMPORTS, contacts, importer, start, upload
from kwabo.engine.importer import Importer

__all__ = ["importer"]
TEMPLATES = "/api/v1/import-templates"
BODY: dict[str, Any] = {
    "name": "CRM",
    "reading": {
        "skip_lines": 1,
        "trailer_lines": 1,
        "replacements": {"Contact": [{"find": "^(?:tel|gsm) *", "replace": ""}]},
    },
    "mapping": {
        "columns": [
            {"source": "Code", "name": "Référence", "kind": "text"},
            {"source": "Contact", "name": "Téléphone", "label": "mobile", "kind": "phone"},
        ]
    },
    "on_duplicate": "skip",
}
FILE = "Export du 26/11/2026\nCode;Commentaire;Contact\nC1;bla;tel 97123456\nC2;;gsm 96123456\n#2\n"


async def made(client: httpx.AsyncClient, **part: Any) -> dict[str, Any]:
    answer = await client.post(TEMPLATES, json={**BODY, **part})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_template_is_chosen_by_the_header_and_decides_the_reading(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    template = await made(admin)
    uploaded = await upload(admin, FILE)
    assert uploaded["import_template_id"] == template["import_template_id"]
    assert uploaded["on_duplicate"] == "skip"
    preview = uploaded["preview"]
    assert preview["header"] == ["Code", "Commentaire", "Contact"]
    assert [c.get("name") for c in preview["mapping"]["columns"]] == [
        "Référence",
        None,
        "Téléphone",
    ]
    assert preview["rows"][0]["cells"][2]["parsed"] == ["+2290197123456"]
    assert preview["left_out"] == [{"source": "Commentaire", "kind": "text"}]
    await start(admin, uploaded, new_list={"name": "CRM"}, key_columns=["Référence"])
    assert await importer.work_once()
    done = (await admin.get(f"{IMPORTS}/{uploaded['import_id']}")).json()
    assert (done["state"], done["rows_read"], done["rows_added"]) == ("complete", 2, 2)
    found = {c["external_key"]: c for c in await contacts(admin, done["contact_list_id"])}
    assert found["C2"]["data"] == {"Référence": "C2", "Téléphone": "+2290196123456"}
    assert found["C2"]["numbers"][0]["label"] == "mobile"


async def test_another_header_chooses_none_and_a_person_may_choose(
    admin: httpx.AsyncClient,
) -> None:
    fixed = await made(
        admin,
        name="Positions",
        reading={
            "fixed_fields": [
                {"name": "ref", "start": 1, "end": 3},
                {"name": "tel", "start": 4, "end": 13},
            ]
        },
        mapping={"columns": [{"source": "tel", "name": "tel", "kind": "phone"}]},
    )
    uploaded = await upload(admin, "C010197123456\nC020196123456\n")
    assert uploaded["import_template_id"] is None
    address = f"{IMPORTS}/{uploaded['import_id']}/template"
    chosen = await admin.post(address, json={"import_template_id": fixed["import_template_id"]})
    assert chosen.json()["preview"]["rows"][1]["cells"][1]["parsed"] == ["+2290196123456"]
    kept = (await admin.get(f"{IMPORTS}/{uploaded['import_id']}/preview")).json()
    assert kept["header"] == ["ref", "tel"]
    without = await admin.post(address, json={"import_template_id": None})
    assert len(without.json()["preview"]["header"]) == 1
    assert without.json()["preview"]["left_out"] == []
    again = await admin.post(address, json={"import_template_id": fixed["import_template_id"]})
    await start(admin, again.json(), new_list={"name": "Positions"})
    late = await admin.post(address, json={"import_template_id": None})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "IMPORT_STATE")


async def test_the_most_particular_template_wins(admin: httpx.AsyncClient) -> None:
    one = {"columns": [{"source": "tel", "name": "tel", "kind": "phone"}]}
    two = {"columns": [*one["columns"], {"source": "nom", "name": "nom", "kind": "text"}]}
    await made(admin, name="A", reading={}, mapping=one)
    particular = await made(admin, name="B", reading={}, mapping=two)
    uploaded = await upload(admin, "NOM;Tel;x\na;97123456;1\n")
    assert uploaded["import_template_id"] == particular["import_template_id"]


@pytest.mark.parametrize(
    ("reading", "field", "code"),
    [
        ({"replacements": {"Contact": [{"find": "("}]}}, "replacements.Contact", "PATTERN_INVALID"),
        ({"replacements": {"Nom": [{"find": "a"}]}}, "replacements.Nom", "REPLACEMENT_COLUMN"),
        ({"skip_lines": 2000}, "skip_lines", "TOO_MANY_LINES"),
        (
            {"fixed_fields": [{"name": "a", "start": 3, "end": 1}]},
            "fixed_fields",
            "POSITIONS_INVALID",
        ),
    ],
)
async def test_faults_name_their_field(
    admin: httpx.AsyncClient, reading: dict[str, Any], field: str, code: str
) -> None:
    answer = await admin.post(TEMPLATES, json={**BODY, "reading": reading})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, code)
    assert error["field"] == f"reading.{field}"


async def test_templates_are_changed_by_version_and_removed(admin: httpx.AsyncClient) -> None:
    template = await made(admin)
    address = f"{TEMPLATES}/{template['import_template_id']}"
    changed = await admin.patch(address, json={**BODY, "name": "CRM 2", "version": 1})
    assert (changed.json()["name"], changed.json()["version"]) == ("CRM 2", 2)
    stale = await admin.patch(address, json={**BODY, "version": 1})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "STALE_VERSION")
    taken = await admin.post(TEMPLATES, json={**BODY, "name": "CRM 2"})
    assert taken.json()["error"]["code"] == "NAME_TAKEN"
    assert (await admin.delete(address)).status_code == 204
    assert (await admin.get(address)).status_code == 404


async def test_supervisors_use_templates_and_do_not_make_them(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    template = await made(admin)
    assert (await supervisor.get(TEMPLATES)).json()["total"] == 1
    assert (await supervisor.post(TEMPLATES, json=BODY)).status_code == 403
    uploaded = await upload(supervisor, FILE)
    assert uploaded["import_template_id"] == template["import_template_id"]
