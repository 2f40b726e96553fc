"""What the owner of a floor keeps in the database.

One process owns a floor at a time, under a lease with a fencing number. Every transaction names
that number and is refused (`FloorLost`) once another owner has a higher one. Everything that must
survive is written here before the outside world is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.call_analysis.network import NetworkAnswer
from kwabo.domain.call_analysis.response_set import DEFAULT, ResponseSet
from kwabo.domain.callbacks.terms import (
    DEFAULT_CALLBACKS,
    DEFAULT_RECORDS,
    CallbackTerms,
    RecordTerms,
)
from kwabo.domain.campaigns.rule_sets.document import RuleSet
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.contacts.filters.in_use import EVERYBODY, Choice
from kwabo.ports.event_log import NewEvent


class FloorLost(Exception):
    """Another process owns the floor now; this one must stop acting on it."""


class StoreDown(Exception):
    """The database did not do the transaction, or did not say whether it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to act on a floor."""

    floor_id: UUID
    organisation_id: UUID
    owner: str
    fencing: int
    seconds: float  # how long it lasts from a renewal


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorName:
    """A floor that exists."""

    floor_id: UUID
    organisation_id: UUID


# ── Rows that the floor reads ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """A campaign's settings and state, with its counters so far."""

    campaign_id: UUID
    name: str
    mode: str
    priority: int
    contact_list_id: UUID
    queue_id: UUID
    trunk_id: UUID
    caller_id: str
    caller_name: str
    callable_weekdays: tuple[int, ...]
    callable_from: time
    callable_until: time
    list_time_zone: str
    dnc_list_ids: tuple[UUID, ...] = ()  # beside the organisation-wide ones
    max_attempts: int
    recall_seconds: Mapping[str, int | None]
    minimum_gap_seconds: int
    no_answer_timeout_seconds: int
    after_call_limit_seconds: int
    call_analysis: bool
    calls_per_agent: float = 1.5
    calls_per_agent_ceiling: float = 15.0
    abandon_target: float = 0.03
    abandon_window: str = "day"
    abandon_alarm: float | None = None  # the law's thresholds; None: it names none
    abandon_stop: float | None = None
    weight: int = 1
    agents_kept_free: int = 0
    choice: Choice = EVERYBODY  # which contacts are called, in which order
    lines_reserved: int = 0
    lines_most: int = 0
    preview_delivery: str
    preview_timeout_seconds: int
    preview_skip_allowed: bool
    callbacks: CallbackTerms = DEFAULT_CALLBACKS
    records: RecordTerms = DEFAULT_RECORDS
    preview_column: str = ""
    preview_values: tuple[str, ...] = ()
    rule_sets: tuple[RuleSet, ...] = ()
    state: str
    state_reason: str
    contacts: int
    finished: int
    attempts: int
    answered: int
    abandoned: int
    results: Mapping[str, int]
    compliance_preset: str | None = None  # None: the organisation's
    consent_purpose: str = "prospecting"
    consent_required: bool = False
    contract_calls: bool = False
    sector: str = ""
    message_media: str = ""  # to people whom no agent can take; '': the program's own
    opt_out_key: str = ""  # pressed during that message it opts out; '': none
    confirmation_media: str = ""  # played then
    callable_time_set: CallableTimeSet | None = None  # in place of the three fields of hours
    zone_source: str = "list"  # what the list says of its numbers' zones
    attempt_limit_ids: tuple[UUID, ...] = ()  # beside those of the organisation
    recall_rules: Mapping[str, Any] = field(
        default_factory=dict
    )  # see `domain.campaigns.recall_rules`
    number_order: str = "turns"
    number_label_order: tuple[str, ...] = ()
    response_set: ResponseSet = DEFAULT  # with what the switch plays
    # Outcome → flags, where a table says so; see `domain.campaigns.outcome_flags`.
    outcome_flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_previews(self) -> bool:
        """Whether some contacts go to an agent before they are dialled, whatever the mode."""
        deliveries = (self.callbacks.own_delivery, self.callbacks.anyone_delivery)
        return bool(self.preview_column) or "preview" in deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkRow:
    """A trunk."""

    trunk_id: UUID
    endpoint: str
    lines: int
    calls_per_second: float
    attempt_header: str | None
    network_answers: tuple[NetworkAnswer, ...] = ()
    early_media_seconds: int = 0  # of sound before answers to listen to; 0: none
    early_media_keep_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpCodeRow:
    """A wrap-up code and what it does."""

    wrap_up_code_id: UUID
    name: str
    flags: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRow:
    """An agent: the person, the queues, and what the last owner of the floor knew."""

    user_id: UUID
    display_name: str
    queue_ids: frozenset[UUID]
    status: str
    pause_reason_id: UUID | None
    since: datetime
    leg_kind: str
    leg_address: str | None
    leg_channel_id: str | None
    legs: int
    sign_ins: int
    attempt_id: UUID | None
    after_call_until: datetime | None
    pause_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """An attempt that is not closed, or whose agent has not wrapped it up."""

    attempt_id: UUID
    campaign_id: UUID
    contact_id: UUID
    attempt_number: int
    number: str
    mode: str
    caller_id: str
    trunk_id: UUID
    agent_user_id: UUID | None
    callback_id: UUID | None
    state: str
    result: str | None
    transferred_to: str | None
    abandoned: bool
    offered_at: datetime | None
    dialling_at: datetime | None
    ringing_at: datetime | None
    answered_at: datetime | None
    connected_at: datetime | None
    closed_at: datetime | None
    course_attempts: int  # dialled attempts of the contact's course, this one included once dialled
    callback_due_at: datetime | None = None  # of the open callback that was promised in this call
    call_analysis: Mapping[str, Any] = field(default_factory=dict)  # see `AnalysisRecord`
    message_media: str | None = None  # played to a person whom no agent could take
    message_started_at: datetime | None = None
    message_ended_at: datetime | None = None
    opted_out_at: datetime | None = None  # by a key during the message
    time_zone: str = ""  # IANA; the contact's own or the list's
    # How often each result has ended a call of the course before this one.
    result_counts: Mapping[str, int] = field(default_factory=dict)
    other_numbers: int = 0  # of the contact, that could have been called in place of this one
    round_left: int = 0  # of these, not yet called in this round of its numbers
    skills: tuple[str, ...] = ()  # that a rule wants the agent to have


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorContents:
    """Everything a new owner starts from."""

    campaigns: Sequence[CampaignRow]  # those that are running or pausing, or have live attempts
    trunks: Sequence[TrunkRow]
    wrap_up_codes: Sequence[WrapUpCodeRow]
    agents: Sequence[AgentRow]  # those not signed out
    attempts: Sequence[AttemptRow]  # those not closed
    wrap_ups_owed: Mapping[
        UUID, UUID
    ]  # closed attempt without a wrap-up that a person answered → campaign


# ── What the floor writes ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptWritten:
    """An attempt's present values."""

    attempt_id: UUID
    number: str
    agent_user_id: UUID | None
    state: str
    result: str | None
    sip_code: int | None
    cause: int | None
    hung_up_by: str | None
    abandoned: bool
    transferred_to: str | None
    dialling_at: datetime | None
    ringing_at: datetime | None
    answered_at: datetime | None
    connected_at: datetime | None
    closed_at: datetime | None
    number_range: str = ""  # of a closed attempt
    call_analysis: Mapping[str, Any] = field(default_factory=dict)  # see `AnalysisRecord`
    message_media: str | None = None
    message_started_at: datetime | None = None
    message_ended_at: datetime | None = None
    opted_out_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyMediaKept:
    """What a network played before any answer was recorded."""

    attempt_id: UUID
    path: str
    seconds: float
    at: datetime
    delete_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWritten:
    """A contact's standing in a campaign."""

    campaign_id: UUID
    contact_id: UUID
    state: str
    attempts: int
    last_attempt_at: datetime | None
    last_result: str | None
    next_attempt_at: datetime | None
    reason: str
    result_counts: Mapping[str, int] | None = None  # None: as they are


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceWritten:
    """An agent's present status and leg."""

    user_id: UUID
    status: str
    pause_reason_id: UUID | None
    since: datetime
    leg_kind: str
    leg_address: str | None
    leg_channel_id: str | None
    legs: int
    sign_ins: int
    attempt_id: UUID | None
    after_call_until: datetime | None
    pause_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignStateWritten:
    """A campaign's state."""

    campaign_id: UUID
    state: str
    state_reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpWritten:
    """How a conversation ended: by a person's code or by the system's."""

    attempt_id: UUID
    campaign_id: UUID
    wrap_up_code_id: UUID | None
    system_code: str | None
    user_id: UUID | None
    notes: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    after_call_seconds: float | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWritten:
    """What a wrap-up changes on the contact."""

    contact_id: UUID
    data: Mapping[str, str] = field(default_factory=dict)  # merged
    uncallable_reason: str | None = None  # set: the contact becomes uncallable
    uncallable_number: str | None = None  # set: this number becomes uncallable
    uncallable_number_reason: str = ""  # why: a reason code


@dataclass(frozen=True, slots=True, kw_only=True)
class DncWritten:
    """Whoever objects is not called again: on the number called and on all of the contact's.

    Without `dnc_list_id` the entry goes to the first of the campaign's own lists that is by number
    and for calls, else to the first organisation-wide one by name; where there is none, the contact
    becomes uncallable, so that no objection is lost. `organisation_wide`: an organisation-wide list
    alone will do; where there is none one is made of `new_list_id` and `new_list_name`. Screening
    lists are never written to: their content is another's.
    """

    campaign_id: UUID
    contact_id: UUID
    number: str
    reason: str
    user_id: UUID | None
    at: datetime
    dnc_list_id: UUID | None = None
    value: str | None = None  # for a list by column: the entry, in its canonical form
    expires_at: datetime | None = None  # None: for ever; an entry that lasts longer stays
    organisation_wide: bool = False
    new_list_id: UUID | None = None
    new_list_name: str = ""
    source: str = "agent"  # agent | key
    attempt_id: UUID | None = None  # the call in which a key was pressed


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackWritten:
    """A promise to call back. An earlier open one of the contact in this campaign is replaced."""

    callback_id: UUID
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None  # in which it was promised; None: by a rule before a call
    owner_user_id: UUID | None
    number: str
    due_at: datetime
    note: str
    at: datetime
    latest_at: datetime | None = None  # not after it; None: the campaign's hours count


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackChanged:
    """What a claim made of an open callback: put off to another time, or ended without a call."""

    callback_id: UUID
    state: str  # open | missed | expired | cancelled
    due_at: datetime
    reason: str  # code
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackDone:
    """The callback's call was made."""

    callback_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesAsked:
    """A call has come to its end: the rules at the wrap-up are asked in this transaction."""

    attempt_id: UUID
    campaign_id: UUID
    contact_id: UUID
    number: str
    result: str
    wrap_up_code_id: UUID | None
    answer_analysed: bool
    course_attempts: int
    rule_sets: tuple[RuleSet, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DataActionTold:
    """A rule wants another program told: kept until that has answered, or given up."""

    delivery_id: UUID
    data_action_id: UUID
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None
    number: str
    result: str  # '' before a call
    wrap_up_code_id: UUID | None
    write: Mapping[str, str]  # output of its answer → column of the contact
    rule_set_name: str
    rule_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFired:
    """A rule has fired: kept for ever, with the attempt if there is one."""

    kind: str  # pre_call | wrap_up
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None
    rule_set_id: UUID
    rule_set_name: str
    rule: int  # its place in the set, from 1
    name: str
    number: str
    actions: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDncWritten:
    """A rule puts one number, or one column's value, on a DNC list."""

    dnc_list_id: UUID
    value: str  # in the list's form
    reason: str
    expires_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAnswered:
    """A command was done or refused."""

    command_id: UUID
    answer: Mapping[str, Any]
    at: datetime


Change = (
    AttemptWritten
    | EarlyMediaKept
    | CourseWritten
    | PresenceWritten
    | CampaignStateWritten
    | WrapUpWritten
    | ContactWritten
    | DncWritten
    | CallbackWritten
    | CallbackDone
    | CallbackChanged
    | RuleDncWritten
    | RuleFired
    | DataActionTold
    | RulesAsked
    | CommandAnswered
    | NewEvent
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWritten:
    """Something that happened, as live views and reports will read it."""

    kind: str  # 'attempt.answered', 'agent.status_changed' …
    subject_id: UUID
    entity: str  # agent | campaign | attempt
    data: Mapping[str, Any]  # the whole entity after it
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Asked by a person or a program through `FloorClient`."""

    command_id: UUID
    user_id: UUID | None
    kind: str
    payload: Mapping[str, Any]


# ── Claims ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRequest:
    """Contacts wanted: one for each agent, or a number of them for nobody in particular."""

    campaign: CampaignRow
    attempt_ids: Sequence[UUID]  # ids for the attempts to make, one for each contact wanted
    agent_user_ids: Sequence[UUID]
    for_nobody: int = 0  # contacts whose answer goes to whoever is free then
    offer: bool  # make preview offers, not calls
    now: datetime
    order_filled: int | None = None  # as the last claim told; None: count it
    others: Sequence[UUID] = ()  # also free: each may take a callback of their own in place of one
    previews_only: bool = False  # of contacts that wait for an agent to look at them first


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswer:
    """Attempts made, all rules having agreed; each is already written."""

    attempts: Sequence[AttemptRow]
    next_attempt_at: datetime | None  # when fewer than wanted: the earliest later chance
    next_reason: str  # rule code that stands in the way of that chance
    exhausted: bool  # no contact is or will be callable as things stand
    more: bool = False  # not all contacts were looked at; ask again at once
    finished: int = 0  # contacts that a rule has finished in this claim
    upcoming: Sequence[str] = ()  # first numbers of the contacts looked at next, as far as known
    previews_waiting: bool = False  # contacts were left for an agent to look at first
    order_filled: int | None = None  # contacts put in order so far, while that keeps all waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckAnswer:
    """Whether an offered contact may be called now, on this number."""

    allowed: bool
    code: str
    retry_at: datetime | None
    number: str | None
    proof: CallProof | None = None  # when allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class CallProof:
    """By which law a call was allowed."""

    preset_id: str
    preset_version: str
    consent_id: UUID | None  # the line of the ledger, where consent was needed


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAttempt:
    """A closed attempt, as far as pacing learns from it. Durations in seconds."""

    number: str
    dialled_at: datetime
    result: str
    answered_at: datetime | None
    connected_at: datetime | None
    closed_at: datetime
    abandoned: bool
    after_call_seconds: float | None  # None: there was none, or nobody knows
    wrapped_by_person: bool  # False: the system gave the outcome, the work was cut off
    was_machine: bool  # an agent said so


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCount:
    """What became of a campaign's calls in one hour, by the time of their end."""

    hour: datetime  # its begin
    dialled: int
    live: int  # answered by a person, unknown ends included
    abandoned: int  # of these, not taken in time, unknown ends included
    machines: int  # ended by call analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class PacingHistory:
    """What a new owner of a floor learns a campaign's pacing from."""

    attempts: Sequence[PastAttempt]  # the newest closed ones, oldest first
    hours: Sequence[HourCount]  # of the window asked for, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTally:
    """How many callbacks stand how."""

    open: int = 0  # due or not
    due: int = 0
    next_due_at: datetime | None = None  # of those not due yet
    missed: int = 0  # missed or expired since the instant asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTallies:
    """The organisation's callbacks, for live views."""

    of_agents: Mapping[UUID, CallbackTally] = field(default_factory=dict)  # by owner
    of_campaigns: Mapping[UUID, CallbackTally] = field(default_factory=dict)


class FloorTransaction(Protocol):
    """One transaction of the owner. Nothing is visible to others before it ends well."""

    async def take(self, command_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Which of these commands still wait; until the end nobody can withdraw them."""
        ...

    async def claim(self, request: ClaimRequest) -> ClaimAnswer: ...

    async def recheck(
        self, campaign: CampaignRow, attempt_id: UUID, number: str | None, now: datetime
    ) -> RecheckAnswer:
        """Ask all rules again for an offered attempt, except that it is itself in progress.

        `number`: which of the contact's numbers to call; None: the one that was offered.
        """
        ...

    async def dnc_listed(self, attempt_ids: Sequence[UUID], now: datetime) -> frozenset[UUID]:
        """Those of these attempts that a DNC list of their campaign stands against by now."""
        ...

    async def guard(self, number: str, now: datetime, *, attempt_id: UUID | None) -> RecheckAnswer:
        """Whether the fraud guard allows a call to a third party or to an agent's telephone.

        When it does, the call is counted; with `attempt_id`, in whose conversation it is made, its
        price is reserved too and settled at the end of the attempt.
        """
        ...

    async def apply(self, changes: Sequence[Change], events: Sequence[EventWritten]) -> int:
        """Write changes and events; the position of the newest event."""
        ...


class FloorStore(Protocol):
    """The database, as the owner of a floor sees it."""

    @property
    def keeps_events(self) -> bool:
        """Whether events are kept for live views; without them none need be made."""
        ...

    async def floors(self) -> Sequence[FloorName]: ...

    async def acquire(self, floor: FloorName, owner: str, seconds: float) -> Lease | None:
        """Take a floor that nobody holds or whose lease has lapsed; the fencing number rises."""
        ...

    async def renew(self, lease: Lease) -> None:
        """Hold it for longer. Raises FloorLost."""
        ...

    async def release(self, lease: Lease) -> None:
        """Give it up, so that another can take it at once."""
        ...

    async def load(self, lease: Lease) -> FloorContents: ...

    async def load_campaign(self, lease: Lease, campaign_id: UUID) -> CampaignRow | None: ...

    async def load_pacing(
        self, lease: Lease, campaign_id: UUID, since: datetime, at_most: int
    ) -> PacingHistory:
        """The campaign's newest `at_most` closed attempts, and its counts by hour.

        From the hour in which `since` lies, all of it: see `domain.pacing.window`.
        """
        ...

    async def load_agent(self, lease: Lease, user_id: UUID) -> AgentRow | None: ...

    async def count_callbacks(
        self, lease: Lease, now: datetime, missed_since: datetime
    ) -> CallbackTallies: ...

    async def load_settings(
        self, lease: Lease
    ) -> tuple[Sequence[TrunkRow], Sequence[WrapUpCodeRow], Mapping[UUID, frozenset[UUID]]]:
        """Trunks, wrap-up codes, and the queues of each agent."""
        ...

    async def commands(self, lease: Lease, limit: int) -> Sequence[Command]:
        """Commands that wait, oldest first.

        One that somebody waited for is passed over when it is older than any sender's patience; a
        hint (`dnc.added`, `….changed`) never is.
        """
        ...

    async def wait_for_commands(self, lease: Lease, seconds: float) -> None:
        """Return when a command may be waiting, at the latest after `seconds`."""
        ...

    def transaction(self, lease: Lease) -> AbstractAsyncContextManager[FloorTransaction]:
        """Raises FloorLost when another owner has a higher fencing number, StoreDown on failure."""
        ...
