"""Prompts, response sets and call results through the API."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import numpy as np
import pytest

from audio_files import a_law, as_wav, mu_law, tone_wav, tones, wav_of_code
from campaign_world import campaign_body, make_list
from database import Database, DatabaseServer
from kwabo.adapters.prompt_files import convert
from kwabo.domain.call_analysis.response_set import ALLOWED
from world import Application, Both

PROMPTS = "/api/v1/prompts"
SETS = "/api/v1/response-sets"
RESULTS = "/api/v1/call-results"


@pytest.fixture
async def admin(application: Application) -> httpx.AsyncClient:
    return await application.signed_in("a.admin")


async def uploaded(
    client: httpx.AsyncClient, audio: bytes, name: str = "Message"
) -> httpx.Response:
    return await client.post(
        PROMPTS, data={"name": name}, files={"file": ("message.wav", audio, "audio/wav")}
    )


async def prompt(client: httpx.AsyncClient, name: str = "Message") -> str:
    answer = await uploaded(client, tone_wav(seconds=1.5), name)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["prompt_id"])


async def test_a_prompt_is_converted_listened_to_renamed_and_deleted(
    admin: httpx.AsyncClient,
) -> None:
    studio = as_wav(tones((600, 1.5), rate=44100), 44100, channels=2, width=4)
    answer = await uploaded(admin, studio)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["seconds"] == pytest.approx(1.5, abs=0.05)
    assert made["bytes"] == pytest.approx(1.5 * 16000, abs=1000)
    sound = await admin.get(f"{PROMPTS}/{made['prompt_id']}/audio")
    assert sound.headers["content-type"] == "audio/wav"
    assert sound.content[:4] == b"RIFF"
    assert int.from_bytes(sound.content[24:28], "little") == 8000
    renamed = await admin.patch(f"{PROMPTS}/{made['prompt_id']}", json={"name": "Rappel"})
    assert renamed.json()["name"] == "Rappel"
    assert [one["name"] for one in (await admin.get(PROMPTS)).json()["items"]] == ["Rappel"]
    assert (await admin.delete(f"{PROMPTS}/{made['prompt_id']}")).status_code == 204
    assert (await admin.get(f"{PROMPTS}/{made['prompt_id']}/audio")).status_code == 404


@pytest.mark.parametrize(
    ("audio", "code"),
    [
        (b"this is a text", "AUDIO_UNREADABLE"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "AUDIO_UNREADABLE"),
        (wav_of_code(0x31, b"\xd2" * 3300, 1), "AUDIO_UNREADABLE"),  # no GSM, though it says so
        (wav_of_code(0x83, b"\x01" * 3300, 1), "AUDIO_CODEC"),
        (mu_law(tones((600, 1.0))), "AUDIO_UNREADABLE"),  # raw, without a header
        (b"\xd5" * 8000, "AUDIO_UNREADABLE"),  # raw A-law that begins with silence
        (b"\xff" * 8000, "AUDIO_UNREADABLE"),  # raw mu-law likewise, which looks like MP3
        (as_wav(tones((0, 2.0))), "AUDIO_SILENT"),
        (tone_wav(seconds=0.05), "AUDIO_TOO_SHORT"),
        (tone_wav(seconds=121), "AUDIO_TOO_LONG"),
    ],
)
async def test_what_cannot_be_played_is_refused(
    admin: httpx.AsyncClient, audio: bytes, code: str
) -> None:
    answer = await uploaded(admin, audio)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["field"] == "file"
    assert (await admin.get(PROMPTS)).json()["total"] == 0


@pytest.mark.parametrize(("code", "law"), [(6, a_law), (7, mu_law)])
def test_telephone_recordings_are_read_as_they_sound(code: int, law: Any) -> None:
    said = tones((0, 0.3), (600, 1.0), (1500, 0.7))
    sound = convert(wav_of_code(code, law(said), 1), 60)
    assert sound.seconds == pytest.approx(2.0, abs=0.01)
    heard = np.frombuffer(sound.wav[44:], dtype="<i2")
    assert np.corrcoef(heard, said)[0, 1] > 0.999


async def test_a_response_set_is_made_used_and_kept_while_used(
    admin: httpx.AsyncClient, both: Both
) -> None:
    prompt_id = await prompt(admin)
    reactions = {
        "callable_machine": {"type": "play_file", "prompt_id": prompt_id, "after_greeting": True},
        "callable_busy": {"type": "retry", "retry_seconds": 600},
        "uncallable_notfound": {"type": "number_uncallable"},
    }
    body = {"name": "Messages", "beep_detection": True, "reactions": reactions}
    made = (await admin.post(SETS, json=body)).json()
    assert made["reactions"] == reactions
    assert (made["live_person_detection"], made["fax_detection"]) == ("medium", True)
    listed = await make_list(admin, ["0161000001"])
    response_set_id = made["response_set_id"]
    campaign = campaign_body(both, listed["contact_list_id"], response_set_id=response_set_id)
    kept = await admin.post("/api/v1/campaigns", json=campaign)
    assert kept.json()["response_set_id"] == made["response_set_id"], kept.text
    used = await admin.delete(f"{SETS}/{made['response_set_id']}")
    assert used.json()["error"]["code"] == "RESPONSE_SET_IN_USE"
    played = await admin.delete(f"{PROMPTS}/{prompt_id}")
    assert played.json()["error"]["code"] == "PROMPT_IN_USE"
    stale = {"version": 9, "reactions": {}}
    assert (await admin.patch(f"{SETS}/{made['response_set_id']}", json=stale)).status_code == 409
    patch = {"version": made["version"], "reactions": {}}
    changed = (await admin.patch(f"{SETS}/{made['response_set_id']}", json=patch)).json()
    assert changed["reactions"] == {}
    assert changed["beep_detection"] is True
    assert (await admin.delete(f"{PROMPTS}/{prompt_id}")).status_code == 204
    freed = {"version": kept.json()["version"], "response_set_id": None}
    campaign_id = kept.json()["campaign_id"]
    assert (await admin.patch(f"/api/v1/campaigns/{campaign_id}", json=freed)).status_code == 200
    assert (await admin.delete(f"{SETS}/{made['response_set_id']}")).status_code == 204


@pytest.mark.parametrize(
    ("reactions", "field", "code"),
    [
        ({"callable_machine": {"type": "flow"}}, "callable_machine.flow_id", "RESPONSE_FLOW"),
        (
            {"callable_busy": {"type": "play_file"}},
            "callable_busy.type",
            "RESPONSE_NOT_ANSWERED",
        ),
        ({"callable_person": {"type": "hang_up"}}, "callable_person.type", "RESPONSE_PERSON"),
        ({"callable_fax": {"type": "retry"}}, "callable_fax.type", "RESPONSE_REACTION"),
        ({"nobody": {"type": "hang_up"}}, "nobody", "RESPONSE_RESULT"),
        (
            {"callable_machine": {"type": "play_file", "prompt_id": str(uuid4())}},
            "callable_machine.prompt_id",
            "RESPONSE_PROMPT",
        ),
        (
            {"callable_machine": {"type": "queue", "queue_id": str(uuid4())}},
            "callable_machine.queue_id",
            "RESPONSE_QUEUE",
        ),
        (
            {"callable_busy": {"type": "retry", "retry_seconds": 5}},
            "callable_busy.retry_seconds",
            "RESPONSE_RETRY",
        ),
        (
            {"callable_busy": {"type": "hang_up", "queue_id": None}},
            "callable_busy.queue_id",
            "RESPONSE_FIELD",
        ),
    ],
)
async def test_every_mistake_in_a_response_set_is_named(
    admin: httpx.AsyncClient, reactions: dict[str, Any], field: str, code: str
) -> None:
    answer = await admin.post(SETS, json={"name": "Wrong", "reactions": reactions})
    assert answer.status_code == 422
    error = answer.json()["error"]
    told = [(one["field"], one["code"]) for one in error["details"]["fields"]]
    assert told == [(f"reactions.{field}", code)]


async def test_what_is_possible_is_told(admin: httpx.AsyncClient) -> None:
    items = (await admin.get(f"{SETS}/possible")).json()["items"]
    assert {one["result"]: tuple(one["reactions"]) for one in items} == {
        str(result): tuple(map(str, allowed)) for result, allowed in ALLOWED.items()
    }


async def test_a_trunks_table_is_checked_and_kept(admin: httpx.AsyncClient) -> None:
    trunk = (await admin.get("/api/v1/trunks")).json()["items"][0]
    path = f"/api/v1/trunks/{trunk['trunk_id']}"
    assert trunk["network_answers"] == []
    line = {"sip_code": 480, "cause": None, "tone": "", "result": "invalid", "announcement": ""}
    kept = await admin.patch(path, json={"network_answers": [line], "early_media_seconds": 10})
    assert kept.json()["network_answers"] == [line], kept.text
    wrong = [{"result": "person", "sip_code": 200}, {"result": "busy"}, line, line]
    answer = await admin.patch(path, json={"network_answers": wrong})
    told = {(one["field"], one["code"]) for one in answer.json()["error"]["details"]["fields"]}
    assert told == {
        ("network_answers.0.sip_code", "NETWORK_ANSWER_SIP_CODE"),
        ("network_answers.0.result", "NETWORK_ANSWER_CHOICE"),
        ("network_answers.1.sip_code", "NETWORK_ANSWER_EMPTY"),
        ("network_answers.3", "NETWORK_ANSWER_TWICE"),
    }
    much = await admin.patch(path, json={"early_media_seconds": 31})
    assert much.json()["error"]["field"] == "early_media_seconds"


# ── Call results ─────────────────────────────────────────────────────────────────────────────────

NOON = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


async def closed_attempt(
    connection: asyncpg.Connection,
    organisation_id: UUID,
    campaign_id: str,
    trunk_id: str,
    *,
    number: str,
    result: str,
    analysis: dict[str, Any] | None = None,
    answered: bool = False,
    connected: bool = False,
    at: datetime = NOON,
) -> UUID:
    """An attempt that the floor has written and then closed."""
    attempt_id = uuid4()
    await connection.execute(
        """INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,
               attempt_number, number, mode, caller_id, trunk_id, state, fencing, dialling_at)
           VALUES ($1, $2, $3, $4, 1, $5, 'power', '+2290121000000', $6, 'dialling', 1, $7)""",
        attempt_id, organisation_id, UUID(campaign_id), uuid4(), number, UUID(trunk_id), at,
    )  # fmt: skip
    rang = at + timedelta(seconds=2)
    picked = at + timedelta(seconds=10) if answered else None
    await connection.execute(
        """UPDATE attempts SET state = 'closed', result = $2, ringing_at = $3, answered_at = $4,
               connected_at = $5, closed_at = $6, number_range = left(number, 8),
               call_analysis = $7
           WHERE attempt_id = $1""",
        attempt_id, result, rang, picked, picked if connected else None,
        at + timedelta(seconds=30), json.dumps(analysis or {}),
    )  # fmt: skip
    return attempt_id


async def test_call_results_are_counted_as_calls_end(
    admin: httpx.AsyncClient,
    application: Application,
    database: Database,
    database_server: DatabaseServer,
) -> None:
    listed = await make_list(admin, ["0161000001"])
    body = campaign_body(application.both, listed["contact_list_id"])
    campaign = (await admin.post("/api/v1/campaigns", json=body)).json()
    organisation_id = application.both.a.organisation_id
    told = (campaign["campaign_id"], campaign["trunk_id"])
    mtn, moov = "+2290197000001", "+2290195000001"
    judged = {"result": "person", "engine": "amd", "seconds": 1.5}
    async with database_server.superuser(database.name) as connection:

        async def add(*, number: str, result: str, **more: Any) -> UUID:
            return await closed_attempt(
                connection, organisation_id, *told, number=number, result=result, **more
            )

        await add(number=mtn, result="no_answer")
        await add(number=mtn, result="sit")
        await add(
            number=mtn,
            result="machine",
            answered=True,
            analysis={"result": "machine", "seconds": 2.5, "message_whole": True},
        )
        spoken = await add(
            number=moov, result="person", answered=True, connected=True, analysis=judged
        )
        later = NOON + timedelta(hours=3)
        await add(number=moov, result="busy", at=later)
        code = await connection.fetchval(
            "SELECT wrap_up_code_id FROM wrap_up_codes WHERE organisation_id = $1"
            " AND 'machine' = ANY (flags)",
            organisation_id,
        )
        assert code is not None
        await connection.execute(
            """INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, wrap_up_code_id,
                                     user_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)""",
            spoken, organisation_id, UUID(told[0]), code, uuid4(), NOON,
        )  # fmt: skip
    period = {"first_day": "2026-11-23", "last_day": "2026-11-23"}
    answer = (await admin.get(RESULTS, params=period)).json()
    assert answer["total"]["attempts"] == 5
    assert [row["number_range"] for row in answer["rows"]] == ["+2290195", "+2290197"]
    row = answer["rows"][0]
    assert row["name"] == "Moov"
    assert (row["persons"], row["connected"], row["busy"]) == (1, 1, 1)
    assert (row["persons_judged"], row["persons_denied"]) == (1, 1)
    row = answer["rows"][1]
    assert (row["attempts"], row["machines"], row["sit"], row["no_answer"]) == (3, 1, 1, 1)
    assert (row["analysed"], row["analysis_seconds"]) == (1, 2.5)
    assert (row["messages_whole"], row["answered"]) == (1, 1)
    hours = (await admin.get(RESULTS, params={**period, "by": "hour"})).json()
    zone = hours["time_zone"]
    assert [(row["hour"], row["attempts"]) for row in hours["rows"]] == [(13, 4), (16, 1)], zone
    for by in ("trunk", "campaign", "weekday_hour", "range_hour", "day"):
        grouped = (await admin.get(RESULTS, params={**period, "by": by})).json()
        assert sum(row["attempts"] for row in grouped["rows"]) == 5, by
    elsewhere = {**period, "campaign_id": str(uuid4())}
    assert (await admin.get(RESULTS, params=elsewhere)).json()["total"]["attempts"] == 0
    other = await application.signed_in("b.admin")
    assert (await other.get(RESULTS, params=period)).json()["total"]["attempts"] == 0
    file = await admin.get(f"{RESULTS}/export", params=period)
    lines = file.text.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("number_range;name;attempts;")
    assert len(lines) == 3
    wrong = {"first_day": "2026-11-23", "last_day": "2026-11-22"}
    assert (await admin.get(RESULTS, params=wrong)).json()["error"]["field"] == "last_day"


@pytest.mark.parametrize(
    ("time_zone", "noon"),
    [
        ("Asia/Kolkata", datetime(2026, 11, 23, 6, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 11, 23, 6, 15, tzinfo=UTC)),
        ("Africa/Porto-Novo", datetime(2026, 11, 23, 11, 0, tzinfo=UTC)),
    ],
)
async def test_hours_and_days_are_those_of_zones_that_differ_by_parts_of_an_hour(
    admin: httpx.AsyncClient,
    application: Application,
    database: Database,
    database_server: DatabaseServer,
    time_zone: str,
    noon: datetime,
) -> None:
    listed = await make_list(admin, ["0161000001"])
    body = campaign_body(application.both, listed["contact_list_id"])
    campaign = (await admin.post("/api/v1/campaigns", json=body)).json()
    organisation_id = application.both.a.organisation_id
    second = timedelta(seconds=1)
    async with database_server.superuser(database.name) as connection:
        await connection.execute(
            "UPDATE organisations SET time_zone = $2 WHERE organisation_id = $1",
            organisation_id, time_zone,
        )  # fmt: skip
        midnight = noon + timedelta(hours=12)
        for at in (noon - second, noon, midnight - second, midnight):
            await closed_attempt(
                connection, organisation_id, campaign["campaign_id"], campaign["trunk_id"],
                number="+2290161000001", result="busy", at=at,
            )  # fmt: skip
    period = {"first_day": "2026-11-23", "last_day": "2026-11-23"}
    hours = (await admin.get(RESULTS, params={**period, "by": "hour"})).json()
    assert [(row["hour"], row["attempts"]) for row in hours["rows"]] == [(11, 1), (12, 1), (23, 1)]
    both = {"first_day": "2026-11-23", "last_day": "2026-11-24", "by": "day"}
    days = (await admin.get(RESULTS, params=both)).json()
    assert [(row["day"], row["attempts"]) for row in days["rows"]] == [
        ("2026-11-23", 3), ("2026-11-24", 1),
    ]  # fmt: skip


# ── In an attempt ────────────────────────────────────────────────────────────────────────────────


async def test_an_attempt_tells_what_was_found_out_while_it_is_kept(
    admin: httpx.AsyncClient,
    application: Application,
    database: Database,
    database_server: DatabaseServer,
) -> None:
    listed = await make_list(admin, ["0161000001"])
    body = campaign_body(application.both, listed["contact_list_id"])
    campaign = (await admin.post("/api/v1/campaigns", json=body)).json()
    organisation_id = application.both.a.organisation_id
    told = (campaign["campaign_id"], campaign["trunk_id"])
    prompt_id = str(uuid4())
    machine = {
        "result": "machine", "engine": "amd", "terms": "medium 2500,1500", "seconds": 2.25,
        "cause": "LONGGREETING-1560-1500", "reaction": "play_file", "prompt_id": prompt_id,
        "message_seconds": 6.0, "message_whole": False,
    }  # fmt: skip
    network = {
        "reaction": "number_uncallable", "early_media": True, "early_seconds": 2.4, "tone": "sit",
        "announcement": "unallocated", "network_answer": 2, "recording": True,
    }  # fmt: skip
    number = "+2290161000001"
    async with database_server.superuser(database.name) as connection:

        async def add(result: str, analysis: dict[str, Any] | None) -> str:
            attempt_id = await closed_attempt(
                connection, organisation_id, *told, number=number, result=result, analysis=analysis
            )
            return str(attempt_id)

        left, said, removed = (
            await add("machine", machine), await add("sit", network), await add("sit", network),
        )  # fmt: skip
        plain = await add("no_answer", None)
        await connection.execute(
            """INSERT INTO early_media_recordings
               VALUES ($1, $2, 'early-media/a.wav', 2.4, $3, $4)""",
            UUID(said), organisation_id, NOON, NOON + timedelta(days=7),
        )  # fmt: skip
    path = f"/api/v1/campaigns/{campaign['campaign_id']}/attempts"
    rows = {one["attempt_id"]: one for one in (await admin.get(path)).json()["items"]}
    unknown = dict.fromkeys([*machine, *network, "queue_id"])
    assert rows[left]["call_analysis"] == {**unknown, **machine, "recording": False}
    assert rows[said]["call_analysis"] == {**unknown, **network}
    assert rows[removed]["call_analysis"] == {**unknown, **network, "recording": False}
    assert rows[plain]["call_analysis"] is None
