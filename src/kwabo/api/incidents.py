"""Incidents: what is out of order, for the callers whom it concerns."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.incidents.matching import Columns
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.incidents import IncidentSettings, KeptIncident
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["incidents"])

Reader = Annotated[Asker, requires("incidents.read")]
Writer = Annotated[Asker, requires("incidents.write")]
Settler = Annotated[Asker, requires("settings.write")]
Name = Annotated[str, Field(max_length=1000)]
Places = Annotated[tuple[Name, ...], Field(max_length=2000)]
Texts = Annotated[
    dict[Annotated[str, Field(pattern="^[a-z]{2,8}$")], Annotated[str, Field(max_length=5000)]],
    Field(max_length=30, examples=[{"fr": "Panne de réseau à Cotonou."}]),
]


class NoticeCountsAnswer(Answer):
    """How many wait for the end, and what became of their notices."""

    asked: int
    waiting: int
    sent: int
    failed: int


class IncidentAnswer(Answer):
    """An incident."""

    incident_id: UUID
    name: str
    service: str
    communes: list[str]
    cells: list[str]
    prompt: str
    texts: dict[str, str]
    over_texts: dict[str, str]
    starts_at: UtcTime
    expected_end: UtcTime | None
    state: str  # declared, over
    over_at: UtcTime | None
    heard: int  # calls to which it was given
    notices: NoticeCountsAnswer
    version: int
    created_at: UtcTime
    updated_at: UtcTime

    @classmethod
    def of(cls, kept: KeptIncident) -> IncidentAnswer:
        """The answer for an incident."""
        values = {n: getattr(kept.incident, n) for n in cls.model_fields if n != "notices"}
        return cls.model_validate({**values, "notices": kept.notices})


class IncidentBody(RequestBody):
    """An incident to be declared; without communes and cells it is everywhere."""

    name: Name
    service: Name = ""
    communes: Places = ()
    cells: Places = ()
    prompt: Name = ""
    texts: Texts = Field(default_factory=dict)
    over_texts: Texts = Field(default_factory=dict)
    starts_at: UtcTime | None = None  # null: now
    expected_end: UtcTime | None = None


class IncidentPatch(RequestBody):
    """What to change; a field that is missing stays."""

    version: int
    name: Name | None = None
    service: Name | None = None
    communes: Places | None = None
    cells: Places | None = None
    prompt: Name | None = None
    texts: Texts | None = None
    over_texts: Texts | None = None
    starts_at: UtcTime | None = None
    expected_end: UtcTime | None = None


class IncidentSettingsAnswer(Answer):
    """The columns of contacts that tell a caller's place; the first that is filled in counts."""

    commune_columns: list[str]
    cell_columns: list[str]
    version: int

    @classmethod
    def of(cls, settings: IncidentSettings) -> IncidentSettingsAnswer:
        """The answer for the settings."""
        return cls(
            commune_columns=list(settings.columns.commune),
            cell_columns=list(settings.columns.cell),
            version=settings.version,
        )


class IncidentSettingsBody(RequestBody):
    """The columns, in their order."""

    version: int
    commune_columns: Annotated[tuple[Name, ...], Field(max_length=100)]
    cell_columns: Annotated[tuple[Name, ...], Field(max_length=100)]


@router.get("/incidents")
async def list_incidents(
    asker: Reader,
    services: TheServices,
    state: Literal["declared", "over"] | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[IncidentAnswer]:
    """The newest first."""
    page = await services.incidents.page(asker, state=state, page_token_=page_token, limit=limit)
    items = [IncidentAnswer.of(one) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.post("/incidents", status_code=201)
async def declare_incident(
    body: IncidentBody, asker: Writer, services: TheServices
) -> IncidentAnswer:
    """Declare an incident; callers whom it concerns hear it from its begin on."""
    return IncidentAnswer.of(await services.incidents.declare(asker, body.model_dump()))


@router.get("/incidents/{incident_id}")
async def get_incident(incident_id: UUID, asker: Reader, services: TheServices) -> IncidentAnswer:
    """One incident."""
    return IncidentAnswer.of(await services.incidents.get(asker, incident_id))


@router.patch("/incidents/{incident_id}")
async def change_incident(
    incident_id: UUID, body: IncidentPatch, asker: Writer, services: TheServices
) -> IncidentAnswer:
    """Change an incident that is not over."""
    values = body.changes(nullable={"expected_end"})
    version = values.pop("version")
    return IncidentAnswer.of(await services.incidents.change(asker, incident_id, version, values))


@router.post("/incidents/{incident_id}/over")
async def declare_incident_over(
    incident_id: UUID, asker: Writer, services: TheServices
) -> IncidentAnswer:
    """Declare an incident over, for good; who asked for it is told once."""
    return IncidentAnswer.of(await services.incidents.declare_over(asker, incident_id))


@router.get("/incident-settings")
async def get_incident_settings(asker: Reader, services: TheServices) -> IncidentSettingsAnswer:
    """By which columns callers are placed."""
    return IncidentSettingsAnswer.of(await services.incidents.settings(asker))


@router.put("/incident-settings")
async def change_incident_settings(
    body: IncidentSettingsBody, asker: Settler, services: TheServices
) -> IncidentSettingsAnswer:
    """Place callers by other columns."""
    columns = Columns(commune=body.commune_columns, cell=body.cell_columns)
    changed = await services.incidents.change_settings(asker, body.version, columns)
    return IncidentSettingsAnswer.of(changed)
