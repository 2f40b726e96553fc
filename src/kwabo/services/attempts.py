"""Attempts of a campaign, and a contact's history over all campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.errors import NotFound
from kwabo.ports.attempts import Attempt, AttemptQuery
from kwabo.services.callers import Caller, caller_of
from kwabo.services.campaigns import found_campaign
from kwabo.services.pages import Page, id_behind, page_token
from kwabo.services.unit_of_work import UnitOfWork

LONGEST_HISTORY: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptDetail:
    """One attempt, with its caller when it came from outside."""

    attempt: Attempt
    caller: Caller | None


class AttemptService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def find(self, asker: Asker, query: AttemptQuery, token: str | None) -> Page[Attempt]:
        """A page of a campaign's attempts, the newest first. Raises NotFound."""
        before = id_behind(token)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_campaign(await stores.campaigns.get(query.campaign_id))
            attempts = await stores.attempts.find(
                replace(query, before_attempt_id=before, limit=query.limit + 1)
            )
        more = len(attempts) > query.limit
        attempts = attempts[: query.limit]
        return Page(
            items=attempts,
            next_page_token=page_token(str(attempts[-1].attempt_id)) if more else None,
            total=None,
        )

    async def get(self, asker: Asker, attempt_id: UUID) -> AttemptDetail:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await stores.attempts.get(attempt_id)
            if attempt is None:
                raise NotFound("NOT_FOUND", "There is no such attempt.")
            personal = asker.may("contacts.read")
            caller = await caller_of(stores, attempt_id, asker.language, personal=personal)
        return AttemptDetail(attempt=attempt, caller=caller)

    async def history(self, asker: Asker, contact_id: UUID) -> Sequence[Attempt]:
        """A contact's attempts, the newest first; at most 500. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempts = await stores.attempts.of_contact(contact_id, LONGEST_HISTORY)
            if not attempts and await stores.contacts.get(contact_id) is None:
                raise NotFound("NOT_FOUND", "There is no such contact.")
        return attempts
