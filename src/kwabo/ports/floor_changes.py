"""Changes that a step of a floor writes, and the events that tell of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.document import RuleSet
from kwabo.kernel.records import quickly_made
from kwabo.ports.event_log import NewEvent


@quickly_made
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
    language: str = ""
    flow: Mapping[str, Any] = field(default_factory=dict)
    queue_id: UUID | None = None
    queued_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStayWritten:
    """A call's stay in a queue: that it began, and what became of it."""

    stay_id: UUID
    attempt_id: UUID
    queue_id: UUID
    entered_at: datetime
    priority: int
    left_at: datetime | None = None  # None: it waits
    outcome: str | None = None  # see `QueueOutcome`


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRemembered:
    """The language that a contact has chosen, for the next call."""

    contact_id: UUID
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailKept:
    """A caller has left a message for a queue."""

    voicemail_id: UUID
    attempt_id: UUID
    contact_id: UUID
    queue_id: UUID | None
    path: str  # of the recording; '': in writing
    seconds: float
    number: str  # to call back; '': not known
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailAwaited:
    """A caller has hung up at the end of a message whose recording is still to come."""

    voicemail_id: UUID  # of the `VoicemailKept` that ends the wait
    attempt_id: UUID
    queue_id: UUID | None
    recording: str  # its name at the switch
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWanted:
    """A message is to go out by a channel."""

    message_id: UUID
    attempt_id: UUID
    contact_id: UUID
    channel: str
    template: str  # key of a prompt, in its variant for text
    to: str
    language: str
    values: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAsked:
    """A number wants to be told once when an incident is over; asked again it changes nothing."""

    incident_id: UUID
    number: str
    message_id: UUID
    language: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecordingBegun:
    """A flow records the caller, and what it records stays with the call."""

    attempt_id: UUID
    recording: str  # its name within the call
    variable: str  # of the flow
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecordingEnded:
    """A recording is there; where none has begun by this name in the call it changes nothing."""

    attempt_id: UUID
    recording: str
    path: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyMediaKept:
    """What a network played before any answer was recorded."""

    attempt_id: UUID
    path: str
    seconds: float
    at: datetime
    delete_at: datetime


@quickly_made
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


@quickly_made
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
    pause_cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEnded:
    """An agent was asked whether they take a caller; see `domain.routing.alerts`."""

    alert_id: UUID
    attempt_id: UUID
    queue_id: UUID
    user_id: UUID
    alerted_at: datetime
    ended_at: datetime
    outcome: str
    reason: str  # of a refusal; '': none was given


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignStateWritten:
    """A campaign's state."""

    campaign_id: UUID
    state: str
    state_reason: str
    at: datetime


@quickly_made
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
class PlaceInQueue:
    """A caller's place in a queue, for when nobody is on the line."""

    queue_id: UUID
    waiting_since: datetime
    priority: int = 0
    language: str = ""
    skills: tuple[str, ...] = ()


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
    place: PlaceInQueue | None = None  # not written when the number has an open one in the queue


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackChanged:
    """What became of an open callback: put off to another time, or ended without a call."""

    callback_id: UUID
    state: str  # open | missed | expired | cancelled
    due_at: datetime
    reason: str  # code
    at: datetime
    tried: bool = False  # a call has not reached the person


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


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAnswered:
    """A command was done or refused."""

    command_id: UUID
    answer: Mapping[str, Any]
    at: datetime


Change = (
    AttemptWritten
    | QueueStayWritten
    | LanguageRemembered
    | VoicemailKept
    | VoicemailAwaited
    | MessageWanted
    | NoticeAsked
    | FlowRecordingBegun
    | FlowRecordingEnded
    | EarlyMediaKept
    | CourseWritten
    | PresenceWritten
    | AlertEnded
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
    entity: str  # agent | campaign | attempt | queue
    data: Mapping[str, Any]  # the whole entity after it
    at: datetime
