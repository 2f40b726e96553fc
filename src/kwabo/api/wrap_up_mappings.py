"""What outcomes mean: the organisation's table, and what campaigns set differently."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["wrap-up codes"])

Reader = Annotated[Asker, requires("settings.read", "campaigns.read", "reports.read")]
Writer = Annotated[Asker, requires("settings.write")]
CampaignWriter = Annotated[Asker, requires("campaigns.write")]
Flags = Annotated[tuple[str, ...], Field(max_length=20)]


class MappedOutcomeAnswer(Answer):
    """An outcome with its flags; `source` is own, organisation, default or built_in."""

    outcome: str
    name: str
    name_en: str
    active: bool
    flags: list[str]
    source: str


class WrapUpMappingAnswer(Answer):
    """The table."""

    campaign_id: UUID | None
    default: list[str]
    outcomes: list[MappedOutcomeAnswer]
    version: int
    updated_at: UtcTime | None


class MappingPatch(RequestBody):
    """Outcomes with their new flags; null: as inherited. Outcomes that are missing stay."""

    version: int
    outcomes: Annotated[dict[str, Flags | None], Field(default_factory=dict, max_length=1_000)]
    default: Flags | None = None


class CampaignMappingPatch(RequestBody):
    """As of the organisation; the default is the organisation's alone."""

    version: int
    outcomes: Annotated[dict[str, Flags | None], Field(default_factory=dict, max_length=1_000)]


@router.get("/wrap-up-mapping")
async def get_wrap_up_mapping(asker: Reader, services: TheServices) -> WrapUpMappingAnswer:
    """What outcomes mean in the organisation: of codes and of the system."""
    return WrapUpMappingAnswer.model_validate(await services.wrap_up_mappings.table(asker, None))


@router.patch("/wrap-up-mapping")
async def change_wrap_up_mapping(
    body: MappingPatch, asker: Writer, services: TheServices
) -> WrapUpMappingAnswer:
    """Change it; outcomes of the past count by the new table too."""
    changed = await services.wrap_up_mappings.change(
        asker, None, body.version, outcomes=body.outcomes, default=body.default
    )
    return WrapUpMappingAnswer.model_validate(changed)


@router.get("/campaigns/{campaign_id}/wrap-up-mapping")
async def get_campaign_mapping(
    campaign_id: UUID, asker: Reader, services: TheServices
) -> WrapUpMappingAnswer:
    """What outcomes mean in a campaign."""
    return WrapUpMappingAnswer.model_validate(
        await services.wrap_up_mappings.table(asker, campaign_id)
    )


@router.patch("/campaigns/{campaign_id}/wrap-up-mapping")
async def change_campaign_mapping(
    campaign_id: UUID, body: CampaignMappingPatch, asker: CampaignWriter, services: TheServices
) -> WrapUpMappingAnswer:
    """Set what outcomes mean in this campaign alone; null: as in the organisation."""
    changed = await services.wrap_up_mappings.change(
        asker, campaign_id, body.version, outcomes=body.outcomes, default=None
    )
    return WrapUpMappingAnswer.model_validate(changed)
