"""Contacts by the API: added, updated, removed, found and exported.

A program is told of everything that is wrong: where a file's row is kept with a bad cell left out,
a contact of the API is refused. Saving is idempotent by the list's key: the same contact sent twice
is added once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from kwabo.domain.contacts.formula import neutralised
from kwabo.domain.contacts.problems import Problem, message
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.contact_lists import ContactList
from kwabo.ports.contacts import Contact, ContactSearch, SortPlace
from kwabo.services.column_guard import refuse_during_column_change
from kwabo.services.contact_batch import BatchResult, ContactBatch, read_over, with_values
from kwabo.services.contact_lists import found_list
from kwabo.services.contact_scan import ContactPage, scan
from kwabo.services.contact_search import ContactFilter, place_of, search_of, token_of
from kwabo.services.contact_sorting import sorted_page
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

OnDuplicate = Literal["update", "skip"]
COUNT_UP_TO = 10_000  # more matches of a search are not counted
_EXPORT_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChange:
    """What is to change; None: stays. `data` names only the columns that change."""

    data: Mapping[str, Any] | None = None
    callable: bool | None = None
    uncallable_reason: str | None = None


class ContactService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────

    async def find(
        self,
        asker: Asker,
        contact_list_id: UUID,
        wanted: ContactFilter,
        *,
        limit: int,
        token: str | None,
    ) -> ContactPage:
        """A page of a list's contacts.

        Matches that an index finds are counted up to 10,000: `total` is None when there are more.
        A part of a text is looked for as long as `contact_scan` allows: where the first request
        came to the list's end `total` is all matches, however many, else None. The order of a
        column takes all contacts: see `contact_sorting`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact_list = found_list(await stores.contact_lists.get(contact_list_id))
            search = search_of(contact_list, wanted)
            if not await _is_found(stores, search):
                look = scan if search.sort_column is None else sorted_page
                return await look(
                    stores.contacts, search, wanted, limit=limit, token=token, clock=self._clock
                )
            place = place_of(wanted, token)
            found = await stores.contacts.find(search, after=place, limit=limit + 1)
            total = len(found)
            if place is not None or total > limit:  # else all that match are on this page
                total = await stores.contacts.count(search, up_to=COUNT_UP_TO + 1)
        more, found = len(found) > limit, found[:limit]
        return ContactPage(
            items=[contact for contact, _ in found],
            next_page_token=token_of(wanted, found[-1][1]) if more else None,
            total=total if total <= COUNT_UP_TO else None,
        )

    async def get(self, asker: Asker, contact_id: UUID) -> Contact:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.contacts.get(contact_id))

    async def export(
        self, asker: Asker, contact_list_id: UUID, wanted: ContactFilter
    ) -> AsyncIterator[str]:
        """The list as a CSV text in parts: semicolons, with a mark by which spreadsheets see UTF-8.

        Read page by page, so that a slow reader holds no transaction open. The first part is ready
        when this returns: NotFound is raised before anything is sent.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact_list = found_list(await stores.contact_lists.get(contact_list_id))
            await stores.audit.record(
                "contact_list.exported",
                actor_user_id=asker.user_id,
                subject_kind="contact_list",
                subject_id=contact_list_id,
                at=self._clock.now(),
            )
        return self._export(asker, contact_list, search_of(contact_list, wanted))

    async def _export(
        self, asker: Asker, contact_list: ContactList, search: ContactSearch
    ) -> AsyncIterator[str]:
        yield "\ufeff" + csv_lines([[neutralised(c.name) for c in contact_list.columns]])
        pages = self._in_order if search.sort_column else self._along
        async for page in pages(asker, search):
            yield csv_lines(
                [
                    [
                        neutralised(contact.data.get(c.name, ""), c.kind)
                        for c in contact_list.columns
                    ]
                    for contact in page
                ]
            )

    async def _along(self, asker: Asker, search: ContactSearch) -> AsyncIterator[list[Contact]]:
        """A list in its own order: each page follows the last contact of the one before."""
        place: SortPlace | None = None
        while True:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                found = await stores.contacts.find(search, after=place, limit=_EXPORT_PAGE)
            if not found:
                return
            yield [contact for contact, _ in found]
            place = found[-1][1]

    async def _in_order(self, asker: Asker, search: ContactSearch) -> AsyncIterator[list[Contact]]:
        """A sorted list: sorted once, then read page by page."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            positions = await stores.contacts.positions(search)
        for start in range(0, len(positions), _EXPORT_PAGE):
            page = positions[start : start + _EXPORT_PAGE]
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                found = await stores.contacts.at(search.contact_list_id, page)
            yield found

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────

    async def save_one(
        self,
        asker: Asker,
        contact_list_id: UUID,
        data: Mapping[str, Any],
        on_duplicate: OnDuplicate,
        *,
        front: bool = False,
    ) -> tuple[Contact, bool]:
        """The contact and whether it is new. Raises NotFound, Invalid with the problem's code.

        `front`: campaigns of the list call it next, unless they have begun with it (OUT-25).
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            result = await self._save(stores, contact_list_id, [data], on_duplicate)
            for rejected in result.rejected:
                raise _invalid(rejected.problem)
            if front:
                await stores.contacts.put_in_front(contact_list_id, result.contact_ids)
            contact = _found(await stores.contacts.get(result.contact_ids[0]))
            return contact, result.added == 1

    async def save_many(
        self,
        asker: Asker,
        contact_list_id: UUID,
        contacts: Sequence[Mapping[str, Any]],
        on_duplicate: OnDuplicate,
        *,
        front: bool = False,
    ) -> BatchResult:
        """Good contacts are taken, the others come back with what is wrong. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            result = await self._save(stores, contact_list_id, contacts, on_duplicate)
            if front and result.contact_ids:
                await stores.contacts.put_in_front(contact_list_id, result.contact_ids)
            return result

    async def _save(
        self,
        stores: Stores,
        contact_list_id: UUID,
        contacts: Sequence[Mapping[str, Any]],
        on_duplicate: OnDuplicate,
    ) -> BatchResult:
        await refuse_during_column_change(stores, contact_list_id)
        contact_list = found_list(await stores.contact_lists.get(contact_list_id))
        await stores.contacts.lock_list(contact_list_id)
        batch = ContactBatch(contact_list, self._ids, self._clock, update=on_duplicate == "update")
        keys = {key for data in contacts if (key := batch.key_of(data)) is not None}
        for known in await stores.contacts.lock_by_keys(contact_list_id, sorted(keys)):
            batch.known[str(known.external_key)] = known
        for index, data in enumerate(contacts):
            batch.take(index, data)
        await stores.contacts.add(list(batch.new.values()))
        await stores.contacts.change(list(batch.changed.values()))
        return batch.result()

    async def change(
        self, asker: Asker, contact_id: UUID, version: int, change: ContactChange
    ) -> Contact:
        """Raises NotFound, Invalid, Conflict `STALE_VERSION`, `KEY_TAKEN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if change.data is not None:  # the list is locked before its contact, as elsewhere
                seen = _found(await stores.contacts.get(contact_id))
                await refuse_during_column_change(stores, seen.contact_list_id)
            old = _found(await stores.contacts.get_for_change(contact_id))
            check_version(version, old.version)
            new = replace(old, updated_at=self._clock.now())
            if change.data is not None:
                contact_list = found_list(await stores.contact_lists.get(old.contact_list_id))
                read = read_over(contact_list, old.data, change.data)
                if isinstance(read, Problem):
                    raise _invalid(read)
                new = with_values(new, read)
            if change.callable is not None:
                reason = (change.uncallable_reason or "SET_BY_PERSON")[:200]
                new = replace(
                    new,
                    callable=change.callable,
                    uncallable_reason=None if change.callable else reason,
                )
            await stores.contacts.change([new])
            return _found(await stores.contacts.get(contact_id))

    async def remove_one(self, asker: Asker, contact_id: UUID) -> None:
        """Raises NotFound, Conflict `CONTACT_IN_CALL`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact = _found(await stores.contacts.get_for_change(contact_id))
            if not await stores.contacts.remove(contact.contact_list_id, [contact_id], []):
                raise Conflict(
                    "CONTACT_IN_CALL",
                    "This contact is being called just now. Try again after the call.",
                )

    async def remove_many(
        self,
        asker: Asker,
        contact_list_id: UUID,
        contact_ids: Sequence[UUID],
        external_keys: Sequence[str],
    ) -> int:
        """How many were removed; those in a call just now stay. Raises NotFound for the list."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_list(await stores.contact_lists.get(contact_list_id))
            return await stores.contacts.remove(contact_list_id, contact_ids, external_keys)


def csv_lines(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV text with semicolons and Windows line ends."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue()


async def _is_found(stores: Stores, search: ContactSearch) -> bool:
    """Whether an index answers: by a number, or in order of arrival where all match."""
    if search.text is None and search.sort_column is None:
        return True
    return bool(search.numbers) and await stores.contacts.has_number(search)


def _found(contact: Contact | None) -> Contact:
    if contact is None:
        raise NotFound("NOT_FOUND", "There is no such contact.")
    return contact


def _invalid(problem: Problem) -> Invalid:
    return Invalid(
        problem.code,
        message(problem.code),
        field=f"data.{problem.column}" if problem.column else "data",
    )
