"""The ledger of consents on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.law_facts import consent_lines
from kwabo.domain.compliance.consents import ConsentLine
from kwabo.ports.consents import Consent

_ADD = text("""
    INSERT INTO consents (consent_id, organisation_id, kind, number, contact_id, purpose, channel,
        at, how, proof, reference, file_sha256, valid_until, voids, source, user_id, created_at,
        import_id, file_name, file_line)
    VALUES (:consent_id, current_organisation(), :kind, :number, :contact_id, :purpose, :channel,
        :at, :how, :proof, :reference, :file_sha256, :valid_until, :voids, :source, :user_id,
        :created_at, :import_id, :file_name, :file_line)
""")
_SELECT = """
    SELECT c.consent_id, c.kind, c.number, c.contact_id, c.purpose, c.channel, c.at, c.how, c.proof,
           c.reference, c.file_sha256, c.valid_until, c.voids, c.source, c.user_id, c.created_at,
           c.import_id, c.file_name, c.file_line, c.place, u.display_name AS user_display_name
    FROM consents c LEFT JOIN users u ON u.user_id = c.user_id
"""
_GET = text(f"{_SELECT} WHERE c.consent_id = :consent_id")
_FIND = text(f"""
    {_SELECT}
    WHERE c.organisation_id = current_organisation()
      AND (CAST(:numbers AS text[]) IS NULL OR c.number = ANY (CAST(:numbers AS text[])))
      AND (:digits = '' OR position(:digits IN c.number) > 0)
      AND (CAST(:before AS bigint) IS NULL OR c.place < :before)
    ORDER BY c.place DESC LIMIT :limit
""")
_GIVEN_BY_THE_STORE = ("user_display_name", "place")


class PostgresConsentStore:
    """See `kwabo.ports.consents.ConsentStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, consents: Sequence[Consent]) -> None:
        rows = [asdict(consent) for consent in consents]
        for row in rows:
            for name in _GIVEN_BY_THE_STORE:
                del row[name]
        if rows:
            await self._connection.execute(_ADD, rows)

    async def get(self, consent_id: UUID) -> Consent | None:
        rows = (await self._connection.execute(_GET, {"consent_id": consent_id})).mappings()
        row = rows.first()
        return None if row is None else Consent(**row)

    async def find(
        self,
        *,
        numbers: Sequence[str] | None,
        digits: str,
        before_place: int | None,
        limit: int,
    ) -> Sequence[Consent]:
        values = {
            "numbers": None if numbers is None else list(numbers),
            "digits": digits,
            "before": before_place,
            "limit": limit,
        }
        return [
            Consent(**row) for row in (await self._connection.execute(_FIND, values)).mappings()
        ]

    async def lines(self, numbers: Sequence[str]) -> Mapping[str, tuple[ConsentLine, ...]]:
        return await consent_lines(self._connection, numbers)
