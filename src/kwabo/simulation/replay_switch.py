"""The switch of a day that is played again: it tells what the record says, when it is told to.

Customers' channels do nothing of themselves. A customer and an agent are together when the record
says that they were, so the join of an agent's leg to a call is done only then, or when one of the
two is gone; the floor has been told of that before.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from kwabo.kernel.clock import Clock
from kwabo.ports.switch import (
    AgentEndpoint,
    BridgeKind,
    ChannelAnswered,
    ChannelEnded,
    ChannelRinging,
    InboundTrunk,
    Originate,
    PlaybackEnded,
    SwitchConnected,
    SwitchEvent,
    SwitchSnapshot,
)

_CALL_BRIDGE = "call-"


class RecordedSwitch:
    """See `kwabo.ports.switch.Switch`. Nothing is alive on it when the day begins."""

    immediate = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._events: asyncio.Queue[SwitchEvent | None] = asyncio.Queue()
        self._met: set[str] = set()  # customers' channels that an agent can be with
        self._joining: dict[tuple[str, str], asyncio.Event] = {}  # customer's channel, leg
        self._playing: dict[str, str] = {}  # customer's channel → newest playback
        self._over = False

    # ── The record's hands ──────────────────────────────────────────────────────────────────────

    def rings(self, channel_id: str) -> None:
        """The far end is alerted."""
        self._tell(ChannelRinging(channel_id=channel_id, at=self._now))

    def answers(self, channel_id: str, analysis: str | None) -> None:
        """The far end, or an agent's leg, answers."""
        self._tell(ChannelAnswered(channel_id=channel_id, at=self._now, analysis=analysis))

    def joins(self, channel_id: str) -> None:
        """The customer can be with an agent from now on."""
        self._met.add(channel_id)
        self._let_join(channel_id)

    def message_ends(self, channel_id: str) -> bool:
        """What plays to the customer is over; False when nothing plays."""
        playback_id = self._playing.pop(channel_id, None)
        if playback_id is None:
            return False
        self._tell(PlaybackEnded(playback_id=playback_id, channel_id=channel_id, at=self._now))
        return True

    def ends(self, channel_id: str, cause: int | None, sip_code: int | None) -> None:
        """The channel is gone."""
        self._tell(
            ChannelEnded(channel_id=channel_id, at=self._now, cause=cause, sip_code=sip_code)
        )
        self._let_join(channel_id)

    def is_over(self) -> None:
        """The record ends here: nothing is waited for any more."""
        self._over = True
        for event in self._joining.values():
            event.set()

    @property
    def _now(self) -> datetime:
        return self._clock.now()

    def _let_join(self, channel_id: str) -> None:
        for pair, event in self._joining.items():
            if channel_id in pair:
                event.set()

    def _tell(self, event: SwitchEvent) -> None:
        self._events.put_nowait(event)

    # ── The port ────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        self._tell(SwitchConnected(at=self._now))

    async def close(self) -> None:
        self._events.put_nowait(None)

    @property
    def ready(self) -> bool:
        return True

    async def events(self) -> AsyncIterator[SwitchEvent]:
        while (event := await self._events.get()) is not None:
            yield event

    async def originate(self, call: Originate) -> None: ...

    async def hang_up(self, channel_id: str) -> None:
        self._let_join(channel_id)

    async def take_calls(self, trunks: Sequence[InboundTrunk]) -> None: ...

    async def ring(self, channel_id: str) -> None: ...

    async def answer(self, channel_id: str) -> None: ...

    async def reject(self, channel_id: str, cause: int) -> None: ...

    async def create_bridge(self, bridge_id: str, kind: BridgeKind) -> None: ...

    async def destroy_bridge(self, bridge_id: str) -> None: ...

    async def join(self, bridge_id: str, channel_id: str) -> None:
        customer = bridge_id.removeprefix(_CALL_BRIDGE)
        alone = channel_id == customer or not bridge_id.startswith(_CALL_BRIDGE)
        if alone or self._over or customer in self._met:
            return
        event = self._joining[customer, channel_id] = asyncio.Event()
        await event.wait()
        self._joining.pop((customer, channel_id), None)

    async def leave(self, bridge_id: str, channel_id: str) -> None: ...

    async def play(self, channel_id: str, media: str | Sequence[str], playback_id: str) -> None:
        self._playing[channel_id] = playback_id

    async def stop_playing(self, playback_id: str) -> None: ...

    async def record(
        self,
        channel_id: str,
        recording_name: str,
        *,
        max_seconds: int,
        silence_seconds: int = 0,
        beep: bool = False,
    ) -> None: ...

    async def stop_recording(self, recording_name: str) -> None: ...

    async def detect_speech(self, channel_id: str, silence_seconds: float) -> None: ...

    async def ignore_speech(self, channel_id: str) -> None: ...

    async def start_music(self, channel_id: str, media: Sequence[str] = ()) -> None: ...

    async def stop_music(self, channel_id: str) -> None: ...

    async def mute(self, channel_id: str) -> None: ...

    async def unmute(self, channel_id: str) -> None: ...

    async def send_digits(self, channel_id: str, digits: str) -> None: ...

    async def put_agent_endpoint(self, endpoint: AgentEndpoint) -> None: ...

    async def remove_agent_endpoint(self, endpoint: str) -> None: ...

    async def snapshot(self) -> SwitchSnapshot:
        return SwitchSnapshot(channels={}, bridges={}, reachable_endpoints=frozenset())
