"""Attempts as lists and histories show them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.attempts import Attempt, AttemptQuery
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["attempts"])

Reader = Annotated[Asker, requires("campaigns.read", "reports.read")]
HistoryReader = Annotated[Asker, requires("contacts.read")]


class AgentName(Answer):
    """Who spoke."""

    user_id: UUID
    display_name: str


class WrapUpAnswer(Answer):
    """What came of a conversation."""

    wrap_up_code_id: UUID | None
    system_code: str | None
    name: str
    notes: str
    fields: dict[str, Any]
    created_at: UtcTime


class AttemptRow(Answer):
    """An attempt to reach a contact."""

    attempt_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    attempt_number: int
    number: str
    mode: str
    caller_id: str
    agent: AgentName | None
    state: str
    result: str | None
    sip_code: int | None
    cause: int | None
    hung_up_by: str | None
    abandoned: bool
    transferred_to: str | None
    offered_at: UtcTime | None
    reserved_at: UtcTime | None
    dialling_at: UtcTime | None
    ringing_at: UtcTime | None
    answered_at: UtcTime | None
    connected_at: UtcTime | None
    closed_at: UtcTime | None
    message_media: str | None
    message_started_at: UtcTime | None
    message_ended_at: UtcTime | None
    opted_out_at: UtcTime | None
    wrap_up: WrapUpAnswer | None

    @classmethod
    def of(cls, attempt: Attempt) -> AttemptRow:
        """The row of an attempt."""
        values = {name: getattr(attempt, name) for name in cls.model_fields if name != "agent"}
        agent = None
        if attempt.agent_user_id is not None:
            agent = AgentName(
                user_id=attempt.agent_user_id, display_name=attempt.agent_display_name or ""
            )
        return cls(**values, agent=agent)


@router.get("/campaigns/{campaign_id}/attempts")
async def list_attempts(
    campaign_id: UUID,
    asker: Reader,
    services: TheServices,
    from_at: Annotated[UtcTime | None, Query(alias="from")] = None,
    until_at: Annotated[UtcTime | None, Query(alias="until")] = None,
    result: Annotated[str | None, Query(max_length=20)] = None,
    agent_user_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[AttemptRow]:
    """A campaign's attempts, the newest first."""
    query = AttemptQuery(
        campaign_id=campaign_id,
        from_at=from_at,
        until_at=until_at,
        result=result,
        agent_user_id=agent_user_id,
        limit=limit,
    )
    page = await services.attempts.find(asker, query, page_token)
    rows = [AttemptRow.of(attempt) for attempt in page.items]
    return ListAnswer(items=rows, next_page_token=page.next_page_token, total=page.total)


@router.get("/contacts/{contact_id}/history")
async def contact_history(
    contact_id: UUID, asker: HistoryReader, services: TheServices
) -> list[AttemptRow]:
    """A contact's attempts over all campaigns, the newest first; at most 500."""
    return [AttemptRow.of(one) for one in await services.attempts.history(asker, contact_id)]
