"""Predictive dialling: as many calls as the abandon budget can pay for, and never one more.

At some moments ahead (see `forecast`) the agents who will be free and the answers that will come
are random numbers whose distributions follow from the ages of conversations and calls. A further
call is started while the chance that its answer would find no agent is within what the budget
allows. Its answer may also take the agent from a call that is in the air already and is answered
later: so its chance at a moment is the highest from that moment on.

One call for each agent who is free is always within the budget: the plan is never below that.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from kwabo.domain.pacing.balance import Balance, Items, Refined
from kwabo.domain.pacing.budget import Budget, account, risk_allowed, self_paying_risk
from kwabo.domain.pacing.situation import Figures, Plan, Reason, Situation

LEAST_ANSWERS = 10.0  # seen before anything is predicted
LEAST_TALKS = 8.0  # seen before an agent is expected to get free
STRIDE = 8  # calls that are tried together where many may be started
MARGIN = 0.1  # above the risk allowed: the quick computation is never so far off


def plan(situation: Situation) -> Plan:
    """How many calls to start now, and why not more."""
    limits = situation.limits
    budget = account(situation.tally, limits)
    in_air = len(situation.in_air) + len(situation.analysing)
    free = situation.ready - limits.keep_ready - situation.waiting
    sure = max(0, free - in_air)
    room = max(0, situation.room)
    curves = situation.curves
    if curves is not None:
        curves.watch(situation.in_air)
    if free <= 0 and not situation.talking and not situation.after_call:
        return _bounded(situation, budget, 0, Reason.NO_AGENTS)
    if curves is None or curves.answers_seen < LEAST_ANSWERS:
        return _bounded(situation, budget, sure, Reason.LEARNING)
    agents = situation.ready + len(situation.talking) + len(situation.after_call)
    at_stake = float(max(0, situation.waiting - situation.ready))
    own = risk_allowed(budget, agents=agents, at_stake=at_stake)
    spent = own <= 0.0
    own = max(own, self_paying_risk(budget))
    allowed = min(own, situation.shared_risk)
    if allowed <= 0.0:
        return _bounded(situation, budget, sure, Reason.BUDGET_SPENT)
    if room <= sure:
        return _bounded(situation, budget, sure, Reason.NO_ROOM)

    outlook = curves.outlook(situation)
    forecast, lean = outlook.forecast, outlook.lean
    inbound = situation.inbound_per_second
    # While too few conversations have ended, no agent is expected to get free.
    known = curves.talks_seen >= LEAST_TALKS
    items = Items(
        forecast.chances(
            situation.in_air,
            situation.analysing,
            situation.talking if known else (),
            situation.after_call if known else (),
            lean,
        ),
        in_air,
        [moment * inbound for moment in forecast.moments],
        outlook.doubt,
    )
    freed = items.freed[2]
    ceiling = max(sure, ceil(_ceiling(situation, freed) - in_air))
    started, risk = _launch(
        situation, items, forecast.fresh, lean, free, min(room, ceiling), allowed
    )
    started = max(started, min(sure, room))
    if spent and started <= sure:
        reason = Reason.BUDGET_SPENT
    elif started:
        reason = Reason.DIALLING
    elif ceiling <= 0:
        reason = Reason.CEILING
    elif free < 0:
        reason = Reason.CALLERS_WAIT
    else:
        reason = Reason.ENOUGH
    figures = Figures(
        ready=situation.ready,
        waiting=situation.waiting,
        in_air=in_air,
        answers_expected=items.expected[-1],
        free_soon=freed,
        horizon=forecast.moments[2],
        risk=risk,
        risk_allowed=allowed,
        own_risk=own,
        answer_rate=forecast.answer_rate * lean,
        budget=budget.left,
        rate=budget.rate,
        rate_of_all=budget.rate_of_all,
        pace=(in_air + started) / max(1.0, max(0, free) + freed),
    )
    return Plan(dials=started, reason=reason, most=max(0, min(room, ceiling)), figures=figures)


def _launch(
    situation: Situation,
    items: Items,
    fresh: Sequence[float],
    lean: float,
    free: int,
    most: int,
    allowed: float,
) -> tuple[int, float]:
    """Calls whose risk is allowed, at most `most`, and the risk of the next one.

    `fresh`: chances that a call started now needs an agent by each moment, at average odds, as the
    tables have them; `lean` times as likely is it now.
    """
    future: Balance | None = None
    if most > 0 and items.clear_of(free):
        future = items.exact(free)
    if future is None:
        rough = items.refined()
        risk = _risk(rough.at_least(free))
        if most <= 0 or risk > allowed + MARGIN:
            return 0, risk
        future = items.exact(free) or rough
    risk = _risk(future.at_least(free))
    if risk > allowed:
        return 0, risk
    started, upcoming = 0, situation.upcoming
    fresh = [min(chance * lean, 0.98) for chance in fresh]
    while risk <= allowed and started < most:
        if isinstance(future, Refined) and started >= len(upcoming) and started + STRIDE <= most:
            ahead = future.with_more(fresh, STRIDE - 1)
            if _risk(ahead.at_least(free)) <= allowed:
                future, started = ahead, started + STRIDE - 1
        odds = upcoming[started] if started < len(upcoming) else 1.0
        future.add(fresh if odds == 1.0 else [min(chance * odds, 0.98) for chance in fresh])
        started += 1
        risk = _risk(future.at_least(free))
    return started, risk


def _risk(chances: Sequence[float]) -> float:
    """Mean over all moments but the last, each with the highest chance from it on."""
    *first, worst = chances
    total = 0.0
    for chance in reversed(first):
        worst = max(worst, chance)
        total += worst
    return total / len(first)


def _ceiling(situation: Situation, freed: float) -> float:
    """Calls in the air that the campaign's ceiling allows."""
    per_agent = situation.limits.calls_per_agent
    if per_agent <= 0.0:
        return 1e9
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
