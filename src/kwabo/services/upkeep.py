"""Forgetting what has run out: sessions, login attempts, keys, notes of changes, events, messages.

Campaigns with filters also go through their lists once more: a change whose note was missed, as
one that was under way while a filter was made, is found within the hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from kwabo.kernel.clock import Clock
from kwabo.services.guessing import ATTEMPTS_WINDOW
from kwabo.services.idempotency import KEPT_FOR
from kwabo.services.unit_of_work import UnitOfWork

LOOKS_KEPT_FOR: Final = timedelta(days=1)
EVENTS_KEPT_FOR: Final = timedelta(days=90)
MESSAGES_KEPT_FOR: Final = timedelta(days=14)
MESSAGES_AT_ONCE: Final = 10_000
KEPT_RECORDINGS_FOR: Final = timedelta(days=7)  # codes by telephone, from their ends on


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How much was removed."""

    sessions: int
    login_attempts: int
    idempotency_keys: int


class UpkeepService:
    """See the module. Any number of processes may do it, at any time."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        clock: Clock,
        events_kept_for: timedelta = EVENTS_KEPT_FOR,
        messages_kept_for: timedelta = MESSAGES_KEPT_FOR,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._events_kept_for = events_kept_for
        self._messages_kept_for = messages_kept_for

    async def forget_expired(self) -> Forgotten:
        """Remove what has run out, one transaction for each organisation."""
        now = self._clock.now()
        async with self._unit_of_work.begin_outside() as stores:
            attempts = await stores.access.forget_login_attempts_before(now - ATTEMPTS_WINDOW)
            organisation_ids = await stores.organisations.all_ids()
        sessions = keys = 0
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                sessions += await stores.access.end_sessions_before(now)
                keys += await stores.idempotency.forget_before(now - KEPT_FOR)
                await stores.contacts.forget_looks(now - LOOKS_KEPT_FOR)
                await stores.campaigns.look_at_all_again()
                await stores.event_log.forget_before(now - self._events_kept_for)
                await stores.recording_sessions.expire(now)
                await stores.recording_sessions.forget_before(now - KEPT_RECORDINGS_FOR)
            await self._forget_messages(organisation_id)
        return Forgotten(sessions=sessions, login_attempts=attempts, idempotency_keys=keys)

    async def fold_counts(self) -> int:
        """Fold together what the counts of lists and campaigns are kept in; how many lines."""
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        lines = 0
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                lines += await stores.progress.fold()
        return lines

    async def _forget_messages(self, organisation_id: UUID) -> None:
        """Of webhooks, in transactions that each end soon."""
        before = self._clock.now() - self._messages_kept_for
        forgotten = MESSAGES_AT_ONCE
        while forgotten >= MESSAGES_AT_ONCE:
            async with self._unit_of_work.begin(organisation_id) as stores:
                forgotten = await stores.webhooks.forget_before(before, MESSAGES_AT_ONCE)
