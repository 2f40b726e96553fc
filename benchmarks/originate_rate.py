"""Calls started per second through ARI: bare requests, and the adapter with all its events.

A real switch calls the carrier lab; every number is busy at once, so that the measure is of
starting and ending calls, not of holding them. Both ends share this machine. Each row tells how
many calls reached the lab's dialplan (an overloaded lab refuses before it) and how many ends were
told; twice in either is an error.

    python benchmarks/originate_rate.py [--calls 2000] [--at-once 16] [--rounds 3] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

import aiohttp

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.adapters.carrier_lab.configuration import LAB_HOST
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.adapters.switch.asterisk.configuration import Trunk
from kwabo.adapters.switch.asterisk.install import install
from kwabo.adapters.switch.asterisk.originate import originate_request
from kwabo.adapters.switch.asterisk.switch import AsteriskSwitch
from kwabo.adapters.system import SystemClock
from kwabo.ports.switch import CallNumber, ChannelEnded, Originate
from kwabo.stack.parts import LAB_TRUNK, LabPart, SwitchPart
from kwabo.stack.ports import free_tcp_port, free_udp_port

Start = Callable[[Originate], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement."""

    what: str
    calls: int
    at_once: int
    seconds: float  # until the last originate was answered
    per_second: float
    seen_by_lab: int
    told_ended: int | None  # None: nobody listens


def _calls(count: int) -> list[Originate]:
    made = []
    for n in range(count):
        channel_id = str(uuid4())
        made.append(
            Originate(
                channel_id=channel_id,
                to=CallNumber(number=f"+22901{n:08d}", trunk_endpoint=LAB_TRUNK),
                caller_id="+2290121000000",
                headers={"X-Kwabo-Attempt-Id": channel_id},
            )
        )
    return made


async def _start_all(calls: list[Originate], at_once: int, start: Start) -> float:
    waiting = iter(calls)

    async def worker() -> None:
        for call in waiting:
            await start(call)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(worker())
    return time.perf_counter() - began


async def _until(met: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not met() and time.monotonic() < end:  # noqa: ASYNC110 (the lab's log is a file)
        await asyncio.sleep(0.05)


def _seen(lab: LabPart, calls: list[Originate]) -> int:
    wanted = {call.channel_id for call in calls}
    seen = Counter(one.attempt_id for one in lab.calls() if one.attempt_id in wanted)
    assert max(seen.values(), default=0) <= 1, "the lab saw an attempt twice"
    return len(seen)


async def bare(address: AriAddress, lab: LabPart, count: int, at_once: int) -> Row:
    """POST /channels and nothing else; one idle WebSocket keeps the application registered."""
    calls = _calls(count)
    login = {"Authorization": aiohttp.encode_basic_auth(address.user, address.password)}
    async with (
        aiohttp.ClientSession(headers=login) as session,
        session.ws_connect(f"{address.url}/events", params={"app": "bench-bare"}),
    ):

        async def start(call: Originate) -> None:
            body = originate_request(call, "bench-bare")
            async with session.post(f"{address.url}/channels", json=body) as answer:
                await answer.read()
                assert answer.status == 200, answer.status

        seconds = await _start_all(calls, at_once, start)
        await _until(lambda: _seen(lab, calls) == count, 10)
    return Row("bare", count, at_once, seconds, count / seconds, _seen(lab, calls), None)


async def adapter(address: AriAddress, lab: LabPart, count: int, at_once: int) -> Row:
    """Through `AsteriskSwitch`, with every event read and told."""
    calls = _calls(count)
    switch = AsteriskSwitch(address, "bench-adapter", SystemClock())
    ended: Counter[str] = Counter()

    async def read() -> None:
        async for event in switch.events():
            if isinstance(event, ChannelEnded):
                ended[event.channel_id] += 1

    reader = asyncio.create_task(read())
    await switch.start()
    await _until(lambda: switch.ready, 10)
    seconds = await _start_all(calls, at_once, switch.originate)
    await _until(lambda: len(ended) == count, 60)
    await switch.close()
    await reader
    assert max(ended.values(), default=0) <= 1, "an end was told twice"
    seen = _seen(lab, calls)
    return Row("adapter", count, at_once, seconds, count / seconds, seen, len(ended))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    home = Path(os.environ.get("KWABO_HOME") or ".kwabo").resolve()
    table = BehaviourTable(
        behaviours={
            "busy": Behaviour(kind=Kind.BUSY, ring_seconds=0.0),
            "agent": Behaviour(kind=Kind.AGENT),
        },
        shares={"busy": 1},
        spread=0.0,
    )
    with tempfile.TemporaryDirectory() as folder:
        installation = install(home)
        switch_sip, lab_sip = free_udp_port(), free_udp_port(LAB_HOST)
        lab = LabPart(
            installation,
            Path(folder) / "lab",
            http_port=free_tcp_port(),
            sip_port=lab_sip,
            switch_sip_port=switch_sip,
            table=table,
        )
        switch = SwitchPart(
            installation,
            Path(folder) / "switch",
            http_port=free_tcp_port(),
            sip_port=switch_sip,
            trunks=(Trunk(name=LAB_TRUNK, host=LAB_HOST, port=lab_sip),),
        )
        try:
            lab.start()
            switch.start()
            address = AriAddress(
                url=switch.ari.url, user=switch.ari.user, password=switch.ari.password
            )
            rows = [
                asyncio.run(measure(address, lab, options.calls, options.at_once))
                for _ in range(options.rounds)
                for measure in (bare, adapter)
            ]
        finally:
            switch.stop()
            lab.stop()
    if options.json:
        print(json.dumps([asdict(row) for row in rows]))
        return
    print(f"{'what':<10}{'calls':>8}{'at once':>9}{'seconds':>9}{'per s':>8}{'lab':>8}{'ended':>8}")
    for row in rows:
        ended = "-" if row.told_ended is None else str(row.told_ended)
        print(
            f"{row.what:<10}{row.calls:>8}{row.at_once:>9}{row.seconds:>9.2f}"
            f"{row.per_second:>8.0f}{row.seen_by_lab:>8}{ended:>8}"
        )


if __name__ == "__main__":
    main()
