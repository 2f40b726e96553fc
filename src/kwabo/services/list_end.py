"""When a running campaign's list will end, from its own calls and hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.campaigns.list_end import (
    FURTHEST_DAYS,
    LOOKED_BACK,
    OBSERVED_SECONDS,
    ListEnd,
    Unknown,
    Work,
    calling_begun,
    calling_spans,
    list_end,
)
from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.callable_hours import CallableHours, hours_of
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.law import effective_preset
from kwabo.domain.compliance.lawful_hours import lawful_hours
from kwabo.domain.compliance.preset import preset_of
from kwabo.ports.campaigns import Campaign
from kwabo.ports.progress import Progress
from kwabo.services.callable_hours import callable_time_set_of
from kwabo.services.unit_of_work import Stores

NOT_RUNNING: Final = ListEnd(unknown=Unknown.NOT_RUNNING)


async def list_end_of(
    stores: Stores, campaign: Campaign, progress: Progress, now: datetime
) -> ListEnd:
    """The campaign's end as of now; of campaigns that run alone."""
    settings = campaign.settings
    if campaign.state != CampaignState.RUNNING:
        return NOT_RUNNING
    contact_list = await stores.contact_lists.get(settings.contact_list_id)
    zone_name = contact_list.time_zone if contact_list else "UTC"
    hours = await _hours(stores, settings)
    back = max(now - LOOKED_BACK, campaign.state_changed_at)
    begun, observed = calling_begun(calling_spans(hours, zone_name, back, now), OBSERVED_SECONDS)
    minutes = await stores.progress.minutes(campaign.campaign_id, begun) if begun else []
    work = Work(
        left=progress.contacts - progress.finished,
        finished=progress.finished,
        attempts=progress.attempts,
        max_attempts=settings.max_attempts,
        last_due_at=progress.last_due_at,
    )
    ahead = calling_spans(hours, zone_name, now, now + timedelta(days=FURTHEST_DAYS))
    return list_end(work, sum(minute.dialled for minute in minutes), observed, ahead, now)


async def _hours(stores: Stores, settings: CampaignSettings) -> list[CallableHours]:
    """The campaign's own, and those of its law where that has any."""
    simple = CallableTime(
        weekdays=frozenset(settings.callable_weekdays),
        start=settings.callable_from,
        until=settings.callable_until,
    )
    found = [hours_of(simple, await callable_time_set_of(stores, settings))]
    organisation = await stores.compliance.law(None)
    preset = preset_of(effective_preset(settings.compliance_preset, organisation.preset_id))
    if preset.hours:
        found.append(lawful_hours(preset.hours, preset.holidays))
    return found
