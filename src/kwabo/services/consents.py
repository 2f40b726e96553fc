"""The ledger of consents: given, withdrawn, voided; by people, agents and programs.

A line counts from the moment its transaction commits. The floor is told in the same transaction: a
call that nobody has answered yet to a number whose consent was withdrawn is taken back, and
contacts that had been finished for want of consent are looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.consents import ANY, GIVEN, PROSPECTING, VOID, standing
from kwabo.domain.compliance.new_consent import LONGEST, NewConsent, objections_to
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.consents import Consent
from kwabo.services.consent_ledger import line_of, note_lines, write_lines
from kwabo.services.objections import refuse
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStanding:
    """What the ledger says of a number and a purpose now."""

    number: str
    purpose: str
    state: str  # proven | missing | withdrawn | expired
    consent_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactConsents:
    """A contact's lines, and what they come to."""

    lines: Sequence[Consent]
    standings: Sequence[NumberStanding]


class ConsentService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def find(
        self, asker: Asker, *, search: str | None, limit: int, token: str | None
    ) -> Page[Consent]:
        """The ledger, the newest line first; `search`: digits that the number must contain."""
        place = position_of(token, int)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            lines = await stores.consents.find(
                numbers=None,
                digits="".join(one for one in search or "" if one.isdigit()),
                before_place=place[0] if place else None,
                limit=limit + 1,
            )
        more, lines = len(lines) > limit, lines[:limit]
        return Page(
            items=lines,
            next_page_token=page_token(lines[-1].place) if more else None,
            total=None,
        )

    async def add(self, asker: Asker, number: str, new: NewConsent) -> Sequence[Consent]:
        """A line about one number. Raises Invalid with `details.fields`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            read = await _read(stores, asker, number)
            return await self._add(stores, asker, [read], new, contact_id=None, source=_who(asker))

    async def of_contact(self, asker: Asker, contact_id: UUID) -> ContactConsents:
        """Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact = await stores.contacts.get(contact_id)
            if contact is None:
                raise NotFound("NOT_FOUND", "There is no such contact.")
            numbers = list(contact.numbers)
            lines = await stores.consents.find(
                numbers=numbers, digits="", before_place=None, limit=500
            )
            deciding = await stores.consents.lines(numbers)
        purposes = sorted({line.purpose for line in lines if line.purpose != ANY} | {PROSPECTING})
        standings = []
        for number in numbers:
            for purpose in purposes:
                found = standing(deciding.get(number, ()), purpose, now)
                standings.append(
                    NumberStanding(
                        number=number,
                        purpose=purpose,
                        state=found.state,
                        consent_id=found.line.consent_id if found.line else None,
                    )
                )
        return ContactConsents(lines=lines, standings=standings)

    async def add_to_contact(
        self, asker: Asker, contact_id: UUID, new: NewConsent, number: str | None
    ) -> Sequence[Consent]:
        """A line for one of the contact's numbers, or for each. Raises NotFound, Invalid."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact = await stores.contacts.get(contact_id)
            if contact is None:
                raise NotFound("NOT_FOUND", "There is no such contact.")
            numbers = list(contact.numbers)
            if number is not None:
                read = await _read(stores, asker, number)
                if read not in numbers:
                    raise Invalid(
                        "NUMBER_NOT_OF_CONTACT",
                        "This is not a number of the contact: choose one of its numbers.",
                        field="number",
                    )
                numbers = [read]
            return await self._add(
                stores, asker, numbers, new, contact_id=contact_id, source=_who(asker)
            )

    async def add_in_call(
        self, asker: Asker, attempt_id: UUID, new: NewConsent
    ) -> Sequence[Consent]:
        """What the person on the line said, to the agent of the call. Raises NotFound, Invalid."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await stores.attempts.get(attempt_id)
            if attempt is None or attempt.agent_user_id != asker.user_id:
                raise NotFound("NOT_FOUND", "This call is not, or no longer, yours.")
            spoken = replace(
                new,
                at=None,
                how=new.how or "call",
                reference=new.reference or str(attempt_id),
            )
            return await self._add(
                stores,
                asker,
                [attempt.number],
                spoken,
                contact_id=attempt.contact_id,
                source="agent",
            )

    async def void(self, asker: Asker, consent_id: UUID, reason: str) -> Consent:
        """Declare a line wrong by a new one. Raises NotFound, Invalid, Conflict."""
        reason = reason.strip()
        if not 3 <= len(reason) <= LONGEST["how"]:
            raise Invalid(
                "REASON_NEEDED", "Say what is wrong with the line (3 to 200 characters).",
                field="reason",
            )  # fmt: skip
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            wrong = await stores.consents.get(consent_id)
            if wrong is None:
                raise NotFound("NOT_FOUND", "There is no such line.")
            lines = (await stores.consents.lines([wrong.number])).get(wrong.number, ())
            if wrong.kind == VOID or any(line.voids == consent_id for line in lines):
                raise Conflict("CONSENT_VOID", "This line was declared wrong already.")
            line = replace(
                wrong,
                consent_id=self._ids.new(),
                kind=VOID,
                voids=consent_id,
                at=now,
                how=reason,
                proof="",
                reference="",
                file_sha256="",
                valid_until=None,
                source=_who(asker),
                user_id=asker.user_id,
                created_at=now,
            )
            # A voided consent ends what it allowed, as a withdrawal does.
            ended = [wrong.number] if wrong.kind == GIVEN else []
            await write_lines(stores, self._ids, [line], now, withdrawn=ended)
            await note_lines(stores, [line], now)
        return line

    async def _add(
        self,
        stores: Stores,
        asker: Asker,
        numbers: Sequence[str],
        new: NewConsent,
        *,
        contact_id: UUID | None,
        source: str,
    ) -> Sequence[Consent]:
        now = self._clock.now()
        refuse(objections_to(new, now))
        lines = [
            line_of(
                new,
                number,
                consent_id=self._ids.new(),
                now=now,
                source=source,
                user_id=asker.user_id,
                contact_id=contact_id,
            )
            for number in numbers
        ]
        await write_lines(stores, self._ids, lines, now)
        await note_lines(stores, lines, now)
        return lines


def _who(asker: Asker) -> str:
    return "user" if asker.api_token_id is None else "api"


async def _read(stores: Stores, asker: Asker, number: str) -> str:
    """The number in E.164. Raises Invalid."""
    organisation = await stores.organisations.get()
    read = read_number(number, organisation.region if organisation else "BJ")
    if isinstance(read, str):
        return read
    refuse([Objection(field="number", code=read.code, message=message(read.code, asker.language))])
    raise AssertionError("refused above")
