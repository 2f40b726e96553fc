"""Percentiles of counted values are those of the values one by one."""

from __future__ import annotations

import statistics

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.reporting.percentiles import percentiles


@given(st.dictionaries(st.integers(0, 5000), st.integers(0, 6), max_size=30))
def test_as_of_the_values_one_by_one(counts: dict[int, int]) -> None:
    values = [value for value, count in counts.items() for _ in range(count)]
    found = percentiles(counts, (0.0, 0.5, 0.95, 1.0))
    if not values:
        assert found is None
        return
    assert found is not None
    assert found[0] == min(values)
    assert found[3] == max(values)
    assert abs(found[1] - statistics.median(values)) < 1e-9
    if len(values) > 1:
        inclusive = statistics.quantiles(values, n=20, method="inclusive")[18]
        assert abs(found[2] - inclusive) < 1e-6
