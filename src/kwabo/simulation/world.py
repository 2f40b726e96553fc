"""What there is before a run begins: tables, switch, people, all made from scenario and seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from kwabo.adapters.memory.floor_data import FloorData, MemoryCommand, MemoryContact, MemoryUser
from kwabo.adapters.switch.simulator import SimulatedNode, seeded
from kwabo.adapters.system import TimeOrderedIds
from kwabo.adapters.virtual_time import VirtualClock
from kwabo.domain.campaigns.settings import with_default_recalls
from kwabo.ports.floor_rows import CampaignRow, TrunkRow, WrapUpCodeRow, plain_campaign
from kwabo.ports.floor_store import FloorName
from kwabo.simulation.callees import Population
from kwabo.simulation.engines import Database
from kwabo.simulation.inbound import abilities_of, put_number, put_queues
from kwabo.simulation.scenario import Campaign, ContactList, Scenario

if TYPE_CHECKING:
    from kwabo.simulation.callers import Caller

MACHINE_CODE = "answering machine"  # what agents give when a machine was put through
CALLER_CODE = "caller served"  # what they give after a call from outside


def begin_of(scenario: Scenario) -> datetime:
    """The instant at which a run begins."""
    midnight = datetime.combine(scenario.date, time(0), tzinfo=ZoneInfo(scenario.time_zone))
    return (midnight + timedelta(seconds=scenario.begins)).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An agent and where they belong."""

    user_id: UUID
    team: int  # index of the scenario's team
    number: int  # in the team, from 0


@dataclass(slots=True, kw_only=True)
class World:
    """Everything that outlives engines."""

    scenario: Scenario
    seed: int
    clock: VirtualClock
    ids: TimeOrderedIds
    data: FloorData
    node: SimulatedNode
    population: Population
    database: Database
    members: tuple[Member, ...]
    campaign_ids: tuple[UUID, ...]  # in the order of the scenario
    code_ids: Mapping[tuple[UUID, str], UUID]  # campaign, name of the outcome → wrap-up code
    machine_code_id: UUID
    caller_code_id: UUID | None  # None: nobody calls in
    queue_ids: Mapping[str, UUID]  # queue or team → queue
    callers: dict[str, Caller] = field(default_factory=dict)  # by channel

    @property
    def moment(self) -> float:
        """Seconds since midnight."""
        return self.scenario.begins + self.clock.monotonic()

    def command(self, user_id: UUID | None, kind: str, payload: Mapping[str, object]) -> None:
        """Ask the floor for something."""
        command = MemoryCommand(
            command_id=self.ids.new(), user_id=user_id, kind=kind, payload=payload
        )
        self.data.add_command(command)


def make_world(scenario: Scenario, seed: int, clock: VirtualClock) -> World:
    """The world of a scenario and seed."""
    ids = TimeOrderedIds(clock, seeded(f"{seed} ids"))
    data = FloorData(FloorName(floor_id=ids.new(), organisation_id=ids.new()))
    population = Population(seed, lambda: scenario.begins + clock.monotonic())
    node = SimulatedNode(clock, far_end=population, source=seeded(f"{seed} node"))
    queues, served = put_queues(data, ids, scenario)
    trunks = {trunk.name: ids.new() for trunk in scenario.trunks}
    for trunk in scenario.trunks:
        row = TrunkRow(
            trunk_id=trunks[trunk.name],
            endpoint=endpoint_of(scenario, trunk.name),
            lines=trunk.lines,
            calls_per_second=trunk.calls_per_second,
            attempt_header=None,
        )
        data.trunks.put(row.trunk_id, row)
    lists = {contacts.name: ids.new() for contacts in scenario.lists}
    for contacts in scenario.lists:
        _fill(data, population, ids, scenario, contacts, lists[contacts.name])
    code_ids: dict[tuple[UUID, str], UUID] = {}
    campaign_ids = []
    for campaign in scenario.campaigns:
        campaign_id = ids.new()
        campaign_ids.append(campaign_id)
        data.campaigns.put(
            campaign_id,
            _campaign(
                scenario,
                campaign,
                campaign_id,
                contact_list_id=lists[campaign.list],
                queue_id=queues[campaign.team],
                trunk_id=trunks[campaign.trunk],
            ),
        )
        for outcome in campaign.outcomes:
            code_ids[campaign_id, outcome.name] = _code(data, ids, outcome.name, outcome.flags)
    members = _members(data, ids, scenario, queues, served)
    for index, inbound in enumerate(scenario.inbound):
        campaign_row = _campaign(
            scenario,
            Campaign(name=f"callers {index + 1}", list="", team=inbound.queue),
            ids.new(),
            contact_list_id=ids.new(),
            queue_id=queues[inbound.queue],
            trunk_id=trunks[inbound.trunk],
        )
        campaign_row = replace(campaign_row, mode="inbound", state="running")
        put_number(data, ids, index, inbound, campaign_row, queues)
    return World(
        scenario=scenario,
        seed=seed,
        clock=clock,
        ids=ids,
        data=data,
        node=node,
        population=population,
        database=Database(),
        members=members,
        campaign_ids=tuple(campaign_ids),
        code_ids=code_ids,
        machine_code_id=_code(data, ids, MACHINE_CODE, ("machine",)),
        caller_code_id=_code(data, ids, CALLER_CODE, ()) if scenario.inbound else None,
        queue_ids=queues,
    )


def endpoint_of(scenario: Scenario, trunk: str) -> str:
    """The switch's name of a trunk."""
    return f"trunk-{[one.name for one in scenario.trunks].index(trunk)}"


def _code(data: FloorData, ids: TimeOrderedIds, name: str, flags: tuple[str, ...]) -> UUID:
    row = WrapUpCodeRow(wrap_up_code_id=ids.new(), name=name, flags=frozenset(flags))
    data.wrap_up_codes.put(row.wrap_up_code_id, row)
    return row.wrap_up_code_id


def _members(
    data: FloorData,
    ids: TimeOrderedIds,
    scenario: Scenario,
    queues: Mapping[str, UUID],
    served: Mapping[str, frozenset[UUID]],
) -> tuple[Member, ...]:
    members = []
    for index, team in enumerate(scenario.teams):
        abilities = abilities_of(scenario, team, queues)
        for number in range(team.agents):
            member = Member(user_id=ids.new(), team=index, number=number)
            user = MemoryUser(
                user_id=member.user_id,
                display_name=f"{team.name} {number + 1}",
                queue_ids=served[team.name],
            )
            data.users.put(member.user_id, user)
            data.abilities.put(member.user_id, abilities)
            members.append(member)
    return tuple(members)


def _fill(
    data: FloorData,
    population: Population,
    ids: TimeOrderedIds,
    scenario: Scenario,
    contacts: ContactList,
    contact_list_id: UUID,
) -> None:
    """Make the contacts of a list; its groups are mixed evenly over it."""
    callees = next(one for one in scenario.callees if one.name == contacts.callees)
    ordinal = [one.name for one in scenario.lists].index(contacts.name)
    groups = contacts.groups
    shares = [group.share for group in groups]
    given = [0] * len(groups)
    with_second = 0
    for index in range(contacts.contacts):
        if len(groups) == 1:
            group = groups[0]
        else:
            owed = [share * (index + 1) - has for share, has in zip(shares, given, strict=True)]
            chosen = owed.index(max(owed))
            given[chosen] += 1
            group = groups[chosen]
        numbers = [f"{group.prefix}{ordinal}{index:07d}"]
        if contacts.second_number * (index + 1) - with_second >= 1.0:
            with_second += 1
            numbers.append(f"{group.prefix}{ordinal}{index:07d}9")
        for number in numbers:
            population.add(number, callees, group.odds, contacts.odds_spread)
        contact = MemoryContact(
            contact_id=ids.new(),
            contact_list_id=contact_list_id,
            numbers=tuple(numbers),
            time_zone=group.time_zone or None,
        )
        data.add_contact(contact)


def _time(moment: float) -> time:
    whole = int(min(moment, 24 * 3600.0 - 1))
    return time(whole // 3600, whole % 3600 // 60, whole % 60)


def _campaign(
    scenario: Scenario,
    campaign: Campaign,
    campaign_id: UUID,
    *,
    contact_list_id: UUID,
    queue_id: UUID,
    trunk_id: UUID,
) -> CampaignRow:
    return plain_campaign(
        campaign_id,
        name=campaign.name,
        mode=campaign.mode,
        priority=campaign.priority,
        contact_list_id=contact_list_id,
        queue_id=queue_id,
        trunk_id=trunk_id,
        callable_from=_time(campaign.callable_from),
        callable_until=_time(campaign.callable_until),
        list_time_zone=scenario.time_zone,
        max_attempts=campaign.max_attempts,
        recall_seconds=with_default_recalls(campaign.recall_seconds),
        minimum_gap_seconds=campaign.minimum_gap_seconds,
        no_answer_timeout_seconds=campaign.no_answer_timeout_seconds,
        after_call_limit_seconds=campaign.after_call_limit_seconds,
        call_analysis=campaign.call_analysis,
        calls_per_agent=campaign.calls_per_agent,
        calls_per_agent_ceiling=campaign.calls_per_agent_ceiling,
        abandon_target=campaign.abandon_target,
        abandon_window=campaign.abandon_window,
        weight=campaign.weight,
        agents_kept_free=campaign.agents_kept_free,
    )
