"""Recycling: finished contacts of a campaign become open again, now or at set times.

Finished contacts are nobody's: a running floor holds none of them. It is told in the same
transaction, so that it looks again and counts anew. Both lie in the audit log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.campaigns.recycling import (
    RecycleChoice,
    RecycleTimes,
    choice_objections,
    times_objections,
)
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.campaigns import Campaign
from kwabo.ports.floor_client import FloorClient
from kwabo.ports.recycling import RecycleCount, RecyclePlan
from kwabo.services.campaigns import found_campaign
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork

MOST_PLANS = 20  # of one campaign


class RecyclingService:
    """See the module."""

    def __init__(
        self, unit_of_work: UnitOfWork, *, floor: FloorClient, ids: IdFactory, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._floor = floor
        self._ids = ids
        self._clock = clock

    async def recycle(
        self, asker: Asker, campaign_id: UUID, choice: RecycleChoice, *, dry_run: bool
    ) -> RecycleCount:
        """`dry_run`: only count. Raises NotFound, Invalid with `details.fields`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            await _check_choice(stores, choice)
            if dry_run:
                return await stores.recycling.count(campaign_id, choice)
            return await self._recycle(stores, campaign, choice, asker.user_id, {})

    async def _recycle(
        self,
        stores: Stores,
        campaign: Campaign,
        choice: RecycleChoice,
        user_id: UUID | None,
        details: Mapping[str, object],
    ) -> RecycleCount:
        return await recycle_now(
            stores,
            self._ids,
            campaign,
            choice,
            user_id=user_id,
            now=self._clock.now(),
            details=details,
        )

    async def plans(self, asker: Asker, campaign_id: UUID) -> Sequence[RecyclePlan]:
        """A campaign's plans. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_campaign(await stores.campaigns.get(campaign_id))
            return await stores.recycling.plans(campaign_id)

    async def add_plan(
        self,
        asker: Asker,
        campaign_id: UUID,
        *,
        times: RecycleTimes,
        choice: RecycleChoice,
        start: bool,
        times_left: int | None,
    ) -> RecyclePlan:
        """Raises NotFound, Invalid with `details.fields`, Conflict `TOO_MANY_PLANS`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get_for_change(campaign_id))
            refuse(times_objections(times, times_left))
            await _check_choice(stores, choice)
            if len(await stores.recycling.plans(campaign_id)) >= MOST_PLANS:
                raise Conflict(
                    "TOO_MANY_PLANS",
                    f"A campaign has at most {MOST_PLANS} plans. Remove one first.",
                    details={"most": MOST_PLANS},
                )
            plan = RecyclePlan(
                recycle_plan_id=self._ids.new(),
                campaign_id=campaign_id,
                times=replace(times, weekdays=tuple(sorted(times.weekdays))),
                choice=choice,
                start=start,
                times_left=times_left,
                next_at=times.next_after(now),
                last_at=None,
                last_recycled=None,
                user_id=asker.user_id,
                created_at=now,
            )
            await stores.recycling.add_plan(plan)
            await self._note(stores, asker, "recycle_plan.created", campaign, plan.recycle_plan_id)
        return plan

    async def remove_plan(self, asker: Asker, campaign_id: UUID, recycle_plan_id: UUID) -> None:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            if not await stores.recycling.remove_plan(campaign_id, recycle_plan_id):
                raise NotFound("NOT_FOUND", "There is no such plan.")
            await self._note(stores, asker, "recycle_plan.deleted", campaign, recycle_plan_id)

    async def run_due(self) -> int:
        """Do every plan whose time has come, each once over all engines; how many were done."""
        async with self._unit_of_work.begin_outside() as stores:
            due = await stores.recycling.due(self._clock.now())
        done = 0
        for recycle_plan_id, organisation_id in due:
            done += await self._run(organisation_id, recycle_plan_id)
        return done

    async def _run(self, organisation_id: UUID, recycle_plan_id: UUID) -> bool:
        now = self._clock.now()
        async with self._unit_of_work.begin(organisation_id) as stores:
            plan = await stores.recycling.take_plan(recycle_plan_id, now)
            if plan is None:
                return False
            campaign = found_campaign(await stores.campaigns.get(plan.campaign_id))
            details = {"plan": str(recycle_plan_id)}
            count = await self._recycle(stores, campaign, plan.choice, plan.user_id, details)
            left = None if plan.times_left is None else plan.times_left - 1
            await stores.recycling.change_plan(
                replace(
                    plan,
                    times_left=left,
                    next_at=None if left == 0 else plan.times.next_after(now),
                    last_at=now,
                    last_recycled=count.recycled,
                )
            )
        if plan.start and count.recycled and campaign.state == CampaignState.COMPLETE:
            await self._floor.send(
                organisation_id,
                plan.user_id,
                "campaign.start",
                {"campaign_id": str(plan.campaign_id)},
            )
        return True

    async def _note(
        self, stores: Stores, asker: Asker, action: str, campaign: Campaign, plan_id: UUID
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="recycle_plan",
            subject_id=plan_id,
            at=self._clock.now(),
            details={"campaign": campaign.settings.name},
        )


async def recycle_now(
    stores: Stores,
    ids: IdFactory,
    campaign: Campaign,
    choice: RecycleChoice,
    *,
    user_id: UUID | None,
    now: datetime,
    details: Mapping[str, object],
) -> RecycleCount:
    """Open the chosen contacts again, tell the floor and the audit log."""
    count = await stores.recycling.recycle(campaign.campaign_id, choice, now)
    await stores.floor_commands.add(
        ids.new(),
        "campaign.courses.changed",
        {"campaign_id": str(campaign.campaign_id)},
        user_id=user_id,
        at=now,
    )
    await stores.audit.record(
        "campaign.recycled",
        actor_user_id=user_id,
        subject_kind="campaign",
        subject_id=campaign.campaign_id,
        at=now,
        details={
            "name": campaign.settings.name,
            "recycled": count.recycled,
            **choice.as_json(),
            **details,
        },
    )
    return count


async def _check_choice(stores: Stores, choice: RecycleChoice) -> None:
    codes = {code.wrap_up_code_id for code in await stores.wrap_up_codes.all()}
    refuse(choice_objections(choice, frozenset(choice.wrap_up_code_ids) - codes))
