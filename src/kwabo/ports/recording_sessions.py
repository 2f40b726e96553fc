"""Prompts that are recorded by telephone: the codes, and what was recorded by each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.speech.recording_codes import End
from kwabo.ports.prompts import PromptVariant


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPrompt:
    """A prompt to be recorded."""

    position: int  # in the list, from 1
    key: str
    name: str
    fragment: bool  # a piece of numbers and dates
    words: str  # to be read aloud; '': nobody has written them
    take: str | None = None  # the recording that was kept; None: none yet
    variant: PromptVariant | None = None  # made of it; None: none yet, or thrown away since

    @property
    def kept(self) -> bool:
        """Whether it was recorded."""
        return self.take is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSession:
    """A code, and the prompts that may be recorded by it."""

    session_id: UUID
    language: str  # in which they are recorded
    sealed_code: bytes | None = field(repr=False)  # None: good no more
    made_by: UUID
    made_by_name: str | None = None
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    end: End | None = None
    attempt_id: UUID | None = None  # the call that records, or did last
    called_at: datetime | None = None
    in_call: bool = False  # that call goes on
    prompts: tuple[SessionPrompt, ...] = ()  # in their order


class RecordingSessionStore(Protocol):
    """Those of the transaction's organisation."""

    async def lock_codes(self) -> None:
        """Until the transaction ends nobody else makes a code."""
        ...

    async def add(self, session: RecordingSession) -> None:
        """With its prompts."""
        ...

    async def get(self, session_id: UUID) -> RecordingSession | None: ...

    async def get_for_change(self, session_id: UUID) -> RecordingSession | None:
        """Locked until the transaction ends."""
        ...

    async def living(self, now: datetime) -> Sequence[RecordingSession]:
        """Whose codes are good, without their prompts."""
        ...

    async def newest(self, since: datetime, limit: int) -> Sequence[RecordingSession]:
        """Those made since, the newest first, with their prompts."""
        ...

    async def take_over(self, session_id: UUID, attempt_id: UUID, at: datetime) -> None:
        """This call records from now on."""
        ...

    async def keep(self, session_id: UUID, position: int, take: str, variant_id: UUID) -> None:
        """A prompt was recorded."""
        ...

    async def finish(self, session_id: UUID, end: End, at: datetime) -> None:
        """Its code is good no more and is forgotten."""
        ...

    async def expire(self, now: datetime) -> int:
        """End those whose time is over; how many."""
        ...

    async def forget_before(self, before: datetime) -> int:
        """Remove those that ended earlier; how many. What was recorded stays."""
        ...
