"""Persons: to whom a contact's numbers belong."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, UtcTime
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["persons"])

Reader = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("contacts.write")]


class PersonMergeAnswer(Answer):
    """Two persons were found to be one."""

    person_merge_id: UUID
    contact_id: UUID
    addresses: list[str]
    merged_at: UtcTime
    undone_at: UtcTime | None


class PersonAnswer(Answer):
    """Somebody, as far as numbers tell."""

    person_id: UUID
    numbers: list[str]
    merges: list[PersonMergeAnswer]


@router.get("/contacts/{contact_id}/persons")
async def list_persons_of_contact(
    contact_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[PersonAnswer]:
    """To whom the contact's numbers belong: one person, unless people have parted them."""
    persons = await services.persons.of_contact(asker, contact_id)
    items = [PersonAnswer.model_validate(person) for person in persons]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/person-merges/{person_merge_id}/undo", status_code=204)
async def undo_person_merge(person_merge_id: UUID, asker: Writer, services: TheServices) -> None:
    """Part two persons who were taken for one; they are never joined again."""
    await services.persons.undo_merge(asker, person_merge_id)
