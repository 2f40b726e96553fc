"""Contacts: the rows of contact lists."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.contacts import Contact
from kwabo.services.contact_search import ContactFilter
from kwabo.services.contacts import ContactChange
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["contacts"])

Reader = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("contacts.write")]
OnDuplicate = Literal["update", "skip"]
Priority = Literal["front", "back"]  # front: campaigns of the list call it next
Data = Annotated[dict[str, str | int | float | bool | None], Field(max_length=300)]
Search = Annotated[str | None, Query(max_length=200)]
MAX_BATCH = 1000


class NumberAnswer(Answer):
    """A number of a contact."""

    number: str
    label: str
    callable: bool


class ContactAnswer(Answer):
    """A contact."""

    contact_id: UUID
    contact_list_id: UUID
    external_key: str | None
    data: dict[str, str]
    numbers: list[NumberAnswer]
    time_zone: str | None
    language: str | None
    callable: bool
    uncallable_reason: str | None
    version: int
    created_at: UtcTime
    updated_at: UtcTime


class ContactBody(RequestBody):
    """A contact to be saved: column → value."""

    data: Data
    on_duplicate: OnDuplicate = "update"
    priority: Priority = "back"


class BatchItem(RequestBody):
    """A contact of a batch."""

    data: Data


class BatchBody(RequestBody):
    """Contacts to be saved together."""

    contacts: Annotated[list[BatchItem], Field(max_length=MAX_BATCH)]
    on_duplicate: OnDuplicate = "update"
    priority: Priority = "back"


class RejectedContactAnswer(Answer):
    """A contact of a batch that was not taken."""

    index: int
    column: str
    code: str
    message: str


class BatchAnswer(Answer):
    """What became of a batch."""

    added: int
    updated: int
    skipped: int
    rejected: list[RejectedContactAnswer]


class ContactPatch(RequestBody):
    """What to change of a contact; `data` names only the columns that change."""

    version: int
    data: Data | None = None
    callable: bool | None = None
    uncallable_reason: Annotated[str | None, Field(max_length=200)] = None


class DeleteBody(RequestBody):
    """Which contacts to remove."""

    contact_ids: Annotated[tuple[UUID, ...], Field(max_length=MAX_BATCH)] = ()
    external_keys: Annotated[tuple[str, ...], Field(max_length=MAX_BATCH)] = ()


class DeletedAnswer(Answer):
    """How many were removed."""

    deleted: int


def contact_answer(contact: Contact) -> ContactAnswer:
    """The contact as the API shows it."""
    numbers = [
        NumberAnswer(number=number, label=label, callable=number not in contact.uncallable_numbers)
        for number, label in zip(contact.numbers, contact.number_labels, strict=True)
    ]
    return ContactAnswer(
        contact_id=contact.contact_id,
        contact_list_id=contact.contact_list_id,
        external_key=contact.external_key,
        data=contact.data,
        numbers=numbers,
        time_zone=contact.time_zone,
        language=contact.language,
        callable=contact.callable,
        uncallable_reason=contact.uncallable_reason,
        version=contact.version,
        created_at=contact.created_at,
        updated_at=contact.updated_at,
    )


class ContactsAnswer(ListAnswer[ContactAnswer]):
    """A page of contacts. A search for a part of a text looks for as long as a request may take."""

    looked_at: int | None
    """Contacts of the list that the search has looked at so far; null: an index found them. With a
    `next_page_token` there are more to look at, also when `items` is empty."""


@router.get("/contact-lists/{contact_list_id}/contacts")
async def list_contacts(
    contact_list_id: UUID,
    asker: Reader,
    services: TheServices,
    search: Search = None,
    sort: Annotated[str | None, Query(max_length=130)] = None,
    callable: bool | None = None,  # noqa: A002 - the field's name in the API
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ContactsAnswer:
    """A list's contacts; `search` is a part of a value or a number in any written form.

    In a long list a part of a text is looked for during some 0.6 s a request: the page may be short
    or empty, and its `next_page_token` goes on from there.
    """
    wanted = ContactFilter(search=search, callable=callable, sort=sort)
    page = await services.contacts.find(
        asker, contact_list_id, wanted, limit=limit, token=page_token
    )
    return ContactsAnswer(
        items=[contact_answer(contact) for contact in page.items],
        next_page_token=page.next_page_token,
        total=page.total,
        looked_at=page.looked_at,
    )


@router.post("/contact-lists/{contact_list_id}/contacts", status_code=201)
async def save_contact(
    contact_list_id: UUID,
    body: ContactBody,
    asker: Writer,
    services: TheServices,
    response: Response,
) -> ContactAnswer:
    """Add a contact (201), or meet the one that has its key (200)."""
    contact, is_new = await services.contacts.save_one(
        asker,
        contact_list_id,
        body.data,
        body.on_duplicate,
        front=body.priority == "front",
    )
    if not is_new:
        response.status_code = 200
    return contact_answer(contact)


@router.post("/contact-lists/{contact_list_id}/contacts/batch")
async def save_contacts(
    contact_list_id: UUID, body: BatchBody, asker: Writer, services: TheServices, request: Request
) -> BatchAnswer:
    """Save up to 1,000 contacts; bad ones come back, the others are taken."""
    data: list[dict[str, Any]] = [dict(item.data) for item in body.contacts]
    result = await services.contacts.save_many(
        asker, contact_list_id, data, body.on_duplicate, front=body.priority == "front"
    )
    language = language_of(request)
    rejected = [
        RejectedContactAnswer(
            index=r.index,
            column=r.problem.column,
            code=r.problem.code,
            message=message(r.problem.code, language),
        )
        for r in result.rejected
    ]
    return BatchAnswer(
        added=result.added, updated=result.updated, skipped=result.skipped, rejected=rejected
    )


@router.post("/contact-lists/{contact_list_id}/contacts/delete")
async def remove_contacts(
    contact_list_id: UUID, body: DeleteBody, asker: Writer, services: TheServices
) -> DeletedAnswer:
    """Remove contacts by id or key; those in a call just now stay."""
    deleted = await services.contacts.remove_many(
        asker, contact_list_id, body.contact_ids, body.external_keys
    )
    return DeletedAnswer(deleted=deleted)


@router.get("/contact-lists/{contact_list_id}/export.csv", response_class=StreamingResponse)
async def export_contacts(
    contact_list_id: UUID,
    asker: Reader,
    services: TheServices,
    search: Search = None,
    callable: bool | None = None,  # noqa: A002
    sort: Annotated[str | None, Query(max_length=130)] = None,
) -> StreamingResponse:
    """The list as a CSV file, with cells that a spreadsheet could run made harmless."""
    wanted = ContactFilter(search=search, callable=callable, sort=sort)
    parts = await services.contacts.export(asker, contact_list_id, wanted)
    return csv_answer(parts, "contacts.csv")


@router.get("/contacts/{contact_id}")
async def get_contact(contact_id: UUID, asker: Reader, services: TheServices) -> ContactAnswer:
    """One contact."""
    return contact_answer(await services.contacts.get(asker, contact_id))


@router.patch("/contacts/{contact_id}")
async def change_contact(
    contact_id: UUID, body: ContactPatch, asker: Writer, services: TheServices
) -> ContactAnswer:
    """Change a contact."""
    change = ContactChange(
        data=body.data, callable=body.callable, uncallable_reason=body.uncallable_reason
    )
    return contact_answer(await services.contacts.change(asker, contact_id, body.version, change))


class ClearNumberBody(RequestBody):
    """The number whose mark is taken away, and why."""

    number: Annotated[str, Field(max_length=30)]
    reason: Annotated[str, Field(max_length=1000)]


class ClearedNumberAnswer(Answer):
    """The contact as it is now, and how many of its courses are open again."""

    contact: ContactAnswer
    reopened: int


@router.post("/contacts/{contact_id}/clear-number")
async def clear_number(
    contact_id: UUID, body: ClearNumberBody, asker: Writer, services: TheServices
) -> ClearedNumberAnswer:
    """Have a number called again that was marked uncallable; the reason is kept."""
    cleared = await services.number_marks.clear(asker, contact_id, body.number, body.reason)
    return ClearedNumberAnswer(contact=contact_answer(cleared.contact), reopened=cleared.reopened)


@router.delete("/contacts/{contact_id}", status_code=204)
async def remove_contact(contact_id: UUID, asker: Writer, services: TheServices) -> None:
    """Remove a contact."""
    await services.contacts.remove_one(asker, contact_id)


def csv_answer(parts: Any, file_name: str) -> StreamingResponse:
    """A CSV file to be saved by the browser."""
    return StreamingResponse(
        parts,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )
