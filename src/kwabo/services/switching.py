"""Campaigns that are started and paused by schedules, sequences and campaign rules.

The command lies in the transaction of whoever decides: it is given exactly when the decision is
kept. It says how long it is good for; a floor that hears of it later does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.reporting.live_views import instant
from kwabo.kernel.errors import Conflict
from kwabo.kernel.ids import IdFactory
from kwabo.services.campaign_runs import check_can_start
from kwabo.services.unit_of_work import Stores

CAMPAIGN_GONE = "CAMPAIGN_GONE"
STOPPED_BY_PERSON = "STOPPED_BY_PERSON"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What became of it."""

    code: str = ""  # '': as wanted; else why not
    command_id: UUID | None = None  # None: nothing had to be done


class Switching:
    """Turns campaigns on and off. `by` names who decided, for the audit log."""

    def __init__(self, ids: IdFactory) -> None:
        self._ids = ids

    async def turn_on(
        self, stores: Stores, campaign_id: UUID, *, by: str, now: datetime, valid_until: datetime
    ) -> Turned:
        """Start the campaign, unless a person has stopped it in an emergency."""
        campaign = await stores.campaigns.get(campaign_id)
        if campaign is None:
            return Turned(code=CAMPAIGN_GONE)
        if campaign.state == CampaignState.RUNNING:
            return Turned()
        if campaign.state == CampaignState.STOPPED:
            return Turned(code=STOPPED_BY_PERSON)
        reach = await stores.campaigns.reach(campaign_id)
        try:
            await check_can_start(stores, campaign, reach)
        except Conflict as refusal:
            return Turned(code=refusal.code)
        command_id = await self._command(stores, "campaign.start", campaign_id, now, valid_until)
        await self._audit(stores, "campaign.started", campaign_id, campaign.settings.name, by, now)
        return Turned(command_id=command_id)

    async def turn_off(
        self,
        stores: Stores,
        campaign_id: UUID,
        *,
        by: str,
        now: datetime,
        valid_until: datetime,
        starting: bool = False,
    ) -> Turned:
        """Pause the campaign if it runs. `starting`: a command that starts it may be under way."""
        campaign = await stores.campaigns.get(campaign_id)
        if campaign is None:
            return Turned(code=CAMPAIGN_GONE)
        if campaign.state != CampaignState.RUNNING and not starting:
            return Turned()
        command_id = await self._command(stores, "campaign.pause", campaign_id, now, valid_until)
        await self._audit(stores, "campaign.paused", campaign_id, campaign.settings.name, by, now)
        return Turned(command_id=command_id)

    async def _command(
        self, stores: Stores, kind: str, campaign_id: UUID, now: datetime, valid_until: datetime
    ) -> UUID:
        command_id = self._ids.new()
        await stores.floor_commands.add(
            command_id,
            kind,
            {"campaign_id": str(campaign_id), "valid_until": instant(valid_until)},
            user_id=None,
            at=now,
        )
        return command_id

    async def _audit(
        self, stores: Stores, action: str, campaign_id: UUID, name: str, by: str, now: datetime
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=None,
            subject_kind="campaign",
            subject_id=campaign_id,
            at=now,
            details={"name": name, "by": by},
        )
