"""The ledger of consents: given, withdrawn, voided; by people, agents, files and programs.

A line counts from the moment its transaction commits. The floor is told in the same transaction: a
call that nobody has answered yet to a number whose consent was withdrawn is taken back, and
contacts that had been finished for want of consent are looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from kwabo.domain.campaigns.lawful import PURPOSE
from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.consent_file import (
    MOST_ROWS,
    FileRow,
    end_of_day,
    read_consent_file,
    read_instant,
)
from kwabo.domain.compliance.consents import (
    ANY,
    CHANNELS,
    GIVEN,
    PROSPECTING,
    VOID,
    WITHDRAWN,
    standing,
)
from kwabo.domain.compliance.zones import zone
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.consents import Consent
from kwabo.services.compliance import tell_floor
from kwabo.services.objections import refuse
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork

LONGEST: Final = {"how": 200, "proof": 5000, "reference": 500}
_SHA256: Final = re.compile(r"([0-9a-f]{64})?")
_CLOCKS_DIFFER: Final = timedelta(minutes=5)  # somebody else's clock may be ahead of ours

MESSAGES: Final[Mapping[str, str]] = {
    "CONSENT_KIND": "A line gives or withdraws consent: given or withdrawn.",
    "CONSENT_PURPOSE": "Name the purpose with small letters, digits, - and _: prospecting.",
    "CONSENT_CHANNEL": "Choose a channel: voice, sms, whatsapp, email, or * for all.",
    "CONSENT_FUTURE": "Consent cannot be given or withdrawn in the future: give its own time.",
    "CONSENT_TIME": "Say when, as 2026-11-23, 23/11/2026 or with the time.",
    "CONSENT_PROOF": "Say how consent was given, and the proof: words, reference or file hash.",
    "CONSENT_UNTIL": "Consent must be valid until after it was given.",
    "CONSENT_TEXT": "Shorten this to {most} characters.",
    "CONSENT_HASH": "Give the SHA-256 of the file: 64 hexadecimal digits.",
    "CONSENT_VALID_UNTIL_TIME": "Write the date as 2026-11-23 or 23/11/2026.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """A line as a person or a program gives it."""

    kind: str = GIVEN  # given | withdrawn
    purpose: str = PROSPECTING
    channel: str = "voice"
    at: datetime | None = None  # None: now
    how: str = ""
    proof: str = ""
    reference: str = ""
    file_sha256: str = ""
    valid_until: datetime | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row of a file that gave no line."""

    line: int
    column: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of a file."""

    rows: int
    added: int
    known: int  # stood in the ledger already
    rejected: Sequence[RejectedRow]
    ignored_columns: Sequence[str]


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
            await self._write(stores, asker, [line], withdrawn=ended)
        return line

    async def import_file(self, asker: Asker, text: str, defaults: NewConsent) -> FileReport:
        """A line for each row of a CSV text; bad rows do not stop the others. Raises Invalid."""
        file = read_consent_file(text)
        if file.missing:
            missing = ", ".join(file.missing)
            raise Invalid(
                "CONSENT_COLUMNS",
                f"The first row must name the columns; missing: {missing}. They may be called "
                "number (numero, telephone) and given_at (date).",
                field="csv",
                details={"missing": missing},
            )
        if len(file.rows) > MOST_ROWS:
            raise Invalid(
                "TOO_MANY_ENTRIES",
                f"Send at most {MOST_ROWS:,} entries at once.",
                field="csv",
                details={"most": MOST_ROWS},
            )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await self._import(stores, asker, file.rows, defaults, file.unknown)

    async def _import(
        self,
        stores: Stores,
        asker: Asker,
        rows: Sequence[FileRow],
        defaults: NewConsent,
        ignored: Sequence[str],
    ) -> FileReport:
        organisation = await stores.organisations.get()
        region = organisation.region if organisation else "BJ"
        where = zone(organisation.time_zone if organisation else "UTC") or ZoneInfo("UTC")
        read: list[tuple[str, NewConsent]] = []
        rejected: list[RejectedRow] = []
        for row in rows:
            number = read_number(row.values.get("number", ""), region)
            if not isinstance(number, str):
                text = message(number.code, asker.language)
                rejected.append(
                    RejectedRow(line=row.line, column="number", code=number.code, message=text)
                )
                continue
            new, wrong = _of_row(row, defaults, where)
            wrong = wrong or _objections(new, self._clock.now())
            if wrong:
                first = wrong[0]
                rejected.append(
                    RejectedRow(
                        line=row.line, column=first.field, code=first.code, message=first.message
                    )
                )
            else:
                read.append((number, new))
        known = await stores.consents.lines(sorted({number for number, _ in read}))
        there = {
            (line.number, line.kind, line.purpose, line.channel, line.at)
            for lines in known.values()
            for line in lines
        }
        fresh: list[Consent] = []
        for number, new in read:
            line = self._line(asker, number, new, contact_id=None, source="import")
            key = (line.number, line.kind, line.purpose, line.channel, line.at)
            if key not in there:
                there.add(key)
                fresh.append(line)
        gone = [line.number for line in fresh if line.kind == WITHDRAWN]
        await self._write(stores, asker, fresh, withdrawn=gone)
        return FileReport(
            rows=len(rows),
            added=len(fresh),
            known=len(read) - len(fresh),
            rejected=rejected,
            ignored_columns=list(ignored),
        )

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
        refuse(_objections(new, self._clock.now()))
        lines = [
            self._line(asker, number, new, contact_id=contact_id, source=source)
            for number in numbers
        ]
        gone = list(numbers) if new.kind == WITHDRAWN else []
        await self._write(stores, asker, lines, withdrawn=gone)
        return lines

    def _line(
        self, asker: Asker, number: str, new: NewConsent, *, contact_id: UUID | None, source: str
    ) -> Consent:
        now = self._clock.now()
        return Consent(
            consent_id=self._ids.new(),
            kind=new.kind,
            number=number,
            contact_id=contact_id,
            purpose=new.purpose,
            channel=new.channel,
            at=min(new.at or now, now),
            how=new.how.strip(),
            proof=new.proof.strip(),
            reference=new.reference.strip(),
            file_sha256=new.file_sha256.strip().lower(),
            valid_until=new.valid_until,
            voids=None,
            source=source,
            user_id=asker.user_id,
            created_at=now,
            user_display_name=None,
        )

    async def _write(
        self, stores: Stores, asker: Asker, lines: Sequence[Consent], *, withdrawn: Sequence[str]
    ) -> None:
        if not lines:
            return
        now = self._clock.now()
        await stores.consents.add(lines)
        numbers = sorted({line.number for line in lines})
        reopened = await stores.compliance.reopen(now, numbers=numbers)
        payload = {"withdrawn": sorted(set(withdrawn)), "reopened": reopened}
        await tell_floor(stores, self._ids.new(), "consents.changed", asker, now, payload)
        await stores.audit.record(
            "consents.added",
            actor_user_id=asker.user_id,
            subject_kind="consents",
            subject_id=lines[0].consent_id,
            at=now,
            details={
                "lines": len(lines),
                "kinds": sorted({line.kind for line in lines}),
                "source": lines[0].source,
            },
        )


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


def _of_row(
    row: FileRow, defaults: NewConsent, where: ZoneInfo
) -> tuple[NewConsent, list[Objection]]:
    values = row.values
    at = read_instant(values.get("at", ""), where)
    if at is None:
        return defaults, [_objection("at", "CONSENT_TIME")]
    until_text = values.get("valid_until", "")
    until = read_instant(until_text, where) if until_text else None
    if until_text and until is None:
        return defaults, [_objection("valid_until", "CONSENT_VALID_UNTIL_TIME")]
    texts = {
        name: values[name]
        for name in ("purpose", "channel", "how", "proof", "reference", "file_sha256")
        if values.get(name)
    }
    new = replace(
        defaults,
        at=at,
        valid_until=end_of_day(until, until_text) if until else defaults.valid_until,
        **texts,
    )
    return new, []


def _objections(new: NewConsent, now: datetime) -> list[Objection]:
    found = []
    if new.kind not in (GIVEN, WITHDRAWN):
        found.append(_objection("kind", "CONSENT_KIND"))
    everything = new.kind == WITHDRAWN and new.purpose == ANY
    if not everything and not PURPOSE.fullmatch(new.purpose):
        found.append(_objection("purpose", "CONSENT_PURPOSE"))
    if new.channel not in (*CHANNELS, ANY):
        found.append(_objection("channel", "CONSENT_CHANNEL"))
    if new.at is not None and new.at > now + _CLOCKS_DIFFER:
        found.append(_objection("at", "CONSENT_FUTURE"))
    if not _SHA256.fullmatch(new.file_sha256.strip().lower()):
        found.append(_objection("file_sha256", "CONSENT_HASH"))
    proofs = (new.proof, new.reference, new.file_sha256)
    if new.kind == GIVEN and not (new.how.strip() and any(text.strip() for text in proofs)):
        found.append(_objection("proof" if new.how.strip() else "how", "CONSENT_PROOF"))
    if new.valid_until is not None and new.valid_until <= (new.at or now):
        found.append(_objection("valid_until", "CONSENT_UNTIL"))
    found += [
        _objection(name, "CONSENT_TEXT", most=str(most))
        for name, most in LONGEST.items()
        if len(getattr(new, name)) > most
    ]
    return found


def _objection(field: str, code: str, **details: str) -> Objection:
    return Objection(
        field=field, code=code, message=MESSAGES[code].format_map(details), details=details
    )
