"""Queues and their members. The floor is told of every change, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.queues import Queue
from kwabo.services.names import checked_name
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused


class QueueService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[Queue]:
        """Every queue, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.queues.all()

    async def get(self, asker: Asker, queue_id: UUID) -> Queue:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.queues.get(queue_id))

    async def add(self, asker: Asker, name: str, member_user_ids: Sequence[UUID]) -> Queue:
        """Raises Invalid `USER_UNKNOWN`, Conflict `NAME_TAKEN`."""
        queue = Queue(
            queue_id=self._ids.new(),
            name=checked_name(name),
            member_user_ids=tuple(sorted(set(member_user_ids))),
            created_at=self._clock.now(),
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check_members(stores, queue)
            await stores.queues.add(queue)
            await self._note(stores, asker, "queue.created", queue)
        return queue

    async def change(
        self,
        asker: Asker,
        queue_id: UUID,
        *,
        name: str | None = None,
        member_user_ids: Sequence[UUID] | None = None,
    ) -> Queue:
        """None leaves as it is. Raises what `add` does, and NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            queue = _found(await stores.queues.get(queue_id))
            if name is not None:
                queue = replace(queue, name=checked_name(name))
            if member_user_ids is not None:
                queue = replace(queue, member_user_ids=tuple(sorted(set(member_user_ids))))
                await _check_members(stores, queue)
            await stores.queues.change(queue)
            await self._note(stores, asker, "queue.changed", queue)
        return queue

    async def delete(self, asker: Asker, queue_id: UUID) -> None:
        """Raises NotFound, Conflict `QUEUE_IN_USE`, `QUEUE_IN_FLOW`, `QUEUE_OVERFLOW_TARGET`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            queue = _found(await stores.queues.get(queue_id))
            check_unused(
                "QUEUE_IN_USE",
                await stores.queues.campaigns_using(queue_id),
                "These campaigns use the queue: {names}. Give them another queue first.",
            )
            check_unused(
                "QUEUE_IN_FLOW",
                await stores.flows.using("queue", str(queue_id)),
                "These flows lead to the queue: {names}. Give them another queue first.",
                detail="flows",
            )
            check_unused(
                "QUEUE_OVERFLOW_TARGET",
                await stores.queue_routing.queues_overflowing_to(queue_id),
                "Calls of these queues overflow to it: {names}. Change them first.",
                detail="queues",
            )
            await stores.queues.delete(queue_id)
            await self._note(stores, asker, "queue.deleted", queue)

    async def _note(self, stores: Stores, asker: Asker, action: str, queue: Queue) -> None:
        now = self._clock.now()
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="queue",
            subject_id=queue.queue_id,
            at=now,
            details={"name": queue.name, "members": len(queue.member_user_ids)},
        )
        await stores.floor_commands.add(
            self._ids.new(),
            "queue.changed",
            {"queue_id": str(queue.queue_id)},
            user_id=asker.user_id,
            at=now,
        )


async def _check_members(stores: Stores, queue: Queue) -> None:
    if await stores.queues.unknown_users(queue.member_user_ids):
        raise Invalid(
            "USER_UNKNOWN",
            "One of the members does not exist. Load the page again.",
            field="member_user_ids",
        )


def _found(queue: Queue | None) -> Queue:
    if queue is None:
        raise NotFound("NOT_FOUND", "There is no such queue.")
    return queue
