"""What follows, at a call's end, from what its flow has noted."""

from __future__ import annotations

from kwabo.domain.campaigns.agentless import RECALLED_OUTCOMES
from kwabo.domain.campaigns.flow_notes import columns_written, noted_recall
from kwabo.domain.campaigns.recall import Noted
from kwabo.engine.floor.state import Call, Floor
from kwabo.ports.floor_changes import ContactWritten


def write_columns(floor: Floor, call: Call) -> None:
    """Have the contact's columns written, in the transaction of the attempt's end."""
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is None or call.flow is None:
        return
    row = campaign.row
    data = columns_written(row.flow_notes, _noted(call), row.column_kinds)
    if data:
        floor.out.write(ContactWritten(contact_id=call.contact_id, data=data))


def recalled_by(floor: Floor, call: Call, outcome: str) -> tuple[str, Noted | None]:
    """The outcome that decides about the recall of a call that a flow had, and what was noted."""
    if outcome not in RECALLED_OUTCOMES:
        return "", None
    row = floor.campaigns[call.campaign_id].row
    return outcome, noted_recall(row.flow_notes, _noted(call))


def _noted(call: Call) -> dict[str, str]:
    return {**call.flow.results, **call.flow.personal} if call.flow is not None else {}
