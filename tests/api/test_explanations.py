"""A campaign's contacts with why each is or is not called; progress; attempts; history."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Both, SteppedClock


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


@pytest.fixture
async def contact_list(admin: httpx.AsyncClient) -> Any:
    """Four contacts."""
    return await make_list(admin, [f"016100000{n}" for n in range(1, 5)])


@pytest.fixture
async def path(
    admin: httpx.AsyncClient, both: Both, contact_list: Any, scripted: ScriptedFloor
) -> str:
    """The path of a running campaign."""
    body = campaign_body(both, contact_list["contact_list_id"])
    campaign = await made(admin, "/campaigns", body)
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    assert (await admin.post(f"{path}/start")).status_code == 200
    return path


async def course(floor: ScriptedFloor, path: str, contact: Any, state: str, **values: Any) -> None:
    """The campaign has looked at a contact."""
    await floor.sql(
        "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,"
        " last_result, next_attempt_at, reason) VALUES (:campaign_id, :contact_id,"
        " current_organisation(), :state, :attempts, :last_result, :next_attempt_at, :reason)",
        campaign_id=UUID(path.rsplit("/", 1)[1]),
        contact_id=UUID(contact["contact_id"]),
        state=state,
        **({"attempts": 1, "last_result": None, "next_attempt_at": None, "reason": ""} | values),
    )


async def attempt(
    floor: ScriptedFloor, both: Both, path: str, contact: Any, number: int, **values: Any
) -> UUID:
    """An attempt of the past; its id is of the time of its call, as the program's are."""
    dialled_at = values.get("dialling_at")
    made_at = 0 if dialled_at is None else int(dialled_at.timestamp() * 1000)
    attempt_id = UUID(int=(made_at << 80) + (7 << 76) + (2 << 62) + number)
    plain = {
        "agent": both.a.user_ids["a.agent"],
        "result": "busy",
        "dialling_at": None,
        "answered_at": None,
        "connected_at": None,
        "closed_at": None,
        "abandoned": False,
    }
    await floor.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, mode, caller_id, trunk_id, agent_user_id, state, result, fencing,"
        " dialling_at, answered_at, connected_at, closed_at, abandoned) VALUES (:attempt_id,"
        " current_organisation(), :campaign_id, :contact_id, :number, '+2290161000001',"
        " 'progressive', '', :trunk_id, :agent, 'closed', :result, 1, :dialling_at, :answered_at,"
        " :connected_at, :closed_at, :abandoned)",
        attempt_id=attempt_id,
        campaign_id=UUID(path.rsplit("/", 1)[1]),
        contact_id=UUID(contact["contact_id"]),
        number=number,
        trunk_id=both.a.trunk_id,
        **(plain | values),
    )
    return attempt_id


async def test_contacts_come_in_the_list_s_order_with_their_explanations(
    admin: httpx.AsyncClient,
    path: str,
    contact_list: Any,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    contacts = contact_list["made"]
    later = clock.now() + timedelta(minutes=20)
    await course(
        scripted,
        path,
        contacts[1],
        "open",
        last_result="busy",
        next_attempt_at=later,
        reason="RECALL_DELAY",
    )
    await course(scripted, path, contacts[2], "finished", reason="RESULT_PERSON")
    items = (await admin.get(f"{path}/contacts", headers={"Accept-Language": "en"})).json()["items"]
    seen = [
        (one["contact"]["contact_id"], one["state"], one["explanation"]["code"]) for one in items
    ]
    assert seen == [
        (contacts[0]["contact_id"], "untouched", "CALLABLE"),
        (contacts[1]["contact_id"], "open", "RECALL_DELAY"),
        (contacts[2]["contact_id"], "finished", "FINISHED"),
        (contacts[3]["contact_id"], "untouched", "CALLABLE"),
    ]
    assert items[1]["last_result"] == "busy"
    assert items[1]["explanation"]["next_attempt_at"] == items[1]["next_attempt_at"]
    assert items[2]["explanation"]["reason"] == "RESULT_PERSON"
    single = f"{path}/contacts/{contacts[1]['contact_id']}/explanation"
    one = (await admin.get(single, headers={"Accept-Language": "en"})).json()
    assert one == items[1]["explanation"]


async def test_states_and_search_choose_and_pages_follow(
    admin: httpx.AsyncClient, path: str, contact_list: Any, scripted: ScriptedFloor
) -> None:
    contacts = contact_list["made"]
    await course(scripted, path, contacts[0], "finished")

    async def ids(**params: Any) -> list[str]:
        answer = await admin.get(f"{path}/contacts", params=params)
        return [one["contact"]["contact_id"] for one in answer.json()["items"]]

    expected = [contact["contact_id"] for contact in contacts]
    assert await ids(state="finished") == expected[:1]
    assert await ids(state="untouched") == expected[1:]
    assert await ids(search="61 00 00 03") == [expected[2]]
    assert await ids(search="nom 3") == [expected[3]]
    token, seen = None, []
    for _ in range(2):
        params = {"limit": 2} | ({"page_token": token} if token else {})
        page = (await admin.get(f"{path}/contacts", params=params)).json()
        seen += [one["contact"]["contact_id"] for one in page["items"]]
        token = page["next_page_token"]
    assert (seen, token) == (expected, None)


async def test_a_campaign_that_does_not_run_says_so_first(
    admin: httpx.AsyncClient, path: str, contact_list: Any
) -> None:
    await admin.post(f"{path}/stop")
    items = (await admin.get(f"{path}/contacts")).json()["items"]
    assert {one["explanation"]["code"] for one in items} == {"CAMPAIGN_NOT_RUNNING"}


async def test_a_contact_of_another_list_is_not_in_the_campaign(
    admin: httpx.AsyncClient, path: str
) -> None:
    other = await make_list(admin, ["0161000009"], name="Autre")
    contact_id = other["made"][0]["contact_id"]
    answer = await admin.get(f"{path}/contacts/{contact_id}/explanation")
    assert answer.status_code == 404


async def test_progress_counts_what_there_is(
    admin: httpx.AsyncClient,
    path: str,
    contact_list: Any,
    scripted: ScriptedFloor,
    both: Both,
    clock: SteppedClock,
) -> None:
    contacts, now = contact_list["made"], clock.now()
    later = now + timedelta(hours=1)
    await course(scripted, path, contacts[0], "open", next_attempt_at=later)
    await course(scripted, path, contacts[1], "finished")
    dialled = {"dialling_at": now, "closed_at": now}
    await attempt(scripted, both, path, contacts[0], 1, **dialled)
    for number, waited in ((2, 1.0), (3, 3.0)):
        answered_at = now + timedelta(seconds=10)
        await attempt(
            scripted,
            both,
            path,
            contacts[1],
            number,
            result="person",
            answered_at=answered_at,
            connected_at=answered_at + timedelta(seconds=waited),
            **dialled,
        )
    await attempt(
        scripted,
        both,
        path,
        contacts[2],
        4,
        result="person",
        answered_at=now,
        abandoned=True,
        **dialled,
    )
    await attempt(scripted, both, path, contacts[2], 5, result="skipped", closed_at=now)
    progress = (await admin.get(f"{path}/progress")).json()
    counts = ("contacts", "untouched", "open", "in_progress", "finished", "attempts", "answered")
    assert [progress[name] for name in counts] == [4, 2, 1, 0, 1, 4, 3]
    assert progress["results"] == {"busy": 1, "person": 3, "skipped": 1}
    assert progress["abandoned"] == 1
    assert progress["connect_rate"] == 0.75
    assert progress["abandon_rate"] == pytest.approx(1 / 3)
    assert progress["answer_to_agent_seconds"] == {"p50": 2.0, "p95": 2.9, "max": 3.0}
    assert progress["next_attempt_at"] is not None


async def test_the_pace_is_told_minute_by_minute_and_over_the_window(
    admin: httpx.AsyncClient,
    path: str,
    contact_list: Any,
    scripted: ScriptedFloor,
    both: Both,
    clock: SteppedClock,
) -> None:
    contact, now = contact_list["made"][0], clock.now()
    minute = now.replace(second=0, microsecond=0) - timedelta(minutes=5)

    async def call(number: int, at: datetime, **values: Any) -> None:
        ended = at + timedelta(seconds=20)
        await attempt(
            scripted, both, path, contact, number, dialling_at=at, closed_at=ended, **values
        )

    answered = minute + timedelta(seconds=10)
    await call(1, minute, result="busy")
    await call(
        2,
        minute,
        result="person",
        answered_at=answered,
        connected_at=answered + timedelta(seconds=1),
    )
    await call(3, minute, result="person", answered_at=answered, abandoned=True)
    await call(4, minute, result="machine", answered_at=answered)
    await call(5, minute - timedelta(hours=3), result="unknown")
    await call(6, minute - timedelta(days=2), result="person", answered_at=now - timedelta(days=2))

    pace = (await admin.get(f"{path}/pacing?minutes=60")).json()
    assert [(one["dialled"], one["live"], one["abandoned"]) for one in pace["minutes"]] == [
        (4, 2, 1)
    ]
    (only,) = pace["minutes"]
    assert (only["connected"], only["wait_p50"], only["wait_p95"]) == (1, 1.0, 1.0)
    assert datetime.fromisoformat(only["at"]) == minute
    window = pace["window"]
    assert window["seconds"] == 86_400
    # The unknown end counts as answered and as abandoned; what is older than a day does not count.
    assert (window["dialled"], window["live"], window["abandoned"]) == (5, 3, 2)
    assert window["rate"] == pytest.approx(2 / 3)
    assert window["rate_of_all"] == pytest.approx(2 / 5)
    assert window["target"] == 0.03


async def test_a_campaign_without_attempts_has_rates_of_zero(
    admin: httpx.AsyncClient, path: str
) -> None:
    progress = (await admin.get(f"{path}/progress")).json()
    assert progress["connect_rate"] == progress["abandon_rate"] == 0
    assert progress["answer_to_agent_seconds"] is None
    assert progress["next_attempt_at"] is None


async def test_attempts_are_listed_newest_first_and_chosen_by_time_result_and_agent(
    admin: httpx.AsyncClient,
    path: str,
    contact_list: Any,
    scripted: ScriptedFloor,
    both: Both,
    clock: SteppedClock,
) -> None:
    contact, now = contact_list["made"][0], clock.now()
    ids = [
        await attempt(
            scripted,
            both,
            path,
            contact,
            number,
            dialling_at=now + timedelta(hours=number),
            closed_at=now + timedelta(hours=number, minutes=1),
            result=result,
            agent=both.a.user_ids[agent],
        )
        for number, result, agent in (
            (1, "busy", "a.agent"),
            (2, "person", "a.agent2"),
            (3, "busy", "a.agent2"),
        )
    ]
    await scripted.sql(
        "INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, system_code, notes,"
        " created_at) VALUES (:id, current_organisation(), :campaign_id, 'NOT_GIVEN', 'n', now())",
        id=ids[1],
        campaign_id=UUID(path.rsplit("/", 1)[1]),
    )
    await scripted.sql(
        "INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, wrap_up_code_id, notes,"
        " created_at) SELECT :id, organisation_id, :campaign_id, wrap_up_code_id, '', now()"
        " FROM wrap_up_codes WHERE name = 'Traité'",
        id=ids[0],
        campaign_id=UUID(path.rsplit("/", 1)[1]),
    )

    async def numbers(**params: Any) -> list[int]:
        answer = await admin.get(f"{path}/attempts", params=params)
        return [one["attempt_number"] for one in answer.json()["items"]]

    assert await numbers() == [3, 2, 1]
    assert await numbers(result="busy") == [3, 1]
    assert await numbers(agent_user_id=str(both.a.user_ids["a.agent2"])) == [3, 2]
    hour_two = (now + timedelta(hours=2)).isoformat()
    assert await numbers(**{"from": hour_two}) == [3, 2]
    assert await numbers(until=hour_two) == [1]
    first = (await admin.get(f"{path}/attempts", params={"limit": 2})).json()
    assert await numbers(page_token=first["next_page_token"]) == [1]
    history = (await admin.get(f"{V1}/contacts/{contact['contact_id']}/history")).json()
    assert [one["attempt_id"] for one in history] == [str(one) for one in reversed(ids)]
    assert history[1]["wrap_up"]["name"] == "NOT_GIVEN"
    given = history[2]["wrap_up"]
    assert (given["name"], given["name_en"]) == ("Traité", "Handled")
    assert history[1]["agent"] == {
        "user_id": str(both.a.user_ids["a.agent2"]),
        "display_name": "Agent2 A",
    }


async def test_a_contact_without_attempts_has_an_empty_history(
    admin: httpx.AsyncClient, contact_list: Any
) -> None:
    contact_id = contact_list["made"][0]["contact_id"]
    assert (await admin.get(f"{V1}/contacts/{contact_id}/history")).json() == []
    assert (await admin.get(f"{V1}/contacts/{uuid4()}/history")).status_code == 404
