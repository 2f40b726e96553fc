"""Files uploaded to DNC lists: looked at, started, followed, cancelled, resumed.

The importer does the work, one block in one transaction (see `services/imports.py`). What a file
lists stays listed for at least as long as it was before.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kwabo.domain.contacts.file_format import DELIMITERS, ENCODINGS, SAMPLE_BYTES
from kwabo.domain.contacts.import_states import IMPORT_STATES
from kwabo.domain.contacts.preview import UnreadableFile
from kwabo.domain.dnc_lists.upload import SeenFile, look
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.dnc_lists import DncList
from kwabo.ports.imports import Import, Rejection
from kwabo.ports.uploads import UploadStore
from kwabo.services.dnc_entries import LONGEST_REASON, with_entries
from kwabo.services.dnc_lists import found_dnc_list
from kwabo.services.import_files import UNREADABLE
from kwabo.services.imports import MAX_FILE_BYTES, rejections_page, report_lines
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoices:
    """How a file is to be read; None: as it looks."""

    encoding: str | None = None
    delimiter: str | None = None
    column: int | None = None  # place of the column that is listed, from 0
    has_header: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadStart:
    """What is written beside every value of a file."""

    choices: FileChoices = FileChoices()
    reason: str = ""
    expires_at: datetime | None = None
    replace: bool = False  # the file takes the place of the list's content


class DncUploadService:
    """See the module."""

    def __init__(
        self, unit_of_work: UnitOfWork, *, uploads: UploadStore, ids: IdFactory, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._uploads = uploads
        self._ids = ids
        self._clock = clock

    async def upload(
        self, asker: Asker, dnc_list_id: UUID, *, file_name: str, chunks: AsyncIterator[bytes]
    ) -> tuple[Import, SeenFile]:
        """Keep a file and look at its beginning. Raises NotFound, Invalid, Conflict."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            with_entries(await found_dnc_list(stores, dnc_list_id))
        import_id = self._ids.new()
        stored = await self._uploads.save(import_id, chunks, max_bytes=MAX_FILE_BYTES)
        try:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                dnc_list = with_entries(await found_dnc_list(stores, dnc_list_id))
                seen = await self._look(stores, stored.path, stored.size, dnc_list, FileChoices())
                record = Import(
                    import_id=import_id, organisation_id=asker.organisation_id,
                    contact_list_id=None, contact_list_name=None, dnc_list_id=dnc_list_id,
                    user_id=asker.user_id, file_name=file_name[-200:] or "file.csv",
                    file_path=stored.path, file_bytes=stored.size, state=IMPORT_STATES.initial,
                    encoding=seen.plan.file_format.encoding,
                    delimiter=seen.plan.file_format.delimiter,
                    mapping={"column": seen.plan.column, "has_header": seen.plan.has_header},
                    key_columns=(), on_duplicate="update", bytes_done=0, lines_done=0, rows_read=0,
                    rows_added=0, rows_updated=0, rows_duplicate=0, rows_rejected=0,
                    error_code=None, error=None, created_at=self._clock.now(), started_at=None,
                    ended_at=None,
                )  # fmt: skip
                await stores.imports.add(record)
        except BaseException:
            await self._uploads.remove(stored.path)
            raise
        return record, seen

    async def preview(self, asker: Asker, upload_id: UUID, choices: FileChoices) -> SeenFile:
        """Look at the file again, with other choices. Raises NotFound, Invalid."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            record, dnc_list = await _found(stores, upload_id)
            return await self._look(stores, record.file_path, record.file_bytes, dnc_list, choices)

    async def start(self, asker: Asker, upload_id: UUID, start: UploadStart) -> Import:
        """Hand the file to the importer. Raises NotFound, Invalid, Conflict `DNC_UPLOAD_STATE`."""
        if start.expires_at is not None and start.expires_at <= self._clock.now():
            raise Invalid(
                "DNC_UPLOAD_EXPIRED",
                "This time has passed: give one in the future, or none.",
                field="expires_at",
            )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.imports.get_for_change(upload_id)
            record, dnc_list = await _found(stores, upload_id)
            state = _after(record, "start")
            choices = replace(
                start.choices,
                encoding=start.choices.encoding or record.encoding,
                delimiter=start.choices.delimiter or record.delimiter,
            )
            seen = await self._look(stores, record.file_path, record.file_bytes, dnc_list, choices)
            replaces = start.replace or dnc_list.screening_authority is not None
            if replaces and start.expires_at is not None:
                raise Invalid(
                    "DNC_REPLACEMENT_EXPIRY",
                    "A file that replaces the content has no expiry: the next copy ends it.",
                    field="expires_at",
                )
            columns = len(seen.header)
            if not 0 <= seen.plan.column < columns:
                raise Invalid(
                    "DNC_UPLOAD_COLUMN",
                    f"The file has no such column: choose one of its {columns}.",
                    field="column",
                    details={"columns": columns},
                )
            started = replace(
                record,
                state=state,
                encoding=seen.plan.file_format.encoding,
                delimiter=seen.plan.file_format.delimiter,
                mapping={
                    "column": seen.plan.column,
                    "has_header": seen.plan.has_header,
                    "reason": start.reason.strip()[:LONGEST_REASON],
                    "expires_at": start.expires_at.isoformat() if start.expires_at else None,
                    **({"replace": True} if replaces else {}),
                },
            )
            await stores.imports.change(started)
            return started

    async def find(
        self, asker: Asker, dnc_list_id: UUID, *, limit: int, token: str | None
    ) -> Page[Import]:
        """A page of the list's uploads, newest first. Raises NotFound."""
        position = position_of(token, str, str)
        before = None
        if position:
            before = (datetime.fromisoformat(position[0]), UUID(position[1]))
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await found_dnc_list(stores, dnc_list_id)
            found = await stores.imports.find(
                dnc_list_id=dnc_list_id, before=before, limit=limit + 1
            )
        more, found = len(found) > limit, found[:limit]
        next_token = None
        if more:
            next_token = page_token(found[-1].created_at.isoformat(), str(found[-1].import_id))
        return Page(items=found, next_page_token=next_token, total=None)

    async def get(self, asker: Asker, upload_id: UUID) -> Import:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return (await _found(stores, upload_id))[0]

    async def turn(self, asker: Asker, upload_id: UUID, event: str) -> Import:
        """`cancel`: stop after the block that is being stored; `resume`: go on behind it."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.imports.get_for_change(upload_id)
            record, _ = await _found(stores, upload_id)
            state = _after(record, event)
            if event == "resume" and "reason" not in record.mapping:
                raise _wrong_state(record)  # cancelled before it was started
            ended_at = self._clock.now() if event == "cancel" else None
            changed = replace(record, state=state, ended_at=ended_at, error_code=None, error=None)
            await stores.imports.change(changed)
            return changed

    async def rejections(
        self, asker: Asker, upload_id: UUID, *, limit: int, token: str | None
    ) -> Page[Rejection]:
        """A page of the report, in the file's order. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _found(stores, upload_id)
            return await rejections_page(stores, upload_id, limit=limit, token=token)

    async def report(self, asker: Asker, upload_id: UUID, language: str) -> AsyncIterator[str]:
        """The whole report as CSV text in parts. NotFound is raised before anything is sent."""
        await self.get(asker, upload_id)
        return report_lines(self._unit_of_work, asker.organisation_id, upload_id, language)

    async def _look(
        self, stores: Stores, path: str, size: int, dnc_list: DncList, choices: FileChoices
    ) -> SeenFile:
        _check_format(choices)
        organisation = await stores.organisations.get()
        sample = await self._uploads.beginning(path, SAMPLE_BYTES)
        try:
            return look(
                sample,
                truncated=size > len(sample),
                key_column=dnc_list.key_column,
                region=organisation.region if organisation else "BJ",
                encoding=choices.encoding,
                delimiter=choices.delimiter,
                column=choices.column,
                has_header=choices.has_header,
            )
        except UnreadableFile as error:
            raise Invalid(error.code, UNREADABLE[error.code], field="file") from error


def _check_format(choices: FileChoices) -> None:
    if choices.encoding is not None and choices.encoding not in ENCODINGS:
        raise Invalid(
            "ENCODING_UNKNOWN", f"The encodings are: {', '.join(ENCODINGS)}.", field="encoding"
        )
    if choices.delimiter is not None and choices.delimiter not in DELIMITERS:
        raise Invalid(
            "DELIMITER_UNKNOWN", "The delimiters are ; , | and the tabulator.", field="delimiter"
        )


async def _found(stores: Stores, upload_id: UUID) -> tuple[Import, DncList]:
    record = await stores.imports.get(upload_id)
    if record is None or record.dnc_list_id is None:
        raise NotFound("NOT_FOUND", "There is no such upload.")
    return record, await found_dnc_list(stores, record.dnc_list_id)


def _after(record: Import, event: str) -> str:
    state = IMPORT_STATES.after(record.state, event)
    if state is None:
        raise _wrong_state(record)
    return state


def _wrong_state(record: Import) -> Conflict:
    return Conflict(
        "DNC_UPLOAD_STATE",
        f"An upload that is {record.state} cannot do this. Load the page again.",
        details={"state": record.state},
    )
