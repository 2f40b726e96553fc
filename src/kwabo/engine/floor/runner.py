"""Drives one floor: takes what happened, decides, commits, then acts.

Everything that waits is taken in one step and committed in one transaction; the switch is asked
only after the commit. Whatever goes wrong with the database or the lease ends the run: another run,
here or elsewhere, loads the floor again and adopts what is alive.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import cast
from uuid import UUID

import structlog

from kwabo.domain.interactions.attempt import UNANSWERED
from kwabo.engine.floor import (
    alarming,
    arrivals,
    call_closing,
    callback_counts,
    called_flows,
    campaigns,
    closing,
    commands,
    flow_runs,
    guarding,
    legs,
    noticing,
    queue_board,
    records,
    recovery,
    switching,
    timers,
    wrap_up,
    writing,
)
from kwabo.engine.floor.asking import Asker
from kwabo.engine.floor.closing import GroupHours
from kwabo.engine.floor.effects import (
    Dial,
    Effect,
    EffectDone,
    EffectFailed,
    Join,
    switch_refusal,
)
from kwabo.engine.floor.executor import Executor
from kwabo.engine.floor.flow_run import FlowTold, MediaReady, Question
from kwabo.engine.floor.inbox import Inbox
from kwabo.engine.floor.items import (
    NOTED,
    CallbacksCounted,
    Compared,
    Item,
    Look,
    QueuesRead,
    Tick,
    allows_no_more,
    no_news,
)
from kwabo.engine.floor.loading import Loader
from kwabo.engine.floor.state import Floor, FloorSettings
from kwabo.kernel.clock import Clock, every
from kwabo.kernel.errors import KwaboError
from kwabo.kernel.ids import IdFactory
from kwabo.ports.floor_claims import ClaimRequest
from kwabo.ports.floor_client import refusal
from kwabo.ports.floor_store import (
    Command,
    FloorLost,
    FloorStore,
    FloorTransaction,
    Lease,
    StoreDown,
)
from kwabo.ports.flow_world import FlowWorld, NoWorld
from kwabo.ports.switch import (
    ImmediateSwitch,
    Switch,
    SwitchError,
    SwitchEvent,
    SwitchSnapshot,
    SwitchTakenOver,
)

log = structlog.get_logger(__name__)

COMMANDS_AT_ONCE = 100
LOOK_SECONDS = 1.0  # between two looks for commands of which nobody may have told
PLAN_SECONDS = 3.0  # likewise between two plans: a reason that nobody has told of waits no longer
RENEWALS_PER_LEASE = 4
ACT_WITHIN = 2 / 3  # of the lease, counted from the start of the last renewal


class FloorRunner:
    """One tenure of a floor, from taking the lease to losing it."""

    def __init__(
        self,
        *,
        lease: Lease,
        store: FloorStore,
        switch: Switch,
        clock: Clock,
        ids: IdFactory,
        settings: FloorSettings,
        on_step: Callable[[Floor], None] | None = None,
        world: FlowWorld | None = None,
        planner: Callable[[Floor], list[ClaimRequest]] = campaigns.plan,
    ) -> None:
        self.lease = lease
        self.floor = Floor(settings, ids, tells=store.keeps_events)
        self._store = store
        self._loader = Loader(self.floor, store, lease, clock)
        self._switch = switch
        self._clock = clock
        self._on_step = on_step
        self._plan = planner  # what to dial now, and who takes those who wait
        self._renewed = clock.monotonic()
        self._inbox: Inbox[Item] = Inbox()
        self._asker = Asker(world or NoWorld(), lease.organisation_id, clock, self._inbox.put)
        self._deferred: list[tuple[Effect, UUID, UUID]] = []  # with its command and its agent
        self._comparing = False
        self._watch_at = float("-inf")  # steady clock, when desktops are looked after again
        self._settled = False  # the last step left nothing to be done but what time brings
        self._planned_at = float("-inf")  # steady clock
        # Steady clock, of the end of the last step: when time alone is reason for a plan, or a step
        self._plan_due_at = self._step_due_at = float("-inf")
        self._noted = False  # in this step: what a switch has done that answers at once
        self._stopping = asyncio.Event()

    def may_act(self) -> bool:
        """Whether the lease surely holds, by the steady clock, which no frozen process outruns."""
        return self._clock.monotonic() - self._renewed < self.lease.seconds * ACT_WITHIN

    def stop(self) -> None:
        """End the run after the present step."""
        self._stopping.set()
        self._inbox.put(Tick())

    async def run(self) -> None:
        """Hold the floor until `stop`. Raises FloorLost, StoreDown, or an error of the program."""
        await self._loader.begin()
        if self._switch.immediate:
            cast("ImmediateSwitch", self._switch).listen(self._hear)
        await self._switch.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                self._executor = Executor(self._switch, tasks, self._fate, self.may_act)
                helpers = [
                    tasks.create_task(self._keep_lease()),
                    tasks.create_task(self._listen()),
                    tasks.create_task(self._tick()),
                ]
                if self._store.keeps_events:
                    helpers.append(tasks.create_task(self._count_callbacks()))
                    helpers.append(tasks.create_task(self._read_queues()))
                if not self._switch.immediate:
                    helpers.append(tasks.create_task(self._read_switch()))
                try:
                    while not self._stopping.is_set():
                        await self._step(await self._inbox.take())
                finally:
                    for helper in helpers:
                        helper.cancel()
        except BaseExceptionGroup as group:
            raise _first(group) from group
        finally:
            await self._switch.close()

    # ── What comes in ────────────────────────────────────────────────────────────────────────────

    async def _keep_lease(self) -> None:
        while True:
            await self._clock.sleep(self.lease.seconds / RENEWALS_PER_LEASE)
            begun = self._clock.monotonic()
            await self._store.renew(self.lease)
            self._renewed = begun

    async def _read_switch(self) -> None:
        async for event in self._switch.events():
            self._inbox.put(event)

    def _hear(self, event: SwitchEvent) -> None:
        """Take what a switch tells at once: into the next step, or without one.

        That a call rings or is listened to leaves nothing to be done. Where the floor waits for
        something to happen, and nobody follows it, that is only noted. An echo says nothing.
        """
        floor = self.floor
        if switching.is_echo(floor, event):
            return
        if type(event) in NOTED and not floor.tells and self._inbox.awaited:
            mono = self._clock.monotonic()
            if mono < self._step_due_at:
                floor.now, floor.mono = self._clock.now(), mono
                switching.happened(floor, event)
                return
        self._inbox.put(event)

    async def _listen(self) -> None:
        self._inbox.put(Look())
        while True:
            if await self._store.wait_for_commands(self.lease, LOOK_SECONDS):
                self._inbox.put(Look())

    async def _count_callbacks(self) -> None:
        while True:
            now = self._clock.now()
            try:
                tallies = await self._store.count_callbacks(
                    self.lease, now, now - callback_counts.MISSED_SHOWN
                )
            except StoreDown:
                log.warning("callbacks could not be counted")
            else:
                if tallies != self.floor.callbacks:
                    self._inbox.put(CallbacksCounted(tallies))
            await self._clock.sleep(callback_counts.COUNT_EVERY_SECONDS)

    async def _read_queues(self) -> None:
        while True:
            begun = self._clock.monotonic()
            targets = queue_board.targets(self.floor)
            try:
                readings = await self._store.read_queues(self.lease, targets, self._clock.now())
            except StoreDown:
                log.warning("the figures of queues could not be read")
            else:
                if readings != self.floor.queue_readings:
                    self._inbox.put(QueuesRead(readings))
            took = self._clock.monotonic() - begun
            await self._clock.sleep(
                max(queue_board.COUNT_EVERY_SECONDS, took * queue_board.REST_PER_READING)
            )

    async def _tick(self) -> None:
        await every(self._clock, self.floor.settings.tick_seconds, self._look)

    def _look(self) -> bool:
        """Have a step made when one may find something to do and none waits; whether it was."""
        wanted = self._clock.monotonic() >= self._step_due_at and self._inbox.empty
        if wanted:
            self._inbox.put(Tick())
        return wanted

    def _tell_when_due(self) -> None:
        """Until when neither plan nor step finds anything to do, unless something happens.

        What they depend on changes in steps alone; one is made now and then in any case.
        """
        floor = self.floor
        self._plan_due_at = (
            min(floor.plans_at, self._planned_at + PLAN_SECONDS)
            if self._settled and not floor.told
            else float("-inf")
        )
        self._step_due_at = min(
            self._plan_due_at,
            floor.timers.next_at(partial(timers.is_idle, floor)),
            floor.views_due_at,
            floor.mono + floor.settings.step_seconds,
        )

    def _fate(self, fate: EffectDone | EffectFailed) -> None:
        """Take what became of an effect into the next step.

        That a switch which answers at once has begun to dial is no reason for one; nor is that it
        has joined a call, where nobody follows the floor: the next step writes it.
        """
        done = type(fate.effect) if type(fate) is EffectDone else None
        noted = done is Dial or (done is Join and not self.floor.tells)
        if noted and self._switch.immediate and not self._deferred:
            switching.done(self.floor, cast("EffectDone", fate))
            self._noted = True
        else:
            self._inbox.put(fate)

    # ── One step ─────────────────────────────────────────────────────────────────────────────────

    async def _step(self, items: list[Item]) -> None:
        floor = self.floor
        floor.now, floor.mono = self._clock.now(), self._clock.monotonic()
        ready = self._switch.ready and self.may_act()
        told = floor.take_told()
        fresh = [item for item in items if not switching.is_echo(floor, item)]
        news = bool(told) or ready is not floor.switch_ready
        floor.switch_ready = ready
        if self._loader.behind or floor.places_stale:
            await self._loader.catch_up()
        self._take_all(items, told)
        news = news or not all(no_news(floor, item) for item in fresh)
        asked_for = news or floor.mono >= self._plan_due_at
        previews, due = self._look_at_the_time()
        waiting = await self._waiting() if Look in map(type, items) else []
        if waiting or (news and (told or not all(allows_no_more(floor, one) for one in fresh))):
            floor.quiet = False
        plans = (asked_for or due) and not (waiting or previews)
        requests = self._plan(floor) if plans else []
        if waiting or previews or requests or floor.asks_the_database or floor.out.to_write:
            await self._transact(waiting, previews, requests)
            self._count_from_now()
        if floor.out.effects or floor.questions or floor.hours_wanted:
            await self._perform()
        if floor.snapshot_wanted and not self._comparing:
            floor.snapshot_wanted = False
            self._comparing = True
            self._tasks.create_task(self._compare())
        if plans or waiting or previews:
            self._settled, self._planned_at = floor.settled, floor.mono
        self._tell_when_due()
        if self._noted:
            self._noted = False
            if floor.out.effects:
                self._inbox.put(Tick())
            self._look()  # what is left to be done waits for no tick
        if self._on_step is not None:
            self._on_step(floor)

    def _take_all(self, items: list[Item], told: list[FlowTold]) -> None:
        """What has happened, in order, then what flows are told."""
        for item in items:
            self._take(item)
        for answer in told:
            flow_runs.told(self.floor, answer)
        if self.floor.questions:
            self._answer_at_once()

    def _count_from_now(self) -> None:
        """Calls that this step starts are asked for after its commit, which may have taken time."""
        asked = self._clock.monotonic()
        for trunk in self.floor.trunks.values():
            if trunk.decided:
                trunk.asked(asked)

    def _answer_at_once(self) -> None:
        """Have said in this very step what can be: the sounds are known, nothing is waited for."""
        floor = self.floor
        later: list[Question] = []
        while floor.questions:
            questions, floor.questions = floor.questions, []
            for question in questions:
                ready = self._asker.at_once(question)
                if ready is None:
                    later.append(question)
                else:
                    flow_runs.media_ready(floor, ready)
        floor.questions = later

    async def _perform(self) -> None:
        """Do what was committed, and ask the world what flows want to know."""
        floor = self.floor
        if floor.out.effects:
            effects, floor.out.effects = floor.out.effects, []
            await self._executor.submit(effects)
        if floor.questions:
            questions, floor.questions = floor.questions, []
            for question in questions:
                asked = self._asker.ask(question, flow_runs.facts_of(floor, question))
                self._tasks.create_task(asked)
        if floor.hours_wanted:
            groups, floor.hours_wanted = floor.hours_wanted, []
            for group_id in groups:
                self._tasks.create_task(self._asker.ask_hours(group_id))

    def _look_at_the_time(self) -> tuple[list[UUID], bool]:
        """Do what has come due.

        Returns the preview records whose time is over, and whether the plan may be another now.
        """
        floor = self.floor
        previews: list[UUID] = []
        call_closing.forget_all(floor)
        run_out = [
            timer for timer in floor.timers.run_out(floor.mono) if not timers.is_idle(floor, timer)
        ]
        for timer in run_out:
            if timer.kind == "preview" and timer.key is not None:
                previews.append(timer.key)
            else:
                timers.ran_out(floor, timer)
        if floor.mono >= self._watch_at:
            self._watch_at = floor.mono + floor.settings.tick_seconds
            legs.watch_desktops(floor)
            alarming.watch(floor)
            queue_board.watch(floor)
            closing.watch(floor)
        for campaign in floor.campaigns.values():
            campaigns.settle(floor, campaign)
        if floor.reconciled and floor.mono - floor.compared_at >= floor.settings.sweep_seconds:
            floor.snapshot_wanted = True
        writing.touch_stale(floor)
        if floor.tells:
            noticing.notice(floor)
        return previews, bool(run_out)

    async def _transact(
        self, waiting: list[Command], previews: list[UUID], requests: list[ClaimRequest]
    ) -> None:
        """Write what the step has changed so far, what was commanded, and new attempts."""
        floor = self.floor
        async with self._store.transaction(self.lease) as transaction:
            # What closed in this step is written before its agents are given new attempts.
            if floor.out.to_write:
                await transaction.apply(*writing.flush(floor))
            if floor.asks_the_database:
                await arrivals.take(floor, transaction)
                await called_flows.take(floor, transaction)
                await guarding.flow_transfers(floor, transaction)
            await self._take_commands(waiting, transaction)
            for attempt_id in previews:
                await records.preview_over(floor, attempt_id, transaction)
            if waiting or previews:
                requests = self._plan(floor)
            if floor.out.to_write:
                await transaction.apply(*writing.flush(floor))
            if floor.dnc_changed:
                await self._take_back_listed(transaction)
            for request in requests:
                wanted = campaigns.with_others(floor, request, requests)
                answer = await transaction.claim(wanted)
                campaigns.claimed(floor, wanted, answer)
            if requests:
                await transaction.apply(*writing.flush(floor))

    async def _take_commands(self, waiting: list[Command], transaction: FloorTransaction) -> None:
        """Do the commands that nobody has withdrawn meanwhile."""
        if not waiting:
            return
        taken = await transaction.take([command.command_id for command in waiting])
        for command in waiting:
            if command.command_id in taken:
                await self._command(command, transaction)

    async def _take_back_listed(self, transaction: FloorTransaction) -> None:
        """End calls that nobody has answered and that a DNC list stands against by now."""
        floor = self.floor
        floor.dnc_changed = False
        unanswered = [call.attempt_id for call in floor.live_calls() if call.state in UNANSWERED]
        if unanswered:
            wrap_up.take_back(floor, await transaction.dnc_listed(unanswered, floor.now))
            if floor.out.to_write:
                await transaction.apply(*writing.flush(floor))

    def _take(self, item: Item) -> None:
        floor = self.floor
        match item:
            case Look() | Tick():
                pass
            case CallbacksCounted():
                callback_counts.counted(floor, item.tallies)
            case QueuesRead():
                queue_board.counted(floor, item.readings)
            case SwitchTakenOver():
                raise FloorLost("another process uses this floor's application on the switch")
            case Compared():
                self._comparing = False
                if item.snapshot is None or not self._switch.ready:
                    floor.set_timer("reconcile", None, 1.0)
                else:
                    recovery.reconcile(floor, item.snapshot, item.taken)
                    log.info(
                        "compared with the switch",
                        fencing=self.lease.fencing,
                        channels=len(item.snapshot.channels),
                        live_attempts=len(floor.live_calls()),
                    )
            case FlowTold():
                flow_runs.told(floor, item)
            case GroupHours():
                closing.told(floor, item)
            case MediaReady():
                flow_runs.media_ready(floor, item)
            case EffectDone():
                self._answer_deferred(item)
                switching.done(floor, item)
            case EffectFailed():
                self._refuse_deferred(item)
                switching.failed(floor, item)
            case _:
                switching.happened(floor, item)

    async def _compare(self) -> None:
        taken = self.floor.compared_at = self._clock.monotonic()
        try:
            snapshot: SwitchSnapshot | None = await self._switch.snapshot()
        except SwitchError as error:
            log.warning("the switch gave no snapshot", code=error.code)
            snapshot = None
        self._inbox.put(Compared(snapshot, taken))

    # ── Commands ─────────────────────────────────────────────────────────────────────────────────

    async def _waiting(self) -> list[Command]:
        """Commands that nobody has done yet, with what they speak of in memory."""
        under_way = {command_id for _, command_id, _ in self._deferred}
        found = await self._store.commands(self.lease, COMMANDS_AT_ONCE)
        waiting = [command for command in found if command.command_id not in under_way]
        if waiting and len(found) == COMMANDS_AT_ONCE:
            self._inbox.put(Look())
        for command in waiting:
            await self._loader.prepare(command)
        return waiting

    async def _command(self, command: Command, transaction: FloorTransaction) -> None:
        floor = self.floor
        try:
            if command.kind == commands.DIAL:
                answer: commands.Answer = await records.dial(floor, command, transaction)
            elif command.kind == commands.FETCH:
                answer = await records.fetch(floor, command, transaction)
            else:
                await guarding.ask(floor, command, transaction)
                answer = commands.handle(floor, command)
        except KwaboError as error:
            floor.out.answer(command.command_id, refusal(error), floor.now)
            return
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
            # Refused, lest the next owner of the floor stumble over the same command again.
            log.exception("a command made the floor fail", kind=command.kind)
            failure = KwaboError("FLOOR_FAILED", "The floor could not do this; tell the operator.")
            floor.out.answer(command.command_id, refusal(failure), floor.now)
            return
        if isinstance(answer, commands.Deferred) and command.user_id is not None:
            self._deferred.append((answer.effect, command.command_id, command.user_id))
            return
        if not isinstance(answer, commands.Deferred):
            floor.answer(command.command_id, **answer)

    def _answer_deferred(self, fate: EffectDone) -> None:
        for command_id, user_id in self._due_answers(fate.effect):
            agent = self.floor.agents[user_id]
            self.floor.answer(command_id, **commands.signed_in(self.floor, agent))

    def _refuse_deferred(self, fate: EffectFailed) -> None:
        for command_id, _ in self._due_answers(fate.effect):
            answer = refusal(switch_refusal(fate.error))
            self.floor.out.answer(command_id, answer, self.floor.now)

    def _due_answers(self, effect: Effect) -> list[tuple[UUID, UUID]]:
        """Commands that wait for this very effect, with their agents; they wait no longer."""
        due = [(c, user_id) for waited, c, user_id in self._deferred if waited is effect]
        self._deferred = [entry for entry in self._deferred if entry[0] is not effect]
        return due


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that ended the run: losing the floor before anything that followed from it."""
    flat: list[BaseException] = []

    def collect(error: BaseException) -> None:
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                collect(inner)
        else:
            flat.append(error)

    collect(group)
    for kind in (FloorLost, StoreDown):
        for error in flat:
            if isinstance(error, kind):
                return error
    return flat[0]
