"""A file's blocks in the text format of COPY, for the staging table of `imports.py`."""

from __future__ import annotations

from collections.abc import Sequence
from json.encoder import encode_basestring
from uuid import UUID

from kwabo.adapters.postgres.dnc_upload_blocks import prepare_entries
from kwabo.domain.contacts.import_file import BLOCK_BYTES, RowFile
from kwabo.domain.contacts.import_plan import ImportPlan, PreparedRows, RowPreparer
from kwabo.domain.dnc_lists.upload import UploadPlan
from kwabo.ports.imports import PreparedBlock

# The columns of the staging table, in the order of `encoded`.
STAGING_COLUMNS = (
    "contact_id", "line_number", "external_key", "data", "numbers", "number_labels", "time_zone",
    "language",
)  # fmt: skip
_MAX_ROWS = 1 << 24


def prepare_block(
    plan: ImportPlan,
    file_path: str,
    offset: int,
    line_number: int,
    base_id: UUID,
    block_bytes: int = BLOCK_BYTES,
) -> PreparedBlock:
    """Read one block and make it ready. Raises OSError when the file cannot be read."""
    # An open file without the size of a buffer: blocks are read whole.
    with open(file_path, "rb", buffering=0) as file:  # noqa: PTH123
        block = RowFile(file, plan.file_format).read_block(offset, line_number, block_bytes)
    prepared = RowPreparer(plan).prepare(block, is_first=offset == 0)
    return PreparedBlock(
        staged=encoded(prepared, base_id),
        staged_rows=len(prepared.chosen),
        reported=tuple(prepared.reported),
        rows_read=prepared.rows_read,
        rows_rejected=prepared.rows_rejected,
        repeated=prepared.repeated,
        converted=prepared.converted,
        consents=tuple(prepared.consents),
        next_offset=block.next_offset,
        next_line=block.next_line,
        at_end=block.at_end,
    )


def encoded(prepared: PreparedRows, base_id: UUID) -> bytes:
    """Rows for COPY. Ids count up from `base_id`, whose last 24 bits give way to the count."""
    rows = prepared.rows
    count = len(prepared.line_numbers)
    fields: list[list[str]] = []
    for name, values in zip(rows.names, rows.values, strict=True):
        prefix = encode_basestring(name) + ":"
        fields.append([prefix + text for text in map(encode_basestring, values)])
    data = [
        text.replace("\\", "\\\\") if "\\" in text else text
        for text in map(",".join, zip(*fields, strict=True))
    ]
    labels = {once: _array(once) for once in set(rows.number_labels)}
    zones = rows.time_zones or [""] * count
    languages = rows.languages or [""] * count
    first_id = base_id.int & ~(_MAX_ROWS - 1)
    lines = []
    for identity, row in enumerate(prepared.chosen, start=first_id):
        lines.append(
            f"{identity:032x}\t{prepared.line_numbers[row]}\t{_text(rows.external_keys[row])}\t"
            f"{{{data[row]}}}\t{{{','.join(rows.numbers[row])}}}\t{labels[rows.number_labels[row]]}"
            f"\t{zones[row] or _NULL}\t{languages[row] or _NULL}\n"
        )
    return "".join(lines).encode()


_NULL = "\\N"


def _text(value: str | None) -> str:
    if value is None:
        return _NULL
    return value.replace("\\", "\\\\") if "\\" in value else value


def _array(values: Sequence[str]) -> str:
    """An array literal of any texts, escaped for COPY."""
    quoted = []
    for value in values:
        inner = value.replace("\\", "\\\\").replace('"', '\\"')
        quoted.append(f'"{inner}"')
    literal = "{" + ",".join(quoted) + "}"
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        literal = literal.replace(plain, escaped)
    return literal


class InProcessBlocks:
    """Prepares blocks in the calling thread: for tests and for programs that do nothing else."""

    def __init__(self, block_bytes: int = BLOCK_BYTES) -> None:
        self._block_bytes = block_bytes

    async def prepare(
        self, plan: ImportPlan, file_path: str, offset: int, line_number: int, base_id: UUID
    ) -> PreparedBlock:
        return prepare_block(plan, file_path, offset, line_number, base_id, self._block_bytes)

    async def prepare_entries(
        self, plan: UploadPlan, file_path: str, offset: int, line_number: int
    ) -> PreparedBlock:
        return prepare_entries(plan, file_path, offset, line_number, self._block_bytes)

    async def close(self) -> None:
        pass
