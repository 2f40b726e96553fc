"""Waiting calls that only differ in when they came, so that the first of them speaks for all.

For the first of a group every ring opens first, so an agent who may not take it may take none of
the others. Calls for which that is not so (named agents, refusals, a place kept from another queue)
are groups of their own.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from kwabo.domain.routing.eligibility import Step, named_for, steps_of
from kwabo.domain.routing.urgency import base_priority, urgency
from kwabo.domain.routing.values import QueueTerms, WaitingCall

GroupKey: TypeAlias = tuple[object, ...]
Order: TypeAlias = tuple[int, int, int]  # smaller comes first


@dataclass(slots=True, eq=False)
class Group:
    """See the module. `calls`: (waiting since, id as a number, call), the first to come first."""

    key: GroupKey
    terms: QueueTerms
    base: int
    steps: tuple[Step, ...]
    named: tuple[UUID, ...]
    calls: list[tuple[int, int, WaitingCall]] = field(default_factory=list)
    wakes_at: int | None = None
    looked_at: int = -1  # the version of the queue's free agents that `wakes_at` was made of

    def head(self) -> WaitingCall:
        return self.calls[0][2]

    def order(self, now: int) -> Order:
        """Where its first call stands among all."""
        return self._order(self.calls[0], now)

    def order_of(self, call: WaitingCall, now: int) -> Order:
        """Where one of its calls stands among all."""
        return self._order((call.waiting_since, call.call_id.int, call), now)

    def before(self, order: Order, now: int) -> int:
        """How many of its calls come before that."""
        return bisect_left(self.calls, order, key=lambda one: self._order(one, now))

    def _order(self, one: tuple[int, int, WaitingCall], now: int) -> Order:
        since, number, _ = one
        return (-urgency(self.base, since, self.terms.ageing_seconds, now), since, number)

    def add(self, call: WaitingCall) -> None:
        insort(self.calls, (call.waiting_since, call.call_id.int, call))

    def remove(self, call: WaitingCall) -> None:
        place = bisect_left(self.calls, (call.waiting_since, call.call_id.int))
        del self.calls[place]


def key_of(call: WaitingCall, terms: QueueTerms) -> GroupKey:
    """Which group the call is in."""
    regular = (
        call.waiting_since == call.queued_at
        and not call.refused_by
        and not call.been_in
        and not named_for(call, terms)
    )
    if not regular:
        return (call.call_id,)
    base = base_priority(call, terms)
    return (call.queue_id, call.medium, base, call.needs, call.on_the_line)


def new_group(key: GroupKey, call: WaitingCall, terms: QueueTerms) -> Group:
    """The group of a call, still empty."""
    return Group(
        key=key,
        terms=terms,
        base=base_priority(call, terms),
        steps=steps_of(terms, call.needs),
        named=named_for(call, terms),
    )
