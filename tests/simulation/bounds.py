"""How late things may be: what the judges allow for ticks, slow requests, and events that got lost.

A request to the database or the switch takes up to the plan's latency, L. A step of the floor makes
three requests of the database (looks for commands, begins and commits the transaction) and one for
each row that a command has it read. What happens during a step waits for the next one. So from a
fact to the switch's having done what follows lie at most: a tick (when nothing but time brings it),
the rest of the step under way, the step that decides, and the requests of one lane of the switch:
0.25 s + 16 L, with reads and lane taken as five requests each.
"""

from __future__ import annotations

from simulation.plan import Plan

TICK = 0.25  # FloorSettings.tick_seconds
REQUESTS = 16  # of one latency each, from a fact to what follows from it
SWEEP = 25.0  # what no event told is found by comparing, every 20 s
FROZEN = 26.0  # a frozen engine acts on what it knew, until two thirds of its lease are over


def acts_within(plan: Plan) -> float:
    """Seconds from what the floor is told to what it has the switch do."""
    return TICK + REQUESTS * plan.latency


def told_within(plan: Plan) -> float:
    """Seconds from an event at the far end until the floor, which is not frozen, knows of it."""
    seconds = plan.faults.delay_seconds if plan.faults.delay_event else 0.0
    return seconds + (SWEEP if plan.faults.lose_event else 0.0)


def frozen_within(plan: Plan) -> float:
    """Seconds for which a frozen engine's last decisions may still be done."""
    return FROZEN if plan.freezes else 0.0


def dials_within(plan: Plan) -> float:
    """Seconds from the begin of the step that wrote an attempt's row to its INVITE."""
    return REQUESTS * plan.latency + frozen_within(plan)
