"""What stands on DNC lists: put there, searched, explained, exported, removed with a reason.

An entry counts from the moment its transaction commits: the rules read it before every attempt, and
the floor is told in the same transaction, so that a call which nobody has answered yet is taken
back. Adding and removing are kept in the audit log with the values: who excluded whom, and who
allowed it again, must be provable (REQ G12).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from kwabo.domain.contacts.formula import neutralised
from kwabo.domain.contacts.problems import Problem, message
from kwabo.domain.dnc_lists.values import canonical_value, read_entry
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid
from kwabo.kernel.ids import IdFactory
from kwabo.ports.dnc_lists import DncEntry, DncList, DncListing
from kwabo.services.contacts import csv_lines
from kwabo.services.dnc_lists import found_dnc_list, tell_floor
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.reopening import reopen
from kwabo.services.unit_of_work import Stores, UnitOfWork

MOST_ENTRIES: Final = 10_000  # in one request
LONGEST_REASON: Final = 500
_EXPORT_PAGE: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A number or a column's value as a person or a program gives it."""

    value: str  # a number in any written form
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


class DncEntryService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def page(
        self, asker: Asker, dnc_list_id: UUID, *, search: str | None, limit: int, token: str | None
    ) -> Page[DncEntry]:
        """A page of the list's entries, by value. A whole number in any written form finds itself;
        anything else is looked for within the entries."""
        position = position_of(token, str)
        after = position[0] if position else None
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = await found_dnc_list(stores, dnc_list_id)
            part = _part(search, dnc_list)
            entries: Sequence[DncEntry] = ()
            if part is not None:
                whole = read_entry(search or "", dnc_list.key_column, await _region(stores))
                if isinstance(whole, str):
                    entries = await stores.dnc_lists.entries(
                        dnc_list_id, exact=whole, after_value=after, limit=1
                    )
            if not entries:
                entries = await stores.dnc_lists.entries(
                    dnc_list_id, search=part, after_value=after, limit=limit + 1
                )
            total = await stores.dnc_lists.count(dnc_list_id) if part is None else None
        more = len(entries) > limit
        entries = entries[:limit]
        return Page(
            items=entries,
            next_page_token=page_token(entries[-1].value) if more else None,
            total=total,
        )

    async def put(self, asker: Asker, dnc_list_id: UUID, new: Sequence[NewEntry]) -> EntriesPut:
        """Add entries or replace those with the same value. Bad ones do not stop the others."""
        if len(new) > MOST_ENTRIES:
            raise Invalid(
                "TOO_MANY_ENTRIES",
                f"Send at most {MOST_ENTRIES:,} entries at once.",
                field="entries",
                details={"most": MOST_ENTRIES},
            )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = by_hand(await found_dnc_list(stores, dnc_list_id))
            entries, rejected = self._read(asker, new, dnc_list, await _region(stores))
            added = updated = 0
            if entries:
                values = sorted(entries)
                added, updated = await stores.dnc_lists.put_entries(
                    dnc_list_id, list(entries.values())
                )
                await self._note(
                    stores, asker, "dnc_entries.added", dnc_list, {_values_name(dnc_list): values}
                )
                await tell_floor(stores, self._ids, self._clock, dnc_list_id, asker.user_id)
        return EntriesPut(added=added, updated=updated, rejected=rejected)

    async def remove(
        self, asker: Asker, dnc_list_id: UUID, values: Sequence[str], reason: str
    ) -> tuple[int, int]:
        """Allow calls again; how many values were on the list, and how many contacts that a list
        had finished are looked at again (of lists by number). A reason is needed."""
        reason = reason.strip()
        if not 3 <= len(reason) <= LONGEST_REASON:
            raise Invalid(
                "REASON_NEEDED",
                "Say why these numbers may be called again (3 to 500 characters); it is kept as "
                "proof.",
                field="reason",
            )
        reopened = 0
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = by_hand(await found_dnc_list(stores, dnc_list_id))
            region = await _region(stores)
            read = {read_entry(value, dnc_list.key_column, region) for value in values}
            removed = await stores.dnc_lists.remove_entries(
                dnc_list_id, [value for value in read if isinstance(value, str)]
            )
            if removed and dnc_list.key_column is None:
                reopened = await reopen(
                    stores,
                    self._ids,
                    ["DNC_LISTED"],
                    removed,
                    user_id=asker.user_id,
                    now=self._clock.now(),
                )
            if removed:
                details = {_values_name(dnc_list): sorted(removed), "reason": reason}
                await self._note(stores, asker, "dnc_entries.removed", dnc_list, details)
        return len(removed), reopened

    async def listings(
        self, asker: Asker, text: str
    ) -> tuple[str | None, str, Sequence[DncListing]]:
        """Where something stands: its number in E.164 if it is one, its form as a value, and the
        lists and providers that have it."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            read = read_entry(text, None, await _region(stores))
            number = read if isinstance(read, str) else None
            value = canonical_value(text)
            return number, value, await stores.dnc_lists.listings(number, value)

    async def export(self, asker: Asker, dnc_list_id: UUID) -> AsyncIterator[str]:
        """The whole list as CSV text in parts. NotFound is raised before anything is sent."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = with_entries(await found_dnc_list(stores, dnc_list_id))
            await self._note(stores, asker, "dnc_list.exported", dnc_list, {"name": dnc_list.name})
        return self._export(asker, dnc_list)

    async def _export(self, asker: Asker, dnc_list: DncList) -> AsyncIterator[str]:
        header = _EXPORT_HEADER["fr" if asker.language == "fr" else "en"]
        by_number = dnc_list.key_column is None
        yield "\ufeff" + csv_lines(
            [[header[0] if by_number else dnc_list.key_column or "", *header[1:]]]
        )
        after: str | None = None
        while True:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                entries = await stores.dnc_lists.entries(
                    dnc_list.dnc_list_id, after_value=after, limit=_EXPORT_PAGE
                )
            if not entries:
                return
            after = entries[-1].value
            yield csv_lines(
                [
                    [
                        entry.value if by_number else neutralised(entry.value),
                        neutralised(entry.reason),
                        entry.source,
                        neutralised(entry.user_name or ""),
                        _minute(entry.created_at),
                        _minute(entry.expires_at) if entry.expires_at else "",
                    ]
                    for entry in entries
                ]
            )

    def _read(
        self, asker: Asker, new: Sequence[NewEntry], dnc_list: DncList, region: str
    ) -> tuple[dict[str, DncEntry], list[RejectedEntry]]:
        now = self._clock.now()
        entries: dict[str, DncEntry] = {}
        rejected: list[RejectedEntry] = []
        for index, entry in enumerate(new):
            value = read_entry(entry.value, dnc_list.key_column, region)
            if isinstance(value, Problem):
                text = message(value.code, asker.language)
                rejected.append(RejectedEntry(index=index, code=value.code, message=text))
            elif entry.expires_at is not None and entry.expires_at <= now:
                rejected.append(
                    RejectedEntry(index=index, code="EXPIRED", message=_expired(asker.language))
                )
            else:
                entries[value] = DncEntry(
                    value=value,
                    reason=entry.reason.strip()[:LONGEST_REASON],
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


_EXPORT_HEADER: Final = {
    "en": ["number", "reason", "source", "added by", "since", "until"],
    "fr": ["numéro", "motif", "source", "ajouté par", "depuis", "jusqu'au"],
}


def with_entries(dnc_list: DncList) -> DncList:
    """Raises Conflict `DNC_LIST_HAS_PROVIDER` for a list whose provider is asked."""
    if dnc_list.provider is not None:
        raise Conflict(
            "DNC_LIST_HAS_PROVIDER",
            "This list has no entries of its own: its provider is asked. Choose another list.",
        )
    return dnc_list


def by_hand(dnc_list: DncList) -> DncList:
    """Raises Conflict as `with_entries`, and `DNC_LIST_SCREENING` for an authority's list."""
    if dnc_list.screening_authority is not None:
        raise Conflict(
            "DNC_LIST_SCREENING",
            "This list is an authority's: only whole copies of it are uploaded. Choose another "
            "list for entries of your own.",
        )
    return with_entries(dnc_list)


def _expired(language: str) -> str:
    if language == "fr":
        return "Cette opposition a déjà expiré : donnez une date à venir, ou aucune."
    return "This entry has expired already: give a time in the future, or none."


def _values_name(dnc_list: DncList) -> str:
    return "numbers" if dnc_list.key_column is None else "values"


def _minute(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%MZ")


def _part(search: str | None, dnc_list: DncList) -> str | None:
    """What to look for within entries: a number's digits, or a value in its canonical form."""
    if dnc_list.key_column is not None:
        return canonical_value(search or "") or None
    digits = "".join(character for character in search or "" if character.isdigit())
    return digits or None


async def _region(stores: Stores) -> str:
    organisation = await stores.organisations.get()
    return organisation.region if organisation else "BJ"
