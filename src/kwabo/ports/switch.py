"""The telephone switch: channels, bridges, and what happens on them.

Ids of channels and bridges are chosen by the caller. An attempt's channel id is its attempt id, an
agent leg's is `leg-<user id>-<n>`. A finished channel's id can be used again on a real switch, so
"never twice" is not this port's promise: the database holds it.

Numbers reach the port as E.164 (`+` and digits). An adapter refuses anything else before it
touches a dial string.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNumber:
    """Where a call goes: a number through a trunk."""

    number: str  # E.164
    trunk_endpoint: str  # the switch's name of the trunk, [A-Za-z0-9_-]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAgentEndpoint:
    """Where a call goes: an agent's registered endpoint (see `put_agent_endpoint`)."""

    endpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnalysis:
    """Who listens to an answer, and how, before `ChannelAnswered` tells what it was."""

    engine: str = "amd"  # Asterisk's own; what an adapter does not have it refuses
    sensitivity: str = "medium"  # low | medium | high: how readily it is taken for a person's
    fax: bool = True  # also listen for the tone of a fax


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


# ── What is told ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRinging:
    """The far end is being alerted (180, or 183 with tones)."""

    channel_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPickedUp:
    """The far end has answered, and call analysis listens before `ChannelAnswered` tells more.

    Told only of calls with call analysis; a switch that cannot tell leaves it out.
    """

    channel_id: str
    at: datetime


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
    ChannelRinging
    | ChannelPickedUp
    | ChannelAnswered
    | ChannelEnded
    | ChannelDigit
    | ChannelSpeech
    | PlaybackEnded
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
    in_application: bool  # answered and held by this application
    bridge_id: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchSnapshot:
    """What is alive on the switch now."""

    channels: Mapping[str, ChannelAlive]  # by channel id
    bridges: Mapping[str, frozenset[str]]  # bridge id → channel ids
    reachable_endpoints: frozenset[str]  # agent endpoints that are registered


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

    async def create_bridge(self, bridge_id: str, kind: BridgeKind) -> None:
        """Make a bridge; one of this id that exists is left as it is."""
        ...

    async def destroy_bridge(self, bridge_id: str) -> None: ...

    async def join(self, bridge_id: str, channel_id: str) -> None:
        """Put a channel into a bridge, out of the one where it was."""
        ...

    async def leave(self, bridge_id: str, channel_id: str) -> None: ...

    async def play(self, channel_id: str, media: str, playback_id: str) -> None:
        """Play media to one channel, e.g. 'sound:vm-goodbye' or 'tone:ring'."""
        ...

    async def stop_playing(self, playback_id: str) -> None: ...

    async def detect_speech(self, channel_id: str, silence_seconds: float) -> None:
        """Tell from now on when the far end speaks and when it falls silent (`ChannelSpeech`)."""
        ...

    async def ignore_speech(self, channel_id: str) -> None:
        """Tell it no longer."""
        ...

    async def start_music(self, channel_id: str) -> None: ...

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
        """What is alive now, of this application's channels and bridges."""
        ...


class ImmediateSwitch(Switch, Protocol):
    """A switch in this process, whose requests are done when they return."""

    def listen(self, to: Callable[[SwitchEvent], None]) -> None:
        """Have every event handed to `to` as it happens, in place of `events`."""
        ...
