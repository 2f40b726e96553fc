"""Which campaign starts the next call when several share agents or lines.

Each campaign was planned alone over the agents it shares: its plan says how many calls the pool can
bear, the other campaigns' calls in the air included. Starts are granted one at a time: the highest
priority first, then the campaign that has been served least for its weight (start-time fair
queueing; Goyal, Vin and Cheng 1996). A start of one campaign uses up the pool's room for all.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one campaign would start, were it alone."""

    campaign_id: UUID
    trunk_id: UUID
    pool: Hashable  # campaigns of one pool compete for the same agents
    dials: int  # of its plan
    priority: int = 3  # 5 first
    weight: float = 1.0  # share between equals of a pool
    served: float = 0.0  # starts so far, in any steady unit


def grant(wishes: Sequence[Wish], lines: Mapping[UUID, int]) -> Mapping[UUID, int]:
    """Starts of each campaign; campaigns without a start have 0."""
    left = dict(lines)
    granted = {wish.campaign_id: 0 for wish in wishes}
    of_pool: dict[Hashable, int] = {}
    waiting = list(wishes)
    while True:
        waiting = [
            wish
            for wish in waiting
            if of_pool.get(wish.pool, 0) < wish.dials and left.get(wish.trunk_id, 0) > 0
        ]
        if not waiting:
            return granted
        best = min(
            waiting,
            key=lambda wish: (
                -wish.priority,
                (wish.served + granted[wish.campaign_id]) / max(wish.weight, 1e-9),
                wish.campaign_id,
            ),
        )
        granted[best.campaign_id] += 1
        of_pool[best.pool] = of_pool.get(best.pool, 0) + 1
        left[best.trunk_id] -= 1
