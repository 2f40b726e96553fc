"""Passwords with argon2id.

Three passes over 32 MiB, one lane: above OWASP's minimum for argon2id (19 MiB, two passes), and
small enough for a shift of agents who sign in within the same minute. At most as many checks run
at once as the machine has cores; the others wait.
"""

from __future__ import annotations

import asyncio
import os
import secrets

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError

TIME_COST = 3  # passes
MEMORY_KIBIBYTES = 32 * 1024
LANES = 1


class Argon2PasswordHasher:
    """See `kwabo.ports.passwords.PasswordHasher`. Cheaper parameters are for tests."""

    def __init__(
        self, *, time_cost: int = TIME_COST, memory_kibibytes: int = MEMORY_KIBIBYTES
    ) -> None:
        self._argon2 = Argon2(time_cost=time_cost, memory_cost=memory_kibibytes, parallelism=LANES)
        self._turns = asyncio.Semaphore(os.cpu_count() or 1)
        self._decoy = self._argon2.hash(secrets.token_urlsafe(32))

    @property
    def decoy(self) -> str:
        return self._decoy

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._argon2.hash, password)

    async def matches(self, password_hash: str, password: str) -> bool:
        async with self._turns:
            return await asyncio.to_thread(self._check, password_hash, password)

    def is_outdated(self, password_hash: str) -> bool:
        return self._argon2.check_needs_rehash(password_hash)

    def _check(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
