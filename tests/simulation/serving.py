"""Judges how people who answer are served: in their order, at once when somebody is free, else with
the message within two seconds, which is kept as proof; and no agent in two conversations (I5).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from kwabo.adapters.switch.simulator import FarEndCall
from kwabo.adapters.switch.simulator.channels import SimulatedBridge, SimulatedChannel
from kwabo.engine.floor.state import Floor
from kwabo.ports.floor_changes import PresenceWritten
from kwabo.ports.floor_rows import AttemptRow
from kwabo.ports.switch import BridgeKind, ChannelState
from simulation.bounds import TICK, acts_within, told_within
from simulation.hearing import Hearing
from simulation.tables import Tables, waits
from simulation.world import HEADER, World

CONNECT_WITHIN = 2.0  # FloorSettings.connect_within_seconds: the law's two seconds
LEAD = 0.7  # the floor's own lead over that moment, which pays for the tick
MESSAGE = "apology-"  # playback ids of the message begin so
TO_MACHINES = "message-"  # and of those of response sets


class Serving:
    """See the module."""

    def __init__(self, world: World, tables: Tables, problem: Callable[[str], None]) -> None:
        self._world = world
        self._tables = tables
        self._problem = problem
        self._held: set[UUID] = set()  # attempts that had their agent before the dial
        self._seen: set[UUID] = set()
        self._waiting: set[UUID] = set()  # after the last step
        self._beside: dict[UUID, float] = {}  # who waits → since when beside a free agent
        self._floor: Floor | None = None
        self.messages: dict[str, datetime] = {}  # attempt → when it first heard the message

    @property
    def _now(self) -> float:
        return self._world.clock.monotonic()

    # ── After each step ──────────────────────────────────────────────────────────────────────────

    def step(self, floor: Floor, changed: Sequence[AttemptRow]) -> None:
        """Who waits now, and whether they were passed over."""
        if floor is not self._floor:
            self._floor, self._beside = floor, {}
        for row in changed:
            if row.attempt_id not in self._seen:
                self._seen.add(row.attempt_id)
                if row.agent_user_id is not None:
                    self._held.add(row.attempt_id)
        waiting = [row for row in self._tables.live.values() if waits(row)]
        for row in changed:
            if self._was_served(row):
                self._in_turn(row, waiting)
        self._waiting = {row.attempt_id for row in waiting}
        self._nobody_idles(waiting)

    def _was_served(self, row: AttemptRow) -> bool:
        answered = row.state in ("answered", "connected") and row.agent_user_id is not None
        fresh = row.answered_at == (self._floor.now if self._floor else None)
        return (
            answered
            and row.attempt_id not in self._held
            and (fresh or row.attempt_id in self._waiting)
        )

    def _in_turn(self, served: AttemptRow, waiting: Sequence[AttemptRow]) -> None:
        if served.agent_user_id is None or served.answered_at is None:
            return
        queues = self._world.data.users[served.agent_user_id].queue_ids
        for row in waiting:
            if row.attempt_id not in self._waiting:
                continue  # waits since this step: had an agent, perhaps, who turned out to be gone
            longer = row.answered_at is not None and row.answered_at < served.answered_at
            if longer and self._tables.queue_of(row) in queues:
                self._problem(f"order: {served.attempt_id} was served before {row.attempt_id}")

    def _nobody_idles(self, waiting: Sequence[AttemptRow]) -> None:
        beside: dict[UUID, float] = {}
        plan = self._world.drawn
        for row in waiting:
            team = self._tables.team(self._tables.queue_of(row))
            if any(self._is_free(agent) for agent in team):
                since = self._beside.get(row.attempt_id, self._now)
                beside[row.attempt_id] = since
                if self._now - since > acts_within(plan) + told_within(plan):
                    self._problem(f"idle: an agent is free and {row.attempt_id} waits")
                    beside[row.attempt_id] = self._now + 1e6
        self._beside = beside

    def _is_free(self, agent: PresenceWritten) -> bool:
        leg = self._world.node.channels.get(agent.leg_channel_id or "")
        up = leg is not None and leg.state is ChannelState.UP and leg.in_application
        return up and agent.status == "ready" and agent.attempt_id is None

    # ── At the node ──────────────────────────────────────────────────────────────────────────────

    def joined(self, channel: SimulatedChannel, bridge: SimulatedBridge) -> None:
        """A channel is in a bridge: no two customers together, no agent with two of them (I5)."""
        if bridge.kind is not BridgeKind.MIXING:
            return
        node = self._world.node
        talks: dict[str, set[str]] = {}  # agent → bridges in which one of the legs meets a customer
        for one in node.bridges.values():
            if one.kind is not BridgeKind.MIXING:
                continue
            purposes = [node.channels[c].call.purpose for c in one.channels]
            if purposes.count("attempt") > 1:
                self._problem(f"I5: two customers in {one.bridge_id}")
            for channel_id in one.channels if "attempt" in purposes else ():
                if channel_id.startswith("leg-"):
                    talks.setdefault(channel_id[4:40], set()).add(one.bridge_id)
        for agent, bridges in talks.items():
            if len(bridges) > 1:
                self._problem(f"I5: agent {agent} is in {sorted(bridges)}")

    def plays(self, channel: SimulatedChannel, media: Sequence[str], playback_id: str) -> None:
        """A sound begins on a channel."""
        if playback_id.startswith(TO_MACHINES):
            self.messages.setdefault(channel.channel_id, self._world.clock.now())
        if not playback_id.startswith(MESSAGE):
            return
        self.messages.setdefault(channel.channel_id, self._world.clock.now())
        bridge = self._world.node.bridges.get(channel.bridge_id or "")
        if bridge is not None and bridge.kind is BridgeKind.MIXING and len(bridge.channels) > 1:
            self._problem(f"message: into the conversation of {channel.channel_id}")

    # ── At the end ───────────────────────────────────────────────────────────────────────────────

    def message_within(self) -> float:
        """Seconds from an answer that no agent takes to the message, at most."""
        plan = self._world.drawn
        # The timer rings at 1.3 s of the step that took the answer; a tick notices it.
        late = max(0.0, acts_within(plan) + TICK - LEAD) if plan.latency else 0.0
        return CONNECT_WITHIN + late + told_within(plan)

    def end(self, hearing: Hearing) -> None:
        """Every answered call was served, or heard the message in time, with the proof kept."""
        for call in self._world.node.calls:
            attempt = self._world.data.attempts.get(UUID(call.headers.get(HEADER) or _NONE))
            if attempt is not None:
                self._proof(call, attempt.row, hearing)

    def _proof(self, call: FarEndCall, row: AttemptRow, hearing: Hearing) -> None:
        heard = self.messages.get(call.channel_id)
        started = row.message_started_at
        if started is not None and (heard is None or heard > started):
            self._problem(f"message: {row.attempt_id} has a proof of what nobody heard")
        if started is not None and row.message_media is None:
            self._problem(f"message: the proof of {row.attempt_id} does not say what was played")
        ended = row.message_ended_at
        if started is not None and ended is not None and ended < started:
            self._problem(f"message: of {row.attempt_id} ended before it began")
        if row.abandoned and row.connected_at is not None:
            self._problem(f"message: {row.attempt_id} was abandoned and connected")
        if row.result != "person" or call.answered_at is None or call.identified_at is not None:
            return
        # Call analysis listens first: the floor knows of the answer from its verdict on.
        analysed = self._world.data.campaigns[row.campaign_id].call_analysis
        since = row.answered_at if analysed else call.answered_at
        if since is not None:
            self._in_time(call, row, heard, hearing, since)

    def _in_time(
        self,
        call: FarEndCall,
        row: AttemptRow,
        heard: datetime | None,
        hearing: Hearing,
        since: datetime,
    ) -> None:
        until = call.ended_at or self._world.clock.now()
        stayed = (until - since).total_seconds()
        if call.connected_at is not None or not hearing.was_stable(since, until):
            return
        within = self.message_within()
        if stayed <= within:
            return
        if heard is None or (heard - since).total_seconds() > within:
            late = (heard - since).total_seconds() if heard else stayed
            self._problem(f"message: {row.attempt_id} heard nobody and nothing for {late:.2f} s")
        elif row.message_started_at is None and not self._world.drawn.crashes:
            self._problem(f"message: {row.attempt_id} heard it and there is no proof")
        if not row.abandoned:
            self._problem(f"message: {row.attempt_id} met nobody and is not abandoned")


_NONE = str(UUID(int=0))
