"""What campaigns that share agents owe each other before any of them starts a call.

Each is planned alone over the agents it shares, the other campaigns' calls in the air included. An
answer of one takes the agent from any other's, so that all run the same risk: campaigns that call
ahead keep to what the poorest budget among them affords (`common_risk`). Otherwise the richest
would fill the pool up to its own risk, and the others would never start a call.

A campaign that holds an agent for each call, or may only call progressively for now, has an agent
held beside one that calls ahead (`next_held`). An agent is set aside for it first: the others plan
with one fewer, and once their calls in the air do without that agent, it is held (`can_spare`).
Whose turn it is otherwise, `granting` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.pacing.situation import Plan, Reason

_BOUNDED = frozenset({Reason.LEARNING, Reason.BUDGET_SPENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one campaign of a pool may ask of the pool's free agents."""

    campaign_id: UUID
    bounded: bool  # it may only call progressively
    holds: bool = False  # always: it holds an agent for each of its calls, as its mode says
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

    One that always holds agents has its turn when none that can call was served less for its
    weight, beside rivals that are bounded too.
    """
    first = max((claim.priority for claim in claims), default=0)
    equals = [claim for claim in claims if claim.priority == first]
    weights = sum(claim.weight for claim in equals)
    least = min((_served(claim) for claim in equals if claim.room), default=0.0)
    ahead = not all(claim.bounded for claim in claims)
    for claim in sorted(equals, key=_served):
        most = max(1, int(claim.team * claim.weight // weights))
        turn = _served(claim) <= least if claim.holds else claim.bounded and ahead
        if turn and claim.room and claim.held < most:
            return claim.campaign_id
    return None


def _served(claim: Claim) -> float:
    return claim.served / claim.weight


def can_spare(plans: Iterable[Plan], *, free: int, unserved: int) -> bool:
    """Whether an agent may be held now: nobody's answer counts on this one.

    `free`: agents who might be; `unserved`: calls in the air, and people who wait, that may need
    them. `plans`: of campaigns that call ahead, made with one agent fewer. Where each has room for
    a call all the same, those in the air do without that agent; else they are answered or over
    before long.
    """
    if free > unserved:
        return True
    dials = [plan.dials for plan in plans]
    return bool(dials) and min(dials) > 0


def common_risk(plans: Iterable[Plan | None]) -> float:
    """The lowest risk that a campaign's own budget allows, of those that call ahead; else no limit.

    A campaign that may only call progressively runs no risk of its own: its calls have agents.
    """
    own = [plan.figures.own_risk for plan in plans if plan is not None]
    return min((risk for risk in own if risk > 0.0), default=float("inf"))
