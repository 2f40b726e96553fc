"""Seconds from `kill -9` of the engine until its calls are adopted and dialling goes on.

Two engines and one API process share a floor; agents talk with people whom the carrier lab plays.
Each round kills the engine that holds the floor and starts it again. Told for each round: seconds
until the other engine had compared the floor with the switch (its log says so: calls are adopted),
seconds until the next attempt was dialled, how many people were in a bridge of the switch with an
agent before the kill, how many of those talked on as long as they meant to (by the far end's log),
and how many were cut off. Most of the time is the lease's: it must lapse before others may act.

    python benchmarks/recovery.py [--kills 10] [--agents 12] [--lease 5] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from _campaign import home, insist, make_campaign, open_trunk, team_at_work
from _campaign import write_contacts as write

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.adapters.carrier_lab.log import LabCall
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.parts import AriAccess
from kwabo.stack.stack import Stack, StackSettings

ENGINES = ("engine-1", "engine-2")
BETWEEN_SECONDS = 12.0  # for the agents to be in conversations again
GIVE_UP_SECONDS = 60.0
TOLERANCE_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True)
class Round:
    """One kill."""

    adopted_seconds: float
    dialled_seconds: float | None  # None: nothing was dialled before the next kill
    talking: int  # with an agent, before the kill
    finished: (
        int  # of those, by the people themselves when they had talked as long as they meant to
    )
    cut_off: int  # of those, earlier


@dataclass(frozen=True, kw_only=True)
class Kill:
    """What was seen when it happened."""

    killed_at: datetime
    adopted_at: datetime
    talking: set[str]  # channels together with another one


def people() -> BehaviourTable:
    """Most answer after 1 s and talk for about 15 s: every second or so an agent is free."""
    return BehaviourTable(
        behaviours={
            "person": Behaviour(kind=Kind.PERSON, ring_seconds=1.0, talk_seconds=15.0),
            "busy": Behaviour(kind=Kind.BUSY, ring_seconds=0.0),
            "agent": Behaviour(kind=Kind.AGENT),
        },
        shares={"person": 4, "busy": 1},
    )


def owner(stack: Stack) -> str | None:
    """The engine that holds the floor, by what each says of itself."""
    for name in ENGINES:
        try:
            with urllib.request.urlopen(f"{stack.url(name)}/api/health", timeout=1) as answer:
                if json.load(answer)["parts"]["engine"]["status"] == "ok":
                    return name
        except OSError:
            continue
    return None


async def conversations(ari: AriAccess) -> set[str]:
    """Channels that are together with another one in a mixing bridge, by the switch."""
    login = {"Authorization": aiohttp.encode_basic_auth(ari.user, ari.password)}
    async with (
        aiohttp.ClientSession(headers=login) as session,
        session.get(f"{ari.url}/bridges") as answer,
    ):
        bridges = await answer.json()
    return {
        channel_id
        for bridge in bridges
        if bridge["bridge_type"] == "mixing" and len(bridge["channels"]) >= 2
        for channel_id in bridge["channels"]
    }


def compared(stack: Stack, after: datetime) -> datetime | None:
    """When an engine first compared the floor with the switch after an instant."""
    found = [
        at
        for name in ENGINES
        for line in (stack.folder / "logs" / f"{name}.log").read_text().splitlines()
        if '"compared with the switch"' in line
        and (at := datetime.fromisoformat(json.loads(line)["timestamp"])) > after
    ]
    return min(found, default=None)


async def one_kill(stack: Stack, between: float) -> Kill:
    """Kill the owner, wait for adoption, start it again."""
    assert stack.switch is not None
    await asyncio.sleep(between)
    until = time.monotonic() + GIVE_UP_SECONDS
    while (name := await asyncio.to_thread(owner, stack)) is None:
        assert time.monotonic() < until, "no engine holds the floor"
        await asyncio.sleep(0.1)
    before = await conversations(stack.switch.ari)
    killed_at = datetime.now(UTC)
    stack.kill(name)
    while (adopted_at := compared(stack, killed_at)) is None:
        assert time.monotonic() < until + GIVE_UP_SECONDS, "nobody adopted the calls"
        await asyncio.sleep(0.05)
    await stack.restart(name)
    return Kill(killed_at=killed_at, adopted_at=adopted_at, talking=before)


async def measure(folder: Path, options: argparse.Namespace) -> list[Round]:
    """Every round."""
    settings = StackSettings(
        home=home(),
        folder=folder,
        servers=(),
        table=people(),
        environment={
            "KWABO_DEMO": "1",
            "KWABO_DEMO_AGENTS": str(options.agents),
            "KWABO_LEASE_SECONDS": str(options.lease),
        },
    )
    async with Stack(settings) as stack:
        assert stack.lab is not None
        stack.add_server("api", role="api")
        await stack.start("api")
        for name in ENGINES:
            stack.add_server(name, role="engine")
            await stack.start(name)
        async with Person(stack.url("api"), "admin", DEMO_PASSWORD) as admin:
            await open_trunk(admin, lines=200, calls_per_second=50)
            numbers = [f"0197{n:06d}" for n in range(options.agents * (20 + 5 * options.kills))]
            campaign_id = await make_campaign(admin, write(folder / "people.csv", numbers), "kills")
            async with team_at_work(
                stack.url("api"),
                admin,
                options.agents,
                prefix=stack.lab.table.agent_prefix,
                after_call_seconds=1.0,
            ):
                await insist(admin, f"/campaigns/{campaign_id}/start")
                kills = [
                    await one_kill(stack, BETWEEN_SECONDS + options.lease)
                    for _ in range(options.kills)
                ]
                await insist(admin, f"/campaigns/{campaign_id}/pause")
                await paused(admin, campaign_id)
                attempts = [a async for a in admin.pages(f"/campaigns/{campaign_id}/attempts")]
        calls = {call.attempt_id or "": call for call in stack.lab.calls()}
    dialled = sorted(datetime.fromisoformat(a["dialling_at"]) for a in attempts if a["dialling_at"])
    return [
        judge(kill, following, dialled, calls, settings.table)
        for kill, following in zip(kills, [*kills[1:], None], strict=True)
    ]


async def paused(admin: Person, campaign_id: str) -> None:
    """Wait until the last conversation has ended."""
    state = ""
    async with asyncio.timeout(120):
        while state != "paused":
            await asyncio.sleep(0.5)
            state = (await admin.get(f"/campaigns/{campaign_id}"))["state"]


def judge(
    kill: Kill,
    following: Kill | None,
    dialled: list[datetime],
    calls: Mapping[str, LabCall],
    table: BehaviourTable,
) -> Round:
    """What became of those who talked, by the far end's log."""
    until = following.killed_at if following else datetime.max.replace(tzinfo=UTC)
    later = [at for at in dialled if kill.killed_at < at < until]
    talking = [calls[channel_id] for channel_id in kill.talking if channel_id in calls]
    cut_off = 0
    for call in talking:
        meant = table.decide(call.number).talk_seconds
        assert call.answered_at is not None
        talked = (call.ended_at - call.answered_at).total_seconds() if call.ended_at else 0.0
        cut_off += talked < meant - TOLERANCE_SECONDS
    return Round(
        adopted_seconds=(kill.adopted_at - kill.killed_at).total_seconds(),
        dialled_seconds=(later[0] - kill.killed_at).total_seconds() if later else None,
        talking=len(talking),
        finished=len(talking) - cut_off,
        cut_off=cut_off,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--agents", type=int, default=12)
    parser.add_argument("--lease", type=float, default=5.0, help="KWABO_LEASE_SECONDS")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        Path(folder).chmod(0o755)
        rounds = asyncio.run(measure(Path(folder), options))
    if options.json:
        print(json.dumps([vars(one) for one in rounds]))
        return
    print(f"lease {options.lease} s, {options.agents} agents")
    head = f"{'talking':>9}{'finished':>10}{'cut off':>9}"
    print(f"{'kill':<6}{'adopted s':>10}{'dialled s':>11}{head}")
    for n, one in enumerate(rounds, 1):
        dialled = "-" if one.dialled_seconds is None else f"{one.dialled_seconds:.2f}"
        print(
            f"{n:<6}{one.adopted_seconds:>10.2f}{dialled:>11}{one.talking:>9}{one.finished:>10}"
            f"{one.cut_off:>9}"
        )
    adopted = [one.adopted_seconds for one in rounds]
    print(
        f"adopted: p50 {statistics.median(adopted):.2f} s, max {max(adopted):.2f} s; cut off: "
        f"{sum(one.cut_off for one in rounds)} of {sum(one.talking for one in rounds)}"
    )


if __name__ == "__main__":
    main()
