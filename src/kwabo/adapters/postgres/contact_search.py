"""SQL of a search in a list's contacts: what matches, in which order, and what follows a place.

Contacts without a value in the sort column come last in both directions; order of arrival decides
between equals, so that pages neither repeat nor miss a contact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.contacts.columns import ColumnKind
from kwabo.ports.contacts import ContactSearch, SortPlace

# A function of the tables' owner: under row-level security no index answers for arrays.
_WITH_NUMBERS = text("""
    SELECT contacts_with_numbers(:list_id, CAST(:numbers AS text[])) AS contact_id
""")
_NUMBER = r"'^-?[0-9]+(\.[0-9]+)?$'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Parts of a SELECT on `contacts c`."""

    condition: str
    order: str
    sort_value: str  # an expression, of type text
    is_whole: bool  # every contact of the list matches
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A search, and the contacts that an index has already found for it."""

    search: ContactSearch
    contact_ids: tuple[UUID, ...] | None = None  # None: not by an index


async def narrowed(connection: AsyncConnection, search: ContactSearch) -> Narrowed:
    """A whole number is sought by its index; in the contacts' values only where none has it."""
    if not search.numbers:
        return Narrowed(search)
    values = {"list_id": search.contact_list_id, "numbers": list(search.numbers)}
    ids = tuple(row.contact_id for row in await connection.execute(_WITH_NUMBERS, values))
    if not ids and search.text:
        return Narrowed(replace(search, numbers=()))
    return Narrowed(search, ids)


def query_of(narrow: Narrowed, after: SortPlace | None) -> Query:
    """The query of a search, for what comes behind `after` in its order."""
    search = narrow.search
    values: dict[str, Any] = {"list_id": search.contact_list_id}
    matching = _matching(narrow, values)
    conditions = ["c.contact_list_id = :list_id", *matching]
    if search.sort_column is None:
        expression, sort_value = "", "CAST(NULL AS text)"
    else:
        values["sort_column"] = search.sort_column
        sort_value = "nullif(c.data ->> :sort_column, '')"
        expression = sort_value
        if search.sort_kind is ColumnKind.NUMBER:
            expression = (
                f"CASE WHEN c.data ->> :sort_column ~ {_NUMBER} "
                "THEN CAST(c.data ->> :sort_column AS numeric) END"
            )
            sort_value = f"CAST({expression} AS text)"
    direction, sign = ("DESC", "<") if search.descending else ("ASC", ">")
    if after is not None:
        values["after_position"] = after.position
        conditions.append(_behind(search, expression, sign, after, values))
    by_value = f"({expression}) {direction} NULLS LAST, " if expression else ""
    return Query(
        condition=" AND ".join(conditions),
        order=f"{by_value}c.position {direction}",
        sort_value=sort_value,
        is_whole=not matching,
        values=values,
    )


def window_of(search: ContactSearch) -> Query:
    """The condition of a search by a part of a text, for a stretch of the list `c`."""
    values: dict[str, Any] = {"list_id": search.contact_list_id}
    matching = _matching(Narrowed(search), values)
    return Query(
        condition=" AND ".join(matching) or "true",
        order="c.position DESC" if search.descending else "c.position",
        sort_value="",
        is_whole=not matching,
        values=values,
    )


def sort_place(value: str | None, position: int) -> SortPlace:
    """The place of a row in its search's order."""
    return SortPlace(value, position)


def _behind(
    search: ContactSearch, expression: str, sign: str, after: SortPlace, values: dict[str, Any]
) -> str:
    by_position = f"c.position {sign} :after_position"
    if not expression:
        return by_position
    if after.value is None:
        return f"(({expression}) IS NULL AND {by_position})"
    values["after_value"] = after.value
    place = "CAST(:after_value AS text)"
    if search.sort_kind is ColumnKind.NUMBER:
        place = f"CAST({place} AS numeric)"
    return (
        f"(({expression}) {sign} {place} OR (({expression}) = {place} AND {by_position})"
        f" OR ({expression}) IS NULL)"
    )


def _matching(narrow: Narrowed, values: dict[str, Any]) -> list[str]:
    search = narrow.search
    conditions = []
    if search.callable is not None:
        conditions.append("c.callable" if search.callable else "NOT c.callable")
    if narrow.contact_ids is not None:
        values["contact_ids"] = list(narrow.contact_ids)
        return [*conditions, "c.contact_id = ANY (CAST(:contact_ids AS uuid[]))"]
    either = []
    if search.digits:
        values["digits"] = f"%{search.digits}%"
        either.append("array_to_string(c.numbers, ' ') LIKE :digits")
    if search.text:
        values["part"] = f"%{_literal(search.text)}%"
        # The first test is a cheap sieve over the whole document (which has names and quotes too).
        either.append(
            "(CAST(c.data AS text) ILIKE :sieve AND EXISTS (SELECT FROM jsonb_each_text(c.data) v "
            "WHERE v.value ILIKE :part))"
        )
        values["sieve"] = f"%{_literal(_json_inner(search.text))}%"
    if either:
        conditions.append(f"({' OR '.join(either)})")
    return conditions


def _literal(part: str) -> str:
    """The text for LIKE, where only itself matches."""
    return part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _json_inner(part: str) -> str:
    """The text as it stands inside a JSON string."""
    return part.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
