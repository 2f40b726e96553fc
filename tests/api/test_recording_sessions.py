"""Prompts recorded by telephone: codes in the office, and what calls do with them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from audio_files import as_wav, found_in, read_wav, sweep, tone_wav
from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import TimeOrderedIds
from kwabo.domain.flows.actions import DropRecording, KeepRecording, NextRecording, OpenRecordings
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.inputs import RecordingTold
from kwabo.domain.speech.recording_codes import MOST_LIVING, TRIES_PER_CALLER
from kwabo.services.telephone_recordings import TelephoneRecordings
from kwabo.services.upkeep import UpkeepService
from world import PROMPT_FILES, SECRET_BOX, Application, Both, SteppedClock

SESSIONS = f"{V1}/recording-sessions"
CALLER = "+2290197001122"


class Line:
    """Calls to the organisation's number, as the engine asks for them."""

    def __init__(
        self, unit_of_work: PostgresUnitOfWork, clock: SteppedClock, organisation_id: UUID
    ) -> None:
        self.recordings = TelephoneRecordings(
            unit_of_work,
            files=PROMPT_FILES,
            secret_box=SECRET_BOX,
            ids=TimeOrderedIds(clock),
            clock=clock,
        )
        self.organisation_id = organisation_id

    async def ask(
        self, attempt_id: UUID, action: Any, caller: str = CALLER
    ) -> RecordingTold | None:
        return await self.recordings.answer(
            self.organisation_id, attempt_id, action, Facts(caller=caller)
        )

    async def open(self, code: str, attempt_id: UUID | None = None, **more: str) -> RecordingTold:
        action = OpenRecordings(question="q", code=code)
        told = await self.ask(attempt_id or uuid4(), action, **more)
        assert told is not None
        return told

    async def keep(
        self, attempt_id: UUID, told: RecordingTold, file: Path, take: str = ""
    ) -> RecordingTold:
        action = KeepRecording(
            question="q",
            session_id=told.session_id,
            position=told.position,
            take=take or f"take-{told.position}",
            media=str(file),
        )
        answer = await self.ask(attempt_id, action)
        assert answer is not None
        return answer


@pytest.fixture
async def admin(application: Application) -> httpx.AsyncClient:
    return await application.signed_in("a.admin")


@pytest.fixture
def line(unit_of_work: PostgresUnitOfWork, clock: SteppedClock, both: Both) -> Line:
    return Line(unit_of_work, clock, both.a.organisation_id)


async def _session(client: httpx.AsyncClient, *keys: str, language: str = "fon") -> dict[str, Any]:
    body = {"language": language, "keys": list(keys)}
    return dict(await made(client, "/recording-sessions", body))


async def _seen(client: httpx.AsyncClient, session: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"{SESSIONS}/{session['recording_session_id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _prompt(client: httpx.AsyncClient, key: str = "bienvenue") -> dict[str, Any]:
    body = {"key": key, "name": f"Message {key}", "description": "Bienvenue chez nous."}
    return dict(await made(client, "/prompts/new", body))


def _file(tmp_path: Path, name: str = "take.wav", low: float = 500.0) -> Path:
    file = tmp_path / name
    file.write_bytes(as_wav(sweep(1.5, low, 3 * low)))
    return file


async def _audit(client: httpx.AsyncClient, session: dict[str, Any]) -> list[dict[str, Any]]:
    params = {"subject_id": session["recording_session_id"]}
    found = await client.get(f"{V1}/audit", params=params)
    return list(reversed(found.json()["items"]))


# ── The code ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_code_is_made_for_prompts_and_fragments_in_their_order(
    admin: httpx.AsyncClient,
) -> None:
    prompt = await _prompt(admin)
    words = {"language": "fon", "medium": "text", "words": "Kwabɔ"}
    await made(admin, f"/prompts/{prompt['prompt_id']}/words", words)
    await _prompt(admin, "merci")
    session = await _session(admin, "number.2", "bienvenue", "merci", "number.2")
    assert len(session["code"]) == 6
    assert session["code"].isdigit()
    assert (session["state"], session["recorded"], session["language"]) == ("waiting", 0, "fon")
    assert [(one["key"], one["fragment"], one["words"]) for one in session["prompts"]] == [
        ("number.2", True, "we"),
        ("bienvenue", False, "Kwabɔ"),
        ("merci", False, "Bienvenue chez nous."),
    ]
    assert await _seen(admin, session) == session
    (listed,) = (await admin.get(SESSIONS)).json()["items"]
    assert listed == session
    assert [one["action"] for one in await _audit(admin, session)] == ["recording_session.made"]
    assert session["code"] not in str(await _audit(admin, session))


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"language": "xx", "keys": ["number.1"]}, "LANGUAGE_UNKNOWN", "language"),
        ({"language": "fon", "keys": []}, "RECORDING_KEYS", "keys"),
        ({"language": "fon", "keys": [f"k{n}" for n in range(501)]}, "RECORDING_KEYS", "keys"),
        ({"language": "fon", "keys": ["number.21"]}, "RECORDING_KEY_UNKNOWN", "keys"),
    ],
)
async def test_what_cannot_be_recorded_is_refused(
    admin: httpx.AsyncClient, body: dict[str, Any], code: str, field: str
) -> None:
    answer = await admin.post(SESSIONS, json=body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, code, field)


async def test_codes_are_few_and_all_different_and_a_cancelled_one_makes_room(
    admin: httpx.AsyncClient, line: Line
) -> None:
    sessions = [await _session(admin, "number.1") for _ in range(MOST_LIVING)]
    assert len({one["code"] for one in sessions}) == MOST_LIVING
    answer = await admin.post(SESSIONS, json={"language": "fon", "keys": ["number.1"]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "RECORDING_CODES_MANY")
    for _ in range(2):
        path = f"{SESSIONS}/{sessions[0]['recording_session_id']}/cancel"
        cancelled = (await admin.post(path)).json()
        assert (cancelled["state"], cancelled["code"]) == ("cancelled", None)
    assert (await line.open(sessions[0]["code"])).failure == "CODE"
    await _session(admin, "number.1")
    actions = [one["action"] for one in await _audit(admin, sessions[0])]
    assert actions == ["recording_session.made", "recording_session.cancelled"]


async def test_codes_made_at_once_are_different(admin: httpx.AsyncClient) -> None:
    made_at_once = await asyncio.gather(*(_session(admin, "number.1") for _ in range(6)))
    assert len({one["code"] for one in made_at_once}) == 6


async def test_a_code_runs_out_after_half_an_hour_and_is_forgotten(
    admin: httpx.AsyncClient,
    line: Line,
    clock: SteppedClock,
    unit_of_work: PostgresUnitOfWork,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
    both: Both,
) -> None:
    session = await _session(admin, "number.1")
    clock.advance(minutes=29)
    assert (await line.open(session["code"])).position == 1
    clock.advance(minutes=2)
    late = await _seen(admin, session)
    assert (late["state"], late["code"]) == ("expired", None)
    assert (await line.open(session["code"])).failure == "CODE"
    scripted = ScriptedFloor.on(floor, engine, both)
    upkeep = UpkeepService(unit_of_work, clock=clock)
    await upkeep.forget_expired()
    (row,) = await scripted.sql('SELECT sealed_code, "end" FROM recording_sessions')
    assert (row.sealed_code, row.end) == (None, "expired")
    clock.advance(days=8)
    await upkeep.forget_expired()
    assert not await scripted.sql("SELECT 1 FROM recording_sessions")
    assert not await scripted.sql("SELECT 1 FROM recording_session_prompts")


async def test_codes_cannot_be_read_in_the_database(
    admin: httpx.AsyncClient, engine: AsyncEngine, floor: MemoryFloorClient, both: Both
) -> None:
    answer = await admin.post(
        SESSIONS,
        json={"language": "fon", "keys": ["number.1"]},
        headers={"Idempotency-Key": "once"},
    )
    code = answer.json()["code"]
    scripted = ScriptedFloor.on(floor, engine, both)
    for table in ("recording_sessions", "audit_log", "idempotency_keys", "event_log"):
        rows = await scripted.sql(f"SELECT t::text AS row FROM {table} t")
        assert code not in str([one.row.replace("-", "") for one in rows if "recording" in one.row])


async def test_whoever_guesses_is_stopped_and_the_right_code_of_others_still_counts(
    admin: httpx.AsyncClient, line: Line, clock: SteppedClock
) -> None:
    session = await _session(admin, "number.1")
    wrong = f"{(int(session['code']) + 1) % 1_000_000:06}"
    for _ in range(TRIES_PER_CALLER):
        assert (await line.open(wrong)).failure == "CODE"
    assert (await line.open(session["code"])).failure == "TOO_MANY_TRIES"
    assert (await line.open(session["code"], caller="+2290197999999")).failure == ""
    clock.advance(minutes=16)
    assert (await line.open(session["code"])).failure == ""


async def test_whoever_changes_the_number_is_stopped_too(
    admin: httpx.AsyncClient, line: Line
) -> None:
    session = await _session(admin, "number.1")
    wrong = f"{(int(session['code']) + 1) % 1_000_000:06}"
    failures = [(await line.open(wrong, caller=f"+22901970000{n:02}")).failure for n in range(61)]
    assert failures.count("CODE") == 60
    assert failures[-1] == "TOO_MANY_TRIES"


async def test_right_codes_do_not_count_as_tries(admin: httpx.AsyncClient, line: Line) -> None:
    session = await _session(admin, "number.1")
    for _ in range(TRIES_PER_CALLER + 3):
        assert (await line.open(session["code"])).failure == ""


@pytest.mark.parametrize("keyed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
async def test_what_is_no_code_opens_nothing(line: Line, keyed: str) -> None:
    assert (await line.open(keyed)).failure == "CODE"


# ── What calls record ────────────────────────────────────────────────────────────────────────────


async def test_what_is_recorded_is_a_draft_that_is_approved_as_every_other(
    admin: httpx.AsyncClient, line: Line, tmp_path: Path
) -> None:
    prompt = await _prompt(admin)
    words = {"language": "fon", "medium": "speech", "words": "Kwabɔ"}
    await made(admin, f"/prompts/{prompt['prompt_id']}/words", words)
    session = await _session(admin, "bienvenue", "number.2")
    attempt_id = uuid4()
    first = await line.open(session["code"], attempt_id)
    assert (first.position, first.of, first.prompt) == (1, 2, "bienvenue")
    assert first.texts == {"fr": "Bienvenue chez nous."}
    file = _file(tmp_path)
    said = read_wav(file)
    second = await line.keep(attempt_id, first, file)
    assert (second.position, second.prompt) == (2, "number.2")
    assert second.texts == {"fon": "we", "fr": "deux", "en": "two"}
    assert not file.exists(), "the take is a draft now"
    seen = await _seen(admin, session)
    assert (seen["recorded"], seen["state"]) == (1, "waiting")  # no such call is known
    variant = seen["prompts"][0]["variant"]
    assert (variant["state"], variant["version"], variant["language"]) == ("draft", 1, "fon")
    assert (variant["words"], variant["file_name"]) == ("Kwabɔ", "telephone.wav")
    assert variant["created_by"] == seen["made_by"]
    audio = await admin.get(f"{V1}/prompt-variants/{variant['variant_id']}/audio")
    heard = tmp_path / "heard.wav"
    heard.write_bytes(audio.content)
    assert found_in(read_wav(heard), said)[0] > 0.9
    over = await line.keep(attempt_id, second, _file(tmp_path, "two.wav", 700.0))
    assert (over.position, over.failure) == (0, "")
    done = await _seen(admin, session)
    assert (done["state"], done["code"], done["recorded"]) == ("done", None, 2)
    assert (await line.open(session["code"])).failure == "CODE"
    for one in done["prompts"]:
        path = f"{V1}/prompt-variants/{one['variant']['variant_id']}"
        await admin.post(f"{path}/submit")
        assert (await admin.post(f"{path}/approve")).json()["state"] == "approved"
    fragments = await admin.get(f"{V1}/prompt-fragments", params={"language": "fon"})
    (two,) = [one for one in fragments.json()["items"] if one["key"] == "number.2"]
    assert [one["state"] for one in two["variants"]] == ["approved"]
    used = (await _audit(admin, session))[-1]
    assert used["action"] == "recording_session.used"
    assert used["details"] == {"number": CALLER, "attempt_id": str(attempt_id)}
    assert used["actor"] is None


async def test_a_take_that_is_told_twice_is_kept_once(
    admin: httpx.AsyncClient, line: Line, tmp_path: Path
) -> None:
    prompt = await _prompt(admin)
    session = await _session(admin, "bienvenue", "number.2")
    attempt_id = uuid4()
    first = await line.open(session["code"], attempt_id)
    one, two = await asyncio.gather(
        line.keep(attempt_id, first, _file(tmp_path)),
        line.keep(attempt_id, first, _file(tmp_path)),
    )
    later = await line.keep(attempt_id, first, tmp_path / "gone.wav", take="take-1")
    assert [answer.position for answer in (one, two, later)] == [2, 2, 2]
    versions = await admin.get(f"{V1}/prompts/{prompt['prompt_id']}/variants")
    assert len(versions.json()["items"]) == 1
    # Another take of the same prompt is its next version.
    await line.keep(attempt_id, first, _file(tmp_path), take="take-9")
    versions = await admin.get(f"{V1}/prompts/{prompt['prompt_id']}/variants")
    assert [one["version"] for one in versions.json()["items"]] == [2, 1]


async def test_a_second_call_goes_on_where_the_first_broke_off_and_takes_over(
    admin: httpx.AsyncClient, line: Line, tmp_path: Path
) -> None:
    session = await _session(admin, "number.1", "number.2", "number.3")
    broken, again = uuid4(), uuid4()
    first = await line.open(session["code"], broken)
    skipped = await line.ask(
        broken, NextRecording(question="q", session_id=first.session_id, after=1)
    )
    assert skipped is not None
    assert skipped.position == 2
    await line.keep(broken, skipped, _file(tmp_path))
    told = await line.open(session["code"], again)
    assert told.position == 1, "what was gone over is asked for again"
    third = await line.keep(again, told, _file(tmp_path))
    assert third.position == 3
    late = await line.keep(broken, third, _file(tmp_path))
    assert (late.failure, late.position) == ("RECORDING_OVER", 0)
    assert (await _seen(admin, session))["recorded"] == 2


async def test_a_cancelled_code_keeps_nothing_more_and_one_that_ran_out_lets_its_call_go_on(
    admin: httpx.AsyncClient, line: Line, tmp_path: Path, clock: SteppedClock
) -> None:
    session = await _session(admin, "number.1", "number.2")
    attempt_id = uuid4()
    told = await line.open(session["code"], attempt_id)
    clock.advance(minutes=45)
    told = await line.keep(attempt_id, told, _file(tmp_path))
    assert told.position == 2
    await admin.post(f"{SESSIONS}/{session['recording_session_id']}/cancel")
    assert (await line.keep(attempt_id, told, _file(tmp_path))).failure == "RECORDING_OVER"
    seen = await _seen(admin, session)
    assert (seen["state"], seen["recorded"]) == ("cancelled", 1)


async def test_a_take_without_a_voice_is_not_kept(
    admin: httpx.AsyncClient, line: Line, tmp_path: Path
) -> None:
    session = await _session(admin, "number.1")
    attempt_id = uuid4()
    told = await line.open(session["code"], attempt_id)
    silent = tmp_path / "silent.wav"
    silent.write_bytes(as_wav(0 * sweep(1.0, 500, 900)))
    assert (await line.keep(attempt_id, told, silent)).failure == "AUDIO_SILENT"
    short = tmp_path / "short.wav"
    short.write_bytes(tone_wav(seconds=0.1))
    assert (await line.keep(attempt_id, told, short)).failure == "AUDIO_TOO_SHORT"
    assert silent.exists(), "the flow drops it"
    assert await line.ask(attempt_id, DropRecording(media=str(silent))) is None
    assert not silent.exists()
    assert (await _seen(admin, session))["recorded"] == 0


async def test_a_prompt_that_was_deleted_meanwhile_is_told(
    admin: httpx.AsyncClient, line: Line, tmp_path: Path
) -> None:
    prompt = await _prompt(admin)
    session = await _session(admin, "bienvenue")
    attempt_id = uuid4()
    told = await line.open(session["code"], attempt_id)
    await admin.delete(f"{V1}/prompts/{prompt['prompt_id']}")
    before = set(PROMPT_FILES._folder.iterdir()) if PROMPT_FILES._folder.exists() else set()
    assert (await line.keep(attempt_id, told, _file(tmp_path))).failure == "NOT_FOUND"
    assert set(PROMPT_FILES._folder.iterdir()) == before, "no file is left behind"


async def test_a_draft_that_was_thrown_away_stays_recorded_in_the_list(
    admin: httpx.AsyncClient, line: Line, tmp_path: Path
) -> None:
    session = await _session(admin, "number.1", "number.2")
    attempt_id = uuid4()
    told = await line.open(session["code"], attempt_id)
    await line.keep(attempt_id, told, _file(tmp_path))
    variant = (await _seen(admin, session))["prompts"][0]["variant"]
    assert (await admin.delete(f"{V1}/prompt-variants/{variant['variant_id']}")).status_code == 204
    first = (await _seen(admin, session))["prompts"][0]
    assert (first["recorded"], first["variant"]) == (True, None)


async def test_a_call_under_way_is_seen(
    admin: httpx.AsyncClient,
    line: Line,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
    both: Both,
    clock: SteppedClock,
) -> None:
    scripted = ScriptedFloor.on(floor, engine, both)
    contact_list = await make_list(admin, ["0161000001"])
    body = campaign_body(both, contact_list["contact_list_id"], mode="inbound")
    campaign = await made(admin, "/campaigns", body)
    attempt_id = uuid4()
    await scripted.sql(
        "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
        " attempt_number, number, mode, caller_id, trunk_id, state, fencing, called_number,"
        " arrived_at, answered_at) VALUES (:attempt_id, current_organisation(), :campaign_id,"
        " :contact_id, 1, :number, 'inbound', '', :trunk_id, 'answered', 1, '', :now, :now)",
        attempt_id=attempt_id,
        campaign_id=UUID(campaign["campaign_id"]),
        contact_id=UUID(contact_list["made"][0]["contact_id"]),
        number=CALLER,
        trunk_id=both.a.trunk_id,
        now=clock.now(),
    )
    session = await _session(admin, "number.1")
    await line.open(session["code"], attempt_id)
    assert (await _seen(admin, session))["state"] == "calling"
    await scripted.sql("UPDATE attempts SET state = 'closed', result = 'person', closed_at = now()")
    seen = await _seen(admin, session)
    assert seen["state"] == "waiting"
    assert seen["called_at"] is not None


# ── Numbers, rights, other organisations ─────────────────────────────────────────────────────────


async def test_the_numbers_are_those_whose_flow_records_itself_or_by_another(
    admin: httpx.AsyncClient, both: Both
) -> None:
    contact_list = await make_list(admin, [])
    body = campaign_body(both, contact_list["contact_list_id"], mode="inbound")
    campaign = await made(admin, "/campaigns", body)
    node = {
        "id": "rec",
        "type": "record_prompts",
        "ways": {"done": "end", "refused": "end"},
    }
    end = {"id": "end", "type": "hang_up"}

    async def flow(name: str, *nodes: dict[str, Any]) -> str:
        draft = {"languages": ["fr"], "start": nodes[0]["id"], "nodes": [*nodes, end]}
        kept = await made(admin, "/flows", {"name": name, "draft": draft})
        path = f"{V1}/flows/{kept['flow_id']}/publish"
        answer = await admin.post(path, json={"version": kept["version"]})
        assert answer.status_code == 200, answer.text
        return str(kept["flow_id"])

    recording = await flow("Enregistrer", node)
    by_another = await flow(
        "Accueil",
        {"id": "go", "type": "flow", "flow_id": recording, "ways": {"next": "end"}},
    )
    said = [{"text": {"fr": "Bonjour."}}]
    other = await flow("Autre", {"id": "say", "type": "say", "say": said, "ways": {"next": "end"}})
    for number, flow_id, active in (
        ("+2290121000001", recording, True),
        ("+2290121000002", by_another, True),
        ("+2290121000003", other, True),
        ("+2290121000004", recording, False),
    ):
        await made(
            admin,
            "/inbound-numbers",
            {
                "number": number,
                "label": "Studio",
                "flow_id": flow_id,
                "campaign_id": campaign["campaign_id"],
                "active": active,
            },
        )
    found = (await admin.get(f"{V1}/recording-numbers")).json()["items"]
    assert found == [
        {"number": "+2290121000001", "label": "Studio"},
        {"number": "+2290121000002", "label": "Studio"},
    ]


async def test_who_may_not_record_makes_no_code_and_sees_none(
    admin: httpx.AsyncClient, application: Application
) -> None:
    session = await _session(admin, "number.1")
    agent = await application.signed_in("a.agent")
    path = f"{SESSIONS}/{session['recording_session_id']}"
    for answer in (
        await agent.get(SESSIONS),
        await agent.get(path),
        await agent.post(SESSIONS, json={"language": "fon", "keys": ["number.1"]}),
        await agent.post(f"{path}/cancel"),
        await agent.get(f"{V1}/recording-numbers"),
    ):
        assert answer.status_code == 403


async def test_another_organisation_has_codes_of_its_own(
    admin: httpx.AsyncClient,
    application: Application,
    unit_of_work: PostgresUnitOfWork,
    clock: SteppedClock,
    both: Both,
    tmp_path: Path,
) -> None:
    session = await _session(admin, "number.1")
    stranger = await application.signed_in("b.admin")
    assert (await stranger.get(SESSIONS)).json()["items"] == []
    path = f"{SESSIONS}/{session['recording_session_id']}"
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.post(f"{path}/cancel")).status_code == 404
    theirs = Line(unit_of_work, clock, both.b.organisation_id)
    assert (await theirs.open(session["code"])).failure == "CODE"
    told = RecordingTold(question="q", session_id=session["recording_session_id"], position=1)
    assert (await theirs.keep(uuid4(), told, _file(tmp_path))).failure == "NOT_FOUND"
