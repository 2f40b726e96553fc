"""A recorded day played again: the product's floor, driven by what came from outside on the day.

The floor decides anew who takes an answer, who waits and who is abandoned; the calls that were
started, what became of them and what the agents did are the recorded ones, each at its instant. So
with nothing changed its counts must be those of the day. A difference means that the record is not
one of this floor's: somebody altered it, parts of it are missing, or the floor decides otherwise
than it did.

Time stands still between two recorded instants. All that the floor took in by one step on the day
it takes in by one step again: first what the switch told, then the timers that ran out, then what
people asked for. What this needs of agents beforehand (a headset that is being called, what a lost
agent wants to do when back) is done before the time of the step has come, and changes nothing that
calls depend on. Must not be called where a loop runs already.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID, uuid5

from kwabo.adapters.switch.simulator import seeded
from kwabo.adapters.system import TimeOrderedIds
from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.what_ifs.differences import OPEN
from kwabo.domain.what_ifs.recorded_day import (
    Answered,
    Connected,
    Fate,
    HungUp,
    Input,
    MessageEnded,
    Moment,
    Presence,
    Rang,
    RecordedDay,
    Started,
    TakenBack,
    TakenUp,
    Waits,
)
from kwabo.domain.what_ifs.recorded_inputs import inputs_of, moments_of
from kwabo.domain.what_ifs.recorded_waits import waits_of_day
from kwabo.engine.floor import call_closing, calls
from kwabo.engine.floor.runner import FloorRunner
from kwabo.engine.floor.state import Floor, FloorSettings
from kwabo.ports.floor_changes import AttemptWritten
from kwabo.ports.floor_claims import ClaimRequest
from kwabo.ports.floor_rows import CampaignRow, TrunkRow, WrapUpCodeRow
from kwabo.ports.floor_store import Command, FloorName
from kwabo.simulation.replay_clock import RecordedClock
from kwabo.simulation.replay_owners import forget_waits, take_up
from kwabo.simulation.replay_people import RecordedPeople, first_presences
from kwabo.simulation.replay_store import RecordedStore
from kwabo.simulation.replay_switch import RecordedSwitch

NEVER = 1e12  # seconds: the floor does nothing of itself between recorded instants
LATE_TIMERS = timedelta(milliseconds=5)  # by which the machine's two clocks may differ in a moment

MOST_PREPARATIONS = 4  # of one agent before one step: sign in, connect, be ready or paused

Progress = Callable[[float], None]


def replay(
    day: RecordedDay, campaign: CampaignRow, trunk: TrunkRow, on_progress: Progress | None = None
) -> dict[UUID, Fate]:
    """What the floor makes of each call. `campaign` and `trunk` as they were, or as they are."""
    tell = on_progress or (lambda share: None)
    return run_in_virtual_time(lambda clock: _Replay(day, campaign, trunk, clock).run(tell))


class _Replay:
    """A replay under way."""

    def __init__(
        self, day: RecordedDay, campaign: CampaignRow, trunk: TrunkRow, idle: VirtualClock
    ) -> None:
        self._moments = moments_of(inputs_of(day))
        self._idle = idle
        self._clock = RecordedClock(min([day.begin, *(one.at for one in self._moments[:1])]))
        self._ids = TimeOrderedIds(self._clock, seeded("replay"))
        self._switch = RecordedSwitch(self._clock)
        self._name = FloorName(floor_id=self._ids.new(), organisation_id=self._ids.new())
        codes = [
            WrapUpCodeRow(
                wrap_up_code_id=uuid5(self._name.floor_id, kind), name=kind, flags=frozenset(flags)
            )
            for kind, flags in (("person", ()), ("machine", ("machine",)))
        ]
        self._campaign = campaign
        self._store = RecordedStore(
            name=self._name,
            campaign=campaign,
            trunk=trunk,
            codes=codes,
            calls={call.attempt_id: call for call in day.calls},
            asked=self._asked,
        )
        runner = FloorRunner(
            lease=self._store.lease("replay", NEVER),
            store=self._store,
            switch=self._switch,
            clock=self._clock,
            ids=self._ids,
            settings=_settings(self._name.floor_id, waits_of_day(day)),
            planner=self._plan,
        )
        self._runner, self._floor = runner, runner.floor
        self._people = RecordedPeople(
            self._floor,
            self._switch,
            self._ids,
            {code.name: code.wrap_up_code_id for code in codes},
        )
        self._step: Sequence[Input] = ()  # what is to be asked, started and taken back in this step

    async def run(self, tell: Progress) -> dict[UUID, Fate]:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._runner.run())
            await self._settle()
            for number, moment in enumerate(self._moments):
                await self._prepare(moment)
                await self._live(moment)
                tell(number / len(self._moments))
            self._switch.is_over()
            self._runner.stop()
        tell(1.0)
        return {row.attempt_id: _fate(row) for row in self._store.written.values()}

    async def _settle(self) -> None:
        """Let the floor do all that it can do now: only then does this loop's time go on."""
        await self._idle.sleep(0.001)

    async def _prepare(self, moment: Moment) -> None:
        for one in first_presences(moment):
            for _ in range(MOST_PREPARATIONS):
                commands = self._people.before(one)
                for command in commands:
                    self._store.give(command)
                if commands:
                    await self._settle()

    async def _live(self, moment: Moment) -> None:
        """One step, and whatever the floor does as its consequence in the same instant."""
        if moment.has_new_owner:
            forget_waits(self._floor)
        self._clock.set(moment.at, LATE_TIMERS if moment.timers_ran_out else timedelta(0))
        self._step = moment.inputs
        for one in moment.inputs:
            self._tell(one)
        self._store.wake()
        await self._settle()

    def _tell(self, one: Input) -> None:
        """Have the switch tell what it told."""
        switch = self._switch
        match one:
            case Rang():
                switch.rings(str(one.attempt_id))
            case Answered():
                switch.answers(str(one.attempt_id), "machine" if one.machine else None)
            case Connected():
                switch.joins(str(one.attempt_id))
            case MessageEnded():
                if not switch.message_ends(str(one.attempt_id)):
                    switch.ends(str(one.attempt_id), None, None)
            case HungUp():
                switch.ends(str(one.attempt_id), one.cause, one.sip_code)
            case Presence():
                self._people.headset(one)

    def _asked(self) -> Sequence[Command]:
        """What people ask for in this step, once."""
        step, self._step = self._step, [one for one in self._step if _is_planned(one)]
        return self._people.ask(step)

    # ── What the floor is to start ──────────────────────────────────────────────────────────────

    def _plan(self, floor: Floor) -> list[ClaimRequest]:
        """In place of the pacing: what was started on the day."""
        step, self._step = self._step, ()
        for one in step:
            if isinstance(one, TakenBack):
                call = floor.calls.get(one.attempt_id)
                if call is not None and call.answered_at is None:
                    call_closing.close(floor, call, Result(one.result), hung_up_by=one.hung_up_by)
            elif isinstance(one, TakenUp):
                take_up(floor, one.attempt_id)
        calls.serve_waiting(floor)
        return [self._claim(floor, one) for one in step if isinstance(one, Started)]

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


def _is_planned(one: Input) -> bool:
    return isinstance(one, Started | TakenBack | TakenUp)


def _settings(floor_id: UUID, waits: Waits) -> FloorSettings:
    patience = NEVER if waits.for_nobody is None else waits.for_nobody
    return FloorSettings(
        floor_id=floor_id,
        connect_within_seconds=patience + calls.MESSAGE_LEAD_SECONDS,
        agent_grace_seconds=NEVER if waits.for_lost_agent is None else waits.for_lost_agent,
        tick_seconds=NEVER,
        sweep_seconds=NEVER,
    )


def _fate(row: AttemptWritten) -> Fate:
    return Fate(
        result=str(row.result) if row.result is not None else OPEN,
        answered=row.answered_at is not None,
        connected=row.connected_at is not None,
        abandoned=row.abandoned,
    )
