"""Many callers at once in a flow on a real Asterisk: from key to prompt, and what a call costs.

The carrier lab's callers press keys in a menu again and again: two say a sound, the third asks the
demonstration's operator database by SQL and says another one, and each comes back to the menu. In
the same run, before and after: one caller alone in the flow, and as many callers as asked for with
a bare program of a few lines on the same switch (no flow, no database) in Kwabo's place.

From key to prompt, two clocks: the wire at the switch (the key's first and last packet, held down
for 120 ms, to the first packet of the sound after it; needs root), and the switch's events (key
heard to sound started). The first three callers' recordings are compared with the sounds; the
others only press keys, so that the lab does not cost more than what is measured.

Beside the figures: how many were there over time, and of those who were not there to the end, who
hung up and with which cause. PostgreSQL, switch, carrier lab, server and this program share the
machine.

    python benchmarks/flow_calls.py [--calls 200] [--seconds 60] [--key-every 3] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import _tests  # noqa: F401
import aiohttp
import psutil
from _campaign import home, open_trunk, quiet
from memory import memory_of_parts
from switch_bench.wire import Wire, watch

from audio_files import as_wav, found_in, read_wav, sweep
from kwabo.adapters.carrier_lab.callers import CallIn, Press, Step, Wait
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.adapters.switch.asterisk.switch import AsteriskSwitch
from kwabo.adapters.system import SystemClock
from kwabo.ports.switch import (
    ChannelAnswered,
    ChannelArrived,
    ChannelDigit,
    InboundTrunk,
    SwitchError,
)
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.operator_database import PREFIX, SECRET_NAME, make_operator_database
from kwabo.stack.demo.rest import Person
from kwabo.stack.part import PartFailed
from kwabo.stack.parts import LAB_TRUNK, AriAccess
from kwabo.stack.stack import DEMO_SLUG, Stack, StackSettings

SENT = "0121000088"
PER_SECOND = 10  # callers that begin
KEY_EVERY = 3.0  # seconds of silence between one's keys; people who listen take longer
BASELINE_SECONDS = 15.0
COMPARED = 3  # callers, whose recordings are searched for the sounds
STAYS_LONGER_SECONDS = 60.0  # than planned: a busy machine is late; the lab hangs up at the end
SHOWN_EVERY = 10.0  # seconds, of callers there over time
SOUNDS = {"menu": (300.0, 600.0), "un": (800.0, 1100.0), "deux": (1400.0, 1700.0)}
SOUNDS |= {"solde": (2100.0, 2600.0), "panne": (2900.0, 3300.0)}
SOUND_SECONDS, SAME = 0.6, 0.85


@dataclass(slots=True)
class Switched:
    """From a key that the switch heard to the sound that it started, by its events."""

    seconds: list[float] = field(default_factory=list)
    _pressed: dict[str, float] = field(default_factory=dict)

    def heard(self, event: dict[str, Any]) -> None:
        """Times are those at which the events came: not all of Asterisk's carry one."""
        now = time.monotonic()
        if event.get("type") == "ChannelDtmfReceived":
            self._pressed[event["channel"]["id"]] = now
        elif event.get("type") == "PlaybackStarted":
            channel_id = event["playback"]["target_uri"].removeprefix("channel:")
            if (begun := self._pressed.pop(channel_id, None)) is not None:
                self.seconds.append(now - begun)


@asynccontextmanager
async def listening(ari: AriAccess) -> AsyncIterator[Switched]:
    """Keys and playbacks of all channels."""
    found = Switched()
    login = {"Authorization": aiohttp.encode_basic_auth(ari.user, ari.password)}
    wanted = {"allowed": [{"type": "ChannelDtmfReceived"}, {"type": "PlaybackStarted"}]}
    socket_of = {"app": "bench-watch", "subscribeAll": "true"}
    async with (
        aiohttp.ClientSession(headers=login) as session,
        session.ws_connect(f"{ari.url}/events", params=socket_of) as socket,
    ):
        path = f"{ari.url}/applications/bench-watch/eventFilter"
        async with session.put(path, json=wanted) as answer:
            answer.raise_for_status()

        async def read() -> None:
            async for message in socket:
                found.heard(json.loads(message.data))

        reader = asyncio.create_task(read())
        try:
            yield found
        finally:
            reader.cancel()


def cpu_of_parts(stack: Stack) -> dict[str, float]:
    """Seconds of each part's processes, with those that have ended."""
    spent: dict[str, float] = {}
    for name, part in stack.parts.items():
        if (pid := part.pid()) is None:
            continue
        root = psutil.Process(pid)
        times = root.cpu_times()
        spent[name] = times.children_user + times.children_system
        for one in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                spent[name] += sum(one.cpu_times()[:2])
    return spent


def percentiles(seconds: list[float]) -> dict[str, float]:
    """In milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return {"number": 0}
    told = {f"p{p}": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] for p in (50, 95, 99)}
    told["max"] = ordered[-1]
    return {"number": len(ordered)} | {name: round(1000 * one, 1) for name, one in told.items()}


def script(number: int, seconds: float, key_every: float) -> tuple[Step, ...]:
    """Keys 1, 2, 3 in turn, from a moment of the caller's own."""
    steps: list[Step] = [Wait(seconds=1.5 + number * 0.617 % key_every)]
    for n in range(int(seconds / key_every)):
        steps += [Press(keys=str(1 + (n + number) % 3)), Wait(seconds=key_every)]
    return tuple(steps[:200])


async def crowd(
    stack: Stack,
    *,
    wire: Wire | None,
    sounds: Path,
    what: str,
    callers: int,
    seconds: float,
    key_every: float,
) -> dict[str, Any]:
    """So many call in, one after the other; measured while all of them are there."""
    assert stack.lab is not None
    assert stack.switch is not None
    ramp = callers / PER_SECOND + 3.0
    calls = []
    begun = time.monotonic()
    for number in range(callers):
        left = ramp - number / PER_SECOND + seconds + STAYS_LONGER_SECONDS
        calls.append(
            CallIn(
                number=SENT,
                caller=f"{PREFIX}{number + 1:06}",
                steps=script(number, left, key_every),
                stays_seconds=round(left),
                records=number < COMPARED,
            )
        )
        await asyncio.sleep(max(0.0, begun + number / PER_SECOND - time.monotonic()))
        with contextlib.suppress(PartFailed):  # too busy to answer; whether it calls, its log tells
            await asyncio.to_thread(stack.lab.call_in, calls[-1])
    await asyncio.sleep(max(0.0, begun + ramp - time.monotonic()))
    async with listening(stack.switch.ari) as switched:
        await answered_all(stack, calls)
        memory = memory_of_parts_up(stack)
        since, before = time.time(), cpu_of_parts(stack)
        machine = psutil.cpu_times()
        await asyncio.sleep(seconds)
        until, after = time.time(), cpu_of_parts(stack)
        busy = busy_seconds(machine, psutil.cpu_times())
    await asyncio.to_thread(stack.lab.console, "channel request hangup all")
    ids = {call.call_id for call in calls}
    async with asyncio.timeout(60):
        while True:
            seen = [one for one in stack.lab.callers() if one.call_id in ids]
            if all(one.ended_at for one in seen):
                break
            await asyncio.sleep(0.5)
    answered = [one for one in seen if one.answered_at]
    spans = [
        (o.answered_at.timestamp(), o.ended_at.timestamp())
        for o in answered
        if o.answered_at and o.ended_at
    ]
    minutes = sum(max(0.0, min(end, until) - max(at, since)) for at, end in spans) / 60
    keys = wire.keys(since, until - key_every) if wire else []
    told = [key for key in keys if key.prompt]
    row = {
        "what": what,
        "callers": callers,
        "answered": len(answered),
        "at_once": sum(at <= since and end >= until for at, end in spans),
        "there": there(spans, since, until),
        "lost_early": dict(
            Counter(
                f"by {one.ended_by}, cause {one.cause}"
                for one in answered
                if one.ended_at and one.ended_at.timestamp() < until
            )
        ),
        "keys": len(keys) if wire else len(switched.seconds),
        "keys_without_prompt": len(keys) - len(told) if wire else None,
        "key_begun_to_prompt_ms": percentiles([k.prompt - k.begun for k in told if k.prompt]),
        "key_ended_to_prompt_ms": percentiles(
            [k.prompt - k.ended for k in told if k.prompt and k.ended and k.digit != 3]
        ),
        "key_ended_to_prompt_with_lookup_ms": percentiles(
            [k.prompt - k.ended for k in told if k.prompt and k.ended and k.digit == 3]
        ),
        "by_the_switch_ms": percentiles(switched.seconds),
        "cpu_seconds_per_call_minute": {
            name: round((after[name] - before[name]) / max(minutes, 1e-9), 3) for name in after
        },
        "processors_used": round(sum(after[n] - before[n] for n in after) / (until - since), 2),
        "processors_busy": round(busy / (until - since), 2),
        "memory_pss_mb": memory,
        "heard": [likeness(one.heard, sounds) for one in seen[:COMPARED]],
    }
    print(f"{row['what']}: there {row['there']}, left {row['lost_early']}", file=sys.stderr)
    return row


async def answered_all(stack: Stack, calls: Sequence[CallIn]) -> None:
    """Wait until each was answered or has ended, half a minute at most."""
    assert stack.lab is not None
    ids = {call.call_id for call in calls}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(30):
            while True:
                seen = [one for one in stack.lab.callers() if one.call_id in ids]
                if sum(bool(one.answered_at or one.ended_at) for one in seen) == len(ids):
                    return
                await asyncio.sleep(0.5)


def there(spans: Sequence[tuple[float, float]], since: float, until: float) -> list[int]:
    """Callers in the flow at the begin, every so often, and at the end."""
    moments = [since + SHOWN_EVERY * n for n in range(int((until - since) / SHOWN_EVERY) + 1)]
    return [sum(at <= moment <= end for at, end in spans) for moment in [*moments, until]]


def busy_seconds(before: Any, after: Any) -> float:
    """Of all processors and everybody on the machine, between two readings."""
    idle = after.idle - before.idle + after.iowait - before.iowait
    return float(sum(after[:8]) - sum(before[:8]) - idle)


def memory_of_parts_up(stack: Stack) -> dict[str, int]:
    """PSS in megabytes of the parts that run."""
    if any(part.pid() is None for part in stack.parts.values()):
        return {}
    return {name: round(one.pss) for name, one in memory_of_parts(stack).items()}


def likeness(heard: Path, sounds: Path) -> str:
    """Which sounds are in a recording."""
    if not heard.exists():
        return "nothing"
    found = read_wav(heard)
    return " ".join(
        name for name in SOUNDS if found_in(found, read_wav(sounds / f"{name}.wav"))[0] > SAME
    )


def flow(source_id: str) -> dict[str, Any]:
    """A menu of three keys; each says something and comes back."""

    def say(name: str) -> dict[str, Any]:
        return {"id": name, "type": "say", "say": [{"prompt": name}], "ways": {"next": "menu"}}

    return {
        "languages": ["fr"],
        "start": "menu",
        "limits": {"steps": 2000, "seconds": 7200, "visits": 500},
        "variables": [{"name": "solde", "type": "amount", "personal": True}],
        "nodes": [
            {
                "id": "menu", "type": "menu", "say": [{"prompt": "menu"}], "seconds": 20,
                "options": [{"key": "1"}, {"key": "2"}, {"key": "3"}],
                "ways": {"1": "un", "2": "deux", "3": "compte", "timeout": "fin"},
            },
            {
                "id": "compte", "type": "lookup", "source_id": source_id, "seconds": 5,
                "parameters": {"number": "{{call:caller}}"}, "outputs": {"balance": "solde"},
                "ways": {"ok": "solde", "empty": "panne", "error": "panne", "slow": "panne"},
            },
            say("un"), say("deux"), say("solde"), say("panne"),
            {"id": "fin", "type": "hang_up"},
        ],
    }  # fmt: skip


async def prepare(stack: Stack, admin: Person, sounds: Path) -> None:
    """Sounds, the question to the database, the flow, and the number that leads to it."""
    assert stack.postgres is not None
    secret = stack.folder / "secrets" / DEMO_SLUG / SECRET_NAME
    place = await make_operator_database(stack.postgres.access.superuser_url, secret)
    host, _, port = place.rpartition(":")
    languages = [{"language": "fr", "numbers": "own"}]
    await admin.put("/languages", {"languages": languages, "second_person": False})
    for name in SOUNDS:
        prompt = await admin.post("/prompts/new", {"key": name, "name": name})
        path = f"/prompts/{prompt['prompt_id']}/recordings"
        made = await admin.upload(path, sounds / f"{name}.wav", language="fr", words=name)
        await admin.post(f"/prompt-variants/{made['variant_id']}/submit")
        await admin.post(f"/prompt-variants/{made['variant_id']}/approve")
    settings = {
        "kind": "sql", "host": host, "port": int(port), "database": "operator",
        "user": "operator_reader", "secret_name": SECRET_NAME, "encrypted": False,
        "statement": "SELECT balance FROM operator.accounts WHERE number = {number}",
        "outputs": [{"name": "balance", "path": "balance"}],
        "call_cache_seconds": 0, "at_once": 10,
    }  # fmt: skip
    source = await admin.post("/data-actions", {"name": "Compte", "settings": settings})
    made = await admin.post("/flows", {"name": "Menu", "draft": flow(source["data_action_id"])})
    await admin.post(f"/flows/{made['flow_id']}/publish", {"version": made["version"]})
    columns = [
        {"name": "Nom", "label": "Nom", "kind": "text"},
        {"name": "Téléphone", "label": "mobile", "kind": "phone"},
    ]
    callers = await admin.post("/contact-lists", {"name": "Appelants", "columns": columns})
    trunk = (await admin.get("/trunks"))["items"][0]
    campaign = await admin.post(
        "/campaigns",
        {
            "name": "Appels entrants",
            "contact_list_id": callers["contact_list_id"],
            "mode": "inbound",
            "queue_id": (await admin.get("/queues"))["items"][0]["queue_id"],
            "trunk_id": trunk["trunk_id"],
            "caller_id": trunk["caller_ids"][0],
        },
    )
    number = {"number": SENT, "label": "Menu", "flow_id": made["flow_id"]}
    await admin.post("/inbound-numbers", number | {"campaign_id": campaign["campaign_id"]})
    await open_trunk(admin, lines=1000, calls_per_second=100)
    await asyncio.sleep(3.0)  # the floor hears of it by a command


@asynccontextmanager
async def bare(stack: Stack, sounds: Path) -> AsyncIterator[None]:
    """A program that answers and plays, and knows nothing else."""
    assert stack.switch is not None
    ari = stack.switch.ari
    address = AriAddress(url=ari.url, user=ari.user, password=ari.password)
    switch = AsteriskSwitch(address, "bench-bare", SystemClock())
    names = ("un", "deux", "solde")
    media = [[f"sound:{sounds / name}", f"sound:{sounds / 'menu'}"] for name in names]
    count = 0

    async def act(event: object) -> None:
        nonlocal count
        count += 1
        with contextlib.suppress(SwitchError):
            if isinstance(event, ChannelArrived):
                await switch.answer(event.channel_id)
            elif isinstance(event, ChannelAnswered):
                await switch.play(event.channel_id, media[0][1], f"bare-{count}")
            elif isinstance(event, ChannelDigit) and event.digit in "123":
                await switch.play(event.channel_id, media[int(event.digit) - 1], f"bare-{count}")

    async def read() -> None:
        async with asyncio.TaskGroup() as group:
            async for event in switch.events():
                group.create_task(act(event))

    reader = asyncio.create_task(read())
    await switch.start()
    async with asyncio.timeout(20):
        while not switch.ready:  # noqa: ASYNC110 (the port tells no other way)
            await asyncio.sleep(0.05)
    await switch.take_calls([InboundTrunk(endpoint=LAB_TRUNK, country="BJ")])
    try:
        yield
    finally:
        await switch.close()
        await reader


def media_ports(stack: Stack) -> range:
    """The switch's."""
    text = (stack.folder / "switch" / "etc" / "rtp.conf").read_text()
    first, last = (int(re.search(rf"{n} = (\d+)", text)[1]) for n in ("rtpstart", "rtpend"))  # type: ignore[index]
    return range(first, last + 1)


async def measure(folder: Path, calls: int, seconds: float, key_every: float) -> dict[str, Any]:
    """Every figure of one run."""
    load = [round(one, 2) for one in os.getloadavg()]
    sounds = folder / "sounds"
    sounds.mkdir()
    for name, pitches in SOUNDS.items():
        (sounds / f"{name}.wav").write_bytes(as_wav(sweep(SOUND_SECONDS, *pitches)))
    environment = {"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": "1"}
    environment["KWABO_PRIVATE_ADDRESSES_ALLOWED"] = "true"  # the operator's database is here
    settings = StackSettings(home=home(), folder=folder / "stack", environment=environment)
    async with Stack(settings) as stack:
        async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
            await prepare(stack, admin, sounds)
        with watch(media_ports(stack)) as wire:
            short = min(seconds, BASELINE_SECONDS)
            told: dict[str, Any] = {"wire": wire, "sounds": sounds, "key_every": key_every}
            alone = await crowd(
                stack, what="one caller in the flow", callers=1, seconds=short, **told
            )
            many = await crowd(stack, what="the flow", callers=calls, seconds=seconds, **told)
            await stack.stop("server")
            async with bare(stack, sounds):
                without = await crowd(
                    stack, what="a bare program", callers=calls, seconds=short, **told
                )
    return {
        "load_before": load,
        "seconds": seconds,
        "key_every": key_every,
        "rows": [alone, many, without],
    }


def table(figures: dict[str, Any]) -> str:
    """Markdown."""
    rows = figures["rows"]

    def line(name: str, cells: list[Any]) -> str:
        return f"| {name} | {' | '.join('–' if one is None else str(one) for one in cells)} |"

    def times(key: str) -> list[str]:
        wanted = ("p50", "p95", "p99", "max")
        return [
            " / ".join(str(r[key][p]) for p in wanted) if "p50" in r[key] else "–" for r in rows
        ]

    def parts(key: str, nothing: str = "–") -> list[str]:
        return [", ".join(f"{n} {v}" for n, v in row[key].items()) or nothing for row in rows]

    def parts_of(key: str) -> list[str]:
        return [" ".join(map(str, row[key])) for row in rows]

    return "\n".join(
        [
            f"Load average before: {figures['load_before']}; {figures['seconds']:.0f} s; "
            f"{figures['key_every']:g} s of silence between one's keys",
            line("", [row["what"] for row in rows]),
            "|" + "---|" * (len(rows) + 1),
            line("called / answered", [f"{r['callers']} / {r['answered']}" for r in rows]),
            line("there all the time", [row["at_once"] for row in rows]),
            line("there at the begin, every 10 s, and at the end", parts_of("there")),
            line("ended too early", parts("lost_early", "0")),
            line("keys", [row["keys"] for row in rows]),
            line("keys that no sound followed", [row["keys_without_prompt"] for row in rows]),
            line("key's begin to prompt, ms: p50, p95, p99, max", times("key_begun_to_prompt_ms")),
            line("key's end to prompt", times("key_ended_to_prompt_ms")),
            line("… with a lookup by SQL", times("key_ended_to_prompt_with_lookup_ms")),
            line("key heard to sound started, by the switch", times("by_the_switch_ms")),
            line("CPU seconds per call minute", parts("cpu_seconds_per_call_minute")),
            line("processors used", [row["processors_used"] for row in rows]),
            line("processors busy, all of the machine", [row["processors_busy"] for row in rows]),
            line("memory (PSS), MB", parts("memory_pss_mb")),
            line("sounds in three callers' recordings", ["; ".join(r["heard"]) for r in rows]),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--key-every", type=float, default=KEY_EVERY, metavar="SECONDS")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    options = parser.parse_args()
    quiet()
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        Path(folder).chmod(0o755)
        figures = asyncio.run(
            measure(Path(folder), options.calls, options.seconds, options.key_every)
        )
    print(json.dumps(figures) if options.json else table(figures))


if __name__ == "__main__":
    main()
