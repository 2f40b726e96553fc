"""What callers have said to flows: heard, kept as long as messages, erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from audio_files import tone_wav
from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from world import Application, Both, SteppedClock

NUMBER = "+2290161000001"


class Calls:
    """Calls in which a flow has recorded the caller's name."""

    def __init__(
        self, floor: ScriptedFloor, both: Both, clock: SteppedClock, folder: Path, ids: list[str]
    ) -> None:
        self.floor, self.both, self.clock, self.folder = floor, both, clock, folder
        self.campaign_id, self.contact_id = ids

    async def speaks(self, *, agent: str = "a.agent", at: datetime | None = None) -> UUID:
        """The attempt; its recording is a file of this name."""
        attempt_id = await self.floor.called_in(
            self.campaign_id,
            self.contact_id,
            number=NUMBER,
            trunk_id=self.both.a.trunk_id,
            at=at or self.clock.now(),
            agent_user_id=self.both.a.user_ids[agent],
        )
        self.file(attempt_id).write_bytes(tone_wav(seconds=1.0))
        for recording, path in (("recording-1", str(self.file(attempt_id))), ("recording-2", "")):
            await self.floor.sql(
                "INSERT INTO flow_recordings (attempt_id, recording, organisation_id, variable,"
                " path, seconds, created_at) VALUES (:attempt_id, :recording,"
                " current_organisation(), 'nom', :path, 1.0, :at)",
                attempt_id=attempt_id,
                recording=recording,
                path=path,
                at=at or self.clock.now(),
            )
        return attempt_id

    def file(self, attempt_id: UUID) -> Path:
        return self.folder / f"{attempt_id}.wav"


@pytest.fixture
async def calls(
    admin: httpx.AsyncClient,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
    both: Both,
    clock: SteppedClock,
    tmp_path: Path,
) -> Calls:
    contact_list = await make_list(admin, ["0161000001"])
    body = campaign_body(both, contact_list["contact_list_id"], mode="inbound")
    campaign = await made(admin, "/campaigns", body)
    ids = [campaign["campaign_id"], contact_list["made"][0]["contact_id"]]
    return Calls(ScriptedFloor.on(floor, engine, both), both, clock, tmp_path, ids)


def _path(attempt_id: UUID, recording: str = "recording-1") -> str:
    return f"{V1}/attempts/{attempt_id}/recordings/{recording}"


async def _shown(client: httpx.AsyncClient, attempt_id: UUID) -> Any:
    answer = await client.get(f"{V1}/attempts/{attempt_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()["caller"]["recordings"]


async def test_it_is_told_with_the_call_and_heard_in_parts(
    admin: httpx.AsyncClient, calls: Calls
) -> None:
    attempt_id = await calls.speaks()
    (shown,) = await _shown(admin, attempt_id)
    assert (shown["recording"], shown["variable"], shown["seconds"]) == ("recording-1", "nom", 1.0)
    answer = await admin.get(_path(attempt_id))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
    assert answer.content[:4] == b"RIFF"
    part = await admin.get(_path(attempt_id), headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, answer.content[100:200])
    filters = {"subject_kind": "attempt", "subject_id": str(attempt_id)}
    noted = (await admin.get(f"{V1}/audit", params=filters)).json()["items"]
    assert {one["action"] for one in noted} == {"flow_recording.listened"}
    for other in (_path(attempt_id, "recording-2"), _path(uuid4())):
        assert (await admin.get(other)).status_code == 404
    calls.file(attempt_id).unlink()
    gone = await admin.get(_path(attempt_id))
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "FILE_GONE")


async def test_agents_hear_those_of_their_own_calls(application: Application, calls: Calls) -> None:
    own, other = await calls.speaks(agent="a.agent"), await calls.speaks(agent="a.agent2")
    agent = await application.signed_in("a.agent")
    assert (await agent.get(_path(own))).status_code == 200
    assert (await agent.get(_path(other))).status_code == 404
    stranger = await application.signed_in("b.admin")
    assert (await stranger.get(_path(own))).status_code == 404


async def test_who_may_not_read_contacts_is_told_of_none(
    application: Application, calls: Calls
) -> None:
    attempt_id = await calls.speaks()
    await calls.floor.sql(
        "UPDATE users SET permissions = '{reports.read}' WHERE user_id = :user_id",
        user_id=calls.both.a.user_ids["a.agent2"],
    )
    reader = await application.signed_in("a.agent2")
    assert await _shown(reader, attempt_id) == []
    assert (await reader.get(_path(attempt_id))).status_code in (403, 404)


async def test_they_are_kept_as_long_as_messages_and_their_files_go(
    admin: httpx.AsyncClient, application: Application, calls: Calls
) -> None:
    kept = await calls.speaks()
    old = await calls.speaks(at=calls.clock.now() - timedelta(days=400))
    run = await admin.post(f"{V1}/retention/run")
    assert run.json()["removed"] == {"voicemails": 2}
    assert await _shown(admin, old) == []
    assert await application.services.voicemails.remove_files() == 1
    assert (calls.file(old).exists(), calls.file(kept).exists()) == (False, True)
    # Also when the call's record goes.
    await calls.floor.sql("DELETE FROM attempts")
    assert await application.services.voicemails.remove_files() == 1
    assert not calls.file(kept).exists()


async def test_a_legal_hold_keeps_them(admin: httpx.AsyncClient, calls: Calls) -> None:
    old = await calls.speaks(at=calls.clock.now() - timedelta(days=400))
    await made(admin, "/legal-holds", {"number": NUMBER, "reason": "A court asked"})
    assert (await admin.post(f"{V1}/retention/run")).json()["removed"] == {}
    assert len(await _shown(admin, old)) == 1


async def test_erasing_the_caller_removes_them(admin: httpx.AsyncClient, calls: Calls) -> None:
    attempt_id = await calls.speaks()
    persons = (await admin.get(f"{V1}/contacts/{calls.contact_id}/persons")).json()["items"]
    body = {"reason": "Asked for it", "number_ending": NUMBER[-4:]}
    path = f"{V1}/persons/{persons[0]['person_id']}/erasure"
    assert (await admin.post(path, json=body)).status_code == 201
    assert not calls.file(attempt_id).exists()
    assert not await calls.floor.sql("SELECT 1 FROM flow_recordings")
