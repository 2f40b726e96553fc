"""Signing in and out, and who stands behind a cookie or an API token.

A session ends 12 hours after it was last used and 7 days after it began, whatever comes first.
Attempts to sign in are limited for each login and for each address before any password is looked
at; an unknown login takes as long as a known one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.passwords import normalised
from kwabo.domain.organisations.permissions import permissions_of, permissions_of_token
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotAuthenticated
from kwabo.ports.access import LoginRecord, PersonRecord
from kwabo.ports.organisations import Organisation
from kwabo.ports.passwords import PasswordHasher
from kwabo.ports.secret_source import SecretSource
from kwabo.ports.users import User
from kwabo.services.guessing import (
    ATTEMPTS_PER_ADDRESS,
    ATTEMPTS_PER_LOGIN,
    attempts_of_address,
    attempts_of_login,
    take_attempt,
)
from kwabo.services.unit_of_work import UnitOfWork

IDLE_LIMIT: Final = timedelta(hours=12)
TOTAL_LIMIT: Final = timedelta(days=7)
SEEN_EVERY: Final = timedelta(minutes=1)  # how exactly the last use is known
TOKEN_PREFIX: Final = "kwb_"  # noqa: S105 - tells our tokens from others, no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a browser needs to know of its session."""

    user: User
    organisation: Organisation
    permissions: frozenset[str]
    csrf_token: str | None  # None when an API token asks


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A new session and its secret."""

    token: str
    session: Session


class SessionService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        passwords: PasswordHasher,
        secrets: SecretSource,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._passwords = passwords
        self._secrets = secrets
        self._clock = clock

    async def sign_in(
        self,
        login: str,
        password: str,
        *,
        address: str,
        user_agent: str = "",
        old_token: str | None = None,
    ) -> SignedIn:
        """Begin a session; one that the same browser still had ends.

        Raises NotAuthenticated `WRONG_LOGIN` and TooMany `TOO_MANY_LOGINS`.
        """
        login = login.strip().lower()
        taken_at = self._clock.now()
        record = await self._take_attempt(login, address, taken_at)
        password_hash = self._passwords.decoy if record is None else record.password_hash
        matches = await self._passwords.matches(password_hash, normalised(password))
        if record is None or not matches or not record.active:
            await self._note_failure(record)
            raise NotAuthenticated("WRONG_LOGIN", "The login or the password is wrong. Try again.")
        new_hash = None
        if self._passwords.is_outdated(record.password_hash):
            new_hash = await self._passwords.hash(normalised(password))
        token, csrf_token = self._secrets.token(), self._secrets.token()
        now = self._clock.now()
        async with self._unit_of_work.begin(record.organisation_id) as stores:
            if new_hash is not None:
                await stores.users.set_password_hash(record.user_id, new_hash, now)
            if old_token is not None:
                await stores.access.end_session(secret_hash(old_token))
            await stores.access.forget_login_attempts(attempts_of_login(login))
            await stores.access.take_back_login_attempt(attempts_of_address(address), taken_at)
            await stores.access.add_session(
                token_hash=secret_hash(token),
                organisation_id=record.organisation_id,
                user_id=record.user_id,
                csrf_token=csrf_token,
                user_agent=user_agent[:500],
                at=now,
                expires_at=_expiry(now, now),
            )
            await stores.audit.record(
                "session.started",
                actor_user_id=record.user_id,
                subject_kind="user",
                subject_id=record.user_id,
                at=now,
            )
        return SignedIn(token=token, session=await self.session(await self.asker_of_session(token)))

    async def asker_of_session(self, token: str) -> Asker:
        """Who has this cookie. Raises NotAuthenticated `NOT_SIGNED_IN`."""
        now = self._clock.now()
        token_hash = secret_hash(token)
        async with self._unit_of_work.begin_outside() as stores:
            record = await stores.access.find_session(token_hash)
        if record is None or record.expires_at <= now or not record.person.active:
            raise _not_signed_in()
        person = record.person
        if now - record.last_seen_at >= SEEN_EVERY:
            async with self._unit_of_work.begin(person.organisation_id) as stores:
                await stores.access.touch_session(
                    token_hash, seen_at=now, expires_at=_expiry(now, record.created_at)
                )
        return _asker(
            person,
            permissions_of(person.role, person.permissions),
            session_hash=token_hash,
            csrf_token=record.csrf_token,
        )

    async def asker_of_api_token(self, token: str) -> Asker:
        """Whose API token this is. Raises NotAuthenticated `TOKEN_INVALID`."""
        now = self._clock.now()
        record = None
        if token.startswith(TOKEN_PREFIX):
            async with self._unit_of_work.begin_outside() as stores:
                record = await stores.access.find_api_token(secret_hash(token))
        if (
            record is None
            or record.revoked_at is not None
            or record.expires_at <= now
            or not record.person.active
        ):
            raise NotAuthenticated(
                "TOKEN_INVALID",
                "This API token is unknown, expired or revoked. Make a new one under API tokens.",
            )
        person = record.person
        if record.last_used_at is None or now - record.last_used_at >= SEEN_EVERY:
            async with self._unit_of_work.begin(person.organisation_id) as stores:
                await stores.access.touch_api_token(record.api_token_id, now)
        owners = permissions_of(person.role, person.permissions)
        return _asker(
            person,
            permissions_of_token(record.scopes, owners),
            api_token_id=record.api_token_id,
        )

    async def session(self, asker: Asker) -> Session:
        """What the asker's browser shows of itself."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            user = await stores.users.get(asker.user_id)
            organisation = await stores.organisations.get()
        if user is None or organisation is None:
            raise _not_signed_in()
        return Session(
            user=user,
            organisation=organisation,
            permissions=asker.permissions,
            csrf_token=asker.csrf_token,
        )

    async def sign_out(self, asker: Asker) -> None:
        """End the asker's session; nothing happens with an API token."""
        if asker.session_hash is None:
            return
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.access.end_session(asker.session_hash)
            await stores.audit.record(
                "session.ended",
                actor_user_id=asker.user_id,
                subject_kind="user",
                subject_id=asker.user_id,
                at=self._clock.now(),
            )

    async def _take_attempt(self, login: str, address: str, now: datetime) -> LoginRecord | None:
        limits = {
            attempts_of_login(login): ATTEMPTS_PER_LOGIN,
            attempts_of_address(address): ATTEMPTS_PER_ADDRESS,
        }
        async with self._unit_of_work.begin_outside() as stores:
            await take_attempt(stores, limits, now)
            return await stores.access.find_login(login)

    async def _note_failure(self, record: LoginRecord | None) -> None:
        if record is None:
            return
        async with self._unit_of_work.begin(record.organisation_id) as stores:
            await stores.audit.record(
                "session.refused",
                actor_user_id=None,
                subject_kind="user",
                subject_id=record.user_id,
                at=self._clock.now(),
            )


def secret_hash(token: str) -> bytes:
    """What is stored of a session's or an API token's secret: SHA-256 (it is long and random)."""
    return hashlib.sha256(token.encode()).digest()


def _expiry(now: datetime, created_at: datetime) -> datetime:
    return min(now + IDLE_LIMIT, created_at + TOTAL_LIMIT)


def _asker(
    person: PersonRecord,
    permissions: frozenset[str],
    *,
    session_hash: bytes | None = None,
    csrf_token: str | None = None,
    api_token_id: UUID | None = None,
) -> Asker:
    return Asker(
        user_id=person.user_id,
        organisation_id=person.organisation_id,
        display_name=person.display_name,
        language=person.language,
        role=person.role,
        permissions=permissions,
        session_hash=session_hash,
        csrf_token=csrf_token,
        api_token_id=api_token_id,
    )


def _not_signed_in() -> NotAuthenticated:
    return NotAuthenticated("NOT_SIGNED_IN", "You are not signed in, or no longer. Sign in.")
