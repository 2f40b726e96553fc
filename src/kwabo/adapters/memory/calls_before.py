"""Calls of before, of which the tables of a floor in memory hold no attempts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kwabo.domain.compliance.attempt_limits import EarlierCall
from kwabo.domain.compliance.candidate import PastCalls


class CallsBefore:
    """What the rules ask of calls before those that the tables hold."""

    def __init__(self) -> None:
        self.numbers: dict[str, PastCalls] = {}  # as far as the law looks back
        self._of_contact: dict[UUID, list[EarlierCall]] = {}
        self._on_number: dict[str, list[EarlierCall]] = {}

    def add(self, call: EarlierCall) -> None:
        """A call that was dialled and has ended."""
        self._of_contact.setdefault(call.contact_id, []).append(call)
        self._on_number.setdefault(call.number, []).append(call)

    def calls(self, contact_id: UUID, numbers: Iterable[str]) -> list[EarlierCall]:
        """Calls to the contact, and of others on these numbers."""
        own = self._of_contact.get(contact_id, [])
        others = [
            call
            for number in numbers
            for call in self._on_number.get(number, ())
            if call.contact_id != contact_id
        ]
        return [*own, *others]
