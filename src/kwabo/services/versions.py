"""Objects that several people edit: the second of two editors is told, nothing is lost silently."""

from __future__ import annotations

from kwabo.kernel.errors import Conflict


def check_version(asked: int, current: int) -> None:
    """Raise Conflict `STALE_VERSION` unless the change was made on the newest version."""
    if asked != current:
        raise Conflict(
            "STALE_VERSION",
            "Somebody else has changed this meanwhile. Load it again and repeat your change.",
            field="version",
            details={"version": current},
        )
