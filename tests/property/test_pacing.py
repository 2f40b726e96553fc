"""The progressive plan: one start for an agent, within the lines, the most urgent first."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.agents.status import MACHINE as AGENT
from kwabo.domain.campaigns.lifecycle import MACHINE as CAMPAIGN
from kwabo.domain.campaigns.lifecycle import Slowed
from kwabo.domain.campaigns.trunk_health import (
    DOWN_FROM_SECONDS,
    LONGEST_REST_SECONDS,
    TROUBLES_BEFORE_REST,
    TrunkHealth,
)
from kwabo.domain.interactions.attempt import MACHINE as ATTEMPT
from kwabo.domain.interactions.attempt import TRUNK_TROUBLE, AttemptState, Result
from kwabo.domain.pacing.lines import Lines
from kwabo.domain.pacing.progressive import AvailableAgent, Plan, RunningCampaign, plan

QUEUES = [UUID(int=n) for n in range(1, 4)]
TRUNKS = [UUID(int=n) for n in range(11, 13)]
NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)

campaigns = st.lists(
    st.builds(
        RunningCampaign,
        campaign_id=st.integers(100, 120).map(lambda n: UUID(int=n)),
        queue_id=st.sampled_from(QUEUES),
        trunk_id=st.sampled_from(TRUNKS),
        priority=st.integers(1, 5),
        last_start=st.floats(0, 100),
        preview=st.booleans(),
        has_contacts=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda c: c.campaign_id,
)
people = st.lists(
    st.builds(
        AvailableAgent,
        user_id=st.integers(200, 240).map(lambda n: UUID(int=n)),
        queue_ids=st.frozensets(st.sampled_from(QUEUES)),
        ready_since=st.floats(0, 100),
    ),
    max_size=8,
    unique_by=lambda a: a.user_id,
)
lines = st.fixed_dictionaries({trunk: st.integers(0, 5) for trunk in TRUNKS})


def _plan(
    running: list[RunningCampaign], agents: list[AvailableAgent], free: dict[UUID, int]
) -> Plan:
    return plan(campaigns=running, agents=agents, lines=Lines.plain(free), trunk_resting={})


@given(campaigns, people, lines)
def test_never_more_than_agents_lines_or_contacts(
    running: list[RunningCampaign], agents: list[AvailableAgent], free: dict[UUID, int]
) -> None:
    answer = _plan(running, agents, free)
    by_id = {campaign.campaign_id: campaign for campaign in running}
    queues = {agent.user_id: agent.queue_ids for agent in agents}
    assert max(Counter(start.user_id for start in answer.starts).values(), default=0) <= 1
    used: Counter[UUID] = Counter()
    for start in answer.starts:
        campaign = by_id[start.campaign_id]
        assert campaign.queue_id in queues[start.user_id]
        assert campaign.has_contacts
        used[campaign.trunk_id] += not campaign.preview
    assert all(used[trunk] <= free[trunk] for trunk in TRUNKS)


@given(campaigns, people, lines)
def test_nobody_who_could_work_is_left_without_a_reason(
    running: list[RunningCampaign], agents: list[AvailableAgent], free: dict[UUID, int]
) -> None:
    answer = _plan(running, agents, free)
    busy = {start.user_id for start in answer.starts}
    for campaign in running:
        idle = [a for a in agents if campaign.queue_id in a.queue_ids and a.user_id not in busy]
        if idle and campaign.has_contacts:
            assert answer.slowed[campaign.campaign_id] is Slowed.NO_LINES


@given(campaigns, people, lines)
def test_a_more_urgent_campaign_is_served_first(
    running: list[RunningCampaign], agents: list[AvailableAgent], free: dict[UUID, int]
) -> None:
    answer = _plan(running, agents, free)
    by_id = {campaign.campaign_id: campaign for campaign in running}
    urgency = [by_id[start.campaign_id].priority for start in answer.starts]
    assert urgency == sorted(urgency, reverse=True)


@given(campaigns, people, lines, st.randoms())
def test_the_order_of_asking_does_not_matter(
    running: list[RunningCampaign],
    agents: list[AvailableAgent],
    free: dict[UUID, int],
    source: object,
) -> None:
    before = _plan(running, agents, free)
    source.shuffle(running)  # type: ignore[attr-defined]
    source.shuffle(agents)  # type: ignore[attr-defined]
    assert _plan(running, agents, free) == before


@given(st.lists(st.tuples(st.sampled_from(list(Result)), st.floats(0, 60)), max_size=60))
def test_a_trunks_rest_is_bounded_and_ends_with_a_good_call(
    calls: list[tuple[Result, float]],
) -> None:
    health, now, troubles = TrunkHealth(), NOW, 0
    for result, seconds in calls:
        now += timedelta(seconds=seconds)
        health = health.after(result, now)
        if result in TRUNK_TROUBLE:
            troubles += 1
        elif result not in (Result.CANCELLED, Result.SKIPPED, Result.UNKNOWN):
            troubles = 0
            assert health.may_start(now, in_progress=9) is None
        assert health.rest_seconds <= LONGEST_REST_SECONDS
        assert (health.rest_until is not None) == (troubles >= TROUBLES_BEFORE_REST)
        assert health.down == (health.rest_seconds >= DOWN_FROM_SECONDS)
        if health.rest_until is not None:
            assert health.rest_until <= now + timedelta(seconds=LONGEST_REST_SECONDS)
            assert health.may_start(health.rest_until - timedelta(seconds=1), 0) == 0
            assert health.may_start(health.rest_until, 0) == 1
            assert health.may_start(health.rest_until, 1) == 0


def test_attempts_go_forward_and_always_to_the_end() -> None:
    order = list(AttemptState)
    for (state, _), following in ATTEMPT.transitions.items():
        assert order.index(AttemptState(following)) > order.index(AttemptState(state))
    for state in ATTEMPT.states - ATTEMPT.final:
        assert ATTEMPT.after(state, "closed") == "closed"
    assert not ATTEMPT.allowed("closed")


@given(st.lists(st.sampled_from(sorted({event for _, event in AGENT.transitions})), max_size=40))
def test_an_agent_can_always_come_back_to_signed_out(events: list[str]) -> None:
    state = AGENT.initial
    for event in events:
        state = AGENT.after(state, event) or state
    seen, frontier = {state}, [state]
    while frontier:
        at = frontier.pop()
        for event in AGENT.allowed(at):
            following = AGENT.after(at, event)
            assert following is not None
            if following not in seen:
                seen.add(following)
                frontier.append(following)
    assert {"signed_out", "ready", "paused"} <= seen


@given(st.lists(st.sampled_from(sorted({event for _, event in CAMPAIGN.transitions})), max_size=20))
def test_a_campaign_can_always_run_again_and_be_stopped(events: list[str]) -> None:
    state = CAMPAIGN.initial
    for event in events:
        state = CAMPAIGN.after(state, event) or state
    running = state if state == "running" else CAMPAIGN.after(state, "start")
    assert running == "running"
    assert CAMPAIGN.after(running, "stop") == "stopped"
