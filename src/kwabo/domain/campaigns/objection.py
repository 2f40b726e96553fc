"""What is wrong with one field of what people ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One thing wrong with one field."""

    field: str
    code: str
    message: str
    details: Mapping[str, str] = dataclass_field(
        default_factory=dict
    )  # what a translation fills in
