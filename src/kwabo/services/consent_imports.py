"""Consents that the rows of an import give: stored with their block, in its transaction.

A row that was read before adds nothing: its line stands in the ledger. A row that withdraws without
a date adds nothing where a withdrawal stands already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from kwabo.domain.compliance.consents import WITHDRAWN, ConsentLine, standing
from kwabo.domain.compliance.new_consent import LONGEST, MESSAGES
from kwabo.domain.contacts.consent_columns import (
    ConsentColumns,
    ReadConsent,
    check_consent_columns,
)
from kwabo.kernel.errors import Invalid
from kwabo.kernel.ids import IdFactory
from kwabo.ports.consents import Consent
from kwabo.ports.imports import Import
from kwabo.services.consent_ledger import FileProof, key_of, line_of, write_lines
from kwabo.services.unit_of_work import Stores

COLUMN_MESSAGES: Final = {
    "CONSENT_SOURCE": "The file has no such column. Choose one of its columns for the consents.",
    "CONSENT_NO_STATEMENT": "Say which column tells that consent was given, or when, or when it "
    "was withdrawn.",
    "CONSENT_NO_DATE": "Say which column tells when consent was given: without a date it proves "
    "nothing.",
    "CONSENT_NO_HOW": "Say how consent was given: name a column, or write it for all rows.",
}


async def store_consents(
    stores: Stores, ids: IdFactory, record: Import, rows: Sequence[ReadConsent], now: datetime
) -> int:
    """Add what the rows say and is not known yet; how many lines."""
    if not rows:
        return 0
    known = await stores.consents.lines(sorted({row.number for row in rows}))
    keys = {key_of(line) for lines in known.values() for line in lines}
    said = {number: list(lines) for number, lines in known.items()}
    fresh: list[Consent] = []
    for row in rows:
        of_number = said.setdefault(row.number, [])
        new = row.consent
        if new.at is None:
            if _withdrawn_already(of_number, row, now):
                continue
            new = replace(new, at=now)
        line = line_of(
            new,
            row.number,
            consent_id=ids.new(),
            now=now,
            source="import",
            user_id=record.user_id,
            file=FileProof(
                import_id=record.import_id,
                file_name=record.file_name,
                line_number=row.line_number,
            ),
        )
        if key_of(line) in keys:
            continue
        keys.add(key_of(line))
        fresh.append(line)
        of_number.append(_deciding(line, len(fresh)))
    await write_lines(stores, ids, fresh, now)
    if fresh:
        await stores.imports.count_consents(record.import_id, len(fresh))
    return len(fresh)


async def note_consents(stores: Stores, record: Import, now: datetime) -> None:
    """Keep in the audit log what a finished import added to the ledger."""
    if not record.consents_added:
        return
    await stores.audit.record(
        "consents.added",
        actor_user_id=record.user_id,
        subject_kind="import",
        subject_id=record.import_id,
        at=now,
        details={
            "lines": record.consents_added,
            "source": "import",
            "file_name": record.file_name,
        },
    )


def refuse_consent_columns(consent: ConsentColumns, header: Sequence[str]) -> None:
    """Raise Invalid, with the field of the mapping, when a file cannot be read by these columns."""
    code, role = check_consent_columns(consent, header)
    if not code:
        return
    in_columns = role in consent.columns or role in ("given", "at")
    message = COLUMN_MESSAGES.get(code) or MESSAGES[code].format(most=LONGEST.get(role, ""))
    raise Invalid(
        code,
        message,
        field=f"mapping.consent.columns.{role}" if in_columns else f"mapping.consent.{role}",
        details={"column": consent.columns.get(role, ""), "most": LONGEST.get(role, "")},
    )


def _withdrawn_already(lines: Sequence[ConsentLine], row: ReadConsent, now: datetime) -> bool:
    found = standing(lines, row.consent.purpose, now, row.consent.channel)
    return found.state == WITHDRAWN


def _deciding(line: Consent, order: int) -> ConsentLine:
    """The line as it decides within its block: written after all that were known."""
    return ConsentLine(
        consent_id=line.consent_id,
        place=2**62 + order,
        kind=line.kind,
        number=line.number,
        purpose=line.purpose,
        channel=line.channel,
        at=line.at,
        valid_until=line.valid_until,
    )
