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
from kwabo.engine.floor.noticing import BUDGET_AGAIN_SECONDS, notice
from kwabo.engine.floor.state import Floor
from kwabo.ports.event_log import NewEvent

TRUNK, CAMPAIGN = UUID(int=1), UUID(int=2)
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
