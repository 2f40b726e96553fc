"""Messages to people, and sending again those that failed."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["messages"])

Reader = Annotated[Asker, requires("messages.read")]
Sender = Annotated[Asker, requires("messages.write")]


class MessageAnswer(Answer):
    """A message with what has become of it."""

    message_id: UUID
    channel: str
    template: str
    recipient: str
    language: str
    incident_id: UUID | None
    incident_name: str
    contact_id: UUID | None
    state: str  # waiting, sent, failed
    reason: str
    tries: int
    next_at: UtcTime | None
    sent_at: UtcTime | None
    created_at: UtcTime


class MessagesSentAgainAnswer(Answer):
    """How many are sent again."""

    messages: int


@router.get("/messages")
async def list_messages(
    asker: Reader,
    services: TheServices,
    state: Literal["waiting", "sent", "failed"] = "failed",
    recipient: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[MessageAnswer]:
    """The newest first; of one recipient if one is given."""
    page = await services.messages.page(
        asker, state=state, recipient=recipient or None, page_token_=page_token, limit=limit
    )
    items = [MessageAnswer.model_validate(one) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.post("/messages/send-again")
async def send_failed_messages_again(
    asker: Sender, services: TheServices
) -> MessagesSentAgainAnswer:
    """Send all messages that failed again; numbers on a DNC list are still left out."""
    return MessagesSentAgainAnswer(messages=await services.messages.send_failed_again(asker))


@router.post("/messages/{message_id}/send-again")
async def send_message_again(
    message_id: UUID, asker: Sender, services: TheServices
) -> MessageAnswer:
    """Send a message that failed again."""
    return MessageAnswer.model_validate(await services.messages.send_again(asker, message_id))
