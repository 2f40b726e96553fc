"""Pages in the order of a column are that order, however little of the list a request looks at."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.kernel.errors import Invalid
from kwabo.ports.contacts import Contact, ContactSearch, SortedPlace, SortedWindow, SortPlace
from kwabo.services.contact_search import ContactFilter, mark_of
from kwabo.services.contact_sorting import sorted_page
from kwabo.services.pages import page_token

NOW = datetime(2026, 11, 27, tzinfo=UTC)
NOBODY = UUID(int=0)
SEARCH = ContactSearch(contact_list_id=NOBODY, text="x", sort_column="ville")
WANTED = ContactFilter(search="x", sort="ville")
_EMPTY = Contact(
    contact_id=NOBODY, organisation_id=NOBODY, contact_list_id=NOBODY, position=0,
    external_key=None, data={}, numbers=(), number_labels=(), uncallable_numbers=(),
    time_zone=None, language=None, callable=True, uncallable_reason=None, version=1,
    created_at=NOW, updated_at=NOW,
)  # fmt: skip


@dataclass
class OneList:
    """Values of a list by position, '' for one that does not match; a look takes a second."""

    values: dict[int, str | None]
    time: float = 0.0
    descending: bool = False

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds

    def ordered(self, positions: Sequence[int]) -> list[int]:
        matching = [p for p in positions if self.values[p] != ""]
        some = [p for p in matching if self.values[p] is not None]
        none = [p for p in matching if self.values[p] is None]
        some.sort(key=lambda p: (self.values[p], p), reverse=self.descending)
        return some + sorted(none, reverse=self.descending)

    async def look_sorted(
        self, search: ContactSearch, *, after: int, window: int, behind: SortPlace | None,
        best: Sequence[int], limit: int,
    ) -> SortedWindow:  # fmt: skip
        self.time += 1.0
        stretch = [p for p in sorted(self.values) if p > after][:window]
        both = self.ordered([*stretch, *best])
        if behind is not None:
            whole = self.ordered(list(self.values))
            both = [p for p in both if p in whole[whole.index(behind.position) + 1 :]]
        return SortedWindow(
            best=[SortedPlace(UUID(int=p), p, self.values[p]) for p in both[:limit]],
            matches=len(self.ordered(stretch)),
            looked_at=len(stretch),
            last=stretch[-1] if stretch else None,
        )

    async def with_ids(self, contact_list_id: UUID, contact_ids: Sequence[UUID]) -> list[Contact]:
        return [replace(_EMPTY, contact_id=one, position=one.int) for one in contact_ids]


@given(
    values=st.dictionaries(
        st.integers(0, 400), st.sampled_from([None, "", "a", "b", "c", "d"]), max_size=60
    ),
    limit=st.integers(1, 12),
    window=st.integers(1, 30),
    budget=st.sampled_from([0.0, 1.5, 5.0]),
    descending=st.booleans(),
)
def test_pages_together_are_the_order(
    values: dict[int, str | None], limit: int, window: int, budget: float, descending: bool
) -> None:
    store = OneList(values, descending=descending)
    whole = store.ordered(list(values))

    async def all_pages() -> None:
        found: list[int] = []
        token: str | None = None
        looked_at = 0
        while True:
            before = store.time
            page = await sorted_page(
                store, replace(SEARCH, descending=descending), WANTED, limit=limit, token=token,
                clock=store, budget_seconds=budget, window=window,
            )  # type: ignore[arg-type]  # fmt: skip
            assert store.time - before <= budget + 1.0, "one look beyond the budget at most"
            assert page.looked_at is not None
            if page.items or page.next_page_token is None:
                assert page.looked_at == len(values)
                assert page.total == len(whole), "the whole list has been looked at"
                looked_at = 0
            else:
                assert page.looked_at > looked_at, "an empty page has come further"
                assert page.total is None
                looked_at = page.looked_at
            found += [contact.position for contact in page.items]
            token = page.next_page_token
            if token is None:
                break
        assert found == whole

    asyncio.run(all_pages())


def test_a_token_of_another_search_is_refused() -> None:
    store = OneList(dict.fromkeys(range(10), "a"))

    async def page(wanted: ContactFilter, token: str | None) -> str | None:
        found = await sorted_page(
            store, SEARCH, wanted, limit=2, token=token, clock=store, budget_seconds=0, window=3
        )  # type: ignore[arg-type]
        return found.next_page_token

    token = asyncio.run(page(WANTED, None))
    with pytest.raises(Invalid, match="another search"):
        asyncio.run(page(replace(WANTED, search="y"), token))


@pytest.mark.parametrize(
    "place",
    [
        ([], 0, 0, 0, ["a"]),
        ([], 0, 0, 0, [1] * 502),
        ([1, 1], 0, 0, 0, []),
        (["a"], 0, 0, 0, []),
        ([], 2**63, 0, 0, []),
        ([], 0, 0, 0, [2**62, 2**62]),
    ],
)
def test_a_token_that_somebody_wrote_is_refused(place: tuple[object, ...]) -> None:
    token = page_token(mark_of("sorted", WANTED), *place)
    store = OneList({1: "a"})
    with pytest.raises(Invalid, match="another search"):
        asyncio.run(
            sorted_page(store, SEARCH, WANTED, limit=2, token=token, clock=store)  # type: ignore[arg-type]
        )
