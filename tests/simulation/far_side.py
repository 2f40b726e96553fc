"""The switch of a simulation, and who watches it: what reaches the far end, at its very moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from kwabo.adapters.switch.simulator import FarEndCall, SimulatedNode
from kwabo.adapters.switch.simulator.channels import SimulatedBridge, SimulatedChannel
from kwabo.adapters.switch.simulator.sounds import Sounds
from kwabo.kernel.clock import Clock
from kwabo.ports.switch import Originate


class Watcher(Protocol):
    """Is told by the node, not by the floor."""

    def invited(self, call: FarEndCall, channel: SimulatedChannel) -> None:
        """An INVITE has reached the far end."""
        ...

    def joined(self, channel: SimulatedChannel, bridge: SimulatedBridge) -> None:
        """A channel is in a bridge."""
        ...

    def plays(self, channel: SimulatedChannel, media: Sequence[str], playback_id: str) -> None:
        """A sound begins on a channel."""
        ...

    def connection(self, connected: bool) -> None:
        """The floor's application gets events now, or no longer."""
        ...


class FarSide(SimulatedNode):
    """A simulated switch with a watcher."""

    watcher: Watcher | None = None

    def __init__(self, clock: Clock, **settings: Any) -> None:
        super().__init__(clock, **settings)
        self.sounds = _WatchedSounds(clock, self._later, self._tell, self.sounds.seconds)
        self.sounds.of = self

    def originate(self, application: str, call: Originate) -> None:
        before = len(self.calls)
        try:
            super().originate(application, call)
        finally:
            if self.watcher is not None and len(self.calls) > before:
                self.watcher.invited(self.calls[-1], self.channels[call.channel_id])

    def put_in_bridge(self, channel: SimulatedChannel, bridge: SimulatedBridge) -> None:
        super().put_in_bridge(channel, bridge)
        if self.watcher is not None:
            self.watcher.joined(channel, bridge)

    def connect(self, application: str, connection: Any) -> bool:
        connected = super().connect(application, connection)
        self._tell_watcher()
        return connected

    def disconnect(self, application: str, connection: Any) -> None:
        super().disconnect(application, connection)
        self._tell_watcher()

    def drop_connections(self, reason: str) -> None:
        super().drop_connections(reason)
        self._tell_watcher()

    def _tell_watcher(self) -> None:
        if self.watcher is not None:
            self.watcher.connection(bool(self._connections))


class _WatchedSounds(Sounds):
    of: FarSide

    def start_playback(
        self, channel: SimulatedChannel, media: Sequence[str], playback_id: str
    ) -> None:
        super().start_playback(channel, media, playback_id)
        if self.of.watcher is not None:
            self.of.watcher.plays(channel, media, playback_id)
