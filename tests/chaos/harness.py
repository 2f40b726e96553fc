"""A stack of real processes with a campaign on it, and a monkey that breaks things at random."""

from __future__ import annotations

import asyncio
import json
import random
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from tests.chaos.judge import Judgement, judge
from tests.chaos.proxy import Proxy

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable, demo_table
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.agents import DemoAgents
from kwabo.stack.demo.rest import Person, Refused
from kwabo.stack.part import PartFailed
from kwabo.stack.stack import Stack, StackSettings

ENGINES = ("engine-1", "engine-2", "engine-3")
LEASE_SECONDS = 2.0
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class ChaosSettings:
    """How long and how rough."""

    home: Path
    folder: Path
    kills: int  # of the engine that owns the floor
    agents: int = 6
    seed: int = 1
    # Faults beside kills, as shares of all faults.
    freezes: float = 0.12
    cuts: float = 0.08
    half_open: float = 0.04
    switch_restarts: float = 0.02
    database_restarts: float = 0.02


@dataclass(kw_only=True)
class Done:
    """What was done to the stack, and when."""

    faults: Counter[str] = field(default_factory=Counter)
    engine_faults: list[datetime] = field(default_factory=list)
    switch_faults: list[tuple[datetime, datetime]] = field(default_factory=list)
    killed_at: list[datetime] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Report:
    """The end of a run."""

    done: Done
    judgement: Judgement
    attempts: int
    results: Counter[str]
    seconds: float
    kill_to_adopted_seconds: list[float]


def people(seed: int) -> BehaviourTable:
    """Called people who answer quickly and talk for some seconds."""
    table = demo_table(time_scale=0.2, seed=f"chaos{seed}")
    shares = {"person": 70, "busy": 8, "unallocated": 4, "rejected": 3, "voicemail": 5}
    return replace(table, shares={**shares, "no_answer": 5, "congestion": 1})


async def run(settings: ChaosSettings, say: Say) -> Report:
    """Run a campaign under faults and judge it."""
    chance = random.Random(settings.seed)
    table = people(settings.seed)
    stack_settings = StackSettings(
        home=settings.home,
        folder=settings.folder,
        servers=(),
        table=table,
        environment={
            "KWABO_DEMO": "1",
            "KWABO_DEMO_AGENTS": str(settings.agents),
            "KWABO_LEASE_SECONDS": str(LEASE_SECONDS),
        },
    )
    begun = time.monotonic()
    async with Stack(stack_settings, say=say) as stack:
        assert stack.switch is not None
        address = urlsplit(stack.switch.ari.url)
        async with Proxy("127.0.0.1", address.port or 0) as proxy:
            through = {"KWABO_ARI_URL": f"http://127.0.0.1:{proxy.port}/ari"}
            stack.add_server("api", role="api")
            await stack.start("api")
            for name in ENGINES:
                stack.add_server(name, role="engine", environment=through)
                await stack.start(name)
            done = Done()
            campaign_id = await _campaign_under_faults(stack, proxy, settings, chance, done, say)
            async with Person(stack.url("api"), "admin", DEMO_PASSWORD) as admin:
                attempts = [a async for a in admin.pages(f"/campaigns/{campaign_id}/attempts")]
        assert stack.lab is not None
        prefix = table.agent_prefix
        judgement = judge(
            calls=[c for c in stack.lab.calls() if not c.number.startswith(prefix)],
            attempts=attempts,
            table=table,
            gap_seconds=campaign.MINIMUM_GAP_SECONDS,
            max_attempts=campaign.MAX_ATTEMPTS,
            engine_faults=done.engine_faults,
            switch_faults=done.switch_faults,
        )
        return Report(
            done=done,
            judgement=judgement,
            attempts=len(attempts),
            results=Counter(a["result"] for a in attempts),
            seconds=time.monotonic() - begun,
            kill_to_adopted_seconds=_adoptions(stack, done.killed_at),
        )


async def _campaign_under_faults(
    stack: Stack,
    proxy: Proxy,
    settings: ChaosSettings,
    chance: random.Random,
    done: Done,
    say: Say,
) -> str:
    file = settings.folder / "contacts.csv"
    file.write_text(_contacts(40 + 12 * settings.kills))
    async with Person(stack.url("api"), "admin", DEMO_PASSWORD) as admin:
        loaded = await campaign.load(admin, file, "chaos", lambda *_: None)
        campaign_id = await campaign.make(
            admin,
            name="chaos",
            contact_list_id=loaded["contact_list_id"],
            mode="progressive",
            no_answer_seconds=5,
        )
        codes = [
            code["wrap_up_code_id"]
            for code in (await admin.get("/wrap-up-codes"))["items"]
            if not code["required_fields"]
            and not set(code["flags"]) & {"callback", "do_not_call", "contact_uncallable"}
        ]
        team = DemoAgents(
            stack.url("api"),
            [f"agent{n}" for n in range(1, settings.agents + 1)],
            DEMO_PASSWORD,
            address_prefix=people(settings.seed).agent_prefix,
            after_call_seconds=0.2,
            codes=codes,
            seed=settings.seed,
        )
        stop = asyncio.Event()
        try:
            await team.sign_in()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(team.work(admin, stop))
                await _insist(admin, f"/campaigns/{campaign_id}/start")
                await asyncio.sleep(4.0)
                await _monkey(stack, proxy, settings, chance, done, say)
                await _insist(admin, f"/campaigns/{campaign_id}/pause")
                await _calm(admin, campaign_id)
                stop.set()
        finally:
            await team.close()
    return campaign_id


async def _monkey(
    stack: Stack,
    proxy: Proxy,
    settings: ChaosSettings,
    chance: random.Random,
    done: Done,
    say: Say,
) -> None:
    async with asyncio.TaskGroup() as restarts:
        while done.faults["kill"] < settings.kills:
            await _one_fault(stack, proxy, settings, chance, done, say, restarts)


async def _one_fault(
    stack: Stack,
    proxy: Proxy,
    settings: ChaosSettings,
    chance: random.Random,
    done: Done,
    say: Say,
    restarts: asyncio.TaskGroup,
) -> None:
    await asyncio.sleep(chance.uniform(0.3, 2.5))
    fault = _draw(settings, chance)
    owner = await asyncio.to_thread(_owner, stack)
    if owner is None and fault in ("kill", "freeze"):
        return
    done.faults[fault] += 1
    if sum(done.faults.values()) % 10 == 0:
        say(f"{dict(done.faults)}")
    await _do(stack, proxy, fault, owner, done, restarts)


def _draw(settings: ChaosSettings, chance: random.Random) -> str:
    """Which fault comes next: by the shares, and a kill for the rest."""
    shares = {
        "freeze": settings.freezes,
        "cut": settings.cuts,
        "half_open": settings.half_open,
        "switch_restart": settings.switch_restarts,
        "database_restart": settings.database_restarts,
    }
    shares["kill"] = 1.0 - sum(shares.values())
    return chance.choices(list(shares), weights=list(shares.values()))[0]


async def _do(
    stack: Stack,
    proxy: Proxy,
    fault: str,
    owner: str | None,
    done: Done,
    restarts: asyncio.TaskGroup,
) -> None:
    now = datetime.now(UTC)
    if fault == "kill" and owner is not None:
        done.engine_faults.append(now)
        done.killed_at.append(now)
        stack.kill(owner)
        restarts.create_task(_bring_back(stack, owner))
    elif fault == "freeze" and owner is not None:
        done.engine_faults.append(now)
        stack.freeze(owner)
        await asyncio.sleep(LEASE_SECONDS * 2)
        stack.thaw(owner)
    elif fault == "cut":
        proxy.cut()
    elif fault == "half_open":
        proxy.swallow(True)
        await asyncio.sleep(6.0)
        proxy.cut()
        proxy.swallow(False)
    elif fault == "switch_restart":
        stack.kill("switch")
        await stack.restart("switch")
        done.switch_faults.append((now, datetime.now(UTC)))
        await asyncio.sleep(4.0)
    elif fault == "database_restart":
        await stack.restart("postgres")
        await asyncio.sleep(2.0)


async def _bring_back(stack: Stack, engine: str) -> None:
    """Start a killed engine again; it may meet a database that is away at that moment."""
    for _ in range(10):
        try:
            await stack.restart(engine)
            return
        except PartFailed:
            await asyncio.sleep(1.0)
    raise PartFailed(f"{engine} did not come back")


def _owner(stack: Stack) -> str | None:
    """The engine that holds the floor, by what each says of itself."""
    for name in ENGINES:
        try:
            with urllib.request.urlopen(f"{stack.url(name)}/api/health", timeout=1) as answer:
                if json.load(answer)["parts"]["engine"]["status"] == "ok":
                    return name
        except OSError:
            continue
    return None


async def _insist(admin: Person, path: str) -> None:
    """Ask until the floor has an owner that does it."""
    for _ in range(30):
        try:
            await admin.post(path)
            return
        except Refused as error:
            if error.status != 503:
                raise
    raise PartFailed(f"no engine took {path}")


async def _calm(admin: Person, campaign_id: str) -> None:
    """Wait until every call has ended and every conversation has its outcome."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            state = (await admin.get(f"/campaigns/{campaign_id}"))["state"]
            attempts = [a async for a in admin.pages(f"/campaigns/{campaign_id}/attempts")]
        except Refused:
            await asyncio.sleep(1.0)
            continue
        owed = [a for a in attempts if a["result"] == "person" and not a["wrap_up"]]
        if state in ("paused", "complete", "stopped") and not owed:
            await asyncio.sleep(2.0)  # the far end's last lines
            return
        await asyncio.sleep(1.0)


def _contacts(number: int) -> str:
    rows = [f"Client {n};01{97000000 + n}" for n in range(number)]
    return "\n".join(["nom;téléphone", *rows]) + "\n"


def _adoptions(stack: Stack, killed_at: list[datetime]) -> list[float]:
    """Seconds from each kill to the next owner's first look at the switch."""
    looks = sorted(
        datetime.fromisoformat(json.loads(line)["timestamp"])
        for name in ENGINES
        for line in (stack.folder / "logs" / f"{name}.log").read_text().splitlines()
        if '"compared with the switch"' in line
    )
    found = []
    for killed, following in zip(
        killed_at, [*killed_at[1:], datetime.max.replace(tzinfo=UTC)], strict=True
    ):
        after = [look for look in looks if killed < look < following]
        if after:
            found.append((after[0] - killed).total_seconds())
    return found
