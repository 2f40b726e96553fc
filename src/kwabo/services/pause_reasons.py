"""Pause reasons that agents can choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.pause_reasons import PauseReason
from kwabo.services.names import checked_name
from kwabo.services.unit_of_work import Stores, UnitOfWork


class PauseReasonService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[PauseReason]:
        """Every reason, inactive ones too, in their order."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.pause_reasons.all()

    async def add(self, asker: Asker, values: Mapping[str, Any]) -> PauseReason:
        """`values`: fields of PauseReason. Raises Invalid, Conflict `NAME_TAKEN`."""
        reason = _checked(PauseReason(**values, pause_reason_id=self._ids.new()))
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.pause_reasons.add(reason)
            await self._note(stores, asker, "pause_reason.created", reason)
        return reason

    async def change(
        self, asker: Asker, pause_reason_id: UUID, values: Mapping[str, Any]
    ) -> PauseReason:
        """`values`: the fields that change. Raises what `add` does, and NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            reason = await stores.pause_reasons.get(pause_reason_id)
            if reason is None:
                raise NotFound("NOT_FOUND", "There is no such pause reason.")
            reason = _checked(replace(reason, **values))
            await stores.pause_reasons.change(reason)
            await self._note(stores, asker, "pause_reason.changed", reason)
        return reason

    async def _note(self, stores: Stores, asker: Asker, action: str, reason: PauseReason) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="pause_reason",
            subject_id=reason.pause_reason_id,
            at=self._clock.now(),
            details={"name": reason.name, "active": reason.active},
        )


def _checked(reason: PauseReason) -> PauseReason:
    return replace(
        reason,
        name=checked_name(reason.name),
        name_en=checked_name(reason.name_en, field="name_en", least=0),
    )
