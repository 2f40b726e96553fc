"""Callbacks: all of the organisation's for supervisors, one's own for agents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.callbacks.lawful import LawfulTime
from kwabo.domain.campaigns.explanation import sentence
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.callbacks import CallbackQuery
from kwabo.services.callbacks import SeenCallback
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["callbacks"])

Reader = Annotated[Asker, requires("campaigns.read")]
Runner = Annotated[Asker, requires("campaigns.run")]
Agent = Annotated[Asker, requires("agent.desktop")]
View = Literal["waiting", "due", "missed", "done", "cancelled"]
Reason = Annotated[str, Field(max_length=500)]
NUMBER_LENGTH = 100
_FROM_NOW_ON = datetime.min.replace(tzinfo=UTC)  # the service puts its own clock's time there


class CallbackAnswer(Answer):
    """A promise to call back."""

    callback_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    contact_name: str
    time_zone: str
    number: str
    due_at: UtcTime
    first_due_at: UtcTime | None
    latest_at: UtcTime
    takeover_at: UtcTime | None
    free_at: UtcTime | None
    remind_at: UtcTime | None
    note: str
    owner_user_id: UUID | None
    owner_name: str | None
    state: str
    reason: str
    reason_message: str
    changed_at: UtcTime | None
    changed_by_name: str | None
    created_at: UtcTime
    queue_name: str | None
    waiting_since: UtcTime | None
    tries: int
    mine: bool

    @classmethod
    def of(cls, seen: SeenCallback, asker: Asker, language: str) -> CallbackAnswer:
        """The answer for a callback."""
        own = ("state", "latest_at", "takeover_at", "free_at", "remind_at")
        made = ("reason_message", "mine")
        values = {
            name: getattr(seen if name in own else seen.callback, name)
            for name in cls.model_fields
            if name not in made
        }
        reason = seen.callback.reason
        return cls(
            **values,
            reason_message=sentence(reason, language) or reason,
            mine=seen.callback.owner_user_id == asker.user_id,
        )


class CallbackCountsAnswer(Answer):
    """How many callbacks stand how; `missed` in the last seven days."""

    waiting: int
    due: int
    overdue: int
    missed: int


class LawfulTimeAnswer(Answer):
    """Whether a callback could be made at a time, and the next time at which it can."""

    allowed: bool
    code: str
    message: str
    next_at: UtcTime | None

    @classmethod
    def of(cls, found: LawfulTime, language: str) -> LawfulTimeAnswer:
        """The answer, in French or English."""
        return cls(
            allowed=found.allowed,
            code=found.code,
            message="" if found.allowed else sentence(found.code, language),
            next_at=found.next_at,
        )


class ReassignBody(RequestBody):
    """Who is to keep it; null: anyone."""

    owner_user_id: UUID | None
    reason: Reason = ""


class RescheduleBody(RequestBody):
    """When to call; not after `latest_at`, null: the campaign's hours count."""

    due_at: UtcTime
    latest_at: UtcTime | None = None
    reason: Reason = ""


class CancelBody(RequestBody):
    """Why nobody is to call."""

    reason: Reason


@router.get("/callbacks")
async def list_callbacks(
    asker: Reader,
    services: TheServices,
    request: Request,
    view: View = "waiting",
    campaign_id: UUID | None = None,
    owner_user_id: UUID | None = None,
    anyones: bool = False,
    due_from: UtcTime | None = None,
    due_until: UtcTime | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[CallbackAnswer]:
    """Waiting ones the earliest first, so the overdue lead; ended ones the newest first."""
    query = CallbackQuery(
        view=view,
        now=_FROM_NOW_ON,
        campaign_id=campaign_id,
        owner_user_id=owner_user_id,
        anyones=anyones,
        due_from=due_from,
        due_until=due_until,
        limit=limit,
    )
    page = await services.callbacks.find(asker, query, page_token)
    language = language_of(request)
    items = [CallbackAnswer.of(one, asker, language) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.get("/callbacks/counts")
async def count_callbacks(asker: Reader, services: TheServices) -> CallbackCountsAnswer:
    """How many wait, are due, are overdue, and were missed."""
    return CallbackCountsAnswer.model_validate(await services.callbacks.counts(asker))


@router.get("/callbacks/{callback_id}")
async def get_callback(
    callback_id: UUID, asker: Reader, services: TheServices, request: Request
) -> CallbackAnswer:
    """One callback."""
    seen = await services.callbacks.get(asker, callback_id)
    return CallbackAnswer.of(seen, asker, language_of(request))


@router.get("/callbacks/{callback_id}/check")
async def check_callback(
    callback_id: UUID,
    asker: Reader,
    services: TheServices,
    request: Request,
    due_at: UtcTime | None = None,
) -> LawfulTimeAnswer:
    """Whether it could be made then, else at its own time; and the next time."""
    found = await services.callbacks.check(asker, callback_id, due_at)
    return LawfulTimeAnswer.of(found, language_of(request))


@router.post("/callbacks/{callback_id}/reassign")
async def reassign_callback(
    callback_id: UUID, body: ReassignBody, asker: Runner, services: TheServices, request: Request
) -> CallbackAnswer:
    """Give it to an agent, or to anyone."""
    seen = await services.callbacks.reassign(asker, callback_id, body.owner_user_id, body.reason)
    return CallbackAnswer.of(seen, asker, language_of(request))


@router.post("/callbacks/{callback_id}/take-over")
async def take_over_callback(
    callback_id: UUID, asker: Runner, services: TheServices, request: Request
) -> CallbackAnswer:
    """Make it one's own; one must be an agent, too."""
    seen = await services.callbacks.take_over(asker, callback_id)
    return CallbackAnswer.of(seen, asker, language_of(request))


@router.post("/callbacks/{callback_id}/reschedule")
async def reschedule_callback(
    callback_id: UUID, body: RescheduleBody, asker: Runner, services: TheServices, request: Request
) -> CallbackAnswer:
    """Another time; a missed or expired one waits again."""
    seen = await services.callbacks.reschedule(
        asker, callback_id, body.due_at, body.latest_at, body.reason
    )
    return CallbackAnswer.of(seen, asker, language_of(request))


@router.post("/callbacks/{callback_id}/cancel")
async def cancel_callback(
    callback_id: UUID, body: CancelBody, asker: Runner, services: TheServices, request: Request
) -> CallbackAnswer:
    """Nobody calls."""
    seen = await services.callbacks.cancel(asker, callback_id, body.reason)
    return CallbackAnswer.of(seen, asker, language_of(request))


@router.get("/agent/callbacks")
async def agent_callbacks(
    asker: Agent, services: TheServices, request: Request
) -> list[CallbackAnswer]:
    """Open ones: the asker's own, and anyone's of the asker's campaigns; then the asker's missed
    ones of the last seven days."""
    language = language_of(request)
    return [CallbackAnswer.of(one, asker, language) for one in await services.callbacks.own(asker)]


@router.get("/agent/callback-check")
async def agent_callback_check(
    attempt_id: UUID,
    due_at: UtcTime,
    asker: Agent,
    services: TheServices,
    request: Request,
    number: Annotated[str | None, Query(max_length=NUMBER_LENGTH)] = None,
) -> LawfulTimeAnswer:
    """Whether the contact of one's own call could be called then; else the next time."""
    found = await services.callbacks.check_promise(asker, attempt_id, due_at, number)
    return LawfulTimeAnswer.of(found, language_of(request))


@router.post("/agent/callbacks/{callback_id}/reschedule")
async def agent_reschedule_callback(
    callback_id: UUID, body: RescheduleBody, asker: Agent, services: TheServices, request: Request
) -> CallbackAnswer:
    """Another time for a callback of one's own."""
    seen = await services.callbacks.reschedule(
        asker, callback_id, body.due_at, body.latest_at, body.reason, own=True
    )
    return CallbackAnswer.of(seen, asker, language_of(request))


@router.post("/agent/callbacks/{callback_id}/cancel")
async def agent_cancel_callback(
    callback_id: UUID, body: CancelBody, asker: Agent, services: TheServices, request: Request
) -> CallbackAnswer:
    """Cancel a callback of one's own."""
    seen = await services.callbacks.cancel(asker, callback_id, body.reason, own=True)
    return CallbackAnswer.of(seen, asker, language_of(request))
