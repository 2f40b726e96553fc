"""Campaign rules: what is done with campaigns and sequences when their figures say so."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.campaign_rules import CampaignRule

router = APIRouter(tags=["campaign rules"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
Parts = Annotated[tuple[dict[str, Any], ...], Field(max_length=100)]


class CampaignRuleAnswer(Answer):
    """A campaign rule; its parts are described in docs/developers/rule-sets.md."""

    campaign_rule_id: UUID
    name: str
    active: bool
    match: str
    frequency: str
    time_zone: str
    conditions: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    held: bool
    fired_on: date | None
    version: int

    @classmethod
    def of(cls, rule: CampaignRule) -> CampaignRuleAnswer:
        """The answer for a rule."""
        kept = {n: getattr(rule, n) for n in cls.model_fields if hasattr(rule, n)}
        return cls.model_validate(kept | dict(rule.document))


class CampaignRuleBody(RequestBody):
    """A campaign rule; `version` is that of the one it replaces."""

    name: str
    active: bool = True
    match: Literal["all", "any"] = "all"
    frequency: Literal["on_each_trigger", "once_per_day"] = "on_each_trigger"
    time_zone: Annotated[str, Field(max_length=100)]
    conditions: Parts
    actions: Parts
    version: int = 0

    def document(self) -> dict[str, Any]:
        """What is kept as JSON."""
        kept = self.model_dump(exclude={"name", "active", "version"})
        return {name: list(v) if isinstance(v, tuple) else v for name, v in kept.items()}


@router.get("/campaign-rules")
async def list_campaign_rules(
    asker: Reader, services: TheServices
) -> ListAnswer[CampaignRuleAnswer]:
    """Every campaign rule, by name."""
    items = [CampaignRuleAnswer.of(one) for one in await services.campaign_rules.all(asker)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/campaign-rules", status_code=201)
async def add_campaign_rule(
    body: CampaignRuleBody, asker: Writer, services: TheServices
) -> CampaignRuleAnswer:
    """Add a campaign rule; one that holds already fires at once."""
    return CampaignRuleAnswer.of(
        await services.campaign_rules.add(asker, body.name, body.active, body.document())
    )


@router.get("/campaign-rules/{campaign_rule_id}")
async def get_campaign_rule(
    campaign_rule_id: UUID, asker: Reader, services: TheServices
) -> CampaignRuleAnswer:
    """One campaign rule."""
    return CampaignRuleAnswer.of(await services.campaign_rules.get(asker, campaign_rule_id))


@router.put("/campaign-rules/{campaign_rule_id}")
async def change_campaign_rule(
    campaign_rule_id: UUID, body: CampaignRuleBody, asker: Writer, services: TheServices
) -> CampaignRuleAnswer:
    """Replace a campaign rule."""
    return CampaignRuleAnswer.of(
        await services.campaign_rules.change(
            asker,
            campaign_rule_id,
            body.version,
            name=body.name,
            active=body.active,
            document=body.document(),
        )
    )


@router.delete("/campaign-rules/{campaign_rule_id}", status_code=204)
async def delete_campaign_rule(
    campaign_rule_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Delete a campaign rule; its firings stay."""
    await services.campaign_rules.delete(asker, campaign_rule_id)
