"""The plan of a campaign's own mode."""

from __future__ import annotations

from dataclasses import replace

from kwabo.domain.pacing import power, predictive
from kwabo.domain.pacing.budget import account
from kwabo.domain.pacing.situation import Figures, Mode, Plan, Reason, Situation


def plan(situation: Situation) -> Plan:
    """How many calls the campaign starts now, and why."""
    if situation.limits.stopped and situation.mode is not Mode.PROGRESSIVE:
        return replace(progressive(situation), reason=Reason.BUDGET_SPENT)
    if situation.mode is Mode.PREDICTIVE:
        return predictive.plan(situation)
    if situation.mode is Mode.POWER:
        return power.plan(situation)
    return progressive(situation)


def progressive(situation: Situation) -> Plan:
    """One call for each agent who can take it."""
    agents = max(0, situation.ready - situation.limits.keep_ready)
    in_air = len(situation.in_air) + len(situation.analysing)
    wish = max(0, agents - in_air - situation.waiting)
    dials = min(wish, max(0, situation.room))
    if dials:
        reason = Reason.DIALLING
    elif wish:
        reason = Reason.NO_ROOM
    elif situation.waiting:
        reason = Reason.CALLERS_WAIT
    else:
        reason = Reason.CEILING if agents else Reason.NO_AGENTS
    budget = account(situation.tally, situation.limits)
    figures = Figures(
        ready=situation.ready,
        waiting=situation.waiting,
        in_air=in_air,
        budget=budget.left,
        rate=budget.rate,
        rate_of_all=budget.rate_of_all,
        pace=in_air / agents if agents else 0.0,
    )
    return Plan(dials=dials, reason=reason, figures=figures)
