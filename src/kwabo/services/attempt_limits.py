"""Attempt limits of the organisation. Claims read them each time: a change holds at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.compliance.attempt_limits import COUNTED, PER, RESETS, SCOPES, AttemptLimit
from kwabo.domain.compliance.zones import zone
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.attempt_limits import KeptLimit
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version

MOST_CALLS = 1000
MOST_DAYS = 366
MOST_HOURS = 8784


class AttemptLimitService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[KeptLimit]:
        """Every limit, the organisation's first, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.attempt_limits.find()

    async def add(self, asker: Asker, values: Mapping[str, Any]) -> KeptLimit:
        """`values`: fields of AttemptLimit. Raises Invalid, Conflict `NAME_TAKEN`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            values = {**values, "name": checked_name(values["name"])}
            if values.get("time_zone") is None:
                organisation = await stores.organisations.get()
                values["time_zone"] = organisation.time_zone if organisation else "UTC"
            limit = AttemptLimit(attempt_limit_id=self._ids.new(), **values)
            refuse(_objections(limit))
            kept = KeptLimit(limit=limit, version=1, created_at=now, updated_at=now)
            await stores.attempt_limits.add(kept)
            await self._note(stores, asker, "attempt_limit.created", limit)
        return kept

    async def change(
        self, asker: Asker, attempt_limit_id: UUID, version: int, values: Mapping[str, Any]
    ) -> KeptLimit:
        """Raises what `add` does, NotFound, Conflict `STALE_VERSION`, `LIMIT_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            kept = _found(await stores.attempt_limits.get_for_change(attempt_limit_id))
            check_version(version, kept.version)
            if "name" in values:
                values = {**values, "name": checked_name(values["name"])}
            limit = replace(kept.limit, **values)
            refuse(_objections(limit))
            if limit.scope != kept.limit.scope:
                await _check_unused(stores, attempt_limit_id)
            changed = replace(kept, limit=limit, updated_at=self._clock.now())
            await stores.attempt_limits.change(changed)
            await self._note(stores, asker, "attempt_limit.changed", limit)
        return replace(changed, version=kept.version + 1)

    async def delete(self, asker: Asker, attempt_limit_id: UUID) -> None:
        """Raises NotFound, Conflict `LIMIT_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            kept = _found(await stores.attempt_limits.get_for_change(attempt_limit_id))
            await _check_unused(stores, attempt_limit_id)
            await stores.attempt_limits.delete(attempt_limit_id)
            await self._note(stores, asker, "attempt_limit.deleted", kept.limit)

    async def _note(self, stores: Stores, asker: Asker, action: str, limit: AttemptLimit) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="attempt_limit",
            subject_id=limit.attempt_limit_id,
            at=self._clock.now(),
            details={
                "name": limit.name,
                "per": limit.per,
                "scope": limit.scope,
                "most": limit.most,
            },
        )


def _found(kept: KeptLimit | None) -> KeptLimit:
    if kept is None:
        raise NotFound("NOT_FOUND", "There is no such attempt limit.")
    return kept


async def _check_unused(stores: Stores, attempt_limit_id: UUID) -> None:
    check_unused(
        "LIMIT_IN_USE",
        await stores.attempt_limits.campaigns_using(attempt_limit_id),
        "These campaigns name the limit: {names}. Take it out of them first.",
    )


def _objections(limit: AttemptLimit) -> list[Objection]:
    found: list[Objection] = []

    def check(right: bool, name: str, code: str, message: str) -> None:
        if not right:
            found.append(Objection(field=name, code=code, message=message))

    check(limit.per in PER, "per", "CHOICE", f"Choose one of: {', '.join(PER)}.")
    check(limit.scope in SCOPES, "scope", "CHOICE", f"Choose one of: {', '.join(SCOPES)}.")
    check(limit.reset in RESETS, "reset", "CHOICE", f"Choose one of: {', '.join(RESETS)}.")
    check(limit.counted in COUNTED, "counted", "CHOICE", f"Choose one of: {', '.join(COUNTED)}.")
    for name, most in (("most", MOST_CALLS), ("days", MOST_DAYS), ("hours", MOST_HOURS)):
        if not 1 <= getattr(limit, name) <= most:
            message = f"Choose a number from 1 to {most:,}."
            details = {"least": "1", "most": str(most)}
            found.append(Objection(field=name, code="RANGE", message=message, details=details))
    check(
        zone(limit.time_zone) is not None,
        "time_zone", "TIME_ZONE", "Name a time zone like Africa/Porto-Novo.",
    )  # fmt: skip
    check(
        limit.reset_at.tzinfo is None,
        "reset_at", "LOCAL_TIME", "Give the time without a zone: it is the limit's.",
    )  # fmt: skip
    return found
