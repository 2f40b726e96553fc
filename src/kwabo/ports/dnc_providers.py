"""External do-not-call providers, asked about one number at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kwabo.domain.dnc_lists.providers import ProviderSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAnswer:
    """What a provider said, or why it is silent."""

    listed: bool | None  # None: silent
    silence: str = ""  # code of why: a key of services/dnc_providers.SILENCES
    status: int | None = None  # HTTP status, when there was one
    seconds: float = 0.0  # from the request to the answer


class DncProviderClient(Protocol):
    """Asks providers. It never raises for what a provider does: that is silence with a code."""

    async def ask(self, settings: ProviderSettings, number: str, secret: str) -> ProviderAnswer:
        """Ask about an E.164 number."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class SecretFiles(Protocol):
    """Secrets that the operator keeps for an organisation, by name."""

    def read(self, organisation_slug: str, name: str) -> str | None:
        """The secret, or None when the operator has put none there."""
        ...
