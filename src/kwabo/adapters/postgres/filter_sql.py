"""SQL of a filter: a condition on `contacts c` and `contact_lists l`, with parameters only.

It asks what `domain/contacts/filters/evaluate.py` asks, and never answers NULL. Values of columns
are text: numbers and dates are looked at only when they have their kind's form, so that no value
makes a query fail. Dates are compared as text, which for ISO 8601 is their order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from kwabo.domain.contacts.filters import times
from kwabo.domain.contacts.filters.document import Clause, Node
from kwabo.domain.contacts.filters.fields import ANYWHERE, HERE, FieldKind, Predicate
from kwabo.domain.contacts.filters.folding import folded_text
from kwabo.domain.contacts.filters.numbers import CALLING_CODE, plans
from kwabo.domain.contacts.filters.times import Present

_NUMBER: Final = r"'^-?[0-9]+(\.[0-9]+)?$'"
_NUMBER_LONG: Final = r"'^-?[0-9]{1,60}(\.[0-9]{1,60})?$'"
_TIME: Final = (
    r"'^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"(T([01][0-9]|2[0-3])\:[0-5][0-9]\:[0-5][0-9])?$'"
)
_COMPARED: Final = {
    Predicate.EQUALS: "=",
    Predicate.LESS: "<",
    Predicate.LESS_EQUAL: "<=",
    Predicate.GREATER: ">",
    Predicate.GREATER_EQUAL: ">=",
}
CALLS = """
    SELECT count(t.dialling_at) AS attempts, max(t.dialling_at) AS last_attempt_at,
           (array_agg(t.result ORDER BY t.dialling_at DESC, t.attempt_id DESC)
             FILTER (WHERE t.dialling_at IS NOT NULL AND t.state = 'closed'))[1] AS last_result,
           (array_agg(CAST(w.wrap_up_code_id AS text) ORDER BY w.created_at DESC, t.attempt_id DESC)
             FILTER (WHERE w.wrap_up_code_id IS NOT NULL))[1] AS last_wrap_up_code_id
    FROM attempts t LEFT JOIN wrap_ups w ON w.attempt_id = t.attempt_id
    WHERE t.contact_id = c.contact_id"""


def is_number(value: str) -> str:
    """Whether a text has a number's form; to count its digits takes seven times as long."""
    return f"({value} ~ {_NUMBER} AND (length({value}) <= 60 OR {value} ~ {_NUMBER_LONG}))"


def is_time(value: str) -> str:
    """Whether a text has a date's form."""
    return f"{value} ~ {_TIME}"


@dataclass(slots=True)
class FilterSql:
    """Parts of a SELECT from `contacts c JOIN contact_lists l`."""

    joins: str = ""
    condition: str = "true"
    values: dict[str, Any] = field(default_factory=dict)


def filter_sql(
    filters: Sequence[Node],
    present: Present,
    campaign_id: UUID | None = None,
    also: Collection[str] = (),
) -> FilterSql:
    """Every one of these filters must hold. `also`: properties that others need of the joins."""
    writer = _Writer(present)
    writer.properties |= set(also)
    condition = " AND ".join(f"({writer.node(node)})" for node in filters) or "true"
    joins = ""
    if writer.properties & HERE:
        writer.values["filter_campaign_id"] = campaign_id
        joins += (
            f"\nLEFT JOIN LATERAL ({CALLS} AND t.campaign_id = CAST(:filter_campaign_id AS uuid))"
            " here ON true"
        )
    if writer.properties & ANYWHERE:
        joins += f"\nLEFT JOIN LATERAL ({CALLS}) anywhere ON true"
    return FilterSql(joins=joins, condition=condition, values=writer.values)


class _Writer:
    def __init__(self, present: Present) -> None:
        self.present = present
        self.values: dict[str, Any] = {}
        self.properties: set[str] = set()

    def bind(self, value: Any, kind: str) -> str:
        name = f"f{len(self.values)}"
        self.values[name] = value
        return f"CAST(:{name} AS {kind})"

    def node(self, node: Node) -> str:
        if isinstance(node, Clause):
            return self._clause(node)
        parts = [self.node(part) for part in node.parts]
        if node.word == "not":
            return f"NOT ({parts[0]})"
        return (" AND " if node.word == "all" else " OR ").join(f"({p})" for p in parts) or "true"

    def _clause(self, clause: Clause) -> str:
        asked = f"coalesce({self._asked(clause)}, false)"
        return f"NOT {asked}" if clause.inverted else asked

    def _asked(self, clause: Clause) -> str:
        name, kind = clause.field.name, clause.field.kind
        if clause.field.is_property:
            self.properties.add(name)
            if kind is FieldKind.CHOICE:
                return self._choice(clause)
            value = PROPERTY_SQL[name]
        else:
            value = f"nullif(c.data ->> {self.bind(name, 'text')}, '')"
            has_form = {FieldKind.NUMBER: is_number, FieldKind.DATE: is_time}.get(kind)
            if has_form is not None:
                value = f"CASE WHEN {has_form(value)} THEN {value} END"
        if clause.predicate is Predicate.IS_EMPTY:
            return f"({value}) IS NULL"
        if kind is FieldKind.NUMBER:
            return self._compared(clause, f"CAST(({value}) AS numeric)", "numeric")
        if kind is FieldKind.DATE:
            return self._time(clause, value, instant=False)
        if kind is FieldKind.INSTANT:
            return self._time(clause, value, instant=True)
        return self._text(clause, value)

    def _compared(self, clause: Clause, value: str, kind: str) -> str:
        operands = [
            f"{operand:f}" if isinstance(operand, Decimal) else str(operand)
            for operand in clause.operands
        ]
        if clause.predicate is Predicate.IN:
            return f"{value} = ANY ({self._list(operands, kind)})"
        bound = [self._operand(operand, kind) for operand in operands]
        if clause.predicate is Predicate.BETWEEN:
            return f"{value} BETWEEN {bound[0]} AND {bound[1]}"
        return f"{value} {_COMPARED[clause.predicate]} {bound[0]}"

    def _operand(self, operand: str, kind: str) -> str:
        text = self.bind(operand, "text")
        return text if kind == "text" else f"CAST({text} AS {kind})"

    def _list(self, operands: list[str], kind: str) -> str:
        texts = self.bind(operands, "text[]")
        return texts if kind == "text" else f"CAST({texts} AS {kind}[])"

    def _text(self, clause: Clause, value: str) -> str:
        operands = [str(operand) for operand in clause.operands]
        if not clause.exact:
            value, operands = f"folded_text({value})", [folded_text(one) for one in operands]
        first = self.bind(operands[0], "text")
        match clause.predicate:
            case Predicate.CONTAINS:
                return f"position({first} IN {value}) > 0"
            case Predicate.BEGINS_WITH:
                return f"starts_with({value}, {first})"
            case Predicate.ENDS_WITH:
                return f"right({value}, length({first})) = {first}"
            case Predicate.IN:
                return f"{value} = ANY ({self._list(operands, 'text')})"
        value = f'({value}) COLLATE "C"'
        if clause.predicate is Predicate.BETWEEN:
            return f"{value} BETWEEN {first} AND {self.bind(operands[1], 'text')}"
        return f"{value} {_COMPARED[clause.predicate]} {first}"

    def _time(self, clause: Clause, value: str, *, instant: bool) -> str:
        whole = clause.predicate in (Predicate.EQUALS, Predicate.IN)
        bounds = [
            times.resolve(operand, self.present, as_day=whole)
            for operand in clause.operands
            if not isinstance(operand, str | Decimal)
        ]
        side = self._instant_sides if instant else self._date_sides
        match clause.predicate:
            case Predicate.BEFORE:
                return side(value, bounds[0], "before")
            case Predicate.AFTER:
                return side(value, bounds[0], "after")
            case Predicate.BETWEEN:
                lower = side(value, bounds[0], "not before")
                return f"{lower} AND {side(value, bounds[1], 'not after')}"
        return " OR ".join(
            f"({side(value, bound, 'not before')} AND {side(value, bound, 'not after')})"
            for bound in bounds
        )

    def _instant_sides(self, value: str, bound: times.Bound, side: str) -> str:
        later = side in ("after", "not after")
        edge = self.bind(bound.end if later else bound.start, "timestamptz")
        if bound.is_day:
            # Of a day the end is the next one's begin, which no longer belongs to it.
            sign = {"before": "<", "not before": ">=", "after": ">=", "not after": "<"}[side]
        else:
            sign = {"before": "<", "not before": ">=", "after": ">", "not after": "<="}[side]
        return f"{value} {sign} {edge}"

    def _date_sides(self, value: str, bound: times.Bound, side: str) -> str:
        if bound.is_day:
            text = f"left({value}, 10)"
        else:
            text = (
                f"CASE length({value}) WHEN 10 THEN ({value}) || 'T00\\:00\\:00' ELSE {value} END"
            )
        sign = {"before": "<", "not before": ">=", "after": ">", "not after": "<="}[side]
        return f'({text}) COLLATE "C" {sign} {self.bind(bound.text, "text")}'

    def _choice(self, clause: Clause) -> str:
        chosen = _COUNTRY if clause.field.name == "number_country" else _TYPE
        found = chosen.format(
            code=f"substring(n.number FROM {self.bind(CALLING_CODE, 'text')})",
            plans=self.bind(plans(), "jsonb"),
        )
        if clause.predicate is Predicate.IS_EMPTY:
            return (
                f"NOT EXISTS (SELECT FROM unnest(c.numbers) n(number) WHERE ({found}) IS NOT NULL)"
            )
        wanted = self._list([str(operand) for operand in clause.operands], "text")
        return f"EXISTS (SELECT FROM unnest(c.numbers) n(number) WHERE ({found}) = ANY ({wanted}))"


_COUNTRY: Final = "{plans} -> {code} ->> 'country'"
_MATCHES: Final = (
    "coalesce(substr(n.number, length({code}) + 2) ~ ({plans} -> {code} ->> '%s'), false)"
)
_TYPE: Final = (
    f"CASE WHEN {_MATCHES % 'mobile'} THEN CASE WHEN {_MATCHES % 'fixed_line'}"
    " THEN 'fixed_line_or_mobile' ELSE 'mobile' END"
    f" WHEN {_MATCHES % 'fixed_line'} THEN 'fixed_line' ELSE 'other' END"
)
PROPERTY_SQL: Final = {
    "language": "nullif(c.language, '')",
    "time_zone": "coalesce(c.time_zone, l.time_zone)",
    "callable": "CASE WHEN c.callable THEN 'true' ELSE 'false' END",
    "created_at": "c.created_at",
    **{name: f"here.{name}" for name in sorted(HERE)},
    **{name: f"anywhere.{name.removesuffix('_anywhere')}" for name in sorted(ANYWHERE)},
}
