"""Power dialling: a fixed number of calls for each agent who can take one.

The whole calls of a broken ratio are spread over the calls made so far: with 1.5 calls for each
agent, a lone agent gets two calls and one call by turns.
"""

from __future__ import annotations

from math import floor

from kwabo.domain.pacing.budget import account
from kwabo.domain.pacing.situation import Figures, Plan, Reason, Situation


def plan(situation: Situation) -> Plan:
    """floor(ratio × ready) less the calls in the air and the people who wait."""
    limits, tally = situation.limits, situation.tally
    agents = max(0, situation.ready - limits.keep_ready)
    in_air = len(situation.in_air) + len(situation.analysing)
    wanted = limits.calls_per_agent * agents
    whole = floor(wanted + 1e-9)
    rest = wanted - whole
    # The fraction's turn: every time the calls dialled so far pass another whole multiple of it.
    if rest > 1e-9 and floor(tally.dialled * rest) != floor((tally.dialled + 1) * rest):
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
