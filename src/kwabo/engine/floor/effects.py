"""What the floor wants the switch to do.

Effects of one lane are done in order; lanes are independent. A failed effect comes back to the
floor as an event, and so does the success of one with `tell`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kwabo.kernel.errors import KwaboError
from kwabo.kernel.records import quickly_made
from kwabo.ports.switch import AgentEndpoint, BridgeKind, InboundTrunk, Originate, SwitchError


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing to do, in its lane."""

    lane: str
    tell: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial(Effect):
    """Start a call."""

    call: Originate


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp(Effect):
    """End a channel."""

    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCalls(Effect):
    """Have calls of these trunks come to this floor."""

    trunks: tuple[InboundTrunk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChannel(Effect):
    """Take a call from outside."""

    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectChannel(Effect):
    """Refuse a call from outside that nobody has answered."""

    channel_id: str
    cause: int  # Q.850


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChannel(Effect):
    """Record what a channel's far end says."""

    channel_id: str
    recording: str
    max_seconds: int
    silence_seconds: int
    beep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecordingChannel(Effect):
    """End a recording."""

    recording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateBridge(Effect):
    """Make a bridge."""

    bridge_id: str
    kind: BridgeKind = BridgeKind.MIXING


@dataclass(frozen=True, slots=True, kw_only=True)
class DestroyBridge(Effect):
    """Remove a bridge; its channels stay."""

    bridge_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Effect):
    """Put a channel into a bridge."""

    bridge_id: str
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Effect):
    """Take a channel out of a bridge."""

    bridge_id: str
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Play(Effect):
    """Play media to a channel."""

    channel_id: str
    media: str | tuple[str, ...]  # several in a row are one playback
    playback_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPlaying(Effect):
    """End a playback; one that has ended stays so."""

    playback_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectSpeech(Effect):
    """Be told when a channel's far end speaks and falls silent."""

    channel_id: str
    silence_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreSpeech(Effect):
    """Be told it no longer."""

    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMusic(Effect):
    """Let a channel hear music."""

    channel_id: str
    media: tuple[str, ...] = ()  # over and over; none: the switch's own


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMusic(Effect):
    """End the music of a channel."""

    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMuted(Effect):
    """Mute or unmute a channel."""

    channel_id: str
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigits(Effect):
    """Send DTMF."""

    channel_id: str
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutEndpoint(Effect):
    """Let an agent's browser register."""

    endpoint: AgentEndpoint = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveEndpoint(Effect):
    """Take that right away."""

    endpoint: str


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class EffectDone:
    """An effect with `tell` was done."""

    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFailed:
    """An effect was not, or perhaps not, done."""

    effect: Effect
    error: SwitchError


def switch_refusal(error: SwitchError) -> KwaboError:
    """What a person is told when the switch does not do what was asked."""
    refusal = KwaboError(error.code, f"The switch did not do it: {error.message}. Try again.")
    refusal.status = 503
    return refusal
