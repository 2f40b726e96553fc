"""Rows of the database taken into a floor: at the start of a tenure, and when they change."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kwabo.domain.campaigns.settings import WINDOW_SECONDS
from kwabo.domain.interactions.attempt import AttemptState
from kwabo.engine.floor import (
    agents,
    arrivals,
    commands,
    experience,
    flow_recordings,
    place_alerts,
    previews,
    queueing,
    stays,
)
from kwabo.engine.floor.live import Agents, Calls
from kwabo.engine.floor.state import Agent, Call, Campaign, Floor
from kwabo.engine.floor.trunks import Trunk
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid
from kwabo.ports.floor_changes import WrapUpWritten
from kwabo.ports.floor_store import Command, FloorStore, Lease

PAST_ATTEMPTS = 3000  # from which a campaign's pacing learns when a floor is loaded


class Loader:
    """Reads for one tenure of a floor."""

    def __init__(self, floor: Floor, store: FloorStore, lease: Lease, clock: Clock) -> None:
        self._floor = floor
        self._store = store
        self._lease = lease
        self._clock = clock
        self.behind: list[Campaign] = []  # whose window was changed

    async def begin(self) -> None:
        """Load everything that a new owner starts from."""
        floor = self._floor
        floor.now, floor.mono = self._clock.now(), self._clock.monotonic()
        contents = await self._store.load(self._lease)
        floor.trunks = {row.trunk_id: Trunk.of(row, floor.mono) for row in contents.trunks}
        floor.wrap_up_codes = {row.wrap_up_code_id: row for row in contents.wrap_up_codes}
        floor.flows = {str(row.flow_id): row for row in contents.flows}
        floor.campaigns = {row.campaign_id: Campaign.of(row) for row in contents.campaigns}
        floor.agents = Agents(Agent.of(row) for row in contents.agents)
        queueing.take_routing(floor, contents.routing)
        floor.calls = Calls(Call.of(row) for row in contents.attempts)
        for call in floor.calls.values():
            experience.adopted(call)
        for stay in contents.stays:
            if stay.attempt_id in floor.calls:
                stays.load(floor.calls[stay.attempt_id], stay)
        flow_recordings.take_awaited(floor, contents.awaited_voicemails)
        for agent in floor.agents.values():
            agent.desktop_seen = floor.mono if agent.leg_kind == "webrtc" else None
            if (until := agent.after_call_until) is not None:
                left = (until - floor.now).total_seconds()
                floor.set_timer("after_call", agent.user_id, max(0.0, left), until=until)
        for loaded in floor.campaigns.values():
            await self._remember(loaded)
        self._tell_all()  # what only the last owner's memory knew is told anew
        for call in floor.calls.values():
            campaign = floor.campaigns.get(call.campaign_id)
            if call.state is not AttemptState.OFFERED or campaign is None:
                continue
            if not place_alerts.resumed(floor, call):
                previews.offer(floor, campaign, call)
        for attempt_id, campaign_id in contents.wrap_ups_owed.items():
            floor.out.write(
                WrapUpWritten(
                    attempt_id=attempt_id,
                    campaign_id=campaign_id,
                    wrap_up_code_id=None,
                    system_code="NOT_GIVEN",
                    user_id=None,
                    at=floor.now,
                )
            )

    async def prepare(self, command: Command) -> None:
        """Have in memory what the command speaks of."""
        floor = self._floor
        user_id = command.user_id
        if command.kind.startswith(("agent.", "call.")) and user_id not in floor.agents:
            row = await self._store.load_agent(self._lease, user_id) if user_id else None
            if row is not None:
                agent = floor.agents[row.user_id] = Agent.of(row)
                agents.touch(floor, agent, "agent.callbacks_changed")  # told last by another owner
                queueing.take_routing(floor, await self._store.load_routing(self._lease))
        if command.kind.startswith("campaign."):
            await self._load_campaign(command)
        if command.kind in ("queue.changed", "settings.changed", "campaign.start"):
            await self._load_settings()
        if command.kind == "flow.changed":
            flows = await self._store.load_flows(self._lease)
            floor.flows = {str(row.flow_id): row for row in flows}
            floor.read_flows = None
        if command.kind == "compliance.changed":
            for campaign_id in list(floor.campaigns):  # each with its message and its key
                await self._read_campaign(campaign_id)

    async def catch_up(self) -> None:
        """Have pacing know the past of campaigns whose window was changed.

        Between steps only: the rows say all that the floor knows then.
        """
        while self.behind:
            await self._remember(self.behind.pop())
        if self._floor.places_stale:
            self._floor.places_stale = False
            await self._load_places()

    async def _load_places(self) -> None:
        """Places in queues that are kept, with the campaigns that their callers are of."""
        floor = self._floor
        found = await self._store.load_places(self._lease)
        for campaign_id in {place.campaign_id for place in found} - floor.campaigns.keys():
            await self._read_campaign(campaign_id)
        floor.places = {place.callback_id: place for place in found}
        for callback_id in floor.places_returned.keys() - floor.places.keys():
            del floor.places_returned[callback_id]
        for call in floor.calls.values():
            if call.callback_id in floor.places and call.place is None:
                call.place = floor.places[call.callback_id]  # of a call that was taken over

    def _tell_all(self) -> None:
        floor = self._floor
        for agent in floor.agents.values():
            agents.touch(floor, agent, "agent.adopted")
        for call in floor.calls.values():
            floor.out.touch("attempt", call.attempt_id, "attempt.adopted")
        for campaign_id in floor.campaigns:
            floor.out.touch("campaign", campaign_id, "campaign.adopted")

    async def _load_settings(self) -> None:
        floor = self._floor
        queueing.take_routing(floor, await self._store.load_routing(self._lease))
        trunks, codes, queues = await self._store.load_settings(self._lease)
        for row in trunks:
            known = floor.trunks.get(row.trunk_id)
            if known is None:
                floor.trunks[row.trunk_id] = Trunk.of(row, floor.mono)
            else:
                known.row = row
        arrivals.expect(floor)
        floor.wrap_up_codes = {row.wrap_up_code_id: row for row in codes}
        for agent in floor.agents.values():
            floor.agents.place(agent, queues.get(agent.user_id, frozenset()))
            agents.touch(floor, agent, "agent.queues_changed")

    async def _load_campaign(self, command: Command) -> None:
        self._floor.places_stale = True  # its callbacks may have been changed
        try:
            campaign_id = commands.id_of(command, "campaign_id")
        except Invalid:
            return  # refused when the command is done
        await self._read_campaign(campaign_id)

    async def _read_campaign(self, campaign_id: UUID) -> None:
        campaigns_ = self._floor.campaigns
        loaded = await self._store.load_campaign(self._lease, campaign_id)
        known = campaigns_.get(campaign_id)
        if loaded is not None and known is not None:
            window_before = known.row.abandon_window
            known.row = loaded
            if loaded.abandon_window != window_before:
                self.behind.append(known)
        elif loaded is not None:
            campaigns_[campaign_id] = Campaign.of(loaded)
            await self._remember(campaigns_[campaign_id])

    async def _remember(self, campaign: Campaign) -> None:
        """Have pacing know the campaign's past."""
        seconds = WINDOW_SECONDS[campaign.row.abandon_window]
        since = self._clock.now() - timedelta(seconds=seconds)
        history = await self._store.load_pacing(
            self._lease, campaign.row.campaign_id, since, PAST_ATTEMPTS
        )
        experience.remember(campaign, history)
