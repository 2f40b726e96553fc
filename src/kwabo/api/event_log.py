"""The event log: what went wrong or deserves notice, and who has taken note."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.contacts import csv_answer
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime, utc_text
from kwabo.domain.contacts.formula import neutralised
from kwabo.domain.event_log.catalogue import Category, Level, event_sentence
from kwabo.domain.event_log.file_words import file_words
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.event_log import EventQuery, LoggedEvent
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["event log"])

Reader = Annotated[Asker, requires("campaigns.read")]
Runner = Annotated[Asker, requires("campaigns.run")]


class EventFilter(Answer):
    """Which events; what is not given lets all through."""

    level: list[Level] = Field(default_factory=list)
    category: list[Category] = Field(default_factory=list)
    campaign_id: UUID | None = None
    contact_list_id: UUID | None = None
    trunk_id: UUID | None = None
    from_at: Annotated[UtcTime | None, Query(alias="from")] = None
    until_at: Annotated[UtcTime | None, Query(alias="until")] = None
    search: Annotated[str, Field(max_length=200)] = ""
    unseen: bool = False
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50
    page_token: str | None = None

    def query(self) -> EventQuery:
        """As the service takes it."""
        return EventQuery(
            levels=[str(level) for level in self.level],
            categories=[str(category) for category in self.category],
            **self.model_dump(exclude={"level", "category", "page_token"}),
        )


class EventAnswer(Answer):
    """An event; `times` within an hour from `first_at`."""

    event_id: int
    level: Level
    category: str
    code: str
    message: str
    subject_kind: str
    subject_id: str
    subject_name: str
    campaign_id: UUID | None
    contact_list_id: UUID | None
    trunk_id: UUID | None
    params: dict[str, Any]
    times: int
    first_at: UtcTime
    last_at: UtcTime
    seen_at: UtcTime | None
    seen_by_name: str | None

    @classmethod
    def of(cls, event: LoggedEvent, language: str) -> EventAnswer:
        """The answer, with its sentence in French or English."""
        made = {"message"}
        values = {n: getattr(event, n) for n in cls.model_fields if n not in made}
        return cls(**values, message=_sentence(event, language))


class UnseenAnswer(Answer):
    """How many nobody has taken note of; 100: at least so many."""

    error: int
    warning: int


class SeenBody(RequestBody):
    """Which events; without ids all that last happened by `until` (now where it is not given)."""

    event_ids: Annotated[list[int] | None, Field(max_length=MAX_LIMIT)] = None
    until: UtcTime | None = None


class SeenAnswer(Answer):
    """How many were new."""

    seen: int


@router.get("/event-log")
async def list_event_log(
    asker: Reader,
    services: TheServices,
    request: Request,
    wanted: Annotated[EventFilter, Query()],
) -> ListAnswer[EventAnswer]:
    """What happened, the newest first. What repeats within an hour is one event with a count."""
    page = await services.event_log.find(asker, wanted.query(), wanted.page_token)
    language = language_of(request)
    items = [EventAnswer.of(event, language) for event in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=None)


@router.get("/event-log/unseen")
async def count_unseen_events(asker: Reader, services: TheServices) -> UnseenAnswer:
    """How many warnings and errors nobody has taken note of."""
    return UnseenAnswer.model_validate(await services.event_log.unseen(asker))


@router.post("/event-log/seen")
async def mark_events_seen(body: SeenBody, asker: Runner, services: TheServices) -> SeenAnswer:
    """Take note for everybody. What happens again later is new again."""
    seen = await services.event_log.mark_seen(asker, body.event_ids, body.until)
    return SeenAnswer(seen=seen)


@router.get("/event-log/export.csv", response_class=StreamingResponse)
async def export_event_log(
    asker: Reader,
    services: TheServices,
    request: Request,
    wanted: Annotated[EventFilter, Query()],
) -> StreamingResponse:
    """The same events as CSV, streamed, up to 100,000."""
    await services.event_log.find(asker, wanted.query(), None)  # refusals come before the answer
    events = services.event_log.export(asker, wanted.query())
    return csv_answer(_lines(events, language_of(request)), "events.csv")


async def _lines(events: AsyncIterator[LoggedEvent], language: str) -> AsyncIterator[str]:
    headings, levels, categories = file_words(language)
    yield "\ufeff" + _line(headings)  # spreadsheets take the file as UTF-8 by this mark
    async for event in events:
        yield _line(
            (
                utc_text(event.first_at),
                utc_text(event.last_at),
                str(event.times),
                levels.get(event.level, event.level),
                categories.get(event.category, event.category),
                event.subject_name,
                _sentence(event, language),
                _time(event.seen_at),
                event.seen_by_name or "",
                event.code,
                event.subject_id,
            )
        )


def _line(values: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([neutralised(value) for value in values])
    return line.getvalue()


def _time(at: datetime | None) -> str:
    return utc_text(at) if at else ""


def _sentence(event: LoggedEvent, language: str) -> str:
    return event_sentence(event.code, event.subject_name, event.params, language)
