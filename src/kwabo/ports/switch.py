"""The telephone switch: channels, bridges, and what happens on them.

Ids of channels and bridges are chosen by the caller. An attempt's channel id is its attempt id, an
agent leg's is `leg-<user id>-<n>`; only a call that comes in has an id of the switch's. A finished
channel's id can be used again on a real switch, so "never twice" is not this port's promise: the
database holds it.

Numbers reach the port as E.164 (`+` and digits). An adapter refuses anything else before it
touches a dial string.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kwabo.kernel.records import quickly_made


class SwitchError(Exception):
    """The switch did not do what was asked. `retryable` is about asking again later."""

    def __init__(self, code: str, message: str, *, retryable: bool) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable


class SwitchRefused(SwitchError):
    """The switch answered no: what was asked has certainly not been done."""


class SwitchUncertain(SwitchError):
    """No answer came: what was asked may or may not have been done."""


class ChannelState(StrEnum):
    """How far a channel is."""

    DIALLING = "dialling"
    RINGING = "ringing"
    UP = "up"


class BridgeKind(StrEnum):
    """How a bridge treats its channels."""

    MIXING = "mixing"  # everybody hears everybody
    HOLDING = "holding"  # nobody hears anybody; channels wait, with or without music


# ── What is asked ────────────────────────────────────────────────────────────────────────────────


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class CallNumber:
    """Where a call goes: a number through a trunk."""

    number: str  # E.164
    trunk_endpoint: str  # the switch's name of the trunk, [A-Za-z0-9_-]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAgentEndpoint:
    """Where a call goes: an agent's registered endpoint (see `put_agent_endpoint`)."""

    endpoint: str


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnalysis:
    """Who listens to an answer, and how, before `ChannelAnswered` tells what it was."""

    engine: str = "amd"  # Asterisk's own; what an adapter does not have it refuses
    sensitivity: str = "medium"  # low | medium | high: how readily it is taken for a person's
    fax: bool = True  # also listen for the tone of a fax


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Originate:
    """Start a call and bring it to the application when it is answered."""

    channel_id: str
    to: CallNumber | CallAgentEndpoint
    caller_id: str  # E.164 or '' for none
    caller_name: str = ""
    timeout_seconds: int = 30  # ring time; the switch gives up then
    call_analysis: CallAnalysis | None = None  # tell person from machine before `ChannelAnswered`
    early_media_seconds: int = 0  # of sound before the answer to listen to; 0: none
    early_media_kept: bool = False  # keep what was heard of a call that nobody answers
    # attempt | leg | consult; a failed hand-over of an attempt plays the identification message
    purpose: str = "attempt"
    headers: Mapping[str, str] = field(default_factory=dict)  # SIP headers of the INVITE


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentEndpoint:
    """A browser's right to register at the switch."""

    endpoint: str  # also the SIP user name, [A-Za-z0-9_-]
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundTrunk:
    """A trunk whose calls come to this application (see `take_calls`)."""

    endpoint: str  # the switch's name of the trunk
    country: str = ""  # ISO 3166 alpha-2: how numbers without + are read; '': only those with


# ── What is told ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelArrived:
    """A call has come in, is held by the application, and has not been answered.

    Nothing is signalled to the caller until `ring`, `answer` or `reject`. A snapshot taken at that
    time shows it too: whichever is seen first counts, the other is no second call. Its answer is
    told as ChannelAnswered, its end as ChannelEnded.
    """

    channel_id: str  # the switch's
    at: datetime
    number: str  # called, E.164; '' when what was sent cannot be read
    caller: str  # E.164; '' when it is withheld or cannot be read
    caller_name: str = ""
    trunk_endpoint: str = ""
    number_sent: str = ""  # what the trunk sent: digits, perhaps with +


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRinging:
    """The far end is being alerted (180, or 183 with tones)."""

    channel_id: str
    at: datetime


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPickedUp:
    """The far end has answered, and call analysis listens before `ChannelAnswered` tells more.

    Told only of calls with call analysis; a switch that cannot tell leaves it out.
    """

    channel_id: str
    at: datetime


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAnswered:
    """The call was answered and the application holds it."""

    channel_id: str
    at: datetime
    analysis: str | None = None  # person | machine | fax | unsure; None: analysis was off
    analysis_terms: str = ""  # the engine's parameters
    analysis_cause: str = ""  # the engine's reason


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyMedia:
    """What a network sent before any answer."""

    seconds: float  # from its begin (183) to the end of the call
    tone: str | None = None  # see `domain.call_analysis.network.Tone`; None: nobody listened
    path: str | None = None  # file of what was recorded, where it is kept
    recorded_seconds: float = 0.0


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEnded:
    """The channel is gone, answered or not."""

    channel_id: str
    at: datetime
    cause: int | None  # Q.850
    sip_code: int | None  # final SIP answer where the switch tells it
    early_media: EarlyMedia | None = None  # of a call that nobody answered


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSpeech:
    """The far end began to speak, or has been silent for as long as `detect_speech` asked."""

    channel_id: str
    at: datetime
    speaking: bool
    seconds: float | None = None  # how long it spoke, when it is silent now


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDigit:
    """A key was pressed at the far end."""

    channel_id: str
    at: datetime
    digit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackEnded:
    """A sound came to its end, was stopped, or could not be played."""

    playback_id: str
    channel_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingEnded:
    """A recording is over: stopped, silent or long enough, or its channel is gone.

    Told once for each `record`, perhaps after the channel's end; also, when a snapshot is taken,
    for what was recorded while nobody listened.
    """

    recording_name: str
    channel_id: str
    at: datetime
    seconds: float
    path: str | None  # WAV, 8 kHz, 16 bits, mono; None: nothing was recorded, or it is not kept


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentEndpointChanged:
    """An agent's endpoint became reachable (registered) or unreachable."""

    endpoint: str
    reachable: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchConnected:
    """Events flow (again). Nothing of the time before is replayed: take a snapshot."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchLost:
    """Events do not flow; calls in progress may go on. Nothing may be dialled."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchTakenOver:
    """Another process uses this application now. This one must stop acting at once."""

    at: datetime


SwitchEvent = (
    ChannelArrived
    | ChannelRinging
    | ChannelPickedUp
    | ChannelAnswered
    | ChannelEnded
    | ChannelDigit
    | ChannelSpeech
    | PlaybackEnded
    | RecordingEnded
    | AgentEndpointChanged
    | SwitchConnected
    | SwitchLost
    | SwitchTakenOver
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAlive:
    """A channel that exists now."""

    channel_id: str
    state: ChannelState
    in_application: bool  # held by this application: answered, or come in
    bridge_id: str | None
    created_at: datetime
    inbound: bool = False  # it came in; RINGING until it is answered. Then, as in ChannelArrived:
    number: str = ""
    caller: str = ""
    caller_name: str = ""
    trunk_endpoint: str = ""
    number_sent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchSnapshot:
    """What is alive on the switch now."""

    channels: Mapping[str, ChannelAlive]  # by channel id
    bridges: Mapping[str, frozenset[str]]  # bridge id → channel ids
    reachable_endpoints: frozenset[str]  # agent endpoints that are registered
    recordings: frozenset[str] = frozenset()  # names of those that go on, or are still to be told


class Switch(Protocol):
    """One node of the switch, on behalf of one application (one floor).

    Every asking method returns when the switch has accepted, and raises `SwitchRefused` or
    `SwitchUncertain`. Hanging up, removing or destroying what is already gone succeeds.
    """

    async def start(self) -> None:
        """Connect and stay connected; returns at once. The first event is SwitchConnected."""
        ...

    async def close(self) -> None:
        """Disconnect. Channels and bridges stay as they are."""
        ...

    @property
    def ready(self) -> bool:
        """Whether dialling is safe: connected, heard within 5 s, and known to the switch."""
        ...

    @property
    def immediate(self) -> bool:
        """Whether no request ever waits; such a switch is an `ImmediateSwitch`."""
        ...

    def events(self) -> AsyncIterator[SwitchEvent]:
        """Events in the order of arrival. One reader only; ends after `close`."""
        ...

    async def originate(self, call: Originate) -> None: ...

    async def hang_up(self, channel_id: str) -> None: ...

    async def take_calls(self, trunks: Sequence[InboundTrunk]) -> None:
        """Bring calls from these trunks, and no others, to this application from now on.

        Kept across lost connections. A trunk brings its calls to the application that asked last.
        """
        ...

    async def ring(self, channel_id: str) -> None:
        """Let the caller of a call that came in hear it ring (180)."""
        ...

    async def answer(self, channel_id: str) -> None:
        """Answer a call that came in; one that is answered stays so."""
        ...

    async def reject(self, channel_id: str, cause: int) -> None:
        """End a call that came in with a Q.850 cause: 17 busy, 21 rejected, 34 no capacity …

        Refused with CHANNEL_ANSWERED after an answer: then `hang_up` it is.
        """
        ...

    async def create_bridge(self, bridge_id: str, kind: BridgeKind) -> None:
        """Make a bridge; one of this id that exists is left as it is."""
        ...

    async def destroy_bridge(self, bridge_id: str) -> None: ...

    async def join(self, bridge_id: str, channel_id: str) -> None:
        """Put a channel into a bridge, out of the one where it was."""
        ...

    async def leave(self, bridge_id: str, channel_id: str) -> None: ...

    async def play(self, channel_id: str, media: str | Sequence[str], playback_id: str) -> None:
        """Play to one channel, e.g. 'sound:vm-goodbye' or 'tone:ring'; several in a row are one.

        Music that plays to the channel waits until the end.
        """
        ...

    async def stop_playing(self, playback_id: str) -> None: ...

    async def record(
        self,
        channel_id: str,
        recording_name: str,
        *,
        max_seconds: int,
        silence_seconds: int = 0,
        beep: bool = False,
    ) -> None:
        """Record what the far end says, after a beep; no key ends it.

        `silence_seconds`: so much silence ends it; 0: none does. Names are never used again.
        """
        ...

    async def stop_recording(self, recording_name: str) -> None:
        """End a recording; what was recorded is kept. What is over succeeds."""
        ...

    async def detect_speech(self, channel_id: str, silence_seconds: float) -> None:
        """Tell from now on when the far end speaks and when it falls silent (`ChannelSpeech`)."""
        ...

    async def ignore_speech(self, channel_id: str) -> None:
        """Tell it no longer."""
        ...

    async def start_music(self, channel_id: str, media: Sequence[str] = ()) -> None:
        """Play music until `stop_music`, around everything else that is played.

        `media`: sounds, as for `play`, over and over; none: the switch's own music, which also
        stands in for sounds that cannot be played. Other music that plays ends; the same goes on.
        Their ends are not told.
        """
        ...

    async def stop_music(self, channel_id: str) -> None: ...

    async def mute(self, channel_id: str) -> None:
        """What this channel says is no longer heard by others."""
        ...

    async def unmute(self, channel_id: str) -> None: ...

    async def send_digits(self, channel_id: str, digits: str) -> None:
        """Send DTMF to the far end: 0-9 * # A-D."""
        ...

    async def put_agent_endpoint(self, endpoint: AgentEndpoint) -> None:
        """Let a browser register; again after a restart of the switch, or with a new password."""
        ...

    async def remove_agent_endpoint(self, endpoint: str) -> None: ...

    async def snapshot(self) -> SwitchSnapshot:
        """What is alive now, of this application's channels and bridges.

        A bridge that was destroyed a moment ago may still be listed, without members.
        """
        ...


class ImmediateSwitch(Switch, Protocol):
    """A switch in this process, whose requests are done when they return."""

    def listen(self, to: Callable[[SwitchEvent], None]) -> None:
        """Have every event handed to `to` as it happens, in place of `events`."""
        ...
