"""The duplicate key: what makes two rows of a list the same contact.

The values of the list's key columns, in their canonical form, each with its spaces collapsed,
joined with `|` (a `|` or `\\` inside a value is written `\\|`, `\\\\`). Case counts: identifiers of
other systems may differ by case alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

MAX_KEY_LENGTH = 500  # characters; an index entry must stay small


def duplicate_key(values: Sequence[str]) -> str | None:
    """The key of these key column values; None when all of them are empty."""
    if len(values) == 1:  # the usual case; must agree with what follows
        value = values[0]
        if value.isascii() and value.isalnum():
            return value
    parts = [_part(value) for value in values]
    return "|".join(parts) if any(parts) else None


def _part(value: str) -> str:
    collapsed = " ".join(value.split())
    if not collapsed.isascii():
        collapsed = unicodedata.normalize("NFC", collapsed)
    if "\\" in collapsed or "|" in collapsed:
        collapsed = collapsed.replace("\\", "\\\\").replace("|", "\\|")
    return collapsed
