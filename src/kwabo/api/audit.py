"""The audit log."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.audit import AuditEntry, AuditQuery
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["access"])


class ActorAnswer(Answer):
    """Who did it."""

    user_id: UUID
    display_name: str


class AuditAnswer(Answer):
    """One act."""

    audit_id: int
    at: UtcTime
    actor: ActorAnswer | None
    action: str
    subject_kind: str
    subject_id: str
    details: dict[str, Any]


class AuditFilter(Answer):
    """Which acts, of which time."""

    subject_kind: str | None = None
    subject_id: str | None = None
    actor_user_id: UUID | None = None
    from_at: Annotated[UtcTime | None, Query(alias="from")] = None
    until_at: Annotated[UtcTime | None, Query(alias="until")] = None
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50
    page_token: str | None = None


@router.get("/audit")
async def list_audit(
    asker: Annotated[Asker, requires("audit.read")],
    services: TheServices,
    wanted: Annotated[AuditFilter, Query()],
) -> ListAnswer[AuditAnswer]:
    """What was done, the newest first."""
    query = AuditQuery(**wanted.model_dump(exclude={"page_token"}))
    page = await services.audit.find(asker, query, token=wanted.page_token)
    items = [_answer(entry) for entry in page.items]
    return ListAnswer[AuditAnswer](items=items, next_page_token=page.next_page_token, total=None)


def _answer(entry: AuditEntry) -> AuditAnswer:
    actor = None
    if entry.actor_user_id is not None:
        actor = ActorAnswer(
            user_id=entry.actor_user_id, display_name=entry.actor_display_name or ""
        )
    return AuditAnswer(
        audit_id=entry.audit_id,
        at=entry.at,
        actor=actor,
        action=entry.action,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        details=dict(entry.details),
    )
