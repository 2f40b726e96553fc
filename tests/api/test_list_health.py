"""List health: what is counted of a list, and how old the counts are."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from api.test_column_changes import owner
from api.test_imports import imported, importer
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.domain.contacts.list_health import PREFIX_LENGTH, health_of, numbering_of
from kwabo.engine.importer import Importer
from kwabo.engine.list_counter import ListCounter
from kwabo.services.organisations import DEMONSTRATION_CALLER_ID
from world import Application, Both

__all__ = ["importer", "owner"]
LISTS = "/api/v1/contact-lists"
FILE = """ref;tel;autre
C1;97123456;
C2;+229 01 97 12 34 57;0121301234
C3;97123456;
C4;+33 6 12 34 56 78;
C5;pas de numéro;
C6;0197123458;
"""


@pytest.fixture
def counter(unit_of_work: PostgresUnitOfWork, application: Application) -> ListCounter:
    """The worker."""
    return ListCounter(unit_of_work, clock=application.clock, worker="test")


async def test_numbers_are_told_apart(
    admin: httpx.AsyncClient,
    importer: Importer,
    counter: ListCounter,
    owner: asyncpg.Connection,
    both: Both,
) -> None:
    done = await imported(admin, importer, FILE, key_columns=["ref"])
    list_id = done["contact_list_id"]
    other = await admin.post(
        LISTS, json={"name": "Autre", "columns": [{"name": "tel", "kind": "phone"}]}
    )
    await admin.post(
        f"{LISTS}/{other.json()['contact_list_id']}/contacts",
        json={"data": {"tel": "+33612345678"}},
    )
    found = (await admin.get(f"{LISTS}/{list_id}/contacts")).json()["items"]
    by_key = {contact["external_key"]: contact for contact in found}
    campaign = await admin.post(
        "/api/v1/campaigns",
        json={
            "name": "K",
            "contact_list_id": list_id,
            "mode": "progressive",
            "queue_id": str(both.a.queue_id),
            "trunk_id": str(both.a.trunk_id),
            "caller_id": DEMONSTRATION_CALLER_ID,
        },
    )
    for number, result, cause, minutes in (
        ("+2290197123458", "invalid", 1, 20),  # dead, for all that is known
        ("+2290197123457", "invalid", 1, 30),  # dead once, and since then alive
        ("+2290197123457", "busy", 17, 10),
    ):
        contact_id = by_key["C6" if number.endswith("8") else "C2"]["contact_id"]
        await owner.execute(
            """INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,
                   attempt_number, number, mode, caller_id, trunk_id, state, result, cause,
                   fencing, dialling_at)
               VALUES ($1, $2, $3, $4, $5, $6, 'progressive', '', $7, 'closed', $8, $9, 1,
                   now() - make_interval(mins => $5))""",
            uuid4(),
            both.a.organisation_id,
            UUID(campaign.json()["campaign_id"]),
            UUID(contact_id),
            minutes,
            number,
            both.a.trunk_id,
            result,
            cause,
        )
    await owner.execute(
        "UPDATE contacts SET uncallable_numbers = numbers WHERE external_key = 'C4'"
    )
    first = (await admin.get(f"{LISTS}/{list_id}/health")).json()
    assert (first["counts"], first["counting"]) == (None, True)
    assert await counter.work_once()
    health = (await admin.get(f"{LISTS}/{list_id}/health")).json()
    assert (health["counting"], health["error"]) == (False, None)
    counts = health["counts"]
    assert counts["rejected"][0]["code"] == "PHONE_LETTERS"
    assert {name: counts[name] for name in counts if isinstance(counts[name], int)} == {
        "contacts": 5,
        "contacts_uncallable": 0,
        "contacts_without_number": 1,
        "numbers": 6,
        "numbers_uncallable": 1,
        "numbers_dead": 1,
        "duplicates_inside": 1,
        "duplicates_outside": 1,
        "rows_rejected": 1,
        "numbers_converted": 2,
    }
    assert counts["kinds"] == [
        {"name": "mobile", "numbers": 5},
        {"name": "fixed_line", "numbers": 1},
    ]
    assert counts["countries"] == [
        {"name": "BJ", "numbers": 5},
        {"name": "FR", "numbers": 1},
    ]
    assert sum(part["numbers"] for part in counts["operators"]) == 6


async def test_counts_are_kept_and_made_anew_when_they_are_old(
    admin: httpx.AsyncClient, importer: Importer, counter: ListCounter, application: Application
) -> None:
    done = await imported(admin, importer, FILE)
    address = f"{LISTS}/{done['contact_list_id']}/health"
    await admin.get(address)
    await counter.work_once()
    assert (await admin.get(address)).json()["counting"] is False
    assert not await counter.work_once()
    application.clock.advance(minutes=16)
    old = (await admin.get(address)).json()
    assert old["counting"] is True
    assert old["counts"] is not None, "the old ones are shown meanwhile"
    await counter.work_once()
    asked = (await admin.post(f"{address}/refresh")).json()
    assert asked["counting"] is True


@pytest.mark.parametrize(
    ("number", "kind", "country"),
    [
        ("+2290197123456", "mobile", "BJ"),
        ("+2290121301234", "fixed_line", "BJ"),
        ("+33612345678", "mobile", "FR"),
        ("+88163123456", "satellite", "unknown"),
    ],
)
def test_what_a_number_tells(number: str, kind: str, country: str) -> None:
    assert numbering_of(number)[:2] == (kind, country)


@pytest.mark.parametrize("national", ["0190", "0140", "0195", "0121", "0197", "0166"])
def test_numbers_that_begin_alike_are_of_one_kind_and_operator(national: str) -> None:
    """What is counted together may be told by one example."""
    start = f"+229{national}"
    found = {numbering_of(start + f"{n:06}") for n in range(0, 1_000_000, 7919)}
    assert len(start) <= PREFIX_LENGTH
    assert len(found) == 1


def test_what_an_empty_list_shows() -> None:
    from kwabo.domain.contacts.list_health import CountedList

    nothing = CountedList(
        contacts=0, contacts_uncallable=0, contacts_without_number=0, numbers=0,
        numbers_uncallable=0, numbers_dead=0, duplicates_inside=0, duplicates_outside=0,
        rows_rejected=0, rejected_by_code={}, numbers_converted=0,
    )  # fmt: skip
    assert health_of(nothing)["kinds"] == []
