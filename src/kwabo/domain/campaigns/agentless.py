"""What campaigns without agents need: a flow that has the answered calls, and lines as pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kwabo.domain.campaigns.objection import Objection

if TYPE_CHECKING:
    from kwabo.domain.campaigns.settings import CampaignSettings, Surroundings

AGENTLESS: Final = "agentless"  # mode of campaigns whose answered calls a flow has

# How a call of ours that a flow had has ended, where no agent says so.
OPTED_OUT: Final = "OPTED_OUT"
FLOW_COMPLETED: Final = "FLOW_COMPLETED"
FLOW_LEFT: Final = "FLOW_LEFT"
FLOW_FAILED: Final = "FLOW_FAILED"
OUTCOMES: Final = (FLOW_COMPLETED, FLOW_LEFT, FLOW_FAILED, OPTED_OUT)
RECALLED_OUTCOMES: Final = (FLOW_COMPLETED, FLOW_LEFT, FLOW_FAILED)  # may have recalls of their own
_BY_FLOW: Final = {"CALLER_GONE": FLOW_LEFT, "FLOW_LIMIT": FLOW_FAILED, "FLOW_ERROR": FLOW_FAILED}


def outcome(flow_outcome: str, *, opted_out: bool) -> str:
    """The system's outcome of such a call; an objection comes before everything else."""
    return OPTED_OUT if opted_out else _BY_FLOW.get(flow_outcome, FLOW_COMPLETED)


def agentless_objections(settings: CampaignSettings, around: Surroundings) -> list[Objection]:
    """What is wrong with flows, and with the lines of a campaign without agents."""
    found = [
        Objection(
            field=name,
            code="FLOW_UNKNOWN",
            message="There is no such flow. Choose another.",
        )
        for name in ("flow_id", "abandon_flow_id")
        if getattr(settings, name) in around.unknown_flows
    ]
    return [*found, *incomplete(settings)] if settings.mode == AGENTLESS else found


def incomplete(settings: CampaignSettings) -> list[Objection]:
    """What a campaign lacks to call without agents."""
    found: list[Objection] = []
    if settings.flow_id is None:
        found.append(
            Objection(
                field="flow_id",
                code="AGENTLESS_FLOW",
                message="Choose the flow that speaks with whoever answers.",
            )
        )
    if settings.lines_most < 1:
        found.append(
            Objection(
                field="lines_most",
                code="AGENTLESS_LINES",
                message="Give the number of lines on which the campaign calls at once: it is its "
                "pace.",
            )
        )
    return found
