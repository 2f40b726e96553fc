"""Users of the organisation, and the roles they can have."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from kwabo.api.access import SignedIn, TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.permissions import ROLES
from kwabo.services.pages import MAX_LIMIT
from kwabo.services.users import NewUser, UserChange

router = APIRouter(tags=["access"])

Reader = Annotated[Asker, requires("users.read")]
Writer = Annotated[Asker, requires("users.write")]
QueueIds = Annotated[tuple[UUID, ...], Field(max_length=1000)]
Permissions = Annotated[tuple[str, ...], Field(max_length=100)]


class UserAnswer(Answer):
    """A user."""

    user_id: UUID
    login: str
    display_name: str
    role: str
    permissions: list[str]
    language: str
    active: bool
    queue_ids: list[UUID]
    version: int
    created_at: UtcTime


class UserBody(RequestBody):
    """A user to be added."""

    login: Annotated[str, Field(max_length=200)]
    display_name: str
    role: str
    password: Annotated[str, Field(max_length=2000)]
    permissions: Permissions = ()
    language: str = "fr"
    queue_ids: QueueIds = ()


class UserPatch(RequestBody):
    """What to change of a user; a field that is missing stays."""

    version: int
    display_name: str | None = None
    role: str | None = None
    permissions: Permissions | None = None
    language: str | None = None
    active: bool | None = None
    queue_ids: QueueIds | None = None
    password: Annotated[str | None, Field(max_length=2000)] = None


class RoleAnswer(Answer):
    """A role and what it may do."""

    role: str
    permissions: list[str]


@router.get("/users")
async def list_users(
    asker: Reader,
    services: TheServices,
    search: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[UserAnswer]:
    """The organisation's users, by login."""
    page = await services.users.find(asker, search=search, limit=limit, token=page_token)
    return ListAnswer[UserAnswer].model_validate(page)


@router.post("/users", status_code=201)
async def add_user(body: UserBody, asker: Writer, services: TheServices) -> UserAnswer:
    """Add a user."""
    user = await services.users.add(asker, NewUser(**body.model_dump()))
    return UserAnswer.model_validate(user)


@router.get("/users/{user_id}")
async def get_user(user_id: UUID, asker: Reader, services: TheServices) -> UserAnswer:
    """One user."""
    return UserAnswer.model_validate(await services.users.get(asker, user_id))


@router.patch("/users/{user_id}")
async def change_user(
    user_id: UUID, body: UserPatch, asker: Writer, services: TheServices
) -> UserAnswer:
    """Change a user; deactivating one or giving a new password ends their sessions."""
    change = UserChange(**body.model_dump(exclude={"version"}))
    return UserAnswer.model_validate(
        await services.users.change(asker, user_id, body.version, change)
    )


@router.get("/roles")
async def list_roles(asker: SignedIn) -> list[RoleAnswer]:
    """The roles and their permissions."""
    return [
        RoleAnswer(role=role, permissions=sorted(permissions))
        for role, permissions in ROLES.items()
    ]
