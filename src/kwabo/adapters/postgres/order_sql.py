"""SQL of a contact's place in an order, as `domain/contacts/filters/sorting.py` makes it.

The bytes are written as hexadecimal digits and put together at the end. A list is put into its
order by the database alone, many thousands of contacts in a statement.
`tests/contract/postgres/test_order_sql.py` holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kwabo.adapters.postgres.filter_sql import PROPERTY_SQL, is_number, is_time
from kwabo.domain.contacts.filters.fields import FieldKind
from kwabo.domain.contacts.filters.sorting import LONGEST, SortKey

_HEX: Final = "0123456789abcdef"
_DIGITS: Final = " || ".join(f"chr({digit + 1})" for digit in range(10))


@dataclass(slots=True)
class RankSql:
    """Parts of a SELECT from `contacts c JOIN contact_lists l`, with the joins of a filter."""

    joins: str = ""
    rank: str = ""  # an expression, of type bytea
    values: dict[str, Any] = field(default_factory=dict)
    properties: frozenset[str] = frozenset()  # that the joins of `filter_sql` must bring


def rank_sql(keys: Sequence[SortKey]) -> RankSql:
    """The place of each contact by these keys."""
    made = RankSql(properties=frozenset(k.field.name for k in keys if k.field.is_property))
    parts = []
    for index, key in enumerate(keys):
        if key.field.is_property:
            value = PROPERTY_SQL[key.field.name]
        else:
            made.values[f"rank{index}"] = key.field.name
            value = f"nullif(c.data ->> CAST(:rank{index} AS text), '')"
        # Behind OFFSET 0 each value is worked out once, however often it is used.
        made.joins += f"\nCROSS JOIN LATERAL (SELECT {value} AS v OFFSET 0) v{index}"
        written = _written(key.field.kind, f"v{index}.v", index, made)
        made.joins += f"\nCROSS JOIN LATERAL (SELECT {written} AS w OFFSET 0) w{index}"
        there = _turned(f"w{index}.w") if key.descending else f"w{index}.w"
        missing = "00" if key.empty_first else "02"
        parts.append(f"coalesce('01' || {there}, '{missing}')")
    made.rank = f"decode({' || '.join(parts)}, 'hex')"
    return made


def _written(kind: FieldKind, value: str, index: int, made: RankSql) -> str:
    if kind is FieldKind.INSTANT:
        return _text(f"""to_char({value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24\\:MI\\:SS.US')""")
    if kind is FieldKind.NUMBER:
        return _number(f"CAST({value} AS text)", index, made)
    if kind is FieldKind.DATE:
        at = f"CASE length({value}) WHEN 10 THEN {value} || 'T00\\:00\\:00' ELSE {value} END"
        return f"CASE WHEN {is_time(value)} THEN {_text(at)} END"
    return _text(f"folded_text(nullif(CAST({value} AS text), ''))")


def _text(value: str) -> str:
    return f"encode(convert_to(left({value}, {LONGEST}), 'UTF8'), 'hex') || '00'"


def _number(value: str, index: int, made: RankSql) -> str:
    """Sign, power of ten, digits."""
    made.joins += f"""
        CROSS JOIN LATERAL (SELECT {value} LIKE '-%' AS negative,
            ltrim(split_part(ltrim({value}, '-'), '.', 1), '0') AS whole,
            split_part({value}, '.', 2) AS part OFFSET 0) n{index}
        CROSS JOIN LATERAL (SELECT rtrim(ltrim(n{index}.whole || n{index}.part, '0'), '0')
            AS digits OFFSET 0) d{index}"""
    power = (
        f"CASE WHEN n{index}.whole <> '' THEN length(n{index}.whole) - 1 ELSE"
        f" length(ltrim(n{index}.part, '0')) - length(n{index}.part) - 1 END"
    )
    size = (
        f"(lpad(to_hex(128 + {power}), 2, '0') || encode(convert_to(translate(d{index}.digits,"
        f" '0123456789', {_DIGITS}), 'UTF8'), 'hex') || '00')"
    )
    return (
        f"CASE WHEN NOT {is_number(value)} THEN NULL WHEN d{index}.digits = '' THEN '02'"
        f" WHEN n{index}.negative THEN '01' || {_turned(size)} ELSE '03' || {size} END"
    )


def _turned(written: str) -> str:
    return f"translate({written}, '{_HEX}', '{_HEX[::-1]}')"
