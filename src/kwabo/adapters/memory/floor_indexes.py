"""What a floor in memory finds without looking through its tables."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import TypeVar
from uuid import UUID

from kwabo.adapters.memory.floor_rows import (
    MemoryAttempt,
    MemoryCallback,
    MemoryCommand,
    MemoryContact,
    MemoryCourse,
)
from kwabo.adapters.memory.tables import Table
from kwabo.ports.floor_changes import AttemptWritten
from kwabo.ports.floor_rows import AttemptRow

K = TypeVar("K", UUID, str)


@dataclass(slots=True)
class CampaignTally:
    """A campaign's closed attempts, counted."""

    attempts: int = 0
    answered: int = 0
    abandoned: int = 0
    results: dict[str, int] = field(default_factory=dict)

    def count(self, row: AttemptRow | AttemptWritten, by: int) -> None:
        """One more, or one less."""
        result = str(row.result)
        self.attempts += by if row.dialling_at is not None else 0
        if result == "person":
            self.answered += by if row.answered_at is not None else 0
            self.abandoned += by if row.abandoned else 0
        left = self.results.get(result, 0) + by
        if left:
            self.results[result] = left
        else:
            self.results.pop(result, None)


class AttemptIndex:
    """Attempts of a contact and on a number, live ones of an agent and by channel, and counts.

    Ids, in the order in which the attempts came; most changes of an attempt leave them as they are.
    """

    def __init__(self) -> None:
        self.tallies: dict[UUID, CampaignTally] = {}  # by campaign
        self.live_of_channel: dict[str, MemoryAttempt] = {}  # of calls from outside
        self.of_contact: dict[UUID, dict[UUID, None]] = {}
        self.of_number: dict[str, dict[UUID, None]] = {}
        self.live_of_agent: dict[UUID, dict[UUID, None]] = {}

    def change(self, key: UUID, old: MemoryAttempt | None, new: MemoryAttempt | None) -> None:
        for one, by in ((old, -1), (new, 1)):
            if one is not None and one.result is not None:
                self._tally(one, by)
        self._by_channel(old, new)
        before, agent = _agent_of(old), _agent_of(new)
        if before is not agent:
            if before is not None:
                self.live_of_agent[before].pop(key, None)
            if agent is not None:
                _put(self.live_of_agent, agent, key)
        if old is not None and new is not None:
            if new.number != old.number:
                self.of_number[old.number].pop(key, None)
                _put(self.of_number, new.number, key)
        elif new is not None:
            _put(self.of_contact, new.contact_id, key)
            _put(self.of_number, new.number, key)
        elif old is not None:
            self.of_contact[old.contact_id].pop(key, None)
            self.of_number[old.number].pop(key, None)

    def _tally(self, one: MemoryAttempt, by: int) -> None:
        tally = self.tallies.get(one.campaign_id)
        if tally is None:
            tally = self.tallies[one.campaign_id] = CampaignTally()
        tally.count(one.latest, by)

    def _by_channel(self, old: MemoryAttempt | None, new: MemoryAttempt | None) -> None:
        if old is not None and old.channel_id:
            self.live_of_channel.pop(old.channel_id, None)
        if new is not None and new.channel_id and new.state != "closed":
            self.live_of_channel[new.channel_id] = new


def _agent_of(attempt: MemoryAttempt | None) -> UUID | None:
    """Whose live attempt it is."""
    return attempt.agent_user_id if attempt is not None and attempt.state != "closed" else None


def _put(index: dict[K, dict[UUID, None]], where: K, key: UUID) -> None:
    known = index.get(where)
    if known is None:
        index[where] = {key: None}
    else:
        known[key] = None


class CampaignCourses:
    """One campaign's courses: how many there are of each kind, and which open one is due first."""

    def __init__(self) -> None:
        self.in_progress = 0
        self.finished = 0
        # Due time, order, contact; entries whose course has changed meanwhile are passed over.
        self._due: list[tuple[datetime, int, UUID]] = []
        self._open: dict[UUID, tuple[datetime, int]] = {}  # contact → its entry that counts
        self._order = count()

    def change(self, contact_id: UUID, old: MemoryCourse | None, new: MemoryCourse | None) -> None:
        """A course takes the place of another."""
        if old is not None:
            self._count(old, -1)
        if new is not None:
            self._count(new, 1)
        at = None
        if new is not None and new.course.state == "open":
            at = new.course.next_attempt_at
        known = self._open.get(contact_id)
        if at is None:
            if known is not None:
                del self._open[contact_id]
        elif known is None or known[0] != at:
            order = next(self._order)
            self._open[contact_id] = (at, order)
            heapq.heappush(self._due, (at, order, contact_id))

    def _count(self, course: MemoryCourse, by: int) -> None:
        state = course.course.state
        if state == "in_progress":
            self.in_progress += by
        elif state == "finished":
            self.finished += by

    def first(self) -> UUID | None:
        """The contact of the open course that is due first."""
        while self._due:
            at, order, contact_id = self._due[0]
            if self._open.get(contact_id) == (at, order):
                return contact_id
            heapq.heappop(self._due)
        return None

    def any_due(self, now: datetime) -> bool:
        """Whether a course is due."""
        return self.first() is not None and self._due[0][0] <= now

    def due(self, now: datetime) -> Generator[UUID, None, None]:
        """Contacts of courses that are due, the longest due first. Close it when done."""
        seen: list[tuple[datetime, int, UUID]] = []
        try:
            while self.any_due(now):
                entry = heapq.heappop(self._due)
                seen.append(entry)
                yield entry[2]
        finally:
            for entry in seen:
                heapq.heappush(self._due, entry)


class CourseIndex:
    """Courses by campaign."""

    def __init__(self) -> None:
        self._campaigns: dict[UUID, CampaignCourses] = {}

    def of(self, campaign_id: UUID) -> CampaignCourses:
        """The campaign's courses."""
        known = self._campaigns.get(campaign_id)
        if known is None:
            known = self._campaigns[campaign_id] = CampaignCourses()
        return known

    def change(
        self, key: tuple[UUID, UUID], old: MemoryCourse | None, new: MemoryCourse | None
    ) -> None:
        self.of(key[0]).change(key[1], old, new)


class CallbackIndex:
    """Open callbacks of a contact in a campaign; there is one at most."""

    def __init__(self) -> None:
        self.open: dict[tuple[UUID, UUID], MemoryCallback] = {}

    def change(self, key: UUID, old: MemoryCallback | None, new: MemoryCallback | None) -> None:
        for one in (old, new):
            if one is not None:
                where = (one.written.campaign_id, one.written.contact_id)
                known = self.open.get(where)
                if known is not None and known.written.callback_id == key:
                    del self.open[where]
                if one is new and one.state == "open":
                    self.open[where] = one


class CallersIndex:
    """Contacts by number, of the lists of those who call in."""

    def __init__(self, contacts: Table[UUID, MemoryContact]) -> None:
        self._contacts = contacts
        self._of: dict[UUID, dict[str, UUID]] = {}  # list → number → its newest contact
        self._seen: dict[UUID, int] = {}  # list → contacts looked at

    def find(self, contact_list_id: UUID, contacts: Sequence[UUID], number: str) -> UUID | None:
        """The list's newest contact with the number; `contacts`: the list, which only grows."""
        seen = self._seen.get(contact_list_id, 0)
        if seen > len(contacts):  # another list took its place
            seen = 0
        known = self._of.setdefault(contact_list_id, {}) if seen else {}
        for contact_id in contacts[seen:]:
            contact = self._contacts.get(contact_id)
            known.update(dict.fromkeys(contact.numbers if contact else (), contact_id))
        self._of[contact_list_id], self._seen[contact_list_id] = known, len(contacts)
        return known.get(number)


class CommandIndex:
    """Commands that wait, the oldest first."""

    def __init__(self) -> None:
        self._orders: dict[UUID, int] = {}  # of commands that wait or may wait again
        self._waiting: dict[UUID, MemoryCommand] = {}
        self._order = count()

    def change(self, key: UUID, old: MemoryCommand | None, new: MemoryCommand | None) -> None:
        if new is not None and new.answer is None and not new.withdrawn:
            if key not in self._orders:
                self._orders[key] = next(self._order)
            self._waiting[key] = new
        else:
            self._waiting.pop(key, None)

    def first(self, limit: int) -> list[MemoryCommand]:
        """As many as wanted."""
        waiting = self._waiting
        if len(waiting) > 1:
            return sorted(waiting.values(), key=lambda c: self._orders[c.command_id])[:limit]
        return list(waiting.values())[:limit]
