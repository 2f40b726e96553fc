"""Blocks of a file in the text format of COPY, for the staging table of `dnc_entries.py`."""

from __future__ import annotations

from kwabo.domain.contacts.import_file import RowFile
from kwabo.domain.dnc_lists.upload import UploadPlan, prepared
from kwabo.ports.imports import PreparedBlock

# Entries of a block are locked until they are committed: an agent whose contact stands among them
# waits that long.
BLOCK_BYTES = 1 << 18


def prepare_entries(
    plan: UploadPlan, file_path: str, offset: int, line_number: int, block_bytes: int = BLOCK_BYTES
) -> PreparedBlock:
    """Read one block and make it ready. Raises OSError when the file cannot be read."""
    with open(file_path, "rb", buffering=0) as file:  # noqa: PTH123
        block = RowFile(file, plan.file_format).read_block(offset, line_number, block_bytes)
    made = prepared(plan, block, is_first=offset == 0)
    lines = [value.replace("\\", "\\\\") if "\\" in value else value for value in made.values]
    return PreparedBlock(
        staged="".join(f"{line}\n" for line in lines).encode(),
        staged_rows=len(lines),
        reported=tuple(made.reported),
        rows_read=made.rows_read,
        rows_rejected=made.rows_rejected,
        repeated=made.repeated,
        next_offset=block.next_offset,
        next_line=block.next_line,
        at_end=block.at_end,
    )
