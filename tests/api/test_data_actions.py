"""Data actions over HTTP and the worker that asks, against a real server, well-behaved or not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from data_server import DataServer
from kwabo.adapters.identity.secret_files import FolderSecrets
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.outgoing.http import HttpClient
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.engine.data_asker import MOST_TRIES, DataAsker
from world import SECRETS, Both, SteppedClock


@pytest.fixture
async def server() -> AsyncIterator[DataServer]:
    async with DataServer().running() as server:
        yield server


@pytest.fixture
async def asker(unit_of_work: PostgresUnitOfWork, clock: SteppedClock) -> AsyncIterator[DataAsker]:
    """The worker, round by round."""
    client = HttpClient(clock, private_allowed=True)
    yield DataAsker(unit_of_work, client=client, secret_files=FolderSecrets(SECRETS), clock=clock)
    await client.close()


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    return ScriptedFloor.on(floor, engine, both)


def settings_of(server: DataServer, **changes: Any) -> dict[str, Any]:
    return {
        "url": f"{server.url}/customers/{{number}}?name={{contact.nom}}",
        "outputs": [{"name": "status", "path": "status"}],
        "timeout_seconds": 1,
        "cache_seconds": 60,
        **changes,
    }


async def make_action(client: httpx.AsyncClient, server: DataServer, **changes: Any) -> Any:
    body = {"name": "CRM", "settings": settings_of(server, **changes)}
    return await made(client, "/data-actions", body)


def condition(action: Any, value: str = "open", missing: bool = False) -> dict[str, Any]:
    return {
        "type": "data_action",
        "data_action_id": action["data_action_id"],
        "output": "status",
        "value_type": "STRING",
        "operator": "EQUALS",
        "value": value,
        "data_not_found_resolution": missing,
    }


class TestSettings:
    async def test_every_wrong_setting_is_named(
        self, admin: httpx.AsyncClient, server: DataServer
    ) -> None:
        settings = settings_of(
            server,
            method="POST",
            url="https://{number}.example/{secret}",
            headers=[{"name": "Host", "value": "x"}, {"name": "X-Key", "value": "{secret}"}],
            body='{"number": {number}, "x": "{colour}"}',
            outputs=[{"name": "1st", "path": "a"}, {"name": "b", "path": "a["}],
            timeout_seconds=99,
        )
        refused = await admin.post(f"{V1}/data-actions", json={"name": "A", "settings": settings})
        assert refused.status_code == 422
        fields = refused.json()["error"]["details"]["fields"]
        assert {(one["field"], one["code"]) for one in fields} == {
            ("url", "DATA_ACTION_URL"),
            ("url", "DATA_ACTION_SECRET_PLACE"),
            ("body", "DATA_ACTION_PLACEHOLDER"),
            ("body", "DATA_ACTION_BODY_JSON"),
            ("headers.0.name", "DATA_ACTION_HEADER"),
            ("secret_name", "DATA_ACTION_SECRET"),
            ("outputs.0.name", "DATA_ACTION_OUTPUT"),
            ("outputs.1.path", "DATA_ACTION_PATH"),
            ("timeout_seconds", "DATA_ACTION_RANGE"),
        }
        assert "Donnez une adresse" in refused.text

    async def test_only_who_may_change_settings_does(
        self, admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, server: DataServer
    ) -> None:
        action = await make_action(admin, server)
        body = {"name": "B", "settings": settings_of(server), "version": 1}
        path = f"{V1}/data-actions/{action['data_action_id']}"
        for method, to in [
            ("POST", f"{V1}/data-actions"),
            ("PUT", path),
            ("DELETE", path),
        ]:
            answer = await supervisor.request(method, to, json=None if method == "DELETE" else body)
            assert answer.json()["error"]["code"] == "PERMISSION_NEEDED"
        tried = {"settings": settings_of(server)}
        assert (await supervisor.post(f"{V1}/data-actions/try", json=tried)).status_code == 403
        assert server.received == []
        assert (await supervisor.get(path)).status_code == 200

    async def test_one_that_rules_use_stays_and_keeps_what_they_read(
        self, admin: httpx.AsyncClient, server: DataServer
    ) -> None:
        action = await make_action(admin, server)
        rule = {
            "name": "Open",
            "conditions": [condition(action)],
            "actions": [{"type": "DO_NOT_DIAL"}],
        }
        body = {"name": "R", "kind": "pre_call", "rules": [rule]}
        rule_set = await made(admin, "/rule-sets", body)
        path = f"{V1}/data-actions/{action['data_action_id']}"
        assert (await admin.get(path)).json()["rule_sets"] == ["R"]
        refused = await admin.delete(path)
        assert refused.json()["error"]["code"] == "DATA_ACTION_IN_USE"
        changed = {
            "name": "CRM",
            "version": 1,
            "settings": settings_of(server, outputs=[{"name": "other"}]),
        }
        assert (await admin.put(path, json=changed)).json()["error"]["code"] == (
            "DATA_ACTION_OUTPUT_USED"
        )
        await admin.delete(f"{V1}/rule-sets/{rule_set['rule_set_id']}")
        assert (await admin.put(path, json=changed)).json()["version"] == 2
        assert (await admin.put(path, json=changed)).json()["error"]["code"] == "STALE_VERSION"
        assert (await admin.delete(path)).status_code == 204

    async def test_rules_name_what_there_is(
        self, admin: httpx.AsyncClient, other_admin: httpx.AsyncClient, server: DataServer
    ) -> None:
        action = await make_action(admin, server)
        late = await made(
            admin,
            "/data-actions",
            {"name": "Late", "settings": settings_of(server, url=f"{server.url}/{{result}}")},
        )
        rules = [
            {
                "name": "Wrong",
                "conditions": [
                    {**condition(action), "output": "colour"},
                    {**condition(action), "data_not_found_resolution": "perhaps"},
                    condition(late),
                ],
                "actions": [
                    {
                        "type": "DATA_ACTION",
                        "data_action_id": action["data_action_id"],
                        "write": {"colour": "nom"},
                    }
                ],
            }
        ]
        body = {"name": "R", "kind": "pre_call", "rules": rules}
        refused = (await admin.post(f"{V1}/rule-sets", json=body)).json()["error"]
        assert {one["field"]: one["code"] for one in refused["details"]["fields"]} == {
            "rules.0.conditions.0.output": "RULE_OUTPUT_UNKNOWN",
            "rules.0.conditions.1.data_not_found_resolution": "RULE_RESOLUTION",
            "rules.0.conditions.2.data_action_id": "RULE_DATA_ACTION_LATER",
            "rules.0.actions.0.write.colour": "RULE_OUTPUT_UNKNOWN",
        }
        others = await other_admin.post(f"{V1}/rule-sets", json=body)
        codes = {one["code"] for one in others.json()["error"]["details"]["fields"]}
        assert codes == {"RULE_DATA_ACTION_UNKNOWN", "RULE_RESOLUTION"}


class TestTrying:
    async def test_it_shows_what_was_sent_and_read_and_hides_the_secret(
        self, admin: httpx.AsyncClient, server: DataServer
    ) -> None:
        settings = settings_of(
            server,
            method="POST",
            body='{"number": "{number}", "name": "{contact.nom}"}',
            headers=[{"name": "Authorization", "value": "Bearer {secret}"}],
            secret_name="crm",
            outputs=[{"name": "status", "path": "status"}, {"name": "tier", "path": "a.b"}],
        )
        body = {"settings": settings, "values": {"number": "+229", "contact.nom": 'A"/../é\n'}}
        missing = (await admin.post(f"{V1}/data-actions/try", json=body)).json()
        assert (missing["failure"], server.received) == ("SECRET_MISSING", [])
        (SECRETS / "a").mkdir(parents=True, exist_ok=True)
        (SECRETS / "a" / "crm").write_text("s3cret\n")
        server.answer = {"status": "open", "echo": "Bearer s3cret"}
        tried = (await admin.post(f"{V1}/data-actions/try", json=body)).json()
        (received,) = server.received
        assert received.headers["Authorization"] == "Bearer s3cret"
        assert received.path == "/customers/%2B229?name=A%22%2F..%2F%C3%A9%0A"
        assert received.body == '{"number": "+229", "name": "A\\"/../\\u00e9\\n"}'
        assert (tried["status"], tried["outputs"]) == (200, {"status": "open"})
        assert (tried["missing"], tried["failure"]) == (["tier"], "")
        assert tried["headers"]["Authorization"] == "Bearer •••"
        assert "s3cret" not in str(tried)
        audit = await admin.get(f"{V1}/audit-log")
        assert "s3cret" not in audit.text

    @pytest.mark.parametrize(
        ("mode", "failure", "status"),
        [
            ("error", "HTTP_STATUS", 503),
            ("refuse", "HTTP_STATUS", 404),
            ("slow", "TOO_SLOW", None),
            ("redirect", "HTTP_STATUS", 302),
            ("long", "ANSWER_TOO_LONG", 200),
            ("text", "ANSWER_UNREADABLE", 200),
            ("down", "UNREACHABLE", None),
        ],
    )
    async def test_anything_else_is_told_by_a_code(
        self,
        admin: httpx.AsyncClient,
        server: DataServer,
        mode: str,
        failure: str,
        status: int | None,
    ) -> None:
        server.mode, server.redirect_to = mode, "http://169.254.169.254/latest"
        body = {"settings": settings_of(server), "values": {}}
        tried = (await admin.post(f"{V1}/data-actions/try", json=body)).json()
        assert (tried["failure"], tried["status"]) == (failure, status)
        assert tried["message"]
        # A GET whose connection broke is sent once more by the client.
        assert len(server.received) == (2 if mode == "down" else 1), "no redirect is followed"

    async def test_a_value_that_leads_elsewhere_is_not_sent(
        self, admin: httpx.AsyncClient, server: DataServer
    ) -> None:
        body = {"settings": settings_of(server), "values": {"number": ".."}}
        tried = (await admin.post(f"{V1}/data-actions/try", json=body)).json()
        assert (tried["failure"], server.received) == ("VALUE_UNSAFE", [])


class _World:
    """A running campaign of two contacts whose rules ask the server."""

    def __init__(self, admin: httpx.AsyncClient, scripted: ScriptedFloor) -> None:
        self.admin = admin
        self.scripted = scripted
        self.campaign: Any = None

    async def start(self, both: Both, *rules: dict[str, Any], kind: str = "pre_call") -> None:
        contact_list = await make_list(self.admin, ["0161000001", "0161000002"])
        body = campaign_body(both, contact_list["contact_list_id"])
        self.campaign = await made(self.admin, "/campaigns", body)
        written = [{"name": f"rule {i}", **rule} for i, rule in enumerate(rules, start=1)]
        rule_set = await made(
            self.admin, "/rule-sets", {"name": "R", "kind": kind, "rules": written}
        )
        given = await self.admin.put(
            f"{V1}/campaigns/{self.campaign['campaign_id']}/rule-sets",
            json={"rule_set_ids": [rule_set["rule_set_id"]]},
        )
        assert given.status_code == 200, given.text
        await self.admin.post(f"{V1}/campaigns/{self.campaign['campaign_id']}/start")

    async def explained(self) -> list[dict[str, Any]]:
        path = f"{V1}/campaigns/{self.campaign['campaign_id']}/contacts"
        answer = await self.admin.get(path)
        assert answer.status_code == 200, answer.text
        return [item["explanation"] for item in answer.json()["items"]]


@pytest.fixture
def world(admin: httpx.AsyncClient, scripted: ScriptedFloor) -> _World:
    return _World(admin, scripted)


class TestAskingAhead:
    async def test_answers_come_before_calls_count_their_time_and_are_asked_once(
        self,
        admin: httpx.AsyncClient,
        server: DataServer,
        asker: DataAsker,
        both: Both,
        world: _World,
        clock: SteppedClock,
    ) -> None:
        server.answer = {"status": "open"}
        action = await make_action(admin, server)
        rule = {
            "conditions": [condition(action)],
            "actions": [{"type": "DO_NOT_DIAL", "minutes": 60}],
        }
        await world.start(both, rule)
        before = await world.explained()
        assert {one["code"] for one in before} == {"DATA_ACTION_WAITS"}
        assert before[0]["message"].startswith("Une règle attend")
        assert await asker.work_once() == 2
        after = await world.explained()
        assert {one["code"] for one in after} == {"RULE_DO_NOT_DIAL"}
        assert after[0]["rules"]["fired"][0]["actions"] == ["DO_NOT_DIAL"]
        assert after[0]["rules"]["fired"][0]["name"] == "rule 1"
        assert await asker.work_once() == 0
        clock.advance(seconds=61)
        stale = await world.explained()
        assert {one["code"] for one in stale} == {"DATA_ACTION_WAITS"}, "not a second longer"
        assert await asker.work_once() == 2
        kept = await world.scripted.sql("SELECT inputs FROM data_checks")
        assert [row[0] for row in kept] == [{}, {}], "no personal data stays of a question"
        nothing = await world.scripted.sql("SELECT 1 FROM rule_firings")
        assert nothing == [], "explaining does nothing"

    @pytest.mark.parametrize("missing", [True, False])
    async def test_without_an_answer_the_stated_result_counts(
        self,
        admin: httpx.AsyncClient,
        server: DataServer,
        asker: DataAsker,
        both: Both,
        world: _World,
        missing: bool,
    ) -> None:
        server.mode = "error"
        action = await make_action(admin, server)
        rule = {
            "conditions": [{**condition(action, missing=missing), "inverted": True}],
            "actions": [{"type": "DO_NOT_DIAL"}],
        }
        await world.start(both, rule)
        assert await asker.work_once() == 2
        expected = "RULE_DO_NOT_DIAL" if missing else "CALLABLE"
        assert {one["code"] for one in await world.explained()} == {expected}
        state = (await admin.get(f"{V1}/data-actions/{action['data_action_id']}")).json()
        assert (state["last_failure"], state["failures"]) == ("HTTP_STATUS", 2)

    async def test_never_more_at_once_than_allowed(
        self,
        admin: httpx.AsyncClient,
        server: DataServer,
        asker: DataAsker,
        both: Both,
        scripted: ScriptedFloor,
    ) -> None:
        server.pause = 0.05
        action = await make_action(admin, server, at_once=2)
        contact_list = await make_list(admin, [f"01610000{n:02}" for n in range(10, 19)])
        campaign = await made(
            admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"])
        )
        rule = {
            "name": "x",
            "conditions": [condition(action)],
            "actions": [{"type": "DO_NOT_DIAL"}],
        }
        body = {"name": "R", "kind": "pre_call", "rules": [rule]}
        rule_set = await made(admin, "/rule-sets", body)
        path = f"{V1}/campaigns/{campaign['campaign_id']}"
        await admin.put(f"{path}/rule-sets", json={"rule_set_ids": [rule_set["rule_set_id"]]})
        await admin.post(f"{path}/start")
        assert await asker.work_once() == 9
        assert (len(server.received), server.most_at_once) == (9, 2)

    async def test_the_circuit_breaker_opens_tries_once_and_closes(
        self,
        admin: httpx.AsyncClient,
        server: DataServer,
        asker: DataAsker,
        both: Both,
        world: _World,
        clock: SteppedClock,
    ) -> None:
        server.mode = "down"
        action = await make_action(admin, server, breaker_failures=2, breaker_seconds=30)
        rule = {
            "conditions": [condition(action, missing=True)],
            "actions": [{"type": "DO_NOT_DIAL", "minutes": 1}],
        }
        await world.start(both, rule)
        assert await asker.work_once() == 2
        path = f"{V1}/data-actions/{action['data_action_id']}"
        assert (await admin.get(path)).json()["open_until"] is not None
        clock.advance(seconds=20)
        assert await asker.work_once() == 0
        clock.advance(seconds=45)
        assert await asker.work_once() == 1, "a single one tries"
        clock.advance(seconds=65)
        server.mode = "answer"
        await asker.work_once()
        closed = (await admin.get(path)).json()
        assert (closed["open_until"], closed["failures"]) == (None, 0)


class TestTelling:
    """What rules tell is kept until it has been taken."""

    async def _told(
        self, world: _World, both: Both, action: Any, write: dict[str, str]
    ) -> tuple[str, str]:
        """A delivery as a rule at a wrap-up leaves it, and its contact."""
        await world.start(both, {"actions": [{"type": "DO_NOT_DIAL"}]})
        path = f"{V1}/campaigns/{world.campaign['campaign_id']}/contacts"
        items = (await world.admin.get(path)).json()["items"]
        delivery_id, contact_id = str(uuid4()), items[0]["contact"]["contact_id"]
        await world.scripted.sql(
            "INSERT INTO data_deliveries (delivery_id, organisation_id, data_action_id,"
            " campaign_id, contact_id, number, result, write, rule_set_name, rule_name, next_at,"
            " created_at) SELECT :delivery_id, organisation_id, data_action_id, :campaign_id,"
            " :contact_id, '+2290161000001', 'person', :write, 'R', 'tell', updated_at,"
            " updated_at FROM data_actions WHERE data_action_id = :data_action_id",
            delivery_id=UUID(delivery_id),
            data_action_id=UUID(action["data_action_id"]),
            campaign_id=UUID(world.campaign["campaign_id"]),
            contact_id=UUID(contact_id),
            write=write,
        )
        return delivery_id, contact_id

    async def test_it_is_sent_until_taken_under_one_key_and_the_same_values(
        self,
        admin: httpx.AsyncClient,
        server: DataServer,
        asker: DataAsker,
        both: Both,
        world: _World,
        clock: SteppedClock,
    ) -> None:
        action = await make_action(
            admin,
            server,
            method="POST",
            url=f"{server.url}/events",
            body='{"name": "{contact.nom}", "result": "{result}"}',
            outputs=[{"name": "ref", "path": "ref"}, {"name": "sum", "path": "sum"}],
        )
        write = {"ref": "nom", "sum": "solde"}
        delivery_id, contact_id = await self._told(world, both, action, write)
        path = f"{V1}/data-actions/{action['data_action_id']}/deliveries"
        server.mode = "error"
        assert await asker.work_once() == 1
        assert await asker.work_once() == 0, "it waits 10 s"
        (waiting,) = (await admin.get(path)).json()["items"]
        assert (waiting["state"], waiting["tries"], waiting["status"]) == ("waiting", 1, 503)
        contact = (await admin.get(f"{V1}/contacts/{contact_id}")).json()
        renamed = {"data": {"nom": "Changed"}, "version": contact["version"]}
        await admin.patch(f"{V1}/contacts/{contact_id}", json=renamed)
        server.mode, server.answer = "answer", {"ref": "R-7", "sum": "not a number"}
        clock.advance(seconds=11)
        assert await asker.work_once() == 1
        assert [one.headers["Idempotency-Key"] for one in server.received] == [delivery_id] * 2
        assert [one.body for one in server.received] == [
            '{"name": "Nom 0", "result": "person"}'
        ] * 2, "the values of the first try"
        (done,) = (await admin.get(path, params={"state": "done"})).json()["items"]
        assert (done["tries"], done["failure"], done["written"]) == (2, "", ["nom"])
        after = (await admin.get(f"{V1}/contacts/{contact_id}")).json()
        assert (after["data"]["nom"], after["data"]["solde"]) == ("R-7", "100")
        kept = await world.scripted.sql("SELECT inputs FROM data_deliveries")
        assert [row[0] for row in kept] == [None]
        assert await asker.work_once() == 0

    async def test_it_is_given_up_in_the_end_and_can_be_tried_again(
        self,
        admin: httpx.AsyncClient,
        server: DataServer,
        asker: DataAsker,
        both: Both,
        world: _World,
        clock: SteppedClock,
    ) -> None:
        action = await make_action(admin, server, breaker_failures=1000)
        delivery_id, _ = await self._told(world, both, action, {})
        path = f"{V1}/data-actions/{action['data_action_id']}"
        server.mode = "refuse"
        assert (await admin.delete(path)).json()["error"]["code"] == "DATA_ACTION_OWES"
        assert await asker.work_once() == 1
        await world.scripted.sql("UPDATE data_deliveries SET tries = :tries", tries=MOST_TRIES - 1)
        clock.advance(seconds=11)
        assert await asker.work_once() == 1
        clock.advance(seconds=60)
        assert await asker.work_once() == 0
        assert (await admin.get(path)).json()["given_up"] == 1
        server.mode = "answer"
        again = await admin.post(f"{path}/deliveries/{delivery_id}/retry")
        assert again.status_code == 204
        assert await asker.work_once() == 1
        (done,) = (await admin.get(f"{path}/deliveries")).json()["items"]
        assert done["state"] == "done"
        assert (await admin.post(f"{path}/deliveries/{delivery_id}/retry")).status_code == 404
