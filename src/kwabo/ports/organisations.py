"""Organisations: who owns everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A tenant. Nothing of one is ever shown to another."""

    organisation_id: UUID
    name: str
    slug: str  # unique in the installation
    region: str  # ISO 3166 code: how national numbers are read
    time_zone: str  # IANA name
    language: str  # fr or en
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstWrapUpCode:
    """A wrap-up code that a new organisation gets."""

    wrap_up_code_id: UUID
    name: str
    name_en: str
    flags: Sequence[str]
    required_fields: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPauseReason:
    """A pause reason that a new organisation gets."""

    pause_reason_id: UUID
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSettings:
    """What a new organisation is given, so that a campaign can start."""

    floor_id: UUID
    queue_id: UUID
    queue_name: str
    dnc_list_id: UUID
    dnc_list_name: str
    trunk_id: UUID
    trunk_name: str
    trunk_endpoint: str
    attempt_header: str | None
    caller_ids: Sequence[str]
    wrap_up_codes: Sequence[FirstWrapUpCode]
    pause_reasons: Sequence[FirstPauseReason]


class OrganisationStore(Protocol):
    """The transaction's organisation."""

    async def add(self, organisation: Organisation, first: FirstSettings) -> None:
        """Raises Conflict `SLUG_TAKEN`."""
        ...

    async def get(self) -> Organisation | None: ...

    async def all_ids(self) -> Sequence[UUID]:
        """Every organisation of the installation; answers outside an organisation too."""
        ...

    async def find_id(self, slug: str) -> UUID | None:
        """Whose slug it is; answers outside an organisation too."""
        ...
