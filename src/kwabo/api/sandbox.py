"""The sandbox: messages as a telephone would show them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["sandbox"])

Reader = Annotated[Asker, requires("messages.read")]


class SandboxMessageAnswer(Answer):
    """A message that went to the sandbox instead of a telephone."""

    message_id: UUID
    channel: str
    recipient: str
    language: str
    text: str
    created_at: UtcTime


@router.get("/sandbox-messages")
async def list_sandbox_messages(
    asker: Reader,
    services: TheServices,
    recipient: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[SandboxMessageAnswer]:
    """The newest first; of one recipient if one is given."""
    page = await services.sandbox.page(
        asker, recipient=recipient or None, page_token_=page_token, limit=limit
    )
    items = [SandboxMessageAnswer.model_validate(one) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)
