"""Wrap-up codes: which outcomes agents may give, and what each of them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.outcome_flags import NO_MAPPING, ordered, wrong_flags
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.wrap_up_codes import WrapUpCode
from kwabo.services.names import checked_name
from kwabo.services.unit_of_work import Stores, UnitOfWork

_MOST_FIELDS: Final = 50


class WrapUpCodeService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[WrapUpCode]:
        """Every code, inactive ones too, in their order."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.wrap_up_codes.all()

    async def get(self, asker: Asker, wrap_up_code_id: UUID) -> WrapUpCode:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.wrap_up_codes.get(wrap_up_code_id))

    async def add(self, asker: Asker, values: Mapping[str, Any]) -> WrapUpCode:
        """`values`: fields of WrapUpCode. Raises Invalid, Conflict `NAME_TAKEN`."""
        code = _checked(
            WrapUpCode(**values, wrap_up_code_id=self._ids.new(), created_at=self._clock.now())
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            code = await _with_default(stores, code)
            await stores.wrap_up_codes.add(code)
            await self._note(stores, asker, "wrap_up_code.created", code)
        return code

    async def change(
        self, asker: Asker, wrap_up_code_id: UUID, values: Mapping[str, Any]
    ) -> WrapUpCode:
        """`values`: the fields that change. Raises what `add` does, and NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            code = _found(await stores.wrap_up_codes.get(wrap_up_code_id))
            mapped = {"mapped": True} if "flags" in values else {}
            code = await _with_default(stores, _checked(replace(code, **mapped | dict(values))))
            await stores.wrap_up_codes.change(code)
            await self._note(stores, asker, "wrap_up_code.changed", code)
        return code

    async def _note(self, stores: Stores, asker: Asker, action: str, code: WrapUpCode) -> None:
        now = self._clock.now()
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="wrap_up_code",
            subject_id=code.wrap_up_code_id,
            at=now,
            details={"name": code.name, "flags": list(code.flags), "active": code.active},
        )
        await stores.floor_commands.add(
            self._ids.new(), "settings.changed", {}, user_id=asker.user_id, at=now
        )


async def _with_default(stores: Stores, code: WrapUpCode) -> WrapUpCode:
    """One without a mapping of its own has the organisation's default flags."""
    if code.mapped:
        return code
    kept = await stores.wrap_up_mappings.get(None)
    return replace(code, flags=(kept.mapping if kept else NO_MAPPING).default)


def _checked(code: WrapUpCode) -> WrapUpCode:
    wrong = wrong_flags(code.flags, "flags", system=False)
    if wrong:
        raise Invalid(wrong[0].code, wrong[0].message, field="flags", details=wrong[0].details)
    if len(code.required_fields) > _MOST_FIELDS:
        raise Invalid(
            "TOO_MANY_FIELDS", f"At most {_MOST_FIELDS} required fields.", field="required_fields"
        )
    return replace(
        code,
        name=checked_name(code.name),
        name_en=checked_name(code.name_en, field="name_en", least=0),
        flags=ordered(code.flags),
        required_fields=tuple(dict.fromkeys(code.required_fields)),
    )


def _found(code: WrapUpCode | None) -> WrapUpCode:
    if code is None:
        raise NotFound("NOT_FOUND", "There is no such wrap-up code.")
    return code
