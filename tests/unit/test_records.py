"""Records that are made quickly are what dataclasses make of them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest

from kwabo.kernel.records import changed, quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    first: int
    second: str = "two"
    third: list[int] = field(default_factory=list)
    fourth: int = field(default=4, kw_only=True)


def test_it_takes_what_a_dataclass_takes() -> None:
    assert Quick(1) == Quick(first=1, second="two", third=[], fourth=4)
    assert Quick(1, "b", [3], fourth=5).fourth == 5
    assert Quick(1).third is not Quick(1).third
    make: Any = Quick
    for wrong in (lambda: make(), lambda: make(1, "b", [], 5), lambda: make(1, fifth=5)):
        with pytest.raises(TypeError):
            wrong()


def test_it_is_frozen() -> None:
    made = Quick(1)
    with pytest.raises(FrozenInstanceError):
        made.first = 2  # type: ignore[misc]
    assert type(made) is Quick


def test_it_is_copied_and_replaced() -> None:
    made = Quick(1, "b", [3], fourth=5)
    assert replace(made, first=2) == Quick(2, "b", [3], fourth=5)
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made
    assert repr(made) == "Quick(first=1, second='b', third=[3], fourth=5)"


def test_others_are_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Checks:
        one: int

        def __post_init__(self) -> None:
            assert self.one

    class Plain:
        pass

    for other in (Checks, Plain):
        with pytest.raises(TypeError, match=other.__name__):
            quickly_made(other)


def test_a_changed_one_is_what_replace_gives() -> None:
    made = Quick(1, "b", [3], fourth=5)
    assert changed(made, second="c", fourth=6) == replace(made, second="c", fourth=6)
    assert changed(made) == made
    assert changed(made) is not made
    assert type(changed(made, first=2)) is Quick
    assert made == Quick(1, "b", [3], fourth=5)
    with pytest.raises(AttributeError):
        changed(made, fifth=1)
