"""One application's connection to the simulated switch: the port `Switch`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

from kwabo.adapters.switch.dial_string import (
    check_call,
    check_cause,
    check_digits,
    check_endpoint,
    check_id,
    check_inbound_trunk,
    check_media_list,
    check_recording,
)
from kwabo.adapters.switch.simulator.channels import SimulatedBridge, SimulatedChannel
from kwabo.adapters.switch.simulator.node import SimulatedNode
from kwabo.ports.switch import (
    AgentEndpoint,
    BridgeKind,
    ChannelAlive,
    ChannelState,
    InboundTrunk,
    Originate,
    SwitchConnected,
    SwitchEvent,
    SwitchLost,
    SwitchRefused,
    SwitchSnapshot,
    SwitchTakenOver,
)

RECONNECT_SECONDS = 1.0


class SimulatedSwitch:
    """Implements `kwabo.ports.switch.ImmediateSwitch` on a `SimulatedNode`."""

    immediate = True

    def __init__(self, node: SimulatedNode, application: str) -> None:
        self._node = node
        self._application = application
        self._events: asyncio.Queue[SwitchEvent | None] = asyncio.Queue()
        self._hand_over: Callable[[SwitchEvent], None] = self._events.put_nowait
        self._connected = False
        self._closed = False
        self._taken_over = False
        self._connector: asyncio.Task[None] | None = None

    # ── Connection ──────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        self._connector = asyncio.get_running_loop().create_task(self._connect())

    async def _connect(self) -> None:
        while not self._closed and not self._taken_over:
            if self._node.connect(self._application, self):
                self._connected = True
                self._hand_over(SwitchConnected(at=self._node.clock.now()))
                return
            await self._node.clock.sleep(RECONNECT_SECONDS)

    async def close(self) -> None:
        self._closed = True
        self._connected = False
        if self._connector is not None:
            self._connector.cancel()
        self._node.disconnect(self._application, self)
        self._events.put_nowait(None)

    @property
    def ready(self) -> bool:
        return self._connected

    async def events(self) -> AsyncIterator[SwitchEvent]:
        while (event := await self._events.get()) is not None:
            yield event

    def listen(self, to: Callable[[SwitchEvent], None]) -> None:
        """See `ImmediateSwitch`."""
        self._hand_over = to

    # ── What the node calls ─────────────────────────────────────────────────────────────────────

    def deliver(self, event: SwitchEvent) -> None:
        """An event of this application's."""
        self._hand_over(event)

    def lost(self, reason: str) -> None:
        """The connection broke; it is made again as soon as the node accepts."""
        self._connected = False
        self._hand_over(SwitchLost(at=self._node.clock.now(), reason=reason))
        self._connector = asyncio.get_running_loop().create_task(self._reconnect())

    async def _reconnect(self) -> None:
        await self._node.clock.sleep(RECONNECT_SECONDS)
        await self._connect()

    def replaced(self) -> None:
        """Another connection owns the application's name now."""
        self._connected = False
        self._taken_over = True
        self._hand_over(SwitchTakenOver(at=self._node.clock.now()))

    # ── Asking ──────────────────────────────────────────────────────────────────────────────────

    async def originate(self, call: Originate) -> None:
        check_call(call)
        self._may_act()
        if not self._connected:
            raise SwitchRefused(
                "SWITCH_NOT_READY", "Events do not flow; nothing is dialled.", retryable=True
            )
        self._node.originate(self._application, call)

    async def hang_up(self, channel_id: str) -> None:
        self._may_act(check_id(channel_id))
        self._node.hang_up(channel_id)

    async def take_calls(self, trunks: Sequence[InboundTrunk]) -> None:
        for trunk in trunks:
            check_inbound_trunk(trunk)
        self._may_act()
        self._node.take_calls(self._application, trunks)

    async def ring(self, channel_id: str) -> None:
        self._may_act(check_id(channel_id))
        self._node.ring(self._held(channel_id))

    async def answer(self, channel_id: str) -> None:
        self._may_act(check_id(channel_id))
        self._node.answer(self._held(channel_id))

    async def reject(self, channel_id: str, cause: int) -> None:
        check_cause(cause)
        self._may_act(check_id(channel_id))
        channel = self._node.channels.get(channel_id)
        if channel is None:
            return
        if channel.state is ChannelState.UP:
            raise SwitchRefused(
                "CHANNEL_ANSWERED", "The call has been answered; hang it up.", retryable=False
            )
        self._node.reject(channel, cause)

    async def create_bridge(self, bridge_id: str, kind: BridgeKind) -> None:
        self._may_act(check_id(bridge_id))
        self._node.bridges.setdefault(
            bridge_id,
            SimulatedBridge(bridge_id=bridge_id, application=self._application, kind=kind),
        )

    async def destroy_bridge(self, bridge_id: str) -> None:
        self._may_act(check_id(bridge_id))
        bridge = self._node.bridges.pop(bridge_id, None)
        for channel_id in list(bridge.channels) if bridge else []:
            self._node.channels[channel_id].bridge_id = None

    async def join(self, bridge_id: str, channel_id: str) -> None:
        self._may_act(check_id(bridge_id), check_id(channel_id))
        channel = self._held(channel_id)
        bridge = self._node.bridges.get(bridge_id)
        if bridge is None:
            raise SwitchRefused("BRIDGE_UNKNOWN", "There is no such bridge.", retryable=False)
        self._node.put_in_bridge(channel, bridge)

    async def leave(self, bridge_id: str, channel_id: str) -> None:
        self._may_act(check_id(bridge_id), check_id(channel_id))
        channel = self._node.channels.get(channel_id)
        if channel is not None and channel.bridge_id == bridge_id:
            self._node.remove_from_bridge(channel)

    async def play(self, channel_id: str, media: str | Sequence[str], playback_id: str) -> None:
        self._may_act(check_id(channel_id), check_id(playback_id))
        self._node.sounds.start_playback(
            self._held(channel_id), check_media_list(media), playback_id
        )

    async def stop_playing(self, playback_id: str) -> None:
        self._may_act(check_id(playback_id))
        self._node.sounds.end_playback(playback_id)

    async def record(
        self,
        channel_id: str,
        recording_name: str,
        *,
        max_seconds: int,
        silence_seconds: int = 0,
        beep: bool = False,
    ) -> None:
        check_recording(recording_name, max_seconds, silence_seconds)
        self._may_act(check_id(channel_id))
        self._node.sounds.start_recording(
            self._held(channel_id), recording_name, max_seconds, silence_seconds
        )

    async def stop_recording(self, recording_name: str) -> None:
        self._may_act(check_id(recording_name))
        self._node.sounds.end_recording(recording_name)

    async def detect_speech(self, channel_id: str, silence_seconds: float) -> None:
        self._may_act(check_id(channel_id))
        self._node.detect_speech(self._held(channel_id), silence_seconds)

    async def ignore_speech(self, channel_id: str) -> None:
        self._may_act(check_id(channel_id))
        if channel := self._node.channels.get(channel_id):
            channel.silence_seconds = None

    async def start_music(self, channel_id: str, media: Sequence[str] = ()) -> None:
        wanted = tuple(check_media_list(media)) if media else ()
        self._may_act(check_id(channel_id))
        self._node.sounds.start_music(self._held(channel_id), wanted)

    async def stop_music(self, channel_id: str) -> None:
        self._may_act(check_id(channel_id))
        if channel := self._node.channels.get(channel_id):
            channel.music = False

    async def mute(self, channel_id: str) -> None:
        self._may_act(check_id(channel_id))
        self._held(channel_id).muted = True

    async def unmute(self, channel_id: str) -> None:
        self._may_act(check_id(channel_id))
        self._held(channel_id).muted = False

    async def send_digits(self, channel_id: str, digits: str) -> None:
        self._may_act(check_id(channel_id), check_digits(digits))
        if (far := self._held(channel_id).far) is not None:
            far.digits += digits

    async def put_agent_endpoint(self, endpoint: AgentEndpoint) -> None:
        self._may_act(check_endpoint(endpoint.endpoint))
        self._node.endpoints.setdefault(endpoint.endpoint, False)
        if self._node.agents_register:
            self._node.set_reachable(endpoint.endpoint, True)

    async def remove_agent_endpoint(self, endpoint: str) -> None:
        self._may_act(check_endpoint(endpoint))
        self._node.set_reachable(endpoint, False)
        self._node.endpoints.pop(endpoint, None)

    async def snapshot(self) -> SwitchSnapshot:
        self._may_act()
        mine = [c for c in self._node.channels.values() if c.application == self._application]
        return SwitchSnapshot(
            channels={channel.channel_id: _alive(channel) for channel in mine},
            bridges={
                bridge.bridge_id: frozenset(bridge.channels)
                for bridge in self._node.bridges.values()
                if bridge.application == self._application
            },
            reachable_endpoints=frozenset(
                endpoint for endpoint, reachable in self._node.endpoints.items() if reachable
            ),
            recordings=frozenset(
                name
                for name, recording in self._node.sounds.recordings.items()
                if recording.channel.application == self._application
            ),
        )

    def _may_act(self, *_checked: str) -> None:
        if self._taken_over:
            raise SwitchRefused(
                "TAKEN_OVER", "Another process uses this application now.", retryable=False
            )
        if self._closed:
            raise SwitchRefused("CLOSED", "The connection was closed.", retryable=False)

    def _held(self, channel_id: str) -> SimulatedChannel:
        """A channel that this application can act on."""
        channel = self._node.channels.get(channel_id)
        if channel is None:
            raise SwitchRefused("CHANNEL_UNKNOWN", "There is no such channel.", retryable=False)
        if not channel.in_application:
            raise SwitchRefused(
                "CHANNEL_NOT_HELD", "The channel has not been answered.", retryable=True
            )
        return channel


def _alive(channel: SimulatedChannel) -> ChannelAlive:
    came = channel.arrival
    return ChannelAlive(
        channel_id=channel.channel_id,
        state=channel.state,
        in_application=channel.in_application,
        bridge_id=channel.bridge_id,
        created_at=channel.created_at,
        inbound=came is not None,
        number=came.number if came else "",
        caller=came.caller if came else "",
        caller_name=came.caller_name if came else "",
        trunk_endpoint=came.trunk_endpoint if came else "",
        number_sent=came.number_sent if came else "",
    )
