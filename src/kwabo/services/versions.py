"""Objects that several people edit: the second of two editors is told, nothing is lost silently."""

from __future__ import annotations

from typing import Final

from kwabo.kernel.errors import Conflict, Invalid

LONGEST_NOTE: Final = 500


def check_version(asked: int, current: int) -> None:
    """Raise Conflict `STALE_VERSION` unless the change was made on the newest version."""
    if asked != current:
        raise Conflict(
            "STALE_VERSION",
            "Somebody else has changed this meanwhile. Load it again and repeat your change.",
            field="version",
            details={"version": current},
        )


def checked_note(note: str) -> str:
    """What somebody says about a version that they publish. Raises Invalid `NOTE_TOO_LONG`."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid(
            "NOTE_TOO_LONG",
            f"Shorten the note to {LONGEST_NOTE} characters.",
            field="note",
            details={"most": LONGEST_NOTE},
        )
    return note
