"""Which calls differ is told in the order of the record, with in what."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from kwabo.domain.what_ifs.differences import MOST_DIFFERENCES, OPEN, Why, differences
from kwabo.domain.what_ifs.recorded_day import Fate
from kwabo.simulation.what_if_result import compared

TALKED = Fate(result="person", answered=True, connected=True, abandoned=False)
ALONE = Fate(result="person", answered=True, connected=False, abandoned=True)
BUSY = Fate(result="busy", answered=False, connected=False, abandoned=False)


def _ids(count: int) -> list[UUID]:
    return [UUID(int=number) for number in range(count)]


@pytest.mark.parametrize(
    ("recorded", "replayed", "why"),
    [
        (TALKED, None, Why.NOT_STARTED),
        (TALKED, ALONE, Why.AGENT_ON_THE_DAY),
        (ALONE, TALKED, Why.AGENT_IN_REPLAY),
        (BUSY, replace(BUSY, result=OPEN), Why.NOT_ENDED),
        (BUSY, replace(BUSY, result="no_answer"), Why.RESULT),
        (ALONE, replace(ALONE, abandoned=False), Why.ABANDONED),
    ],
)
def test_in_what_a_call_differs(recorded: Fate, replayed: Fate | None, why: Why) -> None:
    (attempt_id,) = _ids(1)
    again = {} if replayed is None else {attempt_id: replayed}
    (told,) = differences({attempt_id: recorded}, again)
    assert (told.recorded, told.replayed, told.why) == (recorded, replayed, why)


def test_two_calls_that_changed_places_are_not_exact_though_the_counts_are_equal() -> None:
    first, second = _ids(2)
    result = compared({first: TALKED, second: ALONE}, {first: ALONE, second: TALKED})
    assert result["conversations"] == {"recorded": 1, "replayed": 1}
    assert not result["exact"]
    assert [one["attempt_id"] for one in result["differences"]] == [str(first), str(second)]


def test_no_more_are_told_than_are_read() -> None:
    ids = _ids(MOST_DIFFERENCES + 1)
    result = compared(dict.fromkeys(ids, BUSY), {})
    assert len(result["differences"]) == MOST_DIFFERENCES
    assert result["differences"][0] == {
        "attempt_id": str(ids[0]),
        "why": "NOT_STARTED",
        "recorded": {"result": "busy", "answered": False, "connected": False, "abandoned": False},
        "replayed": None,
    }


def test_a_day_that_is_the_same_call_by_call_is_exact() -> None:
    day = dict(zip(_ids(3), (TALKED, ALONE, BUSY), strict=True))
    result = compared(day, dict(day))
    assert result["exact"]
    assert result["differences"] == []
