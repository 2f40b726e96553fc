"""One campaign with call analysis on the real switch: a machine, a person, and two announcements.

Judged by the far end: its log, and what its machine recorded after its beep.
"""

from __future__ import annotations

import wave
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

from asterisk.test_predictive import Floor, at_work
from audio_files import as_wav, tones
from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.adapters.carrier_lab.dialplan import recorded_path
from kwabo.adapters.carrier_lab.log import LabCall
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack, StackSettings

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]

PERSON, MACHINE, NO_SUCH, OFF = (f"019700500{n}" for n in (1, 2, 3, 4))
MESSAGE = ((500.0, 1.0), (0.0, 0.2), (700.0, 1.0), (0.0, 0.2), (900.0, 1.0))
MESSAGE_SECONDS = sum(seconds for _, seconds in MESSAGE)
MACHINE_AGAIN = campaign.RECALL_SECONDS["machine"]
OFF_AGAIN = 60  # the shortest that a response set may ask for


def table() -> BehaviourTable:
    """The machine's owner is at home at the second try."""
    calm = {"ring_seconds": 0.5, "ring_spread": 0.0, "talk_spread": 0.0}
    person = Behaviour(kind=Kind.PERSON, talk_seconds=12.0, listen_seconds=10.0, **calm)
    return BehaviourTable(
        behaviours={
            "person": person,
            "machine": Behaviour(kind=Kind.VOICEMAIL, talk_seconds=60.0, records=True, **calm),
            "no_such": Behaviour(kind=Kind.SIT),
            "off": Behaviour(kind=Kind.SIT, cause=20),
            "agent": Behaviour(kind=Kind.AGENT, ring_seconds=0.0, talk_seconds=3600.0),
        },
        shares={"person": 100},
        numbers={
            f"+229{MACHINE}": ("machine", "person"),
            f"+229{NO_SUCH}": ("no_such",),
            f"+229{OFF}": ("off",),
        },
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def floor(home: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Floor]:
    settings = StackSettings(
        home=home,
        folder=tmp_path_factory.mktemp("answers"),
        table=table(),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": "2"},
    )
    async with Stack(settings) as stack, Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        yield Floor(stack=stack, admin=admin)


async def set_up(floor: Floor) -> Mapping[str, Any]:
    """Prompt, response set, the trunk's ear and table; what the campaign needs of them."""
    file = floor.stack.folder / "message.wav"
    file.write_bytes(as_wav(tones(*MESSAGE)))
    prompt = await floor.admin.upload("/prompts", file, name="Message")
    made = await floor.admin.post(
        "/response-sets",
        {
            "name": "Answers",
            "reactions": {
                "callable_machine": {
                    "type": "play_file",
                    "prompt_id": prompt["prompt_id"],
                    "after_greeting": True,
                },
                "callable_sit": {"type": "retry", "retry_seconds": OFF_AGAIN},
                "uncallable_sit": {"type": "number_uncallable"},
            },
        },
    )
    trunk = (await floor.admin.get("/trunks"))["items"][0]
    line = {"sip_code": 480, "cause": None, "tone": "sit", "result": "sit"}
    await floor.admin.patch(
        f"/trunks/{trunk['trunk_id']}",
        {
            "early_media_seconds": 10,
            "early_media_keep_days": 7,
            "network_answers": [{**line, "announcement": "switched_off"}],
        },
    )
    return {
        "call_analysis": True,
        "response_set_id": made["response_set_id"],
        "max_attempts": 2,
        "prompt_id": prompt["prompt_id"],
    }


async def test_a_campaign_does_with_each_answer_what_its_response_set_says(floor: Floor) -> None:
    numbers = [PERSON, MACHINE, NO_SUCH, OFF]
    settings = dict(await set_up(floor))
    prompt_id = settings.pop("prompt_id")
    file = floor.stack.folder / "answers.csv"
    file.write_text("nom;téléphone\n" + "".join(f"Client;{number}\n" for number in numbers))
    loaded = await campaign.load(floor.admin, file, "Answers", lambda *_: None)
    campaign_id = await campaign.make(
        floor.admin,
        name="Answers",
        contact_list_id=loaded["contact_list_id"],
        mode="progressive",
        no_answer_seconds=8,
        pace=settings,
    )
    async with at_work(floor, 2):
        await floor.admin.post(f"/campaigns/{campaign_id}/start")
        assert await campaign.follow(floor.admin, campaign_id, lambda *_: None, 150)

    attempts = await floor.attempts(campaign_id)
    assert {call.attempt_id for call in floor.calls(numbers)} == set(attempts)
    of: dict[str, list[dict[str, Any]]] = {}
    for attempt in sorted(attempts.values(), key=lambda one: one["attempt_number"]):
        of.setdefault(attempt["number"].removeprefix("+229"), []).append(dict(attempt))
    assert {number: len(tries) for number, tries in of.items()} == {
        PERSON: 1, MACHINE: 2, NO_SUCH: 1, OFF: 2,
    }  # fmt: skip
    assert not any(attempt["abandoned"] for attempt in attempts.values())

    spoke_with_a_person(floor, of[PERSON][0])
    left_its_message(floor, of[MACHINE][0], prompt_id)
    spoke_with_a_person(floor, of[MACHINE][1])
    assert waited(*of[MACHINE]) >= MACHINE_AGAIN
    for attempt in (*of[NO_SUCH], *of[OFF]):
        await heard_the_network(floor, attempt)
    none, off = of[NO_SUCH][0], of[OFF][0]
    assert (none["sip_code"], none["call_analysis"]["reaction"]) == (404, "number_uncallable")
    assert none["call_analysis"]["announcement"] == "unallocated"
    assert (off["sip_code"], off["call_analysis"]["reaction"]) == (480, "retry")
    assert off["call_analysis"]["announcement"] == "switched_off"
    assert off["call_analysis"]["network_answer"] == 1
    assert waited(*of[OFF]) >= OFF_AGAIN
    for number, tries in of.items():
        contact = await floor.admin.get(f"/contacts/{tries[0]['contact_id']}")
        assert [one["callable"] for one in contact["numbers"]] == [number != NO_SUCH], number
    await agree(floor, campaign_id)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def waited(first: Mapping[str, Any], second: Mapping[str, Any]) -> float:
    """Seconds from the end of a try to the next one."""
    return (at(second["dialling_at"]) - at(first["closed_at"])).total_seconds()


def far_end(floor: Floor, attempt: Mapping[str, Any]) -> LabCall:
    """The attempt as the lab saw it."""
    calls = floor.calls([attempt["number"].removeprefix("+229")])
    (call,) = [one for one in calls if one.attempt_id == attempt["attempt_id"]]
    return call


def spoke_with_a_person(floor: Floor, attempt: Mapping[str, Any]) -> None:
    call = far_end(floor, attempt)
    assert call.heard_at is not None  # the agent
    assert (attempt["result"], attempt["call_analysis"]["result"]) == ("person", "person")
    assert attempt["call_analysis"]["reaction"] == "queue"
    assert 0 < attempt["call_analysis"]["seconds"] < 6
    assert attempt["connected_at"] is not None
    assert attempt["agent"] is not None
    assert attempt["wrap_up"]["wrap_up_code_id"] is not None


def left_its_message(floor: Floor, attempt: Mapping[str, Any], prompt_id: str) -> None:
    assert floor.stack.lab is not None
    call = far_end(floor, attempt)
    with wave.open(str(recorded_path(floor.stack.lab.calls_log, call.call_id))) as file:
        assert file.getframerate() == 8000
        heard = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float64)
    pitches = pitches_of(heard)
    for pitch in (500, 700, 900):
        assert pitches.count(pitch) * STEP_SECONDS == pytest.approx(1.0, abs=0.15), pitches
    order = [pitch for pitch in pitches if pitch]
    assert order == sorted(order), pitches
    assert set(order) == {500, 700, 900}
    told = attempt["call_analysis"]
    assert (attempt["result"], told["result"], told["reaction"]) == (
        "machine", "machine", "play_file",
    )  # fmt: skip
    assert (told["prompt_id"], told["message_whole"]) == (prompt_id, True)
    assert told["message_seconds"] == pytest.approx(MESSAGE_SECONDS, abs=0.05)
    assert attempt["agent"] is None
    assert attempt["connected_at"] is None
    assert at(attempt["answered_at"]) < at(attempt["message_started_at"])
    assert at(attempt["closed_at"]) - at(attempt["message_started_at"]) >= timedelta(
        seconds=MESSAGE_SECONDS - 0.5
    )


STEP_SECONDS = 0.05


def pitches_of(samples: np.ndarray[Any, np.dtype[np.float64]]) -> list[int]:
    """The loudest pitch of each step, to 20 Hz; 0 where it is silent."""
    size = round(8000 * STEP_SECONDS)
    told = []
    for start in range(0, len(samples) - size, size):
        part = samples[start : start + size]
        loud = float(np.sqrt(np.mean(part**2)))
        strongest = int(np.argmax(np.abs(np.fft.rfft(part)))) * 8000 // size
        told.append(strongest if loud > 300 else 0)
    return told


async def heard_the_network(floor: Floor, attempt: Mapping[str, Any]) -> None:
    told = attempt["call_analysis"]
    assert (attempt["result"], told["tone"], told["early_media"]) == ("sit", "sit", True)
    assert told["recording"]
    assert attempt["answered_at"] is None
    audio = await floor.admin.read(f"/attempts/{attempt['attempt_id']}/early-media")
    assert audio[:4] == b"RIFF"


async def agree(floor: Floor, campaign_id: str) -> None:
    """The counts by hour say the same as the attempts."""
    today = datetime.now(UTC).date()
    days = {
        "first_day": str(today - timedelta(days=1)),
        "last_day": str(today + timedelta(days=1)),
    }
    told = await floor.admin.get("/call-results", campaign_id=campaign_id, **days)
    wanted = {
        "attempts": 6, "answered": 3, "connected": 2, "persons": 2, "machines": 1, "sit": 3,
        "messages": 1, "messages_whole": 1, "analysed": 3, "persons_judged": 2,
        "persons_denied": 0, "no_answer": 0, "invalid": 0, "refused": 0, "other": 0,
    }  # fmt: skip
    assert {name: told["total"][name] for name in wanted} == wanted
