"""The ledger of consents: lines are added, never changed or removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.compliance.consents import ConsentLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A line of the ledger with its proof."""

    consent_id: UUID
    kind: str  # given | withdrawn | void
    number: str  # E.164
    contact_id: UUID | None
    purpose: str  # '*': all
    channel: str  # '*': all
    at: datetime  # when it was given or withdrawn
    how: str  # web form, paper, call …
    proof: str  # the words agreed to, or where they are kept
    reference: str  # the proof's own number or address
    file_sha256: str  # of the proof's file, in hexadecimal; '' without
    valid_until: datetime | None
    voids: UUID | None  # the line that this one declares wrong
    source: str  # user | agent | import | api
    user_id: UUID | None
    created_at: datetime
    import_id: UUID | None = None  # the import of contacts whose row said so
    file_name: str = ""  # of that import, as the person's machine calls it
    file_line: int | None = None  # of that file, from 1
    user_display_name: str | None = None
    place: int = 0  # in which order it was written down; given by the store


class ConsentStore(Protocol):
    """The ledger of the transaction's organisation."""

    async def add(self, consents: Sequence[Consent]) -> None: ...

    async def get(self, consent_id: UUID) -> Consent | None: ...

    async def find(
        self,
        *,
        numbers: Sequence[str] | None,
        digits: str,
        before_place: int | None,
        limit: int,
    ) -> Sequence[Consent]:
        """The newest first; `numbers`: only lines about these, None: all; `digits`: only lines
        whose number contains these."""
        ...

    async def lines(self, numbers: Sequence[str]) -> Mapping[str, tuple[ConsentLine, ...]]:
        """What decides, by number."""
        ...
