"""Messages that calls have asked for, until a channel has taken them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMessage:
    """A message that is to go out."""

    message_id: UUID
    channel: str
    template: str  # key of a prompt, in its variant for text
    recipient: str
    language: str
    filled_in: Mapping[str, str] = field(default_factory=dict)  # the template's values
    tries: int = 0


class WantedMessageStore(Protocol):
    """Those of the transaction's organisation."""

    async def organisations(self, now: datetime) -> Sequence[UUID]:
        """Of a transaction outside every organisation: who has messages or notices of incidents to
        be sent."""
        ...

    async def take(self, limit: int, now: datetime, until: datetime) -> Sequence[WantedMessage]:
        """Those to be sent now, the oldest first; none is taken twice before `until`."""
        ...

    async def note_sent(self, message_id: UUID, now: datetime) -> None: ...

    async def note_failed(self, message_id: UUID, reason: str, next_at: datetime | None) -> None:
        """`next_at`: when it is tried again; None: never."""
        ...
