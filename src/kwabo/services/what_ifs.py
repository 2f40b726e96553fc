"""What-ifs of campaigns: asked for, followed, cancelled, deleted.

A what-if is only noted here; an engine process computes it. What cannot be simulated is refused at
once, with the field and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.zones import zone
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.what_ifs.hours import with_simple_hours
from kwabo.domain.what_ifs.settings import WhatIfSettings, what_if_objections
from kwabo.domain.what_ifs.states import UNDER_WAY, WHAT_IF_STATES
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.campaigns import Campaign
from kwabo.ports.what_ifs import CampaignFacts, WhatIf
from kwabo.services.callable_hours import callable_time_set_of
from kwabo.services.campaigns import found_campaign
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork

KEPT: Final = 50  # what-ifs of a campaign
MOST_UNDER_WAY: Final = 5  # of an organisation


class WhatIfService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def add(self, asker: Asker, campaign_id: UUID, asked: WhatIfSettings) -> WhatIf:
        """Have a day computed.

        Raises NotFound, Invalid with `details.fields`, `WHAT_IF_NO_AGENTS`, `WHAT_IF_DAY_EMPTY`,
        `WHAT_IF_DAY_NOT_OVER`, Conflict `LIST_EMPTY`, `NOTHING_TO_CALL`, `WHAT_IFS_UNDER_WAY`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            facts = await stores.campaign_history.facts(campaign_id)
            if facts is None:
                raise NotFound("NOT_FOUND", "There is no such campaign.")
            time_set = await callable_time_set_of(stores, campaign.settings)
            settings = with_simple_hours(campaign.settings, time_set, facts.time_zone)
            refuse(what_if_objections(settings, asked))
            if asked.kind == "tomorrow":
                await _check_tomorrow(stores, campaign, asked, facts)
                asked = _complete(asked, settings, facts)
            else:
                await _check_day(stores, campaign_id, asked, facts)
            if await stores.what_ifs.under_way() >= MOST_UNDER_WAY:
                raise Conflict(
                    "WHAT_IFS_UNDER_WAY",
                    f"{MOST_UNDER_WAY} simulations are waiting or running already. Wait for one to "
                    "end, or cancel one.",
                    details={"most": MOST_UNDER_WAY},
                )
            record = WhatIf(
                what_if_id=self._ids.new(),
                organisation_id=asker.organisation_id,
                campaign_id=campaign_id,
                user_id=asker.user_id,
                kind=asked.kind,
                settings=asked.as_json(),
                state=WHAT_IF_STATES.initial,
                progress=0.0,
                tries=0,
                result=None,
                error_code=None,
                error=None,
                created_at=self._clock.now(),
                started_at=None,
                ended_at=None,
            )
            await stores.what_ifs.add(record)
            await stores.what_ifs.keep_newest(campaign_id, KEPT)
        return record

    async def of_campaign(self, asker: Asker, campaign_id: UUID) -> Sequence[WhatIf]:
        """The campaign's what-ifs, the newest first. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_campaign(await stores.campaigns.get(campaign_id))
            return await stores.what_ifs.of_campaign(campaign_id)

    async def get(self, asker: Asker, what_if_id: UUID) -> WhatIf:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.what_ifs.get(what_if_id))

    async def cancel(self, asker: Asker, what_if_id: UUID) -> WhatIf:
        """Compute no further. Raises NotFound, Conflict `WHAT_IF_STATE`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            record = _found(await stores.what_ifs.get_for_change(what_if_id))
            state = WHAT_IF_STATES.after(record.state, "cancel")
            if state is None:
                raise Conflict(
                    "WHAT_IF_STATE",
                    f"This simulation is {record.state} and can no longer be cancelled.",
                    details={"state": record.state},
                )
            await stores.what_ifs.cancel(what_if_id, now)
        return replace(record, state=state, ended_at=now)

    async def delete(self, asker: Asker, what_if_id: UUID) -> None:
        """Forget it; one under way is ended. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            record = _found(await stores.what_ifs.get_for_change(what_if_id))
            if record.state in UNDER_WAY:
                await stores.what_ifs.cancel(what_if_id, self._clock.now())
            await stores.what_ifs.delete(what_if_id)


def _found(record: WhatIf | None) -> WhatIf:
    if record is None:
        raise NotFound("NOT_FOUND", "There is no such simulation.")
    return record


def _complete(
    asked: WhatIfSettings, campaign: CampaignSettings, facts: CampaignFacts
) -> WhatIfSettings:
    """What was left out is as it is now, so that the answer can be read years later."""
    return replace(
        asked,
        agents=asked.agents or facts.agents,
        begins=asked.begins or campaign.callable_from,
        ends=asked.ends or campaign.callable_until,
        mode=asked.mode or campaign.mode,
        calls_per_agent=asked.calls_per_agent or campaign.calls_per_agent,
        calls_per_agent_ceiling=asked.calls_per_agent_ceiling or campaign.calls_per_agent_ceiling,
        abandon_target=asked.abandon_target or campaign.abandon_target,
        lines=asked.lines or (campaign.lines_most if campaign.mode == AGENTLESS else None),
    )


async def _check_tomorrow(
    stores: Stores, campaign: Campaign, asked: WhatIfSettings, facts: CampaignFacts
) -> None:
    needs_agents = campaign.settings.mode != AGENTLESS
    if needs_agents and asked.agents is None and facts.agents == 0:
        raise Invalid(
            "WHAT_IF_NO_AGENTS",
            "The campaign's queue has no agents. Say how many there are to be.",
            field="agents",
        )
    reach = await stores.campaigns.reach(campaign.campaign_id)
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


async def _check_day(
    stores: Stores, campaign_id: UUID, asked: WhatIfSettings, facts: CampaignFacts
) -> None:
    begin, end = day_bounds(asked, facts.time_zone)
    history = stores.campaign_history
    if not await history.calls_of_day(campaign_id, begin, end, after=None, limit=1):
        raise Invalid(
            "WHAT_IF_DAY_EMPTY",
            "The campaign called nobody on this day. Choose another one.",
            field="day",
        )
    if await history.open_on(campaign_id, begin, end):
        raise Invalid(
            "WHAT_IF_DAY_NOT_OVER",
            "Calls of this day are still in progress. Wait until they have ended.",
            field="day",
        )


def day_bounds(asked: WhatIfSettings, time_zone: str) -> tuple[datetime, datetime]:
    """The begin and the end of the day that is played again, which the settings name."""
    assert asked.day is not None
    where = zone(time_zone) or UTC
    begin = datetime.combine(asked.day, time(0), tzinfo=where)
    end = datetime.combine(asked.day + timedelta(days=1), time(0), tzinfo=where)
    return begin.astimezone(UTC), end.astimezone(UTC)
