"""Asks external DNC providers ahead of the dialler, and keeps their answers.

Each provider is asked on its own, so that a slow one holds up no other: first about numbers that a
call waits for, then about those that running campaigns will dial next. Numbers are taken under a
lease, so that no two processes ask about the same one; how many requests a second a provider gets
is per process. A provider that answers nothing of a round rests before the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.dnc_checks import AskedProvider
from kwabo.ports.dnc_providers import DncProviderClient, ProviderAnswer, SecretFiles
from kwabo.services.dnc_lists import tell_floor
from kwabo.services.unit_of_work import UnitOfWork

ROUND_SECONDS: Final = 1.0
REST_SECONDS: Final = 5.0
AT_ONCE: Final = 16  # requests of one provider under way
FORGET_EVERY_SECONDS: Final = 3600.0
FORGET_AFTER: Final = timedelta(days=400)  # above the longest age of an answer

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Provider:
    """A provider with what is needed to ask it."""

    organisation_id: UUID
    asked: AskedProvider
    secret: str | None  # None: the operator has not put it there


class DncChecker:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        client: DncProviderClient,
        secret_files: SecretFiles,
        clock: Clock,
        ids: IdFactory,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._client = client
        self._secret_files = secret_files
        self._clock = clock
        self._ids = ids
        self._busy: set[UUID] = set()
        self._resting: dict[UUID, float] = {}  # list → steady clock
        self._forget_at = 0.0
        self.healthy = True  # the last look at the database went well
        self.healthy_since: datetime = clock.now()

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                try:
                    for provider in await self._providers():
                        if self._is_free(provider.asked.dnc_list_id):
                            tasks.create_task(self._guarded(provider))
                    await self._forget()
                except Exception:
                    self._note_health(False)
                    log.exception("dnc.look_failed")
                else:
                    self._note_health(True)
                await self._clock.sleep(ROUND_SECONDS)

    async def work_once(self) -> int:
        """One round of every provider; how many numbers were asked about."""
        return sum([await self._round(provider) for provider in await self._providers()])

    def _is_free(self, dnc_list_id: UUID) -> bool:
        rests_until = self._resting.get(dnc_list_id, 0.0)
        return dnc_list_id not in self._busy and rests_until <= self._clock.monotonic()

    def _note_health(self, healthy: bool) -> None:
        if healthy != self.healthy:
            self.healthy, self.healthy_since = healthy, self._clock.now()

    async def _guarded(self, provider: _Provider) -> None:
        dnc_list_id = provider.asked.dnc_list_id
        self._busy.add(dnc_list_id)
        try:
            await self._round(provider)
        except Exception:
            self._note_health(False)
            log.exception("dnc.round_failed", dnc_list_id=str(dnc_list_id))
        finally:
            self._busy.discard(dnc_list_id)

    async def _providers(self) -> list[_Provider]:
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        found: list[_Provider] = []
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                providers = await stores.dnc_checks.providers()
                organisation = await stores.organisations.get() if providers else None
            for asked in providers:
                name = asked.settings.secret_name
                secret: str | None = ""
                if name and organisation is not None:
                    secret = self._secret_files.read(organisation.slug, name)
                found.append(_Provider(organisation_id=organisation_id, asked=asked, secret=secret))
        return found

    async def _round(self, provider: _Provider) -> int:
        """Ask about as many numbers as a second allows."""
        asked = provider.asked
        settings, now = asked.settings, self._clock.now()
        limit = settings.requests_per_second
        waits = 2 + limit / AT_ONCE  # a number's turn comes after those before it
        until = now + timedelta(seconds=30 + settings.timeout_seconds * waits)
        async with self._unit_of_work.begin(provider.organisation_id) as stores:
            numbers = await stores.dnc_checks.take(asked.dnc_list_id, limit, now, until)
            if len(numbers) < limit:
                await stores.dnc_checks.foresee(asked, limit, now)
        if not numbers:
            return 0
        answers = await self._ask(provider, numbers)
        await self._keep(provider, answers)
        if all(answer.listed is None for answer in answers.values()):
            self._resting[asked.dnc_list_id] = self._clock.monotonic() + REST_SECONDS
            last = next(iter(answers.values()))
            log.warning(
                "dnc.provider_silent", dnc_list_id=str(asked.dnc_list_id), code=last.silence
            )
        return len(numbers)

    async def _ask(self, provider: _Provider, numbers: Sequence[str]) -> dict[str, ProviderAnswer]:
        turn = asyncio.Semaphore(AT_ONCE)
        answers: dict[str, ProviderAnswer] = {}

        async def ask(number: str) -> None:
            async with turn:
                if provider.secret is None:
                    answers[number] = ProviderAnswer(listed=None, silence="SECRET_MISSING")
                    return
                settings = provider.asked.settings
                answers[number] = await self._client.ask(settings, number, provider.secret)

        async with asyncio.TaskGroup() as tasks:
            for number in numbers:
                tasks.create_task(ask(number))
        return answers

    async def _keep(self, provider: _Provider, answers: dict[str, ProviderAnswer]) -> None:
        dnc_list_id = provider.asked.dnc_list_id
        said = {n: a.listed for n, a in answers.items() if a.listed is not None}
        silent = {n: a.silence for n, a in answers.items() if a.listed is None}
        async with self._unit_of_work.begin(provider.organisation_id) as stores:
            await stores.dnc_checks.note(dnc_list_id, said, silent, self._clock.now())
            if any(said.values()):
                await tell_floor(stores, self._ids, self._clock, dnc_list_id, None)

    async def _forget(self) -> None:
        """Drop answers that no list can use any more."""
        if self._clock.monotonic() < self._forget_at:
            return
        self._forget_at = self._clock.monotonic() + FORGET_EVERY_SECONDS
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                await stores.dnc_checks.forget(self._clock.now() - FORGET_AFTER)
