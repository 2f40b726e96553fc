"""Which agent a call with these needs would get, and from when on each other one could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.routing.eligibility import Passed, opens_for, steps_of, why_not
from kwabo.domain.routing.explanation import Explanation
from kwabo.domain.routing.matching import match
from kwabo.domain.routing.values import FreeAgent, QueueTerms, WaitingCall


@dataclass(frozen=True, slots=True)
class Chance:
    """One free agent. `code` None: could take it now; `opens_in` None: never, ms else."""

    user_id: UUID
    code: Passed | None
    opens_in: int | None


@dataclass(frozen=True, slots=True)
class TryOut:
    """`explanation` None: nobody could take it now."""

    explanation: Explanation | None
    chances: tuple[Chance, ...]


def try_out(call: WaitingCall, terms: QueueTerms, agents: Sequence[FreeAgent], now: int) -> TryOut:
    """As if no other call waited."""
    found = match([call], agents, [terms], now)
    steps = steps_of(terms, call.needs)
    chances = []
    for agent in sorted(agents, key=lambda one: (one.idle_since, one.user_id.int)):
        at = opens_for(agent, call, terms, steps)
        chances.append(
            Chance(
                agent.user_id,
                why_not(agent, call, terms, steps, now),
                None if at is None else max(0, at - now),
            )
        )
    return TryOut(found.explanations[0] if found.explanations else None, tuple(chances))
