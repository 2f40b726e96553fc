"""Grants between campaigns: within every wish, every pool and every line, and fair."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.pacing.granting import Wish, grant
from kwabo.domain.pacing.lines import Lines
from kwabo.domain.pacing.sharing import Claim, can_spare, next_held
from kwabo.domain.pacing.situation import Plan, Reason

TRUNKS = [UUID(int=n) for n in (11, 12)]

CALLS = st.just(0.0)  # it counts calls, not answers


@st.composite
def wish(draw: st.DrawFn, answers: st.SearchStrategy[float] = CALLS) -> Wish:
    dials = draw(st.integers(0, 12))
    return Wish(
        campaign_id=UUID(int=draw(st.integers(1, 20))),
        trunk_id=draw(st.sampled_from(TRUNKS)),
        pool=draw(st.sampled_from(("north", "south"))),
        dials=dials,
        most=dials + draw(st.integers(0, 3)),
        answers=draw(answers),
        answers_seen=draw(st.sampled_from((10.0, 200.0, 201.0))),
        priority=draw(st.integers(1, 5)),
        weight=draw(st.sampled_from((1.0, 2.0, 5.0))),
        served=draw(st.floats(0, 50)),
    )


def several(of: st.SearchStrategy[Wish]) -> st.SearchStrategy[list[Wish]]:
    return st.lists(of, max_size=8, unique_by=lambda wish: wish.campaign_id)


wishes = several(wish())  # one call for each free agent
ahead = several(wish(st.sampled_from((0.05, 0.12, 0.3, 0.6))))
mixed = several(wish(st.sampled_from((0.0, 0.12, 0.3))))
lines = st.fixed_dictionaries({trunk: st.integers(0, 15) for trunk in TRUNKS})


@given(wishes, lines)
def test_grants_stay_within_wishes_pools_and_lines(
    asked: list[Wish], free: dict[UUID, int]
) -> None:
    granted = grant(asked, Lines.plain(free))
    of_trunk: Counter[UUID] = Counter()
    of_pool: Counter[object] = Counter()
    for wish in asked:
        assert 0 <= granted[wish.campaign_id] <= wish.dials
        of_trunk[wish.trunk_id] += granted[wish.campaign_id]
        of_pool[wish.pool] += granted[wish.campaign_id]
    assert all(of_trunk[trunk] <= free[trunk] for trunk in TRUNKS)
    for pool, total in of_pool.items():
        assert total <= max(wish.dials for wish in asked if wish.pool == pool)


@given(wishes, lines)
def test_nobody_is_held_back_while_there_is_room(asked: list[Wish], free: dict[UUID, int]) -> None:
    granted = grant(asked, Lines.plain(free))
    used = Counter[UUID]()
    total = Counter[object]()
    for wish in asked:
        used[wish.trunk_id] += granted[wish.campaign_id]
        total[wish.pool] += granted[wish.campaign_id]
    for wish in asked:
        assert total[wish.pool] >= wish.dials or used[wish.trunk_id] >= free[wish.trunk_id]


@given(mixed, lines)
def test_nobody_is_granted_more_than_its_own_limits_and_the_lines(
    asked: list[Wish], free: dict[UUID, int]
) -> None:
    granted = grant(asked, Lines.plain(free))
    of_trunk = Counter[UUID]()
    for one in asked:
        assert 0 <= granted[one.campaign_id] <= one.most
        of_trunk[one.trunk_id] += granted[one.campaign_id]
    assert all(of_trunk[trunk] <= free[trunk] for trunk in TRUNKS)


@given(ahead, lines)
def test_those_who_call_ahead_bring_no_more_answers_than_the_best_informed_has_room_for(
    asked: list[Wish], free: dict[UUID, int]
) -> None:
    if len(asked) < 2:
        return
    granted = grant(asked, Lines.plain(free))
    for pool in {one.pool for one in asked}:
        sharers = [one for one in asked if one.pool == pool]
        most_seen = max(one.answers_seen for one in sharers)
        best = [one for one in sharers if one.answers_seen == most_seen]
        judge = min(best, key=lambda one: one.campaign_id)
        brought = sum(granted[one.campaign_id] * one.answers for one in sharers)
        last = max(one.answers for one in sharers)  # the last start found room for one more
        assert brought <= max(0.0, (judge.dials - 1) * judge.answers + last) + 1e-6
        for one in sharers:
            if granted[one.campaign_id] < one.most and free[one.trunk_id] >= 100:
                assert brought > (judge.dials - 1) * judge.answers - 1e-6


@given(ahead, lines)
def test_those_of_another_team_judge_for_themselves(
    asked: list[Wish], free: dict[UUID, int]
) -> None:
    """Their plans were made over other agents."""
    apart = [replace(one, team=one.campaign_id) for one in asked]
    granted = grant(apart, Lines.plain(free))
    assert all(granted[one.campaign_id] <= one.dials for one in apart)


def test_a_call_that_is_answered_more_often_takes_more_of_the_room() -> None:
    """Room for three calls of which 12 % are answered is taken by one of which 30 % are."""

    def of(number: int, answers: float, **more: float) -> Wish:
        return Wish(
            campaign_id=UUID(int=number),
            trunk_id=TRUNKS[0],
            pool="all",
            dials=3,
            most=9,
            answers=answers,
            **more,
        )

    free = Lines.plain({TRUNKS[0]: 100})
    rare = of(1, 0.12, answers_seen=500.0, served=10.0)
    often = of(2, 0.3, answers_seen=20.0)
    assert grant([rare, often], free) == {UUID(int=1): 0, UUID(int=2): 1}
    alike = of(2, 0.12, answers_seen=20.0)
    assert grant([rare, alike], free) == {UUID(int=1): 0, UUID(int=2): 3}


def test_who_knows_less_has_its_turn() -> None:
    """It would find no room by itself; its rival, who knows more, has room for one more call."""
    knows, new = (
        Wish(
            campaign_id=UUID(int=number),
            trunk_id=TRUNKS[0],
            pool="all",
            dials=dials,
            most=9,
            answers=0.3,
            answers_seen=seen,
            served=served,
        )
        for number, dials, seen, served in ((1, 1, 900.0, 80.0), (2, 0, 30.0, 20.0))
    )
    granted = grant([knows, new], Lines.plain({TRUNKS[0]: 100}))
    assert granted == {UUID(int=1): 0, UUID(int=2): 1}


@given(mixed, lines)
def test_the_order_of_asking_does_not_matter(asked: list[Wish], free: dict[UUID, int]) -> None:
    assert grant(asked, Lines.plain(free)) == grant(list(reversed(asked)), Lines.plain(free))


@given(st.lists(st.sampled_from((1.0, 2.0, 3.0)), min_size=2, max_size=5), st.integers(1, 3))
def test_equals_are_served_by_weight_and_nobody_starves(weights: list[float], each: int) -> None:
    served = [0.0] * len(weights)
    for _ in range(300):
        asked = [
            Wish(
                campaign_id=UUID(int=n + 1),
                trunk_id=TRUNKS[0],
                pool="all",
                dials=each,
                most=each,
                weight=weight,
                served=served[n],
            )
            for n, weight in enumerate(weights)
        ]
        granted = grant(asked, Lines.plain({TRUNKS[0]: 100}))
        for n in range(len(weights)):
            served[n] += granted[UUID(int=n + 1)]
    fair = [300 * each * weight / sum(weights) for weight in weights]
    assert all(abs(got - due) <= 3.0 for got, due in zip(served, fair, strict=True))


@given(wishes)
def test_the_higher_priority_comes_first(asked: list[Wish]) -> None:
    granted = grant(asked, Lines.plain(dict.fromkeys(TRUNKS, 1)))
    for trunk in TRUNKS:
        rivals = [wish for wish in asked if wish.trunk_id == trunk and wish.dials > 0]
        # Pools are shared by trunks: only one trunk's pools are compared.
        if len({wish.pool for wish in asked}) > 1 or {wish.trunk_id for wish in asked} != {trunk}:
            continue
        winners = [wish for wish in rivals if granted[wish.campaign_id]]
        if winners:
            assert max(wish.priority for wish in rivals) == winners[0].priority


claims = st.lists(
    st.builds(
        Claim,
        campaign_id=st.integers(1, 20).map(lambda n: UUID(int=n)),
        bounded=st.booleans(),
        holds=st.booleans(),
        room=st.booleans(),
        held=st.integers(0, 6),
        team=st.integers(0, 20),
        priority=st.integers(2, 4),
        weight=st.sampled_from((1.0, 2.0, 5.0)),
        served=st.floats(0, 50),
    ),
    max_size=6,
    unique_by=lambda claim: claim.campaign_id,
)


@given(claims)
def test_an_agent_is_held_for_whoever_may_not_call_ahead_within_its_part(
    asked: list[Claim],
) -> None:
    asked = [replace(claim, bounded=claim.bounded or claim.holds) for claim in asked]
    found = next_held(asked)
    first = max((claim.priority for claim in asked), default=0)
    equals = [claim for claim in asked if claim.priority == first]
    weights = sum(claim.weight for claim in equals)
    somebody_calls_ahead = not all(claim.bounded for claim in asked)

    def least_served(claim: Claim, among: list[Claim]) -> bool:
        return all(claim.served / claim.weight <= one.served / one.weight for one in among)

    may = [
        claim
        for claim in equals
        if claim.bounded
        and claim.room
        and claim.held < max(1, claim.team * claim.weight // weights)
        and (
            least_served(claim, [one for one in equals if one.room])
            if claim.holds
            else somebody_calls_ahead
        )
    ]
    if not may:
        assert found is None
        return
    (chosen,) = [claim for claim in may if claim.campaign_id == found]
    assert least_served(chosen, may)


@given(st.lists(st.integers(0, 3), max_size=4), st.integers(1, 6), st.integers(0, 8))
def test_an_agent_is_spared_when_nobody_s_calls_count_on_it(
    dials: list[int], free: int, unserved: int
) -> None:
    plans = [Plan(dials=calls, reason=Reason.ENOUGH) for calls in dials]
    spared = can_spare(plans, free=free, unserved=unserved)
    assert spared is (free > unserved or (bool(dials) and min(dials) > 0))
