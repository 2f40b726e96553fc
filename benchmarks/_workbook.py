"""Small workbooks written by hand, so that what is read is not what the same library wrote."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

DATE = "date"  # a cell (DATE, serial number) is shown as a date
_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(sheets: Mapping[str, Iterable[Sequence[Any]]], *, macros: bool = False) -> bytes:
    """A workbook; None leaves a cell out, numbers are kept as numbers."""
    raw = io.BytesIO()
    book = "sheet.macroEnabled.main+xml" if macros else "sheet.main+xml"
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
            f'vnd.openxmlformats-officedocument.spreadsheetml.{book}"/>{kinds}</Types>',
        )
        packed.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        named = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>'
            for n, name in enumerate(sheets, start=1)
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>{named}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="r{n}" Type="{_LINK}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'{links}<Relationship Id="s" Type="{_LINK}/styles" Target="styles.xml"/>'
            "</Relationships>",
        )
        packed.writestr("xl/styles.xml", _STYLES)
        for n, rows in enumerate(sheets.values(), start=1):
            with packed.open(f"xl/worksheets/sheet{n}.xml", "w") as sheet:
                sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
                for number, row in enumerate(rows, start=1):
                    sheet.write(_row(number, row).encode())
                sheet.write(b"</sheetData></worksheet>")
    return raw.getvalue()


def _row(number: int, cells: Sequence[Any]) -> str:
    written = "".join(_cell(f"{_letters(i)}{number}", cell) for i, cell in enumerate(cells))
    return f'<row r="{number}">{written}</row>' if written else ""


def _cell(place: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return f'<c r="{place}" s="1"><v>{value[1]}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
