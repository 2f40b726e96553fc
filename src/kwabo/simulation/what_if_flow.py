"""A campaign without agents in a simulated day: its lines, and a flow in which people stay.

What the real flow says is not played: whoever answers stays for as long as people stayed in the
campaign's calls before, and hangs up. Whoever asked for an agent there is not simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from kwabo.adapters.memory.floor_data import FloorData
from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.what_ifs.history import PastCall
from kwabo.kernel.ids import IdFactory
from kwabo.ports.floor_rows import CampaignRow, FlowRow

LEFT_OUT: Final = "flow"  # what the flow says, and whom it sends to agents
# Waits for a key that nobody presses, for longer than anybody stays.
_STAY: Final[dict[str, Any]] = {
    "languages": ["fr"],
    "start": "stay",
    "limits": {"seconds": 7200, "visits": 500},
    "nodes": [
        {
            "id": "stay",
            "type": "menu",
            "say": [{"text": {"fr": "…"}}],
            "options": [{"key": "#"}],
            "seconds": 60,
            "tries": 1,
            "ways": {"#": "end", "timeout": "stay"},
        },
        {"id": "end", "type": "hang_up"},
    ],
}


def without_agents(settings: CampaignSettings) -> bool:
    """Whether a flow has the campaign's calls."""
    return settings.mode == AGENTLESS


def as_stays(calls: Sequence[PastCall]) -> list[PastCall]:
    """Past calls with the time in the flow in the place of a conversation's."""
    return [
        replace(call, connected_at=call.answered_at)
        if call.result == Result.PERSON and not call.abandoned
        else call
        for call in calls
    ]


def put_flow(
    data: FloorData, ids: IdFactory, settings: CampaignSettings, campaign: CampaignRow
) -> CampaignRow:
    """The campaign with its lines and the flow."""
    row = FlowRow(flow_id=ids.new(), version=1, document=_STAY)
    data.flows.put(row.flow_id, row)
    return replace(campaign, flow_id=row.flow_id, lines_most=settings.lines_most)
