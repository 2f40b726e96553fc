"""What deserves notice is logged in the transaction of the fact, by whatever path it came."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from campaign_world import V1, campaign_body, made, make_list
from database import Database, DatabaseServer
from kwabo.api.webhook_messages import SHAPES
from kwabo.domain.event_log.catalogue import CODES, event_sentence
from kwabo.domain.webhooks.catalogue import KINDS
from world import Application, Both


@pytest.fixture
async def connection(
    database: Database, database_server: DatabaseServer, both: Both
) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection that names organisation A."""
    async with database_server.superuser(database.name) as connection:
        await connection.execute(
            "SELECT set_config('kwabo.organisation_id', $1, false)", str(both.a.organisation_id)
        )
        yield connection


@pytest.fixture
async def campaign(admin: httpx.AsyncClient, both: Both) -> Any:
    """A campaign with two contacts."""
    made_list = await make_list(admin, ["01 61 00 00 01", "01 61 00 00 02"])
    campaign = await made(admin, "/campaigns", campaign_body(both, made_list["contact_list_id"]))
    return campaign | {"contacts": [one["contact_id"] for one in made_list["made"]]}


async def events(client: httpx.AsyncClient, **query: Any) -> list[Any]:
    """The event log."""
    answer = await client.get(f"{V1}/event-log", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def everything(connection: asyncpg.Connection, both: Both, campaign: Any) -> None:
    """Have every fact happen that the database logs or tells, by plain SQL."""
    organisation_id = both.a.organisation_id
    campaign_id, list_id = UUID(campaign["campaign_id"]), UUID(campaign["contact_list_id"])
    contact_id = UUID(campaign["contacts"][0])
    run = connection.execute
    for state in ("running", "paused", "stopped", "complete"):
        await run(
            "UPDATE campaigns SET state = $1, state_changed_at = now() WHERE campaign_id = $2",
            state,
            campaign_id,
        )
    await run("UPDATE campaigns SET contact_list_filter_ids = ARRAY[gen_random_uuid()]")
    for state in ("running", "complete"):
        await run("UPDATE campaigns SET state = $1", state)
    for reason in ("SWITCH_LOST", "NO_AGENTS", "CAMPAIGN_NOT_LAWFUL", "OUTSIDE_CALLABLE_TIME"):
        await run("UPDATE campaigns SET state_reason = $1", reason)
    for reason in ("RATE_CAP", "SPEND_CAP", "COUNTRY_NOT_ALLOWED", "ATTEMPTS_USED_UP"):
        await run(
            """INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state,
                   reason) VALUES ($1, $2, $3, 'finished', $4)
               ON CONFLICT (campaign_id, contact_id) DO UPDATE SET reason = excluded.reason""",
            campaign_id,
            contact_id,
            organisation_id,
            reason,
        )
    attempt_id = uuid4()
    await run(
        """INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,
               attempt_number, number, mode, caller_id, trunk_id, agent_user_id, state, fencing,
               dialling_at)
           VALUES ($1, $2, $3, $4, 1, '+2290161000001', 'progressive', '+2290121000000', $5, $6,
               'answered', 1, now())""",
        attempt_id,
        organisation_id,
        campaign_id,
        contact_id,
        both.a.trunk_id,
        both.a.user_ids["a.agent"],
    )
    await run(
        "UPDATE attempts SET state = 'closed', result = 'person', closed_at = now()"
        " WHERE attempt_id = $1",
        attempt_id,
    )
    await run(
        """INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, wrap_up_code_id, user_id,
               notes, fields, after_call_seconds, created_at)
           SELECT $1, $2, $3, wrap_up_code_id, $4, 'rappeler', '{"solde": "3"}', 4.5, now()
           FROM wrap_up_codes LIMIT 1""",
        attempt_id,
        organisation_id,
        campaign_id,
        both.a.user_ids["a.agent"],
    )
    for state in ("missed", "expired", "done", "cancelled"):
        await run(
            """INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id, number,
                   due_at, note, created_at)
               VALUES ($1, $2, $3, $4, '+2290161000001', now(), 'après 17 h', now())""",
            uuid4(),
            organisation_id,
            campaign_id,
            contact_id,
        )
        await run("UPDATE callbacks SET state = $1 WHERE state = 'open'", state)
    for dnc_list_id in (None, both.a.dnc_list_id):
        for state, rejected in (("complete", 5), ("failed", 0)):
            import_id = uuid4()
            await run(
                """INSERT INTO imports (import_id, organisation_id, contact_list_id, dnc_list_id,
                       file_name, file_path, file_bytes, state, encoding, delimiter, rows_read,
                       rows_rejected, created_at)
                   VALUES ($1, $2, $3, $4, 'f.csv', '', 0, 'running', 'utf-8', ';', 10, $5, now())
                """,
                import_id,
                organisation_id,
                list_id if dnc_list_id is None else None,
                dnc_list_id,
                rejected,
            )
            await run("UPDATE imports SET state = $1 WHERE import_id = $2", state, import_id)
    schedule_id = uuid4()
    await run(
        """INSERT INTO import_schedules (import_schedule_id, organisation_id, name, contact_list_id,
               source, timing, created_at, updated_at)
           VALUES ($1, $2, 'Nuit', $3, '{}', '{}', now(), now())""",
        schedule_id,
        organisation_id,
        list_id,
    )
    await run(
        """INSERT INTO import_schedule_runs (import_schedule_run_id, import_schedule_id,
               organisation_id, state, started_at)
           VALUES (gen_random_uuid(), $1, $2, 'running', now())""",
        schedule_id,
        organisation_id,
    )
    await run("UPDATE import_schedule_runs SET state = 'failed', error_code = 'SOURCE_REFUSED'")
    await run(
        """INSERT INTO column_changes (column_change_id, organisation_id, contact_list_id, kind,
               column_name, settings, state, created_at)
           VALUES (gen_random_uuid(), $1, $2, 'add', 'ville', '{}', 'running', now())""",
        organisation_id,
        list_id,
    )
    await run("UPDATE column_changes SET error = 'no'")
    for source in ("schedule", "sequence", "campaign_rule"):
        for code in ("", "CAMPAIGN_NOT_FOUND"):
            await run(
                """INSERT INTO timetable_firings (organisation_id, at, source, source_id,
                       campaign_id, action, code)
                   VALUES ($1, now(), $2, $3, $4, 'start', $5)""",
                organisation_id,
                source,
                uuid4(),
                campaign_id,
                code,
            )
    for action in ("campaign.recycled", "trunk.changed", "import_template.deleted", "user.changed"):
        await run(
            """INSERT INTO audit_log (organisation_id, at, actor_user_id, action, subject_kind,
                   subject_id, details)
               VALUES ($1, now(), $2, $3, 'x', $4, '{"recycled": 7}')""",
            organisation_id,
            both.a.user_ids["a.admin"],
            action,
            str(campaign_id),
        )
    await run(
        """INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, source, created_at)
           VALUES ($1, $2, '+2290161000009', 'user', now())""",
        both.a.dnc_list_id,
        organisation_id,
    )
    await run("UPDATE contacts SET version = version + 1 WHERE contact_id = $1", contact_id)


BY_THE_DATABASE = {
    "CAMPAIGN_STARTED",
    "CAMPAIGN_PAUSED",
    "CAMPAIGN_STOPPED",
    "CAMPAIGN_COMPLETE",
    "CAMPAIGN_CALLED_NOBODY",
    "FILTER_MATCHED_NOBODY",
    "SWITCH_LOST",
    "CAMPAIGN_WITHOUT_AGENTS",
    "CAMPAIGN_NOT_LAWFUL",
    "GUARD_RATE_CAP",
    "GUARD_SPEND_CAP",
    "GUARD_PLACE_REFUSED",
    "CALLBACKS_MISSED",
    "CALLBACKS_EXPIRED",
    "LIST_FILLED",
    "IMPORT_REJECTIONS",
    "IMPORT_FAILED",
    "DNC_UPLOADED",
    "DNC_REJECTIONS",
    "DNC_UPLOAD_FAILED",
    "IMPORT_SCHEDULE_FAILED",
    "COLUMN_CHANGE_FAILED",
    "SCHEDULE_FIRED",
    "SCHEDULE_REFUSED",
    "SEQUENCE_FIRED",
    "SEQUENCE_REFUSED",
    "CAMPAIGN_RULE_FIRED",
    "CAMPAIGN_RULE_REFUSED",
    "CAMPAIGN_RECYCLED",
    "CONFIGURATION_CHANGED",
}
BY_THE_PROGRAM = {
    "ABANDON_ALARM",
    "ABANDON_ALARM_OVER",
    "ABANDON_BUDGET_SPENT",
    "ABANDON_STOP",
    "AGENT_NOT_ANSWERED",
    "INBOUND_CALL_REFUSED",
    "QUEUE_SERVICE_LEVEL_LOW",
    "QUEUE_SERVICE_LEVEL_MET",
    "QUEUE_WAIT_LONG",
    "QUEUE_WAIT_OVER",
    "TRUNK_CONGESTED",
    "TRUNK_DOWN",
    "TRUNK_RETURNED",
    "DNC_PROVIDER_SILENT",
    "LIMIT_REACHED",
    "WEBHOOK_FAILING",
    "WEBHOOK_PAUSED",
    "WEBHOOK_RECOVERED",
}


async def test_the_database_logs_every_fact_with_the_catalogues_level_and_category(
    admin: httpx.AsyncClient, connection: asyncpg.Connection, both: Both, campaign: Any
) -> None:
    await everything(connection, both, campaign)
    logged = await events(admin, limit=500)
    assert {event["code"] for event in logged} == BY_THE_DATABASE
    assert set(CODES) == BY_THE_DATABASE | BY_THE_PROGRAM
    for event in logged:
        code = CODES[event["code"]]
        assert event["level"] == code.level, event["code"]
        assert event["category"] in code.categories, event["code"]
        for language in ("fr", "en"):
            said = event_sentence(event["code"], event["subject_name"], event["params"], language)
            assert "?" not in said.replace("« ? »", "").replace("“?”", ""), said


async def test_every_kind_of_message_has_the_shape_that_is_documented(
    admin: httpx.AsyncClient, connection: asyncpg.Connection, both: Both, campaign: Any
) -> None:
    body = {"url": "https://hooks.example.com/x", "kinds": sorted(KINDS), "personal_data": True}
    hook = await made(admin, "/webhooks", body)
    await everything(connection, both, campaign)
    await made(admin, f"/webhooks/{hook['webhook_id']}/test", {}, 202)
    rows = await connection.fetch("SELECT * FROM webhook_messages")
    assert {row["kind"] for row in rows} == set(SHAPES)
    for row in rows:
        message = {
            "type": row["kind"],
            "schema_version": 1,
            "id": row["message_id"],
            "organisation_id": row["organisation_id"],
            "timestamp": row["at"],
            "data": json.loads(row["data"]),
        }
        if row["personal"] is not None:
            message["personal"] = json.loads(row["personal"])
        SHAPES[row["kind"]].model_validate(message)
        assert "61000001" not in row["data"], f"{row['kind']}: personal data among the facts"
        assert "rappeler" not in row["data"]
    document = (await admin.get("/api/openapi.json")).json()
    assert set(document["webhooks"]) == set(SHAPES)


async def test_what_repeats_within_an_hour_is_one_event_and_new_again_after_it_was_seen(
    admin: httpx.AsyncClient,
    supervisor: httpx.AsyncClient,
    connection: asyncpg.Connection,
    campaign: Any,
) -> None:
    async def lose_the_switch() -> None:
        for reason in ("SWITCH_LOST", ""):
            await connection.execute("UPDATE campaigns SET state_reason = $1", reason)

    await lose_the_switch()
    await lose_the_switch()
    (event,) = await events(admin, level="error")
    assert event["times"] in (1, 2)  # 1 where the hour has just changed
    assert (await admin.get(f"{V1}/event-log/unseen")).json() == {"error": 1, "warning": 0}
    seen = {"event_ids": [event["event_id"]], "until": event["last_at"]}
    late = {**seen, "until": "2020-01-01T00:00:00Z"}
    assert (await supervisor.post(f"{V1}/event-log/seen", json=late)).json() == {"seen": 0}
    answer = await supervisor.post(f"{V1}/event-log/seen", json=seen)
    assert answer.json() == {"seen": 1}
    (event,) = await events(admin, level="error")
    assert event["seen_by_name"] == "Supervisor A"
    assert await events(admin, level="error", unseen=True) == []
    await lose_the_switch()
    assert len(await events(admin, level="error", unseen=True)) == 1


async def test_filters_pages_and_the_file_show_the_same(
    admin: httpx.AsyncClient, connection: asyncpg.Connection, both: Both, campaign: Any
) -> None:
    await everything(connection, both, campaign)
    whole = await events(admin, limit=500)
    assert [e["last_at"] for e in whole] == sorted((e["last_at"] for e in whole), reverse=True)
    paged: list[Any] = []
    token: str | None = None
    while True:
        query = {"limit": 4} | ({"page_token": token} if token else {})
        answer = (await admin.get(f"{V1}/event-log", params=query)).json()
        paged += answer["items"]
        token = answer["next_page_token"]
        if token is None:
            break
    assert [e["event_id"] for e in paged] == [e["event_id"] for e in whole]
    of_campaign = await events(admin, campaign_id=campaign["campaign_id"], limit=500)
    assert {e["code"] for e in of_campaign} >= {"CAMPAIGN_STARTED", "GUARD_RATE_CAP"}
    assert all(e["campaign_id"] == campaign["campaign_id"] for e in of_campaign)
    of_list = await events(admin, contact_list_id=campaign["contact_list_id"], limit=500)
    assert {"LIST_FILLED", "IMPORT_FAILED"} <= {e["code"] for e in of_list}
    both_levels = await events(admin, level=["error", "warning"], limit=500)
    assert {e["level"] for e in both_levels} == {"error", "warning"}
    words = await events(admin, search="opposition", limit=500)
    assert {e["category"] for e in words} == {"DNC_LIST"}
    assert await events(admin, search="aucun mot comme cela") == []
    assert await events(admin, until="2020-01-01T00:00:00Z") == []
    empty = {"from": "2021-01-01T00:00:00Z", "until": "2020-01-01T00:00:00Z"}
    assert (await admin.get(f"{V1}/event-log", params=empty)).status_code == 422
    file = (await admin.get(f"{V1}/event-log/export.csv", params={"level": "error"})).text
    assert len(file.strip().splitlines()) == 1 + sum(e["level"] == "error" for e in whole)
    assert "Gravité" in file.splitlines()[0]
    assert all(",Erreur," in line for line in file.strip().splitlines()[1:])


async def test_events_and_messages_are_forgotten_after_their_days(
    application: Application,
    admin: httpx.AsyncClient,
    connection: asyncpg.Connection,
    both: Both,
    campaign: Any,
) -> None:
    body = {"url": "https://hooks.example.com/x", "kinds": sorted(KINDS)}
    await made(admin, "/webhooks", body)
    await everything(connection, both, campaign)
    application.clock.advance(days=13)
    await application.services.upkeep.forget_expired()
    assert await connection.fetchval("SELECT count(*) FROM webhook_deliveries") > 0
    application.clock.advance(days=2)
    await application.services.upkeep.forget_expired()
    assert await connection.fetchval("SELECT count(*) FROM webhook_messages") == 0
    assert await connection.fetchval("SELECT count(*) FROM webhook_deliveries") == 0
    assert await connection.fetchval("SELECT count(*) FROM event_log") > 0
    application.clock.advance(days=timedelta(days=90).days)
    await application.services.upkeep.forget_expired()
    assert await connection.fetchval("SELECT count(*) FROM event_log") == 0


async def test_a_limit_that_somebody_meets_is_told(admin: httpx.AsyncClient) -> None:
    body = {"url": "https://hooks.example.com/x", "kinds": ["event.error"]}
    for _ in range(20):
        await made(admin, "/webhooks", body)
    refused = await admin.post(f"{V1}/webhooks", json=body)
    assert refused.json()["error"]["code"] == "TOO_MANY_WEBHOOKS"
    (event,) = await events(admin, category="ENTITY_LIMIT")
    assert event["params"] == {"reason": "TOO_MANY_WEBHOOKS"}
