"""Grants between campaigns: within every wish, every pool and every line, and fair."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.pacing.lines import Lines
from kwabo.domain.pacing.sharing import Claim, Wish, grant, next_held

TRUNKS = [UUID(int=n) for n in (11, 12)]

wishes = st.lists(
    st.builds(
        Wish,
        campaign_id=st.integers(1, 20).map(lambda n: UUID(int=n)),
        trunk_id=st.sampled_from(TRUNKS),
        pool=st.sampled_from(("north", "south")),
        dials=st.integers(0, 12),
        priority=st.integers(1, 5),
        weight=st.sampled_from((1.0, 2.0, 5.0)),
        served=st.floats(0, 50),
    ),
    max_size=8,
    unique_by=lambda wish: wish.campaign_id,
)
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


@given(wishes, lines)
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
        free=st.integers(-2, 6),
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
def test_an_agent_is_held_for_a_bounded_campaign_within_its_part(asked: list[Claim]) -> None:
    found = next_held(asked)
    weights = sum(claim.weight for claim in asked)
    may = [
        claim
        for claim in asked
        if claim.bounded
        and claim.free > 0
        and claim.held < max(1, claim.team * claim.weight // weights)
        and all(rival.priority <= claim.priority for rival in asked)
    ]
    if not may or all(claim.bounded for claim in asked):
        assert found is None
        return
    (chosen,) = [claim for claim in may if claim.campaign_id == found]
    assert all(chosen.served / chosen.weight <= claim.served / claim.weight for claim in may)
