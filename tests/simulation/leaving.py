"""Judges what must be gone: calls that are over, calls of stopped campaigns, calls whose agent is
lost, records of paused campaigns; and that a campaign is complete only when nothing is left of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.engine.floor.state import Floor
from kwabo.ports.floor_rows import AttemptRow
from kwabo.ports.switch import ChannelState
from simulation.bounds import acts_within, told_within
from simulation.hearing import Hearing
from simulation.tables import Tables
from simulation.world import World

HALTED = ("pausing", "paused", "stopped")


class Leaving:
    """See the module."""

    def __init__(self, world: World, tables: Tables, problem: Callable[[str], None]) -> None:
        self._world = world
        self._tables = tables
        self._problem = problem
        self._states: dict[UUID, str] = {}  # campaign → after the last step
        self._told: set[str] = set()  # channels
        self._outside: dict[str, datetime] = {}  # leg → since when it is in no bridge

    # ── After each step ──────────────────────────────────────────────────────────────────────────

    def step(self, floor: Floor, changed: Sequence[AttemptRow]) -> None:
        """Of the rows."""
        data = self._world.data
        for row in changed:
            if row.state in ("dialling", "ringing") and row.agent_user_id is not None:
                held = data.presence.get(row.agent_user_id)
                if held is None or held.attempt_id != row.attempt_id:
                    self._problem(f"held: the agent of {row.attempt_id} is not held for it")
        self._held()
        for campaign in data.campaigns:
            before = self._states.get(campaign.campaign_id)
            self._states[campaign.campaign_id] = campaign.state
            if campaign.state == "complete" and before not in (None, "complete"):
                self._is_complete(campaign.campaign_id)

    def _held(self) -> None:
        """Calls that nobody has answered, after the step."""
        data = self._world.data
        for row in self._tables.live.values():
            if row.state == "offered" and data.campaigns[row.campaign_id].state in HALTED:
                self._problem(f"offered: {row.attempt_id}, and its campaign is halted")
            if row.state not in ("dialling", "ringing") or row.agent_user_id is None:
                continue
            agent = data.presence.get(row.agent_user_id)
            if agent is None or agent.attempt_id != row.attempt_id or agent.status == "lost":
                self._problem(f"held: {row.attempt_id} goes on without its agent")

    def _is_complete(self, campaign_id: UUID) -> None:
        data = self._world.data
        live = [row for row in self._tables.live.values() if row.campaign_id == campaign_id]
        if live:
            self._problem(f"complete: a campaign with {len(live)} live calls")
        for presence in data.presence:
            attempt = data.attempts.get(presence.attempt_id) if presence.attempt_id else None
            if attempt is not None and attempt.row.campaign_id == campaign_id:
                self._problem("complete: a campaign of which an agent owes an outcome")
        for contact_id in data.lists.get(data.campaigns[campaign_id].contact_list_id, ()):
            known = data.courses.get((campaign_id, contact_id))
            if known is None or known.course.state != "finished":
                self._problem("complete: a campaign with a contact that is not finished")
                return

    # ── Twice a second ───────────────────────────────────────────────────────────────────────────

    def listen(self, hearing: Hearing) -> None:
        """What is up at the switch."""
        world = self._world
        self._parked(hearing)
        now = world.clock.now()
        within = timedelta(seconds=acts_within(world.drawn) + told_within(world.drawn) + 0.5)
        for channel in world.node.channels.values():
            attempt = world.data.attempts.get(_attempt_of(channel.channel_id))
            if attempt is None or channel.channel_id in self._told or channel.far is None:
                continue
            row = attempt.row
            since = row.closed_at
            what = "its call is over"
            stopped = world.stopped.get(row.campaign_id)
            unanswered = channel.state is not ChannelState.UP and row.state != "connected"
            if since is None and stopped is not None and unanswered:
                since, what = max(stopped, channel.far.at), "its campaign is stopped"
            if since is None or now - since <= within or not hearing.was_stable(since, now):
                continue
            self._told.add(channel.channel_id)
            late = (now - since).total_seconds()
            self._problem(f"left up: {channel.channel_id}, {late:.1f} s after {what}")

    def _parked(self, hearing: Hearing) -> None:
        """The leg of an agent without a call waits in the parking bridge."""
        world = self._world
        now = world.clock.now()
        within = timedelta(seconds=acts_within(world.drawn) + told_within(world.drawn) + 0.5)
        outside: dict[str, datetime] = {}
        for agent in world.data.presence:
            leg = world.node.channels.get(agent.leg_channel_id or "")
            if leg is None or leg.state is not ChannelState.UP or not leg.in_application:
                continue
            attempt = world.data.attempts.get(agent.attempt_id) if agent.attempt_id else None
            if agent.status not in ("ready", "paused", "after_call") or leg.bridge_id is not None:
                continue
            if attempt is not None and attempt.state != "closed":
                continue
            since = outside[leg.channel_id] = self._outside.get(leg.channel_id, now)
            if now - since <= within or not hearing.was_stable(since, now):
                continue
            outside[leg.channel_id] = now + timedelta(days=1)
            self._problem(f"parked: {leg.channel_id} has been in no bridge since its call")
        self._outside = outside


_NONE = UUID(int=0)


def _attempt_of(channel_id: str) -> UUID:
    """Customers' channels are named by their attempts, those of third parties after them."""
    name = channel_id.removeprefix("consult-")[:36]
    try:
        return UUID(name)
    except ValueError:
        return _NONE
