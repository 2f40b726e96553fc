"""Consents from a CSV text: a line for each row; bad rows do not stop the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.consent_file import (
    MOST_ROWS,
    FileRow,
    end_of_day,
    read_consent_file,
    read_instant,
)
from kwabo.domain.compliance.new_consent import NewConsent, objection, objections_to
from kwabo.domain.compliance.zones import zone
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid
from kwabo.kernel.ids import IdFactory
from kwabo.services.consent_ledger import line_of, note_lines, unknown_lines, write_lines
from kwabo.services.unit_of_work import Stores, UnitOfWork


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


class ConsentFileService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def take(self, asker: Asker, text: str, defaults: NewConsent) -> FileReport:
        """Read a text and add what it says. Raises Invalid."""
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
            return await self._store(stores, asker, file.rows, defaults, file.unknown)

    async def _store(
        self,
        stores: Stores,
        asker: Asker,
        rows: Sequence[FileRow],
        defaults: NewConsent,
        ignored: Sequence[str],
    ) -> FileReport:
        now = self._clock.now()
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
            wrong = wrong or objections_to(new, now)
            if wrong:
                first = wrong[0]
                rejected.append(
                    RejectedRow(
                        line=row.line, column=first.field, code=first.code, message=first.message
                    )
                )
            else:
                read.append((number, new))
        lines = [
            line_of(
                new,
                number,
                consent_id=self._ids.new(),
                now=now,
                source="import",
                user_id=asker.user_id,
            )
            for number, new in read
        ]
        fresh = await unknown_lines(stores, lines)
        await write_lines(stores, self._ids, fresh, now)
        await note_lines(stores, fresh, now)
        return FileReport(
            rows=len(rows),
            added=len(fresh),
            known=len(read) - len(fresh),
            rejected=rejected,
            ignored_columns=list(ignored),
        )


def _of_row(
    row: FileRow, defaults: NewConsent, where: ZoneInfo
) -> tuple[NewConsent, list[Objection]]:
    values = row.values
    at = read_instant(values.get("at", ""), where)
    if at is None:
        return defaults, [objection("at", "CONSENT_TIME")]
    until_text = values.get("valid_until", "")
    until = read_instant(until_text, where) if until_text else None
    if until_text and until is None:
        return defaults, [objection("valid_until", "CONSENT_VALID_UNTIL_TIME")]
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
