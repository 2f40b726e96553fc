"""What a person types to find contacts, as a search of the store, and its pages."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from kwabo.domain.contacts.columns import ColumnKind
from kwabo.domain.contacts.phone_numbers import read_cell
from kwabo.kernel.errors import Invalid
from kwabo.ports.contact_lists import ContactList
from kwabo.ports.contacts import ContactSearch, SortPlace
from kwabo.services.pages import page_token, position_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFilter:
    """Which contacts of a list, as a person asks for them."""

    search: str | None = None  # a part of a value, or a number in any written form
    callable: bool | None = None
    sort: str | None = None  # a column's name, with - before it for descending order


def search_of(contact_list: ContactList, wanted: ContactFilter) -> ContactSearch:
    """Raises Invalid `SORT_COLUMN`."""
    text = (wanted.search or "").strip().replace("\0", "")
    numbers: tuple[str, ...] = ()
    digits = None
    if text and not any(c.isalpha() for c in text):
        numbers = read_cell(text, contact_list.region).numbers
        only = re.sub(r"[^0-9]", "", text)
        only = only.removeprefix("00") if text.startswith("00") else only
        digits = only if len(only) >= 3 and not numbers else None
    column = (wanted.sort or "").removeprefix("-")
    kinds = {c.name: c.kind for c in contact_list.columns}
    if column and column not in kinds:
        raise Invalid("SORT_COLUMN", "The list has no such column to sort by.", field="sort")
    return ContactSearch(
        contact_list_id=contact_list.contact_list_id,
        text=text or None,
        numbers=numbers,
        digits=digits,
        callable=wanted.callable,
        sort_column=column or None,
        sort_kind=kinds.get(column, ColumnKind.TEXT),
        descending=(wanted.sort or "").startswith("-"),
    )


def mark_of(kind: str, wanted: ContactFilter) -> str:
    """Ties a page token to its search: another search's token has no meaning in this one."""
    asked = repr((kind, wanted.search, wanted.callable, wanted.sort)).encode()
    return hashlib.sha256(asked).hexdigest()[:12]


def other_search() -> Invalid:
    """The error for a token of another search."""
    return Invalid(
        "PAGE_TOKEN",
        "This page token is of another search. Ask for the first page again.",
        field="page_token",
    )


def token_of(wanted: ContactFilter, place: SortPlace) -> str:
    """The token of the page behind a place."""
    return page_token(
        mark_of("found", wanted), place.value is None, place.value or "", place.position
    )


def place_of(wanted: ContactFilter, token: str | None) -> SortPlace | None:
    """The place behind a token. Raises Invalid `PAGE_TOKEN`, also for another search's."""
    position = position_of(token, str, bool, str, int)
    if position is None:
        return None
    if position[0] != mark_of("found", wanted):
        raise other_search()
    return SortPlace(None if position[1] else position[2], position[3])
