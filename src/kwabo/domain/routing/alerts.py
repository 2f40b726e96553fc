"""An agent is asked whether they take a caller: how that ends, and who is not asked again yet."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

# Beside the priority, of a caller whom an agent was asked to take and did not: first for the next.
RETURNED_PRIORITY: Final = 500
# Whoever has refused a caller is not asked for the same one before so many seconds.
REFUSED_FOR_SECONDS: Final = 30.0


class AlertOutcome(StrEnum):
    """How an alert ended."""

    TAKEN = "taken"
    REFUSED = "refused"
    NOT_ANSWERED = "not_answered"  # nothing was done in time: the agent is paused
    CALLER_LEFT = "caller_left"  # hung up, kept the place, or left the queue otherwise
    AGENT_LOST = "agent_lost"  # leg or browser was gone


class RefusalReason(StrEnum):
    """Why an agent refused; giving one is optional."""

    BUSY = "busy"  # with other work
    NOT_MINE = "not_mine"  # somebody else knows more of it
    TECHNICAL = "technical"  # sound or computer
    OTHER = "other"


def refused_by(refusals: Mapping[UUID, float], now: float) -> frozenset[UUID]:
    """Agents who are not asked now. `refusals`: when each one refused, on the clock of `now`."""
    return frozenset(one for one, at in refusals.items() if now < at + REFUSED_FOR_SECONDS)


def asked_again_at(refusals: Mapping[UUID, float], now: float) -> float:
    """When the next of them may be asked again; infinity: nobody is waited for."""
    later = [at + REFUSED_FOR_SECONDS for at in refusals.values()]
    return min((at for at in later if at > now), default=float("inf"))
