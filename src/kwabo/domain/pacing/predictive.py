"""Predictive dialling: as many calls as the abandon budget can pay for, and never one more.

At some moments ahead (see `forecast`) the agents who will be free and the answers that will come
are random numbers whose distributions follow from the ages of conversations and calls. A further
call is started while the chance that its answer would find no agent is within what the budget
allows. Its answer may also take the agent from a call that is in the air already and is answered
later: so its chance at a moment is the highest from that moment on.

One call for each agent who is free is always within the budget: the plan is never below that.
"""

from __future__ import annotations

import numpy as np

from kwabo.domain.pacing.balance import balance
from kwabo.domain.pacing.budget import Budget, account, risk_allowed
from kwabo.domain.pacing.forecast import Forecast
from kwabo.domain.pacing.hazards import Floats
from kwabo.domain.pacing.situation import Figures, Plan, Reason, Situation

LEAST_ANSWERS = 15.0  # seen before anything is predicted
LEAST_TALKS = 8.0
MOST_AT_ONCE = 200  # calls of one plan; the next tick goes on


def plan(situation: Situation) -> Plan:
    """How many calls to start now, and why not more."""
    limits = situation.limits
    budget = account(situation.tally, limits)
    in_air = len(situation.in_air) + len(situation.analysing)
    free = situation.ready - limits.keep_ready - situation.waiting
    sure = max(0, free - in_air)
    room = max(0, situation.room)
    curves = situation.curves
    if curves is None:
        return _bounded(situation, budget, sure, Reason.LEARNING)
    outlook = curves.outlook(situation)
    if curves.answers_seen < LEAST_ANSWERS or curves.talks_seen < LEAST_TALKS:
        return _bounded(situation, budget, sure, Reason.LEARNING)
    if free <= 0 and not situation.talking and not situation.after_call:
        return _bounded(situation, budget, 0, Reason.NO_AGENTS)
    allowed = risk_allowed(budget, limits, float(max(0, -free)))
    if allowed <= 0.0:
        return _bounded(situation, budget, sure, Reason.BUDGET_SPENT)
    if room <= sure:
        return _bounded(situation, budget, sure, Reason.NO_ROOM)

    forecast, lean = outlook.forecast, outlook.lean
    answers = _answers(situation, forecast, lean)
    releases = forecast.releases(situation.talking, situation.after_call)
    inbound = forecast.moments * situation.inbound_per_second
    freed = float(releases.sum(axis=0)[2]) if len(releases) else 0.0
    expected = float(answers.sum(axis=0)[-1]) if len(answers) else 0.0
    future = balance(answers, releases, inbound, outlook.doubt)
    ceiling = _ceiling(situation, freed) - in_air
    most = min(room, MOST_AT_ONCE)
    fresh = np.minimum(forecast.air[0] * lean, 0.98)
    started, risk = 0, 0.0
    reason = Reason.NO_ROOM
    while started < most:
        risk = _risk(future.at_least(free))
        if risk > allowed and started >= sure:
            reason = Reason.ENOUGH
            break
        if started >= ceiling and started >= sure:
            reason = Reason.CEILING
            break
        odds = situation.upcoming[started] if started < len(situation.upcoming) else 1.0
        future.add(np.minimum(fresh * odds, 0.98))
        started += 1
    if started:
        reason = Reason.DIALLING
    elif free < 0 and reason is Reason.ENOUGH:
        reason = Reason.CALLERS_WAIT
    figures = Figures(
        ready=situation.ready,
        waiting=situation.waiting,
        in_air=in_air,
        answers_expected=expected,
        free_soon=freed,
        horizon=float(forecast.moments[2]),
        risk=risk,
        risk_allowed=allowed,
        answer_rate=forecast.answer_rate * lean,
        budget=budget.left,
        rate=budget.rate,
        rate_of_all=budget.rate_of_all,
        pace=(in_air + started) / max(1.0, max(0, free) + freed),
    )
    return Plan(dials=started, reason=reason, figures=figures)


def _answers(situation: Situation, forecast: Forecast, lean: float) -> Floats:
    """Chances of all calls in the air and under analysis, call × moment."""
    calls = situation.in_air
    parts = []
    if calls:
        parts.append(
            forecast.answers([call.age for call in calls], [call.odds for call in calls], lean)
        )
    if situation.analysing:
        parts.append(forecast.verdicts(situation.analysing))
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros((0, len(forecast.moments)))


def _risk(chances: Floats) -> float:
    """Mean over the moments, each with the highest chance from it on."""
    worst = total = 0.0
    for chance in reversed(chances.tolist()):
        worst = max(worst, chance)
        total += worst
    return total / len(chances)


def _ceiling(situation: Situation, freed: float) -> float:
    """Calls in the air that the campaign's ceiling allows."""
    per_agent = situation.limits.calls_per_agent
    if per_agent <= 0.0:
        return float("inf")
    agents = max(0, situation.ready - situation.limits.keep_ready) + freed
    return per_agent * max(1.0, agents)


def _bounded(situation: Situation, budget: Budget, wish: int, reason: Reason) -> Plan:
    """One call for each free agent, and no more."""
    dials = min(wish, max(0, situation.room))
    in_air = len(situation.in_air) + len(situation.analysing)
    free = situation.ready - situation.limits.keep_ready
    return Plan(
        dials=dials,
        reason=reason,
        figures=Figures(
            ready=situation.ready,
            waiting=situation.waiting,
            in_air=in_air,
            budget=budget.left,
            rate=budget.rate,
            rate_of_all=budget.rate_of_all,
            pace=in_air / free if free > 0 else 0.0,
        ),
    )
