"""Imports: a file is uploaded, looked at, started, followed, cancelled, resumed.

The list's key columns decide what a duplicate is; they are chosen with the list's first contacts
and stay. Columns of the file that the list lacks are added to it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.contacts.file_format import DELIMITERS, ENCODINGS
from kwabo.domain.contacts.formula import neutralised
from kwabo.domain.contacts.import_plan import Mapping, check_columns, mapped_columns
from kwabo.domain.contacts.import_reading import Reading
from kwabo.domain.contacts.import_states import IMPORT_STATES
from kwabo.domain.contacts.preview import Preview
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.contact_lists import ContactList
from kwabo.ports.import_templates import ImportTemplate
from kwabo.ports.imports import Import, Rejection
from kwabo.ports.uploads import UploadStore
from kwabo.ports.workbooks import Workbooks
from kwabo.services.column_guard import refuse_during_column_change
from kwabo.services.consent_imports import refuse_consent_columns
from kwabo.services.contact_lists import (
    COLUMN_MESSAGES,
    NewContactList,
    check_region,
    checked,
    found_list,
    make_list,
)
from kwabo.services.contacts import csv_lines
from kwabo.services.import_files import ImportFile, ImportFiles, text_path
from kwabo.services.import_templates import found_template
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork

MAX_FILE_BYTES: Final = 20_000_000_000
_REPORT_PAGE: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStart:
    """How an uploaded file is to be imported: into a list that exists, or into a new one."""

    mapping: AnyMapping[str, Any]
    contact_list_id: UUID | None = None
    new_list: NewContactList | None = None  # its columns and key come from the file
    key_columns: tuple[str, ...] | None = None  # None: the list's
    on_duplicate: Literal["update", "skip"] = "update"
    encoding: str | None = None  # None: as detected
    delimiter: str | None = None
    skip_lines: int | None = None  # before the columns' titles; None: as detected


class ImportService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        uploads: UploadStore,
        workbooks: Workbooks,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._uploads = uploads
        self._files = ImportFiles(uploads, workbooks)
        self._ids = ids
        self._clock = clock

    def now(self) -> datetime:
        """The instant against which progress is measured."""
        return self._clock.now()

    async def upload(
        self,
        asker: Asker,
        *,
        file_name: str,
        chunks: AsyncIterator[bytes],
        contact_list_id: UUID | None,
        import_template_id: UUID | None = None,
        sheet: str | None = None,
    ) -> tuple[Import, Preview]:
        """Keep a file and look at its beginning; a template is taken when one fits its header.

        Raises Invalid, NotFound for the list and the template.
        """
        record, seen = await self.receive(
            asker,
            file_name=file_name,
            chunks=chunks,
            contact_list_id=contact_list_id,
            import_template_id=import_template_id,
            sheet=sheet,
        )
        try:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                await stores.imports.add(record)
        except BaseException:
            await self.discard(record)
            raise
        return record, seen

    async def discard(self, record: Import) -> None:
        """Remove the file of an import that was received and not kept."""
        await self._files.remove(_file(record))

    async def receive(
        self,
        asker: Asker,
        *,
        file_name: str,
        chunks: AsyncIterator[bytes],
        contact_list_id: UUID | None,
        import_template_id: UUID | None = None,
        sheet: str | None = None,
    ) -> tuple[Import, Preview]:
        """`upload` without a record of it: who calls this adds the import, or discards it."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            region, contact_list = await _region(stores, asker, contact_list_id)
            if import_template_id is None:
                templates = await stores.import_templates.all()
                template = None
            else:
                template = found_template(await stores.import_templates.get(import_template_id))
                sheet = sheet or template.reading.sheet
        import_id = self._ids.new()
        stored = await self._uploads.save(import_id, chunks, max_bytes=MAX_FILE_BYTES)
        file = ImportFile(path=stored.path, size=stored.size)
        try:
            file = await self._files.opened(stored.path, stored.size, sheet)
            if import_template_id is None:
                template = await self._files.fitting(file, region, templates)
            seen = await self._look(file, region, contact_list, template=template)
            record = Import(
                import_id=import_id, organisation_id=asker.organisation_id,
                contact_list_id=contact_list_id,
                contact_list_name=contact_list.name if contact_list else None,
                user_id=asker.user_id, file_name=file_name[-200:] or "file.csv",
                file_path=file.path, file_bytes=file.size, state=IMPORT_STATES.initial,
                encoding=seen.file_format.encoding, delimiter=seen.file_format.delimiter,
                mapping=seen.mapping.as_json(),
                key_columns=contact_list.key_columns if contact_list else (),
                workbook_path=file.workbook_path, sheet=file.sheet, sheets=file.sheets,
                reading=template.reading.as_json() if template else {},
                import_template_id=template.import_template_id if template else None,
                on_duplicate=template.on_duplicate if template else "update",
                bytes_done=0, lines_done=0, rows_read=0, rows_added=0,
                rows_updated=0, rows_duplicate=0, rows_rejected=0, error_code=None, error=None,
                created_at=self._clock.now(), started_at=None, ended_at=None,
            )  # fmt: skip
        except BaseException:
            await self._uploads.remove(stored.path)
            await self._uploads.remove(text_path(stored.path))
            raise
        return record, seen

    async def choose_sheet(
        self, asker: Asker, import_id: UUID, sheet: str
    ) -> tuple[Import, Preview]:
        """Read another sheet of the workbook. Raises NotFound, Invalid, Conflict."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            record = _found(await stores.imports.get_for_change(import_id))
            _must_be_uploaded(record)
            if record.workbook_path is None:
                raise Invalid(
                    "NO_SHEETS", "The file is no workbook: it has no sheets.", field="sheet"
                )
            region, contact_list = await _region(stores, asker, record.contact_list_id)
            made = await self._files.sheet_of(record.workbook_path, sheet)
            record = replace(record, sheet=made.sheet, file_bytes=made.size)
            template = None
            if record.import_template_id is not None:
                template = await stores.import_templates.get(record.import_template_id)
            seen = await self._look(_file(record), region, contact_list, template=template)
            record = replace(record, mapping=seen.mapping.as_json())
            await stores.imports.change(record)
            return record, seen

    async def choose_template(
        self, asker: Asker, import_id: UUID, import_template_id: UUID | None
    ) -> tuple[Import, Preview]:
        """Read the file by a template, or by none. Raises NotFound, Invalid, Conflict."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            record = _found(await stores.imports.get_for_change(import_id))
            _must_be_uploaded(record)
            region, contact_list = await _region(stores, asker, record.contact_list_id)
            template = None
            if import_template_id is not None:
                template = found_template(await stores.import_templates.get(import_template_id))
                wanted = template.reading.sheet
                if record.workbook_path and wanted in record.sheets and wanted != record.sheet:
                    made = await self._files.sheet_of(record.workbook_path, wanted)
                    record = replace(record, sheet=made.sheet, file_bytes=made.size)
            seen = await self._look(_file(record), region, contact_list, template=template)
            record = replace(
                record,
                reading=template.reading.as_json() if template else {},
                import_template_id=import_template_id,
                on_duplicate=template.on_duplicate if template else record.on_duplicate,
                encoding=seen.file_format.encoding,
                delimiter=seen.file_format.delimiter,
                mapping=seen.mapping.as_json(),
            )
            await stores.imports.change(record)
            return record, seen

    async def preview(
        self,
        asker: Asker,
        import_id: UUID,
        *,
        encoding: str | None,
        delimiter: str | None,
        skip_lines: int | None = None,
        kinds: Sequence[ColumnKind | None] = (),
        region: str | None = None,
    ) -> Preview:
        """Look at the file again, with other choices where they are given.

        `region`: the country of numbers without a code; None: the list's, else the organisation's.
        """
        _check_format(encoding, delimiter)
        if region is not None:
            check_region(region)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            record = _found(await stores.imports.get(import_id))
            usual, contact_list = await _region(stores, asker, record.contact_list_id)
            template = None
            if record.import_template_id is not None:
                template = await stores.import_templates.get(record.import_template_id)
        return await self._files.look(
            _file(record),
            region or usual,
            known_columns=contact_list.columns if contact_list else (),
            encoding=encoding,
            delimiter=delimiter,
            skip_lines=skip_lines,
            kinds=kinds,
            reading=_reading(record),
            template=template.mapping if template else None,
        )

    async def _look(
        self,
        file: ImportFile,
        region: str,
        contact_list: ContactList | None,
        *,
        template: ImportTemplate | None,
    ) -> Preview:
        return await self._files.look(
            file,
            region,
            known_columns=contact_list.columns if contact_list else (),
            reading=template.reading if template else None,
            template=template.mapping if template else None,
        )

    async def start(self, asker: Asker, import_id: UUID, start: ImportStart) -> Import:
        """Hand the import to the importer. Raises NotFound, Invalid, Conflict `IMPORT_STATE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            record = _found(await stores.imports.get_for_change(import_id))
            return await self.begin(stores, asker, record, start)

    async def begin(
        self, stores: Stores, asker: Asker, record: Import, start: ImportStart
    ) -> Import:
        """`start` within a transaction that holds the import."""
        _check_format(start.encoding, start.delimiter)
        state = _after(record, "start")
        region, _ = await _region(stores, asker, start.contact_list_id)
        if start.new_list and start.new_list.region:
            region = start.new_list.region
        seen = await self._files.look(
            _file(record),
            region,
            encoding=start.encoding or record.encoding,
            delimiter=start.delimiter or record.delimiter,
            skip_lines=start.skip_lines,
            reading=_reading(record),
        )
        mapping = _complete(start.mapping, seen)
        contact_list = await self._list_for(stores, asker, start, mapping)
        started = replace(
            record,
            contact_list_id=contact_list.contact_list_id,
            state=state,
            encoding=seen.file_format.encoding,
            delimiter=seen.file_format.delimiter,
            reading={**record.reading, "skip_lines": seen.file_format.skip_lines},
            mapping=mapping.as_json(),
            on_duplicate=start.on_duplicate,
        )
        await stores.imports.change(started)
        await stores.audit.record(
            "import.started",
            actor_user_id=asker.user_id,
            subject_kind="contact_list",
            subject_id=contact_list.contact_list_id,
            at=self._clock.now(),
            details={"import_id": str(record.import_id), "file_bytes": record.file_bytes},
        )
        return _found(await stores.imports.get(record.import_id))

    async def _list_for(
        self, stores: Stores, asker: Asker, start: ImportStart, mapping: Mapping
    ) -> ContactList:
        columns = tuple(mapped_columns(mapping))
        if start.new_list is not None:
            asker.must_have("lists.write")
            new = replace(start.new_list, columns=columns, key_columns=start.key_columns or ())
            return await make_list(
                stores, asker, new, contact_list_id=self._ids.new(), clock=self._clock
            )
        if start.contact_list_id is None:
            raise Invalid(
                "LIST_NEEDED", "Choose a list, or give the name of a new one.", field="new_list"
            )
        old = found_list(await stores.contact_lists.get_for_change(start.contact_list_id))
        await refuse_during_column_change(stores, start.contact_list_id)
        counts = await stores.contact_lists.count_contacts([old.contact_list_id])
        new_list = _grown(old, columns, start.key_columns, empty=not counts[old.contact_list_id])
        missing = set(new_list.key_columns) - {column.name for column in columns}
        if missing:
            raise Invalid(
                "KEY_COLUMN_MISSING",
                "The file must fill the list's key columns. Map a column of the file to each.",
                field="mapping",
                details={"columns": ", ".join(sorted(missing))},
            )
        if new_list != old:
            await stores.contact_lists.change(replace(new_list, updated_at=self._clock.now()))
        return new_list

    async def find(
        self, asker: Asker, *, contact_list_id: UUID | None, limit: int, token: str | None
    ) -> Page[Import]:
        """A page of imports, newest first."""
        position = position_of(token, str, str)
        before = None
        if position:
            before = (datetime.fromisoformat(position[0]), UUID(position[1]))
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.imports.find(
                contact_list_id=contact_list_id, before=before, limit=limit + 1
            )
        more, found = len(found) > limit, found[:limit]
        next_token = None
        if more:
            next_token = page_token(found[-1].created_at.isoformat(), str(found[-1].import_id))
        return Page(items=found, next_page_token=next_token, total=None)

    async def get(self, asker: Asker, import_id: UUID) -> Import:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.imports.get(import_id))

    async def cancel(self, asker: Asker, import_id: UUID) -> Import:
        """Stop after the block that is being stored; what was imported stays."""
        return await self._turn(asker, import_id, "cancel")

    async def resume(self, asker: Asker, import_id: UUID) -> Import:
        """Go on behind the last stored row."""
        return await self._turn(asker, import_id, "resume")

    async def _turn(self, asker: Asker, import_id: UUID, event: str) -> Import:
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            record = _found(await stores.imports.get_for_change(import_id))
            state = _after(record, event)
            if event == "resume":
                if record.contact_list_id is None:
                    raise _state_conflict(record, event)
                await refuse_during_column_change(stores, record.contact_list_id)
            ended_at = self._clock.now() if event == "cancel" else None
            changed = replace(record, state=state, ended_at=ended_at, error_code=None, error=None)
            await stores.imports.change(changed)
            return changed

    async def rejections(
        self, asker: Asker, import_id: UUID, *, limit: int, token: str | None
    ) -> Page[Rejection]:
        """A page of the report, in the file's order."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            _found(await stores.imports.get(import_id))
            return await rejections_page(stores, import_id, limit=limit, token=token)

    async def report(self, asker: Asker, import_id: UUID, language: str) -> AsyncIterator[str]:
        """The whole report as CSV text in parts. NotFound is raised before anything is sent."""
        await self.get(asker, import_id)
        return report_lines(self._unit_of_work, asker.organisation_id, import_id, language)


async def rejections_page(
    stores: Stores, import_id: UUID, *, limit: int, token: str | None
) -> Page[Rejection]:
    """A page of the report of an import, into whatever list, in the file's order."""
    position = position_of(token, int)
    found = await stores.imports.rejections(
        import_id, after=position[0] if position else 0, limit=limit + 1
    )
    more, found = len(found) > limit, found[:limit]
    return Page(
        items=[rejection for _, rejection in found],
        next_page_token=page_token(found[-1][0]) if more else None,
        total=None,
    )


async def report_lines(
    unit_of_work: UnitOfWork, organisation_id: UUID, import_id: UUID, language: str
) -> AsyncIterator[str]:
    """An import's whole report as CSV text in parts."""
    yield "\ufeff" + csv_lines([_REPORT_HEADER["fr" if language == "fr" else "en"]])
    after = 0
    while True:
        async with unit_of_work.begin(organisation_id) as stores:
            found = await stores.imports.rejections(import_id, after=after, limit=_REPORT_PAGE)
        if not found:
            return
        after = found[-1][0]
        yield csv_lines([_report_row(rejection, language) for _, rejection in found])


_REPORT_HEADER: Final = {
    "en": ["line", "column", "value", "code", "reason", "row kept"],
    "fr": ["ligne", "colonne", "valeur", "code", "raison", "ligne gardée"],
}


def _file(record: Import) -> ImportFile:
    return ImportFile(
        path=record.file_path,
        size=record.file_bytes,
        workbook_path=record.workbook_path,
        sheet=record.sheet,
        sheets=record.sheets,
    )


def _reading(record: Import) -> Reading | None:
    """How its template reads the file; None: no template, so that it is found."""
    return Reading.from_json(record.reading) if record.reading else None


def _must_be_uploaded(record: Import) -> None:
    if record.state != IMPORT_STATES.initial:
        raise Conflict(
            "IMPORT_STATE",
            "The import has been started: how its file is read can no longer change.",
            details={"state": record.state, "event": "read"},
        )


def _report_row(rejection: Rejection, language: str) -> list[str]:
    kept = (
        ("oui" if rejection.row_kept else "non")
        if language == "fr"
        else ("yes" if rejection.row_kept else "no")
    )
    return [
        str(rejection.line_number),
        neutralised(rejection.column),
        neutralised(rejection.value),
        rejection.code,
        message(rejection.code, language),
        kept,
    ]


def _found(record: Import | None) -> Import:
    if record is None or record.dnc_list_id is not None:
        raise NotFound("NOT_FOUND", "There is no such import.")
    return record


def _after(record: Import, event: str) -> str:
    state = IMPORT_STATES.after(record.state, event)
    if state is None:
        raise _state_conflict(record, event)
    return state


def _state_conflict(record: Import, event: str) -> Conflict:
    return Conflict(
        "IMPORT_STATE",
        f"An import that is {record.state} cannot be '{event}'. Load the page again.",
        details={"state": record.state, "event": event},
    )


def _check_format(encoding: str | None, delimiter: str | None) -> None:
    if encoding is not None and encoding not in ENCODINGS:
        raise Invalid(
            "ENCODING_UNKNOWN", f"The encodings are: {', '.join(ENCODINGS)}.", field="encoding"
        )
    if delimiter is not None and delimiter not in DELIMITERS:
        raise Invalid(
            "DELIMITER_UNKNOWN", "The delimiters are ; , | and the tabulator.", field="delimiter"
        )


async def _region(
    stores: Stores, asker: Asker, contact_list_id: UUID | None
) -> tuple[str, ContactList | None]:
    """The region by which numbers are read, and the list when one is chosen."""
    if contact_list_id is not None:
        contact_list = found_list(await stores.contact_lists.get(contact_list_id))
        return contact_list.region, contact_list
    organisation = await stores.organisations.get()
    return (organisation.region if organisation else "BJ"), None


def _complete(given: AnyMapping[str, Any], seen: Preview) -> Mapping:
    """The mapping in the file's order; columns that it does not name are left out."""
    try:
        asked = Mapping.from_json(dict(given))
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(
            "MAPPING_INVALID",
            "Each column of the mapping has a source and a kind, or is ignored.",
            field="mapping",
        ) from error
    has_header = bool(given.get("has_header", seen.mapping.has_header))
    header = seen.header
    if has_header != seen.mapping.has_header:
        raise Invalid(
            "MAPPING_HEADER",
            "Whether the file has a header is told by its first row. Leave has_header out.",
            field="mapping.has_header",
        )
    by_source = {mapped.source: mapped for mapped in asked.columns}
    unknown = sorted(set(by_source) - set(header))
    if unknown or len(by_source) != len(asked.columns):
        raise Invalid(
            "MAPPING_SOURCE",
            "The mapping names a column twice, or one that the file does not have: look at the "
            "preview again.",
            field="mapping",
            details={"columns": ", ".join(unknown)},
        )
    columns = []
    for source, guessed in zip(header, seen.mapping.columns, strict=True):
        columns.append(by_source.get(source) or replace(guessed, column=None))
    code = check_columns([m.column for m in columns if m.column is not None])
    if code:
        raise Invalid(code, COLUMN_MESSAGES[code], field="mapping")
    if asked.consent is not None:
        refuse_consent_columns(asked.consent, header)
    return Mapping(
        columns=tuple(columns), has_header=has_header, consent=asked.consent, front=asked.front
    )


def _grown(
    old: ContactList, columns: tuple[Column, ...], keys: tuple[str, ...] | None, *, empty: bool
) -> ContactList:
    """The list with the file's columns. Raises Invalid when they contradict each other."""
    known = {column.name: column for column in old.columns}
    for column in columns:
        if column.name in known and known[column.name].kind is not column.kind:
            raise Invalid(
                "COLUMN_KIND",
                f"The list's column has the kind {known[column.name].kind}. Choose this kind, or "
                "give the file's column another name.",
                field="mapping",
                details={"column": column.name, "kind": known[column.name].kind.value},
            )
    added = tuple(column for column in columns if column.name not in known)
    key_columns = old.key_columns
    if keys is not None and keys != key_columns:
        if not empty:
            raise Invalid(
                "KEY_COLUMNS_FIXED",
                "The list has contacts, so its key stays as it is. Leave key_columns out.",
                field="key_columns",
                details={"key_columns": list(key_columns)},
            )
        key_columns = keys
    return checked(replace(old, columns=(*old.columns, *added), key_columns=key_columns))
