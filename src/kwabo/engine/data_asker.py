"""Asks and tells other programs what rules want: data actions, ahead of calls and after them.

For each data action: first what rules have told (deliveries, at least once, with an Idempotency-Key
and ever longer pauses), then questions for which a contact waits, then those about contacts that
running campaigns call next. Never more requests are under way than the action allows, over all
processes. While its circuit breaker is open nothing is sent: contacts that wait are told so, what
is to be delivered waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from kwabo.domain.campaigns.wrap_up import EDITABLE_KINDS
from kwabo.domain.contacts.columns import read_value
from kwabo.domain.data_actions.asking import inputs_of, question_of, read_answer
from kwabo.domain.data_actions.templates import UnsafeValue
from kwabo.domain.outgoing.breaker import was_there
from kwabo.engine.rounds import Rounds
from kwabo.kernel.clock import Clock
from kwabo.ports.data_actions import (
    CheckNoted,
    DataAction,
    DeliveryNoted,
    TakenCheck,
    TakenDelivery,
)
from kwabo.ports.dnc_providers import SecretFiles
from kwabo.ports.outgoing import QuestionClient
from kwabo.services.data_actions import SECRET_MISSING, VALUE_UNSAFE
from kwabo.services.unit_of_work import Stores, UnitOfWork

CIRCUIT_OPEN: Final = "CIRCUIT_OPEN"
MOST_BATCHES: Final = 50  # of one round
MOST_TRIES: Final = 12  # of a delivery: over about three and a half hours
LONGEST_PAUSE_SECONDS: Final = 3600
AHEAD_EVERY_SECONDS: Final = 5.0  # when nobody was found
SPARE_SECONDS: Final = 10  # a request's lease, above its time-out
KEEP_DELIVERIES: Final = timedelta(days=30)

log = structlog.get_logger(__name__)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When a delivery is tried again after so many tries; None: it is given up."""
    if tries >= MOST_TRIES:
        return None
    return now + timedelta(seconds=min(LONGEST_PAUSE_SECONDS, 10 * 2 ** (tries - 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """A data action with what is needed to ask it."""

    organisation_id: UUID
    data_action_id: UUID
    secret: str | None  # None: the operator has not put it there


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """What is asked and told at once."""

    action: DataAction
    deliveries: Sequence[TakenDelivery] = ()
    checks: Sequence[TakenCheck] = ()
    foreseen: int = 0  # questions about contacts to come that are new


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """What came of one request."""

    outputs: Mapping[str, str]
    inputs: Mapping[str, str]
    status: int | None
    failure: str
    there: bool | None  # whether the other program was; None: nothing was sent


class DataAsker(Rounds[_Subject]):
    """See the module."""

    name = "data"

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        client: QuestionClient,
        secret_files: SecretFiles,
        clock: Clock,
    ) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work
        self._client = client
        self._secret_files = secret_files
        self._ahead_at: dict[UUID, float] = {}  # when to look for contacts to come; steady clock

    def key(self, subject: _Subject) -> UUID:
        return subject.data_action_id

    async def subjects(self) -> Sequence[_Subject]:
        found: list[_Subject] = []
        for organisation_id in await self._organisations():
            async with self._unit_of_work.begin(organisation_id) as stores:
                actions = await stores.data_actions.all()
                organisation = await stores.organisations.get() if actions else None
            for action in actions:
                name = action.settings.secret_name
                secret: str | None = ""
                if name and organisation is not None:
                    secret = self._secret_files.read(organisation.slug, name)
                found.append(
                    _Subject(
                        organisation_id=organisation_id,
                        data_action_id=action.data_action_id,
                        secret=secret,
                    )
                )
        return found

    async def round(self, subject: _Subject) -> int:
        """Ask and tell until nothing waits, or the action has had its share; how many requests."""
        done = 0
        for _ in range(MOST_BATCHES):
            batch = await self._take(subject)
            if batch is None:
                break
            wanted = len(batch.deliveries) + len(batch.checks)
            done += wanted
            if wanted:
                await self._send(subject, batch)
            elif not batch.foreseen:
                break
        return done

    async def _take(self, subject: _Subject) -> _Batch | None:
        """What may be sent now; None: nothing may."""
        now = self._clock.now()
        async with self._unit_of_work.begin(subject.organisation_id) as stores:
            kept = stores.data_actions
            action = await kept.get_for_change(subject.data_action_id)
            if action is None:
                return None
            settings = action.settings
            lease = settings.timeout_seconds + SPARE_SECONDS
            allowed = action.breaker.allows(now, settings.at_once)
            if not allowed:
                await kept.fail_awaited(action.data_action_id, CIRCUIT_OPEN, now)
                return None
            limit = allowed - await kept.under_way(action.data_action_id, now)
            if limit <= 0:
                return None
            until = now + timedelta(seconds=lease)
            take = (action.data_action_id, limit, now, until)
            deliveries = await kept.take_deliveries(*take)
            left = limit - len(deliveries)
            checks: Sequence[TakenCheck] = ()
            if left:
                checks = await kept.take_checks(action.data_action_id, left, now, until)
            foreseen = 0
            if len(checks) < left and self._looks_ahead(action.data_action_id):
                foreseen = await kept.foresee(action.data_action_id, settings.at_once * 10, now)
                if not foreseen:
                    ahead_at = self._clock.monotonic() + AHEAD_EVERY_SECONDS
                    self._ahead_at[action.data_action_id] = ahead_at
            trying = action.breaker.trying(now, lease)
            if trying != action.breaker and (deliveries or checks):
                await kept.note(action.data_action_id, trying, False, "", now)
        return _Batch(action=action, deliveries=deliveries, checks=checks, foreseen=foreseen)

    def _looks_ahead(self, data_action_id: UUID) -> bool:
        return self._clock.monotonic() >= self._ahead_at.get(data_action_id, 0.0)

    async def _send(self, subject: _Subject, batch: _Batch) -> None:
        told: dict[UUID, _Came] = {}
        asked: dict[str, _Came] = {}
        async with asyncio.TaskGroup() as tasks:

            async def tell(one: TakenDelivery) -> None:
                inputs = one.inputs
                if inputs is None:
                    inputs = inputs_of(batch.action.settings, one.asked)
                told[one.delivery_id] = await self._one(
                    subject, batch.action, inputs, str(one.delivery_id)
                )

            async def ask(one: TakenCheck) -> None:
                asked[one.key] = await self._one(subject, batch.action, one.inputs, "")

            for delivery in batch.deliveries:
                tasks.create_task(tell(delivery))
            for check in batch.checks:
                tasks.create_task(ask(check))
        now = self._clock.now()
        async with self._unit_of_work.begin(subject.organisation_id) as stores:
            await self._note(stores, batch, told, asked, now)

    async def _one(
        self, subject: _Subject, action: DataAction, inputs: Mapping[str, str], key: str
    ) -> _Came:
        def nothing(failure: str) -> _Came:
            return _Came(outputs={}, inputs=inputs, status=None, failure=failure, there=None)

        if subject.secret is None:
            return nothing(SECRET_MISSING)
        try:
            question = question_of(action.settings, inputs, subject.secret, key)
        except UnsafeValue:
            return nothing(VALUE_UNSAFE)
        sent = await self._client.send(question)
        failure, outputs = sent.failure, {}
        if not failure and sent.status is not None:
            reading = read_answer(action.settings, sent.status, sent.body)
            outputs = dict(reading.outputs)
            failure = reading.failure
            if key:  # told: that it was taken is enough
                failure = "" if 200 <= sent.status < 300 else "HTTP_STATUS"
        return _Came(
            outputs=outputs,
            inputs=inputs,
            status=sent.status,
            failure=failure,
            there=was_there(sent.status, sent.failure),
        )

    async def _note(
        self,
        stores: Stores,
        batch: _Batch,
        told: Mapping[UUID, _Came],
        asked: Mapping[str, _Came],
        now: datetime,
    ) -> None:
        action = await stores.data_actions.get_for_change(batch.action.data_action_id)
        if action is None:
            return
        for delivery in batch.deliveries:
            came = told[delivery.delivery_id]
            written: Sequence[str] = ()
            if not came.failure:
                written = await _write(stores, delivery, came.outputs)
            await stores.data_actions.note_delivery(
                delivery.delivery_id,
                DeliveryNoted(
                    inputs=came.inputs,
                    status=came.status,
                    failure=came.failure,
                    next_at=next_try(delivery.tries + 1, now) if came.failure else None,
                    written=written,
                ),
                now,
            )
        noted = {
            key: CheckNoted(outputs=came.outputs, failure=came.failure)
            for key, came in asked.items()
        }
        await stores.data_actions.note_checks(action.data_action_id, noted, now)
        came_back = [*told.values(), *asked.values()]
        breaker = action.breaker.after(
            [came.there for came in came_back if came.there is not None],
            now,
            failures=action.settings.breaker_failures,
            seconds=action.settings.breaker_seconds,
        )
        failed = [came.failure for came in came_back if came.failure]
        answered = len(failed) < len(came_back)
        failure = failed[-1] if failed else ""
        await stores.data_actions.note(action.data_action_id, breaker, answered, failure, now)
        if breaker.is_open(now):
            await stores.data_actions.fail_awaited(action.data_action_id, CIRCUIT_OPEN, now)
            log.warning(
                "data.circuit_open", data_action_id=str(action.data_action_id), code=failure
            )

    async def forget(self) -> None:
        """Drop answers that no rule can use, and deliveries that were done long ago."""
        now = self._clock.now()
        for organisation_id in await self._organisations():
            async with self._unit_of_work.begin(organisation_id) as stores:
                await stores.data_actions.forget(now, now - KEEP_DELIVERIES)

    async def _organisations(self) -> Sequence[UUID]:
        async with self._unit_of_work.begin_outside() as stores:
            return await stores.organisations.all_ids()


async def _write(
    stores: Stores, delivery: TakenDelivery, outputs: Mapping[str, str]
) -> Sequence[str]:
    """Write the answer's values into columns that can hold them; which ones."""
    contact = await stores.contacts.get(delivery.contact_id) if delivery.write else None
    if contact is None:
        return ()
    contact_list = await stores.contact_lists.get(contact.contact_list_id)
    columns = contact_list.columns if contact_list else ()
    kinds = {column.name: column.kind for column in columns if column.kind in EDITABLE_KINDS}
    keys = contact_list.key_columns if contact_list else ()
    data: dict[str, str] = {}
    for output, column in delivery.write.items():
        if output in outputs and column in kinds and column not in keys:
            value, code = read_value(kinds[column], outputs[output].strip())
            if not code:
                data[column] = value
    if data:
        await stores.data_actions.write_columns(contact.contact_id, data)
    return tuple(sorted(data))
