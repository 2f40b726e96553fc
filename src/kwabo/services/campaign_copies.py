"""What belongs to a campaign beside its settings, given to its copy.

Rule sets in their order, what outcomes mean, recycle plans that still recycle, the schedule. The
copy's schedule is off until a person turns it on: it would start the campaign. Contacts' courses,
attempts, outcomes, callbacks, firings, places in sequences and campaign rules stay the original's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kwabo.kernel.ids import IdFactory
from kwabo.services.unit_of_work import Stores


async def copy_belongings(
    stores: Stores,
    ids: IdFactory,
    original: UUID,
    copy: UUID,
    user_id: UUID | None,
    now: datetime,
) -> None:
    """See the module."""
    rule_sets = await stores.rule_sets.of_campaign(original)
    await stores.rule_sets.give(copy, [one.rule_set_id for one in rule_sets])
    mapping = await stores.wrap_up_mappings.get(original)
    if mapping is not None:
        await stores.wrap_up_mappings.put(
            replace(mapping, campaign_id=copy, version=1, user_id=user_id, updated_at=now)
        )
    for plan in await stores.recycling.plans(original):
        if plan.next_at is not None:
            await stores.recycling.add_plan(
                replace(
                    plan,
                    recycle_plan_id=ids.new(),
                    campaign_id=copy,
                    next_at=plan.times.next_after(now),
                    last_at=None,
                    last_recycled=None,
                    user_id=user_id,
                    created_at=now,
                )
            )
    schedule = await stores.schedules.of_campaign(original)
    if schedule is not None:
        await stores.schedules.put(
            replace(
                schedule,
                schedule_id=ids.new(),
                campaign_id=copy,
                active=False,
                applied="",
                code="",
                due_at=None,
                version=1,
                created_at=now,
                updated_at=now,
            )
        )
