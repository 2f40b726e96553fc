"""Messages to people, until a channel has taken them: calls have asked for them, or an incident's
end has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

WAITING, SENT, FAILED = "waiting", "sent", "failed"
STATES: Final = (WAITING, SENT, FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMessage:
    """A message that is to go out."""

    message_id: UUID
    channel: str
    template: str  # key of a prompt, in its variant for text; '': the notice of an incident's end
    recipient: str
    language: str
    filled_in: Mapping[str, str] = field(default_factory=dict)  # the template's values
    incident_id: UUID | None = None  # whose end it tells
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessage:
    """A message with what has become of it."""

    message_id: UUID
    channel: str
    template: str
    recipient: str
    language: str
    incident_id: UUID | None
    incident_name: str  # '': no notice
    contact_id: UUID | None  # for whose call
    state: str
    reason: str  # code of the last failure; '': none
    tries: int
    next_at: datetime | None  # of one that waits
    sent_at: datetime | None
    created_at: datetime


class WantedMessageStore(Protocol):
    """Those of the transaction's organisation."""

    async def organisations(self, now: datetime) -> Sequence[UUID]:
        """Of a transaction outside every organisation: who has messages to be sent."""
        ...

    async def take(self, limit: int, now: datetime, until: datetime) -> Sequence[WantedMessage]:
        """Those to be sent now, the oldest first; none is taken twice before `until`."""
        ...

    async def note_sent(self, message_id: UUID, now: datetime) -> None: ...

    async def note_failed(self, message_id: UUID, reason: str, next_at: datetime | None) -> None:
        """`next_at`: when it is tried again; None: never."""
        ...

    async def page(
        self,
        *,
        state: str,
        recipient: str | None,
        before: tuple[datetime, UUID] | None,
        limit: int,
    ) -> Sequence[KeptMessage]:
        """The newest first."""
        ...

    async def get(self, message_id: UUID) -> KeptMessage | None: ...

    async def send_again(self, message_id: UUID | None, now: datetime) -> int:
        """Have one that failed (None: each of them) wait to be sent now, with all its tries before
        it; how many."""
        ...
