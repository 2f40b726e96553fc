"""Calls per second with the whole path, beside bare originates; and seconds from answer to bridge.

First part, rate: every number is busy at once. Rows: (a) bare `POST /channels` requests to the
same switch; (b) the adapter alone, with every event read; (c) a progressive campaign with simulated
agents: contacts claimed, rules asked, attempts and events written and committed before the switch
is asked, the refusal mapped and written. The share is the median of (c) by the median of (a).

Second part, answer to bridge: people answer, and each is joined with an agent who waits on a
persistent leg. Two clocks tell: the program's own (`connected_at` less `answered_at`), and from
outside, the far end's "answered" line to the switch's event that both are in one bridge.

PostgreSQL, switch, carrier lab, server and simulated agents share this machine.

    python benchmarks/call_path.py [--calls 1500] [--agents 40] [--answers 150] [--rounds 2]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from _campaign import (
    home,
    insist,
    make_campaign,
    open_trunk,
    quiet,
    team_at_work,
    until_complete,
)
from _campaign import write_contacts as write
from originate_rate import adapter, bare

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.parts import AriAccess
from kwabo.stack.stack import Stack, StackSettings

AT_ONCE = 16
TALK_SECONDS = 3.0


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Seconds of one kind."""

    what: str
    answers: int
    p50: float
    p95: float
    max: float

    @classmethod
    def of(cls, what: str, seconds: list[float]) -> Waits:
        found = sorted(seconds)
        return cls(
            what=what,
            answers=len(found),
            p50=statistics.median(found),
            p95=found[min(len(found) - 1, int(len(found) * 0.95))],
            max=found[-1],
        )


def table() -> BehaviourTable:
    """Numbers that end with 7 answer after a second; all others are busy at once."""
    return BehaviourTable(
        behaviours={
            "busy": Behaviour(kind=Kind.BUSY, ring_seconds=0.0),
            "person": Behaviour(kind=Kind.PERSON, ring_seconds=1.0, talk_seconds=TALK_SECONDS),
            "agent": Behaviour(kind=Kind.AGENT),
        },
        shares={"busy": 1},
        suffixes={"7": ("person",)},
        spread=0.2,
    )


async def whole_path(stack: Stack, admin: Person, name: str, calls: int) -> dict[str, Any]:
    """Calls per second of a campaign, from the first to the last attempt's row."""
    numbers = [f"0197{n:05d}0" for n in range(calls)]
    campaign_id = await make_campaign(admin, write(stack.folder / "busy.csv", numbers), name)
    await insist(admin, f"/campaigns/{campaign_id}/start")
    await until_complete(admin, campaign_id, 60 + calls / 2)
    attempts = [a async for a in admin.pages(f"/campaigns/{campaign_id}/attempts")]
    results = Counter(a["result"] for a in attempts)
    assert len(attempts) == calls, len(attempts)
    begun = [datetime.fromisoformat(a["dialling_at"]) for a in attempts]
    seconds = (max(begun) - min(begun)).total_seconds()
    ids = {a["attempt_id"] for a in attempts}
    assert stack.lab is not None
    seen = [call.attempt_id for call in stack.lab.calls() if call.attempt_id in ids]
    assert len(seen) == len(set(seen)), "the lab saw an attempt twice"
    assert len(seen) >= results["busy"], "busy, and the lab never saw it"
    closing = sorted(
        (datetime.fromisoformat(a["closed_at"]) - at).total_seconds()
        for a, at in zip(attempts, begun, strict=True)
    )
    return {
        "per_second": calls / seconds,
        "seconds": seconds,
        "calls": calls,
        "row_to_closed_p50": statistics.median(closing),
        "results": dict(results),
    }


@asynccontextmanager
async def bridges(ari: AriAccess) -> AsyncIterator[dict[str, float]]:
    """When each channel was first together with another one in a mixing bridge, by Asterisk."""
    together: dict[str, float] = {}
    login = {"Authorization": aiohttp.encode_basic_auth(ari.user, ari.password)}
    async with (
        aiohttp.ClientSession(headers=login) as session,
        session.ws_connect(
            f"{ari.url}/events", params={"app": "bench-watch", "subscribeAll": "true"}
        ) as socket,
    ):

        async def read() -> None:
            async for message in socket:
                told = json.loads(message.data)
                if told.get("type") != "ChannelEnteredBridge":
                    continue
                bridge = told["bridge"]
                if bridge["bridge_type"] == "mixing" and len(bridge["channels"]) >= 2:
                    at = datetime.fromisoformat(told["timestamp"]).timestamp()
                    for channel_id in bridge["channels"]:
                        together.setdefault(channel_id, at)

        reader = asyncio.create_task(read())
        try:
            yield together
        finally:
            reader.cancel()


async def answers(stack: Stack, admin: Person, name: str, calls: int) -> list[Waits]:
    """Seconds from the answer to the bridge."""
    assert stack.switch is not None
    assert stack.lab is not None
    numbers = [f"0196{n:05d}7" for n in range(calls)]
    campaign_id = await make_campaign(admin, write(stack.folder / "people.csv", numbers), name)
    async with bridges(stack.switch.ari) as together:
        await insist(admin, f"/campaigns/{campaign_id}/start")
        await until_complete(admin, campaign_id, 120 + 10 * calls)
    attempts = [a async for a in admin.pages(f"/campaigns/{campaign_id}/attempts")]
    own = [
        (
            datetime.fromisoformat(a["connected_at"]) - datetime.fromisoformat(a["answered_at"])
        ).total_seconds()
        for a in attempts
        if a["answered_at"] and a["connected_at"]
    ]
    ids = {a["attempt_id"] for a in attempts}
    outside = [
        together[call.attempt_id] - call.answered_at.timestamp()
        for call in stack.lab.calls()
        if call.attempt_id in ids and call.answered_at and call.attempt_id in together
    ]
    results = Counter(a["result"] for a in attempts)
    assert len(own) == len(outside), (len(own), len(outside), results)
    return [
        Waits.of("by the program's own times", own),
        Waits.of("by the far end and the switch", outside),
    ]


async def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Every figure of one run."""
    settings = StackSettings(
        home=home(),
        folder=folder,
        table=table(),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": str(options.agents)},
    )
    rates: dict[str, list[float]] = {"bare": [], "adapter": [], "whole path": []}
    closing: list[float] = []
    results: Counter[str] = Counter()
    async with Stack(settings) as stack:
        assert stack.switch is not None
        assert stack.lab is not None
        ari = stack.switch.ari
        address = AriAddress(url=ari.url, user=ari.user, password=ari.password)
        async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
            await open_trunk(admin, lines=500, calls_per_second=500)
            async with team_at_work(
                stack.url(),
                admin,
                options.agents,
                prefix=stack.lab.table.agent_prefix,
                after_call_seconds=0.1,
            ):
                for n in range(options.rounds):
                    row = await bare(address, stack.lab, options.calls, AT_ONCE)
                    rates["bare"].append(row.per_second)
                    row = await adapter(address, stack.lab, options.calls, AT_ONCE)
                    rates["adapter"].append(row.per_second)
                    whole = await whole_path(stack, admin, f"rate {n}", options.calls)
                    rates["whole path"].append(whole["per_second"])
                    closing.append(whole["row_to_closed_p50"])
                    results.update(whole["results"])
                waits = [
                    wait
                    for n in range(options.rounds)
                    for wait in await answers(stack, admin, f"answers {n}", options.answers)
                ]
    medians = {what: statistics.median(found) for what, found in rates.items()}
    return {
        "agents": options.agents,
        "calls": options.calls,
        "per_second": rates,
        "share_of_bare": medians["whole path"] / medians["bare"],
        "share_of_adapter": medians["whole path"] / medians["adapter"],
        "row_to_closed_seconds_p50": statistics.median(closing),
        "results": dict(results),
        "answer_to_bridge": [vars(wait) for wait in waits],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=1500)
    parser.add_argument("--agents", type=int, default=40)
    parser.add_argument("--answers", type=int, default=150, help="calls")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    options = parser.parse_args()
    quiet()
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        Path(folder).chmod(0o755)
        figures = asyncio.run(measure(Path(folder), options))
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{'calls per second':<34}rounds")
    for what, found in figures["per_second"].items():
        print(f"  {what:<32}" + "  ".join(f"{rate:.0f}" for rate in found))
    print(f"  whole path as a share of bare   {figures['share_of_bare']:.2f}")
    print(f"  … of the adapter alone          {figures['share_of_adapter']:.2f}")
    print(f"  attempt's row to closed, p50    {figures['row_to_closed_seconds_p50']:.3f} s")
    told = ", ".join(f"{number} {result}" for result, number in figures["results"].items())
    print(f"  results of the whole path       {told}")
    print(f"\n{'answer to bridge, seconds':<34}{'answers':>8}{'p50':>8}{'p95':>8}{'max':>8}")
    for wait in figures["answer_to_bridge"]:
        print(
            f"  {wait['what']:<32}{wait['answers']:>8}{wait['p50']:>8.3f}{wait['p95']:>8.3f}"
            f"{wait['max']:>8.3f}"
        )


if __name__ == "__main__":
    main()
