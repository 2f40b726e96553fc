"""Callbacks: promises to call a contact again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A promise, with what an agent needs to keep it."""

    callback_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    attempt_id: UUID | None  # the call in which it was promised
    owner_user_id: UUID | None  # None: anyone's
    number: str
    due_at: datetime
    note: str
    created_at: datetime


class CallbackStore(Protocol):
    """The callbacks of the transaction's organisation."""

    async def open_for(self, user_id: UUID, limit: int) -> Sequence[Callback]:
        """Open ones of the user, and anyone's in campaigns of the user's queues; earliest first."""
        ...

    async def open_of_contact(self, campaign_id: UUID, contact_id: UUID) -> Callback | None: ...

    async def get(self, callback_id: UUID) -> Callback | None:
        """In whatever state."""
        ...
