"""Trunks: ways out to the public network."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["trunks"])

Reader = Annotated[Asker, requires("settings.read", "campaigns.read")]
Writer = Annotated[Asker, requires("settings.write")]
CallerIds = Annotated[tuple[str, ...], Field(max_length=1000)]


class NetworkAnswerModel(RequestBody):
    """What an end of a call through this trunk means; null and '' fit everything."""

    sip_code: int | None = None
    cause: int | None = None
    tone: str = ""
    result: str
    announcement: str = ""


NetworkAnswers = Annotated[tuple[NetworkAnswerModel, ...], Field(max_length=100)]


class TrunkAnswer(Answer):
    """A trunk."""

    trunk_id: UUID
    name: str
    endpoint: str
    lines: int
    calls_per_second: float
    caller_ids: list[str]
    attempt_header: str | None
    network_answers: list[NetworkAnswerModel]
    early_media_seconds: int
    early_media_keep_days: int


class TrunkBody(RequestBody):
    """A trunk to be added."""

    name: str
    endpoint: str
    lines: int = 30
    calls_per_second: float = 10.0
    caller_ids: CallerIds = ()
    attempt_header: str | None = None
    network_answers: NetworkAnswers = ()
    early_media_seconds: int = 0
    early_media_keep_days: int = 0


class TrunkPatch(RequestBody):
    """What to change; a field that is missing stays."""

    name: str | None = None
    endpoint: str | None = None
    lines: int | None = None
    calls_per_second: float | None = None
    caller_ids: CallerIds | None = None
    attempt_header: str | None = None
    network_answers: NetworkAnswers | None = None
    early_media_seconds: int | None = None
    early_media_keep_days: int | None = None


@router.get("/trunks")
async def list_trunks(asker: Reader, services: TheServices) -> ListAnswer[TrunkAnswer]:
    """Every trunk, by name."""
    trunks = [TrunkAnswer.model_validate(trunk) for trunk in await services.trunks.all(asker)]
    return ListAnswer(items=trunks, next_page_token=None, total=len(trunks))


@router.post("/trunks", status_code=201)
async def add_trunk(body: TrunkBody, asker: Writer, services: TheServices) -> TrunkAnswer:
    """Add a trunk that the switch knows."""
    return TrunkAnswer.model_validate(await services.trunks.add(asker, body.model_dump()))


@router.get("/trunks/{trunk_id}")
async def get_trunk(trunk_id: UUID, asker: Reader, services: TheServices) -> TrunkAnswer:
    """One trunk."""
    return TrunkAnswer.model_validate(await services.trunks.get(asker, trunk_id))


@router.patch("/trunks/{trunk_id}")
async def change_trunk(
    trunk_id: UUID, body: TrunkPatch, asker: Writer, services: TheServices
) -> TrunkAnswer:
    """Change a trunk; a null `attempt_header` removes it."""
    values = body.changes(nullable={"attempt_header"})
    return TrunkAnswer.model_validate(await services.trunks.change(asker, trunk_id, values))
