"""What-ifs: a campaign's day simulated with other settings, or a recorded day played again."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, RequestBody, UtcTime
from kwabo.api.translations import translated
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.what_ifs.settings import WhatIfSettings
from kwabo.ports.what_ifs import WhatIf

router = APIRouter(tags=["campaigns"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
Whole = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Number = Annotated[float, Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False)]


class WhatIfBody(RequestBody):
    """What to simulate; what is left out is as it is now, or as it was on the recorded day."""

    kind: Literal["tomorrow", "replay"]
    agents: Whole | None = None
    begins: Annotated[time | None, Field(alias="from")] = None
    ends: Annotated[time | None, Field(alias="until")] = None
    mode: Literal["preview", "progressive", "power", "predictive", "agentless"] | None = None
    calls_per_agent: Number | None = None
    calls_per_agent_ceiling: Number | None = None
    abandon_target: Number | None = None
    lines: Whole | None = None
    runs: Whole = 10
    day: date | None = None


class WhatIfSettingsAnswer(Answer):
    """What was asked for."""

    kind: str
    agents: int | None
    begins: Annotated[str | None, Field(alias="from")]
    ends: Annotated[str | None, Field(alias="until")]
    mode: str | None
    calls_per_agent: float | None
    calls_per_agent_ceiling: float | None
    abandon_target: float | None
    lines: int | None = None
    runs: int
    day: str | None


class WhatIfAnswer(Answer):
    """A what-if; `result` is described in docs/developers/what-if.md."""

    what_if_id: UUID
    campaign_id: UUID
    kind: str
    settings: WhatIfSettingsAnswer
    state: str
    progress: float
    error_code: str | None
    error: str | None
    created_at: UtcTime
    started_at: UtcTime | None
    ended_at: UtcTime | None
    result: dict[str, Any] | None

    @classmethod
    def of(cls, record: WhatIf, request: Request) -> WhatIfAnswer:
        """The answer for a what-if, its error in the person's language."""
        answer = cls.model_validate(record)
        if record.error_code is None:
            return answer
        told = translated(record.error_code, language_of(request), {}) or record.error
        return answer.model_copy(update={"error": told})


class WhatIfListAnswer(Answer):
    """A campaign's what-ifs; no more are kept."""

    items: list[WhatIfAnswer]


@router.post("/campaigns/{campaign_id}/what-ifs", status_code=201)
async def add_what_if(
    campaign_id: UUID, body: WhatIfBody, asker: Writer, services: TheServices, request: Request
) -> WhatIfAnswer:
    """Have a day computed; follow it by its id."""
    asked = WhatIfSettings(**body.model_dump())
    return WhatIfAnswer.of(await services.what_ifs.add(asker, campaign_id, asked), request)


@router.get("/campaigns/{campaign_id}/what-ifs")
async def list_what_ifs(
    campaign_id: UUID, asker: Reader, services: TheServices, request: Request
) -> WhatIfListAnswer:
    """The campaign's what-ifs, the newest first."""
    found = await services.what_ifs.of_campaign(asker, campaign_id)
    return WhatIfListAnswer(items=[WhatIfAnswer.of(record, request) for record in found])


@router.get("/what-ifs/{what_if_id}")
async def get_what_if(
    what_if_id: UUID, asker: Reader, services: TheServices, request: Request
) -> WhatIfAnswer:
    """One what-if."""
    return WhatIfAnswer.of(await services.what_ifs.get(asker, what_if_id), request)


@router.post("/what-ifs/{what_if_id}/cancel")
async def cancel_what_if(
    what_if_id: UUID, asker: Writer, services: TheServices, request: Request
) -> WhatIfAnswer:
    """Compute no further."""
    return WhatIfAnswer.of(await services.what_ifs.cancel(asker, what_if_id), request)


@router.delete("/what-ifs/{what_if_id}", status_code=204)
async def delete_what_if(what_if_id: UUID, asker: Writer, services: TheServices) -> None:
    """Forget a what-if; one that is being computed is ended."""
    await services.what_ifs.delete(asker, what_if_id)
