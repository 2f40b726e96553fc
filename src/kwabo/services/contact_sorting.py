"""A page of a list in the order of a column: stretch by stretch, for a time, until it is known.

No index has the contacts in the order of a column's values, so that all of them have to be looked
at before the first is known. A request looks for as long as its budget lasts. Until the list's end
is reached its page is empty, says how far it came, and its token goes on from there: it carries the
places of the best contacts so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from kwabo.kernel.clock import Clock
from kwabo.ports.contacts import Contact, ContactSearch, ContactStore, SortPlace
from kwabo.services.contact_scan import (
    BUDGET_SECONDS,
    FIRST_WINDOW,
    ContactPage,
    next_window,
)
from kwabo.services.contact_search import ContactFilter, mark_of, other_search
from kwabo.services.pages import MAX_LIMIT, page_token, position_of

_LARGEST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a search goes on."""

    behind: SortPlace | None = None  # the last contact of the page before
    position: int = -1  # the list is looked at up to here
    looked_at: int = 0
    matches: int = 0  # among those
    best: tuple[int, ...] = ()  # positions of those that may come next, ascending


async def sorted_page(
    contacts: ContactStore,
    search: ContactSearch,
    wanted: ContactFilter,
    *,
    limit: int,
    token: str | None,
    clock: Clock,
    budget_seconds: float = BUDGET_SECONDS,
    window: int = FIRST_WINDOW,
) -> ContactPage:
    """The next page. Looks at one stretch at least. Raises Invalid `PAGE_TOKEN`."""
    place = _place_of(wanted, token)
    ends = clock.monotonic() + budget_seconds
    while True:
        began = clock.monotonic()
        seen = await contacts.look_sorted(
            search,
            after=place.position,
            window=window,
            behind=place.behind,
            best=place.best,
            limit=limit + 1,
        )
        place = replace(
            place,
            position=place.position if seen.last is None else seen.last,
            looked_at=place.looked_at + seen.looked_at,
            matches=place.matches + seen.matches,
            best=tuple(sorted(one.position for one in seen.best)),
        )
        ended = seen.last is None or seen.looked_at < window
        now = clock.monotonic()
        if ended or now >= ends:
            break
        window = next_window(window, now - began)
    if not ended:
        return _page((), wanted, place, None, place.looked_at)
    found = await contacts.with_ids(
        search.contact_list_id, [one.contact_id for one in seen.best[:limit]]
    )
    following = None
    if len(seen.best) > limit:
        last = seen.best[limit - 1]
        following = _Place(behind=SortPlace(last.value, last.position))
    return _page(found, wanted, following, place.matches, place.looked_at)


def _page(
    items: Sequence[Contact],
    wanted: ContactFilter,
    following: _Place | None,
    total: int | None,
    looked_at: int,
) -> ContactPage:
    return ContactPage(
        items=items,
        next_page_token=None if following is None else _token_of(wanted, following),
        total=total,
        looked_at=looked_at,
    )


def _token_of(wanted: ContactFilter, place: _Place) -> str:
    behind: list[object] = []
    if place.behind is not None:
        behind = [place.behind.value, place.behind.position]
    steps = [b - a for a, b in pairwise((0, *place.best))]
    return page_token(
        mark_of("sorted", wanted), behind, place.position, place.looked_at, place.matches, steps
    )


def _place_of(wanted: ContactFilter, token: str | None) -> _Place:
    found = position_of(token, str, list, int, int, int, list)
    if found is None:
        return _Place()
    mark, behind, position, looked_at, matches, steps = found
    numbers = [position, looked_at, matches, *steps, *behind[1:]]
    if (
        mark != mark_of("sorted", wanted)
        or len(behind) not in (0, 2)
        or not isinstance(behind[0] if behind else None, str | None)
        or len(steps) > MAX_LIMIT + 1
        or not all(type(number) is int and -1 <= number <= _LARGEST for number in numbers)
        or sum(steps) > _LARGEST
    ):
        raise other_search()
    return _Place(
        behind=SortPlace(*behind) if behind else None,
        position=position,
        looked_at=looked_at,
        matches=matches,
        best=tuple(accumulate(steps)),
    )
