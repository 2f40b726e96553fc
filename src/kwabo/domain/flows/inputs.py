"""What a flow is told. An input for something that is not waited for any more changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OPEN, CLOSED, HOLIDAY, EMERGENCY = "open", "closed", "holiday", "emergency"
HOURS_STATES = (OPEN, CLOSED, HOLIDAY, EMERGENCY)
ANSWERED = "answered"  # an agent has taken the caller
QUEUE_REASONS = (ANSWERED, "timeout", "full", "no_agents", "closed", "error")
CONNECTED = "connected"
TRANSFER_REASONS = (CONNECTED, "busy", "no_answer", "refused", "error")
SLOW = "SLOW"  # failure of a lookup that took too long


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackEnded:
    """All of a `Say` was said, or it could not be."""

    playback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitPressed:
    """The caller pressed 0-9, * or #."""

    digit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReceived:
    """The other side wrote."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedOut:
    """A timer has run down."""

    timer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """A data source has answered, or has not."""

    lookup: str
    outputs: Mapping[str, str] = field(default_factory=dict)  # '' or missing: no such value
    failure: str = ""  # a code; `SLOW` when it took too long


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursTold:
    """Whether a schedule is open."""

    question: str
    state: str  # open, closed, holiday, emergency; '': there is no such schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident that concerns the caller."""

    incident_id: str
    prompt: str = ""  # key of its prompt; '': it has words
    texts: Mapping[str, str] = field(default_factory=dict)  # language → words


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsTold:
    """The incidents that concern the caller, the most important first."""

    question: str
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A recording has ended."""

    recording: str
    media: str  # by which it is found again; '': nothing was recorded
    seconds: float = 0.0  # of sound


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingTold:
    """Which prompt is recorded next, or why none is."""

    question: str
    session_id: str = ""
    position: int = 0  # in the list, from 1; 0: none is left
    of: int = 0  # so many are in the list
    prompt: str = ""  # its key
    texts: Mapping[str, str] = field(default_factory=dict)  # what it says, by language
    failure: str = ""  # a code; '': what was asked is done


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLeft:
    """The caller waits no longer: one of `QUEUE_REASONS`."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferEnded:
    """How a transfer went: one of `TRANSFER_REASONS`."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerGone:
    """The other side has hung up."""


Input = (
    PlaybackEnded | DigitPressed | TextReceived | TimedOut | LookedUp | HoursTold | IncidentsTold
    | Recorded | RecordingTold | QueueLeft | TransferEnded | CallerGone
)  # fmt: skip
