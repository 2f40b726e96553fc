"""What tests of the pace share: campaigns whose people never answer, and their rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from kwabo.engine.floor.state import Campaign
from kwabo.ports.floor_rows import AttemptRow
from simulation.dialling import window_of
from unit.floor.desk import Desk

AT_ONCE = 0.55  # a step follows each command, and a plan of it a tick later at the latest
SILENT = Behaviour(kind=BehaviourKind.NO_ANSWER, rings_after_seconds=0.1)
REFUSED = Behaviour(kind=BehaviourKind.BUSY, rings_after_seconds=0.1)
NOBODY_ANSWERS = {f"+2290197{c:04d}{n:02d}": SILENT for c in range(40) for n in range(2)}
ALL_REFUSE = dict.fromkeys(NOBODY_ANSWERS, REFUSED)
PATIENT_TIMEOUT = {"no_answer_timeout_seconds": 60}


def campaign_of(desk: Desk, index: int = 0) -> Campaign:
    return desk.floor.campaigns[desk.world.campaign_ids[index]]


def calls_out(desk: Desk, index: int = 0) -> list[AttemptRow]:
    """Rows of the campaign's calls that nobody has answered."""
    return [
        attempt.row
        for attempt in desk.attempts
        if attempt.row.campaign_id == desk.world.campaign_ids[index]
        and attempt.row.state in ("dialling", "ringing")
    ]


async def start_all(desk: Desk) -> None:
    for campaign_id in desk.world.campaign_ids:
        assert (await desk.ask("campaign.start", campaign_id=str(campaign_id)))["ok"]


def preset(desk: Desk, index: int, **values: Any) -> None:
    """Before the campaign is started."""
    campaign_id = desk.world.campaign_ids[index]
    row = desk.data.campaigns[campaign_id]
    desk.data.campaigns.put(campaign_id, replace(row, **values))


def same_as_rows(desk: Desk) -> bool:
    campaign = campaign_of(desk)
    tally = campaign.window.tally(desk.floor.now)
    counted = (tally.dialled, tally.live, tally.abandoned, tally.machines)
    return counted == window_of(desk.world, campaign.row)
