"""Starting, pausing and stopping campaigns.

What a person can mend is looked at here and refused with a reason; the floor, which owns the state,
decides last. Starting answers with warnings about what does not forbid it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.domain.campaigns.lawful import law_objections
from kwabo.domain.campaigns.lifecycle import MACHINE, CampaignState
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict
from kwabo.ports.campaigns import Campaign, CampaignReach
from kwabo.ports.floor_client import FloorClient
from kwabo.services.campaigns import found_campaign
from kwabo.services.objections import details_of
from kwabo.services.unit_of_work import Stores, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something that a person should look at, though the campaign runs."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A campaign after a command, and what to look at."""

    campaign: Campaign
    warnings: tuple[Warned, ...] = ()


class CampaignRunService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, floor: FloorClient, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._floor = floor
        self._clock = clock

    async def start(self, asker: Asker, campaign_id: UUID) -> Run:
        """Raises NotFound, Conflict `CAMPAIGN_STATE`, `LIST_EMPTY`, `NOTHING_TO_CALL`,
        `CALLER_ID_MISSING`, `NO_WRAP_UP_CODES`, `CAMPAIGN_NOT_LAWFUL`,
        `CAMPAIGN_FLOW_UNPUBLISHED`,
        Unavailable `FLOOR_UNAVAILABLE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            _check_state(campaign, "start")
            reach = await stores.campaigns.reach(campaign_id)
            await check_can_start(stores, campaign, reach)
            warnings = await _warnings(stores, campaign, reach)
        return Run(campaign=await self._command(asker, campaign_id, "start"), warnings=warnings)

    async def pause(self, asker: Asker, campaign_id: UUID) -> Run:
        """Nothing new is dialled; calls in progress go on. Raises as `start`."""
        return await self._ask(asker, campaign_id, "pause")

    async def stop(self, asker: Asker, campaign_id: UUID) -> Run:
        """The emergency: unanswered calls are hung up at once. Raises as `start`."""
        return await self._ask(asker, campaign_id, "stop")

    async def _ask(self, asker: Asker, campaign_id: UUID, action: str) -> Run:
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            _check_state(found_campaign(await stores.campaigns.get(campaign_id)), action)
        return Run(campaign=await self._command(asker, campaign_id, action))

    async def _command(self, asker: Asker, campaign_id: UUID, action: str) -> Campaign:
        await self._floor.send(
            asker.organisation_id,
            asker.user_id,
            f"campaign.{action}",
            {"campaign_id": str(campaign_id)},
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            await stores.audit.record(
                f"campaign.{_DONE[action]}",
                actor_user_id=asker.user_id,
                subject_kind="campaign",
                subject_id=campaign_id,
                at=self._clock.now(),
                details={"name": campaign.settings.name},
            )
        return campaign


_DONE: Final = {"start": "started", "pause": "paused", "stop": "stopped"}


def _check_state(campaign: Campaign, action: str) -> None:
    if MACHINE.after(CampaignState(campaign.state), action) is None:
        possible = sorted(MACHINE.allowed(CampaignState(campaign.state)) & set(_DONE))
        raise Conflict(
            "CAMPAIGN_STATE",
            f"The campaign is {campaign.state}; what can be done now: "
            f"{', '.join(possible) or 'nothing'}.",
            details={"state": campaign.state, "possible": ", ".join(possible) or "–"},
        )


async def check_can_start(stores: Stores, campaign: Campaign, reach: CampaignReach) -> None:
    settings = campaign.settings
    if not reach.has_contacts:
        raise Conflict(
            "LIST_EMPTY",
            "The contact list is empty. Import contacts, then start the campaign.",
            field="contact_list_id",
        )
    if not reach.has_new_contacts and not reach.has_open_contacts:
        raise Conflict(
            "NOTHING_TO_CALL",
            "Every contact of the list is finished. Add contacts, then start the campaign.",
            field="contact_list_id",
        )
    await _check_flows(stores, campaign)
    trunk = await stores.trunks.get(settings.trunk_id)
    if trunk is None or settings.caller_id not in trunk.caller_ids:
        raise Conflict(
            "CALLER_ID_MISSING",
            "The trunk may no longer show the campaign's caller id. Choose another caller id.",
            field="caller_id",
        )
    codes = [code for code in await stores.wrap_up_codes.all() if code.active]
    chosen = set(settings.wrap_up_code_ids)
    if not any(not chosen or code.wrap_up_code_id in chosen for code in codes):
        raise Conflict(
            "NO_WRAP_UP_CODES",
            "The campaign has no active wrap-up code, so agents could not finish a call. "
            "Activate one.",
            field="wrap_up_code_ids",
        )
    wrong = law_objections(settings, await stores.compliance.law(None))
    if wrong:
        message = " ".join(one.message for one in wrong)
        raise Conflict(
            "CAMPAIGN_NOT_LAWFUL", message, field=wrong[0].field, details=details_of(wrong)
        )


async def _check_flows(stores: Stores, campaign: Campaign) -> None:
    settings = campaign.settings
    wanted = {"abandon_flow_id": settings.abandon_flow_id}
    if settings.mode == AGENTLESS:
        wanted["flow_id"] = settings.flow_id
    for field, flow_id in wanted.items():
        flow = None if flow_id is None else await stores.flows.get(flow_id)
        if flow is not None and flow.published_version is None:
            raise Conflict(
                "CAMPAIGN_FLOW_UNPUBLISHED",
                f"The flow {flow.name} is a draft only. Publish it, then start the campaign.",
                field=field,
                details={"name": flow.name},
            )


async def _warnings(stores: Stores, campaign: Campaign, reach: CampaignReach) -> tuple[Warned, ...]:
    warnings = []
    if reach.active_agents == 0 and campaign.settings.mode != AGENTLESS:
        warnings.append(
            Warned(
                code="NO_AGENTS_IN_QUEUE",
                message="The campaign's queue has no agents: nothing is dialled until it has.",
            )
        )
    if not await stores.dnc_lists.against_calls(campaign.campaign_id):
        warnings.append(
            Warned(
                code="NO_DNC_LIST",
                message="The campaign keeps to no DNC list: people who opted out may be called.",
            )
        )
    return tuple(warnings)
