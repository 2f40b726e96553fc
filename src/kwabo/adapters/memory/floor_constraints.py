"""What the database would refuse: constraints and triggers of the schema, in memory."""

from __future__ import annotations

from kwabo.adapters.memory.floor_data import FloorData, MemoryAttempt
from kwabo.ports.floor_store import StoreDown

RANKS = ("offered", "reserved", "dialling", "ringing", "answered", "connected", "closed")


class ConstraintViolated(StoreDown):
    """The transaction would break a rule of the schema; nothing of it is kept."""


def check_attempt(data: FloorData, new: MemoryAttempt) -> None:
    """Uniqueness, and that states and fencing numbers only rise. Raises ConstraintViolated."""
    row = new.row
    if (row.state == "closed") != (row.result is not None):
        raise ConstraintViolated("a result is set exactly when the attempt is closed")
    before = data.attempts.get(row.attempt_id)
    if before is not None:
        if RANKS.index(row.state) < RANKS.index(before.row.state):
            raise ConstraintViolated(f"no attempt goes from {before.row.state} back to {row.state}")
        if new.fencing < before.fencing:
            raise ConstraintViolated("the attempt belongs to a newer owner of the floor")
    for other in data.attempts:
        if other.row.attempt_id != row.attempt_id:
            _check_pair(new, other)


def _check_pair(new: MemoryAttempt, other: MemoryAttempt) -> None:
    row, its = new.row, other.row
    same_contact = its.contact_id == row.contact_id
    numbered = (row.campaign_id, row.attempt_number) == (its.campaign_id, its.attempt_number)
    if same_contact and numbered:
        raise ConstraintViolated("two attempts on a contact have one number")
    if "closed" in (row.state, its.state):
        return
    if same_contact:
        raise ConstraintViolated("two live attempts on one contact")
    if its.agent_user_id is None or its.agent_user_id != row.agent_user_id:
        return
    if its.transferred_to is None and row.transferred_to is None:
        raise ConstraintViolated("two live attempts of one agent")
