"""Scheduled imports."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.translations import translated
from kwabo.domain.contacts.import_source import ImportSource, SourceKind
from kwabo.domain.contacts.import_timing import ImportTiming
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.import_schedules import ImportSchedule, ScheduleFile, ScheduleRun
from kwabo.services.import_schedules import ScheduleValues
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["contacts"])

Reader = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("lists.write")]
Short = Annotated[str, Field(max_length=1000)]
Secret = Annotated[str | None, Field(max_length=20_000)]


class SourcePart(RequestBody):
    """Where files come from. `folder`: path, pattern; `sftp`: host, port, user, host_key, sign_in
    (password or key), path, pattern; `https`: url, sign_in (none, password, token), user."""

    kind: SourceKind = SourceKind.FOLDER
    path: Short = ""
    pattern: Annotated[str, Field(max_length=200)] = "*.csv"
    move_to: Annotated[str, Field(max_length=200)] = "done"
    host: Annotated[str, Field(max_length=253)] = ""
    port: int = 22
    user: Annotated[str, Field(max_length=200)] = ""
    host_key: Annotated[str, Field(max_length=60)] = ""
    sign_in: Literal["none", "password", "key", "token"] = "none"
    url: Annotated[str, Field(max_length=2000)] = ""

    def source(self) -> ImportSource:
        values: dict[str, Any] = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in self.model_dump().items()
        }
        return ImportSource(**{**values, "kind": self.kind})


class TimingPart(RequestBody):
    """When it runs: `every` so many minutes, or `daily` at a time of a zone."""

    kind: Literal["every", "daily"] = "every"
    minutes: int = 60
    at: Annotated[str, Field(max_length=5)] = "06:00"
    weekdays: Annotated[tuple[int, ...], Field(max_length=7)] = (1, 2, 3, 4, 5, 6, 7)
    time_zone: Annotated[str, Field(max_length=60)] = "Africa/Porto-Novo"

    def timing(self) -> ImportTiming:
        return ImportTiming(**self.model_dump())


class ImportScheduleBody(RequestBody):
    """A scheduled import; `secret` (password, private key or token) is never shown again."""

    name: Annotated[str, Field(max_length=200)]
    contact_list_id: UUID
    import_template_id: UUID | None = None
    source: SourcePart
    secret: Secret = None
    timing: TimingPart = TimingPart()
    done_file: Literal["keep", "move", "delete"] = "keep"
    on_duplicate: Literal["update", "skip"] = "update"
    active: bool = True

    def values(self) -> ScheduleValues:
        return ScheduleValues(
            name=self.name,
            contact_list_id=self.contact_list_id,
            import_template_id=self.import_template_id,
            source=self.source.source(),
            secret=self.secret or None,
            timing=self.timing.timing(),
            done_file=self.done_file,
            on_duplicate=self.on_duplicate,
            active=self.active,
        )


class ImportSchedulePatch(ImportScheduleBody):
    """The whole scheduled import as it is to be; without `secret` it stays as it was."""

    version: int


class SourceTestBody(RequestBody):
    """A source to be tried; without `secret`, that of the scheduled import is used."""

    source: SourcePart
    secret: Secret = None
    import_schedule_id: UUID | None = None


class ImportRunAnswer(Answer):
    """One look at the source, and its imports."""

    import_schedule_run_id: UUID
    state: str
    asked_by_person: bool
    files_seen: int
    files_imported: int
    files_known: int
    files_failed: int
    error_code: str | None
    error: str | None
    columns_left_out: list[str]  # of its files, that the template does not name
    started_at: UtcTime
    ended_at: UtcTime | None


class ImportScheduleAnswer(Answer):
    """A scheduled import and its newest run."""

    import_schedule_id: UUID
    name: str
    contact_list_id: UUID
    import_template_id: UUID | None
    source: dict[str, Any]
    has_secret: bool
    timing: dict[str, Any]
    done_file: str
    on_duplicate: str
    active: bool
    next_run_at: UtcTime | None
    waiting: bool
    failures: int
    last_run: ImportRunAnswer | None
    version: int
    created_at: UtcTime
    updated_at: UtcTime


class ScheduleFileAnswer(Answer):
    """A file that was fetched, and its import or why there is none."""

    file_name: str
    content_hash: str
    import_id: UUID | None
    import_state: str | None
    error_code: str | None
    error: str | None
    columns_left_out: list[str]
    created_at: UtcTime
    disposed_at: UtcTime | None


class FoundFileAnswer(Answer):
    """A file at its source."""

    name: str
    size: int | None
    modified_at: UtcTime | None


class SourceTestAnswer(Answer):
    """What a source shows; for SFTP the server's key, to be accepted by a person first."""

    host_key: str
    host_key_accepted: bool
    files: list[FoundFileAnswer]


@router.get("/import-schedules")
async def list_import_schedules(
    request: Request, asker: Reader, services: TheServices
) -> ListAnswer[ImportScheduleAnswer]:
    """The organisation's scheduled imports, by name."""
    found = await services.import_schedules.all(asker)
    language = language_of(request)
    return ListAnswer[ImportScheduleAnswer](
        items=[_answer(schedule, run, language) for schedule, run in found],
        next_page_token=None,
        total=len(found),
    )


@router.post("/import-schedules", status_code=201)
async def add_import_schedule(
    body: ImportScheduleBody, request: Request, asker: Writer, services: TheServices
) -> ImportScheduleAnswer:
    """Make a scheduled import."""
    schedule = await services.import_schedules.add(asker, body.values())
    return _answer(schedule, None, language_of(request))


@router.post("/import-schedule-tests")
async def test_import_source(
    body: SourceTestBody, asker: Writer, services: TheServices
) -> SourceTestAnswer:
    """Connect to a source and list its files; nothing is fetched."""
    seen = await services.import_schedules.test(
        asker, body.source.source(), body.secret or None, body.import_schedule_id
    )
    return SourceTestAnswer(
        host_key=seen.host_key,
        host_key_accepted=seen.host_key_accepted,
        files=[
            FoundFileAnswer(name=file.name, size=file.size, modified_at=file.modified_at)
            for file in seen.files
        ],
    )


@router.get("/import-schedules/{import_schedule_id}")
async def get_import_schedule(
    import_schedule_id: UUID, request: Request, asker: Reader, services: TheServices
) -> ImportScheduleAnswer:
    """One scheduled import."""
    schedule, run = await services.import_schedules.get(asker, import_schedule_id)
    return _answer(schedule, run, language_of(request))


@router.patch("/import-schedules/{import_schedule_id}")
async def change_import_schedule(
    import_schedule_id: UUID,
    body: ImportSchedulePatch,
    request: Request,
    asker: Writer,
    services: TheServices,
) -> ImportScheduleAnswer:
    """Change a scheduled import."""
    await services.import_schedules.change(asker, import_schedule_id, body.version, body.values())
    schedule, run = await services.import_schedules.get(asker, import_schedule_id)
    return _answer(schedule, run, language_of(request))


@router.delete("/import-schedules/{import_schedule_id}", status_code=204)
async def remove_import_schedule(
    import_schedule_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Remove a scheduled import; what it has imported stays."""
    await services.import_schedules.remove(asker, import_schedule_id)


@router.post("/import-schedules/{import_schedule_id}/run")
async def run_import_schedule(
    import_schedule_id: UUID, request: Request, asker: Writer, services: TheServices
) -> ImportScheduleAnswer:
    """Have it run now."""
    await services.import_schedules.run_now(asker, import_schedule_id)
    schedule, run = await services.import_schedules.get(asker, import_schedule_id)
    return _answer(schedule, run, language_of(request))


@router.get("/import-schedules/{import_schedule_id}/runs")
async def list_schedule_runs(
    import_schedule_id: UUID,
    request: Request,
    asker: Reader,
    services: TheServices,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[ImportRunAnswer]:
    """Its runs, newest first."""
    page = await services.import_schedules.runs(
        asker, import_schedule_id, limit=limit, token=page_token
    )
    language = language_of(request)
    return ListAnswer[ImportRunAnswer](
        items=[_run(run, language) for run in page.items],
        next_page_token=page.next_page_token,
        total=page.total,
    )


@router.get("/import-schedules/{import_schedule_id}/files")
async def list_schedule_files(
    import_schedule_id: UUID, request: Request, asker: Reader, services: TheServices
) -> ListAnswer[ScheduleFileAnswer]:
    """The newest 50 files that it has fetched."""
    found = await services.import_schedules.files(asker, import_schedule_id)
    language = language_of(request)
    return ListAnswer[ScheduleFileAnswer](
        items=[_file(file, language) for file in found], next_page_token=None, total=len(found)
    )


def _answer(
    schedule: ImportSchedule, run: ScheduleRun | None, language: str
) -> ImportScheduleAnswer:
    return ImportScheduleAnswer(
        import_schedule_id=schedule.import_schedule_id,
        name=schedule.name,
        contact_list_id=schedule.contact_list_id,
        import_template_id=schedule.import_template_id,
        source=schedule.source.as_json(),
        has_secret=schedule.secret is not None,
        timing=schedule.timing.as_json(),
        done_file=schedule.done_file,
        on_duplicate=schedule.on_duplicate,
        active=schedule.active,
        next_run_at=schedule.next_run_at,
        waiting=schedule.wanted_at is not None,
        failures=schedule.failures,
        last_run=_run(run, language) if run else None,
        version=schedule.version,
        created_at=schedule.created_at,
        updated_at=schedule.updated_at,
    )


def _run(run: ScheduleRun, language: str) -> ImportRunAnswer:
    return ImportRunAnswer(
        import_schedule_run_id=run.import_schedule_run_id,
        state=run.state,
        asked_by_person=run.asked_by_person,
        files_seen=run.files_seen,
        files_imported=run.files_imported,
        files_known=run.files_known,
        files_failed=run.files_failed,
        error_code=run.error_code,
        error=_in_words(run.error_code, run.error, language),
        columns_left_out=list(run.columns_left_out),
        started_at=run.started_at,
        ended_at=run.ended_at,
    )


def _file(file: ScheduleFile, language: str) -> ScheduleFileAnswer:
    return ScheduleFileAnswer(
        file_name=file.file_name,
        content_hash=file.content_hash.hex(),
        import_id=file.import_id,
        import_state=file.import_state,
        error_code=file.error_code,
        error=_in_words(file.error_code, file.error, language),
        columns_left_out=list(file.columns_left_out),
        created_at=file.created_at,
        disposed_at=file.disposed_at,
    )


def _in_words(code: str | None, said: str | None, language: str) -> str | None:
    """The kept message in the reader's language, where its details are not needed for it."""
    if code is None or language != "fr":
        return said
    return translated(code, language, {"said": "", "value": ""}) or said
