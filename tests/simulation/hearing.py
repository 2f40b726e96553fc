"""Judges what every answered person hears (I6): no silence, no music into a conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.adapters.switch.simulator.channels import SimulatedChannel
from kwabo.engine.floor.state import Floor
from kwabo.ports.switch import BridgeKind, ChannelState
from simulation.bounds import told_within
from simulation.tables import hears_a_message
from simulation.world import World


class Hearing:
    """Looks at the node twice a second."""

    def __init__(self, world: World, problem: Callable[[str], None]) -> None:
        self._world = world
        self._problem = problem
        self._silent: dict[str, float] = {}  # channel → since when its person hears nothing
        self._doubled: dict[str, float] = {}  # channel → since when music plays into a talk
        self._stable: tuple[Any, float] = (None, 0.0)  # the floor in charge, and since when
        self._unstable: list[tuple[datetime, datetime]] = []

    def listen(self, floor: Floor | None) -> None:
        """`floor`: the one in charge, if any."""
        now = self._world.clock.monotonic()
        able = floor is not None and floor.reconciled and floor.switch_ready
        if self._stable[0] is not (floor if able else None):
            self._stable = (floor if able else None, now)
            self._note_unstable(new=True)
        elif not able:
            self._note_unstable(new=False)
        silent: dict[str, float] = {}
        doubled: dict[str, float] = {}
        node = self._world.node
        for channel in node.channels.values():
            if channel.far is None or channel.call.purpose != "attempt":
                continue
            if channel.state is not ChannelState.UP or not channel.in_application:
                continue
            bridge = node.bridges.get(channel.bridge_id or "")
            together = bridge is not None and bridge.kind is BridgeKind.MIXING
            talks = together and bridge is not None and len(bridge.channels) > 1
            if not (talks or channel.music or channel.playbacks or self._speaks(channel)):
                silent[channel.channel_id] = self._silent.get(channel.channel_id, now)
            if talks and channel.music:
                doubled[channel.channel_id] = self._doubled.get(channel.channel_id, now)
        self._silent, self._doubled = silent, doubled
        if able:
            self._complain("hears nothing", self._silent, now)
            self._complain("hears music into a talk", self._doubled, now)

    def _speaks(self, channel: SimulatedChannel) -> bool:
        """Whether the other side is left to say its greeting before a message."""
        attempt = self._world.data.attempts.get(UUID(channel.channel_id))
        return attempt is not None and hears_a_message(attempt.row)

    def _note_unstable(self, *, new: bool) -> None:
        now = self._world.clock.now()
        if new or not self._unstable:
            self._unstable.append((now, now))
        else:
            self._unstable[-1] = (self._unstable[-1][0], now)

    def was_stable(self, since: datetime, until: datetime) -> bool:
        """Whether one floor was able to act, from a second before until a second after."""
        return not any(
            (since - end).total_seconds() < 1.0 and (begin - until).total_seconds() < 1.0
            for begin, end in self._unstable
        )

    def _complain(self, what: str, since: dict[str, float], now: float) -> None:
        for channel_id, begun in since.items():
            begin = max(begun, self._stable[1])
            if now - begin > self._patience():
                self._problem(f"I6: {channel_id} {what} for {now - begin:.1f} s")
                since[channel_id] = now + 1e6

    def _patience(self) -> float:
        """Two seconds, the requests of one reaction, and until what no event told is found."""
        plan = self._world.drawn
        return 2.0 + 8 * plan.latency + told_within(plan)
