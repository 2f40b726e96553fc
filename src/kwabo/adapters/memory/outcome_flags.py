"""What an outcome means, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwabo.domain.campaigns.outcome_flags import of_code
from kwabo.ports.floor_changes import WrapUpWritten

if TYPE_CHECKING:
    from kwabo.adapters.memory.floor_data import FloorData


def flags_of(data: FloorData, wrap_up: WrapUpWritten | None) -> frozenset[str]:
    """The flags of a person's outcome in its campaign; none of the system's."""
    code_id = wrap_up.wrap_up_code_id if wrap_up is not None else None
    code = data.wrap_up_codes.get(code_id) if code_id is not None else None
    if wrap_up is None or code is None:
        return frozenset()
    campaign = data.campaigns.get(wrap_up.campaign_id)
    return of_code(campaign.outcome_flags if campaign else {}, code_id, code.flags)
