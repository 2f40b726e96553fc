"""What external providers have answered, and about which numbers they are to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.dnc_lists.providers import ProviderSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProvider:
    """A list's provider."""

    dnc_list_id: UUID
    settings: ProviderSettings


class DncCheckStore(Protocol):
    """The answers kept for the transaction's organisation."""

    async def providers(self) -> Sequence[AskedProvider]: ...

    async def foresee(self, provider: AskedProvider, limit: int, now: datetime) -> int:
        """Want numbers that running campaigns will dial next and that have no fresh answer."""
        ...

    async def take(
        self, dnc_list_id: UUID, limit: int, now: datetime, until: datetime
    ) -> Sequence[str]:
        """Numbers to ask about, those wanted longest first; none is taken twice before `until`."""
        ...

    async def note(
        self,
        dnc_list_id: UUID,
        answers: Mapping[str, bool],
        silent: Mapping[str, str],
        now: datetime,
    ) -> None:
        """Number → listed, and number → code of the silence; who was silent is asked later again,
        each time after twice as long (5 s to 5 min)."""
        ...

    async def forget(self, older_than: datetime) -> int:
        """Drop answers from before this instant that nobody waits for; how many."""
        ...
