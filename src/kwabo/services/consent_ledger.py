"""Writing lines into the ledger of consents, and what follows in the same transaction.

The floor is told: a call that nobody has answered yet to a number whose consent was withdrawn is
taken back, and contacts that had been finished for want of consent are looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.compliance.consents import WITHDRAWN
from kwabo.domain.compliance.new_consent import NewConsent
from kwabo.kernel.ids import IdFactory
from kwabo.ports.consents import Consent
from kwabo.services.unit_of_work import Stores

Key = tuple[str, str, str, str, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProof:
    """The row of a file from which a line comes."""

    import_id: UUID
    file_name: str
    line_number: int  # in the file, from 1


def line_of(
    new: NewConsent,
    number: str,
    *,
    consent_id: UUID,
    now: datetime,
    source: str,
    user_id: UUID | None,
    contact_id: UUID | None = None,
    file: FileProof | None = None,
) -> Consent:
    """The line of the ledger that says this of a number."""
    return Consent(
        consent_id=consent_id,
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
        user_id=user_id,
        created_at=now,
        import_id=file.import_id if file else None,
        file_name=file.file_name if file else "",
        file_line=file.line_number if file else None,
    )


def key_of(line: Any) -> Key:
    """Two lines with the same key say the same."""
    return (line.number, line.kind, line.purpose, line.channel, line.at)


async def unknown_lines(stores: Stores, lines: Sequence[Consent]) -> list[Consent]:
    """Those that the ledger does not hold yet, each once."""
    known = await stores.consents.lines(sorted({line.number for line in lines}))
    there = {key_of(line) for found in known.values() for line in found}
    fresh = []
    for line in lines:
        if key_of(line) not in there:
            there.add(key_of(line))
            fresh.append(line)
    return fresh


async def write_lines(
    stores: Stores,
    ids: IdFactory,
    lines: Sequence[Consent],
    now: datetime,
    *,
    withdrawn: Sequence[str] | None = None,
) -> None:
    """Add lines and tell the floor. `withdrawn`: numbers whose calls end; None: by the lines."""
    if not lines:
        return
    await stores.consents.add(lines)
    if withdrawn is None:
        withdrawn = [line.number for line in lines if line.kind == WITHDRAWN]
    reopened = await stores.compliance.reopen(now, numbers=sorted({line.number for line in lines}))
    payload: Mapping[str, Any] = {
        "withdrawn": sorted(set(withdrawn)),
        "reopened": {str(campaign_id): count for campaign_id, count in reopened.items()},
    }
    await stores.floor_commands.add(
        ids.new(), "consents.changed", payload, user_id=lines[0].user_id, at=now
    )


async def note_lines(stores: Stores, lines: Sequence[Consent], now: datetime) -> None:
    """Keep in the audit log that lines were added."""
    if not lines:
        return
    await stores.audit.record(
        "consents.added",
        actor_user_id=lines[0].user_id,
        subject_kind="consents",
        subject_id=lines[0].consent_id,
        at=now,
        details={
            "lines": len(lines),
            "kinds": sorted({line.kind for line in lines}),
            "source": lines[0].source,
        },
    )
