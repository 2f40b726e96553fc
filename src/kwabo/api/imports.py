"""Imports of contacts from files."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.contact_lists import Names
from kwabo.api.contacts import csv_answer
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.multipart import UploadForm, upload_schema
from kwabo.api.translations import translated
from kwabo.domain.compliance.consents import PROSPECTING
from kwabo.domain.contacts.column_guess import place_of_unnamed
from kwabo.domain.contacts.columns import ColumnKind
from kwabo.domain.contacts.file_format import DELIMITERS, ENCODINGS
from kwabo.domain.contacts.import_reading import MOST_SKIPPED_LINES
from kwabo.domain.contacts.preview import Preview
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.errors import Invalid
from kwabo.ports.imports import Import
from kwabo.services.contact_lists import NewContactList
from kwabo.services.imports import ImportStart
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["contacts"])

Reader = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("contacts.write")]


ConsentRole = Literal[
    "given",
    "at",
    "withdrawn_at",
    "how",
    "proof",
    "reference",
    "channel",
    "purpose",
    "valid_until",
]

_UPLOAD = upload_schema(
    contact_list_id={"type": "string", "format": "uuid"},
    import_template_id={"type": "string", "format": "uuid"},
    sheet={"type": "string"},
)


HeaderLine = Annotated[int | None, Field(ge=1, le=MOST_SKIPPED_LINES + 1)]


class MappedColumnBody(RequestBody):
    """A column of the file: what it becomes, or that it is left out."""

    source: str
    name: Annotated[str | None, Field(max_length=128)] = None
    label: Annotated[str | None, Field(max_length=128)] = None
    kind: ColumnKind | None = None
    ignore: bool = False


class ConsentColumnsBody(RequestBody):
    """Columns of the file that say who consented, and what holds for every row."""

    columns: dict[ConsentRole, Annotated[str, Field(max_length=500)]]
    purpose: Annotated[str, Field(max_length=64)] = PROSPECTING
    channel: Annotated[str, Field(max_length=20)] = "voice"
    how: Annotated[str, Field(max_length=1000)] = ""


class MappingBody(RequestBody):
    """Columns that are not named are left out."""

    columns: Annotated[list[MappedColumnBody], Field(max_length=300)]
    has_header: bool | None = None
    consent: ConsentColumnsBody | None = None
    front: bool = False


class NewListBody(RequestBody):
    """The list to be made of the file."""

    name: Annotated[str, Field(max_length=200)]
    region: str | None = None
    time_zone: str | None = None


class StartBody(RequestBody):
    """How to import an uploaded file: `contact_list_id` or `new_list`."""

    contact_list_id: UUID | None = None
    new_list: NewListBody | None = None
    mapping: MappingBody
    key_columns: Names | None = None
    on_duplicate: Literal["update", "skip"] = "update"
    encoding: str | None = None
    delimiter: str | None = None
    header_line: HeaderLine = None


class MappedColumnAnswer(Answer):
    """A column of the file as it is mapped."""

    source: str
    name: str | None = None
    label: str | None = None
    kind: ColumnKind | None = None
    ignore: bool = False


class ConsentColumnsAnswer(Answer):
    """Which column of the file says what of a consent."""

    columns: dict[str, str]
    purpose: str
    channel: str
    how: str


class MappingAnswer(Answer):
    """Which column of the file fills which column of the list."""

    columns: tuple[MappedColumnAnswer, ...] = ()
    has_header: bool = True
    consent: ConsentColumnsAnswer | None = None
    front: bool = False


class LeftOutAnswer(Answer):
    """A column of the file that the template does not name, and what it seems to hold."""

    source: str
    kind: ColumnKind


class PreviewCellAnswer(Answer):
    """A cell as written and as read."""

    value: str
    parsed: str | list[str] | None
    code: str | None
    message: str | None


class PreviewRowAnswer(Answer):
    """A row of the file."""

    line_number: int
    cells: list[PreviewCellAnswer]


class ImportPreviewAnswer(Answer):
    """The first 50 rows as they would be imported."""

    encoding: str
    encodings: list[str]
    delimiter: str
    delimiters: list[str]
    has_bom: bool
    header_line: int
    header: list[str]
    mapping: MappingAnswer
    left_out: list[LeftOutAnswer]
    rows: list[PreviewRowAnswer]


class ImportErrorAnswer(Answer):
    """Why an import failed."""

    code: str
    message: str


class ImportAnswer(Answer):
    """An import and how far it is."""

    import_id: UUID
    contact_list_id: UUID | None
    contact_list_name: str | None
    file_name: str
    file_bytes: int
    state: str
    encoding: str
    delimiter: str
    mapping: MappingAnswer
    on_duplicate: str
    bytes_done: int
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_duplicate: int
    rows_rejected: int
    rows_per_second: float | None
    error: ImportErrorAnswer | None
    created_at: UtcTime
    started_at: UtcTime | None
    ended_at: UtcTime | None
    sheet: str | None
    sheets: tuple[str, ...]
    import_template_id: UUID | None
    numbers_converted: int
    consents_added: int


class UploadAnswer(ImportAnswer):
    """An import whose file has been uploaded, with its preview."""

    preview: ImportPreviewAnswer


class RejectionAnswer(Answer):
    """A line of the report; `row_kept`: the contact was taken all the same."""

    line_number: int
    column: str
    value: str
    code: str
    message: str
    row_kept: bool


@router.post("/imports/uploads", status_code=201, openapi_extra=_UPLOAD)
async def upload_import(request: Request, asker: Writer, services: TheServices) -> UploadAnswer:
    """Upload a CSV file or a workbook: multipart, `contact_list_id`, `import_template_id` and
    `sheet` (all optional) before `file`."""
    form = UploadForm(request)
    await form.open()
    record, seen = await services.imports.upload(
        asker,
        file_name=form.file_name,
        chunks=form.chunks(),
        contact_list_id=_id_in(form.fields, "contact_list_id"),
        import_template_id=_id_in(form.fields, "import_template_id"),
        sheet=form.fields.get("sheet") or None,
    )
    return _upload_answer(record, seen, request, services)


class SheetBody(RequestBody):
    """The sheet to be read."""

    sheet: Annotated[str, Field(max_length=200)]


class TemplateChoiceBody(RequestBody):
    """The template to read the file by; null: none."""

    import_template_id: UUID | None


@router.post("/imports/{import_id}/sheet")
async def choose_sheet(
    import_id: UUID, body: SheetBody, request: Request, asker: Writer, services: TheServices
) -> UploadAnswer:
    """Read another sheet of an uploaded workbook."""
    record, seen = await services.imports.choose_sheet(asker, import_id, body.sheet)
    return _upload_answer(record, seen, request, services)


@router.post("/imports/{import_id}/template")
async def choose_template(
    import_id: UUID,
    body: TemplateChoiceBody,
    request: Request,
    asker: Writer,
    services: TheServices,
) -> UploadAnswer:
    """Read an uploaded file by a template, or by none."""
    record, seen = await services.imports.choose_template(asker, import_id, body.import_template_id)
    return _upload_answer(record, seen, request, services)


@router.get("/imports/{import_id}/preview")
async def preview_import(
    import_id: UUID,
    request: Request,
    asker: Writer,
    services: TheServices,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_line: HeaderLine = None,
    kinds: Annotated[str | None, Query(max_length=5000)] = None,
    region: Annotated[str | None, Query(max_length=2)] = None,
) -> ImportPreviewAnswer:
    """Look at the file again, with another encoding or delimiter; `header_line`: the line of the
    columns' titles, what stands before it is left out (default: as found); `kinds`: the
    columns' kinds in the file's order, with commas between them, `ignore` for one that is left
    out; `region`: the country of numbers without a code, when the list is not chosen yet."""
    seen = await services.imports.preview(
        asker,
        import_id,
        encoding=encoding,
        delimiter=delimiter,
        skip_lines=_before(header_line),
        kinds=_kinds(kinds),
        region=region,
    )
    return _preview(seen, language_of(request))


@router.post("/imports/{import_id}/start")
async def start_import(
    import_id: UUID, body: StartBody, asker: Writer, services: TheServices
) -> ImportAnswer:
    """Start the import."""
    new_list = None if body.new_list is None else NewContactList(**body.new_list.model_dump())
    start = ImportStart(
        mapping=body.mapping.model_dump(exclude_none=True, mode="json"),
        contact_list_id=body.contact_list_id,
        new_list=new_list,
        key_columns=body.key_columns,
        on_duplicate=body.on_duplicate,
        encoding=body.encoding,
        delimiter=body.delimiter,
        skip_lines=_before(body.header_line),
    )
    return _answer(await services.imports.start(asker, import_id, start), services)


@router.get("/imports")
async def list_imports(
    asker: Reader,
    services: TheServices,
    contact_list_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[ImportAnswer]:
    """The organisation's imports, newest first."""
    page = await services.imports.find(
        asker, contact_list_id=contact_list_id, limit=limit, token=page_token
    )
    return ListAnswer[ImportAnswer](
        items=[_answer(record, services) for record in page.items],
        next_page_token=page.next_page_token,
        total=page.total,
    )


@router.get("/imports/{import_id}")
async def get_import(import_id: UUID, asker: Reader, services: TheServices) -> ImportAnswer:
    """One import: where it is in the file, and what became of its rows so far."""
    return _answer(await services.imports.get(asker, import_id), services)


@router.get("/imports/{import_id}/rejections")
async def list_rejections(
    import_id: UUID,
    request: Request,
    asker: Reader,
    services: TheServices,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[RejectionAnswer]:
    """The report: rejected rows, and cells that were left out of rows that were kept."""
    page = await services.imports.rejections(asker, import_id, limit=limit, token=page_token)
    language = language_of(request)
    items = [
        RejectionAnswer(
            line_number=r.line_number,
            column=r.column,
            value=r.value,
            code=r.code,
            message=message(r.code, language),
            row_kept=r.row_kept,
        )
        for r in page.items
    ]
    return ListAnswer[RejectionAnswer](
        items=items, next_page_token=page.next_page_token, total=page.total
    )


@router.get("/imports/{import_id}/rejections.csv", response_class=StreamingResponse)
async def download_rejections(
    import_id: UUID, request: Request, asker: Reader, services: TheServices
) -> StreamingResponse:
    """The report as a CSV file."""
    parts = await services.imports.report(asker, import_id, language_of(request))
    return csv_answer(parts, "rejections.csv")


@router.post("/imports/{import_id}/cancel")
async def cancel_import(import_id: UUID, asker: Writer, services: TheServices) -> ImportAnswer:
    """Stop the import; what was imported stays."""
    return _answer(await services.imports.cancel(asker, import_id), services)


@router.post("/imports/{import_id}/resume")
async def resume_import(import_id: UUID, asker: Writer, services: TheServices) -> ImportAnswer:
    """Go on with a cancelled or failed import behind its last stored row."""
    return _answer(await services.imports.resume(asker, import_id), services)


def _before(header_line: int | None) -> int | None:
    """The lines before a line."""
    return None if header_line is None else header_line - 1


def _kinds(text: str | None) -> list[ColumnKind | None]:
    try:
        words = text.split(",") if text else []
        return [None if word == "ignore" else ColumnKind(word) for word in words]
    except ValueError as error:
        choice = ", ".join(kind.value for kind in ColumnKind)
        raise Invalid(
            "KIND_UNKNOWN",
            f"Give each column one of these kinds: {choice}, ignore.",
            field="kinds",
            details={"kinds": choice},
        ) from error


def _id_in(fields: dict[str, str], name: str) -> UUID | None:
    try:
        return UUID(fields[name]) if fields.get(name) else None
    except ValueError as error:
        raise Invalid("INVALID", "This is no id.", field=name, details={"fields": []}) from error


def _upload_answer(
    record: Import, seen: Preview, request: Request, services: TheServices
) -> UploadAnswer:
    values = _import_values(record, services.imports.now())
    return UploadAnswer(**values, preview=_preview(seen, language_of(request)))


def _answer(record: Import, services: TheServices) -> ImportAnswer:
    return ImportAnswer(**_import_values(record, services.imports.now()))


def _import_values(record: Import, now: Any) -> dict[str, Any]:
    rate = None
    if record.started_at is not None and record.rows_read:
        seconds = ((record.ended_at or now) - record.started_at).total_seconds()
        rate = round(record.rows_read / seconds, 1) if seconds > 0 else None
    names = ImportAnswer.model_fields.keys() - _MADE
    values = {name: getattr(record, name) for name in names}
    error = None
    if record.error_code is not None:
        error = ImportErrorAnswer(code=record.error_code, message=record.error or "")
    return {
        **values,
        "mapping": MappingAnswer.model_validate(record.mapping),
        "rows_per_second": rate,
        "error": error,
    }


_MADE = {"mapping", "rows_per_second", "error"}


def _preview(seen: Preview, language: str) -> ImportPreviewAnswer:
    rows = [
        PreviewRowAnswer(
            line_number=row.line_number,
            cells=[
                PreviewCellAnswer(
                    value=cell.value,
                    parsed=cell.parsed,
                    code=cell.code,
                    message=message(cell.code, language) if cell.code else None,
                )
                for cell in row.cells
            ],
        )
        for row in seen.rows
    ]
    return ImportPreviewAnswer(
        encoding=seen.file_format.encoding,
        encodings=list(ENCODINGS),
        delimiter=seen.file_format.delimiter,
        delimiters=list(DELIMITERS),
        has_bom=seen.file_format.mark_bytes > 0,
        header_line=seen.file_format.skip_lines + 1,
        header=seen.header,
        mapping=_labelled(MappingAnswer.model_validate(seen.mapping.as_json()), language),
        left_out=[LeftOutAnswer(source=one.name, kind=one.kind) for one in seen.left_out],
        rows=rows,
    )


def _labelled(mapping: MappingAnswer, language: str) -> MappingAnswer:
    """With labels in the asker's language for columns that the file does not name."""
    return mapping.model_copy(
        update={"columns": tuple(_column(one, language) for one in mapping.columns)}
    )


def _column(column: MappedColumnAnswer, language: str) -> MappedColumnAnswer:
    place = place_of_unnamed(column.source)
    if place is None or column.label != column.source:
        return column
    said = translated("UNNAMED_COLUMN", language, {"place": place})
    return column.model_copy(update={"label": said or column.label})
