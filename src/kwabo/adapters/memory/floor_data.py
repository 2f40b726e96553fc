"""What a floor in memory holds: the tables, and how others than the owner change them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.adapters.memory.tables import Table
from kwabo.ports.floor_store import (
    AttemptRow,
    CallbackWritten,
    CampaignRow,
    EventWritten,
    FloorName,
    PresenceWritten,
    TrunkRow,
    WrapUpCodeRow,
    WrapUpWritten,
)
from kwabo.services.claims import ClaimedCourse


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryContact:
    """A contact."""

    contact_id: UUID
    contact_list_id: UUID
    numbers: tuple[str, ...]
    labels: tuple[str, ...] = ()
    uncallable_numbers: frozenset[str] = frozenset()
    callable: bool = True
    uncallable_reason: str | None = None
    time_zone: str | None = None  # None: the list's
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryAttempt:
    """An attempt; `row` has all but what the owner never reads again."""

    row: AttemptRow
    fencing: int
    because: tuple[str, ...] = ()
    sip_code: int | None = None
    cause: int | None = None
    hung_up_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCourse:
    """A contact's standing in a campaign."""

    course: ClaimedCourse
    last_result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCallback:
    """A promise to call back."""

    written: CallbackWritten
    state: str = "open"  # open | done | cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUser:
    """A person who can be an agent."""

    user_id: UUID
    display_name: str
    queue_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCommand:
    """A command and what became of it."""

    command_id: UUID
    user_id: UUID | None
    kind: str
    payload: Mapping[str, Any]
    withdrawn: bool = False
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryLease:
    """Who owns the floor."""

    owner: str | None = None
    fencing: int = 0
    until: float | None = None  # steady clock
    position: int = 0  # of the newest event


class FloorData:
    """One organisation's tables, as a database would hold them."""

    def __init__(self, name: FloorName) -> None:
        self.name = name
        self.lease: Table[UUID, MemoryLease] = Table()
        self.lease.put(name.floor_id, MemoryLease())
        self.campaigns: Table[UUID, CampaignRow] = Table()
        self.scanned: Table[UUID, int] = Table()  # campaign → contacts of its list looked at
        self.contacts: Table[UUID, MemoryContact] = Table()
        self.lists: dict[UUID, list[UUID]] = {}  # contact list → contacts in order of visibility
        self.dnc: Table[tuple[UUID, str], datetime | None] = Table()  # list, number → expiry
        self.trunks: Table[UUID, TrunkRow] = Table()
        self.wrap_up_codes: Table[UUID, WrapUpCodeRow] = Table()
        self.users: Table[UUID, MemoryUser] = Table()
        self.presence: Table[UUID, PresenceWritten] = Table()
        self.courses: Table[tuple[UUID, UUID], MemoryCourse] = Table()  # campaign, contact
        self.attempts: Table[UUID, MemoryAttempt] = Table()
        self.wrap_ups: Table[UUID, WrapUpWritten] = Table()
        self.callbacks: Table[UUID, MemoryCallback] = Table()
        self.events: Table[int, EventWritten] = Table()
        self.commands: Table[UUID, MemoryCommand] = Table()
        self.command_given = asyncio.Event()

    def add_contact(self, contact: MemoryContact) -> None:
        """A contact becomes visible."""
        self.contacts.put(contact.contact_id, contact)
        self.lists.setdefault(contact.contact_list_id, []).append(contact.contact_id)

    def add_command(self, command: MemoryCommand) -> None:
        """Somebody asks the owner for something."""
        self.commands.put(command.command_id, command)
        self.command_given.set()

    def attempts_of(self, contact_id: UUID) -> list[MemoryAttempt]:
        """The contact's attempts in all campaigns."""
        return [a for a in self.attempts if a.row.contact_id == contact_id]
