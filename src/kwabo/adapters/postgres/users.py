"""Users on PostgreSQL, with the queues they are members of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.kernel.errors import Conflict
from kwabo.ports.users import User

_COLUMNS = """
    u.user_id, u.organisation_id, u.login, u.display_name, u.role, u.permissions, u.language,
    u.active, u.version, u.created_at,
    ARRAY(SELECT m.queue_id FROM queue_members m WHERE m.user_id = u.user_id ORDER BY m.queue_id)
        AS queue_ids
"""
_MATCHES = """
    (CAST(:search AS text) IS NULL OR position(lower(:search) IN u.login) > 0
     OR position(lower(:search) IN lower(u.display_name)) > 0)
"""
_ADD = text("""
    INSERT INTO users (user_id, organisation_id, login, display_name, password_hash, role,
                       permissions, language, active, version, created_at, updated_at)
    VALUES (:user_id, current_organisation(), :login, :display_name, :password_hash, :role,
            :permissions, :language, :active, :version, :created_at, :created_at)
""")
_GET = text(f"SELECT {_COLUMNS} FROM users u WHERE u.user_id = :user_id")
_LOCK = text("SELECT 1 FROM users WHERE user_id = :user_id FOR UPDATE")
_FIND = text(f"""
    SELECT {_COLUMNS} FROM users u
    WHERE {_MATCHES} AND (CAST(:after_login AS text) IS NULL OR u.login > :after_login)
    ORDER BY u.login LIMIT :limit
""")
_COUNT = text(f"SELECT count(*) FROM users u WHERE {_MATCHES}")
_CHANGE = text("""
    UPDATE users SET display_name = :display_name, role = :role, permissions = :permissions,
                     language = :language, active = :active, version = version + 1, updated_at = :at
    WHERE user_id = :user_id
""")
_LEAVE_QUEUES = text("""
    DELETE FROM queue_members WHERE user_id = :user_id
       AND queue_id <> ALL (CAST(:queue_ids AS uuid[]))
""")
_JOIN_QUEUES = text("""
    INSERT INTO queue_members (queue_id, organisation_id, user_id)
    SELECT q.queue_id, q.organisation_id, :user_id FROM queues q
    WHERE q.queue_id = ANY (CAST(:queue_ids AS uuid[]))
    ON CONFLICT DO NOTHING
""")
_PASSWORD_HASH = text("SELECT password_hash FROM users WHERE user_id = :user_id")
_SET_PASSWORD_HASH = text("""
    UPDATE users SET password_hash = :password_hash, updated_at = :at WHERE user_id = :user_id
""")
_LOCK_ADMINISTRATORS = text("""
    SELECT user_id FROM users WHERE role = 'administrator' AND active ORDER BY user_id FOR UPDATE
""")
_UNKNOWN_QUEUES = text("""
    SELECT wanted.queue_id FROM unnest(CAST(:queue_ids AS uuid[])) AS wanted (queue_id)
    WHERE NOT EXISTS (SELECT 1 FROM queues q WHERE q.queue_id = wanted.queue_id)
""")


class PostgresUserStore:
    """See `kwabo.ports.users.UserStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, user: User, password_hash: str) -> None:
        values = _values(user) | {
            "login": user.login,
            "version": user.version,
            "created_at": user.created_at,
            "password_hash": password_hash,
        }
        try:
            await self._connection.execute(_ADD, values)
        except IntegrityError as error:
            raise Conflict(
                "LOGIN_TAKEN",
                f"The login {user.login!r} is taken. Choose another.",
                field="login",
            ) from error
        await self._set_queues(user)

    async def get(self, user_id: UUID) -> User | None:
        row = (await self._connection.execute(_GET, {"user_id": user_id})).mappings().one_or_none()
        return None if row is None else _user(row)

    async def get_for_change(self, user_id: UUID) -> User | None:
        await self._connection.execute(_LOCK, {"user_id": user_id})
        return await self.get(user_id)

    async def find(
        self, *, search: str | None, after_login: str | None, limit: int
    ) -> Sequence[User]:
        rows = await self._connection.execute(
            _FIND, {"search": search, "after_login": after_login, "limit": limit}
        )
        return [_user(row) for row in rows.mappings()]

    async def count(self, *, search: str | None) -> int:
        return int(await self._connection.scalar(_COUNT, {"search": search}) or 0)

    async def change(self, user: User, at: datetime) -> None:
        await self._connection.execute(_CHANGE, _values(user) | {"at": at})
        await self._set_queues(user)

    async def password_hash(self, user_id: UUID) -> str | None:
        found: str | None = await self._connection.scalar(_PASSWORD_HASH, {"user_id": user_id})
        return found

    async def set_password_hash(self, user_id: UUID, password_hash: str, at: datetime) -> None:
        await self._connection.execute(
            _SET_PASSWORD_HASH, {"user_id": user_id, "password_hash": password_hash, "at": at}
        )

    async def lock_active_administrators(self) -> frozenset[UUID]:
        return frozenset((await self._connection.execute(_LOCK_ADMINISTRATORS)).scalars())

    async def unknown_queues(self, queue_ids: Sequence[UUID]) -> frozenset[UUID]:
        rows = await self._connection.execute(_UNKNOWN_QUEUES, {"queue_ids": list(queue_ids)})
        return frozenset(rows.scalars())

    async def _set_queues(self, user: User) -> None:
        values = {"user_id": user.user_id, "queue_ids": list(user.queue_ids)}
        await self._connection.execute(_LEAVE_QUEUES, values)
        await self._connection.execute(_JOIN_QUEUES, values)


def _values(user: User) -> dict[str, Any]:
    return {
        "user_id": user.user_id,
        "display_name": user.display_name,
        "role": user.role,
        "permissions": list(user.permissions),
        "language": user.language,
        "active": user.active,
    }


def _user(row: Mapping[Any, Any]) -> User:
    values = dict(row)
    return User(
        **values
        | {"permissions": tuple(values["permissions"]), "queue_ids": tuple(values["queue_ids"])}
    )
