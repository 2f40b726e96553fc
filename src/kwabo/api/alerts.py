"""Agents who are asked whether they take a caller: who calls, and how often they did."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.callers import CallerAnswer
from kwabo.api.models import Answer, UtcTime
from kwabo.domain.organisations.asker import Asker

router = APIRouter()

Agent = Annotated[Asker, requires("agent.desktop")]
Reader = Annotated[Asker, requires("reports.read", "live.read")]


class AlertAnswer(Answer):
    """The caller for whom the desk rings."""

    attempt_id: UUID
    contact_name: str = Field(description="'' when the record has no text.")
    number: str = Field(description="'' when it was withheld.")
    until: UtcTime | None
    caller: CallerAnswer = Field(description="Of a kept place: the call in which it was kept.")
    callback: bool = Field(
        description="The caller has kept the place, and is not on the line: taken, the record is"
        " shown, and the agent calls."
    )


class AlertFiguresAnswer(Answer):
    """What became of an agent's alerts."""

    user_id: UUID
    display_name: str
    alerts: int
    taken: int
    refused: int
    not_answered: int
    caller_left: int = Field(description="The caller was gone before the agent decided.")
    agent_lost: int = Field(description="The agent's line or browser was gone.")
    answer_seconds: float | None = Field(description="Mean until an alert was taken.")


class AlertPeriodAnswer(Answer):
    """Figures by agent."""

    since: UtcTime
    until: UtcTime
    rows: list[AlertFiguresAnswer]


@router.get("/agent/alert", tags=["agent's desktop"])
async def agent_alert(asker: Agent, services: TheServices) -> AlertAnswer:
    """Who calls while the desk rings; 404 when it does not."""
    return AlertAnswer.model_validate(await services.alerts.mine(asker))


@router.get("/alert-figures", tags=["queues"])
async def alert_figures(
    asker: Reader,
    services: TheServices,
    first_day: date,
    last_day: date,
    queue_id: UUID | None = None,
) -> AlertPeriodAnswer:
    """How often agents were asked, took, refused and did not answer, in queues that ask."""
    period = await services.alerts.figures(
        asker, first_day=first_day, last_day=last_day, queue_id=queue_id
    )
    return AlertPeriodAnswer.model_validate(period)
