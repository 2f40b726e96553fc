"""Which agent takes which call, from everything at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from kwabo.domain.routing.board import Board, Match
from kwabo.domain.routing.values import FreeAgent, QueueTerms, WaitingCall


def match(
    waiting: Iterable[WaitingCall],
    agents: Iterable[FreeAgent],
    queues: Iterable[QueueTerms],
    now: int,
    *,
    staff: Mapping[UUID, int] | None = None,
) -> Match:
    """What to do now. Ask again when something happens, and at `wakes_at`.

    Calls are taken by urgency; each takes the first agent of its order who may have it. A floor
    that asks often keeps a `Board`, which answers the same.
    """
    board = Board(queues, staff)
    for call in waiting:
        board.add_call(call)
    for agent in agents:
        if not agent.is_full():
            board.add_agent(agent)
    return board.settle(now)
