"""A recorded day played again: the product's floor, driven by what came from outside on the day.

The floor decides anew who takes an answer, who waits and who is abandoned; the calls that were
started, what became of them and what the agents did are the recorded ones, each at its instant. So
with nothing changed its counts must be those of the day. A difference means that the record is not
one of this floor's: somebody altered it, parts of it are missing, or the floor decides otherwise
than it did.

Time stands still between two recorded instants; at each, one input after the other is given and
the floor left alone until it has nothing more to do. Must not be called where a loop runs already.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from kwabo.adapters.switch.simulator import seeded
from kwabo.adapters.system import TimeOrderedIds
from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.what_ifs.recorded_day import (
    Answered,
    Connected,
    Counts,
    Here,
    HungUp,
    Input,
    MessageEnded,
    Presence,
    Rang,
    RecordedDay,
    Started,
    TakenBack,
    TimePassed,
    WrappedUp,
)
from kwabo.domain.what_ifs.recorded_inputs import asked_together, inputs_of
from kwabo.engine.floor import calls
from kwabo.engine.floor.runner import FloorRunner
from kwabo.engine.floor.state import Agent, Floor, FloorSettings
from kwabo.ports.floor_store import (
    CampaignRow,
    ClaimRequest,
    Command,
    FloorName,
    TrunkRow,
    WrapUpCodeRow,
)
from kwabo.simulation.replay_clock import RecordedClock
from kwabo.simulation.replay_store import RecordedStore
from kwabo.simulation.replay_switch import RecordedSwitch

NEVER = 1e12  # seconds: the floor does nothing of itself between recorded instants
LATE_TIMERS = timedelta(milliseconds=5)  # by which the machine's two clocks may differ in a moment
ANY_ADDRESS = "+22900000000"

Progress = Callable[[float], None]


def replay(
    day: RecordedDay, campaign: CampaignRow, trunk: TrunkRow, on_progress: Progress | None = None
) -> Counts:
    """What the floor makes of the day. `campaign` and `trunk` as they were, or as they are now."""
    tell = on_progress or (lambda share: None)
    return run_in_virtual_time(lambda clock: _Replay(day, campaign, trunk, clock).run(tell))


class _Replay:
    """A replay under way."""

    def __init__(
        self, day: RecordedDay, campaign: CampaignRow, trunk: TrunkRow, idle: VirtualClock
    ) -> None:
        self._inputs = inputs_of(day)
        begin = min([day.begin, *(one.at for one in self._inputs[:1])])
        self._idle = idle
        self._clock = RecordedClock(begin)
        self._ids = TimeOrderedIds(self._clock, seeded("replay"))
        self._switch = RecordedSwitch(self._clock)
        self._calls = {call.attempt_id: call for call in day.calls}
        name = FloorName(floor_id=self._ids.new(), organisation_id=self._ids.new())
        codes = [
            WrapUpCodeRow(
                wrap_up_code_id=uuid5(name.floor_id, kind), name=kind, flags=frozenset(flags)
            )
            for kind, flags in (("person", ()), ("machine", ("machine",)))
        ]
        self._code_ids = {code.name: code.wrap_up_code_id for code in codes}
        self._name = name
        self._campaign = campaign
        self._store = RecordedStore(
            name=name, campaign=campaign, trunk=trunk, codes=codes, calls=self._calls
        )
        self._starts: list[Started] = []  # to be claimed in the next step
        self._taken_back: list[TakenBack] = []  # to be closed in the next step

    async def run(self, tell: Progress) -> Counts:
        lease = await self._store.acquire(self._name, "replay", NEVER)
        assert lease is not None
        runner = FloorRunner(
            lease=lease,
            store=self._store,
            switch=self._switch,
            clock=self._clock,
            ids=self._ids,
            settings=FloorSettings(
                floor_id=self._name.floor_id, tick_seconds=NEVER, sweep_seconds=NEVER
            ),
            planner=self._plan,
        )
        self._floor = runner.floor
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(runner.run())
            await self._settle()
            await self._play(tell)
            self._switch.is_over()
            runner.stop()
        tell(1.0)
        return self._counts()

    async def _settle(self) -> None:
        """Let the floor do all that it can do now: only then does this loop's time go on."""
        await self._idle.sleep(0.001)

    async def _play(self, tell: Progress) -> None:
        number = 0
        while number < len(self._inputs):
            one = self._inputs[number]
            together = asked_together(self._inputs, number)
            if together:
                self._clock.set(one.at)
                await self._agents_do(self._inputs[number : number + together])
            elif isinstance(one, TimePassed):
                await self._let_timers_run(one, self._inputs[number + 1 : number + 2])
            else:
                self._clock.set(one.at)
                self._give(one)
                await self._settle()
            number += max(1, together)
            tell(number / len(self._inputs))

    async def _let_timers_run(self, one: TimePassed, following: Sequence[Input]) -> None:
        """A timer of the floor was due; the wall clock may say so a little later than it did."""
        for at in (one.at, min([one.at + LATE_TIMERS, *(after.at for after in following)])):
            self._clock.set(at)
            self._store.wake()
            await self._settle()

    def _give(self, one: Input) -> None:
        switch = self._switch
        match one:
            case Started():
                self._starts.append(one)
                self._store.wake()
            case TakenBack():
                self._taken_back.append(one)
                self._store.wake()
            case Rang():
                switch.rings(str(one.attempt_id))
            case Answered():
                analysis = "machine" if one.machine else None
                switch.answers(str(one.attempt_id), analysis)
            case Connected():
                switch.joins(str(one.attempt_id))
            case MessageEnded():
                switch.message_ends(str(one.attempt_id))
            case HungUp():
                switch.ends(str(one.attempt_id), one.cause, one.sip_code)

    # ── What the floor is to start ──────────────────────────────────────────────────────────────

    def _plan(self, floor: Floor) -> list[ClaimRequest]:
        """In place of the pacing: what was started on the day."""
        taken_back, self._taken_back = self._taken_back, []
        for one in taken_back:
            call = floor.calls.get(one.attempt_id)
            if call is not None and call.answered_at is None:
                calls.close(floor, call, Result(one.result), hung_up_by=one.hung_up_by)
        calls.serve_waiting(floor)
        starts, self._starts = self._starts, []
        return [self._claim(floor, start) for start in starts]

    def _claim(self, floor: Floor, start: Started) -> ClaimRequest:
        agent = floor.agents.get(start.user_id) if start.user_id else None
        held = agent is not None and agent.status is AgentStatus.READY and agent.leg_up
        return ClaimRequest(
            campaign=self._campaign,
            attempt_ids=[start.attempt_id],
            agent_user_ids=[agent.user_id] if agent is not None and held else [],
            for_nobody=0 if held else 1,
            offer=False,
            now=floor.now,
        )

    # ── Agents ──────────────────────────────────────────────────────────────────────────────────

    def _wrap_up(self, one: WrappedUp) -> None:
        for agent in self._floor.agents.values():
            if agent.attempt_id == one.attempt_id:
                code_id = self._code_ids["machine" if one.machine else "person"]
                self._ask(
                    agent.user_id,
                    "call.wrap_up",
                    attempt_id=str(one.attempt_id),
                    wrap_up_code_id=str(code_id),
                )

    async def _agents_do(self, together: Sequence[Input]) -> None:
        """What agents did in one step: their headsets first, then all that they asked at once."""
        for one in together:
            if isinstance(one, Presence):
                await self._come(one)
        for one in together:
            if isinstance(one, Presence):
                self._be_there(one)
            elif isinstance(one, WrappedUp):
                self._wrap_up(one)
        await self._settle()
        for one in together:
            if isinstance(one, Presence) and one.adopted:
                self._floor.agents[one.user_id].ready_since = 0.0

    async def _come(self, one: Presence) -> None:
        """Have the agent signed in and the headset up, or lost."""
        if one.here is Here.GONE:
            return
        if self._status(one.user_id) is AgentStatus.SIGNED_OUT:
            leg = {"kind": "address", "address": ANY_ADDRESS}
            await self._asked(one.user_id, "agent.sign_in", leg=leg)
        if one.here is Here.LOST:
            await self._lose(one.user_id)
        elif one.here is not Here.CONNECTING:
            await self._connect(one.user_id)

    def _be_there(self, one: Presence) -> None:
        """Have the agent be what the record says, by the ways in which agents come and go."""
        agent = self._floor.agents.get(one.user_id)
        if agent is None or one.here in (Here.CONNECTING, Here.LOST):
            return
        free = agent.status in (AgentStatus.READY, AgentStatus.PAUSED)
        if one.here is Here.GONE:
            if agent.status is not AgentStatus.SIGNED_OUT:
                self._ask(one.user_id, "agent.sign_out")
        elif one.here is Here.PAUSED:
            if agent.status is not AgentStatus.PAUSED and not agent.pause_after:
                self._ask(one.user_id, "agent.pause")
        elif agent.status is AgentStatus.PAUSED or (agent.pause_after and not one.pause_after):
            self._ask(one.user_id, "agent.ready")
        elif one.pause_after and not agent.pause_after and not free:
            self._ask(one.user_id, "agent.pause")

    async def _connect(self, user_id: UUID) -> None:
        """The agent's headset is there."""
        agent = self._floor.agents[user_id]
        if agent.leg_up:
            return
        if agent.leg_state != "calling":
            await self._asked(user_id, "agent.connect_leg")
        if agent.leg_channel_id is not None:
            self._switch.answers(agent.leg_channel_id, None)
            await self._settle()

    async def _lose(self, user_id: UUID) -> None:
        agent = self._floor.agents[user_id]
        if agent.status is not AgentStatus.LOST and agent.live_leg is not None:
            self._switch.ends(agent.live_leg, None, None)
            await self._settle()

    def _status(self, user_id: UUID) -> AgentStatus:
        agent: Agent | None = self._floor.agents.get(user_id)
        return AgentStatus.SIGNED_OUT if agent is None else agent.status

    async def _asked(self, user_id: UUID, kind: str, **payload: Any) -> None:
        self._ask(user_id, kind, **payload)
        await self._settle()

    def _ask(self, user_id: UUID, kind: str, **payload: Any) -> None:
        self._store.give(
            Command(command_id=self._ids.new(), user_id=user_id, kind=kind, payload=payload)
        )

    # ── The end ─────────────────────────────────────────────────────────────────────────────────

    def _counts(self) -> Counts:
        return Counts.of(
            [
                (
                    str(row.result) if row.result is not None else "open",
                    row.answered_at is not None,
                    row.connected_at is not None,
                    row.abandoned,
                )
                for row in self._store.written.values()
            ]
        )
