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

import aiohttp

from kwabo.adapters.carrier_lab.callers import CallIn, HangUp, Hear, Press, Step, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.agents import DemoAgents, plain_codes
from kwabo.stack.demo.inbound_report import InboundReport, report
from kwabo.stack.demo.operator_database import PREFIX, SUBSCRIBERS
from kwabo.stack.demo.rest import Person, Refused
from kwabo.stack.part import PartFailed
from kwabo.stack.parts import LabPart
from kwabo.stack.stack import Stack

NUMBER = "0121000100"  # as the carrier sends it
AGENTS = 2  # who take callers only
AFTER_CALL_SECONDS = 3.0
STRANGERS = 0.05
LONGEST_SECONDS = 180  # that a caller stays
PATIENCE_SECONDS = (20, 90)  # of somebody who wants an agent
TALK_SECONDS = (10, 40)
SETTLE_SECONDS = 5.0  # the last recordings and the last outcomes
WANTS = (("1",), ("2",), ("3",), ("9",), ("9",), ("1", "9"), ())  # keys in the menu; (): nothing


def caller(source: random.Random, longest_seconds: int = LONGEST_SECONDS) -> CallIn:
    """Somebody who calls, and stays for so long at most."""
    number = f"{PREFIX}{source.randrange(SUBSCRIBERS) + 1:06}"
    if source.random() < STRANGERS:
        number = f"+2290199{source.randrange(10**6):06}"
    steps: list[Step] = [Hear(), Press(keys=source.choice("1112334"))]
    wants = source.choice(WANTS)
    for position, key in enumerate(wants):
        if position:
            steps += [Hear(), Press(keys="1")]  # something else, please
        steps += [Hear(), Press(keys=key)]
    if "9" in wants:
        steps += [Wait(seconds=source.uniform(*PATIENCE_SECONDS))]
    else:
        steps += [Hear(), Wait(seconds=source.uniform(0, 5))]
    if source.random() < 0.1:  # has thought better of it
        steps = [*steps[: source.randrange(1, len(steps))], HangUp()]
    return CallIn(
        number=NUMBER,
        caller=number,
        steps=(*steps, HangUp()),
        stays_seconds=longest_seconds,
        rings_seconds=40,
    )


async def inbound_day(
    stack: Stack,
    agents: list[str],
    per_minute: float,
    say: Callable[[str], None],
    *,
    seed: int = 1,
    seconds: float | None = None,
    longest_seconds: int = LONGEST_SECONDS,
) -> None:
    """Have people call, so many a minute, and these agents answer; until it is cancelled, or for
    so many seconds and until the last caller is gone.

    Without the demonstration's number (no text-to-speech on this platform) nobody calls.
    """
    assert stack.lab is not None
    source = random.Random(seed)  # noqa: S311 (a simulation)
    try:
        async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
            if not (await admin.get("/inbound-numbers"))["items"]:
                say("No text-to-speech on this platform: nobody calls in.")
                return
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
                    until = math.inf if seconds is None else time.monotonic() + seconds
                    while time.monotonic() < until:
                        await asyncio.sleep(source.expovariate(per_minute / 60))
                        await asyncio.to_thread(stack.lab.call_in, caller(source, longest_seconds))
                    await _all_gone(stack.lab)
                    stop.set()
            finally:
                await team.close()
    except (Refused, PartFailed, aiohttp.ClientError, OSError) as error:
        say(f"Nobody calls in any more: {error}")
    except ExceptionGroup as errors:
        say(f"Nobody calls in any more: {errors.exceptions[0]}")


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
    await inbound_day(
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
        details = [await admin.get(f"/attempts/{one['attempt_id']}") for one in attempts]
    return report(stack.lab.callers(), details)


async def _all_gone(lab: LabPart) -> None:
    """Until every caller has left; they stay for `LONGEST_SECONDS` at most."""
    async with asyncio.timeout(LONGEST_SECONDS + 30):
        while any(one.ended_at is None for one in lab.callers()):  # noqa: ASYNC110 (a file)
            await asyncio.sleep(1.0)
