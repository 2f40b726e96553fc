"""A campaign's contacts, and why each is or is not called now."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.contacts import ContactAnswer, contact_answer
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, UtcTime
from kwabo.domain.campaigns.explanation import Explanation
from kwabo.domain.organisations.asker import Asker
from kwabo.services.explanations import ExplainedContact
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["campaigns"])

Reader = Annotated[Asker, requires("campaigns.read")]
CourseState = Literal["untouched", "open", "in_progress", "finished"]


class CheckAnswer(Answer):
    """One rule's answer."""

    code: str
    verdict: str
    retry_at: UtcTime | None
    message: str


class ZonesAnswer(Answer):
    """Where a number may be, and who says so."""

    number: str
    time_zones: list[str]
    source: str
    country: str | None
    message: str


class LimitUseAnswer(Answer):
    """How much of an attempt limit is used."""

    attempt_limit_id: UUID
    name: str
    per: str
    scope: str
    subject: str
    used: int
    most: int
    free_at: UtcTime | None


class FiredRuleAnswer(Answer):
    """A rule before the call that would fire."""

    rule_set_id: UUID
    rule_set_name: str
    rule: int
    name: str
    number: str
    actions: list[str]


class RulesAnswer(Answer):
    """What the campaign's rules before a call would do now; nothing of it is done."""

    fired: list[FiredRuleAnswer]
    code: str
    message: str
    number: str | None
    again_at: UtcTime | None
    data: dict[str, str]
    preview: bool
    caller_id: str | None
    skills: list[str]


class ExplanationAnswer(Answer):
    """What all rules say together."""

    callable: bool
    code: str
    reason: str | None
    message: str
    next_attempt_at: UtcTime | None
    checks: list[CheckAnswer]
    number: str | None
    owner: str | None
    zones: list[ZonesAnswer]
    limits: list[LimitUseAnswer]
    rules: RulesAnswer | None

    @classmethod
    def of(cls, explanation: Explanation) -> ExplanationAnswer:
        """The answer for an explanation."""
        limits = [
            LimitUseAnswer(
                attempt_limit_id=use.limit.attempt_limit_id,
                name=use.limit.name,
                per=use.limit.per,
                scope=use.limit.scope,
                subject=use.subject,
                used=use.used,
                most=use.limit.most,
                free_at=use.free_at,
            )
            for use in explanation.limits
        ]
        plain = {name: getattr(explanation, name) for name in cls.model_fields if name != "limits"}
        return cls.model_validate({**plain, "limits": limits})


class CampaignContactAnswer(Answer):
    """A contact with its course in the campaign."""

    contact: ContactAnswer
    state: str
    attempts: int
    last_result: str | None
    last_attempt_at: UtcTime | None
    next_attempt_at: UtcTime | None
    explanation: ExplanationAnswer

    @classmethod
    def of(cls, explained: ExplainedContact) -> CampaignContactAnswer:
        """The answer for a contact."""
        course = explained.course
        return cls(
            contact=contact_answer(course.contact),
            state=course.state,
            attempts=course.attempts,
            last_result=course.last_result,
            last_attempt_at=course.last_attempt_at,
            next_attempt_at=course.next_attempt_at,
            explanation=ExplanationAnswer.of(explained.explanation),
        )


@router.get("/campaigns/{campaign_id}/contacts")
async def list_campaign_contacts(
    campaign_id: UUID,
    asker: Reader,
    services: TheServices,
    request: Request,
    search: Annotated[str | None, Query(max_length=200)] = None,
    state: CourseState | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[CampaignContactAnswer]:
    """The campaign's contacts in the list's order, each with its explanation."""
    page = await services.explanations.find(
        asker,
        campaign_id,
        search=search,
        state=state,
        limit=limit,
        token=page_token,
        language=language_of(request),
    )
    items = [CampaignContactAnswer.of(one) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.get("/campaigns/{campaign_id}/contacts/{contact_id}/explanation")
async def explain_contact(
    campaign_id: UUID, contact_id: UUID, asker: Reader, services: TheServices, request: Request
) -> ExplanationAnswer:
    """Why this contact is or is not called now, and when it will be."""
    explanation = await services.explanations.explain(
        asker, campaign_id, contact_id, language_of(request)
    )
    return ExplanationAnswer.of(explanation)
