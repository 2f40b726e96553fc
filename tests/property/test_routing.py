"""Matching: fair, deterministic, local, as its definition says; it wakes neither early nor late."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from routing_bench.naive import may, naive_match
from routing_bench.naive import urgency as naive_urgency

from kwabo.domain.routing.board import Board, Match
from kwabo.domain.routing.eligibility import Passed, steps_of, why_not
from kwabo.domain.routing.explanation import explanation_of
from kwabo.domain.routing.matching import match
from kwabo.domain.routing.urgency import base_priority, passing_seconds, urgency
from kwabo.domain.routing.values import FreeAgent, Medium, Membership, QueueTerms, WaitingCall
from property.routing_cases import NOW, QUEUES, Case, agents, calls, cases, terms


def _match(case: Case, now: int = NOW) -> Match:
    return match(case.calls, case.agents, case.queues, now, staff=case.staff)


def _pairs(found: Match) -> list[tuple[UUID, UUID]]:
    return [(one.call_id, one.user_id) for one in found.assignments]


@given(cases)
def test_the_index_answers_what_the_definition_does(case: Case) -> None:
    found = _match(case)
    pairs, moves = naive_match(case.calls, case.agents, case.queues, NOW, case.staff)
    assert _pairs(found) == pairs
    assert [move.call_id for move in found.moves] == moves


@given(cases, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_told_is_no_matter(case: Case, random: object) -> None:
    found = _match(case)
    random.shuffle(case.calls)  # type: ignore[attr-defined]
    random.shuffle(case.agents)  # type: ignore[attr-defined]
    again = _match(case)
    assert found.assignments == again.assignments
    assert found.moves == again.moves
    assert found.wakes_at == again.wakes_at
    assert found.explanations == again.explanations


@given(cases)
def test_nobody_has_two_voice_calls(case: Case) -> None:
    voice = {call.call_id for call in case.calls if call.medium is Medium.VOICE}
    busy = [agent.user_id for agent in case.agents if agent.load.get(Medium.VOICE)]
    given_voice = [user for call, user in _pairs(_match(case)) if call in voice]
    assert len(set(given_voice)) == len(given_voice)
    assert not set(given_voice) & set(busy)


@given(cases)
def test_nothing_is_left_that_could_be_given(case: Case) -> None:
    found = _match(case)
    gone = {call for call, _ in _pairs(found)} | {move.call_id for move in found.moves}
    by_id = {call.call_id: call for call in case.calls}
    left = _after(case.agents, by_id, found)
    own = {one.queue_id: one for one in case.queues}
    for call in case.calls:
        if call.call_id not in gone:
            assert not any(may(agent, call, own[call.queue_id], NOW) for agent in left)


def _after(
    people: list[FreeAgent], by_id: dict[UUID, WaitingCall], found: Match
) -> list[FreeAgent]:
    after = {agent.user_id: agent for agent in people}
    for call_id, user_id in _pairs(found):
        after[user_id] = after[user_id].taking(by_id[call_id].medium)
    return list(after.values())


@given(cases.filter(lambda case: bool(case.calls)), st.integers(0, 60_000))
def test_first_in_first_out_between_calls_that_are_alike(case: Case, later: int) -> None:
    """A call that differs only in coming later is not served before the other."""
    first = case.calls[0]
    twin = replace(
        first,
        call_id=UUID(int=5000),
        waiting_since=first.waiting_since + later,
        queued_at=first.queued_at + later,
    )
    found = _match(replace(case, calls=[*case.calls, twin]), NOW + later)
    order = [call for call, _ in _pairs(found)]
    if twin.call_id in order:
        moved = {move.call_id for move in found.moves}
        assert first.call_id in moved or first.call_id in order[: order.index(twin.call_id)]


@given(cases)
def test_who_got_nothing_can_be_taken_away_and_nothing_changes(case: Case) -> None:
    found = _match(case)
    used = {user for _, user in _pairs(found)}
    gone = {call for call, _ in _pairs(found)} | {move.call_id for move in found.moves}
    for agent in case.agents:
        if agent.user_id not in used:
            rest = [one for one in case.agents if one is not agent]
            assert _pairs(_match(replace(case, agents=rest))) == _pairs(found)
    for call in case.calls:
        if call.call_id not in gone:
            others = [one for one in case.calls if one is not call]
            again = _match(replace(case, calls=others))
            assert (_pairs(again), again.moves) == (_pairs(found), found.moves)


@given(cases, st.sampled_from(QUEUES))
def test_a_queue_that_shares_nobody_changes_nothing_elsewhere(case: Case, queue_id: UUID) -> None:
    apart = [a for a in case.agents if set(a.queues) <= {queue_id} or queue_id not in a.queues]
    unnamed = [replace(call, preferred=(), last_agent=None) for call in case.calls]
    case = replace(case, agents=apart, calls=unnamed)
    without = replace(
        case,
        calls=[call for call in case.calls if call.queue_id != queue_id],
        agents=[agent for agent in apart if queue_id not in agent.queues],
    )
    own = {call.call_id for call in case.calls if call.queue_id == queue_id}
    assert [pair for pair in _pairs(_match(case)) if pair[0] not in own] == _pairs(_match(without))


@given(cases)
def test_wakes_exactly_when_time_alone_changes_the_answer(case: Case) -> None:
    """Against brute force: the definition is asked at every moment that could change anything."""
    found = _match(case)
    by_id = {call.call_id: call for call in case.calls}
    gone = {call for call, _ in _pairs(found)} | {move.call_id for move in found.moves}
    left = [call for call in case.calls if call.call_id not in gone]
    people = _after(case.agents, by_id, found)

    def changes(at: int) -> bool:
        pairs, moves = naive_match(left, people, case.queues, at, case.staff)
        return bool(pairs or moves)

    moments = _moments(left, case.queues)
    first = next((at for at in sorted(moments) if at > NOW and changes(at)), None)
    assert found.wakes_at == first
    if first is not None:
        assert not changes(first - 1)
    for at in (NOW + 1, NOW + 999, NOW + 3_600_000):
        if first is None or at < first:
            assert not changes(at)


def _moments(waiting: list[WaitingCall], queues: list[QueueTerms]) -> set[int]:
    own = {one.queue_id: one for one in queues}
    found = set()
    for call in waiting:
        queue = own[call.queue_id]
        spans = [queue.preferred_wait_seconds, queue.last_agent_wait_seconds]
        spans += [sum(ring.seconds for ring in queue.rings[:n]) for n in range(7)]
        spans += [rule.seconds for rule in queue.overflow]
        found |= {call.queued_at + 1000 * span for span in spans}
        found.add(call.waiting_since + 1000 * (queue.max_wait_seconds or 0))
        if queue.ageing_seconds:
            points = (NOW - call.waiting_since) // 1000 // queue.ageing_seconds
            found |= {
                call.waiting_since + 1000 * queue.ageing_seconds * (points + n) for n in (1, 2, 3)
            }
    return found


@given(
    st.tuples(*map(terms, QUEUES)).map(list),
    st.lists(
        st.tuples(st.integers(0, 40_000), calls.filter(bool) | agents.filter(bool)), max_size=6
    ),
)
def test_a_board_that_is_kept_answers_as_one_made_anew(
    queues: list[QueueTerms], happenings: list[tuple[int, list[WaitingCall] | list[FreeAgent]]]
) -> None:
    board = Board(queues)
    waiting: dict[UUID, WaitingCall] = {}
    free: dict[UUID, FreeAgent] = {}
    now = NOW
    for after, things in happenings:
        now += after
        for thing in things:
            if isinstance(thing, WaitingCall):
                waiting[thing.call_id] = thing
                board.add_call(thing)
            elif thing.user_id in free:
                del free[thing.user_id]
                board.remove_agent(thing.user_id)
            elif not thing.is_full():
                free[thing.user_id] = thing
                board.add_agent(thing)
        if len(things) == 3 and waiting:
            call_id = min(waiting)
            del waiting[call_id]
            board.remove_call(call_id)
        found = board.settle(now)
        fresh = match(waiting.values(), free.values(), queues, now)
        assert found.assignments == fresh.assignments
        assert found.moves == fresh.moves
        assert found.wakes_at == fresh.wakes_at
        assert found.explanations == fresh.explanations
        for call_id, user_id in _pairs(found):
            agent = free.pop(user_id).taking(waiting.pop(call_id).medium)
            if not agent.is_full():
                free[user_id] = agent
        for move in found.moves:
            del waiting[move.call_id]


@given(
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(1, 300),
    st.integers(0, 4_000_000),
    st.integers(0, 9_000_000),
)
def test_who_comes_later_than_the_bound_never_passes(
    low: int, more: int, ageing: int, later: int, waited: int
) -> None:
    bound = passing_seconds(low, low + more, ageing)
    assert bound is not None
    now = later + waited
    first = urgency(low, 0, ageing, now)
    second = urgency(low + more, later, ageing, now)
    if later >= bound * 1000:
        assert first >= second  # between equals, who has waited longer
    elif later < bound * 1000 and later // 1000 < bound - ageing:
        assert second > first  # the bound is not idle talk: one who comes earlier does pass


@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 60))
def test_nobody_starves_however_many_more_urgent_calls_come(
    more: int, per_minute: int, ageing: int
) -> None:
    """One agent, who takes a call every 60/n seconds, and a more urgent call just before each."""
    terms_of = QueueTerms(queue_id=QUEUES[0], ageing_seconds=ageing)
    agent_id = UUID(int=100)
    gap = 60_000 // per_minute
    poor = WaitingCall(call_id=UUID(int=1), queue_id=QUEUES[0], waiting_since=0, queued_at=0)
    waiting = [poor]
    bound = (passing_seconds(0, more, ageing) or 0) * 1000
    passes = 0
    now = 0
    while poor in waiting:
        waiting.append(
            WaitingCall(
                call_id=UUID(int=1000 + now),
                queue_id=QUEUES[0],
                waiting_since=now,
                queued_at=now,
                priority=more,
            )
        )
        agent = FreeAgent(user_id=agent_id, idle_since=now, queues={QUEUES[0]: Membership()})
        (taken,) = match(waiting, [agent], [terms_of], now).assignments
        waiting = [call for call in waiting if call.call_id != taken.call_id]
        if taken.call_id != poor.call_id:
            passes += 1
        now += gap
        assert passes <= bound // gap + 1
    assert now - gap <= bound + gap


@given(cases)
def test_positions_are_those_of_the_order_in_which_calls_are_served(case: Case) -> None:
    board = Board(case.queues)
    for call in case.calls:
        board.add_call(call)
    own = {one.queue_id: one for one in case.queues}

    def order(call: WaitingCall) -> tuple[int, int, int]:
        points = naive_urgency(call, own[call.queue_id], NOW)
        return (-points, call.waiting_since, call.call_id.int)

    for queue_id in QUEUES:
        line = sorted((c for c in case.calls if c.queue_id == queue_id), key=order)
        for place, call in enumerate(line, 1):
            assert board.position(call.call_id, NOW) == place


@given(cases)
def test_explanations_say_what_happened_and_can_be_stored(case: Case) -> None:
    found = _match(case)
    by_id = {call.call_id: call for call in case.calls}
    people = {agent.user_id: agent for agent in case.agents}
    own = {one.queue_id: one for one in case.queues}
    assert [(one.call_id, one.user_id) for one in found.explanations] == _pairs(found)
    for told in found.explanations:
        assert explanation_of(json.loads(json.dumps(told.document()))) == told
        call = by_id[told.call_id]
        assert told.waited == NOW - call.waiting_since
        assert told.base_priority == base_priority(call, own[call.queue_id])
        named = [told.user_id, *(one.user_id for one in told.agents)]
        assert len(set(named)) == len(named)
        for passed in told.calls:
            rival = by_id[passed.call_id]
            steps = steps_of(own[rival.queue_id], rival.needs)
            if passed.code is not Passed.NO_ROOM:  # what was taken in this moment counts too
                agent = people[told.user_id]
                assert why_not(agent, rival, own[rival.queue_id], steps, NOW) is passed.code
