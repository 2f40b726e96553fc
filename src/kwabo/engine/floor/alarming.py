"""Watching running campaigns' abandon rates against the thresholds of their laws."""

from __future__ import annotations

from functools import lru_cache

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.pacing.abandon_alarm import AlarmLevel, Thresholds, level_of, watched_rate
from kwabo.domain.reporting.live_views import View, abandon_alarm_live
from kwabo.engine.floor import pacing
from kwabo.engine.floor.state import Campaign, Floor

_RUNNING, _NONE = CampaignState.RUNNING, AlarmLevel.NONE


def watch(floor: Floor) -> None:
    """Raise and end the alarms of campaigns that run."""
    for campaign in floor.campaigns.values():
        row = campaign.row
        watched = row.abandon_alarm is not None or row.abandon_stop is not None
        if (watched or campaign.alarm is not _NONE) and campaign.state == _RUNNING:
            _watch(floor, campaign)


def _watch(floor: Floor, campaign: Campaign) -> None:
    law = _thresholds(campaign.row.abandon_alarm, campaign.row.abandon_stop)
    level = _NONE
    if law.any:
        tally = campaign.window.tally(floor.now)
        rate = watched_rate(tally, pacing.limits(floor, campaign))
        level = level_of(rate, law, campaign.alarm)
    if level is campaign.alarm:
        return
    campaign.alarm = level
    floor.out.touch("campaign", campaign.row.campaign_id, "campaign.changed")


@lru_cache(maxsize=64)
def _thresholds(alarm: float | None, stop: float | None) -> Thresholds:
    return Thresholds(alarm=alarm, stop=stop)


def view(floor: Floor, campaign: Campaign) -> View | None:
    """What live views show of the alarm; None while there is none."""
    if campaign.alarm is _NONE:
        return None
    return abandon_alarm_live(
        level=campaign.alarm,
        tally=campaign.window.tally(floor.now),
        alarm=campaign.row.abandon_alarm,
        stop=campaign.row.abandon_stop,
    )
