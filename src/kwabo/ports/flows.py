"""Flows as they are kept: the draft that people work on, and what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowUser:
    """Something that needs a flow."""

    kind: str  # flow; others as the database tells them
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFlow:
    """A flow with its draft."""

    flow_id: UUID
    name: str
    draft: Mapping[str, Any]
    tests: Sequence[Mapping[str, Any]]
    uses: tuple[str, ...]  # `noun:id` of what the draft and the newest version name
    published_version: int | None
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowVersion:
    """A document as it was published, with its tests; never changed."""

    flow_id: UUID
    version: int
    document: Mapping[str, Any]
    tests: Sequence[Mapping[str, Any]]
    note: str
    restored_from: int | None
    user_id: UUID | None
    user_name: str | None
    published_at: datetime


class FlowStore(Protocol):
    """The flows of the transaction's organisation."""

    async def add(self, flow: KeptFlow) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, flow_id: UUID) -> KeptFlow | None: ...

    async def get_for_change(self, flow_id: UUID) -> KeptFlow | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[KeptFlow]:
        """By name."""
        ...

    async def change(self, flow: KeptFlow) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, flow_id: UUID) -> None: ...

    async def users(self, flow_id: UUID) -> Sequence[FlowUser]:
        """What needs the flow, by kind and name."""
        ...

    async def using(self, noun: str, name: str) -> Sequence[str]:
        """Names of the flows whose draft or newest version names the thing."""
        ...

    # ── Versions ─────────────────────────────────────────────────────────────────────────────────

    async def publish(self, version: FlowVersion) -> None: ...

    async def versions(self, flow_id: UUID) -> Sequence[FlowVersion]:
        """The newest first."""
        ...

    async def version(self, flow_id: UUID, version: int) -> FlowVersion | None: ...

    async def published(self) -> Sequence[FlowVersion]:
        """The newest version of every flow that has one."""
        ...
