"""Which campaign starts the next call when several share agents or lines.

Each campaign's plan says how many calls the agents can bear. Starts are granted one at a time: the
highest priority first, then the campaign that has been served least for its weight (start-time fair
queueing; Goyal, Vin and Cheng 1996). A start of one campaign uses up the pool's room for all: for
those that call ahead by the answers it will bring, since a call of which one in three is answered
takes as much as two and a half of which one in eight is; for those that have one call for each free
agent by its number.

Campaigns with the same agents look at the same people and the same calls, and differ only in what
they have learnt. The one that has seen most answers judges for all of them how much room there is:
a campaign that knows less is surer of nothing, finds room later than the others, and would never
have its turn.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from kwabo.domain.pacing.lines import Lines
from kwabo.domain.pacing.situation import Plan, Reason

_ROUNDING = 1e-9  # of calls
_AN_AGENT = 1.0  # answers that a call counts for which has an agent: nobody else can have that one


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one campaign would start, were it alone."""

    campaign_id: UUID
    trunk_id: UUID
    pool: Hashable  # campaigns of one pool compete for the same agents
    team: Hashable = None  # those of one team have all their agents in common
    dials: int  # of its plan
    most: int  # calls that its own limits allow, however many the agents can bear
    answers: float = 0.0  # share of its calls that will need an agent; 0: it counts calls instead
    answers_seen: float = 0.0  # what it has learnt from
    priority: int = 3  # 5 first
    weight: float = 1.0  # share between equals of a pool
    served: float = 0.0  # starts so far, in any steady unit


def answers_of_a_call(plan: Plan) -> float:
    """Share of the campaign's calls that will need an agent; 0 where the plan does not rest on it.

    A plan that the campaign's own ceiling ended says nothing about what the agents can bear.
    """
    return 0.0 if plan.reason is Reason.CEILING else plan.figures.answer_rate


def grant(wishes: Sequence[Wish], lines: Lines) -> Mapping[UUID, int]:
    """Starts of each campaign; campaigns without a start have 0."""
    if len(wishes) == 1:  # there is nobody to share with
        (only,) = wishes
        room = lines.room(only.campaign_id, only.trunk_id)
        return {only.campaign_id: max(0, min(only.dials, room))}
    left = lines.copy()
    granted = {wish.campaign_id: 0 for wish in wishes}
    used = {wish.pool: _Used() for wish in wishes}
    judges = _judges(wishes)
    waiting = list(wishes)
    while True:
        waiting = [
            wish
            for wish in waiting
            if used[wish.pool].leaves_room(judges[wish.campaign_id])
            and granted[wish.campaign_id] < wish.most
            and left.room(wish.campaign_id, wish.trunk_id) > 0
        ]
        if not waiting:
            return granted
        best = min(
            waiting,
            key=lambda wish: (
                -wish.priority,
                (wish.served + granted[wish.campaign_id]) / max(wish.weight, 1e-9),
                wish.campaign_id,
            ),
        )
        granted[best.campaign_id] += 1
        used[best.pool].add(best)
        left.take(best.campaign_id, best.trunk_id)


def _judges(wishes: Sequence[Wish]) -> Mapping[UUID, Wish]:
    """Whose plan says what the agents of each campaign can bear."""
    of_team: dict[Hashable, Wish] = {}
    for wish in sorted(wishes, key=lambda wish: (wish.answers_seen, -wish.campaign_id.int)):
        if wish.answers > 0.0:
            of_team[wish.pool, wish.team] = wish
    return {
        wish.campaign_id: of_team[wish.pool, wish.team] if wish.answers > 0.0 else wish
        for wish in wishes
    }


@dataclass(slots=True)
class _Used:
    """What was granted of a pool's room."""

    calls: int = 0
    answers: float = 0.0  # that they will bring

    def add(self, wish: Wish) -> None:
        self.calls += 1
        self.answers += wish.answers or _AN_AGENT

    def leaves_room(self, judge: Wish) -> bool:
        """Whether the agents can bear a further call, by this plan."""
        if judge.answers <= 0.0:
            return self.calls < judge.dials
        return ceil(self.answers / judge.answers - _ROUNDING) < judge.dials
