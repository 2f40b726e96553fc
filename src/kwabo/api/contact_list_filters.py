"""Contact list filters: which contacts of a list a campaign calls."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.contacts import ContactAnswer, contact_answer
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.contact_list_filters import Matches
from kwabo.services.contact_list_filters import FilterField

router = APIRouter(tags=["contact list filters"])

Reader = Annotated[Asker, requires("contacts.read", "campaigns.read")]
Sampler = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("lists.write", "campaigns.write")]
Document = Annotated[
    dict[str, Any],
    Field(description="Nested groups and clauses; see the guide to filters.", max_length=10),
]


class ContactListFilterAnswer(Answer):
    """A filter; `campaigns` are the names of those that use it."""

    contact_list_filter_id: UUID
    contact_list_id: UUID
    name: str
    document: dict[str, Any]
    campaigns: list[str]
    version: int
    created_at: UtcTime
    updated_at: UtcTime


class ContactListFilterBody(RequestBody):
    """A filter to be added."""

    name: str
    document: Document


class ContactListFilterPatch(RequestBody):
    """What to change; what is missing stays."""

    version: int
    name: str | None = None
    document: Document | None = None


class MatchesBody(RequestBody):
    """A filter to be tried out; with a campaign, "in this campaign" means that one."""

    document: Document
    campaign_id: UUID | None = None


class MatchesAnswer(Answer):
    """How many contacts a filter lets through, and the first of them.

    Without `exact` the count is an estimate that lies between `low` and `high` (95 %).
    """

    count: int
    contacts: int
    exact: bool
    low: int
    high: int
    sample: list[ContactAnswer]
    sample_complete: bool

    @classmethod
    def of(cls, matches: Matches) -> MatchesAnswer:
        """The answer for a filter that was tried out."""
        names = ("count", "contacts", "exact", "low", "high", "sample_complete")
        values = {name: getattr(matches, name) for name in names}
        return cls(**values, sample=[contact_answer(contact) for contact in matches.sample])


class FilterFieldAnswer(Answer):
    """A column or a property, with the predicates that fit it."""

    name: str
    label: str
    is_property: bool
    kind: str
    predicates: list[str]
    values: list[str] | None
    sortable: bool

    @classmethod
    def of(cls, one: FilterField) -> FilterFieldAnswer:
        """The answer for a field."""
        return cls(
            name=one.field.name,
            label=one.label,
            is_property=one.field.is_property,
            kind=one.field.kind,
            predicates=list(one.predicates),
            values=None if one.values is None else list(one.values),
            sortable=one.sortable,
        )


@router.get("/contact-lists/{contact_list_id}/filters")
async def list_filters(
    contact_list_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[ContactListFilterAnswer]:
    """A list's filters, by name."""
    found = await services.contact_list_filters.of_list(asker, contact_list_id)
    items = [ContactListFilterAnswer.model_validate(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/contact-lists/{contact_list_id}/filters", status_code=201)
async def add_filter(
    contact_list_id: UUID, body: ContactListFilterBody, asker: Writer, services: TheServices
) -> ContactListFilterAnswer:
    """Add a filter to a list."""
    one = await services.contact_list_filters.add(asker, contact_list_id, body.name, body.document)
    return ContactListFilterAnswer.model_validate(one)


@router.get("/contact-lists/{contact_list_id}/filter-fields")
async def list_filter_fields(
    contact_list_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[FilterFieldAnswer]:
    """What clauses and orders can be about."""
    fields = await services.contact_list_filters.fields(asker, contact_list_id)
    items = [FilterFieldAnswer.of(one) for one in fields]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/contact-lists/{contact_list_id}/filter-matches")
async def find_filter_matches(
    contact_list_id: UUID, body: MatchesBody, asker: Sampler, services: TheServices
) -> MatchesAnswer:
    """Try a filter out: a count, or an estimate when counting takes long, and some contacts."""
    return MatchesAnswer.of(
        await services.contact_list_filters.matches(
            asker, contact_list_id, body.document, body.campaign_id
        )
    )


@router.get("/contact-list-filters/{contact_list_filter_id}")
async def get_filter(
    contact_list_filter_id: UUID, asker: Reader, services: TheServices
) -> ContactListFilterAnswer:
    """One filter."""
    one = await services.contact_list_filters.get(asker, contact_list_filter_id)
    return ContactListFilterAnswer.model_validate(one)


@router.patch("/contact-list-filters/{contact_list_filter_id}")
async def change_filter(
    contact_list_filter_id: UUID,
    body: ContactListFilterPatch,
    asker: Writer,
    services: TheServices,
) -> ContactListFilterAnswer:
    """Change a filter; campaigns that run keep to it from their next claim."""
    one = await services.contact_list_filters.change(
        asker, contact_list_filter_id, body.version, name=body.name, document=body.document
    )
    return ContactListFilterAnswer.model_validate(one)


@router.delete("/contact-list-filters/{contact_list_filter_id}", status_code=204)
async def delete_filter(contact_list_filter_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a filter that no campaign uses."""
    await services.contact_list_filters.delete(asker, contact_list_filter_id)
