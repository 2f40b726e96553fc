"""API tokens."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["access"])

TokenUser = Annotated[Asker, requires("tokens.write")]


class ApiTokenAnswer(Answer):
    """An API token, without its secret."""

    api_token_id: UUID
    user_id: UUID
    name: str
    scopes: list[str]
    created_at: UtcTime
    expires_at: UtcTime
    last_used_at: UtcTime | None
    revoked_at: UtcTime | None


class NewApiTokenAnswer(ApiTokenAnswer):
    """A token that was just made: its secret is shown this once."""

    token: str


class ApiTokenBody(RequestBody):
    """A token to be made."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    scopes: Annotated[list[str], Field(max_length=100)]
    expires_in_days: int


@router.get("/api-tokens")
async def list_api_tokens(asker: TokenUser, services: TheServices) -> ListAnswer[ApiTokenAnswer]:
    """One's own tokens; everybody's for those who may edit users."""
    tokens = [ApiTokenAnswer.model_validate(t) for t in await services.api_tokens.find(asker)]
    return ListAnswer[ApiTokenAnswer](items=tokens, next_page_token=None, total=len(tokens))


@router.post("/api-tokens", status_code=201)
async def add_api_token(
    body: ApiTokenBody, asker: TokenUser, services: TheServices
) -> NewApiTokenAnswer:
    """Make a token for oneself."""
    new = await services.api_tokens.add(
        asker, name=body.name, scopes=body.scopes, expires_in_days=body.expires_in_days
    )
    answer = ApiTokenAnswer.model_validate(new.api_token)
    return NewApiTokenAnswer(**answer.model_dump(), token=new.token)


@router.delete("/api-tokens/{api_token_id}", status_code=204)
async def revoke_api_token(api_token_id: UUID, asker: TokenUser, services: TheServices) -> None:
    """End a token at once."""
    await services.api_tokens.revoke(asker, api_token_id)
