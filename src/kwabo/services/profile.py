"""What users change of themselves: language, displayed name, password."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.passwords import check_password, normalised
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Forbidden, Invalid, NotAuthenticated
from kwabo.ports.passwords import PasswordHasher
from kwabo.ports.secret_source import SecretSource
from kwabo.ports.users import User
from kwabo.services.guessing import ATTEMPTS_PER_LOGIN, attempts_of_user, take_attempt
from kwabo.services.sessions import secret_hash
from kwabo.services.unit_of_work import UnitOfWork
from kwabo.services.users import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChange:
    """The password of now, and the one to come."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedProfile:
    """The user, and the session's new secret when the password was changed."""

    user: User
    token: str | None


class ProfileService:
    """Works for somebody who is signed in, not for an API token."""

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

    async def change(
        self,
        asker: Asker,
        *,
        language: str | None = None,
        display_name: str | None = None,
        password: PasswordChange | None = None,
    ) -> ChangedProfile:
        """A new password ends all other sessions and gives this one a new secret.

        Raises Invalid `WRONG_PASSWORD` and those of the rules, Forbidden `SESSION_NEEDED`,
        TooMany `TOO_MANY_LOGINS`.
        """
        session_hash = check_session(asker)
        _check(language, display_name)
        new_hash = None if password is None else await self._new_hash(asker, password)
        now = self._clock.now()
        token = None
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            user = await stores.users.get_for_change(asker.user_id)
            if user is None:
                raise NotAuthenticated("NOT_SIGNED_IN", "You are no longer signed in. Sign in.")
            await stores.users.change(
                replace(
                    user,
                    language=language or user.language,
                    display_name=(display_name or user.display_name).strip(),
                ),
                now,
            )
            if new_hash is not None:
                token = self._secrets.token()
                await stores.users.set_password_hash(user.user_id, new_hash, now)
                await stores.access.end_sessions_of(user.user_id, but=session_hash)
                await stores.access.replace_session(session_hash, secret_hash(token))
                await stores.audit.record(
                    "user.password_changed",
                    actor_user_id=asker.user_id,
                    subject_kind="user",
                    subject_id=asker.user_id,
                    at=now,
                )
            changed = await stores.users.get(asker.user_id)
        return ChangedProfile(user=changed or user, token=token)

    async def _new_hash(self, asker: Asker, password: PasswordChange) -> str:
        now = self._clock.now()
        attempts = attempts_of_user(asker.user_id)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await take_attempt(stores, {attempts: ATTEMPTS_PER_LOGIN}, now)
            user = await stores.users.get(asker.user_id)
            old_hash = await stores.users.password_hash(asker.user_id)
        if user is None or old_hash is None:
            raise NotAuthenticated("NOT_SIGNED_IN", "You are no longer signed in. Sign in.")
        if not await self._passwords.matches(old_hash, normalised(password.old)):
            raise Invalid("WRONG_PASSWORD", "The present password is wrong.", field="password.old")
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.access.forget_login_attempts(attempts)
        check_password(password.new, login=user.login, field="password.new")
        return await self._passwords.hash(normalised(password.new))


def check_session(asker: Asker) -> bytes:
    """The asker's session. Raises Forbidden `SESSION_NEEDED` when an API token asks."""
    if asker.session_hash is None:
        raise Forbidden(
            "SESSION_NEEDED", "An API token cannot do this. Sign in with a login and a password."
        )
    return asker.session_hash


def _check(language: str | None, display_name: str | None) -> None:
    if language is not None and language not in LANGUAGES:
        raise Invalid(
            "LANGUAGE_UNKNOWN",
            f"The languages are: {', '.join(LANGUAGES)}.",
            field="language",
            details={"languages": ", ".join(LANGUAGES)},
        )
    if display_name is not None and not 1 <= len(display_name.strip()) <= 200:
        raise Invalid("NAME_LENGTH", "The name needs 1 to 200 characters.", field="display_name")
