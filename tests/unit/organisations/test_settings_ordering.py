"""Changes of a document find what they refer to."""

from __future__ import annotations

from kwabo.domain.settings_documents.ordering import Change, Thing, ordered


def change(name: str, *needs: str, part: str = "", creates: bool = True) -> Change:
    thing: Thing = ("things", name)
    return Change(
        thing=thing,
        part=part,
        creates=creates,
        needs=frozenset(("things", need) for need in needs),
    )


def names(changes: list[Change]) -> list[str]:
    return [one.thing[1] + (f"/{one.part}" if one.part else "") for one in changes]


def test_what_is_referred_to_is_finished_first() -> None:
    done, stuck = ordered([change("a", "b"), change("b"), change("b", "c", part="x"), change("c")])
    assert names(done) == ["b", "c", "b/x", "a"]
    assert stuck == []


def test_things_that_refer_to_each_other_in_their_parts_are_made_first() -> None:
    changes = [
        change("a"), change("a", "b", part="x"), change("b"), change("b", "a", part="x"),
    ]  # fmt: skip
    done, stuck = ordered(changes)
    assert names(done) == ["a", "b", "a/x", "b/x"]
    assert stuck == []


def test_what_is_there_already_is_waited_for_and_no_circle() -> None:
    both = [change("a", "b", creates=False), change("b", "a", creates=False)]
    done, stuck = ordered(both)
    assert (names(done), stuck) == (["a", "b"], [])


def test_a_circle_of_what_is_to_be_made_is_told() -> None:
    done, stuck = ordered([change("c"), change("a", "b"), change("b", "a")])
    assert (names(done), names(stuck)) == (["c"], ["a", "b"])


def test_what_refers_to_itself_waits_for_nothing() -> None:
    assert names(ordered([change("a", "a")])[0]) == ["a"]
