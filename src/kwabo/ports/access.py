"""Sessions, API tokens and failed logins.

Tokens are never stored: a store is asked with their SHA-256.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRecord:
    """What checking a password needs."""

    organisation_id: UUID
    user_id: UUID
    password_hash: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """Who stands behind a session or a token, as of now."""

    user_id: UUID
    organisation_id: UUID
    display_name: str
    role: str
    permissions: tuple[str, ...]  # beyond the role
    language: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """A browser that is signed in."""

    person: PersonRecord
    csrf_token: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiTokenRecord:
    """An API token with its owner, found by its secret."""

    person: PersonRecord
    api_token_id: UUID
    scopes: tuple[str, ...]
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """An API token as its owner sees it later: without the secret."""

    api_token_id: UUID
    user_id: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class AccessStore(Protocol):
    """The first group answers outside an organisation; the others need its transaction."""

    async def find_login(self, login: str) -> LoginRecord | None: ...

    async def find_session(self, token_hash: bytes) -> SessionRecord | None: ...

    async def find_api_token(self, token_hash: bytes) -> ApiTokenRecord | None: ...

    async def take_login_attempt(
        self, limits: Mapping[str, int], at: datetime, since: datetime
    ) -> datetime | None:
        """Note an attempt under every key, unless one of them has its limit since `since` already.

        None: noted. Otherwise nothing is noted, and the answer is when the oldest attempt was that
        stands in the way. Attempts under the same key wait for each other, so that a burst counts.
        """
        ...

    async def forget_login_attempts(self, key: str) -> None: ...

    async def take_back_login_attempt(self, key: str, at: datetime) -> None:
        """Forget the one attempt of this instant: it was a good one."""
        ...

    async def forget_login_attempts_before(self, before: datetime) -> int: ...

    async def add_session(
        self,
        *,
        token_hash: bytes,
        organisation_id: UUID,
        user_id: UUID,
        csrf_token: str,
        user_agent: str,
        at: datetime,
        expires_at: datetime,
    ) -> None: ...

    async def touch_session(
        self, token_hash: bytes, *, seen_at: datetime, expires_at: datetime
    ) -> None: ...

    async def replace_session(self, old_token_hash: bytes, new_token_hash: bytes) -> None:
        """Give a session another secret; the old one is worth nothing from then on."""
        ...

    async def end_session(self, token_hash: bytes) -> None: ...

    async def end_sessions_of(self, user_id: UUID, *, but: bytes | None = None) -> int:
        """End all sessions of a user, `but` one; returns how many."""
        ...

    async def end_sessions_before(self, before: datetime) -> int:
        """Remove sessions that expired before; returns how many."""
        ...

    async def add_api_token(self, token: ApiToken, token_hash: bytes) -> None: ...

    async def get_api_token(self, api_token_id: UUID) -> ApiToken | None: ...

    async def api_tokens(self, user_id: UUID | None) -> Sequence[ApiToken]:
        """Those of a user, or all of the organisation; the newest first."""
        ...

    async def touch_api_token(self, api_token_id: UUID, used_at: datetime) -> None: ...

    async def revoke_api_token(self, api_token_id: UUID, at: datetime) -> None: ...
