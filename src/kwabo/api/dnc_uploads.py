"""Files uploaded to DNC lists."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, clock_of, requires
from kwabo.api.contacts import csv_answer
from kwabo.api.errors import language_of
from kwabo.api.imports import ImportErrorAnswer, RejectionAnswer
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.multipart import UploadForm, upload_schema
from kwabo.domain.contacts.file_format import DELIMITERS, ENCODINGS
from kwabo.domain.contacts.problems import message
from kwabo.domain.dnc_lists.upload import SeenFile
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.imports import Import
from kwabo.services.dnc_uploads import FileChoices, UploadStart
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["DNC lists"])

Writer = Annotated[Asker, requires("dnc.write")]
_UPLOAD = upload_schema()


class DncUploadAnswer(Answer):
    """A file on its way into a DNC list."""

    upload_id: UUID
    dnc_list_id: UUID
    file_name: str
    file_bytes: int
    state: str
    bytes_done: int
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_duplicate: int
    rows_rejected: int
    rows_removed: int
    replace: bool
    rows_per_second: float | None
    reason: str
    expires_at: UtcTime | None
    error: ImportErrorAnswer | None
    created_at: UtcTime
    started_at: UtcTime | None
    ended_at: UtcTime | None


class SeenRowAnswer(Answer):
    """A row of the file, what of it would be listed, and why it would not."""

    line_number: int
    cells: list[str]
    value: str | None
    message: str | None


class SeenFileAnswer(Answer):
    """The first rows of a file as they would be listed."""

    encoding: str
    encodings: list[str]
    delimiter: str
    delimiters: list[str]
    has_header: bool
    column: int
    header: list[str]
    rows: list[SeenRowAnswer]


class NewDncUploadAnswer(DncUploadAnswer):
    """An uploaded file with a first look at it."""

    preview: SeenFileAnswer


class StartUploadBody(RequestBody):
    """How the file is read, and what is written beside each of its values."""

    column: Annotated[int | None, Field(ge=0, le=10_000)] = None
    has_header: bool | None = None
    encoding: str | None = None
    delimiter: str | None = None
    reason: Annotated[str, Field(max_length=500)] = ""
    expires_at: UtcTime | None = None
    replace: bool = False


@router.post("/dnc-lists/{dnc_list_id}/uploads", status_code=201, openapi_extra=_UPLOAD)
async def upload_dnc_file(
    dnc_list_id: UUID, request: Request, asker: Writer, services: TheServices
) -> NewDncUploadAnswer:
    """Upload a file: multipart, one number on a line or any delimited file."""
    form = UploadForm(request)
    await form.open()
    record, seen = await services.dnc_uploads.upload(
        asker, dnc_list_id, file_name=form.file_name, chunks=form.chunks()
    )
    answer = _answer(record, clock_of(request).now())
    return NewDncUploadAnswer(**answer.model_dump(), preview=_seen(seen, language_of(request)))


@router.get("/dnc-lists/{dnc_list_id}/uploads")
async def list_dnc_uploads(
    dnc_list_id: UUID,
    request: Request,
    asker: Writer,
    services: TheServices,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[DncUploadAnswer]:
    """The files of a list, newest first."""
    page = await services.dnc_uploads.find(asker, dnc_list_id, limit=limit, token=page_token)
    now = clock_of(request).now()
    return ListAnswer[DncUploadAnswer](
        items=[_answer(record, now) for record in page.items],
        next_page_token=page.next_page_token,
        total=page.total,
    )


@router.get("/dnc-uploads/{dnc_upload_id}")
async def get_dnc_upload(
    dnc_upload_id: UUID, request: Request, asker: Writer, services: TheServices
) -> DncUploadAnswer:
    """Where a file is, and what became of its rows so far."""
    return _answer(await services.dnc_uploads.get(asker, dnc_upload_id), clock_of(request).now())


@router.get("/dnc-uploads/{dnc_upload_id}/preview")
async def preview_dnc_upload(
    dnc_upload_id: UUID,
    request: Request,
    asker: Writer,
    services: TheServices,
    encoding: str | None = None,
    delimiter: str | None = None,
    column: Annotated[int | None, Query(ge=0, le=10_000)] = None,
    has_header: bool | None = None,
) -> SeenFileAnswer:
    """Look at the file again, with other choices."""
    choices = FileChoices(
        encoding=encoding, delimiter=delimiter, column=column, has_header=has_header
    )
    seen = await services.dnc_uploads.preview(asker, dnc_upload_id, choices)
    return _seen(seen, language_of(request))


@router.post("/dnc-uploads/{dnc_upload_id}/start")
async def start_dnc_upload(
    dnc_upload_id: UUID,
    body: StartUploadBody,
    request: Request,
    asker: Writer,
    services: TheServices,
) -> DncUploadAnswer:
    """List what is in the file; each part counts from the moment it is stored."""
    start = UploadStart(
        choices=FileChoices(
            encoding=body.encoding,
            delimiter=body.delimiter,
            column=body.column,
            has_header=body.has_header,
        ),
        reason=body.reason,
        expires_at=body.expires_at,
        replace=body.replace,
    )
    record = await services.dnc_uploads.start(asker, dnc_upload_id, start)
    return _answer(record, clock_of(request).now())


@router.post("/dnc-uploads/{dnc_upload_id}/cancel")
async def cancel_dnc_upload(
    dnc_upload_id: UUID, request: Request, asker: Writer, services: TheServices
) -> DncUploadAnswer:
    """Stop; what is listed stays listed."""
    record = await services.dnc_uploads.turn(asker, dnc_upload_id, "cancel")
    return _answer(record, clock_of(request).now())


@router.post("/dnc-uploads/{dnc_upload_id}/resume")
async def resume_dnc_upload(
    dnc_upload_id: UUID, request: Request, asker: Writer, services: TheServices
) -> DncUploadAnswer:
    """Go on with a cancelled or failed upload behind its last stored row."""
    record = await services.dnc_uploads.turn(asker, dnc_upload_id, "resume")
    return _answer(record, clock_of(request).now())


@router.get("/dnc-uploads/{dnc_upload_id}/rejections")
async def list_dnc_rejections(
    dnc_upload_id: UUID,
    request: Request,
    asker: Writer,
    services: TheServices,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[RejectionAnswer]:
    """The report: rejected rows by line, and what was left out of rows that were kept."""
    page = await services.dnc_uploads.rejections(
        asker, dnc_upload_id, limit=limit, token=page_token
    )
    language = language_of(request)
    return ListAnswer[RejectionAnswer](
        items=[
            RejectionAnswer(
                line_number=r.line_number,
                column=r.column,
                value=r.value,
                code=r.code,
                message=message(r.code, language),
                row_kept=r.row_kept,
            )
            for r in page.items
        ],
        next_page_token=page.next_page_token,
        total=page.total,
    )


@router.get("/dnc-uploads/{dnc_upload_id}/rejections.csv", response_class=StreamingResponse)
async def download_dnc_rejections(
    dnc_upload_id: UUID, request: Request, asker: Writer, services: TheServices
) -> StreamingResponse:
    """The report as a CSV file."""
    parts = await services.dnc_uploads.report(asker, dnc_upload_id, language_of(request))
    return csv_answer(parts, "rejections.csv")


def _answer(record: Import, now: datetime) -> DncUploadAnswer:
    rate = None
    if record.started_at is not None and record.rows_read:
        seconds = ((record.ended_at or now) - record.started_at).total_seconds()
        rate = round(record.rows_read / seconds, 1) if seconds > 0 else None
    error = None
    if record.error_code is not None:
        error = ImportErrorAnswer(code=record.error_code, message=record.error or "")
    plain = DncUploadAnswer.model_fields.keys() - _MADE
    return DncUploadAnswer(
        **{name: getattr(record, name) for name in plain},
        upload_id=record.import_id,
        rows_per_second=rate,
        reason=record.mapping.get("reason", ""),
        replace=bool(record.mapping.get("replace")),
        expires_at=record.mapping.get("expires_at"),
        error=error,
    )


_MADE = {"upload_id", "rows_per_second", "reason", "replace", "expires_at", "error"}


def _seen(seen: SeenFile, language: str) -> SeenFileAnswer:
    return SeenFileAnswer(
        encoding=seen.plan.file_format.encoding,
        encodings=list(ENCODINGS),
        delimiter=seen.plan.file_format.delimiter,
        delimiters=list(DELIMITERS),
        has_header=seen.plan.has_header,
        column=seen.plan.column,
        header=list(seen.header),
        rows=[
            SeenRowAnswer(
                line_number=row.line_number,
                cells=list(row.cells),
                value=row.value,
                message=message(row.code, language) if row.code else None,
            )
            for row in seen.rows
        ],
    )
