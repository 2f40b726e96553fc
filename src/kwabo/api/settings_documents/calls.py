"""The API's own routes, asked from within: their checks, permissions and audit hold here too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from uuid import UUID

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request

from kwabo.api.access import Requires, services_of
from kwabo.domain.organisations.asker import Asker
from kwabo.services.catalogue import Services
from kwabo.services.pages import MAX_LIMIT

Ids = Mapping[str, str]  # of a path's parameters
NO_IDS: Final[Ids] = {}


class Calls:
    """Asks routes on behalf of a person, on the services of one transaction."""

    def __init__(self, asker: Asker, services: Services, request: Request) -> None:
        self._asker = asker
        self._services = services
        self._request = request

    async def ask(
        self, method: str, path: str, ids: Ids = NO_IDS, body: Mapping[str, Any] | None = None
    ) -> Any:
        """The route's answer as JSON.

        Raises what the route raises, Forbidden where the person may not ask it, and pydantic's
        ValidationError for a body that has not its form.
        """
        return await self._ask(route_of(method, path), ids, body, {})

    async def items(self, path: str, ids: Ids = NO_IDS) -> list[Any]:
        """Everything of a list, page by page."""
        route = route_of("GET", path)
        paged = {query.name for query in route.dependant.query_params} >= {"limit", "page_token"}
        page: dict[str, Any] = {"limit": MAX_LIMIT} if paged else {}
        found: list[Any] = []
        while True:
            answer = await self._ask(route, ids, None, page)
            found += answer["items"]
            if not paged or answer["next_page_token"] is None:
                return found
            page["page_token"] = answer["next_page_token"]

    async def _ask(
        self, route: APIRoute, ids: Ids, body: Mapping[str, Any] | None, query: Mapping[str, Any]
    ) -> Any:
        dependant = route.dependant
        given: dict[str, Any] = dict(query)
        for needed in dependant.dependencies:
            assert needed.name is not None
            if needed.call is services_of:
                given[needed.name] = self._services
            else:
                assert isinstance(needed.call, Requires), f"{route.path}: {needed.name}"
                if needed.call.any_of:
                    self._asker.must_have(*needed.call.any_of)
                given[needed.name] = self._asker
        for parameter in dependant.path_params:
            given[parameter.name] = UUID(ids[parameter.name])
        if dependant.request_param_name is not None:
            given[dependant.request_param_name] = self._request
        model = body_of(route)
        if model is not None:
            given[dependant.body_params[0].name] = model.model_validate(body)
        answer = await route.endpoint(**given)
        return answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer


def route_of(method: str, path: str) -> APIRoute:
    """The route with this path under /api/v1."""
    return _routes()[method, path]


def body_of(route: APIRoute) -> type[BaseModel] | None:
    """What the route takes."""
    bodies = route.dependant.body_params
    if not bodies:
        return None
    model = bodies[0].field_info.annotation
    assert isinstance(model, type)
    assert issubclass(model, BaseModel)
    return model


@cache
def _routes() -> Mapping[tuple[str, str], APIRoute]:
    from kwabo.api.routers import V1_ROUTERS  # which holds the document's own router

    return {
        (method, route.path): route
        for router in V1_ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
