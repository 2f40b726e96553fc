"""Columns of a list in use: contacts keep their attempts, whatever happens to the columns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from database import Database, DatabaseServer
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.engine.column_changer import ColumnChanger
from kwabo.services.organisations import DEMONSTRATION_CALLER_ID
from world import Application, Both, SteppedClock

LISTS = "/api/v1/contact-lists"
CHANGES = "/api/v1/column-changes"
ROWS = 25
COLUMNS = [
    {"name": "ref", "kind": "text"},
    {"name": "nom", "kind": "text"},
    {"name": "solde", "kind": "text"},
    {"name": "tel", "label": "mobile", "kind": "phone"},
    {"name": "bureau", "label": "work", "kind": "phone"},
    {"name": "langue", "kind": "language"},
]


class RealPause(SteppedClock):
    """Steps, and lets others run."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def changer(unit_of_work: PostgresUnitOfWork) -> ColumnChanger:
    """The worker, with batches of four."""
    return ColumnChanger(unit_of_work, clock=RealPause(), worker="test", batch=4)


@pytest.fixture
async def owner(
    database: Database, database_server: DatabaseServer
) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection."""
    async with database_server.superuser(database.name) as connection:
        yield connection


@pytest.fixture
async def list_id(admin: httpx.AsyncClient) -> str:
    """A list with contacts: every fifth has a balance that is no number."""
    made = await admin.post(
        LISTS, json={"name": "Clients", "columns": COLUMNS, "key_columns": ["ref"]}
    )
    assert made.status_code == 201, made.text
    found = str(made.json()["contact_list_id"])
    rows = [
        {
            "ref": f"C{n}",
            "nom": f"Nom {n}",
            "solde": "inconnu" if n % 5 == 0 else f"{n} 000,50",
            "tel": f"+22901970000{n:02}" if n % 2 else "",
            "bureau": f"+22901960000{n:02}",
            "langue": "fr",
        }
        for n in range(ROWS)
    ]
    sent = await admin.post(
        f"{LISTS}/{found}/contacts/batch", json={"contacts": [{"data": row} for row in rows]}
    )
    assert sent.json()["added"] == ROWS, sent.text
    return found


async def version(client: httpx.AsyncClient, list_id: str) -> int:
    return int((await client.get(f"{LISTS}/{list_id}")).json()["version"])


async def asked(client: httpx.AsyncClient, list_id: str, **body: Any) -> httpx.Response:
    body = {"version": await version(client, list_id), **body}
    return await client.post(f"{LISTS}/{list_id}/column-changes", json=body)


async def begun(client: httpx.AsyncClient, list_id: str, **body: Any) -> dict[str, Any]:
    answer = await asked(client, list_id, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def contacts(client: httpx.AsyncClient, list_id: str) -> dict[str, dict[str, Any]]:
    answer = await client.get(f"{LISTS}/{list_id}/contacts", params={"limit": 100})
    return {contact["external_key"]: contact for contact in answer.json()["items"]}


async def columns(client: httpx.AsyncClient, list_id: str) -> dict[str, dict[str, Any]]:
    found = (await client.get(f"{LISTS}/{list_id}")).json()["columns"]
    return {column["name"]: column for column in found}


async def campaign_with_history(
    client: httpx.AsyncClient, both: Both, owner: asyncpg.Connection, list_id: str, script: str
) -> str:
    """A campaign on the list that has called one contact and promised a callback."""
    made = await client.post(
        "/api/v1/campaigns",
        json={
            "name": "Relances",
            "contact_list_id": list_id,
            "mode": "progressive",
            "queue_id": str(both.a.queue_id),
            "trunk_id": str(both.a.trunk_id),
            "caller_id": DEMONSTRATION_CALLER_ID,
            "script": script,
        },
    )
    assert made.status_code == 201, made.text
    campaign_id = made.json()["campaign_id"]
    contact_id = (await contacts(client, list_id))["C1"]["contact_id"]
    where = (UUID(campaign_id), UUID(contact_id), both.a.organisation_id)
    await owner.execute(
        """INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts)
           VALUES ($1, $2, $3, 'open', 1)""",
        *where,
    )
    await owner.execute(
        """INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,
               attempt_number, number, mode, caller_id, trunk_id, state, result, fencing)
           VALUES (gen_random_uuid(), $3, $1, $2, 1, '+2290197000001', 'progressive', '', $4,
               'closed', 'busy', 1)""",
        *where,
        both.a.trunk_id,
    )
    await owner.execute(
        """INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id, number,
               due_at, created_at)
           VALUES (gen_random_uuid(), $3, $1, $2, '+2290197000001', now(), now())""",
        *where,
    )
    return str(campaign_id)


async def history(owner: asyncpg.Connection) -> list[int]:
    return [
        await owner.fetchval(f"SELECT count(*) FROM {table}")
        for table in ("campaign_contacts", "attempts", "callbacks")
    ]


async def test_a_column_is_added_with_a_default(
    admin: httpx.AsyncClient, changer: ColumnChanger, list_id: str
) -> None:
    change = await begun(admin, list_id, kind="add", name="ville", default="Cotonou")
    assert (change["state"], change["contacts_total"]) == ("running", ROWS)
    assert await changer.work_once()
    done = (await admin.get(f"{CHANGES}/{change['column_change_id']}")).json()
    assert (done["state"], done["contacts_done"]) == ("complete", ROWS)
    assert (await columns(admin, list_id))["ville"]["position"] == len(COLUMNS)
    assert {c["data"]["ville"] for c in (await contacts(admin, list_id)).values()} == {"Cotonou"}
    assert not await changer.work_once()


async def test_a_rename_is_followed_everywhere_and_keeps_history(
    admin: httpx.AsyncClient,
    changer: ColumnChanger,
    owner: asyncpg.Connection,
    both: Both,
    list_id: str,
) -> None:
    script = "Bonjour {{nom}}, référence {{ref}}"
    campaign_id = await campaign_with_history(admin, both, owner, list_id, script)
    await owner.execute(
        "UPDATE wrap_up_codes SET required_fields = '{notes,nom}' WHERE organisation_id = $1",
        both.a.organisation_id,
    )
    before, kept = await contacts(admin, list_id), await history(owner)
    await begun(admin, list_id, kind="rename", column="nom", name="Nom complet")
    await changer.work_once()
    after = await contacts(admin, list_id)
    assert {c["data"]["Nom complet"] for c in after.values()} == {
        c["data"]["nom"] for c in before.values()
    }
    assert not any("nom" in c["data"] for c in after.values())
    campaign = (await admin.get(f"/api/v1/campaigns/{campaign_id}")).json()
    assert campaign["script"] == "Bonjour {{Nom complet}}, référence {{ref}}"
    codes = (await admin.get("/api/v1/wrap-up-codes")).json()
    items = codes["items"] if isinstance(codes, dict) else codes
    assert all("Nom complet" in code["required_fields"] for code in items)
    assert await history(owner) == kept == [1, 1, 1]
    assert {c["contact_id"] for c in after.values()} == {c["contact_id"] for c in before.values()}

    await begun(admin, list_id, kind="rename", column="ref", name="Référence")
    await changer.work_once()
    assert (await admin.get(f"{LISTS}/{list_id}")).json()["key_columns"] == ["Référence"]
    assert set(await contacts(admin, list_id)) == set(after)


async def test_what_an_agent_writes_meanwhile_is_in_the_renamed_column(
    admin: httpx.AsyncClient,
    unit_of_work: PostgresUnitOfWork,
    both: Both,
    owner: asyncpg.Connection,
    list_id: str,
) -> None:
    """At every batch of the change, an agent's outcome writes the column by its old name."""
    change = await begun(admin, list_id, kind="rename", column="solde", name="Montant")
    changer = ColumnChanger(unit_of_work, clock=RealPause(), worker="w", batch=4)
    ids = [UUID(c["contact_id"]) for c in (await contacts(admin, list_id)).values()]
    wrote: dict[UUID, str] = {}
    change_id, organisation_id = UUID(change["column_change_id"]), both.a.organisation_id
    step = 0
    while await changer._step(change_id, organisation_id):
        contact_id = ids[(step * 7) % len(ids)]
        wrote[contact_id] = f"écrit {step}"
        async with unit_of_work.begin(organisation_id) as stores:
            await stores._connection.execute(  # as floor_writes does
                __import__("sqlalchemy").text(
                    """UPDATE contacts SET data = data || with_renamed_columns(contact_list_id,
                       CAST(:data AS jsonb)), updated_at = now() WHERE contact_id = :id"""
                ),
                {"data": {"solde": wrote[contact_id]}, "id": contact_id},
            )
        step += 1
    assert step > 10
    rows = await owner.fetch("SELECT contact_id, data::text FROM contacts")
    for row in rows:
        if row["contact_id"] in wrote:
            assert f'"Montant": "{wrote[row["contact_id"]]}"' in row["data"]
        assert '"solde"' not in row["data"]


async def test_a_new_kind_is_counted_first_and_keeps_what_does_not_fit(
    admin: httpx.AsyncClient, changer: ColumnChanger, list_id: str
) -> None:
    change = await begun(admin, list_id, kind="kind", column="solde", column_kind="number")
    assert change["state"] == "checking"
    await changer.work_once()
    address = f"{CHANGES}/{change['column_change_id']}"
    checked = (await admin.get(address)).json()
    assert checked["state"] == "checked"
    report = checked["report"]
    assert (report["filled"], report["unfit"], report["without_number"]) == (ROWS, 5, 0)
    assert [s["row"] for s in report["samples"]] == [1, 6, 11, 16, 21]
    assert report["samples"][0]["value"] == "inconnu"
    assert "nombre" in report["samples"][0]["message"]
    assert (await columns(admin, list_id))["solde"]["kind"] == "text", "nothing is done yet"

    assert (await admin.post(f"{address}/apply", json={"unfit": "keep"})).json()["state"] == (
        "running"
    )
    await changer.work_once()
    after = await contacts(admin, list_id)
    assert after["C7"]["data"]["solde"] == "7000.50"
    assert after["C5"]["data"]["solde"] == ""
    assert after["C5"]["data"]["solde (original)"] == "inconnu"
    now = await columns(admin, list_id)
    assert now["solde"]["kind"] == "number"
    assert now["solde (original)"]["position"] == now["solde"]["position"] + 1


async def test_what_does_not_fit_can_be_cleared_or_the_change_given_up(
    admin: httpx.AsyncClient, changer: ColumnChanger, list_id: str
) -> None:
    change = await begun(admin, list_id, kind="kind", column="solde", column_kind="number")
    await changer.work_once()
    cancelled = await admin.post(f"{CHANGES}/{change['column_change_id']}/cancel")
    assert cancelled.json()["state"] == "cancelled"
    late = await admin.post(f"{CHANGES}/{change['column_change_id']}/apply", json={})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "COLUMN_CHANGE_STATE")
    assert (await contacts(admin, list_id))["C5"]["data"]["solde"] == "inconnu"

    change = await begun(admin, list_id, kind="kind", column="solde", column_kind="number")
    await changer.work_once()
    await admin.post(f"{CHANGES}/{change['column_change_id']}/apply", json={"unfit": "clear"})
    await changer.work_once()
    assert "solde (original)" not in await columns(admin, list_id)
    assert (await contacts(admin, list_id))["C5"]["data"]["solde"] == ""


async def test_a_phone_column_is_removed_and_numbers_follow(
    admin: httpx.AsyncClient, changer: ColumnChanger, list_id: str
) -> None:
    change = await begun(admin, list_id, kind="remove", column="bureau")
    await changer.work_once()
    checked = (await admin.get(f"{CHANGES}/{change['column_change_id']}")).json()
    assert checked["report"]["without_number"] == 13, "every other contact has no other number"
    await admin.post(f"{CHANGES}/{change['column_change_id']}/apply", json={})
    await changer.work_once()
    after = await contacts(admin, list_id)
    assert after["C1"]["numbers"] == [
        {"number": "+2290197000001", "label": "mobile", "callable": True}
    ]
    assert after["C2"]["numbers"] == []
    assert "bureau" not in after["C1"]["data"]
    refused = await asked(admin, list_id, kind="remove", column="tel")
    assert refused.json()["error"]["code"] == "LAST_PHONE_COLUMN"


async def test_labels_order_and_a_text_that_becomes_a_phone(
    admin: httpx.AsyncClient, changer: ColumnChanger, list_id: str
) -> None:
    await begun(admin, list_id, kind="label", column="tel", label="portable")
    await changer.work_once()
    order = ["ref", "nom", "solde", "bureau", "tel", "langue"]
    await begun(admin, list_id, kind="order", order=order)
    await changer.work_once()
    numbers = (await contacts(admin, list_id))["C1"]["numbers"]
    assert [(n["number"], n["label"]) for n in numbers] == [
        ("+2290196000001", "work"),
        ("+2290197000001", "portable"),
    ]
    change = await begun(admin, list_id, kind="kind", column="nom", column_kind="phone")
    await changer.work_once()
    checked = (await admin.get(f"{CHANGES}/{change['column_change_id']}")).json()
    assert checked["report"]["unfit"] == ROWS
    await admin.post(f"{CHANGES}/{change['column_change_id']}/cancel")

    change = await begun(admin, list_id, kind="kind", column="tel", column_kind="text")
    await changer.work_once()
    await admin.post(f"{CHANGES}/{change['column_change_id']}/apply", json={})
    await changer.work_once()
    after = (await contacts(admin, list_id))["C1"]
    assert [n["number"] for n in after["numbers"]] == ["+2290196000001"]
    assert after["data"]["tel"] == "+2290197000001"
    change = await begun(admin, list_id, kind="kind", column="tel", column_kind="phone")
    await changer.work_once()
    await admin.post(f"{CHANGES}/{change['column_change_id']}/apply", json={})
    await changer.work_once()
    assert [n["number"] for n in (await contacts(admin, list_id))["C1"]["numbers"]] == [
        "+2290196000001",
        "+2290197000001",
    ]


async def test_removing_the_language_column_takes_the_language_away(
    admin: httpx.AsyncClient, changer: ColumnChanger, list_id: str
) -> None:
    assert (await contacts(admin, list_id))["C1"]["language"] == "fr"
    await begun(admin, list_id, kind="remove", column="langue")
    await changer.work_once()
    assert (await contacts(admin, list_id))["C1"]["language"] is None


async def test_a_column_in_use_is_not_removed_and_says_where(
    admin: httpx.AsyncClient, owner: asyncpg.Connection, both: Both, list_id: str
) -> None:
    await campaign_with_history(admin, both, owner, list_id, "Solde : {{solde}}")
    refused = await asked(admin, list_id, kind="remove", column="solde")
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (409, "COLUMN_IN_USE")
    assert error["details"]["uses"] == [{"kind": "script", "name": "Relances"}]
    uses = await admin.get(f"{LISTS}/{list_id}/column-uses", params={"column": "solde"})
    assert uses.json()["items"] == [{"kind": "script", "name": "Relances", "shared": False}]
    braces = await asked(admin, list_id, kind="rename", column="solde", name="a}b")
    assert braces.json()["error"]["code"] == "NAME_NOT_FOR_SCRIPTS"


async def test_a_required_field_that_other_lists_share_holds_the_name(
    admin: httpx.AsyncClient, owner: asyncpg.Connection, both: Both, list_id: str
) -> None:
    await owner.execute(
        "UPDATE wrap_up_codes SET required_fields = '{solde}' WHERE organisation_id = $1",
        both.a.organisation_id,
    )
    await admin.post(LISTS, json={"name": "Autre", "columns": COLUMNS})
    refused = await asked(admin, list_id, kind="rename", column="solde", name="Montant")
    assert refused.json()["error"]["code"] == "COLUMN_IN_USE"


async def test_nobody_writes_values_while_contacts_are_rewritten(
    admin: httpx.AsyncClient, changer: ColumnChanger, list_id: str
) -> None:
    contact = (await contacts(admin, list_id))["C1"]
    await begun(admin, list_id, kind="rename", column="nom", name="Nom")
    added = await admin.post(f"{LISTS}/{list_id}/contacts", json={"data": {"ref": "N"}})
    changed = await admin.patch(
        f"/api/v1/contacts/{contact['contact_id']}",
        json={"data": {"nom": "x"}, "version": contact["version"]},
    )
    other = await asked(admin, list_id, kind="add", name="x")
    for answer in (added, changed):
        assert (answer.status_code, answer.json()["error"]["code"]) == (
            409,
            "COLUMN_CHANGE_RUNNING",
        )
    assert (other.status_code, other.json()["error"]["code"]) == (409, "COLUMN_CHANGE_OPEN")
    marked = await admin.patch(
        f"/api/v1/contacts/{contact['contact_id']}",
        json={"callable": False, "version": contact["version"]},
    )
    assert marked.status_code == 200, "marks are no values"
    await changer.work_once()
    again = await admin.post(
        f"{LISTS}/{list_id}/contacts",
        json={"data": {"ref": "N", "Nom": "x", "tel": "+2290197000099"}},
    )
    assert again.status_code == 201, again.text


async def test_a_worker_that_dies_at_any_batch_is_replaced(
    admin: httpx.AsyncClient, unit_of_work: PostgresUnitOfWork, both: Both, list_id: str
) -> None:
    change = await begun(admin, list_id, kind="rename", column="nom", name="Nom")
    change_id = UUID(change["column_change_id"])
    for n in range(100):
        worker = ColumnChanger(
            unit_of_work, clock=RealPause(), worker=f"w{n}", batch=3, lease_seconds=0
        )
        if not await worker._step(change_id, both.a.organisation_id):
            break
    else:
        raise AssertionError("it never ends")
    after = await contacts(admin, list_id)
    assert len(after) == ROWS
    assert all(c["data"]["Nom"].startswith("Nom ") for c in after.values())
    assert not any("nom" in c["data"] for c in after.values())


async def test_a_contact_that_somebody_holds_is_waited_for_without_holding_others(
    admin: httpx.AsyncClient,
    unit_of_work: PostgresUnitOfWork,
    both: Both,
    owner: asyncpg.Connection,
    list_id: str,
) -> None:
    change = await begun(admin, list_id, kind="add", name="x", default="1")
    changer = ColumnChanger(unit_of_work, clock=RealPause(), worker="w", batch=10)
    change_id, organisation_id = UUID(change["column_change_id"]), both.a.organisation_id
    held = UUID((await contacts(admin, list_id))["C5"]["contact_id"])
    async with owner.transaction():
        await owner.execute("UPDATE contacts SET version = version WHERE contact_id = $1", held)
        for _ in range(4):
            assert await changer._step(change_id, organisation_id)
        stuck = (await admin.get(f"{CHANGES}/{change_id}")).json()
        assert (stuck["state"], stuck["contacts_done"]) == ("running", 5)
    while await changer._step(change_id, organisation_id):
        pass
    assert {c["data"]["x"] for c in (await contacts(admin, list_id)).values()} == {"1"}


async def test_supervisors_see_changes_and_make_none(
    supervisor: httpx.AsyncClient, application: Application, list_id: str
) -> None:
    assert (await supervisor.get(f"{LISTS}/{list_id}/column-changes")).json()["total"] == 0
    refused = await asked(supervisor, list_id, kind="add", name="x")
    assert refused.status_code == 403
