"""What flows have noted in a campaign's calls."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.contacts import csv_answer
from kwabo.api.downloads import CSV_FILE
from kwabo.api.models import Answer
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["flow results"])

Reader = Annotated[Asker, requires("campaigns.read", "reports.read")]


class NotedValueAnswer(Answer):
    """How often a value was noted."""

    value: str
    calls: int


class NotedNameAnswer(Answer):
    """What was noted by a name, the most frequent first."""

    name: str
    calls: int
    values: list[NotedValueAnswer]
    other_values: int = Field(description="Different values beyond those.")
    other_calls: int


class FlowResultsAnswer(Answer):
    """Counts of what flows have noted; never of personal data."""

    calls: int
    names: list[NotedNameAnswer]


@router.get("/campaigns/{campaign_id}/flow-results")
async def get_flow_results(
    campaign_id: UUID, asker: Reader, services: TheServices
) -> FlowResultsAnswer:
    """How often each answer was given to the campaign's flow."""
    found = await services.flow_results.counts(asker, campaign_id)
    return FlowResultsAnswer.model_validate(found)


@router.get(
    "/campaigns/{campaign_id}/flow-results.csv",
    response_class=StreamingResponse,
    responses=CSV_FILE,
)
async def export_flow_results(
    campaign_id: UUID, asker: Reader, services: TheServices
) -> StreamingResponse:
    """The calls with what was noted as a CSV file; personal data only for who may read contacts."""
    parts = await services.flow_results.export(asker, campaign_id)
    return csv_answer(parts, "flow-results.csv")
