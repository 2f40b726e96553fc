"""An inbound day: the carrier lab's callers reach the demonstration's number, and agents take them.

Subscribers of the operator's database, and now and then a stranger. Each chooses a language, asks
for something or for an agent, and hangs up sooner or later; the agents are simulated.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

import aiohttp

from kwabo.adapters.carrier_lab.callers import CallIn, HangUp, Hear, Press, Step, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.agents import DemoAgents, plain_codes
from kwabo.stack.demo.operator_database import PREFIX, SUBSCRIBERS
from kwabo.stack.demo.rest import Person, Refused
from kwabo.stack.part import PartFailed
from kwabo.stack.stack import Stack

NUMBER = "0121000100"  # as the carrier sends it
AGENTS = 2  # who take callers only
AFTER_CALL_SECONDS = 3.0
STRANGERS = 0.05
PATIENCE_SECONDS = (20, 90)  # of somebody who wants an agent
TALK_SECONDS = (10, 40)
WANTS = (("1",), ("2",), ("3",), ("9",), ("9",), ("1", "9"), ())  # keys in the menu; (): nothing


def caller(source: random.Random) -> CallIn:
    """Somebody who calls."""
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
        number=NUMBER, caller=number, steps=(*steps, HangUp()), stays_seconds=300, rings_seconds=40
    )


async def inbound_day(
    stack: Stack,
    agents: list[str],
    per_minute: float,
    say: Callable[[str], None],
    *,
    seed: int = 1,
) -> None:
    """Have people call, so many a minute, and these agents answer; until it is cancelled.

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
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(team.work(admin, asyncio.Event()))
                    while True:
                        await asyncio.sleep(source.expovariate(per_minute / 60))
                        await asyncio.to_thread(stack.lab.call_in, caller(source))
            finally:
                await team.close()
    except (Refused, PartFailed, aiohttp.ClientError, OSError) as error:
        say(f"Nobody calls in any more: {error}")
    except ExceptionGroup as errors:
        say(f"Nobody calls in any more: {errors.exceptions[0]}")
