"""What a flow asks of a data action while somebody waits on the line.

A fresh answer, of another call or of a rule, is taken instead of a new question. While the circuit
breaker is open nothing is sent; what comes of a question moves the breaker that rules go by too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.data_actions.asking import key_of, question_of, read_answer
from kwabo.domain.data_actions.settings import DataActionSettings
from kwabo.domain.data_actions.statements import DatabaseQuestion
from kwabo.domain.data_actions.templates import UnsafeValue
from kwabo.domain.flows.inputs import SLOW
from kwabo.domain.outgoing.breaker import CLOSED, was_there
from kwabo.domain.outgoing.requests import OutgoingRequest
from kwabo.kernel.clock import Clock
from kwabo.ports.data_actions import DataAction
from kwabo.ports.dnc_providers import SecretFiles
from kwabo.ports.outgoing import QuestionClient
from kwabo.services.data_actions import SECRET_MISSING, VALUE_UNSAFE
from kwabo.services.unit_of_work import Stores, UnitOfWork

NO_SOURCE: Final = "NO_SOURCE"
CIRCUIT_OPEN: Final = "CIRCUIT_OPEN"
TOO_SLOW: Final = "TOO_SLOW"
WITHOUT_VALUE: Final = "ANSWER_WITHOUT_VALUE"  # all is well, and nothing is known
NOTED_EVERY: Final = timedelta(seconds=10)  # that it answers: many calls at once write one row


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer, or the code of why there is none."""

    outputs: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """What is to be asked."""

    source: DataAction
    key: str
    question: OutgoingRequest | DatabaseQuestion


class FlowSources:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        client: QuestionClient,
        secret_files: SecretFiles,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._client = client
        self._secret_files = secret_files
        self._clock = clock
        self._noted: dict[UUID, datetime] = {}  # by source, when it answered
        self._slugs: dict[UUID, str] = {}  # by organisation; none ever changes

    async def ask(
        self,
        organisation_id: UUID,
        source_id: UUID,
        parameters: Mapping[str, str],
        seconds: float,
    ) -> Found:
        """The answer, within so many seconds."""
        ready: Found | _Ready = Found(failure=SLOW)
        try:
            async with asyncio.timeout(seconds):
                ready = await self._prepare(organisation_id, source_id, parameters)
                if isinstance(ready, Found):
                    return ready
                sent = await self._client.send(ready.question)
        except TimeoutError:
            if isinstance(ready, _Ready):
                await self._note(organisation_id, ready, Found(failure=TOO_SLOW), there=False)
            return Found(failure=SLOW)
        found = Found(failure=sent.failure)
        if not sent.failure and sent.status is not None:
            reading = read_answer(ready.source.settings, sent.status, sent.body)
            failure = "" if reading.failure == WITHOUT_VALUE else reading.failure
            found = Found(outputs=dict(reading.outputs), failure=failure)
        await self._note(organisation_id, ready, found, there=was_there(sent.status, sent.failure))
        return Found(failure=SLOW) if found.failure == TOO_SLOW else found

    async def _prepare(
        self, organisation_id: UUID, source_id: UUID, parameters: Mapping[str, str]
    ) -> Found | _Ready:
        now = self._clock.now()
        async with self._unit_of_work.begin(organisation_id) as stores:
            kept = stores.data_actions
            source = await kept.get(source_id)
            if source is None:
                return Found(failure=NO_SOURCE)
            settings = source.settings
            inputs = {name: parameters.get(name, "") for name in settings.placeholders}
            key = key_of(settings, inputs)
            if settings.call_cache_seconds > 0:
                outputs, answered_at = await kept.answer(source_id, key)
                if fresh(settings, answered_at, now):
                    return Found(outputs=outputs)
            secret = await self._secret(stores, organisation_id, settings)
            if secret is None:
                return Found(failure=SECRET_MISSING)
            try:
                question = question_of(settings, inputs, secret)
            except UnsafeValue:
                return Found(failure=VALUE_UNSAFE)
            if source.breaker != CLOSED:
                locked = await kept.get_for_change(source_id)
                if locked is None or not locked.breaker.allows(now, settings.at_once):
                    return Found(failure=CIRCUIT_OPEN)
                trying = locked.breaker.trying(now, settings.timeout_seconds)
                if trying != locked.breaker:
                    await kept.note(source_id, trying, False, "", now)
        return _Ready(source=source, key=key, question=question)

    async def _secret(
        self, stores: Stores, organisation_id: UUID, settings: DataActionSettings
    ) -> str | None:
        """'' where none is needed; None: its file is missing."""
        name = settings.secret_name
        if not name:
            return ""
        slug = self._slugs.get(organisation_id)
        if slug is None:
            organisation = await stores.organisations.get()
            if organisation is None:
                return None
            slug = self._slugs[organisation_id] = organisation.slug
        return self._secret_files.read(slug, name)

    async def _note(
        self, organisation_id: UUID, ready: _Ready, found: Found, *, there: bool
    ) -> None:
        now = self._clock.now()
        source, settings = ready.source, ready.source.settings
        well = there and not found.failure and source.breaker == CLOSED
        quiet = well and self._is_noted(source, now)
        if well and not quiet:
            self._noted[source.data_action_id] = now
        keeps = not found.failure and settings.call_cache_seconds > 0
        if quiet and not keeps:
            return
        async with self._unit_of_work.begin(organisation_id) as stores:
            kept = stores.data_actions
            if keeps:
                await kept.keep_answer(source.data_action_id, ready.key, found.outputs, now)
            if quiet:
                return
            locked = await kept.get_for_change(source.data_action_id)
            if locked is None:
                return
            breaker = locked.breaker.after(
                [there],
                now,
                failures=settings.breaker_failures,
                seconds=settings.breaker_seconds,
            )
            await kept.note(source.data_action_id, breaker, not found.failure, found.failure, now)

    def _is_noted(self, source: DataAction, now: datetime) -> bool:
        """Whether it was written lately that the source answers, by anybody or by this process.

        Calls that were under way when another wrote it do not know of it yet.
        """
        known = (source.last_answer_at, self._noted.get(source.data_action_id))
        return any(one is not None and one + NOTED_EVERY > now for one in known)


def fresh(settings: DataActionSettings, answered_at: datetime, now: datetime) -> bool:
    """Whether a call may hear an answer of this age."""
    return now - answered_at < timedelta(seconds=settings.call_cache_seconds)
