"""Erasure of one person on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.earlier_calls import take_turn
from kwabo.adapters.postgres.erasure_steps import FIRST, FLOWS, KEPT, LAST
from kwabo.adapters.postgres.erasure_sweeps import KEPT_KEYS, KEPT_ROWS, SINCE, SWEEPS
from kwabo.domain.compliance.erasure import NATIONAL_DIGITS, SHORTEST_VALUE
from kwabo.domain.dnc_lists.values import canonical_value
from kwabo.ports.erasure import ErasedContact, ErasedFiles, Erasure, FoundRows, Subject

_NUMBERS = text("""
    SELECT address FROM person_addresses WHERE kind = 'phone' AND person_id = :person_id
    ORDER BY address
""")
# With row-level security a number is found by the lists' function alone.
_CONTACTS = """
    SELECT contact_id, contact_list_id, data, numbers, number_labels FROM contacts
    WHERE contact_id IN (
        SELECT f FROM contact_lists l, contacts_with_numbers(l.contact_list_id,
            CAST(:numbers AS text[])) f)
    ORDER BY contact_id
"""
_WITHOUT_NUMBER = """
    SELECT contact_id, contact_list_id, data, numbers, number_labels FROM contacts
    WHERE contact_id = :person_id AND numbers = '{}'
      AND uncallable_reason IS DISTINCT FROM 'ERASED'
"""
_ATTEMPTS = text("""
    SELECT attempt_id, state, opted_out_at IS NOT NULL AS opted_out FROM attempts
    WHERE contact_id = ANY (CAST(:contacts AS uuid[]))
       OR organisation_id = current_organisation() AND number = ANY (CAST(:numbers AS text[]))
""")
_WORK = text("""
    SELECT after_call_until FROM agent_presence WHERE attempt_id = ANY (CAST(:attempts AS uuid[]))
""")
_OTHERS = text("""
    SELECT callback_id AS id, false AS objected FROM callbacks
    WHERE contact_id = ANY (CAST(:contacts AS uuid[]))
    UNION ALL
    SELECT consent_id, kind = 'withdrawn' FROM consents
    WHERE organisation_id = current_organisation() AND number = ANY (CAST(:numbers AS text[]))
       OR contact_id = ANY (CAST(:contacts AS uuid[]))
""")
_LISTED = text("""
    SELECT EXISTS (SELECT FROM dnc_lists l JOIN dnc_entries e ON e.dnc_list_id = l.dnc_list_id
        WHERE l.screening_authority IS NULL AND e.value = ANY (CAST(:keys AS text[])))
""")
_CAMPAIGNS = text("""
    SELECT contact_list_id, campaign_id, name FROM campaigns
    WHERE contact_list_id = ANY (CAST(:lists AS uuid[]))
""")
_HOLD = text("""
    SELECT reason FROM legal_holds WHERE ended_at IS NULL
        AND (number IS NULL OR number = ANY (CAST(:numbers AS text[])))
    ORDER BY created_at LIMIT 1
""")
_RECORDINGS = text("""
    SELECT path FROM early_media_recordings WHERE attempt_id = ANY (CAST(:attempts AS uuid[]))
    UNION SELECT path FROM voicemails
    WHERE attempt_id = ANY (CAST(:attempts AS uuid[])) AND path <> ''
    UNION SELECT path FROM flow_recordings
    WHERE attempt_id = ANY (CAST(:attempts AS uuid[])) AND path <> ''
""")
_UPLOADS = text("""
    SELECT import_id, file_path, workbook_path FROM imports
    WHERE state IN ('uploaded', 'failed', 'cancelled')
""")
_COLUMNS = (
    "erasure_id, person_id, user_id, reason, keep_do_not_call, counts, files, erased_at, digest"
)
_ADD = text(f"""
    INSERT INTO erasures (organisation_id, {_COLUMNS})
    VALUES (current_organisation(), :erasure_id, :person_id, :user_id, :reason, :keep_do_not_call,
            CAST(:counts AS jsonb), :files, :erased_at, :digest)
""")
_GET = """
    SELECT e.erasure_id, e.person_id, e.user_id, u.display_name AS user_name, e.reason,
           e.keep_do_not_call, e.counts, e.files, e.erased_at, e.digest
    FROM erasures e LEFT JOIN users u ON u.user_id = e.user_id
"""
_ONE = text(f"{_GET} WHERE e.erasure_id = :erasure_id")
_NEWEST = text(f"{_GET} ORDER BY e.erased_at DESC, e.erasure_id DESC LIMIT :limit")


class PostgresErasureStore:
    """See `kwabo.ports.erasure.ErasureStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def subject(self, person_id: UUID, *, claims_wait: bool) -> Subject | None:
        lock = "FOR UPDATE" if claims_wait else ""
        if claims_wait:
            await take_turn(self._connection)
        ask = self._connection.execute
        numbers = [row.address for row in await ask(_NUMBERS, {"person_id": person_id})]
        found = await (
            ask(text(_CONTACTS + lock), {"numbers": numbers})
            if numbers
            else ask(text(_WITHOUT_NUMBER + lock), {"person_id": person_id})
        )
        contacts = tuple(_contact(row) for row in found)
        if not numbers and not contacts:
            return None
        by = {"contacts": [one.contact_id for one in contacts], "numbers": numbers}
        attempts = (await ask(_ATTEMPTS, by)).all()
        attempt_ids = tuple(row.attempt_id for row in attempts)
        work = (await ask(_WORK, {"attempts": list(attempt_ids)})).all()
        others = (await ask(_OTHERS, by)).all()
        _, values = _listed(contacts)
        listed = await self._connection.scalar(_LISTED, {"keys": [*numbers, *values]})
        campaigns: dict[UUID, tuple[tuple[UUID, str], ...]] = {}
        lists = list({one.contact_list_id for one in contacts})
        for row in await ask(_CAMPAIGNS, {"lists": lists}):
            known = campaigns.get(row.contact_list_id, ())
            campaigns[row.contact_list_id] = (*known, (row.campaign_id, row.name))
        ends = [row.after_call_until for row in work]
        return Subject(
            person_id=person_id,
            numbers=tuple(numbers),
            contacts=contacts,
            attempt_ids=attempt_ids,
            other_ids=tuple(row.id for row in others),
            campaigns=campaigns,
            in_call=bool(work) or any(row.state != "closed" for row in attempts),
            free_at=max(ends) if ends and None not in ends else None,
            objected=bool(listed)
            or any(row.objected for row in others)
            or any(row.opted_out for row in attempts),
        )

    async def hold(self, numbers: Sequence[str]) -> str | None:
        reason: str | None = await self._connection.scalar(_HOLD, {"numbers": list(numbers)})
        return reason

    async def files(self, subject: Subject) -> ErasedFiles:
        ids = {"attempts": list(subject.attempt_ids)}
        recordings = [row.path for row in await self._connection.execute(_RECORDINGS, ids)]
        uploads = {
            row.import_id: [path for path in (row.file_path, row.workbook_path) if path]
            for row in await self._connection.execute(_UPLOADS)
        }
        return ErasedFiles(recordings=recordings, uploads=uploads)

    async def find(self, subject: Subject) -> FoundRows:
        values = _values_of(subject, (), False, (), None)
        found: dict[str, Any] = {"since": await self._connection.scalar(SINCE)}
        keys = {sweep.table: tuple(sweep.keys) for sweep in SWEEPS} | dict(KEPT_KEYS)
        find = dict(KEPT_ROWS) | {sweep.table: sweep.find for sweep in SWEEPS}
        for table, statement in find.items():
            rows = (await self._connection.execute(statement, _named(statement, values))).all()
            for place, key in enumerate(keys[table]):
                found[f"{table}_{key}"] = [row[place] for row in rows]
        return FoundRows(values=found)

    async def erase(
        self,
        subject: Subject,
        found: FoundRows,
        *,
        questions: Collection[tuple[UUID, str]],
        keep_do_not_call: bool,
        uploads_gone: Collection[UUID],
        at: datetime,
    ) -> Mapping[str, int]:
        values = _values_of(subject, questions, keep_do_not_call, uploads_gone, at)
        values |= found.values
        counts: Counter[str] = Counter()
        for table, statement in FIRST:
            counts[table] += await self._rows(statement, values)
        for sweep in SWEEPS:
            for change in sweep.changes:
                if values[f"{sweep.table}_{next(iter(sweep.keys))}"]:
                    counts[change.table] += await self._rows(sweep.found(change), values)
                counts[change.table] += await self._rows(sweep.since(change), values)
        await self._connection.execute(FLOWS, _named(FLOWS, values))
        for row in await self._connection.execute(KEPT, _named(KEPT, values)):
            counts[row.place] += row.amount
        for table, statement in LAST:
            counts[table] += await self._rows(statement, values)
        return {table: rows for table, rows in counts.items() if rows}

    async def _rows(self, statement: Any, values: Mapping[str, Any]) -> int:
        done = await self._connection.execute(statement, _named(statement, values))
        return int(done.rowcount)

    async def add(self, erasure: Erasure) -> None:
        names = _COLUMNS.split(", ")
        values = {name: getattr(erasure, name) for name in names}
        await self._connection.execute(_ADD, {**values, "counts": dict(erasure.counts)})

    async def get(self, erasure_id: UUID) -> Erasure | None:
        rows = await self._connection.execute(_ONE, {"erasure_id": erasure_id})
        row = rows.mappings().first()
        return Erasure(**row) if row else None

    async def newest(self, limit: int) -> Sequence[Erasure]:
        rows = await self._connection.execute(_NEWEST, {"limit": limit})
        return [Erasure(**row) for row in rows.mappings()]


def _contact(row: Any) -> ErasedContact:
    return ErasedContact(
        contact_id=row.contact_id,
        contact_list_id=row.contact_list_id,
        data=row.data,
        labels=dict(zip(row.numbers, row.number_labels, strict=True)),
    )


def _listed(contacts: Sequence[ErasedContact]) -> tuple[list[str], list[str]]:
    """Columns and values, side by side, as DNC lists by column hold them."""
    pairs = sorted(
        {(name, canonical_value(value)) for one in contacts for name, value in one.data.items()}
    )
    return [name for name, value in pairs if value], [value for _, value in pairs if value]


def _values_of(
    subject: Subject,
    questions: Collection[tuple[UUID, str]],
    keep: bool,
    uploads: Collection[UUID],
    at: datetime | None,
) -> dict[str, Any]:
    contacts = [one.contact_id for one in subject.contacts]
    columns, values = _listed(subject.contacts)
    asked = list(questions)
    return {
        "person_id": subject.person_id,
        "contacts": contacts,
        "attempts": list(subject.attempt_ids),
        "others": list(subject.other_ids),
        "numbers": list(subject.numbers),
        "texts": [number.removeprefix("+") for number in subject.numbers],
        "text_patterns": [f"%{number.removeprefix('+')}%" for number in subject.numbers],
        "ending_patterns": [f"%{number[-NATIONAL_DIGITS:]}%" for number in subject.numbers],
        "values": [value for value in subject.values if len(value) >= SHORTEST_VALUE],
        "list_columns": columns,
        "list_values": values,
        "ids": [str(one) for one in (*contacts, *subject.attempt_ids, *subject.other_ids)],
        "contact_patterns": [f"%{one}%" for one in contacts],
        "question_actions": [action for action, _ in asked],
        "question_keys": [key for _, key in asked],
        "keep": keep,
        "uploads": list(uploads),
        "at": at,
    }


def _named(statement: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a statement names."""
    return {name: values[name] for name in statement._bindparams}
