"""Calls for nobody in particular on the real switch: who waits, who gets an agent, who a message.

Judged by the far end's log, whose people listen.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.adapters.carrier_lab.log import LabCall
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.agents import DemoAgents
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack, StackSettings

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]

AGENTS = 4
LISTEN = 6.0
LAW_SECONDS = 2.0


def table() -> BehaviourTable:
    """The last digit chooses: 0 is drawn, 1 talks long, 2 ends soon, 3 answers while 2 talks."""
    person = {"kind": Kind.PERSON, "listen_seconds": LISTEN, "ring_spread": 0.0, "talk_spread": 0.0}
    return BehaviourTable(
        behaviours={
            "person": Behaviour(kind=Kind.PERSON, ring_seconds=1.5, talk_seconds=4.0),
            "no_answer": Behaviour(kind=Kind.NO_ANSWER, ring_seconds=60.0),
            "long": Behaviour(ring_seconds=1.0, talk_seconds=20.0, **person),
            "soon": Behaviour(ring_seconds=1.0, talk_seconds=3.0, **person),
            "later": Behaviour(ring_seconds=3.3, talk_seconds=6.0, **person),
            "agent": Behaviour(kind=Kind.AGENT, ring_seconds=0.0, talk_seconds=3600.0),
        },
        shares={"person": 60, "no_answer": 40},
        suffixes={"1": ("long",), "2": ("soon",), "3": ("later",)},
    )


@dataclass(frozen=True, kw_only=True)
class Floor:
    """A whole Kwabo on the real switch, and its administrator."""

    stack: Stack
    admin: Person

    def calls(self, numbers: Sequence[str]) -> list[LabCall]:
        """What the far end saw of these national numbers."""
        assert self.stack.lab is not None
        wanted = {f"+229{number}" for number in numbers}
        return [call for call in self.stack.lab.calls() if call.number in wanted]

    async def attempts(self, campaign_id: str) -> dict[str, Mapping[str, Any]]:
        """A campaign's attempts by their ids."""
        pages = self.admin.pages(f"/campaigns/{campaign_id}/attempts")
        return {a["attempt_id"]: a async for a in pages}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def floor(home: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Floor]:
    settings = StackSettings(
        home=home,
        folder=tmp_path_factory.mktemp("predictive"),
        table=table(),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": str(AGENTS)},
    )
    async with Stack(settings) as stack, Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        yield Floor(stack=stack, admin=admin)


@asynccontextmanager
async def at_work(floor: Floor, agents: int) -> AsyncIterator[None]:
    """The first agents, signed in and ready until the block is left."""
    assert floor.stack.lab is not None
    codes = (await floor.admin.get("/wrap-up-codes"))["items"]
    team = DemoAgents(
        floor.stack.url(),
        [f"agent{number}" for number in range(1, agents + 1)],
        DEMO_PASSWORD,
        address_prefix=floor.stack.lab.table.agent_prefix,
        after_call_seconds=0.1,
        codes=[code["wrap_up_code_id"] for code in codes if "success" in code["flags"]][:1],
    )
    stop = asyncio.Event()
    try:
        await team.sign_in()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(team.work(floor.admin, stop))
            await ready(floor, agents)
            yield
            stop.set()
    finally:
        await team.close()
    for number in range(1, agents + 1):
        async with Person(floor.stack.url(), f"agent{number}", DEMO_PASSWORD) as agent:
            await agent.post("/agent/sign-out")


async def ready(floor: Floor, agents: int) -> None:
    """Until so many agents may be given calls."""
    async with asyncio.timeout(30):
        while True:
            async with floor.admin.live() as socket:
                told = await socket.receive_json()
            if sum(agent["status"] == "ready" for agent in told["agents"]) == agents:
                return
            await asyncio.sleep(0.2)


async def run(floor: Floor, numbers: Sequence[str], **settings: Any) -> str:
    """A campaign that calls each number once, started; its id."""
    name = f"{settings['mode']} {numbers[0]}"
    file = floor.stack.folder / f"{numbers[0]}.csv"
    file.write_text("nom;téléphone\n" + "".join(f"Client;{number}\n" for number in numbers))
    loaded = await campaign.load(floor.admin, file, name, lambda *_: None)
    campaign_id = await campaign.make(
        floor.admin,
        name=name,
        contact_list_id=loaded["contact_list_id"],
        no_answer_seconds=8,
        **settings,
    )
    await floor.admin.post(f"/campaigns/{campaign_id}/start")
    return campaign_id


async def complete(floor: Floor, campaign_id: str) -> None:
    """Until everybody was called and everything is wrapped up."""
    assert await campaign.follow(floor.admin, campaign_id, lambda *_: None, 90)


async def test_the_person_whom_no_agent_takes_hears_the_message(floor: Floor) -> None:
    numbers = [f"01970010{n}1" for n in range(3)]
    async with at_work(floor, 1):
        campaign_id = await run(floor, numbers, mode="power", pace={"calls_per_agent": 3})
        await complete(floor, campaign_id)
    attempts = await floor.attempts(campaign_id)
    calls = floor.calls(numbers)
    assert {call.attempt_id for call in calls} == set(attempts)
    left = [call for call in calls if attempts[call.attempt_id]["abandoned"]]
    assert len(left) == 2
    for call in left:
        attempt = attempts[call.attempt_id]
        assert call.answered_at is not None
        assert call.heard_at is not None
        assert (call.heard_at - call.answered_at).total_seconds() <= LAW_SECONDS
        assert call.ended_at is not None  # hung up when the message was over
        assert attempt["message_media"] == "sound:please-try-call-later"
        started = datetime.fromisoformat(attempt["message_started_at"])
        ended = datetime.fromisoformat(attempt["message_ended_at"])
        assert datetime.fromisoformat(attempt["answered_at"]) < started < ended
        assert attempt["wrap_up"]["system_code"] == "ABANDONED"
    (served,) = [a for a in attempts.values() if not a["abandoned"]]
    assert served["connected_at"]
    assert served["message_started_at"] is None


async def test_the_person_who_waits_gets_the_agent_who_becomes_free(floor: Floor) -> None:
    first, second = "0197002002", "0197002003"
    async with at_work(floor, 1):
        campaign_id = await run(floor, [first, second], mode="power", pace={"calls_per_agent": 2})
        await complete(floor, campaign_id)
    attempts = {a["number"]: a for a in (await floor.attempts(campaign_id)).values()}
    early, late = attempts[f"+229{first}"], attempts[f"+229{second}"]
    assert datetime.fromisoformat(late["answered_at"]) < datetime.fromisoformat(early["closed_at"])
    assert datetime.fromisoformat(late["connected_at"]) > datetime.fromisoformat(early["closed_at"])
    assert not early["abandoned"]
    assert not late["abandoned"]
    assert late["agent"] == early["agent"]
    assert late["message_started_at"] is None


async def test_predictive_calls_more_people_than_there_are_agents(floor: Floor) -> None:
    numbers = [f"0197{n:05d}0" for n in range(30000, 30200)]
    async with at_work(floor, AGENTS):
        campaign_id = await run(floor, numbers, mode="predictive", pace={"abandon_target": 0.2})
        most = 0
        async with asyncio.timeout(90):
            while most <= AGENTS:
                await asyncio.sleep(0.5)
                most = most_at_once(floor.calls(numbers))
        pacing = await live_pacing(floor, campaign_id)
        await floor.admin.post(f"/campaigns/{campaign_id}/stop")
        await settled(floor, campaign_id)
    assert pacing["mode"] == "predictive"
    assert pacing["figures"]["answer_rate"] > 0.0  # it predicts, and does not learn any more
    attempts = await floor.attempts(campaign_id)
    assert {call.attempt_id for call in floor.calls(numbers)} <= set(attempts)
    for attempt in attempts.values():
        assert attempt["state"] == "closed"
        served = attempt["result"] != "person" or attempt["connected_at"] is not None
        assert served != attempt["abandoned"]


async def test_a_running_campaign_changes_its_mode_at_once(floor: Floor) -> None:
    numbers = [f"0197{n:05d}0" for n in range(40000, 40200)]
    async with at_work(floor, AGENTS):
        campaign_id = await run(floor, numbers, mode="progressive")
        while len(floor.calls(numbers)) < 3 * AGENTS:
            await asyncio.sleep(0.5)
        before = floor.calls(numbers)
        assert most_at_once(before) <= AGENTS
        path = f"/campaigns/{campaign_id}"
        version = (await floor.admin.get(path))["version"]
        power = {"version": version, "mode": "power", "calls_per_agent": 3}
        assert (await floor.admin.patch(path, power))["state"] == "running"
        async with asyncio.timeout(30):
            while most_at_once(floor.calls(numbers)) <= AGENTS:
                await asyncio.sleep(0.5)
        version = (await floor.admin.get(path))["version"]
        await floor.admin.patch(path, {"version": version, "mode": "progressive"})
        await floor.admin.post(f"{path}/stop")
        await settled(floor, campaign_id)
    modes = {a["mode"] for a in (await floor.attempts(campaign_id)).values()}
    assert modes == {"progressive", "power"}


def most_at_once(calls: Sequence[LabCall]) -> int:
    """Most calls in the air or in conversation at a moment; progressive never passes the agents."""
    begun = [(call.invited_at, 1) for call in calls]
    ended = [(call.ended_at, -1) for call in calls if call.ended_at]
    most = now = 0
    for _, change in sorted([*begun, *ended]):
        now += change
        most = max(most, now)
    return most


async def live_pacing(floor: Floor, campaign_id: str) -> Mapping[str, Any]:
    """What the live page tells of the pace, once it predicts."""
    async with asyncio.timeout(30):
        while True:
            async with floor.admin.live() as socket:
                told = await socket.receive_json()
            (found,) = [c for c in told["campaigns"] if c["campaign_id"] == campaign_id]
            if found["pacing"]["figures"]["answer_rate"] > 0.0:
                return dict(found["pacing"])
            await asyncio.sleep(0.2)


async def settled(floor: Floor, campaign_id: str) -> None:
    """Until no call of a stopped campaign is open."""
    async with asyncio.timeout(60):
        while any(a["state"] != "closed" for a in (await floor.attempts(campaign_id)).values()):
            await asyncio.sleep(0.5)
