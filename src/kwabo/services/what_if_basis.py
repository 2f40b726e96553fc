"""What a simulation rests on, read part by part: what is set, past calls, contacts, a recorded day.

Each part is ready for JSON and comes from a transaction of its own, so that neither the database
nor the engine's thread is held for long. The parts, by their key:

- `premises`, first: the what-if, the campaign, its surroundings, and the present instant;
- `calls`: past calls, the newest first (see `PastCall`);
- `contacts`: whom the campaign would call, in that order (see `WaitingContact`);
- `earlier`, `pasts`, `consents`: what was before for these, as far as rules ask (see `Before`);
- `day`, `statuses`, `steps`: calls and floor events of the recorded day, in their order.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.what_ifs.history import (
    LEARN_DAYS,
    MOST_CALLS,
    MOST_CONTACTS,
    MOST_RECORDED_CALLS,
)
from kwabo.domain.what_ifs.hours import with_simple_hours
from kwabo.domain.what_ifs.rows import as_row, microseconds
from kwabo.domain.what_ifs.rules import (
    FRAUD_GUARD,
    ORDER,
    RULE_SETS,
    KeptRules,
    consent_of,
    pasts_of,
    waiting_contact,
)
from kwabo.domain.what_ifs.settings import WhatIfSettings
from kwabo.ports.campaigns import Campaign
from kwabo.ports.what_ifs import CampaignFacts, Place, SimulationRefused, WhatIf
from kwabo.services.callable_hours import callable_time_set_of
from kwabo.services.explanations import candidates_of
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.what_ifs import day_bounds

_PAGE: Final = 500  # rows
_EVENTS_PAGE: Final = 1000
_CONTACTS_PAGE: Final = 200  # each is read as the rules see it
RULES: Final = TypeAdapter(KeptRules)

Part = Mapping[str, Any]


class Basis:
    """Reads the parts of one what-if."""

    def __init__(self, unit_of_work: UnitOfWork, record: WhatIf, now: datetime) -> None:
        self._unit_of_work = unit_of_work
        self._record = record
        self._asked = WhatIfSettings.of_json(record.settings)
        self._campaign_id = record.campaign_id
        self._now = now

    async def parts(self) -> AsyncIterator[Part]:
        """All parts. Raises SimulationRefused when the campaign is gone."""
        async with self._unit_of_work.begin(self._record.organisation_id) as stores:
            campaign = await stores.campaigns.get(self._campaign_id)
            facts = await stores.campaign_history.facts(self._campaign_id)
            if campaign is None or facts is None:
                raise SimulationRefused("NOT_FOUND", "The campaign was deleted.")
            rules = await _kept_rules(stores, campaign, facts, self._now)
            settings = with_simple_hours(
                campaign.settings, rules.callable_time_set, facts.time_zone
            )
        yield {
            "premises": {
                "what_if_id": str(self._record.what_if_id),
                "settings": dict(self._record.settings),
                "campaign": campaign_as_json(settings),
                "campaign_id": self._campaign_id.hex,
                "rules": RULES.dump_python(rules, mode="json"),
                "time_zone": facts.time_zone,
                "contacts_in_list": facts.contacts,
                "agents": facts.agents,
                "lines": facts.lines,
                "calls_per_second": facts.calls_per_second,
                "now": microseconds(self._now),
            }
        }
        if self._asked.kind == "replay":
            begin, end = day_bounds(self._asked, facts.time_zone)
            async for part in self._day(begin, end):
                yield part
        async for part in self._calls():
            yield part
        async for part in self._contacts():
            yield part

    async def _calls(self) -> AsyncIterator[Part]:
        since = self._now - timedelta(days=LEARN_DAYS)
        before: UUID | None = None
        read = 0
        while read < MOST_CALLS:
            async with self._unit_of_work.begin(self._record.organisation_id) as stores:
                page = await stores.campaign_history.calls(
                    self._campaign_id, since=since, before=before, limit=_PAGE
                )
            if page:
                yield {"calls": _rows(page)}
                before = page[-1].attempt_id
            read += len(page)
            if len(page) < _PAGE:
                return

    async def _contacts(self) -> AsyncIterator[Part]:
        """Those whose course is open, then those never looked at, both in their order."""
        left = MOST_CONTACTS
        after: tuple[datetime, UUID] | None = None
        while left > 0:
            async with self._unit_of_work.begin(self._record.organisation_id) as stores:
                page = await stores.campaign_history.open_contacts(
                    self._campaign_id, after=after, limit=_CONTACTS_PAGE
                )
                part, found = await self._of_contacts(stores, [one for _, one in page], left)
            yield part
            left -= found
            if len(page) < _CONTACTS_PAGE:
                break
            after = page[-1]
        place: Place | None = None
        while left > 0:
            async with self._unit_of_work.begin(self._record.organisation_id) as stores:
                ids, place = await stores.campaign_history.fresh_contacts(
                    self._campaign_id, after=place, limit=_CONTACTS_PAGE
                )
                part, found = await self._of_contacts(stores, ids, left)
            yield part
            left -= found
            if place is None:
                break

    async def _of_contacts(
        self, stores: Stores, contact_ids: Sequence[UUID], most: int
    ) -> tuple[Part, int]:
        """The contacts that may be called, at most so many, and what was before for them."""
        campaign = await stores.campaigns.get(self._campaign_id)
        if campaign is None or not contact_ids:
            return {"contacts": []}, 0
        candidates, terms = await candidates_of(stores, campaign, contact_ids, self._now)
        known = [candidates[one] for one in contact_ids if one in candidates]
        waiting = [(one, waiting_contact(one, terms, self._now)) for one in known]
        waiting = [(one, contact) for one, contact in waiting if contact.numbers][:most]
        part = {"contacts": _rows([contact for _, contact in waiting])}
        if terms.attempt_limits:
            part["earlier"] = _rows([call for one, _ in waiting for call in one.calls])
        purpose = terms.law.consent_purpose
        if purpose is not None:
            lines = (
                consent_of(one, number, purpose, self._now)
                for one, contact in waiting
                for number in contact.numbers
            )
            part["consents"] = _rows([line for line in lines if line is not None])
        part["pasts"] = _rows([past for one, _ in waiting for past in pasts_of(one)])
        return part, len(waiting)

    async def _day(self, begin: datetime, end: datetime) -> AsyncIterator[Part]:
        after: UUID | None = None
        read = 0
        while True:
            async with self._unit_of_work.begin(self._record.organisation_id) as stores:
                page = await stores.campaign_history.calls_of_day(
                    self._campaign_id, begin, end, after=after, limit=_PAGE
                )
            yield {"day": _rows(page)}
            read += len(page)
            if read > MOST_RECORDED_CALLS:
                raise SimulationRefused(
                    "WHAT_IF_DAY_TOO_LONG",
                    f"The day has more than {MOST_RECORDED_CALLS} calls; that is too many to play "
                    "again. Choose another day.",
                )
            if len(page) < _PAGE:
                break
            after = page[-1].attempt_id
        async for part in self._events(begin, end + timedelta(hours=6)):
            yield part

    async def _events(self, begin: datetime, until: datetime) -> AsyncIterator[Part]:
        async with self._unit_of_work.begin(self._record.organisation_id) as stores:
            place = await stores.campaign_history.first_position(begin)
            if place is not None:
                yield {
                    "statuses": _rows(
                        await stores.campaign_history.statuses_before(self._campaign_id, place)
                    )
                }
        while place is not None:
            async with self._unit_of_work.begin(self._record.organisation_id) as stores:
                statuses, steps, place = await stores.campaign_history.events(
                    self._campaign_id, position=place, until=until, limit=_EVENTS_PAGE
                )
            yield {"statuses": _rows(statuses), "steps": _rows(steps)}


async def _kept_rules(
    stores: Stores, campaign: Campaign, facts: CampaignFacts, now: datetime
) -> KeptRules:
    settings = campaign.settings
    contact_list = await stores.contact_lists.get(settings.contact_list_id)
    law = await stores.compliance.law(now)
    left_out = []
    if await stores.rule_sets.of_campaign(campaign.campaign_id):
        left_out.append(RULE_SETS)
    if law.guard is not None and law.guard.counts:
        left_out.append(FRAUD_GUARD)
    if facts.sorted and not facts.order_filled:
        left_out.append(ORDER)
    return KeptRules(
        callable_time_set=await callable_time_set_of(stores, settings),
        attempt_limits=tuple(await stores.attempt_limits.of_campaign(campaign.campaign_id)),
        preset_id=law.preset_id,
        zone_source="list" if contact_list is None else contact_list.zone_source,
        left_out=tuple(left_out),
    )


def _rows(values: Sequence[Any]) -> list[list[Any]]:
    return [as_row(value) for value in values]


def campaign_as_json(settings: CampaignSettings) -> dict[str, Any]:
    """The settings that a simulation needs, ready for JSON."""
    made: dict[str, Any] = {}
    for field in fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, UUID):
            value = value.hex
        elif isinstance(value, time):
            value = value.isoformat()
        elif isinstance(value, Mapping):
            value = dict(value)
        elif isinstance(value, tuple):
            value = [one.hex if isinstance(one, UUID) else one for one in value]
        if field.name not in _NOT_SIMULATED:
            made[field.name] = value
    return made


_NOT_SIMULATED: Final = frozenset(
    {
        "name",
        "caller_name",
        "script",
        "script_id",
        "wrap_up_code_ids",
        "contact_list_filter_ids",
        "sort",
        "callable_time_set_id",
    }
)
