"""Power dialling: a fixed number of calls for each agent who can take one.

A broken ratio is kept in the long run: with 1.5 calls for each agent, a lone agent gets one call or
two, half of the time each. Which it is changes with every answer and not with every call, or else
each call started would be another chance of one more.
"""

from __future__ import annotations

from math import floor

from kwabo.domain.pacing.budget import account
from kwabo.domain.pacing.situation import Figures, Plan, Reason, Situation

# Multiples of it, less their whole part, fill the interval from 0 to 1 evenly.
GOLDEN = 0.6180339887498949


def plan(situation: Situation) -> Plan:
    """floor(ratio × ready) less the calls in the air and the people who wait."""
    limits, tally = situation.limits, situation.tally
    agents = max(0, situation.ready - limits.keep_ready)
    in_air = len(situation.in_air) + len(situation.analysing)
    wanted = limits.calls_per_agent * agents
    whole = floor(wanted + 1e-9)
    rest = wanted - whole
    if (tally.live * GOLDEN) % 1.0 < rest - 1e-9:
        whole += 1
    wish = max(0, whole - in_air - situation.waiting)
    dials = min(wish, max(0, situation.room))
    budget = account(tally, limits)
    figures = Figures(
        ready=situation.ready,
        waiting=situation.waiting,
        in_air=in_air,
        budget=budget.left,
        rate=budget.rate,
        rate_of_all=budget.rate_of_all,
        pace=in_air / agents if agents else 0.0,
    )
    return Plan(dials=dials, reason=_reason(situation, agents, wish, dials), figures=figures)


def _reason(situation: Situation, agents: int, wish: int, dials: int) -> Reason:
    if dials:
        return Reason.DIALLING
    if wish:
        return Reason.NO_ROOM
    if situation.waiting:
        return Reason.CALLERS_WAIT
    return Reason.CEILING if agents else Reason.NO_AGENTS
