"""Whether an incident concerns a caller.

A place said in the call stands above what is known of the caller; who is nowhere in particular
hears only of incidents that are everywhere. Names of places are compared without accents, capitals,
spaces and hyphens: `Abomey-Calavi` is `ABOMEY CALAVI`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kwabo.domain.incidents.incident import DECLARED, Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of contacts that tell a caller's place; the first that is filled in counts."""

    commune: Sequence[str] = ("commune",)
    cell: Sequence[str] = ("cell", "cellule", "last_cell")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerPlace:
    """Where a caller is, as far as anybody knows; normal forms."""

    communes: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()
    service: str = ""  # asked about; '': any


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a call says and what is known of the caller."""

    service: str = ""
    place: str = ""  # commune or cell, said in the call
    contact: Mapping[str, str] = field(default_factory=dict)


def normal(name: str) -> str:
    """The form in which names are compared."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "", plain).casefold()


def place_of(known: Known, columns: Columns) -> CallerPlace:
    """Where the caller is."""
    service = normal(known.service)
    said = normal(known.place)
    if said:
        places = frozenset({said})
        return CallerPlace(communes=places, cells=places, service=service)
    by_name = {normal(name): value for name, value in known.contact.items()}
    return CallerPlace(
        communes=_first(by_name, columns.commune),
        cells=_first(by_name, columns.cell),
        service=service,
    )


def concerning(
    incidents: Iterable[Incident], place: CallerPlace, now: datetime
) -> tuple[Incident, ...]:
    """Those that concern the caller: the nearest first, of equally near ones the newest."""
    found = [
        (near, one)
        for one in incidents
        if one.state == DECLARED
        and one.starts_at <= now
        and _serves(one, place)
        and (near := _near(one, place)) > 0
    ]
    found.sort(key=lambda pair: (-pair[0], -pair[1].starts_at.timestamp(), pair[1].incident_id))
    return tuple(one for _, one in found)


def _serves(one: Incident, place: CallerPlace) -> bool:
    service = normal(one.service)
    return not service or not place.service or service == place.service


def _near(one: Incident, place: CallerPlace) -> int:
    """3: the caller's cell; 2: the commune; 1: everywhere; 0: elsewhere."""
    if not one.communes and not one.cells:
        return 1
    if any(normal(cell) in place.cells for cell in one.cells):
        return 3
    return 2 if any(normal(commune) in place.communes for commune in one.communes) else 0


def _first(by_name: Mapping[str, str], columns: Sequence[str]) -> frozenset[str]:
    for column in columns:
        value = normal(by_name.get(normal(column), ""))
        if value:
            return frozenset({value})
    return frozenset()
