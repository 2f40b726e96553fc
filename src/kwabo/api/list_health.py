"""List health."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, UtcTime
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.list_health import ListHealth

router = APIRouter(tags=["contacts"])

Reader = Annotated[Asker, requires("contacts.read")]


class PartAnswer(Answer):
    """Numbers of one kind, country or operator; `unknown`, and `rest` for the sum of the smaller
    ones."""

    name: str
    numbers: int


class RejectedShareAnswer(Answer):
    """Rows that imports refused for one reason."""

    code: str
    message: str
    rows: int


class CountsAnswer(Answer):
    """What was counted."""

    contacts: int
    contacts_uncallable: int
    contacts_without_number: int
    numbers: int
    numbers_uncallable: int
    numbers_dead: int
    duplicates_inside: int
    duplicates_outside: int
    rows_rejected: int
    numbers_converted: int
    rejected: list[RejectedShareAnswer]
    kinds: list[PartAnswer]
    countries: list[PartAnswer]
    operators: list[PartAnswer]


class ListHealthAnswer(Answer):
    """The newest counts with their age; `counting`: newer ones are on their way."""

    contact_list_id: UUID
    counts: CountsAnswer | None
    counted_at: UtcTime | None
    count_seconds: float | None
    counting: bool
    error: str | None


@router.get("/contact-lists/{contact_list_id}/health")
async def get_list_health(
    contact_list_id: UUID, request: Request, asker: Reader, services: TheServices
) -> ListHealthAnswer:
    """How good the list's numbers are; counted anew, in the background, when it is old."""
    found = await services.list_health.get(asker, contact_list_id)
    return _answer(found, language_of(request))


@router.post("/contact-lists/{contact_list_id}/health/refresh")
async def refresh_list_health(
    contact_list_id: UUID, request: Request, asker: Reader, services: TheServices
) -> ListHealthAnswer:
    """Have it counted anew."""
    found = await services.list_health.refresh(asker, contact_list_id)
    return _answer(found, language_of(request))


def _answer(found: ListHealth, language: str) -> ListHealthAnswer:
    counts = None
    if found.counts is not None:
        values: dict[str, Any] = dict(found.counts)
        by_code = values.pop("rejected_by_code")
        counts = CountsAnswer(
            **values,
            rejected=[
                RejectedShareAnswer(code=code, message=message(code, language), rows=rows)
                for code, rows in by_code.items()
            ],
        )
    return ListHealthAnswer(
        contact_list_id=found.contact_list_id,
        counts=counts,
        counted_at=found.counted_at,
        count_seconds=found.count_seconds,
        counting=found.wanted_at is not None,
        error=found.error,
    )
