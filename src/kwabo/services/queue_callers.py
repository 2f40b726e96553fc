"""Callers who wait in a queue: read from the floor, and moved by supervisors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.domain.routing.eligibility import Passed
from kwabo.domain.routing.sentences import passed
from kwabo.domain.routing.settings import MOST_PRIORITY
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.ports.floor_client import FloorClient
from kwabo.services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedAgent:
    """A ready agent of the queue who does not get the call."""

    user_id: UUID
    display_name: str
    code: Passed
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCaller:
    """A caller who waits."""

    attempt_id: UUID
    number: str
    position: int
    since: str
    priority: int
    skills: tuple[str, ...]
    reason: str
    passed: tuple[PassedAgent, ...]


class QueueCallerService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, floor: FloorClient, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._floor = floor
        self._clock = clock

    async def all(self, asker: Asker, queue_id: UUID) -> Sequence[QueueCaller]:
        """The next first. Raises NotFound, Unavailable `FLOOR_UNAVAILABLE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if await stores.queues.get(queue_id) is None:
                raise _no_queue()
            names = {agent.user_id: agent.display_name for agent in await stores.skills.agents()}
        answer = await self._floor.send(
            asker.organisation_id, asker.user_id, "queue.callers", {"queue_id": str(queue_id)}
        )
        return [_caller(one, names, asker.language) for one in answer.get("callers", ())]

    async def change(
        self,
        asker: Asker,
        queue_id: UUID,
        attempt_id: UUID,
        *,
        to_queue_id: UUID | None,
        priority: int | None,
    ) -> None:
        """Another queue, another priority or both; noted in the audit.

        Raises Invalid `NOTHING_TO_CHANGE`, `RANGE`, NotFound (`NOT_WAITING`: they have left), and
        Unavailable `FLOOR_UNAVAILABLE`.
        """
        if to_queue_id is None and priority is None:
            raise Invalid("NOTHING_TO_CHANGE", "Choose another queue or another priority.")
        if priority is not None and not 0 <= priority <= MOST_PRIORITY:
            raise Invalid(
                "RANGE",
                f"Choose a number from 0 to {MOST_PRIORITY}.",
                field="priority",
                details={"least": "0", "most": str(MOST_PRIORITY)},
            )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            queue = await stores.queues.get(queue_id)
            to = queue if to_queue_id is None else await stores.queues.get(to_queue_id)
            if queue is None or to is None:
                raise _no_queue()
            if await stores.attempts.get(attempt_id) is None:
                raise NotFound("NOT_FOUND", "There is no such call.")
        payload: dict[str, Any] = {"queue_id": str(queue_id), "attempt_id": str(attempt_id)}
        if to_queue_id is not None:
            payload["to_queue_id"] = str(to_queue_id)
        if priority is not None:
            payload["priority"] = priority
        answer = await self._floor.send(
            asker.organisation_id, asker.user_id, "queue.change_caller", payload
        )
        if not answer.get("changed"):
            raise NotFound("NOT_WAITING", "This caller does not wait in this queue any more.")
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.audit.record(
                "queue.caller_changed",
                actor_user_id=asker.user_id,
                subject_kind="queue",
                subject_id=queue_id,
                at=self._clock.now(),
                details={
                    "name": queue.name,
                    "attempt_id": str(attempt_id),
                    "to": to.name if to_queue_id is not None else None,
                    "priority": priority,
                },
            )


def _caller(one: Mapping[str, Any], names: Mapping[UUID, str], language: str) -> QueueCaller:
    found = []
    for user_id, code in one["passed"].items():
        name = names.get(UUID(user_id), "")
        sentence = f"{name} {passed(Passed(code), language)}."
        found.append(
            PassedAgent(
                user_id=UUID(user_id), display_name=name, code=Passed(code), sentence=sentence
            )
        )
    return QueueCaller(
        attempt_id=UUID(one["attempt_id"]),
        number=one["number"],
        position=one["position"],
        since=one["since"],
        priority=one["priority"],
        skills=tuple(one["skills"]),
        reason=one["reason"],
        passed=tuple(found),
    )


def _no_queue() -> NotFound:
    return NotFound("NOT_FOUND", "There is no such queue.")
