"""Contacts through the API: saved by key, changed, removed, found, exported and brought back."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from kwabo.adapters.postgres.import_blocks import InProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.services import contacts as contacts_service
from world import Application, importer_on

LISTS = "/api/v1/contact-lists"
COLUMNS = [
    {"name": "ref", "kind": "text"},
    {"name": "nom", "kind": "text"},
    {"name": "tel", "kind": "phone", "label": "mobile"},
    {"name": "bureau", "kind": "phone", "label": "work"},
    {"name": "solde", "kind": "number"},
]


@pytest.fixture
async def contact_list(admin: httpx.AsyncClient) -> str:
    """A list with a key; its address."""
    body = {"name": "Clients", "columns": COLUMNS, "key_columns": ["ref"]}
    answer = await admin.post(LISTS, json=body)
    assert answer.status_code == 201, answer.text
    return f"{LISTS}/{answer.json()['contact_list_id']}"


async def save(client: httpx.AsyncClient, address: str, **data: Any) -> httpx.Response:
    """Save one contact."""
    return await client.post(f"{address}/contacts", json={"data": data})


async def found(client: httpx.AsyncClient, address: str, **query: Any) -> list[str]:
    """The keys of the contacts that match, page by page."""
    keys: list[str] = []
    token = None
    while True:
        params = {"limit": 3, **query, **({"page_token": token} if token else {})}
        answer = await client.get(f"{address}/contacts", params=params)
        assert answer.status_code == 200, answer.text
        keys += [contact["external_key"] for contact in answer.json()["items"]]
        token = answer.json()["next_page_token"]
        if token is None:
            return keys


async def test_a_contact_is_added_once(admin: httpx.AsyncClient, contact_list: str) -> None:
    first = await save(admin, contact_list, ref="1", nom="Afi", tel="97 12 34 56")
    again = await save(admin, contact_list, ref="1", bureau="0195000000")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["contact_id"] == first.json()["contact_id"]
    assert again.json()["data"]["nom"] == "Afi"
    assert again.json()["numbers"] == [
        {"number": "+2290197123456", "label": "mobile", "callable": True},
        {"number": "+2290195000000", "label": "work", "callable": True},
    ]


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"ref": "1", "nom": "x"}, "NO_NUMBER", "data.tel"),
        ({"ref": "1", "tel": "12"}, "PHONE_TOO_SHORT", "data.tel"),
        ({"ref": "1", "tel": "97123456", "bureau": "abc"}, "PHONE_LETTERS", "data.bureau"),
        ({"ref": "1", "tel": "97123456", "solde": "x"}, "NUMBER_FORMAT", "data.solde"),
        ({"tel": "97123456"}, "KEY_EMPTY", "data.ref"),
        ({"ref": "1", "tel": "97123456", "age": 3}, "UNKNOWN_COLUMN", "data.age"),
        ({"ref": "1", "tel": "97123456", "nom": "a\0"}, "NUL_BYTE", "data.nom"),
        ({"ref": "1", "tel": "97123456", "nom": "x" * 40_000}, "CELL_TOO_LONG", "data.nom"),
    ],
)
async def test_what_is_wrong_is_said(
    admin: httpx.AsyncClient, contact_list: str, data: dict[str, Any], code: str, field: str
) -> None:
    answer = await save(admin, contact_list, **data)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, code, field)


async def test_a_batch_takes_the_good_and_returns_the_bad(
    admin: httpx.AsyncClient, contact_list: str
) -> None:
    rows: list[dict[str, Any]] = [
        {"ref": "1", "tel": "97123456", "solde": 12.5},
        {"ref": "2", "tel": "nope"},
        {"ref": "1", "nom": "Afi"},
        {"ref": "3", "tel": "95123456"},
    ]
    body = {"contacts": [{"data": row} for row in rows], "on_duplicate": "update"}
    answer = (await admin.post(f"{contact_list}/contacts/batch", json=body)).json()

    assert [answer[name] for name in ("added", "updated", "skipped")] == [2, 1, 0]
    assert [(r["index"], r["column"], r["code"]) for r in answer["rejected"]] == [
        (1, "tel", "PHONE_LETTERS")
    ]
    again = await admin.post(
        f"{contact_list}/contacts/batch", json={**body, "on_duplicate": "skip"}
    )
    assert (again.json()["added"], again.json()["skipped"]) == (0, 3)


async def test_an_idempotency_key_makes_a_list_without_a_key_safe(
    admin: httpx.AsyncClient,
) -> None:
    made = await admin.post(LISTS, json={"name": "Sans clé", "columns": COLUMNS})
    address = f"{LISTS}/{made.json()['contact_list_id']}"
    for _ in range(2):
        await admin.post(
            f"{address}/contacts",
            json={"data": {"tel": "97123456"}},
            headers={"Idempotency-Key": "once"},
        )

    assert (await admin.get(address)).json()["contacts"] == 1


async def test_changes_need_the_newest_version(admin: httpx.AsyncClient, contact_list: str) -> None:
    contact = (await save(admin, contact_list, ref="1", tel="97123456")).json()
    address = f"/api/v1/contacts/{contact['contact_id']}"
    change = {"version": contact["version"], "data": {"tel": "95123456"}}

    changed = (await admin.patch(address, json=change)).json()
    stale = await admin.patch(address, json=change)

    assert [n["number"] for n in changed["numbers"]] == ["+2290195123456"]
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    off = await admin.patch(address, json={"version": changed["version"], "callable": False})
    assert (off.json()["callable"], off.json()["uncallable_reason"]) == (False, "SET_BY_PERSON")
    assert await found(admin, contact_list, callable=True) == []


async def test_a_key_cannot_be_taken_from_another(
    admin: httpx.AsyncClient, contact_list: str
) -> None:
    await save(admin, contact_list, ref="1", tel="97123456")
    second = (await save(admin, contact_list, ref="2", tel="97123457")).json()
    answer = await admin.patch(
        f"/api/v1/contacts/{second['contact_id']}",
        json={"version": second["version"], "data": {"ref": "1"}},
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "KEY_TAKEN")


async def test_removing(admin: httpx.AsyncClient, contact_list: str) -> None:
    ids = []
    for n in range(4):
        answer = await save(admin, contact_list, ref=str(n), tel=f"9712345{n}")
        ids.append(answer.json()["contact_id"])

    gone = await admin.post(
        f"{contact_list}/contacts/delete", json={"contact_ids": ids[:1], "external_keys": ["1"]}
    )
    assert gone.json() == {"deleted": 2}
    assert (await admin.delete(f"/api/v1/contacts/{ids[2]}")).status_code == 204
    assert (await admin.get(f"/api/v1/contacts/{ids[2]}")).status_code == 404
    assert await found(admin, contact_list) == ["3"]


async def test_search_in_any_written_form(admin: httpx.AsyncClient, contact_list: str) -> None:
    await save(admin, contact_list, ref="a", nom="N'Dah 100%", tel="97123456")
    await save(admin, contact_list, ref="b", nom="Éric", tel="0195000001", bureau="96 00 00 02")

    for search in ("97 12 34 56", "0197123456", "+22997123456", "712345", "n'dah", "100%"):
        assert await found(admin, contact_list, search=search) == ["a"], search
    for search in ("éric", "96000002", "b"):
        assert await found(admin, contact_list, search=search) == ["b"], search
    for search in ("tel", "_", "%%"):  # names of columns and signs of patterns are no matches
        assert await found(admin, contact_list, search=search) == [], search


async def test_a_whole_number_is_sought_among_values_only_where_no_contact_has_it(
    admin: httpx.AsyncClient, contact_list: str
) -> None:
    await save(admin, contact_list, ref="a", tel="97123456")
    await save(admin, contact_list, ref="b", tel="95000001", nom="contrat 97123456")
    await save(admin, contact_list, ref="c", tel="95000002", nom="contrat 96000009")

    assert await found(admin, contact_list, search="97123456") == ["a"]
    assert await found(admin, contact_list, search="97123456 / 95000001") == ["a", "b"]
    assert await found(admin, contact_list, search="96000009") == ["c"]
    assert await found(admin, contact_list, search="96000008") == []
    assert await found(admin, contact_list, search="97123456", callable="false") == []


async def test_pages_in_every_order(admin: httpx.AsyncClient, contact_list: str) -> None:
    balances = ["10", "9", "", "9", "-1", "100,5", ""]
    for n, balance in enumerate(balances):
        await save(admin, contact_list, ref=str(n), tel="97123456", nom=f"n{n % 3}", solde=balance)

    assert await found(admin, contact_list) == list("0123456")
    assert await found(admin, contact_list, sort="solde") == list("4130526")
    assert await found(admin, contact_list, sort="-solde") == list("5031462")[:3] + list("1462")
    assert await found(admin, contact_list, sort="nom") == list("0361425")


async def test_a_page_token_belongs_to_its_search(
    admin: httpx.AsyncClient, contact_list: str
) -> None:
    for n in range(3):
        await save(admin, contact_list, ref=str(n), tel="97123456")
    page = await admin.get(f"{contact_list}/contacts", params={"limit": 1})
    answer = await admin.get(
        f"{contact_list}/contacts",
        params={"limit": 1, "sort": "nom", "page_token": page.json()["next_page_token"]},
    )

    assert answer.json()["error"]["code"] == "PAGE_TOKEN"


async def test_a_sorted_list_is_exported_in_its_order_over_many_pages(
    admin: httpx.AsyncClient, contact_list: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contacts_service, "_EXPORT_PAGE", 3)
    balances = ["12", "", "3", "100", "12", "-4", "7"]
    for n, balance in enumerate(balances):
        await save(admin, contact_list, ref=str(n), tel="97123456", solde=balance)

    async def exported(**query: str) -> str:
        text = (await admin.get(f"{contact_list}/export.csv", params=query)).text
        rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
        return "".join(row["ref"] for row in rows)

    assert await exported(sort="solde") == "5260431"
    assert await exported(sort="-solde") == "3406251"
    assert await exported() == "0123456"


async def test_an_exported_list_comes_back_unchanged(
    application: Application,
    admin: httpx.AsyncClient,
    contact_list: str,
    unit_of_work: PostgresUnitOfWork,
) -> None:
    values = ["=1+1", "@x", "-5", "'=x", 'say "hi"; twice', "a\nb", "L'an"]
    for n, value in enumerate(values):
        await save(admin, contact_list, ref=str(n), nom=value, tel="97123456", solde="-1,5")
    text = (await admin.get(f"{contact_list}/export.csv")).text

    cells = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert cells[1] == ["0", "'=1+1", "+2290197123456", "", "-1.5"]
    assert not any(cell[:1] in ("=", "@") for row in cells for cell in row)
    uploaded = (
        await admin.post("/api/v1/imports/uploads", files={"file": ("x.csv", text.encode())})
    ).json()
    start = {
        "new_list": {"name": "Copie"},
        "mapping": uploaded["preview"]["mapping"],
        "key_columns": ["ref"],
    }
    await admin.post(f"/api/v1/imports/{uploaded['import_id']}/start", json=start)
    await importer_on(unit_of_work, application.clock, InProcessBlocks()).work_once()
    record = (await admin.get(f"/api/v1/imports/{uploaded['import_id']}")).json()
    copy = (await admin.get(f"{LISTS}/{record['contact_list_id']}/contacts")).json()["items"]

    assert [contact["data"]["nom"] for contact in copy] == values
    assert all(contact["data"]["tel"] == "+2290197123456" for contact in copy)


async def test_a_list_with_contacts_keeps_its_shape(
    admin: httpx.AsyncClient, contact_list: str
) -> None:
    await save(admin, contact_list, ref="1", tel="97123456")
    version = (await admin.get(contact_list)).json()["version"]
    turned = [{**c, "kind": "text"} if c["name"] == "solde" else c for c in COLUMNS]
    answer = await admin.patch(contact_list, json={"version": version, "columns": turned})
    assert answer.json()["error"]["code"] == "LIST_NOT_EMPTY"
    grown = [*COLUMNS, {"name": "ville", "kind": "text"}]
    answer = await admin.patch(contact_list, json={"version": version, "columns": grown})
    assert [c["name"] for c in answer.json()["columns"]][-1] == "ville"
    assert (await admin.delete(contact_list)).status_code == 204


async def test_an_agent_sees_no_lists(agent: httpx.AsyncClient, contact_list: str) -> None:
    assert (await agent.get(contact_list)).status_code == 403
    assert (await agent.get(f"{contact_list}/export.csv")).status_code == 403


async def test_a_search_says_how_many_contacts_it_looked_at(
    admin: httpx.AsyncClient, contact_list: str
) -> None:
    for n in range(5):
        await save(admin, contact_list, ref=str(n), nom=f"Afi {n % 2}", tel=f"9712345{n}")
    address = f"{contact_list}/contacts"
    part = (await admin.get(address, params={"search": "afi 0"})).json()
    assert (len(part["items"]), part["total"], part["looked_at"]) == (3, 3, 5)
    first = (await admin.get(address, params={"search": "afi 0", "limit": 2})).json()
    assert (len(first["items"]), first["total"]) == (2, 3)
    other = {"search": "afi 1", "page_token": first["next_page_token"]}
    refused = await admin.get(address, params=other)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "PAGE_TOKEN")
    number = (await admin.get(address, params={"search": "97 12 34 53"})).json()
    assert (number["total"], number["looked_at"]) == (1, None)
    everybody = (await admin.get(address)).json()
    assert (everybody["total"], everybody["looked_at"]) == (5, None)
