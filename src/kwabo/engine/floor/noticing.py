"""What the event log is told of a floor: trunks that rest and return, abandoned calls.

Compared with what was last told, once a step; what a campaign's row shows the database logs.
"""

from __future__ import annotations

from typing import Final

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.pacing.abandon_alarm import AlarmLevel
from kwabo.domain.pacing.situation import Reason
from kwabo.engine.floor.state import Campaign, Floor, Trunk
from kwabo.ports.event_log import NewEvent

_ALARM_CODES: Final = {
    AlarmLevel.NONE: "ABANDON_ALARM_OVER",
    AlarmLevel.ALARM: "ABANDON_ALARM",
    AlarmLevel.STOP: "ABANDON_STOP",
}
BUDGET_AGAIN_SECONDS: Final = 600.0  # a budget at its edge comes and goes with each call


def notice(floor: Floor) -> None:
    """Log what has changed since the last step."""
    for trunk in floor.trunks.values():
        _notice_trunk(floor, trunk)
    for campaign in floor.campaigns.values():
        _notice_alarm(floor, campaign)
        if _budget_spent(campaign):
            _notice_budget(floor, campaign)


def _notice_trunk(floor: Floor, trunk: Trunk) -> None:
    trunk_id = trunk.row.trunk_id
    code = ""
    if trunk.health.rest_until is not None:
        code = "TRUNK_DOWN" if trunk.health.down else "TRUNK_CONGESTED"
    if code == floor.noticed_trunks.get(trunk_id, ""):
        return
    floor.noticed_trunks[trunk_id] = code
    floor.out.write(
        NewEvent(
            code=code or "TRUNK_RETURNED",
            subject_kind="trunk",
            subject_id=str(trunk_id),
            subject_name="",  # the store knows it
            at=floor.now,
            trunk_id=trunk_id,
            repeats=str(trunk_id),
        )
    )


def _notice_alarm(floor: Floor, campaign: Campaign) -> None:
    campaign_id = campaign.row.campaign_id
    before = floor.noticed_alarms.get(campaign_id, AlarmLevel.NONE)
    if campaign.alarm is before:
        return
    floor.noticed_alarms[campaign_id] = campaign.alarm
    tally = campaign.window.tally(floor.now)
    limits = {
        AlarmLevel.ALARM: campaign.row.abandon_alarm,
        AlarmLevel.STOP: campaign.row.abandon_stop,
    }
    floor.out.write(
        NewEvent(
            code=_ALARM_CODES[campaign.alarm],
            subject_kind="campaign",
            subject_id=str(campaign_id),
            subject_name=campaign.row.name,
            at=floor.now,
            campaign_id=campaign_id,
            params={
                "live": tally.live,
                "abandoned": tally.abandoned,
                "limit": f"{(limits.get(campaign.alarm) or 0.0) * 100:g}",
            },
            repeats=str(campaign_id),
        )
    )


def _budget_spent(campaign: Campaign) -> bool:
    return (
        campaign.state == CampaignState.RUNNING
        and campaign.row.mode == "predictive"  # others keep no budget
        and campaign.alarm is not AlarmLevel.STOP  # which says more
        and campaign.plan is not None
        and campaign.plan.reason is Reason.BUDGET_SPENT
    )


def _notice_budget(floor: Floor, campaign: Campaign) -> None:
    campaign_id = campaign.row.campaign_id
    if floor.mono < floor.noticed_budgets.get(campaign_id, float("-inf")) + BUDGET_AGAIN_SECONDS:
        return
    floor.noticed_budgets[campaign_id] = floor.mono
    floor.out.write(
        NewEvent(
            code="ABANDON_BUDGET_SPENT",
            subject_kind="campaign",
            subject_id=str(campaign_id),
            subject_name=campaign.row.name,
            at=floor.now,
            campaign_id=campaign_id,
            repeats=str(campaign_id),
        )
    )
