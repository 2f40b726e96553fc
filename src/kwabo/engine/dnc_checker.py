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
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from kwabo.engine.rounds import Rounds
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.dnc_checks import AskedProvider
from kwabo.ports.dnc_providers import DncProviderClient, ProviderAnswer, SecretFiles
from kwabo.ports.event_log import NewEvent
from kwabo.services.dnc_lists import tell_floor
from kwabo.services.unit_of_work import UnitOfWork

REST_SECONDS: Final = 5.0
AT_ONCE: Final = 16  # requests of one provider under way
FORGET_AFTER: Final = timedelta(days=400)  # above the longest age of an answer

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Provider:
    """A provider with what is needed to ask it."""

    organisation_id: UUID
    asked: AskedProvider
    secret: str | None  # None: the operator has not put it there


class DncChecker(Rounds[_Provider]):
    """See the module."""

    name = "dnc"

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        client: DncProviderClient,
        secret_files: SecretFiles,
        clock: Clock,
        ids: IdFactory,
    ) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work
        self._client = client
        self._secret_files = secret_files
        self._ids = ids

    def key(self, subject: _Provider) -> UUID:
        return subject.asked.dnc_list_id

    async def subjects(self) -> Sequence[_Provider]:
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

    async def round(self, subject: _Provider) -> int:
        """Ask about as many numbers as a second allows."""
        provider, asked = subject, subject.asked
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
            self.rest(asked.dnc_list_id, REST_SECONDS)
            last = next(iter(answers.values()))
            await self._log_silence(provider, last.silence)
            log.warning(
                "dnc.provider_silent", dnc_list_id=str(asked.dnc_list_id), code=last.silence
            )
        return len(numbers)

    async def _log_silence(self, provider: _Provider, silence: str) -> None:
        dnc_list_id = provider.asked.dnc_list_id
        async with self._unit_of_work.begin(provider.organisation_id) as stores:
            dnc_list = await stores.dnc_lists.get(dnc_list_id)
            await stores.event_log.add(
                NewEvent(
                    code="DNC_PROVIDER_SILENT",
                    subject_kind="dnc_list",
                    subject_id=str(dnc_list_id),
                    subject_name=dnc_list.name if dnc_list else "",
                    at=self._clock.now(),
                    params={"reason": silence},
                    repeats=str(dnc_list_id),
                )
            )

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

    async def forget(self) -> None:
        """Drop answers that no list can use any more."""
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                await stores.dnc_checks.forget(self._clock.now() - FORGET_AFTER)
