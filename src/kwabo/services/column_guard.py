"""While contacts are being rewritten for a column, nobody else writes their values."""

from __future__ import annotations

from uuid import UUID

from kwabo.kernel.errors import Conflict
from kwabo.services.unit_of_work import Stores


async def refuse_during_column_change(
    stores: Stores, contact_list_id: UUID, *, checked_too: bool = False
) -> None:
    """Raise Conflict `COLUMN_CHANGE_RUNNING`. `checked_too`: also while one is only being asked."""
    change = await stores.column_changes.open_in(contact_list_id)
    if change is None or (change.state in ("checking", "checked") and not checked_too):
        return
    raise Conflict(
        "COLUMN_CHANGE_RUNNING",
        "A column of this list is being changed. Try again when it is done; dialling goes on.",
        details={"done": change.contacts_done, "total": change.contacts_total},
    )
