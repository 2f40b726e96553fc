"""Rows that a floor reads: what its owner starts from, and what changes under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID

from kwabo.domain.call_analysis.network import NetworkAnswer
from kwabo.domain.call_analysis.response_set import DEFAULT, ResponseSet
from kwabo.domain.callbacks.terms import (
    DEFAULT_CALLBACKS,
    DEFAULT_RECORDS,
    CallbackTerms,
    RecordTerms,
)
from kwabo.domain.campaigns.flow_notes import FlowNote
from kwabo.domain.campaigns.rule_sets.document import RuleSet
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.contacts.filters.in_use import EVERYBODY, Choice
from kwabo.domain.routing.settings import QueueSettings
from kwabo.domain.routing.skills import Skill
from kwabo.domain.routing.values import Membership, QueueTerms
from kwabo.kernel.records import quickly_made


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
    opted_out: int = 0  # people who objected in a flow so far
    flow_id: UUID | None = None  # agentless: has the answered calls
    abandon_flow_id: UUID | None = None  # in place of `message_media`
    flow_notes: tuple[FlowNote, ...] = ()
    column_kinds: Mapping[str, str] = field(default_factory=dict)  # of columns that these name
    # Outcome → flags, where a table says so; see `domain.campaigns.outcome_flags`.
    outcome_flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_previews(self) -> bool:
        """Whether some contacts go to an agent before they are dialled, whatever the mode."""
        deliveries = (self.callbacks.own_delivery, self.callbacks.anyone_delivery)
        return bool(self.preview_column) or "preview" in deliveries


def plain_campaign(
    campaign_id: UUID, *, contact_list_id: UUID, queue_id: UUID, trunk_id: UUID, **told: Any
) -> CampaignRow:
    """A campaign as somebody who leaves everything as it is would have it, not begun yet.

    `told` names fields of CampaignRow. For floors that no store reads: simulations, benchmarks.
    """
    defaults: dict[str, Any] = {
        "name": "campaign",
        "mode": "progressive",
        "priority": 3,
        "caller_id": "",
        "caller_name": "",
        "callable_weekdays": (1, 2, 3, 4, 5, 6, 7),
        "callable_from": time(0),
        "callable_until": time(23, 59),
        "list_time_zone": "UTC",
        "max_attempts": 4,
        "recall_seconds": {},
        "minimum_gap_seconds": 300,
        "no_answer_timeout_seconds": 30,
        "after_call_limit_seconds": 60,
        "call_analysis": False,
        "preview_delivery": "push",
        "preview_timeout_seconds": 0,
        "preview_skip_allowed": True,
        "state": "ready",
        "state_reason": "",
        "contacts": 0,
        "finished": 0,
        "attempts": 0,
        "answered": 0,
        "abandoned": 0,
        "results": {},
    }
    return CampaignRow(
        campaign_id=campaign_id,
        contact_list_id=contact_list_id,
        queue_id=queue_id,
        trunk_id=trunk_id,
        **{**defaults, **told},
    )


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
    country: str = ""  # ISO 3166 alpha-2: how numbers without + are read


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
    pause_cause: str = ""  # 'not_answered': by the floor itself


@quickly_made
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
    channel_id: str | None = None  # at the switch; None: the attempt's id
    called_number: str = ""  # of a call from outside: the number it dialled
    arrived_at: datetime | None = None  # of a call from outside
    language: str = ""  # chosen in the call, or remembered from another
    flow: Mapping[str, Any] = field(default_factory=dict)  # see `engine.floor.flow_runs.FlowRun`
    queue_id: UUID | None = None  # in which a flow has put it
    queued_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStayRow:
    """The stay in a queue of a call that waits there."""

    stay_id: UUID
    attempt_id: UUID
    queue_id: UUID
    entered_at: datetime
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAbilities:
    """What an agent can do, and where they stand in their queues."""

    skills: Mapping[Skill, int] = field(default_factory=dict)  # skill, or language → level
    memberships: Mapping[UUID, Membership] = field(default_factory=dict)  # by queue


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRows:
    """How the organisation's queues find agents."""

    queues: Sequence[QueueTerms] = ()
    settings: Mapping[UUID, QueueSettings] = field(default_factory=dict)  # by queue
    agents: Mapping[UUID, AgentAbilities] = field(default_factory=dict)  # those with any
    names: Mapping[UUID, str] = field(default_factory=dict)  # of the queues
    music: Mapping[UUID, str] = field(default_factory=dict)  # queue → key of its prompt, if any


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """The published version of a flow."""

    flow_id: UUID
    version: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedVoicemailRow:
    """A message of a caller who is gone, whose recording the switch still has."""

    voicemail_id: UUID
    attempt_id: UUID
    contact_id: UUID
    queue_id: UUID | None
    number: str  # the caller's; '': not known
    recording: str
    at: datetime


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
    flows: Sequence[FlowRow] = ()  # the published ones
    routing: RoutingRows = field(default_factory=RoutingRows)
    stays: Sequence[QueueStayRow] = ()  # of calls that wait in queues
    awaited_voicemails: Sequence[AwaitedVoicemailRow] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlace:
    """An open callback that keeps its caller's place in a queue."""

    callback_id: UUID
    campaign_id: UUID
    contact_id: UUID
    queue_id: UUID
    waiting_since: datetime
    call_at: datetime  # not before
    latest_at: datetime
    priority: int = 0
    language: str = ""
    skills: tuple[str, ...] = ()
    tries: int = 0
    calling: bool = False  # it is being made


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
