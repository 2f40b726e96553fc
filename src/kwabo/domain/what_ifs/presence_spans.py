"""From what agents were on a recorded day to when each was at work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kwabo.domain.what_ifs.recorded_day import Here, Input, Presence

Span = tuple[datetime, datetime]

_AT_WORK = frozenset({Here.AT_WORK})


def spans_at_work(inputs: Iterable[Input], end: datetime) -> dict[UUID, list[Span]]:
    """Agent → the times at which they were ready or on calls of the campaign, in order.

    A time that was still going on when the record ends, ends at `end`. A pause that was asked for
    during a call begins with its asking.
    """
    spans: dict[UUID, list[Span]] = {}
    since: dict[UUID, datetime] = {}
    for one in inputs:
        if not isinstance(one, Presence):
            continue
        working = one.here in _AT_WORK and not one.pause_after
        begun = since.get(one.user_id)
        if working and begun is None:
            since[one.user_id] = one.at
        elif not working and begun is not None:
            del since[one.user_id]
            if one.at > begun:
                spans.setdefault(one.user_id, []).append((begun, one.at))
    for user_id, begun in since.items():
        if end > begun:
            spans.setdefault(user_id, []).append((begun, end))
    return spans
