"""Codes by which prompts are recorded by telephone: never two alike, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.speech.recording_codes import (
    DIGITS,
    End,
    State,
    following,
    is_code,
    new_code,
    same,
    state_of,
)

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Prompt:
    position: int
    kept: bool


@given(st.lists(st.text(min_size=1), min_size=40, max_size=40, unique=True), st.integers(0, 20))
def test_a_code_is_six_digits_and_none_of_the_living(tokens: list[str], living: int) -> None:
    given_out = iter(tokens)
    codes: list[str] = []
    for _ in range(living):
        code = new_code(lambda: next(given_out), codes)
        assert is_code(code)
        assert code not in codes
        codes.append(code)


def test_a_code_that_lives_is_passed_over_and_small_numbers_keep_their_noughts() -> None:
    first = new_code(lambda: "a", [])
    tokens = iter(["a", "b"])
    assert new_code(lambda: next(tokens), [first]) == new_code(lambda: "b", [])
    found = {new_code(lambda n=n: str(n), []) for n in range(200)}
    assert {len(one) for one in found} == {DIGITS}
    assert any(one.startswith("0") for one in found)
    assert len(found) > 195, "they are spread"


@given(st.text(max_size=8))
def test_only_six_plain_digits_can_be_a_code(keyed: str) -> None:
    plain = len(keyed) == 6 and all(one in "0123456789" for one in keyed)
    assert is_code(keyed) == plain
    assert not plain or same(keyed, keyed)


@given(st.lists(st.booleans(), max_size=12), st.integers(0, 14))
def test_the_next_prompt_is_the_first_unrecorded_one_behind(kept: list[bool], after: int) -> None:
    prompts = [Prompt(position, one) for position, one in enumerate(kept, 1)]
    left = [one.position for one in prompts if not one.kept and one.position > after]
    found = following(list(reversed(prompts)), after)
    assert (found.position if found else None) == (left[0] if left else None)


@given(st.sampled_from([None, *End]), st.integers(-100, 100), st.booleans())
def test_a_call_under_way_outlives_its_code_but_no_end(
    end: End | None, seconds: int, in_call: bool
) -> None:
    state = state_of(end, NOW + timedelta(seconds=seconds), NOW, in_call=in_call)
    if end in (End.DONE, End.CANCELLED):
        assert state == str(end)
    elif in_call:
        assert state is State.CALLING
    else:
        good = end is None and seconds > 0
        assert state is (State.WAITING if good else State.EXPIRED)
