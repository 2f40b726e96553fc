"""Messages that callers have left: read, cared for, made into text, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicemail:
    """A message, with what people need to answer it."""

    voicemail_id: UUID
    attempt_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    contact_name: str  # '' when its record has no text
    queue_id: UUID | None  # None: the queue was deleted
    queue_name: str | None
    number: str  # to call back; '': withheld
    seconds: float
    path: str  # of the recording; '': in writing
    text: str  # in writing, or what was understood
    transcription: str  # waiting | done | failed
    language: str  # of the call; '': not known
    owner_user_id: UUID | None  # None: anyone's
    owner_name: str | None
    heard_at: datetime | None
    heard_by_name: str | None
    done_at: datetime | None
    done_by_name: str | None
    note: str
    callback_id: UUID | None
    callback_state: str | None
    tries: int  # to make it into text
    played_at: datetime | None
    played_by: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailQuery:
    """Which messages, the newest first, and where the page begins."""

    state: str | None = None  # new | heard | done | undone; None: all
    queue_id: UUID | None = None
    campaign_id: UUID | None = None
    owner_user_id: UUID | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None  # exclusive
    of_user: UUID | None = None  # only in queues of this user; None: in all
    before: tuple[datetime, UUID] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailCounts:
    """How many messages wait."""

    new: int  # nobody has heard them
    undone: int  # of all, heard or not
    mine: int  # of these, the asker's own


class VoicemailStore(Protocol):
    """The messages of the transaction's organisation."""

    async def find(self, query: VoicemailQuery) -> Sequence[Voicemail]: ...

    async def counts(self, of_user: UUID | None, user_id: UUID) -> VoicemailCounts:
        """`of_user`: as in a query."""
        ...

    async def new_by_queue(self) -> dict[UUID, int]:
        """Messages of each queue that nobody has heard."""
        ...

    async def get(self, voicemail_id: UUID, of_user: UUID | None = None) -> Voicemail | None: ...

    async def get_for_change(
        self, voicemail_id: UUID, of_user: UUID | None = None
    ) -> Voicemail | None:
        """Locked until the transaction ends."""
        ...

    async def mark_heard(self, voicemail_id: UUID, user_id: UUID, at: datetime) -> None:
        """Heard, if nobody had; and played by this person now."""
        ...

    async def assign(self, voicemail_id: UUID, owner_user_id: UUID | None) -> None: ...

    async def finish(self, voicemail_id: UUID, user_id: UUID, at: datetime, note: str) -> None:
        """Somebody has dealt with it; it counts as heard."""
        ...

    async def reopen(self, voicemail_id: UUID) -> None: ...

    async def called_back(self, voicemail_id: UUID, callback_id: UUID) -> None: ...

    async def take_to_transcribe(self, now: datetime, until: datetime) -> Voicemail | None:
        """The oldest that waits for its text; no other takes it before `until`."""
        ...

    async def transcribed(self, voicemail_id: UUID, text: str) -> None: ...

    async def not_transcribed(self, voicemail_id: UUID, next_at: datetime | None) -> None:
        """Try again then; None: never."""
        ...

    async def unneeded_files(self, limit: int) -> Sequence[str]:
        """Files of messages that are gone."""
        ...

    async def files_removed(self, paths: Sequence[str]) -> None: ...

    async def forget(self, before: datetime, at_most: int) -> int:
        """Remove some that are older and that no legal hold keeps; how many."""
        ...

    async def count_old(self, before: datetime, at_most: int) -> int:
        """How many `forget` would remove, counted up to `at_most`."""
        ...
