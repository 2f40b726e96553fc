"""What a simulation reads of a campaign: its past calls, its contacts, its agents' statuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

LEARN_DAYS: Final = 30  # how far back calls are read
MOST_CALLS: Final = 60_000  # of them, the newest
MOST_CONTACTS: Final = 30_000  # in the order in which the campaign would call them
MOST_RECORDED_CALLS: Final = 60_000  # of a day that is played again


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCall:
    """An attempt that is closed and was dialled."""

    attempt_id: UUID
    campaign_id: UUID
    contact_id: UUID
    number: str  # E.164
    mode: str
    dialling_at: datetime
    ringing_at: datetime | None
    answered_at: datetime | None  # after call analysis, where it listens
    connected_at: datetime | None
    closed_at: datetime
    result: str
    cause: int | None  # Q.850
    sip_code: int | None
    hung_up_by: str | None
    abandoned: bool
    transferred: bool  # the agent left the call to somebody else
    after_call_seconds: float | None
    wrapped_up_at: datetime | None  # None: not, or not by its agent
    machine: bool  # the agent's outcome told that the "person" was a machine


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingContact:
    """A contact that the campaign may call, and how far it is with it."""

    contact_id: UUID
    numbers: tuple[str, ...]  # those that may be called
    time_zone: str | None  # None: the list's
    attempts: int  # dialled ones so far
    next_attempt_at: datetime | None  # None: as soon as the rules allow
    labels: tuple[str, ...] = ()  # of the numbers; none: nobody asks for them
    number_zones: Mapping[str, str] = field(default_factory=dict)  # number → its column's
    last_attempt_at: datetime | None = None
    last_result: str | None = None
    result_counts: Mapping[str, int] = field(default_factory=dict)  # result → how often


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedStatus:
    """An agent as one of the floor's events told it."""

    position: int  # of the event; events are told in this order
    at: datetime
    user_id: UUID
    status: str  # see domain.agents.status
    attempt_id: UUID | None  # whose the agent is
    pause_after: bool
    in_queue: bool  # of the campaign
    adopted: bool  # a new owner of the floor found the agent there


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedStep:
    """An attempt as one of the floor's events told it."""

    position: int
    at: datetime
    attempt_id: UUID
    kind: str  # attempt.dialling …
    agent_user_id: UUID | None
