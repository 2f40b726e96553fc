"""Callable time sets: when people may be called, for several campaigns at once.

A change counts for running campaigns at once: the floor is told, and contacts that were put off for
their hours are due again, in the transaction of the change. Which set was in force when is in the
audit log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Final
from uuid import UUID

from kwabo.domain.compliance.callable_hours import CallableHours
from kwabo.domain.compliance.callable_time_check import objections, ordered
from kwabo.domain.compliance.callable_time_set import CallableTimeRules
from kwabo.domain.compliance.hours_preview import HoursPreview, preview
from kwabo.domain.compliance.public_holidays import (
    HolidayCountry,
    holiday_countries,
    knows,
    public_holidays,
)
from kwabo.domain.compliance.zones import zone
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.callable_time_sets import NamedCallableTimeSet
from kwabo.services.callable_hours import reconsider
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version

MOST_PREVIEW_DAYS: Final = 62


class CallableTimeSetService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[NamedCallableTimeSet]:
        """Every set, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.callable_time_sets.all()

    async def get(self, asker: Asker, callable_time_set_id: UUID) -> NamedCallableTimeSet:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.callable_time_sets.get(callable_time_set_id))

    async def add(self, asker: Asker, name: str, rules: CallableTimeRules) -> NamedCallableTimeSet:
        """Raises Invalid with `details.fields`, Conflict `NAME_TAKEN`."""
        refuse(objections(rules))
        now = self._clock.now()
        made = NamedCallableTimeSet(
            callable_time_set_id=self._ids.new(),
            name=checked_name(name),
            rules=ordered(rules),
            version=1,
            created_at=now,
            updated_at=now,
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.callable_time_sets.add(made)
            await self._note(stores, asker, "callable_time_set.created", made, _details(made))
        return made

    async def change(
        self,
        asker: Asker,
        callable_time_set_id: UUID,
        version: int,
        *,
        name: str | None = None,
        rules: Mapping[str, object] | None = None,
    ) -> NamedCallableTimeSet:
        """`rules`: the parts that change. Raises what `add` does, NotFound, `STALE_VERSION`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.callable_time_sets.get_for_change(callable_time_set_id))
            check_version(version, old.version)
            new = replace(old, updated_at=self._clock.now())
            if name is not None:
                new = replace(new, name=checked_name(name))
            if rules:
                changed = replace(old.rules, **rules)  # type: ignore[arg-type]
                refuse(objections(changed))
                new = replace(new, rules=ordered(changed))
            if (new.name, new.rules) != (old.name, old.rules):
                await stores.callable_time_sets.change(new)
                await self._note(stores, asker, "callable_time_set.changed", new, _details(new))
            if new.rules != old.rules:
                campaigns = await stores.callable_time_sets.campaigns_of(callable_time_set_id)
                await reconsider(stores, asker, campaigns, ids=self._ids, clock=self._clock)
            return _found(await stores.callable_time_sets.get(callable_time_set_id))

    async def delete(self, asker: Asker, callable_time_set_id: UUID) -> None:
        """Raises NotFound, Conflict `CALLABLE_TIME_SET_IN_USE`, `…_IN_SCHEDULE_GROUPS`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.callable_time_sets.get_for_change(callable_time_set_id))
            check_unused(
                "CALLABLE_TIME_SET_IN_USE",
                old.campaigns,
                "These campaigns keep to the set: {names}. Give them other hours first.",
            )
            check_unused(
                "CALLABLE_TIME_SET_IN_SCHEDULE_GROUPS",
                await stores.schedule_groups.of_set(callable_time_set_id),
                "These schedule groups keep to the set: {names}. Give them other hours first.",
                detail="schedule_groups",
            )
            await stores.callable_time_sets.delete(callable_time_set_id)
            await self._note(stores, asker, "callable_time_set.deleted", old, {"name": old.name})

    def preview(
        self,
        rules: CallableTimeRules,
        *,
        time_zone: str | None,
        country: str | None,
        begin: date | None,
        days: int,
        language: str,
    ) -> HoursPreview:
        """The days to come of rules that need not be kept yet. Raises Invalid."""
        refuse(objections(rules))
        if time_zone is not None and zone(time_zone) is None:
            raise Invalid(
                "TIME_ZONE_UNKNOWN",
                "There is no such time zone. Give its IANA name, such as Africa/Porto-Novo.",
                field="time_zone",
            )
        return preview(
            CallableHours(ordered(rules)),
            time_zone,
            country,
            now=self._clock.now(),
            begin=begin,
            days=days,
            language=language,
        )

    def holiday_countries(self) -> Sequence[HolidayCountry]:
        """Countries whose public holidays are known."""
        return holiday_countries()

    def holidays(
        self, country: str, subdivision: str | None, year: int, language: str
    ) -> Mapping[date, str]:
        """Date → name. Raises Invalid `HOLIDAY_COUNTRY`."""
        if not knows(country, subdivision):
            raise Invalid(
                "HOLIDAY_COUNTRY",
                "The holidays of this country are not known. Enter its days as exceptions.",
                field="country",
            )
        found = public_holidays(country, subdivision, year, language)
        return dict(sorted(found.items()))

    async def _note(
        self,
        stores: Stores,
        asker: Asker,
        action: str,
        callable_time_set: NamedCallableTimeSet,
        details: Mapping[str, object],
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="callable_time_set",
            subject_id=callable_time_set.callable_time_set_id,
            at=self._clock.now(),
            details=details,
        )


def _details(callable_time_set: NamedCallableTimeSet) -> dict[str, object]:
    """The rules as a whole: which hours were in force must be provable (REQ G12)."""
    return {"name": callable_time_set.name, "rules": asdict(callable_time_set.rules)}


def _found(callable_time_set: NamedCallableTimeSet | None) -> NamedCallableTimeSet:
    if callable_time_set is None:
        raise NotFound("NOT_FOUND", "There is no such callable time set.")
    return callable_time_set
