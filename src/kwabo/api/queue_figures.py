"""The figures of queues, as the live page shows them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.reporting.queue_alarms import QueueAlarm
from kwabo.domain.routing.expected_wait import Unknown

router = APIRouter(tags=["queues"])

Watcher = Annotated[Asker, requires("live.read")]
Share = Annotated[float, Field(ge=0, le=1)]


class ExpectedWaitAnswer(Answer):
    """How long somebody who came now would wait: four of five waits are between low and high."""

    seconds: int | None
    low: int | None
    high: int | None
    unknown: Unknown | None


class QueueAgentsAnswer(Answer):
    """The queue's agents by what they do; `busy`: held for a call, previewing or connecting."""

    ready: int
    on_call: int
    after_call: int
    busy: int
    paused: int


class LeftAnswer(Answer):
    """Calls that left without an agent, and without hanging up first."""

    overflow: int
    moved: int
    closed: int
    timeout: int
    callback: int
    voicemail: int
    elsewhere: int


class QueuePeriodAnswer(Answer):
    """Of the calls that began to wait in the period: offered = answered + abandoned + all ways of
    leaving + waiting. Service level = answered in time / (answered + abandoned − short abandoned).
    """

    offered: int
    answered: int
    answered_in_time: int
    abandoned: int
    short_abandoned: int
    left: LeftAnswer
    waiting: int
    service_level: Share | None
    abandon_rate: Share | None
    average_answer_seconds: float | None
    slow_answer_seconds: Annotated[
        float | None, Field(description="95 % of the answered waited at most so long.")
    ]
    longest_wait_seconds: float | None


class QueueFiguresAnswer(Answer):
    """A queue now, today by the organisation's clock, and in the last half-hour."""

    queue_id: UUID
    name: str
    waiting: int
    oldest_wait_at: str | None
    expected_wait: ExpectedWaitAnswer
    agents: QueueAgentsAnswer
    places_kept: int
    voicemails_new: int
    today: QueuePeriodAnswer
    last_half_hour: QueuePeriodAnswer
    waiting_by_minute: list[int]
    service_level_seconds: float
    service_level_share: Share
    short_abandon_seconds: float
    alarm_wait_seconds: int | None
    alarms: list[QueueAlarm]


@router.get("/queue-figures")
async def list_queue_figures(
    asker: Watcher, services: TheServices
) -> ListAnswer[QueueFiguresAnswer]:
    """Every queue with its figures, by name."""
    queues = await services.queue_figures.all(asker)
    found = [QueueFiguresAnswer.model_validate(one) for one in queues]
    return ListAnswer(items=found, next_page_token=None, total=len(found))
