"""The HTTP application, made of explicit parts: no global state, so that tests can make many."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import cache
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from kwabo.api.errors import add_error_handlers
from kwabo.api.health import HealthCheck, health_router
from kwabo.api.idempotency import IdempotentPosts
from kwabo.api.openapi import describe
from kwabo.api.rate_limits import RateLimited, RateLimits
from kwabo.api.routers import SOCKET_ROUTERS, V1_ROUTERS
from kwabo.api.transport import Transport
from kwabo.api.web import STATIC, web_router
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.services.catalogue import Services

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    services: Services,
    *,
    clock: Clock,
    ids: IdFactory,
    health: HealthCheck,
    version: str,
    static_folder: Path = STATIC,
    lifespan: Lifespan | None = None,
    sip_url: str | None = None,
    rate_limits: RateLimits | None = None,
) -> FastAPI:
    """The application on these services. `lifespan` starts and ends what runs beside it; `sip_url`
    is where the switch speaks SIP over WebSocket (None: it does not). Without `rate_limits` nobody
    is held back."""
    app = FastAPI(
        title="Kwabo",
        version=version,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        routes=list(_routes()),
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
    )
    app.state.services = services
    app.state.sip_url = sip_url
    app.state.clock = clock
    add_error_handlers(app)
    app.add_middleware(IdempotentPosts)
    if rate_limits is not None:
        app.add_middleware(RateLimited, clock=clock, limits=rate_limits)
    app.add_middleware(Transport, clock=clock, ids=ids)
    app.include_router(health_router(health))
    app.include_router(web_router(static_folder))
    describe(app)
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """The routes that every application has. They hold no state (services and clock are found on
    the application that is asked), and each that is made takes time: made once for a process."""
    v1 = APIRouter(prefix="/api/v1")
    for router in V1_ROUTERS:
        v1.include_router(router)
    whole = APIRouter(generate_unique_id_function=_operation_id)
    whole.include_router(v1)
    for router in SOCKET_ROUTERS:
        whole.include_router(router)
    return tuple(whole.routes)


def _operation_id(route: APIRoute) -> str:
    """The function's name: unique, and what generated clients call the operation."""
    return route.name
