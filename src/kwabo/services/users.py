"""Users: who works here, in which role, in which queues.

Nobody can give, change or take away more rights than they have themselves, and the last active
administrator stays one. A new password and a deactivation end the user's sessions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.passwords import check_password, normalised
from kwabo.domain.organisations.permissions import (
    ADMINISTRATOR,
    PERMISSIONS,
    ROLES,
    permissions_of,
)
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.passwords import PasswordHasher
from kwabo.ports.users import User
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

LANGUAGES: Final = ("fr", "en")
_Ordered = TypeVar("_Ordered", str, UUID)
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,199}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A user to be added."""

    login: str
    display_name: str
    role: str
    password: str
    permissions: tuple[str, ...] = ()
    language: str = "fr"
    queue_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChange:
    """What is to change; None: stays."""

    display_name: str | None = None
    role: str | None = None
    permissions: tuple[str, ...] | None = None
    language: str | None = None
    active: bool | None = None
    queue_ids: tuple[UUID, ...] | None = None
    password: str | None = None

    def applied_to(self, user: User) -> User:
        """The user as it will be."""
        changes = {
            name: value
            for name in ("display_name", "role", "permissions", "language", "active", "queue_ids")
            if (value := getattr(self, name)) is not None
        }
        return replace(user, **changes)


class UserService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        passwords: PasswordHasher,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._passwords = passwords
        self._ids = ids
        self._clock = clock

    async def find(
        self, asker: Asker, *, search: str | None, limit: int, token: str | None
    ) -> Page[User]:
        """A page of the organisation's users, in the order of logins."""
        position = position_of(token, str)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            users = await stores.users.find(
                search=search or None,
                after_login=position[0] if position else None,
                limit=limit + 1,
            )
            total = await stores.users.count(search=search or None)
        more = len(users) > limit
        users = users[:limit]
        return Page(
            items=users,
            next_page_token=page_token(users[-1].login) if more else None,
            total=total,
        )

    async def get(self, asker: Asker, user_id: UUID) -> User:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.users.get(user_id))

    async def add(self, asker: Asker, new: NewUser) -> User:
        """Raises Invalid, Conflict `LOGIN_TAKEN`, Forbidden `RIGHTS_BEYOND_OWN`."""
        now = self._clock.now()
        user = User(
            user_id=self._ids.new(),
            organisation_id=asker.organisation_id,
            login=new.login.strip().lower(),
            display_name=new.display_name.strip(),
            role=new.role,
            permissions=_in_order(new.permissions),
            language=new.language,
            active=True,
            queue_ids=_in_order(new.queue_ids),
            version=1,
            created_at=now,
        )
        check_login(user.login)
        _check_fields(user)
        check_password(new.password, login=user.login)
        _check_rights(asker, user)
        password_hash = await self._passwords.hash(normalised(new.password))
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check_queues(stores, user)
            await stores.users.add(user, password_hash)
            await stores.audit.record(
                "user.created",
                actor_user_id=asker.user_id,
                subject_kind="user",
                subject_id=user.user_id,
                at=now,
                details={"role": user.role, "permissions": list(user.permissions)},
            )
        return user

    async def change(self, asker: Asker, user_id: UUID, version: int, change: UserChange) -> User:
        """Raises what `add` does, NotFound, Conflict `STALE_VERSION` and `LAST_ADMINISTRATOR`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.users.get(user_id))
        password_hash = None
        if change.password is not None:
            check_password(change.password, login=old.login)
            password_hash = await self._passwords.hash(normalised(change.password))
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            administrators = await stores.users.lock_active_administrators()
            old = _found(await stores.users.get_for_change(user_id))
            check_version(version, old.version)
            new = change.applied_to(old)
            new = replace(
                new,
                permissions=_in_order(new.permissions),
                queue_ids=_in_order(new.queue_ids),
                display_name=new.display_name.strip(),
            )
            _check_fields(new)
            _check_rights(asker, old)
            _check_rights(asker, new)
            await _check_queues(stores, new)
            if administrators == {user_id} and not (new.role == ADMINISTRATOR and new.active):
                raise Conflict(
                    "LAST_ADMINISTRATOR",
                    "This is the last active administrator. Make somebody else one first.",
                )
            await stores.users.change(new, now)
            if password_hash is not None:
                await stores.users.set_password_hash(user_id, password_hash, now)
            if password_hash is not None or not new.active:
                await stores.access.end_sessions_of(user_id)
            await stores.audit.record(
                "user.changed",
                actor_user_id=asker.user_id,
                subject_kind="user",
                subject_id=user_id,
                at=now,
                details=_differences(old, new, password=password_hash is not None),
            )
            return _found(await stores.users.get(user_id))


def check_login(login: str) -> None:
    """Raise Invalid `LOGIN_INVALID` unless it can be a login."""
    if not _LOGIN.fullmatch(login):
        raise Invalid(
            "LOGIN_INVALID",
            "A login is made of the letters a to z, digits and . _ @ + - and begins with a letter "
            "or a digit.",
            field="login",
        )


def _found(user: User | None) -> User:
    if user is None:
        raise NotFound("NOT_FOUND", "There is no such user.")
    return user


def _check_fields(user: User) -> None:
    if not 1 <= len(user.display_name) <= 200:
        raise Invalid("NAME_LENGTH", "The name needs 1 to 200 characters.", field="display_name")
    if user.role not in ROLES:
        raise Invalid(
            "ROLE_UNKNOWN",
            f"There is no such role. The roles are: {', '.join(ROLES)}.",
            field="role",
            details={"roles": ", ".join(ROLES)},
        )
    unknown = sorted(set(user.permissions) - PERMISSIONS)
    if unknown:
        raise Invalid(
            "PERMISSION_UNKNOWN",
            f"There is no such permission: {', '.join(unknown)}.",
            field="permissions",
            details={"permissions": ", ".join(unknown)},
        )
    if user.language not in LANGUAGES:
        raise Invalid(
            "LANGUAGE_UNKNOWN",
            f"The languages are: {', '.join(LANGUAGES)}.",
            field="language",
            details={"languages": ", ".join(LANGUAGES)},
        )


def _check_rights(asker: Asker, user: User) -> None:
    """Else whoever may edit users could make themselves anything."""
    beyond = sorted(permissions_of(user.role, user.permissions) - asker.permissions)
    if beyond:
        raise Forbidden(
            "RIGHTS_BEYOND_OWN",
            "You cannot give, change or take away rights that you do not have yourself: "
            f"{', '.join(beyond)}. Ask an administrator.",
            details={"permissions": ", ".join(beyond)},
        )


async def _check_queues(stores: Stores, user: User) -> None:
    unknown = await stores.users.unknown_queues(user.queue_ids)
    if unknown:
        raise Invalid(
            "QUEUE_UNKNOWN",
            "One of the queues does not exist. Load the page again.",
            field="queue_ids",
            details={"queue_ids": sorted(map(str, unknown))},
        )


def _differences(old: User, new: User, *, password: bool) -> dict[str, object]:
    """What changed, without names of persons and without secrets."""
    details: dict[str, object] = {"password": "changed"} if password else {}
    for name in ("role", "permissions", "language", "active", "queue_ids"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            details[name] = [_plain(before), _plain(after)]
    if old.display_name != new.display_name:
        details["display_name"] = "changed"
    return details


def _plain(value: object) -> object:
    return [str(item) for item in value] if isinstance(value, tuple) else value


def _in_order(values: Iterable[_Ordered]) -> tuple[_Ordered, ...]:
    """Each value once, sorted, so that a change of order is no change."""
    return tuple(sorted(set(values), key=str))
