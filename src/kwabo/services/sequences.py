"""Sequences: made, changed, turned on and off. They are moved on by `services/timetable.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.sequences import MOST_CAMPAIGNS, SequenceState
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.sequences import CampaignSequence
from kwabo.services.names import checked_name
from kwabo.services.switching import Switching
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

# How long a floor that does not answer at once may take to begin the next campaign.
COMMAND_VALID: Final = timedelta(hours=12)


class SequenceService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock
        self._switching = Switching(ids)

    async def all(self, asker: Asker) -> Sequence[CampaignSequence]:
        """Every sequence, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.sequences.all()

    async def of_campaign(self, asker: Asker, campaign_id: UUID) -> Sequence[CampaignSequence]:
        """Sequences in which the campaign has a place."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.sequences.with_campaign(campaign_id)

    async def get(self, asker: Asker, sequence_id: UUID) -> CampaignSequence:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return found_sequence(await stores.sequences.get(sequence_id))

    async def add(
        self, asker: Asker, name: str, campaign_ids: Sequence[UUID], repeats: bool
    ) -> CampaignSequence:
        """Turned off at first. Raises Invalid, Conflict `NAME_TAKEN`."""
        now = self._clock.now()
        sequence = CampaignSequence(
            sequence_id=self._ids.new(),
            name=checked_name(name),
            campaign_ids=tuple(campaign_ids),
            repeats=repeats,
            state=SequenceState.OFF,
            position=0,
            round=1,
            begun=False,
            called=False,
            command_id=None,
            code="",
            due_at=None,
            state_changed_at=now,
            version=1,
            created_at=now,
            updated_at=now,
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check_campaigns(stores, sequence.campaign_ids)
            await stores.sequences.add(sequence)
            await self._audit(stores, asker, "sequence.created", sequence)
        return sequence

    async def change(
        self, asker: Asker, sequence_id: UUID, version: int, values: Mapping[str, Any]
    ) -> CampaignSequence:
        """`values`: name, campaign_ids, repeats, as far as they change.

        Raises what `add` does, NotFound, Conflict `STALE_VERSION` and `SEQUENCE_RUNS`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_sequence(await stores.sequences.get_for_change(sequence_id))
            check_version(version, old.version)
            new = replace(
                old,
                name=checked_name(values.get("name", old.name)),
                campaign_ids=tuple(values.get("campaign_ids", old.campaign_ids)),
                repeats=values.get("repeats", old.repeats),
                version=old.version + 1,
                updated_at=self._clock.now(),
            )
            if new.campaign_ids != old.campaign_ids:
                if old.state == SequenceState.RUNNING:
                    raise Conflict(
                        "SEQUENCE_RUNS",
                        "Turn the sequence off, then change its campaigns.",
                        field="campaign_ids",
                    )
                await _check_campaigns(stores, new.campaign_ids)
                new = _from_the_start(new)
            await stores.sequences.put(new)
            await self._audit(stores, asker, "sequence.changed", new)
        return new

    async def delete(self, asker: Asker, sequence_id: UUID) -> None:
        """Raises NotFound, Conflict `SEQUENCE_RUNS`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_sequence(await stores.sequences.get_for_change(sequence_id))
            if old.state == SequenceState.RUNNING:
                raise Conflict("SEQUENCE_RUNS", "Turn the sequence off, then delete it.")
            await stores.sequences.delete(sequence_id)
            await self._audit(stores, asker, "sequence.deleted", old)

    async def start(self, asker: Asker, sequence_id: UUID) -> CampaignSequence:
        """Turn it on: it goes on where it was, or begins again. Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_sequence(await stores.sequences.get_for_change(sequence_id))
            if old.state == SequenceState.RUNNING:
                return old
            new = turned_on(old, now)
            await stores.sequences.put(new)
            await self._audit(stores, asker, "sequence.started", new)
        return new

    async def stop(self, asker: Asker, sequence_id: UUID) -> CampaignSequence:
        """Turn it off; the campaign whose turn it is pauses. Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_sequence(await stores.sequences.get_for_change(sequence_id))
            if old.state != SequenceState.RUNNING:
                return old
            new = await turn_off(stores, self._switching, old, now)
            await stores.sequences.put(new)
            await self._audit(stores, asker, "sequence.stopped", new)
        return new

    async def _audit(
        self, stores: Stores, asker: Asker, action: str, sequence: CampaignSequence
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="campaign_sequence",
            subject_id=sequence.sequence_id,
            at=self._clock.now(),
            details={"name": sequence.name, "campaigns": len(sequence.campaign_ids)},
        )


def found_sequence(sequence: CampaignSequence | None) -> CampaignSequence:
    """Raises NotFound for None."""
    if sequence is None:
        raise NotFound("NOT_FOUND", "There is no such sequence.")
    return sequence


def turned_on(sequence: CampaignSequence, now: datetime) -> CampaignSequence:
    """The sequence from now on: where it was, or from the first campaign when it was complete."""
    if sequence.state == SequenceState.COMPLETE:
        sequence = _from_the_start(sequence)
    return replace(
        sequence,
        state=SequenceState.RUNNING,
        begun=False,
        code="",
        due_at=now,
        state_changed_at=now,
    )


async def turn_off(
    stores: Stores, switching: Switching, sequence: CampaignSequence, now: datetime
) -> CampaignSequence:
    """The sequence at rest; its campaign is told to pause."""
    if sequence.begun and sequence.campaign_id is not None:
        command_id = sequence.command_id
        starting = command_id is not None and not await stores.sequences.command_taken(command_id)
        await switching.turn_off(
            stores,
            sequence.campaign_id,
            by=f"sequence {sequence.name}",
            now=now,
            valid_until=now + COMMAND_VALID,
            starting=starting,
        )
    return replace(
        sequence,
        state=SequenceState.OFF,
        begun=False,
        command_id=None,
        code="",
        due_at=None,
        state_changed_at=now,
    )


def _from_the_start(sequence: CampaignSequence) -> CampaignSequence:
    return replace(
        sequence, position=0, round=1, begun=False, called=False, command_id=None, code=""
    )


async def _check_campaigns(stores: Stores, campaign_ids: Sequence[UUID]) -> None:
    if not 1 <= len(campaign_ids) <= MOST_CAMPAIGNS:
        raise Invalid(
            "SEQUENCE_LENGTH",
            f"Give 1 to {MOST_CAMPAIGNS} campaigns.",
            field="campaign_ids",
            details={"most": MOST_CAMPAIGNS},
        )
    if len(set(campaign_ids)) < len(campaign_ids):
        raise Invalid(
            "SEQUENCE_TWICE",
            "A campaign has one place in a sequence. Turn on 'repeat' to call it again.",
            field="campaign_ids",
        )
    known = await stores.sequences.campaign_states(campaign_ids)
    if len(known) < len(campaign_ids):
        raise Invalid(
            "CAMPAIGN_UNKNOWN",
            "One of the campaigns does not exist. Load the page again.",
            field="campaign_ids",
        )
