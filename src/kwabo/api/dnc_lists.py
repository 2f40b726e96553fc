"""DNC lists: which there are, for whom they count, and the providers behind some of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, clock_of, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.dnc_lists.providers import ProviderSettings
from kwabo.domain.dnc_lists.silences import silence_message
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.dnc_lists import DncList
from kwabo.services.dnc_lists import SHORTEST_DAYS, NewDncList, screening_of

router = APIRouter(tags=["DNC lists"])

Reader = Annotated[Asker, requires("dnc.write", "campaigns.read", "settings.read")]
Writer = Annotated[Asker, requires("dnc.write")]
SettingsWriter = Annotated[Asker, requires("settings.write")]
Channel = Literal["any", "voice", "sms", "whatsapp", "email", "messenger"]
Value = Annotated[str, Field(max_length=200)]


class ProviderBody(RequestBody):
    """How a provider is asked and its answer read; see the operator's reference."""

    method: Literal["GET", "POST"] = "GET"
    url: Annotated[str, Field(max_length=2_000)]
    body: Annotated[str, Field(max_length=5_000)] = ""
    header_name: Annotated[str, Field(max_length=100)] = ""
    header_value: Annotated[str, Field(max_length=1_000)] = ""
    secret_name: Annotated[str, Field(max_length=60)] = ""
    answer_path: Annotated[str, Field(max_length=200)] = ""
    listed_values: Annotated[tuple[Value, ...], Field(max_length=50)] = ("true",)
    not_listed_values: Annotated[tuple[Value, ...], Field(max_length=50)] = ("false",)
    timeout_seconds: Annotated[int, Field(ge=0, le=1_000_000)] = 3
    requests_per_second: Annotated[int, Field(ge=0, le=1_000_000)] = 10
    max_age_seconds: Annotated[int, Field(ge=0, le=1_000_000_000)] = 28 * 24 * 3600
    when_silent: Literal["hold", "allow"] = "hold"

    def settings(self) -> ProviderSettings:
        """As the domain has it."""
        return ProviderSettings(**self.model_dump())


class ProviderAnswer(Answer):
    """A list's provider, and how it fares."""

    method: str
    url: str
    body: str
    header_name: str
    header_value: str
    secret_name: str
    answer_path: str
    listed_values: list[str]
    not_listed_values: list[str]
    timeout_seconds: int
    requests_per_second: int
    max_age_seconds: int
    when_silent: str
    last_answer_at: UtcTime | None = None
    last_silence_at: UtcTime | None = None
    last_silence: str = ""
    last_silence_message: str = ""


class DncListAnswer(Answer):
    """A DNC list."""

    dnc_list_id: UUID
    name: str
    kind: Literal["internal", "provider"]
    key_column: str | None
    channel: str
    organisation_wide: bool
    screening_authority: str | None
    screening_days: int | None
    screened_at: UtcTime | None
    screening: Literal["never", "out_of_date", "soon", "current"] | None
    screening_due_at: UtcTime | None
    entries: int
    campaigns: list[str]
    provider: ProviderAnswer | None
    version: int
    created_at: UtcTime


class DncListBody(RequestBody):
    """A DNC list to be added; with `provider` an external one."""

    name: str
    key_column: Annotated[str | None, Field(max_length=300)] = None
    channel: Channel = "any"
    organisation_wide: bool = False
    screening_authority: Annotated[str | None, Field(max_length=300)] = None
    screening_days: int | None = None
    provider: ProviderBody | None = None


class DncListPatch(RequestBody):
    """What changes; key and kind of a list stay."""

    version: int
    name: str | None = None
    channel: Channel | None = None
    organisation_wide: bool | None = None
    screening_days: int | None = None
    provider: ProviderBody | None = None


class AskProviderBody(RequestBody):
    """A number to try the provider with, in any written form."""

    number: Annotated[str, Field(max_length=100)]


class AskedProviderAnswer(Answer):
    """What the provider said: `listed`, or `silence` with its sentence."""

    listed: bool | None
    silence: str
    message: str
    status: int | None
    seconds: float


@router.get("/dnc-lists")
async def list_dnc_lists(
    request: Request, asker: Reader, services: TheServices
) -> ListAnswer[DncListAnswer]:
    """Every list, by name."""
    language, now = language_of(request), clock_of(request).now()
    lists = [dnc_list_answer(one, language, now) for one in await services.dnc_lists.all(asker)]
    return ListAnswer(items=lists, next_page_token=None, total=len(lists))


@router.post("/dnc-lists", status_code=201)
async def add_dnc_list(
    body: DncListBody, request: Request, asker: Writer, services: TheServices
) -> DncListAnswer:
    """Add a list. One with a provider needs `settings.write` too."""
    values = body.model_dump(exclude={"provider"})
    new = NewDncList(**values, provider=body.provider.settings() if body.provider else None)
    return _told(await services.dnc_lists.add(asker, new), request)


@router.get("/dnc-lists/{dnc_list_id}")
async def get_dnc_list(
    dnc_list_id: UUID, request: Request, asker: Reader, services: TheServices
) -> DncListAnswer:
    """One list."""
    return _told(await services.dnc_lists.get(asker, dnc_list_id), request)


@router.patch("/dnc-lists/{dnc_list_id}")
async def change_dnc_list(
    dnc_list_id: UUID, body: DncListPatch, request: Request, asker: Writer, services: TheServices
) -> DncListAnswer:
    """Change a list. Its provider needs `settings.write` too."""
    values = body.changes(nullable={"screening_days"})
    version = values.pop("version")
    if body.provider is not None:
        values["provider"] = body.provider.settings()
    changed = await services.dnc_lists.change(asker, dnc_list_id, version, values)
    return _told(changed, request)


@router.delete("/dnc-lists/{dnc_list_id}", status_code=204)
async def delete_dnc_list(dnc_list_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a list that no campaign names, with its entries."""
    await services.dnc_lists.delete(asker, dnc_list_id)


@router.post("/dnc-lists/{dnc_list_id}/ask-provider")
async def ask_dnc_provider(
    dnc_list_id: UUID,
    body: AskProviderBody,
    request: Request,
    asker: SettingsWriter,
    services: TheServices,
) -> AskedProviderAnswer:
    """Ask the list's provider about a number now; nothing is kept of the answer."""
    answer = await services.dnc_lists.ask_provider(asker, dnc_list_id, body.number)
    return AskedProviderAnswer(
        listed=answer.listed,
        silence=answer.silence,
        message=silence_message(answer.silence, language_of(request)),
        status=answer.status,
        seconds=round(answer.seconds, 3),
    )


def _told(dnc_list: DncList, request: Request) -> DncListAnswer:
    return dnc_list_answer(dnc_list, language_of(request), clock_of(request).now())


def dnc_list_answer(dnc_list: DncList, language: str, now: datetime) -> DncListAnswer:
    """The list as the API tells it."""
    provider = None
    if dnc_list.provider is not None:
        provider = ProviderAnswer.model_validate(dnc_list.provider)
        state = dnc_list.provider_state
        if state is not None:
            provider = provider.model_copy(
                update={
                    "last_answer_at": state.last_answer_at,
                    "last_silence_at": state.last_silence_at,
                    "last_silence": state.last_silence,
                    "last_silence_message": silence_message(state.last_silence, language),
                }
            )
    screened = screening_of(dnc_list)
    return DncListAnswer(
        dnc_list_id=dnc_list.dnc_list_id,
        name=dnc_list.name,
        kind="internal" if provider is None else "provider",
        key_column=dnc_list.key_column,
        channel=dnc_list.channel,
        organisation_wide=dnc_list.organisation_wide,
        screening_authority=dnc_list.screening_authority,
        screening_days=dnc_list.screening_days,
        screened_at=dnc_list.screened_at,
        screening=screened.standing(SHORTEST_DAYS, now) if screened else None,
        screening_due_at=screened.due_at(SHORTEST_DAYS) if screened else None,
        entries=dnc_list.entries,
        campaigns=list(dnc_list.campaigns),
        provider=provider,
        version=dnc_list.version,
        created_at=dnc_list.created_at,
    )
