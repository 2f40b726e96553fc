"""The mark by which a number is left alone: taken away by people who know better, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.contacts import Contact
from kwabo.services.reopening import reopen
from kwabo.services.unit_of_work import UnitOfWork

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedNumber:
    """What became of a mark."""

    contact: Contact
    reopened: int  # courses that were finished for want of a callable number


class NumberMarkService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def clear(
        self, asker: Asker, contact_id: UUID, number: str, reason: str
    ) -> ClearedNumber:
        """Have a number called again. Raises NotFound, Invalid, Conflict `NUMBER_CALLABLE`."""
        reason = reason.strip()
        if not 3 <= len(reason) <= LONGEST_REASON:
            raise Invalid(
                "CLEAR_REASON",
                "Say why this number may be called again (3 to 500 characters).",
                field="reason",
            )
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact = await stores.contacts.get_for_change(contact_id)
            if contact is None:
                raise NotFound("NOT_FOUND", "There is no such contact.")
            if number not in contact.numbers:
                raise Invalid(
                    "NUMBER_NOT_OF_CONTACT",
                    "This is not a number of the contact: choose one of its numbers.",
                    field="number",
                )
            mark = await stores.contacts.clear_number(contact_id, number)
            if mark is None:
                raise Conflict("NUMBER_CALLABLE", "This number has no mark: it is called already.")
            reopened = await reopen(
                stores,
                self._ids,
                ["NO_CALLABLE_NUMBER"],
                [number],
                user_id=asker.user_id,
                now=now,
            )
            await stores.audit.record(
                "contact.number_cleared",
                actor_user_id=asker.user_id,
                subject_kind="contact",
                subject_id=contact_id,
                at=now,
                details={"number": number, "mark": mark, "reason": reason, "reopened": reopened},
            )
            found = await stores.contacts.get(contact_id)
            assert found is not None
        return ClearedNumber(contact=found, reopened=reopened)
