"""Following work of the server to its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kwabo_client import follow


def looked(*states: str) -> Iterator[dict[str, str]]:
    return iter([{"state": state} for state in states])


@pytest.mark.parametrize("ended", ["complete", "failed", "cancelled"])
def test_every_record_comes_and_the_end_last(ended: str) -> None:
    later = looked("running", ended, "never asked for")

    seen = list(follow({"state": "waiting"}, lambda: next(later), seconds=0))

    assert [record["state"] for record in seen] == ["waiting", "running", ended]


def test_what_has_ended_is_not_looked_at_again() -> None:
    def look() -> dict[str, str]:
        raise AssertionError("nobody was to look")

    assert list(follow({"state": "complete"}, look)) == [{"state": "complete"}]


def test_what_a_look_raises_comes_through() -> None:
    def look() -> dict[str, str]:
        raise ConnectionError

    records = follow({"state": "running"}, look, seconds=0)
    assert next(records) == {"state": "running"}
    with pytest.raises(ConnectionError):
        next(records)
