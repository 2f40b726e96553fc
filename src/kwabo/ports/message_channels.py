"""Channels that take messages to people: SMS, WhatsApp, Messenger, e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to be taken to somebody."""

    message_id: UUID  # a channel that has taken it takes it no second time
    organisation_id: UUID
    channel: str  # sms, whatsapp, messenger, email
    recipient: str  # E.164, or an address of the channel
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a channel can do."""

    channels: frozenset[str]
    longest_text: int  # characters
    real: bool  # whether messages leave the house


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a channel said to a message."""

    failure: str = ""  # a code; '': taken
    again: bool = False  # whether another try may go better


class MessageChannel(Protocol):
    """A way for messages. Nothing here raises for what the other side does: it is an answer."""

    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, message: Message) -> Taken:
        """At most once for each message id, however often it is called."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxMessage:
    """A message that the sandbox keeps."""

    message_id: UUID
    channel: str
    recipient: str
    language: str
    text: str
    created_at: datetime


class SandboxStore(Protocol):
    """The sandbox of the transaction's organisation."""

    async def put(self, message: Message, now: datetime) -> None:
        """Once for each message id."""
        ...

    async def page(
        self, *, recipient: str | None, before: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[SandboxMessage]:
        """The newest first."""
        ...

    async def clear(self) -> int:
        """How many there were."""
        ...
