"""Files of imports as they are looked at: workbooks made to text, templates found, previews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.contacts.file_format import SAMPLE_BYTES
from kwabo.domain.contacts.import_plan import Mapping
from kwabo.domain.contacts.import_reading import Reading
from kwabo.domain.contacts.preview import Preview, UnreadableFile, preview
from kwabo.kernel.errors import Invalid
from kwabo.ports.import_templates import ImportTemplate
from kwabo.ports.uploads import UploadStore
from kwabo.ports.workbooks import (
    DELIMITER,
    ENCODING,
    ReadWorkbook,
    WorkbookRefused,
    Workbooks,
)
from kwabo.services.contact_lists import COLUMN_MESSAGES
from kwabo.services.import_templates import by_fit, fits

_WORKBOOK_MARKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """A file on the server's disk, ready to be read as text."""

    path: str
    size: int  # bytes
    workbook_path: str | None = None  # path was made of it
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


class ImportFiles:
    """See the module."""

    def __init__(self, uploads: UploadStore, workbooks: Workbooks) -> None:
        self._uploads = uploads
        self._workbooks = workbooks

    async def opened(self, path: str, size: int, sheet: str | None = None) -> ImportFile:
        """The file, its sheet made to text when it is a workbook. Raises Invalid."""
        beginning = await self._uploads.beginning(path, 8)
        if not beginning.startswith(_WORKBOOK_MARKS):
            return ImportFile(path=path, size=size)
        made = await self.sheet_of(path, sheet)
        return ImportFile(
            path=text_path(path),
            size=made.size,
            workbook_path=path,
            sheet=made.sheet,
            sheets=made.sheets,
        )

    async def sheet_of(self, workbook_path: str, sheet: str | None) -> ReadWorkbook:
        """Make a sheet to text. Raises Invalid."""
        try:
            return await self._workbooks.read(workbook_path, text_path(workbook_path), sheet)
        except WorkbookRefused as refused:
            field = "sheet" if refused.code == "SHEET_UNKNOWN" else "file"
            raise Invalid(refused.code, UNREADABLE[refused.code], field=field) from refused

    async def remove(self, file: ImportFile) -> None:
        """Remove what lies on the disk."""
        await self._uploads.remove(file.path)
        if file.workbook_path is not None:
            await self._uploads.remove(file.workbook_path)

    async def look(
        self,
        file: ImportFile,
        region: str,
        *,
        known_columns: Sequence[Column] = (),
        encoding: str | None = None,
        delimiter: str | None = None,
        skip_lines: int | None = None,
        kinds: Sequence[ColumnKind | None] = (),
        reading: Reading | None = None,
        template: Mapping | None = None,
    ) -> Preview:
        """The beginning as it would be imported. Raises Invalid, NotFound `FILE_GONE`."""
        sample = await self._uploads.beginning(file.path, SAMPLE_BYTES)
        workbook = file.workbook_path is not None
        try:
            return preview(
                sample,
                truncated=file.size > len(sample),
                region=region,
                known_columns=known_columns,
                encoding=ENCODING if workbook else encoding,
                delimiter=DELIMITER if workbook else delimiter,
                skip_lines=skip_lines,
                kinds=kinds,
                reading=reading,
                template_columns=template.columns if template else (),
                consent=template.consent if template else None,
                front=template.front if template else False,
                workbook=workbook,
            )
        except UnreadableFile as error:
            raise Invalid(error.code, UNREADABLE[error.code], field="file") from error

    async def fitting(
        self, file: ImportFile, region: str, templates: Sequence[ImportTemplate]
    ) -> ImportTemplate | None:
        """The template whose columns the file's header has."""
        for template in by_fit(templates):
            try:
                seen = await self.look(file, region, reading=template.reading)
            except Invalid:
                continue
            if seen.mapping.has_header and fits(template, seen.header):
                return template
        return None


def text_path(workbook_path: str) -> str:
    """Where the text of a workbook's sheet lies."""
    return workbook_path + ".csv"


UNREADABLE: Final = {
    "NOT_TEXT_SPREADSHEET": "This is a spreadsheet file that cannot be read. Save it as .xlsx.",
    "NOT_TEXT_COMPRESSED": "This file is compressed. Unpack it, then choose the file inside.",
    "NOT_TEXT": "This is no text file. Choose a CSV file or an Excel workbook.",
    "NO_ROWS": "The file has no rows, or none that far down. Choose another file, "
    "or a line higher up.",
    "TOO_MANY_COLUMNS": COLUMN_MESSAGES["TOO_MANY_COLUMNS"],
    "NOT_A_WORKBOOK": "This is no workbook. Choose an .xlsx, .ods or CSV file.",
    "WORKBOOK_OLD": "This workbook has the format of Excel 2003 and before (.xls). Open it, save "
    "it as .xlsx, then choose that file.",
    "WORKBOOK_MACROS": "This workbook has macros (.xlsm). Save it as .xlsx, then choose that file.",
    "WORKBOOK_PROTECTED": "This workbook is protected by a password. Save it without one, then "
    "choose it again.",
    "WORKBOOK_DAMAGED": "This workbook cannot be read: it is damaged or cut off. Open it, save it "
    "again as .xlsx, then choose that file.",
    "WORKBOOK_TOO_LARGE": "This workbook is too large to be read. Save the sheet as CSV, then "
    "choose that file.",
    "SHEET_UNKNOWN": "The workbook has no such sheet. Choose one of those it has.",
    "DISK_FULL": "The server's disk is full. Free space on it, then upload again.",
}
