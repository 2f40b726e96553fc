"""Data actions as they are kept, what they have answered, and what they are to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.data_actions.answers import DataAnswer
from kwabo.domain.data_actions.asking import Asked
from kwabo.domain.data_actions.settings import DataActionSettings
from kwabo.domain.outgoing.breaker import CLOSED, Breaker


@dataclass(frozen=True, slots=True, kw_only=True)
class DataAction:
    """A data action with its state."""

    data_action_id: UUID
    name: str
    settings: DataActionSettings
    breaker: Breaker = CLOSED
    last_answer_at: datetime | None = None
    last_failure_at: datetime | None = None
    last_failure: str = ""
    waiting: int = 0  # deliveries that are not done
    given_up: int = 0  # deliveries that nobody tries any more
    rule_sets: tuple[str, ...] = ()  # names of those that name it
    version: int = 1
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DataDelivery:
    """Something that a rule tells another program."""

    delivery_id: UUID
    data_action_id: UUID
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None
    rule_set_name: str
    rule_name: str
    state: str  # waiting | done | given_up
    tries: int
    next_at: datetime | None
    last_at: datetime | None
    status: int | None
    failure: str
    written: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDelivery:
    """A delivery that this process tries now."""

    delivery_id: UUID
    contact_id: UUID
    asked: Asked
    inputs: Mapping[str, str] | None  # of an earlier try; None: this is the first
    write: Mapping[str, str]
    tries: int  # before this one


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenCheck:
    """A question that this process asks now."""

    key: str
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNoted:
    """What came of a question."""

    outputs: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNoted:
    """What came of a try."""

    inputs: Mapping[str, str]
    status: int | None = None
    failure: str = ""
    next_at: datetime | None = None  # of a failure: None: given up
    written: Sequence[str] = ()


class DataActionStore(Protocol):
    """The data actions of the transaction's organisation."""

    async def add(self, action: DataAction) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, data_action_id: UUID) -> DataAction | None: ...

    async def get_for_change(self, data_action_id: UUID) -> DataAction | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[DataAction]:
        """By name."""
        ...

    async def change(self, action: DataAction) -> None:
        """Name, settings, version. Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, data_action_id: UUID) -> None: ...

    async def note(
        self, data_action_id: UUID, breaker: Breaker, answered: bool, failure: str, now: datetime
    ) -> None:
        """What the newest requests have told of the other program."""
        ...

    # ── Answers ──────────────────────────────────────────────────────────────────────────────────

    async def answer(self, data_action_id: UUID, key: str) -> tuple[Mapping[str, str], datetime]:
        """The newest answer to a question, and when it came; nothing, long ago: there is none."""
        ...

    async def keep_answer(
        self, data_action_id: UUID, key: str, outputs: Mapping[str, str], now: datetime
    ) -> None:
        """An answer that a flow has got, for others that ask the same."""
        ...

    async def under_way(self, data_action_id: UUID, now: datetime) -> int:
        """Requests of all processes that have been sent and not come back."""
        ...

    async def take_checks(
        self, data_action_id: UUID, limit: int, now: datetime, until: datetime
    ) -> Sequence[TakenCheck]:
        """Those for which a contact waits first; none is taken twice before `until`."""
        ...

    async def note_checks(
        self, data_action_id: UUID, noted: Mapping[str, CheckNoted], now: datetime
    ) -> None:
        """By key. What failed is asked later again: after 5 s, then twice as long, up to 5 min."""
        ...

    async def fail_awaited(self, data_action_id: UUID, failure: str, now: datetime) -> int:
        """Tell contacts that wait that no answer will come for now; how many questions."""
        ...

    async def foresee(self, data_action_id: UUID, limit: int, now: datetime) -> int:
        """Want answers about contacts that running campaigns will call next; how many."""
        ...

    async def want(self, answers: Sequence[DataAnswer], now: datetime) -> None:
        """Contacts wait for these."""
        ...

    async def forget(self, now: datetime, done_before: datetime) -> int:
        """Drop answers that no longer count, and deliveries that were done before an instant."""
        ...

    # ── Deliveries ───────────────────────────────────────────────────────────────────────────────

    async def take_deliveries(
        self, data_action_id: UUID, limit: int, now: datetime, until: datetime
    ) -> Sequence[TakenDelivery]:
        """The oldest first; none is taken twice before `until`."""
        ...

    async def note_delivery(
        self, delivery_id: UUID, noted: DeliveryNoted, now: datetime
    ) -> None: ...

    async def write_columns(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        """Change columns of a contact as a rule does."""
        ...

    async def deliveries(
        self,
        data_action_id: UUID,
        *,
        state: str | None,
        before: tuple[datetime, UUID] | None,
        limit: int,
    ) -> Sequence[DataDelivery]:
        """The newest first."""
        ...

    async def try_again(self, data_action_id: UUID, delivery_id: UUID, now: datetime) -> bool:
        """Try one that was given up at once; False when there is none."""
        ...
