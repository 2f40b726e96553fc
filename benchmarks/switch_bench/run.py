"""One campaign of a scenario on a running stack, and everything that was seen of it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg
from _campaign import all_ready, insist, make_campaign, write_contacts
from call_path import bridges
from sqlalchemy import make_url

from kwabo.adapters.carrier_lab.behaviours import Kind
from kwabo.adapters.carrier_lab.log import LabCall
from kwabo.settings import DEMO_PASSWORD
from kwabo.simulation.outcome import Waits
from kwabo.simulation.scenario import Campaign, Scenario
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack
from switch_bench.far_end import national_numbers
from switch_bench.figures import (
    LEARNING_SECONDS,
    AgentHours,
    Calls,
    Moments,
    agent_hours,
    by_the_far_end,
    by_the_tables,
    differences,
)
from switch_bench.machine import MachineLoad
from switch_bench.people import SwitchTeam, make_team

TELL_SECONDS = 15.0
LEAVE_SECONDS = 900.0  # longer than any conversation that is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchRun:
    """What was measured of one campaign."""

    mode: str
    seconds: float  # in which it dialled
    far_end: Calls
    tables: Calls
    hours: AgentHours  # while it dialled
    steady_hours: AgentHours  # the same without the first two minutes
    window: Mapping[str, Any]  # the program's own account of the abandon rate
    differences: list[str]
    reasons: Mapping[str, int]  # why pacing started no more, as often as it was told
    most_in_air: int
    most_above_ready: int  # calls in the air beyond the agents who were ready then
    sockets_lost: int
    late: Waits  # agents' clicks, behind the moments that were drawn for them
    machine: Mapping[str, float]
    course: list[Mapping[str, Any]]  # what live data told, every quarter of a minute


@dataclass(slots=True)
class Watch:
    """What live data tell of the campaign."""

    campaign_id: str
    last: Mapping[str, Any]
    reasons: Counter[str]
    most_in_air: int = 0
    most_above_ready: int = 0

    def seen(self, campaign: Mapping[str, Any]) -> None:
        """One event of a campaign."""
        if campaign["campaign_id"] != self.campaign_id:
            return
        self.last = campaign
        in_air = campaign["dialling"] + campaign["ringing"]
        self.most_in_air = max(self.most_in_air, in_air)
        self.most_above_ready = max(self.most_above_ready, in_air - campaign["agents_ready"])
        if campaign["pacing"]:
            self.reasons[campaign["pacing"]["reason"]] += 1


async def play(
    stack: Stack, admin: Person, scenario: Scenario, seed: int, *, seconds: float, first: int = 0
) -> SwitchRun:
    """Run the scenario's campaign for so long, let its calls end, and measure.

    `first`: the first of the numbers that are called; nobody is called by two campaigns.
    """
    assert stack.lab is not None
    assert stack.switch is not None
    lab, campaign = stack.lab, scenario.campaigns[0]
    known = len(lab.calls())
    campaign_id = await _campaign(stack, admin, scenario, seed, first)
    watch = Watch(campaign_id, {}, Counter())
    machine = MachineLoad()
    async with AsyncExitStack() as people, bridges(stack.switch.ari) as together:
        team = await make_team(
            people,
            stack.url(),
            scenario.teams[0],
            seed,
            admin=admin,
            password=DEMO_PASSWORD,
            prefix=lab.table.agent_prefix,
            is_machine=lambda number: lab.table.decide(number).kind is Kind.VOICEMAIL,
        )
        await team.sign_in()
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(team.work(admin, stop, watch.seen))
            await all_ready(admin, scenario.teams[0].agents)
            begin = datetime.now(UTC)
            await insist(admin, f"/campaigns/{campaign_id}/start")
            course = await _follow(watch, machine, begin, seconds)
            end = datetime.now(UTC)
            await admin.post(f"/campaigns/{campaign_id}/pause")
            # Who answers one of the last calls still finds the agents there.
            await _ended(watch, campaign)
            team.leave(tasks)
            await _gone(team)
            stop.set()
    attempts = [a async for a in admin.pages(f"/campaigns/{campaign_id}/attempts")]
    calls = _of_campaign(lab.calls()[known:], lab.table.agent_prefix)
    moments = await _moments(stack)
    steady = begin + (end - begin) * min(0.5, LEARNING_SECONDS / seconds)
    return SwitchRun(
        mode=campaign.mode,
        seconds=(end - begin).total_seconds(),
        far_end=by_the_far_end(calls, together),
        tables=by_the_tables(attempts),
        hours=agent_hours(moments, begin, end),
        steady_hours=agent_hours(moments, steady, end),
        window=(await admin.get(f"/campaigns/{campaign_id}/pacing"))["window"],
        differences=differences(attempts, calls),
        reasons=dict(watch.reasons.most_common()),
        most_in_air=watch.most_in_air,
        most_above_ready=watch.most_above_ready,
        sockets_lost=team.sockets_lost,
        late=Waits.of(team.late),
        machine=machine.told(),
        course=course,
    )


async def _campaign(stack: Stack, admin: Person, scenario: Scenario, seed: int, first: int) -> str:
    campaign, contacts = scenario.campaigns[0], scenario.lists[0]
    file = write_contacts(
        stack.folder / f"{campaign.mode}.csv", national_numbers(first, contacts.contacts)
    )
    return await make_campaign(
        admin,
        file,
        f"{campaign.name} {campaign.mode} {seed}",
        {
            "mode": campaign.mode,
            "priority": campaign.priority,
            "max_attempts": campaign.max_attempts,
            "no_answer_timeout_seconds": campaign.no_answer_timeout_seconds,
            "after_call_limit_seconds": campaign.after_call_limit_seconds,
            "call_analysis": campaign.call_analysis,
            "calls_per_agent": campaign.calls_per_agent,
            "calls_per_agent_ceiling": campaign.calls_per_agent_ceiling,
            "abandon_target": campaign.abandon_target,
            "abandon_window": campaign.abandon_window,
        },
    )


async def _follow(
    watch: Watch, machine: MachineLoad, begin: datetime, seconds: float
) -> list[Mapping[str, Any]]:
    """Tell how it goes until the time is over; everything that was told."""
    course: list[Mapping[str, Any]] = []
    while (left := seconds - (datetime.now(UTC) - begin).total_seconds()) > 0.0:
        await asyncio.sleep(min(TELL_SECONDS, left))
        machine.sample()
        at = round((datetime.now(UTC) - begin).total_seconds())
        course.append({"at": at, **watch.last})
        print(f"{at:5} s  {_line(watch.last)}", file=sys.stderr, flush=True)
    return course


def _line(campaign: Mapping[str, Any]) -> str:
    if not campaign:
        return "nothing told yet"
    pacing = campaign["pacing"] or {}
    figures = pacing.get("figures", {})
    return (
        f"{campaign['attempts']:5} dialled {campaign['answered']:4} answered "
        f"{campaign['abandoned']:3} abandoned | ready {campaign['agents_ready']:2} talking "
        f"{campaign['agents_on_call']:2} after {campaign['agents_after_call']:2} waiting "
        f"{campaign['waiting']} in the air {campaign['dialling'] + campaign['ringing']:2} | "
        f"{pacing.get('reason', campaign['state_reason'])} risk {figures.get('risk', 0):.3f} of "
        f"{figures.get('risk_allowed', 0):.3f} budget {figures.get('budget', 0):.1f} answer rate "
        f"{figures.get('answer_rate', 0):.2f}"
    )


async def _ended(watch: Watch, campaign: Campaign) -> None:
    """Until nothing of the campaign rings or waits any more."""
    async with asyncio.timeout(campaign.no_answer_timeout_seconds + 30.0):
        while any(watch.last[name] for name in ("dialling", "ringing", "waiting")):  # noqa: ASYNC110
            await asyncio.sleep(1.0)


async def _gone(team: SwitchTeam) -> None:
    async with asyncio.timeout(LEAVE_SECONDS):
        while any(agent.status != "signed_out" for agent in team.agents.values()):  # noqa: ASYNC110
            await asyncio.sleep(0.5)


def _of_campaign(calls: list[LabCall], agent_prefix: str) -> list[LabCall]:
    return [call for call in calls if not call.number.startswith(agent_prefix)]


async def _moments(stack: Stack) -> Moments:
    """Every change of an agent's status, from the floor's events."""
    assert stack.postgres is not None
    access = stack.postgres.access
    url = make_url(access.superuser_url).set(
        drivername="postgresql", database=make_url(access.owner_url).database
    )
    connection = await asyncpg.connect(url.render_as_string(hide_password=False))
    try:
        rows = await connection.fetch(
            "SELECT subject_id, data ->> 'data' AS view FROM events "
            "WHERE data ->> 'entity' = 'agent' ORDER BY position"
        )
    finally:
        await connection.close()
    told = [(str(row["subject_id"]), json.loads(row["view"])) for row in rows]
    return [(agent, view["status"], datetime.fromisoformat(view["since"])) for agent, view in told]
