"""What a floor in memory holds: the tables, and how others than the owner change them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kwabo.adapters.memory.bell import Bell
from kwabo.adapters.memory.calls_before import CallsBefore
from kwabo.adapters.memory.floor_data_actions import DataActions
from kwabo.adapters.memory.floor_indexes import (
    AttemptIndex,
    CallbackIndex,
    CallersIndex,
    CommandIndex,
    CourseIndex,
)
from kwabo.adapters.memory.floor_persons import Persons
from kwabo.adapters.memory.floor_rows import (
    MemoryAttempt,
    MemoryCallback,
    MemoryCommand,
    MemoryContact,
    MemoryCourse,
    MemoryDncCheck,
    MemoryDncList,
    MemoryDncProvider,
    MemoryFlowRecording,
    MemoryInboundNumber,
    MemoryLease,
    MemoryLook,
    MemoryUser,
)
from kwabo.adapters.memory.law_facts import LawData
from kwabo.adapters.memory.tables import Journal, Table
from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.domain.routing.settings import QueueSettings
from kwabo.domain.routing.values import QueueTerms
from kwabo.ports.event_log import NewEvent
from kwabo.ports.floor_changes import (
    AlertEnded,
    EventWritten,
    MessageWanted,
    NoticeAsked,
    PresenceWritten,
    QueueStayWritten,
    RuleFired,
    VoicemailAwaited,
    VoicemailKept,
    WrapUpWritten,
)
from kwabo.ports.floor_rows import AgentAbilities, CampaignRow, FlowRow, TrunkRow, WrapUpCodeRow
from kwabo.ports.floor_store import FloorName
from kwabo.services.claims import KnownTerms

__all__ = [
    "FloorData",
    "MemoryAttempt",
    "MemoryCallback",
    "MemoryCommand",
    "MemoryContact",
    "MemoryCourse",
    "MemoryDncCheck",
    "MemoryDncList",
    "MemoryDncProvider",
    "MemoryInboundNumber",
    "MemoryLease",
    "MemoryLook",
    "MemoryUser",
]


class FloorData:
    """One organisation's tables, as a database would hold them."""

    def __init__(self, name: FloorName) -> None:
        self.name = name
        self.time_zone = "UTC"  # the organisation's
        self.lease: Table[UUID, MemoryLease] = Table()
        self.lease.put(name.floor_id, MemoryLease())
        self.campaigns: Table[UUID, CampaignRow] = Table()
        self.scanned: Table[UUID, int] = Table()  # campaign → contacts of its list looked at
        self.order: Table[UUID, dict[UUID, bytes]] = Table()  # sorted campaign → who waits, where
        self.looks: Table[int, MemoryLook] = Table()  # contacts to be looked at out of turn
        self.followed: Table[UUID, int] = Table()  # campaign → looks it has followed
        self.contacts: Table[UUID, MemoryContact] = Table()
        self.callers = CallersIndex(self.contacts)
        self.lists: dict[UUID, list[UUID]] = {}  # contact list → contacts in order of visibility
        self.dnc: Table[tuple[UUID, str], datetime | None] = Table()  # list, value → expiry
        self.dnc_lists: Table[UUID, MemoryDncList] = Table()  # those that are more than numbers
        self.dnc_checks: Table[tuple[UUID, str], MemoryDncCheck] = Table()  # list, number
        self.data_actions = DataActions()
        self.persons = Persons()
        self.before = CallsBefore()
        self.attempt_limits: Table[UUID, AttemptLimit] = Table()
        self.trunks: Table[UUID, TrunkRow] = Table()
        self.inbound_numbers: Table[str, MemoryInboundNumber] = Table()
        self.queue_terms: Table[UUID, QueueTerms] = Table()
        self.queue_settings: Table[UUID, QueueSettings] = Table()
        self.prompt_keys: Table[UUID, str] = Table()
        self.abilities: Table[UUID, AgentAbilities] = Table()
        self.flows: Table[UUID, FlowRow] = Table()  # published
        self.wrap_up_codes: Table[UUID, WrapUpCodeRow] = Table()
        self.users: Table[UUID, MemoryUser] = Table()
        self.presence: Table[UUID, PresenceWritten] = Table()
        self.courses_by = CourseIndex()
        self.courses: Table[tuple[UUID, UUID], MemoryCourse] = Table(self.courses_by)
        self.attempts_by = AttemptIndex()
        self.attempts: Table[UUID, MemoryAttempt] = Table(self.attempts_by)
        self.wrap_ups: Table[UUID, WrapUpWritten] = Table()
        self.callbacks_by = CallbackIndex()
        self.callbacks: Table[UUID, MemoryCallback] = Table(self.callbacks_by)
        self.queue_stays: Table[UUID, QueueStayWritten] = Table()
        self.voicemails: Table[UUID, VoicemailKept] = Table()
        self.flow_recordings: Table[tuple[UUID, str], MemoryFlowRecording] = Table()
        self.awaited_voicemails: Table[UUID, VoicemailAwaited] = Table()  # also those that came
        self.alerts: Table[UUID, AlertEnded] = Table()
        self.wanted_messages: Table[UUID, MessageWanted] = Table()
        self.incident_notices: Table[tuple[UUID, str], NoticeAsked] = Table()
        self.rule_firings: Table[int, RuleFired] = Table()
        self.logged: Table[int, NewEvent] = Table()
        self.events: Table[int, EventWritten] = Table()
        self.commands_by = CommandIndex()
        self.commands: Table[UUID, MemoryCommand] = Table(self.commands_by)
        self.command_given = Bell()
        self.law = LawData()
        self.known_terms = KnownTerms()

    def add_contact(self, contact: MemoryContact) -> None:
        """A contact becomes visible."""
        self.contacts.put(contact.contact_id, contact)
        self.persons.link(contact.contact_id, contact.numbers)
        self.lists.setdefault(contact.contact_list_id, []).append(contact.contact_id)

    def look_at(
        self,
        contact_list_id: UUID,
        contact_id: UUID,
        *,
        front: bool = False,
        journal: Journal | None = None,
    ) -> None:
        """Have campaigns of the list look at a contact out of turn."""
        look = MemoryLook(contact_list_id=contact_list_id, contact_id=contact_id, front=front)
        self.looks.put(len(self.looks), look, journal)

    def has_changed(self, contact_id: UUID, journal: Journal) -> None:
        """Something that filters or orders look at has changed, where a campaign may care."""
        contact = self.contacts.get(contact_id)
        if contact is not None and any(
            campaign.choice.follows_changes
            for campaign in self.campaigns
            if campaign.contact_list_id == contact.contact_list_id
        ):
            self.look_at(contact.contact_list_id, contact_id, journal=journal)

    def add_command(self, command: MemoryCommand) -> None:
        """Somebody asks the owner for something."""
        self.commands.put(command.command_id, command)
        self.command_given.ring()

    def attempts_of(self, contact_id: UUID) -> list[MemoryAttempt]:
        """The contact's attempts in all campaigns."""
        return [self.attempts[key] for key in self.attempts_by.of_contact.get(contact_id, ())]

    def attempts_on(self, numbers: Iterable[str]) -> list[MemoryAttempt]:
        """The attempts on these numbers, of whatever contact."""
        of_number = self.attempts_by.of_number
        return [self.attempts[key] for number in numbers for key in of_number.get(number, ())]
