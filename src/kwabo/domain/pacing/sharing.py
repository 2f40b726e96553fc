"""What campaigns that share agents owe each other before any of them starts a call.

Each is planned alone over the agents it shares, the other campaigns' calls in the air included. An
answer of one takes the agent from any other's, so that all run the same risk: campaigns that call
ahead keep to what the poorest budget among them affords (`common_risk`). Otherwise the richest
would fill the pool up to its own risk, and the others would never start a call.

A campaign that may only call progressively beside one that calls ahead has an agent held for its
call (`next_held`). An agent is set aside for it first: the others plan with one fewer, and once
their calls in the air do without that agent, it is held (`can_spare`). Whose turn it is otherwise,
`granting` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.pacing.situation import Plan, Reason

_FULL = frozenset({Reason.ENOUGH, Reason.CALLERS_WAIT, Reason.CEILING})
_BOUNDED = frozenset({Reason.LEARNING, Reason.BUDGET_SPENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one campaign of a pool may ask of the pool's free agents."""

    campaign_id: UUID
    bounded: bool  # it may only call progressively
    room: bool  # it has contacts, and lines and calls per second allow a call
    held: int  # agents who are held for its calls
    team: int  # all agents who may take its calls
    priority: int
    weight: float
    served: float  # starts so far, in any steady unit


def is_bounded(plan: Plan) -> bool:
    """Whether the plan is one call for each free agent, and not a call ahead of them."""
    return plan.reason in _BOUNDED and plan.figures.own_risk <= 0.0


def next_held(claims: Sequence[Claim]) -> UUID | None:
    """The campaign for whose next call an agent is to be held, if any.

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
        if claim.bounded and claim.priority == first and claim.room and claim.held < most:
            return claim.campaign_id
    return None


def can_spare(plans: Iterable[Plan | None]) -> bool:
    """Whether an agent may be held now: nobody who calls ahead counts on this one.

    The plans were made with one agent fewer. Where they have room for a call all the same, those
    in the air do without that agent; else they are answered or over before long.
    """
    return all(plan.dials > 0 or plan.reason not in _FULL for plan in plans if plan is not None)


def common_risk(plans: Iterable[Plan | None]) -> float:
    """The lowest risk that a campaign's own budget allows, of those that call ahead; else no limit.

    A campaign that may only call progressively runs no risk of its own: its calls have agents.
    """
    own = [plan.figures.own_risk for plan in plans if plan is not None]
    return min((risk for risk in own if risk > 0.0), default=float("inf"))
