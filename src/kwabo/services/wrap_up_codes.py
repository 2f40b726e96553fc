"""Wrap-up codes: which outcomes agents may give, and what each of them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.wrap_up_codes import WrapUpCode
from kwabo.services.names import checked_name
from kwabo.services.unit_of_work import Stores, UnitOfWork

FLAGS: Final = (
    "right_party",
    "success",
    "failure",
    "neutral",
    "do_not_call",
    "number_uncallable",
    "contact_uncallable",
    "callback",
    "machine",
    "refusal",
)
_ONE_OF: Final = frozenset({"success", "failure", "neutral"})
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
            await stores.wrap_up_codes.add(code)
            await self._note(stores, asker, "wrap_up_code.created", code)
        return code

    async def change(
        self, asker: Asker, wrap_up_code_id: UUID, values: Mapping[str, Any]
    ) -> WrapUpCode:
        """`values`: the fields that change. Raises what `add` does, and NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            code = _found(await stores.wrap_up_codes.get(wrap_up_code_id))
            code = _checked(replace(code, **values))
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


def _checked(code: WrapUpCode) -> WrapUpCode:
    unknown = sorted(set(code.flags) - set(FLAGS))
    if unknown:
        raise Invalid(
            "FLAG_UNKNOWN",
            f"There is no flag {', '.join(unknown)}. The flags are: {', '.join(FLAGS)}.",
            field="flags",
            details={"unknown": ", ".join(unknown), "flags": ", ".join(FLAGS)},
        )
    if len(_ONE_OF.intersection(code.flags)) > 1:
        raise Invalid(
            "FLAGS_EXCLUDE",
            "An outcome is a success, a failure or neutral: choose one of them.",
            field="flags",
        )
    if len(code.required_fields) > _MOST_FIELDS:
        raise Invalid(
            "TOO_MANY_FIELDS", f"At most {_MOST_FIELDS} required fields.", field="required_fields"
        )
    return replace(
        code,
        name=checked_name(code.name),
        name_en=checked_name(code.name_en, field="name_en", least=0),
        flags=tuple(flag for flag in FLAGS if flag in code.flags),
        required_fields=tuple(dict.fromkeys(code.required_fields)),
    )


def _found(code: WrapUpCode | None) -> WrapUpCode:
    if code is None:
        raise NotFound("NOT_FOUND", "There is no such wrap-up code.")
    return code
