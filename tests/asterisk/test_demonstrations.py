"""The demonstrations on the real switch: an inbound day in short, a campaign without agents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.stack.demo import agentless
from kwabo.stack.demo.command import run_campaign
from kwabo.stack.demo.inbound import (
    inbound_demonstration,
    who_are_called_back,
    with_heard_agents,
)
from kwabo.stack.stack import Stack, StackSettings

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(420)]

AGENTS = 2


def settings(home: Path, folder: Path, table: BehaviourTable, *, operator: bool) -> StackSettings:
    environment = {"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": str(AGENTS)}
    if operator:
        environment["KWABO_DEMO_INBOUND_AGENTS"] = str(AGENTS)
    return StackSettings(
        home=home, folder=folder, table=table, environment=environment, operator=operator
    )


def table() -> BehaviourTable:
    """By the last digit: 1, 2 and 9 press that key, 5 is a machine, 7 is busy."""
    calm = {"ring_seconds": 1.0, "ring_spread": 0.0, "talk_spread": 0.0}
    pressing = {
        f"key_{key}": Behaviour(kind=Kind.KEYS, keys=key, talk_seconds=30.0, **calm)
        for key in agentless.KEYS
    }
    return BehaviourTable(
        behaviours={
            **pressing,
            "person": Behaviour(kind=Kind.PERSON, **calm),
            "machine": Behaviour(kind=Kind.VOICEMAIL, talk_seconds=30.0, **calm),
            "busy": Behaviour(kind=Kind.BUSY, ring_seconds=0.5),
            "agent": Behaviour(kind=Kind.AGENT, ring_seconds=0.0, talk_seconds=3600.0),
        },
        shares={"machine": 1},
        suffixes={"5": ("machine",), "7": ("busy",)}
        | {key: (f"key_{key}",) for key in agentless.KEYS},
    )


async def test_a_campaign_without_agents_tells_keys_objections_and_talks(
    home: Path, tmp_path: Path
) -> None:
    numbers = [f"01970065{n:02}" for n in (1, 11, 2, 9, 19, 5, 7)]
    file = tmp_path / "agentless.csv"
    file.write_text("nom;téléphone\n" + "".join(f"Awa;{number}\n" for number in numbers))
    async with Stack(settings(home, tmp_path / "stack", table(), operator=False)) as stack:
        with Progress(console=Console(quiet=True)) as bars:
            verdict = await run_campaign(stack, file, AGENTS, AGENTLESS, {}, 240.0, bars)
    assert verdict.agrees, verdict.faults
    assert verdict.answers == {"1": 2, "2": 1, "9": 2}
    assert verdict.objections == 2
    assert verdict.answer_to_agent_seconds is not None, "key 2 reached an agent"
    assert verdict.abandons == 0
    rows = dict(verdict.rows())
    assert (rows["answers to the flow"], rows["  key 9"]) == ("5", "2")


async def test_an_inbound_day_tells_both_sides(home: Path, tmp_path: Path) -> None:
    """The figures of the queues are what the lab's callers saw: counts, waits, who was called."""
    people = who_are_called_back(with_heard_agents(table()))
    calls = settings(home, tmp_path / "stack", people, operator=True)
    async with Stack(calls) as stack:
        found = await inbound_demonstration(
            stack,
            [f"agent{n + 1}" for n in range(AGENTS)],
            per_minute=30.0,
            seconds=30.0,
            longest_seconds=90,
        )
    assert not found.faults, found.faults
    assert found.offered == found.picked_up == found.attempts == found.heard > 0
    assert sum(found.ends.values()) == found.offered == sum(found.hung_up.values())
    fates: Counter[str] = Counter()
    for line in found.queues.lines:
        fates.update(line.fates)
    assert fates["answered"] == found.answered >= AGENTS
    assert fates["abandoned"] > 0
    assert fates["callback"] == found.called_back == found.called_back_reached > 0
    assert fates["voicemail"] == found.messages > 0
    assert found.most_waiting > 1
    assert dict(found.rows())["verdict"] == "both sides agree"
