"""What a flow asks of the one who executes it, in the order in which it is to be done.

Names (`playback`, `timer`, `lookup`, …) are unique in a call; the input that tells how something
ended repeats the name. Actions are done at once, none waits for the end of the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kwabo.domain.flows.parts import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Say these parts one after the other; in writing, as one message.

    In a call `PlaybackEnded` follows when all is said, and also when it cannot be said at all.
    Nothing else is being said at that moment. In writing no input follows.
    """

    playback: str
    parts: tuple[Part, ...]
    language: str
    interruptible: bool = True  # for lists and logs: the flow itself stops it


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSaying:
    """Fall silent. A `PlaybackEnded` for it may follow or not."""

    playback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimer:
    """`TimedOut` follows after the seconds, unless the timer is cancelled or the flow is over."""

    timer: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTimer:
    """The timer is of no interest any more; a `TimedOut` that is under way does no harm."""

    timer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Ask a data source; `LookedUp` follows. The flow stops waiting after `seconds` by itself."""

    lookup: str
    source_id: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHours:
    """Is the schedule open now? `HoursTold` follows at once."""

    question: str
    schedule_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIncidents:
    """Which declared incidents concern this caller? `IncidentsTold` follows at once."""

    question: str
    service: str  # '': of any service
    place: str  # commune or cell; '': the one that is known of the caller, if any
    most: int = 10  # so many are told; the nearest first


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyWhenOver:
    """Tell this number once when the incident is over."""

    incident_id: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Record the caller; `Recorded` follows at the end, at the latest after `max_seconds`."""

    recording: str
    max_seconds: int
    silence_seconds: int  # so much silence ends it
    beep: bool
    kept_as: str = ""  # the variable by which it stays with the call; '': another action keeps it


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecording:
    """End the recording; `Recorded` follows."""

    recording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterQueue:
    """The caller waits for an agent; `QueueLeft` follows unless the flow takes the caller out.

    While the caller waits keys are told as ever (`DigitPressed`).
    """

    queue_id: str
    priority: int = 0
    skills: tuple[str, ...] = ()
    language: str = ""  # as a skill; '': any agent
    preferred_agent: str = ""  # a user's id or login; '': nobody in particular
    music: str = ""  # key of a prompt; '': the queue's own
    announcement: tuple[Part, ...] = ()  # said every `announce_seconds`
    announce_seconds: int = 0  # 0: as the queue says
    announce_position: bool = False
    announce_wait: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveQueue:
    """Take the caller out of the queue. A `QueueLeft` that crosses it is ignored, unless an agent
    has answered: then the flow is over (`answered` counts at any time)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Connect the caller elsewhere, within the fraud guard; `TransferEnded` follows."""

    kind: str  # number, agent
    to: str  # E.164, or a user's id or login
    seconds: int  # of ringing


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCallback:
    """The caller has accepted to be called back: keep the place in the queue."""

    queue_id: str
    number: str
    language: str = ""
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepVoicemail:
    """Put a recorded, or in writing a written, message into the queue's box."""

    queue_id: str
    media: str  # as `Recorded` told it; '' in writing
    seconds: float
    text: str = ""  # in writing
    number: str = ""  # of the caller


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitVoicemail:
    """The caller has hung up while a message was recorded: keep it once the recording is there."""

    recording: str
    queue_id: str
    number: str  # of the caller


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecordings:
    """Which prompts does this code let the caller record? `RecordingTold` follows: the first."""

    question: str
    code: str = field(repr=False)  # as it was keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRecording:
    """Which prompt is to be recorded after this place of the list? `RecordingTold` follows."""

    question: str
    session_id: str
    after: int  # 0: the first


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRecording:
    """Keep a take as a prompt's draft; `RecordingTold` follows: the next one. A take that is kept
    already is not kept twice."""

    question: str
    session_id: str
    position: int
    take: str  # the recording's name, unique in the call
    media: str  # as `Recorded` told it


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRecording:
    """A take that nobody wants is removed."""

    media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """Send a message by a channel; whether it arrives is the channel's concern."""

    channel: str
    template: str  # key of a prompt, in its variant for text
    to: str
    language: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToDnc:
    """Put the number on a DNC list; it counts from now on."""

    dnc_list_id: str  # '': the campaign's or the organisation's
    number: str
    days: int  # 0: for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberLanguage:
    """This person's language, also in the next call."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOutcome:
    """A result of the call, by name; a later one of the same name replaces it."""

    name: str
    value: str
    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """End the call, or the conversation with the flow; nothing comes after it."""


Action = (
    Say | StopSaying | SetTimer | CancelTimer | LookUp | AskHours | AskIncidents | NotifyWhenOver
    | Record | StopRecording | EnterQueue | LeaveQueue | Transfer | OfferCallback | KeepVoicemail
    | AwaitVoicemail | OpenRecordings | NextRecording | KeepRecording | DropRecording | SendMessage
    | AddToDnc | RememberLanguage | NoteOutcome | HangUp
)  # fmt: skip

NAMES = ("playback", "timer", "lookup", "question", "recording")  # fields that name an action
# Actions that take a new name.
BEGINNINGS = (
    Say, SetTimer, LookUp, AskHours, AskIncidents, Record, OpenRecordings, NextRecording,
    KeepRecording,
)  # fmt: skip
