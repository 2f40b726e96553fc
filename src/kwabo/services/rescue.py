"""For operators at the command line: a new password for somebody who cannot sign in."""

from __future__ import annotations

from kwabo.domain.organisations.passwords import check_password, normalised
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.ports.passwords import PasswordHasher
from kwabo.services.unit_of_work import UnitOfWork


class RescueService:
    """Whoever can run this has the database anyway; the audit log notes it without an actor."""

    def __init__(
        self, unit_of_work: UnitOfWork, *, passwords: PasswordHasher, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._passwords = passwords
        self._clock = clock

    async def set_password(self, login: str, password: str) -> None:
        """Set a password and end all sessions. Raises NotFound, Invalid."""
        login = login.strip().lower()
        check_password(password, login=login)
        async with self._unit_of_work.begin_outside() as stores:
            found = await stores.access.find_login(login)
        if found is None:
            raise NotFound("NOT_FOUND", f"There is no user with the login {login!r}.")
        password_hash = await self._passwords.hash(normalised(password))
        now = self._clock.now()
        async with self._unit_of_work.begin(found.organisation_id) as stores:
            await stores.users.set_password_hash(found.user_id, password_hash, now)
            await stores.access.end_sessions_of(found.user_id)
            await stores.audit.record(
                "user.password_reset",
                actor_user_id=None,
                subject_kind="user",
                subject_id=found.user_id,
                at=now,
            )
