"""What exists on the simulated switch: channels, bridges, recordings that go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kwabo.adapters.switch.simulator.far_end import Behaviour, Caller, FarEndCall
from kwabo.ports.switch import (
    BridgeKind,
    CallAnalysis,
    ChannelArrived,
    ChannelState,
    Originate,
)


@dataclass(slots=True, kw_only=True, eq=False)
class SimulatedChannel:
    """A channel that exists."""

    channel_id: str
    application: str
    call: Originate | None  # None: it came in
    created_at: datetime
    behaviour: Behaviour
    far: FarEndCall | None  # None: an agent's endpoint
    state: ChannelState = ChannelState.DIALLING
    in_application: bool = False
    bridge_id: str | None = None
    muted: bool = False
    music: bool = False  # wanted; it plays around everything else
    music_media: tuple[str, ...] = ()  # over and over; none: the switch's own
    caller: Caller | None = None  # whoever called in
    arrival: ChannelArrived | None = None  # told, or to be told
    playbacks: set[str] = field(default_factory=set)
    answered_at: datetime | None = None
    silence_seconds: float | None = None  # after which its silence is told; None: nobody asked

    @property
    def analysis(self) -> CallAnalysis | None:
        """What was asked to listen to its answer."""
        return self.call.call_analysis if self.call is not None else None

    @property
    def hears_music(self) -> bool:
        """Whether music plays now: not while anything else does."""
        return self.music and not self.playbacks


@dataclass(slots=True, kw_only=True, eq=False)
class SimulatedRecording:
    """A recording that goes on."""

    recording_name: str
    channel: SimulatedChannel
    began_at: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class SimulatedBridge:
    """A bridge that exists."""

    bridge_id: str
    application: str
    kind: BridgeKind
    channels: dict[str, None] = field(default_factory=dict)  # an ordered set
