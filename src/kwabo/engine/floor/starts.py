"""Which running campaigns start calls now: their order, and who may have which free agents.

Campaigns go by priority, then by who started a call longest ago. Progressive and preview campaigns
hold an agent for each call; power and predictive ones call ahead, for whoever is free at the
answer; those without agents fill their lines.

Where campaigns that hold agents share them with campaigns that call ahead, an agent whom a call in
the air may need is held for nobody. Of higher priority, the holding campaign gets every other
agent, and the others count on none of them. Of the same, they have turns (`common_agents`). Of
lower, it gets whom the others cannot use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import Slowed
from kwabo.domain.pacing import progressive
from kwabo.domain.pacing.lines import Lines
from kwabo.engine.floor import agentless, common_agents, pacing, spoken_for
from kwabo.engine.floor.pacing import Starts
from kwabo.engine.floor.state import Campaign, Floor

AHEAD, HELD, WITHOUT_AGENTS = "ahead", "held", "without agents"


@dataclass(slots=True, kw_only=True)
class _Holders:
    """Campaigns that hold agents, by how they stand to those that call ahead for the same ones."""

    first: list[Campaign] = field(default_factory=list)  # above every such rival
    equal: list[Campaign] = field(default_factory=list)
    rivals: dict[UUID, frozenset[UUID]] = field(default_factory=dict)  # whom each comes after

    def waits(self, campaign: Campaign, done: set[UUID]) -> bool:
        """Whether a rival that goes before it has yet to plan."""
        return not self.rivals.get(campaign.row.campaign_id, frozenset()) <= done

    def equals_of(self, group: Sequence[Campaign], done: set[UUID]) -> list[Campaign]:
        """Those that have turns with these campaigns, and have not had them with others."""
        planning = {campaign.row.campaign_id for campaign in group}
        rivals = [(one, self.rivals[one.row.campaign_id]) for one in self.equal]
        return [one for one, these in rivals if these & planning and not these & done]


def starts(
    floor: Floor,
    running: Sequence[Campaign],
    lines: Lines,
    resting: Mapping[UUID, Slowed],
    held: frozenset[UUID] = frozenset(),
) -> Starts:
    """Share agents and lines among running campaigns; what starts is taken from `lines`.

    `held`: agents who will look at a record.
    """
    order = _in_order(running)
    ahead = [campaign for campaign in order if _kind(campaign) == AHEAD]
    anew = pacing.plans_anew(floor, ahead)
    sharing_out = _SharingOut(floor, lines, resting, set(held), ahead, anew=anew)
    if len(ahead) == len(order):
        holders = _Holders()
    else:
        holders = _holders(floor, order, ahead, lines, resting)
    waiting: list[Campaign] = []
    for kind, grouped in groupby(order, key=_kind):
        group = list(grouped)
        if kind == WITHOUT_AGENTS:
            found = sharing_out.found
            agentless.fill_lines(floor, group, lines, resting, found.for_nobody, found.slowed)
        elif kind == AHEAD:
            sharing_out.call_ahead(group, holders, last=len(group) == len(order))
            waiting = sharing_out.hold_for_those_of_turn(waiting, holders)
        else:
            waiting += sharing_out.hold_for_those_of_turn(group, holders)
    return sharing_out.found


def _in_order(running: Sequence[Campaign]) -> Sequence[Campaign]:
    """By priority; at each, one kind after the other, that first which has waited longest."""
    if len(running) == 1:
        return running
    oldest: dict[tuple[int, str], float] = {}
    for campaign in running:
        key = campaign.row.priority, _kind(campaign)
        oldest[key] = min(campaign.last_start, oldest.get(key, campaign.last_start))

    def place(campaign: Campaign) -> tuple[int, float, str, float, UUID]:
        row, kind = campaign.row, _kind(campaign)
        waited = oldest[row.priority, kind]
        return -row.priority, waited, kind, campaign.last_start, row.campaign_id

    return sorted(running, key=place)


def _kind(campaign: Campaign) -> str:
    """Campaigns of one kind share agents and lines by its rules."""
    if common_agents.calls_ahead(campaign):
        return AHEAD
    return WITHOUT_AGENTS if agentless.is_agentless(campaign) else HELD


def _holders(
    floor: Floor,
    order: Sequence[Campaign],
    ahead: Sequence[Campaign],
    lines: Lines,
    resting: Mapping[UUID, Slowed],
) -> _Holders:
    found = _Holders()
    held = [c for c in order if _kind(c) == HELD and c.has_contacts(floor.mono)]
    active = [one for one in ahead if not spoken_for.stands(floor, one, lines, resting)]
    if not (held and active):
        return found
    pools = common_agents.pools(floor, {campaign.row.queue_id for campaign in (*held, *active)})
    for campaign in held:
        row = campaign.row
        rivals = [one for one in active if pools[one.row.queue_id] == pools[row.queue_id]]
        if not rivals:
            continue
        top = max(one.row.priority for one in rivals)
        can_call = not spoken_for.stands(floor, campaign, lines, resting)
        if row.priority <= top:
            found.rivals[row.campaign_id] = frozenset(one.row.campaign_id for one in rivals)
        if can_call and row.priority >= top:
            (found.first if row.priority > top else found.equal).append(campaign)
    return found


class _SharingOut:
    """Agents and lines as they are given away, one group of campaigns after the other."""

    def __init__(
        self,
        floor: Floor,
        lines: Lines,
        resting: Mapping[UUID, Slowed],
        taken: set[UUID],
        ahead: Sequence[Campaign],
        *,
        anew: bool,
    ) -> None:
        self._floor, self._lines, self._resting = floor, lines, resting
        self._taken = taken  # agents who are not there for those that follow
        self._ahead = ahead
        self._anew = anew
        self.found = Starts()
        self.done: set[UUID] = set()  # campaigns that call ahead and have had their turn

    def call_ahead(self, group: Sequence[Campaign], holders: _Holders, *, last: bool) -> None:
        """Campaigns that call ahead start what they have planned. `last`: nobody follows."""
        floor, found = self._floor, self.found
        if self._anew:
            short = pacing.start(
                floor,
                group,
                holders.equals_of(group, self.done),
                self._ahead,
                frozenset(one.row.queue_id for one in holders.first),
                self._lines,
                self._resting,
                self._taken,
                found,
            )
        else:
            pacing.keep(group, self._resting, found)
            short = {campaign.row.campaign_id for campaign in group}
            if holders.rivals:
                floor.quiet = False  # they wait for the next plan
        self.done.update(campaign.row.campaign_id for campaign in group)
        if not last:
            self._speak_for(group, short)

    def _speak_for(self, group: Sequence[Campaign], short: set[UUID]) -> None:
        """Whom these campaigns may need is not there for those that follow.

        `short`: those that would start more calls, now or in a moment.
        """
        floor, lines, resting = self._floor, self._lines, self._resting
        starting = dict(self.found.for_nobody)
        more = []
        for campaign in group:
            row = campaign.row
            if spoken_for.stands(floor, campaign, lines, resting):
                continue
            if row.campaign_id in short:
                more.append(campaign)
            else:
                starting[row.campaign_id] = starting.get(row.campaign_id, 0) + row.agents_kept_free
        self._taken |= spoken_for.whole_teams(more, pacing.available(floor, self._taken))
        free = pacing.available(floor, self._taken)
        self._taken |= spoken_for.for_answers(floor, group, free, starting)

    def hold_for_those_of_turn(
        self, campaigns: Sequence[Campaign], holders: _Holders
    ) -> list[Campaign]:
        """Campaigns that hold an agent for each call or record. Returns those who wait yet."""
        waiting = [one for one in campaigns if holders.waits(one, self.done)]
        self._hold([one for one in campaigns if not holders.waits(one, self.done)])
        return waiting

    def _hold(self, campaigns: Sequence[Campaign]) -> None:
        if not campaigns:
            return
        floor, lines, found = self._floor, self._lines, self.found
        to_come = [one for one in self._ahead if one.row.campaign_id not in self.done]
        free = pacing.available(floor, self._taken)
        if to_come:
            needed = spoken_for.for_answers(floor, to_come, free, {})
            free = [agent for agent in free if agent.user_id not in needed]
        if not free:
            found.slowed.update((one.row.campaign_id, Slowed.NO_AGENTS) for one in campaigns)
            return
        answer = progressive.plan(
            campaigns=[
                progressive.RunningCampaign(
                    campaign_id=campaign.row.campaign_id,
                    queue_id=campaign.row.queue_id,
                    trunk_id=campaign.row.trunk_id,
                    priority=campaign.row.priority,
                    last_start=campaign.last_start,
                    preview=campaign.row.mode == "preview",
                    has_contacts=campaign.has_contacts(floor.mono),
                    keep_free=campaign.row.agents_kept_free,
                )
                for campaign in campaigns
            ],
            agents=[
                progressive.AvailableAgent(
                    user_id=agent.user_id, queue_ids=agent.queue_ids, ready_since=agent.ready_since
                )
                for agent in free
            ],
            lines=lines,
            trunk_resting=self._resting,
        )
        rows = {campaign.row.campaign_id: campaign.row for campaign in campaigns}
        for start in answer.starts:
            self._taken.add(start.user_id)
            row = rows[start.campaign_id]
            if row.mode != "preview":
                lines.take(row.campaign_id, row.trunk_id)
        found.for_agents += answer.starts
        found.slowed.update(answer.slowed)
