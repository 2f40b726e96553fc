"""Campaigns: made, changed, copied, deleted. Whether they run is for `campaign_runs`.

Settings are checked as a whole against what they name, and the answer names every wrong field. A
campaign that runs keeps its mode, queue and trunk; one that has begun keeps its list. The floor is
told of a change in the transaction that makes it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.flow_notes import FlowNote
from kwabo.domain.campaigns.lawful import law_objections
from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.campaigns.settings import (
    CampaignSettings,
    Surroundings,
    copy_name,
    forbidden_changes,
    objections,
    with_default_recalls,
)
from kwabo.domain.contacts.filters.fields import columns_of_kinds
from kwabo.domain.contacts.filters.sorting import as_document, read_sort
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.campaigns import Campaign
from kwabo.services.callable_hours import reconsider
from kwabo.services.campaign_copies import copy_belongings
from kwabo.services.flow_notes import flow_note_objections
from kwabo.services.objections import refuse
from kwabo.services.pages import Page, id_behind, page_token
from kwabo.services.script_uses import script_objections
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

_SETTINGS: Final = tuple(field.name for field in fields(CampaignSettings))
_HOURS: Final = frozenset(name for name in _SETTINGS if name.startswith("callable_"))


class CampaignService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def find(
        self, asker: Asker, *, state: str | None, limit: int, token: str | None
    ) -> Page[Campaign]:
        """A page of campaigns, the newest first."""
        before = id_behind(token)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaigns = await stores.campaigns.find(
                state=state,
                before_campaign_id=before,
                limit=limit + 1,
            )
            total = await stores.campaigns.count(state=state)
        more = len(campaigns) > limit
        campaigns = campaigns[:limit]
        return Page(
            items=campaigns,
            next_page_token=page_token(str(campaigns[-1].campaign_id)) if more else None,
            total=total,
        )

    async def get(self, asker: Asker, campaign_id: UUID) -> Campaign:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return found_campaign(await stores.campaigns.get(campaign_id))

    async def add(self, asker: Asker, values: Mapping[str, Any]) -> Campaign:
        """`values`: fields of CampaignSettings; those left out have their defaults.

        Raises Invalid with `details.fields`, Conflict `NAME_TAKEN`.
        """
        settings = CampaignSettings(**_with_recalls(values))
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            settings = await checked_settings(stores, settings)
            return await self._insert(stores, asker, settings, "campaign.created", {})

    async def copy(self, asker: Asker, campaign_id: UUID, name: str | None) -> Campaign:
        """A campaign with the same settings and what belongs to it, not begun.

        See `services.campaign_copies`. Without a name it gets a free one.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            original = found_campaign(await stores.campaigns.get(campaign_id))
            if name is None:
                taken = await stores.campaigns.names_like(original.settings.name[:150])
                name = copy_name(original.settings.name, taken)
            settings = await checked_settings(stores, replace(original.settings, name=name))
            made = await self._insert(
                stores, asker, settings, "campaign.copied", {"from": str(campaign_id)}
            )
            await copy_belongings(
                stores, self._ids, campaign_id, made.campaign_id, asker.user_id, self._clock.now()
            )
            return made

    async def change(
        self, asker: Asker, campaign_id: UUID, version: int, values: Mapping[str, Any]
    ) -> Campaign:
        """`values`: the settings that change; recall delays are changed one by one.

        Raises what `add` does, NotFound, Conflict `STALE_VERSION`.
        """
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_campaign(await stores.campaigns.get_for_change(campaign_id))
            check_version(version, old.version)
            if "recall_seconds" in values:
                delays = {**old.settings.recall_seconds, **values["recall_seconds"]}
                values = {**values, "recall_seconds": delays}
            settings = await checked_settings(stores, replace(old.settings, **values), campaign_id)
            begun = await stores.campaigns.ever_ran(campaign_id)
            refuse(forbidden_changes(old.settings, settings, state=old.state, begun=begun))
            changed = [
                name for name in _SETTINGS if getattr(old.settings, name) != getattr(settings, name)
            ]
            if changed:
                await stores.campaigns.change(replace(old, settings=settings, updated_at=now))
                await choice_changed(stores, campaign_id, changed)
                if set(changed) & _HOURS:
                    await reconsider(stores, asker, [campaign_id], ids=self._ids, clock=self._clock)
                else:
                    await self._tell(stores, asker, campaign_id)
                await self._audit(
                    stores, asker, "campaign.changed", campaign_id, {"fields": changed}
                )
            return found_campaign(await stores.campaigns.get(campaign_id))

    async def delete(self, asker: Asker, campaign_id: UUID) -> None:
        """Only one that has never run. Raises NotFound, Conflict `CAMPAIGN_STATE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get_for_change(campaign_id))
            begun = await stores.campaigns.ever_ran(campaign_id)
            if begun or campaign.state != CampaignState.READY:
                raise Conflict(
                    "CAMPAIGN_HAS_HISTORY",
                    "This campaign has run; its attempts are kept as proof, so it cannot be "
                    "deleted. Leave it paused or complete.",
                    details={"state": campaign.state},
                )
            await stores.campaigns.delete(campaign_id)
            details = {"name": campaign.settings.name}
            await self._audit(stores, asker, "campaign.deleted", campaign_id, details)

    async def _insert(
        self,
        stores: Stores,
        asker: Asker,
        settings: CampaignSettings,
        action: str,
        details: Mapping[str, object],
    ) -> Campaign:
        now = self._clock.now()
        campaign = Campaign(
            campaign_id=self._ids.new(),
            settings=settings,
            state=CampaignState.READY,
            state_reason="",
            state_changed_at=now,
            version=1,
            created_at=now,
            updated_at=now,
        )
        await stores.campaigns.add(campaign)
        if settings.contact_list_filter_ids or settings.sort:
            await stores.campaigns.choose_anew(campaign.campaign_id, reorder=False)
        await self._tell(stores, asker, campaign.campaign_id)
        await self._audit(
            stores, asker, action, campaign.campaign_id, {**details, "name": settings.name}
        )
        return campaign

    async def _tell(self, stores: Stores, asker: Asker, campaign_id: UUID) -> None:
        await stores.floor_commands.add(
            self._ids.new(),
            "campaign.changed",
            {"campaign_id": str(campaign_id)},
            user_id=asker.user_id,
            at=self._clock.now(),
        )

    async def _audit(
        self,
        stores: Stores,
        asker: Asker,
        action: str,
        campaign_id: UUID,
        details: Mapping[str, object],
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="campaign",
            subject_id=campaign_id,
            at=self._clock.now(),
            details=details,
        )


def found_campaign(campaign: Campaign | None) -> Campaign:
    """Raises NotFound for None."""
    if campaign is None:
        raise NotFound("NOT_FOUND", "There is no such campaign.")
    return campaign


def _with_recalls(values: Mapping[str, Any]) -> dict[str, Any]:
    given = values.get("recall_seconds") or {}
    return {**values, "recall_seconds": with_default_recalls(given)}


async def checked_settings(
    stores: Stores, settings: CampaignSettings, campaign_id: UUID | None = None
) -> CampaignSettings:
    """The settings with the caller id in E.164 and the days in order. Raises Invalid."""
    organisation = await stores.organisations.get()
    caller_id = read_number(settings.caller_id, organisation.region if organisation else "BJ")
    settings = replace(
        settings,
        name=" ".join(settings.name.split()),
        caller_id=caller_id if isinstance(caller_id, str) else settings.caller_id,
        callable_weekdays=tuple(sorted(settings.callable_weekdays)),
        dnc_list_ids=tuple(dict.fromkeys(settings.dnc_list_ids)),
        wrap_up_code_ids=tuple(dict.fromkeys(settings.wrap_up_code_ids)),
        preview_values=tuple(dict.fromkeys(value.strip() for value in settings.preview_values)),
        contact_list_filter_ids=tuple(dict.fromkeys(settings.contact_list_filter_ids)),
        attempt_limit_ids=tuple(dict.fromkeys(settings.attempt_limit_ids)),
        flow_notes=tuple(FlowNote.of_document(one).as_document() for one in settings.flow_notes),
    )
    filters = await stores.contact_list_filters.of_list(settings.contact_list_id)
    trunk = await stores.trunks.get(settings.trunk_id)
    codes = {code.wrap_up_code_id for code in await stores.wrap_up_codes.all()}
    limits = {
        limit.attempt_limit_id
        for limit in await stores.attempt_limits.all()
        if limit.scope == "campaign"
    }
    dnc_lists = await stores.dnc_lists.existing(settings.dnc_list_ids)
    deputy_id = settings.callback_deputy_user_id
    deputy = None if deputy_id is None else await stores.users.get(deputy_id)
    time_set_exists = (
        settings.callable_time_set_id is None
        or await stores.callable_time_sets.get(settings.callable_time_set_id) is not None
    )
    response_set_exists = (
        settings.response_set_id is None
        or await stores.response_sets.get(settings.response_set_id) is not None
    )
    flow_ids = {one for one in (settings.flow_id, settings.abandon_flow_id) if one is not None}
    unknown_flows = {one for one in flow_ids if await stores.flows.get(one) is None}
    refuse(
        objections(
            settings,
            Surroundings(
                list_columns=await stores.campaigns.contact_list_columns(settings.contact_list_id),
                queue_exists=await stores.queues.get(settings.queue_id) is not None,
                trunk_caller_ids=None if trunk is None else trunk.caller_ids,
                trunk_lines=0 if trunk is None else trunk.lines,
                lines_reserved_elsewhere=await stores.campaigns.lines_reserved(
                    settings.trunk_id, but_for=campaign_id
                ),
                unknown_dnc_lists=frozenset(settings.dnc_list_ids) - dnc_lists,
                unknown_wrap_up_codes=frozenset(settings.wrap_up_code_ids) - codes,
                deputy_exists=deputy_id is None or (deputy is not None and deputy.active),
                unknown_filters=frozenset(settings.contact_list_filter_ids)
                - {one.contact_list_filter_id for one in filters},
                callable_time_set_exists=time_set_exists,
                response_set_exists=response_set_exists,
                unknown_attempt_limits=frozenset(settings.attempt_limit_ids) - limits,
                unknown_flows=frozenset(unknown_flows),
                script_objections=await script_objections(stores, settings),
                flow_note_objections=await flow_note_objections(stores, settings, campaign_id),
            ),
        )
        + law_objections(settings, await stores.compliance.law(None))
    )
    columns = await stores.campaigns.contact_list_columns(settings.contact_list_id) or {}
    keys = read_sort(settings.sort, columns_of_kinds(columns))
    return replace(settings, sort=tuple(as_document(keys)))


async def choice_changed(stores: Stores, campaign_id: UUID, changed: Collection[str]) -> None:
    """After a change of settings: go through the list again when whom to call has changed."""
    reorder = bool({"sort", "sort_mode", "contact_list_id"}.intersection(changed))
    if reorder or "contact_list_filter_ids" in changed:
        await stores.campaigns.choose_anew(campaign_id, reorder=reorder)
