"""Which campaign starts the next call when several share agents or lines.

Each campaign was planned alone over the agents it shares: its plan says how many calls the pool can
bear, the other campaigns' calls in the air included. An answer of one takes the agent from any
other's, so that all run the same risk: campaigns that call ahead keep to what the poorest budget
among them affords (`common_risk`). Otherwise the richest would fill the pool up to its own risk,
and the others would never start a call.

Starts are granted one at a time: the highest priority first, then the campaign that has been served
least for its weight (start-time fair queueing; Goyal, Vin and Cheng 1996). A start of one campaign
uses up the pool's room for all.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.pacing.lines import Lines
from kwabo.domain.pacing.situation import Plan, Reason

_BOUNDED = frozenset({Reason.LEARNING, Reason.BUDGET_SPENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one campaign would start, were it alone."""

    campaign_id: UUID
    trunk_id: UUID
    pool: Hashable  # campaigns of one pool compete for the same agents
    dials: int  # of its plan
    priority: int = 3  # 5 first
    weight: float = 1.0  # share between equals of a pool
    served: float = 0.0  # starts so far, in any steady unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one campaign of a pool may ask of the pool's free agents."""

    campaign_id: UUID
    bounded: bool  # it may only call progressively
    free: int  # agents who could be held for its call: not those kept for callers from outside
    held: int  # agents who are held for its calls
    team: int  # all agents who may take its calls
    priority: int
    weight: float
    served: float  # starts so far, in any steady unit


def is_bounded(plan: Plan) -> bool:
    """Whether the plan is one call for each free agent, and not a call ahead of them."""
    return plan.reason in _BOUNDED and plan.figures.own_risk <= 0.0


def next_held(claims: Sequence[Claim]) -> UUID | None:
    """The campaign for whose next call an agent is held, if any.

    Rivals who call ahead always have more calls in the air than agents are free: without an agent
    of its own, a campaign that may only call progressively would never start a call, and so never
    learn or recover. A held agent makes the call safe. It has up to its weight's part of the team,
    unless a rival comes first. Where no rival calls ahead there is a call for each free agent, and
    to hold one would take it from a call in the air.
    """
    if all(claim.bounded for claim in claims):
        return None
    weights = sum(claim.weight for claim in claims)
    first = max((claim.priority for claim in claims), default=0)
    for claim in sorted(claims, key=lambda claim: claim.served / claim.weight):
        most = max(1, int(claim.team * claim.weight // weights))
        if claim.bounded and claim.priority == first and claim.free > 0 and claim.held < most:
            return claim.campaign_id
    return None


def common_risk(plans: Iterable[Plan | None]) -> float:
    """The lowest risk that a campaign's own budget allows, of those that call ahead; else no limit.

    A campaign that may only call progressively runs no risk of its own: its calls have agents.
    """
    own = [plan.figures.own_risk for plan in plans if plan is not None]
    return min((risk for risk in own if risk > 0.0), default=float("inf"))


def grant(wishes: Sequence[Wish], lines: Lines) -> Mapping[UUID, int]:
    """Starts of each campaign; campaigns without a start have 0."""
    if len(wishes) == 1:  # there is nobody to share with
        (only,) = wishes
        room = lines.room(only.campaign_id, only.trunk_id)
        return {only.campaign_id: max(0, min(only.dials, room))}
    left = lines.copy()
    granted = {wish.campaign_id: 0 for wish in wishes}
    of_pool: dict[Hashable, int] = {}
    waiting = list(wishes)
    while True:
        waiting = [
            wish
            for wish in waiting
            if of_pool.get(wish.pool, 0) < wish.dials
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
        of_pool[best.pool] = of_pool.get(best.pool, 0) + 1
        left.take(best.campaign_id, best.trunk_id)
