"""Call analysis response sets: what campaigns do with machines, faxes, busy lines and the rest."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.call_analysis.response_set import ALLOWED, WITHOUT
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.response_sets import KeptResponseSet

router = APIRouter(tags=["response sets"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
Reactions = Annotated[dict[str, dict[str, Any]], Field(max_length=20)]
_FIELDS = ("live_person_detection", "fax_detection", "beep_detection", "reactions")


class ResponseSetAnswer(Answer):
    """A response set."""

    response_set_id: UUID
    name: str
    live_person_detection: str
    fax_detection: bool
    beep_detection: bool
    reactions: dict[str, dict[str, Any]]
    campaigns: list[str]
    version: int
    updated_at: UtcTime

    @classmethod
    def of(cls, response_set: KeptResponseSet) -> ResponseSetAnswer:
        """The answer for a response set."""
        document = response_set.document
        return cls(
            response_set_id=response_set.response_set_id,
            name=response_set.name,
            live_person_detection=document.get("live_person_detection", "medium"),
            fax_detection=document.get("fax_detection", True),
            beep_detection=document.get("beep_detection", False),
            reactions=dict(document.get("reactions", {})),
            campaigns=list(response_set.campaigns),
            version=response_set.version,
            updated_at=response_set.updated_at,
        )


class ResponseSetBody(RequestBody):
    """A response set to be added; a result that is left out is treated as without one."""

    name: str
    live_person_detection: str = "medium"
    fax_detection: bool = True
    beep_detection: bool = False
    reactions: Annotated[Reactions, Field(default_factory=dict)]


class ResponseSetPatch(RequestBody):
    """What to change; a field that is missing stays, reactions are replaced as a whole."""

    version: int
    name: str | None = None
    live_person_detection: str | None = None
    fax_detection: bool | None = None
    beep_detection: bool | None = None
    reactions: Reactions | None = None


class PossibleAnswer(Answer):
    """What can be done with a call analysis result, and what is done without a response set."""

    result: str
    reactions: list[str]
    otherwise: str


@router.get("/response-sets/possible")
async def possible_reactions(asker: Reader) -> ListAnswer[PossibleAnswer]:
    """Every call analysis result with the reactions that it allows."""
    items = [
        PossibleAnswer(result=result, reactions=list(allowed), otherwise=WITHOUT[result].type)
        for result, allowed in ALLOWED.items()
    ]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/response-sets")
async def list_response_sets(asker: Reader, services: TheServices) -> ListAnswer[ResponseSetAnswer]:
    """Every response set, by name."""
    items = [ResponseSetAnswer.of(one) for one in await services.response_sets.all(asker)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/response-sets", status_code=201)
async def add_response_set(
    body: ResponseSetBody, asker: Writer, services: TheServices
) -> ResponseSetAnswer:
    """Add a response set; no campaign uses it yet."""
    document = {name: getattr(body, name) for name in _FIELDS}
    return ResponseSetAnswer.of(await services.response_sets.add(asker, body.name, document))


@router.get("/response-sets/{response_set_id}")
async def get_response_set(
    response_set_id: UUID, asker: Reader, services: TheServices
) -> ResponseSetAnswer:
    """One response set."""
    return ResponseSetAnswer.of(await services.response_sets.get(asker, response_set_id))


@router.patch("/response-sets/{response_set_id}")
async def change_response_set(
    response_set_id: UUID, body: ResponseSetPatch, asker: Writer, services: TheServices
) -> ResponseSetAnswer:
    """Change a response set; its campaigns react so from the next answer on."""
    changes = body.changes()
    document = {name: changes[name] for name in _FIELDS if name in changes}
    return ResponseSetAnswer.of(
        await services.response_sets.change(
            asker, response_set_id, body.version, name=body.name, document=document
        )
    )


@router.delete("/response-sets/{response_set_id}", status_code=204)
async def delete_response_set(response_set_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a response set that no campaign uses."""
    await services.response_sets.delete(asker, response_set_id)
