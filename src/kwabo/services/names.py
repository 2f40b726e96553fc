"""Names that people give to things."""

from __future__ import annotations

from kwabo.kernel.errors import Invalid

LONGEST_NAME = 200


def checked_name(name: str, *, field: str = "name", least: int = 1) -> str:
    """The name without spaces around it. Raises Invalid `NAME_LENGTH`."""
    name = " ".join(name.split())
    if not least <= len(name) <= LONGEST_NAME:
        raise Invalid(
            "NAME_LENGTH",
            f"The name needs {least} to {LONGEST_NAME} characters.",
            field=field,
            details={"least": least, "most": LONGEST_NAME},
        )
    return name
