"""Entries of DNC lists, and why something is listed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.contacts import csv_answer
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.services.dnc_entries import MOST_ENTRIES, NewEntry
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["DNC lists"])

EntryReader = Annotated[Asker, requires("dnc.write", "contacts.read")]
Writer = Annotated[Asker, requires("dnc.write")]


class DncEntryAnswer(Answer):
    """A number or value on a list."""

    value: str
    reason: str
    source: str
    user_name: str | None
    created_at: UtcTime
    expires_at: UtcTime | None


class DncEntryBody(RequestBody):
    """A number in any written form, or a column's value, to be listed."""

    value: Annotated[str, Field(max_length=500)]
    reason: Annotated[str, Field(max_length=500)] = ""
    expires_at: UtcTime | None = None


class DncEntriesBody(RequestBody):
    """What is to be listed."""

    entries: Annotated[list[DncEntryBody], Field(max_length=MOST_ENTRIES)]


class RejectedEntryAnswer(Answer):
    """One that could not be listed."""

    index: int
    code: str
    message: str


class DncEntriesAnswer(Answer):
    """What became of the entries."""

    added: int
    updated: int
    rejected: list[RejectedEntryAnswer]


class RemoveBody(RequestBody):
    """What may be called again, and why."""

    values: Annotated[list[str], Field(max_length=MOST_ENTRIES)]
    reason: Annotated[str, Field(max_length=500)]


class RemovedAnswer(Answer):
    """How many were on the list."""

    removed: int
    reopened: int


class DncListingAnswer(Answer):
    """One list, or one provider's answer, that stands against something."""

    dnc_list_id: UUID
    name: str
    key_column: str | None
    channel: str
    organisation_wide: bool
    campaigns: list[str]
    value: str
    reason: str
    source: str
    user_name: str | None
    created_at: UtcTime
    expires_at: UtcTime | None


class DncListingsAnswer(Answer):
    """Where something stands; `number` is null when it is no number that can be called."""

    number: str | None
    value: str
    items: list[DncListingAnswer]


@router.get("/dnc-listings")
async def explain_dnc_listing(
    asker: EntryReader,
    services: TheServices,
    value: Annotated[str, Query(min_length=1, max_length=500)],
) -> DncListingsAnswer:
    """Why something is listed: a number in any written form, or a column's value."""
    number, canonical, found = await services.dnc_entries.listings(asker, value)
    items = [
        DncListingAnswer(
            dnc_list_id=one.dnc_list.dnc_list_id,
            name=one.dnc_list.name,
            key_column=one.dnc_list.key_column,
            channel=one.dnc_list.channel,
            organisation_wide=one.dnc_list.organisation_wide,
            campaigns=list(one.dnc_list.campaigns),
            value=one.value,
            reason=one.reason,
            source=one.source,
            user_name=one.user_name,
            created_at=one.created_at,
            expires_at=one.expires_at,
        )
        for one in found
    ]
    return DncListingsAnswer(number=number, value=canonical, items=items)


@router.get("/dnc-lists/{dnc_list_id}/entries")
async def list_dnc_entries(
    dnc_list_id: UUID,
    asker: EntryReader,
    services: TheServices,
    search: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[DncEntryAnswer]:
    """The list's entries, by value."""
    page = await services.dnc_entries.page(
        asker, dnc_list_id, search=search, limit=limit, token=page_token
    )
    return ListAnswer[DncEntryAnswer].model_validate(page)


@router.post("/dnc-lists/{dnc_list_id}/entries")
async def add_dnc_entries(
    dnc_list_id: UUID, body: DncEntriesBody, asker: Writer, services: TheServices
) -> DncEntriesAnswer:
    """List numbers or values; they are not called any more from now."""
    entries = [NewEntry(**entry.model_dump()) for entry in body.entries]
    return DncEntriesAnswer.model_validate(
        await services.dnc_entries.put(asker, dnc_list_id, entries)
    )


@router.post("/dnc-lists/{dnc_list_id}/entries/remove")
async def remove_dnc_entries(
    dnc_list_id: UUID, body: RemoveBody, asker: Writer, services: TheServices
) -> RemovedAnswer:
    """Let numbers or values be called again; the reason is kept."""
    removed, reopened = await services.dnc_entries.remove(
        asker, dnc_list_id, body.values, body.reason
    )
    return RemovedAnswer(removed=removed, reopened=reopened)


@router.get("/dnc-lists/{dnc_list_id}/export.csv", response_class=StreamingResponse)
async def export_dnc_list(
    dnc_list_id: UUID, asker: Writer, services: TheServices
) -> StreamingResponse:
    """The whole list as a CSV file."""
    return csv_answer(await services.dnc_entries.export(asker, dnc_list_id), "dnc-list.csv")
