"""Data actions: questions to other programs and databases that rules and flows ask, and things that
rules tell them."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.data_actions.failures import failure_message
from kwabo.domain.data_actions.settings import (
    DataActionSettings,
    Header,
    Output,
    as_document,
)
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.data_actions import DataAction, DataDelivery
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["data actions"])

Reader = Annotated[Asker, requires("settings.read", "campaigns.read")]
Writer = Annotated[Asker, requires("settings.write")]
Name = Annotated[str, Field(max_length=200)]


class HeaderBody(RequestBody):
    """A line of the request's head."""

    name: Annotated[str, Field(max_length=100)]
    value: Annotated[str, Field(max_length=1_000)] = ""


class OutputBody(RequestBody):
    """A value of the answer."""

    name: Annotated[str, Field(max_length=60)]
    path: Annotated[str, Field(max_length=200)] = ""


class SettingsBody(RequestBody):
    """How a question is asked and its answer read; see docs/developers/rule-sets.md."""

    kind: Literal["http", "sql"] = "http"
    method: Literal["GET", "POST", "PUT", "PATCH"] = "GET"
    url: Annotated[str, Field(max_length=2_000)] = ""
    headers: Annotated[tuple[HeaderBody, ...], Field(max_length=100)] = ()
    body: Annotated[str, Field(max_length=20_000)] = ""
    body_format: Literal["json", "form"] = "json"
    engine: Literal["postgresql", "mysql"] = "postgresql"
    host: Annotated[str, Field(max_length=253)] = ""
    port: int = 0
    database: Annotated[str, Field(max_length=200)] = ""
    user: Annotated[str, Field(max_length=200)] = ""
    encrypted: bool = True
    most_rows: int = 20
    statement: Annotated[str, Field(max_length=20_000)] = ""
    secret_name: Annotated[str, Field(max_length=60)] = ""
    outputs: Annotated[tuple[OutputBody, ...], Field(max_length=100)] = ()
    timeout_seconds: int = 3
    cache_seconds: int = 300
    call_cache_seconds: int = 30
    at_once: int = 5
    breaker_failures: int = 5
    breaker_seconds: int = 60

    def settings(self) -> DataActionSettings:
        """The settings, not checked yet."""
        plain = {name: getattr(self, name) for name in type(self).model_fields}
        plain["headers"] = tuple(Header(name=h.name, value=h.value) for h in self.headers)
        plain["outputs"] = tuple(Output(name=o.name, path=o.path) for o in self.outputs)
        return DataActionSettings(**plain)


class DataActionBody(RequestBody):
    """A data action to be added; `version` is that of the one it replaces."""

    name: Name
    settings: SettingsBody
    version: int = 0


class TryDataActionBody(RequestBody):
    """Settings to be tried, with a value for each placeholder."""

    settings: SettingsBody
    values: Annotated[dict[str, str], Field(default_factory=dict, max_length=100)]


class SettingsAnswer(Answer):
    """The settings; never the secret itself."""

    kind: str
    method: str
    url: str
    headers: list[dict[str, str]]
    body: str
    body_format: str
    engine: str
    host: str
    port: int
    database: str
    user: str
    encrypted: bool
    most_rows: int
    statement: str
    secret_name: str
    outputs: list[dict[str, str]]
    timeout_seconds: int
    cache_seconds: int
    call_cache_seconds: int
    at_once: int
    breaker_failures: int
    breaker_seconds: int


class DataActionAnswer(Answer):
    """A data action and how it goes."""

    data_action_id: UUID
    name: str
    settings: SettingsAnswer
    placeholders: list[str]
    failures: int
    open_until: UtcTime | None
    last_answer_at: UtcTime | None
    last_failure_at: UtcTime | None
    last_failure: str
    last_failure_message: str
    waiting: int
    given_up: int
    rule_sets: list[str]
    version: int
    updated_at: UtcTime

    @classmethod
    def of(cls, action: DataAction, language: str) -> DataActionAnswer:
        """The answer for a data action."""
        plain = {n: getattr(action, n) for n in cls.model_fields if hasattr(action, n)}
        return cls.model_validate(
            plain
            | {
                "settings": SettingsAnswer.model_validate(as_document(action.settings)),
                "placeholders": action.settings.placeholders,
                "failures": action.breaker.failures,
                "open_until": action.breaker.open_until,
                "last_failure_message": failure_message(action.last_failure, language),
            }
        )


class TriedActionAnswer(Answer):
    """What was sent, with the secret hidden, and what came."""

    method: str
    url: str
    headers: dict[str, str]
    body: str
    status: int | None
    seconds: float
    answer: str
    outputs: dict[str, str]
    missing: list[str]
    failure: str
    message: str


class ActionDeliveryAnswer(Answer):
    """Something that a rule tells another program."""

    delivery_id: UUID
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None
    rule_set_name: str
    rule_name: str
    state: str
    tries: int
    next_at: UtcTime | None
    last_at: UtcTime | None
    status: int | None
    failure: str
    message: str
    written: list[str]
    created_at: UtcTime

    @classmethod
    def of(cls, delivery: DataDelivery, language: str) -> ActionDeliveryAnswer:
        """The answer for a delivery."""
        plain = {n: getattr(delivery, n) for n in cls.model_fields if hasattr(delivery, n)}
        message = failure_message(delivery.failure, language)
        return cls.model_validate(plain | {"message": message})


@router.get("/data-actions")
async def list_data_actions(
    asker: Reader, services: TheServices, request: Request
) -> ListAnswer[DataActionAnswer]:
    """Every data action, by name."""
    found = await services.data_actions.all(asker)
    items = [DataActionAnswer.of(one, language_of(request)) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/data-actions", status_code=201)
async def add_data_action(
    body: DataActionBody, asker: Writer, services: TheServices, request: Request
) -> DataActionAnswer:
    """Add a data action."""
    made = await services.data_actions.add(asker, body.name, body.settings.settings())
    return DataActionAnswer.of(made, language_of(request))


@router.post("/data-actions/try")
async def try_data_action(
    body: TryDataActionBody, asker: Writer, services: TheServices, request: Request
) -> TriedActionAnswer:
    """Ask once with these settings and values; nothing is kept."""
    tried = await services.data_actions.try_out(asker, body.settings.settings(), body.values)
    plain = {n: getattr(tried, n) for n in TriedActionAnswer.model_fields if hasattr(tried, n)}
    message = failure_message(tried.failure, language_of(request))
    return TriedActionAnswer.model_validate(plain | {"message": message})


@router.get("/data-actions/{data_action_id}")
async def get_data_action(
    data_action_id: UUID, asker: Reader, services: TheServices, request: Request
) -> DataActionAnswer:
    """One data action."""
    found = await services.data_actions.get(asker, data_action_id)
    return DataActionAnswer.of(found, language_of(request))


@router.put("/data-actions/{data_action_id}")
async def change_data_action(
    data_action_id: UUID,
    body: DataActionBody,
    asker: Writer,
    services: TheServices,
    request: Request,
) -> DataActionAnswer:
    """Replace a data action; answers to the old question count no more."""
    changed = await services.data_actions.change(
        asker, data_action_id, body.version, body.name, body.settings.settings()
    )
    return DataActionAnswer.of(changed, language_of(request))


@router.delete("/data-actions/{data_action_id}", status_code=204)
async def delete_data_action(data_action_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a data action that no rule uses and that owes nothing."""
    await services.data_actions.delete(asker, data_action_id)


@router.get("/data-actions/{data_action_id}/deliveries")
async def list_data_deliveries(
    data_action_id: UUID,
    asker: Reader,
    services: TheServices,
    request: Request,
    state: Literal["waiting", "done", "given_up"] | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[ActionDeliveryAnswer]:
    """What rules have told by it, the newest first; done ones are kept for 30 days."""
    page = await services.data_actions.deliveries(
        asker, data_action_id, state=state, limit=limit, token=page_token
    )
    items = [ActionDeliveryAnswer.of(one, language_of(request)) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.post("/data-actions/{data_action_id}/deliveries/{delivery_id}/retry", status_code=204)
async def retry_data_delivery(
    data_action_id: UUID, delivery_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Try a delivery again that was given up."""
    await services.data_actions.try_again(asker, data_action_id, delivery_id)
