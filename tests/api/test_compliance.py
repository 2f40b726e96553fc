"""Law, consent and guard over HTTP."""

from __future__ import annotations

import asyncio
from datetime import UTC, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.postgres.floor_claims import guard
from world import Application, Both, SteppedClock

NUMBER = "+2290161000001"
PROOF = {"how": "paper", "proof": "Form 7"}


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


async def change(client: httpx.AsyncClient, status: int = 200, **values: Any) -> Any:
    """Change the organisation's settings."""
    version = (await client.get(f"{V1}/compliance")).json()["version"]
    answer = await client.patch(f"{V1}/compliance", json={"version": version, **values})
    assert answer.status_code == status, answer.text
    return answer.json()


def fields(answer: Any) -> dict[str, str]:
    """Field → code of what was refused."""
    return {one["field"]: one["code"] for one in answer["error"]["details"]["fields"]}


async def test_presets_tell_each_value_with_source_and_date(admin: httpx.AsyncClient) -> None:
    items = (await admin.get(f"{V1}/compliance/presets")).json()["items"]
    assert [one["preset_id"] for one in items] == ["none", "BJ", "FR", "GB", "US"]
    france = {one["name"]: one for one in items[2]["values"]}
    assert france["frequency_calls"]["value"] == 4
    assert "D. 223-9" in france["frequency_calls"]["source"]
    assert france["frequency_calls"]["read"] == "2026-11-26"


async def test_a_campaign_may_only_be_stricter_than_its_preset(
    admin: httpx.AsyncClient, both: Both
) -> None:
    contacts = await make_list(admin, [NUMBER])
    lax = campaign_body(
        both,
        contacts["contact_list_id"],
        compliance_preset="GB",
        abandon_target=0.05,
        abandon_window="30_days",
        no_answer_timeout_seconds=10,
    )
    answer = await admin.post(f"{V1}/campaigns", json=lax)
    assert answer.status_code == 422
    assert fields(answer.json()) == {
        "abandon_target": "LAW_ABANDON_TARGET",
        "abandon_window": "LAW_ABANDON_WINDOW",
        "no_answer_timeout_seconds": "LAW_RING_SECONDS",
    }
    french = await admin.post(f"{V1}/campaigns", json=lax, headers={"Accept-Language": "fr"})
    assert "au plus 3 %" in french.text
    strict = {**lax, "abandon_target": 0.02, "abandon_window": "day"}
    made_campaign = await made(admin, "/campaigns", {**strict, "no_answer_timeout_seconds": 20})
    assert made_campaign["compliance_preset"] == "GB"


async def test_unknown_choices_are_named(admin: httpx.AsyncClient, both: Both) -> None:
    contacts = await make_list(admin, [NUMBER])
    body = campaign_body(
        both,
        contacts["contact_list_id"],
        compliance_preset="XX",
        consent_purpose="Prospection !",
        sector="shoes",
    )
    answer = await admin.post(f"{V1}/campaigns", json=body)
    assert fields(answer.json()) == {
        "compliance_preset": "PRESET_UNKNOWN",
        "consent_purpose": "CONSENT_PURPOSE",
        "sector": "SECTOR_UNKNOWN",
    }


async def test_a_banned_sector_and_a_foreign_caller_id_are_refused_in_france(
    admin: httpx.AsyncClient, both: Both
) -> None:
    contacts = await make_list(admin, [NUMBER])
    body = campaign_body(
        both,
        contacts["contact_list_id"],
        compliance_preset="FR",
        sector="energy_renovation",
    )
    answer = await admin.post(f"{V1}/campaigns", json=body)
    assert fields(answer.json()) == {
        "sector": "LAW_SECTOR",
        "caller_id": "LAW_CALLER_ID_PREFIX",
    }


async def test_a_preset_is_refused_while_a_campaign_that_runs_would_break_it(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    contacts = await make_list(admin, [NUMBER])
    body = campaign_body(both, contacts["contact_list_id"], abandon_window="30_days")
    campaign = await made(admin, "/campaigns", body)
    path = f"{V1}/campaigns/{campaign['campaign_id']}"
    assert (await admin.post(f"{path}/start")).status_code == 200
    answer = await change(admin, 409, preset="GB")
    assert answer["error"]["code"] == "PRESET_TOO_STRICT"
    assert answer["error"]["details"]["campaigns"] == "Relance"
    await scripted.sql("UPDATE campaigns SET state = 'paused'")
    assert (await change(admin, preset="GB"))["preset"] == "GB"
    assert (await admin.get(f"{V1}/compliance/preset")).json() == {"preset": "GB"}
    refused = await admin.post(f"{path}/start")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "CAMPAIGN_NOT_LAWFUL")
    assert fields(refused.json())["abandon_window"] == "LAW_ABANDON_WINDOW"


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"preset": "XX"}, "preset", "PRESET_UNKNOWN"),
        ({"countries": []}, "countries", "COUNTRIES_NEEDED"),
        ({"countries": ["BJ", "QQ"]}, "countries.1", "COUNTRY_CODE"),
        ({"number_kinds": ["fax"]}, "number_kinds.0", "NUMBER_KIND"),
        ({"denied_prefixes": ["0044"]}, "denied_prefixes.0", "PREFIX"),
        ({"caps": [{"per": "day", "most": 0}]}, "caps.0.most", "CAP_MOST"),
        ({"caps": [{"per": "day", "most": 9}] * 2}, "caps.1", "CAP_TWICE"),
        ({"caps": [{"country": "QQ", "per": "day", "most": 9}]}, "caps.0.country", "COUNTRY_CODE"),
        ({"spend_per_day": 100}, "tariffs", "TARIFF_NEEDED"),
        ({"tariffs": {"33": 5}}, "tariffs.33", "PREFIX"),
        ({"tariffs": {"+33": 0.00001}}, "tariffs.+33", "PRICE"),
        ({"reserved_minutes": 0}, "reserved_minutes", "RESERVED_MINUTES"),
    ],
)
async def test_wrong_settings_are_named(
    admin: httpx.AsyncClient, values: dict[str, Any], field: str, code: str
) -> None:
    assert fields(await change(admin, 422, **values)) == {field: code}


async def test_a_cap_begins_with_the_calls_already_made(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, clock: SteppedClock
) -> None:
    contacts = await make_list(admin, [NUMBER])
    campaign = await made(admin, "/campaigns", campaign_body(both, contacts["contact_list_id"]))
    await _attempt(scripted, both, campaign, contacts, clock)
    answer = await change(admin, caps=[{"per": "day", "most": 10}])
    assert answer["caps"] == [{"country": "", "per": "day", "most": 10, "used": 1}]
    stale = await admin.patch(f"{V1}/compliance", json={"version": 0, "preset": "US"})
    assert stale.json()["error"]["code"] == "STALE_VERSION"


async def _attempt(
    scripted: ScriptedFloor, both: Both, campaign: Any, contacts: Any, clock: SteppedClock
) -> UUID:
    attempt_id = uuid4()
    await scripted.sql(
        """
        INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
            number, mode, caller_id, trunk_id, state, result, fencing, dialling_at, closed_at,
            agent_user_id, preset_id, preset_version, because)
        VALUES (:id, current_organisation(), :campaign_id, :contact_id, 1, :number, 'progressive',
            '', :trunk_id, 'closed', 'person', 1, :at, :at, :agent, 'FR', '2026-11-26',
            '["IN_PROGRESS", "PRESET FR 2026-11-26"]')
        """,
        id=attempt_id,
        campaign_id=UUID(campaign["campaign_id"]),
        contact_id=UUID(contacts["made"][0]["contact_id"]),
        number=NUMBER,
        trunk_id=both.a.trunk_id,
        at=clock.now(),
        agent=both.a.user_ids["a.agent"],
    )
    return attempt_id


async def test_consent_is_given_withdrawn_and_voided_by_new_lines(
    admin: httpx.AsyncClient, scripted: ScriptedFloor, clock: SteppedClock
) -> None:
    contacts = await make_list(admin, [NUMBER])
    contact = contacts["made"][0]["contact_id"]
    path = f"/contacts/{contact}/consents"
    given = (await made(admin, path, PROOF))["items"][0]
    assert await _state(admin, contact) == "proven"
    clock.advance(hours=1)
    await made(admin, path, {"kind": "withdrawn", "purpose": "*"})
    assert await _state(admin, contact) == "withdrawn"
    old = {**PROOF, "number": NUMBER, "at": (clock.now() - timedelta(days=1)).isoformat()}
    await made(admin, "/consents", old)
    assert await _state(admin, contact) == "withdrawn", "an older consent undoes no withdrawal"
    clock.advance(hours=1)
    again = (await made(admin, "/consents", {**PROOF, "number": "61000001"}))["items"][0]
    assert await _state(admin, contact) == "proven"
    void = f"/consents/{again['consent_id']}/void"
    await made(admin, void, {"reason": "wrong person"})
    assert await _state(admin, contact) == "withdrawn"
    twice = await admin.post(V1 + void, json={"reason": "wrong person"})
    assert twice.json()["error"]["code"] == "CONSENT_VOID"
    lines = (await admin.get(f"{V1}/consents?search=61000001")).json()["items"]
    assert [line["kind"] for line in lines] == ["void", "given", "given", "withdrawn", "given"]
    assert lines[-1]["consent_id"] == given["consent_id"]
    hints = await scripted.sql(
        "SELECT payload FROM floor_commands WHERE kind = 'consents.changed' ORDER BY command_id"
    )
    assert [row.payload["withdrawn"] for row in hints] == [[], [NUMBER], [], [], [NUMBER]]
    for statement in ("UPDATE consents SET proof = ''", "DELETE FROM consents"):
        with pytest.raises(Exception, match="permission denied"):
            await scripted.sql(statement)


async def _state(client: httpx.AsyncClient, contact_id: str) -> str:
    answer = await client.get(f"{V1}/contacts/{contact_id}/consents")
    (standing,) = answer.json()["standings"]
    return str(standing["state"])


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"proof": ""}, "proof", "CONSENT_PROOF"),
        ({"how": ""}, "how", "CONSENT_PROOF"),
        ({"purpose": "*"}, "purpose", "CONSENT_PURPOSE"),
        ({"channel": "pigeon"}, "channel", "CONSENT_CHANNEL"),
        ({"at": "2999-01-01T00:00:00Z"}, "at", "CONSENT_FUTURE"),
        ({"valid_until": "2000-01-01T00:00:00Z"}, "valid_until", "CONSENT_UNTIL"),
        ({"file_sha256": "abc"}, "file_sha256", "CONSENT_HASH"),
        ({"number": "abc"}, "number", "PHONE_LETTERS"),
    ],
)
async def test_a_line_without_proof_or_sense_is_refused(
    admin: httpx.AsyncClient, values: dict[str, Any], field: str, code: str
) -> None:
    answer = await admin.post(f"{V1}/consents", json={"number": NUMBER, **PROOF, **values})
    assert (answer.status_code, fields(answer.json())) == (422, {field: code})


async def test_a_file_adds_what_is_right_and_tells_row_and_column_of_the_rest(
    admin: httpx.AsyncClient,
) -> None:
    csv = (
        "Téléphone;Date;Preuve;Couleur\r\n"
        "61000001;20/11/2026;Formulaire 1;rouge\r\n"
        "abc;20/11/2026;Formulaire 2;\r\n"
        "61000003;hier;Formulaire 3;\r\n"
        "\r\n"
        "61000004;2026-11-20T10:00:00Z;;\r\n"
    )
    body = {"csv": csv, "how": "paper"}
    report = await made(admin, "/consents/import", body, status=200)
    assert (report["rows"], report["added"], report["known"]) == (4, 1, 0)
    assert report["ignored_columns"] == ["couleur"]
    assert [(one["line"], one["column"], one["code"]) for one in report["rejected"]] == [
        (3, "number", "PHONE_LETTERS"),
        (4, "at", "CONSENT_TIME"),
        (6, "proof", "CONSENT_PROOF"),
    ]
    again = await made(admin, "/consents/import", body, status=200)
    assert (again["added"], again["known"]) == (0, 1)
    refused = await admin.post(f"{V1}/consents/import", json={"csv": "name\nAwa\n"})
    assert refused.json()["error"]["code"] == "CONSENT_COLUMNS"
    assert refused.json()["error"]["details"]["missing"] == "number, at"


async def test_a_contact_finished_for_want_of_consent_is_open_again_once_it_is_given(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor
) -> None:
    contacts = await make_list(admin, [NUMBER])
    campaign = await made(admin, "/campaigns", campaign_body(both, contacts["contact_list_id"]))
    contact_id = UUID(contacts["made"][0]["contact_id"])
    await scripted.sql(
        "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, reason)"
        " VALUES (:campaign, :contact, current_organisation(), 'finished', 'CONSENT_MISSING')",
        campaign=UUID(campaign["campaign_id"]),
        contact=contact_id,
    )
    await made(admin, "/consents", {**PROOF, "number": "+2290161000009"})
    states = await scripted.sql("SELECT state FROM campaign_contacts")
    assert [row.state for row in states] == ["finished"], "another person's consent"
    await made(admin, "/consents", {**PROOF, "number": NUMBER})
    rows = await scripted.sql("SELECT state, reason, next_attempt_at FROM campaign_contacts")
    assert [(row.state, row.reason) for row in rows] == [("open", "")]
    (hint,) = await scripted.sql(
        "SELECT payload FROM floor_commands WHERE kind = 'consents.changed'"
        " ORDER BY command_id DESC LIMIT 1"
    )
    assert hint.payload["reopened"] == {campaign["campaign_id"]: 1}


async def test_an_agent_notes_consent_in_an_own_call_only(
    admin: httpx.AsyncClient,
    agent: httpx.AsyncClient,
    application: Application,
    both: Both,
    scripted: ScriptedFloor,
    clock: SteppedClock,
) -> None:
    contacts = await make_list(admin, [NUMBER])
    campaign = await made(admin, "/campaigns", campaign_body(both, contacts["contact_list_id"]))
    attempt_id = str(await _attempt(scripted, both, campaign, contacts, clock))
    body = {"attempt_id": attempt_id, "kind": "withdrawn", "purpose": "*"}
    (line,) = (await made(agent, "/agent/consents", body))["items"]
    assert (line["source"], line["number"], line["how"], line["reference"]) == (
        "agent",
        NUMBER,
        "call",
        attempt_id,
    )
    other = await application.signed_in("a.agent2")
    assert (await other.post(f"{V1}/agent/consents", json=body)).status_code == 404


async def test_the_proof_of_a_call_names_law_consent_and_message(
    admin: httpx.AsyncClient, both: Both, scripted: ScriptedFloor, clock: SteppedClock
) -> None:
    contacts = await make_list(admin, [NUMBER])
    campaign = await made(admin, "/campaigns", campaign_body(both, contacts["contact_list_id"]))
    attempt_id = await _attempt(scripted, both, campaign, contacts, clock)
    (line,) = (await made(admin, "/consents", {**PROOF, "number": NUMBER}))["items"]
    answer = (await admin.get(f"{V1}/attempts/{attempt_id}/proof")).json()
    assert (answer["preset_id"], answer["preset_version"]) == ("FR", "2026-11-26")
    assert answer["rules"] == ["IN_PROGRESS", "PRESET FR 2026-11-26"]
    assert answer["attempt"]["number"] == NUMBER
    assert answer["organisation"] == "Organisation A"
    assert answer["consent"] is None
    assert line["kind"] == "given"
    audit = (await admin.get(f"{V1}/audit?subject_kind=attempt")).json()["items"]
    assert [entry["action"] for entry in audit] == ["attempt.proof_read"]


async def test_a_cap_holds_when_many_transactions_ask_at_once(
    admin: httpx.AsyncClient, both: Both, engine: AsyncEngine, clock: SteppedClock
) -> None:
    await change(
        admin,
        caps=[{"per": "day", "most": 7}],
        tariffs={"+": 10},
        spend_per_day=1_000,
        reserved_minutes=20,
    )
    attempt_id = uuid4()
    now = clock.now().astimezone(UTC)

    async def one() -> str:
        async with engine.begin() as connection:
            await connection.execute(
                text("SELECT set_config('kwabo.organisation_id', :id, true)"),
                {"id": str(both.a.organisation_id)},
            )
            return (await guard(connection, NUMBER, now, attempt_id)).code

    codes = await asyncio.gather(*(one() for _ in range(30)))
    assert sorted(codes) == ["CALLABLE"] * 5 + ["SPEND_CAP"] * 25
    answer = (await admin.get(f"{V1}/compliance")).json()
    assert answer["caps"][0]["used"] == 5
    assert answer["spending"][0] == {"per": "day", "most": 1000.0, "spent": 1000.0}
    await change(admin, spend_per_day=None, spend_per_month=None)
    codes = await asyncio.gather(*(one() for _ in range(30)))
    assert sorted(codes) == ["CALLABLE"] * 2 + ["RATE_CAP"] * 28
