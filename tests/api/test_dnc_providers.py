"""Lists with an external provider: settings, the test of them, and the worker that asks."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.identity.secret_files import FolderSecrets
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.outgoing.dnc_providers import HttpDncProviderClient
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import TimeOrderedIds
from kwabo.engine.dnc_checker import DncChecker
from provider_server import ProviderServer
from world import SECRETS, Both, SteppedClock

A, B = "+2290161000001", "+2290161000002"


@pytest.fixture
async def server() -> AsyncIterator[ProviderServer]:
    async with ProviderServer().running() as server:
        yield server


@pytest.fixture
async def checker(
    unit_of_work: PostgresUnitOfWork, clock: SteppedClock
) -> AsyncIterator[DncChecker]:
    """The worker, round by round."""
    client = HttpDncProviderClient(clock, private_allowed=True)
    yield DncChecker(
        unit_of_work,
        client=client,
        secret_files=FolderSecrets(SECRETS),
        clock=clock,
        ids=TimeOrderedIds(clock, random.Random(5)),
    )
    await client.close()


def provider(server: ProviderServer, **changes: Any) -> dict[str, Any]:
    """A list that asks the server."""
    settings = {
        "url": f"{server.url}/check/{{number}}",
        "answer_path": "listed",
        "timeout_seconds": 1,
        **changes,
    }
    return {"name": "Bloctel", "channel": "voice", "provider": settings}


async def test_every_wrong_setting_is_named_in_the_askers_language(
    admin: httpx.AsyncClient, server: ProviderServer
) -> None:
    body = provider(server, url="https://{number}.example", listed_values=[], timeout_seconds=99)
    refused = await admin.post(f"{V1}/dnc-lists", json=body)
    assert refused.status_code == 422
    fields = refused.json()["error"]["details"]["fields"]
    assert [(field["field"], field["code"]) for field in fields] == [
        ("provider.url", "PROVIDER_URL"),
        ("provider.listed_values", "PROVIDER_VALUES"),
        ("provider.timeout_seconds", "RANGE"),
    ]
    assert fields[0]["message"].startswith("Donnez une adresse")


async def test_a_supervisor_changes_no_provider(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, server: ProviderServer
) -> None:
    refused = await supervisor.post(f"{V1}/dnc-lists", json=provider(server))
    assert refused.json()["error"]["code"] == "PERMISSION_NEEDED"
    one = await made(admin, "/dnc-lists", provider(server))
    path = f"{V1}/dnc-lists/{one['dnc_list_id']}"
    for method, to, body in [
        (
            "PATCH",
            path,
            {"version": 1, "provider": provider(server)["provider"]},
        ),
        ("POST", f"{path}/ask-provider", {"number": A}),
    ]:
        answer = await supervisor.request(method, to, json=body)
        assert answer.status_code == 403


async def test_lists_with_entries_and_with_a_provider_stay_what_they_are(
    admin: httpx.AsyncClient, server: ProviderServer, both: Both
) -> None:
    one = await made(admin, "/dnc-lists", provider(server))
    path = f"{V1}/dnc-lists/{one['dnc_list_id']}"
    added = await admin.post(f"{path}/entries", json={"entries": [{"value": A}]})
    assert added.json()["error"]["code"] == "DNC_LIST_HAS_PROVIDER"
    body = {"version": 1, "provider": provider(server)["provider"]}
    given = await admin.patch(f"{V1}/dnc-lists/{both.a.dnc_list_id}", json=body)
    assert given.json()["error"]["code"] == "DNC_LIST_HAS_ENTRIES"


async def test_the_test_button_asks_with_the_secret_and_keeps_nothing(
    admin: httpx.AsyncClient, server: ProviderServer
) -> None:
    secret = {"header_name": "X-Key", "header_value": "k={secret}", "secret_name": "bloctel"}
    one = await made(admin, "/dnc-lists", provider(server, **secret))
    path = f"{V1}/dnc-lists/{one['dnc_list_id']}/ask-provider"
    missing = (await admin.post(path, json={"number": "61000001"})).json()
    assert (missing["silence"], server.asked) == ("SECRET_MISSING", [])
    (SECRETS / "a").mkdir(parents=True, exist_ok=True)
    (SECRETS / "a" / "bloctel").write_text("s3cret\n")
    server.listed.add(A)
    answer = (await admin.post(path, json={"number": "61000001"})).json()
    assert (answer["listed"], answer["silence"], answer["status"]) == (True, "", 200)
    assert (server.asked, server.secrets) == ([A], ["k=s3cret"])
    server.mode = "error"
    failed = (await admin.post(path, json={"number": "61000001"})).json()
    assert (failed["listed"], failed["silence"], failed["status"]) == (None, "HTTP_STATUS", 503)
    assert failed["message"].startswith("Le service a répondu par une erreur")
    assert (await admin.get(f"{V1}/dnc-lists/{one['dnc_list_id']}")).json()["entries"] == 0
    assert "s3cret" not in (await admin.get(f"{V1}/dnc-lists")).text


async def test_another_organisations_secret_is_none_of_ours(
    other_admin: httpx.AsyncClient, server: ProviderServer
) -> None:
    (SECRETS / "a").mkdir(parents=True, exist_ok=True)
    (SECRETS / "a" / "ours").write_text("s3cret")
    secret = {"header_name": "X-Key", "header_value": "{secret}", "secret_name": "ours"}
    one = await made(other_admin, "/dnc-lists", provider(server, **secret))
    path = f"{V1}/dnc-lists/{one['dnc_list_id']}/ask-provider"
    answer = (await other_admin.post(path, json={"number": "61000001"})).json()
    assert (answer["silence"], server.asked) == ("SECRET_MISSING", [])


class TestAskingAhead:
    """The worker asks before the dialler does, keeps answers, and rests when there are none."""

    async def _running(
        self, admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, dnc_list_id: str
    ) -> str:
        contact_list = await make_list(admin, ["0161000001", "0161000002"])
        body = campaign_body(both, contact_list["contact_list_id"], dnc_list_ids=[dnc_list_id])
        campaign = await made(admin, "/campaigns", body)
        await admin.post(f"{V1}/campaigns/{campaign['campaign_id']}/start")
        return f"{V1}/campaigns/{campaign['campaign_id']}/contacts"

    async def _codes(self, admin: httpx.AsyncClient, contacts: str) -> list[str]:
        items = (await admin.get(contacts)).json()["items"]
        return [item["explanation"]["code"] for item in items]

    async def test_upcoming_numbers_are_asked_about_once(
        self,
        admin: httpx.AsyncClient,
        server: ProviderServer,
        checker: DncChecker,
        both: Both,
        floor: MemoryFloorClient,
        engine: AsyncEngine,
        clock: SteppedClock,
    ) -> None:
        scripted = ScriptedFloor.on(floor, engine, both)
        server.listed.add(B)
        one = await made(admin, "/dnc-lists", provider(server, max_age_seconds=3600))
        contacts = await self._running(admin, both, scripted, one["dnc_list_id"])
        assert await self._codes(admin, contacts) == ["DNC_UNCHECKED", "DNC_UNCHECKED"]
        assert await checker.work_once() == 0  # the first round looks who comes next
        assert await checker.work_once() == 2
        assert await self._codes(admin, contacts) == ["CALLABLE", "DNC_LISTED"]
        explained = (await admin.get(contacts)).json()["items"][1]["explanation"]
        assert "« Bloctel »" in explained["message"]
        assert explained["next_attempt_at"] is not None, "the answer is asked for again then"
        hints = await scripted.sql("SELECT 1 FROM floor_commands WHERE kind = 'dnc.added'")
        assert len(hints) == 2, "one for the list, one for the answer"
        assert await checker.work_once() == 0
        assert sorted(server.asked) == [A, B]
        listing = (await admin.get(f"{V1}/dnc-listings", params={"value": B})).json()["items"]
        assert [(item["name"], item["source"]) for item in listing] == [("Bloctel", "provider")]
        clock.advance(hours=1)
        assert await self._codes(admin, contacts) == ["DNC_UNCHECKED", "DNC_UNCHECKED"]
        await checker.work_once()
        assert await checker.work_once() == 2

    async def test_a_silent_provider_holds_or_lets_go_and_is_asked_ever_more_seldom(
        self,
        admin: httpx.AsyncClient,
        server: ProviderServer,
        checker: DncChecker,
        both: Both,
        floor: MemoryFloorClient,
        engine: AsyncEngine,
        clock: SteppedClock,
    ) -> None:
        scripted = ScriptedFloor.on(floor, engine, both)
        server.mode = "error"
        one = await made(admin, "/dnc-lists", provider(server))
        path = f"{V1}/dnc-lists/{one['dnc_list_id']}"
        contacts = await self._running(admin, both, scripted, one["dnc_list_id"])
        await checker.work_once()
        assert await checker.work_once() == 2
        assert await self._codes(admin, contacts) == ["DNC_UNCHECKED", "DNC_UNCHECKED"]
        state = (await admin.get(path)).json()["provider"]
        assert (state["last_silence"], state["last_answer_at"]) == ("HTTP_STATUS", None)
        assert await checker.work_once() + await checker.work_once() == 0
        clock.advance(seconds=6)
        await checker.work_once()
        assert await checker.work_once() == 2
        clock.advance(seconds=6)
        assert await checker.work_once() + await checker.work_once() == 0, "10 s by now"
        allow = provider(server, when_silent="allow")["provider"]
        changed = await admin.patch(path, json={"version": 1, "provider": allow})
        assert changed.status_code == 200, changed.text
        assert await self._codes(admin, contacts) == ["CALLABLE", "CALLABLE"]
