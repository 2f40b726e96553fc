"""A campaign's contacts with their course, and why each of them is or is not called now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kwabo.domain.campaigns.explanation import Explanation, explain, terms_of, with_rules
from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.campaigns.rule_sets.document import Kind
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.ports.campaigns import Campaign
from kwabo.ports.courses import ContactCourse, CourseQuery
from kwabo.services.callable_hours import callable_time_set_of
from kwabo.services.campaigns import found_campaign
from kwabo.services.contact_lists import found_list
from kwabo.services.contact_search import ContactFilter, search_of
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.rule_explanations import explain_rules
from kwabo.services.rule_sets import as_rule_set
from kwabo.services.rulings import of_kind
from kwabo.services.unit_of_work import Stores, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedContact:
    """A contact of a campaign."""

    course: ContactCourse
    explanation: Explanation


class ExplanationService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def find(
        self,
        asker: Asker,
        campaign_id: UUID,
        *,
        search: str | None,
        state: str | None,
        limit: int,
        token: str | None,
        language: str,
    ) -> Page[ExplainedContact]:
        """A page of the campaign's contacts in the list's order. Raises NotFound."""
        place = position_of(token, int, int)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            contact_list = found_list(
                await stores.contact_lists.get(campaign.settings.contact_list_id)
            )
            courses = await stores.courses.find(
                CourseQuery(
                    campaign_id=campaign_id,
                    search=search_of(contact_list, ContactFilter(search=search)),
                    state=state,
                    after=None if place is None else (place[0], place[1]),
                    limit=limit + 1,
                )
            )
            more, courses = len(courses) > limit, courses[:limit]
            ids = [course.contact.contact_id for course in courses]
            explanations = await self._explain(stores, campaign, ids, language)
        return Page(
            items=[
                ExplainedContact(course=course, explanation=explanations[course.contact.contact_id])
                for course in courses
                if course.contact.contact_id in explanations
            ],
            next_page_token=page_token(*courses[-1].place) if more else None,
            total=None,
        )

    async def explain(
        self, asker: Asker, campaign_id: UUID, contact_id: UUID, language: str
    ) -> Explanation:
        """Raises NotFound, also for a contact of another list."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            contact = await stores.contacts.get(contact_id)
            if contact is None or contact.contact_list_id != campaign.settings.contact_list_id:
                raise NotFound("NOT_FOUND", "There is no such contact in this campaign.")
            explanations = await self._explain(stores, campaign, [contact_id], language)
        return explanations[contact_id]

    async def _explain(
        self, stores: Stores, campaign: Campaign, contact_ids: list[UUID], language: str
    ) -> dict[UUID, Explanation]:
        now = self._clock.now()
        candidates, terms = await candidates_of(stores, campaign, contact_ids, now)
        running = campaign.state == CampaignState.RUNNING
        explained = {
            contact_id: explain(candidate, terms, running=running, now=now, language=language)
            for contact_id, candidate in candidates.items()
        }
        rule_sets = of_kind(
            [as_rule_set(one) for one in await stores.rule_sets.of_campaign(campaign.campaign_id)],
            Kind.PRE_CALL,
        )
        if not rule_sets:
            return explained
        facts = await stores.rule_sets.facts(campaign.campaign_id, contact_ids, rule_sets)
        return {
            contact_id: with_rules(
                explanation,
                explain_rules(
                    rule_sets, facts[contact_id], candidates[contact_id], terms, now, language
                ),
            )
            if contact_id in facts
            else explanation
            for contact_id, explanation in explained.items()
        }


async def candidates_of(
    stores: Stores, campaign: Campaign, contact_ids: Sequence[UUID], now: datetime
) -> tuple[Mapping[UUID, Candidate], CampaignTerms]:
    """These contacts and the campaign, as the rules before an attempt see them."""
    settings = campaign.settings
    choice = await stores.candidates.choice(campaign.campaign_id)
    contact_list = found_list(await stores.contact_lists.get(settings.contact_list_id))
    time_set = await callable_time_set_of(stores, settings)
    terms = terms_of(
        settings,
        campaign.campaign_id,
        await stores.compliance.law(now),
        time_set,
        choice=choice,
        list_time_zone=contact_list.time_zone,
        limits=await stores.attempt_limits.of_campaign(campaign.campaign_id),
    )
    candidates = await stores.candidates.find(
        campaign.campaign_id, contact_ids, choice, law=terms.law, now=now
    )
    return candidates, terms
