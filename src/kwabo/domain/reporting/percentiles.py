"""Percentiles of values of which only is known how often each came."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate


def percentiles(counts: Mapping[int, int], shares: Sequence[float]) -> tuple[float, ...] | None:
    """As of the values one by one, between two neighbours in proportion; None: there are none.

    `counts`: value → how often. `shares`: from 0 (the least) to 1 (the greatest).
    """
    values = sorted(value for value, count in counts.items() if count > 0)
    ends = list(accumulate(counts[value] for value in values))  # places up to here are the value's
    if not values:
        return None

    def at(place: int) -> int:
        return next(value for value, end in zip(values, ends, strict=True) if place < end)

    found = []
    for share in shares:
        place = share * (ends[-1] - 1)
        low, high = at(math.floor(place)), at(math.ceil(place))
        found.append(low + (high - low) * (place - math.floor(place)))
    return tuple(found)
