"""A search that stops when its time is over gives all contacts that match, once, in their order."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kwabo.kernel.errors import Invalid
from kwabo.ports.contacts import Contact, ContactSearch, Window
from kwabo.services.contact_scan import scan
from kwabo.services.contact_search import ContactFilter

NOW = datetime(2026, 11, 27, tzinfo=UTC)
NOBODY = UUID(int=0)


def _contact(position: int) -> Contact:
    return Contact(
        contact_id=UUID(int=position),
        organisation_id=NOBODY,
        contact_list_id=NOBODY,
        position=position,
        external_key=None,
        data={},
        numbers=(),
        number_labels=(),
        uncallable_numbers=(),
        time_zone=None,
        language=None,
        callable=True,
        uncallable_reason=None,
        version=1,
        created_at=NOW,
        updated_at=NOW,
    )


@dataclass
class OneList:
    """Positions of a list, and those that match; each look takes a second of its own clock."""

    positions: list[int]
    matching: set[int]
    time: float = 0.0
    looks: int = 0

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds

    async def look(self, search: ContactSearch, *, after: int, window: int, limit: int) -> Window:
        self.time += 1.0
        self.looks += 1
        ordered = sorted(self.positions, reverse=search.descending)
        behind = [p for p in ordered if (p < after if search.descending else p > after)][:window]
        matches = [p for p in behind if p in self.matching]
        return Window(
            found=[_contact(p) for p in matches[:limit]],
            matches=len(matches),
            looked_at=len(behind),
            last=behind[-1] if behind else None,
        )


@given(
    positions=st.lists(st.integers(0, 400), unique=True, max_size=80),
    share=st.integers(1, 5),
    limit=st.integers(1, 12),
    window=st.integers(1, 30),
    budget=st.sampled_from([0.0, 1.5, 5.0]),
    descending=st.booleans(),
)
@example(positions=[0, 1, 2], share=2, limit=1, window=1, budget=5.0, descending=False)
def test_pages_together_are_what_matches(
    positions: list[int], share: int, limit: int, window: int, budget: float, descending: bool
) -> None:
    store = OneList(positions, {p for p in positions if p % share == 0})
    search = ContactSearch(contact_list_id=NOBODY, text="x", descending=descending)
    wanted = ContactFilter(search="x")

    async def all_pages() -> None:
        found: list[int] = []
        token: str | None = None
        looked_at = 0
        while True:
            before = store.time
            page = await scan(
                store, search, wanted, limit=limit, token=token, clock=store,
                budget_seconds=budget, window=window,
            )  # type: ignore[arg-type]  # fmt: skip
            assert store.time - before <= budget + 1.0, "one look beyond the budget at most"
            assert len(page.items) <= limit
            assert page.total in (None, len(store.matching))
            assert page.looked_at is not None
            assert page.looked_at <= len(positions)
            if not page.items and page.next_page_token is not None:
                assert page.looked_at > looked_at, "an empty page has come further"
            looked_at = page.looked_at
            found += [contact.position for contact in page.items]
            token = page.next_page_token
            if token is None:
                break
        assert found == sorted(store.matching, reverse=descending)

    asyncio.run(all_pages())


def test_a_token_of_another_search_is_refused() -> None:
    store = OneList(list(range(10)), set(range(10)))
    search = ContactSearch(contact_list_id=NOBODY, text="x")

    async def run() -> None:
        page = await scan(
            store, search, ContactFilter(search="x"), limit=2, token=None, clock=store
        )  # type: ignore[arg-type]
        with pytest.raises(Invalid, match="another search"):
            await scan(
                store, search, ContactFilter(search="y"), limit=2, clock=store,
                token=page.next_page_token,
            )  # type: ignore[arg-type]  # fmt: skip

    asyncio.run(run())
