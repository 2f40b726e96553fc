"""Call results: how calls ended by trunk, number range and hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse

from kwabo.api.access import TheServices, requires
from kwabo.api.contacts import csv_answer
from kwabo.api.downloads import CSV_FILE, WAV_FILE
from kwabo.api.models import Answer, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.call_results import CallResultRow
from kwabo.services.call_results import CallResults

router = APIRouter(tags=["call results"])

Reader = Annotated[Asker, requires("reports.read")]
By = Literal["number_range", "trunk", "campaign", "hour", "weekday_hour", "range_hour", "day"]


class CallCountsAnswer(Answer):
    """Sums over calls; a call counts in the hour in which it was dialled."""

    attempts: int
    answered: int
    connected: int
    persons: int
    machines: int
    faxes: int
    busy: int
    no_answer: int
    invalid: int
    sit: int
    refused: int
    other: int
    messages: int
    messages_whole: int
    ring_seconds: float
    analysed: int
    analysis_seconds: float
    persons_judged: int
    persons_denied: int
    machines_judged: int
    machines_denied: int


class CallResultRowAnswer(CallCountsAnswer):
    """The sums of one key; the parts of the key that were not asked for are null."""

    campaign_id: UUID | None
    trunk_id: UUID | None
    number_range: str | None
    hour: int | None
    weekday: int | None
    day: str | None
    name: str

    @classmethod
    def of(cls, row: CallResultRow, names: dict[str, str]) -> CallResultRowAnswer:
        """The answer for a row."""
        key = row.campaign_id or row.trunk_id or row.number_range or ""
        told = {name: getattr(row.counts, name) for name in CallCountsAnswer.model_fields}
        return cls(
            campaign_id=row.campaign_id,
            trunk_id=row.trunk_id,
            number_range=row.number_range,
            hour=row.hour,
            weekday=row.weekday,
            day=row.day,
            name=names.get(str(key), ""),
            **told,
        )


class CallResultsAnswer(Answer):
    """Call results of a period."""

    since: UtcTime
    until: UtcTime
    time_zone: str
    total: CallCountsAnswer
    rows: list[CallResultRowAnswer]

    @classmethod
    def of(cls, results: CallResults) -> CallResultsAnswer:
        """The answer for a period."""
        return cls(
            since=results.since,
            until=results.until,
            time_zone=results.time_zone,
            total=CallCountsAnswer.model_validate(results.total),
            rows=[CallResultRowAnswer.of(row, results.names) for row in results.rows],
        )


@dataclass(frozen=True, kw_only=True)
class _Asked:
    first_day: date
    last_day: date
    by: Annotated[By, Query()] = "number_range"
    campaign_id: UUID | None = None
    trunk_id: UUID | None = None


Asked = Annotated[_Asked, Depends()]


@router.get("/call-results")
async def call_results(
    asker: Reader,
    services: TheServices,
    asked: Asked,
) -> CallResultsAnswer:
    """Sums over the calls of a period; days and hours are those of the organisation's zone."""
    results = await services.call_results.sums(asker, **vars(asked))
    return CallResultsAnswer.of(results)


@router.get("/call-results/export", response_class=StreamingResponse, responses=CSV_FILE)
async def export_call_results(
    asker: Reader,
    services: TheServices,
    asked: Asked,
) -> StreamingResponse:
    """The same as a CSV file."""
    results = await services.call_results.sums(asker, **vars(asked))
    text = services.call_results.export(results, asked.by)
    return csv_answer(iter([text]), f"call-results-{asked.first_day}-{asked.last_day}.csv")


@router.get("/attempts/{attempt_id}/early-media", response_class=Response, responses=WAV_FILE)
async def early_media(attempt_id: UUID, asker: Reader, services: TheServices) -> Response:
    """What the network played before the end of an unanswered call, where it was kept (WAV)."""
    audio = await services.call_results.early_media(asker, attempt_id)
    return Response(audio, media_type="audio/wav")
