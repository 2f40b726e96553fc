"""`GET /api/health`: whether this process can serve, and how each part of it fares."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

from fastapi import APIRouter
from starlette.responses import JSONResponse

from kwabo.api.models import Answer, UtcTime, utc_text
from kwabo.services.health import Health, PartHealth

__all__ = ["Health", "HealthCheck", "PartHealth", "health_router"]


HealthCheck = Callable[[], Awaitable[Health]]


class PartHealthAnswer(Answer):
    """How a part fares."""

    status: str
    since: UtcTime
    message: str


class HealthAnswer(Answer):
    """How the process and its parts fare."""

    status: Literal["ok", "degraded"]
    parts: dict[str, PartHealthAnswer]
    version: str


def health_router(check: HealthCheck) -> APIRouter:
    """The route on what `check` finds."""
    router = APIRouter()

    @router.get(
        "/api/health",
        tags=["health"],
        responses={200: {"model": HealthAnswer}, 503: {"model": HealthAnswer}},
    )
    async def health() -> JSONResponse:
        """200 when the process can serve, 503 otherwise."""
        found = await check()
        fine = found.serving and all(part.status == "ok" for part in found.parts.values())
        parts = {
            name: {"status": part.status, "since": utc_text(part.since), "message": part.message}
            for name, part in found.parts.items()
        }
        body = {"status": "ok" if fine else "degraded", "parts": parts, "version": found.version}
        return JSONResponse(body, 200 if found.serving else 503)

    return router
