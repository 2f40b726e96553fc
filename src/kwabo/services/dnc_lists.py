"""DNC lists: numbers that must not be called.

An entry counts from the moment its transaction commits: the rules read it before every attempt, and
the floor is told in the same transaction, so that a call which nobody has answered yet is taken
back. Adding and removing are kept in the audit log with the numbers: who excluded whom, and who
allowed it again, must be provable (REQ G12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.dnc_lists import DncEntry, DncList
from kwabo.services.names import checked_name
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork

MOST_ENTRIES: Final = 10_000  # in one request
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A number as a person or a program gives it."""

    number: str  # in any written form
    reason: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedEntry:
    """One that could not be read."""

    index: int  # in the request
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesPut:
    """What became of entries."""

    added: int
    updated: int
    rejected: Sequence[RejectedEntry]


class DncListService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[DncList]:
        """Every list, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.dnc_lists.all()

    async def add(self, asker: Asker, name: str) -> DncList:
        """Raises Invalid, Conflict `NAME_TAKEN`."""
        dnc_list = DncList(
            dnc_list_id=self._ids.new(),
            name=checked_name(name),
            entries=0,
            created_at=self._clock.now(),
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.dnc_lists.add(dnc_list)
            await self._note(stores, asker, "dnc_list.created", dnc_list, {"name": dnc_list.name})
        return dnc_list

    async def delete(self, asker: Asker, dnc_list_id: UUID) -> None:
        """With its entries. Raises NotFound, Conflict `DNC_LIST_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = await _found(stores, dnc_list_id)
            names = ", ".join(await stores.dnc_lists.campaigns_using(dnc_list_id))
            if names:
                raise Conflict(
                    "DNC_LIST_IN_USE",
                    f"These campaigns keep to the list: {names}. Give them another list first.",
                    details={"campaigns": names},
                )
            await stores.dnc_lists.delete(dnc_list_id)
            details = {"name": dnc_list.name, "entries": dnc_list.entries}
            await self._note(stores, asker, "dnc_list.deleted", dnc_list, details)

    async def entries(
        self, asker: Asker, dnc_list_id: UUID, *, search: str | None, limit: int, token: str | None
    ) -> Page[DncEntry]:
        """A page of the list's entries, by number."""
        position = position_of(token, str)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = await _found(stores, dnc_list_id)
            entries = await stores.dnc_lists.entries(
                dnc_list_id,
                search=_digits(search),
                after_number=position[0] if position else None,
                limit=limit + 1,
            )
        more = len(entries) > limit
        entries = entries[:limit]
        return Page(
            items=entries,
            next_page_token=page_token(entries[-1].number) if more else None,
            total=None if search else dnc_list.entries,
        )

    async def put(self, asker: Asker, dnc_list_id: UUID, new: Sequence[NewEntry]) -> EntriesPut:
        """Add entries or replace those with the same number. Bad numbers do not stop the others."""
        if len(new) > MOST_ENTRIES:
            raise Invalid(
                "TOO_MANY_ENTRIES",
                f"Send at most {MOST_ENTRIES:,} entries at once.",
                field="entries",
                details={"most": MOST_ENTRIES},
            )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = await _found(stores, dnc_list_id)
            organisation = await stores.organisations.get()
            region = organisation.region if organisation else "BJ"
            entries, rejected = self._read(asker, new, region)
            added = updated = 0
            if entries:
                added, updated = await stores.dnc_lists.put_entries(
                    dnc_list_id, list(entries.values())
                )
                await self._note(
                    stores, asker, "dnc_entries.added", dnc_list, {"numbers": sorted(entries)}
                )
                await stores.floor_commands.add(
                    self._ids.new(),
                    "dnc.added",
                    {"dnc_list_id": str(dnc_list_id), "numbers": sorted(entries)},
                    user_id=asker.user_id,
                    at=self._clock.now(),
                )
        return EntriesPut(added=added, updated=updated, rejected=rejected)

    async def remove(
        self, asker: Asker, dnc_list_id: UUID, numbers: Sequence[str], reason: str
    ) -> int:
        """Allow numbers to be called again; how many were on the list. A reason is needed."""
        reason = reason.strip()
        if not 3 <= len(reason) <= _LONGEST_REASON:
            raise Invalid(
                "REASON_NEEDED",
                "Say why these numbers may be called again (3 to 500 characters); it is kept as "
                "proof.",
                field="reason",
            )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = await _found(stores, dnc_list_id)
            organisation = await stores.organisations.get()
            region = organisation.region if organisation else "BJ"
            read = [read_number(number, region) for number in numbers]
            removed = await stores.dnc_lists.remove_entries(
                dnc_list_id, [number for number in read if isinstance(number, str)]
            )
            if removed:
                details = {"numbers": sorted(removed), "reason": reason}
                await self._note(stores, asker, "dnc_entries.removed", dnc_list, details)
        return len(removed)

    def _read(
        self, asker: Asker, new: Sequence[NewEntry], region: str
    ) -> tuple[dict[str, DncEntry], list[RejectedEntry]]:
        now = self._clock.now()
        entries: dict[str, DncEntry] = {}
        rejected: list[RejectedEntry] = []
        for index, entry in enumerate(new):
            number = read_number(entry.number, region)
            if not isinstance(number, str):
                text = message(number.code, asker.language)
                rejected.append(RejectedEntry(index=index, code=number.code, message=text))
            elif entry.expires_at is not None and entry.expires_at <= now:
                text = "This entry has expired already: give a time in the future, or none."
                rejected.append(RejectedEntry(index=index, code="EXPIRED", message=text))
            else:
                entries[number] = DncEntry(
                    number=number,
                    reason=entry.reason.strip()[:_LONGEST_REASON],
                    source="user" if asker.api_token_id is None else "api",
                    user_id=asker.user_id,
                    created_at=now,
                    expires_at=entry.expires_at,
                )
        return entries, rejected

    async def _note(
        self,
        stores: Stores,
        asker: Asker,
        action: str,
        dnc_list: DncList,
        details: Mapping[str, object],
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="dnc_list",
            subject_id=dnc_list.dnc_list_id,
            at=self._clock.now(),
            details=details,
        )


def _digits(search: str | None) -> str | None:
    """The part of a number that a search means: its digits."""
    digits = "".join(character for character in search or "" if character.isdigit())
    return digits or None


async def _found(stores: Stores, dnc_list_id: UUID) -> DncList:
    dnc_list = await stores.dnc_lists.get(dnc_list_id)
    if dnc_list is None:
        raise NotFound("NOT_FOUND", "There is no such DNC list.")
    return dnc_list
