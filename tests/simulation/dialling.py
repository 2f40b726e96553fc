"""Judges what is dialled: lines, calls per second, each mode's own rule, the abandon budget (I12),
and that dialling stops at once when it must.

Who was dialled when is the far end's record; how many might be follows from the tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import ceil, inf
from uuid import UUID

from kwabo.adapters.memory import floor_pacing
from kwabo.adapters.switch.simulator import FarEndCall
from kwabo.adapters.switch.simulator.channels import SimulatedChannel
from kwabo.domain.compliance.preset import preset_of
from kwabo.domain.pacing.budget import SETTLED
from kwabo.domain.pacing.predictive import LEAST_ANSWERS
from kwabo.engine.floor.state import Floor
from kwabo.ports.floor_rows import AttemptRow, CampaignRow
from kwabo.ports.switch import ChannelState
from simulation.bounds import acts_within, dials_within, frozen_within, told_within
from simulation.hearing import Hearing
from simulation.tables import AT_WORK, Tables, in_the_air, waits
from simulation.world import HEADER, World

FOR_NOBODY = ("power", "predictive")


class Dialling:
    """See the module."""

    def __init__(self, world: World, tables: Tables, problem: Callable[[str], None]) -> None:
        self._world = world
        self._tables = tables
        self._problem = problem
        self._invites: list[float] = []
        self._legless: float | None = 0.0  # since when no agent's leg is up
        self._unconnected: float | None = 0.0  # since when the switch tells the floor nothing
        self._nobody: dict[UUID, float] = {}  # queue → since when nobody is at work
        self._answers: Counter[UUID] = Counter()  # campaign → answers at the far end
        self._counted: set[str] = set()
        self._stops: dict[UUID, float] = {}  # campaign → since when its law stops it
        self._late: set[str] = set()  # channels at listed numbers that were told of

    @property
    def _now(self) -> float:
        return self._world.clock.monotonic()

    # ── At each INVITE ───────────────────────────────────────────────────────────────────────────

    def invited(self, call: FarEndCall, channel: SimulatedChannel) -> None:
        """An INVITE has reached the far end."""
        if HEADER not in call.headers:
            return
        self._lines(channel)
        self._lines_of_campaign(self._world.data.attempts[UUID(call.headers[HEADER])].row)
        row = self._world.data.attempts[UUID(call.headers[HEADER])].row
        waited = (call.at - row.dialling_at).total_seconds() if row.dialling_at else inf
        if waited > dials_within(self._world.drawn):
            self._problem(f"dialling: {row.attempt_id} came {waited:.1f} s after its row")
        self._per_second(row)
        self._still_wanted(row)

    def _lines(self, channel: SimulatedChannel) -> None:
        world = self._world
        up = 0
        for other in world.node.channels.values():
            if other.far is None or other.call.purpose != "attempt":
                continue
            attempt = world.data.attempts.get(UUID(other.channel_id))
            # A closed attempt's hanging up may still be under way to the switch.
            up += attempt is None or attempt.row.state != "closed" or not world.drawn.latency
        if up > world.drawn.lines:
            self._problem(f"lines: {up} calls on {world.drawn.lines} lines")

    def _lines_of_campaign(self, row: AttemptRow) -> None:
        """Records that agents dial themselves count, and are not held back."""
        most = self._world.data.campaigns[row.campaign_id].lines_most
        if not most or row.mode == "preview":
            return
        up = 0
        for other in self._world.node.channels.values():
            attempt = self._world.data.attempts.get(_attempt_of(other))
            if attempt is None or attempt.row.campaign_id != row.campaign_id:
                continue
            up += attempt.row.state != "closed" or not self._world.drawn.latency
        if up > most:
            self._problem(f"lines: {up} calls of a campaign that may have {most}")

    def _per_second(self, row: AttemptRow) -> None:
        """Records that agents dial themselves are counted and not held back."""
        most = max(1, int(self._world.drawn.calls_per_second))
        self._invites.append(self._now)
        # Two requests can be nearer to each other than their decisions by what one took longer.
        jitter = self._world.drawn.latency + 1e-3
        if row.mode == "preview" or len(self._invites) <= most:
            return
        if self._now - self._invites[-1 - most] < 1.0 - jitter:
            self._problem(f"calls per second: more than {most} within a second")

    def _still_wanted(self, row: AttemptRow) -> None:
        world = self._world
        late = acts_within(world.drawn) + frozen_within(world.drawn)
        halted = world.halted.get(row.campaign_id)
        if halted is not None and self._now - halted > late:
            self._problem(f"dialling: {self._now - halted:.1f} s after its campaign was halted")
        if self._legless is not None:
            late += told_within(world.drawn) + 0.5  # looked at twice a second
            if self._now - self._legless > late and not self._any_leg():
                self._problem("dialling: without any agent")

    def _any_leg(self) -> bool:
        channels = self._world.node.channels.values()
        return any(c.call.purpose == "leg" and c.state is ChannelState.UP for c in channels)

    def listen(self, hearing: Hearing) -> None:
        """Twice a second."""
        self._count_answers()
        self._watch_the_stop()
        self._listed_numbers(hearing)
        if self._any_leg():
            self._legless = None
        elif self._legless is None:
            self._legless = self._now

    def _listed_numbers(self, hearing: Hearing) -> None:
        """A call that rings at a number is taken back when the number is listed (I3)."""
        world = self._world
        within = 1.0 + acts_within(world.drawn)
        for channel in world.node.channels.values():
            far = channel.far
            if far is None or channel.state is ChannelState.UP or channel.channel_id in self._late:
                continue
            listed = None if far.number in world.untold else world.dnc_at.get(far.number)
            now = world.clock.now()
            if listed is None or (now - max(listed, far.at)).total_seconds() <= within:
                continue
            if hearing.was_stable(listed, now):
                self._late.add(channel.channel_id)
                self._problem(f"I3: {far.number} still rings after its DNC entry")

    def _count_answers(self) -> None:
        for call in self._world.node.calls:
            if call.answered_at and call.channel_id not in self._counted and HEADER in call.headers:
                self._counted.add(call.channel_id)
                row = self._world.data.attempts[UUID(call.headers[HEADER])].row
                self._answers[row.campaign_id] += 1

    def connection(self, connected: bool) -> None:
        """The floor's application gets events, or no longer."""
        if connected:
            self._unconnected = None
        elif self._unconnected is None:
            self._unconnected = self._now

    # ── After each step ──────────────────────────────────────────────────────────────────────────

    def step(self, floor: Floor, changed: Sequence[AttemptRow]) -> None:
        """What this step has started was allowed."""
        new = [row for row in changed if row.dialling_at == floor.now and row.state == "dialling"]
        shown = [row for row in changed if row.offered_at == floor.now and row.state == "offered"]
        launched: dict[UUID, int] = defaultdict(int)
        for row in new:
            campaign = self._world.data.campaigns[row.campaign_id]
            if campaign.state != "running" and not self._called_before(row):
                self._problem(f"dialling: for a campaign that is {campaign.state}")
            # A step can take long: what counts is what its engine knew when it began.
            if floor.mono - (self._unconnected or floor.mono) > acts_within(self._world.drawn):
                self._problem("dialling: without the switch")
            if row.agent_user_id is None:
                launched[row.campaign_id] += 1
            self._has_its_agent(row)
        self._away(new)
        if launched:
            self._by_its_rule(list(launched), [*new, *shown])

    def _called_before(self, row: AttemptRow) -> bool:
        """Whether an agent called the record before its campaign was halted, in the same step."""
        tables = self._tables
        return row.mode == "preview" and tables.was_told_first(row.attempt_id, row.campaign_id)

    def _has_its_agent(self, row: AttemptRow) -> None:
        if row.agent_user_id is None:
            if row.mode not in FOR_NOBODY:
                self._problem(f"mode: a {row.mode} call without an agent")
            return
        presence = self._world.data.presence.get(row.agent_user_id)
        if presence is None or presence.attempt_id != row.attempt_id:
            self._problem(f"mode: the agent of {row.attempt_id} is not held for it")

    def _away(self, new: Sequence[AttemptRow]) -> None:
        """Nothing is started for a queue at which nobody is at work."""
        for queue_id in {campaign.queue_id for campaign in self._world.data.campaigns}:
            if any(agent.status in AT_WORK for agent in self._tables.team(queue_id)):
                self._nobody.pop(queue_id, None)
                continue
            since = self._nobody.setdefault(queue_id, self._now)
            if self._now - since > 0 and any(self._tables.queue_of(r) == queue_id for r in new):
                self._problem("dialling: for a queue at which nobody is at work")

    def _by_its_rule(self, launched: Sequence[UUID], new: Sequence[AttemptRow]) -> None:
        campaigns = self._world.data.campaigns
        for campaign_id in launched:
            campaign = campaigns[campaign_id]
            changed = self._world.altered.get(campaign_id, -inf)
            if self._now - changed <= acts_within(self._world.drawn):
                continue
            rivals = self._rivals(campaign.queue_id)
            out = [row for row in self._tables.live.values() if row.campaign_id in rivals]
            busy = sum(1 for row in out if in_the_air(row) or waits(row))
            most = max(self._most(campaigns[i], new, busy) for i in launched if i in rivals)
            if busy > most:
                self._problem(f"mode: {busy} calls for nobody where {campaign.mode} allows {most}")

    def _rivals(self, queue_id: UUID) -> set[UUID]:
        """Campaigns whose calls may need an agent of this queue."""
        data = self._world.data
        queues = {q for p in self._tables.team(queue_id) for q in data.users[p.user_id].queue_ids}
        return {campaign.campaign_id for campaign in data.campaigns if campaign.queue_id in queues}

    def _most(self, campaign: CampaignRow, new: Sequence[AttemptRow], busy: int) -> int:
        """How many calls in the air, with people who wait, the campaign may bring about."""
        team = self._tables.team(campaign.queue_id)
        held_now = {row.agent_user_id for row in new}  # by what came after it
        free = sum(
            1
            for agent in team
            if (agent.status == "ready" and agent.attempt_id is None) or agent.user_id in held_now
        )
        free = max(0, free - campaign.agents_kept_free)
        if campaign.mode == "power" and not self._stopped(campaign):
            return ceil(campaign.calls_per_agent * free - 1e-9)
        if (
            busy <= free
            or self._stopped(campaign)
            or self._learning(campaign)
            or self._spent(campaign)
        ):
            return free
        at_work = sum(1 for agent in team if agent.status in AT_WORK)
        return max(free, int(campaign.calls_per_agent_ceiling * max(1, at_work)))

    def _stopped(self, campaign: CampaignRow) -> bool:
        """Whether the law's stop has been reached for longer than the floor needs to see it."""
        since = self._stops.get(campaign.campaign_id, inf)
        return self._now - since > acts_within(self._world.drawn)

    def _watch_the_stop(self) -> None:
        for row in self._world.data.campaigns:
            stop = preset_of(row.compliance_preset or "none").abandon_target
            live, abandoned = window_of(self._world, row)[1:3] if row.compliance_preset else (0, 0)
            if stop is None or abandoned / max(live, SETTLED) < stop:
                self._stops.pop(row.campaign_id, None)
            else:
                self._stops.setdefault(row.campaign_id, self._now)

    def _learning(self, campaign: CampaignRow) -> bool:
        self._count_answers()
        return self._answers[campaign.campaign_id] < LEAST_ANSWERS

    def _spent(self, campaign: CampaignRow) -> bool:
        """Whether the window's abandoned calls are all that its live calls allow (I12).

        In a settled window calls whose answers earn ten times what they risk go out all the same.
        """
        _, live, abandoned, machines = window_of(self._world, campaign)
        # Persons whom call analysis takes for machines were answered as well: at most all of them.
        most = live + (machines if campaign.call_analysis else 0)
        return most < SETTLED and campaign.abandon_target * live - abandoned <= 0.0


def _attempt_of(channel: SimulatedChannel) -> UUID:
    """Whose call it is; no attempt's id for what is none."""
    ours = channel.far is not None and channel.call.purpose == "attempt"
    return UUID(channel.channel_id) if ours else UUID(int=0)


def window_of(world: World, campaign: CampaignRow) -> tuple[int, int, int, int]:
    """Calls, live ones, abandoned ones and machines of the campaign, as its rows say."""
    since = world.clock.now().replace(year=2000)
    hours = floor_pacing.history(world.data, campaign.campaign_id, since, 1).hours
    return (
        sum(hour.dialled for hour in hours),
        sum(hour.live for hour in hours),
        sum(hour.abandoned for hour in hours),
        sum(hour.machines for hour in hours),
    )
