"""The floor's part of pacing: queues that share agents, calls per second, and the abandon budget
under whatever happens.
"""

from __future__ import annotations

import random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kwabo.adapters.switch.simulator import Faults
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.domain.agents.status import AgentStatus
from kwabo.engine.floor import common_agents
from kwabo.engine.floor.state import Agent, Floor, FloorSettings
from kwabo.engine.floor.trunks import Trunk
from kwabo.ports.floor_rows import TrunkRow
from simulation.plan import PACED, Plan, Share
from simulation.run import simulate

QUEUES = [UUID(int=number) for number in range(1, 7)]

# ── Queues ───────────────────────────────────────────────────────────────────────────────────────

teams = st.lists(st.frozensets(st.sampled_from(QUEUES), max_size=3), max_size=8)
asked = st.sets(st.sampled_from(QUEUES), min_size=1)


def _floor(queues: list[frozenset[UUID]]) -> Floor:
    clock = SystemClock()
    ids = TimeOrderedIds(clock, random.Random(1))
    floor = Floor(FloorSettings(floor_id=UUID(int=99)), ids)
    for number, of_agent in enumerate(queues):
        agent = Agent(
            user_id=UUID(int=100 + number),
            display_name="",
            queue_ids=of_agent,
            status=AgentStatus.READY,
            since=clock.now(),
        )
        floor.agents[agent.user_id] = agent
    return floor


def _connected(queue: UUID, queues: list[frozenset[UUID]]) -> set[UUID]:
    """All queues that agents lead to from this one, by walking."""
    found, frontier = {queue}, [queue]
    while frontier:
        here = frontier.pop()
        for of_agent in queues:
            if here in of_agent:
                frontier += of_agent - found
                found |= of_agent
    return found


@given(teams, asked)
def test_queues_are_of_one_pool_exactly_when_agents_lead_from_one_to_the_other(
    queues: list[frozenset[UUID]], wanted: set[UUID]
) -> None:
    pools = common_agents.pools(_floor(queues), set(wanted))
    for one in wanted:
        together = {other for other in wanted if pools[other] == pools[one]}
        assert together == _connected(one, queues) & wanted


# ── Calls per second ─────────────────────────────────────────────────────────────────────────────


@given(
    st.sampled_from((0.5, 1.0, 2.5, 5.0, 20.0)),
    st.lists(st.tuples(st.floats(0.0, 0.6), st.integers(0, 30), st.floats(0.0, 0.4)), max_size=60),
)
def test_no_second_has_more_calls_than_the_trunk_takes(
    per_second: float, looks: list[tuple[float, int, float]]
) -> None:
    row = TrunkRow(
        trunk_id=UUID(int=1),
        endpoint="carrier",
        lines=1000,
        calls_per_second=per_second,
        attempt_header=None,
    )
    trunk = Trunk.of(row, 0.0)
    calls = [0.0] * max(1, int(per_second))  # an earlier owner's, for all that is known
    now = 0.0
    for wait, wanted, commit in looks:
        now += wait
        started = min(wanted, trunk.may_start(now))
        for _ in range(started):
            trunk.start(now)
        trunk.asked(now + commit)
        now += commit
        calls += [now] * started
    most = max(1, int(per_second))
    period = max(1.0, most / per_second)
    assert all(b - a >= period - 1e-5 for a, b in zip(calls, calls[most:], strict=False))


def test_a_start_is_counted_from_when_it_was_asked_for_and_no_later() -> None:
    row = TrunkRow(
        trunk_id=UUID(int=1), endpoint="a", lines=9, calls_per_second=2.0, attempt_header=None
    )
    trunk = Trunk(row=row)
    trunk.start(0.0)
    trunk.asked(0.4)
    trunk.asked(0.4)  # steps that follow at once start nothing
    trunk.asked(1.2)
    assert list(trunk.started) == [0.4]
    assert trunk.may_start(1.39) == 1
    assert trunk.may_start(1.41) == 2


# ── The budget ───────────────────────────────────────────────────────────────────────────────────

shares = st.builds(
    Share,
    mode=st.sampled_from(PACED),
    priority=st.integers(1, 5),
    weight=st.integers(1, 5),
    calls_per_agent=st.sampled_from((1.0, 1.5, 3.0)),
    ceiling=st.sampled_from((1.0, 3.0, 10.0)),
    target=st.sampled_from((0.01, 0.03, 0.2)),
    kept_free=st.integers(0, 1),
    queue=st.integers(0, 1),
)
plans = st.builds(
    Plan,
    seed=st.integers(0, 10_000),
    contacts=st.integers(5, 60),
    agents=st.integers(1, 6),
    seconds=st.just(60.0),
    faults=st.just(Faults()),
    crashes=st.integers(0, 2),
    all_lost=st.integers(0, 2),
    changes=st.integers(0, 4),
    trunk_deaths=st.integers(0, 1),
    switch_losses=st.integers(0, 1),
    shares=st.lists(shares, min_size=1, max_size=2).map(tuple),
    queues=st.integers(1, 2),
    restless=st.sampled_from((0.0, 0.6)),
    max_attempts=st.just(1),
    lines=st.sampled_from((5, 100)),
    calls_per_second=st.just(20.0),
    quick=st.just(True),
)


@settings(max_examples=10)
@given(plans)
def test_the_ratio_never_passes_its_limit_but_by_what_was_in_the_air(plan: Plan) -> None:
    """And dialling stops within one tick: see the judges of the simulation."""
    assert not simulate(plan)
