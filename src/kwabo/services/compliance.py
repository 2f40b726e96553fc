"""Law and guard of an organisation: what it has chosen, and what was used of its caps.

A preset that a running campaign would break is refused: the campaign is mended or paused first.
A change counts from the moment its transaction commits, since every claim reads it; contacts that
law or guard has finished are looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.lawful import law_objections
from kwabo.domain.compliance.abandon_message import message_objections, message_warnings
from kwabo.domain.compliance.fraud_guard import (
    SPENT_PERIODS,
    FraudGuard,
    always_denied,
    denied_source,
)
from kwabo.domain.compliance.guard_settings import settings_objections
from kwabo.domain.compliance.law import OrganisationLaw
from kwabo.domain.compliance.preset import Preset, preset_of, presets
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict
from kwabo.kernel.ids import IdFactory
from kwabo.ports.campaigns import Campaign
from kwabo.ports.compliance import ComplianceSettings
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CapUse:
    """A cap and what was used of it."""

    country: str
    per: str
    most: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendUse:
    """A budget and what was spent of it, what is reserved included."""

    per: str  # day | month
    most: float | None
    spent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceView:
    """The settings with what is used now."""

    settings: ComplianceSettings
    countries: Sequence[str]  # that may be called
    caps: Sequence[CapUse]
    spending: Sequence[SpendUse]
    always_denied: Mapping[str, Mapping[str, str]]
    always_denied_source: str
    warnings: Sequence[str]  # codes


class ComplianceService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    def presets(self) -> Sequence[Preset]:
        """Every preset, `none` first."""
        return list(presets().values())

    async def get(self, asker: Asker) -> ComplianceView:
        """The organisation's settings."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await self._view(stores)

    async def change(self, asker: Asker, version: int, values: Mapping[str, Any]) -> ComplianceView:
        """`values`: fields of ComplianceSettings that change.

        Raises Invalid with `details.fields`, Conflict `STALE_VERSION`, `PRESET_TOO_STRICT`.
        """
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = await stores.compliance.get_for_change()
            check_version(version, old.version)
            new = _tidied(replace(old, **values, updated_at=now))
            refuse(
                settings_objections(
                    preset=new.preset,
                    countries=new.countries,
                    number_kinds=new.number_kinds,
                    denied_prefixes=new.denied_prefixes,
                    caps=new.caps,
                    tariffs=new.tariffs,
                    budgets={
                        "spend_per_day": new.spend_per_day,
                        "spend_per_month": new.spend_per_month,
                    },
                    reserved_minutes=new.reserved_minutes,
                )
                + message_objections(new.message)
            )
            if new.preset != old.preset:
                await _check_running(stores, await stores.compliance.law(now), new.preset)
            changed = sorted(name for name in values if getattr(old, name) != getattr(new, name))
            if changed:
                await stores.compliance.put(new)
                await self._follow(stores, asker, old, changed)
            return await self._view(stores)

    async def _follow(
        self, stores: Stores, asker: Asker, old: ComplianceSettings, changed: Sequence[str]
    ) -> None:
        now = self._clock.now()
        guard = (await stores.compliance.law(now)).guard
        counted = bool(old.caps) or old.spend_per_day is not None or old.spend_per_month is not None
        if guard is not None and guard.counts and not counted:
            await stores.compliance.begin_counting(now)
        reopened = await stores.compliance.reopen(now, numbers=None)
        await tell_floor(
            stores, self._ids.new(), "compliance.changed", asker, now, {"reopened": reopened}
        )
        await stores.audit.record(
            "compliance.changed",
            actor_user_id=asker.user_id,
            subject_kind="compliance",
            subject_id=asker.organisation_id,
            at=now,
            details={"fields": list(changed)},
        )

    async def _view(self, stores: Stores) -> ComplianceView:
        now = self._clock.now()
        law = await stores.compliance.law(now)
        guard = law.guard or FraudGuard(countries=frozenset())
        settings = await stores.compliance.get()
        budgets = dict(guard.spend_caps)
        return ComplianceView(
            settings=settings,
            countries=sorted(guard.countries),
            caps=[
                CapUse(
                    country=cap.country,
                    per=cap.per,
                    most=cap.most,
                    used=law.usage.called(cap, now, guard.time_zone),
                )
                for cap in guard.caps
            ],
            spending=[
                SpendUse(
                    per=per,
                    most=float(budgets[per]) if per in budgets else None,
                    spent=float(law.usage.spent_in(per, now, guard.time_zone)),
                )
                for per in SPENT_PERIODS
                if guard.spends
            ],
            always_denied=always_denied(),
            always_denied_source=denied_source(),
            warnings=message_warnings(settings.message, await _followed(stores, settings.preset)),
        )


async def tell_floor(
    stores: Stores,
    command_id: UUID,
    kind: str,
    asker: Asker,
    now: Any,
    payload: Mapping[str, Any],
) -> None:
    """Hint the floor, in the transaction of the change; ids as text."""
    plain = dict(payload)
    plain["reopened"] = {str(key): count for key, count in payload.get("reopened", {}).items()}
    await stores.floor_commands.add(command_id, kind, plain, user_id=asker.user_id, at=now)


def _tidied(settings: ComplianceSettings) -> ComplianceSettings:
    countries = settings.countries
    return replace(
        settings,
        countries=None if countries is None else tuple(sorted({c.upper() for c in countries})),
        number_kinds=tuple(sorted(set(settings.number_kinds))),
        denied_prefixes=tuple(sorted(set(settings.denied_prefixes))),
        caps=tuple(replace(cap, country=cap.country.upper()) for cap in settings.caps),
    )


async def _check_running(stores: Stores, law: OrganisationLaw, preset_id: str) -> None:
    """No campaign may become unlawful while it runs."""
    wanted = replace(law, preset_id=preset_id)
    broken = [
        campaign.settings.name
        for campaign in await _running(stores)
        if campaign.settings.compliance_preset is None and law_objections(campaign.settings, wanted)
    ]
    if broken:
        names = ", ".join(sorted(broken))
        raise Conflict(
            "PRESET_TOO_STRICT",
            f"These campaigns run and are laxer than this preset: {names}. Pause or mend them "
            "first.",
            field="preset",
            details={"campaigns": names},
        )


async def _followed(stores: Stores, preset_id: str) -> list[Preset]:
    """The presets of the organisation and of its running campaigns."""
    own = {campaign.settings.compliance_preset for campaign in await _running(stores)}
    return [preset_of(one) for one in sorted({preset_id, *own} - {None}, key=str) if one]


async def _running(stores: Stores) -> list[Campaign]:
    found: list[Campaign] = []
    for state in ("running", "pausing"):
        before: UUID | None = None
        while True:
            page = await stores.campaigns.find(state=state, before_campaign_id=before, limit=_PAGE)
            found += page
            if len(page) < _PAGE:
                break
            before = page[-1].campaign_id
    return found
