"""Reading the event log, and taking note of it. It is written where things happen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from kwabo.domain.event_log.catalogue import CODES
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid
from kwabo.ports.event_log import EventQuery, LoggedEvent, NewEvent
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import UnitOfWork

COUNTED_AT_MOST: Final = 100  # what nobody has seen; a page says "99+"
EXPORT_PAGE: Final = 500
EXPORTED_AT_MOST: Final = 100_000


class EventLogService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def find(self, asker: Asker, query: EventQuery, token: str | None) -> Page[LoggedEvent]:
        """The newest first. Raises Invalid `PAGE_TOKEN`, `PERIOD_EMPTY`."""
        if query.from_at and query.until_at and query.from_at >= query.until_at:
            raise Invalid(
                "PERIOD_EMPTY", "The end of the period must come after its start.", field="until"
            )
        asked = replace(_with_sentences(query), before=_place(token), limit=query.limit + 1)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            events = await stores.event_log.find(asked)
        more = len(events) > query.limit
        events = events[: query.limit]
        last = events[-1] if more else None
        return Page(
            items=events,
            next_page_token=page_token(last.last_at.isoformat(), last.event_id) if last else None,
            total=None,
        )

    async def export(self, asker: Asker, query: EventQuery) -> AsyncIterator[LoggedEvent]:
        """All that fit, the newest first, up to `EXPORTED_AT_MOST`."""
        token: str | None = None
        for _ in range(EXPORTED_AT_MOST // EXPORT_PAGE):
            page = await self.find(asker, replace(query, limit=EXPORT_PAGE), token)
            for event in page.items:
                yield event
            token = page.next_page_token
            if token is None:
                return

    async def unseen(self, asker: Asker) -> Mapping[str, int]:
        """Warnings and errors of which nobody has taken note, counted up to `COUNTED_AT_MOST`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.event_log.count_unseen(COUNTED_AT_MOST)

    async def mark_seen(
        self, asker: Asker, event_ids: Sequence[int] | None, until: datetime | None
    ) -> int:
        """Take note of some, or of all up to `until`; how many. What happens again is new again."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.event_log.mark_seen(event_ids, until or now, asker.user_id, now)

    async def note_limit(self, asker: Asker, code: str) -> None:
        """A request of this person was refused because a limit of the organisation is reached."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.event_log.add(
                NewEvent(
                    code="LIMIT_REACHED",
                    subject_kind="user",
                    subject_id=str(asker.user_id),
                    subject_name=asker.display_name,
                    at=self._clock.now(),
                    params={"reason": code},
                    repeats=code,
                )
            )


def _with_sentences(query: EventQuery) -> EventQuery:
    """People search for words of the sentences that they read."""
    search = query.search.strip().lower()
    if not search:
        return query
    found = [
        name
        for name, code in CODES.items()
        if search in code.french.lower() or search in code.english.lower()
    ]
    return replace(query, codes_found=found)


def _place(token: str | None) -> tuple[datetime, int] | None:
    position = position_of(token, str, int)
    if position is None:
        return None
    try:
        return datetime.fromisoformat(position[0]).astimezone(UTC), position[1]
    except ValueError:
        raise Invalid(
            "PAGE_TOKEN",
            "This page token is not one of this list. Ask for the first page again.",
            field="page_token",
        ) from None
