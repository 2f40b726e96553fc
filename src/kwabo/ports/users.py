"""Users: the people of an organisation and what they may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who can sign in."""

    user_id: UUID
    organisation_id: UUID
    login: str  # lower case, unique in the installation
    display_name: str
    role: str
    permissions: tuple[str, ...]  # granted beyond the role
    language: str
    active: bool
    queue_ids: tuple[UUID, ...]
    version: int
    created_at: datetime


class UserStore(Protocol):
    """The users of the transaction's organisation."""

    async def add(self, user: User, password_hash: str) -> None:
        """Raises Conflict `LOGIN_TAKEN` (the login may be another organisation's)."""
        ...

    async def get(self, user_id: UUID) -> User | None: ...

    async def get_for_change(self, user_id: UUID) -> User | None:
        """The user, locked until the transaction ends."""
        ...

    async def find(
        self, *, search: str | None, after_login: str | None, limit: int
    ) -> Sequence[User]:
        """In the order of logins; `search` is a part of the login or of the displayed name."""
        ...

    async def count(self, *, search: str | None) -> int: ...

    async def change(self, user: User, at: datetime) -> None:
        """Write what can change (all but id, organisation, login, password); version goes up."""
        ...

    async def password_hash(self, user_id: UUID) -> str | None: ...

    async def set_password_hash(self, user_id: UUID, password_hash: str, at: datetime) -> None: ...

    async def lock_active_administrators(self) -> frozenset[UUID]:
        """The active administrators; nobody else can change them until the transaction ends."""
        ...

    async def unknown_queues(self, queue_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Those of the ids that are no queue of this organisation."""
        ...
