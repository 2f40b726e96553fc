"""A floor in virtual time: what there is before anything happens, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from kwabo.adapters.memory.floor import MemoryFloorStore
from kwabo.adapters.memory.floor_data import FloorData, MemoryCommand, MemoryContact, MemoryUser
from kwabo.adapters.system import TimeOrderedIds
from kwabo.adapters.virtual_time import VirtualClock
from kwabo.domain.call_analysis.response_set import (
    DEFAULT,
    Reaction,
    ReactionType,
    ResponseSet,
)
from kwabo.domain.call_analysis.results import AnalysisResult
from kwabo.domain.callbacks.terms import CallbackTerms
from kwabo.domain.campaigns.recall import DEFAULT_RECALL_SECONDS
from kwabo.ports.floor_rows import CampaignRow, TrunkRow, WrapUpCodeRow, plain_campaign
from kwabo.ports.floor_store import FloorName
from kwabo.ports.flow_world import FlowWorld
from simulation.callees import Callees
from simulation.far_side import FarSide
from simulation.plan import Plan, Share

__all__ = ["HEADER", "Plan", "World", "make_world"]

HEADER = "X-Attempt"


@dataclass(slots=True, kw_only=True)
class World:
    """Everything that outlives engines."""

    plan: Plan
    drawn: Plan  # the plan as it was: its faults do not stop
    clock: VirtualClock
    random: random.Random
    ids: TimeOrderedIds
    data: FloorData
    store: OpenStore
    node: FarSide
    callees: Callees
    dnc_list_id: UUID
    campaign_ids: list[UUID]
    agent_ids: list[UUID]
    code_ids: dict[str, UUID]
    flow_world: FlowWorld | None = None
    quiet: bool = False  # faults have stopped
    dnc_at: dict[str, datetime] = field(default_factory=dict)  # number → when it was listed
    untold: set[str] = field(default_factory=set)  # listed, and the floor was not told
    halted: dict[UUID, float] = field(default_factory=dict)  # campaign → when it was paused
    stopped: dict[UUID, datetime] = field(default_factory=dict)  # the same, in an emergency
    begun: dict[UUID, float] = field(default_factory=dict)  # campaign → when it was started last
    altered: dict[UUID, float] = field(default_factory=dict)  # campaign → when it was changed last
    paused: dict[UUID, UUID] = field(default_factory=dict)  # agent → command that asked for it
    problems: list[str] = field(default_factory=list)

    async def alter(self, campaign_id: UUID, **values: Any) -> None:
        """Somebody changes a campaign's settings, and the floor is told."""
        async with self.store.turn():
            row = self.data.campaigns[campaign_id]
            self.data.campaigns.put(campaign_id, replace(row, **values))
        self.altered[campaign_id] = self.clock.monotonic()
        self.command(None, "campaign.changed", {"campaign_id": str(campaign_id)})

    def run_campaign(self, campaign_id: UUID, kind: str) -> None:
        """Somebody starts, pauses or stops a campaign."""
        if kind == "campaign.start":
            self.halted.pop(campaign_id, None)
            self.stopped.pop(campaign_id, None)
            self.begun[campaign_id] = self.clock.monotonic()
        else:
            self.halted.setdefault(campaign_id, self.clock.monotonic())
            if kind == "campaign.stop":
                self.stopped.setdefault(campaign_id, self.clock.now())
        self.command(None, kind, {"campaign_id": str(campaign_id)})

    def command(self, user_id: UUID | None, kind: str, payload: dict[str, object]) -> UUID:
        """Give the floor a command."""
        command_id = self.ids.new()
        self.data.add_command(
            MemoryCommand(command_id=command_id, user_id=user_id, kind=kind, payload=payload)
        )
        return command_id

    def list_number(self, number: str, *, told: bool = True) -> None:
        """Somebody puts a number on the DNC list, and the floor is told, or finds it there."""
        self.data.dnc.put((self.dnc_list_id, number), None)
        self.dnc_at.setdefault(number, self.clock.now())
        if not told:
            self.untold.add(number)
            return
        self.command(None, "dnc.added", {"dnc_list_id": str(self.dnc_list_id)})


class OpenStore(MemoryFloorStore):
    """The store, with a way for others than the owner to change rows between transactions."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """No transaction is under way inside."""
        async with self._turn:
            yield


def make_world(plan: Plan, clock: VirtualClock) -> World:
    """The tables, the people and the switch of a plan."""
    draw = random.Random(f"world {plan.seed}")
    ids = TimeOrderedIds(clock, random.Random(f"ids {plan.seed}"))
    data = FloorData(FloorName(floor_id=ids.new(), organisation_id=ids.new()))
    callees = Callees(plan)
    node = FarSide(
        clock,
        far_end=callees,
        faults=plan.faults,
        source=random.Random(f"node {plan.seed}"),
    )
    trunk = TrunkRow(
        trunk_id=ids.new(),
        endpoint="carrier",
        lines=plan.lines,
        calls_per_second=plan.calls_per_second,
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
    queue_ids = [queue_id, *(ids.new() for _ in range(plan.queues - 1))]
    agent_ids = [ids.new() for _ in range(plan.agents)]
    for number, user_id in enumerate(agent_ids):
        data.users.put(
            user_id,
            MemoryUser(
                user_id=user_id,
                display_name=f"Agent {number}",
                queue_ids=_queues_of(number, queue_ids),
            ),
        )
    looks = random.Random(f"looks {plan.seed}")
    for number in range(plan.contacts):
        numbers = tuple(f"+2290197{number:04d}{n:02d}" for n in range(draw.randint(1, 2)))
        zone = draw.choice((None, None, None, "Asia/Tokyo", "America/New_York"))
        data.add_contact(
            MemoryContact(
                contact_id=ids.new(),
                contact_list_id=list_id,
                numbers=numbers,
                time_zone=zone,
                data={"look": "yes"} if looks.random() < plan.shown else {},
            )
        )
    campaign_ids = []
    shares = plan.shares or (None,) * (2 if plan.two_campaigns else 1)
    for number, share in enumerate(shares):
        campaign = _campaign(plan, ids, number, queue_id, list_id, trunk.trunk_id, dnc_list_id)
        if share is not None:
            campaign = _shared(campaign, share, queue_ids)
        data.campaigns.put(campaign.campaign_id, campaign)
        campaign_ids.append(campaign.campaign_id)
    if plan.machines_told:
        code_ids["machine"] = ids.new()
        flags = frozenset({"machine"})
        row = WrapUpCodeRow(wrap_up_code_id=code_ids["machine"], name="machine", flags=flags)
        data.wrap_up_codes.put(row.wrap_up_code_id, row)
    return World(
        plan=plan,
        drawn=deepcopy(plan),
        clock=clock,
        random=random.Random(f"run {plan.seed}"),
        ids=ids,
        data=data,
        store=OpenStore(data, clock),
        node=node,
        callees=callees,
        dnc_list_id=dnc_list_id,
        campaign_ids=campaign_ids,
        agent_ids=agent_ids,
        code_ids=code_ids,
    )


def _queues_of(number: int, queue_ids: list[UUID]) -> frozenset[UUID]:
    """The first agent serves all queues; the others all, the first or the second by turns."""
    if len(queue_ids) == 1 or number % 3 == 0:
        return frozenset(queue_ids)
    return frozenset({queue_ids[number % 3 - 1]})


def _shared(campaign: CampaignRow, share: Share, queue_ids: list[UUID]) -> CampaignRow:
    return replace(
        campaign,
        mode=share.mode,
        priority=share.priority,
        weight=share.weight,
        calls_per_agent=share.calls_per_agent,
        calls_per_agent_ceiling=share.ceiling,
        abandon_target=share.target,
        agents_kept_free=share.kept_free,
        queue_id=queue_ids[share.queue % len(queue_ids)],
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
    delivery = "preview" if plan.callbacks_shown else "dial"
    return plain_campaign(
        ids.new(),
        name=f"Campaign {number}",
        mode="preview" if plan.preview and number == 0 else plan.mode,
        calls_per_agent=plan.calls_per_agent,
        abandon_target=plan.target,
        priority=3 + number,
        contact_list_id=list_id,
        queue_id=queue_id,
        trunk_id=trunk_id,
        caller_id="+22901970000",
        callable_from=time(3, 5),  # opens in New York five minutes after the start
        callable_until=time(22),
        list_time_zone="Africa/Porto-Novo",
        dnc_list_ids=(dnc_list_id,),
        max_attempts=plan.max_attempts,
        recall_seconds=recalls,
        minimum_gap_seconds=45,
        no_answer_timeout_seconds=15,
        after_call_limit_seconds=20,
        call_analysis=plan.analysis,
        preview_delivery="fetch" if plan.fetch else "push",
        preview_timeout_seconds=15,
        compliance_preset=plan.law or None,
        lines_most=plan.lines_most,
        number_order=plan.number_order,
        preview_column="look" if plan.shown else "",
        preview_values=("yes",),
        callbacks=CallbackTerms(
            takeover=plan.takeover,
            takeover_minutes=plan.takeover_minutes,
            own_delivery=delivery,
            anyone_delivery=delivery,
        ),
        response_set=_response_set(plan),
    )


def _response_set(plan: Plan) -> ResponseSet:
    """What is done with machines."""
    if not plan.machines:
        return DEFAULT
    message = Reaction(type=ReactionType.QUEUE)
    if plan.machines == "play_file":
        message = Reaction(
            type=ReactionType.PLAY_FILE,
            prompt_id=UUID(int=plan.seed + 1),
            after_greeting=plan.seed % 2 == 0,
            media="sound:message-to-machines",
            media_seconds=4.0,
        )
    return ResponseSet(reactions={AnalysisResult.MACHINE: message})
