"""Contact list filters: made, changed, tried out, deleted.

A filter belongs to a list and may be used by any number of its campaigns, also while they run. A
changed filter takes effect with the next claim: the campaigns go through their lists again, and the
floor is told in the transaction that makes the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.contacts.filters.document import Node, column_names, read_filter
from kwabo.domain.contacts.filters.fields import (
    PREDICATES_OF,
    PROPERTIES,
    Field,
    columns_by_name,
    property_named,
)
from kwabo.domain.contacts.filters.in_use import zone_of
from kwabo.domain.contacts.filters.numbers import TYPES
from kwabo.domain.contacts.filters.problems import FilterInvalid
from kwabo.domain.contacts.filters.times import Present
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.contact_list_filters import ContactListFilter, Matches
from kwabo.ports.contact_lists import ContactList
from kwabo.services.campaigns import found_campaign
from kwabo.services.contact_lists import found_list
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version

MOST_FILTERS: Final = 200  # of a list
_RESULTS: Final = tuple(str(result) for result in Result)
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "number_type": TYPES,
    "last_result": _RESULTS,
    "last_result_anywhere": _RESULTS,
    "callable": ("true", "false"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """What a clause can be about, for whoever writes filters."""

    field: Field
    label: str  # a column's; '' for a property
    predicates: tuple[str, ...]
    values: tuple[str, ...] | None  # all that there are, where they are known

    @property
    def sortable(self) -> bool:
        """Whether contacts can be ordered by it."""
        return self.field.kind != "choice"


class ContactListFilterService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def of_list(self, asker: Asker, contact_list_id: UUID) -> Sequence[ContactListFilter]:
        """By name. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_list(await stores.contact_lists.get(contact_list_id))
            return await stores.contact_list_filters.of_list(contact_list_id)

    async def get(self, asker: Asker, contact_list_filter_id: UUID) -> ContactListFilter:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.contact_list_filters.get(contact_list_filter_id))

    async def add(
        self, asker: Asker, contact_list_id: UUID, name: str, document: Mapping[str, Any]
    ) -> ContactListFilter:
        """Raises NotFound, Invalid by clause, Conflict `NAME_TAKEN`, `TOO_MANY_FILTERS`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact_list = found_list(await stores.contact_lists.get(contact_list_id))
            node = checked_filter(contact_list, document)
            if len(await stores.contact_list_filters.of_list(contact_list_id)) >= MOST_FILTERS:
                raise Conflict(
                    "TOO_MANY_FILTERS",
                    f"A list has at most {MOST_FILTERS} filters. Delete one that no campaign uses.",
                    details={"most": MOST_FILTERS},
                )
            one = ContactListFilter(
                contact_list_filter_id=self._ids.new(),
                contact_list_id=contact_list_id,
                name=checked_name(name),
                document=document,
                column_kinds=_kinds(contact_list, node),
                version=1,
                created_at=now,
                updated_at=now,
            )
            await stores.contact_list_filters.add(one)
            await self._note(stores, asker, "contact_list_filter.created", one)
        return one

    async def change(
        self,
        asker: Asker,
        contact_list_filter_id: UUID,
        version: int,
        *,
        name: str | None,
        document: Mapping[str, Any] | None,
    ) -> ContactListFilter:
        """None: stays. Raises what `add` does, Conflict `STALE_VERSION`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.contact_list_filters.get_for_change(contact_list_filter_id))
            check_version(version, old.version)
            new = replace(old, updated_at=self._clock.now())
            if name is not None:
                new = replace(new, name=checked_name(name))
            if document is not None:
                contact_list = found_list(await stores.contact_lists.get(old.contact_list_id))
                node = checked_filter(contact_list, document)
                kinds = _kinds(contact_list, node)
                new = replace(new, document=document, column_kinds=kinds)
            for campaign_id in await stores.contact_list_filters.change(new):
                await stores.floor_commands.add(
                    self._ids.new(),
                    "campaign.changed",
                    {"campaign_id": str(campaign_id)},
                    user_id=asker.user_id,
                    at=self._clock.now(),
                )
            await self._note(stores, asker, "contact_list_filter.changed", new)
            return _found(await stores.contact_list_filters.get(contact_list_filter_id))

    async def delete(self, asker: Asker, contact_list_filter_id: UUID) -> None:
        """Raises NotFound, Conflict `FILTER_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            one = _found(await stores.contact_list_filters.get_for_change(contact_list_filter_id))
            check_unused(
                "FILTER_IN_USE",
                one.campaigns,
                "These campaigns use the filter: {names}. Take it out of them first.",
            )
            await stores.contact_list_filters.delete(contact_list_filter_id)
            await self._note(stores, asker, "contact_list_filter.deleted", one)

    async def matches(
        self,
        asker: Asker,
        contact_list_id: UUID,
        document: Mapping[str, Any],
        campaign_id: UUID | None,
    ) -> Matches:
        """Try a filter out. `campaign_id`: whose calls "in this campaign" means."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact_list = found_list(await stores.contact_lists.get(contact_list_id))
            if campaign_id is not None:
                found_campaign(await stores.campaigns.get(campaign_id))
            node = checked_filter(contact_list, document)
            present = Present(self._clock.now(), zone_of(contact_list.time_zone))
            return await stores.contact_list_filters.matches(
                contact_list_id, node, present, campaign_id
            )

    async def fields(self, asker: Asker, contact_list_id: UUID) -> Sequence[FilterField]:
        """The list's columns, then the properties. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact_list = found_list(await stores.contact_lists.get(contact_list_id))
        columns = columns_by_name(contact_list.columns)
        labels = {column.name: column.label for column in contact_list.columns}
        properties = [found for name in PROPERTIES if (found := property_named(name))]
        return [
            FilterField(
                field=field,
                label=labels.get(field.name, "") if not field.is_property else "",
                predicates=tuple(map(str, PREDICATES_OF[field.kind])),
                values=_VALUES.get(field.name) if field.is_property else None,
            )
            for field in [*columns.values(), *properties]
        ]

    async def _note(
        self, stores: Stores, asker: Asker, action: str, one: ContactListFilter
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="contact_list_filter",
            subject_id=one.contact_list_filter_id,
            at=self._clock.now(),
            details={
                "name": one.name,
                "contact_list_id": str(one.contact_list_id),
                "document": dict(one.document),
            },
        )


def checked_filter(contact_list: ContactList, document: object) -> Node:
    """The filter of a document. Raises Invalid that names each wrong clause by its path."""
    try:
        return read_filter(document, columns_by_name(contact_list.columns))
    except FilterInvalid as invalid:
        refuse(
            [
                Objection(
                    field=f"document.{one.path}",
                    code=one.code,
                    message=one.message("en"),
                    details=one.details,
                )
                for one in invalid.problems
            ]
        )
        raise


def _kinds(contact_list: ContactList, node: Node) -> dict[str, str]:
    fields = columns_by_name(contact_list.columns)
    return {name: str(fields[name].kind) for name in sorted(column_names(node))}


def _found(one: ContactListFilter | None) -> ContactListFilter:
    if one is None:
        raise NotFound("NOT_FOUND", "There is no such filter.")
    return one
