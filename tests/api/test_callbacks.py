"""Callbacks over HTTP: all of the organisation's for supervisors, one's own for agents."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Application, Both, SteppedClock

HINT = "SELECT count(*) AS hints FROM floor_commands WHERE kind = 'campaign.callbacks.changed'"


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


class Promises:
    """A campaign whose contacts were promised callbacks."""

    def __init__(
        self, floor: ScriptedFloor, both: Both, clock: SteppedClock, campaign: Any, contacts: Any
    ) -> None:
        self.floor, self.both, self.clock = floor, both, clock
        self.campaign_id = campaign["campaign_id"]
        self._contacts = iter(contacts)

    async def make(
        self, *, owner: str | None = "a.agent", due: timedelta, state: str = "open", **values: Any
    ) -> str:
        """A callback and the contact's course; its id."""
        callback_id = uuid4()
        contact_id = UUID(next(self._contacts)["contact_id"])
        now = self.clock.now()
        await self.floor.sql(
            "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state,"
            " attempts, last_result, next_attempt_at, reason) VALUES (:campaign_id, :contact_id,"
            " current_organisation(), :state, 1, 'person', :next_at, 'CALLBACK_SCHEDULED')",
            campaign_id=UUID(self.campaign_id),
            contact_id=contact_id,
            state="open" if state == "open" else "finished",
            next_at=now + due if state == "open" else None,
        )
        await self.floor.sql(
            "INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id,"
            " owner_user_id, number, due_at, note, state, created_at, changed_at, latest_at)"
            " VALUES (:callback_id, current_organisation(), :campaign_id, :contact_id, :owner,"
            " '+2290161000001', :due_at, 'facture', :state, :now, :now, :latest_at)",
            callback_id=callback_id,
            campaign_id=UUID(self.campaign_id),
            contact_id=contact_id,
            owner=self.both.a.user_ids[owner] if owner else None,
            due_at=now + due,
            state=state,
            now=now,
            latest_at=values.get("latest_at"),
        )
        return str(callback_id)

    async def course(self, callback_id: str) -> tuple[str, datetime | None, str]:
        rows = await self.floor.sql(
            "SELECT cc.state, cc.next_attempt_at, cc.reason FROM campaign_contacts cc"
            " JOIN callbacks b USING (campaign_id, contact_id) WHERE b.callback_id = :id",
            id=UUID(callback_id),
        )
        return rows[0].state, rows[0].next_attempt_at, rows[0].reason

    def at(self, after: timedelta) -> str:
        return (self.clock.now() + after).isoformat()


@pytest.fixture
async def promises(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, clock: SteppedClock
) -> Promises:
    """A campaign without callbacks yet."""
    contact_list = await make_list(admin, [f"016100000{n}" for n in range(1, 8)])
    campaign = await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))
    return Promises(scripted, both, clock, campaign, contact_list["made"])


HOUR = timedelta(hours=1)


async def items(client: httpx.AsyncClient, **query: Any) -> list[Any]:
    answer = await client.get(f"{V1}/callbacks", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def code_of(answer: httpx.Response) -> tuple[int, str, str | None]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error.get("field")


async def test_the_overdue_lead_and_each_says_how_it_stands(
    supervisor: httpx.AsyncClient, promises: Promises
) -> None:
    later = await promises.make(due=HOUR)
    overdue = await promises.make(due=-HOUR)
    anyones = await promises.make(due=-timedelta(minutes=1), owner=None)
    missed = await promises.make(due=-2 * HOUR, state="missed")
    found = await items(supervisor)
    assert [one["callback_id"] for one in found] == [overdue, anyones, later]
    assert [one["state"] for one in found] == ["due", "due", "open"]
    first = found[0]
    assert first["owner_name"] == "Agent A"
    assert first["contact_name"] == "Nom 1"
    due_at = datetime.fromisoformat(first["due_at"])
    assert datetime.fromisoformat(first["takeover_at"]) == due_at + timedelta(minutes=15)
    assert datetime.fromisoformat(first["free_at"]) == due_at + timedelta(minutes=15)
    assert datetime.fromisoformat(first["latest_at"]) == due_at + timedelta(hours=168)
    assert datetime.fromisoformat(first["remind_at"]) == due_at - timedelta(minutes=5)
    assert found[1]["takeover_at"] is None
    assert [one["callback_id"] for one in await items(supervisor, view="missed")] == [missed]
    assert [one["callback_id"] for one in await items(supervisor, view="due", anyones=True)] == [
        anyones
    ]
    counts = (await supervisor.get(f"{V1}/callbacks/counts")).json()
    assert counts == {"waiting": 3, "due": 2, "overdue": 1, "missed": 1}


async def test_pages_follow_each_other(supervisor: httpx.AsyncClient, promises: Promises) -> None:
    made_ = [await promises.make(due=n * HOUR) for n in (3, 1, 2)]
    seen, token = [], None
    while True:
        query = {"limit": 1} | ({"page_token": token} if token else {})
        answer = (await supervisor.get(f"{V1}/callbacks", params=query)).json()
        seen += [one["callback_id"] for one in answer["items"]]
        token = answer["next_page_token"]
        if token is None:
            break
    assert seen == [made_[1], made_[2], made_[0]]
    answer = await supervisor.get(f"{V1}/callbacks", params={"page_token": "x"})
    assert (await code_of(answer))[:2] == (422, "PAGE_TOKEN")


async def test_a_supervisor_gives_it_to_another_agent_and_that_is_kept(
    supervisor: httpx.AsyncClient, admin: httpx.AsyncClient, promises: Promises, both: Both
) -> None:
    callback_id = await promises.make(due=-HOUR)
    other = str(both.a.user_ids["a.agent2"])
    path = f"{V1}/callbacks/{callback_id}"
    body = {"owner_user_id": other, "reason": "Awa est en congé"}
    answer = await supervisor.post(f"{path}/reassign", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["owner_user_id"] == other
    assert answer.json()["changed_by_name"] == "Supervisor A"
    assert answer.json()["reason_message"] == "Awa est en congé"
    anyone = (await supervisor.post(f"{path}/reassign", json={"owner_user_id": None})).json()
    assert anyone["owner_user_id"] is None
    assert (await promises.floor.sql(HINT))[0].hints == 2
    query = {"subject_kind": "callback", "subject_id": callback_id}
    entries = (await admin.get(f"{V1}/audit", params=query)).json()["items"]
    assert [entry["action"] for entry in entries] == ["callback.reassigned"] * 2
    assert entries[-1]["details"]["owner_user_id"] == other


async def test_only_an_active_agent_of_the_organisation_can_have_it(
    supervisor: httpx.AsyncClient, promises: Promises, both: Both
) -> None:
    path = f"{V1}/callbacks/{await promises.make(due=-HOUR)}"
    stranger = str(both.b.user_ids["b.agent"])
    answer = await supervisor.post(f"{path}/reassign", json={"owner_user_id": stranger})
    assert (await code_of(answer))[:2] == (404, "NOT_FOUND")
    answer = await supervisor.post(f"{path}/take-over")  # a supervisor has no desktop
    assert await code_of(answer) == (422, "CALLBACK_OWNER", "owner_user_id")


async def test_who_is_an_agent_too_takes_it_over(
    admin: httpx.AsyncClient, promises: Promises, both: Both
) -> None:
    path = f"{V1}/callbacks/{await promises.make(due=-HOUR)}"
    taken = (await admin.post(f"{path}/take-over")).json()
    assert taken["owner_user_id"] == str(both.a.user_ids["a.admin"])
    assert taken["mine"]


async def test_a_missed_one_waits_again_at_its_new_time(
    supervisor: httpx.AsyncClient, promises: Promises
) -> None:
    callback_id = await promises.make(due=-3 * HOUR, state="missed")
    path = f"{V1}/callbacks/{callback_id}"
    body = {"due_at": promises.at(2 * HOUR), "latest_at": promises.at(4 * HOUR)}
    answer = (await supervisor.post(f"{path}/reschedule", json=body)).json()
    assert answer["state"] == "open"
    assert datetime.fromisoformat(answer["due_at"]) == promises.clock.now() + 2 * HOUR
    assert datetime.fromisoformat(answer["first_due_at"]) == promises.clock.now() - 3 * HOUR
    assert await promises.course(callback_id) == (
        "open",
        promises.clock.now() + 2 * HOUR,
        "CALLBACK_SCHEDULED",
    )


@pytest.mark.parametrize(
    ("due", "latest", "code", "field"),
    [
        (-1, None, "CALLBACK_PAST", "due_at"),
        (24 * 400, None, "CALLBACK_TOO_LATE", "due_at"),
        (2, 1, "CALLBACK_LATEST", "latest_at"),
    ],
)
async def test_a_wrong_time_is_refused(
    supervisor: httpx.AsyncClient,
    promises: Promises,
    due: int,
    latest: int | None,
    code: str,
    field: str,
) -> None:
    path = f"{V1}/callbacks/{await promises.make(due=HOUR)}"
    body = {
        "due_at": promises.at(due * HOUR),
        "latest_at": promises.at(latest * HOUR) if latest else None,
    }
    answer = await supervisor.post(f"{path}/reschedule", json=body)
    assert await code_of(answer) == (422, code, field)


async def test_a_cancelled_one_finishes_its_contact_and_stays_cancelled(
    supervisor: httpx.AsyncClient, promises: Promises
) -> None:
    callback_id = await promises.make(due=HOUR)
    path = f"{V1}/callbacks/{callback_id}"
    answer = await supervisor.post(f"{path}/cancel", json={"reason": " x "})
    assert await code_of(answer) == (422, "CALLBACK_REASON", "reason")
    cancelled = (await supervisor.post(f"{path}/cancel", json={"reason": "a payé"})).json()
    assert (cancelled["state"], cancelled["reason"]) == ("cancelled", "a payé")
    assert await promises.course(callback_id) == ("finished", None, "CALLBACK_CANCELLED")
    body = {"due_at": promises.at(HOUR)}
    answer = await supervisor.post(f"{path}/reschedule", json=body)
    assert (await code_of(answer))[:2] == (409, "CALLBACK_STATE")


async def test_nobody_changes_one_whose_call_is_under_way(
    supervisor: httpx.AsyncClient, promises: Promises, both: Both
) -> None:
    callback_id = await promises.make(due=-HOUR)
    await promises.floor.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, mode, caller_id, trunk_id, agent_user_id, callback_id, state,"
        " fencing) SELECT :id, organisation_id, campaign_id, contact_id, 2, number, 'preview', '',"
        " :trunk_id, owner_user_id, callback_id, 'offered', 1 FROM callbacks"
        " WHERE callback_id = :callback_id",
        id=uuid4(),
        trunk_id=both.a.trunk_id,
        callback_id=UUID(callback_id),
    )
    path = f"{V1}/callbacks/{callback_id}"
    assert (await supervisor.get(path)).json()["state"] == "offered"
    answer = await supervisor.post(f"{path}/cancel", json={"reason": "a payé"})
    assert (await code_of(answer))[:2] == (409, "CALLBACK_STATE")


async def test_an_agent_sees_own_anyones_and_missed_ones_and_moves_own(
    agent: httpx.AsyncClient, promises: Promises
) -> None:
    own = await promises.make(due=HOUR)
    anyones = await promises.make(due=2 * HOUR, owner=None)
    others = await promises.make(due=HOUR, owner="a.agent2")
    missed = await promises.make(due=-HOUR, state="missed")
    found = (await agent.get(f"{V1}/agent/callbacks")).json()
    assert [(one["callback_id"], one["mine"]) for one in found] == [
        (own, True),
        (anyones, False),
        (missed, True),
    ]
    body = {"due_at": promises.at(5 * HOUR)}
    moved = await agent.post(f"{V1}/agent/callbacks/{own}/reschedule", json=body)
    assert moved.status_code == 200, moved.text
    for one in (anyones, others):
        answer = await agent.post(f"{V1}/agent/callbacks/{one}/reschedule", json=body)
        assert (await code_of(answer))[:2] == (403, "NOT_YOUR_CALLBACK")
    answer = await agent.post(f"{V1}/agent/callbacks/{own}/cancel", json={"reason": "a payé"})
    assert answer.json()["state"] == "cancelled"
    assert (await agent.get(f"{V1}/callbacks")).status_code == 403


async def test_a_time_outside_lawful_hours_is_told_with_the_next_one(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, promises: Promises
) -> None:
    campaign = (await admin.get(f"{V1}/campaigns/{promises.campaign_id}")).json()
    hours = {"callable_from": "08:00", "callable_until": "20:00", "version": campaign["version"]}
    path = f"{V1}/campaigns/{promises.campaign_id}"
    assert (await admin.patch(path, json=hours)).status_code == 200
    callback = f"{V1}/callbacks/{await promises.make(due=HOUR)}"
    night = promises.clock.now().replace(hour=21, minute=30, second=0)  # 22:30 there
    night += timedelta(days=2)
    headers = {"Accept-Language": "fr"}
    query = {"due_at": night.isoformat()}
    told = (await supervisor.get(f"{callback}/check", params=query, headers=headers)).json()
    assert (told["allowed"], told["code"]) == (False, "OUTSIDE_CALLABLE_TIME")
    assert told["message"].startswith("Il est hors des heures d’appel")
    morning = (night + timedelta(days=1)).replace(hour=7, minute=0)
    assert datetime.fromisoformat(told["next_at"]) == morning
    query = {"due_at": morning.isoformat()}
    assert (await supervisor.get(f"{callback}/check", params=query)).json()["allowed"]


async def test_callbacks_of_a_campaign_that_does_not_run_end_by_themselves(
    supervisor: httpx.AsyncClient, application: Application, promises: Promises
) -> None:
    expired = await promises.make(due=-2 * HOUR, latest_at=promises.clock.now() - HOUR)
    waiting = await promises.make(due=-2 * HOUR)
    assert await application.services.callbacks.end_overdue() == 1
    assert [one["callback_id"] for one in await items(supervisor)] == [waiting]
    ended = (await items(supervisor, view="missed"))[0]
    assert (ended["callback_id"], ended["state"]) == (expired, "expired")
    assert "heure limite" in ended["reason_message"]
    assert await promises.course(expired) == ("finished", None, "CALLBACK_EXPIRED")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"callback_owned_hours": 169}, "RANGE", "callback_owned_hours"),
        ({"callback_takeover": "deputy"}, "DEPUTY_NEEDED", "callback_deputy_user_id"),
        ({"preview_column": "nope", "preview_values": ["1"]}, "COLUMN_UNKNOWN", "preview_column"),
        ({"preview_column": "nom"}, "PREVIEW_VALUES_NEEDED", "preview_values"),
        ({"agent_owned_column": "nom"}, "OWNED_PREVIEW", "agent_owned_column"),
    ],
)
async def test_wrong_settings_are_refused_with_their_field(
    admin: httpx.AsyncClient, both: Both, change: dict[str, Any], code: str, field: str
) -> None:
    contact_list = await make_list(admin, [])
    body = campaign_body(both, contact_list["contact_list_id"], **change)
    answer = await admin.post(f"{V1}/campaigns", json=body)
    assert answer.status_code == 422
    wrong = answer.json()["error"]["details"]["fields"]
    assert [(one["field"], one["code"]) for one in wrong] == [(field, code)]


async def test_settings_are_kept_and_a_record_says_whose_it_is(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    contact_list = await make_list(admin, ["0161000001", "0161000002"])
    contacts = contact_list["made"]
    values = {
        "mode": "preview",
        "agent_owned_column": "nom",
        "owner_absent": "anyone",
        "owner_absent_hours": 3,
        "callback_takeover": "deputy",
        "callback_deputy_user_id": str(both.a.user_ids["a.agent2"]),
        "preview_column": "solde",
        "preview_values": ["100"],
    }
    body = campaign_body(both, contact_list["contact_list_id"], **values)
    campaign = await made(admin, "/campaigns", body)
    assert {name: campaign[name] for name in values} == values
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    version = campaign["version"]
    changed = await admin.patch(
        path,
        json={
            "version": version,
            "callback_takeover": "by_hand",
            "callback_deputy_user_id": None,
        },
    )
    assert changed.json()["callback_deputy_user_id"] is None
    assert (await admin.post(f"{path}/start")).status_code == 200
    contact = await admin.get(f"{V1}/contacts/{contacts[0]['contact_id']}")
    await admin.patch(
        f"{V1}/contacts/{contacts[0]['contact_id']}",
        json={"data": {"nom": "A.Agent"}, "version": contact.json()["version"]},
    )
    told = [
        (await admin.get(f"{path}/contacts/{one['contact_id']}/explanation")).json()
        for one in contacts
    ]
    assert [(one["code"], one["owner"], one["callable"]) for one in told] == [
        ("OWNED_BY_OTHER", "Agent A", False),
        ("OWNER_UNKNOWN", "Nom 1", False),
    ]
    assert told[0]["next_attempt_at"] is not None
    assert told[0]["message"].endswith("Agent : Agent A.")
