"""Contacts that are saved together, and how a contact's new values meet its old ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kwabo.domain.contacts.contact_reader import ContactReader, ReadContact
from kwabo.domain.contacts.import_file import MAX_CELL_BYTES
from kwabo.domain.contacts.problems import Problem
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.contact_lists import ContactList
from kwabo.ports.contacts import Contact


@dataclass(frozen=True, slots=True)
class RejectedContact:
    """A contact of a batch that was not taken."""

    index: int
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What became of a batch. `contact_ids` are those of the contacts taken or known, in order."""

    added: int
    updated: int
    skipped: int
    rejected: tuple[RejectedContact, ...]
    contact_ids: tuple[UUID, ...]


class ContactBatch:
    """Decides one contact after the other: later ones meet the earlier ones of the batch too."""

    def __init__(
        self, contact_list: ContactList, ids: IdFactory, clock: Clock, *, update: bool
    ) -> None:
        self._list = contact_list
        self._ids = ids
        self._now = clock.now()
        self._update = update
        self._keys = [c for c in contact_list.columns if c.name in contact_list.key_columns]
        self._key_reader = ContactReader(self._keys, contact_list.key_columns, contact_list.region)
        self.known: dict[str, Contact] = {}  # by key: in the database, or of this batch
        self.new: dict[UUID, Contact] = {}
        self.changed: dict[UUID, Contact] = {}
        self._updated = self._skipped = 0
        self._rejected: list[RejectedContact] = []
        self._contact_ids: list[UUID] = []

    def key_of(self, data: Mapping[str, Any]) -> str | None:
        """The duplicate key of a contact's data, where it has one."""
        if not self._keys or unfit(self._list, data):
            return None
        return self._key_reader.read([as_text(data.get(c.name)) for c in self._keys]).external_key

    def take(self, index: int, data: Mapping[str, Any]) -> None:
        """Decide what becomes of a contact. `known` must have those of the batch's keys."""
        known = self.known.get(self.key_of(data) or "")
        if known is not None and not self._update:
            self._skipped += 1
            self._contact_ids.append(known.contact_id)
            return
        read = read_over(self._list, known.data if known else {}, data)
        if isinstance(read, Problem):
            self._rejected.append(RejectedContact(index, read))
        elif known is None:
            self._add(read)
        else:
            self._change(known, read)

    def _add(self, read: ReadContact) -> None:
        contact = Contact(
            contact_id=self._ids.new(),
            organisation_id=self._list.organisation_id,
            contact_list_id=self._list.contact_list_id,
            position=0,
            external_key=read.external_key,
            data=read.data,
            numbers=tuple(read.numbers),
            number_labels=tuple(read.number_labels),
            uncallable_numbers=(),
            time_zone=read.time_zone,
            language=read.language,
            callable=True,
            uncallable_reason=None,
            version=1,
            created_at=self._now,
            updated_at=self._now,
        )
        self.new[contact.contact_id] = contact
        if contact.external_key is not None:
            self.known[contact.external_key] = contact
        self._contact_ids.append(contact.contact_id)

    def _change(self, known: Contact, read: ReadContact) -> None:
        contact = replace(with_values(known, read), updated_at=self._now)
        pending = self.new if known.contact_id in self.new else self.changed
        pending[contact.contact_id] = contact
        self.known[str(contact.external_key)] = contact
        self._updated += 1
        self._contact_ids.append(contact.contact_id)

    def result(self) -> BatchResult:
        return BatchResult(
            added=len(self.new),
            updated=self._updated,
            skipped=self._skipped,
            rejected=tuple(self._rejected),
            contact_ids=tuple(self._contact_ids),
        )


def as_text(value: Any) -> str:
    """A JSON value as a cell's text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def read_over(
    contact_list: ContactList, before: Mapping[str, str], data: Mapping[str, Any]
) -> ReadContact | Problem:
    """The contact of `before` with `data` over it. Only problems of what `data` names count."""
    problem = unfit(contact_list, data)
    if problem:
        return problem
    merged = {**before, **{name: as_text(value) for name, value in data.items()}}
    values = [merged.get(column.name, "") for column in contact_list.columns]
    reader = ContactReader(contact_list.columns, contact_list.key_columns, contact_list.region)
    read = reader.read(values)
    if read.refusal:
        return read.refusal
    return next((found for found in read.problems if found.column in data), read)


def unfit(contact_list: ContactList, data: Mapping[str, Any]) -> Problem | None:
    """Why values cannot be kept at all, whatever their column's kind."""
    names = {column.name for column in contact_list.columns}
    for name, value in data.items():
        text = as_text(value)
        if name not in names:
            return Problem(code="UNKNOWN_COLUMN", column=name[:128])
        if "\0" in text:
            return Problem(code="NUL_BYTE", column=name)
        try:
            if len(text.encode()) > MAX_CELL_BYTES:
                return Problem(code="CELL_TOO_LONG", column=name)
        except UnicodeEncodeError:
            return Problem(code="BAD_ENCODING", column=name)
    return None


def with_values(contact: Contact, read: ReadContact) -> Contact:
    """The contact with new values; marks on numbers that it no longer has go."""
    kept = tuple(number for number in contact.uncallable_numbers if number in read.numbers)
    return replace(
        contact,
        external_key=read.external_key,
        data={**contact.data, **read.data},
        numbers=tuple(read.numbers),
        number_labels=tuple(read.number_labels),
        uncallable_numbers=kept,
        time_zone=read.time_zone,
        language=read.language,
    )
