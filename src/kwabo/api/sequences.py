"""Sequences: campaigns that run one after the other."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["sequences"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
Runner = Annotated[Asker, requires("campaigns.run")]
CampaignIds = Annotated[tuple[UUID, ...], Field(max_length=1000)]


class SequenceAnswer(Answer):
    """A sequence and where it stands; `code` says for what it waits."""

    sequence_id: UUID
    name: str
    campaign_ids: list[UUID]
    repeats: bool
    state: str
    position: int
    round: int
    begun: bool
    code: str
    state_changed_at: UtcTime
    version: int


class SequenceBody(RequestBody):
    """A sequence to be added; it is turned off at first."""

    name: str
    campaign_ids: CampaignIds
    repeats: bool = False


class SequencePatch(RequestBody):
    """What to change; a field that is missing stays."""

    version: int
    name: str | None = None
    campaign_ids: CampaignIds | None = None
    repeats: bool | None = None


@router.get("/campaign-sequences")
async def list_sequences(
    asker: Reader, services: TheServices, campaign_id: UUID | None = None
) -> ListAnswer[SequenceAnswer]:
    """Every sequence by name, or those in which a campaign has a place."""
    if campaign_id is None:
        found = await services.sequences.all(asker)
    else:
        found = await services.sequences.of_campaign(asker, campaign_id)
    items = [SequenceAnswer.model_validate(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/campaign-sequences", status_code=201)
async def add_sequence(body: SequenceBody, asker: Writer, services: TheServices) -> SequenceAnswer:
    """Add a sequence."""
    made = await services.sequences.add(asker, body.name, body.campaign_ids, body.repeats)
    return SequenceAnswer.model_validate(made)


@router.get("/campaign-sequences/{sequence_id}")
async def get_sequence(sequence_id: UUID, asker: Reader, services: TheServices) -> SequenceAnswer:
    """One sequence."""
    return SequenceAnswer.model_validate(await services.sequences.get(asker, sequence_id))


@router.patch("/campaign-sequences/{sequence_id}")
async def change_sequence(
    sequence_id: UUID, body: SequencePatch, asker: Writer, services: TheServices
) -> SequenceAnswer:
    """Change a sequence; its campaigns only while it is off."""
    values = body.changes()
    version = values.pop("version")
    return SequenceAnswer.model_validate(
        await services.sequences.change(asker, sequence_id, version, values)
    )


@router.delete("/campaign-sequences/{sequence_id}", status_code=204)
async def delete_sequence(sequence_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a sequence that is off; its campaigns stay."""
    await services.sequences.delete(asker, sequence_id)


@router.post("/campaign-sequences/{sequence_id}/start")
async def start_sequence(sequence_id: UUID, asker: Runner, services: TheServices) -> SequenceAnswer:
    """Turn it on: it goes on where it was, or begins again."""
    return SequenceAnswer.model_validate(await services.sequences.start(asker, sequence_id))


@router.post("/campaign-sequences/{sequence_id}/stop")
async def stop_sequence(sequence_id: UUID, asker: Runner, services: TheServices) -> SequenceAnswer:
    """Turn it off; the campaign whose turn it is pauses."""
    return SequenceAnswer.model_validate(await services.sequences.stop(asker, sequence_id))
