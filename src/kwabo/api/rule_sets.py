"""Rule sets: what is done before a call and at its wrap-up."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.rule_sets import KeptRuleSet
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["rule sets"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
Rules = Annotated[tuple[dict[str, Any], ...], Field(max_length=200)]
RuleSetIds = Annotated[tuple[UUID, ...], Field(max_length=100)]
Result = Literal[
    "person",
    "machine",
    "busy",
    "no_answer",
    "invalid",
    "congestion",
    "rejected",
    "failed",
    "fax",
    "sit",
    "unknown",
]


class RuleSetAnswer(Answer):
    """A rule set; the rules are described in docs/developers/rule-sets.md."""

    rule_set_id: UUID
    name: str
    kind: str
    rules: list[dict[str, Any]]
    campaigns: list[str]
    version: int
    updated_at: UtcTime

    @classmethod
    def of(cls, rule_set: KeptRuleSet) -> RuleSetAnswer:
        """The answer for a rule set."""
        return cls(
            rule_set_id=rule_set.rule_set_id,
            name=rule_set.name,
            kind=rule_set.kind,
            rules=list(rule_set.document["rules"]),
            campaigns=list(rule_set.campaigns),
            version=rule_set.version,
            updated_at=rule_set.updated_at,
        )


class RuleSetBody(RequestBody):
    """A rule set to be added."""

    name: str
    kind: Literal["pre_call", "wrap_up"]
    rules: Rules


class RuleSetPatch(RequestBody):
    """What to change; a field that is missing stays. The kind stays for ever."""

    version: int
    name: str | None = None
    rules: Rules | None = None


class GivenBody(RequestBody):
    """The rule sets that a campaign asks, in their order."""

    rule_set_ids: RuleSetIds


class TryBody(RequestBody):
    """On what to try the rules; the result and outcome are for rules at the wrap-up."""

    campaign_id: UUID
    contacts: Annotated[int, Field(ge=1, le=500)] = 100
    result: Result = "no_answer"
    wrap_up_code_id: UUID | None = None


class TriedAnswer(Answer):
    """What the rules would do with one contact."""

    contact_id: UUID
    contact_name: str
    number: str | None
    reason: str
    fired: list[str]
    actions: list[str]
    data: dict[str, str]


class RuleFiringAnswer(Answer):
    """A rule that fired."""

    rule_firing_id: int
    at: UtcTime
    kind: str
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None
    rule_set_id: UUID
    rule_set_name: str
    rule: int
    name: str
    number: str
    actions: list[str]


@router.get("/rule-sets")
async def list_rule_sets(asker: Reader, services: TheServices) -> ListAnswer[RuleSetAnswer]:
    """Every rule set, by name."""
    items = [RuleSetAnswer.of(one) for one in await services.rule_sets.all(asker)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/rule-sets", status_code=201)
async def add_rule_set(body: RuleSetBody, asker: Writer, services: TheServices) -> RuleSetAnswer:
    """Add a rule set; no campaign asks it yet."""
    return RuleSetAnswer.of(await services.rule_sets.add(asker, body.name, body.kind, body.rules))


@router.get("/rule-sets/{rule_set_id}")
async def get_rule_set(rule_set_id: UUID, asker: Reader, services: TheServices) -> RuleSetAnswer:
    """One rule set."""
    return RuleSetAnswer.of(await services.rule_sets.get(asker, rule_set_id))


@router.patch("/rule-sets/{rule_set_id}")
async def change_rule_set(
    rule_set_id: UUID, body: RuleSetPatch, asker: Writer, services: TheServices
) -> RuleSetAnswer:
    """Change a rule set; its campaigns ask the new rules from the next contact on."""
    return RuleSetAnswer.of(
        await services.rule_sets.change(
            asker, rule_set_id, body.version, name=body.name, rules=body.rules
        )
    )


@router.delete("/rule-sets/{rule_set_id}", status_code=204)
async def delete_rule_set(rule_set_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a rule set that no campaign asks."""
    await services.rule_sets.delete(asker, rule_set_id)


@router.post("/rule-sets/{rule_set_id}/dry-run")
async def try_rule_set(
    rule_set_id: UUID, body: TryBody, asker: Reader, services: TheServices
) -> ListAnswer[TriedAnswer]:
    """What the rules would do with the first contacts of a campaign's list; nothing is changed."""
    tried = await services.rule_sets.try_out(
        asker,
        rule_set_id,
        body.campaign_id,
        contacts=body.contacts,
        result=body.result,
        wrap_up_code_id=body.wrap_up_code_id,
    )
    items = [TriedAnswer.model_validate(one) for one in tried]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/campaigns/{campaign_id}/rule-sets")
async def campaign_rule_sets(
    campaign_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[RuleSetAnswer]:
    """The rule sets that the campaign asks, in their order."""
    found = await services.rule_sets.of_campaign(asker, campaign_id)
    items = [RuleSetAnswer.of(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.put("/campaigns/{campaign_id}/rule-sets")
async def give_rule_sets(
    campaign_id: UUID, body: GivenBody, asker: Writer, services: TheServices
) -> ListAnswer[RuleSetAnswer]:
    """Have the campaign ask these rule sets, from the next contact on."""
    found = await services.rule_sets.give(asker, campaign_id, body.rule_set_ids)
    items = [RuleSetAnswer.of(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/campaigns/{campaign_id}/rule-firings")
async def campaign_rule_firings(
    campaign_id: UUID,
    asker: Reader,
    services: TheServices,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[RuleFiringAnswer]:
    """Rules that fired in the campaign, the newest first."""
    page = await services.rule_sets.firings(asker, campaign_id, limit=limit, token=page_token)
    items = [RuleFiringAnswer.model_validate(one) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.get("/attempts/{attempt_id}/rule-firings")
async def attempt_rule_firings(
    attempt_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[RuleFiringAnswer]:
    """Rules that fired for the attempt, in the order in which they did."""
    found = await services.rule_sets.of_attempt(asker, attempt_id)
    items = [RuleFiringAnswer.model_validate(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))
