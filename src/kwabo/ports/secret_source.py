"""Where unguessable values come from; injected like ids."""

from __future__ import annotations

from typing import Protocol


class SecretSource(Protocol):
    """Makes values that nobody can guess."""

    def token(self) -> str:
        """At least 256 bits as letters, digits, `-` and `_`."""
        ...
