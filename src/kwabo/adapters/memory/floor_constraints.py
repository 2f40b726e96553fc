"""What the database would refuse: constraints and triggers of the schema, in memory."""

from __future__ import annotations

from kwabo.adapters.memory.floor_data import FloorData, MemoryAttempt
from kwabo.ports.floor_store import StoreDown

RANKS = (
    "offered", "reserved", "dialling", "ringing", "arrived", "answered", "connected", "closed",
)  # fmt: skip
_RANK = {state: rank for rank, state in enumerate(RANKS)}


class ConstraintViolated(StoreDown):
    """The transaction would break a rule of the schema; nothing of it is kept."""


def check_attempt(data: FloorData, new: MemoryAttempt) -> None:
    """Uniqueness, and that states and fencing numbers only rise. Raises ConstraintViolated."""
    live = new.state != "closed"
    ours = live and new.mode != "inbound"  # whoever calls us may be called at that moment
    if live != (new.result is None):
        raise ConstraintViolated("a result is set exactly when the attempt is closed")
    before = data.attempts.get(new.attempt_id)
    if before is not None:
        if _RANK[new.state] < _RANK[before.state]:
            raise ConstraintViolated(f"no attempt goes from {before.state} back to {new.state}")
        if new.fencing < before.fencing:
            raise ConstraintViolated("the attempt belongs to a newer owner of the floor")
    # As an index does: what stays as it was is not compared with the others again.
    stays = before if before is not None and before.state != "closed" else None
    if stays is None:
        for other in data.attempts_of(new.contact_id):
            if other is not before:
                _check_contact(new, other, ours)
    if ours and (stays is None or stays.number != new.number):
        _check_person(data, new, before)
    if live and not (
        stays is not None
        and stays.agent_user_id is new.agent_user_id
        and stays.transferred_to is new.transferred_to
    ):
        _check_agent(data, new)


def _check_agent(data: FloorData, new: MemoryAttempt) -> None:
    """A live attempt, and the others of its agent."""
    if new.agent_user_id is None or new.transferred_to is not None:
        return
    for key in data.attempts_by.live_of_agent.get(new.agent_user_id, ()):
        if key != new.attempt_id and data.attempts[key].transferred_to is None:
            raise ConstraintViolated("two live attempts of one agent")


def _check_contact(new: MemoryAttempt, other: MemoryAttempt, ours: bool) -> None:
    """Two attempts on one contact."""
    if (new.campaign_id, new.attempt_number) == (other.campaign_id, other.attempt_number):
        raise ConstraintViolated("two attempts on a contact have one number")
    if ours and other.state != "closed" and other.mode != "inbound":
        raise ConstraintViolated("two live attempts on one contact")


def _check_person(data: FloorData, new: MemoryAttempt, before: MemoryAttempt | None) -> None:
    """A live attempt, and those on the other numbers of the person."""
    persons = data.persons.of((new.number,)).values()
    for other in data.attempts_on({new.number, *data.persons.numbers_of(persons)}):
        if other is not before and other.state != "closed" and other.mode != "inbound":
            raise ConstraintViolated("two live attempts on one person")
