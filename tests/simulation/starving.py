"""Judges that the floor does not stand still: where an agent is free and a contact may be called, a
call is made. Modes that call ahead make one for each free agent whatever their budgets say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.adapters.memory.floor_data import MemoryContact
from kwabo.domain.compliance.zones import zone
from kwabo.engine.floor.state import Floor
from kwabo.ports.floor_rows import CampaignRow
from kwabo.ports.switch import ChannelState
from kwabo.services.claims import terms_of
from simulation.bounds import acts_within, told_within
from simulation.ending import within_hours
from simulation.hearing import Hearing
from simulation.plan import PACED
from simulation.tables import Tables
from simulation.world import World

LOOKS = (
    10.0  # FloorSettings.idle_look_seconds and runner.PLAN_SECONDS, one after the other, and more
)


class Starving:
    """Looks twice a second."""

    def __init__(self, world: World, tables: Tables, problem: Callable[[str], None]) -> None:
        self._world = world
        self._tables = tables
        self._problem = problem
        self._since: datetime | None = None  # since when nothing is under way and somebody is free
        self._told = False

    def listen(self, floor: Floor | None, hearing: Hearing) -> None:
        """`floor`: the one in charge, if any."""
        world = self._world
        now = world.clock.now()
        if floor is None or not self._stands_still(floor):
            self._since = None
            return
        self._since = self._since or now
        patience = LOOKS + acts_within(world.drawn) + told_within(world.drawn)
        since = now - timedelta(seconds=patience)
        if self._told or self._since > since or not hearing.was_stable(since, now):
            return
        for campaign in world.data.campaigns:
            waiting = self._waiting(campaign, since)
            if waiting is not None:
                self._told = True
                self._problem(f"starving: {campaign.name} leaves {waiting} to wait beside an agent")
                return

    def _stands_still(self, floor: Floor) -> bool:
        """No call is made or served, a line is free, and all campaigns may have all agents."""
        world = self._world
        in_use = sum(1 for one in world.node.channels.values() if one.far is not None)
        if in_use >= world.drawn.lines:
            return False
        if any(row.state != "connected" for row in self._tables.live.values()):
            return False
        if any(campaign.agents_kept_free for campaign in world.data.campaigns):
            return False
        return all(trunk.health.rest_until is None for trunk in floor.trunks.values())

    def _waiting(self, campaign: CampaignRow, since: datetime) -> UUID | None:
        """A contact that could have been called since then, by an agent who was free."""
        data = self._world.data
        changed = self._world.altered.get(campaign.campaign_id, float("-inf"))
        now = self._world.clock.now()
        passed = (now - since).total_seconds()
        if campaign.state != "running" or campaign.mode not in PACED:
            return None
        if self._world.clock.monotonic() - changed < passed:
            return None
        if (
            self._world.clock.monotonic() - self._world.begun.get(campaign.campaign_id, 0.0)
            < passed
        ):
            return None
        if campaign.lines_most:
            return None
        if not self._somebody(campaign, since):
            return None
        for contact_id in data.lists.get(campaign.contact_list_id, ()):
            if self._may_be_called(campaign, data.contacts[contact_id], since, now):
                return contact_id
        return None

    def _somebody(self, campaign: CampaignRow, since: datetime) -> bool:
        node = self._world.node
        for agent in self._tables.team(campaign.queue_id):
            leg = node.channels.get(agent.leg_channel_id or "")
            up = leg is not None and leg.state is ChannelState.UP and leg.in_application
            if up and agent.status == "ready" and agent.attempt_id is None and agent.since <= since:
                return True
        return False

    def _may_be_called(
        self, campaign: CampaignRow, contact: MemoryContact, since: datetime, now: datetime
    ) -> bool:
        data = self._world.data
        known = data.courses.get((campaign.campaign_id, contact.contact_id))
        if known is not None:
            course = known.course
            if course.state != "open" or course.attempts >= campaign.max_attempts:
                return False
            if course.next_attempt_at is None or course.next_attempt_at > since:
                return False
        if any(one.written.contact_id == contact.contact_id for one in data.callbacks):
            return False  # may wait for its owner
        if not contact.callable or not any(
            self._is_free(number, contact) for number in contact.numbers
        ):
            return False
        gap = timedelta(seconds=campaign.minimum_gap_seconds)
        for attempt in data.attempts_of(contact.contact_id):
            if attempt.state != "closed" or attempt.dialling_at is None:
                return False  # was shown, perhaps skipped: looked at later
            if attempt.dialling_at + gap > since:
                return False
        where = zone(contact.time_zone or campaign.list_time_zone)
        hours = terms_of(campaign).callable_time
        return where is not None and all(
            within_hours(hours, at.astimezone(where)) for at in (since, now)
        )

    def _is_free(self, number: str, contact: MemoryContact) -> bool:
        listed = (self._world.dnc_list_id, number) in self._world.data.dnc
        return not listed and number not in contact.uncallable_numbers
