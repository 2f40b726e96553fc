"""The filters and the order of a campaign, as the floor and the rules use them.

A stored filter is read with the kinds that its columns had when it was written, so that a later
change of the list does not make it unreadable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kwabo.domain.contacts.filters import document, sorting
from kwabo.domain.contacts.filters.document import Node
from kwabo.domain.contacts.filters.fields import Field, FieldKind
from kwabo.domain.contacts.filters.sorting import SortKey


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterInUse:
    """A filter of a campaign."""

    contact_list_filter_id: UUID
    name: str
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which contacts a campaign calls, in which order."""

    filters: tuple[FilterInUse, ...] = ()  # all must hold
    sort: tuple[SortKey, ...] = ()  # none: the list's order
    dynamic: bool = False  # places follow changes
    version: int = 0  # rises with every change of the above

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The filters alone."""
        return tuple(one.node for one in self.filters)

    @property
    def is_relative(self) -> bool:
        """Whether time alone can make a contact match."""
        return any(document.is_relative(node) for node in self.nodes)

    @property
    def follows_calls(self) -> bool:
        """Whether calls change what matches, or the order."""
        by_filter = any(document.follows_calls(node) for node in self.nodes)
        return by_filter or sorting.follows_calls(self.sort)

    @property
    def follows_changes(self) -> bool:
        """Whether a contact that changes has to be looked at again."""
        return bool(self.filters) or (bool(self.sort) and self.dynamic)


EVERYBODY = Choice()


def stored_filter(
    contact_list_filter_id: UUID, name: str, written: object, kinds: Mapping[str, str]
) -> FilterInUse:
    """A filter of the database."""
    return FilterInUse(
        contact_list_filter_id=contact_list_filter_id,
        name=name,
        node=document.read_filter(written, fields_of_kinds(kinds)),
    )


def fields_of_kinds(kinds: Mapping[str, str]) -> dict[str, Field]:
    """Columns as fields, of kinds that were kept."""
    return {
        name: Field(name=name, kind=FieldKind(kind), is_property=False)
        for name, kind in kinds.items()
    }


def stored_sort(written: Sequence[Mapping[str, Any]]) -> tuple[SortKey, ...]:
    """The keys of an order of the database, which keeps each column's kind beside it."""
    kinds = {str(key["column"]): str(key["kind"]) for key in written if "column" in key}
    return sorting.read_sort(written, fields_of_kinds(kinds))


def zone_of(name: str) -> ZoneInfo:
    """The list's time zone, which was checked when the list was made."""
    return ZoneInfo(name)
