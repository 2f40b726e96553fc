"""The live state of a floor, in memory, changed only by its single thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.call_analysis.greeting import Greeting
from kwabo.domain.call_analysis.record import NOTHING, AnalysisRecord
from kwabo.domain.campaigns.settings import WINDOW_SECONDS
from kwabo.domain.flows.flow import Flow
from kwabo.domain.flows.parts import Part
from kwabo.domain.interactions.attempt import AttemptState, Result
from kwabo.domain.pacing.abandon_alarm import AlarmLevel
from kwabo.domain.pacing.learning import Learner, Segment
from kwabo.domain.pacing.situation import Plan
from kwabo.domain.pacing.window import Window
from kwabo.domain.reporting.queue_alarms import QueueAlarm
from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.domain.routing.announcements import Told
from kwabo.domain.routing.onward import Move
from kwabo.domain.routing.settings import QueueSettings
from kwabo.domain.routing.skills import Skill
from kwabo.domain.routing.values import Membership, QueueTerms
from kwabo.engine.floor.flow_run import Beginning, FlowRun, FlowTold, Question
from kwabo.engine.floor.live import Agents, Calls
from kwabo.engine.floor.outbox import Outbox
from kwabo.engine.floor.timer_queue import Timer, TimerQueue
from kwabo.engine.floor.trunks import Trunk
from kwabo.kernel.ids import IdFactory
from kwabo.ports.floor_changes import VoicemailKept
from kwabo.ports.floor_rows import (
    AgentRow,
    AttemptRow,
    CallbackTallies,
    CampaignRow,
    FlowRow,
    KeptPlace,
    WrapUpCodeRow,
)
from kwabo.ports.queue_figures import QueueReading
from kwabo.ports.switch import ChannelArrived, RecordingEnded

if TYPE_CHECKING:
    from kwabo.domain.pacing.callers import CallerRate
    from kwabo.engine.floor.blended import HandledLately
    from kwabo.engine.floor.routing_board import FloorBoard

_ENDS = {"machine": Result.MACHINE, "fax": Result.FAX}
INBOUND = "inbound"  # mode of campaigns whose calls come from outside
LEG_PREFIX = "leg-"  # of the ids of agents' legs; the agent's id and a number follow
_CLOSED = AttemptState.CLOSED  # read at every look at a call: from an enumeration it costs more


@dataclass(slots=True, kw_only=True)
class Consult:
    """A third party whom the agent speaks with, or will, while the customer hears music."""

    channel_id: str  # the third party's channel; an agent's leg when `user_id` is given
    label: str  # number or name, for people
    user_id: UUID | None = None
    connected: bool = False
    blind: bool = False  # the agent has left already


@dataclass(slots=True, kw_only=True)
class Waiting:
    """A caller's place in a queue."""

    queue_id: UUID
    since: float  # steady clock, since when the caller waits in all
    entered: float  # steady clock, since when in this queue
    priority: int = 0
    segment: str | None = None
    skills: tuple[str, ...] = ()
    language: str = ""  # that the agent is to speak; '': any
    preferred: str = ""  # an agent's id or login; '': nobody in particular
    been_in: frozenset[UUID] = frozenset()  # queues that it overflowed from
    weighed: bool = False  # this queue's expected wait was looked at, as the caller came
    announcement: tuple[Part, ...] = ()
    announce_seconds: int = 0
    announce_position: bool = False
    announce_wait: bool = False
    music: str = ""  # key of a prompt that the flow wants; '': the queue's own
    music_wanted: str = ""  # name by which its sounds were asked for last
    told: Told | None = None  # the minutes that were announced last
    alerting: UUID | None = None  # the agent who is asked whether they take the caller
    whisper: str = ""  # playback that this agent hears before; '': there is none
    returned: bool = False  # an agent was asked, and did not take the caller
    refused: dict[UUID, float] = field(default_factory=dict)  # agent → steady clock


@dataclass(slots=True, kw_only=True)
class Stay:
    """A call's stay in a queue, as its figures count it."""

    stay_id: UUID
    queue_id: UUID
    entered_at: datetime
    priority: int
    way: QueueOutcome | None = None  # by which it leaves, or has left
    left_at: datetime | None = None
    adopted: bool = False  # an earlier owner of the floor has put the call there

    @property
    def left(self) -> bool:
        """Whether it is over."""
        return self.left_at is not None


@dataclass(slots=True, kw_only=True)
class Call:
    """An attempt that is not closed, or closed and not yet wrapped up."""

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
    state: AttemptState
    course_attempts: int
    abandoned: bool = False
    transferred_to: str | None = None
    offered_at: datetime | None = None
    dialling_at: datetime | None = None
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    connected_at: datetime | None = None
    closed_at: datetime | None = None
    result: Result | None = None
    sip_code: int | None = None
    cause: int | None = None
    hung_up_by: str | None = None
    held: bool = False
    muted: bool = False
    place: KeptPlace | None = None  # in a queue, of the callback that the call is to keep
    asked_first: bool = False  # its agent is asked whether they take it, before the record is shown
    after_call_wanted: bool = False  # the agent has asked for after-call work
    outcome_open: bool = False  # the agent went on, and may still give the outcome
    # It was handed on and goes on; nobody has given the outcome, as far as this owner knows.
    outcome_owed: bool = False
    music: bool = False  # the customer hears music
    agent_lost: bool = False  # the agent's leg is gone; the customer hears music
    agent_lost_at: float = 0.0  # steady clock
    apologising: bool = False  # nobody can take it; a message plays
    asking: bool = False  # the switch has not answered yet whether it dials
    asked: float = float("-inf")  # steady clock, when the switch was asked
    bridged: bool = False  # a call bridge was asked for
    consult: Consult | None = None
    consults: int = 0
    preview_until: datetime | None = None
    callback_due_at: datetime | None = None  # the agent promised to call back at that time
    picked_up: float | None = None  # steady clock: answered, and call analysis listens
    segment: Segment | None = None  # in which its answer is learnt, once asked for
    odds: float = 1.0  # how much likelier than the campaign's average its answer is
    waiting_since: float | None = None  # steady clock: answered, and no agent is free yet
    counted_live: bool = False  # among the live answers of the campaign's window
    analysis: AnalysisRecord = NOTHING  # what answered or ended it, and what was done
    greeting: Greeting | None = None  # of a machine; its end is waited for
    message_asked: bool = False  # the switch was asked to play the message
    vanished: bool = False  # it ended, and nobody told when
    message_media: str | None = None  # played to a person whom no agent took, or to a machine
    message_started_at: datetime | None = None
    message_ended_at: datetime | None = None
    message_playback: str = ""  # at the switch; '': none was asked for by this owner of the floor
    opted_out_at: datetime | None = None  # by a key during the message
    time_zone: str = ""  # the contact's
    result_counts: Mapping[str, int] = field(default_factory=dict)  # of the course, by result
    other_numbers: int = 0  # of the contact, that could have been called in place of this one
    round_left: int = 0  # of these, not yet called in this round of its numbers
    channel_id: str = ""  # at the switch
    called_number: str = ""  # of a call from outside: the number it dialled
    arrived_at: datetime | None = None  # of a call from outside
    language: str = ""  # chosen in the call, or remembered from another
    skills: tuple[str, ...] = ()  # that a rule wants its agent to have
    flow: FlowRun | None = None  # that speaks with the other side, or has
    queue_id: UUID | None = None  # in which the flow has put it
    queued_at: datetime | None = None
    queue: Waiting | None = None  # in which it waits now
    stay: Stay | None = None  # in that queue, or in the last one
    routing: Mapping[str, Any] = field(default_factory=dict)  # why it went to its agent
    changed: float = float("-inf")  # steady clock; what was asked of the switch may not be done yet

    connected_mono: float | None = None  # steady clock; None: an earlier owner of the floor knows
    counted_lines: int = 0  # by `Calls`
    counted_trying: int = 0
    counted_in: UUID | None = None  # the queue, likewise

    bridge_id: str = field(init=False)
    lane: str = field(init=False)

    def __post_init__(self) -> None:
        text = str(self.attempt_id)
        self.bridge_id, self.lane = f"call-{text}", f"attempt:{text}"
        if not self.channel_id:
            self.channel_id = text

    @property
    def inbound(self) -> bool:
        """Whether it came from outside."""
        return self.mode == INBOUND

    @property
    def ends_as(self) -> Result:
        """The result of an answered call that ends without having been an agent's."""
        if self.analysis.reaction == "queue":
            return Result.PERSON
        return _ENDS.get(self.analysis.result or "", Result.PERSON)

    @property
    def consult_bridge_id(self) -> str:
        return f"consult-{self.attempt_id}"

    @property
    def closed(self) -> bool:
        return self.state is _CLOSED

    @classmethod
    def of(cls, row: AttemptRow) -> Call:
        """The live attempt of a stored row."""
        return cls(
            attempt_id=row.attempt_id,
            campaign_id=row.campaign_id,
            contact_id=row.contact_id,
            attempt_number=row.attempt_number,
            number=row.number,
            mode=row.mode,
            caller_id=row.caller_id,
            trunk_id=row.trunk_id,
            agent_user_id=row.agent_user_id,
            callback_id=row.callback_id,
            state=AttemptState(row.state),
            course_attempts=row.course_attempts,
            abandoned=row.abandoned,
            transferred_to=row.transferred_to,
            outcome_owed=row.transferred_to is not None and row.result is None,
            offered_at=row.offered_at,
            dialling_at=row.dialling_at,
            ringing_at=row.ringing_at,
            answered_at=row.answered_at,
            connected_at=row.connected_at,
            closed_at=row.closed_at,
            result=Result(row.result) if row.result else None,
            callback_due_at=row.callback_due_at,
            skills=row.skills,
            counted_live=row.answered_at is not None,
            music=row.answered_at is not None,  # it may play: no row tells
            analysis=AnalysisRecord.of(row.call_analysis),
            message_media=row.message_media,
            message_started_at=row.message_started_at,
            message_ended_at=row.message_ended_at,
            opted_out_at=row.opted_out_at,
            time_zone=row.time_zone,
            result_counts=row.result_counts,
            other_numbers=row.other_numbers,
            round_left=row.round_left,
            channel_id=row.channel_id or "",
            called_number=row.called_number,
            arrived_at=row.arrived_at,
            language=row.language,
            flow=FlowRun.of(row.flow),
            queue_id=row.queue_id,
            queued_at=row.queued_at,
        )


@dataclass(slots=True, kw_only=True)
class Agent:
    """An agent who is signed in."""

    user_id: UUID
    display_name: str
    queue_ids: frozenset[UUID]
    status: AgentStatus
    since: datetime
    pause_reason_id: UUID | None = None
    pause_after: bool = False
    pause_cause: str = ""  # why the floor itself has paused the agent
    leg_kind: str = "webrtc"
    leg_address: str | None = None
    leg_channel_id: str | None = None
    leg_state: str = "none"  # none | calling | up
    old_leg_channel_id: str | None = None  # serves until the newer leg is up
    leg_called: float = float("-inf")  # steady clock, when the switch was asked for the leg
    legs: int = 0
    sign_ins: int = 0
    attempt_id: UUID | None = None
    call: Call | None = None  # that attempt, once asked for; a call stays while an agent holds it
    after_call_until: datetime | None = None
    after_call_since: datetime | None = None
    ready_since: float = 0.0  # steady clock
    desktop_seen: float | None = None  # steady clock, last heartbeat of the browser
    resume_ready: bool = False  # was ready when lost
    skills: Mapping[Skill, int] = field(default_factory=dict)  # skill → level
    memberships: Mapping[UUID, Membership] = field(default_factory=dict)  # places in queues

    counted_in: frozenset[UUID] = frozenset()  # queues, among whose staff `Agents` counts them

    endpoint: str = field(init=False)
    lane: str = field(init=False)

    def __post_init__(self) -> None:
        self.endpoint = f"agent-{self.user_id.hex}"
        self.lane = f"agent:{self.user_id}"

    @property
    def live_leg(self) -> str | None:
        """The channel on which the agent hears and speaks now."""
        return self.leg_channel_id if self.leg_state == "up" else self.old_leg_channel_id

    @property
    def leg_up(self) -> bool:
        """Whether there is such a channel."""
        channel = self.leg_channel_id if self.leg_state == "up" else self.old_leg_channel_id
        return channel is not None

    @classmethod
    def of(cls, row: AgentRow) -> Agent:
        """The agent of a stored row; whether the leg is up is for the switch to tell."""
        return cls(
            user_id=row.user_id,
            display_name=row.display_name,
            queue_ids=row.queue_ids,
            status=AgentStatus(row.status),
            since=row.since,
            pause_reason_id=row.pause_reason_id,
            pause_after=row.pause_after,
            pause_cause=row.pause_cause,
            leg_kind=row.leg_kind,
            leg_address=row.leg_address,
            leg_channel_id=row.leg_channel_id,
            legs=row.legs,
            sign_ins=row.sign_ins,
            attempt_id=row.attempt_id,
            after_call_until=row.after_call_until,
        )


@dataclass(slots=True, kw_only=True)
class Campaign:
    """A campaign that runs, or whose last calls are ending."""

    row: CampaignRow
    state: str
    state_reason: str
    finished: int
    attempts: int
    answered: int
    abandoned: int
    results: dict[str, int]
    opted_out: int = 0  # people who objected in a flow
    last_start: float = 0.0
    look_at: float = 0.0  # steady clock; looking before it is pointless
    looked_idly: bool = False  # the last look wanted nobody: it does not tell what a claim finds
    next_attempt_at: datetime | None = None
    due_at: float = float("inf")  # steady clock, when that is
    unseen: bool = False  # the last look left contacts that the campaign has not come to
    waiting_for: str = ""  # rule code that stands in the way of the next contact
    exhausted: bool = False
    order_filled: int | None = None  # contacts in order, while the campaign waits for the rest
    previews_waiting: bool = False  # contacts may wait for an agent to look at them first
    learner: Learner = field(default_factory=Learner)
    window: Window = field(default_factory=lambda: Window(seconds=WINDOW_SECONDS["day"]))
    alarm: AlarmLevel = AlarmLevel.NONE  # of the abandon rate
    plan: Plan | None = None  # the newest; None: the campaign is not paced
    upcoming: tuple[str, ...] = ()  # numbers of the contacts that come next, as far as known
    breathless: bool = False  # only the calls per second of this instant keep it from starting more
    served: float = 0.0  # starts so far, for sharing by weight
    told: Mapping[str, Any] | None = None  # the newest live view
    told_at: float = 0.0  # steady clock

    @classmethod
    def of(cls, row: CampaignRow) -> Campaign:
        """The live campaign of a stored row."""
        return cls(
            row=row,
            state=row.state,
            state_reason=row.state_reason,
            finished=row.finished,
            attempts=row.attempts,
            answered=row.answered,
            abandoned=row.abandoned,
            results=dict(row.results),
            opted_out=row.opted_out,
            previews_waiting=row.has_previews,
        )

    def has_contacts(self, mono: float) -> bool:
        """Whether a claim may find somebody to call now."""
        if self.row.mode == INBOUND:  # only those who were promised it
            return max(self.due_at, self.look_at) <= mono
        return self.looked_idly or self.look_at <= mono

    def expects_contacts(self, mono: float) -> bool:
        """Whether a claim may find somebody, and the last look did not see that nobody is due."""
        if not self.has_contacts(mono):
            return False
        return not self.looked_idly or self.unseen or self.due_at <= mono


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorSettings:
    """What an operator may change about floors."""

    floor_id: UUID
    apology_media: str = "sound:please-try-call-later"  # to a person whom no agent can take
    connect_within_seconds: float = 2.0  # from an answer to the agent, else to that message
    agent_grace_seconds: float = 30.0  # a lost agent may come back to the call within
    desktop_lost_after_seconds: float = 12.0  # without a heartbeat of the browser
    sip_secret: bytes = field(
        default=b"", repr=False
    )  # passwords of agents' endpoints are made from it
    tick_seconds: float = 0.25
    step_seconds: float = 1.0  # between two steps, though nothing has happened
    idle_look_seconds: float = 3.0  # how often a campaign without callable contacts is looked at
    sweep_seconds: float = 20.0  # how often the switch is compared when nothing asks for it
    tell_seconds: float = 1.0  # a campaign's counts are told this often at most


class Floor:
    """Everything live on one floor."""

    def __init__(self, settings: FloorSettings, ids: IdFactory, *, tells: bool = True) -> None:
        self.settings = settings
        self.ids = ids
        self.parking_bridge_id = f"park-{settings.floor_id}"  # in which idle agents' legs wait
        self.tells = tells  # whether anybody reads the events of changes, and agents' answers
        self.now: datetime = datetime.min.replace(tzinfo=UTC)
        self.mono: float = 0.0
        self.calls = Calls()
        self.agents = Agents()
        self.campaigns: dict[UUID, Campaign] = {}
        self.trunks: dict[UUID, Trunk] = {}
        self.wrap_up_codes: dict[UUID, WrapUpCodeRow] = {}
        self.flows: dict[str, FlowRow] = {}  # published, by id
        self.arrivals: list[ChannelArrived] = []  # calls from outside, to be taken in this step
        self.beginnings: list[Beginning] = []  # flows of our calls, begun in this step
        self.transfers: list[tuple[UUID, str]] = []  # attempt, number: by flows
        self.told: list[FlowTold] = []  # to flows, in the next step
        self.read_flows: dict[str, Flow] | None = None  # the published ones, as far as asked for
        self.queues: dict[UUID, QueueTerms] = {}
        self.queue_settings: dict[UUID, QueueSettings] = {}  # of those that say anything
        self.queue_names: dict[UUID, str] = {}
        self.queue_music: dict[UUID, str] = {}  # keys of prompts, of those that have any
        self.queue_readings: dict[UUID, QueueReading] = {}  # as read last, for live views
        self.queue_alarms: dict[UUID, frozenset[QueueAlarm]] = {}
        self.queues_told: dict[UUID, Mapping[str, Any]] = {}  # the newest live views
        self.queues_told_at: dict[UUID, float] = {}  # steady clock
        self.views_compared_at = float("-inf")  # steady clock, with what live views were told
        self.views_due_at = float("inf")  # steady clock, when they are to be compared again
        self.queues_wake_at = float("inf")  # steady clock, when time alone moves a caller
        self.board: FloorBoard | None = None  # None: to be made of what there is
        self.queue_moves: tuple[Move, ...] = ()  # callers who may wait no longer
        self.kept_free: frozenset[UUID] = frozenset()  # idle agents who stay for callers
        self.handled: dict[UUID, HandledLately] = {}  # by queue
        self.caller_rates: dict[UUID, CallerRate] = {}  # by queue
        self.places: dict[UUID, KeptPlace] = {}  # by callback
        self.places_stale = True  # they may be others by now
        # Kept places that an agent was asked for in vain: who has refused, and when (steady clock).
        self.places_returned: dict[UUID, dict[UUID, float]] = {}  # by callback
        self.open_outcomes: dict[UUID, UUID] = {}  # agent → last call, whose outcome may still come
        self.left_messages: dict[str, VoicemailKept] = {}  # by recording, of callers who hung up
        self.early_recordings: list[RecordingEnded] = []  # told before the switch was compared
        self.questions: list[Question] = []  # to be asked once this step is committed
        self.hours_wanted: list[UUID] = []  # schedule groups, likewise
        self.hours_ask_at: dict[UUID, float] = {}  # steady clock, not before
        self.callbacks = CallbackTallies()  # as counted last, for live views
        self.noticed_trunks: dict[UUID, str] = {}  # what the event log was told last
        self.noticed_budgets: dict[UUID, float] = {}  # steady clock
        self.noticed_queues: dict[UUID, frozenset[QueueAlarm]] = {}
        self.noticed_alarms: dict[UUID, AlarmLevel] = {}
        self.switch_ready = False
        self.reconciled = False  # what the switch holds is known; before that nothing is dialled
        self.compared_at = 0.0  # steady clock, when the switch was last asked what it holds
        self.snapshot_wanted = False
        self.predicted_at = float("-inf")  # steady clock, when predictive campaigns last planned
        self.quiet = False  # nothing but time has passed since
        self.quiet_seconds = 0.0  # for which those plans stay then
        self.no_room = False  # lines or calls per second kept the last plans from more calls
        self.dnc_changed = True  # calls may be on a DNC list that were not when they began
        self.settled = False  # planning again gives the same until something happens, or `plans_at`
        self.plans_at = 0.0  # steady clock
        self.out = Outbox()
        self.leaving: deque[tuple[float, UUID]] = deque()  # steady clock; closed attempts
        self.timers = TimerQueue()

    @property
    def asks_the_database(self) -> bool:
        """Whether something waits for a transaction that is no change yet."""
        return bool(self.arrivals or self.beginnings or self.transfers)

    def take_told(self) -> list[FlowTold]:
        """What is to be told to flows in this step."""
        told, self.told = self.told, []
        return told

    def set_timer(
        self,
        kind: str,
        key: UUID | None,
        seconds: float,
        name: str = "",
        until: datetime | None = None,
    ) -> None:
        """Look at something after `seconds`."""
        self.timers.add(self.mono + seconds, Timer(kind, key, name, until))

    def later(self, seconds: float) -> datetime:
        """The instant `seconds` from now."""
        return self.now + timedelta(seconds=seconds)

    def live_calls(self, campaign_id: UUID | None = None) -> list[Call]:
        """Attempts that are not closed."""
        if campaign_id is not None:
            return self.calls.live(campaign_id)
        return [call for call in self.calls.values() if not call.closed]

    def lines_in_use(self, trunk_id: UUID) -> int:
        """Calls that hold a line of the trunk."""
        return self.calls.lines.get(trunk_id, 0)

    def call_of(self, agent: Agent) -> Call | None:
        """The attempt the agent is held for, speaks on or must wrap up."""
        if agent.call is None and agent.attempt_id is not None:
            agent.call = self.calls.get(agent.attempt_id)
        return agent.call

    def agent_of(self, call: Call) -> Agent | None:
        """The agent who holds this attempt now."""
        if call.agent_user_id is None:
            return None
        agent = self.agents.get(call.agent_user_id)
        return agent if agent is not None and agent.attempt_id == call.attempt_id else None

    def agent_by_leg(self, channel_id: str) -> Agent | None:
        """The agent whose leg, or former leg, this channel is."""
        if not channel_id.startswith(LEG_PREFIX):
            return None
        try:
            agent = self.agents.get(UUID(channel_id[len(LEG_PREFIX) :].rpartition("-")[0]))
        except ValueError:
            return None
        if agent and channel_id in (agent.leg_channel_id, agent.old_leg_channel_id):
            return agent
        return None

    def answer(self, command_id: UUID, **values: Any) -> None:
        """Note that a command was done."""
        self.out.answer(command_id, {"ok": True, **values}, self.now)
