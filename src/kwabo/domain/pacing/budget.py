"""How many abandoned calls the law's window still allows, and how much risk follows from that.

The rate is abandoned calls over calls that a person answered (16 CFR 310.4(b)(4)(i); Ofcom's
statement of 2016 uses the same denominator over 24 hours). Persons whom call analysis takes for
machines were answered and not served: they count in both, estimated from the share that it loses.
Ends that are not known are in the tally as abandoned.
"""

from __future__ import annotations

from dataclasses import dataclass

from kwabo.domain.pacing.situation import Limits, Tally
from kwabo.kernel.records import quickly_made

FIRST = 1.0  # abandons that must be affordable before a call is started for nobody
SETTLED = 100.0  # live calls from which on one abandon no longer decides about the window
LOW_RISK = 0.15  # the risk allowed when one abandon is left, as a share of the target
FIRST_RISK = 0.03  # the same in a window with fewer calls
HIGHEST_RISK = 2.0  # the risk allowed at most, as a multiple of the target
RESERVE = 1.25  # of the square root of all the window allows, for a large team
UNSURE = 1.85  # standard deviations of the unseen number of lost persons that are set aside
CLUSTER = 5.0  # agents of a team that needs half of a large team's reserve
SELF_PAYING = 0.1  # risk of a call that pays for itself, as a share of what its answer earns


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The window's account."""

    live: float  # answered by persons, lost ones included
    abandoned: float  # lost ones included
    left: float  # abandons that would bring the rate to the target; negative: over it
    unsure: float  # lost persons beyond the estimate that chance may have added
    allowed: float  # abandons that the window allows pacing: lost persons are paid for first
    earned: float  # abandons that one more answer pays for, persons lost meanwhile paid first
    rate: float  # abandoned / live
    rate_of_all: float  # abandoned / all calls


def account(tally: Tally, limits: Limits) -> Budget:
    """Add up the window."""
    lost_for_each = _lost_for_each(limits)
    lost = min(tally.live * lost_for_each, float(tally.machines))
    unsure = UNSURE * lost**0.5
    live, abandoned = tally.live + lost, tally.abandoned + lost
    return Budget(
        live=live,
        abandoned=abandoned,
        left=limits.target * live - abandoned,
        unsure=unsure,
        allowed=max(0.0, limits.target * live - lost - unsure),
        earned=max(0.0, limits.target * (1.0 + lost_for_each) - lost_for_each),
        rate=abandoned / live if live > 0 else 0.0,
        rate_of_all=abandoned / tally.dialled if tally.dialled > 0 else 0.0,
    )


def rate(tally: Tally, limits: Limits) -> float:
    """Abandoned calls of those that a person answered: the law's rate."""
    return account(tally, limits).rate


def rate_of_all(tally: Tally, limits: Limits) -> float:
    """Abandoned calls of all calls."""
    return account(tally, limits).rate_of_all


def _lost_for_each(limits: Limits) -> float:
    """Persons whom call analysis loses for each whom it lets through."""
    if not limits.analysis:
        return 0.0
    share = min(max(limits.persons_taken_for_machines, 0.0), 0.9)
    return share / (1.0 - share)


def risk_allowed(budget: Budget, *, agents: int, at_stake: float) -> float:
    """Highest chance of finding no agent that one more call may have; 0 when the budget is spent.

    It grows evenly with what is left, so that it settles where the rate stays just under the
    target: a reserve is kept in proportion to the window's chance fluctuation (the square root of
    the abandons it allows), larger for large teams, whose abandons come in clusters. `at_stake`:
    abandons that people who wait already make likely.
    """
    left = budget.left - budget.unsure - at_stake
    if left <= 0.0:
        return 0.0
    target = budget.allowed / max(budget.live, 1.0)
    if left < FIRST:
        low = LOW_RISK if budget.live >= SETTLED else FIRST_RISK
        return low * target * left / FIRST
    reserve = max(0.5, RESERVE * budget.allowed**0.5 * agents / (agents + CLUSTER))
    return float(target * min(HIGHEST_RISK, LOW_RISK + (left - FIRST) / reserve))


def self_paying_risk(budget: Budget) -> float:
    """The risk that a call may have whatever is left: its answer earns ten times what it costs.

    With such calls the rate falls faster than with one call for each free agent, because more
    people are served meanwhile. It needs a window in which one abandon decides nothing.
    """
    return SELF_PAYING * budget.earned if budget.live >= SETTLED else 0.0
