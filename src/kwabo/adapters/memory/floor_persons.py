"""Who the numbers of a floor in memory belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID


class Persons:
    """Numbers that stand together in a contact belong to one person."""

    def __init__(self) -> None:
        self._of: dict[str, UUID] = {}  # number → person
        self._numbers: dict[UUID, tuple[str, ...]] = {}

    def link(self, contact_id: UUID, numbers: Sequence[str]) -> None:
        """A contact with these numbers becomes visible."""
        of = self._of
        if len(numbers) == 1 and numbers[0] not in of:  # as most are
            of[numbers[0]] = contact_id
            self._numbers[contact_id] = (*self._numbers.get(contact_id, ()), numbers[0])
            return
        known = {of[number] for number in numbers if number in of}
        person_id = min(known) if known else contact_id
        mine = self._numbers.get(person_id, ())
        for other in sorted(known - {person_id}) if len(known) > 1 else ():
            moved = self._numbers.pop(other)
            mine += moved
            of.update(dict.fromkeys(moved, person_id))
        more = dict.fromkeys([number for number in numbers if number not in of], person_id)
        of.update(more)
        self._numbers[person_id] = (*mine, *more)

    def of(self, numbers: Iterable[str]) -> dict[str, UUID]:
        """Number → person."""
        return {number: self._of[number] for number in numbers if number in self._of}

    def numbers_of(self, person_ids: Iterable[UUID]) -> list[str]:
        """Every number of these persons."""
        return [number for person_id in person_ids for number in self._numbers[person_id]]
