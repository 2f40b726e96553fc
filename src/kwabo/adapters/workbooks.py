"""Workbooks read in a process of their own: see `ports.workbooks`.

The child has limits of memory and time, so that a workbook made to be harmful ends itself only. It
runs this module with the path, the target and the sheet, and answers with a line of JSON.
"""

from __future__ import annotations

import asyncio
import csv
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kwabo.domain.contacts.workbook_cells import cell_text
from kwabo.ports.workbooks import DELIMITER, ENCODING, ReadWorkbook, WorkbookRefused

LONGEST_SECONDS: Final = 600.0
MOST_MEMORY: Final = 6 << 30
MOST_UNPACKED: Final = 3 << 30  # bytes of all parts of a workbook
MOST_PARTS: Final = 10_000
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MACROS: Final = b"macroEnabled"


class ProcessWorkbooks:
    """A new process for each workbook."""

    async def read(self, path: str, target: str, sheet: str | None) -> ReadWorkbook:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, path, target, *([] if sheet is None else [sheet]),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                out, _ = await child.communicate()
        except TimeoutError as error:
            raise WorkbookRefused("WORKBOOK_TOO_LARGE") from error
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
            await asyncio.to_thread(Path(_unfinished(target)).unlink, missing_ok=True)
        if child.returncode != 0:
            raise WorkbookRefused("WORKBOOK_TOO_LARGE")
        answer = json.loads(out)
        if "code" in answer:
            raise WorkbookRefused(answer["code"])
        return ReadWorkbook(
            sheets=tuple(answer["sheets"]), sheet=answer["sheet"], size=answer["size"]
        )


def _unfinished(target: str) -> str:
    return target + ".unfinished"


def convert(path: str, target: str, sheet: str | None) -> ReadWorkbook:
    """Make the text file in this process. Raises WorkbookRefused."""
    import python_calamine as calamine

    _look_at(path)
    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError as error:
        raise WorkbookRefused("WORKBOOK_PROTECTED") from error
    except calamine.CalamineError as error:
        raise WorkbookRefused("WORKBOOK_DAMAGED") from error
    names = [
        one.name for one in workbook.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    try:
        if sheet is None:
            name, rows = _first_with_rows(workbook, names)
        elif sheet in names:
            name, rows = sheet, workbook.get_sheet_by_name(sheet)
        else:
            raise WorkbookRefused("SHEET_UNKNOWN")
    except calamine.CalamineError as error:
        raise WorkbookRefused("WORKBOOK_DAMAGED") from error
    size = _write(rows, target)
    return ReadWorkbook(sheets=tuple(names), sheet=name, size=size)


def _first_with_rows(workbook: Any, names: list[str]) -> tuple[str, Any]:
    for name in names:
        rows = workbook.get_sheet_by_name(name)
        if rows.height:
            return name, rows
    raise WorkbookRefused("NO_ROWS")


def _look_at(path: str) -> None:
    """Refuse what is no workbook, or one that would be more than its size says."""
    with Path(path).open("rb") as file:
        beginning = file.read(8)
        if beginning.startswith(b"\xd0\xcf\x11\xe0"):
            file.seek(0)
            protected = any(_ENCRYPTED in part for part in _overlapping(file))
            raise WorkbookRefused("WORKBOOK_PROTECTED" if protected else "WORKBOOK_OLD")
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise WorkbookRefused("WORKBOOK_TOO_LARGE")
            if "[Content_Types].xml" in names:
                with packed.open("[Content_Types].xml") as types:
                    text = types.read(1 << 20)
                if _MACROS in text:
                    raise WorkbookRefused("WORKBOOK_MACROS")
                if not any(name.startswith("xl/") and name.endswith(".xml") for name in names):
                    raise WorkbookRefused("NOT_A_WORKBOOK")
            elif "content.xml" not in names:
                raise WorkbookRefused("NOT_TEXT_COMPRESSED")
            elif _is_encrypted_ods(packed, names):
                raise WorkbookRefused("WORKBOOK_PROTECTED")
    # KeyError: no such member; NotImplementedError: a compression that zipfile does not know;
    # RuntimeError: a member behind a password.
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise WorkbookRefused("WORKBOOK_DAMAGED") from error


def _is_encrypted_ods(packed: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" not in names:
        return False
    with packed.open("META-INF/manifest.xml") as manifest:
        return b"encryption-data" in manifest.read(1 << 20)


def _overlapping(file: Any) -> Iterator[bytes]:
    """The file in parts that share their ends, so that a word is found across them."""
    last = b""
    while part := file.read(1 << 20):
        yield last + part
        last = part[-64:]


def _write(rows: Any, target: str) -> int:
    """One line of text for each row of the sheet, empty ones and those above its cells included."""
    unfinished = Path(_unfinished(target))
    written = 0
    with unfinished.open("w", encoding=ENCODING, errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=DELIMITER, lineterminator="\n")
        for row in rows.iter_rows():
            cells = [cell_text(cell) for cell in row]
            if any(cells):
                writer.writerow(cells)
                written += 1
            else:
                file.write("\n")
    if not written:
        unfinished.unlink()
        raise WorkbookRefused("NO_ROWS")
    unfinished.chmod(0o600)
    unfinished.replace(target)
    return Path(target).stat().st_size


def _serve(arguments: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    path, target, *sheet = arguments
    try:
        made = convert(path, target, sheet[0] if sheet else None)
        answer: dict[str, Any] = {"sheets": made.sheets, "sheet": made.sheet, "size": made.size}
    except WorkbookRefused as refused:
        answer = {"code": refused.code}
    except OSError as error:
        answer = {"code": "DISK_FULL" if error.errno in (28, 122) else "WORKBOOK_DAMAGED"}
    print(json.dumps(answer))


if __name__ == "__main__":
    _serve(sys.argv[1:])
