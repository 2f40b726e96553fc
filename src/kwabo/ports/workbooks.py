"""Workbooks (Excel, OpenDocument): one sheet made into a file of delimited text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

ENCODING: Final = "utf-8"  # of what is made
DELIMITER: Final = ";"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWorkbook:
    """What was made of a sheet."""

    sheets: tuple[str, ...]  # all that have rows, in their order
    sheet: str  # the one that was read
    size: int  # bytes of the text file


class WorkbookRefused(Exception):
    """The workbook cannot be read; `code` is one of `services.import_files.UNREADABLE`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Workbooks(Protocol):
    """Reads workbooks out of the way of the process's other work."""

    async def read(self, path: str, target: str, sheet: str | None) -> ReadWorkbook:
        """Write a sheet (None: the first with rows) to `target`, one line for each of its rows.

        Raises WorkbookRefused; `target` is then as it was before.
        """
        ...
