"""What can go wrong between an application and the simulated switch, by chance.

Chances are per event or per request, drawn from the node's seeded source. What goes wrong at a
moment of the test's choosing is a method of the node (`restart`, `drop_connections` …).
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Faults:
    """Chances between 0 and 1; all zero is a faultless switch."""

    lose_event: float = 0.0
    double_event: float = 0.0
    delay_event: float = 0.0  # so that later events overtake it
    delay_seconds: float = 2.0  # the longest such delay
    refuse_originate: float = 0.0  # answered no, with a reason to try again
    uncertain_done: float = 0.0  # done, but no answer came
    uncertain_not_done: float = 0.0  # not done, and no answer came


def seeded(name: str) -> random.Random:
    """A source of chance: the same name gives the same numbers on every machine."""
    return random.Random(name)  # noqa: S311 (a simulation)
