"""An inbound day: the carrier lab's callers reach the demonstration's number, and agents take them.

Subscribers of the operator's database, and now and then a stranger. Each chooses a language, asks
for something or for an agent, and hangs up sooner or later; the agents are simulated.
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Callable
from dataclasses import replace

import aiohttp

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.agents import DemoAgents, plain_codes
from kwabo.stack.demo.callers import LONGEST_SECONDS, callers
from kwabo.stack.demo.inbound_report import InboundDay, InboundReport, report
from kwabo.stack.demo.rest import Person, Refused
from kwabo.stack.part import PartFailed
from kwabo.stack.parts import LabPart
from kwabo.stack.stack import Stack

AGENTS = 2  # who take callers only
AFTER_CALL_SECONDS = 3.0
AGENTS_SOUND_SECONDS = 0.5  # so often that a caller soon knows whether an agent is there
CALLED_BACK_TALK_SECONDS = 15.0
SETTLE_SECONDS = 5.0  # the last recordings and the last outcomes
PLACES_SECONDS = 60.0  # in which those who kept their place are called, when nobody waits any more


def with_heard_agents(table: BehaviourTable) -> BehaviourTable:
    """The same people, and agents whom callers notice at once."""
    agent = replace(table.behaviours[table.agents], sounds_seconds=AGENTS_SOUND_SECONDS)
    return replace(table, behaviours={**table.behaviours, table.agents: agent})


def who_are_called_back(table: BehaviourTable) -> BehaviourTable:
    """Everybody answers soon: they asked for the call."""
    person = replace(
        table.behaviours["person"],
        ring_seconds=2.0,
        talk_seconds=CALLED_BACK_TALK_SECONDS,
        talk_spread=0.0,
    )
    behaviours = {**table.behaviours, "person": person}
    return replace(table, behaviours=behaviours, shares={"person": 1}, suffixes={}, time_scale=1.0)


async def inbound_day(
    stack: Stack,
    agents: list[str],
    per_minute: float,
    say: Callable[[str], None],
    *,
    seed: int = 1,
    seconds: float | None = None,
    longest_seconds: int = LONGEST_SECONDS,
) -> int:
    """Have people call, so many a minute, and these agents answer; until it is cancelled, or for
    so many seconds, until the last caller is gone and those who kept their place were called.
    Returns how many waited at most, as the live page told it.

    Without the demonstration's number (no text-to-speech on this platform) nobody calls.
    """
    assert stack.lab is not None
    source = random.Random(seed)  # noqa: S311 (a simulation)
    people = callers(source, longest_seconds)
    seen = Watched()
    try:
        async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
            if not (await admin.get("/inbound-numbers"))["items"]:
                say("No text-to-speech on this platform: nobody calls in.")
                return 0
            team = DemoAgents(
                stack.url(),
                agents,
                DEMO_PASSWORD,
                address_prefix=stack.lab.table.agent_prefix,
                after_call_seconds=AFTER_CALL_SECONDS,
                codes=await plain_codes(admin),
            )
            try:
                await team.sign_in()
                stop = asyncio.Event()
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(team.work(admin, stop))
                    tasks.create_task(seen.watch(admin, stop))
                    until = math.inf if seconds is None else time.monotonic() + seconds
                    while time.monotonic() < until:
                        await asyncio.sleep(source.expovariate(per_minute / 60))
                        await asyncio.to_thread(stack.lab.call_in, next(people))
                    await _all_gone(stack.lab)
                    await _called_back(admin)
                    stop.set()
            finally:
                await team.close()
    except (Refused, PartFailed, aiohttp.ClientError, OSError) as error:
        say(f"Nobody calls in any more: {error}")
    except ExceptionGroup as errors:
        say(f"Nobody calls in any more: {errors.exceptions[0]}")
    return seen.most_waiting


async def inbound_demonstration(
    stack: Stack,
    agents: list[str],
    per_minute: float,
    seconds: float,
    longest_seconds: int = LONGEST_SECONDS,
) -> InboundReport:
    """A day in short, and what came of it. Raises PartFailed when it could not be played."""
    assert stack.lab is not None
    said: list[str] = []
    most_waiting = await inbound_day(
        stack,
        agents,
        per_minute,
        said.append,
        seconds=seconds,
        longest_seconds=longest_seconds,
    )
    if said:
        raise PartFailed("; ".join(said))
    await asyncio.sleep(SETTLE_SECONDS)
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        attempts = [
            attempt
            for one in (await admin.get("/campaigns"))["items"]
            if one["mode"] == "inbound"
            async for attempt in admin.pages(f"/campaigns/{one['campaign_id']}/attempts")
        ]
        figures = (await admin.get("/queue-figures"))["items"]
        day = InboundDay(
            attempts=[await admin.get(f"/attempts/{one['attempt_id']}") for one in attempts],
            figures=figures,
            most_waiting=most_waiting,
            messages=sum(one["voicemails_new"] for one in figures),
            places_open=sum(one["places_kept"] for one in figures),
        )
    prefix = stack.lab.table.agent_prefix
    calls = [call for call in stack.lab.calls() if not call.number.startswith(prefix)]
    return report(stack.lab.callers(), calls, day)


async def _all_gone(lab: LabPart) -> None:
    """Until every caller has left; they stay for `LONGEST_SECONDS` at most."""
    async with asyncio.timeout(LONGEST_SECONDS + 30):
        while any(one.ended_at is None for one in lab.callers()):  # noqa: ASYNC110 (a file)
            await asyncio.sleep(1.0)


class Watched:
    """What a supervisor's live page told of the queues."""

    def __init__(self) -> None:
        self.most_waiting = 0

    async def watch(self, admin: Person, stop: asyncio.Event) -> None:
        """Look every second, until `stop`."""
        while not stop.is_set():
            figures = (await admin.get("/queue-figures"))["items"]
            self.most_waiting = max(self.most_waiting, sum(one["waiting"] for one in figures))
            await asyncio.sleep(1.0)


async def _called_back(admin: Person) -> None:
    """Until nobody's place is kept any more; not all of them may be reached."""
    until = time.monotonic() + PLACES_SECONDS
    while time.monotonic() < until:
        figures = (await admin.get("/queue-figures"))["items"]
        at_work = any(one["agents"]["on_call"] + one["agents"]["busy"] for one in figures)
        if not at_work and not any(one["places_kept"] for one in figures):
            return
        await asyncio.sleep(1.0)
