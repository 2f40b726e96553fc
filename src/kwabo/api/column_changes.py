"""Changes of the columns of lists in use."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.contacts.column_change import ChangeKind, ChangeReport, ChangeSettings, UseKind
from kwabo.domain.contacts.columns import ColumnKind
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.column_changes import ColumnChange

router = APIRouter(tags=["contacts"])

Reader = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("lists.write")]
Name = Annotated[str, Field(max_length=128)]


class ColumnChangeBody(RequestBody):
    """What to change. `add`: name, label, column_kind, default; `rename`: name, label; `label`:
    label; `kind`: column_kind; `order`: order, all names. `column` names the list's column, but
    for `add` and `order`."""

    version: int
    kind: ChangeKind
    column: Name = ""
    name: Name = ""
    label: Name = ""
    column_kind: ColumnKind = ColumnKind.TEXT
    default: Annotated[str, Field(max_length=2000)] = ""
    order: Annotated[tuple[str, ...], Field(max_length=300)] = ()


class ApplyBody(RequestBody):
    """What becomes of values that do not fit: kept in a column of their own, or cleared."""

    unfit: Literal["keep", "clear"] = "keep"


class SampleAnswer(Answer):
    """A value that does not fit."""

    row: int
    contact_id: UUID
    value: str
    code: str
    message: str


class ReportAnswer(Answer):
    """What a check has found."""

    filled: int
    unfit: int
    without_number: int
    samples: list[SampleAnswer]


class ColumnChangeAnswer(Answer):
    """A change and how far it is."""

    column_change_id: UUID
    contact_list_id: UUID
    kind: ChangeKind
    column: str
    name: str
    label: str
    column_kind: ColumnKind
    unfit: str
    state: str
    contacts_done: int
    contacts_total: int
    report: ReportAnswer
    error: str | None
    created_at: UtcTime
    ended_at: UtcTime | None


class ColumnUseAnswer(Answer):
    """A place where a column is used; `shared`: it means other lists' columns too."""

    kind: UseKind
    name: str
    shared: bool


@router.get("/contact-lists/{contact_list_id}/column-changes")
async def list_column_changes(
    contact_list_id: UUID, request: Request, asker: Reader, services: TheServices
) -> ListAnswer[ColumnChangeAnswer]:
    """The list's 20 newest changes; one that is not done comes first."""
    found = await services.column_changes.of_list(asker, contact_list_id)
    language = language_of(request)
    return ListAnswer[ColumnChangeAnswer](
        items=[_answer(change, language) for change in found],
        next_page_token=None,
        total=len(found),
    )


@router.get("/contact-lists/{contact_list_id}/column-uses")
async def list_column_uses(
    contact_list_id: UUID,
    asker: Reader,
    services: TheServices,
    column: Annotated[str, Query(max_length=128)] = "",
) -> ListAnswer[ColumnUseAnswer]:
    """Where a column of the list is used."""
    uses = await services.column_changes.uses(asker, contact_list_id, column)
    return ListAnswer[ColumnUseAnswer](
        items=[ColumnUseAnswer(kind=u.kind, name=u.name, shared=u.shared) for u in uses],
        next_page_token=None,
        total=len(uses),
    )


@router.post("/contact-lists/{contact_list_id}/column-changes", status_code=201)
async def ask_column_change(
    contact_list_id: UUID,
    body: ColumnChangeBody,
    request: Request,
    asker: Writer,
    services: TheServices,
) -> ColumnChangeAnswer:
    """Change a column of a list in use; a new kind, and the removal of a phone column, are checked
    first (`checking`, then `checked`) and done by `apply`."""
    settings = ChangeSettings(
        name=body.name.strip(),
        label=body.label.strip() or (body.name.strip() if body.kind is ChangeKind.ADD else ""),
        kind=body.column_kind,
        default=body.default.strip(),
        order=body.order,
    )
    change = await services.column_changes.ask(
        asker, contact_list_id, body.version, body.kind, body.column, settings
    )
    return _answer(change, language_of(request))


@router.get("/column-changes/{column_change_id}")
async def get_column_change(
    column_change_id: UUID, request: Request, asker: Reader, services: TheServices
) -> ColumnChangeAnswer:
    """One change."""
    change = await services.column_changes.get(asker, column_change_id)
    return _answer(change, language_of(request))


@router.post("/column-changes/{column_change_id}/apply")
async def apply_column_change(
    column_change_id: UUID,
    body: ApplyBody,
    request: Request,
    asker: Writer,
    services: TheServices,
) -> ColumnChangeAnswer:
    """Do what has been checked."""
    change = await services.column_changes.apply(asker, column_change_id, body.unfit)
    return _answer(change, language_of(request))


@router.post("/column-changes/{column_change_id}/cancel")
async def cancel_column_change(
    column_change_id: UUID, request: Request, asker: Writer, services: TheServices
) -> ColumnChangeAnswer:
    """Give up a change of which nothing has been done yet."""
    change = await services.column_changes.cancel(asker, column_change_id)
    return _answer(change, language_of(request))


def _answer(change: ColumnChange, language: str) -> ColumnChangeAnswer:
    report = ChangeReport.from_json(change.report)
    return ColumnChangeAnswer(
        column_change_id=change.column_change_id,
        contact_list_id=change.contact_list_id,
        kind=change.kind,
        column=change.column_name,
        name=change.settings.name,
        label=change.settings.label,
        column_kind=change.settings.kind,
        unfit=change.settings.unfit,
        state=change.state,
        contacts_done=change.contacts_done,
        contacts_total=change.contacts_total,
        report=ReportAnswer(
            filled=report.filled,
            unfit=report.unfit,
            without_number=report.without_number,
            samples=[
                SampleAnswer(**sample, message=message(sample["code"], language))
                for sample in report.samples
            ],
        ),
        error=change.error,
        created_at=change.created_at,
        ended_at=change.ended_at,
    )
