"""Passwords: made into something that cannot be turned back, and checked against it."""

from __future__ import annotations

from typing import Protocol


class PasswordHasher(Protocol):
    """Slow on purpose, and off the event loop."""

    @property
    def decoy(self) -> str:
        """A hash that no password matches: checked when a login is unknown, to take as long."""
        ...

    async def hash(self, password: str) -> str: ...

    async def matches(self, password_hash: str, password: str) -> bool: ...

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with weaker parameters than those of now."""
        ...
