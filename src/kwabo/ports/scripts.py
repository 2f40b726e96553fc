"""Scripts, their published versions, and what agents answered in calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.ports.contacts import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script with the draft that people work on."""

    script_id: UUID
    name: str
    contact_list_id: UUID | None  # whose columns the editor offers
    draft: Mapping[str, Any]
    published_version: int | None
    campaigns: tuple[str, ...] = ()  # names of those that use it
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptVersion:
    """A document as it was published; never changed."""

    script_id: UUID
    version: int
    document: Mapping[str, Any]
    note: str
    restored_from: int | None
    user_id: UUID | None
    user_name: str | None
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRun:
    """The script of a call: with which version it began, and what was answered so far."""

    attempt_id: UUID
    campaign_id: UUID
    contact_id: UUID
    script_id: UUID
    script_version: int
    page: str
    visited: tuple[str, ...]
    answers: Mapping[str, Any]  # also those of personal fields
    revision: int
    user_id: UUID | None
    saved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCall:
    """A call with answers, as lists and exports show it."""

    run: ScriptRun
    number: str
    agent: str | None
    wrap_up: str | None
    at: datetime | None


class ScriptStore(Protocol):
    """The scripts of the transaction's organisation."""

    async def add(self, script: Script) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, script_id: UUID) -> Script | None: ...

    async def get_for_change(self, script_id: UUID) -> Script | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[Script]:
        """By name."""
        ...

    async def change(self, script: Script) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, script_id: UUID) -> None: ...

    async def has_runs(self, script_id: UUID) -> bool:
        """Whether a call has begun with it."""
        ...

    async def campaigns_of(self, script_id: UUID) -> Sequence[UUID]:
        """Campaigns that use it."""
        ...

    async def publish(self, version: ScriptVersion) -> None: ...

    async def versions(self, script_id: UUID) -> Sequence[ScriptVersion]:
        """The newest first."""
        ...

    async def version(self, script_id: UUID, version: int) -> ScriptVersion | None: ...

    async def published(self, script_id: UUID) -> ScriptVersion | None:
        """The version that campaigns use now."""
        ...

    # ── Calls ────────────────────────────────────────────────────────────────────────────────────

    async def begin_run(
        self, attempt_id: UUID, campaign_id: UUID, contact_id: UUID, at: datetime
    ) -> None:
        """Keep for the call the version that its campaign's script has now; not again later."""
        ...

    async def run(self, attempt_id: UUID, *, lock: bool = False) -> ScriptRun | None: ...

    async def save_run(self, run: ScriptRun, personal: frozenset[str]) -> None:
        """Write answers, those of the fields `personal` apart from the others."""
        ...

    async def runs_of_contact(self, contact_id: UUID, limit: int) -> Sequence[ScriptRun]:
        """With answers, the newest first."""
        ...

    async def answered(
        self, campaign_id: UUID, *, before_attempt_id: UUID | None, limit: int
    ) -> Sequence[AnsweredCall]:
        """A campaign's calls with answers, the newest first."""
        ...

    async def versions_answered(self, campaign_id: UUID) -> Sequence[ScriptVersion]:
        """The versions with which the campaign's answered calls began, the newest first."""
        ...

    async def contact_for_change(self, contact_id: UUID) -> Contact | None:
        """The contact, locked until the end of the transaction."""
        ...

    async def mark_number(self, contact_id: UUID, number: str, reason: str) -> None:
        """Never call this number of the contact again."""
        ...

    async def write_columns(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        """Columns of a contact; during a renaming both names are written."""
        ...
