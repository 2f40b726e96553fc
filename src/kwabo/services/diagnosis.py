"""Why a campaign dials less than expected: its list, its agents and lines, and what to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.domain.campaigns.callback_settings import callback_terms
from kwabo.domain.campaigns.diagnosis import Bucket, waterfall
from kwabo.domain.campaigns.diagnosis_ahead import LOOKED_AT, Ahead, ahead
from kwabo.domain.campaigns.diagnosis_findings import (
    Figures,
    Finding,
    Lines,
    findings,
    lines_wanted,
)
from kwabo.domain.campaigns.lifecycle import Slowed
from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.rules import assess
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.ports.campaigns import Campaign
from kwabo.ports.diagnosis import DiagnosisQuery
from kwabo.ports.live import LiveStore
from kwabo.services.campaigns import found_campaign
from kwabo.services.explanations import candidates_of
from kwabo.services.unit_of_work import Stores, UnitOfWork

# Pacing's word about abandons stands only as long as the campaign runs in such a mode.
_PACED: Final = ("power", "predictive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """A campaign at one instant."""

    campaign: Campaign
    at: datetime
    contacts: int
    buckets: tuple[Bucket, ...]
    findings: tuple[Finding, ...]
    agents: Mapping[str, int]  # status → agents of the queue
    lines: Lines
    pacing_reason: str
    ahead: Ahead


class DiagnosisService:
    """Counts, at the moment they are asked for."""

    def __init__(self, unit_of_work: UnitOfWork, *, live: LiveStore, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._live = live
        self._clock = clock

    async def diagnose(self, asker: Asker, campaign_id: UUID) -> Diagnosis:
        """Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            settings = campaign.settings
            counted = await stores.diagnosis.count(_query(campaign_id, settings, now))
            lines = await stores.diagnosis.lines(campaign_id)
            paced = campaign.state == "running" and settings.mode in _PACED
            reason = await stores.diagnosis.pacing_reason(campaign_id) if paced else ""
            runs = campaign.state == "running"
            alarm = await stores.diagnosis.abandon_alarm(campaign_id) if runs else ""
            fills = runs and campaign.state_reason == Slowed.ORDER_FILLING
            filled = await stores.diagnosis.order_filled(campaign_id) if fills else 0
            next_ones = await _ahead(stores, campaign, now)
        agents = _statuses(await self._live.agents(asker.organisation_id), settings.queue_id)
        buckets = waterfall(counted)
        known_lines = Lines(
            total=lines.total,
            used=lines.used,
            used_here=lines.used_here,
            set_aside=lines.set_aside,
            most=settings.lines_most,
            wanted=_lines_wanted(agents, settings),
        )
        figures = Figures(
            state=str(campaign.state),
            state_reason=campaign.state_reason,
            contacts=counted.contacts,
            buckets=buckets,
            agents=agents,
            agentless=settings.mode == AGENTLESS,
            lines=known_lines,
            pacing_reason=reason,
            abandon_alarm=alarm,
            order_filled=filled,
            ahead=next_ones,
        )
        return Diagnosis(
            campaign=campaign,
            at=now,
            contacts=counted.contacts,
            buckets=buckets,
            findings=findings(figures),
            agents=agents,
            lines=known_lines,
            pacing_reason=reason,
            ahead=next_ones,
        )


async def _ahead(stores: Stores, campaign: Campaign, now: datetime) -> Ahead:
    ids = await stores.diagnosis.next_contacts(campaign.campaign_id, LOOKED_AT)
    candidates, terms = await candidates_of(stores, campaign, ids, now)
    return ahead(assess(candidate, terms, now) for candidate in candidates.values())


def _query(campaign_id: UUID, settings: CampaignSettings, now: datetime) -> DiagnosisQuery:
    """As a claim decides which callbacks are for their owners alone."""
    terms = callback_terms(settings)
    takes_over = terms.takeover == "anyone"
    waits = [terms.owned, terms.latest, *([terms.takeover_after] if takes_over else [])]
    return DiagnosisQuery(
        campaign_id=campaign_id, now=now, bound_until=now - min(waits), takes_over=takes_over
    )


def _lines_wanted(agents: Mapping[str, int], settings: CampaignSettings) -> int:
    if settings.mode == AGENTLESS:
        return settings.lines_most
    return lines_wanted(agents, _calls_per_agent(settings))


def _calls_per_agent(settings: CampaignSettings) -> float:
    return settings.calls_per_agent if settings.mode == "power" else 1.0


def _statuses(agents: Sequence[Mapping[str, object]], queue_id: UUID) -> Mapping[str, int]:
    counted: Counter[str] = Counter()
    for agent in agents:
        queues = agent["queue_ids"]
        if isinstance(queues, list) and str(queue_id) in queues:
            counted[str(agent["status"])] += 1
    return dict(sorted(counted.items()))
