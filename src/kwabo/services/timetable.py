"""What happens by itself: schedules that open and close, sequences that move on.

Each thing that is due is taken under its row's lock, and what is done about it (commands to the
floor, its next due time, its firing) is kept in the same transaction: it happens once, whichever
process does it and whenever one dies.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.sequences import (
    LOOK_AGAIN,
    NOTHING_LEFT,
    REST,
    Begin,
    Finish,
    SequenceState,
    Standing,
    Step,
    Wait,
    advance,
    begun,
    next_step,
)
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.firings import Firing
from kwabo.ports.schedules import CampaignSchedule
from kwabo.ports.sequences import CampaignSequence
from kwabo.services.campaign_rules import ask_due
from kwabo.services.sequences import COMMAND_VALID, turn_off, turned_on
from kwabo.services.switching import Switching, Turned
from kwabo.services.unit_of_work import Stores, UnitOfWork

# What could not be done at its time is tried again while the schedule still wants it.
TRY_AGAIN: Final = timedelta(seconds=60)
# Of a command that no later change of the schedule ends.
LONGEST_VALID: Final = timedelta(days=1)

Taking = Callable[[Stores], Awaitable[bool]]


class TimetableService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._ids = ids
        self._switching = Switching(ids)

    async def organisations_due(self) -> Sequence[UUID]:
        """Organisations in which something is due."""
        async with self._unit_of_work.begin_outside() as stores:
            return await stores.schedules.organisations_due(self._clock.now())

    async def work(self, organisation_id: UUID) -> int:
        """Do everything that is due in an organisation; how many things there were."""
        done = 0
        for take in self._takers():
            while await self._one(organisation_id, take):
                done += 1
        return done

    def _takers(self) -> tuple[Taking, ...]:
        return (self._schedule, self._sequence, self._campaign_rule)

    async def _one(self, organisation_id: UUID, take: Taking) -> bool:
        async with self._unit_of_work.begin(organisation_id) as stores:
            return await take(stores)

    # ── Schedules ────────────────────────────────────────────────────────────────────────────────

    async def _schedule(self, stores: Stores) -> bool:
        now = self._clock.now()
        kept = await stores.schedules.take_due(now)
        if kept is None:
            return False
        wanted = "on" if kept.schedule.is_open(now) else "off"
        change_at = kept.schedule.next_change(now)
        turned = await self._apply(stores, kept, wanted, change_at or now + LONGEST_VALID)
        due_at = change_at
        if turned.code and wanted == "on":
            due_at = min(change_at or now + TRY_AGAIN, now + TRY_AGAIN)
        if turned.code != kept.code or (not turned.code and wanted != kept.applied):
            await stores.firings.add(
                Firing(
                    at=now,
                    source="schedule",
                    source_id=kept.schedule_id,
                    campaign_id=kept.campaign_id,
                    sequence_id=kept.sequence_id,
                    action="start" if wanted == "on" else "pause",
                    code=turned.code,
                )
            )
        await stores.schedules.put(replace(kept, applied=wanted, code=turned.code, due_at=due_at))
        return True

    async def _apply(
        self, stores: Stores, kept: CampaignSchedule, wanted: str, valid_until: datetime
    ) -> Turned:
        now = self._clock.now()
        if kept.campaign_id is None:
            return await self._apply_to_sequence(stores, kept, wanted)
        turn = self._switching.turn_on if wanted == "on" else self._switching.turn_off
        return await turn(stores, kept.campaign_id, by="schedule", now=now, valid_until=valid_until)

    async def _apply_to_sequence(
        self, stores: Stores, kept: CampaignSchedule, wanted: str
    ) -> Turned:
        now = self._clock.now()
        assert kept.sequence_id is not None
        sequence = await stores.sequences.get_for_change(kept.sequence_id)
        if sequence is None:
            return Turned()
        runs = sequence.state == SequenceState.RUNNING
        if wanted == "on" and not runs:
            await stores.sequences.put(turned_on(sequence, now))
        elif wanted == "off" and runs:
            await stores.sequences.put(await turn_off(stores, self._switching, sequence, now))
        return Turned()

    async def _campaign_rule(self, stores: Stores) -> bool:
        return await ask_due(stores, self._switching, self._ids, self._clock.now())

    # ── Sequences ────────────────────────────────────────────────────────────────────────────────

    async def _sequence(self, stores: Stores) -> bool:
        now = self._clock.now()
        kept = await stores.sequences.take_due(now)
        if kept is None:
            return False
        campaign_id = kept.campaign_id
        states = await stores.sequences.campaign_states([campaign_id] if campaign_id else [])
        pending = kept.command_id is not None and not await stores.sequences.command_taken(
            kept.command_id
        )
        state = states.get(campaign_id) if campaign_id else None
        step = next_step(_standing(kept), state, pending=pending)
        await stores.sequences.put(await self._do(stores, kept, step))
        return True

    async def _do(self, stores: Stores, kept: CampaignSequence, step: Step) -> CampaignSequence:
        """Begin campaigns until one runs, or something is to be waited for."""
        now = self._clock.now()
        while isinstance(step, Begin):
            at = _at(kept, step.standing)
            campaign_id = at.campaign_id
            if campaign_id is None:
                step = Finish(standing=step.standing)
                break
            turned = await self._switching.turn_on(
                stores,
                campaign_id,
                by=f"sequence {kept.name}",
                now=now,
                valid_until=now + COMMAND_VALID,
            )
            if not turned.code:
                await self._fired(stores, at, campaign_id, "start")
                standing = begun(step.standing)
                running = replace(_at(kept, standing), command_id=turned.command_id, code="")
                return replace(running, due_at=now + LOOK_AGAIN)
            if turned.code in NOTHING_LEFT or turned.code == "CAMPAIGN_GONE":
                await self._fired(stores, at, campaign_id, "skip", turned.code)
                step = advance(step.standing)
                continue
            if turned.code != kept.code:
                await self._fired(stores, at, campaign_id, "start", turned.code)
            step = Wait(standing=step.standing, code=turned.code, after=REST)
        at = replace(_at(kept, step.standing), command_id=kept.command_id)
        if isinstance(step, Finish):
            await self._fired(stores, at, None, "complete")
            return replace(
                at,
                state=SequenceState.COMPLETE,
                begun=False,
                command_id=None,
                code="",
                due_at=None,
                state_changed_at=now,
            )
        return replace(at, code=step.code, due_at=now + step.after)

    async def _fired(
        self,
        stores: Stores,
        sequence: CampaignSequence,
        campaign_id: UUID | None,
        action: str,
        code: str = "",
    ) -> None:
        await stores.firings.add(
            Firing(
                at=self._clock.now(),
                source="sequence",
                source_id=sequence.sequence_id,
                campaign_id=campaign_id,
                sequence_id=sequence.sequence_id,
                action=action,
                code=code,
                details={"position": sequence.position + 1, "round": sequence.round},
            )
        )


def _standing(kept: CampaignSequence) -> Standing:
    return Standing(
        length=len(kept.campaign_ids),
        repeats=kept.repeats,
        position=kept.position,
        round=kept.round,
        begun=kept.begun,
        called=kept.called,
    )


def _at(kept: CampaignSequence, standing: Standing) -> CampaignSequence:
    return replace(
        kept,
        position=standing.position,
        round=standing.round,
        begun=standing.begun,
        called=standing.called,
    )
