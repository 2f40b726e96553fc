"""Several wrong fields at once, as one error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kwabo.domain.campaigns.settings import Objection
from kwabo.kernel.errors import Invalid


def refuse(objections: Sequence[Objection]) -> None:
    """Raise Invalid `INVALID` with every objection in `details.fields`; nothing without one."""
    if not objections:
        return
    raise Invalid(
        "INVALID",
        " ".join(objection.message for objection in objections),
        field=objections[0].field,
        details=details_of(objections),
    )


def details_of(objections: Sequence[Objection]) -> dict[str, Any]:
    """Every objection, as an error's details tell it."""
    return {
        "fields": [
            {"field": one.field, "code": one.code, "message": one.message, **one.details}
            for one in objections
        ]
    }
