"""Secrets that the program must be able to use again, sealed for the database."""

from __future__ import annotations

from typing import Protocol


class SecretUnreadable(Exception):
    """The sealed secret was made with another key, for something else, or was changed."""


class SecretBox(Protocol):
    """Seals with a key of the installation that is not in the database."""

    def seal(self, secret: str, purpose: str) -> bytes:
        """`purpose` says what the secret belongs to; it opens for nothing else."""
        ...

    def open(self, sealed: bytes, purpose: str) -> str:
        """Raises SecretUnreadable."""
        ...
