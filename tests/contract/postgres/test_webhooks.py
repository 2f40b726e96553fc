"""Messages on their way: a real database, a real receiver over HTTP that behaves badly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from campaign_world import V1, campaign_body, made, make_list
from database import Database, DatabaseServer
from kwabo.adapters.postgres.import_blocks import InProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.engine.webhook_sender import AT_ONCE, WebhookSender
from webhook_receiver import WebhookReceiver, sender_on
from world import SECRET_BOX, Both, SteppedClock, importer_on

NUMBERS = ["01 61 00 00 01", "01 61 00 00 02"]


@pytest.fixture
async def receiver() -> AsyncIterator[WebhookReceiver]:
    """The other system."""
    async with WebhookReceiver().running() as receiver:
        yield receiver


@pytest.fixture
async def sender(
    unit_of_work: PostgresUnitOfWork, clock: SteppedClock
) -> AsyncIterator[WebhookSender]:
    """What sends, in this process."""
    async with sender_on(unit_of_work, clock, SECRET_BOX) as sender:
        yield sender


async def subscribe(client: httpx.AsyncClient, url: str, *kinds: str, **values: Any) -> Any:
    """A webhook with its secret."""
    return await made(client, "/webhooks", {"url": url, "kinds": list(kinds), **values})


async def contacts(client: httpx.AsyncClient, count: int, name: str = "Liste") -> Any:
    """A list with so many new contacts, each a fact of its own."""
    return await make_list(client, [f"01 61 00 00 {n:02}" for n in range(1, count + 1)], name)


async def deliveries(client: httpx.AsyncClient, hook: Any, **query: Any) -> list[Any]:
    """The delivery log."""
    answer = await client.get(f"{V1}/webhooks/{hook['webhook_id']}/deliveries", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_a_fact_arrives_signed_with_ids_only_unless_personal_data_are_asked_for(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
) -> None:
    thin = await subscribe(admin, receiver.url, "contact.changed")
    await contacts(admin, 1)
    clock.advance(minutes=5)
    await sender.work_once()
    (first,) = receiver.received
    now = clock.now().timestamp()
    assert first.genuine(thin["secret"], now)
    assert not first.genuine(thin["secret"], now + 301)
    assert not first.genuine("whsec_" + "A" * 43 + "=", now)
    assert first.message["type"] == "contact.changed"
    assert "personal" not in first.message
    assert "61000001" not in first.body.decode()

    await subscribe(admin, receiver.url, "contact.changed", personal_data=True)
    await contacts(admin, 1, "Deux")
    clock.advance(minutes=5)
    await sender.work_once()
    of_both = [one.message for one in receiver.received[1:]]
    assert [one.get("personal", {}).get("numbers") for one in of_both].count(
        ["+2290161000001"]
    ) == 1
    assert {one["id"] for one in of_both} == {of_both[0]["id"]}


async def test_a_rotated_secret_signs_beside_the_new_one_for_its_hours(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
) -> None:
    old = await subscribe(admin, receiver.url, "contact.changed")
    path = f"/webhooks/{old['webhook_id']}"
    new = await made(admin, f"{path}/rotate-secret", {"keep_hours": 1}, 200)
    assert new["secret"] != old["secret"]
    clock.advance(minutes=5)
    await made(admin, f"{path}/test", {}, 202)
    await sender.work_once()
    now = clock.now().timestamp()
    assert receiver.received[-1].genuine(old["secret"], now)
    assert receiver.received[-1].genuine(new["secret"], now)
    clock.advance(hours=1)
    await made(admin, f"{path}/test", {}, 202)
    await sender.work_once()
    now = clock.now().timestamp()
    assert not receiver.received[-1].genuine(old["secret"], now)
    assert receiver.received[-1].genuine(new["secret"], now)


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("refuse", "HTTP_STATUS"),
        ("drop", "UNREACHABLE"),
        ("hang", "TOO_SLOW"),
        ("redirect", "REDIRECT"),
    ],
)
async def test_what_fails_is_tried_again_with_the_same_id_and_body(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
    mode: str,
    error: str,
) -> None:
    hook = await subscribe(admin, receiver.url, "contact.changed")
    await contacts(admin, 1)
    clock.advance(minutes=5)
    receiver.mode = mode
    await sender.work_once()
    (failed,) = await deliveries(admin, hook)
    assert (failed["state"], failed["error"], failed["tries"]) == ("waiting", error, 1)
    assert not await sender.work_once()  # not before its time
    receiver.mode = "take"
    clock.advance(seconds=6)
    await sender.work_once()
    first, second = receiver.received
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] < second.headers["webhook-timestamp"]
    (taken,) = await deliveries(admin, hook)
    assert (taken["state"], taken["status"], taken["tries"]) == ("delivered", 200, 2)


async def test_of_an_answer_2_kilobytes_are_kept_and_its_end_is_not_waited_for(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    unit_of_work: PostgresUnitOfWork,
    clock: SteppedClock,
) -> None:
    hook = await subscribe(admin, receiver.url, "contact.changed")
    await contacts(admin, 1)
    clock.advance(minutes=5)
    receiver.mode = "long"
    async with sender_on(unit_of_work, clock, SECRET_BOX, seconds=10.0) as sender:
        await sender.work_once()
        receiver.mode = "half"
        await made(admin, f"/webhooks/{hook['webhook_id']}/test", {}, 202)
        await sender.work_once()
    half, whole = await deliveries(admin, hook)
    assert (half["state"], whole["state"]) == ("delivered", "delivered")
    path = f"{V1}/webhooks/{hook['webhook_id']}/deliveries"
    detail = (await admin.get(f"{path}/{whole['delivery_id']}")).json()
    assert detail["answer"] == "é" * 1024
    detail = (await admin.get(f"{path}/{half['delivery_id']}")).json()
    assert detail["answer"] == "taken"


async def test_facts_about_one_contact_arrive_in_order_and_others_do_not_wait_for_them(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
) -> None:
    await subscribe(admin, receiver.url, "contact.changed")
    made_list = await contacts(admin, 2)
    one, other = (contact["contact_id"] for contact in made_list["made"])
    for version in (1, 2):
        body = {"data": {"nom": f"Nom {version}"}, "version": version}
        answer = await admin.patch(f"{V1}/contacts/{one}", json=body)
        assert answer.status_code == 200, answer.text
    receiver.mode = "refuse"
    clock.advance(minutes=5)
    await sender.work_once()
    assert {m.message["data"]["contact_id"] for m in receiver.received} == {one, other}
    versions = [m.message["data"]["version"] for m in receiver.received]
    assert versions == [1] * len(receiver.received)
    receiver.mode, receiver.received = "take", []
    clock.advance(seconds=30)
    await sender.work_once()
    told = [m.message["data"] for m in receiver.received]
    assert [d["version"] for d in told if d["contact_id"] == one] == [1, 2, 3]
    assert [d["version"] for d in told if d["contact_id"] == other] == [1]


async def test_a_dead_receiver_is_left_alone_then_paused_and_people_are_told(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
) -> None:
    hook = await subscribe(admin, receiver.url, "contact.changed", description="CRM")
    await contacts(admin, 40)
    receiver.mode = "refuse"
    clock.advance(minutes=5)
    await sender.work_once()
    assert len(receiver.received) == 16 + 8 + 4 + 2 + 1  # ever fewer, then it rests
    seen = (await admin.get(f"{V1}/webhooks/{hook['webhook_id']}")).json()
    assert (seen["state"], seen["failures"], seen["waiting"]) == ("on", 5, 40)
    assert seen["rests_until"] is not None
    before = len(receiver.received)
    for _ in range(3 * 24 + 5):
        clock.advance(hours=1)
        await sender.work_once()
        if (await admin.get(f"{V1}/webhooks/{hook['webhook_id']}")).json()["state"] == "paused":
            break
    else:
        pytest.fail("it was never paused")
    assert len(receiver.received) - before <= 3 * 24 + 5  # one at a time
    log = (await admin.get(f"{V1}/event-log", params={"category": "WEBHOOK"})).json()["items"]
    told = {event["code"]: event for event in log}
    assert told["WEBHOOK_PAUSED"]["level"] == "error"
    assert "CRM" in told["WEBHOOK_PAUSED"]["message"]
    assert told["WEBHOOK_FAILING"]["level"] == "warning"

    receiver.mode, receiver.received = "take", []
    assert not await sender.work_once()
    seen = (await admin.get(f"{V1}/webhooks/{hook['webhook_id']}")).json()
    body = {"version": seen["version"], "active": True}
    answer = await admin.patch(f"{V1}/webhooks/{hook['webhook_id']}", json=body)
    assert (answer.json()["state"], answer.json()["failures"]) == ("on", 0)
    clock.advance(hours=8)
    await sender.work_once()
    assert len(receiver.received) == 40
    assert receiver.most_together <= AT_ONCE


async def test_a_message_that_fails_while_others_arrive_is_given_up_after_days(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
) -> None:
    hook = await subscribe(admin, receiver.url, "contact.changed")
    await contacts(admin, 1)
    receiver.refused = {"contact.changed"}
    clock.advance(minutes=5)
    for _ in range(5 * 24 // 3 + 4):
        await sender.work_once()
        await made(admin, f"/webhooks/{hook['webhook_id']}/test", {}, 202)
        await sender.work_once()
        clock.advance(hours=3)
    (given_up,) = await deliveries(admin, hook, state="failed")
    assert given_up["kind"] == "contact.changed"
    assert given_up["tries"] >= 20
    assert (await admin.get(f"{V1}/webhooks/{hook['webhook_id']}")).json()["state"] == "on"

    receiver.refused, receiver.received = set(), []
    path = f"/webhooks/{hook['webhook_id']}/deliveries/{given_up['delivery_id']}/replay"
    again = await made(admin, path, {}, 202)
    assert (again["state"], again["tries"], again["replays"]) == ("waiting", 0, 1)
    await sender.work_once()
    assert receiver.kinds.count("contact.changed") == 1
    assert receiver.received[-1].headers["webhook-id"] == given_up["message_id"]


async def test_gone_pauses_at_once_and_retry_after_is_kept(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
) -> None:
    hook = await subscribe(admin, receiver.url, "contact.changed")
    await contacts(admin, 1)
    receiver.mode = "busy"
    clock.advance(minutes=5)
    await sender.work_once()
    receiver.mode = "gone"
    clock.advance(seconds=100)
    assert not await sender.work_once()
    clock.advance(seconds=21)
    await sender.work_once()
    assert len(receiver.received) == 2
    assert (await admin.get(f"{V1}/webhooks/{hook['webhook_id']}")).json()["state"] == "paused"


async def test_a_period_is_replayed_for_a_webhook_that_came_later(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
) -> None:
    await subscribe(admin, receiver.url, "contact.changed")
    began = clock.now()
    await contacts(admin, 3)
    clock.advance(minutes=5)
    await sender.work_once()
    assert len(receiver.received) == 3
    late = await subscribe(admin, receiver.url, "contact.changed")
    period = {"from_at": began.isoformat(), "until_at": clock.now().isoformat()}
    path = f"/webhooks/{late['webhook_id']}/replay"
    assert await made(admin, path, period | {"failed_only": True}, 202) == {"replayed": 0}
    assert await made(admin, path, period, 202) == {"replayed": 3}
    await sender.work_once()
    assert len(receiver.received) == 6
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 3
    assert await made(admin, path, period, 202) == {"replayed": 3}  # delivered ones again
    await sender.work_once()
    assert len(receiver.received) == 9


async def test_campaigns_chosen_are_told_and_others_are_not(
    admin: httpx.AsyncClient,
    both: Both,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    clock: SteppedClock,
    database: Database,
    database_server: DatabaseServer,
) -> None:
    made_list = await make_list(admin, NUMBERS)
    ids = []
    for name in ("Une", "Autre"):
        body = campaign_body(both, made_list["contact_list_id"], name=name)
        ids.append((await made(admin, "/campaigns", body))["campaign_id"])
    await subscribe(admin, receiver.url, "campaign.state_changed", campaign_ids=[ids[0]])
    async with database_server.superuser(database.name) as connection:
        await connection.execute("UPDATE campaigns SET state = 'running', state_changed_at = now()")
    clock.advance(minutes=5)
    await sender.work_once()
    (told,) = receiver.received
    assert told.message["data"]["campaign_id"] == ids[0]
    assert told.message["data"]["previous_state"] == "ready"


async def test_imports_are_not_told_row_by_row_but_when_they_end(
    admin: httpx.AsyncClient,
    receiver: WebhookReceiver,
    sender: WebhookSender,
    unit_of_work: PostgresUnitOfWork,
    clock: SteppedClock,
) -> None:
    await subscribe(admin, receiver.url, "contact.changed", "import.ended")
    file = {"file": ("liste.csv", b"Nom;Mobile\nAdjoua;0161000001\nKoffi;12\n", "text/csv")}
    uploaded = (await admin.post(f"{V1}/imports/uploads", files=file)).json()
    body = {"new_list": {"name": "Clients"}, "mapping": uploaded["preview"]["mapping"]}
    await made(admin, f"/imports/{uploaded['import_id']}/start", body, 200)
    importer = importer_on(unit_of_work, clock, InProcessBlocks())
    assert await importer.work_once()
    clock.advance(minutes=5)
    await sender.work_once()
    (told,) = receiver.received
    assert told.message["type"] == "import.ended"
    assert told.message["data"]["rows_added"] == 1
    assert told.message["data"]["rows_rejected"] == 1


async def test_off_means_off(
    admin: httpx.AsyncClient, receiver: WebhookReceiver, sender: WebhookSender, clock: SteppedClock
) -> None:
    hook = await subscribe(admin, receiver.url, "contact.changed")
    body = {"version": hook["version"], "active": False}
    await admin.patch(f"{V1}/webhooks/{hook['webhook_id']}", json=body)
    await contacts(admin, 1)
    clock.advance(minutes=5)
    assert not await sender.work_once()
    assert (await deliveries(admin, hook)) == []
    refused = await admin.post(f"{V1}/webhooks/{hook['webhook_id']}/test")
    assert refused.json()["error"]["code"] == "WEBHOOK_NOT_ON"
