"""Signing in and out, and one's own profile."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import Field

from kwabo.api.access import COOKIE, SignedIn, TheServices, client_address, refuse_other_sites
from kwabo.api.models import Answer, RequestBody
from kwabo.api.users import UserAnswer
from kwabo.services.profile import PasswordChange
from kwabo.services.sessions import TOTAL_LIMIT, Session

router = APIRouter(tags=["access"])


class Credentials(RequestBody):
    """What a person types to sign in."""

    login: Annotated[str, Field(max_length=200)]
    password: Annotated[str, Field(max_length=1000)]


class OrganisationAnswer(Answer):
    """The asker's organisation."""

    organisation_id: UUID
    name: str
    region: str
    time_zone: str
    language: str


class SessionAnswer(Answer):
    """Who is signed in and may do what."""

    user: UserAnswer
    organisation: OrganisationAnswer
    permissions: list[str]
    csrf_token: str | None


class NewPassword(RequestBody):
    """The password of now, and the one to come."""

    old: Annotated[str, Field(max_length=1000)]
    new: Annotated[str, Field(max_length=2000)]


class ProfileChange(RequestBody):
    """What to change of oneself."""

    language: str | None = None
    display_name: str | None = None
    password: NewPassword | None = None


@router.post("/session")
async def sign_in(
    body: Credentials, request: Request, response: Response, services: TheServices
) -> SessionAnswer:
    """Sign in; sets the session's cookie."""
    refuse_other_sites(request)
    signed_in = await services.sessions.sign_in(
        body.login,
        body.password,
        address=client_address(request),
        user_agent=request.headers.get("user-agent", ""),
        old_token=request.cookies.get(COOKIE),
    )
    _set_cookie(request, response, signed_in.token)
    return _answer(signed_in.session)


@router.get("/session")
async def get_session(asker: SignedIn, services: TheServices) -> SessionAnswer:
    """Who is signed in."""
    return _answer(await services.sessions.session(asker))


@router.delete("/session", status_code=204)
async def sign_out(asker: SignedIn, response: Response, services: TheServices) -> None:
    """End the session."""
    await services.sessions.sign_out(asker)
    response.delete_cookie(COOKIE, path="/")


@router.patch("/session/user")
async def change_profile(
    body: ProfileChange,
    asker: SignedIn,
    request: Request,
    response: Response,
    services: TheServices,
) -> UserAnswer:
    """Change one's language, name or password; a new password signs out everywhere else."""
    password = None
    if body.password is not None:
        password = PasswordChange(old=body.password.old, new=body.password.new)
    changed = await services.profile.change(
        asker, language=body.language, display_name=body.display_name, password=password
    )
    if changed.token is not None:
        _set_cookie(request, response, changed.token)
    return UserAnswer.model_validate(changed.user)


def _set_cookie(request: Request, response: Response, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(TOTAL_LIMIT.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def _answer(session: Session) -> SessionAnswer:
    return SessionAnswer(
        user=UserAnswer.model_validate(session.user),
        organisation=OrganisationAnswer.model_validate(session.organisation),
        permissions=sorted(session.permissions),
        csrf_token=session.csrf_token,
    )
