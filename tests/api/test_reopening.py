"""What people take away, a DNC entry or a number's mark, lets contacts be called again."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from api.test_diagnosis import course
from api.test_imports import importer, start, upload
from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.engine.importer import Importer
from world import Both

__all__ = ["importer"]
NUMBERS = ["+2290197000001", "+2290197000002", "+2290197000003"]


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


async def campaign_of(
    client: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, *reasons: str
) -> tuple[str, list[str]]:
    """A campaign whose contacts are finished for these reasons; its path, its contacts' ids."""
    made_list = await make_list(client, NUMBERS[: len(reasons)])
    body = campaign_body(both, made_list["contact_list_id"])
    campaign = await made(client, "/campaigns", body)
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    ids = [contact["contact_id"] for contact in made_list["made"]]
    for contact_id, reason in zip(ids, reasons, strict=True):
        await course(scripted, path, contact_id, state="finished", reason=reason)
    return path, ids


async def states(scripted: ScriptedFloor, path: str) -> dict[str, tuple[str, str]]:
    """Number → state and reason of its course."""
    rows = await scripted.sql(
        "SELECT c.numbers[1] AS number, k.state, k.reason FROM campaign_contacts k"
        " JOIN contacts c USING (contact_id) WHERE k.campaign_id = CAST(:id AS uuid)",
        id=path.rsplit("/", 1)[1],
    )
    return {row.number: (row.state, row.reason) for row in rows}


async def test_a_removed_entry_reopens_those_whom_it_alone_had_finished(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    path, _ = await campaign_of(admin, both, scripted, "DNC_LISTED", "DNC_LISTED", "RESULT_INVALID")
    entries = f"{V1}/dnc-lists/{both.a.dnc_list_id}/entries"
    listed = [{"value": number} for number in NUMBERS]
    assert (await admin.post(entries, json={"entries": listed})).status_code == 200
    removed = await admin.post(
        f"{entries}/remove", json={"values": [NUMBERS[0], NUMBERS[2]], "reason": "Asked again"}
    )
    assert removed.json() == {"removed": 2, "reopened": 1}
    assert await states(scripted, path) == {
        NUMBERS[0]: ("open", ""),
        NUMBERS[1]: ("finished", "DNC_LISTED"),
        NUMBERS[2]: ("finished", "RESULT_INVALID"),
    }


async def marked(scripted: ScriptedFloor, contact_id: str, number: str) -> None:
    await scripted.sql(
        "UPDATE contacts SET uncallable_numbers = ARRAY[CAST(:number AS text)],"
        " uncallable_number_reasons = jsonb_build_object(CAST(:number AS text), 'RESULT_INVALID')"
        " WHERE contact_id = CAST(:contact_id AS uuid)",
        contact_id=contact_id,
        number=number,
    )


async def test_a_numbers_mark_is_taken_away_with_a_reason_and_kept_in_the_audit_log(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    path, (contact_id,) = await campaign_of(admin, both, scripted, "NO_CALLABLE_NUMBER")
    await marked(scripted, contact_id, NUMBERS[0])
    address = f"{V1}/contacts/{contact_id}/clear-number"
    body: dict[str, Any] = {"number": NUMBERS[0], "reason": "The line was repaired"}
    cleared = await admin.post(address, json=body)
    assert cleared.status_code == 200, cleared.text
    assert cleared.json()["reopened"] == 1
    assert cleared.json()["contact"]["numbers"][0]["callable"] is True
    assert (await states(scripted, path))[NUMBERS[0]] == ("open", "")
    lines = (await admin.get(f"{V1}/audit", params={"limit": 5})).json()["items"]
    (line,) = [one for one in lines if one["action"] == "contact.number_cleared"]
    assert (line["details"]["mark"], line["details"]["reason"]) == (
        "RESULT_INVALID",
        "The line was repaired",
    )
    again = await admin.post(address, json=body)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "NUMBER_CALLABLE")


@pytest.mark.parametrize(
    ("part", "code", "field"),
    [
        ({"reason": "no"}, "CLEAR_REASON", "reason"),
        ({"number": "+2290197999999"}, "NUMBER_NOT_OF_CONTACT", "number"),
    ],
)
async def test_a_mark_stays_without_a_reason_or_for_another_number(
    admin: httpx.AsyncClient,
    both: Both,
    scripted: ScriptedFloor,
    part: dict[str, str],
    code: str,
    field: str,
) -> None:
    _, (contact_id,) = await campaign_of(admin, both, scripted, "NO_CALLABLE_NUMBER")
    await marked(scripted, contact_id, NUMBERS[0])
    body = {"number": NUMBERS[0], "reason": "Repaired", **part}
    answer = await admin.post(f"{V1}/contacts/{contact_id}/clear-number", json=body)
    assert answer.status_code == 422
    assert (answer.json()["error"]["code"], answer.json()["error"]["field"]) == (code, field)


async def test_an_import_at_the_front_is_looked_at_next(
    admin: httpx.AsyncClient, scripted: ScriptedFloor, importer: Importer
) -> None:
    uploaded = await upload(admin, "nom;tel\nAfi;97000001\nBio;97000002\n")
    mapping = {**uploaded["preview"]["mapping"], "front": True}
    started = await start(admin, uploaded, mapping=mapping, new_list={"name": "Urgent"})
    assert started["mapping"]["front"] is True
    assert await importer.work_once()
    rows = await scripted.sql(
        "SELECT c.data ->> 'nom' AS nom FROM contact_looks x JOIN contacts c USING (contact_id)"
        " WHERE x.front ORDER BY x.added_in, x.position"
    )
    assert [row.nom for row in rows] == ["Afi", "Bio"]
