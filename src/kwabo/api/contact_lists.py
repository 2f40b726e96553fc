"""Contact lists."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.organisations.asker import Asker
from kwabo.services.contact_lists import ContactListChange, CountedList, NewContactList
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["contacts"])

Reader = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("lists.write")]
ZoneSource = Literal["number", "number_then_list", "list"]
Names = Annotated[tuple[str, ...], Field(max_length=300)]


class ColumnAnswer(Answer):
    """A column of a list."""

    name: str
    label: str
    kind: ColumnKind
    position: int
    phone_column: str | None  # of a time zone: the column whose numbers it is about


class ColumnBody(RequestBody):
    """A column; its position is its place among the columns given."""

    name: Annotated[str, Field(min_length=1, max_length=128)]
    label: Annotated[str, Field(max_length=128)] = ""
    kind: ColumnKind = ColumnKind.TEXT
    position: int | None = None
    phone_column: Annotated[str | None, Field(max_length=128)] = None

    def column(self) -> Column:
        return Column(
            name=self.name,
            label=self.label or self.name,
            kind=self.kind,
            phone_column=self.phone_column,
        )


Columns = Annotated[tuple[ColumnBody, ...], Field(max_length=300)]


class ContactListAnswer(Answer):
    """A list and how many contacts it has."""

    contact_list_id: UUID
    name: str
    region: str
    time_zone: str
    zone_source: str
    columns: list[ColumnAnswer]
    key_columns: list[str]
    contacts: int
    version: int
    created_at: UtcTime
    updated_at: UtcTime


class ContactListBody(RequestBody):
    """A list to be made; region and time zone are the organisation's where they are missing."""

    name: Annotated[str, Field(max_length=200)]
    region: str | None = None
    time_zone: str | None = None
    zone_source: ZoneSource | None = None
    columns: Columns
    key_columns: Names = ()


class ContactListPatch(RequestBody):
    """What to change of a list; `columns`, when given, are all of them in their order."""

    version: int
    name: Annotated[str | None, Field(max_length=200)] = None
    region: str | None = None
    time_zone: str | None = None
    zone_source: ZoneSource | None = None
    columns: Columns | None = None
    key_columns: Names | None = None


def answer_of(counted: CountedList) -> ContactListAnswer:
    """The list as the API shows it."""
    found = counted.contact_list
    return ContactListAnswer(
        contact_list_id=found.contact_list_id,
        name=found.name,
        region=found.region,
        time_zone=found.time_zone,
        zone_source=found.zone_source,
        columns=[ColumnAnswer.model_validate(column) for column in found.columns],
        key_columns=list(found.key_columns),
        contacts=counted.contacts,
        version=found.version,
        created_at=found.created_at,
        updated_at=found.updated_at,
    )


@router.get("/contact-lists")
async def list_contact_lists(
    asker: Reader,
    services: TheServices,
    search: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[ContactListAnswer]:
    """The organisation's lists, by name."""
    page = await services.contact_lists.find(asker, search=search, limit=limit, token=page_token)
    return ListAnswer[ContactListAnswer](
        items=[answer_of(counted) for counted in page.items],
        next_page_token=page.next_page_token,
        total=page.total,
    )


@router.post("/contact-lists", status_code=201)
async def add_contact_list(
    body: ContactListBody, asker: Writer, services: TheServices
) -> ContactListAnswer:
    """Make a list."""
    new = NewContactList(
        name=body.name,
        region=body.region,
        time_zone=body.time_zone,
        zone_source=body.zone_source,
        columns=tuple(column.column() for column in body.columns),
        key_columns=body.key_columns,
    )
    return answer_of(await services.contact_lists.add(asker, new))


@router.get("/contact-lists/{contact_list_id}")
async def get_contact_list(
    contact_list_id: UUID, asker: Reader, services: TheServices
) -> ContactListAnswer:
    """One list."""
    return answer_of(await services.contact_lists.get(asker, contact_list_id))


@router.patch("/contact-lists/{contact_list_id}")
async def change_contact_list(
    contact_list_id: UUID, body: ContactListPatch, asker: Writer, services: TheServices
) -> ContactListAnswer:
    """Change a list."""
    columns = None if body.columns is None else tuple(column.column() for column in body.columns)
    change = ContactListChange(
        name=body.name,
        region=body.region,
        time_zone=body.time_zone,
        zone_source=body.zone_source,
        columns=columns,
        key_columns=body.key_columns,
    )
    return answer_of(
        await services.contact_lists.change(asker, contact_list_id, body.version, change)
    )


@router.delete("/contact-lists/{contact_list_id}", status_code=204)
async def remove_contact_list(contact_list_id: UUID, asker: Writer, services: TheServices) -> None:
    """Remove a list with its contacts."""
    await services.contact_lists.remove(asker, contact_list_id)
