"""The window of the abandon rate: what it holds is what happened in it, whatever the order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.pacing.window import HOUR, Window, begin_of_hour

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
NAMES = ("dialled", "live", "abandoned", "machines")

windows = st.sampled_from((86_400.0, 30 * 86_400.0))
counts = st.tuples(
    st.floats(0, 40 * 86_400), st.fixed_dictionaries({name: st.integers(0, 3) for name in NAMES})
)
history = st.lists(counts, max_size=40)


def _filled(seconds: float, what: list[tuple[float, dict[str, int]]]) -> Window:
    window = Window(seconds=seconds)
    for after, amounts in what:
        window.count(BEGIN + timedelta(seconds=after), **amounts)
    return window


@given(windows, history, st.floats(0, 45 * 86_400))
def test_a_window_holds_every_hour_of_which_a_part_lies_in_it(
    seconds: float, what: list[tuple[float, dict[str, int]]], after: float
) -> None:
    now = BEGIN + timedelta(seconds=max([after, *(at for at, _ in what)]))
    tally = _filled(seconds, what).tally(now)
    since = now - timedelta(seconds=seconds)
    for name in NAMES:
        inside = sum(
            amounts[name]
            for at, amounts in what
            if begin_of_hour(BEGIN + timedelta(seconds=at)) + HOUR > since
        )
        assert getattr(tally, name) == inside
    assert 0.0 <= tally.covered_seconds <= tally.window_seconds == seconds


@given(windows, history, st.randoms())
def test_the_order_in_which_calls_are_told_does_not_matter(
    seconds: float, what: list[tuple[float, dict[str, int]]], source: object
) -> None:
    now = BEGIN + timedelta(days=40)
    before = _filled(seconds, what).tally(now)
    source.shuffle(what)  # type: ignore[attr-defined]
    assert _filled(seconds, what).tally(now) == before


@given(windows, history, counts)
def test_what_is_taken_back_was_never_there(
    seconds: float,
    what: list[tuple[float, dict[str, int]]],
    mistaken: tuple[float, dict[str, int]],
) -> None:
    after, amounts = mistaken
    back = (after, {name: -amount for name, amount in amounts.items()})
    now = BEGIN + timedelta(days=40)
    told, really = (
        _filled(seconds, entries).tally(now) for entries in ([*what, mistaken, back], what)
    )
    assert [getattr(told, n) for n in NAMES] == [getattr(really, n) for n in NAMES]
