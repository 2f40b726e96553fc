"""Contact lists: made, changed, removed.

Here columns are added and reordered, and while a list is empty changed in any way. Once it has
contacts, a column is renamed, given another kind or label, or removed by a change that rewrites the
contacts (`column_changes`), and the key columns stay: every contact's key was made from them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from uuid import UUID

from kwabo.domain.contacts.columns import Column, ColumnKind, read_time_zone
from kwabo.domain.contacts.import_file import MAX_COLUMNS
from kwabo.domain.contacts.import_plan import check_columns
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.contact_lists import ContactList
from kwabo.services.callable_hours import reconsider
from kwabo.services.column_guard import refuse_during_column_change
from kwabo.services.list_zones import check_zones, zones_differ
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContactList:
    """A list to be made; None: as the organisation has it."""

    name: str
    region: str | None = None
    time_zone: str | None = None
    zone_source: str | None = None
    columns: tuple[Column, ...] = ()
    key_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactListChange:
    """What is to change; None: stays."""

    name: str | None = None
    region: str | None = None
    time_zone: str | None = None
    zone_source: str | None = None
    columns: tuple[Column, ...] | None = None
    key_columns: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CountedList:
    """A list and how many contacts it has."""

    contact_list: ContactList
    contacts: int


class ContactListService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def find(
        self, asker: Asker, *, search: str | None, limit: int, token: str | None
    ) -> Page[CountedList]:
        """A page of lists by name."""
        position = position_of(token, str)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            lists = await stores.contact_lists.find(
                search=search or None,
                after_name=position[0] if position else None,
                limit=limit + 1,
            )
            more, lists = len(lists) > limit, lists[:limit]
            counts = await stores.contact_lists.count_contacts(
                [found.contact_list_id for found in lists]
            )
            total = await stores.contact_lists.count(search=search or None)
        return Page(
            items=[CountedList(found, counts[found.contact_list_id]) for found in lists],
            next_page_token=page_token(lists[-1].name) if more else None,
            total=total,
        )

    async def get(self, asker: Asker, contact_list_id: UUID) -> CountedList:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await _counted(stores, contact_list_id)

    async def add(self, asker: Asker, new: NewContactList) -> CountedList:
        """Raises Invalid, Conflict `NAME_TAKEN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact_list = await make_list(
                stores, asker, new, contact_list_id=self._ids.new(), clock=self._clock
            )
            return await _counted(stores, contact_list.contact_list_id)

    async def change(
        self, asker: Asker, contact_list_id: UUID, version: int, change: ContactListChange
    ) -> CountedList:
        """Raises NotFound, Invalid, Conflict: version, `LIST_NOT_EMPTY`, `IMPORT_RUNNING`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_list(await stores.contact_lists.get_for_change(contact_list_id))
            check_version(version, old.version)
            given = {
                name: value
                for name in (field.name for field in fields(ContactListChange))
                if (value := getattr(change, name)) is not None
            }
            new = checked(replace(old, **given, updated_at=self._clock.now()))
            await _check_shape(stores, old, new)
            await stores.contact_lists.change(new)
            if zones_differ(old, new):
                campaigns = await stores.callable_time_sets.campaigns_of_list(contact_list_id)
                await reconsider(stores, asker, campaigns, ids=self._ids, clock=self._clock)
            await stores.audit.record(
                "contact_list.changed",
                actor_user_id=asker.user_id,
                subject_kind="contact_list",
                subject_id=contact_list_id,
                at=self._clock.now(),
                details={"changed": sorted(given)},
            )
            return await _counted(stores, contact_list_id)

    async def remove(self, asker: Asker, contact_list_id: UUID) -> None:
        """With its contacts. Raises NotFound, Conflict `LIST_IN_USE`, `IMPORT_RUNNING`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_list(await stores.contact_lists.get_for_change(contact_list_id))
            await refuse_during_import(stores, contact_list_id)
            await stores.contact_lists.remove(contact_list_id)
            await stores.audit.record(
                "contact_list.removed",
                actor_user_id=asker.user_id,
                subject_kind="contact_list",
                subject_id=contact_list_id,
                at=self._clock.now(),
                details={"name": old.name},
            )


async def make_list(
    stores: Stores, asker: Asker, new: NewContactList, *, contact_list_id: UUID, clock: Clock
) -> ContactList:
    """Add a list within a transaction."""
    organisation = await stores.organisations.get()
    if organisation is None:
        raise NotFound("NOT_FOUND", "There is no such organisation.")
    now = clock.now()
    contact_list = checked(
        ContactList(
            contact_list_id=contact_list_id,
            organisation_id=asker.organisation_id,
            name=new.name.strip(),
            region=new.region or organisation.region,
            time_zone=new.time_zone or organisation.time_zone,
            zone_source=new.zone_source or "number_then_list",
            columns=new.columns,
            key_columns=new.key_columns,
            version=1,
            created_at=now,
            updated_at=now,
        )
    )
    await stores.contact_lists.add(contact_list)
    await stores.audit.record(
        "contact_list.created",
        actor_user_id=asker.user_id,
        subject_kind="contact_list",
        subject_id=contact_list_id,
        at=now,
        details={"name": contact_list.name},
    )
    return contact_list


def found_list(contact_list: ContactList | None) -> ContactList:
    """The list, or NotFound."""
    if contact_list is None:
        raise NotFound("NOT_FOUND", "There is no such contact list.")
    return contact_list


def check_region(region: str) -> None:
    """Raises Invalid unless this is a country's two letters."""
    if not re.fullmatch(r"[A-Z]{2}", region):
        raise Invalid(
            "REGION_UNKNOWN", "The region is a country's two letters, such as BJ.", field="region"
        )


def checked(contact_list: ContactList) -> ContactList:
    """The list with its columns numbered. Raises Invalid."""
    if not 1 <= len(contact_list.name.strip()) <= 200:
        raise Invalid("NAME_LENGTH", "The name needs 1 to 200 characters.", field="name")
    check_region(contact_list.region)
    if read_time_zone(contact_list.time_zone) != contact_list.time_zone:
        raise Invalid(
            "TIME_ZONE_UNKNOWN",
            "There is no such time zone. Give its IANA name, such as Africa/Porto-Novo.",
            field="time_zone",
        )
    columns = tuple(
        replace(column, position=index) for index, column in enumerate(contact_list.columns)
    )
    code = "TOO_MANY_COLUMNS" if len(columns) > MAX_COLUMNS else check_columns(columns)
    if code:
        raise Invalid(code, COLUMN_MESSAGES[code], field="columns")
    check_zones(contact_list.zone_source, columns)
    unknown = set(contact_list.key_columns) - {column.name for column in columns}
    if unknown:
        raise Invalid(
            "KEY_COLUMN_UNKNOWN",
            "Every key column must be one of the list's columns.",
            field="key_columns",
            details={"columns": ", ".join(sorted(unknown))},
        )
    return replace(contact_list, name=contact_list.name.strip(), columns=columns)


COLUMN_MESSAGES = {
    "COLUMN_NAME": "A column's name needs 1 to 128 characters.",
    "COLUMN_TWICE": "Two columns have the same name. Rename one of them.",
    "NO_PHONE_COLUMN": "A list needs a phone column. Choose the kind 'phone' for one of them.",
    "TOO_MANY_COLUMNS": f"A list has at most {MAX_COLUMNS} columns. Leave some out.",
}


async def refuse_during_import(stores: Stores, contact_list_id: UUID) -> None:
    """Raise Conflict `IMPORT_RUNNING` while a file is being imported into the list."""
    if await stores.imports.active_in_list(contact_list_id):
        raise Conflict(
            "IMPORT_RUNNING",
            "A file is being imported into this list. Wait for it, or cancel the import first.",
        )


async def _check_shape(stores: Stores, old: ContactList, new: ContactList) -> None:
    if old.columns == new.columns and old.key_columns == new.key_columns:
        return
    await refuse_during_import(stores, old.contact_list_id)
    await refuse_during_column_change(stores, old.contact_list_id, checked_too=True)
    if not _needs_empty_list(old.columns, new.columns) and old.key_columns == new.key_columns:
        return
    counts = await stores.contact_lists.count_contacts([old.contact_list_id])
    if counts[old.contact_list_id]:
        raise Conflict(
            "LIST_NOT_EMPTY",
            "The list has contacts: rename, retype or remove a column on the list's page of "
            "columns, one at a time. The key stays as it is.",
            field="columns",
        )


def _needs_empty_list(old: Sequence[Column], new: Sequence[Column]) -> bool:
    """Whether contacts would have to be rewritten."""
    after = {column.name: column for column in new}
    for column in old:
        now = after.get(column.name)
        if now is None or now.kind is not column.kind:
            return True
        if column.kind is ColumnKind.PHONE and now.label != column.label:
            return True
    phones = [c.name for c in old if c.kind is ColumnKind.PHONE]
    return phones != [c.name for c in new if c.name in phones]


async def _counted(stores: Stores, contact_list_id: UUID) -> CountedList:
    contact_list = found_list(await stores.contact_lists.get(contact_list_id))
    counts = await stores.contact_lists.count_contacts([contact_list_id])
    return CountedList(contact_list, counts[contact_list_id])
