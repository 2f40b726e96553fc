"""Sessions, API tokens and login attempts on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.access import (
    ApiToken,
    ApiTokenRecord,
    LoginRecord,
    PersonRecord,
    SessionRecord,
)

_PERSON = (
    "user_id",
    "organisation_id",
    "display_name",
    "role",
    "permissions",
    "language",
    "active",
)
_FIND_LOGIN = text("SELECT * FROM find_login(:login)")
_FIND_SESSION = text("SELECT * FROM find_session(:token_hash)")
_FIND_API_TOKEN = text("SELECT * FROM find_api_token(:token_hash)")
_LOCK_KEY = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
_COUNT_ATTEMPTS = text("""
    SELECT count(*), min(failed_at) FROM login_failures
    WHERE key = :key AND failed_at >= :since
""")
_ADD_ATTEMPT = text("INSERT INTO login_failures (key, failed_at) VALUES (:key, :at)")
_FORGET_ATTEMPTS = text("DELETE FROM login_failures WHERE key = :key")
_TAKE_BACK_ATTEMPT = text("""
    DELETE FROM login_failures WHERE ctid = (
        SELECT ctid FROM login_failures WHERE key = :key AND failed_at = :at LIMIT 1)
""")
_FORGET_ATTEMPTS_BEFORE = text("DELETE FROM login_failures WHERE failed_at < :before")
_ADD_SESSION = text("""
    INSERT INTO sessions (token_hash, organisation_id, user_id, csrf_token, user_agent,
                          created_at, last_seen_at, expires_at)
    VALUES (:token_hash, :organisation_id, :user_id, :csrf_token, :user_agent,
            :at, :at, :expires_at)
""")
_TOUCH_SESSION = text("""
    UPDATE sessions SET last_seen_at = :seen_at, expires_at = :expires_at
    WHERE token_hash = :token_hash
""")
_REPLACE_SESSION = text("UPDATE sessions SET token_hash = :new WHERE token_hash = :old")
_END_SESSION = text("DELETE FROM sessions WHERE token_hash = :token_hash")
_END_SESSIONS_OF = text("""
    DELETE FROM sessions WHERE user_id = :user_id
       AND token_hash IS DISTINCT FROM CAST(:but AS bytea)
""")
_END_SESSIONS_BEFORE = text("DELETE FROM sessions WHERE expires_at < :before")
_API_COLUMNS = """
    api_token_id, user_id, name, scopes, created_at, expires_at, last_used_at, revoked_at
"""
_ADD_TOKEN = text("""
    INSERT INTO api_tokens (api_token_id, organisation_id, user_id, name, token_hash, scopes,
                            created_at, expires_at)
    VALUES (:api_token_id, current_organisation(), :user_id, :name, :token_hash, :scopes,
            :created_at, :expires_at)
""")
_GET_TOKEN = text(f"SELECT {_API_COLUMNS} FROM api_tokens WHERE api_token_id = :api_token_id")
_TOKENS = text(f"""
    SELECT {_API_COLUMNS} FROM api_tokens
    WHERE (CAST(:user_id AS uuid) IS NULL OR user_id = :user_id)
    ORDER BY created_at DESC, api_token_id DESC
""")
_TOUCH_TOKEN = text("""
    UPDATE api_tokens SET last_used_at = :used_at WHERE api_token_id = :api_token_id
""")
_REVOKE_TOKEN = text("""
    UPDATE api_tokens SET revoked_at = coalesce(revoked_at, :at) WHERE api_token_id = :api_token_id
""")


class PostgresAccessStore:
    """See `kwabo.ports.access.AccessStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_login(self, login: str) -> LoginRecord | None:
        row = await self._one(_FIND_LOGIN, {"login": login})
        return None if row is None else LoginRecord(**row)

    async def find_session(self, token_hash: bytes) -> SessionRecord | None:
        row = await self._one(_FIND_SESSION, {"token_hash": token_hash})
        return None if row is None else SessionRecord(**_with_person(row))

    async def find_api_token(self, token_hash: bytes) -> ApiTokenRecord | None:
        row = await self._one(_FIND_API_TOKEN, {"token_hash": token_hash})
        if row is None:
            return None
        values = _with_person(row)
        return ApiTokenRecord(**values | {"scopes": tuple(values["scopes"])})

    async def take_login_attempt(
        self, limits: Mapping[str, int], at: datetime, since: datetime
    ) -> datetime | None:
        for key in sorted(limits):
            await self._connection.execute(_LOCK_KEY, {"key": key})
        blocked: list[datetime] = []
        for key, limit in limits.items():
            rows = await self._connection.execute(_COUNT_ATTEMPTS, {"key": key, "since": since})
            count, oldest_at = rows.one()
            if count >= limit:
                blocked.append(oldest_at)
        if blocked:
            return max(blocked)
        for key in limits:
            await self._connection.execute(_ADD_ATTEMPT, {"key": key, "at": at})
        return None

    async def forget_login_attempts(self, key: str) -> None:
        await self._connection.execute(_FORGET_ATTEMPTS, {"key": key})

    async def take_back_login_attempt(self, key: str, at: datetime) -> None:
        await self._connection.execute(_TAKE_BACK_ATTEMPT, {"key": key, "at": at})

    async def forget_login_attempts_before(self, before: datetime) -> int:
        return (
            await self._connection.execute(_FORGET_ATTEMPTS_BEFORE, {"before": before})
        ).rowcount

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
    ) -> None:
        await self._connection.execute(
            _ADD_SESSION,
            {
                "token_hash": token_hash,
                "organisation_id": organisation_id,
                "user_id": user_id,
                "csrf_token": csrf_token,
                "user_agent": user_agent,
                "at": at,
                "expires_at": expires_at,
            },
        )

    async def touch_session(
        self, token_hash: bytes, *, seen_at: datetime, expires_at: datetime
    ) -> None:
        await self._connection.execute(
            _TOUCH_SESSION,
            {"token_hash": token_hash, "seen_at": seen_at, "expires_at": expires_at},
        )

    async def replace_session(self, old_token_hash: bytes, new_token_hash: bytes) -> None:
        await self._connection.execute(
            _REPLACE_SESSION, {"old": old_token_hash, "new": new_token_hash}
        )

    async def end_session(self, token_hash: bytes) -> None:
        await self._connection.execute(_END_SESSION, {"token_hash": token_hash})

    async def end_sessions_of(self, user_id: UUID, *, but: bytes | None = None) -> int:
        ended = await self._connection.execute(_END_SESSIONS_OF, {"user_id": user_id, "but": but})
        return ended.rowcount

    async def end_sessions_before(self, before: datetime) -> int:
        return (await self._connection.execute(_END_SESSIONS_BEFORE, {"before": before})).rowcount

    async def add_api_token(self, token: ApiToken, token_hash: bytes) -> None:
        await self._connection.execute(
            _ADD_TOKEN,
            {
                "api_token_id": token.api_token_id,
                "user_id": token.user_id,
                "name": token.name,
                "token_hash": token_hash,
                "scopes": list(token.scopes),
                "created_at": token.created_at,
                "expires_at": token.expires_at,
            },
        )

    async def get_api_token(self, api_token_id: UUID) -> ApiToken | None:
        row = await self._one(_GET_TOKEN, {"api_token_id": api_token_id})
        return None if row is None else _api_token(row)

    async def api_tokens(self, user_id: UUID | None) -> Sequence[ApiToken]:
        rows = await self._connection.execute(_TOKENS, {"user_id": user_id})
        return [_api_token(row) for row in rows.mappings()]

    async def touch_api_token(self, api_token_id: UUID, used_at: datetime) -> None:
        await self._connection.execute(
            _TOUCH_TOKEN, {"api_token_id": api_token_id, "used_at": used_at}
        )

    async def revoke_api_token(self, api_token_id: UUID, at: datetime) -> None:
        await self._connection.execute(_REVOKE_TOKEN, {"api_token_id": api_token_id, "at": at})

    async def _one(self, statement: Any, values: Mapping[str, Any]) -> Mapping[Any, Any] | None:
        return (await self._connection.execute(statement, dict(values))).mappings().one_or_none()


def _with_person(row: Mapping[Any, Any]) -> dict[str, Any]:
    values = dict(row)
    person = {name: values.pop(name) for name in _PERSON}
    person["permissions"] = tuple(person["permissions"])
    return values | {"person": PersonRecord(**person)}


def _api_token(row: Mapping[Any, Any]) -> ApiToken:
    return ApiToken(**dict(row) | {"scopes": tuple(row["scopes"])})
