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
    expression, sort_value = _sorting(search, values)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedQuery:
    """A statement over a stretch of a list and the best of others."""

    statement: str
    values: dict[str, Any]


# The best as JSON: ids, positions and values, in their order.
_SORTED_WINDOW = """
    WITH stretch AS MATERIALIZED (
        SELECT c.contact_id, c.position, ({condition}) AS matches, {expression} AS value,
               {behind} AS behind
        FROM contacts c
        WHERE c.contact_list_id = :list_id AND c.position > :after
        ORDER BY c.position LIMIT :window
    ), best AS (
        SELECT f.contact_id, f.position, f.value FROM (
            SELECT c.contact_id, c.position, c.value FROM stretch c WHERE c.matches AND c.behind
            UNION ALL
            SELECT c.contact_id, c.position, {expression} FROM contacts c
            WHERE c.contact_list_id = :list_id AND c.position = ANY (CAST(:best AS bigint[]))
              AND {condition} AND {behind}) f
        ORDER BY {order} LIMIT :limit)
    SELECT count(*) AS looked_at, count(*) FILTER (WHERE c.matches) AS matches,
        max(c.position) AS last,
        (SELECT coalesce(jsonb_agg(jsonb_build_array(f.contact_id, f.position,
             CAST(f.value AS text)) ORDER BY {order}), '[]') FROM best f) AS best
    FROM stretch c"""


def sorted_window_of(search: ContactSearch, behind: SortPlace | None) -> SortedQuery:
    """The next stretch of a list in the order of a column, for what comes behind a place."""
    values: dict[str, Any] = {"list_id": search.contact_list_id}
    matching = _matching(Narrowed(search), values)
    expression, _ = _sorting(search, values)
    direction, sign = ("DESC", "<") if search.descending else ("ASC", ">")
    follows = "true"
    if behind is not None:
        values["after_position"] = behind.position
        follows = _behind(search, expression, sign, behind, values)
    statement = _SORTED_WINDOW.format(
        condition=" AND ".join(matching) or "true",
        expression=expression,
        behind=follows,
        order=f"f.value {direction} NULLS LAST, f.position {direction}",
    )
    return SortedQuery(statement=statement, values=values)


def _sorting(search: ContactSearch, values: dict[str, Any]) -> tuple[str, str]:
    """(what the search is sorted by, the same as text); '' without a column."""
    if search.sort_column is None:
        return "", "CAST(NULL AS text)"
    values["sort_column"] = search.sort_column
    if search.sort_kind is not ColumnKind.NUMBER:
        value = "nullif(c.data ->> :sort_column, '')"
        return value, value
    number = (
        f"CASE WHEN c.data ->> :sort_column ~ {_NUMBER} "
        "THEN CAST(c.data ->> :sort_column AS numeric) END"
    )
    return number, f"CAST({number} AS text)"


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
