"""The switch of a day that is played again: it tells what the record says, when it is told to.

Customers' channels do nothing of themselves. A customer and an agent are together when the record
says that they were, so a join is accepted only then, or when the customer is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from kwabo.kernel.clock import Clock
from kwabo.ports.switch import (
    AgentEndpoint,
    BridgeKind,
    ChannelAnswered,
    ChannelEnded,
    ChannelRinging,
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
        self._together: dict[str, asyncio.Event] = {}  # customer's channel → joined, or gone
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
        self._event(channel_id).set()

    def message_ends(self, channel_id: str) -> None:
        """What plays to the customer is over."""
        playback_id = self._playing.get(channel_id)
        if playback_id is not None:
            self._tell(PlaybackEnded(playback_id=playback_id, channel_id=channel_id, at=self._now))

    def ends(self, channel_id: str, cause: int | None, sip_code: int | None) -> None:
        """The channel is gone."""
        self._event(channel_id).set()
        self._tell(
            ChannelEnded(channel_id=channel_id, at=self._now, cause=cause, sip_code=sip_code)
        )

    def is_over(self) -> None:
        """The record ends here: nothing is waited for any more."""
        self._over = True
        for event in self._together.values():
            event.set()

    @property
    def _now(self) -> datetime:
        return self._clock.now()

    def _event(self, channel_id: str) -> asyncio.Event:
        return self._together.setdefault(channel_id, asyncio.Event())

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
        self._event(channel_id).set()

    async def create_bridge(self, bridge_id: str, kind: BridgeKind) -> None: ...

    async def destroy_bridge(self, bridge_id: str) -> None: ...

    async def join(self, bridge_id: str, channel_id: str) -> None:
        if bridge_id.startswith(_CALL_BRIDGE) and not self._over:
            await self._event(bridge_id.removeprefix(_CALL_BRIDGE)).wait()

    async def leave(self, bridge_id: str, channel_id: str) -> None: ...

    async def play(self, channel_id: str, media: str, playback_id: str) -> None:
        self._playing[channel_id] = playback_id

    async def stop_playing(self, playback_id: str) -> None: ...

    async def start_music(self, channel_id: str) -> None: ...

    async def stop_music(self, channel_id: str) -> None: ...

    async def mute(self, channel_id: str) -> None: ...

    async def unmute(self, channel_id: str) -> None: ...

    async def send_digits(self, channel_id: str, digits: str) -> None: ...

    async def put_agent_endpoint(self, endpoint: AgentEndpoint) -> None: ...

    async def remove_agent_endpoint(self, endpoint: str) -> None: ...

    async def snapshot(self) -> SwitchSnapshot:
        return SwitchSnapshot(channels={}, bridges={}, reachable_endpoints=frozenset())
