"""Trunks: ways out to the public network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """A carrier's line bundle, as the switch knows it."""

    trunk_id: UUID
    name: str
    endpoint: str  # the switch's name of it, [A-Za-z0-9_-]
    lines: int  # calls at once
    calls_per_second: float
    caller_ids: tuple[str, ...]  # E.164 numbers that may be shown
    network_answers: tuple[Mapping[str, Any], ...] = ()  # see domain.call_analysis.network
    early_media_seconds: int = 0  # of sound before answers to listen to; 0: none
    early_media_keep_days: int = 0  # how long recordings of it are kept; 0: not at all
    attempt_header: str | None  # SIP header that carries the attempt id
    created_at: datetime


class TrunkStore(Protocol):
    """The trunks of the transaction's organisation."""

    async def add(self, trunk: Trunk) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, trunk_id: UUID) -> Trunk | None: ...

    async def all(self) -> Sequence[Trunk]:
        """By name."""
        ...

    async def change(self, trunk: Trunk) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def caller_ids_in_use(self, trunk_id: UUID) -> Sequence[tuple[str, str]]:
        """(caller id, campaign's name) of campaigns over this trunk that are not complete."""
        ...
