"""What the event log is told of a floor: trunks that rest and return, abandoned calls.

Compared with what was last told, once a step; what a campaign's row shows the database logs.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.pacing.abandon_alarm import AlarmLevel
from kwabo.domain.pacing.situation import Reason
from kwabo.domain.reporting.queue_alarms import QueueAlarm
from kwabo.domain.reporting.queue_figures import figures
from kwabo.engine.floor.places import settings_of
from kwabo.engine.floor.state import Campaign, Floor
from kwabo.engine.floor.trunks import Trunk
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
    for queue_id, alarms in floor.queue_alarms.items():
        _notice_queue(floor, queue_id, alarms)


def _notice_queue(floor: Floor, queue_id: UUID, alarms: frozenset[QueueAlarm]) -> None:
    before = floor.noticed_queues.get(queue_id, frozenset())
    if alarms == before:
        return
    floor.noticed_queues[queue_id] = alarms
    target = settings_of(floor, queue_id).target()
    for alarm in sorted(alarms ^ before):
        raised, over = _QUEUE_CODES[alarm]
        level = figures(floor.queue_readings[queue_id].lately.counts, target).service_level
        wait_seconds = settings_of(floor, queue_id).alarm_wait_seconds
        floor.out.write(
            NewEvent(
                code=raised if alarm in alarms else over,
                subject_kind="queue",
                subject_id=str(queue_id),
                subject_name=floor.queue_names.get(queue_id, ""),
                at=floor.now,
                params={
                    "level": f"{(level or 0.0) * 100:.0f}",
                    "share": f"{target.share * 100:g}",
                    "seconds": f"{target.seconds:g}",
                }
                if alarm is QueueAlarm.SERVICE_LEVEL
                else {"seconds": f"{wait_seconds or 0:g}"},
                repeats=f"{queue_id} {alarm}",
            )
        )


_QUEUE_CODES: Final = {
    QueueAlarm.SERVICE_LEVEL: ("QUEUE_SERVICE_LEVEL_LOW", "QUEUE_SERVICE_LEVEL_MET"),
    QueueAlarm.LONGEST_WAIT: ("QUEUE_WAIT_LONG", "QUEUE_WAIT_OVER"),
}


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
