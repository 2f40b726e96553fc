"""Floors for the properties of routing: queues, agents and calls in all their variety."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hypothesis import strategies as st

from kwabo.domain.routing.skills import Need, Skill, language_skill
from kwabo.domain.routing.values import (
    Evaluation,
    FreeAgent,
    LastAgent,
    Medium,
    Membership,
    OverflowRule,
    OverflowWhen,
    QueueTerms,
    Ring,
    WaitingCall,
)

QUEUES = [UUID(int=n) for n in range(1, 4)]
AGENTS = [UUID(int=n) for n in range(100, 107)]
SKILLS = [language_skill("fon"), Skill("billing"), Skill("fibre")]
NOW = 100_000

moments = st.integers(0, NOW)
needs = st.lists(
    st.builds(Need, st.sampled_from(SKILLS), st.integers(1, 3)),
    max_size=2,
    unique_by=lambda need: need.skill,
).map(tuple)
rings = st.lists(
    st.builds(Ring, st.integers(0, 60), st.frozensets(st.sampled_from(SKILLS), max_size=2)),
    min_size=1,
    max_size=6,
).map(tuple)


def terms(queue_id: UUID) -> st.SearchStrategy[QueueTerms]:
    """Any terms of a queue."""
    return st.builds(
        QueueTerms,
        queue_id=st.just(queue_id),
        evaluation=st.sampled_from(Evaluation),
        rings=rings,
        priority=st.integers(0, 3),
        segment_priorities=st.dictionaries(st.sampled_from(["gold", "new"]), st.integers(-2, 5)),
        ageing_seconds=st.sampled_from([0, 1, 10, 60]),
        preferred_wait_seconds=st.integers(0, 60),
        last_agent=st.sampled_from(LastAgent),
        last_agent_wait_seconds=st.integers(0, 60),
        overflow=st.lists(
            st.builds(
                OverflowRule,
                st.sampled_from(OverflowWhen),
                st.integers(0, 150),
                st.sampled_from(QUEUES),
            ),
            max_size=2,
        ).map(tuple),
        max_wait_seconds=st.none() | st.integers(1, 200),
    )


calls = st.lists(
    st.builds(
        lambda queued_at, earlier, **values: WaitingCall(
            queued_at=queued_at, waiting_since=queued_at - earlier, **values
        ),
        queued_at=moments,
        earlier=st.just(0) | st.integers(0, 50_000),
        call_id=st.integers(1000, 1100).map(lambda n: UUID(int=n)),
        queue_id=st.sampled_from(QUEUES),
        priority=st.integers(0, 4),
        segment=st.sampled_from([None, None, "gold", "new"]),
        needs=needs,
        medium=st.sampled_from([Medium.VOICE, Medium.VOICE, Medium.MESSAGE]),
        preferred=st.just(()) | st.lists(st.sampled_from(AGENTS), max_size=2).map(tuple),
        last_agent=st.none() | st.sampled_from(AGENTS),
        refused_by=st.just(frozenset()) | st.frozensets(st.sampled_from(AGENTS), max_size=2),
        been_in=st.just(frozenset()) | st.frozensets(st.sampled_from(QUEUES), max_size=1),
    ),
    max_size=7,
    unique_by=lambda call: call.call_id,
)
agents = st.lists(
    st.builds(
        FreeAgent,
        user_id=st.sampled_from(AGENTS),
        idle_since=moments,
        queues=st.dictionaries(
            st.sampled_from(QUEUES), st.builds(Membership, st.integers(1, 6), st.integers(1, 3))
        ),
        skills=st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5)),
        capacity=st.sampled_from(
            [{Medium.VOICE: 1}, {Medium.VOICE: 3}, {Medium.VOICE: 1, Medium.MESSAGE: 2}]
        ),
        load=st.sampled_from([{}, {}, {Medium.VOICE: 1}, {Medium.MESSAGE: 1}]),
        interrupts=st.sampled_from([{}, {Medium.MESSAGE: frozenset({Medium.VOICE})}]),
    ),
    max_size=5,
    unique_by=lambda agent: agent.user_id,
)


@dataclass(frozen=True)
class Case:
    """A floor at a moment."""

    queues: list[QueueTerms]
    calls: list[WaitingCall]
    agents: list[FreeAgent]
    staff: dict[UUID, int]


cases = st.builds(
    Case,
    queues=st.tuples(*map(terms, QUEUES)).map(list),
    calls=calls,
    agents=agents,
    staff=st.dictionaries(st.sampled_from(QUEUES), st.integers(0, 2)),
)
