"""Persons: who a contact is, and how to part people who were taken for one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.ports.persons import Person
from kwabo.services.unit_of_work import UnitOfWork


class PersonService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def of_contact(self, asker: Asker, contact_id: UUID) -> Sequence[Person]:
        """To whom the contact's numbers belong: one, unless people said otherwise.

        Raises NotFound.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact = await stores.contacts.get(contact_id)
            if contact is None:
                raise NotFound("NOT_FOUND", "There is no such contact.")
            return await stores.persons.of_numbers(contact.numbers)

    async def undo_merge(self, asker: Asker, person_merge_id: UUID) -> None:
        """The two stay apart from now on. Raises NotFound, Conflict `MERGE_UNDONE`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            merge = await stores.persons.get_merge(person_merge_id)
            if merge is None:
                raise NotFound("NOT_FOUND", "There is no such merge of persons.")
            if merge.undone_at is not None:
                raise Conflict("MERGE_UNDONE", "This merge has been undone already.")
            await stores.persons.part(merge, user_id=asker.user_id, at=now)
            await stores.audit.record(
                "person_merge.undone",
                actor_user_id=asker.user_id,
                subject_kind="person_merge",
                subject_id=person_merge_id,
                at=now,
                details={"kept": str(merge.kept_person_id), "parted": str(merge.merged_person_id)},
            )
