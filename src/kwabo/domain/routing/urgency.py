"""Which call comes first.

    urgency(t) = call's priority + its queue's + its segment's + ⌊(t − waiting since) / ageing⌋

The higher urgency comes first; between equals who has waited longest, then the smaller id. A call
of priority p is passed only by calls of priority P > p that come less than (P − p) · ageing seconds
after it, in queues that age alike: whoever comes later stays behind it however long both wait. So
with ageing nobody starves.
"""

from __future__ import annotations

from kwabo.domain.routing.values import QueueTerms, WaitingCall


def base_priority(call: WaitingCall, terms: QueueTerms) -> int:
    """The priority without ageing."""
    of_segment = terms.segment_priorities.get(call.segment, 0) if call.segment else 0
    return call.priority + terms.priority + of_segment


def urgency(base: int, waiting_since: int, ageing_seconds: int, now: int) -> int:
    """See the module."""
    if not ageing_seconds:
        return base
    return base + max(0, now - waiting_since) // (ageing_seconds * 1000)


def passing_seconds(lower: int, higher: int, ageing_seconds: int) -> int | None:
    """Calls of the higher priority pass one of the lower only within so many seconds of it.

    None: without ageing there is no bound.
    """
    if higher <= lower:
        return 0
    return (higher - lower) * ageing_seconds if ageing_seconds else None
