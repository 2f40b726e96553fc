"""The agents of a scenario at the REST interface, with the draws that the simulation gives them.

Each sees what a supervisor's live socket tells. An agent ends a conversation and gives its outcome
so long after it began as was drawn, by the server's own times; what the way there takes comes on
top, as it does for a person.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import aiohttp

from kwabo.simulation.dice import dice
from kwabo.simulation.distributions import Lognormal
from kwabo.simulation.scenario import Team
from kwabo.stack.demo.rest import Person, Refused

RETRY_SECONDS = 0.5
LOOK_SECONDS = 5.0  # an agent whose request was refused is looked at again

CampaignSeen = Callable[[Mapping[str, Any]], None]


class SwitchAgent:
    """One agent at work."""

    def __init__(
        self,
        person: Person,
        team: Team,
        number: int,
        seed: int,
        *,
        is_machine: Callable[[str], bool],
        code_id: str,
        machine_code_id: str,
    ) -> None:
        self.person = person
        self._team = team
        self._name = f"{seed} agent {team.name} {number}"
        self._pace = Lognormal(1.0, team.pace_spread).at(dice(self._name)[0])
        self._conversations = 0
        self._drawn: Sequence[float] = ()
        self._is_machine = is_machine
        self._codes = {False: code_id, True: machine_code_id}
        self._machine = False
        self._seen: tuple[str, str | None] = ("", None)
        self.leaving = False
        self.late: list[float] = []  # seconds from each drawn moment until the request was granted

    @property
    def status(self) -> str:
        """As last seen."""
        return self._seen[0]

    def seen(self, agent: Mapping[str, Any], tasks: asyncio.TaskGroup) -> None:
        """What the live socket tells of the agent; the same again changes nothing."""
        attempt = agent["attempt"]
        key = (str(agent["status"]), attempt["attempt_id"] if attempt else None)
        if key == self._seen:
            return
        self._seen = key
        begun = datetime.fromisoformat(agent["since"])
        self.look(tasks)
        if key[0] == "on_call" and attempt:
            tasks.create_task(self._after(begun, self._talk(attempt), key, "/agent/hang-up", {}))
        elif key[0] == "after_call" and attempt:
            seconds = self._team.after_call.at(self._drawn[2]) * self._pace if self._drawn else 0.0
            body = {"wrap_up_code_id": self._codes[self._machine], "next": "ready"}
            tasks.create_task(self._after(begun, seconds, key, "/agent/wrap-up", body))

    def look(self, tasks: asyncio.TaskGroup) -> None:
        """Be ready, or leave; a person who sees that nothing moves clicks again."""
        if self.status == "paused":
            tasks.create_task(self._ask("/agent/sign-out" if self.leaving else "/agent/ready"))
        elif self.status == "ready" and self.leaving:
            tasks.create_task(self._ask("/agent/pause"))

    def leave(self, tasks: asyncio.TaskGroup) -> None:
        """Finish what is under way, then sign out."""
        self.leaving = True
        tasks.create_task(self._ask("/agent/pause"))

    def _talk(self, attempt: Mapping[str, Any]) -> float:
        self._conversations += 1
        self._drawn = dice(f"{self._name} {self._conversations}")
        self._machine = self._is_machine(attempt["number"])
        if self._machine:
            return self._team.machine_noticed.at(self._drawn[0])
        return self._team.talk.at(self._drawn[0]) * self._pace

    async def _after(
        self,
        begun: datetime,
        seconds: float,
        key: tuple[str, str | None],
        path: str,
        body: Mapping[str, Any],
    ) -> None:
        """Ask for something at its time, until it is granted or the agent has moved on."""
        await asyncio.sleep(seconds - (datetime.now(UTC) - begun).total_seconds())
        asked = {"attempt_id": key[1], **body}
        while self._seen == key:
            if await self._ask(path, asked):
                self.late.append((datetime.now(UTC) - begun).total_seconds() - seconds)
                return
            await asyncio.sleep(RETRY_SECONDS)

    async def _ask(self, path: str, body: Mapping[str, Any] | None = None) -> bool:
        try:
            await self.person.post(path, body)
        except (Refused, aiohttp.ClientError, OSError, TimeoutError):
            return False
        return True


class SwitchTeam:
    """All agents of the scenario's team."""

    def __init__(self, agents: Mapping[str, SwitchAgent], prefix: str) -> None:
        self.agents = agents  # by user id
        self._prefix = prefix
        self.sockets_lost = 0

    @property
    def late(self) -> list[float]:
        """Seconds by which agents' requests were granted later than was drawn."""
        return [seconds for agent in self.agents.values() for seconds in agent.late]

    async def sign_in(self) -> None:
        """Have the legs of all called. Raises Refused."""
        for index, agent in enumerate(self.agents.values()):
            leg = {"kind": "address", "address": f"{self._prefix}{index:04}"}
            await agent.person.post("/agent/sign-in", {"leg": leg})

    async def work(self, watcher: Person, stop: asyncio.Event, on_campaign: CampaignSeen) -> None:
        """Follow the live socket until `stop`; connects again when it breaks."""
        async with asyncio.TaskGroup() as tasks:
            looks = tasks.create_task(self._look(watcher, tasks))
            while not stop.is_set():
                try:
                    async with watcher.live() as socket:
                        await self._follow(socket, tasks, stop, on_campaign)
                except (aiohttp.ClientError, OSError):
                    self.sockets_lost += 1
                    await asyncio.sleep(RETRY_SECONDS)
            looks.cancel()

    def leave(self, tasks: asyncio.TaskGroup) -> None:
        """The day is over for all."""
        for agent in self.agents.values():
            agent.leave(tasks)

    async def _look(self, watcher: Person, tasks: asyncio.TaskGroup) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for agent in self.agents.values():
                agent.look(tasks)

    async def _follow(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        tasks: asyncio.TaskGroup,
        stop: asyncio.Event,
        on_campaign: CampaignSeen,
    ) -> None:
        while not stop.is_set():
            try:
                message = await asyncio.wait_for(socket.receive(), 1.0)
            except TimeoutError:
                continue
            if message.type is not aiohttp.WSMsgType.TEXT:
                self.sockets_lost += 1
                return
            told = json.loads(message.data)
            if told["type"] == "ping":
                await socket.send_json({"type": "pong", "desktop": False})
            elif told["type"] == "snapshot":
                for agent in told["agents"]:
                    self._seen(agent, tasks)
            elif told["type"] == "event" and told["entity"] == "agent":
                self._seen(told["data"], tasks)
            elif told["type"] == "event" and told["entity"] == "campaign":
                on_campaign(told["data"])

    def _seen(self, agent: Mapping[str, Any], tasks: asyncio.TaskGroup) -> None:
        known = self.agents.get(agent["user_id"])
        if known is not None:
            known.seen(agent, tasks)


async def make_team(
    stack: AsyncExitStack,
    url: str,
    team: Team,
    seed: int,
    *,
    admin: Person,
    password: str,
    prefix: str,
    is_machine: Callable[[str], bool],
) -> SwitchTeam:
    """Sign the people in at the program (not yet as agents); they are closed with the stack."""
    codes = (await admin.get("/wrap-up-codes"))["items"]
    machine = next(code for code in codes if "machine" in code["flags"])
    plain = next(code for code in codes if set(code["flags"]) <= {"right_party", "success"})
    agents: dict[str, SwitchAgent] = {}
    for number in range(team.agents):
        person = await stack.enter_async_context(Person(url, f"agent{number + 1}", password))
        agents[person.user_id] = SwitchAgent(
            person,
            team,
            number,
            seed,
            is_machine=is_machine,
            code_id=plain["wrap_up_code_id"],
            machine_code_id=machine["wrap_up_code_id"],
        )
    return SwitchTeam(agents, prefix)
