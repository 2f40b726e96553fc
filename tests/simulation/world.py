"""A floor in virtual time: what there is before anything happens, drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID

from kwabo.adapters.memory.floor import MemoryFloorStore
from kwabo.adapters.memory.floor_data import FloorData, MemoryCommand, MemoryContact, MemoryUser
from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind, Faults, SimulatedNode
from kwabo.adapters.system import TimeOrderedIds
from kwabo.adapters.virtual_time import VirtualClock
from kwabo.domain.campaigns.recall import DEFAULT_RECALL_SECONDS
from kwabo.ports.floor_store import CampaignRow, FloorName, TrunkRow, WrapUpCodeRow

HEADER = "X-Attempt"
AGENT_PHONES = "+2290196"  # legs of agents who work by telephone
KINDS = {
    BehaviourKind.PERSON: 50,
    BehaviourKind.MACHINE: 8,
    BehaviourKind.NO_ANSWER: 15,
    BehaviourKind.BUSY: 8,
    BehaviourKind.INVALID: 4,
    BehaviourKind.REJECTED: 4,
    BehaviourKind.CONGESTION: 3,
    BehaviourKind.DEAD_TRUNK: 2,
    BehaviourKind.HANGS_UP_ON_ANSWER: 6,
}


@dataclass(slots=True, kw_only=True)
class Plan:
    """What a seed decides. A failing seed can be told again by changing single values."""

    seed: int
    contacts: int
    agents: int
    seconds: float  # until faults stop
    faults: Faults
    store_faults: float = 0.0  # chance for each transaction, half before and half after the commit
    latency: float = 0.0  # the longest wait before each request to switch or database, seconds
    crashes: int = 0
    freezes: int = 0
    switch_losses: int = 0
    switch_restarts: int = 0
    preview: bool = False
    fetch: bool = False
    analysis: bool = False
    dnc_entries: int = 0
    lines: int = 30
    two_campaigns: bool = False
    restless: float = 0.3  # how often agents do something else than talk and wrap up
    max_attempts: int = 3
    stops: int = 0  # pauses and emergency stops of a campaign
    mode: str = "progressive"  # of campaigns that are not in preview
    calls_per_agent: float = 1.5

    @classmethod
    def of(cls, seed: int) -> Plan:
        """The plan of a seed."""
        draw = random.Random(f"plan {seed}")
        calm = seed % 5 == 0  # every fifth seed has no faults at all
        chance = (lambda p: 0) if calm else (lambda p: p if draw.random() < 0.35 else 0.0)
        some = (lambda most: 0) if calm else (lambda most: draw.choice((0, 0, 0, 1, most)))
        preview = draw.random() < 0.25
        pace = random.Random(f"pace {seed}")
        return cls(
            seed=seed,
            contacts=draw.randint(3, 14),
            agents=draw.randint(1, 4),
            seconds=draw.uniform(60, 300),
            faults=Faults(
                lose_event=chance(0.05),
                double_event=chance(0.2),
                delay_event=chance(0.2),
                refuse_originate=chance(0.15),
                uncertain_done=chance(0.15),
                uncertain_not_done=chance(0.15),
            ),
            store_faults=chance(0.02),
            latency=draw.choice((0.0, 0.02, 0.3)),
            crashes=some(3),
            freezes=some(2),
            switch_losses=some(3),
            switch_restarts=some(2),
            preview=preview,
            fetch=preview and draw.random() < 0.5,
            analysis=draw.random() < 0.4,
            dnc_entries=draw.choice((0, 0, 1, 3)),
            lines=draw.choice((1, 2, 30)),
            two_campaigns=draw.random() < 0.3,
            restless=draw.choice((0.0, 0.2, 0.6)),
            max_attempts=draw.randint(1, 3),
            stops=draw.choice((0, 0, 0, 2)),
            mode=pace.choice(("progressive", "power", "predictive")),
            calls_per_agent=pace.choice((1.0, 1.5, 3.0)),
        )


class Callees:
    """The called people: the n-th call to a number is the same in every run of the seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._calls: dict[str, int] = {}
        self.quiet = False  # everybody answers at once and is done soon: to come to an end

    def behaviour(self, number: str) -> Behaviour:
        if number.startswith(AGENT_PHONES):
            return Behaviour(answers_after_seconds=1.0, talks_seconds=None, patience_seconds=None)
        nth = self._calls[number] = self._calls.get(number, 0) + 1
        draw = random.Random(f"callee {self._seed} {number} {nth}")
        kind = draw.choices(list(KINDS), list(KINDS.values()))[0]
        return Behaviour(
            kind=BehaviourKind.PERSON if self.quiet else kind,
            rings_after_seconds=draw.uniform(0.1, 2.0),
            answers_after_seconds=draw.uniform(0.1, 12.0),
            talks_seconds=draw.choice((None, draw.uniform(1, 60))) if not self.quiet else 5.0,
            patience_seconds=draw.choice((None, draw.uniform(3, 20))),
            analysis_seconds=draw.uniform(0.5, 2.0),
        )


@dataclass(slots=True, kw_only=True)
class World:
    """Everything that outlives engines."""

    plan: Plan
    clock: VirtualClock
    random: random.Random
    ids: TimeOrderedIds
    data: FloorData
    store: MemoryFloorStore
    node: SimulatedNode
    callees: Callees
    dnc_list_id: UUID
    campaign_ids: list[UUID]
    agent_ids: list[UUID]
    code_ids: dict[str, UUID]
    quiet: bool = False  # faults have stopped
    dnc_at: dict[str, datetime] = field(default_factory=dict)  # number → when it was listed
    problems: list[str] = field(default_factory=list)

    def command(self, user_id: UUID | None, kind: str, payload: dict[str, object]) -> UUID:
        """Give the floor a command."""
        command_id = self.ids.new()
        self.data.add_command(
            MemoryCommand(command_id=command_id, user_id=user_id, kind=kind, payload=payload)
        )
        return command_id

    def list_number(self, number: str) -> None:
        """Somebody puts a number on the DNC list, and the floor is told."""
        self.data.dnc.put((self.dnc_list_id, number), None)
        self.dnc_at.setdefault(number, self.clock.now())
        payload: dict[str, object] = {
            "numbers": [number],
            "dnc_list_id": str(self.dnc_list_id),
        }
        self.command(None, "dnc.added", payload)


def make_world(plan: Plan, clock: VirtualClock) -> World:
    """The tables, the people and the switch of a plan."""
    draw = random.Random(f"world {plan.seed}")
    ids = TimeOrderedIds(clock, random.Random(f"ids {plan.seed}"))
    data = FloorData(FloorName(floor_id=ids.new(), organisation_id=ids.new()))
    callees = Callees(plan.seed)
    node = SimulatedNode(
        clock,
        far_end=callees,
        faults=plan.faults,
        source=random.Random(f"node {plan.seed}"),
    )
    trunk = TrunkRow(
        trunk_id=ids.new(),
        endpoint="carrier",
        lines=plan.lines,
        calls_per_second=5.0,
        attempt_header=HEADER,
    )
    data.trunks.put(trunk.trunk_id, trunk)
    codes = {"sale": frozenset({"success"}), "dnc": frozenset({"do_not_call"})}
    codes["callback"] = frozenset({"callback"})
    code_ids = {}
    for name, flags in codes.items():
        code_ids[name] = ids.new()
        row = WrapUpCodeRow(wrap_up_code_id=code_ids[name], name=name, flags=flags)
        data.wrap_up_codes.put(row.wrap_up_code_id, row)
    queue_id, list_id, dnc_list_id = ids.new(), ids.new(), ids.new()
    agent_ids = [ids.new() for _ in range(plan.agents)]
    for number, user_id in enumerate(agent_ids):
        data.users.put(
            user_id,
            MemoryUser(
                user_id=user_id, display_name=f"Agent {number}", queue_ids=frozenset({queue_id})
            ),
        )
    for number in range(plan.contacts):
        numbers = tuple(f"+2290197{number:04d}{n:02d}" for n in range(draw.randint(1, 2)))
        zone = draw.choice((None, None, None, "Asia/Tokyo", "America/New_York"))
        data.add_contact(
            MemoryContact(
                contact_id=ids.new(), contact_list_id=list_id, numbers=numbers, time_zone=zone
            )
        )
    campaign_ids = []
    for number in range(2 if plan.two_campaigns else 1):
        campaign = _campaign(plan, ids, number, queue_id, list_id, trunk.trunk_id, dnc_list_id)
        data.campaigns.put(campaign.campaign_id, campaign)
        campaign_ids.append(campaign.campaign_id)
    return World(
        plan=plan,
        clock=clock,
        random=random.Random(f"run {plan.seed}"),
        ids=ids,
        data=data,
        store=MemoryFloorStore(data, clock),
        node=node,
        callees=callees,
        dnc_list_id=dnc_list_id,
        campaign_ids=campaign_ids,
        agent_ids=agent_ids,
        code_ids=code_ids,
    )


def _campaign(
    plan: Plan,
    ids: TimeOrderedIds,
    number: int,
    queue_id: UUID,
    list_id: UUID,
    trunk_id: UUID,
    dnc_list_id: UUID,
) -> CampaignRow:
    recalls = {str(result): seconds for result, seconds in DEFAULT_RECALL_SECONDS.items()}
    for result, seconds in recalls.items():
        recalls[result] = None if seconds is None else min(seconds, 60)
    return CampaignRow(
        campaign_id=ids.new(),
        name=f"Campaign {number}",
        mode="preview" if plan.preview and number == 0 else plan.mode,
        calls_per_agent=plan.calls_per_agent,
        priority=3 + number,
        contact_list_id=list_id,
        queue_id=queue_id,
        trunk_id=trunk_id,
        caller_id="+22901970000",
        caller_name="",
        callable_weekdays=(1, 2, 3, 4, 5, 6, 7),
        callable_from=time(3, 5),  # opens in New York five minutes after the start
        callable_until=time(22),
        list_time_zone="Africa/Porto-Novo",
        dnc_list_id=dnc_list_id,
        max_attempts=plan.max_attempts,
        recall_seconds=recalls,
        minimum_gap_seconds=45,
        no_answer_timeout_seconds=15,
        after_call_limit_seconds=20,
        call_analysis=plan.analysis,
        preview_delivery="fetch" if plan.fetch else "push",
        preview_timeout_seconds=15,
        preview_skip_allowed=True,
        state="ready",
        state_reason="",
        contacts=0,
        finished=0,
        attempts=0,
        answered=0,
        abandoned=0,
        results={},
    )
