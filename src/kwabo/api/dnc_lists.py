"""DNC lists: numbers that must not be called."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.services.dnc_lists import MOST_ENTRIES, NewEntry
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["DNC lists"])

Reader = Annotated[Asker, requires("dnc.write", "campaigns.read", "settings.read")]
EntryReader = Annotated[Asker, requires("dnc.write", "contacts.read")]
Writer = Annotated[Asker, requires("dnc.write")]


class DncListAnswer(Answer):
    """A DNC list."""

    dnc_list_id: UUID
    name: str
    entries: int


class DncListBody(RequestBody):
    """A DNC list to be added."""

    name: str


class DncEntryAnswer(Answer):
    """A number on a list."""

    number: str
    reason: str
    source: str
    created_at: UtcTime
    expires_at: UtcTime | None


class DncEntryBody(RequestBody):
    """A number to be listed, in any written form."""

    number: Annotated[str, Field(max_length=100)]
    reason: Annotated[str, Field(max_length=500)] = ""
    expires_at: UtcTime | None = None


class DncEntriesBody(RequestBody):
    """Numbers to be listed."""

    entries: Annotated[list[DncEntryBody], Field(max_length=MOST_ENTRIES)]


class RejectedEntryAnswer(Answer):
    """One that could not be listed."""

    index: int
    code: str
    message: str


class DncEntriesAnswer(Answer):
    """What became of the numbers."""

    added: int
    updated: int
    rejected: list[RejectedEntryAnswer]


class RemoveBody(RequestBody):
    """Numbers that may be called again, and why."""

    numbers: Annotated[list[str], Field(max_length=MOST_ENTRIES)]
    reason: Annotated[str, Field(max_length=500)]


class RemovedAnswer(Answer):
    """How many were on the list."""

    removed: int


@router.get("/dnc-lists")
async def list_dnc_lists(asker: Reader, services: TheServices) -> ListAnswer[DncListAnswer]:
    """Every list, by name."""
    lists = [DncListAnswer.model_validate(one) for one in await services.dnc_lists.all(asker)]
    return ListAnswer(items=lists, next_page_token=None, total=len(lists))


@router.post("/dnc-lists", status_code=201)
async def add_dnc_list(body: DncListBody, asker: Writer, services: TheServices) -> DncListAnswer:
    """Add a list."""
    return DncListAnswer.model_validate(await services.dnc_lists.add(asker, body.name))


@router.delete("/dnc-lists/{dnc_list_id}", status_code=204)
async def delete_dnc_list(dnc_list_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a list that no campaign keeps to, with its entries."""
    await services.dnc_lists.delete(asker, dnc_list_id)


@router.get("/dnc-lists/{dnc_list_id}/entries")
async def list_dnc_entries(
    dnc_list_id: UUID,
    asker: EntryReader,
    services: TheServices,
    search: Annotated[str | None, Query(max_length=50)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[DncEntryAnswer]:
    """The list's entries, by number."""
    page = await services.dnc_lists.entries(
        asker, dnc_list_id, search=search, limit=limit, token=page_token
    )
    return ListAnswer[DncEntryAnswer].model_validate(page)


@router.post("/dnc-lists/{dnc_list_id}/entries")
async def add_dnc_entries(
    dnc_list_id: UUID, body: DncEntriesBody, asker: Writer, services: TheServices
) -> DncEntriesAnswer:
    """List numbers; they are not called any more from now."""
    entries = [NewEntry(**entry.model_dump()) for entry in body.entries]
    return DncEntriesAnswer.model_validate(
        await services.dnc_lists.put(asker, dnc_list_id, entries)
    )


@router.post("/dnc-lists/{dnc_list_id}/entries/remove")
async def remove_dnc_entries(
    dnc_list_id: UUID, body: RemoveBody, asker: Writer, services: TheServices
) -> RemovedAnswer:
    """Let numbers be called again; the reason is kept."""
    removed = await services.dnc_lists.remove(asker, dnc_list_id, body.numbers, body.reason)
    return RemovedAnswer(removed=removed)
