"""Hours that change: whoever was put off for them is looked at again, and the floor is told.

In one transaction with the change, so that no contact waits longer than the new hours ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.compliance.time_rules import TIME_CODES
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.services.unit_of_work import Stores


async def callable_time_set_of(
    stores: Stores, settings: CampaignSettings
) -> CallableTimeSet | None:
    """The set that a campaign with these settings keeps to."""
    if settings.callable_time_set_id is None:
        return None
    found = await stores.callable_time_sets.get(settings.callable_time_set_id)
    return None if found is None else found.as_rules_see_it


async def reconsider(
    stores: Stores, asker: Asker, campaign_ids: Sequence[UUID], *, ids: IdFactory, clock: Clock
) -> None:
    """The hours of these campaigns, or the zones of their contacts, are not what they were."""
    if not campaign_ids:
        return
    now = clock.now()
    await stores.callable_time_sets.reconsider(campaign_ids, TIME_CODES, now)
    for campaign_id in campaign_ids:
        await stores.floor_commands.add(
            ids.new(),
            "campaign.changed",
            {"campaign_id": str(campaign_id)},
            user_id=asker.user_id,
            at=now,
        )
