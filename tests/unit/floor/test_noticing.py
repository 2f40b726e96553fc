"""What operators are told of a floor: trunks that rest and return, budgets; each once."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.campaigns.trunk_health import TrunkHealth
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.pacing.abandon_alarm import AlarmLevel
from kwabo.domain.pacing.situation import Reason
from kwabo.domain.reporting.queue_alarms import QueueAlarm
from kwabo.domain.reporting.queue_figures import QueueCounts, QueuePeriod
from kwabo.domain.routing.settings import QueueSettings
from kwabo.engine.floor.noticing import BUDGET_AGAIN_SECONDS, notice
from kwabo.engine.floor.state import Floor
from kwabo.ports.event_log import NewEvent
from kwabo.ports.queue_figures import QueueReading

TRUNK, CAMPAIGN, QUEUE = UUID(int=1), UUID(int=2), UUID(int=3)
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)


class Noticed:
    """A floor of one trunk and one campaign, as far as `notice` looks at it."""

    def __init__(self) -> None:
        self.written: list[NewEvent] = []
        self.trunk = SimpleNamespace(row=SimpleNamespace(trunk_id=TRUNK), health=TrunkHealth())
        self.campaign = SimpleNamespace(
            row=SimpleNamespace(
                campaign_id=CAMPAIGN,
                name="Relance",
                mode="predictive",
                abandon_alarm=0.01,
                abandon_stop=0.03,
            ),
            alarm=AlarmLevel.NONE,
            window=SimpleNamespace(tally=lambda at: SimpleNamespace(live=200, abandoned=4)),
            state=CampaignState.RUNNING,
            plan=SimpleNamespace(reason=Reason.ENOUGH),
        )
        self.floor = SimpleNamespace(
            trunks={TRUNK: self.trunk},
            campaigns={CAMPAIGN: self.campaign},
            noticed_trunks={},
            noticed_budgets={},
            noticed_alarms={},
            noticed_queues={},
            queue_alarms={},
            queue_names={QUEUE: "Accueil"},
            queue_settings={QUEUE: QueueSettings(alarm_wait_seconds=120)},
            queue_readings={QUEUE: QueueReading()},
            now=NOW,
            mono=0.0,
            out=SimpleNamespace(write=self.written.append),
        )

    def codes(self) -> list[str]:
        """What one more step tells."""
        self.written.clear()
        notice(cast("Floor", self.floor))
        return [event.code for event in self.written]


def test_a_trunk_that_rests_and_returns_is_told_once_each() -> None:
    noticed = Noticed()
    assert noticed.codes() == []
    while noticed.trunk.health.rest_until is None:
        noticed.trunk.health = noticed.trunk.health.after(Result.CONGESTION, NOW)
    code = "TRUNK_DOWN" if noticed.trunk.health.down else "TRUNK_CONGESTED"
    assert noticed.codes() == [code]
    assert noticed.written[0].trunk_id == TRUNK
    assert noticed.codes() == []
    noticed.trunk.health = noticed.trunk.health.after(Result.PERSON, NOW)
    assert noticed.codes() == ["TRUNK_RETURNED"]
    assert noticed.codes() == []


def test_a_budget_at_its_edge_is_told_at_most_every_ten_minutes() -> None:
    noticed = Noticed()
    noticed.campaign.plan.reason = Reason.BUDGET_SPENT
    assert noticed.codes() == ["ABANDON_BUDGET_SPENT"]
    assert noticed.written[0].campaign_id == CAMPAIGN
    noticed.floor.mono = BUDGET_AGAIN_SECONDS - 1.0
    assert noticed.codes() == []
    noticed.floor.mono = BUDGET_AGAIN_SECONDS
    noticed.campaign.plan.reason = Reason.ENOUGH
    assert noticed.codes() == []
    noticed.campaign.plan.reason = Reason.BUDGET_SPENT
    assert noticed.codes() == ["ABANDON_BUDGET_SPENT"]


def test_an_alarm_of_the_law_is_told_as_it_rises_and_ends() -> None:
    noticed = Noticed()
    noticed.campaign.alarm = AlarmLevel.ALARM
    assert noticed.codes() == ["ABANDON_ALARM"]
    assert noticed.written[0].params == {"live": 200, "abandoned": 4, "limit": "1"}
    assert noticed.codes() == []
    noticed.campaign.alarm = AlarmLevel.STOP
    noticed.campaign.plan.reason = Reason.BUDGET_SPENT
    assert noticed.codes() == ["ABANDON_STOP"]  # which says more than a spent budget
    noticed.campaign.alarm = AlarmLevel.NONE
    noticed.campaign.plan.reason = Reason.ENOUGH
    assert noticed.codes() == ["ABANDON_ALARM_OVER"]


def test_each_alarm_of_a_queue_is_told_once_when_it_begins_and_once_when_it_ends() -> None:
    noticed = Noticed()
    alarms = noticed.floor.queue_alarms
    counts = QueueCounts(offered=10, answered=10, answered_in_time=5)
    noticed.floor.queue_readings[QUEUE] = QueueReading(lately=QueuePeriod(counts))
    alarms[QUEUE] = frozenset(QueueAlarm)
    assert sorted(noticed.codes()) == ["QUEUE_SERVICE_LEVEL_LOW", "QUEUE_WAIT_LONG"]
    told = {event.code: event for event in noticed.written}
    low = told["QUEUE_SERVICE_LEVEL_LOW"]
    assert (low.subject_kind, low.subject_id, low.subject_name) == ("queue", str(QUEUE), "Accueil")
    assert low.params == {"level": "50", "share": "80", "seconds": "20"}
    assert told["QUEUE_WAIT_LONG"].params == {"seconds": "120"}
    assert noticed.codes() == []
    alarms[QUEUE] = frozenset({QueueAlarm.SERVICE_LEVEL})
    assert noticed.codes() == ["QUEUE_WAIT_OVER"]
    alarms[QUEUE] = frozenset()
    assert noticed.codes() == ["QUEUE_SERVICE_LEVEL_MET"]
    assert noticed.codes() == []
