"""A search for a part of a text in a long list: stretch by stretch, for a time, then a page.

No index finds a part of a text in contacts' values, so each contact has to be looked at. A request
looks for as long as its budget lasts; its page then says how far it came, and its token goes on
from there, also when nothing was found yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kwabo.kernel.clock import Clock
from kwabo.ports.contacts import Contact, ContactSearch, ContactStore
from kwabo.services.contact_search import ContactFilter, mark_of, other_search
from kwabo.services.pages import Page, page_token, position_of

BUDGET_SECONDS: Final = 0.6
FIRST_WINDOW: Final = 5_000  # contacts
_LARGEST_WINDOW: Final = 50_000
_STRETCH_SECONDS: Final = 0.15  # a window is as large as is looked at in about this time
_END: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPage(Page[Contact]):
    """A page of contacts; `total`: how many match, None while that is not known."""

    looked_at: int | None = None  # of the list, at least so many; None: an index answered


@dataclass(slots=True)
class _Place:
    """Where a search goes on."""

    position: int
    looked_at: int = 0
    total: int = -1  # matches of the whole list, once they have been counted


async def scan(
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
    """The next page of a search. Looks at one stretch at least. Raises Invalid `PAGE_TOKEN`."""
    start = _place_of(wanted, token) or _Place(_END if search.descending else -1)
    at, looked_at, matches = start.position, start.looked_at, 0
    found: list[Contact] = []
    full: _Place | None = None  # behind the page's last contact
    resume: _Place | None = None  # the same, once there is one that follows
    ends = clock.monotonic() + budget_seconds
    while True:
        began = clock.monotonic()
        seen = await contacts.look(
            search, after=at, window=window, limit=max(0, limit + 1 - len(found))
        )
        found += seen.found
        matches += seen.matches
        if full is None and len(found) >= limit:
            full = _Place(found[limit - 1].position, looked_at)
        if len(found) > limit:
            resume = full
        looked_at += seen.looked_at
        ended = seen.last is None or seen.looked_at < window
        if seen.last is not None:
            at = seen.last
        now = clock.monotonic()
        counted = token is not None or start.total >= 0
        if ended or now >= ends or (resume is not None and counted):
            break
        window = next_window(window, now - began)
    total = matches if ended and token is None else start.total
    following = resume or (None if ended else _Place(at, looked_at))
    if following is not None:
        following.total = total
    return ContactPage(
        items=found[:limit],
        next_page_token=None if following is None else _token_of(wanted, following),
        total=None if total < 0 else total,
        looked_at=looked_at,
    )


def next_window(window: int, seconds: float) -> int:
    """Twice as many at most, and as many as fit into a stretch of time."""
    fitting = int(window * _STRETCH_SECONDS / seconds) if seconds > 0 else 2 * window
    return max(1, min(2 * window, fitting, _LARGEST_WINDOW))


def _token_of(wanted: ContactFilter, place: _Place) -> str:
    return page_token(mark_of("scan", wanted), place.position, place.looked_at, place.total)


def _place_of(wanted: ContactFilter, token: str | None) -> _Place | None:
    place = position_of(token, str, int, int, int)
    if place is None:
        return None
    if place[0] != mark_of("scan", wanted) or any(abs(number) > _END for number in place[1:]):
        raise other_search()
    return _Place(*place[1:])
