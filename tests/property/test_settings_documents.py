"""References, differences and the order of changes, over any document."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.settings_documents.differences import NOTHING, differences, same
from kwabo.domain.settings_documents.ordering import Change, ordered
from kwabo.domain.settings_documents.references import (
    identified,
    named,
    owned_key,
    pointer,
    read_owned_key,
    references_in,
    unstep,
)

TEXTS = st.text(alphabet=st.sampled_from("@/~aé é01"), max_size=6)
NAMES = {
    str(UUID(int=number)): (kind, name)
    for number, (kind, name) in enumerate(
        [("queues", "Ventes"), ("queues", "a/b"), ("flows", "@x"), ("flows", "~1"), ("flows", "")]
    )
}
IDS = {thing: id_ for id_, thing in NAMES.items()}
WORDS = TEXTS | st.sampled_from(sorted(NAMES))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_names_lead_back_to_the_same_ids(value: Any) -> None:
    written = named(value, NAMES)
    back, lost = identified(written, lambda kind, key: IDS.get((kind, key)))
    assert (back, lost) == (value, [])


@given(VALUES)
def test_nothing_of_a_written_document_is_an_id_of_it(value: Any) -> None:
    written = named(value, NAMES)
    text = repr(written)
    assert not any(id_ in text for id_ in NAMES)
    assert set(references_in(written)) <= set(NAMES.values())


@given(VALUES)
def test_a_reference_that_leads_nowhere_is_told_with_its_place(value: Any) -> None:
    written = named(value, NAMES)
    _, lost = identified(written, lambda _kind, _key: None)
    assert len(lost) == len(list(references_in(written)))
    for place, text in lost:
        at: Any = written
        for step in place.split("/")[1:]:
            at = at[int(step)] if isinstance(at, list) else at[unstep(step)]
        assert at == text or text in at  # a key stands in its object


@given(TEXTS, TEXTS)
def test_names_of_what_belongs_to_another_are_told_apart(owner: str, name: str) -> None:
    assert read_owned_key(owned_key(owner, name)) == (owner, name)


@given(st.lists(TEXTS, max_size=4))
def test_steps_of_a_place_are_told_apart(names: list[str]) -> None:
    assert [unstep(step) for step in pointer(*names).split("/")[1:]] == names


@given(VALUES)
def test_nothing_differs_from_itself(value: Any) -> None:
    assert list(differences(value, copy.deepcopy(value))) == []


@given(VALUES, VALUES)
def test_differences_make_the_one_of_the_other(old: Any, new: Any) -> None:
    box = {"": copy.deepcopy(old)}
    for one in differences(old, new):
        assert one.old is NOTHING or one.new is NOTHING or not same(one.old, one.new)
        steps = ["", *(unstep(step) for step in one.path.split("/")[1:])]
        at: Any = box
        for step in steps[:-1]:
            at = at[int(step)] if isinstance(at, list) else at[step]
        last: Any = int(steps[-1]) if isinstance(at, list) else steps[-1]
        if one.new is NOTHING:
            del at[last]
        else:
            at[last] = one.new
    assert same(box[""], new)


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    """Things with a part each; whole things refer to earlier ones only, parts to any."""
    names = [str(number) for number in range(draw(st.integers(1, 6)))]
    found = []
    for index, name in enumerate(names):
        own = draw(st.sets(st.sampled_from(names[:index] or [name])))
        any_ = draw(st.sets(st.sampled_from(names)))
        creates = draw(st.booleans())
        for part, needs in (("", own), ("part", any_)):
            of = frozenset(("things", one) for one in needs)
            thing = ("things", name)
            found.append(Change(thing=thing, part=part, creates=creates, needs=of))
    by_thing = draw(st.permutations(names))
    return sorted(found, key=lambda one: by_thing.index(one.thing[1]))


@given(changes())
def test_everything_is_made_before_something_refers_to_it(given_: list[Change]) -> None:
    done, stuck = ordered(given_)
    assert stuck == []
    assert sorted(map(repr, done)) == sorted(map(repr, given_))
    made = {one.thing for one in given_ if not one.creates}
    begun = set()
    for one in done:
        assert one.needs - {one.thing} <= made
        if one.part:
            assert one.thing in begun
        else:
            begun.add(one.thing)
            made.add(one.thing)
