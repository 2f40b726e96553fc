"""What outcomes mean: one table of the organisation, and what campaigns set differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.campaigns.outcome_flags import (
    NO_MAPPING,
    SYSTEM_DEFAULTS,
    SYSTEM_OUTCOMES,
    OutcomeMapping,
    ordered,
    wrong_flags,
)
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.wrap_up_codes import WrapUpCode
from kwabo.ports.wrap_up_mappings import KeptMapping
from kwabo.services.campaigns import found_campaign
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

OWN, ORGANISATION, DEFAULT, BUILT_IN = "own", "organisation", "default", "built_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedOutcome:
    """A row of the table."""

    outcome: str  # a wrap-up code's id, a result, a system code
    name: str  # of the code; '' for the system's
    name_en: str
    active: bool
    flags: tuple[str, ...]
    source: str  # own: this table says so; organisation | default | built_in: inherited


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingTable:
    """What outcomes mean, in the organisation or in a campaign."""

    campaign_id: UUID | None
    default: tuple[str, ...]
    outcomes: tuple[MappedOutcome, ...]
    version: int
    updated_at: datetime | None


class WrapUpMappingService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def table(self, asker: Asker, campaign_id: UUID | None) -> MappingTable:
        """The organisation's table, or a campaign's. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if campaign_id is not None:
                found_campaign(await stores.campaigns.get(campaign_id))
            return await _table(stores, campaign_id)

    async def change(
        self,
        asker: Asker,
        campaign_id: UUID | None,
        version: int,
        *,
        outcomes: Mapping[str, Sequence[str] | None],
        default: Sequence[str] | None,
    ) -> MappingTable:
        """Set outcomes' flags; None: as inherited. Outcomes that are missing stay.

        Outcomes of the past are counted by the new table too. Raises NotFound, Invalid with
        `details.fields`, Conflict `STALE_VERSION`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            name = ""
            if campaign_id is not None:
                campaign = found_campaign(await stores.campaigns.get_for_change(campaign_id))
                name = campaign.settings.name
            kept = await stores.wrap_up_mappings.get_for_change(campaign_id)
            old = kept or KeptMapping(campaign_id=campaign_id, mapping=NO_MAPPING)
            check_version(version, old.version)
            codes = {str(code.wrap_up_code_id): code for code in await stores.wrap_up_codes.all()}
            refuse(_wrong(outcomes, default, codes))
            before = await _table(stores, campaign_id)
            mapping = await _changed(stores, old, outcomes, default, codes)
            await stores.wrap_up_mappings.put(
                KeptMapping(
                    campaign_id=campaign_id,
                    mapping=mapping,
                    version=old.version + 1,
                    user_id=asker.user_id,
                    updated_at=self._clock.now(),
                )
            )
            after = await _table(stores, campaign_id)
            await self._tell(stores, asker, campaign_id)
            await stores.audit.record(
                "wrap_up_mapping.changed",
                actor_user_id=asker.user_id,
                subject_kind="organisation" if campaign_id is None else "campaign",
                subject_id=campaign_id,
                at=self._clock.now(),
                details={
                    "name": name,
                    "version": after.version,
                    "changed": _differences(before, after),
                },
            )
        return after

    async def _tell(self, stores: Stores, asker: Asker, campaign_id: UUID | None) -> None:
        now = self._clock.now()
        ids = [campaign_id] if campaign_id else await stores.campaigns.running()
        for one in ids:
            await stores.floor_commands.add(
                self._ids.new(),
                "campaign.changed",
                {"campaign_id": str(one)},
                user_id=asker.user_id,
                at=now,
            )
        if campaign_id is None:
            await stores.floor_commands.add(
                self._ids.new(), "settings.changed", {}, user_id=asker.user_id, at=now
            )


async def _changed(
    stores: Stores,
    old: KeptMapping,
    outcomes: Mapping[str, Sequence[str] | None],
    default: Sequence[str] | None,
    codes: Mapping[str, WrapUpCode],
) -> OutcomeMapping:
    """The new table; the flags of the organisation's codes stand with the codes."""
    table = dict(old.mapping.outcomes)
    flags = old.mapping.default if default is None else ordered(default)
    if old.campaign_id is None and default is not None:
        await stores.wrap_up_mappings.default_changed(flags)
    for outcome, given in outcomes.items():
        if old.campaign_id is None and outcome in codes:
            new = flags if given is None else ordered(given)
            code = replace(codes[outcome], flags=new, mapped=given is not None)
            await stores.wrap_up_codes.change(code)
        elif given is None:
            table.pop(outcome, None)
        else:
            table[outcome] = ordered(given)
    return OutcomeMapping(outcomes=table, default=flags)


def _wrong(
    outcomes: Mapping[str, Sequence[str] | None],
    default: Sequence[str] | None,
    codes: Mapping[str, WrapUpCode],
) -> list[Objection]:
    found: list[Objection] = []
    if default is not None:
        found += wrong_flags(default, "default", system=False)
    for outcome, flags in outcomes.items():
        path = f"outcomes.{outcome}"
        if outcome not in codes and outcome not in SYSTEM_OUTCOMES:
            message = "There is no such outcome. Load the page again."
            found.append(Objection(field=path, code="OUTCOME_UNKNOWN", message=message))
        elif flags is not None:
            found += wrong_flags(flags, path, system=outcome not in codes)
    return found[:100]


async def _table(stores: Stores, campaign_id: UUID | None) -> MappingTable:
    top = await stores.wrap_up_mappings.get(None)
    organisation = top.mapping if top else NO_MAPPING
    kept = top if campaign_id is None else await stores.wrap_up_mappings.get(campaign_id)
    own = kept.mapping.outcomes if kept and campaign_id is not None else {}
    rows = []
    for code in await stores.wrap_up_codes.all():
        outcome = str(code.wrap_up_code_id)
        inherited = OWN if campaign_id is None else ORGANISATION
        source = OWN if outcome in own else inherited if code.mapped else DEFAULT
        rows.append(
            MappedOutcome(
                outcome=outcome,
                name=code.name,
                name_en=code.name_en,
                active=code.active,
                flags=own.get(outcome, code.flags),
                source=source,
            )
        )
    for outcome in SYSTEM_OUTCOMES:
        flags, source = SYSTEM_DEFAULTS.get(outcome, ()), BUILT_IN
        if outcome in organisation.outcomes:
            flags = organisation.outcomes[outcome]
            source = OWN if campaign_id is None else ORGANISATION
        if outcome in own:
            flags, source = own[outcome], OWN
        rows.append(
            MappedOutcome(
                outcome=outcome, name="", name_en="", active=True, flags=flags, source=source
            )
        )
    return MappingTable(
        campaign_id=campaign_id,
        default=organisation.default,
        outcomes=tuple(rows),
        version=kept.version if kept else 0,
        updated_at=kept.updated_at if kept else None,
    )


def _differences(before: MappingTable, after: MappingTable) -> dict[str, list[str]]:
    old = {row.outcome: (row.flags, row.source) for row in before.outcomes}
    changed = {
        row.name or row.outcome: list(row.flags)
        for row in after.outcomes
        if old.get(row.outcome) != (row.flags, row.source)
    }
    if before.default != after.default:
        changed["default"] = list(after.default)
    return changed
