"""From the tables and records of a run that has ended to its outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from kwabo.adapters.switch.simulator import BehaviourKind, FarEndCall
from kwabo.engine.floor.state import INBOUND
from kwabo.ports.floor_changes import AttemptWritten
from kwabo.ports.floor_rows import AttemptRow
from kwabo.simulation.outcome import (
    WAIT_COLUMN_SECONDS,
    WAIT_COLUMNS,
    AgentTime,
    Calls,
    Outcome,
    Series,
    Waits,
    part_of,
)
from kwabo.simulation.queue_figures import callers_of, queues_of
from kwabo.simulation.record import MINUTE, STATES, AgentRecord, spread
from kwabo.simulation.world import World, begin_of

_PERSONS = frozenset({BehaviourKind.PERSON, BehaviourKind.HANGS_UP_ON_ANSWER})
_IDLE = ("ready", "reserved")
Attempt = AttemptRow | AttemptWritten  # as it was written last
_BUSY = ("talking", "after_call", "inbound")


def outcome_of(world: World, record: AgentRecord, seconds: float) -> Outcome:
    """The figures of a run that lasted so many simulated seconds."""
    scenario = world.scenario
    begin = begin_of(scenario)
    met = {call.channel_id: call for call in world.node.calls}
    ours = [one for one in world.data.attempts if one.mode != INBOUND]
    attempts: list[Attempt] = [one.latest for one in ours]
    by_campaign: dict[UUID, list[Attempt]] = {}
    for one in ours:
        by_campaign.setdefault(one.campaign_id, []).append(one.latest)
    within = scenario.connect_within_seconds
    campaigns = {
        campaign.name: _calls(by_campaign.get(campaign_id, ()), met, within)
        for campaign, campaign_id in zip(scenario.campaigns, world.campaign_ids, strict=True)
    }
    calls = _calls(attempts, met, within)
    return Outcome(
        scenario=scenario.name,
        seed=world.seed,
        begins=begin.isoformat(),
        time_zone=scenario.time_zone,
        seconds=round(seconds, 3),
        tenures=world.data.lease[world.data.name.floor_id].fencing,
        calls=calls,
        campaigns=campaigns,
        lists_finished=[
            campaign.name
            for campaign, campaign_id in zip(scenario.campaigns, world.campaign_ids, strict=True)
            if world.data.campaigns[campaign_id].state == "complete"
        ],
        agents=_agent_time(record, calls),
        callers=callers_of(world) if scenario.inbound else None,
        queues=queues_of(world, world.clock.now()),
        wait_columns=_wait_columns(attempts),
        abandon_window_seconds=scenario.abandon_window_seconds,
        abandon_targets={
            campaign.name: campaign.abandon_target
            for campaign in scenario.campaigns
            if campaign.mode in ("power", "predictive")
        },
        series=_series(world, record, attempts, begin, seconds),
    )


def _seconds(later: datetime, earlier: datetime) -> float:
    return (later - earlier).total_seconds()


def _live(row: Attempt) -> bool:
    return row.result == "person" and row.answered_at is not None


def _calls(rows: Iterable[Attempt], met: Mapping[str, FarEndCall], within: float) -> Calls:
    dialled = live = abandoned = lost = passed = 0
    results: dict[str, int] = {}
    waits: list[float] = []
    for row in rows:
        if row.result is not None:
            result = str(row.result)
            results[result] = results.get(result, 0) + 1
        if row.dialling_at is None:
            continue
        dialled += 1
        if row.result == "machine" and _kind(row, met) in _PERSONS:
            lost += 1
        if row.connected_at is not None and _kind(row, met) is BehaviourKind.MACHINE:
            passed += 1
        if _live(row):
            live += 1
            abandoned += row.abandoned
        if row.connected_at is not None and row.answered_at is not None:
            waits.append(_seconds(row.connected_at, row.answered_at))
    return Calls(
        dialled=dialled,
        live_answers=live,
        conversations=len(waits),
        late=sum(1 for wait in waits if wait > within),
        abandoned=abandoned,
        persons_lost=lost,
        machines_passed=passed,
        abandon_rate=part_of(abandoned, live),
        abandon_rate_of_all=part_of(abandoned, dialled),
        abandon_rate_with_lost=part_of(abandoned + lost, live + lost),
        answer_rate=part_of(live, dialled),
        wait=Waits.of(waits),
        results=dict(sorted(results.items())),
    )


def _kind(row: Attempt, met: Mapping[str, FarEndCall]) -> BehaviourKind | None:
    """Who or what was at the other end."""
    far = met.get(str(row.attempt_id))
    return far.behaviour if far is not None else None


def _wait_columns(rows: Iterable[Attempt]) -> list[int]:
    columns = [0] * WAIT_COLUMNS
    for row in rows:
        if row.connected_at is not None and row.answered_at is not None:
            wait = _seconds(row.connected_at, row.answered_at)
            columns[min(int(wait // WAIT_COLUMN_SECONDS), WAIT_COLUMNS - 1)] += 1
    return columns


def _agent_time(record: AgentRecord, calls: Calls) -> AgentTime:
    spent = record.totals
    idle = sum(spent[state] for state in _IDLE)
    busy = sum(spent[state] for state in _BUSY)
    at_work = (idle + busy) / 3600.0
    signed_in = sum(spent[state] for state in STATES[:-1])
    return AgentTime(
        hours={state: round(spent[state] / 3600.0, 6) for state in STATES[:-1]},
        signed_in_hours=round(signed_in / 3600.0, 6),
        utilisation=part_of(spent["talking"], spent["talking"] + idle),
        occupancy=part_of(busy, busy + idle),
        dialled_per_hour=part_of(calls.dialled, at_work),
        conversations_per_hour=part_of(calls.conversations, at_work),
    )


def _series(
    world: World,
    record: AgentRecord,
    attempts: Sequence[Attempt],
    begin: datetime,
    seconds: float,
) -> Series:
    count = int(-(-seconds // MINUTE))
    minutes = record.minutes[:count] + [{}] * max(0, count - len(record.minutes))
    air: list[dict[str, float]] = []
    dialled = [0] * count
    for call in world.node.calls:
        started = _seconds(call.at, begin)
        over = call.answered_at or call.ended_at
        spread(air, "air", started, seconds if over is None else _seconds(over, begin))
        dialled[min(int(started // MINUTE), count - 1)] += 1
    air = air[:count] + [{}] * max(0, count - len(air))
    return Series(
        agents={
            state: [round(minute.get(state, 0.0) / MINUTE, 4) for minute in minutes]
            for state in STATES
        },
        in_the_air=[round(minute.get("air", 0.0) / MINUTE, 4) for minute in air],
        dialled=dialled,
        abandon_rate=_abandon_rate(attempts, begin, count, world.scenario.abandon_window_seconds),
    )


def _abandon_rate(
    attempts: Sequence[Attempt], begin: datetime, count: int, window: float
) -> list[float | None]:
    live, abandoned = [0] * count, [0] * count
    for row in attempts:
        if _live(row) and row.closed_at is not None:
            minute = min(int(_seconds(row.closed_at, begin) // MINUTE), count - 1)
            live[minute] += 1
            abandoned[minute] += row.abandoned
    width = max(1, round(window / MINUTE))
    found: list[float | None] = []
    for minute in range(count):
        first = max(0, minute + 1 - width)
        found.append(part_of(sum(abandoned[first : minute + 1]), sum(live[first : minute + 1])))
    return found
