"""What a contact list says of time zones: who tells where a number is, and in which column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kwabo.domain.compliance.number_zones import ZONE_SOURCES
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.kernel.errors import Invalid
from kwabo.ports.contact_lists import ContactList


def check_zones(zone_source: str, columns: Sequence[Column]) -> None:
    """Raises Invalid: a source or a column about zones that means nothing."""
    if zone_source not in ZONE_SOURCES:
        raise Invalid(
            "ZONE_SOURCE",
            "Choose number, number_then_list or list.",
            field="zone_source",
        )
    phones = {column.name: column for column in columns if column.kind is ColumnKind.PHONE}
    about = [column for column in columns if column.phone_column is not None]
    for column in about:
        if column.kind is not ColumnKind.TIME_ZONE or column.phone_column not in phones:
            raise Invalid(
                "PHONE_COLUMN",
                f"Column {column.name}: only a column of kind time_zone can be about a phone "
                "column, and it must be one of the list's.",
                field="columns",
                details={"column": column.name},
            )
    labels = Counter(phone.label for phone in phones.values())
    named = Counter(column.phone_column for column in about)
    for column in about:
        assert column.phone_column is not None
        label = phones[column.phone_column].label
        if named[column.phone_column] > 1 or labels[label] > 1:
            raise Invalid(
                "PHONE_COLUMN_TWICE",
                f"Phone column {column.phone_column} needs a label of its own, and one time zone "
                "column at most, so that each number has one zone.",
                field="columns",
                details={"column": column.phone_column},
            )


def zones_differ(old: ContactList, new: ContactList) -> bool:
    """Whether contacts may be in other zones after the change."""
    return _zones(old) != _zones(new)


def _zones(contact_list: ContactList) -> tuple[object, ...]:
    columns = {
        (column.name, column.label, column.phone_column)
        for column in contact_list.columns
        if column.kind in (ColumnKind.TIME_ZONE, ColumnKind.PHONE)
    }
    return contact_list.time_zone, contact_list.zone_source, columns
