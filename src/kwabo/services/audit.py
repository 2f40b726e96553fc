"""Reading the audit log. Every service writes to it inside its own transactions."""

from __future__ import annotations

from dataclasses import replace

from kwabo.domain.organisations.asker import Asker
from kwabo.ports.audit import AuditEntry, AuditQuery
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import UnitOfWork


class AuditService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def find(self, asker: Asker, query: AuditQuery, *, token: str | None) -> Page[AuditEntry]:
        """The newest entries first."""
        position = position_of(token, int)
        asked = replace(
            query,
            before_audit_id=position[0] if position else None,
            limit=query.limit + 1,
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            entries = await stores.audit.find(asked)
        more = len(entries) > query.limit
        entries = entries[: query.limit]
        return Page(
            items=entries,
            next_page_token=page_token(entries[-1].audit_id) if more else None,
            total=None,
        )
