"""The same floor as the engine holds it: what is decided when a call comes or an agent gets free.

Timed is all that such a step decides before anything is written: the caller enters the queue or the
agent's status changes, who takes whom, who overflows, who stays idle for callers, and what a
campaign of the same agents may start. Not timed: effects, rows and events.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from time import thread_time
from typing import Final
from uuid import UUID

from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.flows.actions import EnterQueue
from kwabo.domain.interactions.attempt import AttemptState
from kwabo.domain.routing.values import FreeAgent, QueueTerms, WaitingCall
from kwabo.engine.floor import agents, campaigns, queueing
from kwabo.engine.floor.outbox import Outbox
from kwabo.engine.floor.state import Agent, Call, Campaign, Floor, FloorSettings, Trunk
from kwabo.ports.floor_rows import CampaignRow, TrunkRow, plain_campaign

_NOBODY: Final = UUID(int=0)
_TRUNK: Final = UUID(int=2)
_BEGIN: Final = datetime(2026, 1, 5, 8, tzinfo=UTC)
_CAMPAIGNS: Final = {"inbound": UUID(int=3), "progressive": UUID(int=4)}


class EngineFloor:
    """Driven by hand, in the milliseconds of the others."""

    def __init__(
        self,
        queues: Sequence[QueueTerms],
        staff: Sequence[FreeAgent],
        idle: Collection[UUID],
        waiting: Iterable[WaitingCall],
        now: int,
    ) -> None:
        ids = TimeOrderedIds(SystemClock(), random.Random(1))
        self.floor = floor = Floor(FloorSettings(floor_id=UUID(int=1)), ids, tells=False)
        floor.switch_ready = floor.reconciled = True
        floor.queues = {terms.queue_id: terms for terms in queues}
        trunk = TrunkRow(
            trunk_id=_TRUNK, endpoint="", lines=10_000, calls_per_second=50.0, attempt_header=None
        )
        floor.trunks[_TRUNK] = Trunk(row=trunk)
        for mode, campaign_id in _CAMPAIGNS.items():
            campaign = Campaign.of(_row(mode, campaign_id, queues[0].queue_id))
            campaign.look_at = float("inf")  # its list has nobody to call now
            floor.campaigns[campaign_id] = campaign
        for one in staff:
            agent = _agent(one)
            if one.user_id in idle:
                agent.status = AgentStatus.READY
                agent.ready_since = now / 1000
            floor.agents[one.user_id] = agent
        for call in waiting:
            self._at(call.queued_at)
            self._enter(call)
        self._at(now)
        campaigns.plan(floor)
        floor.out = Outbox()

    def decide(
        self, happening: WaitingCall | FreeAgent, now: int
    ) -> tuple[float, list[tuple[UUID, UUID]]]:
        """(seconds of the processor, call and agent of each who are joined)."""
        floor = self.floor
        self._at(now)
        begun = thread_time()
        if isinstance(happening, WaitingCall):
            self._enter(happening)
        else:
            agents.change(floor, floor.agents[happening.user_id], "released")
        campaigns.plan(floor)
        took = thread_time() - begun
        joined = [
            (entity_id, user_id)
            for (kind, entity_id) in floor.out.touched
            if kind == "attempt" and (user_id := floor.calls[entity_id].agent_user_id) is not None
        ]
        for call_id, user_id in joined:
            floor.agents.hold(floor.agents[user_id], None)
            del floor.calls[call_id]
        floor.out = Outbox()
        floor.timers.run_out(floor.mono)
        return took, joined

    def _at(self, now: int) -> None:
        self.floor.mono = now / 1000
        self.floor.now = _BEGIN + timedelta(milliseconds=now)

    def _enter(self, call: WaitingCall) -> None:
        floor = self.floor
        live = floor.calls[call.call_id] = _call(call, floor.now)
        action = EnterQueue(
            queue_id=str(call.queue_id),
            priority=call.priority,
            skills=tuple(str(need.skill) for need in call.needs),
            preferred_agent="".join(map(str, call.preferred)),
        )
        if reason := queueing.enter(floor, live, action):
            raise AssertionError(f"the caller does not wait: {reason}")


def _agent(one: FreeAgent) -> Agent:
    return Agent(
        user_id=one.user_id,
        display_name="",
        queue_ids=frozenset(one.queues),
        status=AgentStatus.ON_CALL,
        since=_BEGIN,
        leg_channel_id=f"leg-{one.user_id}-1",
        leg_state="up",
        skills=one.skills,
        memberships=one.queues,
    )


def _call(call: WaitingCall, now: datetime) -> Call:
    return Call(
        attempt_id=call.call_id,
        campaign_id=_CAMPAIGNS["inbound"],
        contact_id=_NOBODY,
        attempt_number=1,
        number="",
        mode="inbound",
        caller_id="",
        trunk_id=_TRUNK,
        agent_user_id=None,
        callback_id=None,
        state=AttemptState.ANSWERED,
        course_attempts=0,
        answered_at=now,
    )


def _row(mode: str, campaign_id: UUID, queue_id: UUID) -> CampaignRow:
    return plain_campaign(
        campaign_id,
        name=mode,
        mode=mode,
        contact_list_id=_NOBODY,
        queue_id=queue_id,
        trunk_id=_TRUNK,
        max_attempts=3,
        minimum_gap_seconds=0,
        no_answer_timeout_seconds=25,
        after_call_limit_seconds=60,
        preview_skip_allowed=False,
        state="running",
    )
