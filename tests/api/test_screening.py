"""Lists of authorities: whole copies that replace the content, and what waits for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx

from api.test_imports import importer
from api.test_reopening import scripted
from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.engine.importer import Importer
from world import Both

__all__ = ["importer", "scripted"]
LISTS = f"{V1}/dnc-lists"


async def tps(client: httpx.AsyncClient, **values: Any) -> dict[str, Any]:
    body = {"name": "TPS", "screening_authority": "TPS", "organisation_wide": True, **values}
    answer = await client.post(LISTS, json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def copy(
    client: httpx.AsyncClient, importer: Importer, dnc_list_id: str, text: str, **body: Any
) -> dict[str, Any]:
    uploaded = await client.post(
        f"{LISTS}/{dnc_list_id}/uploads",
        files={"file": ("tps.csv", text.encode(), "text/csv")},
    )
    assert uploaded.status_code == 201, uploaded.text
    path = f"{V1}/dnc-uploads/{uploaded.json()['upload_id']}"
    started = await client.post(f"{path}/start", json=body)
    assert started.status_code == 200, started.text
    assert await importer.work_once()
    return dict((await client.get(path)).json())


async def values(client: httpx.AsyncClient, dnc_list_id: str) -> set[str]:
    found = (await client.get(f"{LISTS}/{dnc_list_id}/entries")).json()["items"]
    return {one["value"] for one in found}


async def test_a_copy_takes_the_place_of_the_content_and_tells_what_changed(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    made_list = await tps(admin)
    assert made_list["screening"] == "never"
    path = f"{LISTS}/{made_list['dnc_list_id']}"
    first = await copy(admin, importer, made_list["dnc_list_id"], "97000001\n97000002\n97000003\n")
    assert (first["state"], first["rows_added"], first["rows_removed"]) == ("complete", 3, 0)
    second = await copy(admin, importer, made_list["dnc_list_id"], "97000003\n97000004\n97000003\n")
    assert second["replace"] is True
    assert (second["state"], second["rows_added"], second["rows_removed"]) == ("complete", 1, 2)
    assert await values(admin, made_list["dnc_list_id"]) == {"+2290197000003", "+2290197000004"}
    seen = (await admin.get(path)).json()
    assert seen["screening"] == "current"
    screened = datetime.fromisoformat(seen["screened_at"])
    assert datetime.fromisoformat(seen["screening_due_at"]) == screened + timedelta(days=28)


async def test_a_copy_without_a_number_leaves_the_content_and_fails(
    admin: httpx.AsyncClient, importer: Importer
) -> None:
    made_list = await tps(admin)
    await copy(admin, importer, made_list["dnc_list_id"], "97000001\n")
    before = (await admin.get(f"{LISTS}/{made_list['dnc_list_id']}")).json()["screened_at"]
    bad = await copy(admin, importer, made_list["dnc_list_id"], "nom\nAfi\nBio\n", has_header=True)
    assert (bad["state"], bad["error"]["code"]) == ("failed", "DNC_REPLACEMENT_EMPTY")
    assert await values(admin, made_list["dnc_list_id"]) == {"+2290197000001"}
    after = (await admin.get(f"{LISTS}/{made_list['dnc_list_id']}")).json()["screened_at"]
    assert after == before


async def test_nothing_is_put_on_an_authoritys_list_by_hand(admin: httpx.AsyncClient) -> None:
    made_list = await tps(admin)
    path = f"{LISTS}/{made_list['dnc_list_id']}/entries"
    for address, body in (
        (path, {"entries": [{"value": "97000001"}]}),
        (f"{path}/remove", {"values": ["97000001"], "reason": "Asked"}),
    ):
        answer = await admin.post(address, json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "DNC_LIST_SCREENING")


async def test_what_cannot_be_a_screening_list_is_refused(admin: httpx.AsyncClient) -> None:
    for part, code in (
        ({"screening_days": 0}, "SCREENING_DAYS"),
        ({"screening_authority": None, "screening_days": 28}, "SCREENING_DAYS"),
        ({"key_column": "contrat"}, "SCREENING_KIND"),
    ):
        body = {"name": "TPS", "screening_authority": "TPS", **part}
        answer = await admin.post(LISTS, json=body)
        assert answer.status_code == 422
        assert answer.json()["error"]["details"]["fields"][0]["code"] == code


async def test_a_british_campaign_waits_for_a_current_copy(
    admin: httpx.AsyncClient, importer: Importer, both: Both, scripted: ScriptedFloor
) -> None:
    contacts = await make_list(admin, ["+2290197000005"])
    law = (await admin.get(f"{V1}/compliance")).json()
    body = campaign_body(both, contacts["contact_list_id"], compliance_preset="GB")
    campaign = await made(admin, "/campaigns", body)
    path = f"{V1}/campaigns/{campaign['campaign_id']}/contacts/{contacts['made'][0]['contact_id']}"

    async def code() -> str:
        found = (await admin.get(f"{path}/explanation")).json()
        (check,) = [one for one in found["checks"] if one["code"] == "SCREENING_OUT_OF_DATE"]
        return "" if check["verdict"] == "allowed" else str(check["code"])

    assert law["preset"] == "none"
    assert await code() == "SCREENING_OUT_OF_DATE"  # there is no such list
    made_list = await tps(admin)
    assert await code() == "SCREENING_OUT_OF_DATE"  # it has no content
    await copy(admin, importer, made_list["dnc_list_id"], "97000001\n")
    assert await code() != "SCREENING_OUT_OF_DATE"
    aged = (
        "UPDATE dnc_lists SET screened_at = screened_at - CAST(:age AS interval)"
        " WHERE screening_authority IS NOT NULL"
    )
    await scripted.sql(aged, age=timedelta(days=24))
    seen = (await admin.get(f"{LISTS}/{made_list['dnc_list_id']}")).json()
    assert seen["screening"] == "soon"
    assert await code() != "SCREENING_OUT_OF_DATE"
    await scripted.sql(aged, age=timedelta(days=4, seconds=1))
    assert await code() == "SCREENING_OUT_OF_DATE"
