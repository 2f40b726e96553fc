"""Voicemail over HTTP: heard, given, dealt with, called back, removed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from audio_files import tone_wav
from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.prompt_files import FolderPromptFiles
from kwabo.engine.voicemail_transcriber import MOST_TRIES, VoicemailTranscriber
from kwabo.kernel.errors import Unavailable
from kwabo.services.unit_of_work import UnitOfWork
from world import Application, Both, SteppedClock

PATH = f"{V1}/voicemails"
NUMBER = "+2290161000001"


class Box:
    """Messages of the organisation's queue."""

    def __init__(
        self,
        floor: ScriptedFloor,
        both: Both,
        clock: SteppedClock,
        folder: Path,
        campaign_id: str,
        contact_id: str,
    ) -> None:
        self.floor, self.both, self.clock, self.folder = floor, both, clock, folder
        self.campaign_id = campaign_id
        self.contact_id = contact_id

    async def leave(self, **values: Any) -> str:
        """A message; its id."""
        voicemail_id = uuid4()
        path = self.folder / f"{voicemail_id}.wav"
        path.write_bytes(tone_wav(seconds=1.0))
        attempt_id = await self.floor.called_in(
            self.campaign_id,
            self.contact_id,
            number=values.get("number", NUMBER),
            trunk_id=self.both.a.trunk_id,
            at=self.clock.now(),
        )
        await self.floor.sql(
            "INSERT INTO voicemails (voicemail_id, organisation_id, attempt_id, contact_id,"
            " queue_id, path, seconds, number, text, created_at) VALUES (:voicemail_id,"
            " current_organisation(), :attempt_id, :contact_id, :queue_id, :path, 1.0, :number,"
            " :text, :at)",
            voicemail_id=voicemail_id,
            attempt_id=attempt_id,
            contact_id=UUID(self.contact_id),
            queue_id=values.get("queue_id", self.both.a.queue_id),
            path=values.get("path", str(path)),
            number=values.get("number", NUMBER),
            text=values.get("text", ""),
            at=values.get("at", self.clock.now()),
        )
        return str(voicemail_id)

    def file(self, voicemail_id: str) -> Path:
        return self.folder / f"{voicemail_id}.wav"


@pytest.fixture
async def box(
    admin: httpx.AsyncClient,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
    both: Both,
    clock: SteppedClock,
    tmp_path: Path,
) -> Box:
    contact_list = await make_list(admin, ["0161000001"])
    body = campaign_body(both, contact_list["contact_list_id"], mode="inbound")
    campaign = await made(admin, "/campaigns", body)
    return Box(
        ScriptedFloor.on(floor, engine, both),
        both,
        clock,
        tmp_path,
        campaign["campaign_id"],
        contact_list["made"][0]["contact_id"],
    )


async def _listed(client: httpx.AsyncClient, **filters: Any) -> list[str]:
    answer = await client.get(PATH, params=filters)
    assert answer.status_code == 200, answer.text
    return [one["voicemail_id"] for one in answer.json()["items"]]


async def _audited(admin: httpx.AsyncClient, voicemail_id: str) -> list[str]:
    found = await admin.get(
        f"{V1}/audit", params={"subject_kind": "voicemail", "subject_id": voicemail_id}
    )
    return [one["action"] for one in reversed(found.json()["items"])]


async def _code(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["code"])


async def test_the_newest_come_first_and_filters_and_pages_hold(
    admin: httpx.AsyncClient, box: Box
) -> None:
    now = box.clock.now()
    old = await box.leave(at=now - timedelta(days=2))
    nowhere = await box.leave(at=now - timedelta(hours=1), queue_id=None)
    new = await box.leave()
    assert await _listed(admin) == [new, nowhere, old]
    assert await _listed(admin, queue_id=str(box.both.a.queue_id)) == [new, old]
    assert await _listed(admin, campaign_id=box.campaign_id, limit=500) == [new, nowhere, old]
    assert await _listed(admin, campaign_id=str(uuid4())) == []
    since = (now - timedelta(hours=2)).isoformat()
    assert await _listed(admin, from_at=since) == [new, nowhere]
    assert await _listed(admin, until_at=since) == [old]
    first = (await admin.get(PATH, params={"limit": 2})).json()
    assert len(first["items"]) == 2
    assert await _listed(admin, limit=2, page_token=first["next_page_token"]) == [old]
    assert (await admin.get(f"{PATH}/counts")).json() == {"new": 3, "undone": 3, "mine": 0}


async def test_a_recording_is_played_in_parts_counts_as_heard_and_is_noted_once_a_minute(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, box: Box
) -> None:
    voicemail_id = await box.leave()
    whole = box.file(voicemail_id).read_bytes()
    path = f"{PATH}/{voicemail_id}/audio"
    answer = await supervisor.get(path)
    assert (answer.status_code, answer.content) == (200, whole)
    assert answer.headers["accept-ranges"] == "bytes"
    part = await supervisor.get(path, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    end = await supervisor.get(path, headers={"Range": "bytes=-10"})
    assert end.content == whole[-10:]
    beyond = await supervisor.get(path, headers={"Range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(whole)}")
    found = (await admin.get(f"{PATH}/{voicemail_id}")).json()
    assert found["state"] == "heard"
    assert await _audited(admin, voicemail_id) == ["voicemail.listened"]
    await admin.get(path)  # somebody else
    box.clock.advance(minutes=2)
    await admin.get(path)
    assert await _audited(admin, voicemail_id) == ["voicemail.listened"] * 3
    assert (await admin.get(f"{PATH}/counts")).json()["new"] == 0
    assert await _listed(admin, state="heard") == [voicemail_id]


async def test_what_was_written_has_no_recording(admin: httpx.AsyncClient, box: Box) -> None:
    voicemail_id = await box.leave(path="", text="Rappelez-moi")
    answer = await admin.get(f"{PATH}/{voicemail_id}/audio")
    assert (answer.status_code, await _code(answer)) == (404, "VOICEMAIL_IN_WRITING")
    found = (await admin.get(f"{PATH}/{voicemail_id}")).json()
    assert (found["recorded"], found["text"]) == (False, "Rappelez-moi")


async def test_agents_hear_their_own_queues_and_take_what_is_nobodys(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, box: Box
) -> None:
    theirs = await box.leave()
    other = await box.leave(queue_id=None)
    assert await _listed(agent) == [theirs]
    for path in ("", "/audio"):
        assert (await agent.get(f"{PATH}/{other}{path}")).status_code == 404
    assert (await agent.post(f"{PATH}/{other}/take")).status_code == 404
    taken = (await agent.post(f"{PATH}/{theirs}/take")).json()
    assert taken["mine"] is True
    admin_id = str(box.both.a.user_ids["a.admin"])
    given = await agent.post(f"{PATH}/{theirs}/assign", json={"owner_user_id": admin_id})
    assert (given.status_code, await _code(given)) == (422, "VOICEMAIL_OWNER")
    await admin.post(f"{PATH}/{theirs}/assign", json={"owner_user_id": admin_id})
    again = await agent.post(f"{PATH}/{theirs}/take")
    assert (again.status_code, await _code(again)) == (409, "VOICEMAIL_TAKEN")
    done = await agent.post(f"{PATH}/{theirs}/done", json={})
    assert (done.status_code, await _code(done)) == (409, "VOICEMAIL_TAKEN")
    # What was given to somebody is theirs, whatever queue it is of.
    agent_id = str(box.both.a.user_ids["a.agent"])
    await admin.post(f"{PATH}/{other}/assign", json={"owner_user_id": agent_id})
    assert set(await _listed(agent, state="undone")) == {other, theirs}
    assert (await agent.get(f"{PATH}/counts")).json() == {"new": 2, "undone": 2, "mine": 1}


async def test_done_with_a_note_and_opened_again(admin: httpx.AsyncClient, box: Box) -> None:
    voicemail_id = await box.leave()
    done = (await admin.post(f"{PATH}/{voicemail_id}/done", json={"note": " Payé. "})).json()
    assert (done["state"], done["note"]) == ("done", "Payé.")
    assert done["done_by_name"] is not None
    assert done["heard_at"] is not None
    assert await _listed(admin, state="undone") == []
    twice = await admin.post(f"{PATH}/{voicemail_id}/done", json={})
    assert (twice.status_code, await _code(twice)) == (409, "VOICEMAIL_DONE")
    again = (await admin.post(f"{PATH}/{voicemail_id}/reopen")).json()
    assert (again["state"], again["note"]) == ("heard", "Payé.")
    assert await _audited(admin, voicemail_id) == ["voicemail.done", "voicemail.reopened"]


async def test_calling_back_makes_a_callback_of_ones_own_that_rules_have_looked_at(
    agent: httpx.AsyncClient, box: Box
) -> None:
    voicemail_id = await box.leave()
    answer = await agent.post(f"{PATH}/{voicemail_id}/call-back")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["mine"], found["callback_state"]) == (True, "open")
    (own,) = (await agent.get(f"{V1}/agent/callbacks")).json()
    assert (own["callback_id"], own["number"]) == (found["callback_id"], NUMBER)
    course = await box.floor.sql("SELECT state, reason FROM campaign_contacts")
    assert [(row.state, row.reason) for row in course] == [("open", "CALLBACK_SCHEDULED")]
    # A second one takes the place of the first.
    second = (await agent.post(f"{PATH}/{voicemail_id}/call-back")).json()
    states = await box.floor.sql("SELECT callback_id, state FROM callbacks")
    assert {str(row.callback_id): row.state for row in states} == {
        found["callback_id"]: "cancelled",
        second["callback_id"]: "open",
    }


async def test_whoever_objected_or_withheld_the_number_is_not_called_back(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient, box: Box
) -> None:
    withheld = await box.leave(number="")
    answer = await agent.post(f"{PATH}/{withheld}/call-back")
    assert (answer.status_code, await _code(answer)) == (409, "VOICEMAIL_NO_NUMBER")
    dnc_list = {"name": "Opposition", "organisation_wide": True}
    dnc_list_id = (await made(admin, "/dnc-lists", dnc_list))["dnc_list_id"]
    path = f"{V1}/dnc-lists/{dnc_list_id}/entries"
    added = await admin.post(path, json={"entries": [{"value": NUMBER}]})
    assert added.is_success, added.text
    voicemail_id = await box.leave()
    answer = await agent.post(f"{PATH}/{voicemail_id}/call-back")
    assert (answer.status_code, await _code(answer)) == (409, "CALL_BACK_REFUSED")
    assert answer.json()["error"]["details"]["code"] == "DNC_LISTED"


async def test_recordings_of_messages_that_are_gone_are_removed(
    admin: httpx.AsyncClient, application: Application, box: Box
) -> None:
    kept = await box.leave()
    old = await box.leave(at=box.clock.now() - timedelta(days=400))
    run = await admin.post(f"{V1}/retention/run")
    assert run.json()["removed"] == {"voicemails": 1}
    assert await _listed(admin) == [kept]
    assert box.file(old).exists()
    assert await application.services.voicemails.remove_files() == 1
    assert (box.file(old).exists(), box.file(kept).exists()) == (False, True)
    # Also when the call's record goes, and what was said with it.
    await box.floor.sql("DELETE FROM voicemails")
    assert await application.services.voicemails.remove_files() == 1
    assert not box.file(kept).exists()


async def test_a_legal_hold_keeps_messages(admin: httpx.AsyncClient, box: Box) -> None:
    old = await box.leave(at=box.clock.now() - timedelta(days=400))
    await made(admin, "/legal-holds", {"number": NUMBER, "reason": "A court asked"})
    assert (await admin.post(f"{V1}/retention/run")).json()["removed"] == {}
    assert await _listed(admin) == [old]


async def test_erasing_the_caller_removes_message_and_recording(
    admin: httpx.AsyncClient, box: Box
) -> None:
    voicemail_id = await box.leave(text="Ici Awa")
    persons = (await admin.get(f"{V1}/contacts/{box.contact_id}/persons")).json()["items"]
    body = {"reason": "Asked for it", "number_ending": NUMBER[-4:]}
    path = f"{V1}/persons/{persons[0]['person_id']}/erasure"
    answer = await admin.post(path, json=body)
    assert answer.status_code == 201, answer.text
    assert not box.file(voicemail_id).exists()
    assert (await admin.get(f"{PATH}/{voicemail_id}")).status_code == 404


class Understanding:
    """A transcriber that says what the test wants, or nothing."""

    def __init__(self) -> None:
        self.text: str | None = None

    async def transcribe(self, audio: bytes, language: str) -> str:
        assert audio[:4] == b"RIFF"
        if self.text is None:
            raise Unavailable("TRANSCRIPTION_FAILED", "Not now.")
        return self.text


async def test_recordings_become_text_and_one_that_cannot_is_given_up(
    admin: httpx.AsyncClient, unit_of_work: UnitOfWork, box: Box
) -> None:
    files = FolderPromptFiles(box.folder)
    understands = Understanding()
    work = VoicemailTranscriber(unit_of_work, transcriber=understands, files=files, clock=box.clock)
    await box.leave(path="", text="Par écrit")
    assert await work.work_once() is False, "what was written needs no text"
    first = await box.leave()
    assert await work.work_once() is True
    assert await work.work_once() is False, "it is tried again later"
    understands.text = "Rappelez-moi"
    box.clock.advance(minutes=2)
    assert await work.work_once() is True
    found = (await admin.get(f"{PATH}/{first}")).json()
    assert (found["text"], found["transcription"]) == ("Rappelez-moi", "done")
    understands.text = None
    second = await box.leave()
    for _ in range(MOST_TRIES):
        assert await work.work_once() is True
        box.clock.advance(minutes=60)
    assert await work.work_once() is False
    found = (await admin.get(f"{PATH}/{second}")).json()
    assert (found["text"], found["transcription"]) == ("", "failed")
