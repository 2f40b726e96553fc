"""Random filter documents over a few columns, for Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.contacts.filters.fields import (
    PREDICATES_OF,
    PROPERTIES,
    FieldKind,
    Predicate,
    columns_by_name,
)

COLUMNS = (
    Column(name="ville", label="Ville", kind=ColumnKind.TEXT),
    Column(name="solde", label="Solde", kind=ColumnKind.NUMBER),
    Column(name="visite", label="Visite", kind=ColumnKind.DATE),
    Column(name="zone", label="Zone", kind=ColumnKind.TIME_ZONE),
)
_TEXTS = st.sampled_from(
    ["cotonou", "Cotonou", "COT", "nou", "ɖɛ", "Ɖ", "œuvre", "STRASSE", "straße", "a%b", "_", "\\",
     "'", "É", "e", "ω", "ż", "fr", "fon", "busy", "person", "Africa/Lagos", "5000", ":name", "日"]
)  # fmt: skip
_NUMBERS = st.sampled_from(["0", "5000", "4999,99", "-12.5", "1 000", 7, 2, 1, "9" * 60])
_TIMES = st.one_of(
    st.sampled_from(
        ["2026-11-26", "2026-11-23", "2026-11-26T10:30", "2026-11-23T10:30:00", "1999-12-31",
         "2026-10-25T02:30:00", "0001-01-01", "9999-12-31"]
    ),
    st.sampled_from(["P0D", "-P3D", "P1DT8H30M", "-PT10H", "P2W", "-P62DT12H"]).map(
        lambda duration: {"relative": duration}
    ),
)  # fmt: skip
_CHOICES = st.sampled_from(["BJ", "FR", "US", "mobile", "fixed_line", "fixed_line_or_mobile"])


def _values(kind: FieldKind, code_id: str) -> st.SearchStrategy[Any]:
    return {
        FieldKind.TEXT: st.one_of(_TEXTS, st.just(code_id)),
        FieldKind.NUMBER: _NUMBERS,
        FieldKind.DATE: _TIMES,
        FieldKind.INSTANT: _TIMES,
        FieldKind.CHOICE: _CHOICES,
        FieldKind.YES_NO: st.booleans(),
    }[kind]


@st.composite
def _clauses(draw: st.DrawFn, code_id: str) -> dict[str, Any]:
    columns = columns_by_name(COLUMNS)
    name = draw(st.sampled_from([*columns, *PROPERTIES]))
    kind = columns[name].kind if name in columns else PROPERTIES[name]
    predicate = draw(st.sampled_from(PREDICATES_OF[kind]))
    clause: dict[str, Any] = {
        "column" if name in columns else "property": name,
        "predicate": str(predicate),
        "inverted": draw(st.booleans()),
        "exact": draw(st.booleans()),
    }
    values = _values(kind, code_id)
    if predicate is Predicate.BETWEEN:
        clause["values"] = draw(st.lists(values, min_size=2, max_size=2))
    elif predicate is Predicate.IN:
        clause["values"] = draw(st.lists(values, min_size=1, max_size=3))
    elif predicate is not Predicate.IS_EMPTY:
        clause["value"] = draw(values)
    return clause


def documents(code_id: str) -> st.SearchStrategy[dict[str, Any]]:
    """Filters of nested groups and clauses."""
    return st.recursive(
        _clauses(code_id),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=6,
    ).map(lambda node: {"all": [node]})
