"""Every router of the API; a new noun adds its own here."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from kwabo.api import api_tokens, audit, session, users

V1_ROUTERS: Final[tuple[APIRouter, ...]] = (  # under /api/v1
    session.router,
    users.router,
    api_tokens.router,
    audit.router,
)

SOCKET_ROUTERS: Final[tuple[APIRouter, ...]] = ()  # WebSockets outside /api/v1
