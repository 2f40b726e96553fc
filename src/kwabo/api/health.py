"""`GET /api/health`: whether this process can serve, and how each part of it fares."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.responses import JSONResponse

from kwabo.api.models import utc_text
from kwabo.services.health import Health, PartHealth

__all__ = ["Health", "HealthCheck", "PartHealth", "health_router"]


HealthCheck = Callable[[], Awaitable[Health]]


def health_router(check: HealthCheck) -> APIRouter:
    """The route on what `check` finds."""
    router = APIRouter()

    @router.get("/api/health", tags=["health"])
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
