"""Schedules: hours at which a campaign or a sequence runs by itself.

What a schedule says is done at its due time by `services/timetable.py`. A schedule that is saved
while its answer differs from what was done last is due at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.schedules import read_schedule
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.firings import Firing
from kwabo.ports.schedules import CampaignSchedule
from kwabo.services.campaigns import found_campaign
from kwabo.services.objections import refuse
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A schedule as of now."""

    kept: CampaignSchedule
    open_now: bool
    next_change_at: datetime | None  # None: it stays as it is
    next_change: str | None  # start | pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a schedule belongs to: one of the two."""

    campaign_id: UUID | None = None
    sequence_id: UUID | None = None


class ScheduleService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[Planned]:
        """Every schedule, by the name of its campaign or sequence."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.schedules.all()
        return [self._planned(one) for one in found]

    async def get(self, asker: Asker, subject: Subject) -> Planned | None:
        """None: there is no schedule. Raises NotFound for the subject."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _name_of(stores, subject)
            found = await _of(stores, subject)
        return None if found is None else self._planned(found)

    async def put(
        self,
        asker: Asker,
        subject: Subject,
        *,
        document: Mapping[str, Any],
        active: bool,
        version: int | None,
    ) -> Planned:
        """Make the schedule, or change it; `version` is that of the one to be changed.

        Raises NotFound, Invalid with `details.fields`, Conflict `STALE_VERSION`.
        """
        schedule, objections = read_schedule(document)
        refuse(objections)
        assert schedule is not None
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            name = await _name_of(stores, subject)
            old = await _of(stores, subject)
            check_version(version or 0, old.version if old else 0)
            base = old or CampaignSchedule(
                schedule_id=self._ids.new(),
                campaign_id=subject.campaign_id,
                sequence_id=subject.sequence_id,
                active=active,
                schedule=schedule,
                applied="",
                code="",
                due_at=None,
                version=0,
                created_at=now,
                updated_at=now,
            )
            wanted = "on" if schedule.is_open(now) else "off"
            done = base.active and base.applied == wanted and not base.code
            new = replace(
                base,
                name=name,
                active=active,
                schedule=schedule,
                applied=base.applied if done else "",
                code="" if not active else base.code,
                due_at=(schedule.next_change(now) if done else now) if active else None,
                version=base.version + 1,
                updated_at=now,
            )
            await stores.schedules.put(new)
            action = "schedule.created" if old is None else "schedule.changed"
            await self._audit(stores, asker, action, new)
        return self._planned(new)

    async def delete(self, asker: Asker, subject: Subject) -> None:
        """Leave the campaign or sequence as it is. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            name = await _name_of(stores, subject)
            old = await _of(stores, subject)
            if old is None:
                raise NotFound("NOT_FOUND", "There is no schedule here.")
            await stores.schedules.delete(old.schedule_id)
            await self._audit(stores, asker, "schedule.deleted", replace(old, name=name))

    async def firings(
        self,
        asker: Asker,
        *,
        source_id: UUID | None,
        campaign_id: UUID | None,
        limit: int,
        token: str | None,
    ) -> Page[Firing]:
        """What schedules, sequences and campaign rules did, the newest first."""
        position = position_of(token, int)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.firings.find(
                source_id=source_id,
                campaign_id=campaign_id,
                before_firing_id=position[0] if position else None,
                limit=limit + 1,
            )
        more = len(found) > limit
        found = found[:limit]
        return Page(
            items=found,
            next_page_token=page_token(found[-1].firing_id) if more else None,
            total=None,
        )

    def _planned(self, kept: CampaignSchedule) -> Planned:
        now = self._clock.now()
        open_now = kept.schedule.is_open(now)
        at = kept.schedule.next_change(now) if kept.active else None
        change = None if at is None else ("pause" if open_now else "start")
        return Planned(kept=kept, open_now=open_now, next_change_at=at, next_change=change)

    async def _audit(
        self, stores: Stores, asker: Asker, action: str, schedule: CampaignSchedule
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="campaign" if schedule.campaign_id else "campaign_sequence",
            subject_id=schedule.campaign_id or schedule.sequence_id or schedule.schedule_id,
            at=self._clock.now(),
            details={"name": schedule.name, "active": schedule.active},
        )


async def _of(stores: Stores, subject: Subject) -> CampaignSchedule | None:
    if subject.campaign_id is not None:
        return await stores.schedules.of_campaign(subject.campaign_id)
    assert subject.sequence_id is not None
    return await stores.schedules.of_sequence(subject.sequence_id)


async def _name_of(stores: Stores, subject: Subject) -> str:
    if subject.campaign_id is not None:
        return found_campaign(await stores.campaigns.get(subject.campaign_id)).settings.name
    assert subject.sequence_id is not None
    sequence = await stores.sequences.get(subject.sequence_id)
    if sequence is None:
        raise NotFound("NOT_FOUND", "There is no such sequence.")
    return sequence.name
