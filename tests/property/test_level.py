"""The level of a rate stays a number whatever it is told, and in whatever order."""

from __future__ import annotations

from math import isfinite

from hypothesis import example, given
from hypothesis import strategies as st

from kwabo.domain.pacing.change import Level

amounts = st.floats(0.0, 40.0)
tellings = st.lists(
    st.one_of(
        st.tuples(st.just("observe"), st.sampled_from((0.0, 1.0)), amounts),
        st.tuples(st.just("watch"), amounts),
        st.tuples(st.just("restate"), amounts),
    ),
    max_size=60,
)


def _told(told: list[tuple[object, ...]]) -> Level:
    level = Level()
    for name, *values in told:
        getattr(level, str(name))(*values)
    return level


@given(tellings)
@example([("restate", 4.0), ("watch", 0.0)])
def test_a_level_is_a_positive_number(told: list[tuple[object, ...]]) -> None:
    level = _told(told)
    assert isfinite(level.value)
    assert level.value > 0.0
    assert isfinite(level.doubt)
    assert level.doubt > 0.0


@given(st.floats(1.5, 3.0), st.booleans())
def test_means_that_lie_apart_are_doubted_more_than_either(apart: float, climbs: bool) -> None:
    ratio = apart if climbs else 1.0 / apart
    level = Level()
    level.restore({"slow": [500.0, 500.0], "fast": [45.0, 45.0 / ratio], "steps": 0})
    assert min(1.0, ratio) < level.value < max(1.0, ratio)
    assert level.doubt > 1.0 / 45.0  # the error of the fast mean, which is the larger one
    level.restore({"slow": [500.0, 500.0], "fast": [45.0, 45.0], "steps": 0})
    assert abs(level.doubt - 1.0 / 500.0) < 1e-12
