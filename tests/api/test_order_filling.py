"""Orders of sorted campaigns are filled before they start, and follow list and settings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from database import Database
from kwabo.adapters.postgres import order_filling, order_head
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock
from kwabo.engine.order_filler import OrderFiller
from world import Both

V1 = "/api/v1"
SORT = [{"column": "solde", "descending": True}]


async def _list(admin: httpx.AsyncClient, name: str, balances: list[str]) -> str:
    made = await admin.post(
        f"{V1}/contact-lists",
        json={
            "name": name,
            "columns": [
                {"name": "téléphone", "label": "téléphone", "kind": "phone"},
                {"name": "solde", "label": "solde", "kind": "number"},
                {"name": "ville", "label": "ville", "kind": "text"},
            ],
        },
    )
    assert made.status_code == 201, made.text
    list_id = str(made.json()["contact_list_id"])
    await _add(admin, list_id, balances)
    return list_id


async def _add(
    admin: httpx.AsyncClient, list_id: str, rows: Sequence[str | dict[str, str]]
) -> None:
    """Contacts with a balance, or with more."""
    contacts = [
        {
            "data": {"téléphone": f"+22901{61000000 + n}"}
            | ({"solde": row} if isinstance(row, str) else row)
        }
        for n, row in enumerate(rows)
    ]
    added = await admin.post(
        f"{V1}/contact-lists/{list_id}/contacts/batch", json={"contacts": contacts}
    )
    assert added.status_code == 200, added.text


async def _campaign(
    admin: httpx.AsyncClient, list_id: str, sort: Sequence[dict[str, Any]] = SORT
) -> str:
    queue = (await admin.get(f"{V1}/queues")).json()["items"][0]
    trunk = (await admin.get(f"{V1}/trunks")).json()["items"][0]
    made = await admin.post(
        f"{V1}/campaigns",
        json={
            "name": "Sorted",
            "contact_list_id": list_id,
            "mode": "progressive",
            "queue_id": queue["queue_id"],
            "trunk_id": trunk["trunk_id"],
            "caller_id": trunk["caller_ids"][0],
            "sort": sort,
        },
    )
    assert made.status_code == 201, made.text
    return str(made.json()["campaign_id"])


async def _change(admin: httpx.AsyncClient, path: str, **values: Any) -> None:
    version = (await admin.get(path)).json()["version"]
    answer = await admin.patch(path, json=values | {"version": version})
    assert answer.status_code == 200, answer.text


async def test_an_order_is_filled_ahead_and_follows_the_campaign(
    admin: httpx.AsyncClient,
    unit_of_work: PostgresUnitOfWork,
    both: Both,
    database: Database,
    database_server: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(order_filling, "AHEAD", 2)
    filler = OrderFiller(unit_of_work, clock=SystemClock())

    async def order() -> list[str]:
        async with database_server.superuser(database.name) as owner:
            rows = await owner.fetch(
                "SELECT c.data ->> 'solde' AS solde FROM campaign_order o"
                " JOIN contacts c USING (contact_id)"
                " JOIN campaigns k USING (campaign_id, order_version) WHERE o.campaign_id = $1"
                " ORDER BY o.rank, o.added_in, o.position",
                UUID(campaign_id),
            )
        return [row["solde"] for row in rows]

    async def stored() -> int:
        async with database_server.superuser(database.name) as owner:
            return int(await owner.fetchval("SELECT count(*) FROM campaign_order"))

    async def filled() -> list[str]:
        while await filler.work_once():
            pass
        return await order()

    list_id = await _list(admin, "First", ["10", "300", "", "20"])
    campaign_id = await _campaign(admin, list_id)
    path = f"{V1}/campaigns/{campaign_id}"
    assert await filled() == ["300", "20", "10", ""]
    await _add(admin, list_id, ["5", "1000"])
    assert await filled() == ["1000", "300", "20", "10", "5", ""]

    other = await _list(admin, "Second", ["7", "9"])
    await _change(admin, path, contact_list_id=other)
    assert await filled() == ["9", "7"]
    changed = [{"column": "solde", "descending": False}]
    assert await stored() == 2
    await _change(admin, path, sort=changed)
    assert await order() == []  # nobody is called by a place of the old order
    assert await stored() == 2  # whose removal no request waits for
    assert await filled() == ["7", "9"]
    assert await stored() == 2

    # While it runs too; it has not called anybody: it can be deleted.
    async with database_server.superuser(database.name) as owner:
        await owner.execute("UPDATE campaigns SET state = 'running'")
    await _add(admin, other, ["8"])
    assert await filled() == ["7", "8", "9"]
    async with database_server.superuser(database.name) as owner:
        await owner.execute("UPDATE campaigns SET state = 'ready'")
    assert (await admin.delete(path)).status_code == 204
    assert await order() == []


SORTS: dict[str, list[dict[str, Any]]] = {
    "by number": [{"column": "solde", "descending": True}],
    "by number, empty first": [{"column": "solde", "empty_first": True}],
    "many alike": [{"column": "ville"}, {"column": "solde"}],
    "all alike but the last": [{"column": "ville", "descending": True}, {"column": "téléphone"}],
    "property first": [{"property": "attempts_anywhere"}, {"column": "solde"}],
    "property later": [{"column": "ville"}, {"property": "attempts_anywhere"}],
}


@pytest.mark.parametrize("name", SORTS)
async def test_the_first_of_a_running_campaign_are_found_before_the_rest(
    admin: httpx.AsyncClient,
    unit_of_work: PostgresUnitOfWork,
    both: Both,
    database: Database,
    database_server: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """As many as wanted, from the whole list, and the same as when all of it is placed."""
    monkeypatch.setattr(order_head, "HEAD", 5)
    monkeypatch.setattr(order_head, "FEW", 6)
    monkeypatch.setattr(order_filling, "BESIDE", 4)
    drawn = random.Random(name)
    rows = [
        {
            "solde": drawn.choice(["", "3", "30", "-7", "3.50", "0", "1000"]),
            "ville": drawn.choice(["Cotonou", "cotonou", "Bohicon", "", "Ôuidah"]),
        }
        for _ in range(40)
    ]
    list_id = await _list(admin, "Head", [])
    await _add(admin, list_id, rows)
    campaign_id = UUID(await _campaign(admin, list_id, sort=SORTS[name]))

    async def ask(statement: str) -> list[Any]:
        async with database_server.superuser(database.name) as owner:
            return list(await owner.fetch(statement, campaign_id))

    async def order(only: str = "") -> list[UUID]:
        placed = await ask(
            "SELECT o.contact_id FROM campaign_order o JOIN campaigns k USING (campaign_id)"
            f" WHERE o.campaign_id = $1 {only} ORDER BY o.rank, o.added_in, o.position"
        )
        return [row["contact_id"] for row in placed]

    in_head = (
        "AND (o.rank, o.added_in, o.position) <="
        " (k.order_head_rank, k.order_head_added_in, k.order_head_position)"
    )
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        await stores.campaigns.find_head(campaign_id, datetime.now(UTC))
    assert await order() == []  # it does not run
    await ask("UPDATE campaigns SET state = 'running' WHERE campaign_id = $1")
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        await stores.campaigns.find_head(campaign_id, datetime.now(UTC))
    head = await order()
    assert len(head) == 5
    assert await order(in_head) == head
    await ask(  # claims have taken all but the last
        "DELETE FROM campaign_order WHERE campaign_id = $1 AND contact_id <> ALL"
        f" (ARRAY['{head[-1]}'::uuid])"
    )
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        await stores.campaigns.find_head(campaign_id, datetime.now(UTC))
    assert await order() == head[-1:]  # they still have one
    filler = OrderFiller(unit_of_work, clock=SystemClock())
    while await filler.work_once():
        pass
    whole = await order()
    assert len(whole) == len(rows)
    assert whole[:5] == head
    assert await order(in_head) == head


async def test_a_simulation_calls_in_the_order_once_it_is_filled(
    admin: httpx.AsyncClient, unit_of_work: PostgresUnitOfWork, both: Both
) -> None:
    list_id = await _list(admin, "Simulated", ["10", "300", "", "20", "5"])
    campaign_id = UUID(await _campaign(admin, list_id))

    async def seen() -> list[str]:
        """The contacts' balances as a simulation reads them, two at a time."""
        found: list[str] = []
        place = None
        async with unit_of_work.begin(both.a.organisation_id) as stores:
            while True:
                ids, place = await stores.campaign_history.fresh_contacts(
                    campaign_id, after=place, limit=2
                )
                for contact_id in ids:
                    contact = await stores.contacts.get(contact_id)
                    assert contact is not None
                    found.append(str(contact.data.get("solde", "")))
                if place is None:
                    return found

    assert await seen() == ["10", "300", "", "20", "5"]
    filler = OrderFiller(unit_of_work, clock=SystemClock())
    while await filler.work_once():
        pass
    assert await seen() == ["300", "20", "10", "5", ""]
