"""A campaign's contacts with their course in it, from PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.candidates import find_candidates
from kwabo.adapters.postgres.choices import read_choices
from kwabo.adapters.postgres.contact_search import narrowed, query_of
from kwabo.adapters.postgres.contacts import COLUMNS, contact_of
from kwabo.domain.compliance.candidate import Candidate
from kwabo.domain.compliance.law import Law
from kwabo.domain.contacts.filters.in_use import EVERYBODY, Choice
from kwabo.ports.courses import ContactCourse, CourseQuery

_COURSE = """
    c.added_in, coalesce(k.state, 'untouched') AS state, coalesce(k.attempts, 0) AS attempts,
    k.last_result, k.last_attempt_at, k.next_attempt_at, coalesce(k.reason, '') AS reason
"""
_PLAIN = tuple(
    field.name for field in fields(ContactCourse) if field.name not in ("contact", "place")
)
# The reasons stand here as in the index campaign_contacts_barred, which the planner then uses.
_REOPEN = text("""
    WITH opened AS (
        UPDATE campaign_contacts k SET state = 'open', next_attempt_at = :now, reason = ''
        FROM contacts c
        WHERE c.contact_id = k.contact_id AND k.state = 'finished'
          AND k.reason IN ('DNC_LISTED', 'NO_CALLABLE_NUMBER', 'CONTACT_UNCALLABLE')
          AND k.reason = ANY (CAST(:reasons AS text[]))
          AND c.numbers && CAST(:numbers AS text[])
        RETURNING k.campaign_id
    )
    SELECT campaign_id, count(*) AS contacts FROM opened GROUP BY campaign_id
""")
_STATES = {
    # Contacts up to the scan position have a course: only those behind it are looked through. With
    # filters or an order, now or before, there may be some in front of it.
    "untouched": """k.campaign_id IS NULL AND (c.added_in, c.position) > (
        SELECT CASE WHEN choice_version > 0 THEN 0 ELSE scan_added_in END,
               CASE WHEN choice_version > 0 THEN 0 ELSE scan_position END
        FROM campaigns WHERE campaign_id = :campaign_id)""",
    "open": "k.state = 'open'",
    "in_progress": "k.state = 'in_progress'",
    "finished": "k.state = 'finished'",
}


class PostgresCourseStore:
    """See `kwabo.ports.courses.CourseStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, query: CourseQuery) -> Sequence[ContactCourse]:
        found = query_of(await narrowed(self._connection, query.search), None)
        conditions = [found.condition]
        values = found.values | {"campaign_id": query.campaign_id, "limit": query.limit}
        if query.state is not None:
            conditions.append(_STATES[query.state])
        if query.after is not None:
            conditions.append("(c.added_in, c.position) > (:after_added_in, :after_position)")
            values["after_added_in"], values["after_position"] = query.after
        rows = await self._connection.execute(
            text(f"""
                SELECT {COLUMNS}, {_COURSE}
                FROM contacts c
                LEFT JOIN campaign_contacts k
                    ON k.contact_id = c.contact_id AND k.campaign_id = :campaign_id
                WHERE {" AND ".join(conditions)}
                ORDER BY c.added_in, c.position LIMIT :limit
            """),
            values,
        )
        return [_course(dict(row)) for row in rows.mappings()]

    async def reopen(
        self, reasons: Sequence[str], numbers: Sequence[str], now: datetime
    ) -> Mapping[UUID, int]:
        values = {"reasons": list(reasons), "numbers": list(numbers), "now": now}
        rows = await self._connection.execute(_REOPEN, values)
        return {row.campaign_id: row.contacts for row in rows}


class PostgresCandidateStore:
    """See `kwabo.ports.candidates.CandidateStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(
        self,
        campaign_id: UUID,
        contact_ids: Sequence[UUID],
        choice: Choice = EVERYBODY,
        *,
        law: Law,
        now: datetime,
    ) -> Mapping[UUID, Candidate]:
        found = await find_candidates(
            self._connection,
            campaign_id=campaign_id,
            contact_ids=contact_ids,
            law=law,
            now=now,
            choice=choice,
        )
        return {contact_id: one.candidate for contact_id, one in found.items()}

    async def choice(self, campaign_id: UUID) -> Choice:
        choices = await read_choices(self._connection, [campaign_id])
        return choices.get(campaign_id, EVERYBODY)


def _course(row: dict[str, Any]) -> ContactCourse:
    values = {name: row.pop(name) for name in _PLAIN}
    place = (row.pop("added_in"), row["position"])
    return ContactCourse(**values, contact=contact_of(row), place=place)
