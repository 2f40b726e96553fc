"""How many callers from outside want a campaign's agents, as the floor sees it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import UUID

import pytest

from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import AttemptState
from kwabo.domain.reporting.queue_figures import QueueCounts, QueuePeriod
from kwabo.engine.floor import callers
from kwabo.engine.floor.state import Agent, Call, Floor, FloorSettings, Waiting
from kwabo.ports.queue_figures import QueueReading

SALES, SERVICE = UUID(int=1), UUID(int=2)


@pytest.fixture
def floor() -> Floor:
    """Two agents serve both queues, two more the second one alone."""
    clock = SystemClock()
    floor = Floor(FloorSettings(floor_id=UUID(int=9)), TimeOrderedIds(clock, random.Random(1)))
    floor.now = clock.now()
    for number, queues in enumerate(({SALES, SERVICE}, {SALES, SERVICE}, {SERVICE}, {SERVICE})):
        user_id = UUID(int=100 + number)
        floor.agents[user_id] = Agent(
            user_id=user_id,
            display_name="",
            queue_ids=frozenset(queues),
            status=AgentStatus.ON_CALL,
            since=floor.now,
        )
    return floor


def waits(floor: Floor, number: int, queue_id: UUID) -> Call:
    nobody = UUID(int=0)
    call = Call(
        attempt_id=UUID(int=1000 + number),
        campaign_id=nobody,
        contact_id=nobody,
        attempt_number=1,
        number="",
        mode="inbound",
        caller_id="",
        trunk_id=nobody,
        agent_user_id=None,
        callback_id=None,
        state=AttemptState.ANSWERED,
        course_attempts=0,
        waiting_since=0.0,
        queue=Waiting(queue_id=queue_id, since=0.0, entered=0.0),
    )
    floor.calls[call.attempt_id] = call
    return call


def sales(floor: Floor) -> Sequence[Agent]:
    return floor.agents.team(SALES)


def test_of_a_queue_that_others_serve_too_a_part_counts(floor: Floor) -> None:
    assert callers.wanted(floor, SALES) == (0, 0.0)
    for number in range(4):
        waits(floor, number, SERVICE)
    assert callers.wanted(floor, SALES)[0] == 2
    assert callers.wanted(floor, SERVICE)[0] == 4
    waits(floor, 9, SALES)
    assert callers.wanted(floor, SALES)[0] == 3


def test_the_part_changes_with_whoever_comes_goes_or_serves_another_queue(floor: Floor) -> None:
    assert floor.agents.shares(SALES) == {SALES: 1.0, SERVICE: 0.5}
    left = floor.agents[UUID(int=101)]
    left.status = AgentStatus.PAUSED
    floor.agents.changed(left)
    assert floor.agents.shares(SALES) == {SALES: 1.0, SERVICE: 1 / 3}
    floor.agents.place(floor.agents[UUID(int=102)], frozenset({SALES, SERVICE}))
    assert floor.agents.shares(SALES) == {SALES: 1.0, SERVICE: 2 / 3}
    floor.agents[UUID(int=104)] = Agent(
        user_id=UUID(int=104),
        display_name="",
        queue_ids=frozenset({SERVICE}),
        status=AgentStatus.READY,
        since=floor.now,
    )
    assert floor.agents.shares(SALES) == {SALES: 1.0, SERVICE: 0.5}


def test_whoever_an_agent_is_asked_about_has_their_agent(floor: Floor) -> None:
    waits(floor, 1, SALES)
    agent = sales(floor)[0]
    agent.status = AgentStatus.ALERTING
    floor.agents.changed(agent)
    assert callers.wanted(floor, SALES)[0] == 0


def test_callers_whom_agents_take_are_expected_to_go_on_coming(floor: Floor) -> None:
    callers.wanted(floor, SALES)  # the queues are watched from here on
    call = waits(floor, 1, SERVICE)
    for _ in range(40):
        floor.mono += 30.0
        callers.taken(floor, call)
    assert callers.wanted(floor, SALES)[1] == pytest.approx(0.5 / 30, rel=0.15)
    assert callers.wanted(floor, SERVICE)[1] == pytest.approx(1 / 30, rel=0.15)


def test_a_new_owner_of_the_floor_reads_how_many_came(floor: Floor) -> None:
    floor.mono = 5.0
    lately = QueuePeriod(QueueCounts(offered=60, answered=60))
    callers.counted(floor, {SALES: QueueReading(lately=lately)})
    assert callers.wanted(floor, SALES)[1] == pytest.approx(1 / 30, rel=0.1)


def test_the_index_by_queue_follows_calls_that_move_and_end(floor: Floor) -> None:
    one, two = waits(floor, 1, SALES), waits(floor, 2, SALES)
    assert floor.calls.in_queue(SALES) == 2
    assert one.queue is not None
    one.queue.queue_id = SERVICE
    floor.calls.changed(one)
    assert (floor.calls.in_queue(SALES), floor.calls.in_queue(SERVICE)) == (1, 1)
    two.waiting_since = two.queue = None
    floor.calls.changed(two)
    del floor.calls[one.attempt_id]
    assert floor.calls.queues == {}
    assert floor.calls.unweighed == {}
