"""A campaign without agents on the real switch: who answers hears the flow and answers by keys."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from asterisk.test_predictive import Floor, at_work, complete
from audio_files import as_wav, found_in, read_wav, sweep
from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.adapters.carrier_lab.dialplan import recorded_path
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.rest import Person, Refused
from kwabo.stack.stack import Stack, StackSettings

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]

LISTENERS = ("0197006101", "0197006111")  # record what they hear
OBJECT = ("0197006109", "0197006119", "0197006129")  # press 9
ASK = ("0197006102", "0197006112", "0197006122")  # press 2
LEAVE = ("0197006103", "0197006113")  # hang up soon
LINES = 4
SAME = 0.9


def table() -> BehaviourTable:
    """The last digit chooses: 1 records, 2 presses 2, 3 hangs up soon, 9 presses 9."""
    calm = {"ring_seconds": 1.0, "ring_spread": 0.0, "talk_spread": 0.0}
    long = {**calm, "talk_seconds": 60.0}
    return BehaviourTable(
        behaviours={
            "listener": Behaviour(kind=Kind.VOICEMAIL, records=True, **long),
            "two": Behaviour(kind=Kind.KEYS, keys="2", **{**long, "talk_seconds": 15.0}),
            "nine": Behaviour(kind=Kind.KEYS, keys="9", **long),
            "leaves": Behaviour(kind=Kind.HANG_UP, **{**calm, "talk_seconds": 2.0}),
            "agent": Behaviour(kind=Kind.AGENT, ring_seconds=0.0, talk_seconds=3600.0),
        },
        shares={"listener": 100},
        suffixes={"1": ("listener",), "2": ("two",), "3": ("leaves",), "9": ("nine",)},
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def floor(home: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Floor]:
    settings = StackSettings(
        home=home,
        folder=tmp_path_factory.mktemp("agentless"),
        table=table(),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": "2"},
    )
    async with Stack(settings) as stack, Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        yield Floor(stack=stack, admin=admin)


def _flow(queue_id: str) -> dict[str, Any]:
    return {
        "languages": ["fr"],
        "start": "rappel",
        "nodes": [
            {
                "id": "rappel",
                "type": "menu",
                "say": [{"prompt": "rappel_facture"}],
                "options": [{"key": "2"}, {"key": "9"}],
                "seconds": 6,
                "tries": 3,
                "ways": {"2": "agent", "9": "refus", "timeout": "note"},
            },
            {"id": "refus", "type": "do_not_call", "ways": {"next": "fin"}},
            {
                "id": "agent",
                "type": "queue",
                "queue_id": queue_id,
                "seconds": 60,
                "ways": {"timeout": "fin"},
            },
            {
                "id": "note",
                "type": "note",
                "result": "entendu",
                "value": "{{contact:nom}}",
                "ways": {"next": "fin"},
            },
            {"id": "fin", "type": "hang_up"},
        ],
    }


async def _set_up(floor: Floor, sound: Path) -> str:
    """A recorded prompt and a published flow; the flow's id."""
    admin = floor.admin
    await admin.put(
        "/languages",
        {"languages": [{"language": "fr", "numbers": "own"}], "second_person": False},
    )
    prompt = await admin.post("/prompts/new", {"key": "rappel_facture", "name": "Rappel"})
    variant = await admin.upload(
        f"/prompts/{prompt['prompt_id']}/recordings", sound, language="fr", words="Rappel"
    )
    for step in ("submit", "approve"):
        await admin.post(f"/prompt-variants/{variant['variant_id']}/{step}")
    queue_id = (await admin.get("/queues"))["items"][0]["queue_id"]
    flow = await admin.post("/flows", {"name": "Rappel de facture", "draft": _flow(queue_id)})
    return str(flow["flow_id"])


async def _listed(floor: Floor) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in (await floor.admin.get("/dnc-lists"))["items"]:
        if one["organisation_wide"]:
            path = f"/dnc-lists/{one['dnc_list_id']}/entries"
            found |= {e["value"]: e for e in (await floor.admin.get(path))["items"]}
    return found


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """What the flow says first."""
    path = tmp_path / "rappel.wav"
    path.write_bytes(as_wav(sweep(1.2, 700.0, 1000.0)))
    return path


async def test_ten_people_hear_the_flow_object_or_reach_an_agent(floor: Floor, sound: Path) -> None:
    flow_id = await _set_up(floor, sound)
    numbers = [*LISTENERS, *OBJECT, *ASK, *LEAVE]
    file = floor.stack.folder / "agentless.csv"
    lines = "".join(f"Awa;{number};\n" for number in numbers)
    file.write_text(f"nom;téléphone;entendu\n{lines}")
    loaded = await campaign.load(floor.admin, file, "Rappels", lambda *_: None)
    campaign_id = await campaign.make(
        floor.admin,
        name="Rappels",
        contact_list_id=loaded["contact_list_id"],
        mode="agentless",
        no_answer_seconds=8,
        pace={
            "lines_most": LINES,
            "flow_id": flow_id,
            "max_attempts": 3,
            "flow_notes": [{"name": "entendu", "column": "entendu"}],
            "recall_rules": {"FLOW_LEFT": {"steps": [{"after_seconds": 5}], "most": 1}},
        },
    )
    with pytest.raises(Refused) as refused:
        await floor.admin.post(f"/campaigns/{campaign_id}/start")
    assert refused.value.code == "CAMPAIGN_FLOW_UNPUBLISHED"
    version = (await floor.admin.get(f"/flows/{flow_id}"))["version"]
    await floor.admin.post(f"/flows/{flow_id}/publish", {"version": version})
    await asyncio.sleep(2.0)  # the floor hears of the new version by a command
    async with at_work(floor, 1):
        await floor.admin.post(f"/campaigns/{campaign_id}/start")
        await complete(floor, campaign_id)

    attempts = await floor.attempts(campaign_id)
    of = {one["number"].removeprefix("+229"): one for one in attempts.values()}
    times = Counter(one["number"].removeprefix("+229") for one in attempts.values())
    # Who left in the flow is called once more, by the rule for that; nobody else twice.
    assert times == {number: 2 if number in LEAVE else 1 for number in numbers}
    assert {one["mode"] for one in attempts.values()} == {"agentless"}
    assert {call.attempt_id for call in floor.calls(numbers)} == set(attempts)
    assert _most_at_once(attempts.values()) == LINES

    listed = await _listed(floor)
    for number in OBJECT:
        attempt = of[number]
        assert attempt["wrap_up"]["system_code"] == "OPTED_OUT"
        entry = listed[f"+229{number}"]
        pressed = datetime.fromisoformat(attempt["opted_out_at"])
        written = datetime.fromisoformat(entry["created_at"])
        assert abs((written - pressed).total_seconds()) < 1
        assert (entry["reason"], entry["source"]) == ("FLOW", "key")
    assert not {f"+229{number}" for number in numbers if number not in OBJECT} & set(listed)

    for number in ASK:
        assert of[number]["connected_at"], number
        assert of[number]["agent"] is not None
        detail = await floor.admin.get(f"/attempts/{of[number]['attempt_id']}")
        assert detail["caller"]["outcome"] == "ANSWERED"
        assert len(detail["caller"]["way"]) == 2

    for number in LEAVE:
        assert of[number]["wrap_up"]["system_code"] == "FLOW_LEFT"
        assert not of[number]["abandoned"]

    for number in LISTENERS:
        attempt = of[number]
        assert attempt["wrap_up"]["system_code"] == "FLOW_COMPLETED"
        detail = await floor.admin.get(f"/attempts/{attempt['attempt_id']}")
        assert detail["caller"]["results"] == {"entendu": "Awa"}
        assert _likeness(floor, attempt["attempt_id"], sound) > SAME

    # What the flow noted stands in the list, of those who heard it to that point.
    path = f"/contact-lists/{loaded['contact_list_id']}/contacts"
    contacts = (await floor.admin.get(path, limit=50))["items"]
    written = {c["numbers"][0]["number"]: c["data"].get("entendu") for c in contacts}
    heard = {number for number, value in written.items() if value == "Awa"}
    assert heard == {f"+229{number}" for number in LISTENERS}


def _likeness(floor: Floor, attempt_id: str, sound: Path) -> float:
    """How alike what was uploaded and what the called person heard are."""
    assert floor.stack.lab is not None
    log = floor.stack.lab.calls_log
    (call,) = [one for one in floor.stack.lab.calls() if one.attempt_id == attempt_id]
    wanted = read_wav(sound)[: int(1.1 * 8000)]  # the lab loses the last packet
    return found_in(read_wav(recorded_path(log, call.call_id)), wanted)[0]


def _most_at_once(attempts: Iterable[Mapping[str, Any]]) -> int:
    """Calls from their dialling to their end."""
    moments: list[tuple[str, int]] = []
    for attempt in attempts:
        moments += [(attempt["dialling_at"], 1), (attempt["closed_at"], -1)]
    most = now = 0
    for _, change in sorted(moments):
        now += change
        most = max(most, now)
    return most
