"""Import templates: how files of one kind are read, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.contacts.import_plan import Mapping
from kwabo.domain.contacts.import_reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTemplate:
    """What is the same for every file of one kind."""

    import_template_id: UUID
    organisation_id: UUID
    name: str
    reading: Reading
    mapping: Mapping  # columns of the file that it does not name are left out
    on_duplicate: str  # update | skip
    version: int
    created_at: datetime
    updated_at: datetime


class ImportTemplateStore(Protocol):
    """The templates of the transaction's organisation."""

    async def add(self, template: ImportTemplate) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def all(self) -> Sequence[ImportTemplate]:
        """By name."""
        ...

    async def get(self, import_template_id: UUID) -> ImportTemplate | None: ...

    async def get_for_change(self, import_template_id: UUID) -> ImportTemplate | None:
        """The template, locked until the transaction ends."""
        ...

    async def change(self, template: ImportTemplate) -> None:
        """Write everything that can change; version goes up by one. Raises Conflict."""
        ...

    async def remove(self, import_template_id: UUID) -> bool:
        """False when a scheduled import uses it: it stays."""
        ...
