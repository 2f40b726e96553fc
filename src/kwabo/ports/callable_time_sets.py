"""Callable time sets: when people may be called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.compliance.callable_time_set import CallableTimeRules, CallableTimeSet


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCallableTimeSet:
    """A set as people see it."""

    callable_time_set_id: UUID
    name: str
    rules: CallableTimeRules
    version: int
    created_at: datetime
    updated_at: datetime
    campaigns: tuple[str, ...] = ()  # names of those that use it

    @property
    def as_rules_see_it(self) -> CallableTimeSet:
        """The set without its name."""
        return CallableTimeSet(
            callable_time_set_id=self.callable_time_set_id, version=self.version, rules=self.rules
        )


class CallableTimeSetStore(Protocol):
    """The callable time sets of the transaction's organisation."""

    async def add(self, callable_time_set: NamedCallableTimeSet) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, callable_time_set_id: UUID) -> NamedCallableTimeSet | None: ...

    async def get_for_change(self, callable_time_set_id: UUID) -> NamedCallableTimeSet | None:
        """The set, locked until the transaction ends."""
        ...

    async def all(self) -> Sequence[NamedCallableTimeSet]:
        """By name."""
        ...

    async def change(self, callable_time_set: NamedCallableTimeSet) -> None:
        """Write name and rules; version goes up by one. Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, callable_time_set_id: UUID) -> None: ...

    async def campaigns_of(self, callable_time_set_id: UUID) -> Sequence[UUID]:
        """Campaigns that use the set."""
        ...

    async def campaigns_of_list(self, contact_list_id: UUID) -> Sequence[UUID]:
        """Campaigns that call the list."""
        ...

    async def reconsider(
        self, campaign_ids: Sequence[UUID], codes: Sequence[str], now: datetime
    ) -> int:
        """Make contacts due that wait, or are finished, for a reason of `codes`; how many."""
        ...
