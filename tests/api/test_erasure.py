"""Erasure of one person: nothing of them is left anywhere, counts stay, holds and calls refuse it.

A word and a number are planted wherever a person's text can be; afterwards all texts of all tables
are read. A new table belongs into `PLANTED` (with a row in `erasure_plants.py` and a step in
`erasure_steps.py`) or into `NOTHING_PERSONAL`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from database import Database, DatabaseServer
from erasure_plants import NUMBER, OTHER_NUMBER, WORD, Plants
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Both

# Tables with settings, codes, ids, counts, or with what is about the organisation's own people.
NOTHING_PERSONAL = frozenset(
    [
        "agent_languages",
        "alerts",
        "awaited_voicemails",
        "agent_skills",
        "agent_presence",
        "api_tokens",
        "attempt_limits",
        "call_hours",
        "call_result_quarters",
        "call_usage",
        "callable_time_sets",
        "campaign_contacts",
        "campaign_rule_sets",
        "campaign_rules",
        "campaign_schedules",
        "campaign_sequences",
        "campaigns",
        "compliance_settings",
        "contact_list_columns",
        "contact_list_filters",
        "contact_lists",
        "contact_looks",
        "data_actions",
        "dnc_lists",
        "dnc_providers",
        "emergencies",
        "erasures",
        "floors",
        "flow_versions",
        "flows",
        "import_schedule_files",
        "import_schedule_runs",
        "import_schedules",
        "import_templates",
        "inbound_numbers",
        "incident_settings",
        "incidents",
        "list_health",
        "login_failures",
        "organisations",
        "prompt_variants",
        "queue_stays",
        "queue_terms",
        "skills",
        "organisation_languages",
        "pause_reasons",
        "prompt_settings",
        "prompts",
        "queue_members",
        "queues",
        "recording_session_prompts",
        "recording_sessions",
        "recycle_plans",
        "response_sets",
        "retention_runs",
        "retention_settings",
        "rule_sets",
        "schema_version",
        "schedule_groups",
        "script_versions",
        "scripts",
        "sessions",
        "tallies",
        "timetable_firings",
        "trunks",
        "unneeded_recordings",
        "users",
        "webhooks",
        "what_ifs",
        "wrap_up_codes",
        "wrap_up_mappings",
        "wrap_ups_owed",
    ]
)
PLANTED = frozenset(
    [
        "attempts",
        "audit_log",
        "call_charges",
        "callbacks",
        "campaign_order",
        "column_changes",
        "consents",
        "contacts",
        "data_checks",
        "data_deliveries",
        "dnc_checks",
        "dnc_entries",
        "dnc_replacements",
        "early_media_recordings",
        "event_log",
        "events",
        "floor_commands",
        "flow_recordings",
        "idempotency_keys",
        "import_rejections",
        "imports",
        "incident_notices",
        "legal_holds",
        "person_addresses",
        "person_merges",
        "persons_apart",
        "rule_firings",
        "sandbox_messages",
        "script_answers",
        "voicemails",
        "wanted_messages",
        "webhook_deliveries",
        "webhook_messages",
        "wrap_ups",
    ]
)
# Of these, tables whose rows lead to a person or to a file of one, without saying anything.
BY_ID_ALONE = frozenset({"persons_apart", "imports", "early_media_recordings", "flow_recordings"})
COLUMNS = """
    SELECT c.relname AS name, a.attname AS attribute, format_type(a.atttypid, NULL) AS kind
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT a.attisdropped
"""
TEXTS = ("text", "text[]", "jsonb", "bytea", "character varying")


@pytest.fixture
async def owner(
    database: Database, database_server: DatabaseServer
) -> AsyncIterator[asyncpg.Connection]:
    async with database_server.superuser(database.name) as connection:
        yield connection


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    return ScriptedFloor.on(floor, engine, both)


async def left_of(owner: asyncpg.Connection, *words: str) -> list[str]:
    """Where a word stands, in the text of whatever column of whatever table."""
    found = []
    for one in await owner.fetch(COLUMNS):
        if one["kind"] not in TEXTS:
            continue
        name = f'"{one["attribute"]}"'
        told = f"encode({name}, 'escape')" if one["kind"] == "bytea" else f"{name}::text"
        for word in words:
            rows = await owner.fetchval(
                f'SELECT count(*) FROM "{one["name"]}" WHERE strpos(lower({told}), $1) > 0',
                word.lower(),
            )
            found += [f"{one['name']}.{one['attribute']}: {word}"] * bool(rows)
    return found


async def person_of(client: httpx.AsyncClient, contact_id: str) -> str:
    answer = await client.get(f"{V1}/contacts/{contact_id}/persons")
    return str(answer.json()["items"][0]["person_id"])


def body_of(**values: Any) -> dict[str, Any]:
    return {"reason": "Letter of 3 May", "number_ending": NUMBER[-4:]} | values


async def test_every_table_is_known(owner: asyncpg.Connection) -> None:
    tables = {one["name"] for one in await owner.fetch(COLUMNS)}
    assert tables == NOTHING_PERSONAL | PLANTED, (
        "Say of each new table what an erasure takes out of it: see the top of this file."
    )


@pytest.mark.untallied
async def test_nothing_is_left_and_counts_stay(
    admin: httpx.AsyncClient,
    both: Both,
    owner: asyncpg.Connection,
    tmp_path: Path,
) -> None:
    plants = await Plants.make(admin, both, owner, tmp_path)
    planted = {one.split(".")[0] for one in await left_of(owner, WORD, NUMBER[-8:])}
    assert planted == PLANTED - BY_ID_ALONE
    before = await plants.counts()
    person = await person_of(admin, plants.contact_id)
    path = f"{V1}/persons/{person}/erasure"

    preview = await admin.get(path)
    assert preview.status_code == 200, preview.text
    assert await plants.counts() == before
    assert planted == {one.split(".")[0] for one in await left_of(owner, WORD, NUMBER[-8:])}
    told = preview.json()
    assert told["numbers"] == [NUMBER]
    assert told["objected"] is True
    assert told["files"] == 3
    assert set(told["counts"]) == PLANTED

    done = await admin.post(path, json=body_of())
    assert done.status_code == 201, done.text
    assert await left_of(owner, WORD, NUMBER[-8:]) == []
    assert done.json()["counts"] == told["counts"]
    assert await plants.counts() == before
    assert [one.exists() for one in plants.files] == [False, False, False]
    assert plants.others_file.exists()
    # The other person is as before.
    assert await left_of(owner, OTHER_NUMBER)
    await plants.others_are_whole()
    assert (await admin.get(path)).status_code == 404

    entry = (await admin.get(f"{V1}/audit", params={"limit": 1})).json()["items"][0]
    assert entry["action"] == "person.erased"
    receipt = await admin.get(f"{V1}/erasures/{done.json()['erasure_id']}/receipt")
    assert "attachment" in receipt.headers["content-disposition"]
    document = receipt.json()
    digest = document.pop("sha256")
    plain = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(plain.encode()).hexdigest() == digest == entry["details"]["digest"]
    assert document["erased"]["contacts"] == 2
    items = (await admin.get(f"{V1}/erasures")).json()["items"]
    assert [one["erasure_id"] for one in items] == [done.json()["erasure_id"]]


async def test_the_number_stays_on_a_list_when_the_person_objected(
    admin: httpx.AsyncClient, both: Both, owner: asyncpg.Connection
) -> None:
    contact = (await make_list(admin, [NUMBER]))["made"][0]["contact_id"]
    path = f"{V1}/persons/{await person_of(admin, contact)}/erasure"
    before = (await admin.get(path)).json()
    assert (before["objected"], before["dnc_list"]) == (False, None)
    refused = await admin.post(path, json=body_of(keep_do_not_call=True))
    assert refused.json()["error"]["code"] == "ERASURE_DNC_LIST"
    listed = await made(admin, "/dnc-lists", {"name": "Oppositions", "organisation_wide": True})
    assert (await admin.get(path)).json()["dnc_list"] == "Oppositions"
    assert (await admin.post(path, json=body_of(keep_do_not_call=True))).status_code == 201
    assert await left_of(owner, NUMBER) == ["dnc_entries.value: " + NUMBER]
    rows = await owner.fetch("SELECT dnc_list_id, reason FROM dnc_entries WHERE value = $1", NUMBER)
    assert [(str(row["dnc_list_id"]), row["reason"]) for row in rows] == [
        (listed["dnc_list_id"], "ERASED")
    ]


async def test_what_stands_against_it(
    admin: httpx.AsyncClient,
    supervisor: httpx.AsyncClient,
    other_admin: httpx.AsyncClient,
    both: Both,
    scripted: ScriptedFloor,
) -> None:
    contacts = await make_list(admin, [NUMBER])
    contact = contacts["made"][0]["contact_id"]
    path = f"{V1}/persons/{await person_of(admin, contact)}/erasure"
    assert (await supervisor.get(path)).status_code == 403
    assert (await supervisor.post(path, json=body_of())).status_code == 403
    assert (await other_admin.post(path, json=body_of())).status_code == 404

    async def code_of(**values: Any) -> str:
        answer = await admin.post(path, json=body_of(**values))
        assert answer.status_code in (409, 422), answer.text
        return str(answer.json()["error"]["code"])

    assert await code_of(reason=" ") == "ERASURE_REASON"
    assert await code_of(reason="He of 97 42 42 42 asked") == "ERASURE_REASON_NUMBER"
    assert await code_of(number_ending="0000") == "ERASURE_CONFIRMATION"
    assert await code_of(number_ending="") == "ERASURE_CONFIRMATION"

    for number in (NUMBER, None):
        hold = await made(admin, "/legal-holds", {"number": number, "reason": "A court asked"})
        assert await code_of() == "ERASURE_HELD"
        assert (await admin.get(path)).json()["hold"] == "A court asked"
        end = f"{V1}/legal-holds/{hold['legal_hold_id']}/end"
        assert (await admin.post(end, json={"reason": "Closed"})).status_code == 200

    campaign = await made(admin, "/campaigns", campaign_body(both, contacts["contact_list_id"]))
    await scripted.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, caller_id, mode, trunk_id, state, fencing) VALUES"
        " (gen_random_uuid(), current_organisation(), :campaign_id, :contact_id, 1, :number, '',"
        " 'progressive', :trunk_id, 'ringing', 1)",
        campaign_id=campaign["campaign_id"],
        contact_id=contact,
        number=NUMBER,
        trunk_id=both.a.trunk_id,
    )
    assert (await admin.get(path)).json()["in_call"] is True
    assert await code_of() == "PERSON_IN_CALL"
    await scripted.sql("UPDATE attempts SET state = 'closed', result = 'busy'")
    assert (await admin.post(path, json=body_of())).status_code == 201


async def test_a_contact_without_a_number_is_a_person_too(
    admin: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    made_list = await make_list(admin, [])
    contact_id = str(uuid4())
    await owner.execute(
        "INSERT INTO contacts (contact_id, organisation_id, contact_list_id, data, created_at,"
        " updated_at) SELECT $1, organisation_id, contact_list_id, $2, now(), now()"
        " FROM contact_lists WHERE contact_list_id = $3",
        contact_id,
        json.dumps({"nom": WORD}),
        made_list["contact_list_id"],
    )
    contact = {"contact_id": contact_id}
    path = f"{V1}/persons/{contact['contact_id']}/erasure"
    assert (await admin.post(path, json=body_of(number_ending=""))).status_code == 201
    assert await left_of(owner, WORD) == []
    shell = (await admin.get(f"{V1}/contacts/{contact['contact_id']}")).json()
    assert (shell["callable"], shell["uncallable_reason"]) == (False, "ERASED")


async def test_what_is_append_only_stays_so_for_the_program(
    admin: httpx.AsyncClient, scripted: ScriptedFloor
) -> None:
    contact = (await make_list(admin, [NUMBER]))["made"][0]["contact_id"]
    with pytest.raises(Exception, match="may not be erased"):
        await scripted.sql(
            "SELECT * FROM erase_kept(ARRAY[CAST(:contact AS uuid)], '{}', '{}', '{}',"
            " '{}', now(), '{}', '{}', '{}', '{}')",
            contact=contact,
        )
