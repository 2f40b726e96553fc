"""A file's blocks in the text format of COPY, for the staging table of `imports.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring
from uuid import UUID

from kwabo.domain.contacts.contact_reader import ReadContact
from kwabo.domain.contacts.import_file import RowFile
from kwabo.domain.contacts.import_plan import ImportPlan, RowPreparer
from kwabo.ports.imports import PreparedBlock

# The columns of the staging table, in the order of `encoded`.
STAGING_COLUMNS = (
    "contact_id", "line_number", "external_key", "data", "numbers", "number_labels", "time_zone",
    "language",
)  # fmt: skip
_MAX_ROWS = 1 << 24


def prepare_block(
    plan: ImportPlan, file_path: str, offset: int, line_number: int, base_id: UUID
) -> PreparedBlock:
    """Read one block and make it ready. Raises OSError when the file cannot be read."""
    # An open file without the size of a buffer: blocks are read whole.
    with open(file_path, "rb", buffering=0) as file:  # noqa: PTH123
        block = RowFile(file, plan.file_format).read_block(offset, line_number)
    prepared = RowPreparer(plan).prepare(block, is_first=offset == 0)
    return PreparedBlock(
        staged=encoded(prepared.contacts, base_id),
        staged_rows=len(prepared.contacts),
        reported=tuple(prepared.reported),
        rows_read=prepared.rows_read,
        rows_rejected=prepared.rows_rejected,
        repeated=prepared.repeated,
        next_offset=block.next_offset,
        next_line=block.next_line,
        at_end=block.at_end,
    )


def encoded(contacts: Iterable[tuple[int, ReadContact]], base_id: UUID) -> bytes:
    """Rows for COPY. Ids count up from `base_id`, whose last 24 bits give way to the count."""
    first_id = base_id.int & ~(_MAX_ROWS - 1)
    prefixes: dict[str, str] = {}
    labels: dict[tuple[str, ...], str] = {}
    lines = []
    for index, (line_number, contact) in enumerate(contacts):
        parts = []
        for name, value in contact.data.items():
            prefix = prefixes.get(name)
            if prefix is None:
                prefix = prefixes[name] = encode_basestring(name) + ":"
            parts.append(prefix + encode_basestring(value))
        data = ",".join(parts)
        if "\\" in data:
            data = data.replace("\\", "\\\\")
        label_key = tuple(contact.number_labels)
        label_text = labels.get(label_key)
        if label_text is None:
            label_text = labels[label_key] = _array(label_key)
        lines.append(
            f"{first_id + index:032x}\t{line_number}\t{_text(contact.external_key)}\t{{{data}}}\t"
            f"{{{','.join(contact.numbers)}}}\t{label_text}\t{contact.time_zone or _NULL}\t"
            f"{contact.language or _NULL}\n"
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

    async def prepare(
        self, plan: ImportPlan, file_path: str, offset: int, line_number: int, base_id: UUID
    ) -> PreparedBlock:
        return prepare_block(plan, file_path, offset, line_number, base_id)

    async def close(self) -> None:
        pass
