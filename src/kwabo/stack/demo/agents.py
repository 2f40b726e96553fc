"""Agents without a person: their legs are answered by the carrier lab, their clicks come from here.

They see what a supervisor's live socket tells and act through the REST interface, each as a user
of its own: sign in, go ready, and give every conversation an outcome after a moment of after-call
work.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any

import aiohttp

from kwabo.stack.demo.rest import Person, Refused


class DemoAgents:
    """A team of simulated agents. Use as an async context manager's content: `async with team:`."""

    def __init__(
        self,
        url: str,
        logins: Sequence[str],
        password: str,
        *,
        address_prefix: str,
        after_call_seconds: float,
        codes: Sequence[str],
        seed: int = 1,
    ) -> None:
        self._url = url
        self._logins = logins
        self._password = password
        self._prefix = address_prefix
        self._after_call = after_call_seconds
        self._codes = codes  # ids of wrap-up codes, one is drawn for each conversation
        self._random = random.Random(seed)  # noqa: S311 (a simulation)
        self._people: dict[str, Person] = {}  # by user id
        self._busy: set[str] = set()  # user ids with a request under way
        self._stack = AsyncExitStack()

    async def sign_in(self) -> None:
        """Sign all in; their legs are called and answered. Raises Refused."""
        for index, login in enumerate(self._logins):
            person = await self._stack.enter_async_context(Person(self._url, login, self._password))
            self._people[person.user_id] = person
            leg = {"kind": "address", "address": f"{self._prefix}{index:04}"}
            await person.post("/agent/sign-in", {"leg": leg})

    async def close(self) -> None:
        """End the sessions of all; the floor keeps what it knows of them."""
        await self._stack.aclose()

    async def work(self, watcher: Person, stop: asyncio.Event) -> None:
        """Act on what the watcher's live socket tells, until `stop`. Reconnects when it breaks."""
        async with asyncio.TaskGroup() as tasks:
            while not stop.is_set():
                try:
                    async with watcher.live() as socket:
                        await self._follow(socket, tasks, stop)
                except (aiohttp.ClientError, OSError):
                    await asyncio.sleep(0.5)

    async def _follow(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        tasks: asyncio.TaskGroup,
        stop: asyncio.Event,
    ) -> None:
        while not stop.is_set():
            try:
                # Not wait_for, which may lose a cancellation that comes together with a message.
                async with asyncio.timeout(1.0):
                    message = await socket.receive()
            except TimeoutError:
                continue
            if message.type is not aiohttp.WSMsgType.TEXT:
                return
            told = json.loads(message.data)
            if told["type"] == "ping":
                await socket.send_json({"type": "pong", "desktop": False})
            elif told["type"] == "snapshot":
                for agent in told["agents"]:
                    self._act(agent, tasks)
            elif told["type"] == "event" and told["entity"] == "agent":
                self._act(told["data"], tasks)

    def _act(self, agent: Mapping[str, Any], tasks: asyncio.TaskGroup) -> None:
        user_id = agent["user_id"]
        if user_id not in self._people or user_id in self._busy:
            return
        todo = {
            "paused": self._go_ready,
            "after_call": self._wrap_up,
            "previewing": self._dial,
        }.get(agent["status"])
        if todo is not None:
            self._busy.add(user_id)
            tasks.create_task(self._do(user_id, todo, agent))

    async def _do(self, user_id: str, todo: Any, agent: Mapping[str, Any]) -> None:
        """Do one thing, and look at the agent again, for events that came meanwhile were passed
        over.
        """
        try:
            while todo is not None:
                try:
                    await todo(self._people[user_id], agent)
                except (Refused, aiohttp.ClientError, OSError, TimeoutError):
                    await asyncio.sleep(0.5)
                agent = await self._state(user_id)
                todo = {
                    "paused": self._go_ready,
                    "after_call": self._wrap_up,
                    "previewing": self._dial,
                }.get(agent.get("status", ""))
        finally:
            self._busy.discard(user_id)

    async def _state(self, user_id: str) -> Mapping[str, Any]:
        try:
            state: Mapping[str, Any] = await self._people[user_id].get("/agent")
        except (Refused, aiohttp.ClientError, OSError, TimeoutError):
            return {}
        return state

    async def _go_ready(self, person: Person, agent: Mapping[str, Any]) -> None:
        await person.post("/agent/ready")

    async def _dial(self, person: Person, agent: Mapping[str, Any]) -> None:
        await asyncio.sleep(self._random.uniform(0.2, 1.0) * self._after_call)
        await person.post("/agent/dial", {"attempt_id": agent["attempt"]["attempt_id"]})

    async def _wrap_up(self, person: Person, agent: Mapping[str, Any]) -> None:
        await asyncio.sleep(self._random.uniform(0.5, 1.5) * self._after_call)
        await person.post(
            "/agent/wrap-up",
            {
                "attempt_id": agent["attempt"]["attempt_id"],
                "wrap_up_code_id": self._random.choice(self._codes),
                "next": "ready",
            },
        )


async def plain_codes(admin: Person) -> list[str]:
    """Ids of wrap-up codes that ask for nothing and start nothing."""
    return [
        code["wrap_up_code_id"]
        for code in (await admin.get("/wrap-up-codes"))["items"]
        if code["active"]
        and not code["required_fields"]
        and not set(code["flags"]) & {"callback", "do_not_call"}
    ]
