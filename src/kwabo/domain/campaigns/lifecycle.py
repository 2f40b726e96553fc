"""States of a campaign and the reasons that stand beside `running`."""

from __future__ import annotations

from enum import StrEnum

from kwabo.kernel.machine import Machine


class CampaignState(StrEnum):
    """What a campaign does."""

    READY = "ready"
    RUNNING = "running"
    PAUSING = "pausing"  # dials nothing new; calls in progress go on
    PAUSED = "paused"
    STOPPED = "stopped"  # in an emergency: unanswered calls were hung up at once
    COMPLETE = "complete"  # every contact is finished


_S = CampaignState

MACHINE = Machine(
    name="campaign",
    initial=_S.READY,
    transitions={
        (_S.READY, "start"): _S.RUNNING,
        (_S.PAUSED, "start"): _S.RUNNING,
        (_S.STOPPED, "start"): _S.RUNNING,
        (_S.COMPLETE, "start"): _S.RUNNING,
        (_S.PAUSING, "start"): _S.RUNNING,
        (_S.RUNNING, "pause"): _S.PAUSING,
        (_S.PAUSING, "calls_ended"): _S.PAUSED,
        (_S.RUNNING, "stop"): _S.STOPPED,
        (_S.PAUSING, "stop"): _S.STOPPED,
        (_S.PAUSED, "stop"): _S.STOPPED,
        (_S.RUNNING, "list_finished"): _S.COMPLETE,
    },
)


class Slowed(StrEnum):
    """Why a running campaign dials less than it could."""

    NONE = ""
    SWITCH_LOST = "SWITCH_LOST"
    TRUNK_DOWN = "TRUNK_DOWN"
    TRUNK_CONGESTED = "TRUNK_CONGESTED"
    NO_AGENTS = "NO_AGENTS"
    NO_LINES = "NO_LINES"
    ORDER_FILLING = "ORDER_FILLING"  # a sorted list: whoever comes first is not known yet
    OUTSIDE_CALLABLE_TIME = "OUTSIDE_CALLABLE_TIME"
    WAITING_FOR_RECALLS = "WAITING_FOR_RECALLS"
    CAMPAIGN_NOT_LAWFUL = "CAMPAIGN_NOT_LAWFUL"
    SCREENING_OUT_OF_DATE = "SCREENING_OUT_OF_DATE"
    RATE_CAP = "RATE_CAP"
    SPEND_CAP = "SPEND_CAP"
    SKILLS_WAIT = "SKILLS_WAIT"  # nobody free has the skills that rules ask for


_OF_RULES = {
    "OUTSIDE_CALLABLE_TIME": Slowed.OUTSIDE_CALLABLE_TIME,
    "HOLIDAY": Slowed.OUTSIDE_CALLABLE_TIME,
    "DATE_EXCEPTION": Slowed.OUTSIDE_CALLABLE_TIME,
    "OUTSIDE_LAWFUL_HOURS": Slowed.OUTSIDE_CALLABLE_TIME,
    "CAMPAIGN_NOT_LAWFUL": Slowed.CAMPAIGN_NOT_LAWFUL,
    "SCREENING_OUT_OF_DATE": Slowed.SCREENING_OUT_OF_DATE,
    "RATE_CAP": Slowed.RATE_CAP,
    "SPEND_CAP": Slowed.SPEND_CAP,
}


def waiting_for(code: str, *, unseen: bool = False) -> Slowed:
    """Why a campaign dials nothing whose next contact waits for this rule.

    `unseen`: it has not come to all of its contacts, so that a delay of those it has called holds
    nobody else up.
    """
    if code == Slowed.SKILLS_WAIT and not unseen:
        return Slowed.SKILLS_WAIT
    found = _OF_RULES.get(code)
    return found or (Slowed.NONE if unseen else Slowed.WAITING_FOR_RECALLS)
